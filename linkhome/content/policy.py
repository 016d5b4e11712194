"""Say whom a page may frame, ask and run, for browsers (a ``<meta>`` element) and for hosts (the file ``_headers``).

The policy (Content Security Policy Level 3) names exactly the hosts of the players that are on the page and those that
its form may ask, so that nothing else can ever be loaded there, whoever manages to write into it. Scripts are files of
the site itself; what a theme writes into a page is allowed by its hash, see `with_hashes`.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence

from markupsafe import Markup, escape

#: Where Netlify and Cloudflare Pages look for the headers of files. The second reads a hundred rules at most.
FILE = "_headers"
MOST = 100
SCRIPTS = "script-src 'self'"
NOBODY = "frame-src 'none'"

_INLINE = re.compile(r"<script(?P<given>(?=[\s>/])[^>]*)>(?P<text>.*?)</script", re.DOTALL | re.IGNORECASE)
#: A script that is a file, or no script at all but data. Rules and maps for the browser count as scripts.
_ELSEWHERE = re.compile(r"""\s(?:src\s*=|type\s*=\s*["']?application/(?:[\w.-]+\+)?json)""", re.IGNORECASE)


def page_policy(frames: Sequence[str] = (), asks: Sequence[str] | None = None) -> Markup:
    """Return the policy of a page: whose frames, whom its form may ask (None: it has no form), and own scripts only.

    Where a form goes is bound to https alone: browsers hold every redirect after it against the list, too, and
    providers lead on to hosts of their own, or to the creator's.
    """
    rules = ["frame-src " + (" ".join(f"https://{host}" for host in frames) or "'none'")]
    if asks is not None:
        plain = [origin for origin in asks if origin.startswith("http:")]  # a server on this machine
        rules.append(" ".join(("form-action 'self' https:", *plain)))
        rules.append(" ".join(("connect-src 'self'", *asks)))
    # In an attribute between double quotes single ones need no reference; the policy is made of many.
    return Markup(str(escape("; ".join((*rules, SCRIPTS)))).replace("&#39;", "'"))  # noqa: S704 (it is escaped)


def with_hashes(html: str) -> str:
    """Return a finished page whose policy allows the scripts that stand in it, by their hashes (section 8.4)."""
    hashes = [
        base64.b64encode(hashlib.sha256(found["text"].encode()).digest()).decode()
        for found in _INLINE.finditer(html)
        if not _ELSEWHERE.search(found["given"])
    ]
    if not hashes:
        return html
    return html.replace(SCRIPTS, " ".join((SCRIPTS, *(f"'sha256-{one}'" for one in dict.fromkeys(hashes)))), 1)


def headers(policies: Mapping[str, str]) -> bytes:
    """Return the file ``_headers`` for pages by their output path; pages that frame and ask nobody need no line.

    A rule for all pages would be sent beside that of a page, and browsers apply the stricter of two.
    What scripts are allowed stands in the page alone, where their hashes are known.
    """
    rules = [
        f"/{path.removesuffix('index.html')}\n  Content-Security-Policy: {policy.removesuffix(f'; {SCRIPTS}')}\n"
        for path, policy in sorted(policies.items())
        if policy and policy.removesuffix(f"; {SCRIPTS}") != NOBODY
    ]
    return "".join(rules[:MOST]).encode()
