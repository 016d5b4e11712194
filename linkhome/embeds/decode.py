"""Turn the bytes of an answer into text, when its headers, its own words and its bytes disagree about the encoding.

The order is that of browsers (Encoding standard, HTML 13.2.3), made for previews: what a server says is believed as far
as the bytes allow it, one wrong byte does not turn a page of good UTF-8 into rubbish, and nothing is ever an error.
"""

from __future__ import annotations

import codecs
import re

from .answer import Answer

#: How far into a body it may say what it is written in.
_HEAD = 4096

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_IN_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_IN_BODY = re.compile(
    rb"<meta[^>]{0,400}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})|<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})",
    re.IGNORECASE,
)

#: What Python would read too narrowly, or does not know: the Encoding standard reads it as the larger one of the web.
_LARGER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "shift_jis": "cp932",
    "x-sjis": "cp932",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "windows-31j": "cp932",
    "windows-874": "cp874",
    "windows-949": "cp949",
    "x-gbk": "gb18030",
    "x-mac-cyrillic": "mac-cyrillic",
    "iso-8859-8-i": "iso8859-8",
    "x-euc-jp": "euc_jp",
    "utf-16": "utf-16-le",
    "unicode": "utf-16-le",
}
#: All that is decoded. Python has codecs that are no encodings, and some that unpack: those are out of reach.
_KNOWN = {
    *("utf-8", "utf-16-le", "utf-16-be", "cp932", "euc_jp", "iso2022_jp", "gb18030", "big5hkscs", "cp949", "cp866"),
    *("koi8-r", "koi8-u", "mac-roman", "mac-cyrillic", "cp874"),
    *(f"cp{number}" for number in range(1250, 1259)),
    *(f"iso8859-{number}" for number in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)),
}


def text(answer: Answer) -> str:
    """Return an answer's body as text.

    A byte order mark wins; then what the header says, then what the body says of itself in its first 4 KB, each only
    if all bytes agree; then UTF-8 if most of them do; then Windows-1252, in which everything is some text.
    """
    body, whole = answer.body, not answer.cut
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return _decoded(body[len(mark) :], encoding, whole, "replace")
    for encoding in (*_declared(answer), "utf-8"):
        # Latin-1 is what old servers say of everything, and no other text is valid UTF-8 by accident.
        for tried in ("utf-8", encoding) if encoding == "cp1252" else (encoding,):
            try:
                return _decoded(body, tried, whole, "strict")
            except UnicodeError:
                continue
    return _mostly_utf8(body, whole) or _decoded(body, "cp1252", whole, "replace")


def _declared(answer: Answer) -> list[str]:
    """Return the encodings that the header and the body name, as far as they are known."""
    head = answer.body[:_HEAD]
    found = [match[1] for match in _IN_HEADER.finditer(answer.headers.get("content-type", "")[:_HEAD])][:1]
    found += [(match[1] or match[2]).decode("ascii", "replace") for match in _IN_BODY.finditer(head)][:1]
    # A body whose head could be read as ASCII is in none of the wide encodings, whatever it says.
    named = [_named(label) for label in found]
    return ["utf-8" if name.startswith("utf-16") and b"\0" not in head else name for name in named if name]


def _named(label: str) -> str:
    """Return Python's name of an encoding of the web, or nothing."""
    label = label.lower()
    try:
        name = _LARGER[label] if label in _LARGER else codecs.lookup(label).name
    except (LookupError, ValueError):
        return ""
    name = _LARGER.get(name, name)
    return name if name in _KNOWN else ""


def _decoded(body: bytes, encoding: str, whole: bool, errors: str) -> str:
    """Decode; a body that was cut may end inside of a letter."""
    return codecs.getincrementaldecoder(encoding)(errors).decode(body, whole)


def _mostly_utf8(body: bytes, whole: bool) -> str:
    """Return the text if it is UTF-8 but for a few bytes, which become marks of their loss; or nothing."""
    found = _decoded(body, "utf-8", whole, "replace")
    lost = found.count("\ufffd")
    beyond_ascii = len(found) - len(found.encode("ascii", "ignore")) - lost
    return found if beyond_ascii > 4 * lost else ""
