"""The spread of a magazine: a picture that bleeds off the corner, a name whose first line stands on its foot."""

from __future__ import annotations

from ..fitting import Setting
from ..scene import Stage


def home(stage: Stage) -> None:
    """Draw the front page."""
    scene, canvas = stage.scene, stage.canvas
    x, y = stage.x, stage.y
    story = scene.shape == "story"
    edge = 64 if not story else 80
    left, foot = (x * 0.575, y * 0.6) if scene.shape == "wide" else (x * 0.42, y * (0.44 if story else 0.58))

    def ground() -> None:
        canvas.area((0, 0, x, y), stage.colour("paper"))
        _figure(stage, (left, 0, x, foot))

    stage.layer("spread", ground, scene.portrait, scene.cover, scene.initials)
    beside = left - edge - 30
    top = stage.fit("text", scene.host, beside, 60, most=1, high=25, low=15)
    at = canvas.text(top, edge, edge + 18, stage.colour("ink"))
    canvas.text(
        stage.fit("text", scene.handle, beside, 60, most=1, high=25, low=15), edge, at + 36, stage.colour("soft")
    )

    last = y - (640 if story else 54 if scene.shape == "wide" else 80)
    high = 52 if story else 44
    line = stage.fit("slant", scene.line, x - 2 * edge, 120, most=2, high=high, low=high * 0.6, leading=1.2)
    room = last - (line.height + 34 if line.lines else 0) - foot
    name = _name(stage, beside, x - 2 * edge, room, foot - edge - 110)
    end = foot
    for number, setting in enumerate(name):
        end = foot + number * setting.step
        canvas.text(setting, edge - setting.size * 0.03, end, stage.colour("ink"))
    if line.lines:
        down = min(
            last - line.height + line.size * line.capital,
            end + max(name[-1].depth, name[-1].size * 0.25) + 24 + line.size,
        )
        canvas.text(line, edge, down, stage.colour("accent"))
    if story:
        _letter(stage, y - 560)


def _name(stage: Stage, beside: float, below: float, room: float, above: float) -> list[Setting]:
    """Return the name line by line: the first stands beside the picture on its foot, the others run below it."""
    words = stage.scene.title.split()
    high = 190 if stage.scene.shape == "wide" else 240
    best = [stage.fit("title", stage.scene.title, beside, above, most=1, high=high, low=8)]
    for cut in range(1, len(words)):
        first = stage.fit("title", " ".join(words[:cut]), beside, above, most=1, high=high, low=8)
        rest = stage.fit("slant", " ".join(words[cut:]), below, room, most=2, high=high, low=8, leading=0.95)
        step = max(
            rest.leading,
            *(one.bottom + line.top for one, line in zip((*first.lines, *rest.lines), rest.lines, strict=False)),
        )
        size = min(first.size, rest.size, room / (len(rest.lines) * step + max(rest.lines[-1].bottom, 0.1)))
        if size >= best[0].size * (0.98 if len(best) > 1 else 0.8):
            lines = [rest._replace(lines=(one,), size=size, leading=step) for one in rest.lines]
            best = [first._replace(size=size), *lines]
    whole = stage.fit("title", stage.scene.title, below, room - 20, most=3, high=high, low=8, leading=0.98)
    size = min(whole.size, (room - 8) / (len(whole.lines) * whole.leading + 0.1)) if whole.lines else 0.0
    if size > best[0].size * 1.25:  # too long for the place beside the picture: all of it stands below
        empty = whole._replace(lines=())
        return [empty._replace(size=size), *(whole._replace(lines=(one,), size=size) for one in whole.lines)]
    return best


def _figure(stage: Stage, box: tuple[float, float, float, float]) -> None:
    """Lay the portrait into the corner; without one the cover, and without that the initials on the second colour."""
    scene, canvas = stage.scene, stage.canvas
    width, height = box[2] - box[0], box[3] - box[1]
    if scene.logo and scene.portrait:
        canvas.area(box, stage.colour("card"))
        whole = stage.whole(scene.portrait, width * 0.7, height * 0.6)
        if whole:
            across, down = (box[0] + box[2] - whole.width) / 2, (box[1] + box[3] - whole.height) / 2
            canvas.picture((across, down, across + whole.width, down + whole.height), whole)
        return
    picture = stage.shot(scene.portrait, width, height) or stage.shot(scene.cover, width, height)
    if picture:
        canvas.picture(box, picture)
        return
    canvas.area(box, stage.colour("second"))
    letters = stage.fit("slant", scene.initials, width * 0.7, height * 0.5, most=1, high=420)
    down = (box[1] + box[3] + letters.size * letters.capital) / 2
    canvas.text(letters, (box[0] + box[2]) / 2, down, stage.colour("on-second"), "middle")


