#!/usr/bin/env python3
"""Draw the small pictures, and make the small sound and film, of the sites in tests/golden.

    pip install pillow                  # and ffmpeg on the PATH
    python small.py
"""
import math
import subprocess
import tempfile
import wave
from pathlib import Path

from PIL import Image, ImageDraw

GOLDEN = Path(__file__).resolve().parents[2] / "tests" / "golden"
SS = 4


def canvas(w, h, colour):
    im = Image.new("RGB", (w * SS, h * SS), colour)
    return im, ImageDraw.Draw(im), w * SS, h * SS


def done(im, path, **how):
    path.parent.mkdir(parents=True, exist_ok=True)
    im.resize((im.width // SS, im.height // SS), Image.Resampling.LANCZOS).save(path, **how)


def lynx(path):
    """A cat of triangles with brushes on its ears."""
    im, d, w, h = canvas(400, 400, "#20343C")
    d.polygon([(w * .22, h * .10), (w * .40, h * .42), (w * .20, h * .52)], fill="#D98E4A")
    d.polygon([(w * .78, h * .10), (w * .60, h * .42), (w * .80, h * .52)], fill="#D98E4A")
    d.line([(w * .22, h * .10), (w * .19, h * .02)], fill="#111", width=w // 40)
    d.line([(w * .78, h * .10), (w * .81, h * .02)], fill="#111", width=w // 40)
    d.polygon([(w * .20, h * .40), (w * .80, h * .40), (w * .90, h * .66), (w * .5, h * .94), (w * .10, h * .66)], fill="#E8A765")
    d.polygon([(w * .32, h * .66), (w * .68, h * .66), (w * .5, h * .94)], fill="#F6EBDD")
    for x in (.35, .65):
        d.ellipse([w * (x - .05), h * .50, w * (x + .05), h * .58], fill="#F6E27A")
        d.ellipse([w * (x - .015), h * .50, w * (x + .015), h * .58], fill="#111")
    d.polygon([(w * .45, h * .70), (w * .55, h * .70), (w * .5, h * .76)], fill="#7A3B2E")
    done(im, path, quality=80, method=6)


def coder(path):
    """A head with headphones before a terminal."""
    im, d, w, h = canvas(400, 400, "#123A3A")
    for i, length in enumerate((.30, .55, .42, .62, .25)):
        d.rounded_rectangle([w * .08, h * (.10 + .09 * i), w * (.08 + length), h * (.13 + .09 * i)], w * .02, fill="#2F7F74")
    d.ellipse([w * .30, h * .28, w * .70, h * .74], fill="#F1C9A5")
    d.pieslice([w * .28, h * .22, w * .72, h * .66], 180, 360, fill="#1B1B1F")
    d.arc([w * .22, h * .20, w * .78, h * .80], 180, 360, fill="#F6F1E8", width=w // 28)
    d.rounded_rectangle([w * .20, h * .46, w * .29, h * .64], w * .03, fill="#FF8A5B")
    d.rounded_rectangle([w * .71, h * .46, w * .80, h * .64], w * .03, fill="#FF8A5B")
    for x in (.43, .57):
        d.ellipse([w * (x - .02), h * .49, w * (x + .02), h * .53], fill="#1B1B1F")
    d.arc([w * .43, h * .54, w * .57, h * .65], 20, 160, fill="#7A3B2E", width=w // 60)
    d.pieslice([w * .14, h * .72, w * .86, h * 1.4], 180, 360, fill="#FF8A5B")
    done(im, path, quality=80, method=6)


def speaker(path):
    """A figure with glasses and a microphone."""
    im, d, w, h = canvas(400, 400, "#EBD9FF")
    d.pieslice([w * .10, h * .70, w * .90, h * 1.5], 180, 360, fill="#4B2E83")
    d.ellipse([w * .30, h * .16, w * .70, h * .70], fill="#D9A27E")
    d.pieslice([w * .27, h * .10, w * .73, h * .50], 170, 370, fill="#3A2418")
    for x in (.40, .60):
        d.ellipse([w * (x - .085), h * .36, w * (x + .085), h * .53], outline="#1A1A1A", width=w // 55)
        d.ellipse([w * (x - .018), h * .425, w * (x + .018), h * .465], fill="#1A1A1A")
    d.line([(w * .485, h * .43), (w * .515, h * .43)], fill="#1A1A1A", width=w // 55)
    d.chord([w * .43, h * .50, w * .57, h * .63], 10, 170, fill="#FFFFFF")
    d.rounded_rectangle([w * .74, h * .60, w * .80, h * .98], w * .02, fill="#1A1A1A")
    d.ellipse([w * .69, h * .46, w * .85, h * .63], fill="#555")
    done(im, path, quality=80, method=6)


def swatches(folder):
    """Four pictures of different shapes and formats."""
    for name, size, back, front in (("wide.png", (320, 180), "#264653", "#E9C46A"), ("tall.jpg", (180, 320), "#6D597A", "#F4A261"),
                                    ("square.webp", (200, 200), "#1D3557", "#E63946"), ("cover.webp", (480, 300), "#0B3D2E", "#F2E8CF")):
        im, d, w, h = canvas(*size, back)
        r = min(w, h) * .3
        d.ellipse([w / 2 - r, h / 2 - r, w / 2 + r, h / 2 + r], fill=front)
        if name.endswith("png"):
            im = im.resize(size, Image.Resampling.LANCZOS).quantize(16)
            im.save(folder / name, optimize=True)
        else:
            done(im, folder / name, quality=75)


def blip(path):
    """Half a second of one tone."""
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 1, 8000, 0, "NONE", ""))
        file.writeframes(bytes(int(128 + 60 * math.sin(i / 8000 * 440 * 2 * math.pi) * (1 - i / 4000)) for i in range(4000)))


def flicker(path):
    """A second of film: a square that crosses."""
    with tempfile.TemporaryDirectory() as folder:
        for i in range(8):
            im = Image.new("RGB", (160, 90), "#264653")
            ImageDraw.Draw(im).rectangle([i * 18, 30, i * 18 + 30, 60], fill="#E9C46A")
            im.save(f"{folder}/{i}.png")
        subprocess.run(["ffmpeg", "-y", "-loglevel", "error", "-framerate", "8", "-i", f"{folder}/%d.png", "-c:v", "libx264",
                        "-pix_fmt", "yuv420p", "-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact", str(path)], check=True)


if __name__ == "__main__":
    lynx(GOLDEN / "lynx/in/media/author.webp")
    coder(GOLDEN / "linkyee/in/media/profile.webp")
    speaker(GOLDEN / "biodrop/in/media/portrait.webp")
    swatches(GOLDEN / "everything/in/media")
    blip(GOLDEN / "everything/in/media/blip.wav")
    flicker(GOLDEN / "everything/in/media/flicker.mp4")
