"""Find what is too large: for visitors with a slow line, and for the hosts that the site goes to."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterator

from ..diagnostics import Severity
from .finding import Finding
from .site import Site, shown

RULE = "sizes"
#: What a host sends before it waits for the first word of the visitor: a page of this size is there at once.
AT_ONCE = 14_000
#: Compressed bytes of a page, bytes of a picture, from which on people on the road wait.
PAGE, PICTURE = 100_000, 1_500_000
_PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg")
_MB = 1_000_000
#: What hosts take, as they say: bytes of one file, bytes of a site, files.
_GITHUB = (100 << 20, "GitHub")
_FILE = {"cloudflare": (25 << 20, "Cloudflare"), "github": _GITHUB, "github-actions": _GITHUB}
_SITE = {"github": (1000 * _MB, "GitHub Pages"), "github-actions": (1000 * _MB, "GitHub Pages")}
_COUNT = {"cloudflare": (20_000, "Cloudflare")}


def find(site: Site, targets: Collection[str]) -> Iterator[Finding]:
    """Find pages, pictures and files that are too large; ``targets`` are those that the site goes to."""
    for path in site.pages:
        packed = len(zlib.compress(site.data(path), 6))
        if packed > PAGE:
            message = f"the page has {packed:,} bytes when it is packed, more than {PAGE:,}"
            yield Finding(RULE, Severity.WARNING, message, "make several pages of it", (shown(path),))
        elif path == "index.html" and packed > AT_ONCE:
            message = f"the front page has {packed:,} bytes when it is packed; up to {AT_ONCE:,} are there at once"
            hint = "take blocks away, or put some on a page of their own"
            yield Finding(RULE, Severity.NOTE, message, hint, (shown(path),))
    for path, artifact in site.files.items():
        if path.lower().endswith(_PICTURES) and artifact.size > PICTURE:
            message = f"the picture '{path}' has {artifact.size / _MB:.1f} MB"
            hint = "put it into media/ instead of theme/static/: linkhome then makes smaller ones of it"
            yield Finding(RULE, Severity.WARNING, message, hint)
        for most, host in _limits(_FILE, targets):
            if artifact.size > most:
                message = f"'{path}' has {artifact.size / _MB:.1f} MB, and {host} takes files up to {most / _MB:.0f} MB"
                yield Finding(RULE, Severity.ERROR, message, "make it smaller, or let a platform for it show it")
    whole = sum(artifact.size for artifact in site.files.values())
    for most, host in _limits(_SITE, targets):
        if whole > most:
            message = f"the site has {whole / _MB:,.0f} MB, and {host} takes {most / _MB:,.0f} MB"
            yield Finding(RULE, Severity.ERROR, message, "take large files out, or choose another host under 'deploy'")
    for most, host in _limits(_COUNT, targets):
        if len(site.files) > most:
            message = f"the site has {len(site.files):,} files, and {host} takes {most:,}"
            yield Finding(RULE, Severity.ERROR, message, "take files out, or choose another host under 'deploy'")


def _limits(of: dict[str, tuple[int, str]], targets: Collection[str]) -> list[tuple[int, str]]:
    return list(dict.fromkeys(of[target] for target in targets if target in of))
