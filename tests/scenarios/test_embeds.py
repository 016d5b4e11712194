"""What a built site shows of other people's pages: from its own copies, with nobody asked."""

from __future__ import annotations

import json
import os
import re
from html import unescape

import pytest
from msgspec import Raw
from msgspec import json as encoded

from linkhome.embeds import keep, picture
from linkhome.embeds.places import place
from linkhome.embeds.record import Good, Item, Owner, Record

SITE = "url: https://lina.example\nprofile: {name: Lina Marlow}\n"
FILM = "https://vimeo.com/76979871"
SHOP = "https://shop.example/night-lines"
POST = "---\ntitle: Numbered by hand\ndate: 2026-11-14\nembeds:\n{}---\nA pencil, eighty sheets.\n"
#: 30 days after 2026-06-01, in UTC, and a moment before.
LATE = 1_782_864_000


def save(folder, address, image=None, owner=None, items=(), **good):
    """Keep a copy as a refresh does; ``image`` are the bytes of its picture."""
    saved = folder.root / "saved"
    shown = picture.kept(image, place(saved, address).parent, "A drawing") if image else None
    made = Good(image=shown, items=[Raw(encoded.encode(item)) for item in items], **good)
    assert keep.write(saved, address, Record(url=address, good=made, owner=owner))
    return place(saved, address)


