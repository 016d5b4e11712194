#!/usr/bin/env python3
"""Riso prints by an invented illustrator, drawn by code.

    pip install pillow numpy skia-python
    python draw.py                 # every picture, into ../../example-site/media
    python draw.py portrait cover  # only these
    python draw.py --out DIR --sheet sheet.png

How a picture is made: every spot ink has one plate (a grey master: 0 = no ink, 1 = solid).
A scene draws the same shapes into the plates it needs. Then each plate is screened (dots, lines
or grain), roughened, shifted a little (misregistration), and multiplied onto cream paper.
Deterministic: the same script gives the same pixels.
"""
import argparse
import io
import math
from pathlib import Path

import numpy as np
import skia
from PIL import Image

RUST, ORANGE = "#9A3B1F", "#E4572E"
BLUE, DEEP = "#1F4E5F", "#12303B"
PINK, PAPER = "#FF5C8A", "#F6F1E8"
LIMIT = 158_000          # bytes a file may have
SS = 2                   # supersampling of the plates
PAD = 14                 # bleed, so that a shifted plate leaves no white edge


# ---------------------------------------------------------------- shapes

def spline(pts, closed=False, k=1.0, path=None):
    """Smooth curve through points (Catmull-Rom)."""
    n = len(pts)
    path = path or skia.Path()
    get = (lambda i: pts[i % n]) if closed else (lambda i: pts[min(max(i, 0), n - 1)])
    path.moveTo(*pts[0])
    for i in range(n if closed else n - 1):
        a, b, c, e = get(i - 1), get(i), get(i + 1), get(i + 2)
        t = k / 6
        path.cubicTo(b[0] + (c[0] - a[0]) * t, b[1] + (c[1] - a[1]) * t,
                     c[0] - (e[0] - b[0]) * t, c[1] - (e[1] - b[1]) * t, *c)
    if closed:
        path.close()
    return path


def poly(*pts):
    path = skia.Path()
    path.addPoly([skia.Point(*p) for p in pts], True)
    return path


def hill(pts, bottom, k=1.0):
    """Land under a smooth ridge."""
    path = spline(pts, k=k)
    path.lineTo(pts[-1][0], bottom)
    path.lineTo(pts[0][0], bottom)
    path.close()
    return path


def d(text):
    """Path from absolute M L C Q Z commands, as in SVG."""
    path, tok = skia.Path(), text.replace(",", " ").split()
    i, cmd = 0, None
    need = {"M": 2, "L": 2, "C": 6, "Q": 4}
    while i < len(tok):
        if tok[i].isalpha():
            cmd = tok[i]
            i += 1
        if cmd == "Z":
            path.close()
            continue
        v = [float(x) for x in tok[i:i + need[cmd]]]
        i += need[cmd]
        {"M": path.moveTo, "L": path.lineTo, "C": path.cubicTo, "Q": path.quadTo}[cmd](*v)
        if cmd == "M":
            cmd = "L"
    return path


def rect(x, y, w, h, r=0):
    path = skia.Path()
    path.addRoundRect(skia.Rect.MakeXYWH(x, y, w, h), r, r)
    return path


def circ(x, y, r, ry=None):
    path = skia.Path()
    ry = ry or r
    path.addOval(skia.Rect.MakeLTRB(x - r, y - ry, x + r, y + ry))
    return path


def cut(a, b):
    return skia.Op(a, b, skia.PathOp.kDifference_PathOp)


def both(a, b):
    return skia.Op(a, b, skia.PathOp.kIntersect_PathOp)


def join(*ps):
    out = ps[0]
    for q in ps[1:]:
        out = skia.Op(out, q, skia.PathOp.kUnion_PathOp)
    return out


def brush(pts, w, ends=0.15, n=40):
    """A stroke with swelling width, as a shape. ends: width at both ends, as a share."""
    xy = _walk(pts, n)
    left, right = [], []
    for i, (x, y) in enumerate(xy):
        (x0, y0), (x1, y1) = xy[max(i - 1, 0)], xy[min(i + 1, n)]
        q = math.hypot(x1 - x0, y1 - y0) or 1
        tx, ty = (x1 - x0) / q, (y1 - y0) / q
        h = w / 2 * (ends + (1 - ends) * math.sin(math.pi * i / n) ** 0.7)
        left.append((x - ty * h, y + tx * h))
        right.append((x + ty * h, y - tx * h))
    return spline(left + right[::-1], closed=True)


def _walk(pts, n):
    """n+1 points along the Catmull-Rom curve."""
    out, m = [], len(pts)
    for j in range(n + 1):
        u = j / n * (m - 1)
        i = min(int(u), m - 2)
        t = u - i
        a, b, c, e = (pts[min(max(i + q, 0), m - 1)] for q in (-1, 0, 1, 2))
        out.append(tuple(0.5 * (2 * b[z] + (c[z] - a[z]) * t + (2 * a[z] - 5 * b[z] + 4 * c[z] - e[z]) * t * t
                                + (3 * b[z] - a[z] - 3 * c[z] + e[z]) * t ** 3) for z in (0, 1)))
    return out


class Fade:
    """A tone that runs from t0 at (x0,y0) to t1 at (x1,y1)."""

    def __init__(self, x0, y0, x1, y1, t0, t1, screen="d"):
        self.a, self.b, self.t, self.screen = (x0, y0), (x1, y1), (t0, t1), screen


class Glow:
    """A tone that runs from t0 in the centre to t1 at radius r."""

    def __init__(self, x, y, r, t0, t1, screen="d"):
        self.c, self.r, self.t, self.screen = (x, y), r, (t0, t1), screen


# ---------------------------------------------------------------- the press

_SEL = {"f": (0, 0), "d": (255, 0), "l": (0, 255), "g": (255, 255)}


def _colour(tone, screen):
    g, b = _SEL[screen]
    return skia.Color(int(round(tone * 255)), g, b)


