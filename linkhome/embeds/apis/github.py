"""Read GitHub's API: a repository, somebody, a release or a list of them, an issue, a gist."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from ...platforms import recognise
from .. import record
from ..dates import iso
from ..links import address as clean
from ..links import picture
from ..reading import Reading, Unusable
from . import values
from .values import Object

if TYPE_CHECKING:
    from ...platforms.asking import Ask
    from ..fetch import Answer

_UNLICENSED = ("", "NOASSERTION")


def thing(answer: Answer, ask: Ask, address: str) -> Reading:
    """Return what the API says of whatever was asked for.

    Raises:
        Unusable: nothing that a card could show, or something else.
    """
    found = values.json_value(answer)
    if isinstance(found, list):
        return values.listed(_one(one, "") for one in values.objects(found))
    made = _one(found, address)
    if made is None or not made.title:
        said = record.line(values.text(found, "message"), 120)
        raise Unusable(
            "error" if said else "empty", f"GitHub says: {said}" if said else "there is nothing to show in it"
        )
    return made


def _one(one: Object, address: str) -> Reading | None:
    if values.text(one, "full_name") and "owner" in one:
        return _repository(one, address)
    if values.text(one, "tag_name"):
        return _release(one)
    if values.text(one, "login"):
        return _person(one)
    if "files" in one:
        return _gist(one, address)
    if values.text(one, "title") and values.text(one, "html_url"):
        return _issue(one)
    return None


def _repository(one: Object, address: str) -> Reading:
    full = record.line(values.text(one, "full_name"))
    # A renamed one answers under its new name; only a wholly different one is another thing.
    asked = [part.lower() for part in address.partition("://")[2].split("/")[1:3]]
    if len(asked) == 2 and not any(part in asked for part in full.lower().split("/")):
        raise Unusable("other-thing", "the answer is about another repository than the one that was asked for")
    license_ = values.text(one, "license", "spdx_id")
    return Reading(
        source="api",
        url=clean(one.get("html_url"), "") or f"https://github.com/{quote(full)}",
        kind="repository",
        title=full,
        text=values.paragraphs(values.text(one, "description")),
        author=values.name(one, "owner", "login"),
        author_url=clean(values.inside(one, "owner").get("html_url"), ""),
        published=iso(values.text(one, "pushed_at")),
        image=f"https://opengraph.githubassets.com/1/{quote(full)}",
        license="" if license_ in _UNLICENSED else record.line(license_, 60),
    )


def _release(one: Object) -> Reading:
    return Reading(
        source="api",
        url=clean(one.get("html_url"), ""),
        kind="repository",
        title=values.line(one, "name") or values.line(one, "tag_name"),
        text=values.paragraphs(values.text(one, "body")),
        author=values.name(one, "author", "login"),
        published=iso(values.text(one, "published_at")) or iso(values.text(one, "created_at")),
    )


def _person(one: Object) -> Reading:
    url = clean(one.get("html_url"), "")
    called = values.name(one, "name") or values.name(one, "login")
    return Reading(
        source="api",
        url=url,
        kind="profile",
        title=called,
        text=values.paragraphs(values.text(one, "bio") or values.text(one, "description")),
        author=called,
        author_url=url,
        image=picture(one.get("avatar_url"), ""),
    )


def _issue(one: Object) -> Reading:
    url = clean(one.get("html_url"), "")
    return Reading(
        source="api",
        url=url,
        kind=recognise(url).kind,
        title=values.line(one, "title"),
        text=values.paragraphs(values.text(one, "body")),
        author=values.name(one, "user", "login"),
        author_url=clean(values.inside(one, "user").get("html_url"), ""),
        published=iso(values.text(one, "created_at")),
    )


def _gist(one: Object, address: str) -> Reading:
    """Return a gist, from ``api.github.com/gists/…`` or from its page with ``.json`` behind it."""
    files = one.get("files")
    names = list(files)[:1] if isinstance(files, dict | list) else []
    first = record.line(names[0], 120) if names and isinstance(names[0], str) else ""
    described = values.line(one, "description")
    return Reading(
        source="api",
        url=clean(one.get("html_url"), "") or clean(address, ""),
        kind="code",
        title=described or first,
        text=first if described else "",
        author=values.name(one, "owner", "login") or values.name(one, "owner"),
        published=iso(values.text(one, "created_at")),
    )
