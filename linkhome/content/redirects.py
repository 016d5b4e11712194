"""Find out where every address under ``redirects`` leads in the end, and make the pages that lead there.

A page is what every host can show: it leads on by itself, and has a link that works when a browser does not follow.
Hosts that can be told send visitors on without it, see `headers.redirects`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple
from urllib.parse import SplitResult, quote, urlsplit

from msgspec import Struct

from ..config.load import Config, text_in
from ..config.nodes import shorten
from ..config.redirects import MOST, Redirect, plain
from ..diagnostics import Diagnostic, LinkhomeError, closest
from ..headers.redirects import FILE, Onward, page_of, quoted
from ..places import reached, shown
from ..snapshot import Artifact
from ..texts import interface
from . import onward
from .addresses import absolute, base_path, root_of, scheme
from .arrangement import Arrangement
from .media import Media
from .taken import Taken

_FRONT = "index.html"
_ANOTHER = "take one of the two away, or choose another address"
#: Looking for what was meant takes a moment each time; nobody repairs more at once.
_HINTS = 20
_PORTS = {"http": 80, "https": 443}
#: What stays as it is in an address that somebody wrote; "$" would begin a variable in some servers.
_KEPT = "!&'()*+,/:;=?@~%"


class Leading(NamedTuple):
    """Hold what leads on: rules for hosts, pages with the hash of their styles, and what is wrong."""

    rules: tuple[Onward, ...] = ()
    pages: Mapping[str, Artifact] = {}
    styles: tuple[str, ...] = ()
    found: tuple[Diagnostic, ...] = ()


def plan(config: Config, arranged: Arrangement, media: Media, files: Collection[str]) -> Leading:
    """Return what leads on; ``files`` are all other files of the site, but those in ``media/`` and ``assets/``.

    Every mistake is in the result, none is raised. Files of the creator's that are led to come into the site.
    """
    return _Desk(config, arranged, media, files).all() if config.site.redirects else Leading()


class _Wish(Struct, frozen=True):
    """One entry: its key as it was written, what that means, the page for it, and where it is to lead."""

    key: str
    inside: str
    page: str
    to: str
    permanent: bool
    at: tuple[str, ...]


class _Goal(Struct, frozen=True):
    """Where an entry leads: to a file of the site, to another entry, or elsewhere; with a place on that page."""

    file: str = ""
    wish: _Wish | None = None
    url: str = ""
    fragment: str = ""


class _Desk:
    def __init__(self, config: Config, arranged: Arrangement, media: Media, files: Collection[str]) -> None:
        self._config, self._arranged, self._media, self._files = config, arranged, media, set(files)
        self._spans = config.spans
        self._homes = dict.fromkeys(home for home in (config.site.url, *(p.url for p in reached(config.site))) if home)
        self._found: list[Diagnostic] = []
        self._wishes: dict[str, _Wish] = {}
        self._goals: dict[str, _Goal | None] = {}
        self._taken = Taken(files)

    def all(self) -> Leading:
        given = self._config.site.redirects
        for key, value in given.items():
            self._take(key, value)
        if len(given) > MOST:
            message = f"there are {len(given):,} redirects, and {MOST:,} are allowed"
            self._found.append(self._spans.error(message, "redirects", hint="hosts read no more of them", key=True))
        if FILE in self._files:
            message = f"theme/static/{FILE} takes the place of the one that linkhome would write for hosts"
            hint = "move its lines under 'redirects', and take the file away"
            self._found.append(self._spans.warning(message, "redirects", hint=hint))
        self._goals = {wish.key: self._goal(wish) for wish in self._wishes.values()}
        ends = [(wish, *end) for wish in self._wishes.values() if (end := self._end(wish))]
        rules = tuple(Onward(f"/{wish.inside}", _to(goal), 301 if lasting else 302) for wish, goal, lasting in ends)
        pages = {wish.page: Artifact.of(onward.write(self._notice(wish, goal))) for wish, goal, _ in ends}
        return Leading(rules, pages, (onward.STYLE,), tuple(self._found))

    # ------------------------------------------------------------------ addresses that lead on

    def _take(self, key: str, given: str | Redirect) -> None:
        whole = given if isinstance(given, Redirect) else Redirect(to=given)
        at = ("redirects", key) if whole is not given else ("redirects", key, "to")
        inside = plain(key)
        wish = _Wish(key, inside, page_of(inside), whole.to, whole.permanent, at)
        other = self._wishes.get(inside)
        why = f"'{key}' is the same address as '{other.key}'" if other else self._taken.why_not(key, inside, wish.page)
        if why:
            self._found.append(self._spans.error(why, "redirects", key, hint=_ANOTHER, key=True))
        else:
            self._wishes[inside] = wish
            self._taken.note(wish.page)

    # ------------------------------------------------------------------ where they lead

    def _end(self, wish: _Wish) -> tuple[_Goal, bool] | None:
        """Return where an address leads in the end, and whether for good; None if it leads nowhere."""
        trail, seen, fragment = [wish], {wish.key}, ""
        while (goal := self._goals[trail[-1].key]) and (following := goal.wish):
            fragment = fragment or goal.fragment
            if following.key in seen:
                if following is wish:  # the others of the circle find it themselves
                    self._circle(trail)
                return None
            trail.append(following)
            seen.add(following.key)
        if goal is None:
            return None
        if fragment and not goal.fragment and scheme(goal.url) != "mailto":
            goal = _Goal(goal.file, None, goal.url, fragment)
        return goal, all(one.permanent for one in trail)

    def _circle(self, trail: list[_Wish]) -> None:
        key = trail[0].key
        if len(trail) == 1:
            found = self._spans.error(f"'{key}' leads to itself", *trail[0].at, hint="write where it is to lead")
        else:
            way = [one.key for one in trail[:5]] + ["…"] * (len(trail) > 5) + [key]
            message = f"'{key}' leads in a circle: {' → '.join(way)}"
            found = self._spans.error(message, *trail[0].at, hint="let one of them lead to a page")
        self._found.append(found)

    def _goal(self, wish: _Wish) -> _Goal | None:
        if scheme(wish.to) == "mailto":
            return _Goal(url=wish.to)
        way, _, fragment = wish.to.partition("#")
        if scheme(way):
            return self._elsewhere(way, fragment)
        inside = plain(way if way.startswith("/") else f"/{way}")
        if other := self._wishes.get(inside):
            return _Goal(wish=other, fragment=fragment)
        languages = (self._language(wish), *self._config.languages)
        named = next((found for one in languages if (found := self._arranged.places.get((inside, one)))), "")
        file = self._file(inside) or named if way.startswith("/") else named or self._file(inside)
        if file:
            return _Goal(file, fragment=fragment)
        if inside.startswith("media/") or (not way.startswith("/") and "." in inside and not inside.endswith(".md")):
            return self._own_file(wish, way.lstrip("/"), fragment)
        near = closest(inside, self._addresses()) if len(self._found) < _HINTS else None
        hint = f"did you mean '/{near}'?" if near else "write the address of a page of the site: /posts/new"
        self._found.append(self._spans.error(f"the site has no page '{way}'", *wish.at, hint=hint))
        return None

    def _elsewhere(self, url: str, fragment: str) -> _Goal:
        """Return where a whole address leads. One of the site itself is a page of it, whichever host shows it."""
        for home in self._homes:
            inside = _inside(home, url)
            if inside is not None and (other := self._wishes.get(inside)):
                return _Goal(wish=other, fragment=fragment)
            if inside is not None and home == self._config.site.url and "?" not in url and (file := self._file(inside)):
                return _Goal(file, fragment=fragment)
        return _Goal(url=url, fragment=fragment)

    def _own_file(self, wish: _Wish, name: str, fragment: str) -> _Goal | None:
        """Take a file of the creator's into the site. Its name there changes with its content."""
        try:
            goal = _Goal(self._media.file(self._media.near(name, ""), ""), fragment=fragment)
        except LinkhomeError as problem:
            said = problem.diagnostics[0]
            self._found.append(self._spans.error(said.message, *wish.at, hint=said.hint))
            return None
        if wish.permanent:
            message = f"'{name}' has another address whenever it changes, so nothing can lead there for good"
            self._found.append(self._spans.error(message, *wish.at, hint="take 'permanent: true' out"))
        return goal

    def _file(self, inside: str) -> str:
        return next((one for one in (inside, f"{inside}/{_FRONT}".lstrip("/")) if one in self._files), "")

    def _addresses(self) -> list[str]:
        pages = (path.removesuffix(_FRONT).rstrip("/") for path in sorted(self._files))
        return [*filter(None, pages), *self._wishes]

    # ------------------------------------------------------------------ the pages

    def _notice(self, wish: _Wish, goal: _Goal) -> onward.Notice:
        site, language = self._config.site, self._language(wish)
        words = interface(language, site.texts)[0]["leads_on"]
        if goal.file:
            text = self._arranged.text(goal.file)
            name = text_in(site.profile.name, language, self._config.languages)
            named = text.title if text else goal.file.removesuffix(_FRONT) or name
            href = root_of(wish.page) + quote(goal.file) + _place(goal)
            canonical = absolute(site.url or "", goal.file)
        else:
            href = goal.url + _place(goal)
            mail = scheme(goal.url) == "mailto"
            named = shorten(goal.url[len("mailto:") :].partition("?")[0] if mail else shown(goal.url))
            canonical = "" if mail else href
        return onward.Notice(language, href, words.format(address=named), canonical)

    def _language(self, wish: _Wish) -> str:
        first = wish.inside.partition("/")[0]
        return first if first in self._config.languages else self._config.languages[0]


