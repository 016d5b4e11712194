"""Find the files from which faces are cut: the theme's, those that come with linkhome, and the creator's own."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from .. import __version__
from ..cache import Cache, fingerprint
from ..config.load import Config
from ..diagnostics import Diagnostic, LinkhomeError, error
from ..inputs import Inputs
from ..project import Project
from ..theme import faces
from ..theme.faces import SCRIPTS, Face
from ..theme.locate import Theme
from . import owned
from .foreign import Opened
from .subset import Axes, Known

#: Part of every key. Whoever changes what is made of a font changes this number.
FORM = 4


class Source(NamedTuple):
    """A file from which a face, or its letters of one script, are cut. ``key`` names both in the cache.

    ``own`` is the creator's name for it; ``foreign`` says that it did not come with linkhome.
    """

    path: Path
    digest: str
    script: str
    known: Known
    span: Axes
    key: str
    own: str
    foreign: bool

    @property
    def letters(self) -> frozenset[str]:
        """Return the letters that it has."""
        return _letters(self.known.letters)


class Sources:
    """Look up the files of faces; ``found`` collects what the creator should know of their own."""

    def __init__(self, theme: Theme | None, config: Config, project: Project, inputs: Inputs, cache: Cache) -> None:
        self.theme = theme
        self.config = config
        self.project = project
        self.inputs = inputs
        self.cache = cache
        self.found: list[Diagnostic] = []

    def of(self, face: Face) -> list[Source]:
        """Return the file of a face, and those of its scripts.

        Raises:
            LinkhomeError: one of them is not there, or is no font.
        """
        files = [(face.file, ""), *((file, script) for script, file in face.scripts.items() if script in SCRIPTS)]
        return [self._source(face, file, script) for file, script in files]

    def plain(self, source: Source) -> bytes:
        """Return the bytes of a source, uncompressed."""
        if not source.foreign:
            return source.path.read_bytes()
        key = fingerprint(FORM, source.digest)
        stored = self.cache.get("font-whole", key)
        if stored is None:
            stored = self._opened(source.path, source.own, "", key).plain
        return stored

    def _source(self, face: Face, file: str, script: str) -> Source:
        own = owned.file_of(face) or ""
        path = owned.find(own, face, self.config, self.project, self.inputs) if own else self._of_theme(file)
        digest = self.inputs.sha256(path) or ""
        foreign = not path.is_relative_to(faces.shipped())
        known = self._known(path, own or (file if foreign else ""), face.role, fingerprint(FORM, digest))
        if own:
            said = owned.forbidden(known, own, face.role, self.config)
            self.found += [one for one in said if one not in self.found]
        span = faces.span(face)
        key = fingerprint(__version__, FORM, digest, sorted(span.items()), face.features)
        return Source(path, digest, script, known, span, key, own, foreign)

    def _known(self, path: Path, foreign: str, role: str, key: str) -> Known:
        stored = self.cache.get("font-known", key)
        if foreign:
            self.cache.use("font-whole", [key])
        if stored is not None:
            remembered: Known = msgspec.msgpack.decode(stored, type=Known)
            return remembered
        if foreign:
            known = self._opened(path, foreign, role, key).known
        else:
            from . import subset

            known = subset.examine(path.read_bytes())
        self.cache.put("font-known", key, msgspec.msgpack.encode(known))
        return known

    def _opened(self, path: Path, name: str, role: str, key: str) -> Opened:
        opened = owned.examine(path, name, role, self.config)
        self.cache.put("font-whole", key, opened.plain)
        return opened

    def _of_theme(self, file: str) -> Path:
        assert self.theme
        path = self.theme.static_file(f"fonts/{file}") or faces.shipped() / file
        if ".." in file.split("/") or self.inputs.sha256(path) is None:
            hint = "put it into the theme's folder static/fonts/, or name one that comes with linkhome"
            message = f"the theme '{self.theme.name}' names the font '{file}', which is not there"
            raise LinkhomeError(error(message, hint=hint))
        return path


@lru_cache(maxsize=64)
def _letters(letters: str) -> frozenset[str]:
    return frozenset(letters)
