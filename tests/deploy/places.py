"""Every place that linkhome deploys to, on loopback and at once: what its entry says, what visitors get, what it heard.

The hosts are those of the other tests. In front of each that speaks without encryption stands a wire that writes down
every byte on its way there; of the others, everything that they keep is read.
"""

from __future__ import annotations

import getpass
import re
import socket
import subprocess
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import requests

from linkhome.deploy.actions import FILE as WORKFLOW
from linkhome.deploy.netlify_toml import FILE as NETLIFY_TOML

from . import cloudflare_double, ftps_host, netlify_double, sftp_host
from .file_hosts import PATIENCE, Wire, files_in, nginx, sshd
from .ftps_host import FtpHost
from .git_double import GitHost, contents, git, hosting
from .s3_host import s3_host
from .sftp_host import SftpHost

#: What proves who we are, by the variable in which it is given.
SECRETS: Mapping[str, str] = {
    "LINKHOME_GITHUB_TOKEN": "canary-of-github-51f0",
    "LINKHOME_CODEBERG_TOKEN": "canary-of-codeberg-83d2",
    "LINKHOME_NETLIFY_TOKEN": netlify_double.TOKEN,
    "LINKHOME_CLOUDFLARE_TOKEN": cloudflare_double.TOKEN,
    "LINKHOME_SFTP_PASSWORD": sftp_host.PASSWORD,
    "LINKHOME_FTPS_PASSWORD": ftps_host.PASSWORD,
    "LINKHOME_S3_KEY": "key-of-s3",
    "LINKHOME_S3_SECRET": "canary-of-s3-7be4",
}
#: What a host that builds the site itself installs.
REQUIREMENTS = f"linkhome==1.0 \\\n    --hash=sha256:{'8b' * 32}\n"
_LOGIN = re.compile(rb"(?im)^authorization:.*$")


class Spot(NamedTuple):
    """Be one place: what its entry says beside its target, if that is its name, and what can be seen of it.

    ``shown`` gives what visitors get, by path; ``held`` all that the host has or heard, without the login itself;
    ``heard`` is another value whenever it was asked something. Visitors find it at ``address``, or in a ``folder`` of
    this computer; at some, nobody does. A ``wire`` leads to a ``host`` that is another computer.
    """

    name: str
    entry: Mapping[str, str]
    shown: Callable[[], dict[str, bytes]]
    held: Callable[[], bytes]
    heard: Callable[[], object]
    address: str = ""
    folder: Path | None = None
    wire: Tap | None = None
    host: Any = None

    def get(self, path: str) -> bytes:
        """Return a file as a visitor gets it now; nothing if there is none, or what came was not it."""
        if self.folder is not None:
            try:
                return (self.folder / path).read_bytes()
            except FileNotFoundError:
                return b""
        with requests.Session() as session:
            session.trust_env = False
            answer = session.get(self.address + path, timeout=PATIENCE)
        return answer.content if answer.status_code == 200 else b""


class Tap(Wire):
    """Be a wire that keeps what goes to the host, or only counts it, and breaks for good after ``most`` bytes.

    While it is ``stuck``, it takes what is sent, and nothing of it arrives.
    """

    keep = True

    def __init__(self, port: int) -> None:
        super().__init__(port)
        self.heard = bytearray()
        self.number = 0
        self.most = 0
        self.stuck = False

    def count(self) -> int:
        """Return how many bytes went there."""
        return self.number

    def without_login(self) -> bytes:
        """Return it without the lines that prove who we are: those are for the host."""
        return _LOGIN.sub(b"", bytes(self.heard))

    def _pass(self, one: socket.socket, other: socket.socket, counted: bool) -> None:
        super()._pass(_Overheard(one, self) if counted else one, other, counted)  # type: ignore[arg-type]


class _Overheard:
    """Be the near end of a wire, of which all is written down that comes in."""

    def __init__(self, own: socket.socket, tap: Tap) -> None:
        self._own, self._tap = own, tap

    def recv(self, size: int) -> bytes:
        data = self._own.recv(size)
        while data and self._tap.stuck:
            data = self._own.recv(size)
        self._tap.number += len(data)
        if self._tap.keep:
            self._tap.heard += data
        if 0 < self._tap.most <= self._tap.number:
            self._tap.dead = True
        return data

    def __getattr__(self, name: str) -> Any:
        return getattr(self._own, name)


