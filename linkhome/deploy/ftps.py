"""Deploy by FTP inside of TLS, for hosters that have nothing better; plain FTP is refused."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from ..token import Token
from .in_place import InPlace
from .nouns import About, Key, Secret
from .sftp import PATH, remote_folder
from .ssh import HOST, LOCAL, PORT, local_file
from .table import Around

if TYPE_CHECKING:
    from .remote import Remote

#: How many connections are open at once: hosters allow few.
MOST = 2
#: Accounts are often called like an address of mail.
USER = r"[^\x00-\x20\x7f:/]{1,128}"

ABOUT = About(
    name="ftps",
    title="your host over FTPS",
    keys=(
        Key("host", "the name of the server for files", "ftp.lina.example", HOST, required=True),
        Key("user", "your name there", "lina", USER, required=True),
        Key("path", "the folder that visitors see; / or . is where a login begins", "/html", PATH, required=True),
        Key("port", "the port, if it is not 21", "2121", PORT),
        Key("certificate", "a file with the server's certificate, if it made its own", "server.pem", LOCAL),
    ),
    secrets=(Secret("password", "LINKHOME_FTPS_PASSWORD", "your password for FTP"),),
    headers=(".htaccess",),
    slow=30.0,
    remark="while files are moved to their places, which takes seconds, a visitor may see new pages beside old ones",
)


class Ftps(InPlace):
    """Be one folder on one host. ``wait`` is another one in tests."""

    about = ABOUT

    def __init__(
        self,
        given: Mapping[str, str],
        secrets: Mapping[str, Token],
        around: Around,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        certificate = local_file(given, "certificate", around)
        host, port, folder = given["host"].strip("[]"), int(given.get("port", 21)), remote_folder(given["path"])

        def connect() -> Remote:
            from .ftps_link import FtpsLink  # brings ssl

            return FtpsLink(host, port, given["user"], secrets["password"].reveal(), folder, certificate)

        super().__init__(connect, host, given["path"], around, most=MOST, wait=wait)
