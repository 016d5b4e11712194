"""Deploy to hosts for files, a real sshd by SFTP and a real FTP server inside of TLS: what both have to promise."""

from __future__ import annotations

import getpass
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from linkhome.deploy import census
from linkhome.deploy.ftps import Ftps
from linkhome.deploy.in_place import InPlace
from linkhome.deploy.notes import FILE, Noted, Notes, decoded
from linkhome.deploy.nouns import Failed, Live, Refused
from linkhome.deploy.order import hashed, stages
from linkhome.deploy.remote import Pool, Remote, RemoteError
from linkhome.deploy.sftp import PATH, Sftp
from linkhome.deploy.table import Around
from linkhome.deploy.waiting import name_of
from linkhome.token import Token

from .file_hosts import deploy, files_in, frozen_of, plan_of, sshd
from .ftps_host import NAME, PASSWORD, FtpHost

ONE = {
    "index.html": b"one",
    "a/index.html": b"a",
    "a/b/index.html": b"b",
    "media/x.0123abcd.webp": b"x" * 5000,
    "media/empty.txt": b"",
    ".well-known/security.txt": b"Contact: mailto:lina@lina.example\n",
    "build.json": b"{1}",
}
TWO = {**ONE, "index.html": b"two", "build.json": b"{2}", "media/ä b'c.01234567.txt": b"new"}
del TWO["a/b/index.html"], TWO["media/x.0123abcd.webp"]


class Place(NamedTuple):
    """Hold how to make a target, and the folder in which its files arrive."""

    make: Callable[..., InPlace]
    site: Path


@pytest.fixture(scope="module")
def hosts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, tuple[type[InPlace], dict[str, str], Path]]]:
    base = tmp_path_factory.mktemp("hosts")
    home = base / "home"
    with sshd(base / "sshd") as ssh, FtpHost(base / "ftps", home).running() as ftps:
        by_sftp = {
            "port": str(ssh.port),
            "user": getpass.getuser(),
            "known_hosts": str(ssh.known_hosts),
            "identity": str(ssh.identity),
        }
        by_ftps = {"port": str(ftps.port), "user": NAME, "certificate": str(ftps.certificate)}
        yield {"sftp": (Sftp, by_sftp, home), "ftps": (Ftps, by_ftps, home)}


@pytest.fixture(params=["sftp", "ftps"])
def place(
    request: pytest.FixtureRequest, hosts: dict[str, tuple[type[InPlace], dict[str, str], Path]], tmp_path: Path
) -> Place:
    kind, given, home = hosts[request.param]
    site = home / tmp_path.name
    site.mkdir()
    given = given | {"host": "127.0.0.1", "path": str(site) if kind is Sftp else f"/{site.name}"}

    def make(*, yes: bool = False, **more: str) -> InPlace:
        around = Around(tmp_path, tmp_path / "state", kind.about.name, "https://lina.example", yes)
        secrets = {"password": Token(PASSWORD)} if kind is Ftps else {}
        return kind(given | more, secrets, around, wait=lambda _: None)  # type: ignore[call-arg]

    return Place(make, site)


def test_a_site_arrives_changes_and_comes_back_byte_by_byte(place: Place, tmp_path: Path) -> None:
    one, two = frozen_of(tmp_path / "o", ONE), frozen_of(tmp_path / "o", TWO)
    told: list[tuple[int, int, str]] = []
    assert sorted(deploy(place.make(), one, lambda *said: told.append(said)).adds) == sorted(ONE)
    assert files_in(place.site) == ONE
    assert told[-1] == (one.size, one.size, "")
    plan = deploy(place.make(), two)
    assert plan.changes == ("build.json", "index.html")
    assert plan.deletes == ("a/b/index.html", "media/x.0123abcd.webp")
    assert files_in(place.site) == {**TWO, "media/x.0123abcd.webp": ONE["media/x.0123abcd.webp"]}
    assert not (place.site / "a/b").exists()
    assert deploy(place.make(), two).empty
    deploy(place.make(), one)
    deploy(place.make(), two)
    deploy(place.make(), one)
    assert {path: data for path, data in files_in(place.site).items() if path in ONE} == ONE
    assert sorted(path.name for path in (place.site / ".linkhome").iterdir()) == [".htfiles"]


def test_a_file_with_a_hash_stays_for_two_more_deploys(place: Place, tmp_path: Path) -> None:
    for number in range(4):
        site = {"index.html": b"%d" % number} | ({"media/x.0123abcd.webp": b"x"} if number == 0 else {})
        plan = deploy(place.make(), frozen_of(tmp_path / "o", site))
        assert plan.deletes == (("media/x.0123abcd.webp",) if number == 1 else ())
        assert ("media/x.0123abcd.webp" in files_in(place.site)) == (number < 3)
    assert not (place.site / "media").exists()


