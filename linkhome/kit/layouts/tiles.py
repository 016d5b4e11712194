"""A grid of stones: the name on the bare ground, the portrait the largest stone, one stone in the accent."""

from __future__ import annotations

from ..drawing import Box, blended
from ..scene import Stage

_GAP = 16.0
_ROUND = 40.0


def home(stage: Stage) -> None:
    """Draw the front page."""
    scene, canvas = stage.scene, stage.canvas
    x, y = stage.x, stage.y
    edge = 32.0
    if scene.shape == "wide":
        face: Box = (x * 0.635, edge, x - edge, y - edge)
        row = y - edge - 208
        stones = ((edge, row, 374.0, y - edge), (390.0, row, 564.0, y - edge), (580.0, row, face[0] - _GAP, y - edge))
        words: Box = (edge + 8, edge + 14, face[0] - 36, row - 34)
    elif scene.shape == "square":
        top = y * 0.4
        face = (edge, top, x * 0.56, y - edge)
        left, half = x * 0.56 + _GAP, (top + y - edge) / 2
        stones = (
            (left, top, x - edge, half - _GAP / 2),
            (left, half + _GAP / 2, (left + x - edge - _GAP) / 2, y - edge),
            ((left + x - edge + _GAP) / 2, half + _GAP / 2, x - edge, y - edge),
        )
        words = (edge + 10, edge + 24, x - edge - 10, top - 40)
    else:
        words = (edge + 20, 150.0, x - edge - 20, 560.0)
        face = (edge, 600.0, x * 0.62, 1330.0)
        left = x * 0.62 + _GAP
        stones = (
            (edge, 1346.0, x - edge, y - 110.0),
            (left, 600.0, x - edge, 957.0),
            (left, 973.0, x - edge, 1330.0),
        )

    def ground() -> None:
        canvas.area((0, 0, x, y), stage.colour("paper"))
        _face(stage, face)
        _place(stage, stones[1])
        _view(stage, stones[2])

    stage.layer("tiles", ground, scene.portrait, scene.cover, scene.initials)
    _words(stage, words)
    if scene.shape == "story":
        _form(stage, stones[0])
    else:
        _accent(stage, stones[0])


def _words(stage: Stage, box: Box) -> None:
    """Write the name and the line under it on the bare ground."""
    scene, canvas = stage.scene, stage.canvas
    room, height = box[2] - box[0], box[3] - box[1]
    line = stage.fit("text", scene.line, room, 100, most=2, high=38, low=24, leading=1.25)
    space = height - (line.height + 44 if line.lines else 0)
    name = stage.fit("title", scene.title, room, space, most=3, high=148, low=34, leading=0.99, tracking=-0.035)
    end = canvas.text(name, box[0] - name.size * 0.04, box[1] + name.size * name.capital, stage.colour("ink"))
    down = end + max(name.depth, name.size * 0.2) + 30 + line.size * line.capital
    canvas.text(line, box[0], min(down, box[3] - line.height + line.size), stage.colour("soft"))


def _face(stage: Stage, box: Box) -> None:
    scene, canvas = stage.scene, stage.canvas
    width, height = box[2] - box[0], box[3] - box[1]
    picture = None if scene.logo else stage.shot(scene.portrait, width, height)
    if picture:
        canvas.picture(box, picture, _ROUND)
        return
    canvas.area(box, stage.colour("tint"), _ROUND)
    middle, down = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    logo = stage.whole(scene.portrait, width * 0.7, height * 0.6) if scene.logo else None
    if logo:
        canvas.picture(
            (middle - logo.width / 2, down - logo.height / 2, middle + logo.width / 2, down + logo.height / 2), logo
        )
        return
    letters = stage.fit("title", scene.initials, width * 0.7, height * 0.5, most=1, high=300, tracking=-0.04)
    canvas.text(letters, middle, down + letters.size * letters.capital / 2, stage.colour("on-tint"), "middle")


def _place(stage: Stage, box: Box) -> None:
    """Draw rings around a point on a stone in the second colour."""
    from ..drawing import Canvas

    canvas = stage.canvas
    second, point = stage.colour("second"), stage.colour("on-second")
    width, height = round(box[2]) - round(box[0]), round(box[3]) - round(box[1])
    stone = Canvas(width, height, second)
    ring = stage.colours.get("ring") or blended(second, point, 0.16)
    x, y = width * 0.64, height * 0.4
    for radius in range(round(max(width, height)), 12, -24):
        stone.disc(x, y, radius, ring)
        stone.disc(x, y, radius - 2.5, second)
    stone.disc(x, y, 9, point)
    canvas.picture(box, stone.image, _ROUND * 0.8)


def _view(stage: Stage, box: Box) -> None:
    picture = stage.shot(stage.scene.cover, box[2] - box[0], box[3] - box[1])
    if picture:
        stage.canvas.picture(box, picture, _ROUND * 0.8)
    else:
        stage.canvas.area(box, stage.colour("card"), _ROUND * 0.8)
        side = min(box[2] - box[0], box[3] - box[1]) * 0.3
        stage.canvas.disc((box[0] + box[2]) / 2, (box[1] + box[3]) / 2, side, stage.colour("tint"))


def _accent(stage: Stage, box: Box) -> None:
    """Write the address on the stone in the accent; its corner gives way for an arrow."""
    canvas = stage.canvas
    canvas.area(box, stage.colour("brand"), _ROUND * 0.8)
    _corner(stage, box, stage.colour("paper"))
    on = stage.colour("on-brand")
    host = stage.fit(
        "title", stage.scene.host, box[2] - box[0] - 52, 70, most=2, high=38, low=17, leading=1.1, tracking=-0.02
    )
    canvas.text(host, box[0] + 26, box[3] - 30 - host.step * (len(host.lines) - 1), on)


