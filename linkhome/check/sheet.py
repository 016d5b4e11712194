"""Find the addresses that a style sheet lets a browser load."""

from __future__ import annotations

import re

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
#: The name of a language of drawings is written like an address, and nobody asks for it.
_NAMESPACE = re.compile(r"@namespace\b[^;]*;", re.IGNORECASE)
_URL = re.compile(r"""url\(\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^)'"\s]*))""", re.IGNORECASE)
_IMPORT = re.compile(r"""@import\s+(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_SET = re.compile(r"""image-set\(((?:[^()"']|"[^"]*"|'[^']*'|\([^()]*\))*)\)""", re.IGNORECASE)
_QUOTED = re.compile(r"""(?<!\()\s*(?:"([^"]*)"|'([^']*)')""")


def addresses(text: str) -> list[str]:
    """Return every address in a style sheet, or in an attribute ``style``, as it is written."""
    if "(" not in text and "@" not in text:
        return []
    plain = _NAMESPACE.sub("", _COMMENT.sub("", text))
    found = [match["double"] or match["single"] or match["bare"] or "" for match in _URL.finditer(plain)]
    found += [match[1] or match[2] or "" for match in _IMPORT.finditer(plain)]
    for images in _SET.findall(plain):
        within = re.sub(r"\b(?:url|type)\([^)]*\)", "", images)
        found += [match[1] or match[2] or "" for match in _QUOTED.finditer(within)]
    return [one for one in dict.fromkeys(found) if one]
