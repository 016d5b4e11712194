"""Dress a site: from its configuration to a theme with colours, options, fonts and what drawings look like."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from . import __version__, givens
from .brand import prints
from .brand.fonts import Fonts
from .cache import Cache, fingerprint
from .config.load import Config
from .config.schema import Brand
from .content.media import Media
from .content.shell import Look
from .diagnostics import Diagnostic, Severity
from .inputs import Inputs
from .kit import look as drawn
from .kit.plan import Kit
from .output import Artifact
from .project import Project
from .theme import tokens
from .theme.backdrop import backdrop
from .theme.locate import Theme
from .theme.options import DENSITIES, SHAPES, choose
from .theme.styles import Finish


class Palette(msgspec.Struct, frozen=True):
    """The palette with its backdrop, as it is remembered."""

    tokens: tokens.Tokens
    css: str


class Dress:
    """Hold the theme as this site wears it. ``theme`` is None when there is none of that name; see ``found``."""

    def __init__(self, config: Config, project: Project, theme: str | None, inputs: Inputs, cache: Cache) -> None:
        brand = config.site.brand
        self.config = config
        self.theme, amiss = givens.find_theme(project, config, theme)
        self.options, wrong = choose(self.theme.options if self.theme else {}, brand.options, config.spans)
        self.palette = _palette(brand, self.theme, cache)
        self.fonts = Fonts(self.theme, config, project, inputs, cache)
        self._amiss: Sequence[Diagnostic] = (*amiss, *(wrong if self.theme else ()))

    @property
    def found(self) -> list[Diagnostic]:
        """Return what is wrong with the theme, its options or its fonts."""
        return [*self._amiss, *self.fonts.found]

    @property
    def finish(self) -> Finish:
        """Return what the creator's brand adds to the theme's styles."""
        brand = self.config.site.brand
        settings = {"--round": SHAPES.get(brand.shape or ""), "--air": DENSITIES.get(brand.density)}
        chosen = ";".join(f"{name}:{value}" for name, value in settings.items() if value)
        css = "".join((f":root{{{chosen}}}" if chosen else "", self.palette.css, self.options.css))
        return Finish(self.palette.tokens, brand.mode, css, self.options.features)

    @property
    def look(self) -> Look:
        """Return what the brand says about every page."""
        families = dict.fromkeys(face.family for face in self.fonts.faces.values())
        values = self.palette.tokens.values
        mode = self.config.site.brand.mode
        return Look(
            colours=self.palette.tokens.browser,
            fill=values["light"]["brand"],
            on_fill=values["light"]["on-brand"],
            icon="icon.svg",
            manifest="manifest.webmanifest",
            prints=prints.orders(self.theme.prints, values, mode) if self.theme else {},
            values=values,
            fonts=() if self.fonts.system else tuple(name for name in families if name not in ("heading", "text")),
        )

    def kit(self, media: Media, cache: Cache, kept: dict[str, Artifact]) -> Kit:
        """Return what draws pictures in the colours and fonts of the site."""
        values = self.palette.tokens.values
        made = drawn.look(self.theme, values, self.fonts, self.config.site.brand.mode)
        return Kit(made, cache, kept, lambda shot: media.pixels(shot.name), drawn.abroad)

    def remarks(self, kit: Kit) -> list[Diagnostic]:
        """Return which colours were mended, and which letters are missing in the drawn pictures."""
        said = (self.config.spans.warning(sentence, "brand", "color") for sentence in self.palette.tokens.notes)
        noted = [one._replace(severity=Severity.NOTE) for one in said]
        if kit.missing:
            letters = " ".join(sorted(kit.missing)[:12])
            hint = "name a font that has them under brand.fonts, or your own picture as brand.share_image"
            message = f"no font here has these letters, so pictures for previews are without them: {letters}"
            noted.append(self.config.spans.warning(message, "profile", "name", hint=hint))
        return noted


def _palette(brand: Brand, theme: Theme | None, cache: Cache) -> Palette:
    """Return the palette of the brand's colours, remembered: the library of colours is slow to import."""
    colours, promises = (theme.colours, theme.contrast) if theme else (None, ())
    key = fingerprint(__version__, brand.color, brand.second, brand.background, repr(colours), *promises)
    stored = cache.get("palette", key)
    if stored is None:
        made = tokens.tokens(brand.color, brand.second, colours)
        css = ""
        if brand.background:
            values, css = backdrop(brand.background, made.values, promises)
            made = msgspec.structs.replace(made, values=values)
        stored = msgspec.json.encode(Palette(made, css))
        cache.put("palette", key, stored)
    return msgspec.json.decode(stored, type=Palette)
