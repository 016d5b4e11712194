"""Start it, leave it, sleep, come back: what ``linkhome serve`` is as a program, and what a browser makes of its absence."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import shutil
import signal
import socket
import time
from pathlib import Path

import pytest
from driver import PATIENCE
from previewed import Preview, free_port, post, rests
from site_folder import SiteFolder

SMALL = {
    "linkhome.yaml": """\
url: https://lina.example/of/prints/
timezone: Europe/Zurich
profile: {name: Lina Marlow}
brand: {fonts: system}
socials: [https://www.instagram.com/lina.example]
home:
  - link: https://shop.example/new
    title: New riso prints
    from: 2026-12-01
    until: 2026-12-24
  - link: https://shop.example/always
    title: The shop
  - posts
""",
    "posts/one.md": post("One", "The first."),
    "posts/two.md": post("Two", "The second."),
    "posts/later.md": post("Not yet", "A draft.", "draft: true\n"),
}
#: Codes of an end that was asked for; a process that died of the very signal is one, too, as shells see it.
ENDS = (0, 130, -signal.SIGINT, -signal.SIGTERM)


@pytest.fixture(scope="module")
def small(start):
    """Preview a small site that will live below a path."""
    return start(SMALL)


def test_it_says_what_it_did_and_where_the_page_is(small):
    built, page, studio = small.lines[:3]
    assert re.fullmatch(r"Built \d+ pages in \d+\.\d\d s\.", built)
    assert page == f"The page is at http://127.0.0.1:{small.port}/of/prints/ (Ctrl-C ends this)."
    assert studio == f"The studio, with phone widths and time travel, is at http://127.0.0.1:{small.port}/.linkhome/"
    assert small.complaints == []


def test_the_site_lies_where_it_will_lie(small, tab, equals_built):
    assert small.ask("/").headers["location"] == "/of/prints/"
    assert small.ask("/of/prints/posts/one").headers["location"] == "/of/prints/posts/one/"
    missing = small.ask("/of/prints/posts/none/")
    assert (missing.status, "Lina Marlow" in missing.text) == (404, True)
    tab.go(f"http://127.0.0.1:{small.port}/")
    assert tab.evaluate("location.pathname") == "/of/prints/"
    equals_built(small)


def test_nothing_is_written_but_the_cache(small):
    assert {path.name for path in small.site.root.iterdir()} == {"linkhome.yaml", "posts", ".cache"}


def test_a_tab_that_was_hidden_catches_up_when_it_is_looked_at(small, open_tab):
    hidden = open_tab(small.url("posts/one/"))
    front = open_tab(small.url("posts/two/"))
    hidden.until("document.visibilityState === 'hidden'")
    with small.builds(1):
        small.site.write("posts/one.md", post("One", "To be read later."))
    with small.builds(1):
        small.site.write("posts/two.md", post("Two", "To be read now."))
        front.shows("To be read now.")
    assert "read later" not in hidden.text
    hidden.show()
    hidden.shows("To be read later.")
    with small.builds(1):
        small.site.write("posts/one.md", post("One", "To be read at once."))
        hidden.shows("To be read at once.")


def test_many_tabs_and_windows_share_one_stream(small, open_tab):
    behind = [open_tab(small.url("posts/one/")) for _ in range(7)]
    beside = open_tab(small.url("posts/two/"), window=True)
    behind[-1].until("document.visibilityState === 'visible'")
    deadline = time.monotonic() + 20
    while (streams := [tab.told().streams for tab in (*behind, beside)]) and sum(streams) != 1:
        assert time.monotonic() < deadline, streams
        time.sleep(0.05)
    assert sum(streams[:-2]) == 0, "a hidden tab holds no stream"
    for number in (1, 2):
        with small.builds(1):
            small.site.write("posts/one.md", post("One", f"Told to the first window, {number}."))
            behind[-1].shows(f"Told to the first window, {number}.")
        with small.builds(1):
            small.site.write("posts/two.md", post("Two", f"Told to the second window, {number}."))
            beside.shows(f"Told to the second window, {number}.")
    behind[-1].show()
    (beside if streams[-1] else behind.pop()).go("about:blank")  # the tab that held the stream leaves
    reader, page = (behind[-1], "one") if streams[-1] else (beside, "two")
    with small.builds(1):
        small.site.write(f"posts/{page}.md", post(page.title(), "Told by whoever is left."))
        reader.shows("Told by whoever is left.")


def test_what_was_saved_while_the_laptop_slept_is_there_when_it_wakes(small, tab):
    tab.go(small.url("posts/one/"))
    with small.builds(1), small.asleep():
        small.site.write("posts/one.md", post("One", "Saved in its sleep."))
        time.sleep(0.5)
    tab.shows("Saved in its sleep.")


def test_a_preview_that_is_started_anew_finds_its_tabs_again(start, serve, open_tab):
    first = start(SMALL)
    tab = open_tab(first.url("posts/one/"))
    tab.shows("The first.")
    port = first.port
    first.end(signal.SIGKILL)
    first.site.replace("posts/one.md", "The first.", "Written while nobody looked.")
    second = serve(first.site, "--strict-port", port=port).ready()
    tab.shows("Written while nobody looked.")
    with second.builds(1):
        second.site.replace("posts/one.md", "nobody looked", "everybody looked")
        tab.shows("Written while everybody looked.")
    assert second.end() in ENDS


def test_ctrl_c_ends_it_at_once_and_leaves_nothing(start, open_tab):
    preview = start(SMALL)
    tab = open_tab(preview.url("posts/one/"))
    port = preview.port
    with preview.builds(1):
        preview.site.replace("posts/one.md", "The first.", "The last.")
        tab.shows("The last.")
    before = sorted(preview.site.root.rglob("*"))
    began = time.monotonic()
    assert preview.end() in ENDS
    assert time.monotonic() - began < 5, "the open stream was waited for"
    assert not [line for line in preview.complaints if "Traceback" in line or "Exception" in line]
    assert sorted(preview.site.root.rglob("*")) == before
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind(("127.0.0.1", port))
    with pytest.raises(ProcessLookupError):  # the group is empty: nothing that it started lives on
        os.killpg(preview.process.pid, 0)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "a polite kill"])
def test_it_can_be_ended_in_the_middle_of_a_build(site, serve, how):
    folder = site(
        {**SMALL, **{f"posts/n{number}.md": post(f"Number {number}", "Text. " * 50) for number in range(150)}}
    )
    first = serve(folder)  # nothing is cached, so that it builds for a while
    deadline = time.monotonic() + PATIENCE
    while not _listens(first):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    code = first.end(how)
    assert code in ENDS
    assert not [line for line in first.complaints if "Traceback" in line or "Exception" in line]
    assert not (folder.root / "public").exists()


def _listens(preview: Preview) -> bool:
    """Tell whether the process has a socket: it takes its port before it builds."""
    with contextlib.suppress(OSError):
        return any(os.readlink(one).startswith("socket:") for one in Path(f"/proc/{preview.process.pid}/fd").iterdir())
    return False


@pytest.fixture
def taken():
    """Occupy a port whose neighbour is free."""
    while True:
        port = free_port()
        with socket.socket() as door, socket.socket() as next_door:
            try:
                door.bind(("127.0.0.1", port))
                next_door.bind(("127.0.0.1", port + 1))
            except (OSError, OverflowError):
                continue
            next_door.close()
            door.listen()
            yield port
            return


def test_a_port_that_is_taken_is_left_for_the_next_one(site, serve, taken):
    preview = serve(site(SMALL), port=taken).ready()
    assert preview.complaints == [f"Port {taken} is taken, so this is {taken + 1}."]
    assert preview.ask("/of/prints/").status == 200
    assert preview.port == taken + 1
    assert preview.end() in ENDS


def test_a_strict_port_that_is_taken_ends_in_one_line_before_anything_is_built(site, taken):
    folder = site(SMALL)
    ran = folder.command("serve", "--port", str(taken), "--strict-port")
    (line,) = ran.err.splitlines()
    assert (ran.code, ran.out) == (2, "")
    assert line == f"error: port {taken} is taken: end the program that has it, or leave out --strict-port"
    assert not (folder.root / ".cache").exists()


def test_a_site_with_mistakes_can_be_repaired_in_the_preview(site, serve, tab):
    broken = SMALL | {"linkhome.yaml": SMALL["linkhome.yaml"].replace("profile:", "profil:")}
    preview = serve(site(broken)).ready()
    tab.go(preview.url())
    tab.overlay("did you mean 'profile'?")
    assert tab.told().errors, "the browser says itself that there is no page yet"
    preview.site.replace("linkhome.yaml", "profil:", "profile:")
    tab.shows("The shop")
    tab.no_overlay()
    assert tab.evaluate("location.pathname") == "/of/prints/"
    tab.go("about:blank")  # a page that is left alone would complain about it
    assert preview.end() in ENDS


@pytest.fixture(scope="module")
def elsewhen(start):
    """Preview another time, with drafts and an outage, and ask for changes instead of being told."""
    return start(SMALL, "--at", "2026-12-10 12:00", "--drafts", "--outage", "instagram", "--poll")


def test_another_time_drafts_and_an_outage_are_shown(elsewhen, small, tab):
    tab.go(elsewhen.url())
    assert "New riso prints" in tab.text
    assert "Not yet" in tab.text
    assert "Instagram" in tab.evaluate("document.querySelector('aside.outage').innerText")
    tab.go(small.url())
    assert "Not yet" not in tab.text
    assert tab.evaluate("document.querySelector('aside.outage')") is None


def test_polling_sees_every_kind_of_change(elsewhen, tab):
    tab.go(elsewhen.url("posts/one/"))
    with elsewhen.builds(1):
        elsewhen.site.replace("posts/one.md", "The first.", "The first, asked for.")
        tab.shows("asked for.")
    with elsewhen.builds(1):
        elsewhen.site.replace("posts/one.md", "title:", "titel:")
        tab.overlay("unknown key 'titel'")
    with elsewhen.builds(1):
        elsewhen.site.replace("posts/one.md", "titel:", "title:")
        tab.no_overlay()
    tab.go(elsewhen.url("posts/"))
    with elsewhen.builds(1):
        elsewhen.site.write("posts/three.md", post("Three", "The third."))
        tab.shows("Three")
    with elsewhen.builds(1):
        (elsewhen.site.root / "posts/three.md").unlink()
        tab.shows_no("Three")


def test_the_local_network_is_let_in_only_with_the_token(site, serve):
    preview = serve(site(SMALL), "--lan")
    preview.wait(
        lambda: preview.process.poll() is not None or (preview.address and _lan(preview)), "an address for the phone"
    )
    if preview.process.poll() is not None:
        preview.wait(lambda: preview.complaints, "the reason")
        assert "network" in preview.complaints[0]
        assert preview.process.returncode == 2
        return
    host, port, path, key = _lan(preview)

    def ask(path: str, **headers: str) -> http.client.HTTPResponse:
        link = http.client.HTTPConnection(host, port, timeout=30)
        link.request("GET", path, headers={name.title(): value for name, value in headers.items()})
        response = link.getresponse()
        response.read()
        link.close()
        return response

    assert ask(path).status == 403
    assert ask("/.linkhome/state").status == 403
    assert ask(f"{path}?key={'x' * len(key)}").status == 403
    let_in = ask(f"{path}?key={key}")
    assert (let_in.status // 100, let_in.headers["Location"]) == (3, path)
    cookie = let_in.headers["Set-Cookie"]
    assert ("HttpOnly" in cookie, "SameSite=Strict" in cookie) == (True, True)
    assert ask(path, cookie=cookie.partition(";")[0]).status == 200
    assert preview.ask("/of/prints/").status == 200, "who sits at the machine needs no token"
    assert preview.end() in ENDS


def _lan(preview: Preview) -> tuple[str, int, str, str] | None:
    found = re.search(r"http://(?!127\.)([\d.]+):(\d+)(/\S*?)\?key=([\w-]+)", "\n".join(preview.lines))
    return (found[1], int(found[2]), found[3], found[4]) if found else None


def test_the_example_site_is_served_as_it_is_built(example_site, tmp_path, equals_built, serve):
    copy = SiteFolder(tmp_path / "example")
    shutil.copytree(example_site, copy.root, ignore=shutil.ignore_patterns("public"))
    preview = serve(copy).ready()
    equals_built(preview)
    film = next((example_site / "public/media").glob("window*.mp4"))
    part = preview.ask(f"/media/{film.name}", range="bytes=10-19")
    assert (part.status, part.body) == (206, film.read_bytes()[10:20])
    assert preview.end() in ENDS


def test_two_idle_seconds_after_all_this_build_nothing(small, elsewhen):
    rests(small, elsewhen)
