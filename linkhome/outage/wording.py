"""Put an outage into words that the creator pastes elsewhere: a story, a post, a mail, an SMS. In English and German.

Each kind has several wordings, from the fullest to the barest; the first one that fits, and whose facts are known, is
taken. They are written so that a person, a band and a shop can say them.
"""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

#: Characters that fit; of an SMS the septets of GSM 03.38 (3GPP TS 23.038), with which one message holds so many.
LIMITS = {"story": 250, "post": 280, "sms": 160}
KINDS = ("story", "post", "mail", "sms")

_GSM = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_TWICE = "^{}\\[~]|€"

#: By language and kind. What ends with ``*`` is for sites with a sign-up.
_WORDS: dict[str, dict[str, Sequence[str]]] = {
    "en": {
        "story": (
            "{platform} is down right now. Still here: {site}\n"
            "Leave your e-mail address there, and no outage comes between us. Also here: {where}*",
            "{platform} is down right now. Still here: {site}\n"
            "Leave your e-mail address there, and no outage comes between us.*",
            "{platform} is down right now. Still here: {site}\nAnd here: {where}",
            "{platform} is down right now. Still here: {site}",
            "{platform} is down right now. Still here: {where}",
            "{platform} is down right now. Back as soon as it is.",
        ),
        "post": (
            "{platform} is down, and it is not your phone. Everything is still here:\n{site}\n"
            "Leave your e-mail address there, and we stay in touch whatever fails next. Also here: {where}*",
            "{platform} is down, and it is not your phone. Everything is still here:\n{site}\n"
            "Leave your e-mail address there, and we stay in touch whatever fails next.*",
            "{platform} is down, and it is not your phone. Everything is still here:\n{site}\nAlso here: {where}",
            "{platform} is down, and it is not your phone. Everything is still here:\n{site}",
            "{platform} is down, and it is not your phone. Until then: {where}",
            "{platform} is down, and it is not your phone. More as soon as it is back.",
        ),
        "subject": ("{platform} is down. Still here!",),
        "mail": (
            "Hello,",
            "{platform} is down right now, and nobody can say for how long. We have not lost each other.",
            "Everything is still here, on a page that depends on no platform:\n{site}",
            "If somebody passed this mail on to you: leave your address on that page, and the next one comes to you.*",
            "Also here: {where}",
            "{note}",
            "See you soon\n{name}",
        ),
        "sms": (
            "{platform} is down right now. Still here: {site} - {name}",
            "{platform} is down right now. Still here: {site}",
            "{platform} is down right now. Still here: {where} - {name}",
            "{platform} is down right now. Still reachable at this number. {name}",
            "{platform} is down right now. Still reachable at this number.",
        ),
    },
    "de": {
        "story": (
            "{platform} ist gerade gestört. Hier geht es weiter: {site}\n"
            "Trag dort deine E-Mail-Adresse ein, dann kommt uns kein Ausfall dazwischen. Auch hier: {where}*",
            "{platform} ist gerade gestört. Hier geht es weiter: {site}\n"
            "Trag dort deine E-Mail-Adresse ein, dann kommt uns kein Ausfall dazwischen.*",
            "{platform} ist gerade gestört. Hier geht es weiter: {site}\nUnd hier: {where}",
            "{platform} ist gerade gestört. Hier geht es weiter: {site}",
            "{platform} ist gerade gestört. Hier geht es weiter: {where}",
            "{platform} ist gerade gestört. Weiter geht es, sobald es wieder da ist.",
        ),
        "post": (
            "{platform} ist gestört, es liegt nicht an deinem Telefon. Alles ist weiterhin hier:\n{site}\n"
            "Trag dort deine E-Mail-Adresse ein, dann bleiben wir in Kontakt, was auch immer ausfällt. "
            "Auch hier: {where}*",
            "{platform} ist gestört, es liegt nicht an deinem Telefon. Alles ist weiterhin hier:\n{site}\n"
            "Trag dort deine E-Mail-Adresse ein, dann bleiben wir in Kontakt, was auch immer ausfällt.*",
            "{platform} ist gestört, es liegt nicht an deinem Telefon. Alles ist weiterhin hier:\n{site}\n"
            "Auch hier: {where}",
            "{platform} ist gestört, es liegt nicht an deinem Telefon. Alles ist weiterhin hier:\n{site}",
            "{platform} ist gestört, es liegt nicht an deinem Telefon. Bis dahin: {where}",
            "{platform} ist gestört, es liegt nicht an deinem Telefon. Mehr, sobald es wieder geht.",
        ),
        "subject": ("{platform} ist gestört. Hier geht es weiter!",),
        "mail": (
            "Hallo,",
            "{platform} ist gerade gestört, und niemand weiß, wie lange. Wir haben uns nicht verloren.",
            "Alles ist weiterhin hier, auf einer Seite, die von keiner Plattform abhängt:\n{site}",
            "Falls dir jemand diese Mail weitergeleitet hat: Trag auf der Seite deine Adresse ein, "
            "dann kommt die nächste direkt zu dir.*",
            "Auch hier: {where}",
            "{note}",
            "Bis bald\n{name}",
        ),
        "sms": (
            "{platform} ist gerade gestört. Hier geht es weiter: {site} - {name}",
            "{platform} ist gerade gestört. Hier geht es weiter: {site}",
            "{platform} ist gerade gestört. Hier geht es weiter: {where} - {name}",
            "{platform} ist gerade gestört. Unter dieser Nummer geht es weiter. {name}",
            "{platform} ist gerade gestört. Unter dieser Nummer geht es weiter.",
        ),
    },
}
#: How the line with a mail's subject begins.
_SUBJECT = {"en": "Subject: ", "de": "Betreff: "}
#: A platform's name is cut here, in characters.
_LONGEST_NAME = 40


