"""Hold what people usually call the fields of a list, and short ways to write a table of sources."""

from __future__ import annotations

from .source import Rule, Status

FIRST = ("FIRSTNAME", "FNAME", "FIRST_NAME", "VORNAME", "PRENOM", "NOMBRE")
LAST = ("LASTNAME", "LNAME", "LAST_NAME", "NACHNAME", "NOM", "APELLIDOS")
PHONE = ("SMS", "PHONE", "MOBILE", "MOBIL", "TELEFON", "WHATSAPP")


def below(place: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the paths of several names inside of one value."""
    return tuple(f"{place}.{name}" for name in names)


def rules(path: str, meant: dict[Status, str]) -> tuple[Rule, ...]:
    """Return what the words of one value mean; several words of one meaning have spaces between them."""
    return tuple(Rule(path, word, status) for status, written in meant.items() for word in written.split())
