"""Hold every provider: those that can be asked, and how the others' lists are brought home by hand."""

from __future__ import annotations

from .european import EUROPEAN
from .hosted import HOSTED
from .selfhosted import SELFHOSTED
from .source import Source

SOURCES: dict[str, Source] = dict(sorted({**HOSTED, **EUROPEAN, **SELFHOSTED}.items()))

#: Who cannot be asked: the name, and where their own CSV is to be had. A sentence each.
BY_HAND: dict[str, tuple[str, str]] = {
    "basin": ("Basin", "open the form at usebasin.com, choose Submissions, then Export as CSV"),
    "custom": ("your form", "download the list as CSV from whoever receives your form"),
    "loops": ("Loops", "open Audience at app.loops.so, choose all contacts, then Export"),
    "mail": ("mail", "write the addresses of your mails into a CSV with the columns email and name"),
    "sendy": ("Sendy", "open the list in your Sendy, then choose Export all subscribers"),
    "substack": ("Substack", "open Subscribers on your dashboard, choose Export, and unpack what arrives by mail"),
    "tinyletter": ("TinyLetter", "it closed in 2024; take the last CSV that you downloaded there"),
    "web3forms": ("Web3Forms", "open the form's submissions at app.web3forms.com, then Export as CSV"),
}


def name_of(key: str) -> str:
    """Return what people call a provider."""
    if key in SOURCES:
        return SOURCES[key].name
    return BY_HAND[key][0] if key in BY_HAND else key
