"""Deploy by ssh and rsync to a real sshd: one step from old to new, nothing sent twice, nobody believed blindly."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from linkhome.deploy import releases
from linkhome.deploy.nouns import Failed, Live, Refused
from linkhome.deploy.shell import Shell
from linkhome.deploy.shell_words import ShellError, explained
from linkhome.deploy.ssh import ABOUT, Ssh
from linkhome.deploy.table import Around

from .file_hosts import Sshd, Wire, deploy, files_in, free_port, frozen_of, plan_of, sshd

ONE = {"index.html": b"one", "a/index.html": b"a", "media/x.0123abcd.webp": b"x" * 5000, "build.json": b"{1}"}
TWO = {**ONE, "index.html": b"two", "build.json": b"{2}", "new/ä b'c.txt": b"new"}
del TWO["a/index.html"]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sshd]:
    with sshd(tmp_path_factory.mktemp("sshd") / "sshd") as running:
        yield running


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return tmp_path / "site"


Make = Callable[..., Ssh]


@pytest.fixture
def make(server: Sshd, tmp_path: Path, site: Path) -> Make:
    """Return how to make the target: `make(keep="2")`."""

    def made(**given: str) -> Ssh:
        known = {
            "host": "127.0.0.1",
            "port": str(server.port),
            "path": str(site),
            "known_hosts": str(server.known_hosts),
            "identity": str(server.identity),
        }
        around = Around(tmp_path, tmp_path / "state", "ssh", "https://lina.example")
        return Ssh(known | given, {}, around, wait=lambda _: None)

    return made


def live(site: Path) -> dict[str, bytes]:
    return files_in((site / "current").resolve())


# ------------------------------------------------------------------ the way of every deploy


def test_a_site_arrives_changes_and_comes_back_byte_by_byte(make: Make, site: Path, tmp_path: Path) -> None:
    one, two = frozen_of(tmp_path / "o", ONE), frozen_of(tmp_path / "o", TWO)
    plan = deploy(make(), one)
    assert sorted(plan.adds) == sorted(ONE)
    assert live(site) == ONE
    told: list[tuple[int, int, str]] = []
    plan = deploy(make(), two, lambda *said: told.append(said))
    assert (plan.adds, plan.changes, plan.deletes) == (
        ("new/ä b'c.txt",),
        ("build.json", "index.html"),
        ("a/index.html",),
    )
    assert live(site) == TWO
    assert told[-1] == (plan.size, plan.size, "")
    assert "new/ä b'c.txt" in {path for _, _, path in told}
    assert deploy(make(), two).empty
    deploy(make(), one)
    assert live(site) == ONE
    assert len(list((site / "releases").glob("0*[0-9a-f]"))) == 3


def test_everybody_may_read_what_arrived_and_nobody_else_may_write(make: Make, site: Path, tmp_path: Path) -> None:
    frozen = frozen_of(tmp_path / "o", ONE)
    for kept in (tmp_path / "o").iterdir():
        kept.chmod(0o400)
    deploy(make(), frozen)
    modes = {path.is_dir(): path.stat().st_mode & 0o777 for path in (site / "current/").rglob("*")}
    assert modes == {True: 0o755, False: 0o644}


def test_what_did_not_change_is_linked_on_the_host(make: Make, site: Path, tmp_path: Path) -> None:
    deploy(make(), frozen_of(tmp_path / "o", ONE))
    before = (site / "current/media/x.0123abcd.webp").stat().st_ino
    deploy(make(), frozen_of(tmp_path / "o", TWO))
    assert (site / "current/media/x.0123abcd.webp").stat().st_ino == before


def test_a_file_that_was_changed_on_the_host_is_put_right_by_the_next_deploy(
    make: Make, site: Path, tmp_path: Path
) -> None:
    deploy(make(), frozen_of(tmp_path / "o", ONE))
    (site / "current/media/x.0123abcd.webp").write_bytes(b"y" * 5000)
    deploy(make(), frozen_of(tmp_path / "o", TWO))
    assert live(site) == TWO


def test_what_arrived_is_on_the_disk_before_it_is_live(make: Make, server: Sshd, site: Path, tmp_path: Path) -> None:
    synced = server.known_hosts.with_name("synced")
    synced.unlink(missing_ok=True)
    deploy(make(), frozen_of(tmp_path / "o", ONE))
    assert synced.read_text().split() == ["none", os.readlink(site / "current")]


def test_only_the_newest_releases_stay_and_the_live_one_always(make: Make, site: Path, tmp_path: Path) -> None:
    for number in range(3):
        deploy(make(keep="2"), frozen_of(tmp_path / "o", {"index.html": b"%d" % number}))
    names = sorted(path.name[:4] for path in (site / "releases").iterdir() if path.is_dir())
    assert names == ["0002", "0003"]
    found = releases.Found("0001-aaaaaaaaaaaa", ("0001-aaaaaaaaaaaa", "0002-aaaaaaaaaaaa", "0003-aaaaaaaaaaaa"))
    assert list(found.beyond(1)) == ["0003-aaaaaaaaaaaa", "0002-aaaaaaaaaaaa"]


def test_the_address_is_what_the_creator_wrote(make: Make) -> None:
    assert make().address == "https://lina.example/"
    assert ABOUT.atomic


# ------------------------------------------------------------------ nobody is believed blindly


def test_an_unknown_host_is_refused_and_the_hint_says_how_to_get_to_know_it(make: Make, tmp_path: Path) -> None:
    (tmp_path / "nobody").write_text("")
    with pytest.raises(Refused) as caught:
        make(known_hosts="nobody").look()
    said = caught.value.diagnostics[0]
    assert "a key that this computer does not know" in said.message
    assert "fingerprint" in said.hint
    assert "ssh -p" in said.hint
    assert (tmp_path / "nobody").read_text() == ""


def test_a_host_that_shows_another_key_than_before_is_refused(make: Make, server: Sshd, tmp_path: Path) -> None:
    other = server.identity.with_suffix(".pub").read_text()
    (tmp_path / "other").write_text(f"[127.0.0.1]:{server.port} {other}")
    with pytest.raises(Refused, match="another key than before"):
        make(known_hosts="other").look()


def test_a_key_that_the_host_does_not_take_is_named_as_the_reason(make: Make, tmp_path: Path) -> None:
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", tmp_path / "wrong"], check=True)
    with pytest.raises(Refused, match="does not let this computer in"):
        make(identity="wrong").look()


def test_a_file_that_is_not_there_is_named(make: Make) -> None:
    with pytest.raises(Refused, match="there is no file 'gone', which 'identity' names"):
        make(identity="gone")


def test_a_host_without_a_shell_leads_to_the_target_for_it(tmp_path: Path) -> None:
    around = Around(tmp_path, tmp_path / "state")
    with sshd(tmp_path / "sshd", "ForceCommand internal-sftp") as running:
        given = {"host": "127.0.0.1", "port": str(running.port), "path": "site"}
        given |= {"known_hosts": str(running.known_hosts), "identity": str(running.identity)}
        with pytest.raises(Refused) as caught:
            Ssh(given, {}, around, wait=lambda _: None).look()
    assert "sftp" in caught.value.diagnostics[0].hint


def test_nobody_at_the_port_is_said_after_a_few_tries(make: Make, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="does not take connections"):
        make(port=str(free_port())).look()


@pytest.mark.parametrize("name", ["ssh", "rsync"])
def test_a_program_that_is_missing_here_is_named(
    make: Make, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bin").mkdir()
    for other in {"ssh", "rsync"} - {name}:
        (tmp_path / "bin" / other).symlink_to(str(shutil.which(other)))
    target = make()
    there = target.look()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    with pytest.raises((Refused, Failed), match=f"there is no '{name}' on this computer"):
        frozen = frozen_of(tmp_path / "o", ONE)
        target.upload(frozen, plan_of(target, frozen, there), there, lambda *_: None)
    target.close()


@pytest.mark.parametrize("path", ["/", "../site", "a/../b", "-rf", "a b", "$(id)", "~lina/x", "a/-b"])
def test_a_path_that_could_be_anything_else_is_no_path(path: str) -> None:
    import re

    (key,) = (key for key in ABOUT.keys if key.name == "path")
    assert not re.fullmatch(key.pattern, path)
    assert re.fullmatch(key.pattern, "~/web/lina.example/")


# ------------------------------------------------------------------ what lies there already


def test_a_folder_in_place_of_the_link_stops_it_and_stays(make: Make, site: Path) -> None:
    (site / "current").mkdir(parents=True)
    assert "is no symbolic link" in make().look().stop


def test_a_link_of_somebody_else_stops_it_and_stays(make: Make, site: Path) -> None:
    site.mkdir()
    (site / "current").symlink_to("releases/20261124")
    there = make().look()
    assert "leads to 'releases/20261124', which linkhome did not make" in there.stop
    assert os.readlink(site / "current") == "releases/20261124"


def test_a_file_where_the_folder_should_be_stops_it(make: Make, site: Path) -> None:
    site.write_text("")
    assert "is no folder" in make().look().stop


def test_a_release_whose_list_is_lost_is_known_by_name_only(make: Make, site: Path, tmp_path: Path) -> None:
    deploy(make(), frozen_of(tmp_path / "o", ONE))
    (listing,) = (site / "releases").glob("*.files")
    listing.write_text("[")
    there = make().look()
    assert there.files is None
    assert there.release == listing.name.removesuffix(".files")


def test_a_deploy_from_elsewhere_in_the_meantime_is_not_undone(make: Make, site: Path, tmp_path: Path) -> None:
    deploy(make(), frozen_of(tmp_path / "o", ONE))
    target, mine = make(), frozen_of(tmp_path / "o", TWO)
    there = target.look()
    ticket = target.upload(mine, plan_of(target, mine, there), there, lambda *_: None)
    deploy(make(), frozen_of(tmp_path / "o", {"index.html": b"theirs"}))
    with pytest.raises(Failed, match="somebody else deployed") as caught:
        target.activate(ticket)
    target.close()
    assert caught.value.live is Live.UNKNOWN
    assert live(site) == {"index.html": b"theirs"}


# ------------------------------------------------------------------ broken wires


@pytest.fixture
def wire(server: Sshd, make: Make, tmp_path: Path) -> Iterator[Wire]:
    one = Wire(server.port)
    line = server.known_hosts.read_text().replace(f":{server.port}", f":{one.port}")
    (tmp_path / "wire_hosts").write_text(line)
    yield one
    one.close()


def by_wire(make: Make, wire: Wire) -> Ssh:
    return make(port=str(wire.port), known_hosts="wire_hosts")


def test_an_upload_that_is_cut_off_goes_on_where_it_stopped(make: Make, wire: Wire, site: Path, tmp_path: Path) -> None:
    big = random.Random(7).randbytes(8_000_000)
    files = {f"media/{number}.0123abcd.bin": big[number * 100_000 :][:100_000] for number in range(80)}
    files["index.html"] = b"there"
    wire.cuts = [6_000_000]
    deploy(by_wire(make, wire), frozen_of(tmp_path / "o", files))
    assert live(site) == files
    assert not wire.cuts
    assert wire.passed < 6_000_000  # counted anew after the cut: some of it was on its way and lost
    assert not list((site / "releases").glob(".*.part"))


def test_a_host_that_stays_away_leaves_the_old_site(make: Make, wire: Wire, site: Path, tmp_path: Path) -> None:
    deploy(make(), frozen_of(tmp_path / "o", ONE))
    target, two = by_wire(make, wire), frozen_of(tmp_path / "o", TWO)
    there = target.look()
    wire.dead = True
    with pytest.raises(Failed) as caught:
        target.upload(two, plan_of(target, two, there), there, lambda *_: None)
    target.close()
    assert caught.value.live is Live.OLD
    assert live(site) == ONE


def test_a_cut_while_switching_is_looked_into(make: Make, wire: Wire, site: Path, tmp_path: Path) -> None:
    target, one = by_wire(make, wire), frozen_of(tmp_path / "o", ONE)
    there = target.look()
    ticket = target.upload(one, plan_of(target, one, there), there, lambda *_: None)
    wire.passed, wire.cuts = 0, [3000]
    assert target.activate(ticket).startswith("0001-")
    target.close()
    assert live(site) == ONE
    assert not wire.cuts


def test_a_host_that_is_gone_while_switching_leaves_it_open(make: Make, wire: Wire, tmp_path: Path) -> None:
    target, one = by_wire(make, wire), frozen_of(tmp_path / "o", ONE)
    there = target.look()
    ticket = target.upload(one, plan_of(target, one, there), there, lambda *_: None)
    wire.dead = True
    with pytest.raises(Failed) as caught:
        target.activate(ticket)
    target.close()
    assert caught.value.live is Live.UNKNOWN


def test_of_a_script_that_arrives_in_part_nothing_is_done(server: Sshd, tmp_path: Path) -> None:
    for script in (releases.ACTIVATE, releases.TIDY, releases.PREPARE, releases.LOOK):
        whole = f'linkhome() {{\n{script}\n}}\nlinkhome "$@"\n'
        for length in range(0, len(whole) - len('linkhome "$@"\n'), 97):
            sent = whole[:length].encode()
            done = subprocess.run(["sh", "-s", "--", tmp_path, "a", "b"], input=sent, capture_output=True)
            assert not done.stdout
    assert not list(tmp_path.iterdir())


def test_a_full_disk_is_said_in_words() -> None:
    said = explained(
        "rsync: write failed: No space left on device (28)\nrsync error: error in file IO (code 11)", 11, "ssh h"
    )
    assert said.why == "has no more space"
    assert not said.lost


def test_what_nobody_foresaw_is_repeated_without_what_could_disturb_a_terminal() -> None:
    said = explained("hm\nno\x07\x1b\u202e way\n", 1, "ssh h")
    assert said.why == "gave up: no  way"


def test_arguments_arrive_as_they_are_and_a_script_that_fails_says_why(server: Sshd) -> None:
    shell = Shell("127.0.0.1", "", str(server.port), server.known_hosts, server.identity)
    assert shell.script('printf "%s\\n" "$2"', "a", "b c'd") == ["b c'd"]
    with pytest.raises(ShellError, match="gave up: oh"):
        shell.script("echo oh >&2; exit 3")


def test_ctrl_c_while_sending_leaves_the_old_site_and_nothing_on_this_computer(
    make: Make, site: Path, tmp_path: Path
) -> None:
    deploy(make(), frozen_of(tmp_path / "o", ONE))

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        deploy(make(), frozen_of(tmp_path / "o", TWO), stop)
    assert live(site) == ONE
    assert not list((tmp_path / "state").iterdir())
