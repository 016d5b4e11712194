"""Look at ``sw.js``, which keeps a copy of the site in visitors' browsers, or takes it back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import unquote

from ..diagnostics import Severity
from ..offline.worker import FILE, taking_back
from .finding import Finding
from .site import Site

RULE = "worker"
#: Bytes that a first visit may fetch in the background.
MOST = 500_000
_PLAN = re.compile(r'\{"version":')
_STRANGE = re.compile(r"""importScripts\s*\(\s*["'](?:https?:)?//([^/"']+)""")
_TAKES_BACK = re.compile(r"\.unregister\s*\(")


def find(site: Site, offline: bool) -> Iterator[Finding]:
    """Find what is wrong with the worker; ``offline`` is what linkhome.yaml says."""
    if FILE not in site.files:
        hint = "build the site anew with 'linkhome build'"
        yield Finding(RULE, Severity.ERROR, f"there is no {FILE}: copies in browsers would never be renewed", hint)
        return
    own = site.files[FILE].source is not None
    data = site.data(FILE)
    text = data.decode("utf-8", "replace")
    for host in dict.fromkeys(_STRANGE.findall(text)):
        hint = "put the script into theme/static/, and name that"
        yield Finding(RULE, Severity.ERROR, f"{host} hears of every visitor: {FILE} loads a script from there", hint)
    if not offline:
        if data != taking_back() and not _TAKES_BACK.search(text):
            message = f"'offline: false' is set, but {FILE} does not take back what browsers keep"
            hint = "take theme/static/sw.js away: linkhome then writes one that does"
            yield Finding(RULE, Severity.ERROR, message, hint)
    elif own:
        message = f"theme/static/{FILE} stands in for linkhome's: nobody but you knows what browsers keep"
        hint = "take it away if it is not meant; see that it renews its copies with each build"
        yield Finding(RULE, Severity.NOTE, message, hint)
    else:
        yield from _kept(site, text)


def _kept(site: Site, text: str) -> Iterator[Finding]:
    """Hold what the worker fetches against the files of the site."""
    start = _PLAN.search(text)
    try:
        plan = json.JSONDecoder().raw_decode(text, start.start())[0] if start else {}
    except ValueError:
        plan = {}
    names = [address for key in ("must", "more") for address in plan.get(key, ())]
    hint = "build the site anew with 'linkhome build'"
    if not names:
        yield Finding(RULE, Severity.ERROR, f"{FILE} keeps nothing: no list of files is in it", hint)
        return
    files = {name: site.file(unquote(name.removeprefix("./"))) for name in names}
    for name in (name for name, file in files.items() if file is None):
        message = f"{FILE} keeps '{name}', and that is not there: no browser takes the copy"
        yield Finding(RULE, Severity.ERROR, message, hint)
    size = sum(site.files[file].size for file in set(files.values()) if file)
    if size > MOST:
        message = f"{FILE} fetches {size:,} bytes in the background of a first visit, more than {MOST:,}"
        hint = "make the style sheets, scripts and fonts smaller that the front page needs"
        yield Finding(RULE, Severity.WARNING, message, hint)
