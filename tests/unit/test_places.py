"""The addresses of a site, the line that names them, and the contact card."""

from __future__ import annotations

import re

import pytest
from site_folder import SiteFolder

from linkhome import places
from linkhome.config.schema import Deploy, Profile, Site
from linkhome.texts import GERMAN

HERE = "https://lina.example"
NETLIFY, GITHUB = (
    Deploy(target="netlify", site="lina"),
    Deploy(target="github", repository="git@github.com:Lina/site.git"),
)


def named(*entries: Deploy, url: str | None = HERE) -> list[str]:
    return list(places.addresses(Site(profile=Profile(name="Lina"), url=url, deploy=list(entries))))


@pytest.mark.parametrize(
    ("entry", "address"),
    [
        (Deploy(target="github", repository="git@github.com:Lina/lina.github.io.git"), "https://lina.github.io/"),
        (Deploy(target="github", repository="https://github.com/lina/site.git"), "https://lina.github.io/site/"),
        (Deploy(target="github", repository="ssh://git@github.com/lina/site"), "https://lina.github.io/site/"),
        (Deploy(target="github", repository="git@github.com:lina/s.git", domain="b.example"), "https://b.example/"),
        (Deploy(target="github-actions", repository="lina/site"), "https://lina.github.io/site/"),
        (Deploy(target="codeberg", repository="https://codeberg.org/Lina/pages.git"), "https://lina.codeberg.page/"),
        (Deploy(target="codeberg", repository="git@codeberg.org:l.m/x.git"), "https://pages.codeberg.org/l.m/x/"),
        (Deploy(target="netlify", site="lina-marlow"), "https://lina-marlow.netlify.app/"),
        (Deploy(target="netlify", site="back.example"), "https://back.example/"),
        (Deploy(target="folder", path="/srv/x", url="https://own.example/x"), "https://own.example/x/"),
        (Deploy(target="pigeon", url="https://loft.example/"), "https://loft.example/"),
    ],
)
def test_a_second_place_has_the_address_of_its_entry_or_of_its_target(entry: Deploy, address: str) -> None:
    assert named(Deploy(target="ssh", host="h"), entry) == [f"{HERE}/", address]


@pytest.mark.parametrize(
    "entry",
    [
        Deploy(target="folder", path="/srv/x"),
        Deploy(target="ssh", host="h"),
        Deploy(target="netlify", site="lina", draft=True),
        Deploy(target="netlify", site="01234567-89ab-cdef-0123-456789abcdef"),
        Deploy(target="netlify", site="lina", api="https://api.example"),
        Deploy(target="github", repository="git@git.example:lina/site.git"),
        Deploy(target="github", repository="lina/site"),
        Deploy(target="github"),
        Deploy(target="folder", path="x", url="http://127.0.0.1:8000"),
        Deploy(target="folder", path="x", url="http://192.168.0.7/"),
        Deploy(target="folder", path="x", url="http://nas.local/lina"),
        Deploy(target="folder", path="x", url="http://localhost"),
    ],
)
def test_what_visitors_cannot_reach_or_have_already_is_no_second_address(entry: Deploy) -> None:
    assert named(NETLIFY, entry) == []


def test_the_first_place_is_at_the_address_of_the_site_unless_a_later_one_is() -> None:
    assert named(NETLIFY, GITHUB) == [f"{HERE}/", "https://lina.github.io/site/"]
    assert named(NETLIFY, GITHUB, url=None) == ["https://lina.netlify.app/", "https://lina.github.io/site/"]
    later = "https://lina.github.io/site"
    assert named(NETLIFY, GITHUB, url=later) == ["https://lina.netlify.app/", f"{later}/"]
    folder = Deploy(target="folder", path="x")
    assert named(folder, NETLIFY, GITHUB) == ["https://lina.netlify.app/", "https://lina.github.io/site/"]
    assert named(GITHUB, Deploy(target="github-actions", repository="lina/site"), url=None) == []
    assert named(NETLIFY) == named() == []


