"""Read the API of Mastodon and what speaks like it: a status, an account, the newest of an account.

What somebody put behind a warning stays behind it: the warning is the text, and there is no picture.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from msgspec import structs

from ...platforms import recognise
from .. import record
from ..dates import iso
from ..links import picture
from ..markup import plain
from ..reading import Reading, Unusable
from . import values
from .values import Object

if TYPE_CHECKING:
    from ...platforms.asking import Ask
    from ..fetch import Answer

_STATUSES = "/statuses?limit=30&exclude_replies=true&exclude_reblogs=true"


def status(answer: Answer, ask: Ask, address: str) -> Reading:
    """Return what one status says.

    Raises:
        Unusable: it is none, another one, or not for everybody.
    """
    found = values.json_object(answer)
    asked = recognise(address).id
    addresses = [values.text(found, "url"), values.text(found, "uri")]
    values.about(asked, values.text(found, "id"), *(one.rstrip("/").rpartition("/")[2] for one in addresses))
    if values.text(found, "visibility") in ("private", "direct"):
        raise Unusable("private", "this post is not for everybody")
    made = _status(found)
    if made is None:
        raise Unusable("empty", "the answer has no post that could be shown")
    return made


def newest(answer: Answer, ask: Ask, address: str) -> Reading:
    """Return the newest statuses of somebody, without replies, what they passed on, and what is not for everybody.

    Raises:
        Unusable: there are none.
    """
    found = values.json_value(answer)
    made = []
    account: Object = {}
    for one in values.objects(found):
        hidden = values.text(one, "visibility") in ("private", "direct")
        if hidden or one.get("reblog") or one.get("in_reply_to_id"):
            continue
        account = account or values.inside(one, "account")
        made.append(_status(one))
    return values.listed(made, _person(account))


def account(answer: Answer, ask: Ask, address: str) -> Reading:
    """Return what an account says of itself, its number as the fact ``account``, and the question for its newest.

    Raises:
        Unusable: it is no account, or one that was closed.
    """
    found = values.json_object(answer)
    number, made = values.text(found, "id"), _person(found)
    if made is None or not (number.isascii() and number.isalnum() and len(number) < 64):
        raise Unusable("empty", "the answer has no account")
    if found.get("suspended") is True:
        raise Unusable("gone", "the server says that this account was closed")
    from ...platforms.asking import Ask

    host = urlsplit(answer.url or ask.url).netloc
    asks = (Ask("mastodon-statuses", f"https://{host}/api/v1/accounts/{number}{_STATUSES}"),)
    return structs.replace(made, kind="profile", asks=asks, facts={"account": number})


def _status(found: Object) -> Reading | None:
    url = record.web_address(values.text(found, "url")) or record.web_address(values.text(found, "uri"))
    author = _person(values.inside(found, "account"))
    if not url or "content" not in found:
        return None
    warning = record.paragraphs(plain(values.text(found, "spoiler_text")[:5_000]))
    sensitive = bool(warning) or found.get("sensitive") is True
    text = warning or record.paragraphs(_spoken(values.text(found, "content"), found))
    image, alt = ("", "") if sensitive else _picture(found)
    if not text and not image and not sensitive:
        return None
    who = author.author if author else ""
    return Reading(
        source="api",
        url=url,
        kind="post",
        title=values.first_words(text, alt, who),
        text=text,
        author=who,
        author_url=author.author_url if author else "",
        published=iso(values.text(found, "created_at")),
        image=image,
        image_alt=alt,
        sensitive=sensitive,
    )


def _person(account: Object) -> Reading | None:
    url = record.web_address(values.text(account, "url"))
    called = record.line(_spoken(values.text(account, "display_name"), account), record.NAME)
    called = called or values.name(account, "username")
    if not called:
        return None
    return Reading(
        source="api",
        title=called,
        author=called,
        author_url=url,
        url=url,
        text=record.paragraphs(_spoken(values.text(account, "note"), account)),
        image=picture(account.get("avatar_static") or account.get("avatar"), ""),
    )


def _spoken(markup: str, found: Object) -> str:
    """Return markup as plain text without the server's own little pictures (``:blobcat:``)."""
    text = plain(markup[:50_000])
    for emoji in values.objects(found.get("emojis"))[:50]:
        code = values.text(emoji, "shortcode")
        if code and code.replace("_", "").isalnum():
            text = text.replace(f":{code}:", "")
    return text


def _picture(found: Object) -> tuple[str, str]:
    for one in values.objects(found.get("media_attachments")):
        image = picture(one.get("preview_url"), "") or (
            picture(one.get("url"), "") if values.text(one, "type") == "image" else ""
        )
        if image:
            return image, record.line(values.text(one, "description"))
    return picture(values.inside(found, "card").get("image"), ""), ""
