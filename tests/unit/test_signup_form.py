"""Where a sign-up goes: the form of every page, what its script knows, and what the creator is told."""

from __future__ import annotations

import json
import re

import pytest
from planned import HEAD, Planned, plan

from linkhome.content.signup import WORDS, origins
from linkhome.newsletter.table import PROVIDERS
from linkhome.texts import ENGLISH

GHOST = "provider: ghost, server: https://ghost.lina.example"
BUTTONDOWN = "provider: buttondown, account: lina"
FORMSPREE = "provider: formspree, form: abcdwxyz"
GERMAN = HEAD + "language: de\n"


@pytest.fixture
def planned(tmp_path):
    """Plan a site with this newsletter, written as a map on one line below the usual three lines."""

    def make(newsletter: str, head: str = HEAD, files: dict[str, str] | None = None) -> Planned:
        return plan(tmp_path, f"{head}newsletter: {{{newsletter}}}\n", files)

    return make


def script(planned: Planned) -> dict:
    """Return what signup.js knows of the targets."""
    return json.loads(planned.plan.signup[0])


def fields(form) -> dict[str, str]:
    return {field.autocomplete: field.name for field in (*form.inputs, *form.further)}


# ---------------------------------------------------------------- which of the two takes the plain form


def test_a_provider_without_plain_form_is_tried_by_the_script_and_the_other_one_takes_the_form(planned):
    site = planned(f"{GHOST}, fallback: {{{FORMSPREE}}}")
    form = site.form()
    assert (form.action, form.method, form.trap) == ("https://formspree.io/f/abcdwxyz", "post", "_gotcha")
    assert fields(form) == {"email": "email"}
    assert form.link is None
    ghost, formspree = script(site)["targets"]
    assert ghost["name"] == "Ghost" and ghost["native"] is None
    assert ghost["fetch"]["url"] == "https://ghost.lina.example/members/api/send-magic-link/"
    assert formspree["native"]["action"] == form.action
    assert formspree["fetch"]["url"] == "https://formspree.io/f/abcdwxyz"
    assert site.told == []


def test_the_page_after_the_form_is_that_of_whoever_takes_it(planned):
    form = planned(f"{GHOST}, fallback: {{{FORMSPREE}}}").form()
    assert dict(form.hidden)["_next"] == "https://lina.example/thanks/", "Formspree sends no mail to look for"
    form = planned(f"{GHOST}, fallback: {{provider: netlify}}").form()
    assert form.action == "thanks/"


def test_ghost_alone_has_names_for_the_script_only_and_leads_to_its_own_sign_up(planned):
    site = planned(f"{GHOST}, fields: [email, first_name]")
    form = site.form()
    assert (form.action, form.method) == ("https://ghost.lina.example/#/portal/signup", "get")
    assert fields(form) == {"email": "", "given-name": ""}, "an address must not stand in the bar of the browser"
    assert [box.name for box in form.boxes] == [""]
    assert form.hidden == () and form.trap == ""
    assert form.link is not None
    assert (form.link.href, form.link.title) == (form.action, "Sign up on ghost.lina.example")
    (target,) = script(site)["targets"]
    assert target["fetch"]["names"] == {"email": "email", "first_name": "name"}
    assert target["native"] is None and target["confirms"] is True
    assert [(one.severity, one.line, one.column) for one in site.told] == [("warning", 4, 24)]
    assert "fallback" in site.told[0].hint


def test_netlify_posts_to_a_page_of_the_same_site_in_every_language(planned):
    site = planned("provider: netlify, form: letters", HEAD + "language: [en, de]\n")
    english, german = site.form(), site.form("de/index.html")
    assert (english.action, german.action) == ("thanks/", "../de/thanks/")
    assert english.netlify == "letters"
    assert english.hidden == (("form-name", "letters"),)
    assert english.trap == "bot-field"
    assert {"thanks/index.html", "de/thanks/index.html"} <= site.pages.keys()


