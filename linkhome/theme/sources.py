"""Name every file that a theme is made of, by its content: a changed one changes every page's key."""

from __future__ import annotations

from pathlib import Path

from ..inputs import Inputs
from ..project import Project
from .locate import Theme


def sources(theme: Theme, inputs: Inputs, project: Project) -> list[str]:
    """Return the hash of every template and static file.

    Raises:
        LinkhomeError: one of them leads into ``private/``.
    """
    project.keep_private(theme.site_css, project.relative(theme.site_css))
    found = [f"{inputs.sha256(theme.site_css)}"]
    for folder in (*theme.templates, *theme.static, *(part.path for part in theme.chain)):
        folders = [folder]
        project.keep_private(folder, project.relative(folder))
        while folders:
            for entry in inputs.listing(folders.pop()):
                if entry.is_symlink():
                    project.keep_private(entry.path, project.relative(Path(entry.path)))
                if entry.is_dir(follow_symlinks=False):
                    folders.append(Path(entry.path))
                else:
                    found.append(f"{inputs.name(entry.path)} {inputs.sha256(entry.path)}")
    return found
