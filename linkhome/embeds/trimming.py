"""Make the text of a feed small and nearly well-formed before a parser sees it. Linear in its length.

Feeds come with thousands of entries, cut off in the middle, with pictures written out inside of them, with
markup that nobody escaped, with entities that nobody defined. A parser spends seconds on such things. What leaves
here has at most `MOST` whole entries of bounded size, no document type (and so no entities to blow up), and
markup inside of texts is escaped.
"""

from __future__ import annotations

import html
import re
from html.entities import html5

#: Entries that are looked at. Cards show fewer; some of these will be of no use.
MOST = 60
#: Characters of one text inside an entry; marks (tags, comments, quoted texts) and characters of one entry and of all.
_FIELD, _MARKS, _ALL_MARKS, _ENTRY, _ALL = 20_000, 800, 30_000, 150_000, 900_000
_HEAD, _TAG = 60_000, 4_000

_NAME = r"(?:[A-Za-z_][\w.-]{0,30}:)?"
_FIRST = re.compile(r"<([A-Za-z_][\w.:-]{0,60})")
_SPACE = re.compile(r"\s*")
_ROOTS = frozenset({"rss", "feed", "rdf", "channel"})
_MARK = re.compile(rf"<!\[CDATA\[|<!--|<(/?)({_NAME}(?:item|entry))(?=[\s/>])", re.IGNORECASE)
_DATE = re.compile(
    rf"<{_NAME}(?:pubDate|published|updated|date|issued|modified)\b[^<>]{{0,200}}>([^<]{{6,60}})", re.IGNORECASE
)
_TEXTS = re.compile(
    r"<(content:encoded|(?:atom:|dc:|itunes:)?(?:description|summary|title|subtitle)|(?:atom:)?content)"
    r"(?=[\s>])([^<>]{0,2000})>"
)
_TYPE = re.compile(r"""\btype\s*=\s*(?:"[^"]*"|'[^']*')""")
_OWN_TEXT = re.compile(r"<(?:content:encoded|(?:atom:)?(?:description|summary|content))[\s>]")
_MEDIA_TEXT = re.compile(
    r"<media:(title|description)\b[^<>]{0,500}>([^<]{0,3000}|<!\[CDATA\[[^\]]{0,3000}\]\]>)</media:\1>"
)
_QUOTED = re.compile(r"\s{0,200}<!\[CDATA\[")
_ANY_TAG = re.compile(r"<[A-Za-z_/?!][^>]{0,4000}>")
_AND = re.compile(r"&(?:#[xX]?[0-9a-fA-F]{1,7};|([A-Za-z][A-Za-z0-9]{1,31};))?")
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_XML = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})

#: The element that keeps what a picture shows: Mastodon writes it where others write the text of an entry.
SHOWN = "shown"


def trim(text: str) -> str:
    """Return a feed's text ready to be parsed; nothing when its first element is none of a feed.

    Of more entries than `MOST` the newer end is kept. An entry that is not whole is left out.
    """
    text = _body(text)
    root = _FIRST.match(text)
    if not root or root[1].rpartition(":")[2].lower() not in _ROOTS:
        return ""
    spans, begun, whole = _entries(text)
    kept: list[str] = []
    marks = length = 0
    for start, end in _newest(text, spans):
        entry, count = _tidy(_flat(text[start:end]), _MARKS)
        if not entry or len(entry) > _ENTRY:
            continue
        marks, length = marks + count, length + len(entry)
        if marks > _ALL_MARKS or length > _ALL:
            break
        kept.append(_own(entry))
    head = _head(text[:begun], root[1])
    tail = _tail(text[spans[-1][1] :]) if spans and whole else ""
    return _UNFIT.sub("", "".join((head, *kept, tail or _closed(head, root[1]))))


def _body(text: str) -> str:
    """Return the text from its first element on: without declaration, document type, comments, and noise."""
    declared = text.find("<?xml", 0, 4_000)
    if declared > 0:  # whatever stands before it is a warning of the server's
        text = text[declared:]
    text = text.lstrip("\ufeff \t\r\n")
    at = 0
    while text.startswith(("<!", "<?"), at):
        if text.startswith("<!--", at):
            end = text.find("-->", at)
            step = 3
        else:
            end = text.find(">", at)
            inside = text.find("[", at, end)
            if inside >= 0 and text.startswith("<!D", at):
                end = text.find("]>", inside)
            step = 2 if inside >= 0 and text.startswith("]>", end) else 1
        if end < 0:
            return ""
        at = _SPACE.match(text, end + step).end()  # type: ignore[union-attr]
    return text[at:]


