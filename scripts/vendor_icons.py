"""Write linkhome/platforms/icons.json from pinned icon sets. Run by hand: ``python scripts/vendor_icons.py``.

Brands come from Simple Icons (CC0) and, where they are missing there, from Bootstrap Icons (MIT); glyphs that
are not brands come from Tabler Icons (MIT). An icon of Simple Icons that carries a licence of its own other than
CC0 is refused. All outlines are rounded to a tenth of a pixel at the size at which they are shown: they stand
inside every page that uses them. Needs npm. Pinned, because sets drop brands from one release to the next.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

OUT = ROOT / "linkhome" / "platforms" / "icons.json"
SIMPLE = "simple-icons@16.37.0"
BOOTSTRAP = "bootstrap-icons@1.13.2"
TABLER = "@tabler/icons@3.51.0"
ROUNDER = "svgo@4.1.0"

#: Platforms whose slug is another one in Simple Icons.
SIMPLE_NAMES = {
    "ao3": "archiveofourown",
    "calcom": "caldotcom",
    "devto": "devdotto",
    "itch": "itchdotio",
    "lastfm": "lastdotfm",
    "weibo": "sinaweibo",
    "writeas": "writedotas",
}
#: Brands that only Bootstrap Icons has: our slug, its name, title, colour.
BOOTSTRAP_BRANDS = {
    "amazon": ("amazon", "Amazon", "FF9900"),
    "linkedin": ("linkedin", "LinkedIn", "0A66C2"),
    "skype": ("skype", "Skype", "00AFF0"),
    "slack": ("slack", "Slack", "4A154B"),
}
#: Brands whose mark is a line drawing: Tabler's strokes say the same as the filled outline in a third of the bytes.
TABLER_BRANDS = ("instagram", "signal")
#: Things: our name, and the name in Tabler Icons where it is another one.
_GLYPHS = """
archive=file-zip arrow-left arrow-right bag=shopping-bag bell bicycle=bike book box=package briefcase broadcast brush
cake calendar=calendar-event camera card=credit-card cart=shopping-cart chat=message-circle check clock close=x code
coffee controller=device-gamepad-2 contact=address-book copy dice=dice-5 down=chevron-down download easel=presentation
file film=movie flower form=forms gift globe=world headphones heart home image=photo info=info-circle journal=notebook
left=chevron-left lightning=bolt link lock mail map menu=menu-2 mic=microphone moon music news offline=wifi-off
outside=arrow-up-right palette pause=player-pause pdf=file-type-pdf pen=ballpen pencil people=users person=user phone
piggy=pig-money pin=map-pin play=player-play podcast=microphone-2 printer qr=qrcode question=help-circle quote
right=chevron-right rss school scissors search send shop=building-store sms=message star sun table tag ticket train
translate=language truck tv=device-tv video vinyl warning=alert-triangle
"""
GLYPHS = {pair.partition("=")[0]: pair.partition("=")[2] or pair for pair in _GLYPHS.split()}

_STROKE = 'fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"'
#: Rounds the outlines of {name: markup}, read from and written to the file that is named.
_ROUND = """
import { readFileSync, writeFileSync } from 'node:fs';
import { optimize } from 'svgo';
const icons = JSON.parse(readFileSync(process.argv[2], 'utf8'));
for (const name in icons) {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">${icons[name]}</svg>`;
  const { data } = optimize(svg, { multipass: true, floatPrecision: 1, plugins: ['preset-default'] });
  icons[name] = data.replace(/<\\/?svg[^>]*>/g, '');
}
writeFileSync(process.argv[2], JSON.stringify(icons));
"""

ALLOWED = re.compile(
    r"(?:<(?:path|circle|rect|ellipse|g)(?: (?:d|fill|fill-rule|clip-rule|cx|cy|r|x|y|rx|ry|width|height|stroke|"
    r'stroke-width|stroke-linecap|stroke-linejoin|transform)="[-\w .,()]*")+/?>|</g>)+'
)


def main() -> None:
    """Install both sets into a folder that is thrown away, and write the file."""
    from linkhome.platforms.table import PLATFORMS

    npm = shutil.which("npm")
    if npm is None:
        sys.exit("npm is needed to fetch the icon sets")
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [npm, "install", "--ignore-scripts", "--no-audit", "--prefix", folder, SIMPLE, BOOTSTRAP, TABLER, ROUNDER],
            check=True,
        )
        modules = Path(folder) / "node_modules"
        icons = brands(modules / "simple-icons", [p.slug for p in PLATFORMS.values() if not p.icon])
        # Bootstrap's come second only because brands may fall back to them.
        for slug, (name, title, colour) in BOOTSTRAP_BRANDS.items():
            icons[slug] = {"title": title, "hex": colour, **bootstrap(modules / "bootstrap-icons", name)}
        for slug in TABLER_BRANDS:
            icons[slug] |= tabler(modules / "@tabler" / "icons", f"brand-{slug}")
        for slug, name in GLYPHS.items():
            if slug in icons:
                sys.exit(f"'{slug}' is a brand and a glyph")
            icons[slug] = {"title": "", "hex": "", **tabler(modules / "@tabler" / "icons", name)}
        rounded = rounder(Path(folder), {slug: icon["path"] for slug, icon in icons.items()})
    for slug, path in rounded.items():
        icons[slug]["path"] = checked(path, slug)
    lines = (f"{json.dumps(slug)}: {json.dumps(icons[slug], ensure_ascii=False)}" for slug in sorted(icons))
    OUT.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    print(f"{OUT.relative_to(ROOT)}: {len(icons)} icons, {OUT.stat().st_size:,} bytes")


def brands(package: Path, slugs: list[str]) -> dict[str, dict[str, str]]:
    """Return the brands that Simple Icons has under CC0."""
    data = {entry["slug"]: entry for entry in json.loads((package / "data" / "simple-icons.json").read_text("utf-8"))}
    found = {}
    for slug in slugs:
        name = SIMPLE_NAMES.get(slug, slug)
        entry = data.get(name)
        if entry is None:
            if slug not in BOOTSTRAP_BRANDS:
                sys.exit(f"no icon for the platform '{slug}': name one of the glyphs in its entry")
            continue
        licence = entry.get("license", {}).get("type", "CC0-1.0")
        if licence != "CC0-1.0":
            sys.exit(f"the icon of '{slug}' stands under {licence}: name one of the glyphs in its entry")
        svg = (package / "icons" / f"{name}.svg").read_text("utf-8")
        inner = checked(re.sub(r"</?svg[^>]*>|<title>.*?</title>", "", svg).strip(), slug)
        found[slug] = {
            "title": entry["title"],
            "hex": entry["hex"],
            "path": inner,
            "source": SIMPLE.replace("@", " "),
            "licence": licence,
        }
        if "guidelines" in entry:
            found[slug]["guidelines"] = entry["guidelines"]
    return found


def bootstrap(package: Path, name: str) -> dict[str, str]:
    """Return an icon of Bootstrap Icons, scaled from its 16 units to our 24."""
    svg = (package / "icons" / f"{name}.svg").read_text("utf-8")
    inner = re.sub(r">\s+<", "><", re.sub(r"</?svg[^>]*>", "", svg).strip())
    path = f'<g transform="scale(1.5)">{checked(inner, name)}</g>'
    return {"path": path, "source": BOOTSTRAP.replace("@", " "), "licence": "MIT"}


def tabler(package: Path, name: str) -> dict[str, str]:
    """Return an icon of Tabler Icons, its strokes joined into one path."""
    svg = (package / "icons" / "outline" / f"{name}.svg").read_text("utf-8")
    strokes = [d for stroke, d in re.findall(r'<path (stroke="none" )?d="([^"]+)"', svg) if not stroke]
    path = f'<path {_STROKE} d="{"".join(strokes)}"/>'
    return {"path": path, "source": TABLER.rpartition("@")[0] + " " + TABLER.rpartition("@")[2], "licence": "MIT"}


def rounder(folder: Path, outlines: dict[str, str]) -> dict[str, str]:
    """Return the outlines with coordinates of one decimal and without what is not needed."""
    work = folder / "outlines.json"
    work.write_text(json.dumps(outlines), encoding="utf-8")
    (folder / "round.mjs").write_text(_ROUND, encoding="utf-8")
    node = shutil.which("node") or sys.exit("node is needed to round the outlines")
    subprocess.run([node, "round.mjs", "outlines.json"], cwd=folder, check=True)
    rounded: dict[str, str] = json.loads(work.read_text("utf-8"))
    return rounded


def checked(inner: str, name: str) -> str:
    """Return the outline, or stop when there is more in it than shapes."""
    if not ALLOWED.fullmatch(inner):
        sys.exit(f"'{name}' holds more than plain shapes")
    return inner


if __name__ == "__main__":
    main()
