"""Make scripts of a theme files of the site, named by what is in them, and remember which pages want them."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping, Sequence

import msgspec

from .config.load import Config
from .content.addresses import slug
from .output import Artifact
from .texts import interface
from .theme import styles
from .theme.facade import frames
from .theme.locate import Theme


class Scripts:
    """Stand as ``asset`` in templates: called with a static file's name, it gives the address below the site's folder.

    ``values`` make what is put in the place of words of a script, such as ``FRAMES``.
    """

    def __init__(self, theme: Theme, values: Mapping[str, Callable[[], str]]) -> None:
        self.theme = theme
        self.values = values
        self._word = re.compile(rf"\b(?:{'|'.join(values) or '(?!)'})\b")
        self._made: dict[str, tuple[str, Artifact]] = {}
        self._wanted: set[str] = set()

    def __call__(self, name: str) -> str:
        """Return the address of a static file below the site's folder, and note that the page wants it."""
        self._wanted.add(name)
        return self.file(name)[0]

    def wanted(self) -> tuple[str, ...]:
        """Return the names that were asked for since this was asked last, sorted."""
        found = tuple(sorted(self._wanted))
        self._wanted.clear()
        return found

    def file(self, name: str) -> tuple[str, Artifact]:
        """Return where the file lies in the site (``assets/play.1a2b3c4d.js``), and the file.

        Raises:
            FileNotFoundError: the theme has no such static file.
        """
        if name not in self._made:
            path = self.theme.static_file(name)
            if path is None:
                raise FileNotFoundError(f"the theme has no static file '{name}'")
            text = path.read_text("utf-8")
            text = self._word.sub(lambda found: self.values[found[0]](), text)
            artifact = Artifact.of(text.encode())
            stem, suffix = os.path.splitext(path.name)
            self._made[name] = (f"assets/{slug(stem) or 'file'}.{artifact.sha256[:8]}{suffix.lower()}", artifact)
        return self._made[name]


def words(theme: Theme, config: Config, hosts: Sequence[str], signup: tuple[str, str]) -> dict[str, Callable[[], str]]:
    """Return what stands in scripts in the place of certain words; made only for a script that a page wants."""
    return {
        "FRAMES": lambda: frames(hosts),
        "STYLES": lambda: styles.scripted(theme, styles.PLAYING),
        "ALWAYS": lambda: _always(config),
        "SIGNUP": lambda: signup[0],
        "WORDS": lambda: signup[1],
        "LOOKS": lambda: styles.scripted(theme, styles.SIGNING),
    }


def _always(config: Config) -> str:
    """Return, as JSON for play.js, the words for the choice to load frames without a click, by language."""
    told = {name: interface(name, config.site.texts)[0]["plays_always"] for name in config.languages}
    return msgspec.json.encode(told).decode()
