"""What the files themselves must keep: valid, light, and naming nobody's server."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import nu
import pytest

BUDGET = 14_000
#: Where an absolute address asks nobody for anything: the visitor, a robot or a person follows it or not.
HARMLESS = {("a", "href"), ("form", "action"), ("blockquote", "cite"), ("meta", "content"), ("data", "value")}
HARMLESS_LINKS = {"canonical", "alternate", "me", "author", "license", "prev", "next"}
#: Words that ad-blockers hide wherever they are a class or an id.
BLOCKED = re.compile(
    r"social|share|sharing|sponsor(ed)?|banner|ads?|advert|promo|button-(twitter|facebook|x|youtube|tumblr|linkedin)"
)


class Tags(HTMLParser):
    """Collect the tags of a page, and what stands in its scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))


@pytest.fixture(scope="session")
def documents(example: Path) -> dict[str, str]:
    return {path.relative_to(example).as_posix(): path.read_text("utf-8") for path in sorted(example.rglob("*.html"))}


def tags(documents: dict[str, str]) -> Iterator[tuple[str, str, dict[str, str]]]:
    for name, text in documents.items():
        for tag, attributes in Tags(text).found:
            yield name, tag, attributes


def test_the_nu_html_checker_has_nothing_to_say(example, documents):
    assert nu.said([example / name for name in documents], example) == []
    assert len(documents) > 8


@pytest.mark.parametrize("home", ["index.html", "de/index.html"])
def test_the_home_page_comes_in_one_flight(example, documents, home):
    """HTML and CSS together stay below what a server sends before the first answer of the browser."""
    parts = [documents[home].encode()]
    for tag, attributes in Tags(documents[home]).found:
        if tag == "link" and attributes.get("rel") == "stylesheet":
            parts.append((example / home).parent.joinpath(attributes["href"]).read_bytes())
    assert sum(len(gzip.compress(part, 9)) for part in parts) <= BUDGET


def test_no_script_is_fetched_that_the_page_has_no_use_for(documents):
    """Only data for search engines stands in a page; players, sign-ups and what comes and goes are one file."""
    scripts = [(name, a) for name, tag, a in tags(documents) if tag == "script"]
    assert {a["type"] for _, a in scripts if "src" not in a} <= {"application/ld+json"}
    wanted = {"play": " data-play=", "signup": " data-signup", "timed": " data-until=", "offline": "<html"}
    for script, mark in wanted.items():
        named = re.compile(rf"/?(\.\./)*assets/([a-z-]+-)?{script}(-[a-z-]+)?\.[0-9a-f]{{8}}\.js")
        loads = [name for name, a in scripts if named.fullmatch(a.get("src", ""))]
        assert loads == [name for name, text in documents.items() if mark in text], script
    files = [name for name, a in scripts if "src" in a]
    assert len(files) == len(set(files)) == sum(text.count("<script defer") for text in documents.values())


def test_no_attribute_names_another_server(documents):
    found = []
    for name, tag, attributes in tags(documents):
        for key, value in attributes.items():
            if not re.search(r"(?:^|[\s(\"',=])(?:https?:)?//[^/\s]", value) or (tag, key) in HARMLESS:
                continue
            if tag == "link" and set(attributes.get("rel", "").split()) <= HARMLESS_LINKS:
                continue
            if key.startswith("xmlns"):
                continue
            if (tag, key) == ("audio", "src") and attributes.get("preload") == "none":
                continue  # nothing is asked before somebody starts it
            found.append(f"{name}: <{tag} {key}={value!r}>")
    assert found == []


def test_no_style_names_another_server(example, documents):
    styles = [
        style for text in documents.values() for style in re.findall(r"<style[^>]*>(.*?)</style>", text, re.DOTALL)
    ]
    styles += [value["style"] for _, _, value in tags(documents) if "style" in value]
    styles += [path.read_text("utf-8") for path in example.rglob("*.css")]
    assert styles
    assert [style for style in styles if re.search(r"url\(\s*[\"']?(?:https?:)?//|@import", style)] == []


def test_no_name_that_ad_blockers_hide(documents):
    names = {
        word
        for _, _, attributes in tags(documents)
        for word in (attributes.get("class", "") + " " + attributes.get("id", "")).split()
    }
    assert names
    assert [name for name in sorted(names) if BLOCKED.fullmatch(name)] == []


def test_every_address_inside_the_site_leads_to_a_file(example, documents):
    dead = set()
    for name, tag, attributes in tags(documents):
        for key in {"href", "src", "poster", "action"} & attributes.keys():
            address = attributes[key].partition("#")[0].partition("?")[0]
            if not address or re.match(r"[a-z][a-z0-9+.-]*:|//", address, re.IGNORECASE):
                continue
            # Nobody knows at which depth the 404 page is shown, so it counts from the root.
            from_root = name == "404.html" and address.startswith("/")
            target = example / address[1:] if from_root else (example / name).parent / address
            if not (target.is_file() or (target / "index.html").is_file()):
                dead.add(f"{name}: <{tag} {key}={attributes[key]!r}>")
    assert sorted(dead) == []


def test_every_page_says_its_language_and_has_one_heading(documents):
    for name, text in documents.items():
        found = Tags(text).found
        language = next(attributes.get("lang") for tag, attributes in found if tag == "html")
        assert language == ("de" if name.startswith("de/") else "en"), name
        assert sum(tag == "h1" for tag, _ in found) == 1, name
