"""Find header files that take the place of linkhome's and do less, or forbid what the pages of the site do."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import reduce

from ..diagnostics import Severity
from ..headers import apache, netlify
from ..headers.served import Served
from . import csp
from .finding import Finding
from .header_lines import Rule, read, twice
from .lines import Faults, readers
from .site import Site, shown

RULE = "headers"
_POLICY = "content-security-policy"
_PRINTED = "'linkhome headers --for {}' prints what linkhome would write: take over what is missing"
_KIND = {netlify.FILE: "netlify", apache.FILE: "apache"}
_SET = re.compile(
    r'^\s*Header\s+(?:always\s+|onsuccess\s+)?(?:set|setifempty|add|append|merge)\s+"?([\w-]+)"?\s+'
    r'(?:"((?:[^"\\]|\\.)*)"|(\S+))',
    re.IGNORECASE | re.MULTILINE,
)
_PAGE_FOR_NOTHING = re.compile(r"^\s*ErrorDocument\s+404\s", re.IGNORECASE | re.MULTILINE)


def find(site: Site, served: Served, targets: Collection[str]) -> Iterator[Finding]:
    """Find what is wrong with ``_headers`` and ``.htaccess``; ``served`` says what the pages of the site need."""
    if netlify.FILE in site.files:
        yield from _of_netlify(site, served, targets)
    if apache.FILE in site.files:
        text = site.text(apache.FILE)
        pairs = [(found[1], _plain(found[2]) if found[2] is not None else found[3]) for found in _SET.finditer(text)]
        yield from _judged(site, served, apache.FILE, pairs, pairs)
        if not _PAGE_FOR_NOTHING.search(text):
            hint = _PRINTED.format("apache")
            message = f"'{apache.FILE}' does not say which page is shown for wrong addresses (ErrorDocument 404)"
            yield Finding(RULE, Severity.WARNING, message, hint)


def _of_netlify(site: Site, served: Served, targets: Collection[str]) -> Iterator[Finding]:
    hosts = readers(targets)
    if not hosts:
        return
    faults = Faults(RULE, netlify.FILE)
    rules = read(site.text(netlify.FILE), hosts, faults)
    yield from faults.findings()
    for name, lines in twice(rules, [shown(path) for path in site.files]).items():
        hint = "let one path name it: say it once for /*, or only for the paths that differ"
        message = f"{netlify.FILE}, lines {' and '.join(map(str, lines))}: some files get the header '{name}' from both"
        yield Finding(RULE, Severity.WARNING, message + ", which each host takes in another way", hint)
    pages = [shown(path) for path in site.pages] or ["/"]
    yield from _judged(site, served, netlify.FILE, _pairs(rules, ["/"]), _pairs(rules, pages))


def _judged(
    site: Site, served: Served, file: str, pairs: Collection[tuple[str, str]], everywhere: Iterable[tuple[str, str]]
) -> Iterator[Finding]:
    """Judge what is sent with the front page (``pairs``), and with every page (``everywhere``)."""
    printed = _PRINTED.format(_KIND[file])
    wanted = served.headers()
    sent = {name.lower() for name, _ in pairs}
    missing = [name for name, _ in (*wanted.always, *wanted.secure) if name.lower() not in sent]
    if missing:
        yield Finding(RULE, Severity.WARNING, f"'{file}' sends no {', '.join(missing)}", printed)
    policies = [one for name, value in everywhere if name.lower() == _POLICY for one in csp.policies(value)]
    if lacks := csp.lacking(policies, served, forms(site)):
        message = f"the policy in '{file}' forbids what pages need: {csp.sentence(lacks)}"
        yield Finding(RULE, Severity.ERROR, message, printed)
    for word in dict.fromkeys(word for one in policies for word in csp.loose(one)):
        hint = f"take {word} out; linkhome allows by hash what pages hold"
        yield Finding(RULE, Severity.WARNING, f"the policy in '{file}' lets scripts run by {word}", hint)


def forms(site: Site) -> set[str]:
    """Return where the forms of all pages go, as a policy says it."""
    found = set()
    for path, page in site.pages.items():
        for action in page.forms:
            way = site.way(path, action)
            if way.other:
                found.add("/".join(way.other.split("/", 3)[:3]))
            elif way.path is not None:
                found.add("'self'")
    return found


def _pairs(rules: Iterable[Rule], paths: Collection[str]) -> list[tuple[str, str]]:
    """Return the headers that every one of these paths gets."""
    all_ = list(rules)
    each = (frozenset(number for number, rule in enumerate(all_) if rule.fits(path)) for path in paths)
    common = reduce(frozenset.intersection, each)
    return [pair for number in sorted(common) for pair in all_[number].pairs]


def _plain(value: str) -> str:
    """Return a value as it is sent that stands between double quotes."""
    return re.sub(r"\\(.)", r"\1", value).replace("%%", "%")
