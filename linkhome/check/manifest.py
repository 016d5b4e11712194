"""Find what keeps browsers from installing the site: in its manifest, and in the icons that it names."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from ..diagnostics import Severity
from .finding import Finding
from .site import Site, shown

RULE = "manifest"
_DISPLAYS = ("standalone", "minimal-ui", "fullscreen", "window-controls-overlay", "tabbed")
#: The sizes that browsers ask for: on the screen, and while the site opens.
_WANTED = (192, 512)
_PNG = b"\x89PNG\r\n\x1a\n"
_ICONS = "name an icon of 192 and one of 512 pixels, or an SVG with sizes: any"


def find(site: Site) -> Iterator[Finding]:
    """Find what is wrong with every manifest of the site. (Whether its files are there, the rule ``links`` says.)"""
    for path in site.files:
        if path.endswith(".webmanifest"):
            for severity, message, hint in _faults(site, path):
                yield Finding(RULE, severity, message, hint, (shown(path),))


def _faults(site: Site, path: str) -> Iterator[tuple[Severity, str, str]]:
    try:
        found = msgspec.json.decode(site.data(path))
    except (msgspec.DecodeError, UnicodeDecodeError):
        found = None
    if not isinstance(found, dict):
        yield Severity.ERROR, "the manifest is not what browsers read (JSON)", "repair it, or take it away"
        return
    if not (found.get("name") or found.get("short_name")):
        yield Severity.WARNING, "the manifest has no name, so browsers do not install the site", 'write "name"'
    if found.get("display") not in _DISPLAYS:
        message = "the manifest does not ask for a window of its own, so browsers do not install the site"
        yield Severity.WARNING, message, 'write "display": "minimal-ui"'
    if found.get("prefer_related_applications"):
        message = "the manifest sends visitors to an app instead of installing the site"
        yield Severity.WARNING, message, 'take "prefer_related_applications" out'
    yield from _ways(site, path, found)
    yield from _pictures(site, path, found)


def _ways(site: Site, path: str, found: Mapping[str, Any]) -> Iterator[tuple[Severity, str, str]]:
    start = site.way(path, str(found.get("start_url", ".")))
    scope = site.way(path, str(found.get("scope", ".")))
    if start.path is None:
        message = "the manifest starts the site at an address that is not its own (start_url)"
        yield Severity.ERROR, message, 'write "start_url": "."'
    elif scope.path is None:
        message = "the manifest calls an address its own that is not (scope)"
        yield Severity.ERROR, message, 'write "scope": "."'
    elif not start.path.startswith(scope.path):
        message = f"the manifest starts the site at '/{start.path}', outside of its scope '/{scope.path}'"
        yield Severity.ERROR, message, 'write "start_url": "." and "scope": "."'


def _pictures(site: Site, path: str, found: Mapping[str, Any]) -> Iterator[tuple[Severity, str, str]]:
    listed = found.get("icons")
    icons = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    plain = [one for one in icons if "any" in str(one.get("purpose", "any")).split()]
    sizes = {size for one in plain for size in _sizes(one)}
    if 0 not in sizes and not all(any(size >= wanted for size in sizes) for wanted in _WANTED):
        message = "the manifest names no icon that is large enough, so browsers do not install the site"
        yield Severity.WARNING, message, _ICONS
    for one in icons:
        way = site.way(path, str(one.get("src", "")))
        real = _real(site, site.file(way.path) if way.path is not None else None)
        said = [size for size in _sizes(one) if size]
        if real and said and max(real) not in said:
            message = f"the icon '{one.get('src')}' has {real[0]} × {real[1]} pixels, and the manifest says otherwise"
            yield Severity.WARNING, message, f'write "sizes": "{real[0]}x{real[1]}"'


def _sizes(icon: Mapping[str, Any]) -> list[int]:
    """Return the widths that a manifest says of an icon; 0 for one that has any size."""
    said = str(icon.get("sizes", "")).lower()
    found = [int(size) for size in re.findall(r"\b(\d{1,5})x\d{1,5}\b", said)]
    return [*found, 0] if "any" in said.split() else found


def _real(site: Site, file: str | None) -> Sequence[int]:
    """Return width and height of a PNG; nothing for other files."""
    if file is None or not file.lower().endswith(".png"):
        return ()
    head = site.data(file)[:24]
    return struct.unpack(">II", head[16:24]) if head.startswith(_PNG) and len(head) == 24 else ()
