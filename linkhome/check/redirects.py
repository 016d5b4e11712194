"""Find lines of the file ``_redirects`` that do harm, or that a host leaves out or reads as no other does."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from msgspec import Struct

from ..diagnostics import Severity
from ..headers.redirects import FILE, LONGEST
from .finding import Finding
from .lines import CLOUDFLARE, NETLIFY, Faults, readers
from .site import Site, shown

RULE = "redirects"
#: What Cloudflare reads at most: rules for one path each, and rules with a star or a word after a colon.
STATIC, DYNAMIC = 2_000, 100
_CODES = frozenset((200, 301, 302, 303, 307, 308))
_TARGET = re.compile(r"/|https?://", re.IGNORECASE)
_CODE = re.compile(r"([0-9]{3})(!?)")
_MOVING = re.compile(r"\*|:[A-Za-z]\w*")
_ANYBODY = re.compile(r"(?:https?:)?//[^/]*(?:\*|:[A-Za-z])|:[A-Za-z]", re.IGNORECASE)
_OF_HOST = ("/.netlify/", "/api/", "/cdn-cgi/")


class Line(Struct, frozen=True):
    """Hold one line: ``code`` is 0 where none is written, ``when`` is what it depends on beside the path."""

    number: int
    source: str
    target: str
    code: int
    forced: bool
    when: tuple[str, ...]

    @property
    def depends(self) -> bool:
        """Tell whether all that stands beside path, target and code are conditions."""
        return all("=" in one for one in self.when)


def find(site: Site, targets: Collection[str]) -> Iterator[Finding]:
    """Find what is wrong with the file, for the hosts that the site goes to."""
    hosts = readers(targets)
    if FILE not in site.files or not hosts:
        return
    faults = Faults(RULE, FILE)
    lines = list(_read(site.text(FILE), hosts, faults))
    seen: set[str] = set()
    moving = still = 0
    for line in lines:
        if CLOUDFLARE in hosts:
            _judge_for_cloudflare(line, faults)
            moves = _MOVING.search(line.source) is not None or moving > 0  # after the first, all count as such
            moving, still = moving + moves, still + (not moves)
            if (moves and moving == DYNAMIC + 1) or (not moves and still == STATIC + 1):
                most = f"{DYNAMIC} lines with a star or a colon" if moves else f"{STATIC:,} lines"
                faults.add(line.number, f"{CLOUDFLARE} reads {most} at most, and leaves out the others", "join some")
        if line.source in seen and not line.when:
            faults.add(
                line.number, f"an earlier line has '{line.source}' already, so this one is never used", "join both"
            )
        seen.add(line.source)
        _judge(line, hosts, faults)
    for line in lines:
        _judge_ways(line, site, seen, hosts, faults)
    yield from faults.findings()


def _read(text: str, hosts: Collection[str], faults: Faults) -> Iterator[Line]:
    for number, written in enumerate(text.split("\n"), 1):
        words = written.split()
        end = next((place for place, word in enumerate(words) if word.startswith("#")), len(words))
        if not words[:end]:
            continue
        if len(written.strip()) > LONGEST and CLOUDFLARE in hosts:
            faults.add(number, f"{CLOUDFLARE} leaves out lines of more than {LONGEST:,} characters", "shorten it")
        source, *rest = words[:end]
        place = next((place for place, word in enumerate(rest) if _TARGET.match(word) or _ANYBODY.match(word)), None)
        if place is None:
            hint = "write: /old /new 301"
            faults.add(number, "a line that names no target (beginning with / or https://) is left out", hint)
            continue
        after = rest[place + 1 :]
        code = _CODE.fullmatch(after[0]) if after else None
        when = (*rest[:place], *after[bool(code) :])
        yield Line(number, source, rest[place], int(code[1]) if code else 0, bool(code and code[2]), when)


def _judge(line: Line, hosts: Collection[str], faults: Faults) -> None:
    if not line.code and line.depends:
        if len(hosts) > 1:
            fault = f"without a code, {NETLIFY} redirects for good (301) and {CLOUDFLARE} for a while (302)"
            faults.add(line.number, fault, "write the code: 302 for a while, 301 for good")
    elif line.code not in (*_CODES, 404):
        hint = "write 301, 302, 303, 307 or 308"
        faults.add(line.number, "what stands where the code should is no code of a redirect", hint)
    if _ANYBODY.match(line.target):
        hint = "write the host of the target out"
        fault = f"whoever makes a link chooses where '{line.source}' leads (an open redirect)"
        faults.add(line.number, fault, hint, Severity.ERROR)
    if line.source == line.target:
        faults.add(line.number, f"'{line.source}' leads to itself", "take the line out", Severity.ERROR)


def _judge_for_cloudflare(line: Line, faults: Faults) -> None:
    if not line.source.startswith("/"):
        faults.add(line.number, f"{CLOUDFLARE} reads no source that does not begin with /", "begin it with a slash")
    if line.forced:
        faults.add(line.number, f"{CLOUDFLARE} leaves out lines with a code that ends in !", "take the ! away")
    if line.code == 404:
        hint = "take it out: 404.html is shown for everything that is not there"
        faults.add(line.number, f"{CLOUDFLARE} leaves out lines with the code 404", hint)
    if line.code == 200 and not line.target.startswith("/"):
        faults.add(line.number, f"{CLOUDFLARE} shows no page of another host (200)", "redirect to it: 302")
    if line.when and line.depends:
        hint = "write lines that depend on the path alone"
        faults.add(line.number, f"{CLOUDFLARE} leaves out lines that depend on '{line.when[0][:40]}'", hint)


def _judge_ways(line: Line, site: Site, sources: Collection[str], hosts: Collection[str], faults: Faults) -> None:
    """Hold both ends of a line against the files of the site."""
    here = _file(site, line.source) if not _MOVING.search(line.source) else None
    if here and not line.forced and NETLIFY in hosts and not _leads_on(site, here):
        fault = f"{NETLIFY} shows the file '{shown(here)}' instead, which the site has"
        faults.add(line.number, fault, "take the line out, or the file")
    target = line.target.partition("#")[0].partition("?")[0]
    if not target.startswith("/") or target.startswith(("//", *_OF_HOST)) or _MOVING.search(target):
        return
    if target in sources or _file(site, target) is not None:
        return
    near = site.alike(target.lstrip("/"))
    hint = f"there is '{shown(near)}': write that" if near else "correct the target, or add the page"
    faults.add(line.number, f"it leads to '{target}', and that is not there", hint, Severity.ERROR)


def _file(site: Site, path: str) -> str | None:
    """Return the file at a path from the top of the host, or from where the site has its own."""
    way = site.way("index.html", path)
    found = site.file(way.path) if way.path is not None else None
    return found or site.file(path.lstrip("/"))


def _leads_on(site: Site, file: str) -> bool:
    """Tell whether a page only leads on: linkhome's own, for hosts that read no such file."""
    page = site.pages.get(file)
    return page is not None and page.redirects
