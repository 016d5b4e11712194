"""The other ways to reach the creator."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from ...config import schema
from .. import model, outages
from ..here import At, Here

#: The style of the way that is a postal address: it has lines, and leads nowhere.
POSTAL = "postal"


def make(block: schema.ContactBlock, here: Here, at: At) -> dict[str, Any] | None:
    """Return the ways of the key ``contact``, each as a link; None when there are none."""
    contact = here.all.site.contact
    if contact is None:
        return None
    return {
        "title": here.text(block.contact) or here.texts["contact"],
        "text": here.markdown(block.text, (*at, "text"), top=3),
        "links": tuple(ways(contact, here)),
        "card": _card(here),
    }


def _card(here: Here) -> model.Link | None:
    """Return the way to the contact card, for a button under the other ways."""
    if not here.all.has_card:
        return None
    place = f"{here.all.prefix(here.language)}contact.vcf"
    title = here.texts["save_contact"]
    return model.Link(href=here.way_to(place), title=title, icon=here.icon("contact"), outside=False)


def ways(contact: schema.Contact, here: Here) -> list[model.Link]:
    """Return each way as a link, in the creator's order: ``title`` is the address to read, ``note`` names the way."""
    found = []

    def add(key: str, href: str, title: str, name: str, icon: str) -> None:
        link = model.Link(
            href=href, title=title, note=name, icon=here.icon(icon), platform=name, down=outages.down(href, here)
        )
        found.append((here.all.config.spans.key("contact", key), link))

    if contact.email:
        add("email", f"mailto:{contact.email}", contact.email, here.texts["mail"], "mail")
    if contact.phone:
        add("phone", f"tel:{_digits(contact.phone)}", contact.phone, here.texts["phone"], "phone")
    if number := _number(contact.sms, contact.phone):
        add("sms", f"sms:{_digits(number)}", number, here.texts["sms"], "chat")
    if number := _number(contact.whatsapp, contact.phone):
        add("whatsapp", f"https://wa.me/{_digits(number).lstrip('+')}", number, "WhatsApp", "whatsapp")
    if contact.signal:
        add("signal", _signal(contact.signal), contact.signal, "Signal", "signal")
    if contact.matrix:
        add("matrix", f"https://matrix.to/#/{quote(contact.matrix, safe='@#:')}", contact.matrix, "Matrix", "matrix")
    if contact.telegram:
        name = contact.telegram.removeprefix("https://").removeprefix("t.me/").lstrip("@")
        add("telegram", f"https://t.me/{quote(name, safe='+')}", f"@{name}", "Telegram", "telegram")
    if contact.address:
        address = model.Link(href="", title=here.text(contact.address), note=here.texts["address"], style=POSTAL)
        found.append((here.all.config.spans.key("contact", "address"), address))
    return [link for _, link in sorted(found, key=lambda way: (way[0].line, way[0].column))]


def _number(value: bool | str, phone: str | None) -> str:
    return (phone or "") if value is True else (value or "")


def _digits(number: str) -> str:
    return "".join(c for c in number if c.isdigit() or c == "+")


def _signal(name: str) -> str:
    # A user name has no public address of its own; a number and a shared link have.
    if name.startswith("https://"):
        return name
    return f"https://signal.me/#p/{_digits(name)}" if name.startswith("+") else ""
