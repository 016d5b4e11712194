from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from linkhome.newsletter.detect import detect
from linkhome.newsletter.snippet import LONGEST
from linkhome.newsletter.table import PROVIDERS
from linkhome.newsletter.target import Target, resolve

SNIPPETS = Path(__file__).parent / "snippets"
UUID = "01234567-89ab-cdef-0123-456789abcdef"
FRAME = "the number of a frame may be another than that of the magic link: compare the two, and try it"
CAPTCHA = "the form has a captcha or a token of its page: turn that off, or it will refuse yours"
MAILCHIMP = "account: lina, region: us21, user: 0123456789abcdef012345678, list: 0a1b2c3d4e, form: 00a1b2c3d4"
BREVO = "https://0a1b2c3d.sibforms.com/serve/MUIFAExampleExampleExample_a-B"
RAPIDMAIL = "https://t0a1b2c3d.emailsys1a.net/123/4567/0a1b2c3d4e/subscribe/form.html"

#: Name of the file: the map that must come out, as YAML, and the remarks on it.
FOUND: dict[str, tuple[str, list[str]]] = {
    "basin": ("{provider: basin, form: 0a1b2c3d4e5f}", []),
    "beehiiv": (f"{{provider: beehiiv, account: {UUID}}}", [FRAME]),
    "beehiiv-link": (f"{{provider: beehiiv, account: {UUID}}}", []),
    "brevo": (
        f"""{{provider: brevo, action: "{BREVO}", region: "+49", fields: [email, first_name, phone],
        names: {{first_name: VORNAME}}, hidden: {{locale: de}}}}""",
        [],
    ),
    "brevo-frame": (f'{{provider: brevo, action: "{BREVO}"}}', []),
    "buttondown": (
        "{provider: buttondown, account: lina, fields: [email, first_name], tags: [website, letters]}",
        [],
    ),
    "buttondown-frame": ("{provider: buttondown, account: lina}", []),
    "cleverreach": (
        """{provider: cleverreach, region: seu2, account: "123456", form: "234567",
        fields: [email, first_name, last_name], names: {first_name: "1061234", last_name: "1061235"}}""",
        [],
    ),
    "emailoctopus": (
        f"""{{provider: emailoctopus, list: {UUID}, fields: [email, first_name, phone], names: {{phone: field_4}}}}""",
        [],
    ),
    "emailoctopus-script": (
        "{provider: emailoctopus}",
        ["write the list's ID: it stands in the address of the list's page"],
    ),
    "formspree": (
        "{provider: formspree, form: abcdwxyz, hidden: {_subject: New subscriber}}",
        ["these fields are left out, for a sign-up has no place for them: 'message'"],
    ),
    "formspree-script": ("{provider: formspree, form: abcdwxyz}", []),
    "getresponse": ("{provider: getresponse, list: AbC1d, fields: [email, first_name]}", []),
    "ghost": ("{provider: ghost, server: https://lina.example}", []),
    "keila": (
        """{provider: keila, server: https://app.keila.io, form: nfrm_AbCdEf12,
        fields: [email, first_name, last_name]}""",
        [CAPTCHA],
    ),
    "kit": ('{provider: kit, form: "1234567", fields: [email, first_name], tags: ["112233"]}', []),
    "klaviyo": ("{provider: klaviyo, account: AbC123, list: XyZ789}", []),
    "klaviyo-script": (
        "{provider: klaviyo, account: AbC123}",
        ["write the list's ID, too: it stands under the list's settings"],
    ),
    "listmonk": (
        f"""{{provider: listmonk, server: https://lists.example.com, list: "{UUID}, 1{UUID[1:]}",
        fields: [email, first_name]}}""",
        [],
    ),
    "loops": (
        """{provider: loops, form: cl0123456789abcdefghijklm,
        list: "cm0123456789abcdefghijklm,cn0123456789abcdefghijklm", fields: [email, first_name],
        names: {email: newsletter-form-input}, hidden: {userGroup: Fans}}""",
        [],
    ),
    "mail": ("{provider: mail, address: hello@lina.example}", []),
    "mailchimp": (
        f"""{{provider: mailchimp, {MAILCHIMP}, fields: [email, first_name, last_name], tags: ["112233", "445566"]}}""",
        [],
    ),
    "mailerlite": (
        """{provider: mailerlite, account: "123456", form: "123456789012345678", fields: [email, first_name],
        tags: ["998877"]}""",
        [],
    ),
    "mailjet": (
        "{provider: mailjet}",
        ["Mailjet's widget cannot stand on your page: 'linkhome newsletter worker' makes what can"],
    ),
    "mailman": ("{provider: mailman, address: letters@lists.example.com}", []),
    "mailman2": (
        """{provider: custom, action: "https://lists.example.com/mailman/subscribe/letters",
        fields: [email, first_name], names: {first_name: fullname}, hidden: {digest: "0", email-button: Subscribe}}""",
        ["its address begins with http://; https:// was written instead: try it"],
    ),
    "netlify": (
        "{provider: netlify, form: letters, fields: [email, first_name], names: {first_name: name}}",
        [],
    ),
    "netlify-rendered": ("{provider: netlify, form: letters}", []),
    "rapidmail": (
        f'{{provider: rapidmail, action: "{RAPIDMAIL}", fields: [email, first_name, last_name]}}',
        [],
    ),
    "rapidmail-random": (
        f'{{provider: rapidmail, action: "{RAPIDMAIL}", honeypot: f_0a1b2c3d4e5f}}',
        [],
    ),
    "sendy": (
        """{provider: sendy, server: https://sendy.example.com, list: aB3dE6gH9jK2mN5pQ8rS1tU4,
        fields: [email, first_name, phone], names: {phone: Mobile}}""",
        [],
    ),
    "substack": (
        """{provider: substack, account: lina,
        hidden: {first_url: "https://lina.substack.com/", source: subscribe_page}}""",
        [],
    ),
    "substack-frame": ("{provider: substack, account: lina}", []),
    "tinyletter": ("{}", ["TinyLetter was closed on 29 February 2024, and its lists with it"]),
    "unknown": (
        """{provider: custom, action: "https://news.example.com/index.php/lists/ab123/subscribe",
        fields: [email, first_name, phone], names: {email: EMAIL, first_name: PRENOM, phone: T1, consent: rgpd},
        hidden: {PAYS: CH, source: home, op: go}, honeypot: ab_cd_ef_hp}""",
        [CAPTCHA, "these fields are left out, for a sign-up has no place for them: 'MSG'"],
    ),
    "web3forms": (
        f"""{{provider: web3forms, key: {UUID}, fields: [email, first_name], names: {{first_name: name}},
        hidden: {{subject: A new letter friend}}}}""",
        [],
    ),
    "worker": ("{provider: worker, server: https://list.lina.example}", []),
}

