"""What stands on the pages: languages, posts, dates, own files, and the ways between them."""

from __future__ import annotations

import html
import json
import os
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

REPOSITORY = Path(__file__).parents[2]
SITE = "url: https://lina.example\nprofile: {name: Lina Marlow}\n"


class Links(HTMLParser):
    """Collect every address of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src", "action", "poster"):
                self.found.append((tag, name, value or ""))
            if name == "srcset":
                self.found += [(tag, name, part.split()[0]) for part in (value or "").split(",")]


def dead_ways(public: Path) -> list[str]:
    """Return every relative address that leads to no file."""
    dead = []
    for page in public.rglob("*.html"):
        if page.name == "404.html":
            continue
        for _, _, address in Links(page.read_text("utf-8")).found:
            parts = urlsplit(address)
            if parts.scheme or parts.netloc or not parts.path:
                continue
            target = Path(os.path.normpath(page.parent / unquote(parts.path)))
            if not target.is_file():
                dead.append(f"{page.relative_to(public)} -> {address}")
    return dead


def many_posts(count: int) -> dict[str, str]:
    return {
        f"posts/p{n:03}.md": f"---\ntitle: Post {n}\ndate: 2026-{1 + n % 12:02}-{1 + n % 28:02}\n---\nText {n}, [one](p000.md).\n"
        for n in range(count)
    }


def test_every_relative_way_of_the_example_leads_somewhere(example_site):
    assert dead_ways(example_site / "public") == []


def test_lists_hold_fifty_posts_and_lead_to_each_other(site):
    folder = site({"linkhome.yaml": SITE, **many_posts(120)})
    assert folder.build().code == 0
    first = folder.read("public/posts/index.html")
    last = folder.read("public/posts/page-3/index.html")
    assert first.count("<h2") + first.count("<h3") >= 50
    assert 'href="page-2/index.html"' in first or 'href="../posts/page-2/index.html"' in first
    assert "Page 3 of 3" in last
    assert not (folder.root / "public/posts/page-4").exists()
    assert dead_ways(folder.root / "public") == []
    assert len(json.loads(folder.read("public/feed.json"))["items"]) == 30


def test_one_changed_post_leaves_the_others_alone(site):
    folder = site({"linkhome.yaml": SITE, **many_posts(60)})
    folder.build()
    folder.replace("posts/p030.md", "Text 30", "Changed 30")
    told = folder.build("--json").json
    assert told["pages"] == 65
    assert told["new"] <= 6
    assert "Changed 30" in folder.read("public/posts/p030/index.html")


def test_a_changed_title_reaches_neighbours_lists_and_feeds(site):
    folder = site({"linkhome.yaml": SITE + "home: [posts]\n", **many_posts(3)})
    folder.build()
    folder.replace("posts/p001.md", "Post 1", "Another title")
    folder.build()
    for path in ("index.html", "posts/index.html", "posts/p000/index.html", "posts/p002/index.html", "feed.xml"):
        assert "Another title" in folder.read(f"public/{path}"), path
        assert "Post 1<" not in folder.read(f"public/{path}"), path


@pytest.mark.parametrize("count", [3, 300])  # here, and by workers that read the cache themselves
def test_a_changed_site_changes_every_page(site, count):
    folder = site({"linkhome.yaml": SITE, **many_posts(count)})
    folder.build()
    folder.replace("linkhome.yaml", "Lina Marlow", "Somebody Else")
    folder.build()
    for page in (folder.root / "public").rglob("*.html"):
        assert "Somebody Else" in page.read_text("utf-8"), page
    for n in range(count):
        assert f"Text {n}, " in folder.read(f"public/posts/p{n:03}/index.html")


def test_two_languages_know_each_other(site):
    config = SITE.replace("profile", "language: [en, de]\nprofile") + "home: [posts]\n"
    folder = site(
        {
            "linkhome.yaml": config,
            "posts/a.md": "---\ntitle: Hello\ndate: 2026-01-01\n---\nx\n",
            "posts/a.de.md": "---\ntitle: Hallo\ndate: 2026-01-01\n---\nx\n",
            "posts/only.md": "---\ntitle: Only\ndate: 2026-01-02\n---\nx\n",
            "pages/imprint.md": "---\ntitle: Imprint\n---\nx\n",
        }
    )
    assert folder.build().code == 0
    german = folder.read("public/de/posts/a/index.html")
    assert '<html lang="de"' in german
    assert 'hreflang="en" href="https://lina.example/posts/a/"' in german
    assert 'hreflang="de" href="https://lina.example/de/posts/a/"' in german
    assert 'hreflang="x-default" href="https://lina.example/posts/a/"' in german
    assert "1. Januar 2026" in german
    # An imprint must be on every page, also where nobody has translated it.
    assert "../../../imprint/index.html" in german
    only = folder.read("public/posts/only/index.html")
    assert "hreflang=" not in only.split("<body")[0] or 'hreflang="de" href="https' not in only
    assert 'href="../../de/index.html"' in only
    assert "Only" not in folder.read("public/de/index.html")
    assert dead_ways(folder.root / "public") == []


def test_a_right_to_left_page_says_so(site):
    folder = site({"linkhome.yaml": "language: ar\n" + SITE})
    built = folder.build()
    assert '<html lang="ar" dir="rtl"' in folder.read("public/index.html")
    assert "short texts of the pages in 'ar' are still English" in built.err


LINKS = """home:
  - link: https://a.example/now
    title: Now
    until: 2026-12-24
  - link: https://a.example/later
    title: Later
    from: 2026-12-10
  - link: https://a.example/over
    title: Over
    until: 2026-11-01
