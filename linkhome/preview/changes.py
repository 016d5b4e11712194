"""Tell what turns a page as a browser has it into the page as it is now. Pure: two texts in, a change out.

A change is small enough to be made under the eyes of the creator, without a reload, and never a guess: the browser
holds every element against its old text before it touches it. Whatever a script of the page might hold on to is left
to a reload, which is always right.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Literal

from msgspec import Struct

from .held import holds, named
from .markup import Element, elements, words
from .sheets import Rules, differences

#: More changes than this, or longer ones together, are a reload.
MOST, LONGEST = 24, 60_000


class Edit(Struct, frozen=True):
    """Say that one element gives way to another. ``at``: the child (elements only) to go to, from ``html`` down."""

    at: tuple[int, ...]
    old: str
    new: str


class Sheet(Struct, frozen=True):
    """Say how a style sheet changes: the ``number``-th ``style`` or linked sheet of the head.

    Either ``rules`` change, or a linked sheet gets another address: ``href`` holds the old one and the new one.
    """

    number: int
    rules: tuple[Rules, ...] = ()
    href: tuple[str, str] | None = None


class Change(Struct, frozen=True):
    """Hold what is to be done with a page: nothing, other styles, other elements, or a reload, and ``why`` that."""

    kind: Literal["same", "style", "patch", "reload"]
    edits: tuple[Edit, ...] = ()
    styles: tuple[Sheet, ...] = ()
    why: str = ""


class _Reload(Exception):  # noqa: N818 (it is an answer)
    """Say why this cannot be done in place."""


#: These are let be with all that is in them: a browser reads them as a whole, or they hold what visitors typed.
_WHOLE = words("audio math picture svg video")
_OUTER = words("body head html")
_NEVER = words(
    "base canvas dialog embed form iframe input meter noscript object output progress script select"
    " style template textarea"
)
#: What may differ in the head without anything but its text being different.
_NAMES = words("author description generator robots theme-color")
_RELATIONS = words("alternate author canonical license me next prev")
_DATA = re.compile(r'type="?application/ld\+json"?[\s>]')
#: What the policy of a page says of its styles: it changes with every one of them.
_STYLES = re.compile(r"(?<=; )style-src [^;\"]*(?=\")")
_ATTRIBUTE = r'\s{}=(?:"([^"]*)"|([^\s"\'=<>`]+))'
_NAME, _REL, _SRC, _HREF = (re.compile(_ATTRIBUTE.format(name)) for name in ("name", "rel", "src", "href"))
_ALIVE = re.compile(r"<(?:form|dialog|[a-z][a-z0-9]*-)", re.IGNORECASE)


def between(old: str, new: str, script: Callable[[str], str] = named) -> Change:
    """Return what turns one text of a page into another.

    ``script`` tells by the ``src`` of a script whether it is one of linkhome's own, whose ways are known.
    """
    if old == new:
        return Change("same")
    try:
        return _between(old, new, script)
    except _Reload as reason:
        return Change("reload", why=str(reason))


def _between(old: str, new: str, script: Callable[[str], str]) -> Change:
    before, after = elements(old), elements(new)
    if before is None or after is None:
        raise _Reload("the page is not written in a way that is the same in every browser")
    shells = [_shell(html, page) for html, page in ((old, before), (new, after))]
    if shells[0] != shells[1]:
        raise _Reload("the page as a whole is another one")
    both = _Both(old, new)
    styles = tuple(both.head(before.kids[0], after.kids[0]))
    edits = both.edits
    both.compare(before.kids[1], after.kids[1], (1,))
    if len(edits) > MOST or sum(len(edit.old) + len(edit.new) for edit in edits) > LONGEST:
        raise _Reload("too much of it changed")
    scripts = {script(src) for src in _scripts(old, before)}
    if both.shown and "" in scripts:
        raise _Reload("a script of the theme's own is on the page")
    for edit in edits[both.unseen :]:
        both.check(edit, scripts)
    return Change("patch" if edits else "style", tuple(edits), styles)


class _Both:
    """Walk through two versions of a page at once and collect where they differ."""

    def __init__(self, old: str, new: str) -> None:
        self.old = old
        self.new = new
        self.edits: list[Edit] = []
        self.unseen = 0
        self._around: list[str] = []
        self._places: dict[tuple[int, ...], tuple[str, str]] = {}

    @property
    def shown(self) -> bool:
        """Tell whether anything that is seen differs."""
        return len(self.edits) > self.unseen

    def head(self, one: Element, other: Element) -> Iterator[Sheet]:
        """Give the styles that differ, and collect what else may differ in a head."""
        if len(one.kids) != len(other.kids) or self._gaps(self.old, one) != self._gaps(self.new, other):
            raise _Reload("the head has more or fewer elements")
        sheets = 0
        for place, (mine, its) in enumerate(zip(one.kids, other.kids, strict=True)):
            text, after = self.old[mine.start : mine.end], self.new[its.start : its.end]
            start, its_start = self.old[mine.start : mine.inside], self.new[its.start : its.inside]
            sheet = mine.tag == "style" or (mine.tag == "link" and "stylesheet" in _value(_REL, text).lower().split())
            if text != after:
                if mine.tag == "style" and start == its_start:
                    rules = differences(self.old[mine.inside : mine.outside], self.new[its.inside : its.outside])
                    if rules is None:
                        raise _Reload("the styles have a mistake, or are very long")
                    yield Sheet(sheets, tuple(rules))
                elif sheet and mine.tag == its.tag == "link":
                    addresses = _value(_HREF, text), _value(_HREF, after)
                    if text.replace(addresses[0], addresses[1], 1) != after:
                        raise _Reload("a style sheet is linked in another way")
                    yield Sheet(sheets, href=addresses)
                elif mine.tag == its.tag == "meta" and _STYLES.sub("", text) == _STYLES.sub("", after):
                    pass  # the styles that are shown were let in already, and a second policy would only be stricter
                elif mine.tag == its.tag and _silent(mine.tag, start) and _silent(its.tag, its_start):
                    self.edits.append(Edit((0, place), text, after))
                else:
                    raise _Reload(f"the head has another <{its.tag}>")
            sheets += sheet
        self.unseen = len(self.edits)

    def compare(self, one: Element, other: Element, at: tuple[int, ...]) -> None:
        """Collect the smallest elements inside of these two, which differ, that hold the differences."""
        if not self._alike(one, other):
            self._differs(one, other, at)
            return
        self._around.append(self.old[one.start : one.inside])
        for place, (mine, its) in enumerate(zip(one.kids, other.kids, strict=True)):
            if self.old[mine.start : mine.end] != self.new[its.start : its.end]:
                self.compare(mine, its, (*at, place))
        self._around.pop()

    def _alike(self, one: Element, other: Element) -> bool:
        """Tell whether two elements differ in their children alone, and have as many."""
        if one.tag in _WHOLE or len(one.kids) != len(other.kids):
            return False
        if self.old[one.start : one.inside] != self.new[other.start : other.inside]:
            return False
        return self._gaps(self.old, one) == self._gaps(self.new, other)

    def _gaps(self, html: str, element: Element) -> list[str]:
        ends = [element.inside, *(kid.end for kid in element.kids)]
        starts = [*(kid.start for kid in element.kids), element.outside]
        return [html[end:start] for end, start in zip(ends, starts, strict=True)]

    def _differs(self, one: Element, other: Element, at: tuple[int, ...]) -> None:
        if one.tag in _OUTER:
            raise _Reload(f"the <{one.tag}> has more or fewer elements, or other text")
        mine, its = self._touched(one, other)
        for element in (one, other, *(found for kid in (*mine, *its) for found in kid.all())):
            if element.tag in _NEVER or "-" in element.tag:
                raise _Reload(f"it is in or around a <{element.tag}>")
        within = "" if mine == [one] else self.old[one.start : one.inside]
        touched = "".join(
            html[kid.start : kid.end] for html, kids in ((self.old, mine), (self.new, its)) for kid in kids
        )
        self._places[at] = "".join(self._around) + within, touched
        self.edits.append(Edit(at, self.old[one.start : one.end], self.new[other.start : other.end]))

    def _touched(self, one: Element, other: Element) -> tuple[list[Element], list[Element]]:
        """Return what a browser puts away and puts in to make one of the other: children that stay are let be."""
        if one.tag in _WHOLE or self.old[one.start : one.inside] != self.new[other.start : other.inside]:
            return [one], [other]
        before, after = self._rows(self.old, one), self._rows(self.new, other)
        first = _common(before, after) // 2
        last = min(_common(before[::-1], after[::-1]) // 2, len(one.kids) - first, len(other.kids) - first)
        return one.kids[first : len(one.kids) - last], other.kids[first : len(other.kids) - last]

    def _rows(self, html: str, element: Element) -> list[str]:
        """Return what is in an element, child after child: the text before the first, and between each two, as well."""
        rows = self._gaps(html, element)
        for place, kid in enumerate(element.kids):
            rows.insert(2 * place + 1, html[kid.start : kid.end])
        return rows

    def check(self, edit: Edit, scripts: set[str]) -> None:
        """Raise when a script of the page holds on to something in or around of what changes."""
        around, touched = self._places[edit.at]
        if _ALIVE.search(around):
            raise _Reload("it is inside of something that has a life of its own")
        for name in scripts:
            if holds(name, touched, around):
                raise _Reload(f"the script '{name}' holds on to it")


def _common(one: Sequence[object], other: Sequence[object]) -> int:
    """Return how many items two lists share from their beginning."""
    for place, (mine, its) in enumerate(zip(one, other, strict=False)):
        if mine != its:
            return place
    return min(len(one), len(other))


def _shell(html: str, page: Element) -> tuple[str, ...]:
    """Return what two versions have to share: all that is around the head and the body."""
    head, body = page.kids
    return html[: head.inside], html[head.outside : body.inside], html[body.outside :]


def _silent(tag: str, start: str) -> bool:
    """Tell whether an element of the head is there for machines alone, or is the title."""
    if tag == "meta":
        name = _value(_NAME, start)
        silent = " property=" in start or name in _NAMES or name.startswith("twitter:")
        return silent and "http-equiv" not in start.lower()
    if tag == "link":
        return frozenset(_value(_REL, start).split()) <= _RELATIONS
    return tag == "title" or (tag == "script" and bool(_DATA.search(start)))


def _scripts(html: str, page: Element) -> Iterator[str]:
    """Give the address of each script of a page; "" for one that stands in it. Data are no scripts."""
    for element in page.all():
        if element.tag == "script":
            start = html[element.start : element.inside]
            if not _DATA.search(start):
                yield _value(_SRC, start)


def _value(attribute: re.Pattern[str], start: str) -> str:
    found = attribute.search(start)
    return (found[1] or found[2] or "") if found else ""
