"""What each provider must be sent, written from the facts that were gathered and not from the program's own table.

`FACTS` has a row for every provider. `expected()` gives, for each, what a creator writes and which form must come out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

UUID = "01234567-89ab-cdef-0123-456789abcdef"
#: For the services that keep whatever they are sent.
ANY = {
    "email": "email",
    "first_name": "first_name",
    "last_name": "last_name",
    "phone": "phone",
    "tags": "tags",
    "consent": "consent",
    "phone_consent": "phone_consent",
}


class Fact(NamedTuple):
    """One row: ``given`` is what the creator writes, all else what must come out. No ``action``: there is no form."""

    given: dict[str, Any]
    mode: str
    action: str
    names: dict[str, str]
    hidden: Sequence[tuple[str, str]] = ()
    honeypot: str = ""
    method: str = "post"
    trap: str = "text"
    doi: str = "setting"
    thanks: str = ""
    drops: Sequence[str] = ()
    fetch: dict[str, Any] | None = None
    link: str = ""
    tags: Sequence[tuple[str, str]] = ()  # what `tags: ["1", "2"]` adds; none: it takes no tags


TWO = ["1", "2"]
ALL = ["first_name", "last_name", "phone"]
OWN = {
    "mode": "worker",
    "action": "https://list.lina.example/subscribe",
    "names": ANY,
    "honeypot": "website",
    "fetch": {"accept": "application/json", "success": "ok"},
    "tags": [("tags", "1"), ("tags", "2")],
}

FACTS: dict[str, Fact] = {
    "buttondown": Fact(
        {"account": "lina"},
        "form",  # its documentation forbids fetch
        "https://buttondown.com/api/emails/embed-subscribe/lina",
        {
            "email": "email",
            "first_name": "metadata__first-name",
            "last_name": "metadata__last-name",
            "phone": "metadata__phone",
            "tags": "tag",
            "consent": "metadata__consent",
            "phone_consent": "metadata__phone-consent",
        },
        [("embed", "1")],
        tags=[("tag", "1"), ("tag", "2")],
    ),
    "kit": Fact(
        {"form": "1234567"},
        "form+fetch",
        "https://app.kit.com/forms/1234567/subscriptions",
        {
            "email": "email_address",
            "first_name": "fields[first_name]",
            "last_name": "fields[last_name]",
            "phone": "fields[phone]",
            "tags": "tags[]",
        },
        fetch={"accept": "application/json", "success": "status=success"},
        tags=[("tags[]", "1"), ("tags[]", "2")],
    ),
    "mailchimp": Fact(
        {
            "account": "lina",
            "region": "us21",
            "user": "0123456789abcdef012345678",
            "list": "0a1b2c3d4e",
            "form": "00a1b2c3d4",
        },
        "form+jsonp",
        "https://lina.us21.list-manage.com/subscribe/post?u=0123456789abcdef012345678&id=0a1b2c3d4e&f_id=00a1b2c3d4",
        {"email": "EMAIL", "first_name": "FNAME", "last_name": "LNAME", "phone": "PHONE", "tags": "tags"},
        [("subscribe", "Subscribe")],
        honeypot="b_0123456789abcdef012345678_0a1b2c3d4e",
        tags=[("tags", "1,2")],
    ),
    "mailerlite": Fact(
        {"account": "123456", "form": "123456789012345678"},
        "form",
        "https://assets.mailerlite.com/jsonp/123456/forms/123456789012345678/subscribe",
        {
            "email": "fields[email]",
            "first_name": "fields[name]",
            "last_name": "fields[last_name]",
            "phone": "fields[phone]",
            "tags": "groups[]",
        },
        [("ml-submit", "1"), ("anticsrf", "true")],
        tags=[("groups[]", "1"), ("groups[]", "2")],
    ),
    "beehiiv": Fact(
        {"account": UUID},
        "form",
        f"https://magic.beehiiv.com/v1/{UUID}",
        {"email": "email"},
        method="get",
        thanks="redirect_to",
        drops=ALL,
    ),
    "substack": Fact(
        {"account": "lina"},
        "form",  # fetch can only be opaque, and nobody says "done" after that
        "https://lina.substack.com/api/v1/free?nojs=true",
        {"email": "email"},
        doi="none",  # nothing is known of one
        drops=ALL,
    ),
    "brevo": Fact(
        {"action": "https://0a1b2c3d.sibforms.com/serve/MUIFAExampleExampleExample", "region": "+49"},
        "form",
        "https://0a1b2c3d.sibforms.com/serve/MUIFAExampleExampleExample",
        {"email": "EMAIL", "first_name": "FIRSTNAME", "last_name": "LASTNAME", "phone": "SMS"},
        [("SMS__COUNTRY_CODE", "+49"), ("OPT_IN", "1"), ("locale", "en"), ("html_type", "simple")],
        honeypot="email_address_check",
    ),
    "ghost": Fact(
        {"server": "https://lina.example"},
        "fetch-only",
        "",
        {"email": "email", "first_name": "name", "tags": "labels"},
        honeypot="honeypot",
        doi="always",
        drops=["last_name", "phone"],
        fetch={
            "url": "https://lina.example/members/api/send-magic-link/",
            "encoding": "json",
            "hidden": [("emailType", "subscribe")],
            "token": "https://lina.example/members/api/integrity-token/",
        },
        link="https://lina.example/#/portal/signup",
        tags=[("labels", "1"), ("labels", "2")],
    ),
    "listmonk": Fact(
        {"server": "https://lists.example.com", "list": UUID},
        "form+fetch",
        "https://lists.example.com/subscription/form",
        {"email": "email", "first_name": "name", "list": "l"},
        [("l", UUID)],
        honeypot="nonce",
        thanks="next",
        drops=["last_name", "phone"],
        fetch={
            "url": "https://lists.example.com/api/public/subscription",
            "encoding": "json",
            "names": {"email": "email", "first_name": "name"},
            "hidden": [("list_uuids", f'["{UUID}"]')],
            "success": "data",
        },
    ),
    "keila": Fact(
        {"server": "https://app.keila.io", "form": "nfrm_AbCdEf12"},
        "form",
        "https://app.keila.io/forms/nfrm_AbCdEf12",
        {
            "email": "contact[email]",
            "first_name": "contact[first_name]",
            "last_name": "contact[last_name]",
            "phone": "contact[data][phone]",
        },
        honeypot="h[url]",
    ),
    "sendy": Fact(
        {"server": "https://sendy.example.com", "list": "aB3dE6gH9jK2mN5pQ8rS1tU4"},
        "form",
        "https://sendy.example.com/subscribe",
        {"email": "email", "first_name": "name", "last_name": "LastName", "phone": "Phone", "list": "list"},
        [("subform", "yes"), ("gdpr", "true"), ("list", "aB3dE6gH9jK2mN5pQ8rS1tU4")],
        honeypot="hp",
    ),
    "mailjet": Fact({"server": "https://list.lina.example"}, **OWN),
    "cleverreach": Fact(
        {
            "region": "seu2",
            "account": "123456",
            "form": "234567",
            "names": {"first_name": "1001", "last_name": "1002", "phone": "1003"},
        },
        "form",
        "https://seu2.cleverreach.com/f/123456-234567/wcs/",
        {"email": "email", "first_name": "1001", "last_name": "1002", "phone": "1003"},
    ),
    "rapidmail": Fact(
        {"action": "https://t0a1b2c3d.emailsys1a.net/123/4567/0a1b2c3d4e/subscribe/form.html"},
        "form",
        "https://t0a1b2c3d.emailsys1a.net/123/4567/0a1b2c3d4e/subscribe/form.html",
        {"email": "email", "first_name": "firstname", "last_name": "lastname"},
        [("rm_comment", "")],
        honeypot="rm_email",
        drops=["phone"],
    ),
    "getresponse": Fact(
        {"list": "AbC1d"},
        "form",
        "https://app.getresponse.com/add_subscriber.html",
        {
            "email": "email",
            "first_name": "first_name",
            "last_name": "custom_last_name",
            "phone": "custom_phone",
            "list": "campaign_token",
        },
        [("start_day", "0"), ("campaign_token", "AbC1d")],
        thanks="thankyou_url",
    ),
    "loops": Fact(
        {"form": "cl0123456789abcdefghijklm", "list": "cm0123456789abcdefghijklm"},
        "fetch-only",
        "https://app.loops.so/api/newsletter-form/cl0123456789abcdefghijklm",
        {
            "email": "email",
            "first_name": "firstName",
            "last_name": "lastName",
            "phone": "phone",
            "list": "mailingLists",
        },
        [("mailingLists", "cm0123456789abcdefghijklm")],
        fetch={"success": "success", "hidden": [("mailingLists", "cm0123456789abcdefghijklm")]},
    ),
    "resend": Fact({"server": "https://list.lina.example"}, **OWN),
    "emailoctopus": Fact(
        {"list": UUID, "names": {"phone": "field_3"}},
        "form",
        f"https://emailoctopus.com/lists/{UUID}/members/embedded/1.3/add",
        {
            "email": "field_0",
            "first_name": "field_1",
            "last_name": "field_2",
            "phone": "field_3",
            "consent": "consent",
        },
        honeypot=f"hp{UUID}",
        thanks="successRedirectUrl",
    ),
    "klaviyo": Fact(
        {"account": "AbC123", "list": "XyZ789"},
        "form+fetch",
        "https://manage.kmail-lists.com/subscriptions/subscribe?a=AbC123&g=XyZ789",
        {"email": "email", "first_name": "$first_name", "last_name": "$last_name", "phone": "$phone_number"},
        [("$fields", "$first_name,$last_name,$phone_number")],
        fetch={
            "url": "https://manage.kmail-lists.com/ajax/subscriptions/subscribe",
            "hidden": [("$fields", "$first_name,$last_name,$phone_number"), ("a", "AbC123"), ("g", "XyZ789")],
            "success": "success",
        },
    ),
    "netlify": Fact(
        {"form": "letters"},
        "form+fetch",
        "",  # a page of the same site
        ANY,
        [("form-name", "letters")],
        honeypot="bot-field",
        doi="none",
        fetch={"hidden": [("form-name", "letters")], "accept": "text/html"},
        tags=[("tags", "1"), ("tags", "2")],
    ),
    "formspree": Fact(
        {"form": "abcdwxyz"},
        "form+fetch",
        "https://formspree.io/f/abcdwxyz",
        ANY,
        honeypot="_gotcha",
        doi="none",
        thanks="_next",
        fetch={"accept": "application/json", "success": "ok"},
        tags=[("tags", "1"), ("tags", "2")],
    ),
    "basin": Fact(
        {"form": "0a1b2c3d4e5f"},
        "form+fetch",
        "https://usebasin.com/f/0a1b2c3d4e5f",
        ANY,
        honeypot="_gotcha",
        doi="none",
        fetch={"accept": "application/json"},
        tags=[("tags", "1"), ("tags", "2")],
    ),
    "web3forms": Fact(
        {"key": UUID},
        "form+fetch",
        "https://api.web3forms.com/submit",
        ANY,
        [("access_key", UUID)],
        honeypot="botcheck",
        trap="checkbox",
        doi="none",
        thanks="redirect",
        fetch={"success": "success", "hidden": [("access_key", UUID)]},
        tags=[("tags", "1"), ("tags", "2")],
    ),
    "worker": Fact({"server": "https://list.lina.example"}, **OWN),
    "mailman": Fact(
        {"address": "letters@lists.example.com"},
        "mail",
        "",
        {"email": "email"},
        drops=ALL,
        link="mailto:letters-join@lists.example.com?subject=subscribe",
    ),
    "mail": Fact(
        {"address": "hello@lina.example"},
        "mail",
        "",
        {"email": "email"},
        doi="none",
        drops=ALL,
        link="mailto:hello@lina.example",
    ),
    "custom": Fact(
        {
            "action": "https://lists.example.com/subscribe?from=home",
            "names": {"email": "your-mail", "first_name": "your-name"},
            "hidden": {"list": "letters"},
            "honeypot": "leave-empty",
        },
        "form",
        "https://lists.example.com/subscribe?from=home",
        {**ANY, "email": "your-mail", "first_name": "your-name"},
        [("list", "letters")],
        honeypot="leave-empty",
        tags=[("tags", "1"), ("tags", "2")],
    ),
}

#: These can no longer be used.
CLOSED = ("tinyletter",)


class ExpectedForm(NamedTuple):
    """The form that must come out: ``fields`` are ``{name: (type, required)}``; no action with Netlify: see there.

    ``hidden`` lacks ``thanks``, the name of the hidden field with the address of the thanks page ("" for none).
    """

    action: str
    method: str
    fields: dict[str, tuple[str, bool]]
    hidden: Sequence[tuple[str, str]]
    honeypot: str
    honeypot_kind: str
    thanks: str


class Expected(NamedTuple):
    """What a creator writes under ``newsletter``, with all that the provider keeps, and what must come out of it.

    ``form`` is None where there can be no plain form; ``link`` is then where one signs up by hand, or a mail.
    """

    settings: dict[str, Any]
    form: ExpectedForm | None
    link: str


def expected() -> dict[str, Expected]:
    """Return for every provider that works what is written and what must stand in the page."""
    found = {}
    for key, fact in FACTS.items():
        asked = [name for name in ("first_name", "last_name", "phone") if name not in fact.drops]
        settings = {"provider": key, **fact.given, "fields": ["email", *asked]}
        form = None
        if fact.action or key == "netlify":
            fields = {fact.names["email"]: ("email", True)}
            fields |= {fact.names[name]: ("tel" if name == "phone" else "text", False) for name in asked}
            if "consent" in fact.names:
                fields[fact.names["consent"]] = ("checkbox", True)
            if "phone_consent" in fact.names and "phone" in asked:
                fields[fact.names["phone_consent"]] = ("checkbox", False)
            form = ExpectedForm(fact.action, fact.method, fields, fact.hidden, fact.honeypot, fact.trap, fact.thanks)
        found[key] = Expected(settings, form, fact.link)
    return found
