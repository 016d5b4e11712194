"""Keep compiled templates between builds: one small file each, which may vanish or be damaged at any time.

A file is used only if its checksum holds and it was made from the same template source by the same versions
of Jinja, Python and linkhome; otherwise the template is compiled again.
"""

from __future__ import annotations

import contextlib
import hashlib
import marshal
import os
import sys
from pathlib import Path
from types import CodeType

from jinja2 import __version__ as jinja_version
from jinja2.bccache import Bucket, BytecodeCache

from .. import __version__

_VERSIONS = f"{jinja_version} {__version__} {sys.implementation.cache_tag} {sys.hexversion:x}".encode()
_LENGTH = 16


class CompiledTemplates(BytecodeCache):
    """Read and write the compiled templates of one cache folder; a folder that cannot be written is no problem."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket if a sound file for this very source exists."""
        try:
            data = self._file(bucket).read_bytes()
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
        code = marshal.dumps(bucket.code)
        file = self._file(bucket)
        fresh = file.with_suffix(f".{os.getpid()}")
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            fresh.write_bytes(_seal(bucket, code) + code)
            fresh.replace(file)

    def _file(self, bucket: Bucket) -> Path:
        return self.folder / f"{bucket.key}.tpl"


def _seal(bucket: Bucket, code: bytes) -> bytes:
    parts = b"\0".join((_VERSIONS, bucket.checksum.encode(), code))
    return hashlib.blake2b(parts, digest_size=_LENGTH).digest()
