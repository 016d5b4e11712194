"""Show a page as others see it: in the dark, in the light, without motion, without scripts, at another time. Pure.

A browser takes light, dark and motion from its system, and a page cannot be told otherwise. So the conditions that
ask for them are replaced by ones that always hold, or never do; nothing else of the page is touched.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator

from msgspec import Struct

#: Conditions without and with an answer: every window is as wide as nothing, none is as wide as the sea.
ALWAYS, NEVER = "(min-width:0px)", "(min-width:99999999px)"
#: What a page without scripts may still do. With an origin of its own it could not even load its fonts.
_SANDBOX = "sandbox allow-same-origin allow-forms allow-popups"
_LONGEST = 80

_BLANK = r"(?:\s|/\*(?:[^*]|\*(?!/))*\*/)*+"
_ASKED = rf"\({_BLANK}prefers-(?P<what>color-scheme|reduced-motion){_BLANK}(?::{_BLANK}(?P<value>[a-z-]+){_BLANK})?\)"
_SCHEME = r"(?<![\w-])color-scheme\s*:\s*(?P<schemes>[^;{}()\"'<>]*)"
_CONDITION = re.compile(_ASKED, re.IGNORECASE)
_SCHEMES = re.compile(_SCHEME, re.IGNORECASE)
#: Comments, strings and addresses come first, so that what stands in them is passed over.
_CSS = re.compile(
    rf"""/\*.*?(?:\*/|\Z)|"(?:\\.|[^"\\\n])*+"|'(?:\\.|[^'\\\n])*+'|url\(\s*[^"'\s)][^)]*\)|{_ASKED}|{_SCHEME}""",
    re.IGNORECASE | re.DOTALL,
)
_BOTH = re.compile(r"\blight\s+dark\b|\bdark\s+light\b", re.IGNORECASE)
_TAG = re.compile(
    r"""<!--.*?(?:-->|\Z)|<(?P<name>[a-zA-Z][^\s/>]*)(?P<given>(?:[^>"']|"[^"]*"|'[^']*')*+)>""", re.DOTALL
)
_ATTRIBUTE = re.compile(r"""(?P<key>[^\s"'>/=]+)(?P<is>\s*=\s*)(?P<value>"[^"]*"|'[^']*'|[^\s"'>]+)""")
#: Elements whose text is text, whatever it looks like.
_RAW = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})
#: What runs: no type, a JavaScript type, or a module. Everything else in a script element is data.
_RUNS = re.compile(r"(?:module|(?:text|application)/(?:x-)?(?:java|ecma)script)?", re.IGNORECASE)
#: What linkhome's own script asks; only a script that hides by date is told another time.
_DATED, _CLOCK = "data-since", "Date.now()"


