"""Build five invented creators in every theme, and take pictures: looks.py OUT [THEME …] [--previews].

The pictures lie in OUT/THEME/CREATOR-WIDTH-MODE.png, and all of a theme on one sheet, OUT/THEME.webp.
With ``--previews`` the sheet that `linkhome theme show` shows is made anew for each theme, from the example.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from creators import CREATORS, write  # noqa: E402

from linkhome.cli import main as linkhome  # noqa: E402
from linkhome.theme import locate  # noqa: E402

WIDTHS = (390, 768, 1440)
MODES = ("light", "dark")
PAPER = (236, 236, 238)


def main() -> int:
    previews = "--previews" in sys.argv
    arguments = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    out = Path(arguments[0]).resolve()
    themes = arguments[1:] or list(locate.bundled())
    creators = ("example",) if previews else CREATORS
    with tempfile.TemporaryDirectory() as work:
        shots = []
        for creator in creators:
            site = write(creator, Path(work) / creator, "base")
            for theme in themes:
                built = Path(work) / f"{creator}-{theme}"
                if linkhome(["build", str(site), "--quiet", "--theme", theme, "--out", str(built)]):
                    return 1
                shots += [
                    {"page": str(built / "index.html"), "width": width, "mode": mode,
                     "to": str(out / theme / f"{creator}-{width}-{mode}.png")}
                    for width in WIDTHS
                    for mode in MODES
                ]  # fmt: skip
        for theme in themes:
            (out / theme).mkdir(parents=True, exist_ok=True)
        command = [str(ROOT / "scripts/node"), str(ROOT / "scripts/looks.mjs")]
        ran = subprocess.run(command, input=json.dumps(shots), text=True)
        if ran.returncode:
            return ran.returncode
    for theme in themes:
        if previews:
            preview(out / theme).save(ROOT / "themes" / theme / "preview.webp", quality=78, method=6)
        else:
            sheet(out / theme).save(out / f"{theme}.webp", quality=80)
    print(f"The pictures are in {out}")
    return 0


def sheet(folder: Path) -> Image.Image:
    """Put all pictures of a theme on one sheet: a creator a row, the beginnings of the pages."""
    rows = []
    for creator in CREATORS:
        names = [f"{creator}-{width}-{mode}.png" for width in WIDTHS for mode in MODES]
        shots = [Image.open(folder / name).convert("RGB") for name in names]
        rows.append(beside([scaled(beginning(shot), 0.35) for shot in shots]))
    whole = Image.new("RGB", (max(row.width for row in rows), sum(row.height for row in rows)), PAPER)
    top = 0
    for row in rows:
        whole.paste(row, (0, top))
        top += row.height
    return whole


def preview(folder: Path) -> Image.Image:
    """Show a theme: two phones and two desks, light and dark."""
    parts = []
    for width, high, scale in ((390, 1900, 0.42), (1440, 1900 * 0.42 / 0.44, 0.44)):
        for mode in MODES:
            shot = Image.open(folder / f"example-{width}-{mode}.png").convert("RGB")
            parts.append(scaled(shot.crop((0, 0, width, min(shot.height, round(high)))), scale))
    return beside(parts)


def beginning(shot: Image.Image) -> Image.Image:
    """Cut off a page where it becomes much higher than wide."""
    return shot.crop((0, 0, shot.width, min(shot.height, round(shot.width * 2.6))))


def scaled(image: Image.Image, by: float) -> Image.Image:
    return image.resize((round(image.width * by), round(image.height * by)), Image.Resampling.LANCZOS)


def beside(parts: list[Image.Image], gap: int = 16) -> Image.Image:
    row = Image.new("RGB", (sum(p.width + gap for p in parts) + gap, max(p.height for p in parts) + 2 * gap), PAPER)
    left = gap
    for part in parts:
        row.paste(part, (left, gap))
        left += part.width + gap
    return row


if __name__ == "__main__":
    sys.exit(main())
