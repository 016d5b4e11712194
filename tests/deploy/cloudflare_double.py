"""Be Cloudflare: one account with Workers of static files, their versions and deployments, and files by hash.

It is as strict as the guide to direct uploads: the right token for each step, hashes of 32 digits, base64, the size
that was announced, no version before all files are there.
"""

from __future__ import annotations

import base64
import email
import itertools
import json
import re
from typing import Any, ClassVar
from urllib.parse import unquote

from .http_host import Asked, Host, Said, say

TOKEN = "cf-canary-0123456789abcdef"
ACCOUNT = "0123456789abcdef0123456789abcdef"


def result(value: Any, status: int = 200) -> Said:
    return say({"success": True, "errors": [], "messages": [], "result": value}, status)


def refuse(status: int, code: int, message: str) -> Said:
    return say(
        {"success": False, "errors": [{"code": code, "message": message}], "messages": [], "result": None}, status
    )


class Cloudflare(Host):
    """Hold one account; ``group`` is how many files it wants at once."""

    below: ClassVar[str] = "/client/v4"

    def __init__(self, group: int = 3) -> None:
        super().__init__()
        self.group = group
        self.subdomain = "lina"
        self.domain = ""  # the Worker that has this whole host as its address
        self.scripts: dict[str, dict[str, Any]] = {}
        self.contents: dict[str, tuple[bytes, str]] = {}
        self.sessions: dict[str, dict[str, Any]] = {}
        self.complete: dict[str, dict[str, Any]] = {}
        self.complaints: list[str] = []
        self._numbers = itertools.count(1)

    # ------------------------------------------------------------ for tests

    def version(self, script: str = "lina-marlow") -> dict[str, Any]:
        made = self.scripts[script]
        return made["versions"][made["live"][0]]

    def files(self, script: str = "lina-marlow") -> dict[str, bytes]:
        """Return what visitors see."""
        if script not in self.scripts or not self.scripts[script]["live"]:
            return {}
        return {path.lstrip("/"): self.contents[one["hash"]][0] for path, one in self.version(script)["files"].items()}

    def kind(self, path: str) -> str:
        return self.contents[self.version()["files"][f"/{path}"]["hash"]][1]

    def put(self, script: str = "lina-marlow", message: str = "by hand") -> str:
        """Put a Worker there as somebody else would."""
        ident = self._version(script, {}, {"annotations": {"workers/message": message}})
        self.scripts[script]["live"] = [ident]
        return ident

    def visit(self, path: str) -> Said:
        """Answer at ``/<script>/…``, or everywhere, what that Worker would."""
        script, _, rest = path.lstrip("/").partition("/")
        script, rest = (self.domain, path.lstrip("/")) if self.domain else (script, rest)
        seen = self.domain or self.scripts.get(script, {}).get("open")
        files = self.files(script) if seen else {}
        name = f"{rest}index.html" if not rest or rest.endswith("/") else rest
        return Said(200, files[name]) if name in files else Said(404)

    # ------------------------------------------------------------ the API

    def answer(self, asked: Asked) -> Said:
        bearer = asked.headers.get("authorization", "").removeprefix("Bearer ")
        if asked.path == f"/accounts/{ACCOUNT}/workers/assets/upload" and asked.method == "POST":
            return self._take(bearer, asked)
        if bearer != TOKEN:
            return refuse(401, 10000, "Authentication error")
        parts = [unquote(part) for part in asked.path.strip("/").split("/")]
        if parts[:1] != ["accounts"] or parts[1:2] != [ACCOUNT]:
            return refuse(404, 7003, "Could not route to the account, perhaps your object identifier is invalid?")
        match asked.method, parts[3:]:
            case "GET", ["subdomain"]:
                return result({"subdomain": self.subdomain}) if self.subdomain else refuse(404, 10007, "no subdomain")
            case "POST", ["scripts", script, "assets-upload-session"]:
                return self._begin(script, asked)
            case "PUT", ["scripts", script]:
                return self._upload(script, asked, live=True)
            case _, ["scripts", script, *_] if script not in self.scripts:
                return refuse(404, 10007, "This Worker does not exist on your account.")
            case "GET", ["scripts", script, "deployments"]:
                live = self.scripts[script]["live"]
                versions = [{"version_id": one, "percentage": 100 // len(live)} for one in live]
                return result({"deployments": [{"id": "d", "versions": versions}] if live else []})
            case "POST", ["scripts", script, "deployments"]:
                return self._show(script, asked.json)
            case "GET", ["scripts", script, "versions"]:
                return result({"items": [_shown(one) for one in reversed(self.scripts[script]["versions"].values())]})
            case "POST", ["scripts", script, "versions"]:
                return self._upload(script, asked, live=False)
            case "GET", ["scripts", script, "versions", ident] if ident in self.scripts[script]["versions"]:
                return result(_shown(self.scripts[script]["versions"][ident]))
            case "GET", ["scripts", script, "subdomain"]:
                return result({"enabled": self.scripts[script]["open"], "previews_enabled": False})
            case "POST", ["scripts", script, "subdomain"]:
                self.scripts[script]["open"] = asked.json["enabled"]
                return result({"enabled": asked.json["enabled"]})
        return refuse(404, 7000, "No route for that URI")

    def _begin(self, script: str, asked: Asked) -> Said:
        manifest = asked.json["manifest"]
        for path, one in manifest.items():
            if (
                not path.startswith("/")
                or not re.fullmatch("[0-9a-f]{32}", one["hash"])
                or type(one["size"]) is not int
            ):
                return refuse(400, 10021, f"bad entry {path}")
        missing = list(dict.fromkeys(one["hash"] for one in manifest.values() if one["hash"] not in self.contents))
        groups = [missing[start : start + self.group] for start in range(0, len(missing), self.group)]
        jwt = f"jwt-canary-{next(self._numbers)}"
        (self.sessions if groups else self.complete)[jwt] = manifest
        return result({"jwt": jwt, "buckets": groups}, 201 if not groups else 200)

    def _take(self, jwt: str, asked: Asked) -> Said:
        manifest = self.sessions.get(jwt)
        if manifest is None:
            return refuse(401, 10000, "the token of the upload is not valid")
        if asked.query != {"base64": "true"}:
            self.complaints.append("not said to be base64")
        sizes = {one["hash"]: one["size"] for one in manifest.values()}
        for part in _parts(asked):
            name = part.get_param("name", header="content-disposition")
            data = base64.b64decode(part.get_payload(decode=True), validate=True)
            if name not in sizes or len(data) != sizes[name] or part.get_filename() != name:
                return refuse(400, 10021, "a file that nobody announced")
            self.contents[name] = (data, part["content-type"])
        if all(mark in self.contents for mark in sizes):
            done = f"jwt-canary-{next(self._numbers)}-complete"
            self.complete[done] = manifest
            return result({"jwt": done}, 201)
        return result({}, 202)

    def _upload(self, script: str, asked: Asked, live: bool) -> Said:
        parts = {part.get_param("name", header="content-disposition"): part for part in _parts(asked)}
        metadata = json.loads(parts["metadata"].get_payload(decode=True))
        manifest = self.complete.get(metadata["assets"]["jwt"])
        if manifest is None or list(parts) != ["metadata"]:
            return refuse(400, 10021, "the assets are not complete")
        ident = self._version(script, manifest, metadata)
        if live:
            self.scripts[script]["live"] = [ident]
        return result({"id": script} if live else _shown(self.scripts[script]["versions"][ident]))

    def _version(self, script: str, manifest: dict[str, Any], metadata: dict[str, Any]) -> str:
        number = next(self._numbers)
        ident = f"00000000-0000-4000-8000-{number:012x}"
        made = self.scripts.setdefault(script, {"versions": {}, "live": [], "open": False})
        made["versions"][ident] = {"id": ident, "number": number, "files": manifest, "metadata": metadata}
        return ident

    def _show(self, script: str, data: dict[str, Any]) -> Said:
        wanted = [(one["version_id"], one["percentage"]) for one in data["versions"]]
        if data["strategy"] != "percentage" or [share for _, share in wanted] != [100]:
            return refuse(400, 10021, "the shares do not make 100")
        if wanted[0][0] not in self.scripts[script]["versions"]:
            return refuse(404, 100146, "no such version")
        self.scripts[script]["live"] = [wanted[0][0]]
        return result({"id": "d"})


def _parts(asked: Asked) -> list[Any]:
    head = f"Content-Type: {asked.headers['content-type']}\r\n\r\n".encode()
    return list(email.message_from_bytes(head + asked.body).get_payload())


def _shown(version: dict[str, Any]) -> dict[str, Any]:
    return {"id": version["id"], "number": version["number"], "annotations": version["metadata"].get("annotations", {})}
