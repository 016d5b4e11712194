"""Turn what git and a host said into one sentence for the creator, and what to do about it."""

from __future__ import annotations

import re
from typing import NamedTuple

from .git_process import Said
from .git_remote import Remote


class Words(NamedTuple):
    """Hold a sentence without its full stop, and what to do."""

    message: str
    hint: str = ""


class _Case(NamedTuple):
    """Hold what git says in one case (a pattern over all of it), and the words for it. ``{host}`` … are filled in."""

    said: re.Pattern[str]
    words: Words


def _case(said: str, message: str, hint: str = "") -> _Case:
    return _Case(re.compile(said, re.IGNORECASE), Words(message, hint))


_AGAIN = "try again in a few minutes"
_ASK_ONCE = "run 'git ls-remote {url}' once: it asks, and your helper keeps the answer; or set {variable}"
#: The first that fits counts: special ones first, for git adds general ones to them.
_CASES = (
    _case(
        r"REMOTE HOST IDENTIFICATION HAS CHANGED",
        "{host} shows another host key than last time: it was renewed, or somebody is between you and {host}",
        "compare it with the key that {host} publishes, then remove the old one with: ssh-keygen -R {host}",
    ),
    _case(
        r"Host key verification failed|No \S+ host key is known",
        "ssh does not know the host key of {host} yet",
        "run 'ssh -T git@{host}' once, and compare what it shows with the key that {host} publishes",
    ),
    _case(
        r"Permission denied \([^)]*(publickey|password|keyboard)",
        "{host} does not accept your ssh key",
        "add your public key to your account at {host}, and see that ssh-agent has the private one: ssh-add -l",
    ),
    _case(
        r"stale info|fetch first|non-fast-forward|cannot lock ref|failed to update ref|incorrect old value",
        "somebody else changed the branch {branch} in this very moment, so nothing of it was touched",
        "deploy again: linkhome looks at what is there now",
    ),
    _case(
        r"GH001|exceeds \S* ?file size limit|file.{0,80}\bis (too large|[\d.]+ MB)|pack exceeds|larger than.{0,9}limit",
        "{host} does not take a file of this size",
        "files up to 100 MB are taken; put long films on a video service and show them from there",
    ),
    _case(r"GH013|push protection|secret scanning", "{host} found what looks like a secret, and took nothing",
          "take it out of the site, and replace the secret: it may be known already"),
    _case(
        r"remote:[^\n]*(quota|No space left|disk space|repository size)",
        "there is no room left in the repository at {host}",
        "remove something there, or use another repository",
    ),
    _case(
        r"protected branch|GH006|rule violations|pre-receive hook declined|not allowed to (force-)?push|hook declined",
        "the rules of the repository do not let you push to the branch {branch}",
        "allow it in the settings of the repository at {host}, or name another branch",
    ),
    _case(
        r"returned error: 403|write access|Permission to \S+ denied|denied to|deploy key|read.only",
        "{host} knows you, but does not let you write to this repository",
        "a token needs 'Contents: read and write' for it, a deploy key 'Allow write access'",
    ),
    _case(
        r"Authentication failed|could not read (Username|Password)|terminal prompts disabled|returned error: 401"
        r"|Invalid username or (password|token)|interactivity has been disabled",
        "{host} does not accept the name and password, or the token",
        _ASK_ONCE,
    ),
    _case(
        r"returned error: 404|repository '?[^'\n]*'? ?not found|Repository not found|does not appear to be a git repo"
        r"|Cannot find repository",
        "there is no such repository at {host}, or it is not shown to you",
        "check 'repository' in linkhome.yaml; a private one is only found with the right key or token",
    ),
    _case(
        r"returned error: 429|rate limit|too many requests", "{host} wants fewer questions for a while", _AGAIN
    ),
    _case(r"returned error: 5\d\d|Internal Server Error", "{host} has a problem of its own", _AGAIN),
    _case(
        r"certificate|SSL_|\bSSL\b|TLS",
        "the certificate of {host} cannot be trusted",
        "check the date and time of this machine; in a company's network, ask who runs it",
    ),
    _case(
        r"Could not resolve host|Name or service not known|Temporary failure in name|nodename nor servname",
        "{host} is not found: there is no network, or no such host",
        "check the connection, and 'repository' in linkhome.yaml",
    ),
    _case(
        r"Connection refused|Failed to connect|Couldn't connect|Connection timed out|No route to host|unreachable"
        r"|Could not connect|Operation timed out",
        "{host} cannot be reached",
        "check the connection, and try again",
    ),
    _case(r"No space left on device|Disk quota exceeded", "the disk is full", "free some space, then deploy again"),
    _case(
        r"hung up|early EOF|unexpected disconnect|RPC failed|Connection (was )?reset|Broken pipe|Empty reply|curl \d+"
        r"|kex_exchange_identification|Connection closed|transfer closed|Operation too slow|truncated|bad pack"
        r"|expected flush|protocol error|disconnect",
        "the connection to {host} broke off",
        "try again",
    ),
    _case(r"mismatched algorithms|does not support.*sha256", "the repository at {host} uses a kind of hashes that "
          "this git does not speak", "update git"),
    _case(r"transport '[^']*' not allowed", "your git settings lead this address to somewhere else than a host",
          "see 'insteadOf' in: git config --list"),
)  # fmt: skip
_NOISE = re.compile(r"^(?:remote:|fatal:|error:|warning:|hint:|!|To |Done|=|\*|\+)\s*", re.IGNORECASE)
_SECRET = re.compile(r"://[^/\s@]+@")


def words(said: Said, remote: Remote, branch: str, variable: str) -> Words:
    """Return what happened. ``variable`` is what a token can be put into."""
    filled = {"host": remote.host, "url": remote.url, "branch": branch, "variable": variable}
    if said.slow:
        return Words(f"{remote.host} did not answer in time", _AGAIN)
    for case in _CASES:
        if case.said.search(said.text):
            found = Words(case.words.message.format(**filled), case.words.hint.format(**filled))
            own = _own(said.text) if "remote:" in said.text else ""
            return found._replace(message=f"{found.message} ({remote.host} says: {own})") if own else found
    last = _plain(next((line for line in reversed(said.text.splitlines()) if line.strip()), "nothing"))
    return Words(f"git could not do its part; it said: {last}", "try again; 'git --version' should be 2.30 or newer")


def missing() -> Words:
    """Return what to say where there is no git."""
    return Words("git is not installed on this machine", "install it from git-scm.com, or with your system's packages")


def _own(text: str) -> str:
    """Return the first words of the host itself, which know best what its rules are."""
    lines = (_plain(line) for line in text.splitlines() if line.startswith("remote:"))
    return next((line for line in lines if len(line) > 3), "")


def _plain(line: str) -> str:
    """Return one line that is safe to show: no secret, no control characters, not too long."""
    line = _SECRET.sub("://", line)
    while (shorter := _NOISE.sub("", line, count=1)) != line:
        line = shorter
    return "".join(c for c in line if c.isprintable()).strip(" .")[:200]
