"""The front of a house: a wall, a door with somebody in it, and a plate with the name."""

from __future__ import annotations

from ..drawing import Box, blended
from ..scene import Stage


def home(stage: Stage) -> None:
    """Draw the front page."""
    scene, canvas = stage.scene, stage.canvas
    x, y = stage.x, stage.y
    edge = 60.0
    wide, story = scene.shape == "wide", scene.shape == "story"
    if wide:
        wall: Box = (0, 0, x * 0.435, y)
        door: Box = (x * 0.082, y * 0.15, x * 0.353, y)
        plate: Box = (x * 0.435 - 64, edge + 20, x - edge, y - edge - 20)
    else:
        wall = (0, 0, x, y * (0.42 if story else 0.54))
        door = (edge + 30, wall[3] * 0.16, edge + 30 + x * 0.42, wall[3])
        plate = (edge, wall[3] - 70, x - edge, y - (600 if story else edge))

    def ground() -> None:
        canvas.area((0, 0, x, y), stage.colour("paper"))
        _wall(stage, wall)
        _door(stage, door)
        _plate(stage, plate)

    stage.layer("plain", ground, scene.portrait, scene.cover, scene.initials)
    pad = 52.0
    left, room = plate[0] + pad, plate[2] - plate[0] - 2 * pad
    foot = plate[3] - pad
    _host(stage, left, foot, room)
    line = stage.fit("text", scene.line, room, 110, most=2, high=38, low=24, leading=1.28)
    top = plate[1] + pad
    space = foot - 76 - (line.height + 44 if line.lines else 0) - top
    name = stage.fit("title", scene.title, room, space, most=3, high=150, low=32, leading=1.0, tracking=-0.03)
    end = canvas.text(name, left - name.size * 0.03, top + name.size * name.capital, stage.colour("ink"))
    down = end + max(name.depth, name.size * 0.2) + 26 + line.size * line.capital
    canvas.text(line, left, min(down, foot - 70 - line.height + line.size), stage.colour("soft"))
    if story:
        _mat(stage, (edge, y - 540.0, x - edge, y - 110.0))


def _wall(stage: Stage, box: Box) -> None:
    canvas = stage.canvas
    picture = stage.shot(stage.scene.cover, box[2] - box[0], box[3] - box[1])
    if picture:
        canvas.picture(box, picture)
        return
    canvas.area(box, stage.colour("tint"))
    wide = (box[2] - box[0]) * 0.42
    window = (
        box[2] - wide * 0.8,
        box[1] + (box[3] - box[1]) * 0.12,
        box[2] + wide * 0.2,
        box[1] + (box[3] - box[1]) * 0.6,
    )
    canvas.area(
        window, blended(stage.colour("tint"), stage.colour("on-tint"), 0.09), wide / 2, (True, True, False, False)
    )


def _door(stage: Stage, box: Box) -> None:
    """Set an arch into the wall: in it the portrait, or the initials."""
    scene, canvas = stage.scene, stage.canvas
    width, height = box[2] - box[0], box[3] - box[1]
    arch = (True, True, False, False)
    frame = (box[0] - 10, box[1] - 10, box[2] + 10, box[3])
    canvas.area(frame, stage.colour("paper"), width / 2 + 10, arch)
    picture = None if scene.logo else stage.shot(scene.portrait, width, height)
    if picture:
        canvas.picture(box, picture, width / 2, arch)
        return
    canvas.area(box, stage.colour("second") if not scene.logo else stage.colour("card"), width / 2, arch)
    middle = (box[0] + box[2]) / 2
    logo = stage.whole(scene.portrait, width * 0.62, height * 0.5) if scene.logo else None
    if logo:
        top = box[1] + (height - logo.height) * 0.45
        canvas.picture((middle - logo.width / 2, top, middle + logo.width / 2, top + logo.height), logo)
        return
    letters = stage.fit("title", scene.initials, width * 0.62, height * 0.4, most=1, high=200, tracking=-0.04)
    canvas.text(
        letters, middle, box[1] + height * 0.5 + letters.size * letters.capital / 2, stage.colour("on-second"), "middle"
    )


def _plate(stage: Stage, box: Box) -> None:
    stage.canvas.area((box[0] - 1.5, box[1] - 1.5, box[2] + 1.5, box[3] + 1.5), stage.colour("rule"), 30)
    stage.canvas.area(box, stage.colour("card"), 28)


def _host(stage: Stage, x: float, y: float, room: float) -> None:
    """Write the address on a button in the brand's colour."""
    canvas = stage.canvas
    host = stage.fit("bold", stage.scene.host, room - 56, 40, most=1, high=29, low=15)
    canvas.area((x, y - 58, x + host.width + 56, y), stage.colour("brand"), 29)
    canvas.text(host, x + 28, y - 29 + host.size * host.capital / 2, stage.colour("on-brand"))


def inner(stage: Stage) -> None:
    """Draw a post or a page: its picture on the wall, the title on the plate."""
    scene, canvas = stage.scene, stage.canvas
    x, y = stage.x, stage.y
    edge = 60.0
    wide = scene.shape == "wide"
    wall: Box = (x * 0.62, 0, x, y) if wide else (0, 0, x, y * 0.5)
    plate: Box = (edge, edge, x * 0.62 + 64, y - edge) if wide else (edge, y * 0.5 - 70, x - edge, y - edge)

    def ground() -> None:
        canvas.area((0, 0, x, y), stage.colour("paper"))
        if not scene.picture:
            _wall(stage, wall)
            _plate(stage, plate)

    stage.layer("plain text", ground, bool(scene.picture), scene.cover)
    if scene.picture:
        picture = stage.shot(scene.picture, wall[2] - wall[0], wall[3] - wall[1])
        if picture:
            canvas.picture(wall, picture)
        else:
            _wall(stage, wall)
        _plate(stage, plate)
    left, room = plate[0] + 48, plate[2] - plate[0] - 96
    top, foot = plate[1] + 46, plate[3] - 46
    over = " · ".join(part for part in (scene.name, scene.date) if part)
    small = stage.fit("text", over, room, 40, most=1, high=27, low=16)
    canvas.text(small, left, top + small.size * small.capital, stage.colour("soft"))
    top += 58
    title = stage.fit(
        "title",
        scene.title,
        room,
        foot - 92 - top,
        most=5,
        high=88 if wide else 104,
        low=30,
        leading=1.06,
        tracking=-0.025,
    )
    canvas.text(title, left - title.size * 0.02, top + title.size * title.capital, stage.colour("ink"))
    _host(stage, left, foot, room)


def _mat(stage: Stage, box: Box) -> None:
    """Lay the code before the door."""
    canvas, scene = stage.canvas, stage.scene
    canvas.area(box, stage.colour("brand"), 32)
    on = stage.colour("on-brand")
    side = box[3] - box[1] - 72
    inner = (box[2] - 36 - side, box[1] + 36, box[2] - 36, box[3] - 36)
    canvas.area(inner, "#ffffff", 20)
    stage.code(inner[0] + 8, inner[1] + 8, side - 16)
    room = inner[0] - box[0] - 96
    call = stage.fit("title", scene.call, room, side * 0.62, most=4, high=66, low=28, leading=1.08, tracking=-0.02)
    canvas.text(call, box[0] + 48, box[1] + 52 + call.size * call.capital, on)
    host = stage.fit("bold", scene.host, room, 50, most=1, high=30, low=12)
    canvas.text(host, box[0] + 48, box[3] - 50, on)
