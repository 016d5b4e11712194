"""Announce fonts in CSS, and let those that every device has stand in for them without moving anything.

A stand-in is a font of the system, scaled so that its letters are as wide on average as those of the face, and with
the face's own heights: a line has the same height, and nearly always the same words, before and after.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from math import ceil
from typing import NamedTuple

from ..theme.faces import SCRIPTS, Face
from .subset import Cut

#: From this weight on a face is compared with the bold fonts of a system.
HEAVY = 600
#: So far a stand-in goes on the width axis, in percent: at its end letters are a fifth narrower than those of the face.
STEP = 25.0


class Local(NamedTuple):
    """A font of many systems under its names, bold or italic ones by their endings; average letters in em.

    ``widths`` are those of `subset.SAMPLE` upright, bold, italic, bold italic; in small letters, then in capitals.
    """

    names: tuple[str, ...]
    widths: tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]


_ARIAL = Local(("Arial", "Liberation Sans"), ((0.4573, 0.5959), (0.4914, 0.6029), (0.4577, 0.5966), (0.4915, 0.6029)))
_ROBOTO = Local(("Roboto",), ((0.4535, 0.5506), (0.4612, 0.5579), (0.4406, 0.5347), (0.4480, 0.5418)))
_TIMES = Local(
    ("Times New Roman", "Liberation Serif"), ((0.4149, 0.5765), (0.4443, 0.6044), (0.4150, 0.5515), (0.4308, 0.5861))
)
_NOTO_SERIF = Local(("Noto Serif",), ((0.4929, 0.5887), (0.5231, 0.6203), (0.4776, 0.5905), (0.5273, 0.6201)))
_COURIER = Local(("Courier New", "Liberation Mono"), ((0.6001, 0.6001),) * 4)

#: Headings are often measured to fill a line exactly: their stand-in is a little narrower, so that none breaks.
_EASE = {"heading": 0.97, "text": 1.0}
#: Computers and the phones of Apple have the first, other phones the second.
_LOCALS = {"sans-serif": (_ARIAL, _ROBOTO), "serif": (_TIMES, _NOTO_SERIF), "monospace": (_COURIER,)}
_ENDINGS = ("", " Bold", " Italic", " Bold Italic")
_MARKS = "fg"

_SYSTEM = {
    "sans-serif": 'system-ui,-apple-system,"Segoe UI",Roboto,Arial,sans-serif',
    "serif": 'Charter,"Bitstream Charter","Sitka Text",Cambria,Georgia,serif',
    "monospace": "ui-monospace,Menlo,Consolas,monospace",
}


def stack(generic: str, names: Iterable[str]) -> str:
    """Return the value of a face's custom property; without names what the device has itself."""
    return ",".join((*names, generic)) if names else _SYSTEM[generic]


def weights(face: Face, cut: Cut) -> str:
    """Return the ``font-weight`` of a rule. A heading that has one weight has it whatever is asked: none is faked."""
    low, high = cut.axes.get("wght", (cut.weight, cut.weight))
    if low == high:
        return "1 1000" if face.role == "heading" else f"{low:g}"
    return f"{low:g} {high:g}"


def announced(family: str, face: Face, cut: Cut, address: str, script: str) -> str:
    """Return the rule for one file of a face."""
    parts = [f"font-family:{family}", f'src:url("{address}")', f"font-weight:{weights(face, cut)}"]
    if "wdth" in cut.axes:
        low, high = cut.axes["wdth"]
        parts.append(f"font-stretch:{low:g}% {high:g}%")
    if face.style == "italic":
        parts.append("font-style:italic")
    # Devices have no script face in common whose measures a stand-in could take: one that comes late would move lines.
    parts.append(f"font-display:{'optional' if script else 'swap'}")
    if script:
        parts.append(f"unicode-range:{SCRIPTS[script]}")
    return f"@font-face{{{';'.join(parts)}}}"


def rules(family: str, face: Face, cut: Cut) -> tuple[str, tuple[str, ...]]:
    """Return the ``@font-face`` rules of the stand-ins for a face, and the names of their families in order."""
    made, names = [], []
    for mark, local in zip(_MARKS, _LOCALS[face.fallback], strict=False):
        names.append(f"{family}-{mark}")
        for weight, widths, letter in _cases(cut):
            number = 2 * (face.style == "italic") + (weight >= HEAVY)
            scale = _EASE[face.role] * letter / local.widths[number][face.letters == "capitals"]
            style = f"font-weight:{f'{weight:g}' if _reaches_bold(cut) else weights(face, cut)}"
            style += f";font-stretch:{widths}" if "wdth" in cut.axes else ""
            style += ";font-style:italic" if face.style == "italic" else ""
            made.append(_rule(names[-1], style, [name + _ENDINGS[number] for name in local.names], scale, cut))
    return "".join(made), tuple(names)


class Case(NamedTuple):
    """One stand-in: for which weight, for which part of the width axis, and how wide an average letter is in em."""

    weight: float
    widths: str
    letter: float


def _cases(cut: Cut) -> list[Case]:
    """Return for what a stand-in is made: never wider than the face, and no boldest one of what is never bold.

    Between two widths that were measured letters grow evenly. Each stand-in is as wide as the face is where its part
    of the axis begins: for what lies between, a browser would take the next wider one, and a line that was measured
    to fill the page would leave it. Both ends of the axis are met exactly.
    """
    found = []
    for weight in dict.fromkeys(weight for weight, _, _ in cut.widths):
        if weight != cut.widths[0][0] and not _reaches_bold(cut):
            continue
        known = [(width, letter) for heavy, width, letter in cut.widths if heavy == weight]
        starts = [part for pair in pairwise(known) for part in _parts(*pair)]
        for (width, letter), (after, _) in pairwise([*starts, known[-1]]):
            found.append(Case(weight, f"{width:g}% {after - 0.1:g}%", letter))
        found.append(Case(weight, f"{known[-1][0]:g}%", known[-1][1]))
    return found


def _parts(low: tuple[float, float], high: tuple[float, float]) -> list[tuple[float, float]]:
    """Return where the parts between two widths begin, and how wide letters are there."""
    count = ceil((high[0] - low[0]) / STEP)
    return [
        (round(low[0] + (high[0] - low[0]) * n / count, 1), low[1] + (high[1] - low[1]) * n / count)
        for n in range(count)
    ]


def _reaches_bold(cut: Cut) -> bool:
    return cut.widths[0][0] < HEAVY <= cut.widths[-1][0]


def _rule(name: str, style: str, sources: list[str], scale: float, cut: Cut) -> str:
    local = ",".join(f'local("{source}")' for source in sources)
    heights = f"ascent-override:{_percent(cut.ascent / scale)};descent-override:{_percent(cut.descent / scale)}"
    gap = f"line-gap-override:{_percent(cut.gap / scale)}"
    return f"@font-face{{font-family:{name};{style};src:{local};size-adjust:{_percent(scale)};{heights};{gap}}}"


def _percent(share: float) -> str:
    return f"{100 * share:.1f}".removesuffix(".0") + "%"
