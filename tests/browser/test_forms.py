"""The sign-up of every provider, field by field as the facts say, in every theme, and open to everybody."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple

import nu
import pytest
from conftest import NODE, REPOSITORY, serving

from linkhome.cli import main
from linkhome.newsletter.table import PROVIDERS
from linkhome.theme import locate

sys.path.insert(0, str(REPOSITORY / "tests/newsletter"))

from facts_table import CLOSED, FACTS, expected

THEMES = sorted(locate.bundled())
EXPECTED = expected()
#: Forms as `EXPECTED` has them, and what else changes how a form is made.
MORE: dict[str, dict[str, Any]] = {
    "second-step": {**EXPECTED["kit"].settings, "second_step": True},
    "fallback": {**EXPECTED["ghost"].settings, "fallback": {"provider": "formspree", "form": "abcdwxyz"}},
}
SETTINGS = {key: one.settings for key, one in EXPECTED.items()} | MORE
SITE = {
    "url": "https://lina.example",
    "profile": {"name": "Lina Marlow"},
    "contact": {"email": "hello@lina.example"},
    "home": ["newsletter"],
}
#: What each field may be called to a browser that fills it in, by the keys of the facts.
AUTOCOMPLETE = {"email": "email", "first_name": "given-name", "last_name": "family-name", "phone": "tel"}


class Sent(NamedTuple):
    """One input as the page has it."""

    name: str
    type: str
    attributes: dict[str, str]

    @property
    def required(self) -> bool:
        return "required" in self.attributes


class Form(HTMLParser):
    """Read the sign-up of a page as a browser does."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[dict[str, str]] = []
        self.inputs: list[Sent] = []
        self.hidden: list[tuple[str, str]] = []
        self.trap: list[Sent] = []
        self.labels: list[str] = []
        self.links: list[str] = []
        self.shape: list[tuple[str, ...]] = []
        self.told = 0
        self._in = self._skip = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        if known.get("id") == "newsletter":
            self._in = 1
        elif self._in and tag == "section":
            self._in += 1
        if not self._in:
            return
        if tag == "input" and known.get("type") == "hidden":
            self.hidden.append((known["name"], known["value"]))
            return
        self.shape.append((tag, known.get("type", ""), known.get("autocomplete", ""), known.get("class", "")))
        if tag == "form":
            self.forms.append(known)
        elif tag == "div" and known.get("class") == "skip" and known.get("aria-hidden") == "true":
            self._skip = 1
        elif tag == "input":
            sent = Sent(known.get("name", ""), known.get("type", "text"), known)
            (self.trap if self._skip else self.inputs).append(sent)
        elif tag == "label" and "for" in known:
            self.labels.append(known["for"])
        elif tag == "a":
            self.links.append(known["href"])
        self.told += known.get("role") == "status"

    def handle_endtag(self, tag: str) -> None:
        if self._skip and tag == "div":
            self._skip = 0
        if self._in and tag == "section":
            self._in -= 1


