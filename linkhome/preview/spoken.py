"""Reduce texts to the words that one would read aloud, each with its place, so that two spellings can be compared."""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

#: Letters and digits, the accents that stand behind them, and what nobody sees.
_LETTER = r"(?:[^\W_]|[\u0300-\u036f\u00ad\u200b-\u200d\u2060])"
_REFERENCE = r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});"
#: Markdown's marks may stand in the middle of a word.
_WORD = re.compile(rf"(?:{_LETTER}|{_REFERENCE})(?:[*_~`\\]*(?:{_LETTER}|{_REFERENCE}))*+")
_LETTERS = re.compile(rf"{_LETTER}+")
_UNSEEN = re.compile(r"[\u00ad\u200b-\u200d\u2060]")
#: What stands in a text and is not shown: where a link leads, the name of a note.
_SILENT = re.compile(r"\]\(\s*(?:<[^<>\n]*>|[^\s)]*)|\]\[[^\]\n]*\]|\[\^[^\]\n]*\]")


class Spoken(NamedTuple):
    """Hold the words of a text, and where each begins and ends in it."""

    words: tuple[str, ...]
    places: tuple[tuple[int, int], ...]

    def find(self, words: Sequence[str]) -> tuple[int, int] | None:
        """Return from where to where the words stand in the text, one after the other; None when they do not."""
        joined = f" {' '.join(self.words)} "
        at = joined.find(f" {' '.join(words)} ")
        if at < 0 or not words:
            return None
        starts, count = [], 0
        for word in self.words:
            starts.append(count)
            count += len(word) + 1
        first = bisect_right(starts, at) - 1
        return self.places[first][0], self.places[first + len(words) - 1][1]

    def longest(self, other: Spoken) -> tuple[int, int]:
        """Return which words of ``other``, first and behind the last, are the longest row that is here as well."""
        joined = f" {' '.join(self.words)} "
        best, most, first = (0, 0), 0, 0
        for last in range(1, len(other.words) + 1):
            # A row that is here has all its parts here: the beginning never has to go back.
            while first < last and f" {' '.join(other.words[first:last])} " not in joined:
                first += 1
            letters = sum(map(len, other.words[first:last]))
            if letters > most:
                best, most = (first, last), letters
        return best


def spoken(text: str, most: int | None = None) -> Spoken:
    """Return the words of a text (the first ``most`` of them), without case, marks and what is not shown."""
    text = _SILENT.sub(lambda found: " " * len(found[0]), text)
    words, places = [], []
    for found in _WORD.finditer(text):
        plain = re.sub(r"[*_~`\\]", "", found[0])
        for part in _LETTERS.findall(html.unescape(plain) if "&" in plain else plain):
            if word := _UNSEEN.sub("", unicodedata.normalize("NFKC", part)).casefold():
                words.append(word)
                places.append(found.span())
        if most is not None and len(words) >= most:
            break
    return Spoken(tuple(words[:most]), tuple(places[:most]))
