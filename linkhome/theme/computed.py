"""Carry values that only the build knows from a template into the page's styles, without a ``style`` attribute.

A template writes ``class="name {{ css(k=2.31) }}"``. The page comes out with ``class="name v1"`` and with the rule
``.v1{--k:2.31}`` among its styles, so that a strict content security policy needs no exception.
"""

from __future__ import annotations

import re

from markupsafe import Markup

#: What stands in a rendered page until `settle`; no text of a creator can contain a control character.
_MARK = re.compile("\x02css:([^\x03]*)\x03")
_VALUE = re.compile(r"[A-Za-z0-9 .%#()+*/,-]{1,200}")
_ADDRESS = re.compile(r"url|image|src", re.IGNORECASE)
Value = str | float | int | None


def css(**properties: Value) -> Markup:
    """Return a class that sets these custom properties: ``css(k=2.31, x="84%")`` sets ``--k`` and ``--x``.

    None and "" are left out; without any property left there is no class, and the text is empty.

    Raises:
        ValueError: a value is more than numbers, words, colours and ``calc()``.
    """
    parts = []
    for name, value in properties.items():
        text = _number(value) if isinstance(value, float) else str(value if value is not None else "").strip()
        if not text:
            continue
        if not _VALUE.fullmatch(text) or _ADDRESS.search(text):
            raise ValueError(f"css({name}=…) takes a number, a colour or a length, not '{text[:40]}'")
        parts.append(f"--{name.replace('_', '-')}:{text}")
    return Markup(f"\x02css:{';'.join(parts)}\x03" if parts else "")  # noqa: S704  (checked above)


def settle(html: str) -> tuple[str, str]:
    """Return the page with short class names, and the rules that belong to them; equal ones share a class."""
    names: dict[str, str] = {}

    def name(found: re.Match[str]) -> str:
        return names.setdefault(found[1], f"v{len(names) + 1}")

    html = _MARK.sub(name, html)
    return html, "".join(f".{short}{{{rule}}}" for rule, short in names.items())


def _number(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".") or "0"
