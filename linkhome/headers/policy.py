"""Put the policies of all pages into one that a host can send with every answer: what no page does, nothing may do.

Browsers apply the policy of the host and that of the page, and each only narrows the other. So the host's allows what
any page needs, and each page keeps its own for itself alone; no rule for a single page is needed, of which some hosts
read a hundred at most. Only a host can say who may frame the site: browsers ignore that in a page.
"""

from __future__ import annotations

from collections.abc import Iterable

#: Cloudflare reads lines of 2,000 characters; this leaves room for what stands around it in other files.
LONGEST = 1_900


def site_policy(
    frames: Iterable[str] = (), asks: Iterable[str] = (), scripts: Iterable[str] = (),
    styles: Iterable[str] = (), secure: bool = False, media: Iterable[str] = (),
) -> str:  # fmt: skip
    """Return the policy for all answers (Content Security Policy Level 3).

    ``frames`` are hosts, ``asks`` origins, ``scripts`` and ``styles`` hashes (``sha256-…``) of what stands in pages.
    ``secure`` says that the site has an address with https, ``media`` whose sounds and films play. If the hashes of
    styles make it longer than hosts read, it leaves styles to the pages, which name their own.
    """
    asked = sorted(set(asks))
    plain = [origin for origin in asked if origin.startswith("http:")]  # a server on this machine
    rules = {
        "default-src": ["'none'"],
        "base-uri": ["'none'"],
        "connect-src": ["'self'", *asked],
        "font-src": ["'self'"],
        "form-action": ["'self'", "https:", *plain],
        "frame-ancestors": ["'none'"],
        "frame-src": [f"https://{host}" for host in sorted(set(frames))] or ["'none'"],
        "img-src": ["'self'", "data:"],
        "manifest-src": ["'self'"],
        "media-src": ["'self'", *sorted(set(media))],
        "script-src": ["'self'", *_quoted(scripts)],
        "style-src": ["'self'", *_quoted(styles)],
        "worker-src": ["'self'"],
    }
    if secure and not plain:
        rules["upgrade-insecure-requests"] = []
    if len(_written(rules)) > LONGEST:
        rules["style-src"] = ["'self'", "'unsafe-inline'"]
    return _written(rules)


def _quoted(hashes: Iterable[str]) -> list[str]:
    return [f"'{one}'" for one in sorted(set(hashes))]


def _written(rules: dict[str, list[str]]) -> str:
    return "; ".join(" ".join((name, *values)) for name, values in rules.items())