def _entries(text: str) -> tuple[list[tuple[int, int]], int, bool]:
    """Return where each whole entry begins and ends, where the first begins, and whether none is broken off."""
    spans: list[tuple[int, int]] = []
    at, start, begun, name = 0, -1, len(text), ""
    while found := _MARK.search(text, at):
        at = found.end()
        if found[2] is None:
            end = text.find("]]>" if found[0] == "<![CDATA[" else "-->", at)
            if end < 0:
                return spans, begun, False
            at = end + 3
        elif not name or found[2] == name:
            begun = begun if name else found.start()
            name = found[2]
            end = text.find(">", at)
            if end < 0:
                return spans, begun, False
            at = end + 1
            if not found[1]:
                start = -1 if text[end - 1] == "/" else found.start()
            elif start >= 0:
                spans.append((start, at))
                start = -1
    return spans, begun, start < 0


def _newest(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    if len(spans) <= MOST:
        return spans
    from .dates import instant, iso

    first, last = ((iso(found[1]) if (found := _DATE.search(text, *span)) else "") for span in (spans[0], spans[-1]))
    turned = bool(first and last) and instant(first) < instant(last)
    return spans[-MOST:] if turned else spans[:MOST]


def _own(entry: str) -> str:
    """Set aside what an entry says of its pictures, where it has a text of its own."""
    if "<media:" not in entry or not _OWN_TEXT.search(entry):
        return entry
    first = entry.find("</media:content>")
    kept = False

    def aside(found: re.Match[str]) -> str:
        nonlocal kept
        if kept or found[1] != "description" or 0 <= first < found.start():
            return ""
        kept = True
        return f"<{SHOWN}>{found[2]}</{SHOWN}>"

    return _MEDIA_TEXT.sub(aside, entry)


def _flat(entry: str) -> str:
    """Escape markup that stands inside of a text as it is (XHTML in Atom, carelessness in RSS)."""
    out: list[str] = []
    at = 0
    endless: set[str] = set()
    while found := _TEXTS.search(entry, at):
        name, attributes = found[1], found[2]
        begin, inside = found.end(), ""
        end = begin
        if _QUOTED.match(entry, begin):
            quoted = entry.find("]]>", begin)
            end = len(entry) if quoted < 0 else quoted + 3
        elif not attributes.endswith("/") and name not in endless:
            closing = entry.find(f"</{name}>", begin)
            if closing < 0:
                endless.add(name)
            else:
                end, inside = closing, entry[begin:closing]
        if "<" in inside and "<![CDATA[" not in inside:
            out.append(entry[at : found.start()])
            out.append(f'<{name}{_TYPE.sub("", attributes)} type="html">{html.escape(inside[:_FIELD], quote=False)}')
        else:
            out.append(entry[at:end])
        at = end
    out.append(entry[at:])
    return "".join(out)


def _tidy(text: str, most: int) -> tuple[str, int]:
    """Return the text with every field cut and every ``&`` in order, and how many marks it has; "" for too many."""
    out: list[str] = []
    at = marks = 0
    while (start := text.find("<", at)) >= 0:
        out.append(_field(text[at:start]))
        marks += 1
        if marks > most:
            return "", marks
        if text.startswith("<![CDATA[", start):
            end = text.find("]]>", start)
            end = len(text) if end < 0 else end
            out.append(f"<![CDATA[{text[start + 9 : min(end, start + 9 + _FIELD)]}]]>")
            at = end + 3
        elif text.startswith("<!--", start):
            end = text.find("-->", start)
            at = len(text) if end < 0 else end + 3
        elif (tag := _ANY_TAG.match(text, start)) is None:
            out.append("&lt;")
            at = start + 1
        else:
            out.append(_AND.sub(_entity, tag[0]))
            at = tag.end()
    out.append(_field(text[at:]))
    return "".join(out), marks


def _field(text: str) -> str:
    if len(text) > _FIELD:
        text = text[:_FIELD]
        broken = text.rfind("&", _FIELD - 12)
        if broken >= 0 and ";" not in text[broken:]:
            text = text[:broken]
    return _AND.sub(_entity, text) if "&" in text else text


def _entity(found: re.Match[str]) -> str:
    """Return a reference that every parser understands: undefined ones are text, and so is a lone ``&``."""
    whole, name = found[0], found[1]
    if whole == "&":
        return "&amp;"
    if name in _XML:
        return whole
    if name and name not in html5:
        return f"&amp;{name}"
    return html.escape(html.unescape(whole))


def _head(head: str, root: str) -> str:
    """Return what stands before the entries; only the opening elements when it is out of measure."""
    tidy = _tidy(_flat(head), _MARKS)[0] if len(head) <= _HEAD else ""
    if tidy:
        return tidy
    first = head[: min(head.find(">") + 1, _TAG)]
    return f"{first}<channel>" if root.lower() == "rss" else first


def _tail(tail: str) -> str:
    return _tidy(_flat(tail), _MARKS)[0] if len(tail) <= _HEAD else ""


def _closed(head: str, root: str) -> str:
    inside = head.count("<channel") > head.count("</channel") and root.lower() != "channel"
    return f"</channel></{root}>" if inside else f"</{root}>"
