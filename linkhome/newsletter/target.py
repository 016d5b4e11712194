"""Turn what the creator pasted into the one place where a form goes, or say what is missing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

import msgspec
from msgspec import Struct

from ..diagnostics import did_you_mean
from .entry import EXTRAS, Fetch, Names, Provider
from .filling import fill_address, fill_pairs, fill_text
from .pasted import Pasted, Problem, check
from .places import is_secret
from .table import FORMER, PROVIDERS

__all__ = ["Problem", "Target", "resolve"]


class Target(Struct, frozen=True):
    """Hold where one form goes, with everything filled in; the fields are those of `Provider`.

    ``action`` is empty where there is no form (``native`` is False), and with Netlify, whose form goes to a page of
    the same site. ``drops`` are those of `EXTRAS` that are not sent: the provider cannot keep them, or they have no
    name until the creator writes one under ``names``. ``hidden`` has tags and lists, but not ``thanks``.
    """

    provider: str
    name: str
    mode: str
    action: str
    method: str
    names: Names
    hidden: tuple[tuple[str, str], ...]
    honeypot: str
    honeypot_kind: str
    fetch: Fetch | None
    double_opt_in: str
    thanks: str
    link: str
    native: bool
    poor: str
    drops: tuple[str, ...]
    company: str
    country: str
    remark: str


def resolve(key: str, given: Mapping[str, object]) -> tuple[Target | None, list[Problem]]:
    """Return where the form of a provider goes, and what is wrong with what was written.

    ``given`` are the settings as they stand in the YAML (``account``, ``form``, ``names``, ``tags``, …); None and empty
    values count as not written. There is no target if anything is wrong. No message repeats a pasted value.
    """
    provider = PROVIDERS.get(key)
    if provider is None:
        return None, [_unknown(key)]
    if provider.closed:
        return None, [Problem("provider", provider.closed, "'linkhome newsletter providers' lists those that work")]
    pasted, problems = check(provider, given)
    if problems:
        return None, problems
    target = _filled(provider, pasted)
    problems = list(_collisions(target))
    return (None if problems else target), problems


def _unknown(key: str) -> Problem:
    known = [name for name, provider in PROVIDERS.items() if not provider.closed]
    former = FORMER.get(key.strip().lower())
    hint = f"did you mean '{former}'?" if former else did_you_mean(key, known, "")
    shown = key.isprintable() and not is_secret(key)
    message = f"there is no provider '{key[:40]}'" if shown else "there is no such provider"
    return Problem(
        "provider", message, hint or "'linkhome newsletter providers' lists them all; 'custom' takes any form"
    )


def _filled(provider: Provider, pasted: Pasted) -> Target:
    pasted = pasted._replace(names=_yielding(provider, pasted))
    names, values = pasted.names, pasted.values | _derived(pasted)
    tagged = _repeated(names.tags, pasted.tags, provider.join) + _repeated(names.list, pasted.lists, provider.join)
    hidden = _over(fill_pairs(provider.hidden, values) + tagged, pasted.hidden)
    link = fill_address(provider.link, values)
    return Target(
        provider=provider.key,
        name=provider.name,
        mode=provider.mode,
        action=fill_address(provider.action, values),
        method=pasted.method,
        names=names,
        hidden=hidden,
        honeypot=pasted.honeypot or fill_text(provider.honeypot, values),
        honeypot_kind="text" if pasted.honeypot else provider.honeypot_kind,
        fetch=_fetch(provider, pasted, values, hidden),
        double_opt_in=provider.double_opt_in,
        thanks="" if provider.thanks in dict(pasted.hidden) else provider.thanks,
        link=link,
        native=provider.native,
        poor=provider.poor,
        drops=tuple(extra for extra in EXTRAS if extra in provider.drops or not getattr(names, extra)),
        company=provider.company,
        country=provider.country,
        remark=provider.remark,
    )


def _yielding(provider: Provider, pasted: Pasted) -> Names:
    """Return the names without those of the table that a hidden field of the creator's has: that one is meant."""
    taken = {name for name, _ in pasted.hidden}
    names = pasted.names
    for key in (*EXTRAS, "consent", "phone_consent"):
        ours = getattr(provider.names, key)
        if ours in taken and getattr(names, key) == ours:
            names = msgspec.structs.replace(names, **{key: ""})
    return names


def _derived(pasted: Pasted) -> dict[str, str]:
    """Return the values that templates may use beside the settings themselves."""
    local, _, domain = pasted.values.get("address", "").rpartition("@")
    names = pasted.names
    others = (names.first_name, names.last_name, names.phone, names.consent, names.phone_consent)
    return {
        "local": local,
        "domain": domain,
        "others": ",".join(filter(None, others)),
        "lists": _json(pasted.lists) if pasted.lists else "",
        "named_lists": _json([{"name": name} for name in pasted.lists]) if pasted.lists else "",
    }


def _fetch(
    provider: Provider, pasted: Pasted, values: dict[str, str], hidden: tuple[tuple[str, str], ...]
) -> Fetch | None:
    fetch = provider.fetch
    if fetch is None:
        return None
    names = fetch.names or pasted.names
    sent = fill_pairs(fetch.hidden, values)
    if fetch.encoding == "json":
        sent += ((names.tags, _json(pasted.tags)),) if names.tags and pasted.tags else ()
        sent = _over(sent, pasted.hidden)
    else:
        sent = hidden + sent
    return msgspec.structs.replace(
        fetch, url=fill_address(fetch.url, values), names=names, hidden=sent, token=fill_address(fetch.token, values)
    )


def _repeated(name: str, texts: tuple[str, ...], join: str) -> tuple[tuple[str, str], ...]:
    if not name or not texts:
        return ()
    return ((name, join.join(texts)),) if join else tuple((name, text) for text in texts)


def _over(ours: tuple[tuple[str, str], ...], written: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Return our hidden fields with the creator's, whose own words count where both have one of the same name."""
    theirs = {name for name, _ in written}
    return tuple(pair for pair in ours if pair[0] not in theirs) + written


def _collisions(target: Target) -> Iterator[Problem]:
    """Yield what would be sent twice under one name, or would fill the trap for robots."""
    taken: dict[str, str] = {}
    names = {key: getattr(target.names, key) for key in ("email", *EXTRAS, "consent", "phone_consent")}
    for key, name in [*names.items(), ("honeypot", target.honeypot)]:
        if name and name in taken:
            at = "honeypot" if key == "honeypot" else "names"
            yield Problem(
                at, f"'{taken[name]}' and '{key}' would be sent under the same name", "give each its own name"
            )
        taken.setdefault(name, key)
    for name, _ in target.hidden:
        if name and name in taken:
            what = f"a hidden field has the name of '{taken[name]}'"
            yield Problem("hidden", what, "remove it from 'hidden', or write another name under 'names'")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
