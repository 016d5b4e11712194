"""Choose what visitors' browsers keep of a site: its front pages with all that they need, then more as far as it fits.

Pure: from the files of a site to names of files. Only front pages and their styles are read.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import unescape
from urllib.parse import unquote

from msgspec import Struct

from ..snapshot import Artifact

#: Bytes that are fetched at most in the background of a first visit, before they are packed.
BUDGET = 480_000
#: How many of them pictures may be.
PICTURES = 200_000
#: A picture is kept in its largest size below this, or in its smallest.
PICTURE = 40_000

_NAMED = re.compile(r"""\s(?:href|src|srcset|poster)=(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+))|url\(\s*["']?([^"')]+)""")
_CANDIDATE = re.compile(r"[\s,]*(\S*[^\s,])[^,]*")
_WIDTH = re.compile(r"-\d+(?=\.\w+$)")
_NEEDED = frozenset({".css", ".js", ".woff2", ".woff", ".ttf", ".otf"})
_PICTURES = frozenset({".avif", ".webp", ".jpg", ".jpeg", ".png", ".gif", ".svg", ".ico"})
_BESIDE = frozenset({".webmanifest"})


class Kept(Struct, frozen=True):
    """Hold names of files: without ``must`` nothing is kept at all, of ``more`` whatever can be had."""

    must: tuple[str, ...]
    more: tuple[str, ...]


def choose(files: Mapping[str, Artifact], fronts: Sequence[str]) -> Kept:
    """Return which files are kept; ``fronts`` are the front pages, that of the main language first."""
    found = dict.fromkeys(one for front in fronts if front in files for one in _named(files, front))
    must = [front for front in fronts if front in files]
    must += [one for one in found if _ending(one) in _NEEDED]
    for sheet in [one for one in must if one.endswith(".css")]:
        must += [one for one in _named(files, sheet) if _ending(one) in _NEEDED and one not in must]
    left = BUDGET - sum(files[one].size for one in must)
    beside = [one for one in found if _ending(one) in _BESIDE]
    pages = [one for one in found if one.endswith(".html") and one not in must]
    more = list(_fitting(files, beside, left))
    left -= sum(files[one].size for one in more)
    pictures = list(_fitting(files, _one_of_each(files, found), min(left, PICTURES)))
    left -= sum(files[one].size for one in pictures)
    return Kept(tuple(must), (*more, *pictures, *_fitting(files, pages, left)))


def _fitting(files: Mapping[str, Artifact], names: Iterable[str], left: int) -> Iterator[str]:
    """Give the files that fit, in this order; one that does not leaves its room to others."""
    for name in names:
        if files[name].size <= left:
            left -= files[name].size
            yield name


def _one_of_each(files: Mapping[str, Artifact], found: Iterable[str]) -> Iterator[str]:
    """Give each picture in one size."""
    sizes: dict[str, list[str]] = {}
    for name in found:
        if _ending(name) in _PICTURES:
            sizes.setdefault(posixpath.splitext(_WIDTH.sub("", name))[0], []).append(name)
    for names in sizes.values():
        ordered = sorted(names, key=lambda name: files[name].size)
        yield next((one for one in reversed(ordered) if files[one].size <= PICTURE), ordered[0])


def _named(files: Mapping[str, Artifact], name: str) -> Iterator[str]:
    """Give the files of the site that a page or a style sheet names, in its order."""
    data = files[name].data
    for found in _NAMED.finditer(data.decode("utf-8", "replace") if data else ""):
        written = unescape(next((part for part in found.groups() if part), ""))
        several = found[0].lstrip().startswith("srcset")
        for address in _CANDIDATE.findall(written) if several else [written]:
            path = unquote(re.split(r"[?#]", address.strip(), maxsplit=1)[0])
            if not path or ":" in path or path.startswith("/"):
                continue
            place = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)).removeprefix("./")
            for one in (place, "index.html" if place == "." else f"{place}/index.html"):
                if one in files:
                    yield one
                    break


def _ending(name: str) -> str:
    return posixpath.splitext(name)[1].lower()
