"""Render planned pages into files, and leave alone those that would come out as they lie there already."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial

from jinja2 import Environment

from . import parallel
from .assets import FIRST_FLIGHT, HASH, SLOT, Style, Styles, exchanged, in_flight
from .cache import fingerprint
from .content import model, policy
from .content.addresses import root_of
from .content.articles import Planned
from .content.media import Tell
from .diagnostics import LinkhomeError
from .output import Artifact
from .scripts import Scripts
from .theme import computed, errors, styles
from .theme.locate import Theme
from .veil import veil

#: Stands for the names of a page's scripts when it has none.
NONE = "-"
#: After so many pages that are looked at, whoever waits hears of it.
OFTEN = 100


class Rendering:
    """Render pages with one theme. ``files`` collects them; ``keys`` says what each was made from."""

    def __init__(
        self,
        theme: Theme,
        environment: Environment,
        sheets: Styles,
        scripts: Scripts,
        shell_key: str,
        before: Styles | None = None,
    ) -> None:
        self.theme = theme
        self.environment = environment
        self.sheets = sheets
        self.scripts = scripts
        self.shell_key = shell_key
        #: The styles of the pages that were made earlier; None where they are not known any more.
        self.before = before
        self.files: dict[str, Artifact] = {}
        self.keys: dict[str, str] = {}
        #: Which styles and scripts each page has, see `page`; also of those that have no key.
        self.styles: dict[str, str] = {}

    def render(
        self,
        planned: Sequence[Planned],
        known: Mapping[str, str],
        kept: Mapping[str, Artifact],
        tell: Tell | None = None,
    ) -> None:
        """Render all pages; one whose key is ``known`` and whose file may be ``kept`` is not made again.

        ``tell`` hears how far this is, at least with every page that is made here.

        Raises:
            LinkhomeError: a template has a mistake; the diagnostic names its file and line.
        """
        todo = []
        for number, page in enumerate(planned, 1):
            if tell and not number % OFTEN:
                tell(f"Building, page {number:,} of {len(planned):,}")
            key = fingerprint(self.shell_key, page.key) if page.key else ""
            before, _, style = known.get(page.path, "").partition(" ")
            same = bool(key) and key == before and page.path in kept
            if same and self._still_styled(style):
                self._settle(page.path, key, style, kept[page.path])
            elif same and (other := self._restyled(page.path, style, kept[page.path])):
                self._settle(page.path, key, *other)
            else:
                todo.append((page, key))
        # The first of a kind is made here: templates are compiled once, and a mistake in one is told once.
        first: dict[bool, int] = {}
        for number, (page, _) in enumerate(todo):
            first.setdefault(bool(page.key), number)
        early = [n for n, (page, _) in enumerate(todo) if not page.key or n in first.values()]
        rest = [n for n in range(len(todo)) if n not in set(early)]
        make = partial(self._bytes, todo, tell or (lambda _: None))
        for numbers, results in ((early, [make(n) for n in early]), (rest, parallel.each(make, rest))):
            for number in reversed(numbers):  # from the end, so that each result is let go at once
                page, key = todo[number]
                told, _, html = results.pop().partition(b"\n")
                self._settle(page.path, key, told.decode(), Artifact.of(html))

    def page(self, page: model.Page) -> tuple[str, str]:
        """Return a page's HTML, and what `_settle` has to know of its styles and scripts."""
        used = styles.uses(page)
        self.scripts.wanted()  # what an unfinished page asked for is nothing to this one
        template = "kit.html" if page.kit else f"{page.kind}.html"
        try:
            html = self.environment.get_template(template).render(page.as_context(), style=SLOT)
        except LinkhomeError:
            raise
        except Exception as problem:  # whatever a template does wrong becomes its line and a sentence
            raise LinkhomeError(errors.explain(problem, self.theme)) from problem
        style = self.sheets.of(used)
        html, rules = computed.settle(_without_idle_icons(html))
        small = len(html) + len(rules) + style.weight <= FIRST_FLIGHT - HASH
        html, outside = self.sheets.put_in(html, style, page.path, rules, page.shell.root)
        made, inline = policy.finished(
            html, lambda made: small or outside or in_flight(veil(made)), style.css if outside else ""
        )
        scripts = "|".join(self.scripts.wanted()) or NONE
        return veil(made), _noted("outside" if outside else "inside", style, used, scripts, inline)

    def inline(self) -> policy.Inline:
        """Return the hashes of all scripts and styles that stand in pages, and whether any plays media of others."""
        parts: tuple[set[str], ...] = (set(), set(), set())
        for style in self.styles.values():
            for known, part in zip(parts, style.rsplit(" ", 1)[1].split("|"), strict=True):
                known.update(filter(None, part.split(",")))
        return policy.Inline(*(tuple(sorted(known)) for known in parts))

    def _still_styled(self, style: str) -> bool:
        """Tell whether the styles of a page that was made earlier are what they were then."""
        _, digest, used, _, _ = style.split(" ")
        return self.sheets.of(frozenset(used.split(","))).digest == digest

    def _restyled(self, path: str, style: str, page: Artifact) -> tuple[str, Artifact] | None:
        """Return a page that differs in nothing but its styles with others; None where that is not certain."""
        where, digest, used, scripts, _ = style.split(" ")
        kinds = frozenset(used.split(","))
        old = self.before.known(kinds) if self.before else None
        if old is None or old.digest != digest or where != "inside" or page.data is None:
            return None
        new = self.sheets.of(kinds)
        before = page.data.decode()
        after = exchanged(before, old, new, root_of(path))
        html = after and policy.restyled(before, after)
        if not html:
            return None
        inline = policy.inline(html)
        # One that did not fit with its hash before may fit now.
        if not all(f"'{one}'" in html for one in inline.styles):
            return None
        return _noted(where, new, kinds, scripts, inline), Artifact.of(html.encode())

    def _bytes(self, todo: Sequence[tuple[Planned, str]], tell: Tell, number: int) -> bytes:
        tell(f"Building, page {number + 1:,} of {len(todo):,}")
        html, style = self.page(todo[number][0].make())
        return f"{style}\n{html}".encode()

    def _settle(self, path: str, key: str, style: str, artifact: Artifact) -> None:
        self.files[path] = artifact
        self.keys[path] = f"{key} {style}" if key else ""
        self.styles[path] = style
        # The page may have been made by a worker, or long ago: its styles and scripts, and their files, are made here.
        where, _, used, scripts, _ = style.split(" ")
        if scripts != NONE:
            self.files.update(map(self.scripts.file, scripts.split("|")))
        sheet = self.sheets.of(frozenset(used.split(",")))
        if where == "outside":
            self.files[sheet.file] = self.sheets.files[sheet.file]


def _noted(where: str, style: Style, used: frozenset[str], scripts: str, inline: policy.Inline) -> str:
    """Return what is kept of a page's styles and scripts, see `Rendering._settle`."""
    hashes = "|".join(",".join(part) for part in inline)
    return f"{where} {style.digest} {','.join(sorted(used))} {scripts} {hashes}"


_SYMBOL = re.compile(r'<symbol id="i-([^"]+)".*?</symbol>', re.DOTALL)
_USE = re.compile(r'href="#i-([^"]+)"')


def _without_idle_icons(html: str) -> str:
    """Take out the outlines that this theme shows nowhere on the page."""
    if "<symbol " not in html:
        return html
    used = set(_USE.findall(html))
    return _SYMBOL.sub(lambda found: found[0] if found[1] in used else "", html)