#: What cannot be finished from the snippet alone.
UNFINISHED = ("emailoctopus-script", "klaviyo-script", "mailjet")

#: The address in the snippet, and the names of its fields, where there is a form to compare with.
FORMS = {
    "basin": ("https://usebasin.com/f/0a1b2c3d4e5f", {"email": "email"}),
    "brevo": (BREVO, {"email": "EMAIL", "first_name": "VORNAME", "phone": "SMS"}),
    "buttondown": (
        "https://buttondown.com/api/emails/embed-subscribe/lina",
        {"email": "email", "first_name": "metadata__first-name"},
    ),
    "cleverreach": (
        "https://seu2.cleverreach.com/f/123456-234567/wcs/",
        {"email": "email", "first_name": "1061234", "last_name": "1061235"},
    ),
    "emailoctopus": (
        f"https://emailoctopus.com/lists/{UUID}/members/embedded/1.3/add",
        {"email": "field_0", "first_name": "field_1", "phone": "field_4", "consent": "consent"},
    ),
    "formspree": ("https://formspree.io/f/abcdwxyz", {"email": "email"}),
    "getresponse": (
        "https://app.getresponse.com/add_subscriber.html",
        {"email": "email", "first_name": "first_name"},
    ),
    "keila": (
        "https://app.keila.io/forms/nfrm_AbCdEf12",
        {"email": "contact[email]", "first_name": "contact[first_name]", "last_name": "contact[last_name]"},
    ),
    "kit": (
        "https://app.kit.com/forms/1234567/subscriptions",
        {"email": "email_address", "first_name": "fields[first_name]"},
    ),
    "klaviyo": ("https://manage.kmail-lists.com/subscriptions/subscribe?a=AbC123&g=XyZ789", {"email": "email"}),
    "listmonk": ("https://lists.example.com/subscription/form", {"email": "email", "first_name": "name"}),
    "loops": (
        "https://app.loops.so/api/newsletter-form/cl0123456789abcdefghijklm",
        {"email": "newsletter-form-input", "first_name": "firstName"},
    ),
    "mailchimp": (
        "https://lina.us21.list-manage.com/subscribe/post?u=0123456789abcdef012345678&id=0a1b2c3d4e&f_id=00a1b2c3d4",
        {"email": "EMAIL", "first_name": "FNAME", "last_name": "LNAME"},
    ),
    "mailerlite": (
        "https://assets.mailerlite.com/jsonp/123456/forms/123456789012345678/subscribe",
        {"email": "fields[email]", "first_name": "fields[name]"},
    ),
    "mailman2": (
        "https://lists.example.com/mailman/subscribe/letters",
        {"email": "email", "first_name": "fullname"},
    ),
    "netlify": ("", {"email": "email", "first_name": "name"}),
    "netlify-rendered": ("", {"email": "email"}),
    "rapidmail": (RAPIDMAIL, {"email": "email", "first_name": "firstname", "last_name": "lastname"}),
    "rapidmail-random": (RAPIDMAIL, {"email": "email"}),
    "sendy": ("https://sendy.example.com/subscribe", {"email": "email", "first_name": "name", "phone": "Mobile"}),
    "substack": ("https://lina.substack.com/api/v1/free?nojs=true", {"email": "email"}),
    "unknown": (
        "https://news.example.com/index.php/lists/ab123/subscribe",
        {"email": "EMAIL", "first_name": "PRENOM", "phone": "T1", "consent": "rgpd"},
    ),
    "web3forms": ("https://api.web3forms.com/submit", {"email": "email", "first_name": "name"}),
    "worker": ("https://list.lina.example/subscribe", {"email": "email", "consent": "consent"}),
}


