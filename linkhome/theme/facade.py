"""Tell play.js what a click puts in the place of a card's picture.

Every byte of the first flight counts: what the platform table says of a host stands in the script (`frames`), which
is fetched later, and a card carries only what differs from that (`facade`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache

from markupsafe import Markup

from ..content.model import Card
from ..platforms.entry import ALLOW, SANDBOX
from ..platforms.table import PLATFORMS

#: What a frame is given when nothing else is said; play.js has the same.
USUAL = {
    "of": "",
    "tail": "",
    "size": "16/9",
    "allow": ALLOW,
    "sandbox": SANDBOX,
    "referrer": "strict-origin-when-cross-origin",
}


def facade(card: Card) -> Markup:
    """Return attributes with a space before each; "" for a card that is a link and nothing more.

    ``data-play`` is the frame's address without ``https://``, and without the ``data-tail`` that all of its host have;
    ``data-of`` (whose it is), ``data-size`` (``9/16``, or a
    height in CSS pixels), ``data-allow``, ``data-sandbox`` and ``data-referrer`` differ from those of the frame's host.
    A sound that the page plays itself wants no frame.
    """
    player = card.player
    if player is None or card.audio:
        return Markup("")
    own = {
        "of": player.platform,
        "size": _size(player.aspect, player.height),
        "allow": player.allow,
        "sandbox": player.sandbox,
        "referrer": player.referrer,
    }
    known = _hosts()
    network = known.get(player.platform, {}) | {"of": ""}
    usual = USUAL | known.get(player.host, network)
    told = {name: value for name, value in own.items() if value and value != usual[name]}
    address, tail = player.src.removeprefix("https://"), usual["tail"]
    if tail and address.endswith(tail):
        address = address.removesuffix(tail)
    elif tail:
        told["tail"] = " "
    told = {"play": address} | told
    return Markup("").join(Markup(' data-{}="{}"').format(name, value) for name, value in told.items())


def frames(hosts: Iterable[str]) -> str:
    """Return what the script has to know of these hosts, as JSON: by host, what differs from what is usual.

    The servers of a network stand together under its name.
    """
    wanted = frozenset(hosts)
    anywhere = wanted - _hosts().keys()  # a server of a network that has many
    known = {name: own for name, own in sorted(_hosts().items()) if name in wanted or (anywhere and "." not in name)}
    return json.dumps(known, ensure_ascii=False, separators=(",", ":"))


@cache
def _hosts() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for platform in PLATFORMS.values():
        for frame in platform.frames:
            made = frame.address.removeprefix("https://").partition("/")[0].partition("?")[0]
            own = {
                "of": platform.name,
                "tail": _tail(frame.address),
                "size": _size(frame.aspect, frame.height),
                "allow": frame.allow,
                "sandbox": frame.sandbox,
                "referrer": frame.referrer,
            }
            differing = {name: value for name, value in own.items() if value and value != USUAL[name]}
            for host in (platform.name if made == "{host}" else made, *frame.hosts):
                if host and "{" not in host:
                    found.setdefault(host, differing)
    return found


def _tail(template: str) -> str:
    """Return the parameters with which every address of this frame ends; none where something else may follow."""
    _, mark, tail = template.partition("?")
    return f"?{tail}" if mark and "{" not in tail else ""


def _size(aspect: str, height: int) -> str:
    return aspect.replace(":", "/") or str(height or "")
