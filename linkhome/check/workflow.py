"""Look at the file by which a host builds the site itself: whether it is there, works, and publishes everything.

That is the workflow of the target ``github-actions``, and ``netlify.toml`` of ``netlify-build``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ..deploy.checkout import Checkout, ours
from ..deploy.entries import Wanted
from ..deploy.nouns import Frozen, Refused
from ..deploy.table import Around
from ..diagnostics import Severity
from .finding import Finding
from .site import Site

RULE = "workflow"
_WRITE = "run 'linkhome deploy --to {}', then commit and push the file"


def find(site: Site, root: Path, state: Path, places: Sequence[Wanted]) -> Iterator[Finding]:
    """Find what is wrong with the file of each place that builds the site itself."""
    for place in places:
        if place.about.builds:
            yield from _found(site, place, Around(root, state, place.name, place.url, yes=True))


def _found(site: Site, place: Wanted, around: Around) -> Iterator[Finding]:
    write = _WRITE.format(place.name)
    try:
        target = place.make(place.given, {}, around)
        if not isinstance(target, Checkout):
            return  # of another package: what its file has to look like is not ours to say
        there, file = target.look(), target.file
        wanted = target.marks(Frozen("", "", {}, {}))[file]
        text = _text(around.root, file)
    except Refused as problem:
        said = problem.diagnostics[0]
        yield Finding(RULE, Severity.ERROR, said.message, said.hint or write)
        return
    if there.stop:
        yield Finding(RULE, Severity.ERROR, there.stop, there.hint or write)
    if not there.files:
        message = f"there is no {file}, so {target.host_name} builds nothing"
        yield Finding(RULE, Severity.ERROR, message, write)
    elif not ours(text):
        yield from _changed(site, place.name, file, text)
    elif there.release != wanted:
        message = f"{file} was written for other settings, or by another linkhome"
        yield Finding(RULE, Severity.WARNING, message, write)


def _changed(site: Site, name: str, file: str, text: str) -> Iterator[Finding]:
    """Judge a file that somebody changed by what has to be in it."""
    write = _WRITE.format(name)
    hidden = any(part.startswith(".") for path in site.files for part in path.split("/"))
    if hidden and "upload-pages-artifact" in text and "include-hidden-files: true" not in text:
        message = f"{file} leaves out .well-known/ and other files whose names begin with a dot"
        hint = "write 'include-hidden-files: true' under 'with:' of actions/upload-pages-artifact"
        yield Finding(RULE, Severity.ERROR, message, hint)
    if "linkhome build" not in text:
        yield Finding(RULE, Severity.ERROR, f"{file} does not run 'linkhome build'", f"{write}; say --yes there")
    elif "--into" not in text:
        message = f"{file} publishes the site as it is built, not as this place is to serve it"
        hint = f"publish what 'linkhome deploy --to {name} --into FOLDER' writes, or {write}; say --yes there"
        yield Finding(RULE, Severity.NOTE, message, hint)


def _text(root: Path, file: str) -> str:
    for folder in (root.resolve(), *root.resolve().parents):
        if (folder / ".git").exists():
            try:
                return (folder / file).read_bytes().decode(errors="replace").replace("\r\n", "\n")
            except OSError:
                return ""
    return ""
