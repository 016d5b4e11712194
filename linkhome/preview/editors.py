"""Write the address at which an editor opens a file at a line: each has a scheme of its own, or none."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from ..diagnostics import Exit, LinkhomeError, Span, did_you_mean, error

#: By name, the address with ``{file}``, ``{line}`` and ``{column}`` to be filled in.
EDITORS: dict[str, str] = {
    "vscode": "vscode://file/{file}:{line}:{column}",
    "vscodium": "vscodium://file/{file}:{line}:{column}",
    "cursor": "cursor://file/{file}:{line}:{column}",
    "windsurf": "windsurf://file/{file}:{line}:{column}",
    "zed": "zed://file/{file}:{line}:{column}",
    "sublime": "subl://open?url=file:///{file}&line={line}&column={column}",
    "textmate": "txmt://open?url=file:///{file}&line={line}&column={column}",
    "bbedit": "x-bbedit://open?url=file:///{file}&line={line}&column={column}",
    "idea": "idea://open?file={file}&line={line}&column={column}",
    "emacs": "emacs://open?url=file:///{file}&line={line}&column={column}",
    "macvim": "mvim://open?url=file:///{file}&line={line}&column={column}",
    "nova": "nova://open?path={file}&line={line}&column={column}",
    "none": "",
}
#: What people call them, too.
ALIASES = {
    "code": "vscode",
    "visualstudiocode": "vscode",
    "codium": "vscodium",
    "subl": "sublime",
    "sublimetext": "sublime",
    "mate": "textmate",
    "jetbrains": "idea",
    "intellij": "idea",
    "intellijidea": "idea",
    "pycharm": "idea",
    "webstorm": "idea",
    "phpstorm": "idea",
    "mvim": "macvim",
}
#: What would open a page, a file or a script in the browser is no editor.
_NO_EDITORS = frozenset({"javascript", "data", "http", "https", "file", "vbscript", "blob", "about", "view-source"})
_ADDRESS = re.compile(r"([a-z][a-z0-9+.-]{1,30}):[A-Za-z0-9{}/:?#@!$&()*+,;=._~%-]{1,300}")
_PLACES = re.compile(r"\{(\w*)\}")
_DRIVE = re.compile(r"[A-Za-z]:/")


def choose(wanted: str | None = None, environ: Mapping[str, str] | None = None) -> str:
    """Return the template of the editor that was ``wanted`` by name or as a template; empty for none.

    Without a wish it is that of ``LINKHOME_EDITOR``, else Visual Studio Code where the terminal is its own or its
    command is there, else none.

    Raises:
        LinkhomeError: there is no such editor, or the template is no address of one.
    """
    environ = os.environ if environ is None else environ
    given = (wanted or environ.get("LINKHOME_EDITOR", "")).strip()
    if not given:
        return EDITORS["vscode"] if _has_vscode(environ) else ""
    if ":" in given or "{" in given:
        return _checked(given)
    name = re.sub(r"[ _-]", "", given.lower())
    name = ALIASES.get(name, name)
    if name not in EDITORS:
        hint = did_you_mean(name, [*EDITORS, *ALIASES], f"there are {', '.join(EDITORS)}; or write an address")
        raise LinkhomeError(error(f"linkhome knows no editor '{given[:40]}'", hint=hint), Exit.USAGE)
    return EDITORS[name]


def link(template: str, root: Path, span: Span) -> str:
    """Return the address that opens the file of ``span`` in the editor; empty without an editor or a file.

    Everything but the letters that are safe in any part of an address is written as its bytes with percent signs.
    """
    if not template or not span.file:
        return ""
    file = (root / span.file).as_posix()
    drive = file[:2] if _DRIVE.match(file) else ""
    written = drive + quote(file[len(drive) :], safe="/", errors="surrogateescape")
    # A slash before the place of the file is that of the file: two would be another path to some editors.
    filled = template.replace("/{file}", written if written.startswith("/") else f"/{written}")
    filled = filled.replace("{file}", written)
    return filled.replace("{line}", str(max(span.line, 1))).replace("{column}", str(max(span.column, 1)))


def _checked(template: str) -> str:
    hint = "write it like this: vscode://file/{file}:{line}:{column}"
    found = _ADDRESS.fullmatch(template)
    if not found:
        raise LinkhomeError(error(f"'{template[:60]}' is no address of an editor", hint=hint), Exit.USAGE)
    if found[1] in _NO_EDITORS:
        raise LinkhomeError(error(f"an address with {found[1]}: does not open an editor", hint=hint), Exit.USAGE)
    names = _PLACES.findall(template)
    strange = next((name for name in names if name not in ("file", "line", "column")), None)
    if strange is not None or re.search(r"[{}]", _PLACES.sub("", template)):
        message = f"'{{{strange}}}' means nothing here" if strange is not None else "a brace has no partner"
        raise LinkhomeError(error(message, hint="there are {file}, {line} and {column}"), Exit.USAGE)
    if "file" not in names:
        raise LinkhomeError(error(f"'{template[:60]}' does not say where the file goes", hint=hint), Exit.USAGE)
    return template


def _has_vscode(given: Mapping[str, str]) -> bool:
    return given.get("TERM_PROGRAM") == "vscode" or shutil.which("code", path=given.get("PATH", "")) is not None