def words(html):
    """Return what stands between the marks of ``<main>``, on one line."""
    inner = re.findall(r"<main.*</main>", html, re.DOTALL)[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", inner))


def policy(html):
    """Return what every policy of a page says of frames: everything else is always its own."""
    found = [unescape(one) for one in re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)">', html)]
    rest = re.compile(r"(?:; )?default-src 'self'; style-src 'self' 'sha256-[A-Za-z0-9+/]{43}='")
    assert all(rest.search(one) for one in found)
    return [rest.sub("", one) for one in found]


# ---------------------------------------------------------------- below posts and pages


def test_a_post_and_a_page_show_cards_below_their_text(site, image):
    folder = site(
        {
            "linkhome.yaml": SITE,
            "posts/numbered.md": POST.format(f"  - {FILM}\n  - url: {SHOP}\n    title: The sheet itself\n"),
            "pages/elsewhere.md": f"---\ntitle: Elsewhere\nembeds: [{FILM}]\n---\nSeen there.\n",
        }
    )
    save(folder, FILM, image(800, 450), title="Eleven hours", author="Lina", aspect="16:9")
    assert folder.build().code == 0
    for path, root in (("posts/numbered/index.html", "../../"), ("elsewhere/index.html", "../")):
        html = folder.read(f"public/{path}")
        assert "Eleven hours" in words(html)
        assert f'href="{FILM}"' in html
        assert f'src="{root}media/' in html
        assert not re.search(r"<iframe|https?://(i\.vimeocdn|player\.vimeo)[^\"]*\"[^>]*(?:src|srcset)", html)
    assert "The sheet itself" in words(folder.read("public/posts/numbered/index.html"))


def test_a_text_may_be_nothing_but_its_cards(site):
    folder = site({"linkhome.yaml": SITE, "pages/films.md": f"---\ntitle: Films\nembeds: [{FILM}]\n---\n"})
    assert folder.build().code == 0
    assert f'href="{FILM}"' in folder.read("public/films/index.html")


def test_a_new_copy_reaches_the_post_that_shows_it_and_no_other(site):
    folder = site(
        {
            "linkhome.yaml": SITE,
            "posts/a.md": POST.format(f"  - {FILM}\n"),
            "posts/b.md": "---\ntitle: B\ndate: 2025-01-01\n---\nB\n",
        }
    )
    save(folder, FILM, title="Eleven hours")
    assert folder.build().code == 0
    other = (folder.root / "public/posts/b/index.html").stat().st_ino
    save(folder, FILM, title="Twelve hours")
    assert folder.build().code == 0
    assert "Twelve hours" in folder.read("public/posts/a/index.html")
    assert (folder.root / "public/posts/b/index.html").stat().st_ino == other


@pytest.mark.parametrize("kind", ["posts", "pages"])
def test_a_missing_picture_of_a_card_is_shown_where_it_is_named(site, image, kind):
    text = (
        "---\ntitle: The picture is media/blue.png\ndate: 2026-11-14\nembeds:\n"
        f"  - {FILM}\n"
        "  - url: https://www.instagram.com/p/Example000001/\n    title: Blue\n"
        "    image: {file: media/blue.png, alt: A drum}\n"
        "  - {url: https://www.instagram.com/p/Example000002/, image: {file: media/blue.png, alt: A drum}}\n"
        "---\nText\n"
    )
    folder = site({"linkhome.yaml": SITE, f"{kind}/a.md": text})
    built = folder.build()
    assert built.code == 1
    assert built.err.startswith(
        f"{kind}/a.md:8:19: error: there is no file 'media/blue.png'\n"
        "    8 |     image: {file: media/blue.png, alt: A drum}\n"
        "      |                   ^^^^^^^^^^^^^^\n"
    )
    assert f"{kind}/a.md:9:69: error: there is no file 'media/blue.png'\n" in built.err
    assert built.err.endswith("\n2 errors\n")
    folder.write("media/blue.png", image(600, 600))
    assert folder.build().code == 0


def test_a_missing_picture_of_a_post_is_shown_where_it_is_named(site):
    text = "---\ntitle: Not media/x.png\ndate: 2026-11-14\nimage: {file: media/x.png, alt: X}\n---\nmedia/x.png\n"
    built = site({"linkhome.yaml": SITE, "posts/a.md": text}).build()
    assert built.err.startswith("posts/a.md:4:15: error: there is no file 'media/x.png'\n")


def test_letters_of_strangers_are_in_the_fonts_of_a_post(site):
    folder = site({"linkhome.yaml": SITE, "posts/a.md": POST.format(f"  - {FILM}\n")})
    folder.write("linkhome.yaml", SITE + "brand: {theme: stage}\n")
    assert folder.build().code == 0
    before = {name for name in folder.files() if name.endswith(".woff2")}
    save(folder, FILM, title="Ñandú, öğle, łódź")
    assert folder.build().code == 0
    after = {name for name in folder.files() if name.endswith(".woff2")}
    assert before != after, "the fonts were cut without the letters of the card"


# ---------------------------------------------------------------- links that show their page


def test_a_saved_page_fills_what_a_link_leaves_open(site, image):
    folder = site(
        {
            "linkhome.yaml": f"{SITE}home:\n"
            f"  - link: {SHOP}\n    style: featured\n"
            f"  - links: Shop\n    items:\n      - {{url: {SHOP}, style: card}}\n"
        }
    )
    saved = save(folder, SHOP, image(900, 600), title="Night Lines", text="Seven sheets. " * 40)
    assert folder.build().code == 0
    html = folder.read("public/index.html")
    assert words(html).count("Night Lines") == 2
    assert words(html).count("Seven sheets.") < 40, "a note is short"
    assert html.count('alt="A drawing"') == 2
    assert "https://shop.example/" not in re.sub(f'href="{SHOP}"|"url": ?"{SHOP}"', "", html)
    saved.unlink()
    assert folder.build().code == 0
    assert "Night Lines" not in folder.read("public/index.html")
    assert "shop.example" in words(folder.read("public/index.html"))


def test_what_a_creator_says_of_a_link_stays(site, image):
    folder = site(
        {
            "linkhome.yaml": f"{SITE}home:\n"
            f"  - link: {SHOP}\n    style: card\n    title: My series\n    note: Friday at six\n"
            f"  - links: Shop\n    items:\n"
            f"      - {{url: {SHOP}, style: card, title: My sheets, image: {{file: media/own.png, alt: Mine}}}}\n"
            f"      - {{url: {SHOP}, title: A line}}\n      - {SHOP}\n",
            "media/own.png": image(400, 300),
        }
    )
    save(folder, SHOP, image(900, 600), title="Night Lines", text="Seven sheets.")
    assert folder.build().code == 0
    html = folder.read("public/index.html")
    assert "My series" in words(html)
    assert "Friday at six" in words(html)
    assert "Night Lines" not in words(html)
    assert "Seven sheets" not in words(html)
    assert html.count('alt="A drawing"') == 1, "only the card without a picture of its own"
    assert html.count('alt="Mine"') == 1


def test_a_hidden_copy_gives_a_link_nothing(site, image):
    folder = site({"linkhome.yaml": f"{SITE}home:\n  - link: {SHOP}\n    style: card\n  - embed: {SHOP}\n"})
    save(folder, SHOP, image(900, 600), title="Night Lines", owner=Owner(hide=True))
    assert folder.build().code == 0
    html = folder.read("public/index.html")
    assert "Night Lines" not in html
    assert 'alt="A drawing"' not in html
    assert html.count(f'href="{SHOP}"') == 1, "the link stays, the card goes"


# ---------------------------------------------------------------- the newest, and what is not shown


def entry(number, **more):
    return Item(url=f"https://vimeo.com/100000{number}", title=f"Film {number}", kind="video", **more)


def test_the_newest_leaves_out_what_the_creator_hides(site):
    folder = site({"linkhome.yaml": f"{SITE}home:\n  - latest: https://vimeo.com/linamarlow\n    count: 2\n"})
    items = [entry(1), entry(2, owner=Owner(hide=True)), entry(3, owner=Owner(title="Film three")), entry(4)]
    save(folder, "https://vimeo.com/linamarlow", items=items)
    assert folder.build().code == 0
    said = words(folder.read("public/index.html"))
    assert re.findall(r"Film \w+", said) == ["Film 1", "Film three"]


@pytest.mark.parametrize("layout", ["list", "grid", "carousel"])
def test_the_newest_in_each_layout(site, layout):
    folder = site(
        {
            "linkhome.yaml": f"{SITE}home:\n  - latest: https://vimeo.com/linamarlow\n    layout: {layout}\n    count: 4\n"
        }
    )
    save(folder, "https://vimeo.com/linamarlow", items=[entry(n) for n in range(1, 6)])
    assert folder.build().code == 0
    html = folder.read("public/index.html")
    assert re.findall(r"Film \d", words(html)) == ["Film 1", "Film 2", "Film 3", "Film 4"]
    pushed = re.findall(r'<div[^>]*tabindex="?0"?[^>]*>', html)
    assert bool(pushed) == (layout == "carousel"), "only a row that is pushed needs the keyboard"


def test_what_is_not_for_everybody_has_no_picture(site, image):
    folder = site({"linkhome.yaml": f"{SITE}home:\n  - embed: {FILM}\n  - link: {SHOP}\n    style: card\n"})
    save(folder, FILM, image(800, 450), title="Eleven hours", sensitive=True)
    save(folder, SHOP, image(900, 600), title="Night Lines", sensitive=True)
    assert folder.build().code == 0
    html = folder.read("public/index.html")
    assert "Eleven hours" in words(html)
    assert 'alt="A drawing"' not in html
    assert not [name for name in folder.files() if name.endswith(".webp")]


# ---------------------------------------------------------------- how old a copy is


@pytest.mark.parametrize(("seconds", "limit", "said"), [(LATE, 30, True), (LATE - 1, 30, False), (LATE, 0, False)])
def test_an_old_copy_says_so_when_the_creator_wants_it(site, monkeypatch, seconds, limit, said):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(seconds))
    folder = site(
        {
            "linkhome.yaml": f"{SITE}embeds: {{as_of: {limit}}}\nhome:\n  - embed: {FILM}\n",
            "posts/a.md": POST.format(f"  - {FILM}\n"),
        }
    )
    save(folder, FILM, title="Eleven hours", fetched="2026-06-01")
    assert folder.build().code == 0
    for path in ("index.html", "posts/a/index.html"):
        assert ("As of 1 June 2026" in words(folder.read(f"public/{path}"))) == said


