"""Ask Netlify's API what a deploy needs of it, and understand its answers; nothing here decides anything.

The requests are those of Netlify's own description (netlify/open-api, 2.55.0); tests hold each of them against it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

from .http import HttpError, Session

API = "https://api.netlify.com/api/v1"
#: From here on Netlify compares the list of files on its own time, as its own tools let it.
MANY = 100
#: Seconds that Netlify may take to prepare, and to process, a deploy.
PATIENCE = 1200.0
#: For so long a deploy of an earlier run is gone on with; later, Netlify may have thrown its files away.
FRESH = timedelta(days=3)

#: What a deploy is called while it waits for files, and while it has them all.
WAITS = ("new", "accepted", "enqueued", "uploading", "preparing", "prepared")
WORKS = ("uploaded", "processing", "processed", "building", "retrying")
READY = "ready"


class Api:
    """Ask about one site. ``site`` is its id or its domain at Netlify. Every method raises `HttpError`."""

    def __init__(self, session: Session, site: str) -> None:
        self._session = session
        self.site = site

    def find(self, shown: str) -> dict[str, Any]:
        """Return the site; ``shown`` is what the creator calls it."""
        answer = self._session.ask("GET", f"/sites/{quote(self.site)}", also=(404,))
        if answer.status == 404:
            hint = (
                "is the name right? A new site is made by dragging any folder to https://app.netlify.com/drop; "
                f"give it the name {shown} under Project configuration"
            )
            raise HttpError(f"Netlify knows no site '{shown}' that this token may see", hint, 404)
        return _deploy_or_site(answer.data)

    def files(self) -> dict[str, str]:
        """Return the published files by path, each with its SHA-1."""
        answer = self._session.ask("GET", f"/sites/{quote(self.site)}/files", also=(404,))
        listed = answer.data if isinstance(answer.data, list) else []
        return {str(one["path"]).lstrip("/"): str(one.get("sha", "")) for one in listed if _has(one, "path")}

    def functions(self) -> int:
        """Return how many programs the site has at Netlify, beside its files."""
        answer = self._session.ask("GET", f"/sites/{quote(self.site)}/functions", also=(403, 404))
        found = answer.data if isinstance(answer.data, list) else [answer.data]
        listed = [one.get("functions") for one in found if isinstance(one, dict)]
        return sum(len(one) for one in listed if isinstance(one, list))

    def known(self, title: str) -> dict[str, Any] | None:
        """Return the deploy with a title that was begun or made lately, the furthest one if there are several."""
        answer = self._session.ask("GET", f"/sites/{quote(self.site)}/deploys", query={"per_page": "50"})
        listed = answer.data if isinstance(answer.data, list) else []
        same = [one for one in listed if _has(one, "id") and one.get("title") == title and _fresh(one)]
        for states in ((READY,), WORKS, WAITS):
            for one in same:
                if one.get("state") in states:
                    return self.deploy(str(one["id"]))
        return None

    def create(self, title: str, marks: Mapping[str, str]) -> dict[str, Any]:
        """Return a new draft for files by path, each with its SHA-1; only one is made whatever happens on the way."""
        data = {"files": {f"/{path}": mark for path, mark in marks.items()}, "draft": True, "async": len(marks) > MANY}
        path, query = f"/sites/{quote(self.site)}/deploys", {"title": title}
        try:
            return _deploy_or_site(self._session.ask("POST", path, query=query, data=data).data)
        except HttpError as problem:
            if not problem.perhaps:
                raise
        # It may be there although nobody said so.
        for pause in (1.0, 5.0, 15.0):
            self._session.wait(pause)
            if known := self.known(title):
                return known
        return _deploy_or_site(self._session.ask("POST", path, query=query, data=data).data)

    def deploy(self, ident: str) -> dict[str, Any]:
        """Return a deploy as it is now."""
        return _deploy_or_site(self._session.ask("GET", f"/sites/{quote(self.site)}/deploys/{quote(ident)}").data)

    def send(self, ident: str, path: str, size: int, body: Callable[[], Any]) -> None:
        """Send one file of a deploy. Slashes in its path are escaped, as in the path of an address they end a part."""
        where = f"/deploys/{quote(ident)}/files/{quote(path, safe='')}"
        self._session.ask("PUT", where, query={"size": str(size)}, body=body)

    def publish(self, ident: str) -> None:
        """Let visitors see a deploy. To publish what is published already changes nothing, so this may be repeated."""
        self._session.ask("POST", f"/sites/{quote(self.site)}/deploys/{quote(ident)}/restore", twice=True)

    def until(self, deploy: dict[str, Any], states: tuple[str, ...], what: str) -> dict[str, Any]:
        """Wait until a deploy is in one of the states, and return it as it is then. ``what`` says what takes time."""
        ident, until, pause = str(deploy["id"]), self._session.now() + PATIENCE, 1.0
        while (state := deploy.get("state")) not in states:
            if state in ("error", "rejected"):
                said = str(deploy.get("error_message") or "it does not say why")[:200]
                raise HttpError(
                    f"Netlify could not {what} the deploy: {said}", "deploy again; if it comes back, ask Netlify"
                )
            if state == "pending_review":
                hint = "allow it in Netlify's dashboard, then deploy again"
                raise HttpError("Netlify wants a person to review the deploy", hint)
            if self._session.now() > until:
                hint = "deploy again later: linkhome goes on with the same deploy, and sends nothing twice"
                raise HttpError(f"Netlify takes more than {PATIENCE / 60:.0f} minutes to {what} the deploy", hint)
            self._session.wait(pause)
            pause = min(pause * 1.5, 10.0)
            deploy = self.deploy(ident)
        return deploy


def _fresh(deploy: Mapping[str, Any]) -> bool:
    try:
        made = datetime.fromisoformat(str(deploy.get("created_at")))
    except ValueError:
        return True
    return datetime.now(UTC) - (made if made.tzinfo else made.replace(tzinfo=UTC)) < FRESH


def _has(one: Any, key: str) -> bool:
    return isinstance(one, dict) and isinstance(one.get(key), str)


def _deploy_or_site(data: Any) -> dict[str, Any]:
    if not _has(data, "id"):
        raise HttpError("Netlify sent something that is no answer to this", "try again later")
    return dict(data)
