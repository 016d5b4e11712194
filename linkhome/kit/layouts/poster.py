"""A gig poster in two inks: a portrait in one of them, a name as wide as the paper over it, a slab at the foot."""

from __future__ import annotations

from ..drawing import Box, duotone
from ..scene import Stage


def home(stage: Stage) -> None:
    """Draw the front page."""
    scene, canvas = stage.scene, stage.canvas
    x, y = stage.x, stage.y
    wide, story = scene.shape == "wide", scene.shape == "story"
    edge = 44.0
    slab = 84.0 if not story else 470.0
    face: Box = (x * 0.47, 0, x, y - slab) if wide else (x * 0.18, 0, x, y * (0.5 if story else 0.62))

    def ground() -> None:
        canvas.area((0, 0, x, y), stage.colour("paper"))
        _print(stage, face)
        canvas.area((0, y - slab, x, y), stage.colour("slab", "ink"))

    stage.layer("poster", ground, scene.portrait, scene.cover, scene.initials)
    foot = y - slab - (34 if not story else 50)
    room = x - 2 * edge
    tagline = stage.fit(
        "bold", scene.line, room, 90, most=1 if wide else 2, high=36 if wide else 44, low=22, leading=1.15
    )
    space = (foot - tagline.height - 34) - (edge + (60 if wide else face[3] * 0.45))
    name = stage.fit(
        "title", scene.title, room, space, most=3, high=300, low=34, leading=0.84, capitals=True, tracking=-0.01
    )
    if wide and len(name.lines) == 1 and name.size < 190 and " " in scene.title:
        more = stage.fit(
            "title",
            scene.title,
            room * 0.75,
            space,
            most=2,
            high=330,
            low=34,
            leading=0.84,
            capitals=True,
            tracking=-0.01,
        )
        name = more if more.size > name.size else name
    last = foot - (tagline.height + 34 if tagline.lines else 0) - (name.depth if name.depth > name.size * 0.08 else 0)
    credit = stage.fit("text", scene.handle or scene.host, 9999, 60, most=1, high=24)
    if credit.lines and credit.width < last - name.height - 2 * edge:
        canvas.upright(credit.lines[0], credit.size, 30, edge, stage.colour("ink"))
    canvas.text(name, edge - name.size * 0.03, last - name.step * (len(name.lines) - 1), stage.colour("ink"))
    canvas.text(tagline, edge, foot - tagline.height + tagline.size * tagline.capital, stage.colour("ink"))
    if story:
        _ticket(stage, (edge, y - slab + 44, x - edge, y - 44))
    else:
        _slab(stage, y - slab, y)


def _print(stage: Stage, box: Box) -> None:
    """Print the portrait in one ink; without one the cover, and without both a disc with the initials."""
    scene, canvas = stage.scene, stage.canvas
    width, height = box[2] - box[0], box[3] - box[1]
    stock, ink = stage.colour("paper"), stage.colour("a", "brand")
    if not scene.logo or not scene.portrait:
        picture = stage.shot(scene.portrait, width, height) or stage.shot(scene.cover, width, height)
        if picture:
            canvas.picture(box, duotone(picture, ink, stage.colour("card"), 1.1))
            return
    side = min(width, height)
    middle, down = (box[0] + box[2]) / 2 + side * 0.1, (box[1] + box[3]) / 2 - side * 0.05
    canvas.disc(middle, down, side * 0.47, ink)
    logo = stage.whole(scene.portrait, side * 0.55, side * 0.55) if scene.logo else None
    if logo:
        left, top = middle - logo.width / 2, down - logo.height / 2
        canvas.picture((left, top, left + logo.width, top + logo.height), logo)
    elif scene.shape != "wide":
        letters = stage.fit("title", scene.initials, side * 0.62, side * 0.42, most=1, high=460)
        canvas.text(letters, middle, down + letters.size * letters.capital / 2, stock, "middle")


def _slab(stage: Stage, top: float, bottom: float) -> None:
    """Write the address on the slab, with an arrow that leaves it."""
    canvas = stage.canvas
    lit = stage.colour("lit", "paper")
    host = stage.fit("title", stage.scene.host, stage.x - 220, 60, most=1, high=44, low=18, capitals=True)
    middle = (top + bottom) / 2
    canvas.text(host, 44, middle + host.size * host.capital / 2, lit)
    canvas.arrow(stage.x - 44, middle, 44, 7, lit)