def test_who_takes_only_mails_gets_a_mail_that_is_written_already(planned):
    site = planned("provider: mail, address: hello@lina.example")
    form = site.form()
    assert form.inputs == () and form.boxes == () and form.action == ""
    assert form.mail is not None
    assert form.mail.title == "hello@lina.example"
    assert form.mail.href == "mailto:hello@lina.example?subject=Newsletter&body=Please%20put%20me%20on%20the%20list."
    assert not site.home.signs_up, "there is nothing for a script to do"
    assert script(site)["targets"] == []
    assert "form-action" not in site.home.policy


def test_a_list_that_takes_mails_keeps_its_own_subject(planned):
    form = planned("provider: mailman, address: letters@lists.lina.example").form()
    assert form.mail is not None
    assert form.mail.href == "mailto:letters-join@lists.lina.example?subject=subscribe"


def test_mail_first_and_a_form_behind_it_is_a_form_with_everything_that_belongs_to_it(planned):
    site = planned(f"provider: mail, address: hello@lina.example, fallback: {{{FORMSPREE}}}")
    assert site.form().action == "https://formspree.io/f/abcdwxyz"
    assert site.home.signs_up
    assert "connect-src 'self' https://formspree.io;" in site.home.policy
    assert "thanks/index.html" in site.pages, "Formspree leads there"


@pytest.mark.parametrize(
    ("more", "address"),
    [
        ("", ""),
        ("contact: {email: mail@lina.example}\n", "mail@lina.example"),
        ("socials: [mailto:post@lina.example]\n", "post@lina.example"),
    ],
)
def test_the_last_way_is_a_mail_to_the_address_that_is_known(planned, more, address):
    mail = planned(BUTTONDOWN, HEAD + more).form().mail
    assert (mail.title if mail else "") == address


def test_an_address_of_its_own_goes_before_and_a_provider_by_mail_before_that(planned):
    head = HEAD + "contact: {email: mail@lina.example}\n"
    mail = planned(f"{BUTTONDOWN}, mail: list@lina.example", head).form().mail
    assert mail is not None and mail.title == "list@lina.example"
    mail = planned(f"{BUTTONDOWN}, fallback: {{provider: mail, address: by-hand@lina.example}}", head).form().mail
    assert mail is not None and mail.title == "by-hand@lina.example"


# ---------------------------------------------------------------- the fields


def test_only_the_address_is_asked_for_unless_more_is_wanted(planned):
    assert fields(planned(BUTTONDOWN).form()) == {"email": "email"}


def test_the_address_comes_first_and_alone_is_required(planned):
    form = planned(f"{BUTTONDOWN}, fields: [phone, first_name, last_name]").form()
    assert [(one.autocomplete, one.type, one.required) for one in form.inputs] == [
        ("email", "email", True),
        ("tel", "tel", False),
        ("given-name", "text", False),
        ("family-name", "text", False),
    ]
    assert form.further == ()
    tel = form.inputs[1]
    assert tel.inputmode == "tel" and tel.hint, "how a number is to be written is said before it is typed"


def test_in_a_second_step_stands_all_but_the_address(planned):
    form = planned(f"{BUTTONDOWN}, fields: [first_name, email, phone], second_step: true").form()
    assert [one.autocomplete for one in form.inputs] == ["email"]
    assert [one.autocomplete for one in form.further] == ["given-name", "tel"]
    assert form.more == ENGLISH["newsletter_more"]


def test_a_form_calls_each_field_as_its_provider_does_or_as_the_creator_says(planned):
    form = planned(f"{BUTTONDOWN}, fields: [email, last_name]").form()
    assert fields(form) == {"email": "email", "family-name": "metadata__last-name"}
    form = planned(f"{BUTTONDOWN}, fields: [email, last_name], names: {{last_name: metadata__clan}}").form()
    assert fields(form) == {"email": "email", "family-name": "metadata__clan"}