def test_a_copy_grows_old_without_a_change_of_any_file(site, monkeypatch):
    folder = site(
        {
            "linkhome.yaml": f"{SITE}embeds: {{as_of: 30}}\nhome:\n  - text: Hello\n",
            "posts/a.md": POST.format(f"  - {FILM}\n"),
        }
    )
    save(folder, FILM, title="Eleven hours", fetched="2026-06-01")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(LATE - 1))
    assert folder.build().code == 0
    assert folder.build().out.startswith("Nothing has changed")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(LATE))
    assert folder.build().out.startswith("Built ")
    assert "As of 1 June 2026" in folder.read("public/posts/a/index.html")


# ---------------------------------------------------------------- whose frames a page may hold


def test_every_page_names_the_players_that_it_holds(site):
    folder = site(
        {
            "linkhome.yaml": f"{SITE}home:\n  - embed: {FILM}\n  - embed: https://soundcloud.com/linamarlow/rails\n",
            "posts/a.md": POST.format("  - https://youtu.be/dryInk_12_b\n"),
            "pages/plain.md": "---\ntitle: Plain\nembeds: [https://paper.example/story]\n---\nText\n",
        }
    )
    assert folder.build().code == 0
    expected = {
        "index.html": "frame-src https://player.vimeo.com https://w.soundcloud.com",
        "posts/a/index.html": "frame-src https://www.youtube-nocookie.com",
        "plain/index.html": "",
        "posts/index.html": "",
        "404.html": "",
    }
    for path, wanted in expected.items():
        assert policy(folder.read(f"public/{path}")) == [wanted], path
        assert "<iframe" not in folder.read(f"public/{path}"), path
    frames = "frame-src https://player.vimeo.com https://w.soundcloud.com https://www.youtube-nocookie.com;"
    for file in ("_headers", ".htaccess"):
        assert frames in folder.read(f"public/{file}"), file


