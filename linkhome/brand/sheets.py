"""Tell whether CSS inside of a drawing reaches out of it."""

from __future__ import annotations

import re

_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(\n)|(.))", re.DOTALL)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_URL = re.compile(r"""url\(\s*(["']?)\s*(.*?)\s*\1\s*(?:\)|\Z)""", re.IGNORECASE | re.DOTALL)
_HARMLESS = re.compile(
    r"#[^\s\"'()]*|data:(?:image/(?:png|jpe?g|gif|webp)|(?:font|application)/(?:x-)?[\w-]+)(?:;charset=[\w-]+)?;base64,"
    r"[A-Za-z0-9+/=\s]*",
    re.IGNORECASE,
)
#: What loads or runs something without an ``url()``, in any browser that ever was.
_ACTIVE = re.compile(
    r"@import|image-set\(|image\(|\bsrc\(|cross-fade\(|expression\s*\(|(?:java|vb)script:|behaviou?r\s*:|-moz-binding",
    re.IGNORECASE,
)


def has_danger(css: str) -> bool:
    """Tell whether a style sheet, or the value of an attribute, loads or runs anything.

    An escape is read as a browser would read it, and a comment hides nothing.
    """
    if css.isalnum():
        return False
    plain = _ESCAPE.sub(_meant, css) if "\\" in css else css
    for text in (plain, _COMMENT.sub("", plain), _COMMENT.sub(" ", plain)):
        if _ACTIVE.search(text):
            return True
        if "url" in text.lower() and any(not _HARMLESS.fullmatch(found[2]) for found in _URL.finditer(text)):
            return True
    return False


def _meant(found: re.Match[str]) -> str:
    if found[1]:
        number = int(found[1], 16)
        return chr(number) if 0 < number < 0x110000 else ""
    return found[3] or ""
