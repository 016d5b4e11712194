"""Deploy to Cloudflare as a Worker that has static files and no code: a version is made, then shown in one step.

A version bears our build in its message, so that whatever went wrong on the way, the next run finds it and makes no
second one. A Worker that linkhome did not put there is left alone.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Mapping
from typing import Any

from ..clock import CLOCK, Clock
from ..token import Token
from .asking import looking, working
from .cloudflare_api import API, MESSAGE, TAG, Api, Begun
from .forms import Form, Part, boundary, kind
from .http import ADDRESS, HttpError, Session
from .kinds import kind_of
from .nouns import About, Failed, Frozen, Key, Live, Plan, Refused, Secret, Tell, There
from .sending import Body, Tally, send_all
from .table import Around

#: What Cloudflare takes: bytes of a file, files of a site.
LARGEST, MOST = 25 * 1024 * 1024, 20_000
#: Files that Cloudflare reads, and gives to nobody.
SETTINGS = ("_headers", "_redirects")
#: Seconds until the Worker has to show a version as the one that visitors get.
SHOWING = 60.0
#: The day whose behaviour of Workers is wanted: one that does not change by itself.
_DAY = "2026-01-01"
_FIRST = "first"

ABOUT = About(
    name="cloudflare",
    title="Cloudflare",
    keys=(
        Key(
            "account", "the account's id: on the Workers page of the dashboard", "0" * 32, "[0-9a-f]{32}", required=True
        ),
        Key("script", "the Worker's name", "lina-marlow", r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", required=True),
        Key("api", "where the API is, if not at Cloudflare", API, ADDRESS),
    ),
    secrets=(
        Secret(
            "token",
            "LINKHOME_CLOUDFLARE_TOKEN",
            "an API token, from Cloudflare under My Profile, API Tokens, with the template 'Edit Cloudflare Workers'",
        ),
    ),
    atomic=True,
    headers=SETTINGS,
    slow=60.0,
    remark="it takes 20,000 files of at most 25 MiB each",
)

_MESSAGE = re.compile(r"linkhome ([0-9a-f]{1,64}) ([0-9a-f]{1,64})")


class Cloudflare:
    """Be one Worker at Cloudflare. ``clock`` is another one in tests."""

    about = ABOUT

    def __init__(
        self, given: Mapping[str, str], secrets: Mapping[str, Token], around: Around, clock: Clock = CLOCK
    ) -> None:
        self._session = Session(given.get("api", API), ABOUT.title, secrets["token"], clock)
        self._script = given["script"]
        self._api = Api(self._session, given["account"], self._script)
        self._around = around
        self._address = ""
        self._seen: tuple[str, ...] | None = None
        self._message = ""
        self._first: dict[str, Any] | None = None

    @property
    def address(self) -> str:
        """Return the address under workers.dev, known after `look`; visitors may see it at another, too."""
        return self._address

    def marks(self, frozen: Frozen) -> Mapping[str, str]:
        """Return for every file what Cloudflare knows it by: its content and the media type that it is served with.

        Raises:
            Refused: Cloudflare takes no such file, or not so many.
        """
        if len(frozen.files) > MOST:
            hint = "put it on another host"
            raise Refused(f"Cloudflare takes {MOST:,} files, and the site has {len(frozen.files):,}", hint)
        for path, one in frozen.files.items():
            if one.size > LARGEST:
                hint = "put a large file elsewhere and link to it, or use another host"
                raise Refused(f"Cloudflare takes files of at most 25 MiB, and {path} is larger", hint)
        return {path: _mark(one.sha256, path) for path, one in frozen.files.items()}

    def look(self) -> There:
        """Ask for the Worker and what it shows; which files these are is not told by Cloudflare."""
        with looking("look at the Worker"):
            live = self._api.live()
            self._seen = live or ()
            domain = self._api.domain()
            message = self._api.message(live[0]) if live else ""
        self._address = f"https://{self._script}.{domain}.workers.dev/" if domain else ""
        stop = hint = ""
        ours = _MESSAGE.fullmatch(message)
        if len(self._seen) > 1:
            stop = f"the Worker '{self._script}' shows two versions to different visitors just now"
            hint = "end this in Cloudflare's dashboard (Deployments), then deploy again"
        elif live and not ours and not self._around.yes:
            stop = f"the Worker '{self._script}' was not put there by linkhome"
            hint = "write another name under 'script', or say --yes to replace it"
        elif not domain and not self._around.url:
            stop = "the account has no address under workers.dev yet, so nobody could see the site"
            hint = "open the Workers page of the dashboard once and choose one, or write the site's address under 'url'"
        release = self._seen[0] if self._seen else ""
        return There(ours[1] if ours else "", release, None if live else {}, stop=stop, hint=hint)

    def upload(self, frozen: Frozen, plan: Plan, there: There, tell: Tell) -> str:
        """Send every file that Cloudflare does not have yet, and make a version of all of them."""
        del plan, there
        marks = self.marks(frozen)
        self._message = f"linkhome {frozen.build} {frozen.tree}"
        with working("upload the site"):
            exists = self._api.live() is not None
            if exists and (known := self._api.known(self._message)):
                return known
            try:
                token = self._sent(frozen, marks, tell)
            except HttpError as problem:
                if problem.status not in (401, 403):
                    raise
                # The files' own token is good for an hour: with another one, what has arrived is not sent again.
                token = self._sent(frozen, marks, tell)
            metadata = _metadata(frozen, token, self._message)
            if exists:
                return self._api.version(metadata)
        self._first = metadata
        return _FIRST

    def activate(self, ticket: str) -> str:
        """Show the version to all visitors, if nobody showed another one in the meantime."""
        with working("show the site"):
            live = self._api.live() or ()
            if live == (ticket,):
                self._open()
                return ticket
        if ticket == _FIRST and self._first is None:
            raise Failed("what was uploaded is not known any more", "deploy again")
        if self._seen is not None and live != self._seen:
            hint = "see in its dashboard what that is, then deploy again: this replaces it"
            raise Failed("somebody else put another version there in the meantime", hint)
        why = "Cloudflare has accepted the site, but does not show it"
        try:
            if ticket == _FIRST:
                self._api.first(self._first or {})
            else:
                self._api.show(ticket, self._message or "linkhome")
        except HttpError as problem:
            if not problem.perhaps:
                raise Failed(f"could not show the site: {problem.why}", problem.hint or "deploy again") from None
            why = problem.why
        shown = self._shown("" if ticket == _FIRST else ticket, why)
        with working("give the Worker its address under workers.dev"):
            self._open()
        return shown

    def tidy(self, frozen: Frozen, plan: Plan) -> None:
        """Do nothing: Cloudflare keeps earlier versions, and throws them away itself."""

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def _sent(self, frozen: Frozen, marks: Mapping[str, str], tell: Tell) -> Token:
        """Send what is wanted; return the token that stands for all files."""
        sent = {path: mark for path, mark in marks.items() if path not in SETTINGS}
        begun = self._api.begin({path: (mark, frozen.files[path].size) for path, mark in sent.items()})
        if not begun.groups:
            return begun.token
        by_mark = {mark: path for path, mark in sent.items()}
        groups = [[by_mark[mark] for mark in group if mark in by_mark] for group in begun.groups]
        groups = [group for group in groups if group]
        tally = Tally(sum(frozen.files[path].size for group in groups for path in group), tell)
        ended: list[Token] = []

        def send(group: list[str]) -> None:
            if token := self._group(begun, frozen, marks, group, tally):
                ended.append(token)

        send_all(groups, send, tally)
        if not ended:
            raise HttpError("Cloudflare has all files, but does not say so", "deploy again")
        return ended[-1]

    def _group(
        self, begun: Begun, frozen: Frozen, marks: Mapping[str, str], paths: list[str], tally: Tally
    ) -> Token | None:
        parts = [
            Part(marks[path], kind_of(path), frozen.files[path].size, functools.partial(frozen.open, path))
            for path in paths
        ]
        between, count = boundary(), sum(part.size for part in parts)

        def body() -> Body:
            form = Form(parts, between)
            return Body(form, form.size, tally, paths[0], count)

        return self._api.send(begun, body, kind(between))

    def _open(self) -> None:
        """Let the Worker be seen under workers.dev, if visitors are to see it there."""
        if not self._around.url and not self._api.is_open():
            self._api.open()

    def _shown(self, version: str, why: str) -> str:
        """Ask until visitors get a version, or any if it has no name yet; raise if nobody knows whether they do."""
        until = self._session.now() + SHOWING
        try:
            while True:
                live = self._api.live() or ()
                if len(live) == 1 and (live[0] == version or not version):
                    return live[0]
                if self._session.now() > until:
                    break
                self._session.wait(2.0)
        except HttpError as problem:
            why = problem.why
        hint = "run 'linkhome status' in a few minutes: it says which one it became; to deploy again does no harm"
        raise Failed(f"nobody knows whether the site is shown: {why}", hint, Live.UNKNOWN)


def _metadata(frozen: Frozen, token: Token, message: str) -> dict[str, Any]:
    """Return the settings of a version; the site's headers and redirects are among them."""
    config: dict[str, Any] = {
        "html_handling": "auto-trailing-slash",
        "not_found_handling": "404-page" if "404.html" in frozen.files else "none",
    }
    config |= {name: frozen.read(name).decode() for name in SETTINGS if name in frozen.files}
    return {
        "assets": {"jwt": token.reveal(), "config": config},
        "compatibility_date": _DAY,
        "annotations": {MESSAGE: message, TAG: f"linkhome-{frozen.tree[:12]}"},
    }


def _mark(sha256: str, path: str) -> str:
    return hashlib.sha256(f"{sha256} {kind_of(path)}".encode()).hexdigest()[:32]
