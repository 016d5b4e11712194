"""Hear a page as somebody does who does not see it: what has no name there."""

from __future__ import annotations

from collections.abc import Container, Mapping

#: Elements that people act upon, and what a sentence calls them.
_ACTED = {"a": "a link", "button": "a button", "summary": "a fold"}
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_FIELDS = frozenset(("input", "select", "textarea"))
_NO_LABEL = frozenset(("hidden", "submit", "reset", "button", "image"))
_VOID = ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")


class _Open:
    """Be an element that is open still: has it a name by now?"""

    def __init__(self, tag: str, what: str, href: str, named: bool, said: str) -> None:
        self.tag, self.what, self.href, self.named = tag, what, href, named
        self.words: list[str] = [f"{said} "]


class Names:
    """Follow a page from its beginning to its end, and keep what has no name."""

    def __init__(self) -> None:
        #: The words of each link, and where it leads.
        self.links: list[tuple[str, str]] = []
        self._found: list[str] = []
        self._open: list[_Open] = []
        self._labelled: set[str] = set()
        self._fields: list[tuple[str, str]] = []
        self._pointed: list[str] = []
        self._hidden, self._depth = "", 0
        self._headings = 0

    def begin(self, tag: str, given: Mapping[str, str], drawing: bool) -> None:
        """Take in the start of an element; ``drawing`` says that it stands in one."""
        if self._hidden:
            self._depth += tag == self._hidden
            return
        if (given.get("aria-hidden") == "true" or "hidden" in given) and tag not in _VOID:
            self._hidden, self._depth = tag, 1
            return
        pointed = given.get("aria-labelledby", "").split()
        self._pointed += pointed
        said = (given.get("aria-label") or given.get("title") or "").strip()
        alone = given.get("aria-hidden") == "true"
        if tag == "img" and not alone:
            self._see(given, bool(said or pointed))
        elif tag == "iframe" and not (said or pointed or alone):
            self._found.append("a frame without a title")
        elif tag in _FIELDS and not alone:
            self._field(tag, given, bool(said or pointed))
        elif tag == "label" and given.get("for"):
            self._labelled.add(given["for"])
        if said:
            self._name(said)
        if not drawing or tag == "a":
            self._enter(tag, given, bool(said or pointed), said)

    def end(self, tag: str) -> None:
        """Take in the end of an element."""
        if self._hidden:
            self._depth -= tag == self._hidden
            if not self._depth:
                self._hidden = ""
            return
        place = next((number for number, one in enumerate(self._open) if one.tag == tag), None)
        if place is None or tag not in (*_ACTED, *_HEADINGS, "label"):
            return
        for one in self._open[place:]:
            self._leave(one)
        del self._open[place:]

    def say(self, text: str) -> None:
        """Take in words."""
        if not self._hidden and text.strip():
            self._name(text)

    def faults(self, ids: Container[str]) -> list[str]:
        """Return everything without a name on the page with these ``ids``, as sentences."""
        found = list(self._found)
        found += [what for name, what in self._fields if not name or name not in self._labelled]
        found += [f"'{name}' shall name something, and is not on the page" for name in self._pointed if name not in ids]
        return found if self._headings else [*found, "a page without a heading <h1>"]

    def _see(self, given: Mapping[str, str], named: bool) -> None:
        if "alt" not in given and not named and given.get("role") not in ("presentation", "none"):
            self._found.append(f"the picture '{given.get('src', '')[:80]}' without words (alt)")
        elif given.get("alt", "").strip():
            self._name(given["alt"])

    def _field(self, tag: str, given: Mapping[str, str], named: bool) -> None:
        kind = given.get("type", "text").lower()
        if kind == "image" and not (named or given.get("alt")):
            self._found.append("a button that is a picture without words (alt)")
        if kind in ("submit", "reset", "button") and given.get("value", "").strip():
            self._name(given["value"])
        if kind == "button" and tag == "input" and not (named or given.get("value", "").strip()):
            self._found.append("a button without words")
        if named or kind in _NO_LABEL or any(one.tag == "label" for one in self._open):
            return
        self._fields.append((given.get("id", ""), f"the field '{given.get('name') or kind}' without a label"))

    def _enter(self, tag: str, given: Mapping[str, str], named: bool, said: str) -> None:
        self._headings += tag == "h1"
        if tag == "a" and not (given.get("href") or given.get("xlink:href")):
            return
        if tag in _ACTED or tag in _HEADINGS or tag == "label":
            href = given.get("href", "")
            what = f"{_ACTED[tag]} without words" if tag in _ACTED else f"an empty heading <{tag}>"
            what += f" (it leads to '{href[:80]}')" if href else ""
            self._open.append(_Open(tag, "" if tag == "label" else what, href, named, said))

    def _leave(self, one: _Open) -> None:
        if one.what and not one.named:
            self._found.append(one.what)
        if one.tag == "a":
            self.links.append((" ".join("".join(one.words).split()), one.href))

    def _name(self, words: str) -> None:
        for one in self._open:
            one.named = True
            one.words.append(words + " ")
