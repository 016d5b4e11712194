"""Built sites of a few files, without a build."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from linkhome.check.finding import Finding
from linkhome.check.site import Site
from linkhome.snapshot import Artifact

HEAD = (
    '<!doctype html><html lang="en"><meta http-equiv="Content-Security-Policy" content="script-src \'self\'">'
    "<title>Lina</title><h1>Lina</h1>"
)


def page(body: str = "", lang: str = "en") -> str:
    """Return a page that nothing is wrong with, but for what ``body`` adds to it."""
    return HEAD.replace('"en"', f'"{lang}"') + body


def built(files: Mapping[str, str | bytes], url: str = "https://lina.example/") -> Site:
    """Return a site of these files."""
    made = {path: Artifact.of(data.encode() if isinstance(data, str) else data) for path, data in files.items()}
    return Site(made, url)


def said(found: Iterable[Finding]) -> list[str]:
    """Return the severity and the message of each finding, and see that each tells what to do."""
    kept = list(found)
    assert all(one.hint and one.message and one.message[-1] != "." for one in kept)
    return [f"{one.severity}: {one.message}" for one in kept]
