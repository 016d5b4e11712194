"""Say where a text will stand, and turn what the creator wrote into what a template shows there.

Mistakes that only the files can tell (a missing picture, a broken saved copy) are collected in the `Gathering`,
never thrown at the creator one by one.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from html import escape

from markupsafe import Markup

from ..config import schema
from ..config.load import text_in
from ..diagnostics import LinkhomeError, error
from ..platforms import icon, recognise
from . import markdown, model, moments, outages
from .addresses import absolute, is_safe, root_of, scheme
from .gathering import Gathering
from .markdown import Reference, Rendered

At = tuple[str | int, ...]


class Here:
    """Be one page in one language: everything it returns is ready to be written there."""

    def __init__(self, all_: Gathering, language: str, path: str, texts: Mapping[str, str]) -> None:
        self.all = all_
        self.language = language
        self.path = path
        self.root = root_of(path)
        self.texts = dict(texts)
        self.icons: dict[str, model.Icon] = {}
        self.timed = False
        self.signs_up = False
        self._ids: dict[str, int] = {}

    @property
    def prefix(self) -> str:
        """Return the folder of this page's language."""
        return self.all.prefix(self.language)

    # ---------------------------------------------------------------- texts

    def text(self, value: str | dict[str, str] | None) -> str:
        """Return a text in this page's language; empty when there is none."""
        return text_in(value, self.language, self.all.languages)

    def markdown(self, value: str | dict[str, str] | None, at: At, top: int = 2) -> Markup:
        """Return a text in Markdown as HTML for this page."""
        done = markdown.render(self.text(value), self.texts["quotes"], top)
        return self.fill(done, lambda message, hint: self.error(message, at, hint))

    def inline(self, value: str | dict[str, str] | None, at: At) -> Markup:
        """Return a short text in Markdown without its paragraph."""
        done = markdown.inline(self.text(value), self.texts["quotes"])
        return self.fill(done, lambda message, hint: self.error(message, at, hint))

    def fill(self, done: Rendered, complain: Callable[[str, str], None], folder: str = "") -> Markup:
        """Write own files, pictures and pages into rendered Markdown."""

        def write(reference: Reference) -> str:
            try:
                return self._written(reference, folder)
            except LinkhomeError as problem:
                found = problem.diagnostics[0]
                complain(found.message, found.hint)
                return escape(reference.alt) if reference.kind == "image" else "#"

        # Trusted: the engine escapes everything, and `write` escapes what it puts in.
        return Markup(markdown.fill(done.html, done.references, write))  # noqa: S704

    def _written(self, reference: Reference, folder: str) -> str:
        target = reference.target
        if reference.kind == "link":
            return escape(self._own(target, folder) + (f"#{reference.title}" if reference.title else ""))
        if scheme(target) or target.startswith("//"):
            hint = "save it into media/ and write its path, so that visitors ask nobody else"
            raise LinkhomeError(error(f"the picture {target} lies on another server", hint=hint))
        shown = self.all.media.picture(self.all.media.near(target, folder), self.root, reference.alt)
        sources = "".join(
            f'<source type="{one.type}" srcset="{escape(one.srcset)}" sizes="(min-width: 48rem) 44rem, 92vw">'
            for one in shown.sources
        )
        image = (
            f'<img src="{escape(shown.src)}" width="{shown.width}" height="{shown.height}" '
            f'alt="{escape(shown.alt)}" loading="lazy" decoding="async">'
        )
        return f"<picture>{sources}{image}</picture>" if sources else image

    # ---------------------------------------------------------------- addresses

    def href(self, address: str, at: At) -> str:
        """Return an address as it is written on this page: safe, and relative for what is our own."""
        address = address.strip()
        if scheme(address):
            return address if is_safe(address) else ""
        if address.startswith("#"):
            return address
        target, _, fragment = address.partition("#")
        try:
            return self._own(target, "") + (f"#{fragment}" if fragment else "")
        except LinkhomeError as problem:
            self.error(problem.diagnostics[0].message, at, problem.diagnostics[0].hint)
            return ""

    def way_to(self, path: str) -> str:
        """Return the relative way from this page to a file of the output."""
        return self.root + path

    def url_of(self, path: str) -> str:
        """Return the public address of a file of the output; empty without the site's address."""
        return absolute(self.all.base, path)

    def _own(self, target: str, folder: str) -> str:
        for name in (target, posixpath.normpath(folder + target)):
            if place := self.all.place(name, self.language):
                return self.way_to(place)
        if target.endswith((".md", ".markdown")):
            raise LinkhomeError(
                error(f"'{target}' is no page of this site", hint="it may be a draft, or lie elsewhere than you wrote")
            )
        return self.all.media.file(self.all.media.near(target, folder), self.root)

    # ---------------------------------------------------------------- nouns

    def icon(self, name: str) -> model.Icon | None:
        """Return an outline and note that the page needs it."""
        if not name:
            return None
        if name not in self.icons and (found := icon(name)):
            self.icons[name] = found
        return self.icons.get(name)

    def picture(self, value: schema.Picture | None, at: At, alt: str = "") -> model.Picture | None:
        """Return a picture, or None when there is none (or none that can be read: that is reported)."""
        if value is None:
            return None
        given = schema.PictureFile(file=value) if isinstance(value, str) else value
        if isinstance(given.alt, (str, dict)):
            alt = self.text(given.alt)
        try:
            return self.all.media.picture(given.file, self.root, alt, given.focus or "")
        except LinkhomeError as problem:
            where = (*at, "file") if not isinstance(value, str) else at
            self.error(problem.diagnostics[0].message, where, problem.diagnostics[0].hint)
            return None

    def moment(self, when: str | None) -> model.Moment | None:
        """Return a date in this page's language."""
        return moments.moment(when, self.all.zone, self.texts) if when else None

    def window(self, what: schema.Scheduled) -> tuple[model.Window | None, bool]:
        """Decide whether something is to be seen: its window, and whether it is over."""
        return self.window_of(what.from_, what.until)

    def window_of(self, since: str | None, until: str | None) -> tuple[model.Window | None, bool]:
        """Decide the same from two dates."""
        if not since and not until:
            return None, False
        shown, over, change = moments.window(since, until, self.all.zone, self.all.now)
        self.all.will_change(change)
        self.timed = self.timed or shown is not None
        return shown, over

    def link(self, item: schema.LinkItem | str, at: At, me: bool = False) -> model.Link | None:
        """Return a link with platform, label and icon read off its address; None when it is over."""
        if isinstance(item, str):
            item, key = schema.LinkItem(url=item), at
        else:
            key = (*at, "url")
        window, over = self.window(item)
        if over:
            return None
        known = recognise(item.url)
        outside = bool(scheme(item.url))
        return model.Link(
            href=self.href(item.url, key),
            title=self.text(item.title) or known.label,
            note=self.text(item.note),
            icon=self.icon(item.icon or known.icon or "link"),
            picture=self.picture(item.image, (*at, "image")),
            platform=known.name,
            host=known.host,
            style=item.style,
            button=self.text(item.button),
            me=me and scheme(item.url) in ("http", "https"),
            outside=outside,
            download="" if outside else self._kept_as(item.url),
            window=window,
            down=outages.down(item.url, self) if outside else None,
        )

    def _kept_as(self, address: str) -> str:
        if self.all.place(address, self.language) or self.all.media.is_shown(address):
            return ""
        return address.rpartition("/")[2]

    def links(self, items: list[schema.LinkItem | str], at: At, me: bool = False) -> tuple[model.Link, ...]:
        """Return those of the links that are not over."""
        made = (self.link(item, (*at, number), me) for number, item in enumerate(items))
        return tuple(link for link in made if link and link.href)

    def id(self, kind: str) -> str:
        """Return an anchor that is unique on this page."""
        self._ids[kind] = self._ids.get(kind, 0) + 1
        return kind if self._ids[kind] == 1 else f"{kind}-{self._ids[kind]}"

    def error(self, message: str, at: At, hint: str = "") -> None:
        """Report a mistake at a place of ``linkhome.yaml``; every language meets it, it is told once."""
        self.all.tell(self.all.config.spans.error(message, *at, hint=hint))
