"""Make what surrounds every page: names, footer, language switch, and who the creator is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
from markupsafe import Markup

from .. import __version__
from ..brand.prints import Print
from ..cache import fingerprint
from ..texts import direction
from . import heads, model, outages, second
from .gathering import Gathering
from .here import Here
from .posts import Post


class Look(model.Noun, frozen=True, kw_only=True):
    """What the brand says about every page: browser colours (light, dark), the icon's colours and file.

    ``prints`` are those that the theme wants of the portrait and of the cover.
    """

    colours: tuple[str, str] = ("", "")
    fill: str = "#000000"
    on_fill: str = "#ffffff"
    icon: str = ""
    manifest: str = ""
    prints: dict[str, dict[str, Print]] = msgspec.field(default_factory=dict)

    #: The palette by mode and name, and the families of the fonts, for the kit page.
    values: dict[str, dict[str, str]] = msgspec.field(default_factory=dict)
    fonts: tuple[str, ...] = ()


class Surroundings:
    """Give shell and profile for any page of one language; both are made once a depth."""

    def __init__(
        self, all_: Gathering, language: str, texts: Mapping[str, str], look: Look, pages: Sequence[Post], feed: bool
    ) -> None:
        self.all = all_
        self.language = language
        self.texts = dict(texts)
        self.look = look
        self.pages = pages
        self.feed = feed
        self._made: dict[str, tuple[model.Shell, model.Profile]] = {}
        self._keys: dict[str, str] = {}

    def here(self, path: str) -> Here:
        """Return the page at ``path`` in this language."""
        return Here(self.all, self.language, path, self.texts)

    def around(self, here: Here) -> tuple[model.Shell, model.Profile]:
        """Return the shell and the profile as seen from a page."""
        if here.root not in self._made:
            self._made[here.root] = (self._shell(here), profile(here))
        return self._made[here.root]

    def key(self, here: Here) -> str:
        """Return a mark of everything that stands around a page of this depth."""
        if here.root not in self._keys:
            shell, profile = self.around(here)
            self._keys[here.root] = fingerprint(shell, profile, heads.site_key(here, profile))
        return self._keys[here.root]

    def translations(self, here: Here, places: Mapping[str, str]) -> tuple[model.Translation, ...]:
        """Return the ways to this page in each language; to the front page where it is not translated."""
        if len(self.all.languages) == 1:
            return ()
        found = []
        for language in self.all.languages:
            place = places.get(language)
            target = place or f"{self.all.prefix(language)}index.html"
            found.append(
                model.Translation(
                    language=language,
                    name=self.all.names[language],
                    href=here.way_to(target),
                    url=here.url_of(place) if place else "",
                    current=language == self.language,
                )
            )
        return tuple(found)

    def _shell(self, here: Here) -> model.Shell:
        site, prefix = self.all.site, self.all.prefix(self.language)
        return model.Shell(
            language=self.language,
            direction=direction(self.language),
            name=here.text(site.profile.name),
            home=here.way_to(f"{prefix}index.html"),
            root=here.root,
            texts=self.texts,
            footer_note=here.inline(site.footer.note, ("footer", "note")),
            footer=self._footer(here, prefix),
            second_address=second.line(here),
            mode=site.brand.mode,
            theme_colours=self.look.colours,
            icon=here.way_to(self.look.icon) if self.look.icon else "",
            icons=self._icons(here),
            manifest=here.way_to(self.look.manifest) if self.look.manifest else "",
            generator=f"linkhome {__version__}",
            outage=outages.banner(self._plain(here)),
            offline=site.offline,
        )

    def _icons(self, here: Here) -> tuple[model.SiteIcon, ...]:
        if not self.look.icon:
            return ()
        if here.all.kit is None:
            return (model.SiteIcon(rel="icon", href=here.way_to(self.look.icon), type="image/svg+xml"),)
        return (
            model.SiteIcon(rel="icon", href=here.way_to("favicon.ico"), sizes="32x32"),
            model.SiteIcon(rel="icon", href=here.way_to(self.look.icon), type="image/svg+xml"),
            model.SiteIcon(rel="apple-touch-icon", href=here.way_to("apple-touch-icon.png")),
        )

    def _footer(self, here: Here, prefix: str) -> tuple[model.Link, ...]:
        links = [
            model.Link(href=here.way_to(self.all.output_of(page)), title=page.title, outside=False)
            for page in self.pages
            if page.menu == "footer"
        ]
        if self.feed:
            links.append(model.Link(href=here.way_to(f"{prefix}feed.xml"), title=self.texts["feed"], outside=False))
        links += self._plain(here).links(self.all.site.footer.links, ("footer", "links"))
        return tuple(links)

    def _plain(self, here: Here) -> Here:
        """Return the same place for links that are words: their icons must not burden the page."""
        plain_here = self.here(here.path)
        plain_here.root = here.root
        return plain_here


def profile(here: Here) -> model.Profile:
    """Return who the creator is, in the page's language."""
    who = here.all.site.profile
    name = here.text(who.name)
    bio = here.markdown(who.bio, ("profile", "bio"), top=3)
    alt = here.texts["portrait_of"].format(name=name)
    return model.Profile(
        name=name,
        kind=who.kind,
        handle=who.handle or "",
        tagline=here.text(who.tagline),
        bio=bio,
        bio_text=plain(bio),
        pronouns=here.text(who.pronouns),
        location=here.text(who.location),
        portrait=here.picture(who.portrait, ("profile", "portrait"), alt),
        cover=here.picture(who.cover, ("profile", "cover")),
        logo=here.picture(here.all.site.brand.logo, ("brand", "logo"), name),
        initials=initials(name),
        card=here.way_to(f"{here.all.prefix(here.language)}contact.vcf") if here.all.has_card else "",
    )


def plain(html: Markup) -> str:
    """Return the text of rendered Markdown on one line."""
    return str(html.striptags())


def initials(name: str) -> str:
    """Return the first letters of the first and the last word."""
    words = [word for word in name.split() if word[0].isalnum()] or name.split() or [""]
    letters = words[0][:1] + (words[-1][:1] if len(words) > 1 else "")
    return letters.upper()
