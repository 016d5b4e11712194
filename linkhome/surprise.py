"""Turn an exception that nobody foresaw into a sentence, and keep what a developer needs in a file."""

from __future__ import annotations

import os
import platform
import tempfile
import traceback

from . import __version__


def explain(surprise: Exception, arguments: list[str]) -> list[str]:
    """Return what to tell the creator. With LINKHOME_DEBUG set it contains the traceback."""
    details = _details(surprise, arguments)
    if os.environ.get("LINKHOME_DEBUG"):
        return details.splitlines()
    if isinstance(surprise, OSError) and surprise.filename:
        reason = (surprise.strerror or type(surprise).__name__).lower()
        return [
            f"{os.fspath(surprise.filename)!s}: error: {reason}",
            "      = is the disk full, or may you not write there? LINKHOME_DEBUG=1 shows the details",
        ]
    said = str(surprise).partition("\n")[0][:200] or "it gave no reason"
    return [
        f"linkhome stumbled over something that it should have handled: {type(surprise).__name__}: {said}",
        f"      = {_kept(details)}; please send that to the developers. LINKHOME_DEBUG=1 shows it here",
    ]


def _details(surprise: Exception, arguments: list[str]) -> str:
    about = f"linkhome {__version__}, Python {platform.python_version()}, {platform.platform()}"
    return "".join([f"{about}\narguments: {arguments}\n", *traceback.format_exception(surprise)])


def _kept(details: str) -> str:
    try:
        handle, name = tempfile.mkstemp(prefix="linkhome-", suffix=".txt")
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(details)
    except OSError:
        return "the details could not be written"
    return f"the details are in {name}"
