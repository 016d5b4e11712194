"""Deploy to Netlify by file digests: a draft that nobody sees is filled, and published in one step once it is whole.

A deploy bears our build in its title, so that whatever went wrong on the way, the next run finds it, sends what is
missing and makes no second one.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any

from ..clock import CLOCK, Clock
from ..token import Token
from .asking import looking, working
from .http import ADDRESS, HttpError, Session
from .netlify_api import API, READY, WORKS, Api
from .nouns import About, Failed, Frozen, Key, Live, Plan, Refused, Secret, Tell, There
from .sending import Tally, content, send_all
from .table import Around

#: Seconds until the site has to show a deploy as published.
PUBLISHING = 60.0

ABOUT = About(
    name="netlify",
    title="Netlify",
    keys=(
        Key(
            "site",
            "the site's name, domain or id at Netlify",
            "lina-marlow",
            r"[A-Za-z0-9][A-Za-z0-9.-]{0,252}",
            required=True,
        ),
        Key("draft", "true: upload to an address of its own, and publish nothing", "true", "true|false"),
        Key("budget", "how many deploys a month linkhome makes at most", "15", r"[1-9][0-9]{0,3}"),
        Key("api", "where the API is, if not at Netlify", API, ADDRESS),
    ),
    secrets=(
        Secret(
            "token",
            "LINKHOME_NETLIFY_TOKEN",
            "a personal access token, from Netlify under User settings, Applications, New access token",
        ),
    ),
    atomic=True,
    headers=("_headers", "_redirects"),
    slow=120.0,
    budget=15,
    remark="a deploy costs 15 of the 300 credits that Netlify's free plan has a month; when they are used up, "
    "Netlify takes all sites of the account offline until the next month",
)

_TITLE = re.compile(r"linkhome ([0-9a-f]{1,64}) ([0-9a-f]{1,64})")
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_LISTED = ("prepared", "uploading", *WORKS, READY)
#: Answers that say that a deploy of an earlier run cannot be gone on with.
_OVER = (404, 409, 410, 422)


class Netlify:
    """Be one site at Netlify. ``clock`` is another one in tests."""

    about = ABOUT

    def __init__(
        self, given: Mapping[str, str], secrets: Mapping[str, Token], around: Around, clock: Clock = CLOCK
    ) -> None:
        self._yes = around.yes
        self._session = Session(given.get("api", API), ABOUT.title, secrets["token"], clock)
        self._name = given["site"]
        self._draft = given.get("draft") == "true"
        whole = bool(_ID.fullmatch(self._name)) or "." in self._name
        self._api = Api(self._session, self._name if whole else f"{self._name}.netlify.app")
        self._address = f"https://{self._api.site}/" if "." in self._api.site else ""
        self._drafted = ""
        self._seen: str | None = None

    @property
    def address(self) -> str:
        """Return where visitors see it; of a draft, the address of its own, which is known once it is there."""
        return self._drafted if self._draft else self._address

    def marks(self, frozen: Frozen) -> Mapping[str, str]:
        """Return the SHA-1 of every file, by which Netlify knows it.

        Raises:
            Refused: Netlify takes no such name, or a file cannot be read.
        """
        for path in frozen.files:
            if "#" in path or "?" in path:
                raise Refused(f"Netlify takes no file whose name has a '#' or a '?': {path}", "give it another name")
        with looking("read the site"):
            return {path: _sha1(frozen, path) for path in frozen.files}

    def look(self) -> There:
        """Ask for the site, what is published there, and whether that may be replaced."""
        with looking("look at the site"):
            site = self._api.find(self._name)
            self._api.site = str(site["id"])
            self._address = _slashed(site.get("ssl_url") or site.get("url")) or self._address
            published = _published(site)
            self._seen = str(published.get("id", ""))
            # What a draft replaces is published nowhere: the journal knows what the last one was.
            files = None if self._draft else self._api.files() if self._seen else {}
            programs = 0 if self._draft or self._yes or not self._seen else self._api.functions()
        stop, hint = _stop(site, published, self._draft)
        if programs and not stop:
            stop = "the site at Netlify has functions, which a deploy of files alone would take away"
            hint = "go on with 'npx netlify-cli deploy --prod --dir public', or say --yes to do without them"
        ours = _TITLE.fullmatch(str(published.get("title")))
        return There(ours[1] if ours else "", "" if self._draft else self._seen, files, stop=stop, hint=hint)

    def upload(self, frozen: Frozen, plan: Plan, there: There, tell: Tell) -> str:
        """Fill a draft with every file that Netlify does not have yet, and wait until it can be published."""
        del plan, there
        marks, title = self.marks(frozen), f"linkhome {frozen.build} {frozen.tree}"
        with working("upload the site"):
            if known := self._api.known(title):
                try:
                    return self._fill(known, frozen, marks, tell)
                except HttpError as problem:
                    if problem.status not in _OVER:
                        raise
            return self._fill(self._api.create(title, marks), frozen, marks, tell)

    def activate(self, ticket: str) -> str:
        """Publish the deploy that was filled, if nobody published another one in the meantime."""
        if self._draft:
            return ticket
        with working("publish the site"):
            site = self._api.find(self._name)
        published = _published(site)
        now = str(published.get("id", ""))
        if now == ticket:
            return ticket
        stop, hint = _stop(site, published, self._draft)
        if stop:
            raise Failed(stop, hint)
        if self._seen is not None and now != self._seen:
            hint = "see in its dashboard what that is, then deploy again: this replaces it"
            raise Failed("somebody else published another deploy at Netlify in the meantime", hint)
        try:
            self._api.publish(ticket)
        except HttpError as problem:
            if not problem.perhaps:
                raise Failed(f"could not publish the site: {problem.why}", problem.hint or "deploy again") from None
            return self._shown(ticket, problem.why)
        return self._shown(ticket, "Netlify has accepted the deploy, but does not show it as published")

    def tidy(self, frozen: Frozen, plan: Plan) -> None:
        """Do nothing: Netlify keeps earlier deploys, and throws them away itself."""

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def _fill(self, deploy: dict[str, Any], frozen: Frozen, marks: Mapping[str, str], tell: Tell) -> str:
        deploy = self._api.until(deploy, _LISTED, "prepare")
        ident, by_mark = str(deploy["id"]), {mark: path for path, mark in marks.items()}
        if deploy.get("state") not in (READY, *WORKS):
            # Files with the same content are asked for once.
            wanted = dict.fromkeys(deploy.get("required") or ())
            paths = [by_mark[mark] for mark in wanted if mark in by_mark]
            tally = Tally(sum(frozen.files[path].size for path in paths), tell)

            def send(path: str) -> None:
                size = frozen.files[path].size
                self._api.send(ident, path, size, lambda: content(frozen.open(path), size, tally, path))

            send_all(paths, send, tally)
            deploy = self._api.deploy(ident)
        deploy = self._api.until(deploy, (READY,), "process")
        self._drafted = _slashed(deploy.get("deploy_ssl_url") or deploy.get("deploy_url"))
        return ident

    def _shown(self, ticket: str, why: str) -> str:
        """Ask until the site shows the deploy as published; raise, as nobody knows what is seen, if it never does."""
        until = self._session.now() + PUBLISHING
        try:
            while _published(self._api.find(self._name)).get("id") != ticket:
                if self._session.now() > until:
                    break
                self._session.wait(2.0)
            else:
                return ticket
        except HttpError as problem:
            why = problem.why
        hint = "run 'linkhome status' in a few minutes: it says which one it became; to deploy again does no harm"
        raise Failed(f"nobody knows whether the site was published: {why}", hint, Live.UNKNOWN)


def _stop(site: Mapping[str, Any], published: Mapping[str, Any], draft: bool) -> tuple[str, str]:
    """Return why nothing may be put there now, and what to do about it; two empty texts if it may."""
    if site.get("disabled"):
        said = str(site.get("disabled_reason") or "it does not say why")[:200]
        hint = "look at the billing and usage pages of its dashboard; nobody sees any site of the account meanwhile"
        return f"Netlify has switched the site off: {said}", hint
    if draft:
        return "", ""
    if published.get("locked"):
        why = "the published deploy is locked at Netlify, so that no other takes its place"
        return why, "unlock it in the dashboard (Deploys, Unlock to publish), or write 'draft: true' to only try it out"
    if site.get("prevent_non_git_prod_deploys"):
        why = "the site at Netlify takes only what it builds from a repository"
        return why, "allow other deploys in its dashboard (Build & deploy), or use another site"
    return "", ""


def _published(site: Mapping[str, Any]) -> dict[str, Any]:
    found = site.get("published_deploy")
    return found if isinstance(found, dict) else {}


def _sha1(frozen: Frozen, path: str) -> str:
    file: Any
    with frozen.open(path) as file:
        return hashlib.file_digest(file, lambda: hashlib.sha1(usedforsecurity=False)).hexdigest()


def _slashed(url: Any) -> str:
    return f"{url.rstrip('/')}/" if isinstance(url, str) and url else ""
