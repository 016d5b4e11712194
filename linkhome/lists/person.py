"""Say what the file holds of one person, and read it off what a provider said."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from msgspec import Struct, field

from . import dig
from .source import Fields, Rule, Source, Status

#: The columns of ``private/subscribers.csv``, in their order.
COLUMNS = (
    "email", "first_name", "last_name", "phone", "name", "status", "subscribed_at", "confirmed_at", "unsubscribed_at",
    "source", "tags", "consent_version", "consent_ip", "provider", "provider_id", "extra_json", "exported_at",
)  # fmt: skip
STATUSES: tuple[Status, ...] = ("pending", "active", "unsubscribed", "bounced", "complained")
#: More than this of one person's further values stays in the untouched answers only.
MOST_EXTRA = 8_000


class Person(Struct, gc=False):
    """Be one row of the file: every value is a text, empty for what nobody told. The fields are the columns."""

    email: str = ""
    first_name: str = ""
    last_name: str = ""
    phone: str = ""
    name: str = ""
    status: str = ""
    subscribed_at: str = ""
    confirmed_at: str = ""
    unsubscribed_at: str = ""
    source: str = ""
    tags: str = ""
    consent_version: str = ""
    consent_ip: str = ""
    provider: str = ""
    provider_id: str = ""
    extra_json: str = ""
    exported_at: str = ""


class Said(Struct, omit_defaults=True, forbid_unknown_fields=True):
    """Hold what one provider last said of a person: a value of ``extra_json``, under the provider's key.

    ``missing_since`` is set when the person was no longer in a complete list; ``data`` are further values.
    """

    status: Status = "active"
    id: str = ""
    subscribed_at: str = ""
    confirmed_at: str = ""
    unsubscribed_at: str = ""
    missing_since: str = ""
    data: dict[str, Any] = field(default_factory=dict)


class Told(Struct):
    """Hold what one answer or file tells of one person: values of the row, and what is remembered of who told it."""

    person: Person
    said: Said


def told(source: Source, record: Any, email: str) -> Told:
    """Return what a provider says of one person."""
    return read(source.key, source.fields, source.rules, source.status, source.extra, record, email)


def read(
    provider: str,
    fields: Fields,
    rules: Iterable[Rule],
    otherwise: Status,
    extra: Iterable[str],
    record: Any,
    email: str,
) -> Told:
    """Return what a record tells of the person with this address, in the words of the file."""
    times = {
        name: next((found for path in paths if (found := dig.moment(dig.at(record, path)))), "")
        for name, paths in (
            ("subscribed_at", fields.subscribed_at),
            ("confirmed_at", fields.confirmed_at),
            ("unsubscribed_at", fields.unsubscribed_at),
        )
    }
    status = next((rule.status for rule in rules if fits(rule.value, dig.at(record, rule.path))), otherwise)
    said = Said(status=status, id=dig.first(record, fields.id), data=_kept(record, extra), **times)
    person = Person(
        email=email,
        first_name=dig.first(record, fields.first_name),
        last_name=dig.first(record, fields.last_name),
        phone=dig.first(record, fields.phone),
        name=dig.first(record, fields.name),
        source=dig.first(record, fields.source),
        tags=dig.words(record, fields.tags),
        consent_version=dig.first(record, fields.consent_version),
        consent_ip=dig.first(record, fields.consent_ip),
        provider=provider,
        provider_id=said.id,
        subscribed_at=said.subscribed_at,
        confirmed_at=said.confirmed_at,
    )
    return Told(person, said)


def fits(wanted: str, value: Any) -> bool:
    """Tell whether a value is what a rule wants; see `Rule`. What is not there at all fits nothing."""
    if wanted in ("true", "false"):
        yes = dig.text(value).lower() not in ("", "0", "false", "no", "null", "none")
        return value is not None and yes == (wanted == "true")
    return dig.text(value).lower() == wanted


def _kept(record: Any, paths: Iterable[str]) -> dict[str, Any]:
    """Return the further values that are worth keeping, without what is empty."""
    found: dict[str, Any] = {}
    for path in paths:
        value = dig.at(record, path)
        if type(value) is dict:
            value = {name: one for name, one in value.items() if one not in (None, "", [], {})}
        if value not in (None, "", [], {}):
            found[path.rpartition(".")[2]] = value
    return found if not found or len(msgspec.json.encode(found)) <= MOST_EXTRA else {}
