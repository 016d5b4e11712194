"""Define what the kit page offers to take along."""

from __future__ import annotations

from .small import Link, Noun, Picture


class Download(Noun, frozen=True, kw_only=True):
    """Something that the creator takes along: how it looks, and its files."""

    title: str
    note: str = ""
    picture: Picture | None = None
    files: tuple[Link, ...] = ()


class Shelf(Noun, frozen=True, kw_only=True):
    """Things of one kind on the kit page."""

    title: str
    items: tuple[Download, ...] = ()


class Swatch(Noun, frozen=True, kw_only=True):
    """A colour of the site in light and in dark, as ``#rrggbb``."""

    name: str
    light: str
    dark: str


class Kit(Noun, frozen=True, kw_only=True):
    """What the kit page offers; ``fonts`` are names of families."""

    shelves: tuple[Shelf, ...] = ()
    colours: tuple[Swatch, ...] = ()
    fonts: tuple[str, ...] = ()