def test_a_file_that_was_about_to_go_is_not_sent_again(place: Place, tmp_path: Path) -> None:
    deploy(place.make(), frozen_of(tmp_path / "o", ONE))
    deploy(place.make(), frozen_of(tmp_path / "o", TWO))
    before = (place.site / "media/x.0123abcd.webp").stat()
    deploy(place.make(), frozen_of(tmp_path / "o", ONE))
    after = (place.site / "media/x.0123abcd.webp").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_what_is_not_ours_stays_is_named_and_is_replaced_only_when_that_was_said(place: Place, tmp_path: Path) -> None:
    for path in ("index.html", "wp-config.php", "cgi-bin/x", "media/own.pdf"):
        (place.site / path).parent.mkdir(exist_ok=True)
        (place.site / path).write_bytes(b"theirs")
    one = frozen_of(tmp_path / "o", ONE)
    with pytest.raises(Refused, match=r"linkhome did not put index\.html into"):
        deploy(place.make(), one)
    assert files_in(place.site)["index.html"] == b"theirs"
    deploy(place.make(yes=True), one)
    theirs = dict.fromkeys(("wp-config.php", "cgi-bin/x", "media/own.pdf"), b"theirs")
    assert files_in(place.site) == ONE | theirs
    target = place.make()
    there = target.look()
    assert there.foreign == ("cgi-bin/", "media/own.pdf", "wp-config.php")
    assert (there.build, there.release) == (one.build, one.tree)
    assert plan_of(target, one, there).empty
    target.close()


def test_a_file_that_was_changed_there_is_put_right(place: Place, tmp_path: Path) -> None:
    one = frozen_of(tmp_path / "o", ONE)
    deploy(place.make(), one)
    (place.site / "a/index.html").write_bytes(b"somebody")
    (place.site / "media/empty.txt").unlink()
    target = place.make()
    assert target.look().release == ""
    target.close()
    plan = deploy(place.make(), one)
    assert (plan.adds, plan.changes) == (("media/empty.txt",), ("a/index.html",))
    assert files_in(place.site) == ONE


def test_a_folder_that_is_not_there_stops_it(place: Place) -> None:
    target = place.make(path="nowhere/at/all")
    assert "there is no folder 'nowhere/at/all' on 127.0.0.1" in target.look().stop
    target.close()


def test_nothing_of_the_site_changes_before_all_of_it_has_arrived(place: Place, tmp_path: Path) -> None:
    deploy(place.make(), frozen_of(tmp_path / "o", ONE))
    two, target = frozen_of(tmp_path / "o", TWO), place.make()
    there = target.look()
    ticket = target.upload(two, plan_of(target, two, there), there, lambda *_: None)
    assert files_in(place.site) == ONE
    target.close()
    again = place.make()
    there = again.look()
    sent: list[int] = []
    ticket = again.upload(two, plan_of(again, two, there), there, lambda done, *_: sent.append(done))
    assert files_in(place.site) == ONE
    again.activate(ticket)
    again.close()
    assert {path: data for path, data in files_in(place.site).items() if path in TWO} == TWO


def test_what_was_moved_before_a_death_is_known_to_the_next_deploy(place: Place, tmp_path: Path) -> None:
    one, two = frozen_of(tmp_path / "o", ONE), frozen_of(tmp_path / "o", TWO)
    deploy(place.make(), one)
    target = place.make()
    there = target.look()
    target.upload(two, plan_of(target, two, there), there, lambda *_: None)
    target.close()
    new = "media/ä b'c.01234567.txt"
    (place.site / ".linkhome" / name_of(new, two.files[new])).rename(place.site / new)
    target = place.make()
    there = target.look()
    plan = plan_of(target, two, there)
    assert (plan.adds, plan.changes) == ((), ("build.json", "index.html"))
    assert there.foreign == ()
    target.close()


def test_a_second_deploy_from_elsewhere_is_noticed_before_anything_is_moved(place: Place, tmp_path: Path) -> None:
    one, two, target = frozen_of(tmp_path / "o", ONE), frozen_of(tmp_path / "o", TWO), place.make()
    there = target.look()
    ticket = target.upload(two, plan_of(target, two, there), there, lambda *_: None)
    deploy(place.make(), one)
    with pytest.raises(Failed, match="somebody else deploys") as caught:
        target.activate(ticket)
    target.close()
    assert caught.value.live is Live.OLD
    assert files_in(place.site) == ONE


def test_notes_that_are_lost_make_every_file_a_strange_one(place: Place, tmp_path: Path) -> None:
    deploy(place.make(), frozen_of(tmp_path / "o", ONE))
    (place.site / FILE).write_text("[]")
    with pytest.raises(Refused, match="and 4 more into"):
        deploy(place.make(), frozen_of(tmp_path / "o", ONE))
    deploy(place.make(yes=True), frozen_of(tmp_path / "o", ONE))
    assert files_in(place.site) == ONE


