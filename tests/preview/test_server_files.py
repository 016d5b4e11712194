from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from at_the_door import House, answer_on, ends, house_at
from hypothesis import given
from hypothesis import strategies as st

from linkhome.offline import worker
from linkhome.preview import files
from linkhome.preview.guard import Moved
from linkhome.preview.request import Refused
from linkhome.snapshot import Artifact

#: Larger than any number of 32 bits, and it takes no room on the disk.
HUGE = 5_000_000_000
MARK = b"the very last bytes of a long film"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    root = tmp_path_factory.mktemp("site")
    (root / "media").mkdir()
    with (root / "media/film.mp4").open("wb") as film:
        film.write(b"beginning")
        film.truncate(HUGE - len(MARK))
        film.seek(0, os.SEEK_END)
        film.write(MARK)
    (root / "media/empty.mp3").touch()
    with house_at(root) as opened:
        opened.show(
            {
                "index.html": "<body>Home</body>",
                "film.mp4": root / "media/film.mp4",
                "empty.mp3": root / "media/empty.mp3",
                "ten.txt": "0123456789",
            }
        )
        yield opened


def ranged(house: House, name: str, wish: str, **headers: str) -> tuple[int, str, bytes]:
    said = house.ask(f"/{name}", Range=wish, **headers)
    return said.status, said.headers.get("content-range", ""), said.body


@pytest.mark.parametrize(
    ("wish", "where", "text"),
    [
        ("bytes=0-0", "0-0", b"0"),
        ("bytes=2-4", "2-4", b"234"),
        ("bytes=7-", "7-9", b"789"),
        ("bytes=7-999999999999", "7-9", b"789"),
        ("bytes=-3", "7-9", b"789"),
        ("bytes=-99", "0-9", b"0123456789"),
        ("Bytes = 2 - 4", "2-4", b"234"),
    ],
)
def test_one_piece_of_a_file_is_sent_alone(house, wish, where, text):
    assert ranged(house, "ten.txt", wish) == (206, f"bytes {where}/10", text)


@pytest.mark.parametrize("wish", ["bytes=10-", "bytes=10-12", "bytes=-0", "bytes=99999999999999-"])
def test_a_piece_that_the_file_does_not_have_is_refused(house, wish):
    status, where, _ = ranged(house, "ten.txt", wish)
    assert (status, where) == (416, "bytes */10")


@pytest.mark.parametrize(
    "wish",
    [
        "bytes=4-2",
        "bytes=-",
        "bytes=a-b",
        "bytes",
        "pieces=1-2",
        "bytes=1-2,4-5",
        "bytes=1-2;",
        "bytes=" + "9" * 500 + "-",
    ],
)
def test_what_is_no_piece_gets_the_whole_file(house, wish):
    assert ranged(house, "ten.txt", wish) == (200, "", b"0123456789")


def test_no_version_of_a_file_is_ever_named_so_none_can_be_asked_for(house):
    assert ranged(house, "ten.txt", "bytes=2-4", If_Range='"abc"')[0] == 200
    said = house.ask("/ten.txt")
    assert (said.headers["accept-ranges"], "etag" in said.headers, "last-modified" in said.headers) == (
        "bytes",
        False,
        False,
    )


def test_a_page_is_never_sent_in_pieces(house):
    assert house.ask("/", Range="bytes=0-3").status == 200


def test_any_piece_of_a_film_of_five_gigabytes_comes_at_once(house):
    assert ranged(house, "film.mp4", f"bytes=-{len(MARK)}")[2] == MARK
    middle = HUGE // 2
    assert ranged(house, "film.mp4", f"bytes={middle}-{middle + 99_999}")[2] == bytes(100_000)
    assert ranged(house, "film.mp4", "bytes=0-8")[2] == b"beginning"
    assert ranged(house, "film.mp4", f"bytes={HUGE}-")[:2] == (416, f"bytes */{HUGE}")


def test_the_head_of_a_film_says_how_long_it_is(house):
    with house.dial() as link:
        link.sendall(house.request("/film.mp4", "HEAD", Range="bytes=0-8"))
        said = answer_on(link, only_head=True)
        assert (said.status, said.headers["content-length"]) == (200, str(HUGE))
        link.sendall(house.request("/ten.txt"))
        assert answer_on(link).body == b"0123456789"


def test_an_empty_file_is_whole_and_has_no_pieces(house):
    assert house.ask("/empty.mp3").body == b""
    assert ranged(house, "empty.mp3", "bytes=0-")[0] == 416


