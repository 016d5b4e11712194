"""Deploy by SFTP, for accounts at hosters that take files and nothing else."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from ..token import Token
from .in_place import InPlace
from .nouns import About, Key, Secret
from .ssh import HOST, LOCAL, PORT, USER, local_file
from .table import Around

if TYPE_CHECKING:
    from .remote import Remote

#: How many connections are open at once.
MOST = 4
#: A folder on the host: any name, but no way upwards.
PATH = r"(?!(?:.*/)?\.\.(?:/|$))[^\x00-\x1f\x7f\\]{1,1000}"

ABOUT = About(
    name="sftp",
    title="your host over SFTP",
    keys=(
        Key("host", "the name of the server for files", "sftp.lina.example", HOST, required=True),
        Key("user", "your name there", "lina", USER, required=True),
        Key("path", "the folder that visitors see; / or . is where a login begins", "/html", PATH, required=True),
        Key("port", "the port, if it is not 22", "2222", PORT),
        Key("known_hosts", "a file with the server's key, if not the one of ssh", "known_hosts", LOCAL),
        Key("identity", "the file of your private key, if you have no password", "~/.ssh/id_ed25519", LOCAL),
    ),
    secrets=(
        Secret("password", "LINKHOME_SFTP_PASSWORD", "your password for SFTP", required=False),
        Secret("passphrase", "LINKHOME_SFTP_PASSPHRASE", "the passphrase of your private key", required=False),
    ),
    headers=(".htaccess",),
    slow=30.0,
    extra="sftp",
    module="paramiko",
    remark="while files are moved to their places, which takes seconds, a visitor may see new pages beside old ones",
)


class Sftp(InPlace):
    """Be one folder on one host. ``wait`` is another one in tests."""

    about = ABOUT

    def __init__(
        self,
        given: Mapping[str, str],
        secrets: Mapping[str, Token],
        around: Around,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        known, identity = local_file(given, "known_hosts", around), local_file(given, "identity", around)
        host, folder = given["host"].strip("[]"), remote_folder(given["path"])

        def connect() -> Remote:
            from .sftp_link import SftpLink  # brings paramiko
            from .sftp_login import Account

            account = Account(
                host,
                int(given.get("port", 22)),
                given["user"],
                known_hosts=known,
                identity=identity,
                password=secrets["password"].reveal() if "password" in secrets else "",
                passphrase=secrets["passphrase"].reveal() if "passphrase" in secrets else "",
            )
            return SftpLink(account, folder)

        super().__init__(connect, host, given["path"], around, most=MOST, wait=wait)


def remote_folder(path: str) -> str:
    """Return a folder as servers take it: ``~/html`` and ``./html`` begin where a login begins, as ``html`` does."""
    for start in ("~/", "./"):
        path = path.removeprefix(start)
    return "." if path in ("~", ".", "") else path