def inner(stage: Stage) -> None:
    """Draw a post or a page: the title on the whole measure, its picture below or beside, the date in a star."""
    scene, canvas = stage.scene, stage.canvas
    x, y = stage.x, stage.y
    wide = scene.shape == "wide"
    edge, slab = 44.0, 84.0
    field = stage.colour("a", "brand")
    text = stage.colour("on", "on-brand")
    box: Box = (x * 0.62, 0, x, y - slab) if wide else (0, y * 0.5, x, y - slab)

    def ground() -> None:
        canvas.area((0, 0, x, y), field)
        canvas.area((0, y - slab, x, y), stage.colour("slab", "ink"))
        if not scene.picture:
            canvas.area(box, stage.colour("paper"))
            face = stage.shot(None if scene.logo else scene.portrait, box[2] - box[0], box[3] - box[1])
            if face:
                canvas.picture(box, duotone(face, stage.colour("slab", "ink"), stage.colour("paper"), 1.1))
            else:
                _print(stage, box)

    stage.layer("poster text", ground, bool(scene.picture), scene.portrait, scene.cover, scene.initials)
    if scene.picture:
        picture = stage.shot(scene.picture, box[2] - box[0], box[3] - box[1])
        if picture:
            canvas.picture(box, picture)
    room = (box[0] if wide else float(x)) - 2 * edge
    space = (y - slab if wide else box[1]) - 2 * edge - 40
    title = stage.fit(
        "title", scene.title, room, space, most=5, high=150, low=34, leading=0.9, capitals=True, tracking=-0.005
    )
    canvas.text(title, edge - title.size * 0.02, edge + title.size * title.capital, text)
    by = stage.fit("bold", scene.name, room, 40, most=1, high=30, low=16)
    canvas.text(by, edge, (y - slab if wide else box[1]) - edge + 8, text)
    if scene.day[0]:
        _star(stage, box[0] + (20 if wide else x * 0.8), box[3] - 120 if wide else box[1] + 30)
    _slab(stage, y - slab, y)


def _star(stage: Stage, x: float, y: float) -> None:
    """Stick a star with the day on an edge."""
    from math import cos, radians, sin

    canvas = stage.canvas
    radius = 96.0
    points = []
    for number in range(24):
        far = radius if number % 2 == 0 else radius * 0.8
        turn = radians(number * 15 - 8)
        points.append((x + far * cos(turn), y + far * sin(turn)))
    canvas.polygon(points, stage.colour("tint"))
    ink = stage.colour("on", "on-tint")
    day = stage.fit("title", stage.scene.day[0], 100, 80, most=1, high=84)
    month = stage.fit("title", stage.scene.day[1], 100, 44, most=1, high=34, capitals=True)
    canvas.text(day, x, y + 14, ink, "middle")
    canvas.text(month, x, y + 50, ink, "middle")


def _ticket(stage: Stage, box: Box) -> None:
    """Print a ticket with the code: notches at the perforation, the words on the long part."""
    canvas, scene = stage.canvas, stage.scene
    paper, hole = stage.colour("slip", "card"), stage.colour("slab", "ink")
    canvas.area(box, paper)
    side = box[3] - box[1] - 64
    cut = box[2] - side - 64
    for at in (box[1], box[3]):
        canvas.disc(cut, at, 22, hole)
    for down in range(round(box[1] + 34), round(box[3] - 24), 22):
        canvas.disc(cut, down, 4, hole)
    stage.code(box[2] - 32 - side, box[1] + 32, side)
    ink = stage.colour("on", "ink")
    room = cut - box[0] - 80
    call = stage.fit("title", scene.call, room, side * 0.66, most=4, high=96, low=34, leading=0.9, capitals=True)
    canvas.text(call, box[0] + 40, box[1] + 44 + call.size * call.capital, ink)
    host = stage.fit("bold", scene.host, room, 50, most=1, high=32, low=13)
    canvas.text(host, box[0] + 40, box[3] - 44, ink)
