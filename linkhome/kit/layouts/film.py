"""The poster of a film: a picture from edge to edge, a name made flush by the width of its letters, one bar."""

from __future__ import annotations

from collections.abc import Sequence

from ..drawing import Box
from ..scene import Shot, Stage

_BAR, _STRIP = 82.0, 68.0


def home(stage: Stage) -> None:
    """Draw the front page."""
    scene, canvas = stage.scene, stage.canvas
    x, y = stage.x, stage.y
    edge = 48.0
    bar = _BAR if scene.shape != "story" else 470.0
    most = 2 if scene.shape == "wide" else 3
    foot = y - bar - 40
    tagline = stage.fit("bold", scene.line, x - 2 * edge, 80, most=2, high=40, low=24, leading=1.1, capitals=True)
    base = foot - (tagline.height + 40 if tagline.lines else 0)
    # A face lies in the upper half of most pictures: the name leaves it free.
    part = {"wide": 0.66, "square": 0.42, "story": 0.4}[scene.shape]
    lines = stage.lockup(scene.title, x - 2 * edge, (base - _STRIP - 40) * part, most)
    top = base
    for line, size in lines:
        top -= (line.top + line.bottom) * size + (0.11 * size if line is not lines[0][0] else 0)

    def ground() -> None:
        shots = [scene.cover, scene.portrait] if scene.shape == "wide" else [scene.portrait, scene.cover]
        _picture(stage, (0, 0, x, y - bar), shots, top)
        _bar(stage, y - bar, bar)

    stage.layer("film", ground, scene.portrait, scene.cover, round(top), bar)
    _labels(stage, edge, scene.handle, scene.host)
    ink = stage.colour("chalk", "ink")
    down = top
    for number, (line, size) in enumerate(lines):
        down += line.top * size + (0.11 * size if number else 0)
        canvas.write(line, size, edge - line.left * size, down, ink)
        down += line.bottom * size
    canvas.text(tagline, edge, foot - tagline.height + tagline.size * tagline.capital, ink)
    if scene.shape == "story":
        _code(stage, (edge, y - bar + 48, x - edge, y - 90))
    else:
        _address(stage, y - bar / 2, edge)


def _picture(stage: Stage, box: Box, shots: Sequence[Shot | None], top: float) -> None:
    """Show the film: the first of the pictures that there is, darker where letters stand; else a spotlight."""
    canvas, scene = stage.canvas, stage.scene
    coal = stage.colour("coal", "paper")
    width, height = box[2] - box[0], box[3] - box[1]
    canvas.area((0, 0, stage.x, stage.y), coal)
    shot = next((one for one in shots if one and not (scene.logo and one == scene.portrait)), None)
    upright = shot is not None and shot == scene.portrait and scene.shape == "wide"
    if upright:  # a portrait would lose its face: it takes one side
        box = (box[0] + width * 0.45, box[1], box[2], box[3])
    shown = stage.shot(shot, box[2] - box[0], height)
    if not shown:
        canvas.glow(stage.x * 0.5, box[1] + height * 0.1, max(width, height) * 0.75, stage.colour("brand"), 0.9, 0.9)
        canvas.shade((0, 0, stage.x, box[3]), coal, ((0.0, 0.0), (0.75, 1.0)))
        return
    canvas.picture(box, shown)
    if upright:
        canvas.shade(box, coal, ((0.0, 1.0), (0.4, 0.0), (1.0, 0.0)), across=True)
    start = max(0.05, min(0.75, (top - 120 - box[1]) / height))
    canvas.shade(box, coal, ((0.0, 0.0), (start, 0.0), (min(start + 0.34, 0.98), 0.86), (1.0, 0.96)))


def _bar(stage: Stage, top: float, height: float) -> None:
    """Lay the lower third over the picture's foot."""
    stage.canvas.area((0, top, stage.x, top + height), stage.colour("bar", "brand"))


def _address(stage: Stage, middle: float, edge: float) -> None:
    canvas = stage.canvas
    ink = stage.colour("bar-ink", "on-brand")
    host = stage.fit("wide", stage.scene.host, stage.x - 2 * edge - 90, 50, most=1, high=34, low=15, capitals=True)
    canvas.text(host, edge, middle + host.size * host.capital / 2, ink)
    canvas.arrow(stage.x - edge, middle, 42, 7, stage.colour("bar-go", "on-brand"))


def _labels(stage: Stage, edge: float, first: str, last: str) -> None:
    """Write small wide letters into a strip over the picture, as on a film's frame."""
    canvas = stage.canvas
    last = "" if last == stage.scene.host else last
    if not first and not last:
        return
    canvas.area((0, 0, stage.x, _STRIP), stage.colour("coal", "paper"))
    ink = stage.colour("chalk", "ink")
    for text, x, align in ((first, edge, "start"), (last, stage.x - edge, "end")):
        label = stage.fit("wide", text, stage.x * 0.44, 40, most=1, high=22, low=13, capitals=True, tracking=0.02)
        canvas.text(label, x, _STRIP / 2 + label.size * label.capital / 2, ink, "end" if align == "end" else "start")


def inner(stage: Stage) -> None:
    """Draw a post or a page: its picture behind, the title condensed and large over it."""
    scene, canvas = stage.scene, stage.canvas
    x, y = stage.x, stage.y
    edge = 48.0
    foot = y - _BAR - 44
    wide = scene.shape == "wide"
    room, space = (x - 2 * edge) * (0.86 if wide else 1), y * (0.56 if wide else 0.5)
    title = stage.fit("title", scene.title, room, space, most=4, high=132, low=40, leading=0.94, capitals=True)
    top = foot - title.height
    # How far up the dark reaches, in steps, so that posts share what is drawn behind them.
    dark = round(top / 60) * 60.0

    def ground() -> None:
        _picture(stage, (0, 0, x, y - _BAR), [scene.picture, scene.cover, scene.portrait], dark)
        _bar(stage, y - _BAR, _BAR)

    if scene.picture:
        ground()
    else:
        stage.layer("film text", ground, scene.portrait, scene.cover, dark)
    _labels(stage, edge, scene.name, scene.date)
    canvas.text(title, edge - title.size * 0.02, top + title.size * title.capital, stage.colour("chalk", "ink"))
    _address(stage, y - _BAR / 2, edge)


def _code(stage: Stage, box: Box) -> None:
    """Put the code on the bar, the words beside it."""
    canvas, scene = stage.canvas, stage.scene
    ink = stage.colour("bar-ink", "on-brand")
    side = box[3] - box[1]
    stage.code(box[2] - side, box[1], side)
    room = box[2] - side - box[0] - 44
    call = stage.fit("title", scene.call, room, side * 0.62, most=4, high=92, low=34, leading=0.94, capitals=True)
    canvas.text(call, box[0], box[1] + 8 + call.size * call.capital, ink)
    host = stage.fit("bold", scene.host, room, 50, most=1, high=32, low=13)
    canvas.text(host, box[0], box[3] - 8, ink)