@contextmanager
def everywhere(base: Path, site: Path) -> Iterator[dict[str, Spot]]:
    """Open every place for the site in the folder ``site``; give them by the names of their entries."""
    home = base / "home"
    with ExitStack() as open_:
        made = [
            *_branches(base, open_),
            *_apis(open_),
            *_own_servers(base, home, open_),
            _bucket(open_),
            *_here(base),
            *_checkout(site),
        ]
        yield {spot.name: spot for spot in made}


@contextmanager
def at_home_everywhere(base: Path) -> Iterator[dict[str, Spot]]:
    """Open all places for an account that knows every secret, and whose home is this folder."""
    (base / "site").mkdir()
    with pytest.MonkeyPatch.context() as patch, everywhere(base, base / "site") as made:
        patch.setenv("HOME", str(base))
        for name, value in SECRETS.items():
            patch.setenv(name, value)
        yield made


def _branches(base: Path, open_: ExitStack) -> Iterator[Spot]:
    for kind, branch in (("github", "gh-pages"), ("codeberg", "pages")):
        accounts = {"lina": SECRETS[f"LINKHOME_{kind.upper()}_TOKEN"]}
        host: GitHost = open_.enter_context(hosting(base / kind, accounts=accounts, branch=branch))
        bare = host.make("lina/site")
        tap = _tapped(host.port, open_)
        entry = {"repository": f"http://127.0.0.1:{tap.port}/lina/site.git", "url": host.page("lina/site")}

        def shown(bare: Path = bare, branch: str = branch) -> dict[str, bytes]:
            return contents(bare, branch)

        def held(bare: Path = bare, tap: Tap = tap) -> bytes:
            every = subprocess.run(
                ["git", "cat-file", "--batch-all-objects", "--batch"], cwd=bare, capture_output=True, check=True
            )
            return every.stdout + tap.without_login()

        yield Spot(kind, entry, shown, held, tap.count, host.page("lina/site"), wire=tap, host=host)


def _apis(open_: ExitStack) -> Iterator[Spot]:
    netlify = open_.enter_context(netlify_double.Netlify())
    at_netlify = _tapped(_port(netlify.url), open_)
    entry = {"site": "lina-marlow", "api": f"http://127.0.0.1:{at_netlify.port}{netlify.below}", "url": netlify.url}
    yield Spot(
        "netlify",
        entry,
        netlify.files,
        lambda: b"".join(netlify.contents.values()) + at_netlify.without_login(),
        at_netlify.count,
        netlify.url,
        wire=at_netlify,
        host=netlify,
    )
    cloudflare = open_.enter_context(cloudflare_double.Cloudflare(group=5))
    cloudflare.domain = "lina-marlow"
    at_cloudflare = _tapped(_port(cloudflare.url), open_)
    api = f"http://127.0.0.1:{at_cloudflare.port}{cloudflare.below}"
    account = {"account": cloudflare_double.ACCOUNT, "script": "lina-marlow"}
    yield Spot(
        "cloudflare",
        {**account, "api": api, "url": cloudflare.url},
        cloudflare.files,
        lambda: b"".join(data for data, _ in cloudflare.contents.values()) + at_cloudflare.without_login(),
        at_cloudflare.count,
        cloudflare.url,
        wire=at_cloudflare,
        host=cloudflare,
    )