def _noise(rng, h, w, cell):
    """Smooth noise, about -1..1, with features of the given size."""
    small = rng.standard_normal((max(2, h // cell + 2), max(2, w // cell + 2))).astype(np.float32)
    lo, hi = small.min(), small.max()
    im = Image.fromarray(((small - lo) / (hi - lo) * 255).astype(np.uint8))
    a = np.asarray(im.resize((w, h), Image.BICUBIC), np.float32) / 255
    return (a - a.mean()) / (a.std() * 2 + 1e-6)


class Press:
    """A canvas of ink plates. inks: name -> (colour, screen angle, shift)."""

    def __init__(self, w, h, seed=1, pitch=8.0, grain=1.0, **inks):
        self.w, self.h, self.seed, self.pitch, self.grain = w, h, seed, pitch, grain
        self.inks = inks
        self.surf = {}
        for name in inks:
            s = skia.Surface((w + 2 * PAD) * SS, (h + 2 * PAD) * SS)
            c = s.getCanvas()
            c.clear(skia.Color(0, 0, 0))
            c.scale(SS, SS)
            c.translate(PAD, PAD)
            self.surf[name] = s
        self.rng = np.random.default_rng(seed)

    # -- drawing state, the same for all plates
    def _all(self):
        return [s.getCanvas() for s in self.surf.values()]

    def push(self, clip=None, x=0, y=0, rot=0, scale=1, sx=None, sy=None, matrix=None):
        for c in self._all():
            c.save()
            if matrix is not None:
                c.concat(matrix)
            c.translate(x, y)
            c.rotate(rot)
            c.scale(sx or scale, sy or scale)
            if clip is not None:
                c.clipPath(clip, True)

    def pop(self):
        for c in self._all():
            c.restore()

    # -- drawing
    def _paint(self, tone, width=None, cap="round"):
        p = skia.Paint(AntiAlias=True)
        screen = "f"
        if isinstance(tone, tuple):
            tone, screen = tone
        if isinstance(tone, Fade):
            cols = [_colour(t, tone.screen) for t in tone.t]
            p.setShader(skia.GradientShader.MakeLinear(
                [skia.Point(*tone.a), skia.Point(*tone.b)], cols))
        elif isinstance(tone, Glow):
            cols = [_colour(t, tone.screen) for t in tone.t]
            p.setShader(skia.GradientShader.MakeRadial(skia.Point(*tone.c), tone.r, cols))
        else:
            p.setColor(_colour(tone, screen))
        if width:
            p.setStyle(skia.Paint.kStroke_Style)
            p.setStrokeWidth(width)
            p.setStrokeCap(skia.Paint.kRound_Cap if cap == "round" else skia.Paint.kButt_Cap)
            p.setStrokeJoin(skia.Paint.kRound_Join)
        return p

    def put(self, path, width=None, cap="round", **tones):
        """Opaque shape: the named inks get their tone, all others are knocked out."""
        for name, s in self.surf.items():
            s.getCanvas().drawPath(path, self._paint(tones.get(name, 0), width, cap))

    def over(self, path, width=None, cap="round", **tones):
        """Overprint: only the named inks change."""
        for name, tone in tones.items():
            self.surf[name].getCanvas().drawPath(path, self._paint(tone, width, cap))

    def glow(self, x, y, r, t0=0.4, ink="b"):
        """Thin out an ink around a light; its ground must have been laid with the dot screen."""
        p = self._paint(Glow(x, y, r, t0, 1.0))
        p.setBlendMode(skia.BlendMode.kDarken)
        self.surf[ink].getCanvas().drawPath(circ(x, y, r), p)

    def line(self, pts, width, over=True, k=1.0, cap="round", **tones):
        path = spline(pts, k=k) if len(pts) > 2 else spline(pts, k=0)
        (self.over if over else self.put)(path, width, cap, **tones)

    # -- printing
    def _screen(self, rgba, angle, name):
        h, w = rgba.shape[:2]
        tone = rgba[..., 0].astype(np.float32) / 255
        sd = rgba[..., 1].astype(np.float32) / 255
        sl = rgba[..., 2].astype(np.float32) / 255
        need = (tone > 0.01) & (tone < 0.99) & ((sd > 0.5) | (sl > 0.5))
        if not need.any():
            return tone
        y, x = np.mgrid[0:h, 0:w].astype(np.float32)
        a = math.radians(angle)
        q = 2 * math.pi / (self.pitch * SS)
        u, v = (x * math.cos(a) + y * math.sin(a)) * q, (-x * math.sin(a) + y * math.cos(a)) * q
        soft = 0.9 / self.pitch * 1.2
        screened = np.maximum(sd, sl)
        tone = tone + screened * soft * (tone - 0.5)      # so that a full tone closes all gaps
        dot = np.clip((tone - (0.5 - (np.cos(u) + np.cos(v)) / 4)) / soft + 0.5, 0, 1)
        out = np.clip(tone, 0, 1) * (1 - sd) * (1 - sl) + dot * sd * (1 - sl)
        if (sl > 0.5).any():
            q2 = 2 * math.pi / (self.pitch * SS * 1.05)
            lin = np.clip((tone - (0.5 - np.cos(y * q2) / 2)) / soft / 1.3 + 0.5, 0, 1)
            rng = np.random.default_rng(self.seed * 31 + sum(map(ord, name)))
            gr = _noise(rng, h, w, 3) * 0.30 + 0.5
            gra = np.clip((tone - gr) / 0.16 + 0.5, 0, 1)
            out += lin * sl * (1 - sd) + gra * sl * sd
        return out

    def pull(self):
        """Screen, roughen, shift and multiply: the finished print."""
        H, W = (self.h + 2 * PAD) * SS, (self.w + 2 * PAD) * SS
        page = np.empty((self.h, self.w, 3), np.float32)
        page[:] = _rgb(PAPER)
        rng = np.random.default_rng(self.seed)
        page *= 1 + 0.012 * _noise(rng, self.h, self.w, 160)[..., None]
        for name, (colour, angle, (dx, dy)) in self.inks.items():
            raw = self.surf[name].toarray(colorType=skia.kRGBA_8888_ColorType)
            rng = np.random.default_rng(self.seed * 977 + sum(map(ord, name)) * 7)
            # edges that wander by a pixel, as ink on uncoated paper does
            wx = (_noise(rng, H, W, 11) * 0.9 * SS * 0.5).astype(np.int32)
            wy = (_noise(rng, H, W, 11) * 0.9 * SS * 0.5).astype(np.int32)
            iy = np.clip(np.arange(H)[:, None] + wy, 0, H - 1)
            ix = np.clip(np.arange(W)[None, :] + wx, 0, W - 1)
            cov = self._screen(raw[iy, ix], angle, name)
            cov = cov.reshape(H // SS, SS, W // SS, SS).mean((1, 3))
            oy, ox = PAD - int(round(dy)), PAD - int(round(dx))
            cov = cov[oy:oy + self.h, ox:ox + self.w]
            # uneven inking, pinholes where the paper shows, fine tooth
            g = self.grain
            blot = _noise(rng, self.h, self.w, 120) * 0.030 + _noise(rng, self.h, self.w, 14) * 0.020
            tooth = _noise(rng, self.h, self.w, 2)
            holes = np.clip((tooth + 0.35 * _noise(rng, self.h, self.w, 40) - 1.42) * 2.2, 0, 1)
            cov = cov * (0.965 + g * blot + g * 0.020 * tooth) * (1 - 0.75 * g * holes)
            cov = np.clip(cov, 0, 1)[..., None]
            page *= 1 - cov * (1 - _rgb(colour))
        return Image.fromarray((np.clip(page, 0, 1) * 255 + 0.5).astype(np.uint8))


def _rgb(h):
    return np.array([int(h[i:i + 2], 16) for i in (1, 3, 5)], np.float32) / 255


def save(im, path, quality=82):
    for q in range(quality, 40, -4):
        buf = io.BytesIO()
        im.save(buf, "WEBP", quality=q, method=6)
        if buf.tell() <= LIMIT:
            break
    Path(path).write_bytes(buf.getvalue())
    return q, buf.tell()


# ---------------------------------------------------------------- things that come back in many pictures

def stars(p, box, n, seed, r=(1.2, 2.6), **inks):
    rng = np.random.default_rng(seed)
    x0, y0, x1, y1 = box
    for _ in range(n):
        x, y = rng.uniform(x0, x1), y0 + (y1 - y0) * rng.uniform() ** 1.4
        p.put(circ(x, y, rng.uniform(*r)), **inks)


def pylon(p, x, y, h, w=None, put=True, lw=None, **ink):
    """Lattice mast with its foot at (x, y)."""
    w = w or h * 0.26
    lw = lw or max(1.6, h * 0.013)
    top = y - h
    L = lambda a, b, q=1: p.line([a, b], lw * q, over=not put, **ink)
    L((x - w / 2, y), (x - w * 0.10, top + h * 0.22), 1.2)
    L((x + w / 2, y), (x + w * 0.10, top + h * 0.22), 1.2)
    L((x - w * 0.10, top + h * 0.22), (x, top))
    L((x + w * 0.10, top + h * 0.22), (x, top))
    lv = [1, 0.72, 0.5, 0.33, 0.2]
    for i in range(len(lv) - 1):
        a, b = lv[i], lv[i + 1]
        wa, wb = w * (0.10 + 0.40 * a), w * (0.10 + 0.40 * b)
        ya, yb = top + h * (0.22 + 0.78 * a), top + h * (0.22 + 0.78 * b)
        if i == 0:
            L((x - wa, ya), (x + wb * 0.98, yb), .8)
            L((x + wa, ya), (x - wb * 0.98, yb), .8)
        else:
            L((x - wa, ya), (x + wb, yb), .8)
            L((x + wa, ya), (x - wb, yb), .8)
    arms = []
    for f, q in ((0.10, 0.62), (0.22, 0.86), (0.34, 0.66)):
        yy = top + h * f
        L((x - w * q, yy), (x + w * q, yy))
        L((x - w * q, yy), (x, yy - h * 0.045), .8)
        L((x + w * q, yy), (x, yy - h * 0.045), .8)
        for s in (-1, 1):
            L((x + s * w * q, yy), (x + s * w * q, yy + h * 0.035), 1.3)
            arms.append((x + s * w * q, yy + h * 0.035))
    return arms


def sag(a, b, drop):
    return [a, ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2 + drop), b]


# ---------------------------------------------------------------- the window views

def view_viaduct(p, W=1250, H=1000):
    """A viaduct over a river under a moon. Inks: b, o."""
    p.put(rect(-20, -20, W + 40, H + 40), b=Fade(0, 300, 0, 640, 1, 0.34))
    # moon
    mx, my, mr = 942, 262, 132
    p.glow(mx, my, mr * 2.0, 0.45)
    stars(p, (20, 20, W - 20, 330), 26, 4)
    p.put(circ(mx, my, mr))
    p.over(circ(mx, my, mr), o=Fade(mx - mr, my - mr, mx + mr, my + mr, 0.02, 0.42))
    # hills
    p.put(hill([(-20, 560), (150, 470), (320, 520), (520, 455), (760, 540), (980, 480), (1270, 545)], H), b=(0.68, "d"))
    p.put(hill([(-20, 610), (210, 560), (420, 610), (660, 560), (900, 620), (1120, 570), (1270, 600)], H), b=1, o=0)
    # the river
    p.put(hill([(-20, 700), (300, 690), (640, 706), (1000, 690), (1270, 705)], H + 20), b=1, o=(0.26, "l"))
    # moon on the water
    for i in range(11):
        y, w = 708 + i * 17 + i * i * 1.3, 44 + i * 19
        x = 946 + (0, 10, -14, 10, -8, 24, -26, 12, -14, 20, -6)[i]
        p.put(brush([(x - w / 2, y), (x, y + 3), (x + w / 2, y - 1)], 8 + i * 1.5, 0.05), o=(0.16, "d") if i % 3 == 1 else 0)
    # viaduct
    deck = 520
    body = rect(-20, deck, W + 40, 210)
    piers = []
    for i in range(-1, 7):
        x = 20 + i * 205
        piers.append((x, 205))
        arch = join(rect(x + 22, deck + 118, 161, 300), circ(x + 102.5, deck + 118, 80.5, 84))
        body = cut(body, arch)
    p.put(body, b=1, o=1)
    for i, (x, w) in enumerate(piers):
        foot = [800, 792, 780, 770, 772, 786, 800, 812][i]
        p.put(poly((x - 22, deck + 150), (x + 22, deck + 150), (x + 28, foot), (x - 28, foot)), b=1, o=1)
        p.put(poly((x - 22, deck + 13), (x - 6, deck + 13), (x - 8, foot), (x - 28, foot)), o=1)
        p.put(poly((x - 40, foot), (x + 40, foot), (x + 60, foot + 10), (x - 60, foot + 10)), b=1, o=(.5, "l"))
    p.put(rect(-20, deck - 16, W + 40, 20), o=1)
    p.put(rect(-20, deck + 4, W + 40, 9), b=1, o=1)
    # train
    train(p, 238, deck - 16, 5, 150, 62)
    # near bank
    p.put(hill([(-20, 905), (120, 880), (260, 925), (420, 1000), (470, 1040)], H + 40), b=1, o=1)
    p.put(hill([(860, 1040), (960, 985), (1090, 900), (1270, 868)], H + 40), b=1, o=1)
    for x, y, s in ((1130, 900, 150), (1204, 890, 210), (1070, 930, 90), (60, 895, 170), (128, 900, 110)):
        fir(p, x, y + 14, s, b=1, o=1)


def fir(p, x, y, h, **ink):
    w = h * 0.34
    pts = [(x, y - h)]
    side = []
    for i, f in enumerate((0.28, 0.5, 0.74, 1.0)):
        side.append((w / 2 * f * 1.05, -h * (1 - f * 0.94)))
        side.append((w / 2 * f * 0.55, -h * (1 - f * 0.94) - h * 0.01))
    right = [(x + a, y + b) for a, b in side[:-1]]
    left = [(x - a, y + b) for a, b in side[:-1]][::-1]
    p.put(poly(*(pts + right + left)), **ink)
    p.put(rect(x - h * .015, y - h * .1, h * .03, h * .12), **ink)


def train(p, x, y, cars, cw, ch, lit="o", dark=None, gap=7, head=1, tail=None):
    """Side view, standing on y, driving to the right if head=1."""
    dark = dark or dict(b=1, o=1)
    for i in range(cars):
        cx = x + i * (cw + gap)
        if i == cars - 1 and head:
            c = d(f"M {cx} {y-ch} L {cx+cw*0.62} {y-ch} C {cx+cw*0.86} {y-ch} {cx+cw} {y-ch*0.55} {cx+cw} {y-ch*0.16} L {cx+cw} {y-4} L {cx} {y-4} Z")
        else:
            c = rect(cx, y - ch, cw, ch - 4, 6)
        p.put(c, **dark)
        n = 6
        ww = cw / (n + 1.2)
        for j in range(n):
            wx = cx + ww * 0.7 + j * ww * 1.03
            if i == cars - 1 and head and j > 4:
                continue
            p.put(rect(wx, y - ch * 0.78, ww * 0.74, ch * 0.34, 3), **({lit: (0.10, "f")} if (i * 7 + j * 5) % 4 else {lit: 0.55}))
        if i < cars - 1:
            p.put(rect(cx + cw - 1, y - ch * 0.7, gap + 2, ch * 0.55), **dark)
        for j in (0.16, 0.3, 0.7, 0.84):
            p.put(circ(cx + cw * j, y - 4, ch * 0.09), **dark)


def persp(src, dst):
    """Matrix that takes four points to four points."""
    a, b = [], []
    for (x, y), (u, v) in zip(src, dst):
        a += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        b += [u, v]
    m = np.linalg.solve(np.array(a, float), np.array(b, float))
    return skia.Matrix.MakeAll(*[float(q) for q in m], 1.0)


def view_dawn(p, W=1000, H=1250):
    """Dawn fields with pylons. Inks: b, o, k."""
    hz = 640
    p.put(rect(-20, -20, W + 40, H + 40), k=Fade(0, 230, 0, hz - 40, 1, 0.0))
    p.put(circ(655, hz - 62, 172), o=1)
    p.put(hill([(-20, 590), (160, 528), (350, 580), (540, 556), (760, 612), (1020, 560)], H), b=(0.36, "d"), k=.30)
    p.put(rect(-20, hz, W + 40, H), o=1)
    vp = (655, hz - 8)
    land = rect(-30, hz, W + 60, H)
    xs = [-5200, -3900, -2900, -2100, -1500, -1020, -620, -290, -10, 230, 440, 650, 870, 1100, 1370, 1700, 2120, 2700, 3500, 4600]
    for i in range(len(xs) - 1):
        a, b = xs[i], xs[i + 1]
        if i % 2:
            p.put(both(poly(vp, (a, H + 60), (b, H + 60)), land))
        else:   # the shaded side of the ridge
            p.put(both(poly(vp, (a, H + 60), (a + (b - a) * .42, H + 60)), land), o=1, b=1)
    # ditch with the sky in it
    p.put(both(poly(vp, (440, H + 60), (560, H + 60)), land), b=1)
    p.put(both(poly(vp, (478, H + 60), (530, H + 60)), land), k=1)
    # hedge
    p.put(hill([(-20, 606), (200, 598), (420, 620), (760, 612), (1020, 624)], hz + 6), b=1)
    for x, r in ((60, 22), (96, 32), (140, 24), (532, 16), (562, 22), (880, 26), (922, 36), (962, 24)):
        p.put(circ(x, hz - 18 - r * .2, r), b=1)
    masts = [(196, 1120, 990), (452, 826, 440), (545, 728, 226), (594, 682, 122), (621, 660, 68)]
    arms = [pylon(p, x, y, h, put=False, b=1) for x, y, h in masts]
    for i in range(len(arms) - 1):
        for a, b in zip(arms[i], arms[i + 1]):
            p.line(sag(a, b, masts[i][2] * .035), max(1.3, 3.4 * masts[i][2] / 1000), b=1)
    for a in arms[0]:
        p.line(sag(a, (a[0] - 420, a[1] - 330), 70), 4, b=1)


def figure(p, x, y, h, **ink):
    """Somebody who waits, seen from behind, with a suitcase."""
    u = h / 100
    coat = d(f"M {x-13*u} {y-78*u} C {x-20*u} {y-50*u} {x-22*u} {y-32*u} {x-21*u} {y-22*u} L {x+19*u} {y-22*u} C {x+19*u} {y-40*u} {x+17*u} {y-62*u} {x+12*u} {y-78*u} C {x+6*u} {y-84*u} {x-7*u} {y-84*u} {x-13*u} {y-78*u} Z")
    for dx in (-9, 5):
        p.put(rect(x + dx * u, y - 24 * u, 8 * u, 23 * u, 2 * u), **ink)
        p.put(rect(x + dx * u, y - 4 * u, 12 * u, 4 * u, 2 * u), **ink)
    p.put(coat, **ink)
    p.put(circ(x + 1 * u, y - 90 * u, 9 * u, 10 * u), **ink)


def view_platform(p, W=1000, H=1000):
    """A platform with one lamp and one figure. Inks: b (deep), o, k."""
    p.put(rect(-20, -20, W + 40, H + 40), b=1)
    lx, ly = 640, 742
    stars(p, (30, 30, W - 30, 420), 34, 8)
    # town far away
    p.put(hill([(-20, 560), (170, 500), (380, 552), (600, 520), (820, 560), (1020, 512)], H), b=1, o=(.45, "l"))
    rng = np.random.default_rng(5)
    for _ in range(26):
        x = rng.uniform(10, 430)
        p.put(rect(x, 566 + rng.uniform(0, 28), 7, 7), o=.35 if rng.uniform() < .6 else 1)
    # the cone of light
    cone = poly((lx - 34, 300), (lx + 34, 300), (lx + 330, ly + 42), (lx - 330, ly + 42))
    p.put(cone, o=Fade(0, 300, 0, ly + 40, 0.04, 0.62))
    p.put(both(cone, hill([(-20, 560), (170, 500), (380, 552), (600, 520), (820, 560), (1020, 512)], H)), o=Fade(0, 300, 0, ly + 40, 0.16, 0.80))
    # platform
    p.put(poly((-20, 700), (W + 20, 724), (W + 20, 900), (-20, 806)), b=1, o=1)
    pool = circ(lx, ly + 44, 336, 54)
    slab = poly((-20, 700), (W + 20, 724), (W + 20, 900), (-20, 806))
    p.put(both(pool, slab), o=(0.34, "d"))
    p.put(both(circ(lx, ly + 44, 210, 32), slab), o=0)
    p.put(poly((-20, 790), (W + 20, 878), (W + 20, 900), (-20, 806)))
    p.put(poly((-20, 806), (W + 20, 900), (W + 20, 950), (-20, 838)), b=1, o=(.5, "l"))
    # rails
    p.put(poly((-20, 838), (W + 20, 950), (W + 20, H + 30), (-20, H + 30)), b=1, o=(.22, "d"))
    p.line([(-20, 880), (760, 1020)], 12, over=False, b=0, o=1)
    p.line([(-20, 930), (430, 1020)], 15, over=False, b=0, o=1)
    # canopy
    p.put(poly((-20, 96), (W + 20, -40), (-20, -40)), b=1, o=1)
    p.put(poly((-20, 96), (W + 20, -40), (W + 20, -28), (-20, 118)), o=1)
    # shadow, post, figure
    fx, fy = 520, 806
    p.put(poly((fx - 16, fy - 4), (fx + 16, fy - 4), (fx - 190, fy + 20), (fx - 250, fy + 12)), b=1, o=1)
    p.put(rect(lx - 6, 300, 12, ly + 32 - 300), b=1, o=1)
    p.put(rect(lx - 14, ly - 20, 28, 56, 4), b=1, o=1)
    p.put(d(f"M {lx-70} 300 C {lx-60} 250 {lx-26} 236 {lx} 236 C {lx+26} 236 {lx+60} 250 {lx+70} 300 Z"), b=1, o=1)
    p.put(rect(lx - 48, 296, 96, 14, 7))
    # sign without words
    p.put(rect(lx + 6, 416, 140, 66, 5), b=1, o=1)
    p.put(rect(lx + 24, 434, 70, 9, 4))
    p.put(rect(lx + 24, 454, 46, 9, 4), o=1)
    figure(p, fx, fy, 262, b=1, o=1)
    p.put(brush([(fx - 30, fy - 212), (fx, fy - 203), (fx + 32, fy - 214)], 24, .5), k=1)
    p.put(brush([(fx - 20, fy - 208), (fx - 34, fy - 170), (fx - 28, fy - 140)], 15, .6), k=1)
    p.put(rect(fx + 62, fy - 66, 78, 62, 8), b=1)
    p.put(rect(fx + 62, fy - 46, 78, 8), o=1)
    p.line([(fx + 88, fy - 66), (fx + 92, fy - 80), (fx + 110, fy - 80), (fx + 114, fy - 66)], 6, over=False, b=1)
    # signal
    p.put(rect(150, 470, 9, 300), b=1, o=1)
    p.put(rect(130, 410, 48, 104, 22), b=1, o=1)
    p.put(circ(154, 438, 14), k=1, o=.6)
    p.put(circ(154, 484, 12), b=1, o=(.5, "l"))


def view_mountains(p, W=1000, H=1250):
    """Snowy mountains with a tunnel mouth. Inks: b, o."""
    p.put(rect(-20, -20, W + 40, H + 40), o=1)
    p.put(circ(222, 236, 84))
    p.put(circ(262, 214, 78), o=1)
    for i, (x0, x1, y) in enumerate([(520, 900, 150), (610, 1040, 196), (-30, 330, 420), (60, 240, 462)]):
        p.put(brush([(x0, y), ((x0 + x1) / 2, y - 4), (x1, y + 2)], 15, .05))
    # far range
    p.put(poly((-20, 640), (80, 520), (150, 575), (270, 430), (400, 600), (520, 520), (1020, 700), (1020, H), (-20, H)), b=(.42, "d"), o=1)
    # big peak
    peak = poly((60, 1000), (230, 760), (330, 690), (420, 560), (470, 520), (590, 318), (640, 270), (700, 370), (760, 430), (800, 540), (880, 620), (1020, 800), (1020, 1000))
    p.put(peak)
    shade = poly((640, 270), (700, 370), (760, 430), (800, 540), (880, 620), (1020, 800), (1020, 1010), (700, 1010), (760, 880), (690, 800), (730, 700), (650, 640), (690, 540), (626, 470), (660, 380))
    p.put(shade, b=1)
    for q in ([(590, 400), (560, 480), (600, 560), (540, 640), (575, 600), (630, 540), (606, 470)],
              [(470, 590), (430, 690), (470, 760), (400, 850), (455, 800), (505, 740), (474, 680)],
              [(330, 760), (280, 850), (310, 910), (340, 840)],
              [(560, 720), (520, 800), (560, 870), (500, 960), (590, 900), (606, 830), (580, 790)]):
        p.put(poly(*q), b=(.38, "d"))
    for q in ([(770, 560), (820, 660), (800, 740), (870, 800), (850, 700), (810, 610)],
              [(880, 720), (930, 800), (920, 880), (980, 930), (960, 840)],
              [(716, 470), (752, 540), (742, 590), (776, 610), (770, 540)]):
        p.put(poly(*q), b=(.38, "d"))
    # second peak left
    p.put(poly((-20, 700), (60, 610), (120, 660), (200, 780), (300, 900), (330, 1010), (-20, 1010)))
    p.put(poly((60, 610), (120, 660), (200, 780), (300, 900), (330, 1010), (150, 1010), (170, 900), (110, 820), (130, 740)), b=1)
    # snow slope with the portal
    p.put(hill([(-20, 930), (170, 880), (400, 915), (640, 868), (860, 920), (1020, 890)], H + 30), b=(.16, "d"))
    cx, cy = 560, 1046
    p.put(d(f"M {cx-190} {H+30} L {cx-176} {cy-40} C {cx-160} {cy-170} {cx-70} {cy-196} {cx} {cy-196} C {cx+70} {cy-196} {cx+160} {cy-170} {cx+176} {cy-40} L {cx+190} {H+30} Z"), b=1)
    for i in range(9):
        a = math.pi * (i / 8)
        r0, r1 = 128, 172
        p.line([(cx - r0 * math.cos(a), cy - r0 * math.sin(a) * .98), (cx - r1 * math.cos(a), cy - r1 * math.sin(a))], 5, over=False)
    p.put(d(f"M {cx-124} {H+30} L {cx-124} {cy} C {cx-124} {cy-168} {cx+124} {cy-168} {cx+124} {cy} L {cx+124} {H+30} Z"), b=1, o=1)
    # snow on the portal
    p.put(brush([(cx - 182, cy - 92), (cx - 120, cy - 176), (cx, cy - 212), (cx + 110, cy - 186), (cx + 186, cy - 84)], 40, .25))
    # lights in the dark
    p.put(circ(cx - 8, cy - 8, 60), b=1, o=(.6, "d"))
    for dx in (-36, 20):
        p.put(circ(cx + dx, cy, 13))
    p.put(circ(cx - 8, cy - 44, 9))
    # track out of the tunnel
    for f in (0.0, .12, .28, .50, .80):
        y = cy + 78 + f * 140
        p.put(rect(cx - 44 - 70 * f, y, 72 + 140 * f, 5 + 9 * f), o=1)
    for a in (-1, 1):
        p.put(poly((cx - 8 + a * 22, cy + 68), (cx - 8 + a * 29, cy + 68), (cx - 8 + a * 96, H + 30), (cx - 8 + a * 74, H + 30)))
    p.put(hill([(-20, 1080), (120, 1050), (250, 1120), (330, 1210), (340, 1290)], H + 60))
    p.put(hill([(690, 1290), (740, 1200), (860, 1120), (1020, 1090)], H + 60))
    p.put(hill([(760, 1290), (800, 1230), (900, 1170), (1020, 1150)], H + 60), b=(.3, "d"))
    for x, y, s in ((70, 1120, 250), (168, 1130, 180), (250, 1150, 120), (930, 1160, 270), (842, 1170, 170), (996, 1170, 200)):
        fir(p, x, y, s, b=1)


def poles(p, pts, **ink):
    """Telegraph poles; pts: (x, foot, height)."""
    arms = []
    for x, y, h in pts:
        w = max(2, h * .03)
        p.put(poly((x - w / 2, y), (x - w * .35, y - h), (x + w * .35, y - h), (x + w / 2, y)), **ink)
        a = []
        for f, q in ((.06, .17), (.17, .14)):
            p.put(rect(x - h * q, y - h * (1 - f), 2 * h * q, w * .6), **ink)
            a += [(x - h * q * .9, y - h * (1 - f) - w * .4), (x + h * q * .9, y - h * (1 - f) - w * .4)]
        arms.append(a)
    for i in range(len(arms) - 1):
        for a, b in zip(arms[i], arms[i + 1]):
            p.line(sag(a, b, abs(a[0] - b[0]) * .05), max(1.2, pts[i][2] * .006), **ink)
    return arms


# ---------------------------------------------------------------- the pictures

def riso(w, h, seed, **kw):
    base = dict(b=(BLUE, 75, (0, 0)), o=(ORANGE, 15, (3, -2)))
    base.update({q: v for q, v in kw.items() if isinstance(v, tuple)})
    return Press(w, h, seed, **base, **{q: v for q, v in kw.items() if not isinstance(v, tuple)})


K = (PINK, 45, (-2, 2))


def gallery_1():
    p = riso(1000, 1250, 11, k=K, pitch=9)
    view_dawn(p)
    return p


def gallery_2():
    p = riso(1250, 1000, 12, pitch=8.5)
    view_viaduct(p)
    return p


def gallery_3():
    p = riso(1000, 1000, 13, b=(DEEP, 75, (0, 0)), k=K)
    view_platform(p)
    return p


def gallery_4():
    p = riso(1000, 1250, 14, pitch=8.5)
    view_mountains(p)
    return p


HEAD = dict(
    face="M 300 350 L 470 320 C 500 350 516 384 514 404 C 512 424 506 436 510 452 C 518 482 520 508 510 540 C 500 576 484 612 462 640 C 442 662 404 664 372 648 C 330 628 300 590 284 540 Z",
    hair="M 400 196 C 318 190 238 240 208 330 C 184 404 178 520 196 600 C 206 650 226 690 262 716 C 300 722 322 700 324 664 C 300 610 300 540 312 484 C 318 456 322 438 326 420 "
         "C 380 428 450 424 500 398 C 512 420 522 470 522 520 C 522 548 518 566 512 584 C 536 566 546 520 546 470 C 546 420 546 380 536 336 C 518 250 470 200 400 196 Z",
    knot="M 236 232 C 196 206 196 150 240 130 C 290 108 346 138 344 184 C 342 222 300 246 236 232 Z",
    scarf="M 206 664 C 240 700 300 716 360 706 C 420 700 470 660 520 600 C 556 612 584 660 586 712 C 588 768 540 822 460 846 C 380 868 270 856 214 806 C 176 770 176 700 206 664 Z",
    tail="M 420 830 L 516 800 C 540 880 552 960 548 1060 L 446 1070 C 452 980 442 900 420 830 Z",
    coat="M 212 786 C 150 812 76 850 40 930 C 4 1010 -20 1120 -24 1230 L 700 1230 C 704 1120 690 1000 650 910 C 630 866 600 820 560 790 Z",
)


def portrait():
    p = riso(960, 1200, 21, k=K, pitch=8.5)
    H = {q: d(v) for q, v in HEAD.items()}
    # the carriage wall and the window
    p.put(rect(-20, -20, 1000, 1240), b=1, o=1)
    p.put(rect(42, 36, 1120, 908, 98))
    p.push(clip=rect(56, 50, 1100, 880, 84))
    p.put(rect(0, 0, 960, 960), b=Fade(0, 190, 0, 560, 1, 0), k=Fade(0, 330, 0, 640, 0, 1))
    stars(p, (90, 70, 950, 250), 16, 3)
    p.put(circ(624, 596, 78), o=1)
    p.put(hill([(-20, 660), (300, 610), (520, 650), (700, 612), (860, 646), (1000, 606)], 1000), b=(.38, "d"), k=.6)
    p.put(hill([(-20, 740), (420, 716), (600, 694), (780, 726), (1000, 680)], 1000), b=1)
    p.put(hill([(-20, 880), (500, 836), (760, 866), (1000, 828)], 1000), b=1, o=1)
    # her reflection: the same shapes, thin, with the land showing through
    p.push(x=1176, y=70, sx=-.86, sy=.86)
    p.over(H["coat"], b=.82, o=.42)
    p.over(H["knot"], b=.66, k=.25)
    p.over(H["face"], b=.13, k=.26)
    p.over(H["hair"], b=.66, k=.25)
    p.over(H["scarf"], k=.75, b=.34)
    p.over(circ(414, 478, 9, 12), b=.8)
    p.over(circ(492, 474, 7, 11), b=.8)
    p.over(brush([(376, 472), (408, 453), (442, 466)], 8, .3), b=.8)
    p.over(brush([(474, 463), (493, 451), (512, 462)], 7, .3), b=.8)
    p.over(brush([(494, 494), (506, 528), (496, 540), (478, 540)], 6, .4), b=.66)
    p.over(brush([(446, 596), (466, 602), (486, 592)], 7, .3), b=.66)
    p.pop()
    for x, y in ((612, 744), (634, 752), (652, 742), (674, 760), (704, 770), (748, 764), (790, 782), (806, 770)):
        p.put(rect(x, y, 8, 8), o=.2)
    for x, w in ((700, 34), (752, 12)):
        p.over(poly((x, 40), (x + w, 40), (x + w - 130, 300), (x - 130, 300)), b=(.70, "l"))
    p.pop()
    # seat
    p.put(d("M -20 520 C 60 500 128 540 140 640 L 176 1220 L -20 1220 Z"), b=1)
    p.put(d("M -20 500 C 60 480 116 500 128 560 L 140 640 L -20 648 Z"), b=(.26, "d"))
    p.put(d("M -20 640 L 138 632 L 140 650 L -20 658 Z"), k=1)
    # table, cup, book
    p.put(poly((640, 1010), (980, 978), (980, 1220), (600, 1220)), b=1)
    p.put(poly((640, 1010), (980, 978), (980, 992), (638, 1025)))
    p.put(d("M 838 872 L 944 866 L 928 1030 C 926 1042 858 1046 856 1034 Z"))
    p.put(d("M 843 920 L 939 914 L 934 972 L 849 978 Z"), o=1)
    p.put(circ(891, 869, 53, 11))
    p.put(circ(891, 870, 43, 7), b=1, o=1)
    for q in ([(876, 846), (860, 812), (886, 780), (870, 742)], [(908, 844), (924, 806), (902, 774), (918, 736)]):
        p.put(brush(q, 9, .1))
    p.put(poly((676, 1092), (980, 1058), (980, 1220), (640, 1220)))
    p.put(poly((676, 1092), (692, 1090), (660, 1220), (640, 1220)), k=1)
    p.put(hill([(800, 1160), (860, 1120), (920, 1140), (990, 1104)], 1230), b=(.38, "d"))
    p.put(hill([(770, 1200), (860, 1168), (990, 1172)], 1230), b=1)
    p.put(circ(930, 1098, 17), o=1)
    # coat
    p.put(H["coat"], o=1)
    p.over(both(H["coat"], d("M -30 1240 L -30 960 L 30 930 C 10 1040 40 1150 110 1240 Z")), b=(.55, "l"))
    p.over(brush([(140, 960), (150, 1090), (196, 1230)], 9, .3), b=1)
    p.over(brush([(276, 846), (330, 930), (402, 1006), (404, 1120), (400, 1230)], 8, .3), b=1)
    p.over(brush([(276, 846), (236, 900), (300, 960), (402, 1006)], 8, .3), b=1)
    for y in (1066, 1160):
        p.put(circ(350, y, 15), b=1, o=1)
    # arm
    arm = d("M 560 900 C 640 900 690 980 742 1062 L 690 1150 C 610 1140 540 1080 500 1020 Z")
    p.put(arm, o=1)
    p.over(brush([(506, 1030), (560, 1096), (630, 1140), (692, 1152)], 9, .3), b=1)
    p.over(brush([(640, 920), (690, 980), (742, 1060)], 7, .3), b=1)
    # face
    p.put(d("M 300 560 L 320 760 L 470 740 L 450 640 Z"), o=(.38, "d"))
    p.put(H["face"], o=.10)
    p.over(both(H["face"], d("M 260 330 L 340 380 C 322 470 326 570 390 668 L 240 660 Z")), o=(.34, "d"))
    p.over(both(H["face"], d("M 300 400 L 520 380 L 520 414 C 450 434 380 440 320 438 Z")), o=(.34, "d"))
    p.over(both(H["face"], circ(392, 556, 36)), k=(.45, "d"))
    p.put(circ(414, 478, 10, 13), b=1, o=1)
    p.put(circ(492, 474, 8, 12), b=1, o=1)
    p.put(brush([(368, 478), (378, 464), (408, 452), (434, 459), (444, 470)], 9, .35), b=1, o=1)
    p.put(brush([(368, 478), (360, 480), (352, 474)], 6, .5), b=1, o=1)
    p.put(brush([(474, 465), (492, 451), (512, 462)], 8, .35), b=1, o=1)
    p.put(brush([(494, 490), (507, 526), (500, 541), (476, 541)], 7, .4), o=1, b=.35)
    for x, y in ((440, 522), (454, 534), (436, 540)):
        p.put(circ(x, y, 3), o=1)
    p.put(d("M 444 594 C 454 589 460 593 466 593 C 472 589 480 588 488 590 C 480 608 458 610 444 594 Z"), k=1, o=.6)
    p.put(brush([(440, 592), (464, 599), (490, 588)], 4, .3), b=1, o=1)
    # hair
    p.put(H["knot"], b=1, o=1)
    p.put(H["hair"], b=1, o=1)
    for q in ([(262, 316), (236, 420), (232, 560), (254, 660)], [(300, 300), (272, 400), (266, 520), (282, 610)],
              [(322, 264), (396, 238), (470, 272)], [(352, 312), (420, 296), (488, 334)], [(238, 176), (270, 158), (310, 170)]):
        p.put(brush(q, 7, .1), b=1)
    p.put(brush([(232, 232), (280, 244), (336, 212)], 16, .4), k=1)
    # scarf
    for i in range(7):
        x = 454 + i * 14
        p.line([(x, 1060), (x + 3, 1096 + (i % 3) * 6)], 7, over=False, k=1)
    p.put(H["tail"], k=1)
    p.put(H["scarf"], k=1)
    for y in (880, 930, 980, 1030):
        p.over(both(H["tail"], poly((400, y), (560, y - 26), (560, y - 6), (400, y + 20))), o=1)
    for q in ([(200, 716), (300, 768), (430, 742), (556, 630)], [(206, 776), (320, 826), (460, 798), (590, 690)]):
        p.over(both(brush(q, 24, .6), H["scarf"]), o=1)
    p.put(brush([(240, 712), (340, 738), (440, 704), (524, 620)], 6, .1), b=1, o=1)
    p.put(brush([(424, 850), (462, 806), (534, 764)], 7, .1), b=1, o=1)
    # hand, pencil
    p.put(poly((726, 1036), (768, 1072), (708, 1172), (664, 1148)), k=1)
    p.put(d("M 756 1076 C 786 1066 822 1074 836 1096 C 846 1114 838 1124 828 1128 C 836 1138 830 1152 816 1154 C 790 1164 744 1172 712 1156 Z"), o=.10)
    p.put(brush([(770, 1126), (800, 1130), (830, 1126)], 5, .3), o=1, b=.35)
    p.put(poly((766, 992), (784, 983), (855, 1136), (837, 1146)), o=1)
    p.put(poly((766, 992), (772, 989), (843, 1143), (837, 1146)), o=1, b=1)
    p.put(poly((837, 1146), (855, 1136), (864, 1176)))
    p.put(poly((853, 1160), (861, 1156), (864, 1177)), b=1, o=1)
    p.put(d("M 766 1082 C 796 1072 828 1086 834 1104 C 826 1116 806 1112 790 1108 Z"), o=.10)
    p.put(brush([(790, 1108), (812, 1116), (834, 1104)], 5, .3), o=1, b=.35)
    return p


def cover():
    W, H = 1600, 1000
    p = riso(W, H, 22, b=(DEEP, 75, (0, 0)), k=K, pitch=9)
    p.put(rect(-20, -20, W + 40, H + 40), b=Fade(0, 400, 0, 690, 1, .58))
    mx, my, mr = 1176, 272, 150
    p.glow(mx, my, 300, .45)
    stars(p, (30, 20, W - 30, 420), 46, 9)
    p.put(circ(mx, my, mr), o=Fade(mx - mr, my - mr, mx + mr, my + mr, .0, .45))
    p.put(brush([(900, 330), (1060, 318), (1230, 330)], 20, .05), b=1)
    p.put(brush([(1120, 376), (1260, 366), (1440, 380)], 14, .05), b=1)
    p.put(hill([(-20, 600), (240, 560), (520, 610), (760, 520), (960, 470), (1150, 560), (1330, 500), (1640, 580)], H), b=1, o=(.38, "l"))
    p.put(hill([(-20, 660), (300, 640), (620, 676), (900, 610), (1180, 660), (1400, 600), (1640, 650)], H), b=1)
    p.put(hill([(-20, 720), (420, 704), (800, 716), (1200, 700), (1640, 716)], H), b=1, o=(.16, "d"))
    # lake
    p.put(poly((-20, 772), (W + 20, 772), (W + 20, 900), (-20, 900)), b=.9)
    for i, (w, y) in enumerate([(150, 784), (210, 800), (120, 818), (250, 838), (150, 858), (90, 876)]):
        p.put(brush([(mx - w, y), (mx + (-1) ** i * 30, y + 2), (mx + w, y)], 9 + i, .03), o=.22)
    # embankment and train
    y = 764
    p.put(rect(-20, y, W + 40, 16), b=1, o=1)
    train(p, 516, y, 6, 138, 60)
    p.put(poly((1384, y - 28), (1620, y - 78), (1620, y + 0), (1384, y - 14)), b=Fade(1400, 0, 1600, 0, 0, 1), o=.12)
    rng = np.random.default_rng(4)
    for i in range(30):
        x = 532 + i * 28.9
        if i % 5 != 4:
            for j in range(int(rng.integers(2, 6))):
                q = 13 - j * 1.7
                p.put(circ(x + 6 + rng.uniform(-2, 2), y + 28 + j * 13, q * .8, 2.8), o=.75 if j % 2 else .25)
    for x in range(-10, W, 176):
        p.put(rect(x, y - 104, 5, 104), b=1, o=1)
        p.put(rect(x, y - 100, 44, 4), b=1, o=1)
    p.line([(-20, y - 92), (W + 20, y - 92)], 2.6, b=1, o=1)
    # near field, a signal
    p.put(hill([(-20, 880), (300, 856), (700, 892), (1100, 868), (1640, 900)], H + 30), b=1, o=1)
    for i, q in enumerate(range(-1500, 3300, 200)):
        wedge = both(poly((900, 800), (q, H + 60), (q + 84, H + 60)), hill([(-20, 896), (300, 872), (700, 906), (1100, 884), (1640, 914)], H + 30))
        p.put(wedge, o=1)
    p.put(rect(1505, 620, 10, 330), b=1, o=1)
    p.put(rect(1483, 560, 54, 118, 25), b=1, o=1)
    p.put(circ(1510, 592, 17), k=1, o=.5)
    p.put(circ(1510, 644, 14), b=1)
    return p


def mini(p, kind, w=400, h=520):
    """Small landscapes for the sheets on the table; each a handful of shapes."""
    R = rect(-10, -10, w + 20, h + 20)
    if kind == 0:      # rails to the moon
        p.put(R, b=1)
        p.put(circ(200, 170, 92), o=.15)
        p.put(hill([(-10, 300), (100, 270), (260, 306), (410, 262)], h + 10), b=1, o=1)
        p.put(poly((196, 296), (204, 296), (330, h + 10), (70, h + 10)), o=1)
        for i in range(7):
            f = (i / 7) ** 1.8
            y = 305 + f * 215
            p.put(rect(200 - 8 - 130 * f, y, 16 + 260 * f, 3 + 12 * f), b=1, o=1)
        for a, b in ((-2, -92), (2, 92)):
            p.line([(200 + a, 297), (200 + b, h + 10)], 5, over=False)
    elif kind == 1:    # sea
        p.put(R, k=1)
        p.put(circ(130, 220, 84), o=1)
        p.put(rect(-10, 250, w + 20, h), b=1)
        for i in range(8):
            y = 268 + i * 27
            p.put(brush([(130 - 70 - i * 6 + (i % 2) * 30, y), (130, y + 2), (130 + 70 + i * 5 - (i % 3) * 22, y)], 7 + i, .03), k=1, o=.8)
        p.put(hill([(-10, 470), (80, 440), (200, 490), (410, 452)], h + 20), b=1, o=1)
    elif kind == 2:    # poles in a field
        p.put(R)
        p.put(rect(-10, -10, w + 20, 250), o=Fade(0, 20, 0, 250, .75, .1))
        p.put(rect(-10, 240, w + 20, h), o=1)
        for i in range(6):
            p.put(both(poly((226, 240), (-560 + i * 240, h + 10), (-450 + i * 240, h + 10)), rect(-10, 240, w + 20, h)), b=1)
        poles(p, [(56, 450, 350), (150, 336, 170), (194, 284, 84)], b=1)
    elif kind == 3:    # layered hills, lit train
        p.put(R, o=.12)
        p.put(circ(120, 120, 50), o=1)
        for i, (y, t, o) in enumerate([(200, (.35, "d"), 0), (270, (.65, "d"), 0), (340, 1, 0), (430, 1, 1)]):
            a = (-1) ** i
            p.put(hill([(-10, y + 20 * a), (100, y - 30 * a), (230, y + 24 * a), (410, y - 26 * a)], h + 10), b=t, o=o)
        p.put(rect(150, 386, 270, 22, 4), b=1, o=1)
        for j in range(11):
            p.put(rect(158 + j * 22, 391, 14, 9), o=.1)
    elif kind == 4:    # tunnel
        p.put(R, o=1)
        p.put(poly((-10, 300), (50, 220), (80, 250), (160, 90), (250, 230), (410, 330), (410, h + 10), (-10, h + 10)))
        p.put(poly((160, 90), (250, 230), (410, 330), (410, 430), (180, 430), (210, 320), (156, 250)), b=1)
        p.put(hill([(-10, 400), (120, 370), (280, 404), (410, 380)], h + 10), b=.16)
        p.put(d("M 48 530 L 48 440 C 48 350 192 350 192 440 L 192 530 Z"), b=1)
        p.put(d("M 74 530 L 74 446 C 74 384 166 384 166 446 L 166 530 Z"), b=1, o=1)
        p.put(circ(106, 470, 8))
        p.put(circ(134, 470, 8))
    elif kind == 5:    # lamp at a crossing
        p.put(R, b=1, o=1)
        p.put(poly((110, 120), (130, 120), (240, 430), (0, 430)), o=.25)
        p.put(circ(120, 430, 140, 30), o=.06)
        p.put(rect(117, 110, 7, 330), b=1, o=1)
        p.put(rect(90, 100, 60, 18, 9), b=1)
        p.put(rect(-10, 470, w + 20, 8), o=1)
        p.put(rect(-10, 496, w + 20, 10), o=1)
        figure(p, 68, 436, 92, b=1, o=1)
    elif kind == 6:    # river bend
        p.put(R, b=1)
        p.put(hill([(-10, 150), (130, 90), (280, 170), (410, 120)], h), b=1, o=(.5, "l"))
        p.put(hill([(-10, 200), (130, 180), (280, 210), (410, 190)], h + 10), k=1)
        p.put(d("M 180 205 C 320 250 60 300 150 360 C 230 410 60 440 20 530 L 300 530 C 330 440 330 400 260 350 C 190 300 330 260 204 205 Z"), b=1)
        p.put(circ(310, 70, 30))
        for x, y, s in ((330, 470, 150), (370, 490, 110), (60, 330, 90), (30, 350, 120)):
            fir(p, x, y, s, b=1)


def leaf(p, x, y, rot, scale, kind, shadow=(26, 30)):
    """One sheet with its margin and its shadow."""
    p.push(x=x, y=y, rot=rot, scale=scale)
    p.over(rect(-242 + shadow[0], -310 + shadow[1], 484, 640), b=(.62, "l"))
    p.put(rect(-242, -310, 484, 640))
    p.push(x=-200, y=-270, clip=rect(0, 0, 400, 520, 3))
    mini(p, kind)
    p.pop()
    # number, marks, initials: a few strokes
    p.over(rect(-200, 276, 46, 5, 2), b=.8)
    p.over(brush([(128, 284), (150, 270), (164, 288), (200, 272)], 5, .2), b=.8)
    p.pop()


def prints():
    W, H = 1600, 1000
    p = riso(W, H, 23, k=K, pitch=8.5)
    p.put(rect(-20, -20, W + 40, H + 40), o=1)
    # a fan around a point below the table
    cx, cy, r = 760, 1690, 1180
    for kind, a in [(5, -33), (2, -22), (6, -11), (3, 0), (1, 11), (4, 22), (0, 33)]:
        t = math.radians(a)
        leaf(p, cx + r * math.sin(t), cy - r * math.cos(t), a, .98, kind, (-16, 20))
    # pencil
    p.push(x=1318, y=150, rot=24)
    p.over(rect(-196, 14, 420, 20, 9), b=(.62, "l"))
    p.put(rect(-190, -12, 390, 24, 3), b=1)
    p.put(rect(-190, -4, 390, 7), b=.45)
    p.put(poly((-190, -12), (-190, 12), (-240, 0)))
    p.put(poly((-226, -4), (-226, 4), (-242, 0)), b=1, o=1)
    p.put(rect(200, -12, 30, 24, 4), k=1)
    p.pop()
    # a cup, seen from above
    p.over(circ(172, 196, 108), b=(.62, "l"))
    p.put(circ(190, 170, 108))
    p.put(circ(190, 170, 90), b=1, o=1)
    p.put(brush([(122, 150), (142, 112), (184, 96)], 9, .1), o=1)
    return p


LETTERS = {  # strokes on a grid of 4 x 6
    "U": [[(0, 0), (0, 4.2)], ("arc", 0, 2.2, 4, 6, 180, -180), [(4, 4.2), (4, 0)]],
    "M": [[(0, 6), (0, 0), (2, 3.4), (4, 0), (4, 6)]],
    "S": [("s",)],
    "T": [[(-.1, 0), (4.1, 0)], [(2, 0), (2, 6)]],
    "E": [[(4, 0), (0, 0), (0, 6), (4, 6)], [(0, 3), (3.2, 3)]],
    "I": [[(0, 0), (0, 6)]],
    "G": [("g",)],
    "N": [[(0, 6), (0, 0), (4, 6), (4, 0)]],
}


def lettering(text, x, y, h, gap=0.36, weight=1.15):
    """Own capitals from strokes: one path to be stroked, the width to stroke it with, the end."""
    u = h / 6
    path = skia.Path()
    for ch in text:
        for st in LETTERS[ch]:
            if st[0] == "arc":
                path.moveTo(x, y + 4 * u)
                path.cubicTo(x, y + 6.67 * u, x + 4 * u, y + 6.67 * u, x + 4 * u, y + 4 * u)
            elif st[0] == "s":
                path.moveTo(x + 3.9 * u, y + 1.2 * u)
                path.cubicTo(x + 3.6 * u, y - .5 * u, x, y - .5 * u, x, y + 1.5 * u)
                path.cubicTo(x, y + 3.4 * u, x + 4 * u, y + 2.5 * u, x + 4 * u, y + 4.5 * u)
                path.cubicTo(x + 4 * u, y + 6.5 * u, x + .2 * u, y + 6.5 * u, x - .1 * u, y + 4.7 * u)
            elif st[0] == "g":
                path.moveTo(x + 4 * u, y + 1.4 * u)
                path.cubicTo(x + 3.4 * u, y - .5 * u, x, y - .9 * u, x, y + 3 * u)
                path.cubicTo(x, y + 6.9 * u, x + 4 * u, y + 6.6 * u, x + 4 * u, y + 3.3 * u)
                path.lineTo(x + 2.2 * u, y + 3.3 * u)
            else:
                path.moveTo(x + st[0][0] * u, y + st[0][1] * u)
                for q in st[1:]:
                    path.lineTo(x + q[0] * u, y + q[1] * u)
        x += (0 if ch == "I" else 4 * u) + weight * u + gap * u * 2
    return path, weight * u, x - weight * u - gap * u * 2


def zine_cover(p, w=1160, h=800):
    """Wrap-around cover: rails that part and meet, from the back to the front. Inks b, o, k."""
    p.put(rect(-5, -5, w + 10, h + 10), o=1)
    p.put(circ(800, 262, 150), k=1)
    tracks = [[(40, 830), (80, 640), (300, 470), (520, 380), (700, 240), (760, -30)],
              [(300, 830), (300, 660), (180, 480), (150, 300), (240, 120), (250, -30)],
              [(470, 830), (470, 680), (640, 520), (900, 430), (1020, 260), (1040, -30)],
              [(690, 830), (690, 660), (560, 460), (440, 300), (430, 120), (470, -30)],
              [(1060, 830), (1050, 660), (960, 500), (700, 430), (420, 470), (200, 640), (170, 830)]]
    for t in tracks:
        p.over(spline(t), 54, "butt", b=1)
    for t in tracks:
        c = spline(t)
        p.put(c, 36, "butt", o=1)
        p.put(c, 18, "butt", b=1)
    p.put(rect(604, 588, 512, 118))
    a, lw, end = lettering("UMSTEIGEN", 0, 0, 70)
    s = (512 - 52) / (end + lw)
    p.push(x=604 + 26 + lw * s / 2, y=615, scale=s, sy=s * 1.02)
    p.put(a, lw, "butt", b=1)
    p.pop()
    p.put(circ(646, 82, 40))
    p.put(d("M 630 66 L 662 66 L 644 104"), 8, "butt", b=1)
    p.put(rect(60, 716, 92, 40, 3))
    for i in range(9):
        p.put(rect(68 + i * 8.6, 722, 2 + (i * 5) % 4, 28), b=1)


def zine():
    W, H = 1200, 900
    p = riso(W, H, 24, k=K, pitch=8.5)
    p.put(rect(-20, -20, W + 40, H + 40), b=1)
    p.put(circ(300, 330, 260), b=(.66, "d"))
    p.put(rect(-20, 650, W + 40, 320))
    # it stands on its open edges, the fold towards us
    p.over(poly((520, 846), (1010, 776), (1230, 650), (900, 650)), b=(.62, "l"))
    top = [(560, 70), (1010, 132), (1010, 770), (560, 846)]
    left = [(196, 140), (560, 70), (560, 846), (196, 752)]
    for i in range(4):      # the edges of the pages
        q = 18 - i * 5
        p.put(poly((560, 80), (1010 + q, 132 + q * .8 + 6), (1010 + q, 770 - q * .5), (560, 846)))
        p.line([(1010 + q, 132 + q * .8 + 6), (1010 + q, 770 - q * .5)], 2, over=False, b=1)
    p.push(matrix=persp([(0, 0), (580, 0), (580, 800), (0, 800)], left), clip=rect(0, 0, 581, 800))
    zine_cover(p)
    p.pop()
    p.push(matrix=persp([(580, 0), (1160, 0), (1160, 800), (580, 800)], top), clip=rect(580, 0, 580, 800))
    zine_cover(p)
    p.pop()
    p.line([(560, 70), (560, 846)], 5, over=False, b=1, o=1)
    for y in (240, 660):
        p.line([(560, y), (560, y + 42)], 6, over=False)
    return p


def video_1():
    W, H = 1280, 720
    p = riso(W, H, 25, k=K, pitch=8)
    vx, vy = 800, 330
    p.put(rect(-20, -20, W + 40, H + 40), k=Fade(0, 60, 0, vy, 1, .0))
    p.put(circ(vx, vy - 10, 128), o=1)
    # speed: wedges of sky and ground
    rng = np.random.default_rng(7)
    for i in range(44):
        a = rng.uniform(math.pi * 1.03, math.pi * 1.97)
        r0, r1 = rng.uniform(230, 420), rng.uniform(700, 1500)
        da = rng.uniform(.003, .011)
        p.over(poly((vx + r0 * math.cos(a), vy + r0 * math.sin(a)), (vx + r1 * math.cos(a - da), vy + r1 * math.sin(a - da)), (vx + r1 * math.cos(a + da), vy + r1 * math.sin(a + da))), b=1)
    p.put(hill([(-20, 250), (200, 214), (430, 300), (640, 322), (760, 326), (900, 322), (1080, 286), (1300, 236)], vy + 20), b=(.40, "d"), k=.3)
    p.put(rect(-20, vy, W + 40, H), b=1)
    def wedge(x0, x1, **ink):
        p.put(both(poly((vx, vy), (x0, H + 40), (x1, H + 40)), rect(-20, vy, W + 40, H)), **ink)
    for x0, x1 in ((-3200, -2300), (-1900, -1450), (-1200, -960), (1780, 2000), (2300, 2800), (3400, 4600)):
        wedge(x0, x1, b=1, o=1)
    for x0, x1 in ((-2300, -2180), (-960, -900), (2000, 2050), (2800, 2920)):
        wedge(x0, x1, o=1)
    wedge(-420, 1120, o=1)
    wedge(-420, 1120, o=1, b=Fade(0, vy, 0, H, .7, .15, "l"))
    for i in range(13):
        f = (i / 12.0) ** 2.6
        y = vy + 6 + f * (H - vy + 30)
        s = (y - vy) / (H + 40 - vy)
        l, r = vx + (-330 - vx) * s, vx + (1020 - vx) * s
        p.put(rect(l, y, r - l, 2 + 34 * f), b=1, o=1)
    wedge(-190, -90)
    wedge(770, 862)
    # masts rush by
    for s, side in ((1.0, -1), (.42, -1), (.2, -1), (.1, -1), (.62, 1), (.28, 1), (.13, 1)):
        x = vx + side * 760 * s
        top, foot = vy - 560 * s, vy + 300 * s
        w = 26 * s
        p.put(rect(x - w / 2, top, w, foot - top), b=1, o=1)
        p.put(poly((x, top + 60 * s), (x, top + 84 * s), (x - side * 330 * s, top + 110 * s), (x - side * 330 * s, top + 100 * s)), b=1, o=1)
    p.line([(vx, vy - 2), (vx - 760 * 1 + 330, vy - 455)], 4, b=1, o=1)
    p.line([(vx, vy - 2), (vx + 470, vy - 460)], 4, b=1, o=1)
    return p


def video_2():
    W, H = 1280, 720
    p = riso(W, H, 26, k=K, pitch=8, o=(ORANGE, 15, (4, -3)))
    p.put(rect(-20, -20, W + 40, H + 40), b=1, o=1)
    # the sheet comes towards us, two circles on it
    m = persp([(0, 0), (1000, 0), (1000, 600), (0, 600)], [(246, 250), (1034, 250), (1196, 760), (84, 760)])
    p.push(matrix=m)
    p.put(rect(0, 0, 1000, 620))
    p.over(circ(390, 356, 208, 214), o=1)
    p.over(circ(610, 356, 208, 214), b=1)
    for x, y in ((70, 190), (930, 190), (70, 470), (930, 470)):
        p.line([(x - 16, y), (x + 16, y)], 3, b=1)
        p.line([(x, y - 20), (x, y + 20)], 3, b=1)
    p.pop()
    p.over(poly((246, 250), (1034, 250), (1046, 292), (234, 292)), b=(.6, "l"))
    # the drums
    for y, r, ink, other in ((-4, 84, "o", "b"), (176, 84, "b", "o")):
        p.put(rect(40, y + r - 16, 1200, 32, 16), b=.35)
        p.put(rect(150, y, 980, 2 * r, 26), **{ink: 1})
        p.put(rect(150, y + 26, 980, 20), **{ink: (.34, "d")})
        p.over(both(rect(150, y, 980, 2 * r, 26), rect(150, y + r + 34, 980, 60)), **{other: (.55, "l")})
        for x in (150, 1082):
            p.put(rect(x, y - 6, 48, 2 * r + 12, 12))
            p.put(rect(x + 14, y - 6, 20, 2 * r + 12), **{ink: 1})
        for x in (52, 1204):
            p.put(rect(x, y + r - 30, 26, 60, 8), k=1 if ink == "o" else 0)
    return p


def video_3():
    W, H = 1280, 720
    p = riso(W, H, 27, k=K, pitch=8)
    p.put(rect(-20, -20, W + 40, H + 40), b=1, o=1)
    # window strip
    p.put(rect(90, -80, 1100, 340, 60))
    p.push(clip=rect(104, -80, 1072, 326, 50))
    p.put(rect(0, -20, W, 400), o=Fade(0, 0, 0, 200, .1, .75))
    p.put(circ(930, 92, 62))
    p.put(hill([(80, 150), (300, 96), (520, 160), (760, 110), (1000, 168), (1200, 120)], 300), b=(.34, "d"), o=1)
    p.put(hill([(80, 200), (340, 176), (640, 206), (900, 180), (1200, 200)], 300), b=1)
    poles(p, [(250, 230, 190), (560, 230, 190), (870, 230, 190), (1180, 230, 190)], b=1)
    p.pop()
    # table
    p.put(d("M 40 352 L 1240 352 C 1270 352 1290 370 1300 400 L 1320 740 L -40 740 L -20 400 C -10 370 10 352 40 352 Z"), o=1)
    p.put(rect(-20, 352, W + 40, 12), k=0)
    # book: shadow, two pages
    p.over(poly((250, 412), (1010, 412), (1120, 700), (180, 700)), b=(.6, "l"))
    L = poly((262, 396), (628, 400), (620, 676), (176, 668))
    R = poly((628, 400), (994, 396), (1080, 668), (620, 676))
    p.put(poly((250, 398), (1006, 398), (1096, 684), (160, 684)), b=1)
    for q in (L, R):
        p.put(q)
    m = persp([(0, 0), (800, 0), (800, 300), (0, 300)], [(262, 396), (994, 396), (1080, 668), (176, 668)])
    p.push(matrix=m)
    box = rect(36, 30, 728, 232)
    p.push(clip=box)
    p.put(rect(0, 0, 800, 300), k=Fade(0, 20, 0, 160, .8, .1))
    p.put(circ(560, 120, 44), o=1)
    p.put(hill([(0, 150), (120, 100), (250, 150), (400, 96), (540, 150), (680, 110), (800, 140)], 300), b=(.38, "d"))
    p.put(hill([(0, 190), (200, 160), (420, 190), (640, 164), (800, 186)], 300), b=1)
    p.put(d("M 470 300 C 500 260 600 250 560 222 C 530 204 590 190 596 172 L 606 172 C 606 192 566 204 606 222 C 680 250 640 280 640 300 Z"))
    for x, s in ((90, 70), (130, 100), (176, 64), (330, 54)):
        fir(p, x, 250, s, b=1, o=1)
    p.pop()
    p.pop()
    p.line([(628, 400), (620, 678)], 5, over=False, b=1, o=1)
    p.over(poly((628, 400), (620, 676), (580, 676), (606, 400)), b=(.25, "l"))
    # pencil, cup
    p.push(x=1000, y=560, rot=-32)
    p.over(rect(-136, 16, 300, 18, 8), b=(.6, "l"))
    p.put(rect(-130, -11, 270, 22, 3))
    p.put(rect(-130, -3, 270, 7), o=1)
    p.put(rect(-130, 5, 270, 6), b=1)
    p.put(poly((-130, -11), (-130, 11), (-178, 0)), o=.2)
    p.put(poly((-164, -4), (-164, 4), (-180, 0)), b=1, o=1)
    p.put(rect(140, -11, 26, 22, 4), k=1)
    p.pop()
    p.over(circ(146, 470, 92, 30), b=(.6, "l"))
    p.put(d("M 48 300 L 192 300 L 176 452 C 174 476 66 476 64 452 Z"))
    p.put(d("M 53 350 L 187 350 L 180 416 L 60 416 Z"), b=1)
    p.put(circ(120, 300, 72, 18))
    p.put(circ(120, 301, 60, 12), b=1, o=1)
    return p


def podcast():
    W = 800
    p = riso(W, W, 28, k=K, pitch=8)
    p.put(rect(-20, -20, W + 40, W + 40), b=1)
    cx, cy = 400, 262
    for i, r in enumerate((390, 326, 262, 198)):
        p.put(circ(cx, cy, r), 15, o=1 if i % 2 else 0)
    p.put(circ(cx, cy, 118), o=Fade(cx - 110, cy - 110, cx + 110, cy + 110, 0, .4))
    # ground and rails
    p.put(rect(-20, 560, W + 40, 300), b=1, o=1)
    for a in (-1, 1):
        p.put(poly((cx + a * 60, 560), (cx + a * 74, 560), (cx + a * 470, W + 20), (cx + a * 400, W + 20)), o=1)
    for i in range(5):
        f = (i / 4) ** 1.6
        y = 575 + f * 200
        w = 110 + 360 * f
        p.put(rect(cx - w, y, 2 * w, 6 + 15 * f), b=1)
    for a in (-1, 1):
        p.put(poly((cx + a * 60, 560), (cx + a * 76, 560), (cx + a * 480, W + 20), (cx + a * 400, W + 20)), o=1)
    # cup
    cup = d("M 268 420 L 532 420 L 500 724 C 496 752 304 752 300 724 Z")
    p.put(cup)
    p.put(both(cup, rect(250, 508, 300, 132)), o=1)
    p.over(both(cup, poly((464, 420), (540, 420), (540, 760), (446, 760))), b=(.38, "d"))
    p.over(both(cup, poly((508, 420), (540, 420), (540, 760), (484, 760))), b=1)
    p.put(circ(400, 420, 134, 26))
    p.put(circ(400, 422, 116, 19), b=1, o=1)
    return p


def short():
    W, H = 720, 1280
    p = riso(W, H, 29, k=K, pitch=8.5)
    p.put(rect(-20, -20, W + 40, H + 40), b=1)
    p.put(rect(76, 136, 640, 1080, 30), b=1, o=1)
    p.put(rect(46, 100, 640, 1080, 30))
    p.push(clip=rect(46, 100, 640, 1080, 30))
    for x, w in ((90, 90), (206, 26)):
        p.put(poly((x + 420, 80), (x + 420 + w, 80), (x + w - 320, 1200), (x - 320, 1200)), b=.10)
    # blue and orange wait at the edge
    p.put(spline([(470, 1010), (560, 980), (640, 1020), (640, 1100), (560, 1130), (470, 1100)], closed=True), o=1)
    p.put(brush([(494, 1076), (498, 1036), (532, 1012)], 13, .1))
    p.put(spline([(110, 1040), (190, 1010), (260, 1060), (230, 1130), (140, 1130)], closed=True), b=1)
    p.put(brush([(134, 1086), (140, 1056), (172, 1036)], 12, .1))
    p.pop()
    cx, cy = 350, 590
    blob = spline([(340, 262), (480, 280), (596, 370), (648, 520), (630, 680), (556, 800), (462, 872), (400, 912), (330, 908),
                   (258, 876), (170, 816), (96, 720), (76, 560), (120, 400), (218, 300)], closed=True)
    p.put(blob, k=1)

    def arm(r0, r1, a0, turns, w, **ink):
        pts = []
        for i in range(61):
            t = i / 60
            r, a = r0 + (r1 - r0) * t ** .9, a0 + turns * 2 * math.pi * t
            pts.append((cx + r * math.cos(a), cy + r * 1.08 * math.sin(a)))
        p.over(both(brush(pts, w, .06, n=160), blob), **ink)

    arm(26, 262, 0.2, 1.7, 62, o=.9)
    arm(30, 280, 1.7, 1.75, 30, k=0)
    arm(24, 272, 3.3, 1.7, 40, o=(.36, "d"))
    arm(40, 292, 4.7, 1.6, 16, k=0)
    # palette knife
    p.push(x=456, y=452, rot=-54)
    p.over(rect(-214, 22, 430, 66, 33), b=(.6, "l"))
    blade = d("M -224 6 C -240 -38 -190 -50 -130 -48 L 150 -22 L 150 22 L -130 48 C -186 50 -216 40 -224 6 Z")
    p.put(blade)
    p.put(both(blade, rect(-260, 4, 420, 60)), b=(.36, "d"))
    p.put(rect(146, -15, 74, 30, 5), b=1, o=1)
    p.put(rect(212, -36, 340, 72, 34), o=1)
    p.over(both(rect(212, -36, 340, 72, 34), rect(200, 6, 400, 60)), b=(.55, "l"))
    p.pop()
    return p


PICTURES = {"portrait": portrait, "cover": cover, "prints": prints, "zine": zine,
            "video-1": video_1, "video-2": video_2, "video-3": video_3, "podcast": podcast, "short": short,
            "gallery-1": gallery_1, "gallery-2": gallery_2, "gallery-3": gallery_3, "gallery-4": gallery_4}


def contact_sheet(folder, path):
    h, gap, rows, row = 300, 16, [], []
    for name in PICTURES:
        im = Image.open(Path(folder) / f"{name}.webp").convert("RGB")
        im = im.resize((round(im.width * h / im.height), h), Image.LANCZOS)
        if sum(i.width + gap for i in row) + im.width > 1560:
            rows.append(row)
            row = []
        row.append(im)
    rows.append(row)
    out = Image.new("RGB", (1600, len(rows) * (h + gap) + gap), "#cfc8bb")
    for i, row in enumerate(rows):
        x = gap
        for im in row:
            out.paste(im, (x, gap + i * (h + gap)))
            x += im.width + gap
    out.save(path)


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("names", nargs="*")
    ap.add_argument("--out", default=str(Path(__file__).resolve().parents[2] / "example-site" / "media"))
    ap.add_argument("--sheet", metavar="FILE", help="also write all pictures, small, to FILE")
    ap.add_argument("--png", metavar="DIR", help="also write PNGs there, to look at")
    a = ap.parse_args()
    out = Path(a.out)
    for name in a.names or PICTURES:
        im = PICTURES[name]().pull()
        q, size = save(im, out / f"{name}.webp")
        print(f"{name}.webp {im.width}x{im.height} q{q} {size / 1000:.0f} kB", flush=True)
        if a.png:
            Path(a.png).mkdir(exist_ok=True)
            Image.open(out / f"{name}.webp").save(Path(a.png) / f"{name}.png")
    if a.sheet:
        contact_sheet(out, a.sheet)


if __name__ == "__main__":
    main()
