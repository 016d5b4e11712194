"""Know which letters a site uses, and to which script they belong."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from ..cache import Cache, fingerprint
from ..theme.faces import SCRIPTS
from ..theme.locate import CSS, Theme

#: In every font: ASCII, and the marks with which good typography is written.
MARKS = (
    "\N{NO-BREAK SPACE}\N{SOFT HYPHEN}\N{THIN SPACE}\N{NARROW NO-BREAK SPACE}\N{ZERO WIDTH NON-JOINER}"
    "\N{ZERO WIDTH JOINER}\N{NON-BREAKING HYPHEN}–—‘’‚“”„‹›«»…·•×€©"
)
ALWAYS = frozenset(map(chr, range(0x20, 0x7F))) | frozenset(MARKS)

_ESCAPE = re.compile(r"\\([0-9A-Fa-f]{2,5})")
_LOST = "\N{REPLACEMENT CHARACTER}"


def cased(letters: str, capitals: bool) -> frozenset[str]:
    """Return all letters that a font needs when the site uses these: both cases of each, composed and apart.

    With ``capitals`` the small ones are left out, because every text in this face is set in capitals.
    """
    import unicodedata

    found = set(letters) | set(unicodedata.normalize("NFC", letters)) | ALWAYS
    upper = {part for letter in found for part in letter.upper()}
    if capitals:
        return frozenset(letter for letter in found | upper if letter.upper() == letter)
    return frozenset(found | upper | {part for letter in found for part in letter.lower()})


def written(theme: Theme, files: Sequence[str], cache: Cache) -> str:
    """Return the letters outside of ASCII that a theme's own templates and styles bring along.

    ``files`` are marks of all files of the theme: while they are the same, the answer is.
    """
    key = fingerprint("written", *files)
    stored = cache.get("letters", key)
    if stored is None:
        found: set[str] = set()
        for folder in (*theme.templates, *(static / CSS for static in theme.static)):
            for path in sorted(folder.rglob("*")):
                if path.is_file() and not path.name.startswith("."):
                    found.update(_meant(path.read_bytes().decode("utf-8", "replace")))
        if theme.site_css.is_file():
            found.update(_meant(theme.site_css.read_bytes().decode("utf-8", "replace")))
        stored = "".join(sorted(letter for letter in found if not letter.isascii() and letter != _LOST)).encode()
        cache.put("letters", key, stored)
    return stored.decode()


def _meant(text: str) -> str:
    """Return a text with all letters that its HTML entities and CSS escapes stand for."""
    import html

    codes = (int(code, 16) for code in _ESCAPE.findall(text))
    return text + html.unescape(text) + "".join(chr(code) for code in codes if 0xA0 <= code < 0xD800)


def within(letters: frozenset[str], script: str) -> frozenset[str]:
    """Return the letters of a script, with the marks that join and part them; all for no script."""
    if not script:
        return letters
    ranges = _ranges(script)
    mine = {letter for letter in letters if any(low <= ord(letter) <= high for low, high in ranges)}
    return frozenset(mine | {" ", "\N{ZERO WIDTH NON-JOINER}", "\N{ZERO WIDTH JOINER}"} if mine else ())


@lru_cache
def _ranges(script: str) -> tuple[tuple[int, int], ...]:
    parts = [part.removeprefix("U+").split("-") for part in SCRIPTS[script].split(",")]
    return tuple((int(part[0], 16), int(part[-1], 16)) for part in parts)
