"""Read what a provider gives people to paste: its forms and their fields, its scripts and frames. Linear in time."""

from __future__ import annotations

import re

from msgspec import Struct, field

from ..embeds.markup import Tag, plain, tags

#: Of a longer text only the beginning is read: no provider's snippet is as long.
LONGEST = 500_000
_MOST = 300
_TEXT = 300

_BOXES = frozenset({"div", "p", "span", "section", "fieldset", "li", "ul", "ol", "td", "tr", "table"})
_FIELDS = frozenset({"input", "button", "select", "textarea"})
_WANTED = _BOXES | _FIELDS | {"form", "label", "option", "script", "iframe", "a"}

#: How things are put out of sight, in styles and in the names of classes.
_UNSEEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?![.\d])|(?:left|top|right|indent)\s*:\s*-\d{3}"
    r"|(?<![\w-])(?:height|width)\s*:\s*0(?![.\d])",
    re.IGNORECASE,
)
_UNSEEN_CLASS = re.compile(
    r"(?:^|[\s_-])(?:hp|hidden|honey|honeypot|pot|d-none|sr-only|visually-?hidden|trap|is-hidden)(?:$|[\s_-])",
    re.IGNORECASE,
)
_CAPTCHA = re.compile(r"captcha|turnstile|altcha", re.IGNORECASE)


class Found(Struct):
    """Hold one field: its attributes, the words beside it, and whether people see it.

    ``words`` are its id, placeholder and label. ``type`` is that of an input, or ``select``, ``textarea``, ``button``.
    """

    type: str
    name: str
    value: str = ""
    autocomplete: str = ""
    words: str = ""
    unseen: bool = False
    required: bool = False
    checked: bool = False
    key: str = ""  # its id


class Form(Struct):
    """Hold one form as it was pasted; ``trap`` is the name of the field that Netlify is told to be the honeypot."""

    action: str = ""
    method: str = "post"
    name: str = ""
    netlify: bool = False
    trap: str = ""
    fields: list[Found] = field(default_factory=list)


class Snippet(Struct):
    """Hold what was found: forms, the attributes of scripts and boxes, the addresses of frames and links."""

    forms: list[Form] = field(default_factory=list)
    scripts: list[dict[str, str]] = field(default_factory=list)
    frames: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    boxes: list[dict[str, str]] = field(default_factory=list)
    captcha: bool = False


def read(markup: str) -> Snippet:
    """Return what stands in a snippet, at most its first 500,000 characters. Never raises, whatever the text is."""
    return _Reader(markup[:LONGEST]).read()


class _Reader:
    """Go through the tags once."""

    def __init__(self, markup: str) -> None:
        self._markup = markup
        self._found = Snippet()
        self._form: Form | None = None
        self._unseen: list[str] = []  # the boxes that are open, from the outermost that nobody sees
        self._label: tuple[int, str, list[Found]] | None = None
        self._labels: dict[str, str] = {}
        self._loose = ""  # the words of a label that names no field: those of the next one
        self._select: Found | None = None

    def read(self) -> Snippet:
        for tag in tags(self._markup, _WANTED):
            if tag.closing:
                self._close(tag)
            else:
                self._open(tag, tag.attributes)
        self._end_label(len(self._markup))
        for form in self._found.forms:
            for one in form.fields:
                if one.key in self._labels:
                    one.words = f"{one.words} {self._labels[one.key]}"
        return self._found

    def _open(self, tag: Tag, given: dict[str, str]) -> None:
        found, name = self._found, tag.name
        found.captcha = found.captcha or bool(_CAPTCHA.search(given.get("class", "") + given.get("src", "")))
        if name == "form" and self._form is None and len(found.forms) < _MOST:
            self._form = _form(given)
            found.forms.append(self._form)
        elif name == "label":
            self._end_label(tag.start)
            self._label = (tag.end, given.get("for", ""), [])
        elif name == "option" and self._select is not None:
            if "selected" in given or not self._select.value:
                self._select.value = given.get("value", "")
        elif name in _FIELDS:
            self._add(name, given)
        elif name in _BOXES:
            self._box(name, given)
        elif name == "script" and len(found.scripts) < _MOST:
            found.scripts.append({**given, "text": tag.text[: _TEXT * 10]})
        elif name == "iframe" and len(found.frames) < _MOST:
            found.frames.append((given.get("src") or given.get("data-src") or "").strip())
        elif name == "a" and len(found.links) < _MOST:
            found.links.append(given.get("href", "").strip())

    def _close(self, tag: Tag) -> None:
        if tag.name == "form":
            self._form = None
        elif tag.name == "label":
            self._end_label(tag.start)
        elif tag.name == "select":
            self._select = None
        elif tag.name in self._unseen[-20:]:
            while self._unseen.pop() != tag.name:
                pass

    def _box(self, name: str, given: dict[str, str]) -> None:
        if any(key.startswith("data-") for key in given) and len(self._found.boxes) < _MOST:
            self._found.boxes.append(given)
        if (self._unseen or _is_unseen(given)) and len(self._unseen) < _MOST:
            self._unseen.append(name)

    def _add(self, tag: str, given: dict[str, str]) -> None:
        if self._form is None or len(self._form.fields) >= _MOST:
            return
        kind = given.get("type", "text").strip().lower() if tag == "input" else tag
        one = Found(
            type=kind or "text",
            name=given.get("name", "").strip(),
            value=given.get("value", "" if kind not in ("checkbox", "radio") else "on"),
            autocomplete=given.get("autocomplete", "").strip().lower(),
            words=f"{given.get('id', '')} {given.get('placeholder', '')} {given.get('aria-label', '')}"[:_TEXT],
            unseen=bool(self._unseen) or _is_unseen(given) or given.get("tabindex") == "-1",
            required="required" in given or given.get("data-required") == "true",
            checked="checked" in given,
            key=given.get("id", ""),
        )
        self._form.fields.append(one)
        self._select = one if tag == "select" else None
        if self._label and not self._label[1]:
            self._label[2].append(one)
        elif kind != "hidden":
            one.words, self._loose = f"{one.words} {self._loose}", ""

    def _end_label(self, end: int) -> None:
        if self._label is None:
            return
        start, key, inside = self._label
        words = plain(self._markup[start : min(end, start + 4 * _TEXT)])[:_TEXT]
        if key:
            self._labels.setdefault(key, words)
        for one in inside:
            one.words = f"{one.words} {words}"
        self._loose = "" if key or inside else words
        self._label = None


def _form(given: dict[str, str]) -> Form:
    return Form(
        action=given.get("action", "").strip(),
        method=given.get("method", "get").strip().lower(),
        name=given.get("name", "").strip(),
        netlify="netlify" in given or "data-netlify" in given,
        trap=given.get("netlify-honeypot", given.get("data-netlify-honeypot", "")).strip(),
    )


def _is_unseen(given: dict[str, str]) -> bool:
    return (
        "hidden" in given
        or given.get("aria-hidden", "").lower() == "true"
        or bool(_UNSEEN_STYLE.search(given.get("style", "")))
        or bool(_UNSEEN_CLASS.search(given.get("class", "")))
    )
