"""Put what an attacker would write into every place of a site, and read the built pages as a browser would."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

FONT = (Path(__file__).parents[2] / "faces/instrument-sans/InstrumentSans.ttf").read_bytes()
FULL = Path(__file__).parents[1] / "unit/full_site.yaml"
EVIL = (
    "\"'><x-evil onload=evil()><script>evil()</script></style></title></textarea>{{ 7*191 }}{% raw %}&lt;x-evil&gt;<!--"
)
SAFE_SCHEMES = {"http", "https", "mailto", "tel", "sms"}


class Page(HTMLParser):
    """Collect what must not be there."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.bad: list[str] = []
        self.tags = 0
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags += 1
        known = dict(attrs)
        if "-" in tag or tag in ("iframe", "object", "embed", "base", "marquee"):
            self.bad.append(tag)
        own = re.fullmatch(
            r"(/|(\.\./)*)assets/(offline|play|signup|timed)(-(offline|play|signup|timed))*\.[0-9a-f]{8}\.js",
            known.get("src") or "",
        ) and known.keys() == {
            "src",
            "defer",
        }
        if tag == "script" and not own and (known.get("type") not in (None, "application/ld+json") or "src" in known):
            self.bad.append(f"script {known}")
        for name, value in attrs:
            if name.startswith("on") or name in ("style", "srcdoc", "formaction", "ping"):
                self.bad.append(f"{tag} {name}={value}")
            if (
                name in ("href", "src", "action", "poster")
                and ":" in (value or "").split("/")[0].split("?")[0].split("#")[0]
            ):
                scheme = re.sub(r"[\x00-\x20]", "", value or "").split(":")[0].lower()
                if scheme not in SAFE_SCHEMES:
                    self.bad.append(f"{tag} {name}={value}")

    def handle_data(self, data: str) -> None:
        if self.cdata_elem == "script" and "evil()" in data and not data.startswith("{"):
            self.bad.append(f"script: {data[:60]}")


def texts_replaced(value: Any, by: str, key: str = "") -> Any:
    """Replace what is free text in a configuration, and leave addresses, choices, dates and files."""
    if isinstance(value, dict):
        return {k: texts_replaced(v, by, k) for k, v in value.items()}
    if isinstance(value, list):
        return [texts_replaced(v, by, key) for v in value]
    free = {
        "name", "tagline", "bio", "pronouns", "location", "handle", "title", "description", "note", "button", "text", "consent",
        "small", "links", "question", "answer", "place", "quote", "by", "caption", "alt", "author", "duration", "contact", "address",
        "signal", "telegram", "en", "de", "tag", "support", "about", "often", "version", "phone_consent", "newsletter",
    }  # fmt: skip
    return by if isinstance(value, str) and key in free and not value.startswith(("http", "media/")) else value


@pytest.fixture
def full(site, image) -> Any:
    """Make the site that uses every key, with the files that it names."""
    text = FULL.read_text("utf-8")
    config = yaml.safe_load(text)
    files: dict[str, str | bytes] = {}
    for name in re.findall(r"[\w./-]+\.(?:png|jpg|jpeg|webp|svg|mp3|mp4|vtt|pdf|ttf|otf|woff2|zip|ogg|webm)\b", text):
        if "//" not in name and not name.startswith("www"):
            kind = name.rpartition(".")[2]
            pictures = {"png": "png", "jpg": "jpeg", "jpeg": "jpeg", "webp": "webp", "svg": "svg"}
            files[name] = image(40, 30, pictures[kind]) if kind in pictures else FONT if kind == "ttf" else b"bytes"
    folder = site(files)
    config["texts"] = {}
    config["brand"]["theme"] = "atelier"
    config["brand"]["options"] = {"stamp": True}
    # The file has every key; no provider has all of them.
    config["newsletter"]["fallback"] = {"provider": "formspree", "form": "abcdwxyz"}
    config["newsletter"]["fields"] = ["email", "first_name", "phone"]
    return folder, config


def bad(public: Path) -> list[str]:
    """Return everything that is wrong with the built pages."""
    found = []
    for file in public.rglob("*.html"):
        text = file.read_text("utf-8")
        page = Page(text)
        assert page.tags > 10
        found += [f"{file.relative_to(public)}: {one}" for one in page.bad]
        if "1337" in text:
            found.append(f"{file}: a template ran")
        for data in re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL):
            json.loads(data)
    return found


