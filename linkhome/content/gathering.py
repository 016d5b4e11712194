"""Know the whole site while it is gathered: its languages, its texts, where each of them will lie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING

from ..config.load import Config
from ..diagnostics import Diagnostic
from ..places import addresses
from ..texts import interface
from . import moments
from .arrangement import AFTERWARDS, KIT, RESERVED, Arrangement, Rules, arrange, output_of, prefix_of, stem_of
from .media import Media
from .posts import Post, Texts

if TYPE_CHECKING:
    from ..kit.plan import Kit
    from ..outage.current import Current
    from .previews import Previews
    from .signup import Signup

#: How the keys of texts begin that only a site with a sign-up shows.
SIGNING = ("newsletter", "signup_", "thanks_", "check_", "sorry_", "mobile")


class Gathering:
    """Hold what all pages share while they are gathered: every text of the site, and what an address means."""

    def __init__(self, config: Config, media: Media, now: float) -> None:
        self.config = config
        self.site = config.site
        self.media = media
        self.now = now
        self.zone: tzinfo = moments.zone(config.site.timezone)
        self.languages = config.languages
        self.base = (config.site.url or "").rstrip("/")
        self.diagnostics: list[Diagnostic] = []
        self.changes_at = 0.0
        #: What orders pictures for previews, and everything else that is drawn; set before pages are planned.
        self.previews: Previews | None = None
        self.kit: Kit | None = None
        #: Where sign-ups go, and which platforms are down; set before pages are planned, too.
        self.signup: Signup | None = None
        self.outages: tuple[Current, ...] = ()
        #: What an address to an own text means: ("pages/imprint.md", "de") or ("imprint", "de") → its output file.
        self.places: Mapping[tuple[str, str], str] = {}
        self.texts: dict[str, dict[str, str]] = {}
        self.names: dict[str, str] = {}
        self.with_posts: list[str] = []
        self.posts: Mapping[str, Sequence[Post]] = {}
        self.pages: Mapping[str, Sequence[Post]] = {}
        self._twins: Mapping[tuple[str, str], Mapping[str, Post]] = {}
        for language in config.languages:
            self.texts[language], lacking = interface(language, config.site.texts)
            lacking = [key for key in lacking if self._shows(key)]
            self.names[language] = self.texts[language]["language"]
            if lacking:
                some = ", ".join(lacking[:8]) + (" …" if lacking[8:] else "")
                hint = f"write these keys under texts: {language}: — {some}"
                message = f"{len(lacking)} short texts of the pages in '{language}' are still English"
                self.diagnostics.append(config.spans.warning(message, "language", hint=hint))
        if not config.site.url:
            hint = "write url: https://… as soon as you know it; without it there is no feed and no site map"
            self.diagnostics.append(config.spans.warning("the site has no address yet", "profile", hint=hint))

    def _shows(self, key: str) -> bool:
        """Tell whether a text can be on a page of this site at all."""
        if key.startswith(SIGNING):
            return self.site.newsletter is not None
        if key == "leads_on":
            return bool(self.site.redirects)
        return key != "second_address" or bool(addresses(self.site))

    def prefix(self, language: str) -> str:
        """Return the folder of a language: the main one lies at the top."""
        return prefix_of(language, self.languages)

    @property
    def has_card(self) -> bool:
        """Tell whether there is a contact card: something that leads to the creator beside the name."""
        return self.kit is not None and bool(self.base or self.site.socials or self.site.contact)

    @property
    def mailbox(self) -> str:
        """Return the address that mails to the creator go to; empty when no key names one."""
        site = self.site
        mails = [item if isinstance(item, str) else item.url for item in site.socials]
        named = [one.removeprefix("mailto:").partition("?")[0] for one in mails if one.startswith("mailto:")]
        first = (site.newsletter.mail if site.newsletter else None, site.contact.email if site.contact else None)
        return next((one for one in (*first, *named) if one), "")

    def tell(self, *found: Diagnostic) -> None:
        """Report what was not reported yet: every page that shows a thing meets its mistakes."""
        self.diagnostics += [one for one in found if one not in self.diagnostics]

    def will_change(self, at: float) -> None:
        """Remember the next point in time at which the page looks different."""
        if at and (not self.changes_at or at < self.changes_at):
            self.changes_at = at

    def place(self, target: str, language: str) -> str | None:
        """Return the output file that an address of an own text means, in this language if there is one."""
        name = target.strip("/").removesuffix("/index.html")
        for known in (language, *self.languages):
            if found := self.places.get((name, known)):
                return found
        return None

    def rules(self, drafts: bool) -> Rules:
        """Return what of the site has a say in how its texts are arranged."""
        kit = {KIT} if self.site.brand.kit else frozenset()
        return Rules(self.languages, RESERVED | kit | (AFTERWARDS if self.site.newsletter else frozenset()), drafts)

    def read(self, texts: Texts, drafts: bool = False) -> Arrangement:
        """Read posts and pages and arrange them; addresses that are taken are reported."""
        posts, found = texts.read(texts.project.posts, "post")
        pages, more = texts.read(texts.project.pages, "page")
        arranged = arrange(posts, pages, self.rules(drafts))
        self.diagnostics += [*found, *more, *arranged.found]
        self.take(arranged)
        return arranged

    def take(self, arranged: Arrangement) -> None:
        """Take over the texts in their arrangement."""
        self.posts, self.pages = arranged.posts, arranged.pages
        self.places, self._twins = arranged.places, arranged.twins
        self.with_posts = [language for language in self.languages if language in self.posts]

    def output_of(self, text: Post) -> str:
        """Return the output file of a text."""
        return output_of(text, self.languages)

    def twins(self, text: Post) -> dict[str, str]:
        """Return the output files of a text's translations and its own, by language."""
        return {language: self.output_of(twin) for language, twin in self._twins[stem_of(text)].items()}

    def twin_key(self, text: Post) -> str:
        """Return a mark of a text's translations."""
        return ",".join(f"{language}:{twin.slug}" for language, twin in sorted(self._twins[stem_of(text)].items()))