class Built(NamedTuple):
    """Where the pages are: THEME/PROVIDER/, each with index.html."""

    root: Path

    @cache  # noqa: B019 (it lives as long as the tests of this file)
    def form(self, provider: str, theme: str = "base") -> Form:
        return Form((self.root / theme / provider / "index.html").read_text("utf-8"))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build the page of every provider in every theme: one folder of sources a theme, so that it remembers its fonts."""
    root = tmp_path_factory.mktemp("forms")
    for theme in THEMES:
        site = root / "sites" / theme
        site.mkdir(parents=True)
        for provider, settings in SETTINGS.items():
            brand = {"theme": theme, "kit": False, "share": "none"}
            (site / "linkhome.yaml").write_text(json.dumps(SITE | {"brand": brand, "newsletter": settings}))
            out = root / "built" / theme / provider
            assert main(["build", str(site), "--quiet", "--out", str(out)]) == 0
    return Built(root / "built")


def test_the_facts_tell_of_every_provider():
    assert {*FACTS, *CLOSED} == PROVIDERS.keys()
    assert {key for key, provider in PROVIDERS.items() if provider.closed} == set(CLOSED)


@pytest.fixture(params=sorted(key for key, one in EXPECTED.items() if one.form))
def provider(request: pytest.FixtureRequest) -> str:
    """Name a provider that takes plain forms."""
    return request.param


def test_the_form_goes_where_the_provider_takes_it(built, provider):
    (form,) = built.form(provider).forms
    wanted = EXPECTED[provider].form
    assert (form["action"], form["method"]) == (wanted.action or "thanks/", wanted.method)
    assert "enctype" not in form, "what is not said is sent as urlencoded"
    assert "target" not in form


def test_each_field_has_the_name_and_type_that_the_provider_knows(built, provider):
    made = built.form(provider)
    fields = [(one.name, (one.type, one.required)) for one in made.inputs if one.name]
    assert fields == list(EXPECTED[provider].form.fields.items())
    asked = SETTINGS[provider]["fields"]
    named = {one.name: one.attributes.get("autocomplete") for one in made.inputs if one.type != "checkbox"}
    assert named == {FACTS[provider].names[field]: AUTOCOMPLETE[field] for field in asked}


def test_each_field_has_a_label_and_a_limit(built, provider):
    made = built.form(provider)
    shown = [one.attributes for one in made.inputs if one.type != "checkbox"]
    assert [one["id"] for one in shown] == made.labels
    assert all(0 < int(one["maxlength"]) < 255 for one in shown)
    assert made.told == 1, "a place for what the script says stands in the page that is served"


def test_nothing_is_agreed_to_beforehand_and_each_consent_says_its_version(built, provider):
    made, names = built.form(provider), FACTS[provider].names
    boxes = [one for one in made.inputs if one.type == "checkbox"]
    wanted = [("", True)] + [("tel", False)] * ("phone" in SETTINGS[provider]["fields"])
    assert [(one.attributes.get("data-for", ""), one.required) for one in boxes] == wanted
    assert [one.name for one in boxes] == [names.get("consent", ""), names.get("phone_consent", "")][: len(wanted)]
    assert not any("checked" in one.attributes for one in boxes)
    assert all(len(one.attributes["value"]) == 8 for one in boxes)


def test_what_is_sent_unseen_is_what_the_provider_wants_and_the_page_to_come_back_to(built, provider):
    wanted = list(EXPECTED[provider].form.hidden)
    after = "thanks" if FACTS[provider].doi == "none" else "check-your-mail"
    if name := EXPECTED[provider].form.thanks:
        wanted.append((name, f"https://lina.example/{after}/"))
    if FACTS[provider].mode == "worker":
        ways = {"thanks": "thanks", "check": "check-your-mail", "sorry": "sorry"}
        wanted += [("language", "en"), *((name, f"https://lina.example/{page}/") for name, page in ways.items())]
    assert built.form(provider).hidden == wanted
    for _, value in wanted:
        if value.startswith("https://lina.example/"):
            page = value.removeprefix("https://lina.example/") + "index.html"
            assert (built.root / "base" / provider / page).is_file()


def test_the_trap_is_the_providers_own_and_nobody_falls_into_it(built, provider):
    wanted, made = EXPECTED[provider].form, built.form(provider)
    assert [(one.name, one.type) for one in made.trap] == (
        [(wanted.honeypot, wanted.honeypot_kind)] if wanted.honeypot else []
    )
    for one in made.trap:
        assert one.attributes["tabindex"] == "-1"
        assert one.type == "checkbox" or one.attributes["autocomplete"] == "off", "no browser fills it in, either"
        assert not {"required", "value", "checked"} & one.attributes.keys()


def test_netlify_finds_its_form_in_the_page(built):
    (form,) = built.form("netlify").forms
    assert (form["name"], form["data-netlify"], form["data-netlify-honeypot"]) == ("letters", "true", "bot-field")
    assert ("form-name", "letters") in built.form("netlify").hidden
    others = [built.form(key).forms for key, one in EXPECTED.items() if one.form and key != "netlify"]
    assert not any("netlify" in " ".join(form) for (form,) in others)


def test_without_a_plain_form_there_is_a_link_to_the_page_where_one_signs_up(built):
    made = built.form("ghost")
    (form,) = made.forms
    assert (form["action"], form["method"]) == ("https://lina.example/#/portal/signup", "get")
    assert [one.name for one in made.inputs] == ["", "", ""] and made.hidden == [] and made.trap == []
    assert [one.attributes.get("autocomplete") for one in made.inputs] == ["email", "given-name", None]
    assert "https://lina.example/#/portal/signup" in made.links


@pytest.mark.parametrize("key", ["mail", "mailman"])
def test_who_takes_only_mails_gets_no_form(built, key):
    made = built.form(key)
    assert made.forms == [] and made.inputs == []
    assert {link.partition("?")[0] for link in made.links} == {EXPECTED[key].link.partition("?")[0]}
    assert not (built.root / "base" / key / "thanks").exists()


def test_the_last_way_is_always_a_mail(built):
    for key in SETTINGS:
        assert any(link.startswith("mailto:") for link in built.form(key).links), key


def test_a_fallback_takes_the_plain_form_of_a_provider_that_has_none(built):
    (form,) = built.form("fallback").forms
    assert form["action"] == "https://formspree.io/f/abcdwxyz"
    assert built.form("fallback").hidden == [("_next", "https://lina.example/thanks/")]


@pytest.mark.parametrize("theme", THEMES)
def test_every_theme_shows_the_same_form(built, theme):
    for key in SETTINGS:
        made, base = built.form(key, theme), built.form(key)
        for part in ("hidden", "inputs", "trap", "labels", "links", "told"):
            assert getattr(made, part) == getattr(base, part), (key, part)
        assert [{**form, "class": ""} for form in made.forms] == [{**form, "class": ""} for form in base.forms], key


def shapes(built: Built, theme: str) -> list[str]:
    """Return one provider of each shape: forms that differ in words alone look alike to everybody."""
    return list({tuple(built.form(key, theme).shape): key for key in reversed(SETTINGS)}.values())


def test_the_nu_html_checker_has_nothing_to_say(built):
    keys = {theme: [*SETTINGS] if theme == "base" else shapes(built, theme) for theme in THEMES}
    pages = [built.root / theme / key / "index.html" for theme in THEMES for key in keys[theme]]
    assert len(pages) > len(SETTINGS) + 5 * 6
    assert nu.said(pages, built.root) == []


def test_nobody_is_shut_out_in_any_theme_by_day_and_by_night(built):
    pages = [f"{theme}/{key}/" for theme in THEMES for key in shapes(built, theme)]
    with serving(built.root) as server:
        wanted = json.dumps({"server": server, "pages": pages})
        script = Path(__file__).with_name("all_forms.mjs")
        ran = subprocess.run([NODE, script, wanted], capture_output=True, text=True, timeout=280)
    assert ran.returncode == 0, f"the browser could not be driven; 'scripts/prepare tools' installs it\n{ran.stderr}"
    found = json.loads(ran.stdout)
    assert found["axe"] == [] and found["errors"] == [] and found["foreign"] == []
    assert found["audited"] == 2 * len(pages) and len(pages) > 6 * 6
