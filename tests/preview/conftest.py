"""One Chromium, one site that is being edited and its preview, shared by all scenarios; and previews of other sites."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

import pytest
from driver import Browser, Tab
from previewed import BLUE, Preview, picture, post
from site_folder import SiteFolder

LONG = "\n\n".join(f"Paragraph {number} tells of a train that stood in a field for a while." for number in range(1, 81))
#: A site with a file of its own for every scenario, so that none needs to know what another one left behind.
LINA: dict[str, str | bytes] = {
    "linkhome.yaml": """\
url: https://lina.example
language: en
profile:
  name: Lina Marlow
  tagline: Illustrator
brand: {color: "#9A3B1F", fonts: system}
socials: [https://www.instagram.com/lina.example]
home:
  - text: Drawings from slow trains.
  - link: https://shop.example/new
    title: New riso prints
  - image: {file: media/front.png, alt: Six prints on a table}
  - links: Elsewhere
    collapsed: true
    items:
      - {title: The archive, url: https://archive.example/lina}
  - posts: 3
""",
    "media/front.png": picture(BLUE),
    "media/print.png": picture(BLUE),
    "media/lost.png": picture(BLUE),
    "posts/zagreb.md": post("Zagreb", "Drawn on slow trains."),
    "posts/basel.md": post("Basel", "A bridge at night."),
    "posts/graz.md": post("Graz", "A timetable of paper."),
    "posts/trieste.md": post("Trieste", "The wind is called bora."),
    "posts/ghost.md": post("Ghost", "Now you see it."),
    "posts/print.md": post("A print", "Six colours.", "image: {file: media/print.png, alt: A print}\n"),
    "posts/lost.md": post("Lost", "It was here.", "image: {file: media/lost.png, alt: A thing}\n"),
    "media/Über den Fluss.png": picture(BLUE),
    "posts/köln.md": post("Köln", "![Über den Fluss](<media/Über den Fluss.png>)"),
    "posts/long.md": post("A long way", LONG),
    "pages/imprint.md": "---\ntitle: Imprint\n---\nLina Marlow, Basel.\n",
    "theme/custom.css": "main { --rev: one }\n",
    "theme/templates/page.html": '{% extends "theme:page.html" %}\n{% block footer %}{{ super() }}<p>Printed on paper.</p>{% endblock %}\n',
}
_SCRIPT = re.compile(rb'<script src="/\.linkhome/client\.js"[^>]*></script>')


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the one Chromium."""
    with Browser() as started:
        yield started


@pytest.fixture(scope="session")
def shared_tab(browser: Browser) -> Tab:
    """Open the one tab that most scenarios are content with."""
    return browser.open("about:blank")


@pytest.fixture
def tab(shared_tab: Tab) -> Iterator[Tab]:
    """Give the one tab, in front; what goes wrong in its pages is not to be hidden."""
    shared_tab.show()
    shared_tab.told()
    yield shared_tab
    errors = shared_tab.told().errors
    shared_tab.go("about:blank")  # no stream of this scenario lasts into the next
    assert errors == []


@pytest.fixture
def open_tab(browser: Browser) -> Iterator[Callable[[str], Tab]]:
    """Give the way to open more tabs; they are closed afterwards."""
    opened = []

    def open_one(url: str, window: bool = False) -> Tab:
        opened.append(browser.window(url) if window else browser.open(url))
        return opened[-1]

    yield open_one
    for one in opened:
        one.close()


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[..., Preview]]:
    """Give the way to preview a folder: ``serve(site(files), "--drafts")``; every preview is ended with the last test."""
    begun = []

    def begin(site: SiteFolder, *options: str, port: int = 0) -> Preview:
        begun.append(Preview(site, *options, port=port))
        return begun[-1]

    yield begin
    for preview in begun:
        preview.kill()


@pytest.fixture(scope="session")
def start(serve: Callable[..., Preview], tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Preview]:
    """Give the way to preview a new site: ``start({path: text}, "--drafts")``."""

    def begin(files: Mapping[str, str | bytes], *options: str) -> Preview:
        site = SiteFolder(tmp_path_factory.mktemp("preview") / "my-site")
        site.root.mkdir()
        for path, content in files.items():
            site.write(path, content)
        return serve(site, *options).ready()

    return begin


@pytest.fixture(scope="session")
def lina(start: Callable[..., Preview]) -> Callable[[], Preview]:
    """Give the preview of Lina's site; another one, from the beginning, after a scenario that left it with mistakes."""
    running: list[Preview] = []

    def sound_one() -> Preview:
        if running and not running[0].sound():
            running.pop().kill()
        if not running:
            running.append(start(LINA))
        return running[0]

    return sound_one


@pytest.fixture
def preview(lina: Callable[[], Preview]) -> Preview:
    """Give the preview of Lina's site."""
    return lina()


@pytest.fixture
def equals_built(tmp_path: Path) -> Callable[[Preview], None]:
    """Give the way to see that a preview serves what ``linkhome build`` makes, but for the one script."""

    def compare(preview: Preview) -> None:
        made = preview.site.command("build", "--out", f"{tmp_path}/built", "--quiet")
        assert made.code == 0, made.err
        built = SiteFolder(preview.site.root).files(f"{tmp_path}/built")
        base = re.sub(r"https?://[^/]+", "", preview.address)
        for name, data in built.items():
            served = preview.ask(base + quote(name))
            body, scripts = _SCRIPT.subn(b"", served.body)
            assert (served.status, body == data) == (200, True), name
            assert scripts == name.endswith(".html"), name
        shutil.rmtree(f"{tmp_path}/built")

    return compare
