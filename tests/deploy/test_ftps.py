"""Deploy by FTP inside of TLS: nothing is said before the certificate was checked, and bad servers cost no site."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from linkhome.deploy import ftps_link, in_place
from linkhome.deploy.ftps import ABOUT, Ftps
from linkhome.deploy.nouns import Failed, Live, Refused
from linkhome.deploy.table import Around
from linkhome.token import Token

from .file_hosts import deploy, files_in, free_port, frozen_of, plan_of
from .ftps_host import NAME, PASSWORD, FtpHost

ONE = {"index.html": b"one", "a/index.html": b"a", ".htaccess": b"# one", "build.json": b"{1}"}
TWO = {"index.html": b"two", ".htaccess": b"# one", "build.json": b"{2}"}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FtpHost]:
    base = tmp_path_factory.mktemp("ftps")
    with FtpHost(base / "server", base / "home").running() as host:
        yield host


@pytest.fixture
def host(running: FtpHost) -> FtpHost:
    running.well()
    return running


@pytest.fixture
def site(host: FtpHost, tmp_path: Path) -> Path:
    (host.home / tmp_path.name).mkdir()
    return host.home / tmp_path.name


def target(server: FtpHost, site: Path, password: str = PASSWORD, **given: str) -> Ftps:
    known = {"host": "127.0.0.1", "port": str(server.port), "user": NAME, "path": site.name}
    known |= {"certificate": str(server.certificate)}
    chosen = {key: value for key, value in (known | given).items() if value}
    return Ftps(chosen, {"password": Token(password)}, Around(site, site / "state"), wait=lambda _: None)


def test_a_certificate_that_nobody_vouches_for_hears_no_name_and_no_password(host: FtpHost, site: Path) -> None:
    with pytest.raises(Refused) as caught:
        target(host, site, certificate="").look()
    said = caught.value.diagnostics[0]
    assert "a certificate that cannot be trusted" in said.message
    assert "'certificate'" in said.hint
    assert not [line for line in host.commands if line.startswith(("USER", "PASS"))]


def test_a_certificate_for_another_name_is_none(host: FtpHost, site: Path) -> None:
    with pytest.raises(Refused, match="a certificate that cannot be trusted"):
        target(host, site, host="localhost").look()


def test_a_server_without_encryption_hears_no_name_and_no_password(host: FtpHost, site: Path) -> None:
    host.unknown = {"AUTH"}
    with pytest.raises(Refused, match="offers no encryption, so nothing was sent"):
        target(host, site).look()
    assert not [line for line in host.commands if line.startswith(("USER", "PASS"))]


def test_a_server_that_encrypts_no_files_gets_none(host: FtpHost, site: Path) -> None:
    host.unknown = {"PROT"}
    with pytest.raises(Refused, match="does not encrypt files"):
        target(host, site).look()


def test_a_wrong_password_is_refused_and_not_repeated(host: FtpHost, site: Path) -> None:
    with pytest.raises(Refused) as caught:
        target(host, site, "tr0ub4dor").look()
    said = caught.value.diagnostics[0]
    assert "does not take this name and password" in said.message
    assert "tr0ub4dor" not in f"{said}"


def test_nobody_at_the_port_is_said(host: FtpHost, site: Path) -> None:
    with pytest.raises(Refused, match="cannot be reached"):
        target(host, site, port=str(free_port())).look()


def test_every_connection_for_files_takes_up_the_first_session(
    host: FtpHost, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, reused = ftps_link._Tls.ntransfercmd, []

    def seen(ftp: ftps_link._Tls, command: str, rest: int | None = None) -> Any:
        conn, size = opened(ftp, command, rest)
        reused.append(conn.session_reused)
        return conn, size

    monkeypatch.setattr(ftps_link._Tls, "ntransfercmd", seen)
    deploy(target(host, site), frozen_of(tmp_path / "o", ONE))
    assert len(reused) > 5
    assert all(reused)


def test_a_server_that_is_too_old_for_lists_gets_the_site_all_the_same(
    host: FtpHost, site: Path, tmp_path: Path
) -> None:
    host.unknown = {"MLSD", "MLST"}
    (site / "theirs").mkdir()
    (site / "theirs.txt").write_bytes(b"")
    deploy(target(host, site), frozen_of(tmp_path / "o", ONE))
    deploy(target(host, site), frozen_of(tmp_path / "o", TWO))
    assert files_in(site) == {**TWO, "theirs.txt": b""}
    again = target(host, site)
    there = again.look()
    assert plan_of(again, frozen_of(tmp_path / "o", TWO), there).empty
    assert there.foreign == ("theirs.txt", "theirs/")
    again.close()


def test_a_server_that_renames_over_no_file_gets_it_removed_first(host: FtpHost, site: Path, tmp_path: Path) -> None:
    deploy(target(host, site), frozen_of(tmp_path / "o", ONE))
    host.over = False
    deploy(target(host, site), frozen_of(tmp_path / "o", TWO))
    assert files_in(site) == TWO


def test_a_full_disk_leaves_the_old_site(host: FtpHost, site: Path, tmp_path: Path) -> None:
    deploy(target(host, site), frozen_of(tmp_path / "o", ONE))
    host.full = True
    with pytest.raises(Failed, match="has no more space") as caught:
        deploy(target(host, site), frozen_of(tmp_path / "o", TWO))
    assert caught.value.live is Live.OLD
    assert files_in(site) == ONE


@pytest.mark.parametrize("restarts", [True, False])
def test_a_large_file_that_is_cut_off_goes_on_where_it_stopped(
    host: FtpHost, site: Path, tmp_path: Path, restarts: bool
) -> None:
    big = {"index.html": b"there", "media/film.0123abcd.webm": random.Random(3).randbytes(8_000_000)}
    host.cuts = [6_000_000]
    host.unknown = set() if restarts else {"REST"}
    deploy(target(host, site), frozen_of(tmp_path / "o", big))
    assert files_in(site) == big
    assert not host.cuts
    assert (host.received < 6_000_000) is restarts


def test_a_server_that_hangs_up_again_and_again_leaves_the_old_site(host: FtpHost, site: Path, tmp_path: Path) -> None:
    deploy(target(host, site), frozen_of(tmp_path / "o", ONE))
    host.cuts = [1] * 50
    with pytest.raises(Failed) as caught:
        deploy(target(host, site), frozen_of(tmp_path / "o", TWO))
    assert caught.value.live is Live.OLD
    assert len(host.cuts) > 50 - 4 * (len(in_place.PAUSES) + 1)
    assert files_in(site) == ONE
    host.cuts = []
    deploy(target(host, site), frozen_of(tmp_path / "o", TWO))
    assert files_in(site) == TWO


def test_where_a_login_begins_is_a_folder_like_any_other(host: FtpHost, site: Path, tmp_path: Path) -> None:
    for path in (".", "/"):
        one = target(host, site, path=path)
        there = one.look()
        assert f"{site.name}/" in there.foreign
        one.close()


def test_it_does_not_claim_to_be_atomic() -> None:
    assert not ABOUT.atomic
    assert "a visitor may see" in ABOUT.remark
