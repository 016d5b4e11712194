"""Be Netlify: sites, deploys with their states, files by SHA-1, publishing, locks; and every request is held
against Netlify's own description of its API."""

from __future__ import annotations

import hashlib
import itertools
import re
from datetime import UTC, datetime
from typing import Any, ClassVar
from urllib.parse import unquote

from .http_host import Asked, Host, Said, say
from .netlify_spec import complaints

TOKEN = "nfp_canary0123456789abcdef"
SITE = "0f1e2d3c-4b5a-4968-8776-655443322110"


class Netlify(Host):
    """Hold one site. ``slowness`` is how often a deploy is asked for before it is in its next state."""

    below: ClassVar[str] = "/api/v1"

    def __init__(self) -> None:
        super().__init__()
        self.site: dict[str, Any] = {"id": SITE, "name": "lina-marlow", "state": "current"}
        self.deploys: dict[str, dict[str, Any]] = {}
        self.contents: dict[str, bytes] = {}
        self.published = ""
        self.locked = False
        self.functions: list[dict[str, Any]] = []
        self.slowness = 0
        self.error = ""
        self.complaints: list[str] = []
        self._numbers = itertools.count(1)
        self._waits: dict[str, int] = {}

    # ------------------------------------------------------------ for tests

    def files(self) -> dict[str, bytes]:
        """Return what visitors see."""
        found = self.deploys[self.published]["_files"] if self.published else {}
        return {path.lstrip("/"): self.contents[mark] for path, mark in found.items()}

    def put(self, files: dict[str, bytes], title: str = "by hand") -> str:
        """Publish something as somebody else would."""
        marks = {f"/{path}": hashlib.sha1(data).hexdigest() for path, data in files.items()}
        self.contents |= {marks[f"/{path}"]: data for path, data in files.items()}
        ident = self._made(title, marks, draft=False)
        self.deploys[ident]["state"] = "ready"
        self.published = ident
        return ident

    def visit(self, path: str) -> Said:
        draft = re.match(r"/_draft/([^/]+)(/.*)", path)
        ident, path = (draft[1], draft[2]) if draft else (self.published, path)
        found = self.deploys[ident]["_files"] if ident in self.deploys else {}
        name = f"{path}index.html" if path.endswith("/") else path
        return Said(200, self.contents[found[name]]) if name in found else Said(404)

    # ------------------------------------------------------------ the API

    def answer(self, asked: Asked) -> Said:
        self.complaints += complaints(asked)
        if asked.headers.get("authorization") != f"Bearer {TOKEN}":
            return say({"code": 401, "message": "Access Denied"}, 401)
        parts = [unquote(part) for part in asked.path.strip("/").split("/")]
        match asked.method, parts:
            case "GET", ["sites", site] if site in (SITE, "lina-marlow.netlify.app"):
                return say(self._site())
            case "GET", ["sites", site, "files"] if site == SITE:
                found = self.deploys[self.published]["_files"] if self.published else {}
                return say([{"id": path, "path": path, "sha": mark} for path, mark in found.items()])
            case "GET", ["sites", site, "functions"] if site == SITE:
                return say([{"id": "f", "branch": "main", "functions": self.functions}])
            case "GET", ["sites", site, "deploys"] if site == SITE:
                return say([self._shown(one) for one in reversed(self.deploys.values())])
            case "POST", ["sites", site, "deploys"] if site == SITE:
                return self._create(asked)
            case "GET", ["sites", site, "deploys", ident] if site == SITE and ident in self.deploys:
                self._goes_on(ident)
                return say(self._shown(self.deploys[ident]))
            case "POST", ["sites", site, "deploys", ident, "restore"] if site == SITE and ident in self.deploys:
                if self.deploys[ident]["state"] != "ready" or self.locked:
                    return say({"code": 422, "message": "this deploy cannot be published"}, 422)
                self.published = ident
                return say(self._shown(self.deploys[ident]), 201)
            case "PUT", ["deploys", ident, "files", path] if ident in self.deploys:
                return self._take(self.deploys[ident], f"/{path}", asked)
        return say({"code": 404, "message": "Not Found"}, 404)

    def _site(self) -> dict[str, Any]:
        shown = {**self.site, "ssl_url": self.url.rstrip("/"), "url": self.url.rstrip("/")}
        if self.published:
            shown["published_deploy"] = {**self._shown(self.deploys[self.published]), "locked": self.locked}
        return shown

    def _made(self, title: str, marks: dict[str, str], draft: bool) -> str:
        ident = f"{next(self._numbers):024x}"
        missing = dict.fromkeys(mark for mark in marks.values() if mark not in self.contents)
        self.deploys[ident] = {
            "id": ident,
            "site_id": SITE,
            "title": title,
            "draft": draft,
            "state": "new",
            "required": list(missing),
            "created_at": datetime.now(UTC).isoformat().replace("+00:00", "Z"),
            "deploy_ssl_url": f"{self.url}_draft/{ident}",
            "_files": marks,
        }
        return ident

    def _create(self, asked: Asked) -> Said:
        files = asked.json["files"]
        if any("#" in path or "?" in path or not path.startswith("/") for path in files):
            return say({"code": 422, "message": "Invalid filenames"}, 422)
        ident = self._made(asked.query.get("title", ""), files, bool(asked.json.get("draft")))
        made = self.deploys[ident]
        made["state"] = "preparing" if asked.json.get("async") else "uploading"
        if not asked.json.get("async") and not made["required"]:
            made["state"] = "processing"
        return say(self._shown(made))

    def _take(self, deploy: dict[str, Any], path: str, asked: Asked) -> Said:
        mark = hashlib.sha1(asked.body).hexdigest()
        if deploy["state"] not in ("uploading", "prepared"):
            return say({"code": 422, "message": "this deploy takes no files any more"}, 422)
        if deploy["_files"].get(path) != mark or asked.query.get("size") not in (None, str(len(asked.body))):
            return say({"code": 422, "message": f"Uploaded file {path} did not match deploy"}, 422)
        self.contents[mark] = asked.body
        deploy["required"] = [one for one in deploy["required"] if one != mark]
        deploy["state"] = "uploading" if deploy["required"] else "processing"
        return say({"id": path, "path": path, "sha": mark, "size": len(asked.body)})

    def _goes_on(self, ident: str) -> None:
        deploy = self.deploys[ident]
        self._waits[ident] = self._waits.get(ident, 0) + 1
        if self._waits[ident] <= self.slowness:
            return
        if deploy["state"] == "preparing":
            deploy["state"] = "prepared" if deploy["required"] else "processing"
        elif deploy["state"] == "processing":
            deploy["state"] = "error" if self.error else "ready"
            deploy["error_message"] = self.error or None
        self._waits[ident] = 0

    def _shown(self, deploy: dict[str, Any]) -> dict[str, Any]:
        shown = {name: value for name, value in deploy.items() if not name.startswith("_")}
        # While it compares, it does not know yet what it will ask for.
        return {**shown, "required": []} if deploy["state"] == "preparing" else shown
