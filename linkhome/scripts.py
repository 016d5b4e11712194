"""Make scripts of a theme files of the site, named by what is in them, and remember which pages want them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec

from .config.load import Config
from .content.addresses import slug
from .output import Artifact
from .texts import interface
from .theme import styles
from .theme.facade import frames
from .theme.locate import Theme

#: Stands between the names of scripts that are one file; no name of a file has it on Windows.
BETWEEN = ":"


class Scripts:
    """Stand as ``asset`` in templates: called with a static file's name, it gives the address below the site's folder.

    Called with several names, it gives the address of one file with all of them in it, in this order: a page that
    wants three scripts asks for one file. ``values`` make what is put in the place of words of a script, such as
    ``FRAMES``.
    """

    def __init__(self, theme: Theme, values: Mapping[str, Callable[[], str]]) -> None:
        self.theme = theme
        self.values = values
        self._word = re.compile(rf"\b(?:{'|'.join(values) or '(?!)'})\b")
        self._made: dict[str, tuple[str, Artifact]] = {}
        self._wanted: set[str] = set()

    def __call__(self, *names: str) -> str:
        """Return the address of static files, as one, below the site's folder, and note that the page wants them."""
        together = BETWEEN.join(names)
        self._wanted.add(together)
        return self.file(together)[0]

    def wanted(self) -> tuple[str, ...]:
        """Return the names that were asked for since this was asked last, sorted."""
        found = tuple(sorted(self._wanted))
        self._wanted.clear()
        return found

    def file(self, name: str) -> tuple[str, Artifact]:
        """Return where the file lies in the site (``assets/timed-play.1a2b3c4d.js``), and the file.

        ``name`` is one of those that `wanted` returned, or the name of a static file.

        Raises:
            FileNotFoundError: the theme has no such static file.
        """
        if name not in self._made:
            paths = [self._path(one) for one in name.split(BETWEEN)]
            text = joined([path.read_text("utf-8") for path in paths])
            text = self._word.sub(lambda found: self.values[found[0]](), text)
            artifact = Artifact.of(text.encode())
            stem = "-".join(slug(path.stem) or "file" for path in paths)
            self._made[name] = (f"assets/{stem}.{artifact.sha256[:8]}{paths[0].suffix.lower()}", artifact)
        return self._made[name]

    def _path(self, name: str) -> Path:
        if path := self.theme.static_file(name):
            return path
        raise FileNotFoundError(f"the theme has no static file '{name}'")


def joined(texts: Sequence[str]) -> str:
    """Return scripts as one. What one of them cannot do in an old browser keeps none of the others from its work."""
    if len(texts) == 1:
        return texts[0]
    return "".join(f"try {{\n{text.rstrip()}\n}} catch (e) {{ setTimeout(() => {{ throw e }}) }}\n" for text in texts)


def words(theme: Theme, config: Config, hosts: Sequence[str], signup: tuple[str, str]) -> dict[str, Callable[[], str]]:
    """Return what stands in scripts in the place of certain words; made only for a script that a page wants."""
    return {
        "FRAMES": lambda: frames(hosts),
        "OFFLINE": lambda: _offline(config),
        "NOTICE": lambda: styles.scripted(theme, styles.NOTICE),
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


def _offline(config: Config) -> str:
    """Return, as JSON for offline.js, what is said of a page that did not come from its own address, by language."""
    texts = {name: interface(name, config.site.texts)[0] for name in config.languages}
    told = {name: {key: known[f"offline_{key}"] for key in ("copy", "mirror")} for name, known in texts.items()}
    return msgspec.json.encode(told).decode()