def _corner(stage: Stage, box: Box, ground: str) -> None:
    """Cut the upper end corner out of a stone, and put a small stone with an arrow there."""
    canvas = stage.canvas
    side, cut = 74.0, 84.0
    left, top, right = box[2] - cut, box[1], box[2]
    fill = stage.colour("brand") if ground == stage.colour("paper") else ground
    canvas.area((left, top - 1, right + 1, top + cut), ground, 30, (False, False, False, True))
    # The two inner curves where the cut meets the edges of the stone.
    for start, down in ((left - 22, top), (right - 22, top + cut)):
        canvas.area((start, down - 1, start + 22, down + 22), ground)
        canvas.area((start - 22, down, start + 22, down + 44), fill, 22, (False, True, False, False))
    canvas.area((right - side, top, right, top + side), stage.colour("card"), 24)
    middle, centre = right - side / 2, top + side / 2
    ink = stage.colour("ink")
    canvas.line((middle - 11, centre + 11), (middle + 10, centre - 10), 4, ink)
    canvas.line((middle - 8, centre - 10), (middle + 12, centre - 10), 4, ink)
    canvas.line((middle + 10, centre - 12), (middle + 10, centre + 8), 4, ink)


def inner(stage: Stage) -> None:
    """Draw a post or a page: its picture one stone, the title on another, two small ones below."""
    scene, canvas = stage.scene, stage.canvas
    x, y = stage.x, stage.y
    edge = 32.0
    wide = scene.shape == "wide"
    foot = y - edge - (108 if wide else 150)
    if wide:
        shot: Box = (x * 0.615, edge, x - edge, y - edge)
        card: Box = (edge, edge, x * 0.615 - _GAP, foot - _GAP)
        end = shot[0] - _GAP
    else:
        shot = (edge, edge, x - edge, y * 0.47)
        card = (edge, y * 0.47 + _GAP, x - edge, foot - _GAP)
        end = x - edge
    width, height = shot[2] - shot[0], shot[3] - shot[1]

    def ground() -> None:
        canvas.area((0, 0, x, y), stage.colour("paper"))
        canvas.area(card, stage.colour("card"), _ROUND)
        if not scene.picture:
            behind = (
                None if scene.logo and not scene.cover else stage.shot(scene.cover or scene.portrait, width, height)
            )
            if behind:
                canvas.picture(shot, behind, _ROUND)
            else:
                _place(stage, shot)
        _by(stage, (edge, foot, end, y - edge))

    stage.layer("tiles text", ground, bool(scene.picture), scene.portrait, scene.cover, scene.name, scene.host)
    if scene.picture:
        picture = stage.shot(scene.picture, width, height)
        if picture:
            canvas.picture(shot, picture, _ROUND)
        else:
            _place(stage, shot)
    left, room = card[0] + 34, card[2] - card[0] - 68
    top = card[1] + 34
    if scene.date:
        date = stage.fit("text", scene.date, room, 40, most=1, high=26, low=16)
        canvas.disc(left + 7, top + 10, 7, stage.colour("brand"))
        canvas.text(date, left + 26, top + date.size * date.capital, stage.colour("soft"))
        top += 54
    title = stage.fit(
        "title",
        scene.title,
        room,
        card[3] - 30 - top,
        most=5,
        high=84 if wide else 116,
        low=30,
        leading=1.04,
        tracking=-0.03,
    )
    canvas.text(title, left - title.size * 0.03, top + title.size * title.capital, stage.colour("ink"))


def _by(stage: Stage, box: Box) -> None:
    """Put the portrait and the name on a stone, and the address beside it on one in the accent."""
    scene, canvas = stage.scene, stage.canvas
    tall = box[3] - box[1]
    at = box[0]
    face = None if scene.logo else stage.shot(scene.portrait, tall, tall)
    if face:
        canvas.picture((at, box[1], at + tall, box[3]), face, _ROUND * 0.8)
        at += tall + _GAP
    stone = (at, box[1], box[2], box[3])
    canvas.area(stone, stage.colour("brand"), _ROUND * 0.8)
    on = stage.colour("on-brand")
    room = stone[2] - stone[0] - 56 - 50
    name = stage.fit("title", scene.name, room, 40, most=1, high=32, low=15, tracking=-0.02)
    host = stage.fit("text", scene.host, room, 40, most=1, high=25, low=13)
    middle = (box[1] + box[3]) / 2
    canvas.text(name, at + 28, middle - 9, on)
    canvas.text(host, at + 28, middle + 31, on)
    canvas.arrow(box[2] - 28, middle, 30, 4.5, on)


def _form(stage: Stage, box: Box) -> None:
    """Put the code on the large stone in the accent."""
    scene, canvas = stage.scene, stage.canvas
    canvas.area(box, stage.colour("brand"), _ROUND)
    on = stage.colour("on-brand")
    side = box[3] - box[1] - 64
    inner = (box[2] - 32 - side, box[1] + 32, box[2] - 32, box[3] - 32)
    canvas.area(inner, "#ffffff", _ROUND * 0.7)
    stage.code(inner[0] + 12, inner[1] + 12, side - 24)
    room = inner[0] - box[0] - 92
    call = stage.fit("title", scene.call, room, side * 0.6, most=4, high=66, low=28, leading=1.05, tracking=-0.03)
    canvas.text(call, box[0] + 46, box[1] + 50 + call.size * call.capital, on)
    host = stage.fit("text", scene.host, room, 50, most=1, high=30, low=12)
    canvas.text(host, box[0] + 46, box[3] - 48, on)
