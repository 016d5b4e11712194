"""Read ``outage.yaml``: which platforms are down, since when and until when. `linkhome outage` writes it."""

from __future__ import annotations

from typing import Any

from ..diagnostics import Diagnostic, Severity, error, in_order
from .nodes import Map
from .schema import OutageEntry, Outages
from .source import build, decode
from .spans import Spans
from .walk import Walk
from .wrong import BAD


def read_outages(
    data: bytes, file: str, languages: tuple[str, ...] = ()
) -> tuple[tuple[OutageEntry, ...] | None, Spans, list[Diagnostic]]:
    """Return the entries of the file (None when it has mistakes), the places of its values, and all findings."""
    document, found = decode(data, file)
    if found:
        return None, Spans(document), found
    root, found = build(document)
    entries: Any = BAD
    if type(root) is Map:
        walk = Walk(languages)
        entries = walk.struct(root, Outages)
        found += walk.found
    elif root:
        found.append(error("here must be the key 'outages'", root.span, "run 'linkhome outage off' and begin anew"))
    elif not found:
        entries = Outages()
    found = list(in_order(found))
    if entries is BAD or any(one.severity is Severity.ERROR for one in found):
        return None, Spans(document, root), found
    return tuple(entries.outages), Spans(document, root), found
