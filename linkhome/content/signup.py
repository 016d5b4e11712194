"""Decide where the sign-up goes: the provider, the one that stands in for it, and which of them takes a plain form."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from ..config import schema
from ..newsletter.table import PROVIDERS
from ..newsletter.target import Target, resolve
from .addresses import absolute

if TYPE_CHECKING:
    from ..newsletter.entry import Names
    from .gathering import Gathering

#: The pages that a sign-up leads to: their last part of the address is the same in every language.
THANKS, CHECK, SORRY = "thanks", "check-your-mail", "sorry"
#: Those that run the server files of `linkhome.newsletter.server`, which take all three ways and a language.
OWN = frozenset({"worker", "mailjet", "resend"})
#: Days for which a browser keeps what it could not send.
KEPT = 7
#: Short texts of the script, by their names there.
WORDS = "signup_"


class Signup(NamedTuple):
    """Hold where sign-ups go; `find` makes it, once for all languages."""

    news: schema.Newsletter
    primary: Target
    fallback: Target | None = None

    @property
    def targets(self) -> tuple[Target, ...]:
        """Return both, the first choice first."""
        return (self.primary, self.fallback) if self.fallback else (self.primary,)

    @property
    def native(self) -> Target | None:
        """Return the first that takes a plain form, which is what visitors without a script use."""
        return next((one for one in self.targets if one.native and one.mode != "mail"), None)

    @property
    def confirms(self) -> bool:
        """Tell whether a mail follows whose link has to be opened."""
        return self.primary.double_opt_in != "none"

    @property
    def has_form(self) -> bool:
        """Tell whether there is a form at all: else people only write mails."""
        return any(one.mode != "mail" for one in self.targets)

    @property
    def mail(self) -> str:
        """Return the mailto: address of a provider that takes sign-ups by mail; empty when none does."""
        return next((one.link for one in self.targets if one.mode == "mail"), "")


def after(target: Target) -> str:
    """Return the page that follows a sign-up there."""
    return CHECK if target.double_opt_in != "none" else THANKS


def find(all_: Gathering) -> Signup | None:
    """Return where sign-ups go, or None when there is no key ``newsletter`` or it has mistakes, which are told."""
    news = all_.site.newsletter
    if news is None:
        return None
    primary = _resolved(news, ("newsletter",), all_)
    fallback = _resolved(news.fallback, ("newsletter", "fallback"), all_) if news.fallback else None
    if primary is None:
        return None
    found = Signup(news, primary, fallback)
    _check(found, all_)
    return None if news.fallback and fallback is None else found


def origins(signup: Signup) -> tuple[str, ...]:
    """Return whom a script may ask: scheme, host and port of every target, none of them twice."""
    found = []
    for target in signup.targets:
        for url in (target.action, *((target.fetch.url, target.fetch.token) if target.fetch else ())):
            parts = urlsplit(url)
            if parts.scheme in ("http", "https") and target.mode != "mail":
                found.append(f"{parts.scheme}://{parts.netloc}")
    return tuple(dict.fromkeys(found))


def script(signup: Signup, base: str, prefixes: Mapping[str, str]) -> str:
    """Return what signup.js is to know of the targets, as JSON; nothing in it is secret.

    ``prefixes`` are the folders of the site's languages.
    """
    targets = [_told(target, base, prefixes) for target in signup.targets if target.mode != "mail"]
    return _json({"targets": targets, "days": KEPT})


def words(texts: Mapping[str, Mapping[str, str]]) -> str:
    """Return what signup.js says, as JSON, by language."""
    own = {
        language: {key.removeprefix(WORDS): text for key, text in sorted(known.items()) if key.startswith(WORDS)}
        for language, known in texts.items()
    }
    return _json(own)


def next_page(target: Target, base: str, prefix: str, language: str = "") -> tuple[tuple[str, str], ...]:
    """Return the hidden fields that tell a provider where to lead the visitor; none when it or we cannot say."""
    told = [("language", language)] if target.provider in OWN and language else []
    if not base:
        return tuple(told)
    ways = {slug: absolute(base, f"{prefix}{slug}/index.html") for slug in (THANKS, CHECK, SORRY)}
    if target.provider in OWN:
        told += [("thanks", ways[THANKS]), ("check", ways[CHECK]), ("sorry", ways[SORRY])]
    elif target.thanks:
        told.append((target.thanks, ways[after(target)]))
    return tuple(told)


def _told(target: Target, base: str, prefixes: Mapping[str, str]) -> dict[str, Any]:
    onward = {language: next_page(target, base, prefix, language) for language, prefix in prefixes.items()}
    fetch = None
    if target.fetch:
        fetch = {
            "url": target.fetch.url or target.action,
            "json": target.fetch.encoding == "json",
            "names": _names(target.fetch.names or target.names),
            "hidden": target.fetch.hidden or target.hidden,
            "onward": onward if target.provider in OWN else {},
            "accept": target.fetch.accept,
            "success": target.fetch.success,
            "token": target.fetch.token,
        }
    native = None
    if target.native:
        native = {
            "action": target.action,
            "method": target.method,
            "names": _names(target.names),
            "hidden": target.hidden,
            "onward": onward,
            "trap": target.honeypot,
        }
    return {"name": target.name, "fetch": fetch, "native": native, "confirms": target.double_opt_in != "none"}


def _names(names: Names) -> dict[str, str]:
    wanted = ("email", "first_name", "last_name", "phone", "consent", "phone_consent")
    return {name: getattr(names, name) for name in wanted if getattr(names, name)}


def _resolved(sender: schema.Newsletter | schema.Fallback, at: tuple[str, ...], all_: Gathering) -> Target | None:
    spans = all_.config.spans
    target, problems = resolve(sender.provider, sender.given())
    for problem in problems:
        all_.tell(spans.error(problem.message, *at, problem.key, hint=problem.hint))
    return None if problems else target


def _check(signup: Signup, all_: Gathering) -> None:
    """Tell what a provider cannot keep although it is asked for, and where nobody asks twice whether it was meant."""
    spans, news = all_.config.spans, signup.news
    asked = {"first_name": "a first name", "last_name": "a last name", "phone": "a telephone number"}
    for number, field in enumerate(news.fields):
        for target, tell in ((signup.primary, spans.error), (signup.fallback, spans.warning)):
            if target is None or field not in asked or target.mode == "mail":
                continue
            sent = target.fetch.names or target.names if target.fetch and not target.native else target.names
            if not getattr(sent, field):
                hint = f"take '{field}' out, or choose a provider that keeps it: 'linkhome newsletter providers'"
                if field not in PROVIDERS[target.provider].drops:  # it can, once it is told the name
                    hint = f"look up what {target.name} calls it, and write it down: names: {{{field}: …}}"
                all_.tell(tell(f"{target.name} cannot keep {asked[field]}", "newsletter", "fields", number, hint=hint))
    primary = signup.primary
    unasked = primary.double_opt_in == "none" and primary.mode != "mail"  # who writes a mail has shown whose it is
    if unasked and any(one.partition("-")[0] == "de" for one in all_.languages):
        hint = "choose a provider that does, or send it yourself; the own worker can: 'linkhome newsletter worker'"
        message = f"{primary.name} sends no mail to confirm, which German courts expect before the first letter"
        all_.tell(spans.warning(message, "newsletter", "provider", hint=hint))
    if (
        primary.poor
        and not (news.fallback and signup.fallback is None)
        and (signup.native is None or signup.native is primary)
    ):
        hint = "add a 'fallback:' that takes plain forms"
        all_.tell(spans.warning(primary.poor, "newsletter", "provider", hint=hint))


def _json(value: object) -> str:
    # It stands in a file of its own, yet may be put into a page one day: nothing in it can end a script element.
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).replace("<", "\\u003c")
