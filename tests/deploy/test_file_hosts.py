"""The example site, deployed from end to end to servers for files and seen through nginx; and deploys that die."""

from __future__ import annotations

import getpass
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from linkhome.deploy.archive import Archive
from linkhome.deploy.engine import deploy_to
from linkhome.deploy.freeze import freeze
from linkhome.deploy.ftps import Ftps
from linkhome.deploy.nouns import Live
from linkhome.deploy.sftp import Sftp
from linkhome.deploy.ssh import Ssh
from linkhome.deploy.table import Around
from linkhome.token import Token

from .desks import PAGES, Watching, built, desk, place
from .file_hosts import deploy, files_in, frozen_of, nginx, sshd
from .ftps_host import NAME, PASSWORD, FtpHost

REPOSITORY = Path(__file__).resolve().parents[2]


class Kind(NamedTuple):
    """Hold a class of targets, what its entries say beside ``path``, and how a folder is called there."""

    made: Any
    given: dict[str, str]
    named: Callable[[Path], str]
    shown: str = ""


class Hosts(NamedTuple):
    """Hold the servers: all of them keep their files below ``home``, which is shown at ``address``."""

    kinds: dict[str, Kind]
    home: Path
    address: str


@pytest.fixture(scope="module")
def hosts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosts]:
    base = tmp_path_factory.mktemp("hosts")
    home = base / "home"
    with (
        sshd(base / "sshd") as ssh,
        FtpHost(base / "ftps", home).running() as ftps,
        nginx(base / "nginx", home) as address,
    ):
        by_key = {"host": "127.0.0.1", "port": str(ssh.port), "user": getpass.getuser()}
        by_key |= {"known_hosts": str(ssh.known_hosts), "identity": str(ssh.identity)}
        by_tls = {"host": "127.0.0.1", "port": str(ftps.port), "user": NAME, "certificate": str(ftps.certificate)}
        kinds = {
            "ssh": Kind(Ssh, by_key, str, "current"),
            "sftp": Kind(Sftp, by_key, str),
            "ftps": Kind(Ftps, by_tls, lambda folder: f"/{folder.name}"),
        }
        yield Hosts(kinds, home, address)


@pytest.fixture(params=["ssh", "sftp", "ftps"])
def kind(request: pytest.FixtureRequest, hosts: Hosts, monkeypatch: pytest.MonkeyPatch) -> Kind:
    monkeypatch.setenv("LINKHOME_FTPS_PASSWORD", PASSWORD)
    monkeypatch.setenv("PASSWORD", PASSWORD)
    return hosts.kinds[request.param]


@pytest.fixture
def folder(hosts: Hosts, tmp_path: Path) -> Path:
    (hosts.home / tmp_path.name).mkdir()
    return hosts.home / tmp_path.name


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("example")
    shutil.copytree(REPOSITORY / "example-site", root, ignore=shutil.ignore_patterns("public"), dirs_exist_ok=True)
    subprocess.run([sys.executable, "-m", "linkhome", "build", str(root), "-q"], check=True, timeout=600)
    return root


def shown(kind: Kind, folder: Path) -> dict[str, bytes]:
    return files_in((folder / kind.shown).resolve())


def test_the_example_site_goes_live_is_left_alone_and_can_be_taken_back(
    kind: Kind, hosts: Hosts, folder: Path, example: Path, tmp_path: Path
) -> None:
    root = tmp_path / "site"
    root.mkdir()
    shutil.copytree(example / "public", root / "public")
    url = f"{hosts.address}{folder.name}/{kind.shown}"
    here = place(kind.made, kind.given | {"path": kind.named(folder)}, url)
    build, watch = freeze(root / "public"), Watching()
    outcome = deploy_to(here, build, desk(root, here, watch=watch))
    assert (outcome.end, outcome.live, outcome.verified) == ("live", Live.NEW, True), outcome
    sent = {path for path in build.files if path not in ("_headers", "_redirects")}
    first = shown(kind, folder)
    assert first.keys() == sent
    # These two name the path at which the site stands there.
    assert all(first[path] == build.read(path) for path in sent - {"404.html", ".htaccess"})
    assert watch.heard[-1][0] == watch.heard[-1][1] > 0
    assert deploy_to(here, build, desk(root, here)).end == "unchanged"

    worse = freeze(built(root, {**PAGES, "index.html": b"<p>worse"}))
    assert deploy_to(here, worse, desk(root, here, yes=True)).end == "live"
    assert shown(kind, folder)["index.html"] == b"<p>worse"
    again = desk(root, here, yes=True)
    row = again.journal.before(here.name)
    assert row is not None
    before = Archive(root / ".cache" / "deploy").recall(row.tree)
    assert deploy_to(here, before, again, ready=True).end == "live"
    assert {path: data for path, data in shown(kind, folder).items() if path in first} == first


ONE = {"index.html": "one", "a/index.html": "one a", "build.json": "{1}"}
TWO = {"index.html": "two", "b/index.html": "two b", "media/x.0123abcd.txt": "x" * 60_000, "build.json": "{2}"}


@pytest.mark.parametrize("moment", ["upload", "sent", "+0", "+0.05"])
def test_a_deploy_that_dies_leaves_a_whole_site_and_the_next_one_mends_it(
    kind: Kind, folder: Path, tmp_path: Path, moment: str
) -> None:
    one, two = ({path: text.encode() for path, text in files.items()} for files in (ONE, TWO))
    given = kind.given | {"path": kind.named(folder)}

    def target() -> Any:
        return kind.made(given, {"password": Token(PASSWORD)}, Around(tmp_path, tmp_path / "state"))

    deploy(target(), frozen_of(tmp_path / "o", one))
    program = Path(__file__).with_name("files_killed.py")
    command = [sys.executable, program, kind.made.about.name, json.dumps(given), tmp_path, json.dumps(TWO), moment]
    died = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert died.returncode == -9, died.stderr
    after = shown(kind, folder)
    if not moment.startswith("+"):
        assert after == one
    elif kind.made.about.atomic:
        assert after in (one, two)
    else:
        known = [{path: site.get(path) for path in (*one, *two)} for site in (one, two)]
        assert all(data in (known[0][path], known[1][path]) for path, data in after.items())
    deploy(target(), frozen_of(tmp_path / "o", two))
    assert shown(kind, folder) == two
