"""Tell answers that are none from those that are: challenges, consent and login pages, error pages, placeholders."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .signatures import (
    BEGINNINGS,
    BODIES,
    CONSENT_HOST,
    CONSENTS,
    DETOURS,
    LOGIN_HOST,
    META,
    META_SUBCODES,
    PARKED,
    PICTURES,
    TEXTS,
    TITLES,
)

_TITLES = {title: code for code, titles in TITLES.items() for title in titles}
_DETOURS = [(path, code) for code, paths in DETOURS.items() for path in paths]


def bad_title(title: str, *, google: bool = False) -> str:
    """Return what a title gives away (``blocked``, ``consent``, ``shell``, ``error``); nothing for a good one.

    ``google`` says that the page is of Google's, whose consent pages begin like many an article.
    """
    plain = " ".join(title.lower().split())
    if google and plain.startswith(CONSENTS):
        return "consent"
    return _TITLES.get(plain) or next((code for start, code in BEGINNINGS if plain.startswith(start)), "")


def is_challenge(body: bytes) -> bool:
    """Tell whether the beginning of a page is a check for humans."""
    head = body[:4096].lower()
    return any(mark.encode() in head for mark in BODIES)


def bad_headers(status: int, headers: Mapping[str, str]) -> str:
    """Return ``blocked`` for what says in its headers that it is a challenge, whatever the body says.

    DataDome and Cloudflare mark good answers, too: theirs count only with a status that fits.
    """
    if "challenge" in headers.get("cf-mitigated", "").lower() or headers.get("x-amzn-waf-action"):
        return "blocked"
    return "blocked" if status in (401, 403, 405, 429) and headers.get("x-datadome") else ""


def bad_picture(address: str) -> bool:
    """Tell whether a picture is only a placeholder, to judge by its address."""
    return bool(PICTURES.search(address))


def bad_text(text: str) -> bool:
    """Tell whether a description is what a platform says when it shows nothing."""
    return " ".join(text[:200].lower().split()).startswith(TEXTS)


def detour(asked: tuple[str, str], final: tuple[str, str]) -> str:
    """Return what a redirect means that ended elsewhere; both are (host, path). Nothing for one that is fine."""
    (before, wanted), (host, path) = asked, final
    if CONSENT_HOST.match(host):
        return "consent"
    if host != before:
        if LOGIN_HOST.match(host):
            return "shell"
        if any(host == one or host.endswith("." + one) for one in PARKED):
            return "error"
    parts, own = path.strip("/").lower(), wanted.strip("/").lower()
    if parts == own:
        return ""
    return next((code for one, code in _DETOURS if (parts + "/").startswith(one + "/")), "")


def meta_error(error: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return code and sentence for an error of Meta's Graph API; None for those of anybody else."""
    if "fbtrace_id" not in error and str(error.get("type")) not in ("OAuthException", "GraphMethodException"):
        return None
    code, subcode = error.get("code"), error.get("error_subcode")
    if error.get("is_transient") is True and code not in (4, 17, 32, 341, 613):
        return META[2]
    if isinstance(subcode, int) and subcode in META_SUBCODES:
        return META_SUBCODES[subcode]
    return META.get(code) if isinstance(code, int) else None
