"""Print the JSON Schema of ``linkhome.yaml``, and keep a copy where a site's editor looks for it."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

from ..console import Console
from ..diagnostics import Exit
from ..project import Project

#: What the first line of a new ``linkhome.yaml`` names.
EDITORS_COPY = ".cache/schema.json"


def run(console: Console | None = None) -> Exit:
    """Print the schema to stdout, for an editor or a file."""
    (console or Console()).data(as_text())
    return Exit.FINE


def as_text() -> str:
    """Return the schema as indented ASCII."""
    from ..config.jsonschema import schema

    return json.dumps(schema(), indent=2)


def keep_for_editors(site: Path) -> None:
    """Write the editor's copy; a folder that cannot be written does not matter."""
    path = site / EDITORS_COPY
    with contextlib.suppress(OSError):
        path.parent.mkdir(exist_ok=True)
        path.write_text(as_text() + "\n", "ascii")


def restore_for_editors(project: Project) -> None:
    """Write the editor's copy again if it is gone (``.cache/`` may be deleted) and the site's file names it."""
    if not (project.root / EDITORS_COPY).exists() and EDITORS_COPY.encode() in project.config.read_bytes()[:200]:
        keep_for_editors(project.root)
