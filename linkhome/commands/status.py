"""Say where the site is: what each place shows now, since when, and whether all of them show the same."""

from __future__ import annotations

import time
from collections.abc import Sequence

import msgspec
from msgspec import Struct

from ..config.schema import Site
from ..console import Console, plural
from ..deploy import entries
from ..deploy.entries import Wanted
from ..deploy.journal import Journal, Row
from ..deploy.verify import Seen, build_at
from ..diagnostics import Exit
from ..opening import opened
from ..output import SEAL
from ..places import reached
from ..project import Project


class Standing(Struct, frozen=True):
    """Say how one place stands: what the journal says, and what the place showed just now.

    ``shown`` is None where there is no address to look at. ``written``: nobody visits the place itself.
    """

    name: str
    target: str
    url: str
    last: Row | None
    live: Row | None
    shown: Seen | None
    written: bool = False

    @property
    def build(self) -> str:
        """Return the build that the place shows, as far as anybody knows."""
        if self.shown is not None:
            return self.shown.build
        return self.live.build if self.live else ""

    @property
    def reached(self) -> bool:
        """Tell whether the place gave an answer that has a build in it, or cannot be asked at all."""
        return self.shown is None or self.shown.live

    @property
    def shows(self) -> bool:
        """Tell whether it is known which build visitors see here."""
        return not self.written and self.reached and bool(self.build)

    @property
    def since(self) -> float:
        """Return when the build that is shown was seen live here, in seconds since 1970; 0 if that is not known."""
        return self.live.time if self.live and self.live.build == self.build else 0.0

    @property
    def drifted(self) -> bool:
        """Tell whether the place shows something else than what was put there, or the last attempt was left open."""
        sent = self.live.build if self.live else ""
        return self.build != sent or (self.last is not None and self.last.state in ("begun", "uncertain"))


def run_status(site: str | None, json: bool, console: Console | None = None) -> Exit:
    """Look at every place as a visitor does, and compare; the code is 0 only if all show what they should."""
    console = console or Console()
    project, config, _ = opened(site)
    places = entries.read(config)
    journal = Journal(project.deployed)
    built = _built(project)
    with console.working("Looking at every place"):
        standings = _standings(places, journal)
    visited = [one for one in standings if not one.written]
    same = len({one.build for one in visited}) < 2
    if json:
        rows = [_row(one, built) for one in standings]
        console.json({"built": built, "agree": same, "places": rows})
    else:
        for one in standings:
            console.result(_sentence(one, built))
        if said := _agreement(visited):
            console.result(said)
        for one in _unnamed(places, standings, config.site):
            console.talk(f"To let the pages name {one.name} as a second address, write into its entry: url: {one.url}")
    if not all(one.reached for one in standings):
        return Exit.NETWORK
    return Exit.PROBLEMS if not same or any(one.drifted for one in visited) else Exit.FINE


def _standings(places: Sequence[Wanted], journal: Journal) -> list[Standing]:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(len(places)) as pool:
        return list(pool.map(lambda place: _standing(place, journal), places))


def _standing(place: Wanted, journal: Journal) -> Standing:
    last, live = journal.last(place.name), journal.live(place.name)
    url = place.url or (last.url if last else "") or place.home
    shown = build_at(url) if url and place.about.slow > 0 else None
    return Standing(place.name, place.about.name, url, last, live, shown, not place.about.slow)


def _built(project: Project) -> str:
    """Return the id of the built site here; empty without one."""
    try:
        found = msgspec.json.decode((project.out / SEAL).read_bytes())
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return ""
    return str(found.get("build", "")) if isinstance(found, dict) else ""


def _sentence(one: Standing, built: str) -> str:
    where = f" at {one.url}" if one.url else ""
    if one.written:
        return f"{one.name}: written {_ago(one.live)}." if one.live else f"{one.name}: nothing was written yet."
    if one.last is None and not one.build:
        why = f" ({one.shown.why})" if one.shown else ""
        return f"{one.name}: nothing was published yet{where}{why}."
    if not one.reached and one.shown:
        return f"{one.name}: {one.shown.why}; {_history(one)}."
    verb = "shows" if one.shown else "has, by the journal,"
    kind = (
        "the site that is built here"
        if one.build == built
        else "another build than the one here"
        if built
        else "a site"
    )
    said = f"{one.name}: {verb} {kind} (build {one.build[:8]}){where}, {_history(one)}"
    if one.live and one.build != one.live.build:
        said += f"; linkhome put {one.live.build[:8]} there, so somebody else changed it"
    elif one.drifted:
        said += "; the last deploy was left open, 'linkhome deploy' settles that"
    return said + "."


def _agreement(visited: Sequence[Standing]) -> str:
    """Say whether the places agree, who is behind whom if not, and what to do; nothing where there is one place."""
    known = [one for one in visited if one.shows]
    builds: dict[str, list[Standing]] = {}
    for one in known:
        builds.setdefault(one.build, []).append(one)
    if len(known) < 2:
        return ""
    if len(builds) == 1:
        return "All places show the same site." if known == list(visited) else "The other places show the same site."
    latest = max(known, key=lambda one: one.since)
    behind = [one for one in known if one.build != latest.build]
    if all(one.since for one in known):
        days = int((latest.since - min(one.since for one in behind)) // 86_400)
        by = f" by {plural(days, 'day')}" if days else ""
        said = f"{_names(behind)} {'is' if len(behind) == 1 else 'are'} behind {_names(builds[latest.build])}{by}"
    else:
        said = "; ".join(f"{_names(places)} with build {build[:8]}" for build, places in builds.items())
    return f"The places do not show the same site: {said}. 'linkhome deploy' brings all of them up to date."


def _names(standings: Sequence[Standing]) -> str:
    *rest, last = [one.name for one in standings]
    return f"{', '.join(rest)} and {last}" if rest else last


def _unnamed(places: Sequence[Wanted], standings: Sequence[Standing], site: Site) -> list[Standing]:
    """Return the mirrors that have an address which the build cannot know: no page names them."""
    named = {place.url.rstrip("/") for place in reached(site)}
    drafts = {place.name for place in places if place.given.get("draft") == "true"}
    mirrors = [one for place, one in zip(places, standings, strict=True) if not place.primary and not one.written]
    return [one for one in mirrors if one.url and one.url.rstrip("/") not in named and one.name not in drafts]


def _history(one: Standing) -> str:
    return f"published {_ago(one.live)}" if one.live else "never seen live by linkhome"


def _ago(row: Row) -> str:
    days = int((time.time() - row.time) // 86_400)
    if not row.time or days < 0:
        return f"on {row.at[:10]}"
    ago = f"{plural(days, 'day')} ago" if days else "today"
    return f"on {row.at[:10]} ({ago})"


def _row(one: Standing, built: str) -> dict[str, object]:
    return {
        "name": one.name,
        "target": one.target,
        "url": one.url,
        "build": one.build,
        "reached": one.reached,
        "problem": one.shown.why if one.shown and not one.reached else "",
        "is_built_site": bool(built) and one.build == built,
        "sent": one.live.build if one.live else "",
        "at": one.live.at if one.live else None,
        "state": one.last.state if one.last else None,
        "drifted": one.drifted,
    }
