"""Make a sentence out of what ssh and rsync complain of: what is wrong, and what the creator can do about it."""

from __future__ import annotations

import re
from typing import NamedTuple

_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]+")
_LONGEST = 160


class ShellError(Exception):
    """Say what is wrong with a host, as the end of a sentence that begins with its name.

    ``lost``: the connection broke, so it may go better the next time. ``missing`` names a program that is not
    installed here.
    """

    def __init__(self, why: str, hint: str = "", lost: bool = False, missing: str = "") -> None:
        super().__init__(why or missing)
        self.why = why
        self.hint = hint
        self.lost = lost
        self.missing = missing


class _Case(NamedTuple):
    pattern: str
    why: str
    hint: str
    lost: bool = False


#: The first that is found in the complaint counts. ``{login}`` is the command that opens a shell there.
_CASES = (
    _Case(
        "REMOTE HOST IDENTIFICATION HAS CHANGED|POSSIBLE DNS SPOOFING|host key .* has been revoked",
        "shows another key than before: it may have been set up anew, or somebody is in between",
        "ask your host which key is right, and only then remove the old one with 'ssh-keygen -R'",
    ),
    _Case(
        "Host key verification failed|No .* host key is known",
        "shows a key that this computer does not know",
        "run '{login}' once in a terminal, compare the fingerprint with what your host says, answer 'yes'",
    ),
    _Case(
        "Too many authentication failures",
        "was offered too many keys",
        "name the right one: identity: ~/.ssh/id_ed25519",
    ),
    _Case(
        "Permission denied \\(|Permission denied, please|Authentication failed",
        "does not let this computer in",
        "try '{login}' in a terminal: it has to work without a password (ssh-add for a key with a passphrase)",
    ),
    _Case(
        "sftp connections only|currently not available|restricted to sftp|not allowed to execute|nologin|Shell access",
        "has no shell for this account",
        "use the target 'sftp' instead",
    ),
    _Case("Could not resolve hostname", "is not known", "check 'host', and your connection to the internet", True),
    _Case("Connection refused", "does not take connections for ssh", "check 'host' and 'port'", True),
    _Case("No space left|Disk quota exceeded", "has no more space", "make room there, then deploy again"),
    _Case(
        "is your shell clean|protocol version mismatch",
        "prints something at login, which rsync does not understand",
        "see to it that ~/.bashrc on the host prints nothing",
    ),
    _Case(
        "rsync: (command )?not found|rsync: No such file", "has no rsync", "install it there, or use the target 'sftp'"
    ),
    _Case("Read-only file system", "has a disk that cannot be written just now", "ask your host"),
    _Case(
        "timed? ?out|Connection reset|closed by remote|Connection closed|Broken pipe|unexpectedly closed|"
        "Network is unreachable|No route to host|timeout|not responding|kex_exchange|Connection to .* closed|"
        "lost connection|received SIG|error in socket IO|connection unexpectedly",
        "cannot be reached, or the connection broke off",
        "try again in a moment",
        True,
    ),
    _Case("Permission denied", "does not let this account write there", "check 'path', and who owns the folder"),
)
#: What ssh and rsync exit with when the connection is gone.
_GONE = (10, 12, 30, 35, 255)


def explained(complaint: str, code: int, login: str, *, rsync: bool = False) -> ShellError:
    """Return what a complaint means. ``code`` is that of the program, ``login`` the command that opens a shell."""
    for case in _CASES:
        if re.search(case.pattern, complaint, re.IGNORECASE):
            return ShellError(case.why, case.hint.format(login=login), case.lost)
    lines = [_UNSEEN.sub(" ", line).strip() for line in complaint.splitlines() if line.strip()]
    said = f": {lines[-1][:_LONGEST]}" if lines else ""
    gone = code in _GONE if rsync else code == 255
    return ShellError(f"gave up{said}", f"try '{login}' in a terminal", lost=gone)
