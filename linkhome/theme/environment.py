"""Make the Jinja environment of a theme: always escaping, strict about names, and quick to start.

A template is looked up in the site's ``theme/templates/`` first. To build upon the original that it replaces,
a template names it with a prefix: ``{% extends "theme:page.html" %}``, or ``base:`` and any other theme's
name for that theme's own version.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined
from jinja2.utils import missing
from markupsafe import Markup

from ..diagnostics import did_you_mean
from . import classes
from .bytecode import CompiledTemplates
from .compact import Compact
from .computed import css
from .locate import TEMPLATES, Theme, bundled_root
from .packing import pack

if TYPE_CHECKING:
    from ..brand.measure import Measure

#: What every template may use at its top level.
KNOWN = ("page", "shell", "head", "profile", "style", "block")
_SHARED = Path(__file__).parent / "__pycache__"


class Name(StrictUndefined):
    """Stand for a name that does not exist: printing or testing it says what was probably meant."""

    @property
    def _undefined_message(self) -> str:
        name, thing = self._undefined_name, self._undefined_obj
        if self._undefined_hint:
            return self._undefined_hint
        if thing is missing:
            hint = did_you_mean(str(name), KNOWN)
            return f"nothing here is called '{name}'" + (f", {hint}" if hint else "")
        if isinstance(thing, StrictUndefined):
            return str(thing._undefined_message)
        if isinstance(thing, dict):
            hint = did_you_mean(str(name), map(str, thing))
            return f"there is no text or key '{name}'" + (f", {hint}" if hint else "")
        hint = did_you_mean(str(name), [known for known in dir(type(thing)) if not known.startswith("_")])
        return f"'{type(thing).__name__}' has no '{name}'" + (f", {hint}" if hint else "")


def make(
    theme: Theme,
    cache: Path | None = None,
    options: Mapping[str, str | float | bool] | None = None,
    measure: Measure | None = None,
    asset: Callable[..., str] | None = None,
) -> Environment:
    """Return the environment; with a ``cache`` folder, compiled templates are kept there between builds.

    ``asset`` turns the names of static files into the address of one file with all of them, below the site's folder;
    left out, the names are the address.
    """
    own, *others = (FileSystemLoader(folder) for folder in theme.templates)
    prefixes: dict[str, Any] = {"theme": ChoiceLoader(others)}
    for depth, folder in enumerate(theme.chain):
        prefixes.setdefault(folder.name, ChoiceLoader(others[depth:]))
    environment = Environment(
        loader=ChoiceLoader([own, *others, PrefixLoader(prefixes, delimiter=":")]),
        autoescape=True,
        undefined=Name,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
        extensions=[Compact],
        bytecode_cache=CompiledTemplates(cache / TEMPLATES if cache else None, bundled_root(), _SHARED),
    )
    environment.filters.update(classes.FILTERS)
    environment.globals["inline"] = _inline(theme)
    environment.globals["asset"] = asset or (lambda *names: "+".join(names))
    environment.globals["css"] = css
    environment.globals["pack"] = pack
    environment.globals["measure"] = measure
    environment.globals["options"] = dict(options or {})
    return environment


def _inline(theme: Theme) -> Callable[[str], Markup]:
    read: dict[str, Markup] = {}

    def inline(name: str) -> Markup:
        """Return the text of a static file, to stand inside the page as it is."""
        if name not in read:
            file = theme.static_file(name)
            if not file:
                raise FileNotFoundError(f"the theme has no static file '{name}'")
            read[name] = Markup(file.read_text("utf-8").strip())  # noqa: S704  (a file of the theme, not data)
        return read[name]

    return inline
