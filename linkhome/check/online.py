"""Look at the places where a site is, as its visitors do: there, whole, the same everywhere, safe, and not old."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple
from urllib.parse import urlsplit

import msgspec
from msgspec.structs import replace

from ..deploy.entries import Wanted
from ..deploy.journal import Journal
from ..deploy.nouns import About
from ..diagnostics import Severity
from ..embeds.fetch import Answer, Client, FetchError, Limits
from ..headers.served import Served
from ..snapshot import SEAL
from .answers import Answers, ask
from .certificate import Trusted, ends_at
from .finding import Finding
from .sent import Case, judge
from .site import Site
from .well_known import FOLDER

RULE = "live"
#: From so many days on what comes from elsewhere counts as old, and a certificate as about to end.
OLD, SOON = 30, 14
_DAY = 86_400.0
_FILE = Limits("file", 2_000_000, 15, 5, False, (), "*/*")
_DEPLOY = "run 'linkhome deploy'"


class Place(NamedTuple):
    """Be one place to look at: its name, its address with a slash at the end, and when it was deployed (0: unknown).

    ``about`` is its target; None where nobody said what kind of host it is.
    """

    name: str
    url: str
    deployed: float = 0.0
    about: About | None = None


class Seen(NamedTuple):
    """Hold what a look found, and which places gave no answer."""

    found: Sequence[Finding]
    silent: Sequence[str]


def places(wanted: Sequence[Wanted], journal: Journal, url: str) -> list[Place]:
    """Return every place that visitors see; without the key ``deploy`` it is the address of the site."""
    found = []
    for one in wanted:
        last, live = journal.last(one.name), journal.live(one.name)
        address = one.url or (last.url if last else "") or one.home or (url if one.primary else "")
        if address:
            found.append(Place(one.name, address.rstrip("/") + "/", live.time if live else 0.0, one.about))
    if not wanted and url:
        found.append(Place("the site", url.rstrip("/") + "/"))
    return found


def look(
    site: Site, build: str, where: Sequence[Place], client: Client, trusted: Trusted, fetched: bool, served: Served
) -> Seen:
    """Look at every place. ``fetched`` says that the site shows what comes from elsewhere, which can get old, and
    ``served`` with what its pages are to be sent.

    Nothing is raised: who does not answer is a finding.
    """
    found: list[Finding] = []
    silent: list[str] = []
    builds: dict[str, str] = {}
    for place in where:
        try:
            answer = client.get(place.url + SEAL, _FILE)
        except FetchError as problem:
            silent.append(place.name)
            hint = "look whether the host is up; visitors who were there before see their saved copy, if any"
            found.append(_finding(Severity.ERROR, f"the site cannot be reached: {problem.sentence}", hint, place))
            continue
        shown = _build(answer)
        if not shown:
            message = f"no site of linkhome is at {place.url}: {SEAL} is answered with {answer.status}"
            hint = f"{_DEPLOY}; if somebody else's site is there, see to the domain"
            found.append(_finding(Severity.ERROR, message, hint, place))
        else:
            builds[place.name] = shown
            found += _other(place, shown, build)
            answers = ask(site, place.url, client)
            found += _well_known(site, place, answers)
            case = Case(site, served, place.about, shown == build, len(where) > 1)
            found += [replace(one, places=(place.name,)) for one in judge(case, answers)]
            found += _age(place, answer) if fetched else ()
        found += _certificate(place, trusted)
    if len(set(builds.values())) > 1:
        each = ", ".join(f"{name} {one[:8]}" for name, one in builds.items())
        hint = f"{_DEPLOY}: it brings all of them up to date"
        found.append(Finding(RULE, Severity.ERROR, f"the places do not show the same site: {each}", hint))
    return Seen(found, silent)


def _other(place: Place, shown: str, build: str) -> Iterator[Finding]:
    if shown != build:
        message = f"another build is shown ({shown[:8]}) than your files make now ({build[:8]})"
        yield _finding(Severity.NOTE, message, f"{_DEPLOY} when you want visitors to see what you changed", place)


def _well_known(site: Site, place: Place, answers: Answers) -> Iterator[Finding]:
    """Hold what came of ``.well-known/`` against the files; programs look for it at the top of a host only."""
    kept = [path for path in sorted(site.files) if path.startswith(FOLDER)]
    if kept and urlsplit(place.url).path != "/":
        message = f"{place.url} lies below the top of its host, where nobody looks for {FOLDER}"
        yield _finding(Severity.WARNING, message, "give the site an address of its own (a domain)", place)
        return
    for path in kept:
        answer = answers.files.get(path)
        if answer is None:
            why = f"does not come: {answers.problems.get(path, '')}"
        else:
            why = "is another one there" if answer.status == 200 else f"is answered with {answer.status}"
        if answer is None or answer.status != 200 or answer.body != site.data(path):
            hint = f"{_DEPLOY}; if that does not help, the host leaves out names that begin with a dot"
            yield _finding(Severity.ERROR, f"/{path} {why}", hint, place)


def _age(place: Place, answer: Answer) -> Iterator[Finding]:
    changed = max(place.deployed, _changed(answer.headers))
    days = int((time.time() - changed) // _DAY)
    if changed and days >= OLD:
        message = f"what comes from elsewhere is at least {days} days old there"
        hint = (
            f"run 'linkhome refresh', then {_DEPLOY.removeprefix('run ')}; the target github-actions does so every day"
        )
        yield _finding(Severity.WARNING, message, hint, place)


def _certificate(place: Place, trusted: Trusted) -> Iterator[Finding]:
    if urlsplit(place.url).scheme != "https":
        return
    ends = ends_at(place.url, trusted)
    days = int((ends - time.time()) // _DAY) if ends else SOON
    if days < SOON:
        message = f"the certificate is good until {datetime.fromtimestamp(ends, UTC).date().isoformat()} only"
        hint = "renew it; most hosts do so by themselves, so look there for what keeps them from it"
        yield _finding(Severity.WARNING, message, hint, place)


def _finding(severity: Severity, message: str, hint: str, place: Place) -> Finding:
    return Finding(RULE, severity, message, hint, (place.name,))


def _build(answer: Answer) -> str:
    try:
        found = msgspec.json.decode(answer.body) if answer.status == 200 else None
    except (msgspec.DecodeError, UnicodeDecodeError):
        return ""
    build = found.get("build") if isinstance(found, dict) else None
    return build if isinstance(build, str) else ""


def _changed(headers: Mapping[str, str]) -> float:
    """Return when a host says that a file was changed, in seconds since 1970; 0 if it does not say."""
    try:
        return parsedate_to_datetime(headers.get("last-modified", "")).timestamp()
    except (TypeError, ValueError, OverflowError):
        return 0.0
