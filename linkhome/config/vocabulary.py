"""Name the kinds of values that keys may have: what a type alone cannot say.

Each alias carries the description that editors show and the *kind* that `config.kinds` checks.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, field

Languages = dict[str, str]


def kind(name: str, description: str, **more: Any) -> Meta:
    """Return what a field says of its values: the kind to check, and the words for editors."""
    return Meta(description=description, extra={"kind": name}, **more)


#: Kinds are checked by `config.kinds`; the names are the only thing that the two files share.
Text = Annotated[str | Languages, kind("text", "Text, or a map of languages: {en: …, de: …}.")]
Markdown = Annotated[str | Languages, kind("text", "Text in Markdown, or a map of languages.")]
Address = Annotated[str, kind("address", "A web address, mailto:, tel:, sms:, or the path of an own file.")]
WebAddress = Annotated[str, kind("web", "An address that starts with https:// (or http://).")]
Path = Annotated[str, kind("path", "The path of an own file, from the site's folder.")]
Colour = Annotated[str, kind("colour", "A colour as #rgb or #rrggbb.")]
When = Annotated[str, kind("when", "A day, 2026-12-01, or a day and time, 2026-12-01 18:00.")]
Language = Annotated[str, kind("language", "A language tag: en, de, pt-BR.")]
Zone = Annotated[str, kind("zone", "A time zone: Europe/Zurich.")]
Email = Annotated[str, kind("email", "An e-mail address.")]
Phone = Annotated[str, kind("phone", "A telephone number with its country: +41 61 555 01 23.")]
Focus = Annotated[str, kind("focus", "The point that must stay visible: 40% 20%.")]
Count = Annotated[int, Meta(ge=1, le=50, description="How many to show, 1 to 50.")]


class Keys(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Base of every map: frozen, and an unknown key is a mistake."""


class PictureFile(Keys, frozen=True, kw_only=True):
    """A picture with what a screen reader says and what a crop keeps."""

    file: Path
    alt: Text | UnsetType = UNSET
    focus: Focus | None = None


Picture = Path | PictureFile
#: A picture that says something by itself: without ``alt`` it earns a warning.
Shown = Annotated[Picture, Meta(description="A picture: {file: media/x.jpg, alt: …}.", extra={"speaks": True})]


class Scheduled(Keys, frozen=True, kw_only=True):
    """What may be shown for a time only (in the site's time zone)."""

    from_: When | None = field(name="from", default=None)
    until: When | None = None


class LinkItem(Scheduled, frozen=True, kw_only=True):
    """One link of a group."""

    url: Address
    title: Text | None = None
    note: Text | None = None
    image: Picture | None = None
    icon: str | None = None
    style: Literal["row", "featured", "card"] = "row"
    button: Text | None = None
