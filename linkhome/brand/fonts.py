"""Give the site its fonts: each face of the theme cut to what is used, remembered, and announced in the styles.

Which letters a site uses is known only after everything was read, so there are three steps: `Fonts` finds the faces,
`make` cuts them, `css` says what a page that uses some of them needs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property, partial
from pathlib import Path
from typing import NamedTuple

import msgspec

from .. import parallel
from ..cache import Cache, fingerprint
from ..config.load import Config
from ..diagnostics import Diagnostic, LinkhomeError
from ..inputs import Inputs
from ..project import Project
from ..snapshot import Artifact
from ..theme import faces
from ..theme.locate import Theme
from . import owned
from .announcing import announced, rules, stack
from .letters import ALWAYS, cased, within
from .sources import FORM, Source, Sources
from .subset import Axes, Cut, Order

#: What stands before the address of a font in the styles until it is known where they stand.
ROOT = "\x02root\x03"
#: What texts are measured with where every visitor sees the font of a device.
STAND_IN = "noto-sans/NotoSans.ttf"
_USED = re.compile(r"var\(\s*--font-([\w-]+)")


class Piece(NamedTuple):
    """What was cut from a source: its metrics, and under which key the bytes lie in the cache."""

    source: Source
    cut: Cut
    key: str


class Fonts:
    """Know the faces of one build. ``files`` collects the fonts that pages name, ``found`` what is amiss."""

    def __init__(self, theme: Theme | None, config: Config, project: Project, inputs: Inputs, cache: Cache) -> None:
        own = config.site.brand.fonts
        self.config = config
        self.cache = cache
        self.system = own == "system"
        self.files: dict[str, Artifact] = {}
        self.faces = owned.together(theme.faces if theme else {}, own)
        self.pieces: dict[str, list[Piece]] = {}
        self.found: list[Diagnostic] = []
        self._all = Sources(theme, config, project, inputs, cache)
        self._sources: dict[str, list[Source]] = {}
        self._css: dict[str, tuple[str, str]] = {}
        for name, face in self.faces.items():
            try:
                self._sources[name] = [] if self.system else self._all.of(face)
            except LinkhomeError as problem:
                self.found += [one for one in problem.diagnostics if one not in self.found]
        self.found += self._all.found

    @property
    def key(self) -> str:
        """Return a mark of all fonts as they were made."""
        return fingerprint(self.system, *(piece.key for pieces in self.pieces.values() for piece in pieces))

    def make(self, letters: str) -> list[Diagnostic]:
        """Cut every face to the letters (those outside of ASCII that the site uses); what is known is not cut again.

        Returns what the creator should know of their own fonts.
        """
        todo: dict[str, tuple[Source, Order]] = {}
        plan: list[tuple[str, Source, str]] = []
        for name, sources in self._sources.items():
            face = self.faces[name]
            wanted = cased(letters, face.letters == "capitals")
            for source in sources:
                mine = source.letters & within(wanted, source.script)
                if source.script and not mine - ALWAYS:
                    continue
                order = Order("".join(sorted(mine)), source.span, tuple(face.features), face.letters == "capitals")
                key = fingerprint(source.key, order)
                plan.append((name, source, key))
                if self.cache.get("font", key) is None:
                    todo[key] = (source, order)
        self._cut(todo)
        for name, source, key in plan:
            stored = self.cache.get("font", key)
            self.cache.use("font-plain", [key])
            self.cache.use("font-web", [key])
            if stored is not None:
                cut = msgspec.msgpack.decode(stored, type=Cut)
                self.pieces.setdefault(name, []).append(Piece(source, cut, key))
        said = [
            one
            for name, sources in self._sources.items()
            for source in sources[:1]
            for one in owned.lacking(self.faces[name], source.known, letters, self.config)
        ]
        return list(dict.fromkeys(said))

    def css(self, text: str) -> str:
        """Return the rules for those faces that a stylesheet names by ``var(--font-…)``."""
        named = [name for name in dict.fromkeys(_USED.findall(text)) if name in self.faces]
        if not named:
            return ""
        made = {name: self._face_css(self._same(name)) for name in named}
        properties = ";".join(f"--font-{name}:{fonts}" for name, (_, fonts) in made.items())
        return "".join(dict.fromkeys(rule for rule, _ in made.values())) + f"@layer tokens{{:root{{{properties}}}}}"

    # ------------------------------------------------------------------ for measuring

    def position(self, name: str, wdth: float | None, wght: float | None) -> dict[str, float]:
        """Return where the axes of a face stand when a text is shown with this width and weight."""
        axes = {tag: low for tag, (low, _) in self._axes(name).items()}
        for tag, asked in (("wdth", 100.0 if wdth is None else wdth), ("wght", wght)):
            if tag in axes and asked is not None:
                low, high = self._axes(name)[tag]
                axes[tag] = min(max(float(asked), low), high)
        return axes

    def identity(self, name: str) -> str:
        """Return a mark of the fonts from which a face is measured."""
        return fingerprint(FORM, *(piece.source.key for piece in self.pieces.get(name, ())))

    def range(self, name: str, axis: str, low: float, high: float) -> tuple[float, float]:
        """Return the part of a range that a face has; without the axis, its usual place twice."""
        if axis not in self._axes(name):
            return (100.0, 100.0)
        least, most = self._axes(name)[axis]
        return max(low, least), min(high, most)

    def runs(self, name: str, text: str) -> list[tuple[str, str]]:
        """Return the text in parts, each with the key of the source that has its letters."""
        pieces = self.pieces.get(name)
        if not pieces:
            return [("", text)]
        found: list[tuple[str, str]] = []
        for letter in text:
            key = next((p.source.key for p in pieces if letter in p.source.letters), pieces[0].source.key)
            if found and found[-1][0] == key:
                found[-1] = (key, found[-1][1] + letter)
            else:
                found.append((key, letter))
        return found

    def plain(self, name: str, key: str) -> bytes:
        """Return the uncompressed font of a source; the stand-in's where visitors see a font of their device."""
        for piece in self.pieces.get(name, ()):
            if piece.source.key == key:
                return self.cache.get("font-plain", piece.key) or self._all.plain(piece.source)
        return (faces.shipped() / STAND_IN).read_bytes()

    # ------------------------------------------------------------------ for drawing

    def sources(self, name: str) -> list[Source]:
        """Return the files of a face, those of its scripts last; none where visitors see a font of their device."""
        return self._sources.get(name, [])

    def plain_source(self, source: Source) -> bytes:
        """Return the bytes of a file uncompressed, with all of its letters."""
        return self._all.plain(source)

    @cached_property
    def passing(self) -> Path:
        """Return a folder for files that nobody wants after the build."""
        import shutil
        import tempfile
        import weakref

        folder = tempfile.mkdtemp(prefix="linkhome-")
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        return Path(folder)

    def weight(self, name: str) -> float:
        """Return the lightest weight at which a face is shown."""
        return faces.span(self.faces[name])["wght"][0]

    def _axes(self, name: str) -> Axes:
        if name not in self.faces:
            listed = ", ".join(self.faces) or "none"
            raise ValueError(f"the theme has no face '{name}'; its faces are: {listed}")
        pieces = self.pieces.get(name)
        return pieces[0].cut.axes if pieces else {}

    # ------------------------------------------------------------------ making

    def _cut(self, todo: Mapping[str, tuple[Source, Order]]) -> None:
        """Cut what is not in the cache: our own fonts on all cores, others each in a process of its own."""
        if not todo:
            return
        from . import foreign, subset

        made: dict[str, Cut] = {}
        ours = [key for key, (source, _) in todo.items() if not source.foreign]
        if ours:
            subset.wake()
            results = parallel.each(partial(_work, todo), ours, least=2)
            made |= {key: msgspec.msgpack.decode(data, type=Cut) for key, data in zip(ours, results, strict=True)}
        for key, (source, order) in todo.items():
            if source.foreign:
                try:
                    made[key] = foreign.cut(self._all.plain(source), order)
                except foreign.RefusedFontError as problem:
                    raise owned.refused(problem, source.own, "", self.config) from None
        for key, cut in made.items():
            self.cache.put("font-web", key, cut.web)
            self.cache.put("font-plain", key, cut.plain)
            self.cache.put("font", key, msgspec.msgpack.encode(msgspec.structs.replace(cut, web=b"", plain=b"")))

    def _same(self, name: str) -> str:
        """Return the first face that came out the same: it is announced once."""
        looks = {
            other: (face.role, face.style, face.fallback, [piece.key for piece in self.pieces.get(other, ())])
            for other, face in self.faces.items()
        }
        return next(other for other in looks if looks[other] == looks[name])

    def _first(self, piece: Piece) -> str:
        """Return the first face that has this piece: it names the file, so that a browser loads it once."""
        return next(name for name, pieces in self.pieces.items() if any(one.key == piece.key for one in pieces))

    def _face_css(self, name: str) -> tuple[str, str]:
        """Return the ``@font-face`` rules of a face, and the fonts that a text in it names."""
        if name not in self._css:
            face, parts = self.faces[name], []
            family = f"lh-{name}"
            for piece in self.pieces.get(name, ()):
                artifact = Artifact.of(self.cache.get("font-web", piece.key) or b"")
                script = f"-{piece.source.script.lower()}" if piece.source.script else ""
                place = f"assets/{self._first(piece)}{script}.{artifact.sha256[:8]}.woff2"
                self.files[place] = artifact
                parts.append(announced(family, face, piece.cut, ROOT + place, piece.source.script))
            names: tuple[str, ...] = ()
            if parts:
                measured, stand_ins = rules(family, face, self.pieces[name][0].cut)
                parts.append(measured)
                names = (family, *stand_ins)
            self._css[name] = ("".join(parts), stack(face.fallback, names))
        return self._css[name]


def _work(todo: Mapping[str, tuple[Source, Order]], key: str) -> bytes:
    from . import subset

    source, order = todo[key]
    return msgspec.msgpack.encode(subset.cut(source.path.read_bytes(), order))
