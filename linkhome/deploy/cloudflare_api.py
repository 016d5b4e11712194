"""Ask Cloudflare's API for what a Worker of static files needs, and understand its answers; nothing here decides.

The requests are those of Cloudflare's guide to direct uploads (developers.cloudflare.com/workers/static-assets/
direct-upload) and of its reference of Workers' versions and deployments.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple
from urllib.parse import quote

from ..token import Token
from .forms import boundary, kind
from .http import HttpError, Session

API = "https://api.cloudflare.com/client/v4"
MESSAGE, TAG = "workers/message", "workers/tag"
#: Cloudflare's numbers for: there is no such Worker.
_NO_WORKER = (10007, 10090)


class Begun(NamedTuple):
    """Hold an upload: the token for its files, and in which groups they are wanted; none if all are there already."""

    token: Token
    groups: tuple[tuple[str, ...], ...]


class Api:
    """Ask about one Worker of one account. Every method raises `HttpError`."""

    def __init__(self, session: Session, account: str, script: str) -> None:
        self._session = session
        self._workers = f"/accounts/{quote(account)}/workers"
        self._script = f"{self._workers}/scripts/{quote(script)}"

    def live(self) -> tuple[str, ...] | None:
        """Return the versions that visitors get now, mostly one; None if there is no such Worker."""
        answer = self._session.ask("GET", f"{self._script}/deployments", also=(404,))
        if answer.status == 404:
            if any(one.get("code") in _NO_WORKER for one in _list(answer.data, "errors")):
                return None
            hint = "is the account's id right? It is on the Workers page of Cloudflare's dashboard"
            raise HttpError("Cloudflare knows no such account, or not with this token", hint, 404)
        first = _list(_result(answer.data), "deployments")[:1]
        return tuple(str(one.get("version_id")) for one in _list(first[0] if first else {}, "versions"))

    def message(self, version: str) -> str:
        """Return what was written to a version when it was made."""
        answer = self._session.ask("GET", f"{self._script}/versions/{quote(version)}", also=(404,))
        return _message(_result(answer.data)) if answer.status != 404 else ""

    def known(self, message: str) -> str:
        """Return the version with a message, empty if there is none."""
        found = _result(self._session.ask("GET", f"{self._script}/versions", query={"deployable": "true"}).data)
        return next((str(one["id"]) for one in _list(found, "items") if _message(one) == message and "id" in one), "")

    def begin(self, manifest: Mapping[str, tuple[str, int]]) -> Begun:
        """Announce all files by path, each with its hash and size; what was sent lately is not asked for again."""
        named = {f"/{path}": {"hash": mark, "size": size} for path, (mark, size) in manifest.items()}
        data = {"manifest": named}
        answer = self._session.ask("POST", f"{self._script}/assets-upload-session", data=data, twice=True)
        found = _result(answer.data)
        groups = tuple(tuple(map(str, one)) for one in _whole(found.get("buckets")) if one)
        return Begun(self._kept(found), groups)

    def send(self, begun: Begun, form: Callable[[], Any], media: str) -> Token | None:
        """Send one group of files; return the token for all of them once none is missing."""
        where = f"{self._workers}/assets/upload"
        query = {"base64": "true"}
        answer = self._session.ask("POST", where, query=query, body=form, kind=media, token=begun.token, twice=True)
        found = _result(answer.data)
        return self._kept(found) if found.get("jwt") else None

    def version(self, metadata: Mapping[str, Any]) -> str:
        """Make a version that nobody sees yet; only one is made whatever happens on the way."""
        body, media = _settings(metadata)
        message = str(metadata["annotations"][MESSAGE])
        try:
            answer = self._session.ask("POST", f"{self._script}/versions", body=lambda: body, kind=media)
        except HttpError as problem:
            if not problem.perhaps:
                raise
            for pause in (1.0, 5.0, 15.0):
                self._session.wait(pause)
                if known := self.known(message):
                    return known
            answer = self._session.ask("POST", f"{self._script}/versions", body=lambda: body, kind=media)
        return str(_result(answer.data).get("id") or "") or _nothing()

    def show(self, version: str, message: str) -> None:
        """Let all visitors get a version. To do so twice changes nothing."""
        data = {
            "strategy": "percentage",
            "versions": [{"version_id": version, "percentage": 100}],
            "annotations": {MESSAGE: message},
        }
        self._session.ask("POST", f"{self._script}/deployments", data=data, twice=True)

    def first(self, metadata: Mapping[str, Any]) -> None:
        """Make the Worker, and let visitors see it: there is no version of one that does not exist."""
        body, media = _settings(metadata)
        self._session.ask("PUT", self._script, query={"excludeScript": "true"}, body=lambda: body, kind=media)

    def open(self) -> None:
        """Let the Worker be seen at its address under workers.dev."""
        self._session.ask("POST", f"{self._script}/subdomain", data={"enabled": True}, twice=True)

    def is_open(self) -> bool:
        """Tell whether the Worker can be seen at its address under workers.dev."""
        return bool(_result(self._session.ask("GET", f"{self._script}/subdomain").data).get("enabled"))

    def domain(self) -> str:
        """Return the account's name under workers.dev, empty if it has none or the token may not ask."""
        answer = self._session.ask("GET", f"{self._workers}/subdomain", also=(403, 404))
        return str(_result(answer.data).get("subdomain") or "") if answer.status == 200 else ""

    def _kept(self, found: Mapping[str, Any]) -> Token:
        secret = str(found.get("jwt") or "") or _nothing()
        self._session.hide(secret)
        return Token(secret)


def _nothing() -> str:
    raise HttpError("Cloudflare sent something that is no answer to this", "try again later")


def _settings(metadata: Mapping[str, Any]) -> tuple[bytes, str]:
    """Return a form with nothing but a Worker's settings, and its media type."""
    between = boundary()
    head = f'--{between}\r\nContent-Disposition: form-data; name="metadata"\r\nContent-Type: application/json\r\n\r\n'
    return f"{head}{json.dumps(metadata, ensure_ascii=False)}\r\n--{between}--\r\n".encode(), kind(between)


def _result(data: Any) -> dict[str, Any]:
    found = data.get("result") if isinstance(data, dict) else None
    return found if isinstance(found, dict) else {}


def _list(data: Any, key: str) -> list[dict[str, Any]]:
    return [one for one in _whole(data.get(key) if isinstance(data, dict) else None) if isinstance(one, dict)]


def _whole(data: Any) -> list[Any]:
    return data if isinstance(data, list) else []


def _message(version: Mapping[str, Any]) -> str:
    notes = version.get("annotations")
    return str(notes.get(MESSAGE) or "") if isinstance(notes, dict) else ""
