"""A lit window at night: a portrait in the first pane, the cover passing behind the others, one lamp."""

from __future__ import annotations

from PIL import Image

from ..drawing import Box, blended, cropped
from ..scene import Stage

_GAP = 18


def home(stage: Stage) -> None:
    """Draw the front page."""
    scene, canvas = stage.scene, stage.canvas
    x, y = stage.x, stage.y
    edge = 56.0
    wide, story = scene.shape == "wide", scene.shape == "story"
    if wide:
        face: Box = (edge, edge, edge + 346, y - edge - 12)
        panes = (edge + 346 + _GAP, edge, float(x), edge + 226)
    else:
        down = y * (0.4 if story else 0.53)
        face = (edge, edge + (40 if story else 0), edge + x * 0.46, down)
        panes = (edge + x * 0.46 + _GAP, face[1], float(x), down - (down - face[1]) * 0.3)

    def ground() -> None:
        _night(stage)
        _panes(stage, face, panes)

    stage.layer("window", ground, scene.portrait, scene.cover, scene.initials)
    left = panes[0] + 6 if wide else edge + 4
    room = x - edge - left
    top = panes[3] + 46 if wide else face[3] + 56
    foot = y - 600.0 if story else y - edge - 12
    if not wide:
        _small(stage, panes[0] + 8, face[3] - 12, x - edge - panes[0], scene.handle)
    line = stage.fit("text", scene.line, room, 96, most=1 if wide else 2, high=36 if wide else 42, low=20, leading=1.25)
    lamp = 62.0 if not story else 0.0
    space = foot - lamp - (line.height + 40 if line.lines else 0) - top
    name = stage.fit(
        "title", scene.title, room, space, most=2 if wide else 3, high=116 if wide else 150, low=30, leading=1.04
    )
    end = canvas.text(name, left, top + name.size * name.capital, stage.colour("ink"))
    if line.lines:
        deep = end + max(name.depth, name.size * 0.2) + 28 + line.size * line.capital
        canvas.text(line, left, min(deep, foot - lamp - line.height + line.size), stage.colour("soft"))
    if story:
        _lit(stage, (edge, y - 560.0, x - edge, y - 120.0))
    else:
        _lamp(stage, left, foot - 8, room, x)


def _night(stage: Stage) -> None:
    """Fill the ground with night: sky on one side, embers on the other."""
    canvas = stage.canvas
    x, y = stage.x, stage.y
    deep, paper = stage.colour("deep", "paper"), stage.colour("paper")
    canvas.area((0, 0, x, y), paper)
    canvas.shade((0, 0, x, y), deep, ((0.0, 0.0), (1.0, 1.0)))
    canvas.glow(x * 1.02, y * 0.34, max(x, y) * 0.62, stage.colour("sky", "tint"), 0.95)
    ember = stage.colour("ember", "brand")
    canvas.glow(x * 0.12, y * 1.02, max(x, y) * 0.5, blended(deep, ember, 0.75), 0.75, 0.7)


def _panes(stage: Stage, face: Box, panes: Box) -> None:
    """Let light fall out of the panes: the portrait, and beside it the cover as one picture behind a row of panes."""
    scene, canvas = stage.scene, stage.canvas
    glow = stage.colour("glow", "accent")
    radius = 34.0
    middle = (face[0] + face[2]) / 2
    canvas.glow(middle, face[3] - 10, (face[2] - face[0]) * 0.85, glow, 0.5, 0.4)
    width, height = face[2] - face[0], face[3] - face[1]
    portrait = (
        stage.whole(scene.portrait, width * 0.7, height * 0.6)
        if scene.logo
        else stage.shot(scene.portrait, width, height)
    )
    if portrait and not scene.logo:
        canvas.picture(face, portrait, radius)
    else:
        canvas.area(face, stage.colour("lit", "brand"), radius)
        if portrait:
            left, top = middle - portrait.width / 2, (face[1] + face[3] - portrait.height) / 2
            canvas.picture((left, top, left + portrait.width, top + portrait.height), portrait)
        else:
            letters = stage.fit("title", scene.initials, width * 0.66, height * 0.5, most=1, high=240)
            down = (face[1] + face[3] + letters.size * letters.capital) / 2
            canvas.text(letters, middle, down, stage.colour("lit-ink", "on-brand"), "middle")
    _row(stage, panes, radius)


def _row(stage: Stage, panes: Box, radius: float) -> None:
    canvas = stage.canvas
    left, top, right, bottom = panes
    pane = min((bottom - top) * 1.45, (right - left) * 0.62)
    landscape = stage.shot(stage.scene.cover, right - left, bottom - top) or _dusk(stage, right - left, bottom - top)
    at = left
    while at < right:
        box = canvas.box(at, top, at + pane, bottom)
        start = canvas.box(left, top, right, bottom)[0]
        canvas.picture(
            (at, top, at + pane, bottom), landscape.crop((box[0] - start, 0, box[2] - start, box[3] - box[1])), radius
        )
        at += pane + _GAP


