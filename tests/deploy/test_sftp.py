"""Deploy by SFTP: no host is believed blindly, a cut wire is taken up again, and bad servers cost no site."""

from __future__ import annotations

import getpass
import random
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from linkhome.deploy.nouns import Failed, Live, Refused
from linkhome.deploy.sftp import ABOUT, Sftp
from linkhome.deploy.table import Around
from linkhome.token import Token

from .file_hosts import Sshd, Wire, deploy, files_in, frozen_of, plan_of, sshd
from .sftp_host import NAME, PASSWORD, SftpHost

ONE = {"index.html": b"one", "a/index.html": b"a", "build.json": b"{1}"}
TWO = {"index.html": b"two", "build.json": b"{2}"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sshd]:
    with sshd(tmp_path_factory.mktemp("sftp") / "sshd") as running:
        yield running


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SftpHost]:
    base = tmp_path_factory.mktemp("sftp")
    with SftpHost(base / "server", base / "home").running() as running:
        yield running


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "site").mkdir()
    return tmp_path / "site"


def by_key(server: Sshd, site: Path, **given: str) -> Sftp:
    known = {"host": "127.0.0.1", "port": str(server.port), "user": getpass.getuser(), "path": str(site)}
    known |= {"known_hosts": str(server.known_hosts), "identity": str(server.identity)}
    return Sftp(known | given, {}, Around(site.parent, site.parent / "state"), wait=lambda _: None)


@pytest.fixture
def host(second: SftpHost, tmp_path: Path) -> SftpHost:
    second.old = second.full = second.closed = False
    second.logins = 0
    (second.home / tmp_path.name).mkdir()
    return second


def by_password(host: SftpHost, path: str, password: str = PASSWORD) -> Sftp:
    given = {
        "host": "127.0.0.1",
        "port": str(host.port),
        "user": NAME,
        "path": path,
        "known_hosts": str(host.known_hosts),
    }
    secrets = {"password": Token(password)} if password else {}
    return Sftp(given, secrets, Around(host.home, host.home / "state"), wait=lambda _: None)


# ------------------------------------------------------------------ nobody is believed blindly


def test_an_unknown_host_is_refused_with_its_fingerprint_and_is_not_written_down(server: Sshd, site: Path) -> None:
    (site.parent / "nobody").write_text("")
    print_of = subprocess.run(
        ["ssh-keygen", "-lf", f"{server.host_key}.pub"], capture_output=True, text=True, check=True
    )
    with pytest.raises(Refused) as caught:
        by_key(server, site, known_hosts="nobody").look()
    said = caught.value.diagnostics[0]
    assert print_of.stdout.split()[1] in said.message
    assert "sftp -P" in said.hint
    assert (site.parent / "nobody").read_text() == ""


def test_a_host_that_shows_another_key_than_before_is_refused(server: Sshd, site: Path) -> None:
    other = server.identity.with_suffix(".pub").read_text()
    (site.parent / "other").write_text(f"[127.0.0.1]:{server.port} {other}")
    with pytest.raises(Refused, match="another key than before"):
        by_key(server, site, known_hosts="other").look()


def test_a_host_that_shows_another_key_hears_no_password(host: SftpHost, server: Sshd, tmp_path: Path) -> None:
    (tmp_path / "other").write_text(f"[127.0.0.1]:{host.port} {server.host_key.with_suffix('.pub').read_text()}")
    given = {
        "host": "127.0.0.1",
        "port": str(host.port),
        "user": NAME,
        "path": "/",
        "known_hosts": str(tmp_path / "other"),
    }
    with pytest.raises(Refused, match="another key than before"):
        Sftp(given, {"password": Token(PASSWORD)}, Around(tmp_path, tmp_path), wait=lambda _: None).look()
    assert host.logins == 0


def test_a_key_that_the_host_does_not_take_is_the_reason(server: Sshd, site: Path) -> None:
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", site.parent / "wrong"], check=True)
    with pytest.raises(Refused, match="does not let this account in"):
        by_key(server, site, identity="wrong").look()


def test_a_key_with_a_passphrase_is_opened_by_it_and_its_lack_is_named(server: Sshd, site: Path) -> None:
    locked = site.parent / "locked"
    locked.write_bytes(server.identity.read_bytes())
    locked.chmod(0o600)
    subprocess.run(
        ["ssh-keygen", "-q", "-p", "-P", "", "-N", "open sesame", "-f", locked], check=True, capture_output=True
    )
    with pytest.raises(Refused) as caught:
        by_key(server, site, identity="locked").look()
    assert "LINKHOME_SFTP_PASSPHRASE" in caught.value.diagnostics[0].hint
    given = {"host": "127.0.0.1", "port": str(server.port), "user": getpass.getuser(), "path": str(site)}
    given |= {"known_hosts": str(server.known_hosts), "identity": str(locked)}
    one = Sftp(given, {"passphrase": Token("open sesame")}, Around(site, site), wait=lambda _: None)
    assert one.look().files == {}
    one.close()


def test_a_wrong_password_is_refused_at_once_and_not_repeated(host: SftpHost) -> None:
    with pytest.raises(Refused) as caught:
        by_password(host, "/", "tr0ub4dor").look()
    said = caught.value.diagnostics[0]
    assert "does not let this account in" in said.message
    assert "tr0ub4dor" not in f"{said}"
    assert host.logins <= 2


# ------------------------------------------------------------------ hosts of all kinds


