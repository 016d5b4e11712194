"""Follow the tree and the rules side by side: build what is right, report everything that is wrong.

One mistake never hides the next: a value that was refused is `BAD`, its map is still read to the end.
"""

from __future__ import annotations

import re
from typing import Any

from msgspec import UNSET

from ..diagnostics import Diagnostic, closest, did_you_mean
from . import agreement, blocks
from .kinds import KINDS, language
from .nodes import List, Map, Node, Scalar, shorten
from .rules import Rule, required, slots
from .schema import BLOCKS, Keys, PictureFile, Site
from .words import form, listed, wanted
from .wrong import BAD, MOST, KindError

_NUMBER = re.compile("0|-?[1-9][0-9]{0,8}")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]{1,6}(?:\.[0-9]{0,6})?|\.[0-9]{1,6})")
_BOOLISH = {**dict.fromkeys(("true", "yes", "on", "y"), "true"), **dict.fromkeys(("false", "no", "off", "n"), "false")}
# What no page can hold: control characters that an escape such as "\0" brought in.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_LOST_COLOUR = re.compile(r"[ \t]*(#[0-9A-Fa-f]{3,8})\b")


class Walk:
    """Read one document. ``languages`` are the site's, the main one first; empty means that any will do."""

    def __init__(self, languages: tuple[str, ...] = ()) -> None:
        self.languages = languages
        self.found: list[Diagnostic] = []
        self._errors = 0

    @property
    def full(self) -> bool:
        """Tell whether there are so many errors already that looking for hints is a waste."""
        return self._errors >= MOST

    def wrong(self, node: Node, message: str, hint: str = "") -> Any:
        """Keep an error and return `BAD`."""
        if not self.full:
            self.found.append(node.error(message, hint))
        self._errors += 1
        return BAD

    def warn(self, node: Node, message: str, hint: str = "") -> None:
        """Keep a warning."""
        if len(self.found) < 2 * MOST:
            self.found.append(node.warning(message, hint))

    # ------------------------------------------------------------------ maps

    def struct(self, node: Map, struct: type[Keys], owner: Scalar | None = None) -> Any:
        """Return the filled struct, or `BAD`. What is missing is reported at ``owner``, the key of the map."""
        allowed = slots(struct)
        values: dict[str, Any] = {}
        bad = False
        meant: set[str | None] = set()
        for key, (name, value) in node.entries.items():
            slot = allowed.get(key)
            if slot is None:
                bad = True
                meant.add(self._unknown(name, node, struct))
            elif type(value) is Scalar and value.empty:
                if slot.required:
                    bad = True
                    self._empty(name, value)
                elif slot.rule.kind == "colour":
                    bad = self._lost_colour(name, value) or bad
            elif (made := self.value(value, slot.rule, name)) is BAD:
                bad = True
            else:
                values[slot.attribute] = made
        for key in required(struct):
            if key not in node.entries and key not in meant:
                bad = True
                where = f" in '{owner.text}'" if owner else ""
                self.wrong(owner or node.head, f"'{key}' is missing{where}", f"add a line: {key}: …")
        bad = agreement.check(self, struct, node, values) or bad
        return BAD if bad else struct(**values)

    def _unknown(self, name: Scalar, node: Map, struct: type[Keys]) -> str | None:
        """Report an unknown key and return the key that was probably meant."""
        if self.full:
            return None
        allowed = slots(struct)
        word = name.text[:80]
        near = closest(word, [key for key in allowed if key not in node.entries]) or closest(word, allowed)
        if struct is Site and (elsewhere := self._belongs(name.text)):
            near, hint = None, f"'{name.text}' belongs under '{elsewhere}:'"
        elif near:
            hint = f"did you mean '{near}'?"
        else:
            hint = f"known here: {listed(allowed)}" if len(allowed) <= 14 else ""
        self.wrong(name, f"unknown key '{shorten(name.text)}'", hint)
        return near

    def _belongs(self, key: str) -> str | None:
        """Return the key of the site under which a misplaced key would be right."""
        if key in BLOCKS:
            return "home"
        for slot in slots(Site).values():
            if slot.rule.struct and not slot.rule.items and key in slots(slot.rule.struct):
                return slot.key
        return None

    def _empty(self, name: Scalar, value: Scalar) -> Any:
        hint = f"write something after '{name.text}:'"
        if value.text:
            hint = f'put it in quotes if it is meant: "{value.text}"'
        return self.wrong(name, f"'{name.text}' is empty", hint)

    def _lost_colour(self, name: Scalar, value: Scalar) -> bool:
        """Find the colour that YAML took for a comment because it begins with # and has no quotes."""
        text = name.origin.text
        lost = _LOST_COLOUR.match(text, text.find(":", name.end) + 1) if not value.text else None
        if not lost:
            return False
        place = Scalar(name.origin, lost.start(1), lost.end(1), lost[1], True)
        message = f"'{name.text}' is empty: without quotes, # begins a remark"
        self.wrong(place, message, f'put the colour in quotes: "{lost[1]}"')
        return True

    # ------------------------------------------------------------------ values

    def value(self, node: Node, rule: Rule, owner: Scalar, *, entry: bool = False) -> Any:
        """Return what a value means, or `BAD`. ``entry`` says that it stands in the list of the key ``owner``."""
        made: Any = BAD
        if type(node) is Scalar and (rule.text or rule.flag or rule.number or rule.decimal or rule.choices):
            made = self._scalar(node, rule, owner, entry)
        elif type(node) is List and rule.items:
            made = self._all([self.value(item, rule.items, owner, entry=True) for item in node.items])
        elif type(node) is List and rule.blocks:
            made = self._all([blocks.read(self, item) for item in node.items])
        elif type(node) is Map and rule.spoken:
            made = self._languages(node, rule)
        elif type(node) is Map and rule.struct:
            made = self.struct(node, rule.struct, None if entry else owner)
        elif type(node) is Map and rule.names and rule.values:
            made = self._named(node, rule.names, rule.values)
        elif type(node) in (Scalar, List, Map):
            self._misfit(node, rule, owner, entry)
        if rule.speaks and made is not BAD:
            self._spoken_for(node, made)
        return made

    def _all(self, values: list[Any]) -> Any:
        return BAD if any(value is BAD for value in values) else values

    def _misfit(self, node: Node, rule: Rule, owner: Scalar, entry: bool) -> None:
        name = f"an entry of '{owner.text}'" if entry else f"'{owner.text}'"
        hint = ""
        if type(node) is Scalar and (rule.items or rule.blocks):
            text = shorten(node.text, 40)
            hint = f"begin each entry with '- ' on a line of its own: - {text}"
            if text.startswith("-"):
                hint = "put a space after each -"
        elif type(node) is Scalar and rule.struct:
            hint = f"its keys stand on lines of their own: {listed(slots(rule.struct))}"
        elif type(node) is List and not rule.items and len(node.items) == 1:
            hint = "remove the '-', or the brackets around it"
        self.wrong(node, f"{name} must be {wanted(rule)}, not {form(node)}", hint)

    def _scalar(self, node: Scalar, rule: Rule, owner: Scalar, entry: bool) -> Any:
        text = node.text
        if node.empty and rule.blank:
            return ""
        if node.empty:
            return self._empty(owner, node) if not entry else self.wrong(owner, f"an entry of '{owner.text}' is empty")
        if rule.flag:
            if node.plain and text in ("true", "false"):
                return text == "true"
            if not rule.text or text.lower() in _BOOLISH:
                meant = _BOOLISH.get(text.lower(), "true or false")
                hint = f"write {meant}" + (", without quotes" if not node.plain else "")
                return self.wrong(node, f"'{owner.text}' must be {wanted(rule)}", hint)
        if rule.number:
            low, high = rule.number
            if node.plain and _NUMBER.fullmatch(text) and low <= int(text) <= high:
                return int(text)
            hint = "write it without quotes" if not node.plain and _NUMBER.fullmatch(text) else ""
            return self.wrong(node, f"'{owner.text}' must be a whole number from {low} to {high}", hint)
        if rule.decimal:
            if node.plain and _DECIMAL.fullmatch(text):
                return float(text)
            if not (rule.choices or rule.text):
                return self.wrong(node, f"'{owner.text}' must be {wanted(rule)}", "write it like this: 0.5")
        if rule.choices:
            if text in rule.choices:
                return text
            if rule.text and ("." in text or "/" in text):
                return self._text(node, rule)  # a file instead of one of the words
            return self.wrong(node, f"'{owner.text}' cannot be '{shorten(text)}'", self._choice(text, rule.choices))
        return self._text(node, rule)

    def _choice(self, text: str, choices: tuple[str, ...]) -> str:
        all_of_them = f"it is one of: {listed(choices)}"
        near = did_you_mean(text[:80], choices)
        return f"{near} ({all_of_them})" if near else all_of_them

    def _text(self, node: Scalar, rule: Rule) -> Any:
        text = node.text
        if hidden := _CONTROL.search(text):
            code = f"U+{ord(hidden[0]):04X}"
            return self.wrong(node, f"this text contains an invisible control character, {code}", "remove it")
        check = KINDS.get(rule.kind)
        if check is None:
            return text.rstrip("\n")
        try:
            return check(text)
        except KindError as wrong:
            return self.wrong(node, wrong.message, wrong.hint)

    # ------------------------------------------------------------------ maps of languages, maps of words

    def _languages(self, node: Map, rule: Rule) -> Any:
        made: dict[str, str] = {}
        bad = not node.entries and self.wrong(node, "this text is empty", "write a text, or remove the key") is BAD
        for key, (name, value) in node.entries.items():
            try:
                tag = language(key)
            except KindError as wrong:
                self.wrong(name, wrong.message, wrong.hint)
                bad = True
                continue
            if self.languages and tag not in self.languages:
                add = f"add it to the key 'language': [{listed([*self.languages, tag])}]"
                self.warn(name, f"the site has no language '{tag}'", did_you_mean(tag, self.languages, add))
            text = self.value(value, Rule(text=True, about=rule.about), name)
            bad = bad or text is BAD
            made[tag] = text
        main = self.languages[0] if self.languages else ""
        if main and not bad and main not in made and main.partition("-")[0] not in made:
            self.warn(node.head, f"this text is missing in the main language, '{main}'", f"add a line: {main}: …")
        return BAD if bad else made

    def _named(self, node: Map, names: Rule, values: Rule) -> Any:
        made: dict[str, Any] = {}
        bad = False
        for name, value in node.entries.values():
            key = self._scalar(name, names, name, entry=False)
            text = self.value(value, values, name)
            bad = bad or key is BAD or text is BAD
            made[key] = text
        return BAD if bad else made

    def _spoken_for(self, node: Node, made: Any) -> None:
        if isinstance(made, PictureFile) and made.alt is not UNSET:
            return
        file = made.file if isinstance(made, PictureFile) else made
        place = node.get("file") if type(node) is Map else node
        hint = f'write {{file: {file}, alt: "what it shows"}}; alt: "" says that it only decorates'
        self.warn(place or node, "this picture has no description for those who cannot see it", hint)
