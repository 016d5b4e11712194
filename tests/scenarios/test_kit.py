"""What a creator takes along: one identity, everywhere, from a few lines."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys

import pytest
import zxingcpp
from PIL import Image

LINA = """\
url: https://lina.example
profile: {name: Lina Märlow, tagline: Illustrator, handle: "@lina"}
brand: {color: "#9A3B1F"}
socials: [https://mastodon.social/@lina]
contact: {email: hello@lina.example, phone: "+41 61 555 01 23", signal: lina.42}
home: [contact]
"""
POST = "---\ntitle: Numbered by hand\ndate: 2026-11-14\n---\nEighty sheets.\n"


def previews(html: str) -> list[str]:
    return re.findall(r'property="og:image" content="https://lina\.example/([^"]+)"', html)


def card(folder, name: str = "contact.vcf") -> str:
    return folder.read(f"public/{name}").replace("\n ", "")


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def read_code(data: bytes) -> str:
    return zxingcpp.read_barcodes(opened(data).convert("L"))[0].text


@pytest.fixture
def lina(site):
    folder = site({"linkhome.yaml": LINA, "posts/numbered.md": POST, "pages/imprint.md": "# Imprint\nHere.\n"})
    built = folder.build()
    assert (built.code, built.err) == (0, "")
    return folder


def test_only_the_colour_changes_and_everything_follows(lina):
    before = lina.files()
    lina.replace("linkhome.yaml", "#9A3B1F", "#1F4E9F")
    assert lina.build().code == 0
    after = lina.files()
    for name in ("index.html", "icon.svg", "favicon.ico", "apple-touch-icon.png", "icon-192.png", "icon-512.png",
                 "icon-mask-512.png", "kit/qr.svg", "kit/qr.png", "manifest.webmanifest", "kit/index.html"):  # fmt: skip
        assert before[name] != after[name], name
    old, new = (previews(files["index.html"].decode()) for files in (before, after))
    assert not set(old) & set(new)
    pixels = opened(after[new[0]]).convert("RGB")
    assert any(b > r + 60 for r, _, b in pixels.resize((60, 32)).get_flattened_data()), (
        "the new colour is in the picture"
    )
    assert read_code(after["kit/qr.png"]) == read_code(before["kit/qr.png"]) == "https://lina.example/"
    assert before["contact.vcf"] == after["contact.vcf"]


def test_all_of_the_kit_is_there(lina):
    files = lina.files()
    sizes = {"apple-touch-icon.png": 180, "icon-192.png": 192, "icon-512.png": 512, "icon-mask-512.png": 512}
    for name, size in sizes.items():
        assert opened(files[name]).size == (size, size)
    manifest = json.loads(files["manifest.webmanifest"])
    assert manifest["id"] == "/"
    assert {icon["src"] for icon in manifest["icons"]} <= files.keys()
    assert [icon["purpose"] for icon in manifest["icons"]].count("maskable") == 1
    assert {"name", "short_name", "start_url", "scope", "theme_color", "background_color"} <= manifest.keys()
    assert any(name.startswith("media/story-home.") for name in files)
    page = files["kit/index.html"].decode()
    for name in ("kit/qr.svg", "kit/qr.png", "contact.vcf", "icon-512.png"):
        assert f'href="../{name}"' in page
    assert '<meta name="robots" content="noindex">' in page
    assert "#9a3b1f" in page
    assert b"kit/" not in files["sitemap.xml"]
    assert "kit/index.html" not in files["index.html"].decode()


@pytest.mark.parametrize("page", ["index.html", "posts/numbered/index.html", "imprint/index.html", "posts/index.html"])
def test_every_page_has_a_wide_and_a_square_picture(lina, page):
    html = lina.read(f"public/{page}")
    wide, square = previews(html)
    assert opened((lina.root / "public" / wide).read_bytes()).size == (1200, 630)
    assert opened((lina.root / "public" / square).read_bytes()).size == (1080, 1080)
    for name in (wide, square):
        assert (lina.root / "public" / name).stat().st_size < 300_000
    assert re.findall(r'og:image:(?:width|height)" content="(\d+)"', html) == ["1200", "630", "1080", "1080"]
    assert 'property="og:image:alt"' in html
    assert 'name="twitter:card" content="summary_large_image"' in html


def test_a_changed_post_draws_only_its_own_pictures(lina):
    lina.write("posts/other.md", POST.replace("Numbered by hand", "Another one"))
    lina.build()
    before = lina.files()
    lina.replace("posts/other.md", "Another one", "Another title")
    lina.build()
    after = lina.files()
    new = {name for name in after if "preview" in name and name not in before}
    assert new == set(previews(after["posts/other/index.html"].decode()))


def test_the_creators_own_pictures_come_first(site, image):
    folder = site(
        {
            "linkhome.yaml": LINA.replace("brand: {", "brand: {share_image: media/own.png, "),
            "media/own.png": image(900, 500),
            "media/post.png": image(800, 400),
            "posts/one.md": POST.replace("date:", "share: media/post.png\ndate:"),
            "posts/two.md": POST,
        }
    )
    assert folder.build().code == 0
    assert previews(folder.read("public/index.html"))[0].startswith("media/own.")
    assert previews(folder.read("public/posts/one/index.html"))[0].startswith("media/post.")
    assert previews(folder.read("public/posts/two/index.html"))[0].startswith("media/preview-posts-two.")


def test_a_picture_that_is_not_there_is_told_where_it_is_named(site):
    folder = site({"linkhome.yaml": LINA, "posts/one.md": POST.replace("date:", "share: media/gone.png\ndate:")})
    built = folder.build()
    assert built.code == 1
    assert re.search(r"^posts/one\.md:3:\d+: error: .*media/gone\.png", built.err, re.MULTILINE)


@pytest.mark.parametrize(("share", "post", "page"), [("all", 2, 2), ("pages", 2, 2), ("none", 0, 0)])
def test_how_much_is_drawn_is_a_choice(site, share, post, page):
    folder = site({"linkhome.yaml": LINA.replace("brand: {", f"brand: {{share: {share}, "), "posts/numbered.md": POST})
    folder.build()
    mine = previews(folder.read("public/posts/numbered/index.html"))
    assert (len(mine), len(previews(folder.read("public/index.html")))) == (post, page)
    assert any("posts-numbered" in name for name in mine) == (share == "all")


def test_without_an_address_there_is_nothing_that_needs_one(site):
    folder = site({"linkhome.yaml": LINA.partition("\n")[2]})
    assert folder.build().code == 0
    files = folder.files()
    assert not [name for name in files if "preview" in name or name.startswith("kit/qr.")]
    assert {"favicon.ico", "icon.svg", "contact.vcf", "kit/index.html"} <= files.keys()


def test_the_kit_page_can_be_left_out(site):
    folder = site(
        {"linkhome.yaml": LINA.replace("brand: {", "brand: {kit: false, "), "pages/kit.md": "# Press\nMine.\n"}
    )
    built = folder.build()
    assert built.code == 0, built.err
    assert "Press" in folder.read("public/kit/index.html")
    assert not [name for name in folder.files() if name.startswith("kit/qr")]


def test_a_page_cannot_take_the_place_of_the_kit(site):
    folder = site({"linkhome.yaml": LINA, "pages/kit.md": "# Press\nMine.\n"})
    assert "'kit' is an address of something else already" in folder.build().err


# ---------------------------------------------------------------- the contact card


def test_the_contact_block_offers_the_card(lina):
    assert re.search(r'<a class="btn" href="contact\.vcf">.*?Save my contact</a>', lina.read("public/index.html"))
    text = card(lina)
    for line in ("FN:Lina Märlow", "N:Märlow;Lina;;;", "EMAIL;TYPE=INTERNET:hello@lina.example", "NICKNAME:@lina"):
        assert line in text.splitlines()
    assert "TEL;TYPE=VOICE:+41615550123" in text
    assert "Signal: lina.42" in text
    assert "https://mastodon.social/@lina" in text
    assert "VERSION:4.0" in card(lina, "contact-4.vcf")


def test_what_is_not_on_the_page_is_not_on_the_card(site):
    folder = site({"linkhome.yaml": LINA.replace("home: [contact]", "home: []")})
    folder.build()
    text = card(folder)
    assert "mastodon" in text
    for secret in ("hello@", "555", "lina.42"):
        assert secret not in text
        assert all(secret.encode() not in data for data in folder.files().values() if not data.startswith(b"\xff\xd8"))


def test_what_is_yet_to_come_is_not_on_the_card(site):
    later = "home:\n  - contact: Later\n    from: 2099-01-01\n"
    folder = site({"linkhome.yaml": LINA.replace("home: [contact]\n", later)})
    folder.build()
    assert "EMAIL" not in card(folder)


def test_each_language_has_its_own(site):
    yaml = LINA.replace("profile:", "language: [de, ar]\nprofile:").replace(
        "tagline: Illustrator", "tagline: {de: Züge, ar: قطارات}"
    )
    texts = {"linkhome.yaml": yaml}
    folder = site(texts)
    assert folder.build().code == 0
    assert "NOTE:Züge" in card(folder)
    assert "NOTE:قطارات" in card(folder, "ar/contact.vcf")
    assert read_code((folder.root / "public/ar/kit/qr.png").read_bytes()) == "https://lina.example/ar/"
    assert "Zum Mitnehmen" in folder.read("public/kit/index.html")
    assert previews(folder.read("public/index.html")) != previews(folder.read("public/ar/index.html"))


def test_the_codes_of_a_built_site_are_read(lina, tmp_path):
    public = lina.root / "public"
    story = next(public.glob("media/story-home.*.jpg"))
    assert read_code(story.read_bytes()) == "https://lina.example/"
    contact = read_code((public / "kit/qr-contact.png").read_bytes())
    assert "FN:Lina Märlow" in contact
    if shutil.which("zbarimg"):
        for file in (story, public / "kit/qr.png", public / "kit/qr-contact.png"):
            read = subprocess.run(["zbarimg", "-q", "--raw", "--nodbus", file], capture_output=True, timeout=60)
            assert read.stdout.decode("utf-8").strip().replace("\r\n", "\n") == read_code(file.read_bytes()).replace(
                "\r\n", "\n"
            )
    else:
        assert not os.environ.get("CI"), "scripts/prepare installs zbar-tools"


# ---------------------------------------------------------------- the machine


def test_the_same_site_gives_the_same_bytes(site, tmp_path):
    folder = site({"linkhome.yaml": LINA, "posts/numbered.md": POST})
    folder.build()
    first = folder.files()
    shutil.rmtree(folder.root / "public")
    shutil.rmtree(folder.root / ".cache")
    folder.build()
    assert folder.files() == first


def test_a_build_that_has_nothing_to_draw_opens_no_pictures(lina):
    lina.replace("pages/imprint.md", "Here.", "There.")
    code = "import sys; from linkhome.cli import main; main(['build']); print('|', *sorted(sys.modules))"
    # The imprint's own picture shows its title, not its text.
    ran = subprocess.run([sys.executable, "-c", code], cwd=lina.root, capture_output=True, text=True, timeout=60)
    assert ran.stdout.startswith("Built")
    loaded = set(ran.stdout.partition("|")[2].split())
    assert not loaded & {"PIL", "segno", "uharfbuzz", "linkhome.kit.workshop"}


def test_a_lost_cache_is_made_good(lina):
    before = lina.files()
    shutil.rmtree(lina.root / ".cache")
    lina.replace("linkhome.yaml", "socials:", "# nothing else\nsocials:")
    assert lina.build().code == 0
    assert lina.files() == before


def test_letters_that_no_font_has_are_told(site):
    folder = site({"linkhome.yaml": LINA.replace("Lina Märlow", "Lina \U00012000")})
    built = folder.build()
    assert built.code == 0
    assert "no font here has these letters" in built.err


def test_a_broken_picture_of_a_post_stops_with_its_name_and_not_in_the_studio(site):
    folder = site(
        {
            "linkhome.yaml": LINA,
            "posts/one.md": POST.replace("date:", "image: media/x.jpg\ndate:"),
            "media/x.jpg": b"\xff\xd8\xff\xe0broken",
        }
    )
    built = folder.build()
    assert built.code == 1
    assert "media/x.jpg" in built.err


@pytest.mark.parametrize("suffix", ["png", "svg"])
def test_an_icon_of_ones_own(site, image, suffix):
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script>alert(1)</script><path d="M0 0h9v9z"/></svg>'
    folder = site(
        {
            "linkhome.yaml": LINA.replace("brand: {", f"brand: {{icon: media/icon.{suffix}, "),
            f"media/icon.{suffix}": image(600, 600) if suffix == "png" else svg,
        }
    )
    assert folder.build().code == 0
    drawn = folder.read("public/icon.svg")
    assert "<script" not in drawn
    assert ("M0 0h9v9z" in drawn) == (suffix == "svg")
    assert opened((folder.root / "public/icon-512.png").read_bytes()).size == (512, 512)
