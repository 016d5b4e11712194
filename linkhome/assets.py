"""Give pages their styles: only what each uses, inside the page while that spares a request, else in a file.

Addresses inside CSS are relative to where the CSS stands, which differs from page to page; they are kept as
marks until the page is known. Files that CSS names get names with a hash of their content.
"""

from __future__ import annotations

import os
import re
import zlib
from pathlib import Path
from urllib.parse import unquote

from markupsafe import Markup
from msgspec import Struct

from .brand.fonts import ROOT as _ROOT
from .brand.fonts import Fonts
from .cache import Cache, fingerprint
from .content.addresses import root_of, scheme, slug
from .content.media import Media, is_picture
from .diagnostics import LinkhomeError, error
from .inputs import Inputs
from .output import Artifact
from .theme import styles
from .theme.locate import Theme

#: What a server may send before the first acknowledgement, less a generous response head (RFC 6928).
FIRST_FLIGHT = 14_000
#: More than the hash of a page's styles makes of its policy, in bytes.
HASH = 200
#: Stands in a rendered page where its styles go; no text of a creator can contain a control character.
SLOT = Markup("\x02style\x03")
_URL = re.compile(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^"')\s]*))\s*\)""")


class Style(Struct, frozen=True):
    """Hold the styles of pages that use the same: the CSS with marks, its size compressed, its file if it is one.

    ``digest`` changes with the CSS and with every file that it names.
    """

    css: str
    weight: int
    file: str
    digest: str

    def inside(self, root: str) -> str:
        """Return how a page from which ``root`` leads to the top begins its styles when it has them inside."""
        return f"<style>{self.css.replace(_ROOT, root)}"

    def outside(self, root: str) -> str:
        """Return how such a page names the file of its styles."""
        return f'href="{root}{self.file}"'


class Styles:
    """Make each combination of styles once; ``files`` collects what the CSS itself needs."""

    def __init__(
        self, theme: Theme, finish: styles.Finish, fonts: Fonts, media: Media, inputs: Inputs, cache: Cache
    ) -> None:
        self.theme = theme
        self.finish = finish
        self.fonts = fonts
        self.media = media
        self.inputs = inputs
        self.cache = cache
        self.files: dict[str, Artifact] = {}
        self.key = fingerprint(repr(self.finish), fonts.key, *self._sources())
        self._made: dict[frozenset[str], Style] = {}

    def of(self, used: frozenset[str]) -> Style:
        """Return the styles for pages that use these kinds, block types and features."""
        if used not in self._made:
            key = fingerprint(self.key, *sorted(used))
            stored = self.cache.get("style", key)
            text = stored.decode() if stored else styles.stylesheet(self.theme, used, self.finish)
            if stored is None:
                self.cache.put("style", key, text.encode())
            css = _URL.sub(self._own_file, text) + self.fonts.css(text)
            self.files |= self.fonts.files
            data = css.replace(_ROOT, "../").encode()
            artifact = Artifact.of(data)
            kind = "".join(used & _KINDS).lstrip("@") or "style"
            file = f"assets/{kind}.{artifact.sha256[:8]}.css"
            self._made[used] = Style(css, len(zlib.compress(data, 6)), file, artifact.sha256[:16])
            self.files[file] = artifact
        return self._made[used]

    def known(self, used: frozenset[str]) -> Style | None:
        """Return the styles that `of` gave for these before, as they were then."""
        return self._made.get(used)

    def put_in(self, html: str, style: Style, path: str, rules: str = "", root: str | None = None) -> tuple[str, bool]:
        """Return the page with its styles and its own ``rules``, and whether the styles are in a file.

        ``root`` leads to the site's folder; a page that is served at any depth has one of its own.
        """
        root = root_of(path) if root is None else root
        # Every page has its own CSS inside while both fit the first flight. Most pages are so small that
        # this is known without compressing them.
        whole = html.replace(SLOT, f"{style.inside(root)}{rules}</style>", 1)
        small = len(html) + len(rules) + style.weight <= FIRST_FLIGHT
        fits = small or in_flight(whole)
        if fits or path == "404.html":
            return whole, False
        own = f"<style>{rules}</style>" if rules else ""
        return html.replace(SLOT, f'<link rel="stylesheet" {style.outside(root)}>{own}', 1), True

    def _own_file(self, found: re.Match[str]) -> str:
        target = next((part for part in found.groups() if part), "")
        if not target or target.startswith(("#", "data:")):
            return found.group()
        name, mark, fragment = target.partition("#")
        if name.startswith("site:"):
            own = unquote(name.removeprefix("site:"))
            place = self.media.backdrop(own) if is_picture(own) else self.media.file(own, "")
            return f'url("{_ROOT}{place}")'
        path = self._find(name.partition("?")[0])
        if path is None:
            hint = "copy it into theme/static/ and name it from there: url(fonts/my.woff2)"
            raise LinkhomeError(
                error(f"the theme's styles name '{target}', which is not a file of the theme", hint=hint)
            )
        digest = self.inputs.sha256(path) or ""
        stem, suffix = os.path.splitext(path.name)
        place = f"assets/{slug(stem) or 'file'}.{digest[:8]}{suffix.lower()}"
        self.files[place] = Artifact.copy(path, digest, path.stat().st_size)
        return f'url("{_ROOT}{place}{mark}{fragment}")'

    def _find(self, name: str) -> Path | None:
        if scheme(name) or name.startswith("//"):
            return None
        clean = os.path.normpath(name).replace(os.sep, "/").removeprefix("../")
        if clean.startswith(("../", "/")):
            return None
        return self.theme.static_file(clean) or self.theme.static_file(f"css/{clean}")

    def _sources(self) -> list[str]:
        """Return the hash of every file from which styles are made."""
        found = [self.inputs.sha256(self.theme.site_css) or ""]
        for folder in self.theme.static:
            listed = self.inputs.listing(folder / "css")
            found += [f"{entry.name} {self.inputs.sha256(entry.path)}" for entry in listed]
        return found


def exchanged(html: str, old: Style, new: Style, root: str) -> str:
    """Return a page that has its styles inside with others instead; empty if they may then have to be in a file."""
    was, now = old.inside(root), new.inside(root)
    # A finished page is never shorter than the one by which `Styles.put_in` and `Rendering.page` decide.
    if was not in html or len(html) - len(was) + new.weight > FIRST_FLIGHT - HASH:
        return ""
    return html.replace(was, now, 1)


def in_flight(html: str) -> bool:
    """Tell whether a page fits into the first flight, compressed."""
    return len(zlib.compress(html.encode(), 6)) <= FIRST_FLIGHT


_KINDS = frozenset({"@home", "@post", "@posts", "@page", "@missing"})