def inner(stage: Stage) -> None:
    """Draw a post or a page: its title under a rule, its picture bleeding off the end, the address in a notch."""
    scene, canvas = stage.scene, stage.canvas
    x, y = stage.x, stage.y
    edge = 64
    wide = scene.shape == "wide"
    box = (x * 0.615, 0.0, float(x), float(y)) if wide else (x * 0.16, 0.0, float(x), y * 0.52)

    def ground() -> None:
        canvas.area((0, 0, x, y), stage.colour("paper"))
        if not scene.picture:
            canvas.area(box, stage.colour("second"))
            _stamp(stage, box)

    stage.layer("spread text", ground, scene.portrait if not scene.picture else bool(scene.picture), scene.initials)
    if scene.picture:
        picture = stage.shot(scene.picture, box[2] - box[0], box[3] - box[1])
        if picture:
            canvas.picture(box, picture)
        else:
            canvas.area(box, stage.colour("second"))
    room = (box[0] if wide else float(x)) - 2 * edge + (20 if wide else 0)
    top = edge + 6.0 if wide else box[3] + 56
    canvas.area((edge, top - 6, edge + room, top - 4), stage.colour("ink"))
    small = " · ".join(part for part in (scene.name, scene.date) if part)
    over = stage.fit("caps", small, room, 60, most=1, high=25, low=17, tracking=0.08)
    canvas.text(over, edge, top + 34, stage.colour("accent"))
    foot = y - 60.0
    title = stage.fit(
        "slant", scene.title, room, foot - 60 - top - 70, most=5, high=112 if wide else 132, low=34, leading=1.04
    )
    canvas.text(title, edge, top + 76 + title.size * title.capital, stage.colour("ink"))
    _notch(stage, box, wide)


def _notch(stage: Stage, box: tuple[float, float, float, float], wide: bool) -> None:
    """Cut a piece of paper out of the picture's foot, which holds the address."""
    canvas = stage.canvas
    host = stage.fit("text", stage.scene.host, 480, 60, most=1, high=25, low=15)
    width = host.width + 60
    if wide:
        canvas.text(host, 64, box[3] - 54, stage.colour("soft"))
        return
    canvas.area((box[0], box[3] - 66, box[0] + width, box[3]), stage.colour("paper"))
    canvas.text(host, box[0] + 28, box[3] - 24, stage.colour("soft"))


def _stamp(stage: Stage, box: tuple[float, float, float, float]) -> None:
    """Put a stamp with the portrait, or the initials, in the middle of a box."""
    canvas, scene = stage.canvas, stage.scene
    width, height = 236.0, 292.0
    left, top = (box[0] + box[2] - width) / 2, (box[1] + box[3] - height) / 2
    paper, hole = stage.colour("card"), stage.colour("second")
    canvas.area((left, top, left + width, top + height), paper)
    for number in range(14):
        for side in (left, left + width):
            canvas.disc(side, top + (number + 0.5) * height / 14, 6.5, hole)
    for number in range(11):
        for side in (top, top + height):
            canvas.disc(left + (number + 0.5) * width / 11, side, 6.5, hole)
    inner = (left + 22, top + 22, left + width - 22, top + height - 22)
    picture = None if scene.logo else stage.shot(scene.portrait, inner[2] - inner[0], inner[3] - inner[1])
    if picture:
        canvas.picture(inner, picture)
        return
    letters = stage.fit("slant", scene.initials, 150, 150, most=1, high=150)
    canvas.text(letters, left + width / 2, top + height / 2 + letters.size * letters.capital / 2, hole, "middle")


def _letter(stage: Stage, top: float) -> None:
    """Lay a letter with the code on a table in the second colour."""
    canvas, scene = stage.canvas, stage.scene
    x, y = stage.x, stage.y
    canvas.area((0, top, x, y), stage.colour("second"))
    sheet = (80, top - 60, x - 80, y - 120)
    canvas.area(sheet, stage.colour("card"))
    side = sheet[3] - sheet[1] - 96
    stage.code(sheet[2] - 48 - side, sheet[1] + 48, side)
    room = sheet[2] - 48 - side - sheet[0] - 96
    call = stage.fit("slant", scene.call, room, side * 0.55, most=4, high=64, low=30, leading=1.08)
    canvas.text(call, sheet[0] + 48, sheet[1] + 56 + call.size * call.capital, stage.colour("ink"))
    host = stage.fit("text", scene.host, room, 60, most=1, high=30, low=12)
    canvas.text(host, sheet[0] + 48, sheet[3] - 56, stage.colour("soft"))
