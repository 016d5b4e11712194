"""The pages that a sign-up leads to."""

from __future__ import annotations

import pytest
from planned import HEAD, plan

from linkhome.texts import ENGLISH, GERMAN

NEWSLETTER = "newsletter: {provider: buttondown, account: lina}\n"
SLUGS = ("thanks", "check-your-mail", "sorry")
BOTH = HEAD + "language: [en, de]\n" + NEWSLETTER


def test_there_are_three_in_each_language_and_they_say_it_in_its_words(tmp_path):
    pages = plan(tmp_path, BOTH).pages
    for prefix, texts in (("", ENGLISH), ("de/", GERMAN)):
        for slug, key in zip(SLUGS, ("thanks", "check", "sorry"), strict=True):
            page = pages[f"{prefix}{slug}/index.html"]
            assert page.title == texts[f"{key}_title"]
            assert texts[f"{key}_text"] in page.body
            assert page.shell.language == ("de" if prefix else "en")


@pytest.mark.parametrize("prefix", ["", "de/"])
@pytest.mark.parametrize("slug", SLUGS)
def test_search_engines_pass_them_by(tmp_path, prefix, slug):
    site = plan(tmp_path, BOTH)
    assert site.pages[f"{prefix}{slug}/index.html"].head.noindex
    assert slug.encode() not in site.plan.files["sitemap.xml"]
    assert b"https://lina.example/" in site.plan.files["sitemap.xml"]


def test_each_leads_back_home_and_sorry_back_to_the_form_with_a_mail_beside_it(tmp_path):
    pages = plan(tmp_path, BOTH + "contact: {email: hello@lina.example}\n").pages
    assert 'href="../"' in pages["thanks/index.html"].body.replace("index.html", "")
    assert 'href="../#newsletter"' in pages["sorry/index.html"].body.replace("index.html", "")
    assert '<a href="mailto:hello@lina.example">hello@lina.example</a>' in pages["sorry/index.html"].body
    assert "mailto" not in pages["thanks/index.html"].body
    assert "mailto" not in plan(tmp_path, BOTH).pages["sorry/index.html"].body


def test_they_hold_no_form_and_may_be_reached_in_the_other_language(tmp_path):
    page = plan(tmp_path, BOTH).pages["check-your-mail/index.html"]
    assert not page.signs_up
    assert [(one.language, one.href.removesuffix("index.html")) for one in page.translations] == [
        ("en", "../check-your-mail/"),
        ("de", "../de/check-your-mail/"),
    ]


@pytest.mark.parametrize(
    "newsletter", ["", "newsletter: {provider: mail, address: hello@lina.example}\n"], ids=["without", "by mail"]
)
def test_without_a_form_there_are_none(tmp_path, newsletter):
    home = HEAD if newsletter else HEAD.replace("home: [newsletter]\n", "")
    assert not {path for path in plan(tmp_path, home + newsletter).pages if path.startswith(SLUGS)}


@pytest.mark.parametrize("slug", SLUGS)
def test_their_addresses_are_taken(tmp_path, slug):
    files = {f"pages/{slug}.md": "---\ntitle: Mine\n---\nText\n"}
    told = plan(tmp_path, HEAD + NEWSLETTER, files).told
    assert [(one.severity, one.line, one.message) for one in told] == [
        ("error", 1, f"'{slug}' is an address of something else already")
    ]
    assert "slug" in told[0].hint


def test_without_a_newsletter_their_addresses_are_free(tmp_path):
    text = HEAD.replace("home: [newsletter]\n", "")
    site = plan(tmp_path, text, {"pages/thanks.md": "---\ntitle: Thanks to all\n---\nText\n"})
    assert site.told == []
    assert site.pages["thanks/index.html"].title == "Thanks to all"


def test_a_post_may_have_such_a_name(tmp_path):
    files = {"posts/thanks.md": "---\ntitle: Thanks\ndate: 2026-11-01\n---\nText\n"}
    assert plan(tmp_path, HEAD + NEWSLETTER, files).told == []
