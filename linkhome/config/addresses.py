"""Decide which addresses and file names may ever reach a page.

An address passes only when its scheme is on the list, however it is spelt: what a browser, a decoder or a
careless template could still turn into ``javascript:`` is refused as well.
"""

from __future__ import annotations

import re

from .nodes import shorten
from .wrong import KindError

SCHEMES = ("https", "http", "mailto", "tel", "sms")
LONGEST = 2048
_ALLOWED = "allowed are https://…, mailto:…, tel:…, sms:… and own files such as media/portfolio.pdf"

# Control characters, exotic spaces, marks of direction, characters that show nothing.
_INVISIBLE = re.compile(
    "[\x00-\x1f\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f"
    "\u205f-\u206f\u3000\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\U000e0000-\U000e0fff]"
)
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_COLONS = str.maketrans(dict.fromkeys("：﹕︓︰ː∶꞉", ":"))
_HEAD = re.compile(r"[/?#]")
_UNQUOTED = re.compile('[ "<>`]')
_HOST = re.compile(r"(?:[^\W_](?:[\w-]*[^\W_])?\.)*[^\W_](?:[\w-]*[^\W_])?\.?|\[[0-9A-Fa-f:.]+\]")
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:[a-z]{2,24}|xn--[a-z0-9-]+)", re.IGNORECASE)
_EMAIL = re.compile(
    r"[^\s@<>()\[\],;:\\\"/?&#%]{1,64}@(?=.{3,255}$)"
    r"(?:[^\W_](?:[\w-]{0,62}[^\W_])?\.)+[^\W\d_](?:[\w-]{0,62}[^\W_])"
)
_DIALLED = re.compile(r"\+?[0-9][0-9 ().-]*")
_FILES = re.compile(
    "aac|avif|bmp|csv|docx?|epub|flac|gif|gpx|html?|ics|jpe?g|json|key|m4[av]|md|mov|mp[34]|od[pst]|og[agv]|opus|otf|pages"
    "|pdf|png|pp[st]|pptx|rtf|svg|tiff?|ttf|txt|vcf|vtt|wav|web[mp]|woff2?|xlsx?|xml|zip"
)
_ELSEWHERE = {
    "whatsapp": "use https://wa.me/ and the number",
    "tg": "use https://t.me/ and the name",
    "sgnl": "use https://signal.me/#eu/…",
    "signal": "use https://signal.me/#eu/…",
    "geo": "use the https:// address of a map",
    "file": "copy the file into the folder media/ and write its path, media/…",
}


def address(text: str) -> str:
    """Return an address that a page may link to: a web address, mailto:, tel:, sms:, or the path of an own file."""
    text = _clean(text)
    found = _SCHEME.match(text)
    scheme = found[1].lower() if found else ""
    if scheme in ("http", "https"):
        return web(text)
    rest = text[found.end() :] if found else text
    if scheme == "mailto":
        return _mailto(text, rest)
    if scheme in ("tel", "sms"):
        return _dial(text, scheme, rest)
    if text.startswith("//"):
        raise _lacks(text, "https:")
    head = _HEAD.split(text, maxsplit=1)[0]
    if _is_domain(head, whole="/" not in text):
        raise _lacks(text, "https://")
    if scheme or ":" in _HEAD.split(_decoded(text), maxsplit=1)[0]:
        raise KindError(f"'{shorten(text)}' is not an address that a page may link to", _instead(scheme))
    if _is_email(head):
        raise _lacks(text, "mailto:")
    if text.startswith(("#", "?")):
        raise KindError(f"'{shorten(text)}' is only a part of an address", "write the whole address: https://…")
    if text.startswith("@"):
        raise KindError(f"'{shorten(text)}' is a name, not an address", "write the whole address: https://…")
    if _DIALLED.fullmatch(text) and len(text) > 6:
        raise _lacks(text.replace(" ", ""), "tel:")
    return path(text)


