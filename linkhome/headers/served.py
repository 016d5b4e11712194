"""Put together what a build knows of the headers of its site, and write the files that hosts read."""

from __future__ import annotations

from collections.abc import Collection

from msgspec import Struct

from ..content.addresses import base_path
from . import apache, netlify
from .model import Headers, headers_of
from .policy import site_policy


class Served(Struct, frozen=True):
    """Hold the paths of a site's files, its address (empty without one), and what its pages need.

    ``frames`` are the hosts of players, ``asks`` the origins that scripts may ask, ``scripts`` and ``styles`` hashes,
    ``media`` whose sounds and films play.
    """

    paths: Collection[str]
    url: str
    frames: Collection[str] = ()
    asks: Collection[str] = ()
    scripts: Collection[str] = ()
    styles: Collection[str] = ()
    media: Collection[str] = ()

    def headers(self) -> Headers:
        """Return what a host is to send."""
        secure = self.url.startswith("https://")
        policy = site_policy(self.frames, self.asks, self.scripts, self.styles, secure, self.media)
        return headers_of(self.paths, policy, base_path(self.url) if self.url else "/", secure)

    def files(self) -> dict[str, bytes]:
        """Return the files that hosts read beside the site; which host gets which, the deploy decides."""
        headers = self.headers()
        return {netlify.FILE: netlify.written(headers), apache.FILE: apache.written(headers)}
