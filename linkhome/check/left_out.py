"""Find files that a creator put among those to be published, and that no visitor ever gets: hidden names."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from ..deploy.freeze import LITTER
from ..diagnostics import Severity
from ..inputs import hidden
from .finding import Finding

RULE = "left-out"
#: What tools keep for themselves in any folder; nobody means to publish that.
_OF_TOOLS = re.compile(r"\.(?:git.*|keep|svn|hg|idea|vscode|editorconfig|.*\.sw[a-z]|_.*|~.*)", re.IGNORECASE)
_FOLDER = "static"


def find(theme: Path) -> Iterator[Finding]:
    """Find hidden names in the folder ``static/`` of the site's own theme."""
    for folder, folders, files in os.walk(theme / _FOLDER):
        inside = Path(folder).relative_to(theme.parent).as_posix()
        for name in sorted((*folders, *files)):
            if hidden(name) and name not in LITTER and not _OF_TOOLS.fullmatch(name):
                message = f"{inside}/{name} is not published: its name begins with a dot"
                hint = "rename it if visitors are to get it, or take it away; .htaccess and .well-known are published"
                yield Finding(RULE, Severity.NOTE, message, hint)
        folders[:] = sorted(name for name in folders if not hidden(name))