"""


def test_dates_decide_at_the_time_of_the_build(site, monkeypatch):
    folder = site({"linkhome.yaml": SITE + LINKS})
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795000000")  # 2026-11-18
    folder.build()
    page = folder.read("public/index.html")
    assert "Now" in page
    assert "a.example/over" not in page
    later = re.search(r"<[^>]*data-since=[^>]*>", page)
    assert later
    assert "hidden" in later[0]
    assert "assets/timed-offline." in page
    assert folder.build().out.startswith("Nothing has changed")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1797400000")  # 2026-12-16: one begins
    assert folder.build().out.startswith("Built")
    assert "data-since=" not in folder.read("public/index.html")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1798400000")  # 2026-12-27: one is over
    assert folder.build().out.startswith("Built")
    page = folder.read("public/index.html")
    assert "a.example/now" not in page
    assert "a.example/later" in page
    assert "timed" not in page


def test_a_page_without_dates_has_no_script(site):
    folder = site({"linkhome.yaml": SITE + "offline: false\n"})
    folder.build()
    scripts = re.findall(r"<script[^>]*>", folder.read("public/index.html"))
    assert scripts == ['<script type="application/ld+json">']


def test_own_files_are_copied_under_a_name_with_their_hash(site, image):
    config = SITE + "home:\n  - link: media/My Paper.pdf\n  - links: More\n    items: [media/photo.png]\n"
    folder = site({"linkhome.yaml": config, "media/My Paper.pdf": b"%PDF-1.4", "media/photo.png": image(900, 600)})
    assert folder.build().code == 0
    names = [name for name in folder.files() if name.startswith("media/")]
    assert any(re.fullmatch(r"media/my-paper\.[0-9a-f]{8}\.pdf", name) for name in names)
    # A picture that is linked to is the cleaned one: the original may say where it was taken.
    assert not any(name.endswith("photo.png") for name in names)
    assert dead_ways(folder.root / "public") == []


@pytest.mark.parametrize("name", ["media/.env", "media/key.pem", ".git/config"])
def test_what_looks_private_is_not_published(site, name):
    folder = site({"linkhome.yaml": SITE + f"home:\n  - link: {name}\n", name: "secret"})
    built = folder.build()
    assert built.code == 1
    assert name.split("/")[-1] in built.err
    assert not (folder.root / "public").exists()


def test_a_link_out_of_the_site_is_refused(site, tmp_path):
    (tmp_path / "secret.pdf").write_text("secret")
    folder = site({"linkhome.yaml": SITE + "home:\n  - link: media/x.pdf\n"})
    (folder.root / "media").mkdir()
    (folder.root / "media/x.pdf").symlink_to(tmp_path / "secret.pdf")
    built = folder.build()
    assert built.code == 1
    assert (
        "linkhome.yaml:4:11: error: 'media/x.pdf' is a symbolic link that leads out of the site's folder" in built.err
    )


def test_a_post_that_is_a_link_out_of_the_site_is_refused(site, tmp_path):
    (tmp_path / "diary.md").write_text("---\ntitle: Diary\n---\nsecret")
    folder = site({"linkhome.yaml": SITE, "posts/a.md": "---\ntitle: A\ndate: 2026-01-01\n---\nx"})
    (folder.root / "posts/b.md").symlink_to(tmp_path / "diary.md")
    built = folder.build()
    assert built.code == 1
    assert "leads out of the site's folder" in built.err


@pytest.mark.parametrize("place", ["posts", "theme/static", "theme/static/key.txt", "theme/static/paper.png", "media"])
def test_no_folder_and_no_file_of_the_theme_leads_out(site, tmp_path, image, place):
    outside = tmp_path / "outside"
    (outside / "sub").mkdir(parents=True)
    for name in ("key.txt", "diary.md", "paper.png", "x.pdf"):
        (outside / name).write_text("secret")
    config = SITE + "home:\n  - link: media/x.pdf\n" if place == "media" else SITE
    folder = site(
        {"linkhome.yaml": config, "theme/custom.css": "body{background:url(paper.png)}" if "paper" in place else ""}
    )
    target = outside / Path(place).name if "." in place else outside
    (folder.root / place).parent.mkdir(parents=True, exist_ok=True)
    (folder.root / place).symlink_to(target)
    built = folder.build()
    assert built.code == 1, built
    assert "out of the site's folder" in built.err
    assert not (folder.root / "public").exists()


def test_a_folder_that_leads_back_to_itself_is_no_trouble(site):
    folder = site({"linkhome.yaml": SITE, **many_posts(2), "theme/static/a.txt": "a"})
    (folder.root / "posts/again").symlink_to(folder.root / "posts")
    (folder.root / "theme/static/again").symlink_to(folder.root / "theme")
    built = folder.build("--json").json
    assert built["ok"], built
    assert built["pages"] == 6


def test_a_missing_picture_in_a_post_is_shown_in_its_line(site):
    folder = site(
        {"linkhome.yaml": SITE, "posts/a.md": "---\ntitle: A\ndate: 2026-01-01\n---\n\nSee ![it](media/nine.png).\n"}
    )
    built = folder.build()
    assert built.err == (
        "posts/a.md:6:11: error: there is no file 'media/nine.png'\n"
        "    6 | See ![it](media/nine.png).\n"
        "      |           ^^^^^^^^^^^^^^\n"
        "      = there is no folder 'media' either\n"
        "1 error\n"
    )


def test_a_picture_from_another_server_is_refused(site):
    folder = site(
        {"linkhome.yaml": SITE, "posts/a.md": "---\ntitle: A\ndate: 2026-01-01\n---\n![x](https://cdn.example/a.png)\n"}
    )
    built = folder.build()
    assert built.code == 1
    assert "posts/a.md:5:6: error: the picture https://cdn.example/a.png lies on another server" in built.err


def test_two_texts_cannot_have_one_address(site):
    head = "---\ntitle: A\ndate: 2026-01-01\nslug: same\n---\nx\n"
    folder = site({"linkhome.yaml": SITE, "posts/a.md": head, "posts/b.md": head})
    built = folder.build()
    assert built.code == 1
    assert "this has the same address as posts/" in built.err


def test_a_page_cannot_take_the_place_of_the_posts(site):
    folder = site({"linkhome.yaml": SITE, "pages/posts.md": "---\ntitle: P\n---\nx\n"})
    assert "pages/posts.md:1:1: error: 'posts' is an address of something else already" in folder.build().err
    (folder.root / "pages/posts.md").unlink()
    folder.write("posts/page-2.md", "---\ntitle: P\ndate: 2026-01-01\n---\nx\n")
    assert "posts/page-2.md:1:1: error: 'page-2' is an address of the list of posts already" in folder.build().err


def test_a_wrong_theme_and_a_missing_picture_are_told_together(site):
    config = "url: https://lina.example\nprofile: {name: Lina, portrait: media/no.jpg}\nbrand:\n  theme: bsae\n"
    built = site({"linkhome.yaml": config}).build()
    assert re.findall(r"^(linkhome.yaml:\d+:\d+): error", built.err, re.MULTILINE) == [
        "linkhome.yaml:2:33",
        "linkhome.yaml:4:10",
    ]
    assert "    4 |   theme: bsae\n" in built.err
    assert "did you mean 'base'?" in built.err


def test_drafts_stay_at_home(site):
    folder = site(
        {"linkhome.yaml": SITE, "posts/a.md": "---\ntitle: Secret plan\ndate: 2026-01-01\ndraft: true\n---\nx\n"}
    )
    folder.build()
    assert not any(b"Secret plan" in data for data in folder.files().values())


def test_the_head_says_who_this_is(site):
    config = SITE + "socials: [https://mastodon.example/@lina, 'mailto:a@lina.example']\n"
    folder = site(
        {"linkhome.yaml": config.replace("{name: Lina Marlow}", "{name: 'Lina </script> Marlow', tagline: Hi}")}
    )
    folder.build()
    page = folder.read("public/index.html")
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert found
    data = json.loads(found[1])
    assert data["@type"] == "ProfilePage"
    assert data["mainEntity"]["name"] == "Lina </script> Marlow"
    assert data["mainEntity"]["sameAs"] == ["https://mastodon.example/@lina"]
    assert '<link rel="canonical" href="https://lina.example/">' in page
    assert '<link rel="me" href="https://mastodon.example/@lina">' in page
    assert re.search(
        r'<a [^>]*href="https://mastodon\.example/@lina"[^>]*rel="[^"]*\bme\b|<a [^>]*rel="[^"]*\bme\b[^"]*"[^>]*mastodon',
        page,
    )


def test_styles_stand_inside_small_pages_and_beside_large_ones(site):
    folder = site({"linkhome.yaml": SITE})
    folder.build()
    assert "<style>@layer" in folder.read("public/index.html")
    assert not list((folder.root / "public").glob("assets/*.css"))
    words = " ".join(f"{n * 7919 % 1000003:x}" for n in range(9000))
    folder.write("linkhome.yaml", SITE + f'home:\n  - text: "{words}"\n')
    folder.build()
    (sheet,) = (folder.root / "public").glob("assets/*.css")
    assert f'<link rel="stylesheet" href="assets/{sheet.name}">' in folder.read("public/index.html")
    assert "@layer" not in folder.read("public/index.html")  # measures that are this page's own may stay


def test_own_fonts_and_css_are_used_and_named_by_hash(site):
    config = SITE + "brand: {fonts: {heading: media/My.ttf}}\n"
    folder = site(
        {
            "linkhome.yaml": config,
            "media/My.ttf": (REPOSITORY / "faces/archivo/Archivo.ttf").read_bytes(),
            "theme/custom.css": "body{background-image:url(paper.png)}",
            "theme/static/paper.png": b"not really",
            "theme/static/.well-known/x": b"hidden",
            "posts/a.md": "---\ntitle: A\ndate: 2026-01-01\n---\nx\n",
        }
    )
    built = folder.build()
    assert built.code == 0, built.err
    names = list(folder.files())
    (font,) = (n for n in names if re.fullmatch(r"assets/heading\.[0-9a-f]{8}\.woff2", n))
    (paper,) = (n for n in names if re.fullmatch(r"assets/paper\.[0-9a-f]{8}\.png", n))
    assert f'url("{font}")' in folder.read("public/index.html")
    assert f'url("../../{paper}")' in folder.read("public/posts/a/index.html")


def test_css_that_names_another_server_is_refused(site):
    folder = site({"linkhome.yaml": SITE, "theme/custom.css": "body{background:url(https://cdn.example/x.png)}"})
    built = folder.build()
    assert built.code == 1
    assert "https://cdn.example/x.png" in built.err


def test_without_its_cache_and_ledger_a_build_gives_the_same(site):
    import shutil

    folder = site({"linkhome.yaml": SITE, **many_posts(4)})
    folder.build()
    first = folder.files()
    shutil.rmtree(folder.root / ".cache")
    folder.build()
    assert folder.files() == first


def test_a_hand_edited_output_is_made_anew(site):
    folder = site({"linkhome.yaml": SITE, **many_posts(2)})
    folder.build()
    first = folder.files()
    folder.write("public/posts/p000/index.html", "edited")
    (folder.root / "public/feed.xml").unlink()
    assert folder.build().out.startswith("Built")
    assert folder.files() == first


def test_the_contact_block_knows_every_way(site):
    contact = "contact: {email: a@lina.example, phone: '+41 61 555 01 23', sms: true, whatsapp: true, signal: lina.42, matrix: '@lina:m.example', telegram: '@lina'}\n"
    folder = site({"linkhome.yaml": SITE + contact + "home: [contact]\n"})
    assert folder.build().code == 0
    page = html.unescape(folder.read("public/index.html"))
    for href in (
        "mailto:a@lina.example",
        "tel:+41615550123",
        "sms:+41615550123",
        "https://wa.me/41615550123",
        "https://matrix.to/#/@lina:m.example",
        "https://t.me/lina",
    ):
        assert f'href="{href}"' in page
    assert "lina.42" in page
    assert 'href=""' not in page


def test_a_repaired_colour_is_told_and_no_fault(site):
    folder = site({"linkhome.yaml": SITE + 'brand: {color: "#ffff00"}\n'})
    built = folder.build("--strict")
    assert built.code == 0
    assert built.err.startswith("linkhome.yaml:3:16: note: #FFFF00 is too light to be read as text on the page")
    assert built.err.endswith("\n1 note\n")
    assert folder.build("--strict").code == 0


def fresh(site, folder):
    """Build the same inputs somewhere else, from nothing, and return what comes out."""
    import shutil

    other = site(name="fresh")
    shutil.rmtree(other.root)
    shutil.copytree(folder.root, other.root, ignore=shutil.ignore_patterns("public", ".cache"))
    assert other.build().code == 0
    return other.files()


LONG = " ".join(f"{n * 7919 % 1000003:x}" for n in range(9000))


def test_styles_in_a_file_are_there_whoever_made_the_page(site):
    posts = many_posts(90)
    posts["posts/p040.md"] += LONG
    folder = site({"linkhome.yaml": SITE, **posts})
    folder.build()
    assert dead_ways(folder.root / "public") == []
    folder.replace("posts/p010.md", "Text 10", "Changed")
    folder.build()
    assert dead_ways(folder.root / "public") == []
    assert folder.files() == fresh(site, folder)


def test_what_stands_around_a_post_is_never_old(site, image):
    def font(name: str) -> bytes:
        return (REPOSITORY / f"faces/{name}.ttf").read_bytes()

    config = (
        "language: [en, de]\nurl: https://lina.example\nprofile: {name: Lina, portrait: {file: media/p.png, alt: L}}\n"
    )
    config += "brand: {fonts: {text: media/f.ttf}}\nfooter: {links: [{url: https://a.example, until: 2026-12-01}]}\n"
    files = {"media/p.png": image(700, 900), "media/f.ttf": font("archivo/Archivo"), "posts/b.png": image(500, 300)}
    page = "---\ntitle: Imprint\n---\nx\n"
    post = "---\ntitle: A\ndate: 2026-01-01\nimage: {file: b.png, alt: B}\n---\n[i](../pages/imprint.md)\n"
    folder = site({"linkhome.yaml": config, "pages/imprint.md": page, "posts/a.md": post, **files})
    assert folder.build().code == 0
    changes = {
        "pages/imprint.md": page.replace("Imprint", "Who"),
        "media/p.png": image(700, 901),
        "media/f.ttf": font("noto-sans/NotoSans"),
        "posts/b.png": image(500, 301),
        "posts/x.de.md": "---\ntitle: X\ndate: 2026-02-01\n---\nx\n",
        "pages/imprint.de.md": page.replace("Imprint", "Impressum"),
    }
    for path, content in changes.items():
        folder.write(path, content)
        assert folder.build().code == 0
        assert folder.files() == fresh(site, folder), path


def test_what_was_put_into_the_output_is_taken_out(site):
    folder = site({"linkhome.yaml": SITE})
    folder.build()
    folder.write("public/extra.txt", "x")
    folder.build()
    assert "extra.txt" not in folder.files()


@pytest.mark.parametrize("target", ["secret.md", "../linkhome.yaml", "../notes/id_rsa", "../posts/secret.md"])
def test_no_link_publishes_a_source(site, target):
    draft = "---\ntitle: S\ndate: 2026-01-01\ndraft: true\n---\nsecret\n"
    text = f"---\ntitle: A\ndate: 2026-01-01\n---\n[x]({target})\n"
    folder = site({"linkhome.yaml": SITE, "posts/secret.md": draft, "posts/a.md": text, "notes/id_rsa": "secret"})
    built = folder.build()
    assert built.code == 1
    assert "posts/a.md:5:" in built.err


def test_a_link_to_a_page_leads_to_its_translation(site):
    page = "---\ntitle: Privacy\n---\nx\n"
    config = SITE.replace("profile", "language: [en, de]\nprofile") + 'home: [{text: "[p](pages/privacy.md)"}]\n'
    german = page.replace("Privacy", "Datenschutz").replace("---\nx", "slug: datenschutz\n---\nx")
    folder = site({"linkhome.yaml": config, "pages/privacy.md": page, "pages/privacy.de.md": german})
    folder.build()
    assert 'href="../de/datenschutz/index.html">p</a>' in folder.read("public/de/index.html")
    assert 'href="privacy/index.html">p</a>' in folder.read("public/index.html")


@pytest.mark.parametrize(
    ("path", "content", "said"),
    [
        ("posts/a.md", "---\ntitle: A\ndate: 2026-01-01\n---\n[x](media/%00)\n", "there is no file 'media/\\x00'"),
        ("theme/custom.css", b"a{}\n/* \xe4 */", "theme/custom.css:2:1: error: this line is not UTF-8 text"),
    ],
)
def test_odd_files_end_in_a_sentence(site, path, content, said):
    built = site({"linkhome.yaml": SITE, path: content}).build()
    assert built.code == 1
    assert said in built.err
    assert "stumbled" not in built.err


def test_pipes_loops_and_names_that_are_no_text_are_no_trouble(site):
    folder = site({"linkhome.yaml": SITE, **many_posts(1)})
    os.mkfifo(folder.root / "posts/f.md")
    assert "'posts/f.md' is no file that can be read" in folder.build().err
    (folder.root / "posts/f.md").unlink()
    (folder.root / "posts/gone.md").symlink_to(folder.root / "posts/nowhere.md")
    assert "'posts/gone.md' is no file that can be read" in folder.build().err
    (folder.root / "posts/gone.md").unlink()
    Path(os.fsdecode(os.fsencode(folder.root) + b"/posts/\xe4.md")).write_text("x")
    built = folder.build()
    assert built.code == 1
    assert "is not UTF-8 text" in built.err


def test_a_theme_cannot_bring_in_what_lies_outside(site, tmp_path):
    (tmp_path / "secret").write_text("secret")
    folder = site({"linkhome.yaml": SITE, "theme/static/a.txt": "a"})
    (folder.root / "theme/static/timed.js").symlink_to(tmp_path / "secret")
    assert "'theme/static/timed.js' is a symbolic link that leads out of the site's folder" in folder.build().err
