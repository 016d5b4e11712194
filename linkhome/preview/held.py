"""Know linkhome's own scripts on a page, and what they hold on to: such elements must not be exchanged under them.

Each of them looks up its elements when the page begins, and never again (see ``themes/base/static/``). Whoever
changes what they look up changes it here, too. A page has them in one file, whose name is made of theirs: what holds
on to something is told by such a name, ``timed-play``.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import unquote

from ..scripts import joined
from ..snapshot import Artifact
from ..theme import locate

#: What a script looks up: attributes, and classes.
_LOOKED_UP = {
    "timed": re.compile(r"\sdata-(?:since|until)[\s=>]"),
    "offline": re.compile(r"(?!)"),
    "signup": re.compile(r"\sdata-signup[\s=>]"),
    "play": re.compile(r"""\sdata-(?:play|box)[\s=>]|\sclass=["']?(?:[^"'>]*\s)?note(?![\w-])"""),
}
#: Those to whom everything inside of what they look up belongs.
_OWNERS = frozenset(("signup", "play"))
_ANY = f"(?:{'|'.join(_LOOKED_UP)})"
_OURS = re.compile(rf"(?:.*/)?assets/({_ANY}(?:-{_ANY})*)\.[0-9a-f]{{8}}\.js")
#: What the build puts something else in the place of, in scripts (see `linkhome.scripts.words`).
_WORDS = re.compile(r"\b(?:ALWAYS|FRAMES|LOOKS|NOTICE|OFFLINE|SIGNUP|STYLES|WORDS)\b")


def named(src: str) -> str:
    """Return which of linkhome's own scripts an address in a page leads to, by name: ``timed-play``; else ""."""
    found = _OURS.fullmatch(src)
    return found[1] if found else ""


def proven(page: str, base: str, files: Mapping[str, Artifact], src: str) -> str:
    """Return which of linkhome's own scripts a page calls by ``src``; "" for any other, whatever its name.

    A creator's theme may have a script of the same name, whose ways nobody knows.
    """
    name, artifact = named(src), files.get(file_at(page, src, base))
    if not name or artifact is None or artifact.data is None:
        return ""
    return name if _text_of(name).fullmatch(artifact.data.decode("utf-8", "replace")) else ""


def holds(script: str, touched: str, around: str) -> bool:
    """Tell whether a page's scripts hold on to something in HTML that is exchanged, or to what is ``around`` it."""
    return any(_holds(one, touched, around) for one in script.split("-"))


def _holds(name: str, touched: str, around: str) -> bool:
    looked_up = _LOOKED_UP[name]
    return bool(looked_up.search(touched) or (name in _OWNERS and looked_up.search(around)))


def file_at(page: str, address: str, base: str = "/") -> str:
    """Return to which file of the site an address on a page leads, should it lead to one."""
    path = unquote(re.split(r"[?#]", address, maxsplit=1)[0])
    if path.startswith("/"):
        return path.removeprefix(base)
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), path))


@lru_cache
def _text_of(name: str) -> re.Pattern[str]:
    """Return what scripts of the base theme look like as one, whatever the build puts in the place of their words."""
    folder = locate.bundled()[locate.BASE] / locate.STATIC
    text = joined([(folder / f"{one}.js").read_text("utf-8") for one in name.split("-")])
    return re.compile(".*".join(map(re.escape, _WORDS.split(text))), re.DOTALL)