def test_every_text_of_every_key_is_only_text(full):
    folder, config = full
    folder.write("linkhome.yaml", json.dumps(texts_replaced(config, EVIL), default=str))
    head = f"title: {json.dumps(EVIL)}\nsummary: {json.dumps(EVIL)}\ntags: [{json.dumps(EVIL)}]\ndate: 2026-01-01\n"
    folder.write(
        "posts/a.md",
        f"---\n{head}---\n{EVIL}\n\n## {EVIL}\n\n[x](javascript:evil()) [{EVIL}](media/lina.jpg)\n",
    )
    folder.write("pages/b.md", f"---\ntitle: {json.dumps(EVIL)}\n---\n{EVIL}\n")
    built = folder.build()
    assert built.code == 0, built.err
    assert bad(folder.root / "public") == []
    from xml.etree import ElementTree

    for name in ("feed.xml", "sitemap.xml", "icon.svg"):
        ElementTree.fromstring(folder.read(f"public/{name}"))
    json.loads(folder.read("public/manifest.webmanifest"))


@pytest.mark.parametrize(
    "address",
    ["javascript:evil()", "JaVa\tScript:evil()", "data:text/html,<x-evil>", "vbscript:x", "file:///etc/passwd"],
)
@pytest.mark.parametrize("place", ["link", "item", "social", "embed", "newsletter", "event", "footer", "quote"])
def test_an_unsafe_address_is_refused_everywhere(site, address, place):
    parts = {
        "link": {"home": [{"link": address}]},
        "item": {"home": [{"links": "A", "items": [address]}]},
        "social": {"socials": [address]},
        "embed": {"home": [{"embed": address}]},
        "newsletter": {"newsletter": {"action": address}},
        "event": {"home": [{"events": [{"title": "A", "date": "2099-01-01", "url": address}]}]},
        "footer": {"footer": {"links": [address]}},
        "quote": {"home": [{"quote": "A", "url": address}]},
    }
    folder = site({"linkhome.yaml": json.dumps({"url": "https://a.example", "profile": {"name": "A"}} | parts[place])})
    built = folder.build()
    assert built.code == 1
    assert "error:" in built.err
    assert "Traceback" not in built.err
    assert not (folder.root / "public").exists()


def test_a_hostile_saved_copy_is_only_text(site):
    from linkhome.embeds.saved import place

    folder = site(
        {"linkhome.yaml": json.dumps({"profile": {"name": "A"}, "home": [{"embed": "https://vimeo.com/76979871"}]})}
    )
    good = {
        "title": EVIL,
        "author": EVIL,
        "text": EVIL,
        "published": EVIL,
        "duration": EVIL,
        "image": {"file": "../../../etc/passwd", "alt": EVIL},
    }
    record = place(folder.root / "saved", "https://vimeo.com/76979871")
    folder.write(
        str(record.relative_to(folder.root)), json.dumps({"schema": 1, "url": "javascript:evil()", "good": good})
    )
    built = folder.build()
    assert built.code == 0
    assert bad(folder.root / "public") == []


_WORDS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["<x-evil>", "</script>", "javascript:evil()", "{{ 7*191 }}", "{% x %}", "&#x3c;x-evil>", "\u202e", "\x00", "](javascript:evil())", "**", "`", "---", "\n\n", "|"]),
)  # fmt: skip
_TEXT = st.lists(_WORDS, max_size=6).map("".join)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(name=_TEXT, bio=_TEXT, title=_TEXT, post=_TEXT, front=_TEXT)
def test_whatever_is_written_there_is_no_traceback_and_no_foreign_tag(site, name, bio, title, post, front):
    home = [{"link": "https://a.example", "title": title, "note": bio}, {"text": post}, {"quote": title, "by": name}]
    config = json.dumps({"profile": {"name": name, "bio": bio}, "home": home})
    folder = site(
        {"linkhome.yaml": config, "pages/a.md": f"---\ntitle: {front}\n---\n{post}".encode("utf-8", "replace")}
    )
    built = folder.build()
    assert built.code in (0, 1)
    assert "Traceback" not in built.err
    assert "stumbled" not in built.err
    if built.code == 0:
        assert bad(folder.root / "public") == []
