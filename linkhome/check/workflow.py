"""Look at the workflow that builds the site at GitHub: whether it is there, works, and publishes everything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ..deploy.actions import FILE, Actions
from ..deploy.checkout import ours
from ..deploy.entries import Wanted
from ..deploy.nouns import Frozen, Refused
from ..deploy.table import Around
from ..diagnostics import Severity
from .finding import Finding
from .site import Site

RULE = "workflow"
_WRITE = "run 'linkhome deploy --to {}', then commit and push the file"


def find(site: Site, root: Path, state: Path, places: Sequence[Wanted]) -> Iterator[Finding]:
    """Find what is wrong with the workflow, for each place of the target ``github-actions``."""
    for place in places:
        if place.about.name == Actions.about.name:
            yield from _found(site, place, Around(root, state, place.name, place.url, yes=True))


def _found(site: Site, place: Wanted, around: Around) -> Iterator[Finding]:
    write = _WRITE.format(place.name)
    try:
        target = Actions(place.given, {}, around)
        there = target.look()
        wanted = target.marks(Frozen("", "", {}, {}))[FILE]
        text = _text(around.root)
    except Refused as problem:
        said = problem.diagnostics[0]
        yield Finding(RULE, Severity.ERROR, said.message, said.hint or write)
        return
    if there.stop:
        yield Finding(RULE, Severity.ERROR, there.stop, there.hint or write)
    if not there.files:
        yield Finding(RULE, Severity.ERROR, f"there is no {FILE}, so GitHub builds nothing", write)
    elif not ours(text):
        yield from _changed(site, text, write)
    elif there.release != wanted:
        message = f"{FILE} was written for other settings, or by another linkhome"
        yield Finding(RULE, Severity.WARNING, message, write)


def _changed(site: Site, text: str, write: str) -> Iterator[Finding]:
    """Judge a workflow that somebody changed by what has to be in it."""
    hidden = any(part.startswith(".") for path in site.files for part in path.split("/"))
    if hidden and "upload-pages-artifact" in text and "include-hidden-files: true" not in text:
        message = f"{FILE} leaves out .well-known/ and other files whose names begin with a dot"
        hint = "write 'include-hidden-files: true' under 'with:' of actions/upload-pages-artifact"
        yield Finding(RULE, Severity.ERROR, message, hint)
    if "linkhome build" not in text:
        yield Finding(RULE, Severity.ERROR, f"{FILE} does not run 'linkhome build'", f"{write}; say --yes there")


def _text(root: Path) -> str:
    for folder in (root.resolve(), *root.resolve().parents):
        if (folder / ".git").exists():
            try:
                return (folder / FILE).read_bytes().decode(errors="replace").replace("\r\n", "\n")
            except OSError:
                return ""
    return ""
