"""Explain what went wrong in a template: the sentence, its file and line, and the line itself."""

from __future__ import annotations

import os
from pathlib import Path
from types import TracebackType

from jinja2 import TemplateNotFound, TemplateSyntaxError, UndefinedError

from ..diagnostics import Diagnostic, Span, did_you_mean, error
from .locate import Theme

_OWN = "this is your own template: repair it there, or delete it to get the theme's back"


def explain(problem: BaseException, theme: Theme) -> Diagnostic:
    """Return the diagnostic for whatever compiling or rendering a template raised.

    The place is the innermost template involved; a template of the site is named from the site's folder.
    """
    if isinstance(problem, TemplateSyntaxError):
        file, line = problem.filename or "", problem.lineno
        message = f"the template cannot be read: {problem.message}"
    else:
        file, line = _place(problem.__traceback__, theme)
        message = _sentence(problem)
    if not file:
        return error(message, hint=_hint(problem, theme, own=False))
    own = Path(file).is_relative_to(theme.site)
    text = _line(file, line)
    column = len(text) - len(text.lstrip()) + 1
    span = Span(_name(file, theme), line, column, max(len(text.strip()), 1))
    return error(message, span, _hint(problem, theme, own), text)


def _sentence(problem: BaseException) -> str:
    if isinstance(problem, UndefinedError):
        return str(problem.message)
    if isinstance(problem, TemplateNotFound):
        return f"there is no template '{problem.name}'"
    if isinstance(problem, RecursionError):
        return "the template calls or extends itself without end"
    said = str(problem)
    return f"the template fails: {said}" if said else f"the template fails ({type(problem).__name__})"


def _hint(problem: BaseException, theme: Theme, own: bool) -> str:
    hints = []
    if isinstance(problem, TemplateNotFound):
        hints.append(did_you_mean(str(problem.name), _names(theme), "the names of templates are those of the theme's"))
    if isinstance(problem, RecursionError):
        hints.append('a theme builds upon the one that it extends by name: {% extends "base:page.html" %}')
    if own:
        hints.append(_OWN)
    return "\n".join(hint for hint in hints if hint)


def _place(traceback: TracebackType | None, theme: Theme) -> tuple[str, int]:
    """Return the innermost template of the traceback, whose frames Jinja has given the templates' lines."""
    folders = tuple(str(folder) + os.sep for folder in theme.templates)
    file, line = "", 0
    while traceback:
        name = traceback.tb_frame.f_code.co_filename
        if name.startswith(folders):
            file, line = name, traceback.tb_lineno
        traceback = traceback.tb_next
    return file, line


def _line(file: str, line: int) -> str:
    try:
        lines = Path(file).read_text("utf-8", "replace").splitlines()
    except OSError:
        return ""
    return lines[line - 1] if 0 < line <= len(lines) else ""


def _name(file: str, theme: Theme) -> str:
    site = theme.site.parent
    return Path(file).relative_to(site).as_posix() if Path(file).is_relative_to(site) else file


def _names(theme: Theme) -> list[str]:
    return sorted({p.relative_to(f).as_posix() for f in theme.templates if f.is_dir() for p in f.rglob("*.html")})