class View(Struct, frozen=True):
    """Say how a page is to be seen; without anything said, as it is.

    ``look`` is ``dark``, ``light`` or nothing; ``still`` stands for a visitor who wants less motion; without
    ``script`` nothing runs. ``at`` (seconds since 1970) is the time that scripts see which hide links by date: a page
    that was built for another day would else be put right by them.
    """

    look: str = ""
    still: bool = False
    script: bool = True
    at: int | None = None

    @property
    def text(self) -> str:
        """Return the words of the address, such as ``dark+still``; `parse` reads them. Empty: the page as it is."""
        words = (self.look, "still" * self.still, "noscript" * (not self.script))
        return "+".join(filter(None, (*words, "" if self.at is None else f"at{self.at}")))

    def headers(self) -> dict[str, str]:
        """Return the headers with which a page is sent in this view."""
        return {} if self.script else {"Content-Security-Policy": _SANDBOX}

    def apply(self, kind: str, text: str) -> str:
        """Return a file's text in this view; ``kind`` is ``html`` (or ``svg``), ``css`` or ``js``."""
        if kind in ("html", "svg"):
            return self._html(text)
        if kind == "css":
            return self._css(text)
        return self._js(text) if kind == "js" else text

    def _css(self, text: str) -> str:
        return _CSS.sub(self._put, text)

    def _js(self, text: str) -> str:
        if self.at is not None and _DATED in text:
            text = text.replace(_CLOCK, str(self.at * 1000))
        return _CONDITION.sub(self._put, text)

    def _put(self, found: re.Match[str]) -> str:
        """Return what stands in the place of a condition or of a declaration of colour schemes."""
        known = found.groupdict()
        if known.get("what"):
            return self._answer(known["what"].lower(), (known["value"] or "").lower()) or found[0]
        if self.look and known.get("schemes"):
            return found[0][: found.start("schemes") - found.start()] + _BOTH.sub(self.look, known["schemes"])
        return found[0]

    def _answer(self, what: str, value: str) -> str:
        """Return the condition that stands for a wish of the visitor; nothing when this view has none."""
        if what == "color-scheme":
            return (ALWAYS if value in ("", self.look) else NEVER) if self.look else ""
        return (ALWAYS if value in ("", "reduce") else NEVER) if self.still else ""

    def _html(self, text: str) -> str:
        made, done = [], 0
        exchanged: dict[str, str] = {}
        for start, end, part in self._changed(text, exchanged):
            made += [text[done:start], part]
            done = end
        html = "".join((*made, text[done:]))
        for before, after in exchanged.items():  # the page's own policy names scripts and styles by their hashes
            html = html.replace(before, after)
        return html

    def _changed(self, text: str, exchanged: dict[str, str]) -> Iterator[tuple[int, int, str]]:
        """Yield what becomes of a page's tags, styles and scripts, in order and with their places."""
        at = 0
        while tag := _TAG.search(text, at):
            at = tag.end()
            name = (tag["name"] or "").lower()
            if not name:  # a comment
                continue
            given = self._attributes(name, tag["given"])
            if given != tag["given"]:
                yield tag.start("given"), tag.end("given"), given
            if name not in _RAW:
                continue
            close = re.compile(rf"</{re.escape(name)}(?=[\s/>])", re.IGNORECASE).search(text, at)
            inside = text[at : close.start() if close else len(text)]
            if name == "style":
                sheet = self._css(inside)
                if sheet != inside:
                    exchanged[_hash(inside)] = _hash(sheet)
                yield at, at + len(inside), sheet
            elif name == "script" and _runs(tag["given"]):
                script = self._js(inside)
                if script != inside:
                    exchanged[_hash(inside)] = _hash(script)
                    yield at, at + len(inside), script
            at += len(inside)

    def _attributes(self, name: str, given: str) -> str:
        scheme = name == "meta" and _value(given, "name").lower() == "color-scheme"

        def put(found: re.Match[str]) -> str:
            key, value = found["key"].lower(), found["value"]
            if key in ("media", "sizes", "imagesizes"):
                value = _CONDITION.sub(self._put, value)
            elif key == "style":
                value = _SCHEMES.sub(self._put, value)
            elif key == "content" and scheme and self.look:
                value = _BOTH.sub(self.look, value)
            elif key == "integrity" and name in ("link", "script"):
                return ""  # it is the hash of a file that may be another one in this view
            return f"{found['key']}{found['is']}{value}"

        return _ATTRIBUTE.sub(put, given)


def parse(text: str) -> View | None:
    """Return the view that words such as ``dark+still`` name, in any order; None for words that are none."""
    if not text or len(text) > _LONGEST:
        return None
    look, still, script, at = "", False, True, None
    words = text.split("+")
    if len(set(words)) < len(words):
        return None
    for word in words:
        if word in ("dark", "light") and not look:
            look = word
        elif word == "still":
            still = True
        elif word == "noscript":
            script = False
        elif re.fullmatch("at[0-9]{1,11}", word) and at is None:
            at = int(word[2:])
        else:
            return None
    return View(look, still, script, at)


def _runs(given: str) -> bool:
    return not _value(given, "src") and bool(_RUNS.fullmatch(_value(given, "type").strip()))


def _value(given: str, key: str) -> str:
    """Return an attribute's value without its quotes; nothing when there is none."""
    return next((one["value"].strip("\"'") for one in _ATTRIBUTE.finditer(given) if one["key"].lower() == key), "")


def _hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
