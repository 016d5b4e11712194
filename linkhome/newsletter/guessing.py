"""Guess what the fields of a strange form are for: by what browsers are told, by the type, by names in use."""

from __future__ import annotations

import re
from typing import NamedTuple

from .places import LONGEST_NAME, is_plain, is_secret
from .snippet import Form, Found

_COMPLETE = {
    "email": "email",
    "given-name": "first_name",
    "name": "first_name",
    "family-name": "last_name",
    "tel": "phone",
    "tel-national": "phone",
}
#: Tried in this order on the name, then on id, placeholder and label.
_WORDS = (
    ("email", re.compile(r"e-?mail|courriel|correo|^field_0$", re.IGNORECASE)),
    (
        "phone",
        re.compile(
            r"phone|mobile?|t[eé]l[eé](?:f|ph)|handy|whats-?app|(?:^|[^a-z])(?:tel|sms)(?:$|[^a-z])", re.IGNORECASE
        ),
    ),
    (
        "last_name",
        re.compile(
            r"last[ _-]?name|(?:^|[^a-z])l_?name|family|surname|nach-?name|(?:^|\W)nom(?:$|\W)|apellido|cognome",
            re.IGNORECASE,
        ),
    ),
    (
        "first_name",
        re.compile(
            r"first[ _-]?name|(?:^|[^a-z])f_?name|given|vor-?name|pr[eé]nom|nombre"
            r"|(?:^|[^a-z])(?:(?:full|your)[ _-]?)?name(?:$|[^a-z])",
            re.IGNORECASE,
        ),
    ),
)
_CONSENT = re.compile(
    r"consent|gdpr|dsgvo|rgpd|agree|accept|opt[ _-]?in|privacy|datenschutz|einwillig|zustimm|terms|policy",
    re.IGNORECASE,
)
#: Names that forms give to what only robots fill in.
_TRAP = re.compile(
    r"_gotcha|_honey|honey-?pot|bot-?field|bot-?check|hp|hp[_-].+|h\[.*\]|nonce|website|url|b_[0-9a-f]{10,}_[0-9a-f]{6,}"
    r"|email_address_check|rm_(?:email|comment)|_trap|trap|leave_(?:this_)?(?:empty|blank).*|f_[0-9a-f]{8,}",
    re.IGNORECASE,
)
#: What belongs to one visit of the vendor's page, or to its captcha: it would be wrong on any other.
_FLEETING = re.compile(
    r"(?:g-re|h-|frc-)?captcha.*|cf-turnstile.*|altcha.*|csrf.*|_?token|authenticity_token|__requestverificationtoken"
    r"|_wpnonce|_wp_http_referer",
    re.IGNORECASE,
)


class Read(NamedTuple):
    """Hold what the fields of a form are for.

    ``names`` are those of what can be asked for; ``hidden`` all that is sent unseen, in its order; ``traps`` are names
    of text fields for robots; ``left`` are names of fields that have no place in a sign-up of linkhome; ``lost`` says
    that something was left out because it belongs to one visit, ``secret`` because it must not be shown.
    """

    names: dict[str, str]
    hidden: tuple[tuple[str, str], ...]
    traps: tuple[str, ...]
    left: tuple[str, ...]
    lost: bool
    secret: bool


def understand(form: Form) -> Read:
    """Return what each field of a form is for; those without a name are never sent, and count for nothing."""
    names: dict[str, str] = {}
    hidden: list[tuple[str, str]] = []
    traps: list[str] = []
    left: list[str] = []
    lost = secret = pressed = False
    fields = [one for one in form.fields if one.name and is_plain(one.name, LONGEST_NAME) and is_plain(one.value)]
    shown = [one for one in fields if one.type not in ("hidden", "submit", "image", "button", "reset")]
    all_unseen = all(one.unseen for one in shown)  # a form that opens on a click
    for one in fields:
        if _FLEETING.fullmatch(one.name):
            lost = True
        elif is_secret(one.value) or is_secret(one.name):
            secret = True
        elif _is_trap(one, form, all_unseen):
            traps += [one.name] if one.type != "checkbox" else []
        elif one.type == "hidden":
            hidden.append((one.name, one.value))
        elif one.type in ("submit", "button"):
            # Only the button that is pressed is sent; a field called "submit" would stand in the way of scripts.
            if one.value and one.name != "submit" and not pressed:
                hidden.append((one.name, one.value))
                pressed = True
        elif one.type in ("checkbox", "radio"):
            _tick(one, names, hidden, left)
        elif (what := guess(one)) and what not in names and one.type not in ("select", "textarea", "file", "password"):
            names[what] = one.name
        elif one.type == "select" and one.value:
            hidden.append((one.name, one.value))
        elif one.type not in ("image", "reset"):
            left.append(one.name)
    sent = {*names.values(), *(name for name, _ in hidden)}
    lacking = tuple(dict.fromkeys(name for name in left if name not in sent))
    return Read(names, tuple(hidden), tuple(dict.fromkeys(traps)), lacking, lost, secret)


def guess(one: Found) -> str:
    """Return which of ``email``, ``first_name``, ``last_name``, ``phone`` a field is for; empty if none."""
    for word in reversed(one.autocomplete.split()):
        if word in _COMPLETE:
            return _COMPLETE[word]
    if one.type in ("email", "tel"):
        return "email" if one.type == "email" else "phone"
    for text in (one.name, one.words):
        for what, pattern in _WORDS:
            if pattern.search(text):
                return what
    return ""


def _is_trap(one: Found, form: Form, all_unseen: bool) -> bool:
    if form.trap and one.name == form.trap:
        return True
    if one.type in ("submit", "button", "image", "reset", "radio", "select"):
        return False
    named = bool(_TRAP.fullmatch(one.name))
    if one.type == "hidden":
        return named and not one.value
    return one.unseen and not all_unseen and not one.required and not (one.checked and not named)


def _tick(one: Found, names: dict[str, str], hidden: list[tuple[str, str]], left: list[str]) -> None:
    """Decide about a box: one to agree becomes ours; a list that is chosen already stays chosen."""
    if one.type == "checkbox" and _CONSENT.search(f"{one.name} {one.words}"):
        if one.value in ("on", "", "true", "yes"):
            names.setdefault("consent", one.name)
        else:
            hidden.append((one.name, one.value))
    elif one.checked:
        hidden.append((one.name, one.value))
    else:
        left.append(one.name)
