"""Make what machines look for: site map, robots, web manifest, structured data, and the site's icon.

Pure functions over plain values; a date comes from the content, never from the clock.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup
from msgspec import Struct, field

_XML = '<?xml version="1.0" encoding="utf-8"?>\n'


class Place(Struct, frozen=True, kw_only=True):
    """A page that may be found: its absolute address, the day of its last change (or nothing).

    ``translations`` are the addresses of the same page by language, this one's too.
    """

    url: str
    changed: str = ""
    translations: Mapping[str, str] = field(default_factory=dict)


def sitemap(places: Sequence[Place]) -> bytes:
    """Return ``sitemap.xml`` with every page once, its translations beside it.

    The first language of the first page that has translations is the one for everybody else (``x-default``).
    """
    main = next((language for place in places for language in place.translations), "")
    lines = ['<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">']
    for place in places:
        lines += ["  <url>", f"    <loc>{_xml(place.url)}</loc>"]
        if place.changed:
            lines.append(f"    <lastmod>{_xml(place.changed)}</lastmod>")
        others = dict(place.translations)
        if main in others:
            others["x-default"] = others[main]
        for language, url in others.items():
            lines.append(f'    <xhtml:link rel="alternate" hreflang="{_xml(language)}" href="{_xml(url)}"/>')
        lines.append("  </url>")
    return (_XML + "\n".join([*lines, "</urlset>"]) + "\n").encode()


def robots(sitemap_url: str = "") -> bytes:
    """Return ``robots.txt``: everybody may read everything, and where the site map is (an absolute address)."""
    where = f"\nSitemap: {sitemap_url}\n" if sitemap_url else ""
    return f"User-agent: *\nAllow: /\n{where}".encode()


def manifest(
    *,
    name: str,
    short_name: str = "",
    language: str = "en",
    direction: str = "ltr",
    icon: str = "",
    icons: Sequence[tuple[str, int]] = (),
    maskable: Sequence[tuple[str, int]] = (),
    identity: str = "",
    theme_colour: str = "",
    background_colour: str = "",
) -> bytes:
    """Return the web manifest. ``icon`` is an SVG; ``icons`` and ``maskable`` are square PNGs with their sizes.

    Addresses are relative to the manifest, so that the site may stand under any path. Only ``identity`` is not: it
    tells the site from others of the same host, also after it has moved.
    """
    drawn = [{"src": icon, "sizes": "any", "type": "image/svg+xml", "purpose": "any"}] if icon else []
    return _json(
        {
            "id": identity,
            "name": name,
            "short_name": short_name or _short(name),
            "start_url": ".",
            "scope": ".",
            "display": "minimal-ui",
            "lang": language,
            "dir": direction,
            "theme_color": theme_colour,
            "background_color": background_colour,
            "icons": [*drawn, *_pngs(icons), *_pngs(maskable, "maskable")],
        },
        indent=2,
    )


def _pngs(icons: Sequence[tuple[str, int]], purpose: str = "any") -> list[dict[str, str]]:
    return [{"src": src, "sizes": f"{n}x{n}", "type": "image/png", "purpose": purpose} for src, n in icons]


def profile_page(
    *,
    name: str,
    kind: str = "person",
    url: str = "",
    description: str = "",
    image: str = "",
    same_as: Sequence[str] = (),
    language: str = "",
    alternate_name: str = "",
    modified: str = "",
) -> Markup:
    """Return the JSON-LD of a page about somebody (``kind``: person or organization)."""
    who = {
        "@type": "Organization" if kind == "organization" else "Person",
        "@id": f"{url}#me" if url else "",
        "name": name,
        "alternateName": alternate_name,
        "url": url,
        "description": description,
        "image": image,
        "sameAs": list(same_as),
    }
    page = {
        "@context": "https://schema.org",
        "@type": "ProfilePage",
        "inLanguage": language,
        "dateModified": modified,
        "mainEntity": _filled(who),
    }
    return _script(page)


def blog_posting(
    *,
    title: str,
    url: str = "",
    published: str = "",
    updated: str = "",
    description: str = "",
    image: str = "",
    author: str = "",
    author_url: str = "",
    author_kind: str = "person",
    language: str = "",
    tags: Sequence[str] = (),
) -> Markup:
    """Return the JSON-LD of a post."""
    kind = "Organization" if author_kind == "organization" else "Person"
    return _script(
        {
            "@context": "https://schema.org",
            "@type": "BlogPosting",
            "headline": title,
            "url": url,
            "mainEntityOfPage": url,
            "datePublished": published,
            "dateModified": updated,
            "description": description,
            "image": image,
            "author": _filled({"@type": kind, "name": author, "url": author_url}) if author else {},
            "inLanguage": language,
            "keywords": list(tags),
        }
    )


def site_icon(initials: str, background: str, ink: str) -> bytes:
    """Return the site's icon as SVG: one or two letters on a square with round corners.

    The square is filled, so that it shows on light and dark browser bars alike.
    """
    letters = initials.strip()[:2]
    size = 36 if len(letters) < 2 else 27
    font = "system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif"
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
        f'<rect width="64" height="64" rx="14" fill="{_xml(background)}"/>'
        f'<text x="32" y="32" dy=".35em" text-anchor="middle" font-family="{font}" '
        f'font-size="{size}" font-weight="700" fill="{_xml(ink)}">{_xml(letters)}</text></svg>\n'
    ).encode()


def _script(data: dict[str, Any]) -> Markup:
    """Return JSON that may stand in a script element: no character of it can end the element."""
    text = _json(data).decode()
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return Markup(text)  # noqa: S704 - every character that markup knows is escaped above


def _json(data: dict[str, Any], indent: int = 0) -> bytes:
    from msgspec import json

    encoded = json.encode(_filled(data))
    return json.format(encoded, indent=indent) + b"\n" if indent else encoded


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is empty, and halves of characters, which no file may hold."""
    return {name: _whole(value) for name, value in data.items() if value}


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        return value if value.isprintable() else value.encode("utf-8", "ignore").decode("utf-8")
    return [_whole(one) for one in value] if isinstance(value, list) else value


def _short(name: str) -> str:
    """Return what fits under an icon on a telephone: the name, else its first word."""
    return name if len(name) <= 12 else name.split()[0][:12]


def _xml(text: str) -> str:
    plain = text if text.isprintable() else "".join(letter for letter in text if letter.isprintable())
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
