"""Write the folder faces/ from pinned packages. Run by hand: ``python scripts/vendor_faces.py``.

Every face is under the SIL Open Font License. What is kept: the letters of the scripts below, the layout features
that a page may ask for, and the axes that a theme may set. Hinting, glyph names and the rest go. The files stay
variable and uncompressed, because a build reads a few glyphs out of them, which is quick in a TTF and slow in a
WOFF2; a wheel compresses them anyway. The names inside are changed: what lies here is no longer the original, and
a licence may reserve the original's name. Needs pip and npm.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path
from typing import NamedTuple

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

OUT = Path(__file__).resolve().parent.parent / "faces"

LATIN = "0-24F 259 2B0-2FF 300-36F 1E00-1EFF 2000-206F 2070-209F 20A0-20C0 2100-214F 2150-218F 2190-2199 2200-22FF"
LATIN += " 25A0-25FF 2600-26FF 2700-27BF FB00-FB06"
GREEK, CYRILLIC = "370-3FF 1F00-1FFF", "400-4FF 500-52F 2DE0-2DFF A640-A69F"
ARABIC = "20 600-6FF 750-77F 8A0-8FF FB50-FDFF FE70-FEFF 200C-200F 25CC"
HEBREW = "20 590-5FF FB1D-FB4F 200C-200F 20AA 25CC"
DEVANAGARI = "20 900-97F 1CD0-1CFF A8E0-A8FF 200C-200D 25CC 20B9"
THAI = "20 E00-E7F 200C-200D 25CC"
EMOJI = "23 2A 30-39 A9 AE 200D 203C 2049 20E3 2100-214F 2190-21FF 2300-23FF 2460-24FF 25A0-27BF 2900-297F"
EMOJI += " 2B00-2BFF 3030 303D 3297 3299 FE0F 1F000-1FFFF E0020-E007F"

#: What shaping needs, and what a theme may ask for. Stylistic sets, swashes and historic forms are not kept.
FEATURES = """
ccmp locl rlig rclt calt liga clig kern mark mkmk dist curs rvrn smcp c2sc onum lnum pnum tnum case ordn
frac numr dnom sups subs zero init medi fina isol abvm blwm abvs blws akhn blwf cjct half nukt pres psts rkrf rphf
vatu haln rtlm
"""


class Source(NamedTuple):
    """One file of a package, and what is kept of it; ``more`` are files with further letters of the same face."""

    out: str
    package: str
    file: str
    letters: str
    pinned: dict[str, float]
    more: tuple[str, ...] = ()


def _pypi(out: str, package: str, file: str, letters: str, **pinned: float) -> Source:
    name = package.partition("==")[0].replace("-", "_")
    return Source(out, package, f"{name}/files/{file}.ttf", letters, pinned)


_MONA = "package/files/mona-sans-{}-standard-normal.woff2"
SOURCES = [
    _pypi("eb-garamond/EBGaramond.ttf", "fontpkg-eb-garamond==1.3", "EBGaramond[wght]", f"{LATIN} {GREEK} {CYRILLIC}"),
    _pypi("eb-garamond/EBGaramond-Italic.ttf", "fontpkg-eb-garamond==1.3", "EBGaramond-Italic[wght]",
          f"{LATIN} {GREEK} {CYRILLIC}"),
    _pypi("instrument-sans/InstrumentSans.ttf", "fontpkg-instrument-sans==1.0", "InstrumentSans[wdth,wght]", LATIN),
    Source("mona-sans/MonaSans.ttf", "@fontsource-variable/mona-sans@5.3.0", _MONA.format("latin"), LATIN, {},
           (_MONA.format("latin-ext"), _MONA.format("vietnamese"))),
    _pypi("bricolage-grotesque/BricolageGrotesque.ttf", "fontpkg-bricolage-grotesque==1.1",
          "BricolageGrotesque[opsz,wdth,wght]", LATIN),
    _pypi("schibsted-grotesk/SchibstedGrotesk.ttf", "fontpkg-schibsted-grotesk==1.100", "SchibstedGrotesk[wght]",
          LATIN),
    _pypi("archivo/Archivo.ttf", "fontpkg-archivo==2.1", "Archivo[wdth,wght]", LATIN),
    _pypi("noto-sans/NotoSans.ttf", "fontpkg-noto-sans==2.15", "NotoSans[wdth,wght]", f"{LATIN} {GREEK} {CYRILLIC}",
          wdth=100),
    _pypi("noto-sans-arabic/NotoSansArabic.ttf", "fontpkg-noto-sans-arabic==2.12", "NotoSansArabic[wdth,wght]", ARABIC,
          wdth=100),
    _pypi("noto-sans-devanagari/NotoSansDevanagari.ttf", "fontpkg-noto-sans-devanagari==2.7",
          "NotoSansDevanagari[wdth,wght]", DEVANAGARI, wdth=100),
    _pypi("noto-sans-thai/NotoSansThai.ttf", "fontpkg-noto-sans-thai==2.2", "NotoSansThai[wdth,wght]", THAI, wdth=100),
    Source("noto-naskh-arabic/NotoNaskhArabic.ttf", "@fontsource-variable/noto-naskh-arabic@5.3.0",
           "package/files/noto-naskh-arabic-arabic-wght-normal.woff2", ARABIC, {}),
    Source("noto-sans-hebrew/NotoSansHebrew.ttf", "@fontsource-variable/noto-sans-hebrew@5.3.0",
           "package/files/noto-sans-hebrew-hebrew-wght-normal.woff2", HEBREW, {}),
    Source("noto-emoji/NotoEmoji.ttf", "@expo-google-fonts/noto-emoji@0.4.7",
           "package/400Regular/NotoEmoji_400Regular.ttf", EMOJI, {}),
]  # fmt: skip
#: Where the licence of a package's face stands.
_LICENCES = ("LICENSE_FONT", "LICENSE")


def main() -> None:
    """Fetch the packages, write the faces and their licences."""
    with tempfile.TemporaryDirectory() as scratch:
        opened: dict[str, dict[str, bytes]] = {}
        for source in SOURCES:
            if source.package not in opened:
                opened[source.package] = _fetched(source.package, Path(scratch))
            files = opened[source.package]
            data = _kept(source, files)
            out = OUT / source.out
            out.parent.mkdir(parents=True, exist_ok=True)
            out.write_bytes(data)
            (out.parent / "OFL.txt").write_bytes(_licence(files).replace(b"\r\n", b"\n"))
            print(f"{len(data):9,}  {source.out}  ({source.package})")
    print(f"{sum(file.stat().st_size for file in OUT.rglob('*') if file.is_file()):9,}  in all")


def _fetched(package: str, scratch: Path) -> dict[str, bytes]:
    """Return the files of a package of one of the two registries."""
    folder = Path(tempfile.mkdtemp(dir=scratch))
    if "==" in package:
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--dest", str(folder), package]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
        with zipfile.ZipFile(next(folder.iterdir())) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    subprocess.run(["npm", "pack", "--silent", package], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    with tarfile.open(next(folder.iterdir())) as archive:
        found = {member.name: archive.extractfile(member) for member in archive.getmembers() if member.isfile()}
        return {name: file.read() for name, file in found.items() if file}


def _licence(files: dict[str, bytes]) -> bytes:
    for wanted in _LICENCES:
        for name in sorted(files, key=len):
            if name.rpartition("/")[2] == wanted and b"SIL Open Font License" in files[name]:
                return files[name]
    raise SystemExit("a package has no text of the SIL Open Font License")


def _kept(source: Source, files: dict[str, bytes]) -> bytes:
    """Return the file with what is kept of it, the same bytes at every run."""
    font = TTFont(io.BytesIO(files[source.file]), recalcTimestamp=False)
    font.flavor = None
    for name in source.more:
        _append(font, TTFont(io.BytesIO(files[name])))
    options = Options()
    options.layout_features = FEATURES.split()
    options.hinting = False
    options.glyph_names = False
    options.legacy_cmap = False
    options.symbol_cmap = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 4, 6, 13, 14, *range(256, 400)]
    options.name_languages = [0x409]
    options.drop_tables += ["DSIG", "meta", "gasp", "STAT", "MVAR"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=_code_points(source.letters))
    subsetter.subset(font)
    if source.pinned:
        font = instantiateVariableFont(font, source.pinned)
    _rename(font, f"linkhome {Path(source.out).stem}")
    out = io.BytesIO()
    font.save(out, reorderTables=True)
    return out.getvalue()


def _append(font: TTFont, other: TTFont) -> None:
    """Add the letters that only ``other`` has. Both are parts of one face, with the same axes and masters."""
    mine, theirs = font.getBestCmap(), other.getBestCmap()
    font.ensureDecompiled()  # what is read later would be read with the new order of glyphs
    order = list(font.getGlyphOrder())
    new = {code: name for code, name in theirs.items() if code not in mine}
    wanted, names = list(new.values()), {}
    while wanted:
        name = wanted.pop()
        if name not in names:
            names[name] = f"{name}.{len(order) + len(names)}"
            wanted += other["glyf"][name].getComponentNames(other["glyf"])
    order += names.values()
    font.setGlyphOrder(order)
    for old, name in names.items():
        glyph = other["glyf"][old]
        glyph.expand(other["glyf"])
        if glyph.isComposite():
            for component in glyph.components:
                component.glyphName = names[component.glyphName]
        font["glyf"][name] = glyph
        font["hmtx"][name] = other["hmtx"][old]
        font["gvar"].variations[name] = other["gvar"].variations.get(old, [])
    font["glyf"].setGlyphOrder(order)
    if "HVAR" in font:
        del font["HVAR"]  # the same widths stand in gvar
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap.update({code: names[name] for code, name in new.items() if code < 0x10000})


def _rename(font: TTFont, name: str) -> None:
    table = font["name"]
    for number, text in ((1, name), (4, name), (6, name.replace(" ", "-"))):
        table.removeNames(number)
        table.setName(text, number, 3, 1, 0x409)


def _code_points(ranges: str) -> set[int]:
    found: set[int] = set()
    for part in ranges.split():
        first, _, last = part.partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return found


if __name__ == "__main__":
    main()