class Facts(Struct, frozen=True):
    """Hold what the texts say: one language's name, address and note; empty where there is none.

    ``slug`` (short, ASCII) stands for the platform where its name cannot be written; ``where`` is the best other
    channel; ``signup`` tells that the site has a sign-up.
    """

    platform: str
    slug: str
    name: str
    site: str = ""
    where: str = ""
    note: str = ""
    signup: bool = False


def languages(wanted: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return for the site's languages which texts there are: pairs of the text's language and the site's.

    English stands for every language that has no texts; each comes once.
    """
    found: dict[str, str] = {}
    for language in wanted:
        base = language.partition("-")[0].lower()
        found.setdefault(base if base in _WORDS else "en", language)
    return tuple(found.items())


def text(kind: str, language: str, facts: Facts) -> str:
    """Return the text of one of `KINDS` in ``en`` or ``de``: never longer than `LIMITS` allow."""
    words = _WORDS[language]
    values = _values(facts)
    if kind == "mail":
        subject = next(_filled(words["subject"], values, facts.signup))
        return f"{_SUBJECT[language]}{subject}\n\n" + "\n\n".join(_filled(words["mail"], values, facts.signup))
    if kind == "sms":
        for key in ("platform", "name"):
            values[key] = spelt(values[key])
        values["platform"] = values["platform"] or facts.slug
        values |= {key: "" for key in ("site", "where") if not septets(values[key])}
    if kind == "story":  # a picture: nobody can tap an address in it
        values |= {key: _short(values[key]) for key in ("site", "where")}
    measure = septets if kind == "sms" else len
    return next(one for one in _filled(words[kind], values, facts.signup) if measure(one) <= LIMITS[kind])


def _values(facts: Facts) -> dict[str, str]:
    one_line = {key: " ".join(getattr(facts, key).split()) for key in ("platform", "name", "site", "where")}
    platform = one_line["platform"][:_LONGEST_NAME] or facts.slug
    return one_line | {"platform": platform, "note": facts.note.strip()}


def _filled(wordings: Iterable[str], values: Mapping[str, str], signup: bool) -> Iterator[str]:
    """Yield the wordings whose facts are all known, filled in."""
    for wording in wordings:
        if wording.endswith("*") and not signup:
            continue
        plain = wording.removesuffix("*")
        if all(values[name] for _, name, _, _ in string.Formatter().parse(plain) if name):
            yield plain.format_map(values)


def _short(address: str) -> str:
    """Return an address as people write it by hand."""
    return address.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")


# ------------------------------------------------------------------ SMS


def septets(message: str) -> int:
    """Return how many septets of GSM 03.38 a message has; 0 when a letter is not among them."""
    if any(letter not in _GSM and letter not in _GSM_TWICE for letter in message):
        return 0
    return len(message) + sum(letter in _GSM_TWICE for letter in message)


def spelt(name: str) -> str:
    """Return a name in the letters that an SMS has: ``Łukasz Dvořák`` without the marks, others left out."""
    found = []
    for letter in " ".join(name.split()):
        if septets(letter):
            found.append(letter)
            continue
        plain = "".join(one for one in unicodedata.normalize("NFKD", letter) if septets(one))
        found.append(_ALIKE.get(letter, plain))
    return " ".join("".join(found).split())


_ALIKE = {"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ő": "ö", "ű": "ü", "’": "'", "‘": "'", "–": "-", "—": "-"}
