"""Read Bluesky's public API: posts, the newest of somebody, the id behind a name (docs.bsky.app, XRPC).

Who asked that only people with an account see their posts (``!no-unauthenticated``) is not shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from ...platforms import recognise
from .. import record
from ..dates import iso
from ..links import picture
from ..reading import Reading, Unusable
from . import values
from .values import Object

if TYPE_CHECKING:
    from ...platforms.asking import Ask
    from ..fetch import Answer

_API = "https://public.api.bsky.app/xrpc/"
_NOT_FOUND, _GONE = b'"NotFound"', "Bluesky says that there is no such post (any more)"
_HIDDEN = "!no-unauthenticated"
#: Labels (of services and the authors' own) whose pictures are not shown unasked.
_SENSITIVE = frozenset(
    {
        "porn",
        "sexual",
        "nudity",
        "sexual-figurative",
        "graphic-media",
        "gore",
        "nsfl",
        "self-harm",
        "sensitive",
        "!warn",
    }
)
_WITHDRAWN = frozenset({"!hide", "!takedown", "!suspend"})


def post(answer: Answer, ask: Ask, address: str) -> Reading:
    """Return what a post says: from ``getPostThread``, ``getPosts`` or ``getRecord``.

    Raises:
        Unusable: it is none, another one, gone, or its author does not want it shown.
    """
    if answer.status == 400 and _NOT_FOUND in answer.body[:300]:
        raise Unusable("gone", _GONE, gone=True)
    found = values.json_object(answer)
    thread = values.inside(found, "thread")
    kind = values.text(thread, "$type")
    if kind.endswith("#notFoundPost"):
        raise Unusable("gone", _GONE, gone=True)
    if kind.endswith("#blockedPost"):
        raise Unusable("private", "the author of this post does not show it to everybody")
    single = values.inside(thread, "post") or next(iter(values.objects(found.get("posts"))), {})
    if not single and values.text(found, "value", "$type") == "app.bsky.feed.post":
        single = {"uri": found.get("uri"), "record": found.get("value")}
    values.about(recognise(address).id, _parts(single)[1])
    _respect(single)
    made = _post(single)
    if made is None:
        raise Unusable("empty", "the answer has no post that could be shown")
    return made


def newest(answer: Answer, ask: Ask, address: str) -> Reading:
    """Return the newest posts of somebody (``getAuthorFeed``), without replies and what they passed on.

    Raises:
        Unusable: there are none, or their author does not want them shown.
    """
    made = []
    author: Object = {}
    for one in values.objects(values.json_object(answer).get("feed")):
        single = values.inside(one, "post")
        passed_on = values.text(one, "reason", "$type").endswith("#reasonRepost")
        if not single or passed_on or one.get("reply") or values.inside(single, "record", "reply"):
            continue
        _respect(single)
        author = author or values.inside(single, "author")
        made.append(_post(single))
    return values.listed(made, _person(author))


def handle(answer: Answer, ask: Ask, address: str) -> Reading:
    """Return the id behind a name as the fact ``did``, and the question that can be asked with it.

    Raises:
        Unusable: there is no id in it.
    """
    did = _did(values.text(values.json_object(answer), "did"))
    if not did:
        raise Unusable("empty", "Bluesky does not know this name")
    from ...platforms.asking import Ask

    known = recognise(address)
    if known.id and known.kind == "post":
        uri = quote(f"at://{did}/app.bsky.feed.post/{known.id}", safe="")
        asks = (Ask("bluesky-post", f"{_API}app.bsky.feed.getPostThread?uri={uri}&depth=0&parentHeight=0"),)
    else:
        actor = quote(did, safe=":")
        asks = (
            Ask("bluesky-feed", f"{_API}app.bsky.feed.getAuthorFeed?actor={actor}&limit=30&filter=posts_no_replies"),
        )
    return Reading(source="api", asks=asks, facts={"did": did})


def _post(single: Object) -> Reading | None:
    who, key = _parts(single)
    author = values.inside(single, "author")
    said = values.inside(single, "record")
    shown = _person(author) or Reading(source="api")
    if not who or not key:
        return None
    text = record.paragraphs(values.text(said, "text"), record.TEXT)
    labels = _labels(single) | _labels(said) | _labels(author)
    if labels & _WITHDRAWN:
        return None
    sensitive = bool(labels & _SENSITIVE)
    image, alt = ("", "") if sensitive else _picture(values.inside(single, "embed"))
    if not text and not image and not sensitive:
        return None
    return Reading(
        source="api",
        url=f"https://bsky.app/profile/{who}/post/{key}",
        kind="post",
        title=values.first_words(text, alt, shown.author),
        text=text,
        author=shown.author,
        author_url=shown.author_url,
        published=iso(values.text(said, "createdAt")) or iso(values.text(single, "indexedAt")),
        image=image,
        image_alt=alt,
        sensitive=sensitive,
    )


def _person(author: Object) -> Reading | None:
    who = _name(author)
    if not who:
        return None
    called = values.name(author, "displayName") or f"@{who}"
    return Reading(
        source="api",
        title=called,
        author=called,
        author_url=f"https://bsky.app/profile/{who}",
        url=f"https://bsky.app/profile/{who}",
        image=picture(author.get("avatar"), ""),
        text=values.paragraphs(values.text(author, "description")),
    )


def _parts(single: Object) -> tuple[str, str]:
    """Return whose a post is, as it stands in addresses, and its key: ``at://did:plc:…/app.bsky.feed.post/3k…``."""
    did, _, rest = values.text(single, "uri").removeprefix("at://").partition("/")
    key = rest.rpartition("/")[2]
    plain = key.isascii() and key.replace("-", "").replace("_", "").isalnum() and len(key) < 64
    return (_name(values.inside(single, "author")) or _did(did), key) if plain else ("", "")


def _name(author: Object) -> str:
    name = values.text(author, "handle")
    plain = name.isascii() and name.replace("-", "").replace(".", "").isalnum() and len(name) < 254
    return name if plain and name != "handle.invalid" else _did(values.text(author, "did"))


def _did(text: str) -> str:
    method = text.startswith(("did:plc:", "did:web:")) and len(text) < 200
    return text if method and text.isascii() and all(letter.isalnum() or letter in ":.-_%" for letter in text) else ""


def _labels(found: Object) -> set[str]:
    given = found.get("labels")
    given = given.get("values") if isinstance(given, dict) else given
    return {values.text(one, "val") for one in values.objects(given) if one.get("neg") is not True}


def _respect(single: Object) -> None:
    author = values.inside(single, "author")
    if _HIDDEN in _labels(author) | _labels(single):
        raise Unusable("private", "the author of these posts shows them only to people who are logged in to Bluesky")


def _picture(embed: Object) -> tuple[str, str]:
    """Return the first picture that a post shows, and what it shows."""
    media = values.inside(embed, "media") or embed
    for one in values.objects(media.get("images")):
        found = picture(one.get("thumb") or one.get("fullsize"), "")
        if found:
            return found, record.line(values.text(one, "alt"))
    if values.text(media, "thumbnail"):
        return picture(media.get("thumbnail"), ""), record.line(values.text(media, "alt"))
    linked = values.inside(media, "external")
    return picture(linked.get("thumb"), ""), ""