def web(text: str) -> str:
    """Return an address that begins with ``https://`` or ``http://`` and names a host and no password."""
    text = _clean(text)
    found = _SCHEME.match(text)
    scheme = found[1].lower() if found else ""
    if scheme not in ("http", "https"):
        near = text.removeprefix("//")
        like = _is_domain(_HEAD.split(near, maxsplit=1)[0], whole=False)
        hint = f"did you mean 'https://{shorten(near)}'?" if like else "write the whole address: https://…"
        raise KindError(f"'{shorten(text)}' does not begin with https://", hint)
    rest = text[len(scheme) + 1 :]
    if not rest.startswith("//") or rest.startswith("///"):
        raise KindError(f"'{shorten(text)}' is not complete", f"did you mean '{scheme}://{shorten(rest.lstrip('/'))}'?")
    authority = _HEAD.split(rest[2:], maxsplit=1)[0]
    if "@" in authority:
        hint = "remove what stands before the @, and the @"
        raise KindError("an address on a page must not contain a user name or password", hint)
    again = "copy the address once more from the browser"
    if sign := _UNQUOTED.search(text):
        raise KindError(f"'{shorten(text)}' contains {_named(sign[0])}", again)
    host, _, port = authority.rpartition(":") if re.search(r":[0-9]*$", authority) else (authority, "", "")
    if len(host) > 253 or not _HOST.fullmatch(host) or (port and int(port[:6]) > 65535):
        raise KindError(f"'{shorten(text)}' names no valid host", again)
    return f"{scheme}:{rest}"


def path(text: str) -> str:
    """Return the path of an own file, which never leaves the site's folder and never means a hidden file."""
    text = _clean(text)
    if _SCHEME.match(text) and "://" in text:
        hint = "save the file into the folder media/ and write its path: media/…"
        raise KindError(f"'{shorten(text)}' is not an own file", hint)
    if text.startswith(("/", "~")) or re.match("[A-Za-z]:", text):
        hint = "copy the file into the folder media/ and write its path from the site's folder: media/…"
        raise KindError(f"'{shorten(text)}' is a place on one computer only", hint)
    parts = text.removeprefix("./").split("/")
    decoded = _decoded(text).split("/")
    if ".." in parts or ".." in decoded:
        hint = "copy the file into the folder media/ and write its path: media/…"
        raise KindError(f"'{shorten(text)}' leads out of the site's folder", hint)
    if ":" in _decoded(parts[0]):
        raise KindError(f"'{shorten(text)}' is not the path of a file", "a path looks like this: media/portrait.jpg")
    if "" in parts:
        raise KindError(f"'{shorten(text)}' does not name a file", "a path looks like this: media/portrait.jpg")
    if any(part.startswith(".") for part in parts):
        hint = "hidden files stay private: rename it"
        raise KindError(f"'{shorten(text)}' is hidden, because its name begins with a full stop", hint)
    if any(len(part.encode()) > 255 for part in parts):
        raise KindError("this file name is too long", "no computer allows more than 255 characters")
    return "/".join(parts)


def email(text: str) -> str:
    """Return an e-mail address."""
    text = text.strip(" ")
    if not _is_email(text):
        bare = text.removeprefix("mailto:")
        hint = f"did you mean '{shorten(bare)}'?" if bare != text else "it looks like this: hello@lina.example"
        raise KindError(f"'{shorten(text)}' is not an e-mail address", hint)
    return text


def phone(text: str) -> str:
    """Return a telephone number that can be dialled from everywhere."""
    text = text.strip(" ")
    digits = re.sub("[^0-9]", "", text)
    if not _DIALLED.fullmatch(text):
        raise KindError(f"'{shorten(text)}' is not a telephone number", "it looks like this: +41 61 555 01 23")
    if not text.startswith("+"):
        hint = "it looks like this: +41 61 555 01 23"
        if text.startswith("00"):
            hint = f"did you mean '+{text[2:].strip()}'?"
        raise KindError(f"'{shorten(text)}' lacks the + and the number of the country", hint)
    if "(0)" in text:
        near = " ".join(text.replace("(0)", " ").split())
        raise KindError(f"'{shorten(text)}' cannot be dialled with (0) in it", f"did you mean '{shorten(near)}'?")
    if not 7 <= len(digits) <= 15:
        raise KindError(f"'{shorten(text)}' has {len(digits)} digits", "a telephone number has 7 to 15 of them")
    return text


