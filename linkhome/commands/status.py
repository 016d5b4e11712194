"""Say where the site is: what each place shows now, since when, and whether all of them show the same."""

from __future__ import annotations

import time
from collections.abc import Sequence

import msgspec
from msgspec import Struct

from ..console import Console, plural
from ..deploy import entries
from ..deploy.entries import Wanted
from ..deploy.journal import Journal, Row
from ..deploy.verify import Seen, build_at
from ..diagnostics import Exit
from ..opening import opened
from ..output import SEAL
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
        if len(visited) > 1:
            console.result("All places show the same site." if same else "The places do not show the same site.")
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
    kind = "the site that is built here" if one.build == built else "another build than the one here"
    said = f"{one.name}: shows {kind} (build {one.build[:8]}){where}, {_history(one)}"
    if one.live and one.build != one.live.build:
        said += f"; linkhome put {one.live.build[:8]} there, so somebody else changed it"
    elif one.drifted:
        said += "; the last deploy was left open, 'linkhome deploy' settles that"
    return said + "."


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
