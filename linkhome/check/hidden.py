"""Find what must never be published: hidden files, keys and passwords, and what programs leave lying about."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..deploy.freeze import LITTER, OPEN
from ..diagnostics import Severity
from ..newsletter.places import holds_key
from .finding import Finding
from .site import Site, shown

RULE = "hidden"
_HINT = "take it out of the folder that it comes from, theme/static/ or media/"
_KEY_FILES = re.compile(
    r"(?:id_(?:rsa|dsa|ecdsa|ed25519)|.*\.(?:pem|key|p12|pfx|kdbx|jks|ppk)|credentials(?:\.json)?|secrets?\.ya?ml)",
    re.IGNORECASE,
)
_REMAINS = re.compile(r".*(?:~|\.(?:bak|old|orig|swp|tmp|sql|sqlite3?|db|log))|#.*#", re.IGNORECASE)


def find(site: Site) -> Iterator[Finding]:
    """Find hidden names, files that hold keys, and remains."""
    for path in site.files:
        parts = path.split("/")
        secret = next((part for part in parts if part.startswith(".") and part not in OPEN), "")
        if parts[-1] in LITTER or secret:
            message = f"'{path}' would be published, and is a hidden file"
            yield Finding(RULE, Severity.ERROR, message, _HINT)
        elif _KEY_FILES.fullmatch(parts[-1]):
            message = f"'{path}' would be published, and looks like a file with a key"
            yield Finding(RULE, Severity.ERROR, message, f"{_HINT}; if it was public already, make a new key")
        elif _REMAINS.fullmatch(parts[-1]):
            message = f"'{path}' would be published, and looks like what a program left behind"
            yield Finding(RULE, Severity.WARNING, message, _HINT)
    for path, text in site.texts():
        if holds_key(text):
            hint = "take it out and make a new one; if it is only an example, shorten it"
            message = "a key or a password stands where everybody reads it"
            yield Finding(RULE, Severity.ERROR, message, hint, (shown(path),))
