"""Help tests of the configuration and of themes: read a file, and look at what is told about it."""

from __future__ import annotations

from collections.abc import Iterable

from linkhome.config import schema
from linkhome.config.load import read_site
from linkhome.diagnostics import Diagnostic


def read(text: str) -> schema.Site:
    """Return a site about which there is nothing to tell."""
    config, found = read_site(text.encode(), "linkhome.yaml")
    assert found == []
    assert config is not None
    return config.site


def mistakes(text: str) -> list[tuple[int, int, int, str]]:
    """Return the mistakes of a site that cannot be read: line, column, width and sentence."""
    config, found = read_site(text.encode(), "linkhome.yaml")
    assert config is None
    assert {str(one.severity) for one in found} == {"error"}
    return places(found)


def places(found: Iterable[Diagnostic]) -> list[tuple[int, int, int, str]]:
    """Return what has a place: line, column, width and sentence."""
    return [(one.span.line, one.span.column, one.span.width, one.message) for one in found if one.span]


def said(found: Iterable[Diagnostic]) -> list[tuple[int, str, str]]:
    """Return line (0 without one), sentence and advice."""
    return [(one.span.line if one.span else 0, one.message, one.hint) for one in found]
