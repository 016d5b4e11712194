"""Say with which settings and variables git runs: nobody is asked, nothing of the site's own checkout is touched.

Of the creator's settings count those that lead to the host (helpers for passwords, ssh, proxies, certificates); hooks,
signatures, filters and whatever else could run or change something are switched off. No secret is in an argument.
"""

from __future__ import annotations

import contextlib
import os
import shlex
from pathlib import Path

from ..token import Token
from .git_remote import Remote

#: Of the variables that are meant for git, those that say how to reach a host.
_KEPT = frozenset(
    (
        *("GIT_SSH", "GIT_SSH_COMMAND", "GIT_SSH_VARIANT", "GIT_EXEC_PATH"),
        *("GIT_SSL_CAINFO", "GIT_SSL_CAPATH", "GIT_SSL_CERT", "GIT_SSL_KEY", "GIT_PROXY_SSL_CAINFO"),
        *("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM"),
    )
)
_SETTINGS = {
    "core.hooksPath": os.devnull,
    "core.attributesFile": os.devnull,
    "core.autocrlf": "false",
    "core.fsmonitor": "false",
    "core.protectHFS": "false",  # what others put into the branch keeps its name; nothing is checked out here
    "core.protectNTFS": "false",
    "core.bigFileThreshold": "1m",  # larger ones go through in pieces, not through memory
    "core.compression": "1",
    "core.looseCompression": "0",  # here they are for a moment only, and need not be small or last
    "core.fsync": "none",
    "pack.window": "0",  # no differences to old contents: those would have to be fetched first
    "commit.gpgSign": "false",
    "push.gpgSign": "false",
    "push.followTags": "false",
    "push.recurseSubmodules": "no",
    "push.pushOption": "",
    "push.negotiate": "false",
    "fetch.recurseSubmodules": "no",
    "gc.auto": "0",
    "maintenance.auto": "false",
    "protocol.allow": "never",
    "protocol.https.allow": "always",
    "protocol.http.allow": "always",
    "protocol.ssh.allow": "always",
    "http.followRedirects": "initial",
    "http.lowSpeedLimit": "1",
    "http.lowSpeedTime": "60",
    "credential.interactive": "never",
    "credential.guiPrompt": "false",
}
_SSH = "-oBatchMode=yes -oConnectTimeout=30 -oServerAliveInterval=15 -oServerAliveCountMax=4"
_HELPER = (
    '!f() { if test "$1" = get; then '
    'printf "username=%s\\npassword=%s\\n" "$LINKHOME_USER" "$LINKHOME_SECRET"; fi; }; f'
)
#: Who writes the history: it is public, and no place for the address in the creator's own settings.
_NOBODY = {"NAME": "linkhome", "EMAIL": "linkhome@deploy.invalid"}


class Surroundings:
    """Hold what git needs to be told to reach one host, with a token or with the creator's own helpers."""

    def __init__(self, remote: Remote, token: Token | None) -> None:
        self._remote = remote
        self._token = token if remote.origin else None

    def settings(self) -> list[str]:
        """Return the options that come before the command."""
        found = dict(_SETTINGS)
        if self._token:
            # The empty one comes first: no other helper is to hear of the token, and to keep it.
            found |= {"credential.helper": "", f"credential.{self._remote.origin}.helper": _HELPER}
        return [part for name, value in found.items() for part in ("-c", f"{name}={value}")]

    def environment(self, folder: str, ssh: str) -> dict[str, str]:
        """Return all variables; ``folder`` is the repository, ``ssh`` git's own setting ``core.sshCommand``."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if name in _KEPT or not name.startswith(("GIT_", "LINKHOME_"))
        }
        kept |= {
            "GIT_DIR": folder,
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_ASKPASS": "",
            "SSH_ASKPASS_REQUIRE": "never",
            "GCM_INTERACTIVE": "never",
            "LC_ALL": "C",
            "LANGUAGE": "C",
            **{f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in _NOBODY.items()},
        }
        if self._token:
            kept |= {"LINKHOME_USER": self._remote.owner or "git", "LINKHOME_SECRET": self._token.reveal()}
        if self._remote.ssh and "GIT_SSH" not in kept:
            kept["GIT_SSH_COMMAND"] = _unasked(kept.get("GIT_SSH_COMMAND") or ssh or "ssh")
        return kept


def _unasked(own: str) -> str:
    """Return the creator's own ssh, told that nobody is there to answer."""
    with contextlib.suppress(ValueError):  # quotes that do not end: the shell will say so
        if Path((shlex.split(own) or [""])[0]).name.lower() in ("ssh", "ssh.exe"):
            return f"{own} {_SSH}"
    return own