def _own_servers(base: Path, home: Path, open_: ExitStack) -> Iterator[Spot]:
    """Be three servers for files, and one for visitors of what lies there."""
    ssh = open_.enter_context(sshd(base / "sshd"))
    ftps = open_.enter_context(FtpHost(base / "ftps", home).running())
    sftp = open_.enter_context(SftpHost(base / "sftp", base / "sftp-home").running())
    servers = {"ssh": ssh, "sftp": sftp, "ftps": ftps}
    for folder in (home / "ssh", home / "ftps", base / "sftp-home" / "site"):
        folder.mkdir()
    (home / "sftp").symlink_to(base / "sftp-home" / "site")
    address = open_.enter_context(nginx(base / "nginx", home))
    taps = {name: _tapped(port, open_) for name, port in (("ssh", ssh.port), ("sftp", sftp.port), ("ftps", ftps.port))}
    for name, known, port in (("ssh", ssh.known_hosts, ssh.port), ("sftp", sftp.known_hosts, sftp.port)):
        known.write_text(known.read_text().replace(f"]:{port} ", f"]:{taps[name].port} "))
    by_key = {"host": "127.0.0.1", "port": str(taps["ssh"].port), "user": getpass.getuser(), "path": str(home / "ssh")}
    by_key |= {"known_hosts": str(ssh.known_hosts), "identity": str(ssh.identity)}
    by_password = {"host": "127.0.0.1", "port": str(taps["sftp"].port), "user": sftp_host.NAME, "path": "/site"}
    by_password |= {"known_hosts": str(sftp.known_hosts)}
    by_tls = {"host": "127.0.0.1", "port": str(taps["ftps"].port), "user": ftps_host.NAME, "path": "/ftps"}
    by_tls |= {"certificate": str(ftps.certificate)}
    for name, entry, below in (
        ("ssh", by_key, "ssh/current"),
        ("sftp", by_password, "sftp"),
        ("ftps", by_tls, "ftps"),
    ):

        def shown(folder: Path = home / below) -> dict[str, bytes]:
            return files_in(folder.resolve())

        def held(folder: Path = (home / name)) -> bytes:
            spoken = [line for line in ftps.commands if not line.startswith("PASS ")]
            return _everything_in(folder.resolve()) + "\n".join(spoken).encode()

        url = f"{address}{below}/"
        yield Spot(name, {**entry, "url": url}, shown, held, taps[name].count, url, wire=taps[name], host=servers[name])


def _bucket(open_: ExitStack) -> Spot:
    host = open_.enter_context(s3_host())
    host.new("lina-site")
    tap = _tapped(_port(host.address), open_)

    def held() -> bytes:
        listed = host.client.list_objects_v2(Bucket="lina-site").get("Contents", ())
        every = [host.client.get_object(Bucket="lina-site", Key=one["Key"])["Body"].read() for one in listed]
        return b"".join(every) + tap.without_login()

    entry = {"bucket": "lina-site", "endpoint": f"http://127.0.0.1:{tap.port}"}
    return Spot("s3", entry, lambda: host.holds("lina-site"), held, tap.count, wire=tap, host=host)


def _here(base: Path) -> Iterator[Spot]:
    drive = base / "drive"
    drive.mkdir()
    copy = drive / "copy"

    def all_of_it() -> bytes:
        return _everything_in(drive)

    yield Spot("folder", {"path": str(copy)}, lambda: files_in(copy), all_of_it, all_of_it, folder=copy)
    for kind in ("zip", "html"):
        file = drive / f"lina.{kind}"

        def held(file: Path = file) -> bytes:
            return file.read_bytes() + (b"".join(_unpacked(file).values()) if file.suffix == ".zip" else b"")

        def shown(file: Path = file) -> dict[str, bytes]:
            return {file.name: file.read_bytes()}

        yield Spot(
            kind, {"target": "folder", "path": str(file), "zip": kind}, shown, held, file.read_bytes, folder=drive
        )


def _checkout(site: Path) -> Iterator[Spot]:
    """Be the creator's own repository, in which two hosts find what they build by."""
    git(site, "init", "--quiet")
    (site / "requirements.txt").write_text(REQUIREMENTS)
    for name, file in (("github-actions", site / WORKFLOW), ("netlify-build", site / NETLIFY_TOML)):

        def shown(file: Path = file) -> dict[str, bytes]:
            return {file.name: file.read_bytes()}

        yield Spot(name, {}, shown, file.read_bytes, file.read_bytes)


def _tapped(port: int, open_: ExitStack) -> Tap:
    tap = Tap(port)
    open_.callback(tap.close)
    return tap


def _port(address: str) -> int:
    return int(address.rstrip("/").rpartition(":")[2])


def _unpacked(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as made:
        return {name: made.read(name) for name in made.namelist()}


def _everything_in(folder: Path) -> bytes:
    """Return every byte below a folder, and every name."""
    found = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return b"".join(f"{path.relative_to(folder)}\n".encode() + path.read_bytes() for path in found)
