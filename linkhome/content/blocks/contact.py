"""The other ways to reach the creator."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from ...config import schema
from .. import model
from ..here import At, Here


def make(block: schema.ContactBlock, here: Here, at: At) -> dict[str, Any] | None:
    """Return the ways of the key ``contact``, each as a link; None when there are none."""
    contact = here.all.site.contact
    if contact is None:
        return None
    return {
        "title": here.text(block.contact) or here.texts["contact"],
        "text": here.markdown(block.text, (*at, "text"), top=3),
        "links": tuple(ways(contact, here)),
        "note": here.text(contact.address),
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
    """Return each way as a link: ``title`` is the address to read, ``note`` names the way."""
    found = []

    def add(href: str, title: str, name: str, icon: str) -> None:
        found.append(model.Link(href=href, title=title, note=name, icon=here.icon(icon), platform=name))

    if contact.email:
        add(f"mailto:{contact.email}", contact.email, here.texts["mail"], "mail")
    if contact.phone:
        add(f"tel:{_digits(contact.phone)}", contact.phone, here.texts["phone"], "phone")
    if number := _number(contact.sms, contact.phone):
        add(f"sms:{_digits(number)}", number, here.texts["sms"], "chat")
    if number := _number(contact.whatsapp, contact.phone):
        add(f"https://wa.me/{_digits(number).lstrip('+')}", number, "WhatsApp", "whatsapp")
    if contact.signal:
        add(_signal(contact.signal), contact.signal, "Signal", "signal")
    if contact.telegram:
        name = contact.telegram.lstrip("@")
        add(f"https://t.me/{quote(name)}", f"@{name}", "Telegram", "telegram")
    return found


def _number(value: bool | str, phone: str | None) -> str:
    return (phone or "") if value is True else (value or "")


def _digits(number: str) -> str:
    return "".join(c for c in number if c.isdigit() or c == "+")


def _signal(name: str) -> str:
    # A user name has no public address of its own; a number and a shared link have.
    if name.startswith("https://"):
        return name
    return f"https://signal.me/#p/{_digits(name)}" if name.startswith("+") else ""
