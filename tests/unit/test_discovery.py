"""The files that machines look for."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from linkhome.discovery import Place, blog_posting, manifest, profile_page, robots, site_icon, sitemap

HOSTILE = "</script><script>alert(1)</script><!-- &\u2028"


def test_sitemap_word_for_word() -> None:
    places = [
        Place(
            url="https://lina.example/",
            translations={"en": "https://lina.example/", "de": "https://lina.example/de/"},
        ),
        Place(url="https://lina.example/posts/a&b/", changed="2026-11-14"),
    ]
    assert (
        sitemap(places).decode()
        == """\
<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
  <url>
    <loc>https://lina.example/</loc>
    <xhtml:link rel="alternate" hreflang="en" href="https://lina.example/"/>
    <xhtml:link rel="alternate" hreflang="de" href="https://lina.example/de/"/>
    <xhtml:link rel="alternate" hreflang="x-default" href="https://lina.example/"/>
  </url>
  <url>
    <loc>https://lina.example/posts/a&amp;b/</loc>
    <lastmod>2026-11-14</lastmod>
  </url>
</urlset>
"""
    )


def test_the_first_language_is_the_default_of_every_page() -> None:
    front = Place(url="u", translations={"en": "https://a.example/", "de": "https://a.example/de/"})
    imprint = Place(url="u", translations={"de": "https://a.example/de/impressum/", "en": "https://a.example/imprint/"})
    assert b'hreflang="x-default" href="https://a.example/imprint/"' in sitemap([front, imprint])


def test_robots() -> None:
    assert robots("https://lina.example/sitemap.xml") == (
        b"User-agent: *\nAllow: /\n\nSitemap: https://lina.example/sitemap.xml\n"
    )
    assert robots() == b"User-agent: *\nAllow: /\n"


def test_manifest_word_for_word() -> None:
    made = manifest(
        name="Lina Marlow – Zeichnungen",
        language="de",
        direction="ltr",
        icon="icon.svg",
        icons=[("icon-192.png", 192)],
        maskable=[("icon-mask-512.png", 512)],
        identity="/lina/",
        theme_colour="#9a3b1f",
        background_colour="#fff",
    )
    assert (
        made.decode()
        == """\
{
  "id": "/lina/",
  "name": "Lina Marlow – Zeichnungen",
  "short_name": "Lina",
  "start_url": ".",
  "scope": ".",
  "display": "minimal-ui",
  "lang": "de",
  "dir": "ltr",
  "theme_color": "#9a3b1f",
  "background_color": "#fff",
  "icons": [
    {
      "src": "icon.svg",
      "sizes": "any",
      "type": "image/svg+xml",
      "purpose": "any"
    },
    {
      "src": "icon-192.png",
      "sizes": "192x192",
      "type": "image/png",
      "purpose": "any"
    },
    {
      "src": "icon-mask-512.png",
      "sizes": "512x512",
      "type": "image/png",
      "purpose": "maskable"
    }
  ]
}
"""
    )


@pytest.mark.parametrize(
    ("name", "short"),
    [("Lina Marlow", "Lina Marlow"), ("Night Train Press", "Night"), ("Superkalifragilistisch", "Superkalifra")],
)
def test_a_short_name_fits_under_an_icon(name: str, short: str) -> None:
    assert json.loads(manifest(name=name))["short_name"] == short


def test_profile_page() -> None:
    made = profile_page(
        name="Lina Marlow",
        url="https://lina.example/",
        description="I draw.",
        image="https://lina.example/lina.jpg",
        same_as=["https://instagram.com/lina", "https://mastodon.social/@lina"],
        language="en",
        alternate_name="@linamarlow",
    )
    assert json.loads(made) == {
        "@context": "https://schema.org",
        "@type": "ProfilePage",
        "inLanguage": "en",
        "mainEntity": {
            "@type": "Person",
            "@id": "https://lina.example/#me",
            "name": "Lina Marlow",
            "alternateName": "@linamarlow",
            "url": "https://lina.example/",
            "description": "I draw.",
            "image": "https://lina.example/lina.jpg",
            "sameAs": ["https://instagram.com/lina", "https://mastodon.social/@lina"],
        },
    }


def test_an_organization_without_an_address() -> None:
    made = profile_page(name="Night Train Press", kind="organization")
    assert json.loads(made) == {
        "@context": "https://schema.org",
        "@type": "ProfilePage",
        "mainEntity": {"@type": "Organization", "name": "Night Train Press"},
    }


def test_blog_posting() -> None:
    made = blog_posting(
        title="Numbered by hand",
        url="https://lina.example/posts/a/",
        published="2026-11-14",
        updated="2026-11-15",
        description="Eighty sheets.",
        author="Lina Marlow",
        author_url="https://lina.example/",
        language="en",
        tags=["riso"],
    )
    assert json.loads(made) == {
        "@context": "https://schema.org",
        "@type": "BlogPosting",
        "headline": "Numbered by hand",
        "url": "https://lina.example/posts/a/",
        "mainEntityOfPage": "https://lina.example/posts/a/",
        "datePublished": "2026-11-14",
        "dateModified": "2026-11-15",
        "description": "Eighty sheets.",
        "author": {"@type": "Person", "name": "Lina Marlow", "url": "https://lina.example/"},
        "inLanguage": "en",
        "keywords": ["riso"],
    }


class Tags(HTMLParser):
    """Collect what a browser would take for elements."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.found.append(tag)

    def handle_comment(self, data: str) -> None:
        self.found.append("comment")


