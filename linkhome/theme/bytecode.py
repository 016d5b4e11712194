"""Keep compiled templates between builds: one small file each, which may vanish or be damaged at any time.

A file is used only if its checksum holds and it was made from the same template source by the same versions
of Jinja, Python and linkhome; otherwise the template is compiled again. The templates that come with linkhome
are the same for every site, so they are kept beside its compiled modules, as Python does with those.
"""

from __future__ import annotations

import contextlib
import hashlib
import marshal
import os
import sys
from pathlib import Path
from types import CodeType

from jinja2 import Environment
from jinja2 import __version__ as jinja_version
from jinja2.bccache import Bucket, BytecodeCache

from .. import __version__

_VERSIONS = f"{jinja_version} {__version__} {sys.implementation.cache_tag} {sys.hexversion:x}".encode()
_LENGTH = 16


class CompiledTemplates(BytecodeCache):
    """Read and write compiled templates; a folder that cannot be written is no problem.

    ``folder`` is for the site's own templates and those of other packages (None keeps them nowhere),
    ``shared`` for those below ``bundled``.
    """

    def __init__(self, folder: Path | None, bundled: Path, shared: Path) -> None:
        self.folder = folder
        self.bundled = str(bundled) + os.sep
        self.shared = None if sys.dont_write_bytecode else shared
        self._places: dict[str, Path | None] = {}

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:
        """Return the bucket of a template, filled if it was compiled before."""
        place = self.shared if filename and filename.startswith(self.bundled) else self.folder
        self._places[self.get_cache_key(name, filename)] = place or self.folder
        return super().get_bucket(environment, name, filename, source)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket if a sound file for this very source exists."""
        if not (file := self._file(bucket)):
            return
        try:
            data = file.read_bytes()
        except OSError:
            return
        code = data[_LENGTH:]
        if data[:_LENGTH] != _seal(bucket, code):
            return
        with contextlib.suppress(EOFError, ValueError, TypeError):
            loaded = marshal.loads(code)  # noqa: S302  (our own file, and its checksum holds)
            bucket.code = loaded if isinstance(loaded, CodeType) else None

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Write the bucket beside its place and rename it, so that nobody reads half a file."""
        if not (file := self._file(bucket)):
            return
        code = marshal.dumps(bucket.code)
        fresh = file.with_suffix(f".{os.getpid()}")
        with contextlib.suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            fresh.write_bytes(_seal(bucket, code) + code)
            fresh.replace(file)

    def _file(self, bucket: Bucket) -> Path | None:
        place = self._places[bucket.key]
        return place / f"{bucket.key}.{sys.implementation.cache_tag}.tpl" if place else None


def _seal(bucket: Bucket, code: bytes) -> bytes:
    parts = b"\0".join((_VERSIONS, bucket.checksum.encode(), code))
    return hashlib.blake2b(parts, digest_size=_LENGTH).digest()