def _is_email(text: str) -> bool:
    return len(text) < 321 and bool(_EMAIL.fullmatch(text)) and ".." not in text and not _INVISIBLE.search(text)


def _clean(text: str) -> str:
    """Return the text without spaces around it, or refuse what no address and no path of a file contains."""
    text = text.strip(" ")
    if not text:
        raise KindError("this is empty", "write an address or a path, or remove the key")
    if hidden := _INVISIBLE.search(text):
        message = f"'{shorten(_INVISIBLE.sub('', text))}' contains {_named(hidden[0])}"
        raise KindError(message, "delete it and type it once more, by hand")
    if "\\" in text:
        hint = _ELSEWHERE["file"] if ":" in text else f"did you mean '{shorten(text.replace(chr(92), '/'))}'?"
        raise KindError(f"'{shorten(text)}' contains a backslash", hint)
    if len(text) > LONGEST:
        raise KindError(f"this is too long: {len(text):,} characters, {LONGEST:,} are allowed")
    return text


def _decoded(text: str) -> str:
    """Undo what hides a colon or dots: percent signs, HTML's entities, look-alikes, in any number of layers."""
    for _ in range(8):
        before = text
        if "%" in text:
            from urllib.parse import unquote  # rare, and it loads a lot

            text = unquote(text)
        if "&" in text:
            from html import unescape  # two thousand names, for addresses with & in them only

            text = unescape(text)
        text = _INVISIBLE.sub("", text.translate(_COLONS))
        if text == before:
            return text
    return ":"  # nobody needs that many layers


def _is_domain(head: str, *, whole: bool) -> bool:
    """Tell ``shop.example`` from ``portfolio.pdf``."""
    name, _, port = head.partition(":")
    if len(name) > 253 or not _DOMAIN.fullmatch(name) or (port and not port.isdecimal()):
        return False
    return not whole or name.lower().startswith("www.") or not _FILES.fullmatch(name.rpartition(".")[2].lower())


def _lacks(text: str, beginning: str) -> KindError:
    near = shorten(beginning + text)
    return KindError(f"'{shorten(text)}' lacks {beginning} at its beginning", f"did you mean '{near}'?")


def _instead(scheme: str) -> str:
    if len(scheme) == 1:
        return _ELSEWHERE["file"]
    return _ELSEWHERE.get(scheme, _ALLOWED)


def _mailto(text: str, rest: str) -> str:
    people = rest.partition("?")[0].split(",")
    if _UNQUOTED.search(text) or not all(_is_email(person) for person in people):
        raise KindError(f"'{shorten(text)}' is not an e-mail address", "it looks like this: mailto:hello@lina.example")
    return f"mailto:{rest}"


def _dial(text: str, scheme: str, rest: str) -> str:
    number, mark, query = rest.partition("?")
    short = sum(c.isdecimal() for c in number) < 3
    if short or not _DIALLED.fullmatch(number) or _UNQUOTED.search(query) or (mark and scheme == "tel"):
        raise KindError(f"'{shorten(text)}' is not a telephone number", f"it looks like this: {scheme}:+41615550123")
    return f"{scheme}:{re.sub('[^+0-9]', '', number)}{mark}{query}"


def _named(sign: str) -> str:
    names = {" ": "a space", "\t": "a tab", "\n": "a line break", '"': "a quote", "\u00a0": "a space of another kind"}
    return names.get(sign, f"the sign {sign}" if sign.isprintable() else f"an invisible character (U+{ord(sign):04X})")