def elements(script: str) -> list[str]:
    parser = Tags()
    parser.feed(f'<script type="application/ld+json">{script}</script><p>')
    return parser.found


def test_nothing_ends_the_script_element() -> None:
    made = profile_page(name=HOSTILE, description=HOSTILE, same_as=[HOSTILE])
    assert isinstance(made, Markup)
    assert not set("<>&\u2028\u2029") & set(made)
    assert json.loads(made)["mainEntity"]["name"] == HOSTILE
    assert elements(made) == ["script", "p"]


@given(st.text(), st.text())
def test_any_text_stays_inside_the_script(title: str, other: str) -> None:
    made = blog_posting(title=title, description=other, author=other, tags=[title])
    assert elements(made) == ["script", "p"]
    if title:
        assert json.loads(made)["headline"] == title


def test_half_a_character_is_dropped() -> None:
    assert json.loads(profile_page(name="a\ud800b", same_as=["\udfff"]))["mainEntity"]["name"] == "ab"
    assert json.loads(manifest(name="a\ud800b"))["name"] == "ab"


def test_site_icon_word_for_word() -> None:
    assert site_icon("L", "#9a3b1f", "#fff").decode() == (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
        '<rect width="64" height="64" rx="14" fill="#9a3b1f"/>'
        '<text x="32" y="32" dy=".35em" text-anchor="middle" font-family="system-ui,-apple-system,'
        "'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif\" "
        'font-size="36" font-weight="700" fill="#fff">L</text></svg>\n'
    )


@pytest.mark.parametrize(
    ("initials", "letters", "size"), [("LM", "LM", "27"), ("LMX", "LM", "27"), ("<", "<", "36"), ("", None, "36")]
)
def test_site_icon_holds_what_it_is_given(initials: str, letters: str | None, size: str) -> None:
    text = ElementTree.fromstring(site_icon(initials, "#000", '"&<')).find("{http://www.w3.org/2000/svg}text")
    assert text is not None
    assert (text.text, text.get("font-size"), text.get("fill")) == (letters, size, '"&<')


@given(st.text(max_size=20))
def test_any_text_gives_good_xml(text: str) -> None:
    ElementTree.fromstring(site_icon(text, text, text))
    ElementTree.fromstring(sitemap([Place(url=text, changed=text, translations={"en": text})]))
