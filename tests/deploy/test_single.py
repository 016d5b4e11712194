from __future__ import annotations

import base64
import io
import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from linkhome.deploy import single
from linkhome.deploy.engine import deploy_to
from linkhome.deploy.folder import Folder
from linkhome.deploy.outcome import End
from linkhome.deploy.single import write_page

from .desks import desk, frozen, place

NODE = Path(__file__).parents[2] / "scripts/node"


def picture(width: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, 4), "#9A3B1F").save(out, "PNG")
    return out.getvalue()


HOME = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Lina</title>
<meta http-equiv="Content-Security-Policy" content="script-src 'self'">
<link rel="canonical" href="https://lina.example/about-me/">
<link rel="manifest" href="manifest.webmanifest"><link rel="icon" href="icon.svg">
<link rel="preload" href="media/a.11111111.png" as="image"><link rel="alternate" type="application/atom+xml" href="feed.xml">
<link rel="stylesheet" href="assets/a.11111111.css"><script src="assets/x.js" defer></script></head>
<body><h1>Lina</h1><noscript><p class="plain">Works without scripts</p></noscript>
<svg viewBox="0 0 4 4" style="background:url(media/a.11111111.png)"><use href="#i-x"/></svg>
<picture><source srcset="media/a.11111111.png 40w" type="image/png">
<img id="portrait" src="media/a.11111111.png" alt="A &quot;train&quot;" srcset="media/a.11111111.png 40w, media/b.22222222.png 1200w, media/c.33333333.png 1600w" sizes="100vw"></picture>
<a id="to-post" href="posts/one/index.html">One &amp; only</a> <a id="pdf" href="media/zine.pdf">Zine</a>
<a href="https://elsewhere.example/">Elsewhere</a> <a href="/about-me/posts/one/#part">Rooted</a>
<a href="feed.xml">Feed</a> <a href="media/film.mp4">Film</a><video src="media/film.mp4" controls></video>
<form id="form" action="thanks/"><input name="email"></form></body></html>"""
POST = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>One &amp; “only”</title>
<style>h1{color:rgb(1,2,3)} p{background:url("../../media/a.11111111.png")}</style></head>
<body><h1>One & only</h1><img src="../../media/a.11111111.png" alt=""><a id="pdf" href="../../media/zine.pdf">Zine</a>
<a id="to-part" href="#part">Part</a> <a id="to-imprint" href="../../imprint/">Imprint</a>
<a href="https://elsewhere.example/">Elsewhere</a><div style="height:3000px"></div><h2 id="part">Part</h2><p>End</body></html>"""
IMPRINT = """<!doctype html><title>Imprint</title><h1>Imprint</h1>
<a id="home" href="../index.html">Home</a> <a id="to-form" href="../index.html#form">Sign up</a>"""
SITE = {
    "index.html": HOME.encode(),
    "posts/one/index.html": POST.encode(),
    "imprint/index.html": IMPRINT.encode(),
    "404.html": b"<!doctype html><title>Nothing here</title>",
    "assets/a.11111111.css": b"@layer base{h1{color:rgb(9,8,7);background:url('../media/a.11111111.png')}}",
    "assets/x.js": b"document.title = 'script'",
    "media/a.11111111.png": picture(40),
    "media/b.22222222.png": picture(1200),
    "media/c.33333333.png": picture(1600),
    "media/zine.pdf": b"%PDF-1.4 zine",
    "media/film.mp4": b"f" * 3000,
    "feed.xml": b"<feed/>",
    "icon.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "manifest.webmanifest": b"{}",
}


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(single, "LARGEST", 2900)
    return made(tmp_path)


def made(root: Path, files: Any = SITE) -> str:
    pieces: list[bytes] = []
    write_page(frozen(root, files), pieces.append, lambda *_: None)
    return b"".join(pieces).decode()


def data(path: str, kind: str) -> str:
    return f"data:{kind};base64,{base64.b64encode(SITE[path]).decode()}"


def test_what_is_shown_is_in_the_page(page: str) -> None:
    front = page.partition('<div class="linkhome-page"')[0]
    assert f'<img id="portrait" src="{data("media/b.22222222.png", "image/png")}"' in front
    assert f"background:url({chr(34)}".replace('"', "&quot;") + data("media/a.11111111.png", "image/png") in front
    assert (
        f"@layer base{{h1{{color:rgb(9,8,7);background:url('{data('media/a.11111111.png', 'image/png')}')}}}}" in front
    )
    assert f'<link rel="icon" href="{data("icon.svg", "image/svg+xml;charset=utf-8")}">' in front
    assert f'<a id="pdf" href="{data("media/zine.pdf", "application/pdf")}" download="zine.pdf">' in front


