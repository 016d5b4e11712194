"""Give each place what only that place may have, on top of one build for all: the build id stays the same.

A ``CNAME`` on a mirror would lead its visitors to the primary, also when that is down; header files and rules for
redirects are for hosts that read them; the page for wrong addresses is served at any depth, so its links begin at the
root of the place; and a form of Netlify works at Netlify alone, so everywhere else it is sent there. Canonical
addresses stay those of the primary.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple
from urllib.parse import urljoin

import msgspec

from ..content.addresses import base_path
from ..diagnostics import Diagnostic, warning
from ..headers import redirects
from .archive import Archive
from .entries import Wanted
from .freeze import tree_of
from .nouns import File, Frozen

#: Files that only some hosts read; which, `nouns.About.headers` says.
HEADERS = ("_headers", "_redirects", ".htaccess")
#: Where a host looks for the name of the site, by target.
_DOMAIN = {"github": "CNAME", "codeberg": ".domains"}
_MISSING = "404.html"
_NETLIFY = "Netlify Forms"
#: The targets at which Netlify's own forms work.
_TAKES_FORMS = ("netlify", "netlify-build")
#: The attributes of a page that hold ways to files, and the same in its styles.
_WAY = re.compile(r"""(?P<before>\s(?:href|src|action|poster)="|\burl\(["']?)(?P<way>/(?!/)[^"')]*)""")
#: The same in lists of pictures, of which a browser takes one.
_CHOICES = re.compile(r'(\s(?:image)?srcset=")([^"]*)')
_CHOICE = re.compile(r"(^\s*|,\s+)(/(?!/)[^\s,]*)")
_STYLE = re.compile(r"<style[^>]*>(?P<text>.*?)</style", re.DOTALL | re.IGNORECASE)
_FORM = re.compile(r'<form\b[^>]*\sdata-netlify="true"[^>]*>')
_MARKED = b"data-netlify"
_ACTION = re.compile(r'(\saction=")([^"]*)(")')
_MARK = re.compile(r'\sdata-netlify(?:-[a-z]+)?(?:="[^"]*")?')
_SETTINGS = '{"days":'


class Laid(NamedTuple):
    """Hold what one place is to serve, and what the creator should know about it."""

    frozen: Frozen
    remarks: tuple[Diagnostic, ...] = ()


def lay_over(frozen: Frozen, place: Wanted, all_: Sequence[Wanted], address: str, built: str, archive: Archive) -> Laid:
    """Return the build as the place at ``address`` shall serve it; ``built`` is the address that it was built for.

    An empty address is one that is not known yet; then links are left as they are.
    """
    led = _led_by_the_host(frozen, place, base_path(built))
    kept = {path: file for path, file in frozen.files.items() if _belongs(path, place) and path not in led}
    places = {path: frozen.places[path] for path in kept}
    draft = _Draft(kept, places, archive)
    remarks: list[Diagnostic] = []
    domain = place.given.get("domain", "")
    if place.about.name in _DOMAIN:
        draft.put(".nojekyll", b"")
        if domain:
            draft.put(_DOMAIN[place.about.name], f"{domain}\n".encode())
    if address and (old := base_path(built)) != (new := base_path(address)):
        _move(draft, old, new)
    if place.about.name not in _TAKES_FORMS:
        remarks += _send_forms(draft, place, all_, built)
    remarks += _unserved(kept, place, address)
    if kept == frozen.files:
        return Laid(frozen, tuple(remarks))
    return Laid(Frozen(frozen.build, tree_of(kept), dict(sorted(kept.items())), places), tuple(remarks))


class _Draft:
    """Collect what differs; a file that comes out as it was stays where it is."""

    def __init__(self, files: dict[str, File], places: dict[str, Any], archive: Archive) -> None:
        self.files, self._places, self._archive = files, places, archive

    def text(self, path: str) -> str:
        return self._places[path].read_text("utf-8", "surrogateescape") if path in self.files else ""

    def has(self, path: str, piece: bytes) -> bool:
        return piece in self._places[path].read_bytes()

    def put(self, path: str, data: bytes) -> None:
        self.files[path], self._places[path] = self._archive.put(data)

    def replace(self, path: str, before: str, after: str) -> None:
        if before != after:
            self.put(path, after.encode("utf-8", "surrogateescape"))


def _belongs(path: str, place: Wanted) -> bool:
    if path in HEADERS:
        return path in place.about.headers
    return path not in _DOMAIN.values()


def _led_by_the_host(frozen: Frozen, place: Wanted, base: str) -> frozenset[str]:
    """Return the pages that lead on where the host does so itself: it would look at its rules only without the page.

    Netlify and Cloudflare, which read just these two files, are known to. Elsewhere the pages stay.
    """
    if set(place.about.headers) != {redirects.FILE, "_headers"}:
        return frozenset()
    rules = frozen.read(redirects.FILE).decode("utf-8", "replace") if redirects.FILE in frozen.files else ""
    return redirects.replaced(rules, base)


def _move(draft: _Draft, old: str, new: str) -> None:
    """Let redirects and the page for wrong addresses lead to where the site is here, and allow its styles."""
    before = draft.text(_MISSING)
    after = _WAY.sub(lambda found: found["before"] + _moved(found["way"], old, new), before)
    after = _CHOICES.sub(lambda found: found[1] + _chosen(found[2], old, new), after)
    hashes = {
        _hash(was["text"]): _hash(now["text"])
        for was, now in zip(_STYLE.finditer(before), _STYLE.finditer(after), strict=True)
        if was["text"] != now["text"]
    }
    draft.replace(_MISSING, before, _exchanged(after, hashes))
    for path in HEADERS:
        text = draft.text(path)
        after = redirects.moved(path, text.replace(f"404 {old}{_MISSING}", f"404 {new}{_MISSING}"), old, new)
        draft.replace(path, text, _exchanged(after, hashes))


def _moved(way: str, old: str, new: str) -> str:
    return new + way.removeprefix(old) if way.startswith(old) else new if way == old.rstrip("/") else way


def _chosen(choices: str, old: str, new: str) -> str:
    return _CHOICE.sub(lambda found: found[1] + _moved(found[2], old, new), choices)


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8", "surrogateescape")).digest()).decode()


def _exchanged(text: str, hashes: Mapping[str, str]) -> str:
    for was, now in hashes.items():
        text = text.replace(was, now)
    return text


# ------------------------------------------------------------------ forms of Netlify


def _send_forms(draft: _Draft, place: Wanted, all_: Sequence[Wanted], built: str) -> Iterable[Diagnostic]:
    """Let the forms that Netlify would take be sent to the Netlify of this site, from wherever the page is."""
    pages = [path for path in sorted(draft.files) if path.endswith(".html") and draft.has(path, _MARKED)]
    with_form = {path: text for path in pages if _FORM.search(text := draft.text(path))}
    if not with_form:
        return ()
    homes = (_netlify_address(one, built) for one in all_ if one.about.name in _TAKES_FORMS)
    home = next(filter(None, homes), "")
    if not home:
        why = f"the sign-up form works at Netlify only: at {place.name} nobody takes what visitors write"
        hint = "add a place with 'target: netlify' and its 'url', or take another provider under 'newsletter'"
        return (warning(why, hint=hint),)
    for path, text in with_form.items():
        draft.replace(path, text, _FORM.sub(partial(_sent_to, urljoin(home, path)), text))
    for path in sorted(draft.files):
        if path.endswith(".js"):
            text = draft.text(path)
            draft.replace(path, text, _without_asking(text, home))
    return ()


def _netlify_address(place: Wanted, built: str) -> str:
    site = place.given.get("site", "")
    if place.url:
        return place.url.rstrip("/") + "/"
    if re.fullmatch(r"[a-z0-9][a-z0-9-]{0,62}", site) and not re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-.*", site):
        return f"https://{site}.netlify.app/"
    if re.fullmatch(r"[a-z0-9.-]+\.[a-z]{2,}", site):
        return f"https://{site}/"
    return built.rstrip("/") + "/" if built and place.primary else ""


def _sent_to(page: str, form: re.Match[str]) -> str:
    return _ACTION.sub(lambda found: found[1] + urljoin(page, found[2]) + found[3], _MARK.sub("", form[0]))


def _without_asking(script: str, home: str) -> str:
    """Let the script of the sign-up lead visitors to Netlify, which no page elsewhere may ask in the background."""
    start = script.find(_SETTINGS)
    if start < 0 or f'"name":"{_NETLIFY}"' not in script:
        return script
    settings, end = json.JSONDecoder().raw_decode(script, start)
    for target in settings["targets"]:
        if target["name"] == _NETLIFY and target["native"]:
            target["fetch"] = None
            target["native"]["action"] = home
    return script[:start] + msgspec.json.encode(settings, order="sorted").decode() + script[end:]


# ------------------------------------------------------------------ what a host cannot do


def _unserved(files: Mapping[str, File], place: Wanted, address: str) -> Iterable[Diagnostic]:
    known = [path for path in files if path.startswith(".well-known/")]
    if known and not place.about.hidden:
        hint = "use another target for the primary if others have to find them"
        yield warning(f"{place.about.title} does not serve the files of .well-known/", hint=hint)
    elif known and place.primary and address and base_path(address) != "/":
        hint = "give the site a domain of its own, or let it lie at the root of one"
        yield warning(f"nobody looks for .well-known/ below {address}: it has to be at the root of a domain", hint=hint)