def _dusk(stage: Stage, width: float, height: float) -> Image.Image:
    """Return what is seen through the panes when there is no cover: the last light over a far horizon."""
    from ..drawing import Canvas

    sky = Canvas(round(width), round(height), stage.colour("sky", "tint"))
    sky.shade((0, 0, width, height), stage.colour("deep", "paper"), ((0.0, 1.0), (0.6, 0.2), (1.0, 0.0)))
    sky.glow(width * 0.55, height * 0.86, width * 0.6, stage.colour("ember", "brand"), 1.0, 0.45)
    sky.glow(width * 0.55, height * 0.86, width * 0.25, stage.colour("glow", "accent"), 0.9, 0.4)
    sky.area((0, height * 0.84, width, height), stage.colour("deep", "paper"))
    return sky.image


def _lamp(stage: Stage, x: float, y: float, room: float, end: float) -> None:
    """Light a lamp beside the address, and a line of light from there to the edge."""
    canvas = stage.canvas
    glow = stage.colour("glow", "accent")
    host = stage.fit("text", stage.scene.host, room - 40, 40, most=1, high=27, low=15)
    middle = y - host.size * host.capital / 2
    canvas.glow(x + 9, middle, 34, glow, 0.7)
    canvas.disc(x + 9, middle, 7.5, glow)
    canvas.text(host, x + 34, y, stage.colour("accent"))
    start = x + 34 + host.width + 26
    if start < end - 40:
        canvas.shade((start, middle - 1, end, middle + 1), glow, ((0.0, 0.75), (1.0, 0.0)), across=True)


def _small(stage: Stage, x: float, y: float, room: float, text: str) -> None:
    canvas = stage.canvas
    canvas.text(stage.fit("text", text, room, 40, most=1, high=27, low=15), x, y, stage.colour("accent"))


def inner(stage: Stage) -> None:
    """Draw a post or a page: one large pane with its picture, or a dusk, and the title beside or below."""
    scene, canvas = stage.scene, stage.canvas
    x, y = stage.x, stage.y
    edge = 56.0
    wide = scene.shape == "wide"
    pane: Box = (x * 0.6, edge, x + 40.0, y - edge) if wide else (edge, edge, x - edge, y * 0.52)
    radius = 38.0
    width, height = pane[2] - pane[0], pane[3] - pane[1]

    def ground() -> None:
        _night(stage)
        canvas.glow((pane[0] + pane[2]) / 2, pane[3] - 10, width * 0.7, stage.colour("glow", "accent"), 0.4, 0.35)
        if not scene.picture:
            behind = stage.shot(scene.cover, width, height) or _dusk(stage, width, height)
            canvas.picture(pane, cropped(behind, width, height), radius)

    stage.layer("window text", ground, bool(scene.picture), scene.cover)
    if scene.picture:
        shown = stage.shot(scene.picture, width, height) or _dusk(stage, width, height)
        canvas.picture(pane, cropped(shown, width, height), radius)
    left, room = edge, (pane[0] if wide else float(x)) - 2 * edge + (10 if wide else 0)
    top = edge if wide else pane[3] + 44
    over = stage.fit(
        "text", " · ".join(part for part in (scene.name, scene.date) if part), room, 40, most=1, high=26, low=16
    )
    canvas.text(over, left, top + over.size * over.capital, stage.colour("soft"))
    top += 62
    foot = y - edge - 4
    title = stage.fit(
        "title", scene.title, room, foot - 54 - top, most=5, high=84 if wide else 100, low=32, leading=1.08
    )
    canvas.text(title, left, top + title.size * title.capital, stage.colour("ink"))
    _lamp(stage, left, foot - 6, room, pane[0] - 30 if wide else x)


def _lit(stage: Stage, box: Box) -> None:
    """Light one whole pane for the code."""
    canvas, scene = stage.canvas, stage.scene
    lit, ink = stage.colour("lit", "brand"), stage.colour("lit-ink", "on-brand")
    canvas.glow(
        (box[0] + box[2]) / 2,
        (box[1] + box[3]) / 2,
        (box[2] - box[0]) * 0.75,
        stage.colour("glow", "accent"),
        0.45,
        0.62,
    )
    canvas.area(box, lit, 44)
    side = box[3] - box[1] - 80
    stage.code(box[2] - 40 - side, box[1] + 40, side)
    room = box[2] - 40 - side - box[0] - 92
    call = stage.fit("title", scene.call, room, side * 0.6, most=4, high=58, low=28, leading=1.1)
    canvas.text(call, box[0] + 48, box[1] + 52 + call.size * call.capital, ink)
    host = stage.fit("text", scene.host, room, 60, most=1, high=30, low=12)
    canvas.text(host, box[0] + 48, box[3] - 52, ink)