# ---------------------------------------------------------------- on the page

PAGE = """\
url: https://lina.example
language: [en, de, ar]
profile: {{name: Lina}}
brand: {{share: none, theme: {theme}}}
contact: {{email: hello@lina.example}}
home: [contact]
deploy:
  - {{target: ssh, host: h.example, path: ~/site}}
  - {{target: netlify, site: lina}}
  - {{target: codeberg, repository: "git@codeberg.org:lina/site.git"}}
"""


def page(folder: SiteFolder, name: str) -> str:
    return folder.files()[name].decode()


def line(html: str) -> str:
    found = re.findall(r'<p class="?second"?><small>(.*?)</small>', html)
    assert len(found) == 1
    return str(found[0])


@pytest.fixture
def folder(site) -> SiteFolder:
    return site({"linkhome.yaml": PAGE.format(theme="base")})


def test_every_page_names_every_address_in_its_language_and_the_card_does_too(folder) -> None:
    folder.write("posts/2026-11-11-trains.md", "---\ntitle: Trains\ndate: 2026-11-11\n---\nSlow.\n")
    assert folder.build("-q").code == 0
    english = (
        'Reachable at <a href="https://lina.example/">lina.example</a>, <a href="https://lina.netlify.app/">lina.netlify.app</a>'
        ' and <a href="https://lina.codeberg.page/site/">lina.codeberg.page/site</a>, should one of them be down.'
    )
    pages = [name for name in folder.files() if name.endswith(".html")]
    assert {"index.html", "404.html", "posts/trains/index.html", "kit/index.html"} <= set(pages)
    for name in pages:
        said = line(page(folder, name))
        if not name.startswith(("de/", "ar/")):
            assert said == english, name
    german = line(page(folder, "de/index.html"))
    assert german.startswith(GERMAN["second_address"].partition("{")[0])
    assert '<a href="https://lina.codeberg.page/site/de/">lina.codeberg.page/site</a>, falls' in german
    assert '<a href="https://lina.netlify.app/ar/" dir="ltr">' in line(page(folder, "ar/index.html"))
    card = page(folder, "contact.vcf").replace("\r\n ", "")
    assert "URL:https://lina.example/\r\nitem1.URL:https://lina.netlify.app/\r\n" in card
    assert card.count("lina.example/\r\n") == 2, "its own address, and its UID"


@pytest.mark.parametrize("theme", ["atelier", "aurora", "mosaic", "poster", "stage"])
def test_every_theme_shows_the_line_and_has_styles_for_it(site, theme: str) -> None:
    folder = site({"linkhome.yaml": PAGE.format(theme=theme)})
    assert folder.build("-q").code == 0
    for name in ("index.html", "404.html"):
        html = page(folder, name)
        assert line(html).count("<a ") == 3
        assert re.search(
            r"\.second( a)?\{", html + "".join(page(folder, css) for css in folder.files() if css.endswith(".css"))
        )


def test_a_site_in_one_place_says_nothing_of_it(folder) -> None:
    text = PAGE.format(theme="base").partition("  - {target: netlify")[0]
    folder.write("linkhome.yaml", text)
    assert folder.build("-q").code == 0
    assert ".second" not in page(folder, "index.html") and 'class="second"' not in page(folder, "index.html")


def test_the_line_has_other_words_or_none_if_the_creator_says_so(folder) -> None:
    folder.replace(
        "linkhome.yaml",
        "home:",
        'texts: {en: {second_address: "Bei <Regen>: {addresses}!"}, de: {second_address: ""}}\nhome:',
    )
    assert folder.build("-q").code == 0
    assert line(page(folder, "index.html")).startswith('Bei &lt;Regen&gt;: <a href="https://lina.example/">')
    assert line(page(folder, "index.html")).endswith("</a>!")
    assert 'class="second"' not in page(folder, "de/index.html")
    assert "netlify" not in page(folder, "de/contact.vcf")
    assert "netlify" in page(folder, "contact.vcf")
