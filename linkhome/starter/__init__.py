"""Give the files that a new site starts with: they build, look good, and explain themselves."""

from __future__ import annotations

import re
from pathlib import Path

from .answers import Answers

_HERE = Path(__file__).parent

IGNORED = (
    "# Made by linkhome; it can always be made again.\n.cache/\npublic/\n"
    "# Lists of people, who gave their addresses to you alone.\nprivate/\n"
)


def files(answers: Answers, today: str) -> dict[str, bytes]:
    """Return every file of a new site by its path."""
    from . import pictures

    config = _filled(
        "linkhome.yaml",
        name=quoted(answers.name),
        tagline=quoted(answers.tagline),
        portrait=quoted(f"Placeholder for a portrait of {answers.name}", always=True),
        theme=quoted(answers.theme),
        colour=quoted(answers.colour, always=True),
        url=f"url: {quoted(answers.url, always=True)}" if answers.url else "#url: https://yourname.example",
    )
    return {
        "linkhome.yaml": config,
        ".gitignore": IGNORED.encode(),
        "posts/hello.md": _filled("hello.md", today=today),
        "pages/imprint.md": _filled("imprint.md"),
        "pages/privacy.md": _filled("privacy.md"),
        "media/portrait.jpg": pictures.hills(800, 1000, answers.colour, walk=2.6),
        "media/featured.jpg": pictures.hills(1600, 1000, answers.colour),
    }


def quoted(text: str, always: bool = False) -> str:
    """Return the text as YAML that reads back as exactly this text, without quotes where they are not needed."""
    plain = text[:1].isalpha() and all(c.isalpha() or c.isdecimal() or c in " .'-" for c in text)
    if plain and not always and text.strip() == text and text.lower() not in ("true", "false", "null"):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _filled(file: str, /, **values: str) -> bytes:
    text = (_HERE / file).read_text("utf-8")
    return re.sub(r"@(\w+)@", lambda found: values[found[1]], text).encode()
