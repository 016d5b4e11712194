"""Read what Discord says of a server to everybody: an invitation, or the widget that its owner switched on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...platforms import recognise
from ..links import address as clean
from ..links import picture
from ..reading import Reading, Unusable
from . import values
from .values import Object

if TYPE_CHECKING:
    from ...platforms.asking import Ask
    from ..fetch import Answer

_CDN = "https://cdn.discordapp.com"


def invite(answer: Answer, ask: Ask, address: str) -> Reading:
    """Return the server that an invitation leads to.

    Raises:
        Unusable: it leads nowhere (any more), or elsewhere.
    """
    found = values.json_object(answer)
    guild = values.inside(found, "guild") or found
    title = values.line(guild, "name")
    if not title:
        raise Unusable("gone", "this invitation has run out, or never was", gone=answer.status in (404, 410))
    code, asked = values.text(found, "code"), recognise(address).id
    values.about(asked.lower(), code.lower())
    return Reading(
        source="api",
        url=f"https://discord.gg/{asked or code}"
        if (asked or code).isalnum()
        else clean(found.get("instant_invite"), ""),
        kind="community",
        title=title,
        text=values.paragraphs(values.text(guild, "description")),
        image=_picture(guild),
    )


def _picture(guild: Object) -> str:
    number = values.text(guild, "id")
    for name, folder, size in (("splash", "splashes", 640), ("banner", "banners", 600), ("icon", "icons", 256)):
        file = values.text(guild, name)
        if number.isdecimal() and file.isascii() and file.replace("_", "").isalnum():
            ending = "png" if name == "icon" else "jpg"
            return picture(f"{_CDN}/{folder}/{number}/{file}.{ending}?size={size}", "")
    return ""
