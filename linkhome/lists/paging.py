"""Find the way from one answer to the next: which address is asked first, which then, and when it is over. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

from . import dig
from .source import Job, Paging, Source

_NEXT = re.compile(r"<([^<>]*)>\s*((?:;[^,<>]*)*)")
_REL = re.compile(r";\s*rel\s*=\s*\"?(?:[^\";]*\s)?next(?:\s[^\";]*)?\"?\s*(?:;|$)", re.IGNORECASE)


class LostError(Exception):
    """Say that an answer leads nowhere that can be followed."""


class Page(NamedTuple):
    """Hold one answer: its JSON, its headers (lower-case names), its people, the address that was asked."""

    url: str
    data: Any
    headers: Mapping[str, str]
    people: list[Any]


def people(source: Source, data: Any) -> list[Any] | None:
    """Return the people of an answer, None where there is no list of people. No people at all may be left out."""
    found = dig.at(data, source.people)
    if found is None and type(data) is dict and number(source.paging.total, data, {}) == 0:
        return []
    return found if type(found) is list else None


def filled(template: str, values: Mapping[str, str]) -> str:
    """Return a template with the values in it, each unable to leave its place; ``{server}`` is an address as it is."""
    plain = {name: value.rstrip("/") if name == "server" else quote(value, safe="") for name, value in values.items()}
    return re.sub(r"\{(\w+)\}", lambda found: plain.get(found[1], ""), template)


def first(job: Job, variant: tuple[tuple[str, str], ...], parent: str) -> str:
    """Return the address that is asked first."""
    source, paging = job.source, job.source.paging
    values = {**job.values, "parent": parent}
    query = [(name, _value(text, values)) for name, text in (*source.query, *variant)]
    query = [(name, text) for name, text in query if text]
    if paging.size_param:
        query.append((paging.size_param, str(paging.size)))
    if paging.kind == "page":
        query.append((paging.param, str(paging.start)))
    elif paging.kind == "offset":
        query.append((paging.param, "0"))
    return _with(filled(source.url, values), query)


def following(paging: Paging, page: Page, so_far: int) -> str:
    """Return the address after a page, empty when it was the last. ``so_far`` counts the people up to here.

    Raises:
        LostError: the way on is no address.
    """
    if paging.kind == "next":
        return _address(page.url, dig.at(page.data, paging.next))
    if paging.kind == "link":
        return _address(page.url, _linked(page.headers.get("link", "")))
    if paging.kind == "cursor":
        if paging.more and not dig.at(page.data, paging.more):
            return ""
        last = paging.next.removeprefix("last.")
        found = dig.at(page.data, paging.next) if last == paging.next else dig.at((page.people or [None])[-1], last)
        cursor = dig.text(found)
        if not cursor and paging.more:
            raise LostError("it says that there is more, and not where")
        return _with(page.url, [(paging.param, cursor)]) if cursor else ""
    total = number(paging.total, page.data, page.headers)
    if not page.people or (total is not None and so_far >= total):
        return ""
    if paging.kind == "offset":
        return _with(page.url, [(paging.param, str(so_far))])
    here = int(dict(parse_qsl(urlsplit(page.url).query))[paging.param])
    pages = number(paging.pages, page.data, page.headers)
    if pages is not None and here - paging.start + 1 >= pages:
        return ""
    return _with(page.url, [(paging.param, str(here + 1))])


def number(path: str, data: Any, headers: Mapping[str, str]) -> int | None:
    """Return the number at a path (``header:X`` is a header), None where there is none."""
    if not path:
        return None
    named = path.removeprefix("header:")
    value = headers.get(named.lower()) if named != path else dig.at(data, path)
    if type(value) is str and value.strip().isdecimal():
        value = int(value)
    return value if type(value) is int and value >= 0 else None


def _value(text: str, values: Mapping[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda found: values.get(found[1], ""), text)


def _with(url: str, query: list[tuple[str, str]]) -> str:
    """Return an address with these parameters in the place of those of the same name."""
    parts = urlsplit(url)
    names = {name for name, _ in query}
    kept = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name not in names]
    return urlunsplit(parts._replace(query=urlencode(kept + query)))


def _address(here: str, found: Any) -> str:
    """Return the next address, whole; it may be written in part."""
    if found in (None, ""):
        return ""
    if type(found) is not str:
        raise LostError("what comes next is no address")
    try:
        there = urljoin(here, found)
        parts, before = urlsplit(there), urlsplit(here)
        if (parts.scheme, before.scheme) == ("http", "https") and parts.hostname == before.hostname:
            # Servers behind another that does their TLS often name themselves so.
            parts = parts._replace(scheme="https", netloc=before.netloc)
        same = (parts.scheme, parts.hostname, parts.port) == (before.scheme, before.hostname, before.port)
    except ValueError:
        raise LostError("what comes next is no address") from None
    if not same:
        raise LostError("what comes next is at another server, and the token goes to one only")
    return urlunsplit(parts._replace(fragment=""))


def _linked(header: str) -> str:
    """Return the target of ``rel="next"`` in a header ``Link`` (RFC 8288)."""
    return next((found[1] for found in _NEXT.finditer(header) if _REL.search(found[2])), "")
