"""Show that a platform is down: say so on every page, lead to what remains, mark what leads nowhere just now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import msgspec

from ..config.schema import OutageEntry
from ..outage.current import Current, current
from ..platforms import recognise
from . import model, moments

if TYPE_CHECKING:
    from .gathering import Gathering
    from .here import Here

#: So many other channels are named in the banner.
INSTEAD = 3


def on(entries: Sequence[OutageEntry], all_: Gathering) -> tuple[Current, ...]:
    """Return the outages of this moment, and remember when the next one begins or ends."""
    found = []
    for one in current(entries, all_.now, all_.zone):
        all_.will_change(one.since if one.since > all_.now else one.until)
        if one.is_on(all_.now):
            found.append(one)
    return tuple(found)


def down(address: str, here: Here) -> model.Down | None:
    """Return the mark of a place that cannot be reached just now; None for all others."""
    if not here.all.outages:
        return None
    known = recognise(address)
    for one in here.all.outages:
        if one.concerns(known):
            window = _window(one, here)
            here.timed = here.timed or window is not None
            return model.Down(text=here.texts["outage_down"], window=window)
    return None


def banner(here: Here) -> model.Outage | None:
    """Return what every page says while something is down."""
    outages = here.all.outages
    if not outages:
        return None
    texts, names = here.texts, list(dict.fromkeys(one.name for one in outages))
    platform = f" {texts['outage_and']} ".join(filter(None, (", ".join(names[:-1]), names[-1])))
    signup = here.all.signup
    way = f"{here.way_to(f'{here.prefix}index.html')}#newsletter"
    button = model.Link(href=way, title=texts["outage_button"], outside=False) if signup else None
    ends = [one.until for one in outages]
    return model.Outage(
        platform=platform,
        text=texts[f"{'outage_text' if signup else 'outage_else'}{'_many' * (len(names) > 1)}"].format(
            platform=platform
        ),
        note=" ".join(filter(None, (here.text(one.entry.note) for one in outages))),
        button=button,
        instead=tuple(channels(here)[:INSTEAD]),
        window=model.Window(until=int(max(ends) * 1000)) if all(ends) else None,
    )


def beside(links: Iterable[model.Link], here: Here) -> tuple[model.Link, ...]:
    """Return links with the next best channel behind each run of those that are down, and nothing twice."""
    given = list(links)
    best = channels(here)[:1] if any(link.down for link in given) else []
    if not best:
        return tuple(given)
    own = next((link for link in given if link.href == best[0].href), None)
    found: list[model.Link] = []
    placed = False
    for number, link in enumerate(given):
        if link is own and placed:
            continue
        found.append(link)
        placed = placed or link is own
        if link.down and not placed and not (number + 1 < len(given) and given[number + 1].down):
            found.append(own or _added(best[0], link, here))
            placed = True
    return tuple(found)


def channels(here: Here) -> list[model.Link]:
    """Return the creator's channels that work just now, the best first: other platforms, then mail and telephone."""
    from .blocks.contact import ways

    site = here.all.site
    links = here.links(site.socials, ("socials",), me=True)
    outside = [link for link in links if link.href.startswith("http")]
    others = [link for link in links if not link.href.startswith("http")]
    others += [link for link in ways(site.contact, here) if link.href] if site.contact else []
    found: dict[str, model.Link] = {}
    for link in (*outside, *others):
        if not link.down:
            found.setdefault(link.href.partition("?")[0] if link.href.startswith("mailto:") else link.href, link)
    return list(found.values())


def _added(best: model.Link, link: model.Link, here: Here) -> model.Link:
    note = here.texts["outage_instead"].format(platform=link.platform or link.title)
    return msgspec.structs.replace(best, note=note, window=link.down.window if link.down else None)


def _window(one: Current, here: Here) -> model.Window | None:
    return moments.window(None, one.entry.until, here.all.zone, here.all.now)[0]
