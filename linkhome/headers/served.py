"""Put together what a build knows of the headers of its site, and write the files that hosts read."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from msgspec import Struct

from ..content.addresses import base_path
from . import apache, netlify, redirects
from .model import Headers, headers_of
from .policy import site_policy
from .redirects import Onward


class Served(Struct, frozen=True):
    """Hold the paths of a site's files, its address (empty without one), and what its pages need.

    ``frames`` are the hosts of players, ``asks`` the origins that scripts may ask, ``scripts`` and ``styles`` hashes,
    ``media`` whose sounds and films play; ``leading`` are its redirects.
    """

    paths: Collection[str]
    url: str
    frames: Collection[str] = ()
    asks: Collection[str] = ()
    scripts: Collection[str] = ()
    styles: Collection[str] = ()
    media: Collection[str] = ()
    leading: Sequence[Onward] = ()

    def headers(self) -> Headers:
        """Return what a host is to send."""
        secure = self.url.startswith("https://")
        policy = site_policy(self.frames, self.asks, self.scripts, self.styles, secure, self.media)
        return headers_of(self.paths, policy, base_path(self.url) if self.url else "/", secure, self.leading)

    def files(self) -> dict[str, bytes]:
        """Return the files that hosts read beside the site; which host gets which, the deploy decides."""
        headers = self.headers()
        files = {netlify.FILE: netlify.written(headers), apache.FILE: apache.written(headers)}
        rules = redirects.written(headers.redirects, headers.base)
        return files | ({redirects.FILE: rules} if rules else {})