def snippet(name: str) -> str:
    return (SNIPPETS / f"{name}.html").read_text("utf-8")


def settings_of(found: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in found.items() if key not in ("provider", "fields")}


def target_of(markup: str) -> Target:
    found, _ = detect(markup)
    target, problems = resolve(str(found["provider"]), settings_of(found))
    assert problems == []
    assert target is not None
    return target


def test_every_snippet_has_its_answer_here() -> None:
    assert sorted(FOUND) == sorted(path.stem for path in SNIPPETS.iterdir())


def test_there_is_a_snippet_for_every_provider_that_gives_one() -> None:
    without = {"resend"}  # it gives nobody anything to paste
    assert {yaml.safe_load(text).get("provider", "tinyletter") for text, _ in FOUND.values()} == set(
        PROVIDERS
    ) - without


@pytest.mark.parametrize("name", FOUND)
def test_a_vendors_snippet_becomes_the_map_to_paste(name: str) -> None:
    text, remarks = FOUND[name]
    assert detect(snippet(name)) == (yaml.safe_load(text), remarks)


@pytest.mark.parametrize("name", [name for name in FOUND if name not in (*UNFINISHED, "tinyletter")])
def test_what_was_found_resolves(name: str) -> None:
    assert target_of(snippet(name)).provider == FOUND[name][0].split(",")[0].split(": ")[1].strip("}")


@pytest.mark.parametrize("name", FORMS)
def test_the_form_that_comes_out_is_the_one_that_was_pasted(name: str) -> None:
    target = target_of(snippet(name))
    action, names = FORMS[name]
    assert target.action == action
    assert {what: getattr(target.names, what) for what in names} == names


