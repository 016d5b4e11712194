"""From a thing on the page to the line in which it was written, and from the line to the editor."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkhome.content import markdown
from linkhome.diagnostics import Exit, LinkhomeError, Span
from linkhome.preview import editors
from linkhome.preview.origin import Source, Words, origin
from linkhome.preview.sources import Sources
from linkhome.preview.spoken import spoken
from linkhome.project import Project

YAML = """\
url: https://lina.example
language: [en, de]
profile:
  name: Lina Marlow
  bio: "She said: \\"draw \\u00fcber\\
    all\\"."
socials:
  - https://www.instagram.com/lina.example
  - mailto:hello@lina.example
contact: {email: hello@lina.example, phone: "+41 61 555 01 23"}
home:
  - link: https://shop.example/new
    title: New prints
    note: {en: Friday night, de: Freitagnacht}
    image: {file: media/prints.webp, alt: Six prints on a table}
  - link: https://shop.example/old
    title: Old prints
  - links: Shop
    items:
      - {url: https://shop.example/new, title: Again the new ones}
      - {url: pages/press.md, title: For the press}
      - url: media/fold-a-zine.pdf
  - latest: https://www.youtube.com/@lina
  - text: |
      Every sheet is **drawn** on the *train*, it's
      "printed" at home -- twice... and sent.

      See [a photo](https://photos.example/1) of it.
"""
POST = """\
---
title: "Zagreb, platform three"
date: 2026-11-20
image: {file: media/kiosk.jpg, alt: A kiosk}
---

The kiosk sells coffee.

## Stamps

One kind of stamp, in [the press kit](../pages/press.md), and hello@lina.example.

![A map](media/map.png "Drawn by hand")
"""
PRESS = "---\ntitle: Press kit\n---\nPictures to print.\n"
COPY = '{"good": {"items": [{"title": "Nine hours", "url": "https://www.youtube.com/watch?v=nine"}]}, "url": "https://www.youtube.com/@lina"}'
SITE = [
    Source("linkhome.yaml", YAML, "index.html"),
    Source("posts/zagreb.md", POST, "posts/zagreb/index.html"),
    Source("pages/press.md", PRESS, "press/index.html"),
    Source("saved/youtube/lina.json", COPY, copy_of="https://www.youtube.com/@lina"),
]


def written(page: str, text: str = "", href: str = "", src: str = "", sources: list[Source] = SITE) -> str:
    """Return what stands at the place that is found, with the name of its file and the line before it."""
    span = origin(page, Words(text, href, src), sources)
    assert span
    line = next(one for one in sources if one.file == span.file).text.splitlines()[span.line - 1]
    return f"{span.file}: " + line[span.column - 1 : span.column - 1 + span.width].strip('"')


# ---------------------------------------------------------------- the home page


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ({"text": "New prints", "href": "https://shop.example/new"}, "New prints"),
        ({"text": "", "href": "https://shop.example/new"}, "https://shop.example/new"),
        ({"text": "Again the new ones", "href": "https://shop.example/new/"}, "Again the new ones"),
        ({"text": "Instagram", "href": "https://www.instagram.com/lina.example"}, "https://www.instagram.com/lina.example"),
        ({"text": "Mail hello@lina.example", "href": "mailto:hello@lina.example"}, "mailto:hello@lina.example"),
        ({"text": "Phone +41 61 555 01 23", "href": "tel:+41615550123"}, "41 61 555 01 23"),
        ({"text": "Text message", "href": "sms:+41615550123"}, "+41 61 555 01 23"),
        ({"text": "WhatsApp", "href": "https://wa.me/41615550123"}, "+41 61 555 01 23"),
        ({"text": "Six prints on a table", "src": "media/prints.94a08559-1200.jpg"}, "Six prints on a table"),
        ({"src": "media/prints.94a08559-750.avif"}, "media/prints.webp"),
        ({"src": "media/prints-film.94a08559-750.avif"}, "media/prints.webp"),
        ({"text": "PDF", "href": "media/fold-a-zine.0123abcd.pdf"}, "media/fold-a-zine.pdf"),
        ({"text": "a photo", "href": "https://photos.example/1"}, "a photo"),
        ({"href": "https://photos.example/1"}, "https://photos.example/1"),
        ({"text": "For the press", "href": "press/index.html"}, "For the press"),
        ({"text": "LINA  MARLOW"}, "Lina Marlow"),
        ({"text": "Every sheet is drawn on the train, it’s “printed” at home – twice… and sent."}, "Every sheet is **drawn** on the *train*, it's"),
        ({"text": "printed at home"}, 'printed" at home'),
        ({"text": "draw überall"}, 'She said: \\"draw \\u00fcber\\'),
    ],
)  # fmt: skip
def test_on_the_home_page(words, place):
    assert written("index.html", **words) == f"linkhome.yaml: {place}"


def test_the_same_words_in_another_language_are_found_in_that_language():
    site = [
        Source("linkhome.yaml", "home:\n  - text: {en: Posters, de: Poster}\n    title: {en: Poster, de: Plakat}\n")
    ]
    span = origin("de/index.html", Words("Poster"), site)
    assert span and span.line == 2
    assert written("de/index.html", "Freitagnacht") == "linkhome.yaml: Freitagnacht"


def test_what_a_platform_said_was_written_where_its_address_stands():
    place = written("index.html", "Nine hours", "https://www.youtube.com/watch?v=nine")
    assert place == "linkhome.yaml: https://www.youtube.com/@lina"


def test_what_nobody_wrote_leads_to_the_file_of_the_page():
    assert origin("index.html", Words("Skip to the page"), SITE) == Span("linkhome.yaml", 1)
    assert origin("posts/zagreb/index.html", Words("Newer"), SITE) == Span("posts/zagreb.md", 1)
    assert origin("index.html", Words(), SITE) == Span("linkhome.yaml", 1)


def test_without_files_there_is_no_place():
    assert origin("index.html", Words("Lina"), []) is None


# ---------------------------------------------------------------- posts and pages


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ({"text": "Zagreb, platform three"}, "posts/zagreb.md: Zagreb, platform three"),
        ({"text": "The kiosk sells coffee."}, "posts/zagreb.md: The kiosk sells coffee"),
        ({"text": "Stamps"}, "posts/zagreb.md: Stamps"),
        ({"text": "the press kit", "href": "../../press/index.html"}, "posts/zagreb.md: the press kit"),
        ({"text": "Press kit", "href": "/press/"}, "posts/zagreb.md: press kit"),
        ({"text": "A kiosk", "src": "../../media/kiosk.11112222-480.webp"}, "posts/zagreb.md: A kiosk"),
        ({"text": "A map", "src": "../../media/map.11112222.png"}, "posts/zagreb.md: A map"),
        ({"text": "Drawn by hand"}, "posts/zagreb.md: Drawn by hand"),
        ({"text": "Lina Marlow", "href": "../../index.html"}, "linkhome.yaml: Lina Marlow"),
    ],
)
def test_in_a_post(words, place):
    assert written("posts/zagreb/index.html", **words) == place


def test_a_link_to_a_text_leads_to_its_title():
    assert written("index.html", "Zagreb, platform three", "posts/zagreb/index.html").startswith("posts/zagreb.md: ")
    assert written("imprint/index.html", "Press kit", "../press/index.html") == "pages/press.md: Press kit"


def test_a_file_with_mistakes_in_it_is_searched_as_text():
    broken = [Source("linkhome.yaml", "profile:\n  name: Lina\n bio: [A drawing\n", "index.html")]
    assert written("index.html", "A drawing", sources=broken) == "linkhome.yaml: A drawing"


# ---------------------------------------------------------------- whatever is written

WORD = st.text("abcdeéüß漢字", min_size=3, max_size=8)
SENTENCE = st.lists(
    st.one_of(
        WORD,
        WORD.map(lambda word: f"*{word}*"),
        WORD.map(lambda word: f"**{word}**,"),
        WORD.map(lambda word: f"“{word}”"),
        WORD.map(lambda word: f'"{word}"'),
        WORD.map(lambda word: f"[{word}](https://x.example/{len(word)})"),
        WORD.map(lambda word: f"`{word}`"),
        st.sampled_from(["--", "...", "it's", "&amp;", "\\*"]),
    ),
    min_size=3,
    max_size=12,
)


@given(st.lists(SENTENCE, min_size=1, max_size=5), st.data())
def test_a_paragraph_is_found_whatever_marks_are_in_it(paragraphs, data):
    number = data.draw(st.integers(0, len(paragraphs) - 1))
    lines = [f"{n}zz{n} " + " ".join(words) for n, words in enumerate(paragraphs)]
    done = markdown.render("\n\n".join(lines))
    shown = [html.unescape(re.sub("<[^>]*>", "", one)) for one in re.findall("<p>(.*?)</p>", done.html, re.DOTALL)]
    source = Source("posts/x.md", "---\ntitle: T\n---\n\n" + "\n\n".join(lines), "posts/x/index.html")
    span = origin("posts/x/index.html", Words(shown[number]), [source])
    assert span and span.line == 5 + 2 * number
    assert span.column == 1


@given(st.text(), st.text(), st.text(), st.text(), st.text())
def test_any_text_gives_a_place_in_a_file_that_is_there(page, text, href, src, file):
    span = origin(page, Words(text, href, src), [Source("linkhome.yaml", file), Source("posts/x.md", POST)])
    assert span and span.file in ("linkhome.yaml", "posts/x.md")
    assert span.line >= 1
    assert span.column >= 1


@given(st.text(max_size=60))
def test_a_text_contains_all_that_is_read_in_it(text):
    said = spoken(text)
    assert said.longest(said) == (0, len(said.words))
    assert all(text[start:end].strip() for start, end in said.places)
    if said.words:
        assert said.find(said.words) == (said.places[0][0], said.places[-1][1])


# ---------------------------------------------------------------- which files


@pytest.fixture
def sources(site) -> Sources:
    folder = site(
        {
            "linkhome.yaml": YAML,
            "posts/2026-11-20-zagreb.md": POST,
            "posts/zagreb.de.md": "---\ntitle: Zagreb auf Deutsch\n---\nKaffee.\n",
            "posts/old/other.md": "---\nslug: renamed\n---\nElsewhere.\n",
            "pages/press.md": PRESS,
            "outage.yaml": "outages: []\n",
            "saved/youtube/lina.json": COPY,
            "private/list.md": "secret",
        }
    )
    return Sources(Project(folder.root))


@pytest.mark.parametrize(
    ("page", "file"),
    [
        ("index.html", "linkhome.yaml"),
        ("de/index.html", "linkhome.yaml"),
        ("posts/zagreb/index.html", "posts/2026-11-20-zagreb.md"),
        ("de/posts/zagreb/index.html", "posts/zagreb.de.md"),
        ("posts/renamed/index.html", "posts/old/other.md"),
        ("press/index.html", "pages/press.md"),
        ("posts/index.html", "linkhome.yaml"),
        ("../private/list.md", "linkhome.yaml"),
    ],
)
def test_the_file_of_a_page_comes_first(sources, page, file):
    found = sources.of(page, Words("Lina"), ("en", "de"))
    assert found[0].file == file
    assert [one.file for one in found if one.file.startswith("private")] == []


def test_the_text_to_which_a_link_leads_is_read_too(sources):
    found = sources.of("index.html", Words("Press kit", "press/index.html"), ("en", "de"))
    assert "pages/press.md" in [one.file for one in found]


def test_a_saved_copy_is_read_when_it_tells_of_the_address(sources):
    found = sources.of("index.html", Words("Nine hours", "https://www.youtube.com/watch?v=nine"), ("en",))
    assert ("saved/youtube/lina.json", "https://www.youtube.com/@lina") in [(one.file, one.copy_of) for one in found]


def test_a_new_slug_counts_as_soon_as_it_is_saved(sources):
    assert sources.of("posts/renamed/index.html", Words(), ("en",))[0].file == "posts/old/other.md"
    file = sources.project.root / "posts/old/other.md"
    file.write_text("---\nslug: renamed-again\n---\nElsewhere.\n")
    assert sources.of("posts/renamed-again/index.html", Words(), ("en",))[0].file == "posts/old/other.md"
    assert sources.of("posts/renamed/index.html", Words(), ("en",))[0].file == "linkhome.yaml"


# ---------------------------------------------------------------- editors

ROOT = Path("/home/lina/my site")
PLACE = Span("posts/zagreb.md", 12, 3)


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("vscode", "vscode://file/home/lina/my%20site/posts/zagreb.md:12:3"),
        ("VS Code", "vscode://file/home/lina/my%20site/posts/zagreb.md:12:3"),
        ("zed", "zed://file/home/lina/my%20site/posts/zagreb.md:12:3"),
        ("jetbrains", "idea://open?file=/home/lina/my%20site/posts/zagreb.md&line=12&column=3"),
        ("textmate", "txmt://open?url=file:///home/lina/my%20site/posts/zagreb.md&line=12&column=3"),
        ("my-editor://open/{file}?at={line}", "my-editor://open/home/lina/my%20site/posts/zagreb.md?at=12"),
        ("none", ""),
    ],
)
def test_an_editor_opens_the_line(name, address):
    assert editors.link(editors.choose(name, {}), ROOT, PLACE) == address


def test_a_file_as_a_whole_is_opened_at_its_first_line():
    assert editors.link(editors.EDITORS["vscode"], ROOT, Span("linkhome.yaml")).endswith("/linkhome.yaml:1:1")
    assert editors.link(editors.EDITORS["vscode"], ROOT, Span("")) == ""


@given(st.text(min_size=1).filter(lambda name: "\0" not in name), st.sampled_from(sorted(editors.EDITORS)))
def test_whatever_a_file_is_called_the_address_stays_one(name, editor):
    address = editors.link(editors.EDITORS[editor], Path("/site"), Span(name, 3, 4))
    assert re.fullmatch(r"[A-Za-z0-9:/?=&%._~-]*", address)
    assert address.count(":") <= 3


def test_the_environment_names_the_editor():
    assert editors.choose(None, {"LINKHOME_EDITOR": "zed"}) == editors.EDITORS["zed"]
    assert editors.choose("nova", {"LINKHOME_EDITOR": "zed"}) == editors.EDITORS["nova"]
    assert editors.choose(None, {"TERM_PROGRAM": "vscode", "PATH": ""}) == editors.EDITORS["vscode"]
    assert editors.choose(None, {"PATH": ""}) == ""


def test_the_command_of_visual_studio_code_tells_that_it_is_there(tmp_path):
    command = tmp_path / "code"
    command.write_text("#!/bin/sh\n")
    command.chmod(0o755)
    assert editors.choose(None, {"PATH": str(tmp_path)}) == editors.EDITORS["vscode"]


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ("vscodde", "linkhome knows no editor 'vscodde'"),
        ("javascript:alert({file})", "an address with javascript: does not open an editor"),
        ("https://x.example/{file}", "an address with https: does not open an editor"),
        ("file:///{file}", "an address with file: does not open an editor"),
        ("my://open", "'my://open' does not say where the file goes"),
        ("my://{file}?{row}", "'{row}' means nothing here"),
        ("my://{file}?{", "a brace has no partner"),
        ("my://{file} \"x\"", "'my://{file} \"x\"' is no address of an editor"),
        ("{file}", "'{file}' is no address of an editor"),
    ],
)  # fmt: skip
def test_what_is_no_editor_is_refused(wanted, message):
    with pytest.raises(LinkhomeError) as problem:
        editors.choose(wanted, {})
    assert problem.value.code == Exit.USAGE
    assert problem.value.diagnostics[0].message == message
    assert problem.value.diagnostics[0].hint