def test_notes_of_a_newer_linkhome_stop_it(place: Place, tmp_path: Path) -> None:
    deploy(place.make(), frozen_of(tmp_path / "o", ONE))
    notes = json.loads((place.site / FILE).read_text())
    (place.site / FILE).write_text(json.dumps(notes | {"version": 99}))
    target = place.make()
    assert "a newer linkhome" in target.look().stop
    target.close()


def test_a_file_that_is_read_while_it_is_replaced_is_the_old_one_or_the_new_one(place: Place, tmp_path: Path) -> None:
    sizes = [300_000, 200_000]
    sites = [
        frozen_of(tmp_path / "o", {"index.html": bytes([65 + number]) * size}) for number, size in enumerate(sizes)
    ]
    deploy(place.make(), sites[0])
    whole = {one.read("index.html") for one in sites}
    target = place.make()
    there = target.look()
    read: list[bool] = []

    def tell(*_: object) -> None:
        read.append((place.site / "index.html").read_bytes() in whole)

    target.activate(target.upload(sites[1], plan_of(target, sites[1], there), there, tell))
    target.close()
    assert all(read)
    assert len(read) > 3
    assert (place.site / "index.html").read_bytes() == sites[1].read("index.html")


def test_of_a_site_with_very_many_folders_the_notes_are_believed(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(census, "MOST_FOLDERS", 1)
    one, two = frozen_of(tmp_path / "o", ONE), frozen_of(tmp_path / "o", TWO)
    deploy(place.make(), one)
    (place.site / "a/b/index.html").write_bytes(b"changed where nobody looks")
    target = place.make()
    there = target.look()
    assert plan_of(target, one, there).empty
    assert there.foreign == ()
    target.close()
    deploy(place.make(), two)
    assert {path: data for path, data in files_in(place.site).items() if path in TWO} == TWO
    assert "a/b/index.html" not in files_in(place.site)


# ------------------------------------------------------------------ without a host


def test_pages_come_after_what_they_need_and_the_seal_comes_last() -> None:
    paths = [
        "build.json",
        "sw.js",
        "index.html",
        "a/b/index.html",
        "feed.xml",
        "assets/base.0123abcd.css",
        "a/index.html",
    ]
    assert stages(paths) == [
        ["assets/base.0123abcd.css"],
        ["feed.xml"],
        ["a/b/index.html"],
        ["a/index.html"],
        ["index.html"],
        ["sw.js"],
        ["build.json"],
    ]


@pytest.mark.parametrize(
    ("path", "known"),
    [
        ("media/prints.3f2a9c01-750.avif", True),
        ("assets/sub/face.3f2a9c01.woff2", True),
        ("media/preview.jpg", False),
        ("posts/x.3f2a9c01.html", False),
        ("media/a.3f2a9c01/b.jpg", False),
    ],
)
def test_only_a_name_that_bears_the_hash_counts_as_hashed(path: str, known: bool) -> None:
    assert hashed(path) is known


@pytest.mark.parametrize("path", ["../x", "/etc/passwd", "a//b", "x\ny"])
def test_notes_that_lead_out_of_the_folder_are_none_of_ours(path: str) -> None:
    for notes in (Notes(files={path: Noted("0", 1)}), Notes(coming={path: Noted("0", 1)}), Notes(leaving={path: 1})):
        assert decoded(notes.encoded()) is None
    assert decoded(Notes(files={"x": Noted("0", 1)}).encoded()) is not None


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"{}", b'{"generator":"linkhome","files":3}', b"\xff"])
def test_notes_that_are_broken_are_none(data: bytes) -> None:
    assert decoded(data) is None


def test_a_host_that_takes_one_connection_only_is_served_by_one() -> None:
    made: list[object] = []

    class Quiet:
        def close(self) -> None:
            made.remove(self)

    def connect() -> Remote:
        if made:
            raise RemoteError("takes no more", lost=True)
        made.append(Quiet())
        return made[0]  # type: ignore[return-value]

    pool = Pool(connect, 4)
    with pool.one() as first:
        pass
    with pool.one() as second:
        assert second is first
    with pytest.raises(ZeroDivisionError), pool.one():
        1 / 0  # noqa: B018
    assert not made
    with pool.one() as third:
        assert third is not first
    pool.close()
    assert not made


@pytest.mark.parametrize("path", ["..", "../x", "a/../b", "a\\b", "x\n", ""])
def test_a_path_upwards_is_no_path(path: str) -> None:
    import re

    assert not re.fullmatch(PATH, path)
    for good in ("/", ".", "/html", "web/my site/ä", "a..b/c"):
        assert re.fullmatch(PATH, good)
