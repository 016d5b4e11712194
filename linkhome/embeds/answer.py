"""Name what a fetch may cost, what it brings home, and how it can end.

Pure: no network, nothing heavy to import. `fetch` hands all of it on, so that other rooms need one name only.
"""

from __future__ import annotations

from msgspec import Struct

_MARKUP = "text/html, application/xhtml+xml;q=0.9, application/xml;q=0.5, */*;q=0.1"
_DATA = "application/json, application/activity+json;q=0.8, text/json;q=0.8, */*;q=0.1"
_NEWS = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.8, */*;q=0.1"
_IMAGE = "image/webp, image/jpeg, image/png, image/avif;q=0.8, image/gif;q=0.8"

_JPEG, _PNG, _GIF, _RIFF = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"RIFF"
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


class Limits(Struct, frozen=True):
    """Say how much one kind of answer may cost.

    ``most`` counts decoded bytes: a longer body is cut there when ``cut`` is true, and is an error otherwise.
    ``seconds`` bound everything, from the first look-up of a name to the last byte of the last redirect's body.
    ``starts`` are what such a body can begin with, after white space and a byte order mark; see `looks`.
    """

    name: str
    most: int
    seconds: float
    redirects: int
    cut: bool
    starts: tuple[bytes, ...]
    accept: str


PAGE = Limits("page", 2_000_000, 15, 5, True, (b"<",), _MARKUP)
API = Limits("api", 512_000, 10, 3, False, (b"{", b"["), _DATA)
#: A feed is cut, too: its reader goes back to the last whole entry, and `Answer.cut` tells it to.
FEED = Limits("feed", 2_000_000, 15, 5, True, (b"<", b"{"), _NEWS)
PICTURE = Limits("picture", 8_000_000, 20, 3, False, (_JPEG, _PNG, _GIF, _RIFF, b"ftypavif", b"ftypavis"), _IMAGE)


class Answer(Struct, frozen=True):
    """Hold what came, whatever its status: 404 and 304 are answers, too.

    ``headers`` have lower-case names; values of the same name are joined by a comma. Nothing in them is to be
    trusted: ``content-type`` least of all. ``body`` is unpacked (gzip and the like), not decoded to text.
    ``url`` is the address that answered, after all redirects.
    """

    status: int
    headers: dict[str, str]
    body: bytes
    url: str
    cut: bool = False


class FetchError(Exception):
    """Say why there is no answer: ``code`` for programs, ``sentence`` for the creator.

    Codes: ``refused`` (we do not ask such an address), ``dns``, ``connect``, ``tls``, ``slow`` (its deadline),
    ``reset`` (ended too early), ``redirects``, ``large``, ``not-http``, ``stopped`` (`Client.stop` or `Client.close`).
    """

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


def broken(host: str) -> FetchError:
    """Return the error of an answer that ends too early."""
    return FetchError("reset", f"{host} broke off in the middle of its answer")


def looks(answer: Answer, limits: Limits) -> bool:
    """Tell whether the body begins like what was asked for, whatever its headers say."""
    body = answer.body[:512]
    for mark in _MARKS:
        body = body.removeprefix(mark)
    if body[4:8] == b"ftyp":  # after the length of the first box
        return body[4:12] in limits.starts
    if body.startswith(_RIFF):
        return body[8:12] == b"WEBP" and _RIFF in limits.starts
    # Text in UTF-16 has zeros between its letters.
    return body.lstrip(b" \t\r\n\f\0").startswith(limits.starts)
