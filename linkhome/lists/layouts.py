"""Know the columns of other people's CSVs: those of known services, and what columns are called in general. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from . import dig
from .person import COLUMNS
from .source import Rule, Status
from .table import SOURCES

#: What each of our columns is called elsewhere, in letters and digits only; the likelier first.
_CALLED = {
    "email": "email emailaddress emailadresse mail mailadresse emailid subscriberemail useremail adresseemail courriel "
    "correo correoelectronico adresse",
    "id": "id uuid subscriberid contactid leid memberid",
    "first_name": "firstname fname vorname givenname prenom nombre first metadatafirstname",
    "last_name": "lastname lname nachname familyname surname nom apellidos last metadatalastname",
    "phone": "phone phonenumber mobile mobil handy telefon telefonnummer telephone tel sms whatsapp mobilephone",
    "name": "name fullname displayname vollername subscribername",
    "status": "status state subscriptionstatus subscriberstatus subscribertype emailstatus",
    "subscribed_at": "subscribedat subscriptiondate optintime signupdate signedupat createdat creationdate created "
    "dateadded joined joinedat registered insertedat addedat timestampsignup anmeldedatum angemeldetam date",
    "confirmed_at": "confirmedat confirmtime confirmationdate optedinat confirmed bestaetigtam",
    "unsubscribed_at": "unsubscribedat unsubscriptiondate unsubtime cancelledat canceledat deactivated abgemeldetam",
    "source": "source referrerurl referrer utmsource signupsource herkunft",
    "tags": "tags labels groups segments tag gruppen",
    "consent_version": "consentversion consent einwilligung",
    "consent_ip": "consentip confirmip optinip ipaddress ip signupip",
}
_OURS = {called: ours for ours, names in _CALLED.items() for called in reversed(names.split())}

#: What status is called in general; services that mean something else by a word say so in their own rules.
_STATUS: dict[Status, str] = {
    "active": "active subscribed enabled confirmed regular premium free paid yes true 1 aktiv angemeldet gifted",
    "pending": "pending unconfirmed unactivated waiting new unbestaetigt",
    "unsubscribed": "unsubscribed cancelled canceled inactive disabled blocklisted blacklisted removed deleted "
    "optedout no false 0 abgemeldet inaktiv archived",
    "bounced": "bounced cleaned undeliverable invalid unreachable hardbounced",
    "complained": "complained complaint spam junk abused",
}
_MEANING = {word: status for status, words in _STATUS.items() for word in words.split()}


class Layout(NamedTuple):
    """Hold whose CSV it is: the columns (in plain letters) by which it is known, and what of it means what.

    ``rules`` come before the column ``status``; their paths are plain names of columns. ``inside`` is a column that
    holds JSON with further values.
    """

    provider: str
    known_by: frozenset[str]
    rules: tuple[Rule, ...] = ()
    inside: str = ""


_LAYOUTS = (
    Layout("buttondown", frozenset(("email", "subscribertype", "creationdate")), inside="metadata"),
    Layout(
        "ghost",
        frozenset(("email", "subscribedtoemails", "complimentaryplan")),
        (Rule("subscribedtoemails", "false", "unsubscribed"),),
    ),
    Layout(
        "listmonk",
        frozenset(("uuid", "email", "attributes", "status")),
        (Rule("status", "enabled", "active"),),
        inside="attributes",
    ),
    Layout(
        "substack",
        frozenset(("email", "activesubscription", "emaildisabled")),
        (Rule("emaildisabled", "true", "unsubscribed"),),
    ),
    Layout(
        "mailchimp",
        frozenset(("emailaddress", "leid", "euid")),
        (Rule("unsubtime", "true", "unsubscribed"), Rule("cleantime", "true", "bounced")),
    ),
)


class Columns(NamedTuple):
    """Say which column is what: numbers from 0 by our names, and the names of the others as they are written."""

    ours: dict[str, int]
    others: dict[str, int]
    plain: dict[str, int]
    layout: Layout | None
    is_ours: bool


def recognise(columns: Sequence[str], samples: Sequence[Sequence[str]], provider: str) -> Columns | None:
    """Find out which column is what, or return None when none can be found that holds e-mail addresses.

    ``samples`` are the first rows: where no column is called like an address, the only one that holds nothing else
    is taken.
    """
    plain: dict[str, int] = {}
    for number, written in enumerate(columns):
        plain.setdefault(_plain(written), number)
    if tuple(column.strip().lower() for column in columns) == COLUMNS:
        return Columns({name: number for number, name in enumerate(COLUMNS)}, {}, plain, None, True)
    ours: dict[str, int] = {}
    for name, called in _CALLED.items():
        found = next((plain[word] for word in called.split() if word in plain), None)
        if found is not None and found not in ours.values():
            ours[name] = found
    if "email" not in ours or not _addresses(ours["email"], samples)[0]:
        parts = [_addresses(number, samples) for number in range(len(columns))]
        addresses = [number for number, (some, most) in enumerate(parts) if some and most]
        if len(addresses) != 1:
            return None
        ours = {name: number for name, number in ours.items() if number != addresses[0]} | {"email": addresses[0]}
    layout = next((one for one in _LAYOUTS if one.known_by <= plain.keys() and provider in ("", one.provider)), None)
    others = {written: number for number, written in enumerate(columns) if number not in ours.values() and written}
    return Columns(ours, others, plain, layout, False)


def meaning(provider: str, word: str) -> Status | None:
    """Return what a word for the status means, first to this provider, then in general; None for an unknown one."""
    low = word.strip().lower()
    if provider in SOURCES:
        for rule in SOURCES[provider].rules:
            if rule.value == low and rule.value not in ("true", "false"):
                return rule.status
    return _MEANING.get(_plain(low))


def _addresses(number: int, samples: Sequence[Sequence[str]]) -> tuple[bool, bool]:
    """Tell whether some cells of a column are e-mail addresses, and whether most are, as far as one can see."""
    cells = [row[number] for row in samples if number < len(row) and row[number].strip()]
    found = sum(bool(dig.email(cell)) for cell in cells)
    return found > 0 or not samples, found * 2 > len(cells)


def _plain(written: str) -> str:
    """Return a name of a column in small letters and digits only."""
    spelt = unicodedata.normalize("NFKD", written.lower().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue"))
    return re.sub(r"[^a-z0-9]", "", spelt)
