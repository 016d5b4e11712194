"""Hold requests against Netlify's own description of its API, where this machine has it."""

from __future__ import annotations

import functools
import json
import re
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft4Validator

from .http_host import Asked

FILE = Path(__file__).resolve().parents[3] / "shared/samples/hosts/netlify-openapi.yml"


def complaints(asked: Asked) -> list[str]:
    """Return what is wrong with a request; nothing where there is no description."""
    return _spec().complaints(asked) if FILE.exists() else []


class _Spec:
    def __init__(self) -> None:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        self.text: dict[str, Any] = yaml.load(FILE.read_text(), loader)
        self.paths = [(re.compile(re.sub(r"\{[^}]+\}", "[^/]+", path)), path) for path in self.text["paths"]]

    def complaints(self, asked: Asked) -> list[str]:
        found = next((path for pattern, path in self.paths if pattern.fullmatch(asked.path)), None)
        item = self.text["paths"].get(found, {})
        operation = item.get(asked.method.lower())
        if operation is None:
            return [f"{asked.line}: no such operation"]
        wrong = []
        known = [self.resolved(one) for one in (*item.get("parameters", ()), *operation.get("parameters", ()))]
        queries = {one["name"]: one for one in known if one["in"] == "query"}
        wrong += [f"{asked.line}: unknown query {name}" for name in asked.query if name not in queries]
        for name, value in asked.query.items():
            if queries.get(name, {}).get("type") == "integer" and not value.isdecimal():
                wrong.append(f"{asked.line}: {name} is no integer")
        body = next((one for one in known if one["in"] == "body"), None)
        kind = asked.headers.get("content-type", "")
        if body and body["schema"].get("format") != "binary":
            if kind != "application/json":
                wrong.append(f"{asked.line}: {kind} instead of JSON")
            schema = {**self.text, **body["schema"]}
            wrong += [
                f"{asked.line}: {one.message}" for one in Draft4Validator(schema).iter_errors(json.loads(asked.body))
            ]
        elif body:
            consumes = operation.get("consumes", self.text["consumes"])
            wrong += [] if kind in consumes else [f"{asked.line}: {kind} instead of {consumes}"]
        elif asked.body:
            wrong.append(f"{asked.line}: a body that nobody asked for")
        return wrong

    def resolved(self, one: dict[str, Any]) -> dict[str, Any]:
        if "$ref" not in one:
            return one
        found: Any = self.text
        for part in one["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        return found


@functools.cache
def _spec() -> _Spec:
    return _Spec()
