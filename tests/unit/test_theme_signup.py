"""The sign-up in the themes: labelled fields, a second step, consent, a trap, and the ways that are left without a form."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import theme_model
from theme_model import Ruler, rendered

from linkhome.content.model import Block, Form
from linkhome.theme import environment, locate, styles

THEMES = ("base", "atelier", "aurora")


@pytest.fixture(params=THEMES)
def theme(request: pytest.FixtureRequest) -> locate.Theme:
    return locate.find(request.param, Path("/nowhere"))


@pytest.fixture
def ready(theme: locate.Theme) -> Any:
    return environment.make(theme, options={"stamp": True, "end": True, "chip": True}, measure=Ruler())


def drawn(ready: Any, form: Form) -> str:
    """Return what stands between the tags that hold the sign-up."""
    page = theme_model.page(blocks=(Block(type="newsletter", id="newsletter", form=form),))
    return re.sub(
        r'.*(<section class="b[^>]* id="newsletter".*?</section>).*', r"\1", rendered(ready, page), flags=re.DOTALL
    )


def css(theme: locate.Theme, form: Form) -> str:
    page = theme_model.page(blocks=(Block(type="newsletter", id="newsletter", form=form),))
    return styles.stylesheet(theme, styles.uses(page))


def test_a_plain_form_works_without_a_script(ready):
    html = drawn(ready, theme_model.FORM)
    assert 'action="https://letters.example/join" method="post" data-signup>' in html
    assert '<input type="hidden" name="list" value="lina">' in html
    assert (
        '<label for="newsletter-given-name">First name <small>(optional)</small></label><input id="newsletter-' in html
    )
    assert '<button class="btn">Write to me</button><p role="status"></p>' in html
    assert "<fieldset" not in html and "<details" not in html and "aria-describedby" not in html


def test_every_field_has_a_label_and_an_id_of_its_own(ready):
    html = drawn(ready, theme_model.FULL_FORM)
    fields = re.findall(r'<p><label for="([^"]*)">[^<]+(?:<small>[^<]*</small>)?</label><input id="([^"]*)"', html)
    assert len(fields) == 4 == len({name for name, _ in fields})
    assert all(label == field for label, field in fields)


def test_the_second_step_is_inside_of_the_form_and_folded(ready):
    html = drawn(ready, theme_model.FULL_FORM)
    inside = html[html.index("<form") : html.index("</form>")]
    folded = inside[
        inside.index('<details class="further"><summary>Add more about you</summary>') : inside.index("</details>")
    ]
    assert [kind for kind in ("email", "given-name", "family-name", "tel") if f'autocomplete="{kind}"' in folded] == [
        "given-name", "family-name", "tel",
    ]  # fmt: skip


def test_two_boxes_stand_under_one_legend_and_only_the_first_must_be_ticked(ready):
    html = drawn(ready, theme_model.FULL_FORM)
    boxes = html[html.index('<fieldset class="boxes"><legend>Your consent</legend>') : html.index("</fieldset>")]
    assert re.findall(r'<input type="checkbox" name="(\w+)" value="v1"( data-for="tel")?( required)?>', boxes) == [
        ("consent", "", " required"), ("sms", ' data-for="tel"', ""),
    ]  # fmt: skip
    assert "checked" not in boxes


def test_a_hint_belongs_to_its_field(ready):
    html = drawn(ready, theme_model.FULL_FORM)
    assert 'aria-describedby="newsletter-tel-hint"><small id="newsletter-tel-hint">With the country</small></p>' in html


def test_people_never_meet_the_trap(ready, theme):
    html = drawn(ready, theme_model.FULL_FORM)
    trap = html[html.index('<div class="skip" aria-hidden="true"><label>Leave this empty<input') :].partition("</div>")[
        0
    ]
    assert 'name="website"' in trap and 'tabindex="-1"' in trap and 'autocomplete="off"' in trap
    assert ".skip:not(:focus){clip-path:inset(50%)}" in css(theme, theme_model.FULL_FORM)


def test_the_last_ways_are_links(ready):
    html = drawn(ready, theme_model.FULL_FORM)
    assert '<p class="last"><a href="https://letters.example/">Sign up on letters.example</a></p>' in html
    assert (
        '<p class="last">Or by mail: <a href="mailto:hello@lina.example?subject=Newsletter">hello@lina.example</a></p>'
        in html
    )


def test_a_list_that_is_kept_by_hand_has_a_button_that_opens_a_mail_and_no_form(ready):
    html = drawn(ready, theme_model.MAIL_FORM)
    assert "<form" not in html and "<input" not in html and "data-signup" not in html
    assert '<a class="btn" href="mailto:hello@lina.example?subject=Newsletter">Write to me</a><p class="last">' in html


def test_styles_for_a_second_step_and_two_boxes_are_only_there_for_such_forms(theme):
    assert ".further" not in css(theme, theme_model.FORM) and ".boxes" not in css(theme, theme_model.FORM)
    assert ".further" in css(theme, theme_model.FULL_FORM) and ".boxes" in css(theme, theme_model.FULL_FORM)


def test_what_is_empty_takes_no_room(theme):
    """In a grid an empty line would be worth a gap; in atelier's letter, lines have no gaps."""
    said = css(theme, theme_model.FULL_FORM)
    assert (":empty{position:absolute}" in said) is (theme.name != "atelier")