def test_tags_and_own_hidden_fields_travel_along(planned):
    form = planned(f"{BUTTONDOWN}, tags: [site, train], hidden: {{metadata__from: home}}").form()
    assert form.hidden == (("embed", "1"), ("tag", "site"), ("tag", "train"), ("metadata__from", "home"))


# ---------------------------------------------------------------- consent


def test_one_box_for_the_mails_is_required_and_a_second_one_belongs_to_the_number(planned):
    (box,) = planned(BUTTONDOWN).form().boxes
    assert box.required and box.about == "" and box.name == "metadata__consent"
    assert planned(BUTTONDOWN).form().legend == "", "one box needs no group"
    form = planned(f"{BUTTONDOWN}, fields: [email, phone]").form()
    mail, phone = form.boxes
    assert (mail.required, mail.about) == (True, "")
    assert (phone.required, phone.about, phone.name) == (False, "tel", "metadata__phone-consent")
    assert phone.text == "Yes, Lina Marlow may also reach me at this mobile number. I can take this back at any time."
    assert form.legend == ENGLISH["newsletter_boxes"]


def test_what_people_say_yes_to_names_who_what_how_often_with_whom_and_where_more_stands(planned, tmp_path):
    wanted = f"{BUTTONDOWN}, about: drawings and zines, often: once a month"
    text = planned(wanted, files={"pages/privacy.md": "---\ntitle: Privacy\n---\nText\n"}).form().boxes[0].text
    for part in ("Lina Marlow", "drawings and zines", "once a month", "Buttondown, USA", 'href="privacy/index.html"'):
        assert part in text
    (tmp_path / "pages/privacy.md").unlink()
    german = planned(
        "provider: cleverreach, region: seu2, account: 123456, form: 234567, about: Zeichnungen, often: einmal im Monat",
        GERMAN,
        {"pages/datenschutz.md": "---\ntitle: Datenschutz\n---\nText\n"},
    )
    text = german.form().boxes[0].text
    for part in (
        "Lina Marlow",
        "Zeichnungen",
        "einmal im Monat",
        "CleverReach GmbH &amp; Co. KG, Deutschland",
        'href="datenschutz/index.html"',
    ):
        assert part in text
    assert german.told == []


def test_a_version_stays_while_the_words_stay_and_changes_with_them(planned):
    wanted = f"{BUTTONDOWN}, about: drawings, often: now and then, fields: [email, phone]"
    mail, phone = planned(wanted).form().boxes
    assert [box.value for box in planned(f"{wanted}, title: Letters").form().boxes] == [mail.value, phone.value]
    assert re.fullmatch("[0-9a-f]{8}", mail.value) and mail.value != phone.value
    assert planned(wanted.replace("drawings", "zines")).form().boxes[0].value != mail.value
    assert planned(f"{wanted}, consent: Yes please").form().boxes[0].value != mail.value
    assert planned(f"{wanted}, consent: Yes please").form().boxes[1].value == phone.value
    assert planned(f"{wanted}, phone_consent: Call me").form().boxes[1].value != phone.value


def test_an_own_version_and_own_words_are_taken_as_they_are(planned):
    more = "version: 2026-11, consent: 'I *want* it.', phone_consent: Call me, fields: [email, phone]"
    mail, phone = planned(f"{BUTTONDOWN}, {more}").form().boxes
    assert (mail.value, mail.text) == ("2026-11", "I <em>want</em> it.")
    assert (phone.value, phone.text) == ("2026-11", "Call me")


def test_each_language_says_it_in_its_own_words_under_its_own_version(planned):
    site = planned(f"{BUTTONDOWN}, about: {{en: zines, de: Hefte}}, often: {{en: rarely, de: selten}}",
                   HEAD + "language: [en, de]\n")  # fmt: skip
    english, german = site.form().boxes[0], site.form("de/index.html").boxes[0]
    assert "zines" in english.text and "Hefte" in german.text
    assert english.value != german.value