@pytest.mark.parametrize("name", FORMS)
def test_every_hidden_field_and_trap_of_the_snippet_comes_out_again(name: str) -> None:
    """Compared with a reading of the snippet that has nothing in common with the program's: another parser."""
    from html.parser import HTMLParser

    found = set()

    class Hidden(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            given = {key: value or "" for key, value in attrs}
            if tag == "input" and given.get("type") == "hidden" and "name" in given:
                found.add((given["name"], given.get("value", "")))

    Hidden().feed(snippet(name))
    target = target_of(snippet(name))
    sent = {*target.hidden, (target.honeypot, "")}
    ours = {target.thanks, "csrf_token"}
    if name == "klaviyo":
        ours |= {"g", "$fields"}  # the list stands in the address; linkhome lists the fields itself
    assert {pair for pair in found if pair[0] not in ours} <= sent


def form(inner: str, attributes: str = 'action="https://news.example.com/join" method="post"') -> str:
    return f"<form {attributes}>{inner}</form>"


EMAIL = '<input type="email" name="mail">'


def test_the_form_that_asks_for_an_address_is_taken() -> None:
    search = form('<input name="q">', 'action="https://news.example.com/search"')
    found, _ = detect(search + form(EMAIL))
    assert found["action"] == "https://news.example.com/join"


def test_old_addresses_lead_to_the_provider_of_today() -> None:
    old = "https://app.convertkit.com/forms/1234567/subscriptions"
    assert detect(form('<input name="email_address">', f'action="{old}"'))[0] == {"provider": "kit", "form": "1234567"}


def test_a_form_of_a_provider_that_is_not_whole_is_taken_as_any_form() -> None:
    klaviyo = 'action="https://manage.kmail-lists.com/subscriptions/subscribe"'
    found, remarks = detect(form('<input type="hidden" name="g" value="XyZ789"><input name="email">', klaviyo))
    assert found["provider"] == "custom"
    assert found["hidden"] == {"g": "XyZ789"}
    assert "this is a form of Klaviyo, but not all that it wants is there" in remarks[-1]


def test_an_address_of_another_house_that_looks_alike_is_no_providers() -> None:
    found, _ = detect(form(EMAIL, 'action="https://formspree.io.example/f/abcdwxyz" method="post"'))
    assert found["provider"] == "custom"


@pytest.mark.parametrize("action", ["", "subscribe.php", "javascript:alert(1)", "https://", "mailto:a@b.example"])
def test_a_form_without_a_whole_address_says_so(action: str) -> None:
    found, remarks = detect(form(EMAIL, f'action="{action}" method="post"'))
    assert "action" not in found
    assert "its address is not whole: look up where the form posts to, and write it as 'action'" in remarks


def test_secret_keys_are_left_out() -> None:
    secret = "xkeysib-" + "0a" * 32
    found, remarks = detect(form(f'{EMAIL}<input type="hidden" name="key" value="{secret}">'))
    assert secret not in repr((found, remarks))
    assert remarks == ["something that looks like a secret key was left out: it must not stand in a page"]
    found, remarks = detect(form(EMAIL, f'action="https://news.example.com/join?key={secret}"'))
    assert secret not in repr((found, remarks))
    assert "action" not in found
    found, remarks = detect(form(EMAIL, f'data-netlify="true" name="{secret}"'))
    assert secret not in repr((found, remarks))
    found, remarks = detect(
        f'<script src="https://x.example/ghost.js" data-site="https://a.example/{secret}"></script>'
    )
    assert secret not in repr((found, remarks))


def test_a_form_that_opens_on_a_click_has_no_traps_in_it() -> None:
    found, _ = detect(f'<div style="display:none">{form(EMAIL + "<input name=fname>")}</div>')
    assert "honeypot" not in found
    assert found["names"] == {"email": "mail", "first_name": "fname"}


@pytest.mark.parametrize(
    "trap",
    [
        '<div style="position:absolute;left:-5000px"><input name="t"></div>',
        '<p class="hp">leave<span><input name="t"></span></p>',
        '<div aria-hidden="true"><input name="t" tabindex="-1"></div>',
        '<input name="t" style="display:none">',
        '<input name="t" tabindex="-1" autocomplete="off">',
        '<input name="t" class="form-control visually-hidden">',
        "<div hidden><label>name <input name='t'></label></div>",
        '<textarea name="t" style="visibility: hidden"></textarea>',
    ],
)
def test_traps_are_known_by_being_out_of_sight(trap: str) -> None:
    found, _ = detect(form(EMAIL + trap + '<input name="last_name">'))
    assert found["honeypot"] == "t"
    assert found["fields"] == ["email", "last_name"]


@pytest.mark.parametrize(
    ("field", "what"),
    [
        ('<input name="x1" autocomplete="section-a given-name">', "first_name"),
        ('<input name="x1" type="tel">', "phone"),
        ('<input name="x1" placeholder="Nachname">', "last_name"),
        ('<label for="q">Vorname</label><input name="x1" id="q">', "first_name"),
        ("<label>Handynummer<input name=x1></label>", "phone"),
        ('<input name="merge_l_name">', "last_name"),
        ('<input name="sms">', "phone"),
    ],
)
def test_fields_are_known_by_what_browsers_and_people_are_told(field: str, what: str) -> None:
    found, _ = detect(form(EMAIL + field))
    assert found["fields"] == ["email", what]


def test_a_text_without_a_form_says_so() -> None:
    for text in ("", "hello", "<script>x</script>", "<p>form action=</p>", "<form></form>"):
        assert detect(text) == ({}, ["there is no form in it: choose the HTML code of a form at your provider"])


def test_what_is_in_comments_and_scripts_is_no_form() -> None:
    assert detect(f"<!-- {form(EMAIL)} -->")[0] == {}
    assert detect(f"<script>document.write('{form(EMAIL)}')</script>")[0] == {}


# ------------------------------------------------------------------ hostile input

PARTS = [
    *(
        "<form",
        "<form action=",
        "</form>",
        "<input",
        " name=",
        "email",
        "'",
        '"',
        ">",
        "<",
        "</",
        "<!--",
        "-->",
        "<!",
        "<?",
    ),
    *(
        "<label>",
        "<label for=a>",
        "</label>",
        "<div hidden>",
        "</div>",
        "<script>",
        "</script>",
        "<iframe src=",
        "<select",
    ),
    *(
        " type=hidden",
        " value=",
        "&#x110000;",
        "&#",
        "&amp;",
        "\0",
        "\x1b",
        "\u202e",
        "\ud800",
        "https://",
        "//",
        "{account}",
    ),
    *(
        "https://buttondown.com/",
        "list-manage.com",
        "<a href=mailto:",
        "checked",
        " style=display:none",
        "<option selected>",
    ),
    *(form(EMAIL), "[", "]", "https://[", "?a=b&a=c", "%", "\\", "\n", "<a href='https://[::1'>"),
]


@given(st.lists(st.one_of(st.sampled_from(PARTS), st.text(max_size=5)), max_size=30).map("".join))
def test_whatever_is_pasted_nothing_is_raised_and_nothing_hides(text: str) -> None:
    found, remarks = detect(text)
    assert not any(sign in repr(found) for sign in ("\\x00", "\\x1b", "\\u202e", "\\ud800"))
    assert "\x1b" not in "".join(remarks)
    if found:
        resolve(str(found["provider"]), settings_of(found))


@given(name=st.sampled_from(sorted(FOUND)), cut=st.integers(0, 4000), extra=st.sampled_from(PARTS))
@settings(max_examples=60)
def test_half_a_snippet_raises_nothing(name: str, cut: int, extra: str) -> None:
    text = snippet(name)
    detect(text[:cut] + extra + text[cut:])
    detect(text[:cut])


@pytest.mark.parametrize(
    "piece",
    [
        *("<", "<a", "<!", "<!--", "</", "<form ", "<form>", "<input ", "<input name=x>", "<label>", "<div hidden>"),
        *("<p class='hp'>", "</div>", "<form><input name=e type=email></form>", "<form><input name=x></form>"),
        *("<iframe src='https://a.b", "<script>formspree", "formspree", "<a href=mailto:", "<option>", "'", "&", "&#1"),
        "<a href='https://manage.kmail-lists.com/subscriptions/subscribe?a=1'>",
    ],
)
def test_half_a_million_signs_take_seconds_at_most(piece: str) -> None:
    for start in ("", "<form action='https://x.example/y'>", "<form action='", "<script>"):
        text = start + piece * (LONGEST // len(piece))
        began = time.process_time()
        detect(text)
        assert time.process_time() - began < 8


def test_of_a_longer_text_the_beginning_is_read() -> None:
    found, remarks = detect(form(EMAIL) + " " * LONGEST + form(EMAIL))
    assert found["names"] == {"email": "mail"}
    assert remarks == ["only the first 500,000 characters were read"]
