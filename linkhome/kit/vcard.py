"""Write the contact card that telephones and mail programs take in: vCard 3.0 for nearly all, 4.0 for the others.

A card says nothing that the page does not say.
"""

from __future__ import annotations

import base64
import re
from typing import Literal

from msgspec import Struct

Version = Literal["3.0", "4.0"]
#: Words that begin a family name.
_PARTICLES = " af av bin bint da de del della den der di dos du el la le mac mc ten ter van vom von zu zum zur "
_WIDEST = 75  # bytes of a line, by both standards


class Card(Struct, frozen=True):
    """What a card says. ``urls`` and ``phones`` are pairs of a label and an address or number."""

    name: str
    kind: Literal["person", "organization"] = "person"
    given: str = ""
    family: str = ""
    nickname: str = ""
    title: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[tuple[str, str], ...] = ()
    home: str = ""
    urls: tuple[tuple[str, str], ...] = ()
    address: str = ""
    note: str = ""
    language: str = ""


def write(card: Card, version: Version, photo: bytes = b"") -> bytes:
    """Return the card as a file; ``photo`` is a JPEG."""
    four = version == "4.0"
    given, family = split(card)
    lines = ["BEGIN:VCARD", f"VERSION:{version}", f"FN:{_text(card.name)}"]
    if card.kind == "organization":
        lines += ["KIND:org"] if four else []
        lines += ["N:;;;;", f"ORG:{_text(card.name)}", *([] if four else ["X-ABShowAs:COMPANY"])]
    else:
        lines.append(f"N:{_text(family)};{_text(given)};;;")
    if card.nickname:
        lines.append(f"NICKNAME:{_text(card.nickname)}")
    lines += [f"EMAIL{'' if four else ';TYPE=INTERNET'}:{_text(email)}" for email in card.emails]
    for kind, number in card.phones:
        plain = re.sub(r"[^\d+]", "", number)
        lines.append(f'TEL;VALUE=uri;TYPE="{kind}":tel:{plain}' if four else f"TEL;TYPE={kind.upper()}:{plain}")
    if card.home:
        lines.append(f"URL:{_uri(card.home)}")
    for item, (label, url) in enumerate(card.urls, 1):
        lines.append(f"item{item}.URL:{_uri(url)}")
        if label:
            lines.append(f"item{item}.X-ABLabel:{_text(label)}")
    if card.address:
        street = _text(card.address.strip())
        lines.append(f"ADR:;;{street};;;;")
    if card.note:
        lines.append(f"NOTE:{_text(card.note)}")
    if four and card.language:
        lines.append(f"LANG:{card.language}")
    if photo:
        data = base64.b64encode(photo).decode("ascii")
        lines.append(f"PHOTO:data:image/jpeg;base64,{data}" if four else f"PHOTO;ENCODING=b;TYPE=JPEG:{data}")
    if card.home:
        lines.append(f"UID:{_uri(card.home)}")
    return "".join(_folded(line) for line in [*lines, "END:VCARD"]).encode()


def small(card: Card) -> str:
    """Return a card short enough for a code that cameras still read: no picture, only the ways to reach somebody."""
    given, family = split(card)
    lines = ["BEGIN:VCARD", "VERSION:3.0", f"N:{_text(family)};{_text(given)}", f"FN:{_text(card.name)}"]
    if card.kind == "organization":
        lines[2:3] = ["N:;", f"ORG:{_text(card.name)}"]
    lines += [f"EMAIL:{_text(email)}" for email in card.emails[:1]]
    lines += [f"TEL:{re.sub(r'[^0-9+]', '', number)}" for _, number in card.phones[:1]]
    lines += [f"URL:{_uri(card.home)}"] if card.home else []
    return "\r\n".join([*lines, "END:VCARD"])


def split(card: Card) -> tuple[str, str]:
    """Return given and family name: as the creator wrote them, else the last word and its particles are the family."""
    if card.given or card.family:
        return card.given, card.family
    words = card.name.split()
    if card.kind == "organization" or len(words) < 2:
        return card.name if card.kind == "person" else "", ""
    if not any("A" <= letter <= "\u02af" for letter in card.name):
        first = words[:1]  # scripts without capitals: one given name, the rest is the family
        return " ".join(first), " ".join(words[1:])
    at = len(words) - 1
    while at > 1 and f" {words[at - 1].casefold()} " in _PARTICLES:
        at -= 1
    return " ".join(words[:at]), " ".join(words[at:])


def _text(text: str) -> str:
    """Return a value in which nothing can end it: separators are escaped, lines are written as ``\\n``."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    for letter in ("\\", ";", ","):
        plain = plain.replace(letter, "\\" + letter)
    plain = plain.replace("\n", "\\n")
    return "".join(letter for letter in plain if letter >= " " and letter != "\x7f")


def _uri(address: str) -> str:
    """Return an address without what would end its line."""
    return re.sub(r"[\x00-\x20\x7f]", "", address)


def _folded(line: str) -> str:
    """Return a line in pieces of at most 75 bytes, none of which cuts a letter; the next begins with a space."""
    if len(line) <= _WIDEST and line.isascii():
        return line + "\r\n"
    pieces, piece, size = [], "", 0
    for letter in line:
        wide = len(letter.encode())
        if size + wide > _WIDEST:
            pieces.append(piece)
            piece, size = " ", 1
        piece += letter
        size += wide
    return "\r\n".join([*pieces, piece]) + "\r\n"