def _inside(home: str, url: str) -> str | None:
    """Return what an address means in the site at ``home``; None if it lies elsewhere. Both hosts' schemes are one."""
    own, there = urlsplit(home), urlsplit(url)
    base, path = base_path(home), there.path or "/"
    if _host(own) != _host(there) or not f"{path.rstrip('/')}/".startswith(base):
        return None
    return plain(f"/{path[len(base) :]}")


def _host(parts: SplitResult) -> tuple[str, int | None]:
    port = None if parts.port == _PORTS.get(parts.scheme) else parts.port
    return (parts.hostname or "").rstrip("."), port


def _to(goal: _Goal) -> str:
    """Return where a rule leads: percent-encoded, a folder without its file."""
    if goal.file:
        return f"/{quoted(goal.file.removesuffix(_FRONT) if _is_front(goal.file) else goal.file)}{_place(goal)}"
    before, slashes, rest = goal.url.partition("://")
    host, slash, rest = rest.partition("/")
    return f"{before}{slashes}{host}{slash}{quote(rest, safe=_KEPT)}{_place(goal)}"


def _is_front(file: str) -> bool:
    return file.rpartition("/")[2] == _FRONT


def _place(goal: _Goal) -> str:
    return f"#{quote(goal.fragment, safe=_KEPT)}" if goal.fragment else ""
