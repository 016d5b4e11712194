"""Know the programs that creators run on a server of their own, or have run for them."""

from __future__ import annotations

from .entry import Fetch, Names, Provider, Setting
from .places import SERVER

_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"

SELFHOSTED = (
    Provider(
        "ghost",
        "Ghost",
        "fetch-only",  # ran with version 5.130: it takes JSON and nothing else
        names=Names(email="email", first_name="name", tags="labels"),
        honeypot="honeypot",
        settings=(
            Setting("server", "the address of your Ghost site", "https://lina.example", SERVER),
            Setting(
                "list",
                "the name of a newsletter, under Settings, Newsletters; only if you have several",
                "Letters from the sleeper car",
                r".{1,190}",
                optional="",
                many=True,
            ),
        ),
        fetch=Fetch(
            url="{server}/members/api/send-magic-link/",
            encoding="json",
            hidden=(("emailType", "subscribe"), ("newsletters", "{named_lists}")),
            token="{server}/members/api/integrity-token/",  # noqa: S106
        ),
        double_opt_in="always",
        link="{server}/#/portal/signup",
        native=False,
        poor="without JavaScript there is no form, but a link to the sign-up of your Ghost site",
        drops=("last_name", "phone"),
    ),
    Provider(
        "listmonk",
        "listmonk",
        "form+fetch",
        action="{server}/subscription/form",
        names=Names(email="email", first_name="name", list="l"),
        honeypot="nonce",
        settings=(
            Setting("server", "the address at which your listmonk runs", "https://lists.example.com", SERVER),
            Setting(
                "list",
                "the UUID of a public list; it stands under Lists, or in the code under Forms",
                "01234567-89ab-cdef-0123-456789abcdef",
                _UUID,
                many=True,
            ),
        ),
        fetch=Fetch(
            url="{server}/api/public/subscription",
            encoding="json",
            names=Names(email="email", first_name="name"),
            hidden=(("list_uuids", "{lists}"),),
            success="data",
        ),
        thanks="next",
        drops=("last_name", "phone"),
        remark="Write the address of your site and of its thanks page into 'Trusted URLs' of listmonk: else it shows "
        "its own page, and no script may ask it.",
    ),
    Provider(
        "keila",
        "Keila",
        "form",
        action="{server}/forms/{form}",
        names=Names(
            email="contact[email]",
            first_name="contact[first_name]",
            last_name="contact[last_name]",
            phone="contact[data][phone]",
        ),
        honeypot="h[url]",
        settings=(
            Setting("server", "the address at which your Keila runs", "https://app.keila.io", SERVER),
            Setting("form", "the last part of the form's address", "nfrm_AbCdEf12", r"[A-Za-z0-9_-]{4,40}"),
        ),
        remark="Turn the captcha of the form off in Keila: there is none on your page, and the form would be refused.",
    ),
    Provider(
        "sendy",
        "Sendy",
        "form",
        action="{server}/subscribe",
        names=Names(email="email", first_name="name", last_name="LastName", phone="Phone", list="list"),
        hidden=(
            ("subform", "yes"),
            ("gdpr", "true"),  # its own box of consent: ours must be ticked before anything is sent
        ),
        honeypot="hp",
        settings=(
            Setting("server", "the address at which your Sendy runs", "https://sendy.example.com", SERVER),
            Setting(
                "list",
                "the encrypted ID of the list; it stands beside the list's name and in its subscribe form",
                "aB3dE6gH9jK2mN5pQ8rS1tU4",
                r"[A-Za-z0-9]{6,60}",
            ),
        ),
        remark="Sendy keeps a last name or a phone only if custom fields 'LastName' and 'Phone' exist in the list.",
    ),
    Provider(
        "mailman",
        "Mailman",
        "mail",  # ran with version 3.3.10: it has no form that another page may post to
        settings=(
            Setting(
                "address",
                "the address of the list itself, to which its members write",
                "letters@lists.example.com",
                r"[A-Za-z0-9._+-]{1,60}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}",
            ),
        ),
        link="mailto:{local}-join@{domain}?subject=subscribe",
        native=False,
        drops=("first_name", "last_name", "phone"),
    ),
)
