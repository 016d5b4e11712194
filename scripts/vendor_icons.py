"""Write linkhome/platforms/icons.json from two pinned icon sets. Run by hand: ``python scripts/vendor_icons.py``.

Brands come from Simple Icons (CC0) and, where they are missing there, from Bootstrap Icons (MIT); so do all
glyphs that are not brands. An icon of Simple Icons that carries a licence of its own other than CC0 is refused.
Needs npm. Pinned, because sets drop brands from one release to the next.
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
#: Things: our name, and the name in Bootstrap Icons where it is another one.
_GLYPHS = """
archive=file-earmark-zip arrow-left arrow-right bag bell bicycle book box=box-seam briefcase broadcast brush cake
calendar=calendar-event camera card=credit-card cart chat=chat-dots check=check2 clock close=x-lg code=code-slash
coffee=cup-hot contact=person-vcard controller copy dice=dice-5 down=chevron-down download easel file=file-earmark
film flower=flower1 form=ui-checks gift globe=globe2 headphones heart home=house image info=info-circle
journal=journal-text left=chevron-left lightning link=link-45deg lock mail=envelope map menu=list mic moon
music=music-note-beamed news=newspaper offline=wifi-off outside=arrow-up-right palette pause=pause-circle
pdf=file-earmark-pdf pen pencil people person phone=telephone piggy=piggy-bank pin=geo-alt play=play-circle
podcast=mic printer qr=qr-code question=question-circle quote right=chevron-right rss school=mortarboard scissors
search send shop sms=chat-text star sun table tag ticket=ticket-perforated train=train-front translate truck tv
video=camera-video vinyl warning=exclamation-triangle
"""
GLYPHS = {pair.partition("=")[0]: pair.partition("=")[2] or pair for pair in _GLYPHS.split()}

ALLOWED = re.compile(r'(?:<(?:path|circle|rect)(?: (?:d|fill-rule|cx|cy|r|x|y|rx|ry|width|height)="[-\w .,]*")+/>)+')


def main() -> None:
    """Install both sets into a folder that is thrown away, and write the file."""
    from linkhome.platforms.table import PLATFORMS

    npm = shutil.which("npm")
    if npm is None:
        sys.exit("npm is needed to fetch the icon sets")
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [npm, "install", "--ignore-scripts", "--no-audit", "--prefix", folder, SIMPLE, BOOTSTRAP], check=True
        )
        modules = Path(folder) / "node_modules"
        icons = brands(modules / "simple-icons", [p.slug for p in PLATFORMS.values() if not p.icon])
        # Bootstrap's come second only because brands may fall back to them.
        for slug, (name, title, colour) in BOOTSTRAP_BRANDS.items():
            icons[slug] = {"title": title, "hex": colour, **bootstrap(modules / "bootstrap-icons", name)}
        for slug, name in GLYPHS.items():
            if slug in icons:
                sys.exit(f"'{slug}' is a brand and a glyph")
            icons[slug] = {"title": "", "hex": "", **bootstrap(modules / "bootstrap-icons", name)}
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


def checked(inner: str, name: str) -> str:
    """Return the outline, or stop when there is more in it than shapes."""
    if not ALLOWED.fullmatch(inner):
        sys.exit(f"'{name}' holds more than plain shapes")
    return inner


if __name__ == "__main__":
    main()