def test_whoever_takes_a_film_slowly_delays_nobody_and_may_go_away(house):
    slow = [house.dial(receive=4096) for _ in range(20)]
    for link in slow:
        link.sendall(house.request("/film.mp4"))
        assert link.recv(100)
    assert house.ask("/ten.txt").body == b"0123456789"
    for link in slow:
        link.close()
    assert house.ask("/ten.txt").body == b"0123456789"


def test_a_file_that_shrinks_while_it_is_sent_ends_the_connection(house):
    path = house.project.root / "media/shrinks.mp4"
    path.write_bytes(bytes(50_000_000))
    house.show(house.stage.shown.files | {"shrinks.mp4": path})
    with house.dial(receive=4096) as link:
        link.sendall(house.request("/shrinks.mp4"))
        assert link.recv(100)
        os.truncate(path, 1_000)
        assert ends(link)


def test_a_file_that_changed_since_the_build_is_as_long_as_it_is_now(house):
    path = house.project.root / "media/grows.txt"
    path.write_text("short")
    house.show(house.stage.shown.files | {"grows.txt": path})
    path.write_text("much longer")
    assert house.ask("/grows.txt").text == "much longer"
    path.unlink()
    assert house.ask("/grows.txt").status == 404


def test_a_page_that_is_copied_gets_its_script_too(house):
    path = house.project.root / "media/own.html"
    path.write_text("<body>my own</body>")
    house.show(house.stage.shown.files | {"own.html": path})
    assert 'data-page="own.html"' in house.ask("/own.html").text


def test_a_page_that_leads_on_is_sent_as_it_is(house):
    page = '<meta http-equiv="refresh" content="0; url=../"><a href="../">On to Home</a>'
    house.show(house.stage.shown.files | {"old/index.html": page})
    assert house.ask("/old/").text == page


def test_a_link_may_lead_around_in_the_site_but_not_out_of_it(house, tmp_path: Path):
    root = house.project.root
    (tmp_path / "secret.txt").write_text("secret")
    (root / "private").mkdir()
    (root / "private/people.csv").write_text("secret")
    (root / "media/inside.txt").write_text("mine")
    (root / "media/fine").symlink_to("inside.txt")
    (root / "media/out").symlink_to(tmp_path / "secret.txt")
    (root / "media/people").symlink_to("../private/people.csv")
    (root / "media/folder").symlink_to(tmp_path)
    names = ["fine", "out", "people", "folder/secret.txt"]
    house.show({name: Artifact.copy(root / "media" / name, "0" * 64, 6) for name in names})
    assert [house.ask(f"/{name}").status for name in names] == [200, 404, 404, 404]
    assert house.ask("/fine").text == "mine"


def test_what_the_program_brings_along_may_be_linked_wherever_it_likes(house, tmp_path: Path):
    (tmp_path / "store.js").write_text("1")
    (tmp_path / "theme.js").symlink_to(tmp_path / "store.js")
    house.show({"theme.js": tmp_path / "theme.js"})
    assert house.ask("/theme.js").text == "1"


def test_a_pipe_or_a_folder_in_the_place_of_a_file_is_not_waited_for(house):
    root = house.project.root
    os.mkfifo(root / "media/pipe")
    house.show({name: Artifact.copy(root / name, "0" * 64, 6) for name in ("media/pipe", "media")})
    assert house.ask("/media/pipe").status == 404
    assert house.ask("/media").status == 404


@given(st.text(max_size=30), st.sampled_from(["/", "/sub/", "/a/b/"]))
def test_whatever_the_address_only_a_file_of_the_site_is_found(path, base):
    site = {name: Artifact.of(b"") for name in ("index.html", "a/index.html", "a/b", ".well-known/x", "sub/index.html")}
    try:
        plain = files.decoded(f"/{path}")
    except Refused as refused:
        assert refused.status == 400
        return
    found = files.find(site, base, plain)
    if isinstance(found, Moved):
        assert found.to.startswith("/")
        assert not found.to.startswith(("//", "/\\"))
        assert isinstance(files.find(site, base, files.decoded(found.to)), str | None)
    else:
        assert found is None or found in site


@given(st.text(alphabet="bytes=-0123456789, ", max_size=20), st.integers(0, 12))
def test_a_piece_always_lies_in_its_file(wish, size):
    try:
        part = files.piece(wish, size)
    except Refused as refused:
        assert (refused.status, refused.headers) == (416, {"Content-Range": f"bytes */{size}"})
        return
    assert part is None or (part and 0 <= part.start < part.stop <= size)


def test_a_browser_that_asks_for_a_service_worker_gets_one_that_takes_back(house):
    said = house.ask("/sw.js", Service_Worker="script")
    assert (said.status, said.body) == (200, worker.taking_back())
    assert said.headers["content-type"].startswith("text/javascript")
    assert house.ask("/sw.js").status == 404, "the site's own is a file like any other, and this one has none"