def test_the_files_of_headers_forget_a_player_that_is_gone(site):
    folder = site({"linkhome.yaml": f"{SITE}home:\n  - embed: {FILM}\n"})
    assert folder.build().code == 0
    assert "frame-src https://player.vimeo.com;" in folder.read("public/_headers")
    folder.replace("linkhome.yaml", f"  - embed: {FILM}\n", "  - text: Hello\n")
    assert folder.build().code == 0
    assert "frame-src 'none';" in folder.read("public/_headers")
    assert policy(folder.read("public/index.html")) == [""]


def test_headers_of_the_creator_s_own_come_first(site):
    folder = site({"linkhome.yaml": SITE, "theme/static/_headers": "/*\n  X-Own: 1\n"})
    assert folder.build().code == 0
    assert folder.read("public/_headers") == "/*\n  X-Own: 1\n"
    assert "X-Content-Type-Options" in folder.read("public/.htaccess")


def test_styles_of_every_page_are_known_to_the_host_also_when_pages_are_not_made_again(site):
    folder = site({"linkhome.yaml": SITE, "posts/a.md": POST.format(f"  - {FILM}\n")})
    assert folder.build().code == 0
    before = folder.read("public/_headers")
    hashes = set(re.findall("'sha256-[^']*'", folder.read("public/posts/a/index.html")))
    assert hashes and all(one in before for one in hashes)
    folder.replace("linkhome.yaml", "profile:", "home: [{text: Hello}]\nprofile:")
    assert folder.build().code == 0
    assert all(one in folder.read("public/_headers") for one in hashes)


@pytest.mark.parametrize(
    "frame",
    [
        "https://evil.example/player",
        "http://player.vimeo.com/video/1",
        "javascript:alert(1)",
        "https://player.vimeo.com.evil.example/video/1",
        "https://evil.example; script-src *",
    ],
)
def test_a_copy_cannot_bring_a_frame_of_a_stranger(site, frame):
    folder = site({"linkhome.yaml": f"{SITE}home:\n  - embed: https://paper.example/story\n"})
    save(folder, "https://paper.example/story", title="A story", frame=frame)
    assert folder.build().code == 0
    html = folder.read("public/index.html")
    assert policy(html) == [""]
    assert "evil.example" not in html


def test_words_of_a_copy_are_never_markup(site):
    bad = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'--><b>"
    folder = site({"linkhome.yaml": f"{SITE}home:\n  - embed: {FILM}\n", "posts/a.md": POST.format(f"  - {FILM}\n")})
    save(folder, FILM, title=bad, text=bad, author=bad, license=bad, price=bad, place=bad, starts="2026-12-01")
    assert folder.build().code == 0
    for path in ("index.html", "posts/a/index.html"):
        html = folder.read(f"public/{path}")
        assert "<script>alert" not in html
        assert "<img src=x" not in html


# ---------------------------------------------------------------- copies that are amiss


def test_a_damaged_copy_costs_its_card_and_is_named(site):
    folder = site(
        {
            "linkhome.yaml": f"{SITE}home:\n  - embed: {FILM}\n  - embed: {SHOP}\n",
            "posts/a.md": POST.format(f"  - {FILM}\n"),
        }
    )
    save(folder, SHOP, title="Night Lines")
    file = save(folder, FILM, title="Eleven hours")
    file.write_bytes(file.read_bytes()[:-40])
    built = folder.build()
    assert built.code == 0
    assert built.err.count("this saved copy cannot be used") == 1
    assert f"saved/vimeo/{file.name}" in built.err
    html = folder.read("public/index.html")
    assert "Night Lines" in words(html)
    assert f'href="{FILM}"' in html


def test_a_build_never_opens_a_connection(site):
    folder = site(
        {
            "linkhome.yaml": f"{SITE}home:\n  - embed: {FILM}\n  - latest: https://www.youtube.com/@linamarlow\n"
            f"  - link: {SHOP}\n    style: featured\n",
            "posts/a.md": POST.format(f"  - {FILM}\n"),
            "sitecustomize.py": "import socket\n\ndef no(*_, **__): raise SystemExit('a connection')\n"
            "socket.socket.connect = socket.getaddrinfo = no\n",
        }
    )
    paths = os.pathsep.join(filter(None, [str(folder.root), os.environ.get("PYTHONPATH", "")]))
    built = folder.command("build", "--json", env={"PYTHONPATH": paths})
    assert built.code == 0, built.err
    assert json.loads(built.out)["ok"]