def test_that_a_mail_follows_is_said_only_where_one_does(planned):
    assert planned(BUTTONDOWN).form().small == ENGLISH["newsletter_small"]
    assert planned(FORMSPREE).form().small == ENGLISH["newsletter_small_once"]


# ---------------------------------------------------------------- what the script and the browser are told


def test_the_script_knows_every_target_and_may_ask_nobody_else(planned):
    listmonk = "server: 'https://lists.lina.example:9000', list: 01234567-89ab-cdef-0123-456789abcdef"
    site = planned(f"provider: listmonk, {listmonk}, fallback: {{{FORMSPREE}}}")
    known = script(site)
    assert known["days"] == 7
    listmonk_, formspree = known["targets"]
    assert listmonk_["fetch"]["json"] is True
    assert listmonk_["fetch"]["hidden"] == [["list_uuids", '["01234567-89ab-cdef-0123-456789abcdef"]']]
    assert listmonk_["native"]["hidden"] == [["l", "01234567-89ab-cdef-0123-456789abcdef"]]
    assert listmonk_["native"]["onward"]["en"] == [["next", "https://lina.example/check-your-mail/"]]
    assert (listmonk_["confirms"], formspree["confirms"]) == (True, False)
    assert "connect-src 'self' https://lists.lina.example:9000 https://formspree.io;" in site.home.policy


def test_nobody_is_asked_twice_and_a_mail_is_no_host(planned):
    from linkhome.content.signup import Signup
    from linkhome.newsletter.target import resolve

    ghost, _ = resolve("ghost", {"server": "https://a.example"})
    mail, _ = resolve("mail", {"address": "hello@lina.example"})
    assert ghost and mail
    assert origins(Signup(None, ghost, ghost)) == ("https://a.example",)  # type: ignore[arg-type]
    assert origins(Signup(None, mail)) == ()  # type: ignore[arg-type]


def test_a_worker_on_this_machine_may_be_tried_without_https(planned):
    policy = planned("provider: worker, server: 'http://localhost:8787'").home.policy
    assert "form-action 'self' https: http://localhost:8787; connect-src 'self' http://localhost:8787;" in policy


def test_the_script_has_every_text_in_every_language_of_the_site(planned):
    site = planned(BUTTONDOWN, HEAD + "language: [en, de]\n")
    words = json.loads(site.plan.signup[1])
    wanted = {key.removeprefix(WORDS) for key in ENGLISH if key.startswith(WORDS)}
    assert words.keys() == {"en", "de"}
    assert words["en"].keys() == words["de"].keys() == wanted
    assert {"sending", "done", "confirm", "kept", "delete", "email_wrong", "consent_missing"} <= wanted


def test_nothing_of_the_script_can_end_a_script_element(planned):
    site = planned(f"{BUTTONDOWN}, hidden: {{metadata__x: '</script><b>'}}")
    assert "<" not in site.plan.signup[0]
    assert ["metadata__x", "</script><b>"] in script(site)["targets"][0]["native"]["hidden"]


def test_a_page_without_a_form_has_neither_script_nor_wider_policy(tmp_path):
    files = {"pages/about.md": "---\ntitle: About\n---\nText\n"}
    site = plan(tmp_path, f"{HEAD}newsletter: {{{BUTTONDOWN}}}\n", files)
    for path, page in site.pages.items():
        assert page.signs_up is (path == "index.html"), path
        assert ("connect-src" in page.policy) is (path == "index.html"), path


# ---------------------------------------------------------------- what the creator is told