def test_a_password_opens_a_host_whose_logins_begin_in_the_site(host: SftpHost, tmp_path: Path) -> None:
    for path in (f"/{tmp_path.name}", f"./{tmp_path.name}/", f"~/{tmp_path.name}"):
        deploy(by_password(host, path), frozen_of(tmp_path / "o", ONE))
        assert files_in(host.home / tmp_path.name) == ONE


def test_a_server_that_renames_over_no_file_gets_it_removed_first(host: SftpHost, tmp_path: Path) -> None:
    deploy(by_password(host, tmp_path.name), frozen_of(tmp_path / "o", ONE))
    host.old = True
    deploy(by_password(host, tmp_path.name), frozen_of(tmp_path / "o", TWO))
    assert files_in(host.home / tmp_path.name) == TWO


def test_what_a_full_host_refused_is_noticed_though_it_was_sent_without_waiting(host: SftpHost, tmp_path: Path) -> None:
    deploy(by_password(host, tmp_path.name), frozen_of(tmp_path / "o", ONE))
    host.full = True
    big = TWO | {"media/big.0123abcd.bin": random.Random(5).randbytes(900_000)}
    with pytest.raises(Failed) as caught:
        deploy(by_password(host, tmp_path.name), frozen_of(tmp_path / "o", big))
    assert "is there space left?" in caught.value.diagnostics[0].hint
    assert caught.value.live is Live.OLD
    assert files_in(host.home / tmp_path.name) == ONE
    host.full = False
    deploy(by_password(host, tmp_path.name), frozen_of(tmp_path / "o", big))
    assert files_in(host.home / tmp_path.name) == big


def test_a_folder_in_which_nobody_may_write_is_said(host: SftpHost, tmp_path: Path) -> None:
    host.closed = True
    with pytest.raises(Failed, match="does not let this account write there") as caught:
        deploy(by_password(host, tmp_path.name), frozen_of(tmp_path / "o", ONE))
    assert caught.value.live is Live.OLD
    assert files_in(host.home / tmp_path.name) == {}


# ------------------------------------------------------------------ broken wires


@pytest.fixture
def wire(server: Sshd, tmp_path: Path) -> Iterator[Wire]:
    one = Wire(server.port)
    line = server.known_hosts.read_text().replace(f":{server.port}", f":{one.port}")
    (tmp_path / "wire_hosts").write_text(line)
    yield one
    one.close()


def by_wire(server: Sshd, site: Path, wire: Wire) -> Sftp:
    return by_key(server, site, port=str(wire.port), known_hosts="wire_hosts")


def test_a_large_file_that_is_cut_off_goes_on_where_it_stopped(
    server: Sshd, site: Path, wire: Wire, tmp_path: Path
) -> None:
    big = {"index.html": b"there", "media/film.0123abcd.webm": random.Random(3).randbytes(8_000_000)}
    wire.cuts = [6_000_000]
    deploy(by_wire(server, site, wire), frozen_of(tmp_path / "o", big))
    assert files_in(site) == big
    assert not wire.cuts
    assert wire.passed < 6_000_000  # counted anew after the cut


def test_a_host_that_stays_away_leaves_the_old_site(server: Sshd, site: Path, wire: Wire, tmp_path: Path) -> None:
    deploy(by_key(server, site), frozen_of(tmp_path / "o", ONE))
    target, two = by_wire(server, site, wire), frozen_of(tmp_path / "o", TWO)
    there = target.look()
    wire.dead = True
    with pytest.raises(Failed) as caught:
        target.upload(two, plan_of(target, two, there), there, lambda *_: None)
    target.close()
    assert caught.value.live is Live.OLD
    assert files_in(site) == ONE
    with pytest.raises(Refused, match="cannot be reached"):
        by_wire(server, site, wire).look()


def test_cuts_while_files_are_moved_are_overcome(server: Sshd, site: Path, wire: Wire, tmp_path: Path) -> None:
    many = {f"{number}/index.html": b"%d" % number for number in range(30)} | ONE
    target, frozen = by_wire(server, site, wire), frozen_of(tmp_path / "o", many)
    there = target.look()
    ticket = target.upload(frozen, plan_of(target, frozen, there), there, lambda *_: None)
    wire.passed, wire.cuts = 0, [1500, 5000]
    target.activate(ticket)
    target.close()
    assert files_in(site) == many
    assert not wire.cuts


def test_a_host_that_is_gone_while_files_are_moved_leaves_it_open_and_the_next_deploy_mends_it(
    server: Sshd, site: Path, wire: Wire, tmp_path: Path
) -> None:
    deploy(by_key(server, site), frozen_of(tmp_path / "o", ONE))
    many = {f"{number}/index.html": b"%d" % number for number in range(60)} | TWO
    target, frozen = by_wire(server, site, wire), frozen_of(tmp_path / "o", many)
    there = target.look()
    ticket = target.upload(frozen, plan_of(target, frozen, there), there, lambda *_: None)
    wire.passed, wire.cuts = 0, [4000, *[1] * 50]
    with pytest.raises(Failed) as caught:
        target.activate(ticket)
    target.close()
    assert caught.value.live is Live.UNKNOWN
    again = by_key(server, site)
    there = again.look()
    plan = plan_of(again, frozen, there)
    assert there.foreign == ()
    assert 0 < len(plan.adds) + len(plan.changes) < len(many)
    again.close()
    deploy(by_key(server, site), frozen)
    assert files_in(site) == many


def test_it_does_not_claim_to_be_atomic() -> None:
    assert not ABOUT.atomic
    assert "a visitor may see" in ABOUT.remark
