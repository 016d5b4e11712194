"""Say whose frames a page may hold, for browsers (a ``<meta>`` element) and for hosts (the file ``_headers``).

The policy names exactly the hosts of the players that are on the page (Content Security Policy Level 3, section
6.1.5), so that nothing else can ever be framed there, whoever manages to write into it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

#: Where Netlify and Cloudflare Pages look for the headers of files. The second reads a hundred rules at most.
FILE = "_headers"
MOST = 100


def frame_policy(hosts: Sequence[str]) -> str:
    """Return the page's policy: the hosts over https, or nobody."""
    return "frame-src " + (" ".join(f"https://{host}" for host in hosts) or "'none'")


def headers(frames: Mapping[str, Sequence[str]]) -> bytes:
    """Return the file ``_headers`` for pages by their output path; pages without frames need no line.

    A rule for all pages would be sent beside that of a page, and browsers apply the stricter of two.
    """
    rules = [
        f"/{path.removesuffix('index.html')}\n  Content-Security-Policy: {frame_policy(hosts)}\n"
        for path, hosts in sorted(frames.items())
        if hosts
    ]
    return "".join(rules[:MOST]).encode()
