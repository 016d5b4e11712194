"""Write the sites of invented creators: the extremes that every theme has to bear."""

from __future__ import annotations

import shutil
from pathlib import Path

HERE = Path(__file__).parent
EXAMPLE = HERE.parents[1] / "example-site"
#: The example of the manual, one link, forty links, 45 letters without a picture, right to left.
CREATORS = ("example", "musician", "maker", "german", "arabic")


def write(creator: str, folder: Path, theme: str) -> Path:
    """Write the site of a creator with a theme into a new folder, and return it."""
    own = EXAMPLE if creator == "example" else HERE / creator
    shutil.copytree(own, folder, ignore=shutil.ignore_patterns("public", ".cache"))
    if creator != "example":
        for part in ("media", "saved"):
            shutil.copytree(EXAMPLE / part, folder / part)
    config = folder / "linkhome.yaml"
    text = "\n".join(line for line in config.read_text("utf-8").split("\n") if not line.startswith("  theme:"))
    config.write_text(text.replace("\nbrand:\n", f"\nbrand:\n  theme: {theme}\n"), "utf-8")
    return folder
