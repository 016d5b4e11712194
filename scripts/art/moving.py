#!/usr/bin/env python3
"""Make the sound and the film of the example site: a night train, synthesised and drawn by code.

    pip install pillow numpy            # and ffmpeg on the PATH
    python moving.py                    # night-train.mp3, window.mp4 in ../../example-site/media
    python moving.py --out DIR

The sound is wheels over rail joints (two bogies, "da-dam … da-dam"), a motor hum and air. The film is the
view from the window: a moon that stays, hills that pass slowly, poles that pass fast; it loops.
"""
import argparse
import math
import subprocess
import tempfile
import wave
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

RATE = 32_000
RUST, ORANGE, BLUE, DEEP, PAPER = "#9A3B1F", "#E4572E", "#1F4E5F", "#12303B", "#F6F1E8"
SIZE, FPS, SECONDS, SS = (640, 360), 12, 6, 2


# ---------------------------------------------------------------- sound

def low_pass(signal, cut):
    """Smooth with one pole at `cut` hertz."""
    a = 1 - math.exp(-2 * math.pi * cut / RATE)
    out, y = np.empty_like(signal), 0.0
    for i, x in enumerate(signal):
        y += a * (x - y)
        out[i] = y
    return out


def joint(rng):
    """One wheel over one gap in the rail: a dull thud with a bright edge."""
    t = np.arange(int(RATE * 0.16)) / RATE
    thud = np.sin(2 * np.pi * (92 - 140 * t) * t) * np.exp(-t * 34)
    edge = low_pass(rng.normal(size=t.size), 2600) * np.exp(-t * 90)
    return thud * 0.9 + edge * 0.35


def rhythm(seconds=7.2):
    """Wheels, hum and air; the last tenth fades so that a loop does not click."""
    rng = np.random.default_rng(1974)
    n = int(seconds * RATE)
    t = np.arange(n) / RATE
    air = low_pass(low_pass(rng.normal(size=n), 420), 700)
    sound = air * (0.30 + 0.05 * np.sin(2 * np.pi * t / 3.6))
    sound += 0.035 * np.sin(2 * np.pi * 61 * t) + 0.02 * np.sin(2 * np.pi * 122.4 * t)
    beat, at = 0.9, 0.15
    while at < seconds - 0.4:
        for offset, force in ((0.0, 1.0), (0.13, 0.8), (0.42, 0.75), (0.55, 0.6)):
            start = int((at + offset + rng.normal() * 0.004) * RATE)
            hit = joint(rng) * force * 0.55
            end = min(start + hit.size, n)
            sound[start:end] += hit[: end - start]
        at += beat
    fade = int(0.35 * RATE)
    sound[:fade] *= np.linspace(0, 1, fade)
    sound[-fade:] *= np.linspace(1, 0, fade)
    return sound / np.abs(sound).max() * 0.82


