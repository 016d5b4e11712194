"""Read the public page of a Telegram channel (``t.me/s/…``), which shows its newest twenty posts.

It is no API, and its markup is Telegram's own. It is cut at the marks between posts and looked at piece by piece,
which takes time in proportion to its length whatever it holds.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from .. import record
from ..dates import iso
from ..decode import text as decoded
from ..links import picture
from ..reading import Reading, Unusable
from . import values

if TYPE_CHECKING:
    from ...platforms.asking import Ask
    from ..fetch import Answer

_POST, _MOST, _LONGEST = "tgme_widget_message_wrap", 60, 60_000
_NAME = re.compile(r'\bdata-post="(\w{3,64}/\d{1,12})"', re.ASCII)
_WHEN = re.compile(r'<time\b[^<>]{0,200}\bdatetime="([^"<>]{10,40})"')
_TEXT = re.compile(r'<div class="[^"<>]{0,200}\bjs-message_text\b[^"<>]{0,200}"[^<>]{0,200}>')
_BACKGROUND = r"[^<>]{0,600}background-image:url\((?:'|&#39;|&quot;)?([^'\"()<>&]{10,1000})"
_SHOWN = re.compile(
    r'<(?:a|i|div) class="[^"<>]{0,200}(?:_photo_wrap|_video_thumb|link_preview_(?:right_)?image)\b' + _BACKGROUND
)
_AUTHOR = re.compile(r'class="tgme_widget_message_owner_name"[^<>]{0,400}>\s*<span[^<>]{0,100}>([^<]{1,300})')
_META = re.compile(
    r'<meta\b[^<>]{0,100}\bproperty="og:(title|description|image)"[^<>]{0,100}\bcontent="([^"<>]{0,3000})"'
)


def posts(answer: Answer, ask: Ask, address: str) -> Reading:
    """Return the newest posts of a channel.

    Raises:
        Unusable: the page is not that of a public channel, or has no posts.
    """
    text = decoded(answer)
    head, *pieces = text.split(_POST, 4 * _MOST)
    if not pieces:
        raise Unusable("empty", "Telegram shows no posts there: the channel is private, or there is none of that name")
    about = {name: html.unescape(value) for name, value in _META.findall(head[:200_000])}
    title = record.line(about.get("title"))
    channel = Reading(
        source="page",
        title=title,
        author=record.line(title, record.NAME),
        text=record.paragraphs(about.get("description")),
        image=picture(about.get("image"), ""),
    )
    return values.listed((_post(piece[:_LONGEST]) for piece in pieces), channel)


def _post(piece: str) -> Reading | None:
    name, when, begin = _NAME.search(piece), _WHEN.search(piece), _TEXT.search(piece)
    if not name or "service_message" in piece[:400]:
        return None
    text = values.paragraphs(piece[begin.end() :].partition("</div>")[0]) if begin else ""
    shown, author = _SHOWN.search(piece), _AUTHOR.search(piece)
    image = picture(shown[1], "https://t.me/") if shown else ""
    who = record.line(html.unescape(author[1]), record.NAME) if author else ""
    return Reading(
        source="page",
        url=f"https://t.me/{name[1]}",
        kind="post",
        title=values.first_words(text, who) if text or image else "",
        text=text,
        author=who,
        published=iso(when[1]) if when else "",
        image=image,
    )
