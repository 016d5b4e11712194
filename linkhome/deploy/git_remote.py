"""Read the address of a git repository, and refuse every one that could do more than hold a site.

Git takes addresses that run programs (``ext::``), that look like options (``-…``) or that read the disk. Here only
https and ssh are addresses; http is one for a server on this very machine.
"""

from __future__ import annotations

import ipaddress
import re

from msgspec import Struct

from .nouns import Refused

_HOST = r"(?P<host>[A-Za-z0-9][A-Za-z0-9.-]*[A-Za-z0-9]|\[[0-9A-Fa-f:.]+\])"
_PARTS = r"[A-Za-z0-9_~+][A-Za-z0-9._~+-]*(?:/[A-Za-z0-9._~+-]+)*"
_URL = re.compile(
    rf"(?P<scheme>https?|ssh)://(?:(?P<user>[^@/\s]*)@)?{_HOST}(?::[0-9]{{1,5}})?/(?P<path>{_PARTS})/?", re.IGNORECASE
)
_SCP = re.compile(rf"(?:[A-Za-z0-9][A-Za-z0-9._-]*@)?{_HOST}:(?P<path>/?{_PARTS})/?")
_SHORT = re.compile(r"[A-Za-z0-9-]+/[A-Za-z0-9._-]+")
_USER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")

#: What may follow ``branch:``: a name that git takes, and that cannot be read as anything else.
BRANCH = r"(?!.*(?:\.\.|//|/\.|\.lock(?:/|$)))[A-Za-z0-9][A-Za-z0-9._/-]{0,98}(?<![./])"
#: What may follow ``domain:``.
DOMAIN = r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]"


class Remote(Struct, frozen=True):
    """Hold a checked address: ``url`` as git gets it, and whose repository it is on which host.

    ``owner`` and ``name`` are in the case that they were written in, ``name`` without ``.git``; ``owner`` is empty
    where the path has one part only. ``ssh`` tells by which of the two ways git goes there.
    """

    url: str
    host: str
    owner: str
    name: str
    ssh: bool

    @property
    def origin(self) -> str:
        """Return scheme, host and port, for settings that concern this host alone; empty with ssh."""
        return "" if self.ssh else "/".join(self.url.split("/", 3)[:3])


def parse(text: str, host: str) -> Remote:
    """Read what follows ``repository:``; ``host`` is where such repositories lie, for the examples in messages.

    Raises:
        Refused: it is no address for a site, and what one would look like.
    """
    text = text.strip()
    if found := _URL.fullmatch(text):
        return _from_url(text, found, host)
    if (found := _SCP.fullmatch(text)) and "://" not in text and "::" not in text:
        return _made(text, found["host"], found["path"], ssh=True)
    example = text if _SHORT.fullmatch(text) else "lina/site"
    hint = f"write git@{host}:{example}.git, or https://{host}/{example}.git"
    raise Refused("what stands at 'repository' is not the address of a git repository", hint)


def _from_url(text: str, found: re.Match[str], host: str) -> Remote:
    scheme, user = found["scheme"].lower(), found["user"]
    if user is not None and (scheme != "ssh" or not _USER.fullmatch(user)):
        why = "the address at 'repository' has a name or a token before the @"
        raise Refused(why, "take it out: git asks your own helpers for it, and this file is for everybody to read")
    if scheme == "http" and not _loopback(found["host"]):
        hint = f"write https:// instead, or git@{host}:owner/name.git"
        raise Refused("the address at 'repository' begins with http://, so everybody on the way could change it", hint)
    return _made(text, found["host"], found["path"], ssh=scheme == "ssh")


def _made(url: str, host: str, path: str, *, ssh: bool) -> Remote:
    parts = path.strip("/").split("/")
    if any(set(part) <= {"."} for part in parts):
        raise Refused("the address at 'repository' leads through '..'", "write it as the host shows it")
    owner = parts[-2] if len(parts) > 1 else ""
    return Remote(url, host.lower(), owner, parts[-1].removesuffix(".git"), ssh)


def _loopback(host: str) -> bool:
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
