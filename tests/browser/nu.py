"""Ask the Nu HTML checker about pages, and leave out what only its parser of CSS or its view of policies does not know."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path

JAR = Path(__file__).parents[2] / "node_modules/vnu-jar/build/dist/vnu.jar"
#: Features that are younger than the checker's parser: what it says of one, and in which declaration it is to be found.
#: Whether a browser understands these declarations, `themes.mjs` asks Chromium.
UNKNOWN_TO_THE_CHECKER = {
    "container queries": (r"Unrecognized at-rule .@container.", r"@container"),
    "containers": (r"Property .container-type. doesn't exist", r"container-type:inline-size"),
    "units of containers": (r"Parse Error|Unknown dimension", r"\dcq[iwb]\b"),
    "shapes of corners": (r"Property .corner-shape. doesn't exist", r"corner-shape:squircle"),
    "arithmetic with var()": (
        r"The types are incompatible|One operand must be a number",
        r"(calc|min|max|clamp)\((.*var\(.*[*/]|.*[*/].*var\()",
    ),
    "gradients of one colour": (
        r"too few values for the property .linear-gradient.",
        r"linear-gradient\([^(),]* 0 0\)",
    ),
    "gradients with var()": (r"Too many values or values are not recognized", r"gradient\(circle at var\("),
}
#: What it says of a page's policy: that it stops data, which no browser runs, and own files, because for the checker
#: they come from the disk, where nothing is "self". Whether the scripts run, `visit.mjs` and others ask Chromium.
BEYOND_THE_CHECKER = re.compile(
    r"Inline script violates Content Security Policy .*<script type=\"application/ld\+json\">"
    r"|Resource violates Content Security Policy \(meta tag\): (?:external )?[a-z]+ “[^:”]+” blocked by “[a-z]+-src”",
    re.DOTALL,
)


def said(pages: Sequence[Path], below: Path) -> list[str]:
    """Return every error and warning on these pages, each with its place ``below`` a folder."""
    assert shutil.which("java"), "the HTML checker needs Java: 'scripts/prepare tools' installs it"
    assert JAR.is_file(), "the HTML checker is missing: 'scripts/prepare tools' installs it"
    # For a run of seconds the quick compiler is enough: the thorough one would take as long again.
    command = ["java", "-Xss2m", "-XX:TieredStopAtLevel=1", "-jar", str(JAR), "--format", "json", *map(str, pages)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=280)
    found = []
    for m in json.loads(ran.stderr)["messages"]:
        if m["type"] == "info" and m.get("subType") != "warning":
            continue
        page, line, column = Path(m["url"].removeprefix("file:")), m.get("lastLine", 0), m.get("lastColumn", 0)
        if m["message"].startswith("CSS:") and _known(m["message"], _declaration(page, line, column)):
            continue
        if BEYOND_THE_CHECKER.match(f"{m['message']} {m.get('extract', '')}"):
            continue
        found.append(f"{page.relative_to(below)}:{line}: {m['message']} {m.get('extract', '')[:80]}")
    return found


def _known(message: str, declaration: str) -> bool:
    """Tell whether it is one of the named features that the checker stumbled over, and in the way it does."""
    return any(
        re.search(complaint, message) and re.search(feature, declaration)
        for complaint, feature in UNKNOWN_TO_THE_CHECKER.values()
    )


def _declaration(page: Path, line: int, column: int) -> str:
    """Return the declaration, or the beginning of the rule, at a place; the checker counts columns as Java does."""
    text = _lines(page)[line - 1]
    at = len(text.encode("utf-16-le")[: 2 * column].decode("utf-16-le", "ignore")) - 1
    start = max(text.rfind(mark, 0, at) for mark in ";{}") + 1
    ends = [place for place in (text.find(mark, at) for mark in ";{}") if place >= 0]
    return text[start : min(ends, default=len(text))]


@cache
def _lines(page: Path) -> list[str]:
    return page.read_text("utf-8").split("\n")
