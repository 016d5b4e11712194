"""Name the places that a site links to, with what linkhome knows of each: these are what an outage can take away."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from ..config.schema import Contact, Site
from ..platforms import Known, recognise
from .current import Current

_WEB = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
#: Keys whose addresses are no links of the page, or are read elsewhere.
_OTHERS = frozenset({"image", "portrait", "cover", "logo", "icon", "poster", "captions", "texts", "contact"})


class Linked(Struct, frozen=True):
    """Hold one address that the site links to, and what it is."""

    address: str
    known: Known


def links(site: Site) -> tuple[Linked, ...]:
    """Return every web address that the pages link to, each once: socials and contact first, then the page's order.

    Addresses inside of Markdown are not among them.
    """
    found: dict[str, Linked] = {}
    for address in _addresses(site):
        known = recognise(address)
        found.setdefault(known.key or address, Linked(address, known))
    return tuple(found.values())


def concerned(linked: tuple[Linked, ...], outage: Current) -> tuple[Linked, ...]:
    """Return the links that lead nowhere while a platform is down: those of its whole company."""
    return tuple(one for one in linked if outage.concerns(one.known))


def channel(site: Site, outage: Current) -> str:
    """Return the best channel that an outage leaves, as an address, a mail address or a number; empty without one.

    Profiles elsewhere come first, in the creator's order; then mail and telephone.
    """
    profiles, others = [], []
    for social in site.socials:
        address = social if isinstance(social, str) else social.url
        known = recognise(address)
        if outage.concerns(known):
            continue
        if _WEB.fullmatch(address):
            profiles.append(address)
        elif known.handle:
            others.append(known.handle)
    if site.contact:
        others += [way for way in (site.contact.email, site.contact.phone) if way]
    return next(iter((*profiles, *others)), "")


def _addresses(site: Site) -> Iterator[str]:
    yield from _web_in(site.socials)
    if site.contact:
        yield from _of_contact(site.contact)
    yield from _web_in(site.home)
    yield from _web_in(site.footer)


def _of_contact(contact: Contact) -> Iterator[str]:
    number = contact.phone if contact.whatsapp is True else contact.whatsapp
    if number:
        yield "https://wa.me/" + "".join(sign for sign in number if sign.isdigit())
    if contact.signal:
        yield contact.signal if _WEB.fullmatch(contact.signal) else "https://signal.me/"
    if contact.telegram:
        yield f"https://t.me/{contact.telegram.lstrip('@')}"


def _web_in(value: object) -> Iterator[str]:
    """Walk through everything that was written, so that a new block needs nothing here."""
    if isinstance(value, str):
        if _WEB.fullmatch(value):
            yield value
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from _web_in(one)
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            if name not in _OTHERS:
                yield from _web_in(getattr(value, name))
    elif isinstance(value, dict):
        for one in value.values():
            yield from _web_in(one)
