"""Judge how a place serves the site: what it says of each file, what it keeps to itself, what it says twice.

Where nobody can change what a host sends, one note says what is missing, and nothing else is held against it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ..deploy.nouns import About
from ..diagnostics import Severity
from ..embeds.fetch import Answer
from ..headers.caching import AT_ONCE, hashed
from ..headers.model import KINDS
from ..headers.served import Served
from . import csp
from .answers import Answers
from .finding import Finding
from .headers import forms
from .markup import read
from .site import Site

RULE = "live"
_FILES = frozenset(("_headers", ".htaccess"))
_POLICY = "content-security-policy"
#: Headers that hold one thing. A comma in one of them comes from a second header, and browsers believe neither.
_ONE = ("access-control-allow-origin", "cross-origin-opener-policy", "strict-transport-security")
_SAME = ("x-content-type-options", "referrer-policy", "cache-control")
#: Seconds: as long as browsers may keep a page, and as they should keep what never changes.
_PAGE, _FILE = 3_600, 86_400
#: A page below this is not worth packing.
_SMALL = 1_400
_SCRIPT = ("text/javascript", "application/javascript", "application/x-javascript")
_TYPES: Mapping[str, tuple[str, ...]] = {
    "css": ("text/css",),
    "js": _SCRIPT,
    "svg": ("image/svg+xml",),
    "woff2": ("font/woff2", "application/font-woff2", "application/x-font-woff2"),
    "avif": ("image/avif",),
    "webp": ("image/webp",),
    "webmanifest": ("application/manifest+json", "application/json"),
    "vcf": ("text/vcard", "text/x-vcard", "text/directory"),
    "json": ("application/json", "application/feed+json"),
    "xml": ("application/xml", "text/xml", "application/atom+xml", "application/rss+xml"),
    "ics": ("text/calendar",),
    "txt": ("text/plain",),
}
#: Files that browsers do not use at all when they come as something else.
_REFUSED = ("css", "js")
_BROAD = {**{path: (kind.partition(";")[0], "application/json") for path, kind in KINDS.items()}}

Fault = tuple[Severity, str, str]


class Case(NamedTuple):
    """Hold what a place is judged by: the site as it is here, what its pages need, and what kind of host it is on.

    ``about`` is its target (None: nobody knows what kind of host it is). ``same``: it shows this very build.
    ``mirrored``: another place may stand in for this one, or this one for another.
    """

    site: Site
    served: Served
    about: About | None = None
    same: bool = True
    mirrored: bool = False


def judge(case: Case, answers: Answers) -> Iterator[Finding]:
    """Give what is wrong with the answers of one place, without its name."""
    for severity, message, hint in _faults(case, answers):
        yield Finding(RULE, severity, message, hint)


def _faults(case: Case, answers: Answers) -> Iterator[Fault]:
    site, about = case.site, case.about
    able = about is None or bool(_FILES & set(about.headers))
    how = _how(about) if able else "ask at the host: nothing in the site can change that"
    front = answers.front
    if front is None or front.status != 200:
        why = answers.problems.get("/", "") if front is None else f"it is answered with {front.status}"
        yield Severity.ERROR, f"the front page does not come: {why}", "look whether the host is up; then check again"
        return
    missing = _missing(case.served, front, case.mirrored or ".well-known/nostr.json" in site.files)
    if missing and able:
        yield Severity.WARNING, f"the host does not send {', '.join(missing)}", how
    elif missing and about:
        message = f"at {about.title} nobody can set headers, and these are not sent: {', '.join(missing)}"
        hint = "nothing has to be done: what matters most stands in the pages, too"
        yield Severity.NOTE, message, hint
    yield from _of_policy(case, front, how)
    if able:
        yield from _twice(front)
        yield from _kept(front, answers.files, how)
        if len(front.body) > _SMALL and not front.headers.get("content-encoding"):
            hint = "switch it on at the host: gzip on (nginx), mod_deflate (Apache)"
            yield Severity.WARNING, "pages are sent without being packed, so they take three times as long", hint
    yield from _types(answers.files, able, how)
    yield from _nowhere(site, answers.nowhere)
    if answers.plain.startswith("http:"):
        hint = "switch on at the host that http:// leads to https:// ('Enforce HTTPS' at GitHub Pages)"
        yield Severity.WARNING, "http:// shows the site without leading on to https://", hint


def _how(about: About | None) -> str:
    """Return what to do so that a host sends what it should."""
    reads = about.headers if about else ()
    if "_headers" in reads and ".htaccess" not in reads:
        return "run 'linkhome deploy'; if theme/static/_headers is yours, see what 'linkhome check' says of it"
    own = "for nginx include the lines of 'linkhome headers'"
    if about is None or "_headers" in reads:
        return f"{own}; Apache reads .htaccess if its settings allow that (AllowOverride FileInfo)"
    return f"ask your hoster to let .htaccess hold (AllowOverride FileInfo); {own}"


def _missing(served: Served, front: Answer, open_to_others: bool) -> list[str]:
    wanted = served.headers()
    secure = wanted.secure if front.url.startswith("https:") else ()
    names = [name for name, _ in (*wanted.always, *secure) if name.lower() not in front.headers]
    return [name for name in names if open_to_others or name != "Access-Control-Allow-Origin"]


def _of_policy(case: Case, front: Answer, how: str) -> Iterator[Fault]:
    policies = csp.policies(front.headers.get(_POLICY, ""))
    if case.same and (lacks := csp.lacking(policies, case.served, forms(case.site))):
        message = f"the policy that the host sends forbids what pages need: {csp.sentence(lacks)}"
        yield Severity.ERROR, message, f"it may be the one of an earlier build: {how}"
    if words := dict.fromkeys(word for one in policies for word in csp.loose(one)):
        message = f"the policy that the host sends lets scripts run by {', '.join(words)}"
        yield Severity.WARNING, message, how


def _twice(front: Answer) -> Iterator[Fault]:
    several = [name for name in _ONE if "," in front.headers.get(name, "")]
    for name in _SAME:
        words = [word.strip().lower() for word in front.headers.get(name, "").split(",")]
        several += [name] if len(words) > len(set(words)) else []
    if len(csp.policies(front.headers.get(_POLICY, ""))) > 1:
        several.append(_POLICY)
    if several:
        hint = "let one of both send it: the settings of the server, or what linkhome writes"
        yield Severity.WARNING, f"the host sends these headers twice: {', '.join(several)}", hint


def _kept(front: Answer, files: Mapping[str, Answer], how: str) -> Iterator[Fault]:
    """Judge for how long browsers keep pages, what tells of a new site, and what never changes."""
    wrong = []
    for path, answer in {"/": front, **files}.items():
        said = answer.headers.get("cache-control", "").lower()
        age = re.search(r"max-age=(\d{1,10})", said)
        again = "no-cache" in said or "no-store" in said
        seconds = 0 if again else int(age[1]) if age else -1
        if answer.status != 200:
            continue
        if path == "/" or path in AT_ONCE:
            fine = 0 <= seconds <= _PAGE and "immutable" not in said
        else:
            fine = not hashed(path) or seconds >= _FILE
        if not fine:
            wrong.append(f"{path} ({_short(said) or 'nothing is said'})")
    if wrong:
        yield Severity.WARNING, f"browsers are told the wrong time to keep files: {', '.join(wrong[:4])}", how


def _types(files: Mapping[str, Answer], able: bool, how: str) -> Iterator[Fault]:
    """Judge as what files are sent; where nobody can change that, only what browsers refuse counts."""
    wrong: dict[Severity, list[str]] = {}
    for path, answer in files.items():
        kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
        ending = path.rpartition("/")[2].rpartition(".")[2]
        known = _BROAD.get(path) or _TYPES.get(ending, ())
        if answer.status == 200 and known and kind not in known:
            severity = Severity.ERROR if ending in _REFUSED else Severity.WARNING
            if able or severity is Severity.ERROR:
                wrong.setdefault(severity, []).append(f"{path} as {_short(kind) or 'nothing'}")
    for severity, said in wrong.items():
        yield severity, f"files are sent as what they are not: {', '.join(said)}", how


def _nowhere(site: Site, answer: Answer | None) -> Iterator[Fault]:
    page = site.pages.get("404.html")
    if answer is None or page is None:
        return
    hint = "let the host show 404.html for wrong addresses; 'linkhome headers' has the line for nginx and Apache"
    if answer.status == 200:
        yield Severity.WARNING, "a wrong address is answered as if it were right (200, not 404)", hint
    elif answer.status != 404:
        yield Severity.WARNING, f"a wrong address is answered with {answer.status}, not with 404", hint
    elif _title(answer.body) != page.title:
        yield Severity.WARNING, "for a wrong address the host shows a page of its own, not the site's", hint


def _short(value: str) -> str:
    """Return the beginning of what a host said, as it can be printed."""
    return "".join(sign if sign.isprintable() else "?" for sign in value[:60])


def _title(body: bytes) -> str:
    return read(body.decode("utf-8", "replace")).title