LETTERS = "newsletter:\n  provider: "
MISTAKES = {
    "missing": ("buttondown\n", 5, 13, "Buttondown needs 'account'", "write: account: "),
    "unknown": ("buttondown\n  account: lina\n  list: abc\n", 7, 9, "'buttondown' has no 'list'", "account"),
    "wrong": ("buttondown\n  account: lina/../../evil\n", 6, 12, "'account' does not look right", "it looks like this"),
    "with a blank": ("kit\n  form: my form\n", 6, 9, "'form' does not look right for Kit", "it looks like this"),
    "secret": ("buttondown\n  account: sk_live_abcdefgh12345678\n", 6, 12, "this looks like a secret key", "remove it"),
    "not https": ("ghost\n  server: http://lina.example\n", 6, 11, "'server' does not look right", "it looks like this"),
    "closed": ("tinyletter\n", 5, 13, "TinyLetter was closed", "linkhome newsletter providers"),
    "own names": ("kit\n  form: 1234567\n  names: {email: a, first_name: a}\n", 7, 3, "under the same name", "own name"),
    "in the fallback": (
        "buttondown\n  account: lina\n  fallback:\n    provider: formspree\n", 8, 15, "Formspree needs 'form'", "write: form",
    ),
    "too much": ("ghost\n  server: https://a.example\n  fields: [email, phone]\n", 7, 19, "cannot keep a telephone", "'phone'"),
    "dropped in the list": (
        "substack\n  account: lina\n  fields:\n    - email\n    - last_name\n", 9, 7, "Substack cannot keep a last name", "out",
    ),
}  # fmt: skip


@pytest.mark.parametrize("which", MISTAKES)
def test_a_mistake_is_told_at_its_place_with_what_to_do(tmp_path, which):
    text, line, column, sentence, hint = MISTAKES[which]
    errors = [one for one in plan(tmp_path, HEAD + LETTERS + text).told if one.severity == "error"]
    assert [(one.line, one.column) for one in errors] == [(line, column)]
    assert sentence in errors[0].message
    assert hint in errors[0].hint


def test_a_secret_is_repeated_nowhere(tmp_path):
    from linkhome.excerpt import describe

    secret = "xkeysib-0123456789abcdef0123456789abcdef"
    site = plan(tmp_path, f"{HEAD}newsletter: {{provider: buttondown, key: {secret}}}\n")
    found = [one for one in site.plan.diagnostics if "secret" in one.message]
    assert len(found) == 1
    for one in site.plan.diagnostics:
        shown = "".join(text for line in describe(one, "utf-8", 200) for text, _ in line)
        assert secret not in shown and "buttondown" in shown
        assert secret not in json.dumps(one.as_dict())


def test_what_only_the_second_provider_drops_is_a_warning(planned):
    site = planned(f"{BUTTONDOWN}, fields: [email, phone], fallback: {{{GHOST}}}")
    assert [(one.severity, one.line, one.message) for one in site.told] == [
        ("warning", 4, "Ghost cannot keep a telephone number")
    ]


def test_a_mistake_in_either_leaves_the_form_out_and_stops_the_build(planned):
    site = planned(f"{BUTTONDOWN}, fallback: {{provider: formspree}}")
    assert [block.type for block in site.home.blocks] == []
    assert site.told[0].severity == "error"


@pytest.mark.parametrize(
    "provider", sorted(key for key, one in PROVIDERS.items() if one.double_opt_in == "none" and not one.closed)
)
def test_a_german_site_is_warned_of_a_provider_that_never_asks_back(planned, provider):
    given = ", ".join(f"{one.name}: '{one.example}'" for one in PROVIDERS[provider].settings if one.optional is None)
    wanted = f"provider: {provider}, {given}" if given else f"provider: {provider}"
    warned = [one for one in planned(wanted, GERMAN).told if "confirm" in one.message]
    # Who writes a mail has shown that the address is theirs.
    assert [(one.severity, one.line, one.column) for one in warned] == (
        [] if provider == "mail" else [("warning", 5, 24)]
    )
    assert [one for one in planned(wanted).told if "confirm" in one.message] == []


@pytest.mark.parametrize("given", [BUTTONDOWN, GHOST])
def test_a_german_site_with_a_provider_that_asks_back_is_not_warned(planned, given):
    assert [one for one in planned(given, GERMAN).told if "confirm" in one.message] == []