def test_nothing_of_it_lies_elsewhere(page: str) -> None:
    shown = re.findall(r"\s(?:src|srcset|poster)=(?:\"|&quot;)([^\"&]{1,40})", page)
    assert [one for one in shown if not one.startswith("data:")] == ["https://lina.example/about-me/media/film"]
    assert "<script" not in page
    assert "&lt;script" not in page
    for word in ("manifest", "preload", "Nothing here", "media/c."):
        assert word not in page


def test_links_lead_to_pages_inside_or_to_where_the_site_is_online(page: str) -> None:
    assert '<a id="to-post" href="#/posts/one/">One &amp; only</a>' in page
    assert '<a href="#/posts/one/">Rooted</a>' in page
    assert '<a href="https://lina.example/about-me/feed.xml">' in page
    assert '<a href="https://lina.example/about-me/media/film.mp4">' in page
    assert '<form id="form" action="https://lina.example/about-me/thanks/">' in page
    assert 'id="/posts/one/"><iframe title="One &amp; “only”"' in page
    assert "&quot;https://elsewhere.example/&quot; target=&quot;_top&quot;" in page


def test_what_was_written_stays_as_it_was(page: str) -> None:
    for text in ("<!doctype html>", 'alt="A &quot;train&quot;"', '<use href="#i-x"/>', '<p class="plain">'):
        assert text in page
    assert page.count("Content-Security-Policy") == 1
    assert page.endswith("</body></html>\n")


def test_a_site_without_an_address_and_without_an_end_has_a_copy_all_the_same(tmp_path: Path) -> None:
    files = {
        "index.html": b'<!doctype html><title>L</title><a href="gone.txt">x</a><form action="y">',
        "b.html": b"<p>b",
    }
    text = made(tmp_path, files)
    assert '<a href="gone.txt">' in text
    assert '<form action="y">' in text
    assert 'id="/b.html"><iframe title="b.html"' in text


def test_the_copy_is_the_same_each_time_and_an_unchanged_one_is_left_alone(tmp_path: Path) -> None:
    here = place(Folder, {"path": "lina.html", "zip": "html"})
    first = deploy_to(here, frozen(tmp_path, SITE), desk(tmp_path, here))
    assert first.end is End.LIVE, first.message
    copy = (tmp_path / "lina.html").read_bytes()
    assert deploy_to(here, frozen(tmp_path, SITE), desk(tmp_path, here)).end is End.UNCHANGED
    (tmp_path / "lina.html").unlink()
    assert deploy_to(here, frozen(tmp_path, SITE), desk(tmp_path, here)).end is End.LIVE
    assert (tmp_path / "lina.html").read_bytes() == copy


def test_in_a_browser_it_works_from_the_disk_without_scripts_and_without_asking_anybody(tmp_path: Path) -> None:
    here = place(Folder, {"path": "lina.html", "zip": "html"})
    deploy_to(here, frozen(tmp_path, SITE), desk(tmp_path, here))
    argument = json.dumps({"file": (tmp_path / "lina.html").as_uri()})
    script = Path(__file__).parent / "single.mjs"
    ran = subprocess.run([NODE, script, argument], capture_output=True, text=True, timeout=300)
    assert ran.returncode == 0, f"the browser could not be driven; 'scripts/prepare tools' installs it\n{ran.stderr}"
    found = json.loads(ran.stdout)
    assert found["asked"] == []
    assert found["complaints"] == []
    assert found["front"] == {"picture": 1200, "color": "rgb(9, 8, 7)", "noscript": True}
    assert (found["fromFront"], found["fromPost"]) == ("zine.pdf", "zine.pdf")
    assert found["post"] == {"title": "One & only", "color": "rgb(1, 2, 3)", "picture": 40}
    assert found["part"]["title"] == "One & only"
    assert found["part"]["frames"] == 0
    assert found["part"]["y"] > 1000
    assert {name: step["frames"] for name, step in found["steps"].items()} == {
        "front": [],
        "post": ["/posts/one/"],
        "part": ["/posts/one/"],
        "imprint": ["/imprint/"],
        "home": [],
        "back": ["/imprint/"],
        "form": [],
    }