def write_sound(path):
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "rhythm.wav"
        with wave.open(str(raw), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes((rhythm() * 32767).astype("<i2").tobytes())
        ffmpeg("-i", raw, "-c:a", "libmp3lame", "-b:a", "56k", path)


# ---------------------------------------------------------------- film

def ridge(x, base, parts):
    """Height of a hill line that repeats after 1 (x in loops)."""
    return base + sum(a * math.sin(2 * math.pi * (f * x + p)) for f, a, p in parts)


def hills(draw, w, h, phase, base, parts, fill, span=1.0):
    points = [(x, h * ridge(x / w * span + phase, base, parts)) for x in range(0, w + 8, 8)]
    draw.polygon([(0, h), *points, (w, h)], fill=fill)


def frame(k, total):
    """Draw frame `k` of `total`; every layer moves a whole number of its periods, so the film loops."""
    u = k / total
    w, h = SIZE[0] * SS, SIZE[1] * SS
    im = Image.new("RGB", (w, h), DEEP)
    d = ImageDraw.Draw(im)
    for y in range(h):                       # dusk near the horizon
        q = max(0.0, (y / h - 0.25) / 0.75)
        d.line([(0, y), (w, y)], fill=tuple(int(a + (b - a) * q) for a, b in zip((18, 48, 59), (31, 92, 110), strict=True)))
    rng = np.random.default_rng(7)
    for sx, sy, r in zip(rng.random(46), rng.random(46), rng.random(46), strict=True):
        r = 1 + r * 1.6
        d.ellipse([sx * w - r, sy * h * 0.45 - r, sx * w + r, sy * h * 0.45 + r], fill=PAPER)
    mx, my, mr = w * 0.72, h * 0.27, h * 0.12
    d.ellipse([mx - mr, my - mr, mx + mr, my + mr], fill=PAPER)
    hills(d, w, h, u, 0.60, ((1, 0.05, 0.1), (2, 0.03, 0.6), (3, 0.012, 0.3)), "#173C4A", 0.5)
    hills(d, w, h, 2 * u, 0.72, ((1, 0.04, 0.4), (2, 0.03, 0.0), (5, 0.006, 0.2)), RUST, 0.7)
    for i in range(5):                       # a village: lit windows on the rust hill
        x = (0.15 + 0.031 * i - 2 * u / 0.7) % (1 / 0.7) * w
        d.rectangle([x, h * 0.735 + (i % 2) * 9, x + 9, h * 0.735 + (i % 2) * 9 + 12], fill="#FFC98A")
    hills(d, w, h, 4 * u, 0.86, ((1, 0.02, 0.0), (3, 0.012, 0.5)), "#0C1F27", 1.0)
    for i in range(2):                       # poles and their wires
        x = ((i / 2 - 6 * u / 2) % 1) * (w * 1.25) - w * 0.1
        d.rectangle([x - 7, h * 0.30, x + 7, h], fill="#0A161B")
        d.rectangle([x - 48, h * 0.335, x + 48, h * 0.35], fill="#0A161B")
    shift = (6 * u / 2 * 2 % 1)
    span = w * 1.25 / 2
    for drop, top in ((0.05, 0.335), (0.06, 0.36)):
        points = []
        for x in range(-16, w + 16, 8):
            q = ((x + w * 0.1) / span + shift) % 1
            points.append((x, h * (top + drop * 4 * q * (1 - q))))
        d.line(points, fill="#0A161B", width=4)
    window = Image.new("L", (w, h), 255)     # the frame of the window
    ImageDraw.Draw(window).rounded_rectangle([w * 0.03, h * 0.05, w * 0.97, h * 0.95], radius=h * 0.09, fill=0)
    im.paste(Image.new("RGB", (w, h), "#17110E"), mask=window)
    ImageDraw.Draw(im).rounded_rectangle([w * 0.03, h * 0.05, w * 0.97, h * 0.95], radius=h * 0.09, outline=ORANGE, width=6)
    return im.resize(SIZE, Image.Resampling.LANCZOS)


def write_film(path, poster):
    total = FPS * SECONDS
    with tempfile.TemporaryDirectory() as folder:
        for k in range(total):
            frame(k, total).save(Path(folder) / f"{k:03}.png")
        ffmpeg("-framerate", FPS, "-i", Path(folder) / "%03d.png", "-c:v", "libx264", "-preset", "veryslow", "-crf", "27",
               "-pix_fmt", "yuv420p", "-movflags", "+faststart", path)
    frame(10, total).resize((1280, 720), Image.Resampling.LANCZOS).save(poster, quality=82, method=6)


def ffmpeg(*arguments):
    command = ["ffmpeg", "-y", "-loglevel", "error", *map(str, arguments[:-1])]
    clean = ["-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact"]
    subprocess.run([*command, *clean, str(arguments[-1])], check=True)


def main():
    here = Path(__file__).resolve().parents[2] / "example-site" / "media"
    ap = argparse.ArgumentParser(description="Make the sound and the film of the example site.")
    ap.add_argument("--out", type=Path, default=here)
    out = ap.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    write_sound(out / "night-train.mp3")
    write_film(out / "window.mp4", out / "window.webp")


if __name__ == "__main__":
    main()
