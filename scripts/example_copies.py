"""Make the saved copies of the example site, as a refresh would, from the drawings in its folder ``media/``.

The creator of the example is invented, so no platform can be asked about her: what the platforms would say stands here.
"""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path

from PIL import Image as Pillow

from linkhome.embeds import keep, picture, worse
from linkhome.embeds.places import place
from linkhome.embeds.reading import Reading
from linkhome.embeds.record import Image, Record
from linkhome.platforms import recognise

SITE = Path(__file__).resolve().parents[1] / "example-site"
DAY = "2026-11-20"
LINA = "Lina Marlow"
YOUTUBE = "https://www.youtube.com/@linamarlow.example"
WATCH = "https://www.youtube.com/watch?v="

#: What each answer says; ``image`` is the drawing, and after a bar its width and height if it is cropped.
COPIES: dict[str, Reading] = {
    YOUTUBE: Reading(
        source="feed",
        title=LINA,
        author=LINA,
        items=(
            Reading(
                source="feed",
                url=WATCH + "nineHours_b",
                kind="video",
                title="Nine hours of night train in one take",
                author=LINA,
                published="2026-11-18",
                duration=768,
                image="video-1.webp|16:9",
                image_alt="Tracks run towards a red sun",
            ),
            Reading(
                source="feed",
                url=WATCH + "twoColour_b",
                kind="video",
                title="Two-colour riso at home",
                author=LINA,
                published="2026-11-07",
                duration=1082,
                image="video-2.webp|16:9",
                image_alt="Two ink drums and a sheet with two circles",
            ),
            Reading(
                source="feed",
                url=WATCH + "baselZagr_b",
                kind="video",
                title="Sketchbook tour: Basel to Zagreb",
                author=LINA,
                published="2026-10-19",
                duration=571,
                image="video-3.webp|16:9",
                image_alt="An open sketchbook on the table of a train",
            ),
        ),
    ),
    "https://open.spotify.com/episode/SlowLinesEpisode000012": Reading(
        source="oembed",
        title="Slow Lines, episode 12: Paper, ink, patience",
        author="Slow Lines",
        published="2026-11-12",
        duration=2460,
        aspect="1:1",
        image="podcast.webp|1:1",
        image_alt="A paper cup before the moon",
    ),
    "https://www.tiktok.com/@linamarlow.example/video/1000000000000000001": Reading(
        source="oembed",
        title="Mixing fluorescent pink",
        author=LINA,
        published="2026-11-09",
        duration=31,
        aspect="9:16",
        image="short.webp|9:16",
        image_alt="Pink ink stirred into a spiral",
    ),
    "https://mastodon.example/@linamarlow/115500000000000001": Reading(
        source="api",
        author=LINA,
        published="2026-11-19",
        text="Found a 1974 timetable in a second-hand shop in Graz. The typography alone.",
    ),
    WATCH + "dryInk_12_b": Reading(
        source="oembed",
        title="How long does ink take to dry? A film in real time",
        author=LINA,
        published="2026-09-02",
        duration=5400,
        aspect="16:9",
        image="gallery-4.webp|16:9",
        image_alt="A snowy peak and a tunnel with three lights",
    ),
    "https://linamarlow.bandcamp.com/album/bogie": Reading(
        source="page",
        title="Bogie, eleven recordings of rails",
        author=LINA,
        published="2026-06-05",
        image="gallery-2.webp|1:1",
        image_alt="A train on a viaduct at night",
    ),
    "https://slowlines.example/11-the-last-sleeper": Reading(
        source="page",
        kind="episode",
        title="Episode 11: The last sleeper to Zagreb",
        author="Slow Lines",
        text="A conductor, a kettle and the question why anybody would fly.",
        published="2026-10-29",
        duration=2115,
        audio="https://sound.slowlines.example/11.mp3",
        image="podcast.webp|1:1",
        image_alt="",
    ),
    "https://paperandparcel.example/umsteigen": Reading(
        source="page",
        kind="article",
        title="The quietest zine of the year",
        author="Paper & Parcel",
        text="Thirty-two pages about changing trains, and about what is left of a day when the connection is missed.",
        published="2026-10-11",
        image="zine.webp|3:2",
        image_alt="The zine on a wooden table",
    ),
    "https://photos.example/linamarlow/crossing": Reading(
        source="page",
        kind="picture",
        title="Platform 3, ten past midnight",
        author=LINA,
        published="2026-10-02",
        license="CC BY 4.0",
        image="gallery-3.webp|4:3",
        image_alt="One traveller with a red scarf under a platform lamp",
    ),
    "https://shop.lina.example/night-lines-7": Reading(
        source="page",
        kind="product",
        title="Night Lines, sheet 7",
        author="Atelier Marlow",
        text="Risograph in rust and night blue, 29.7 × 42 cm, numbered.",
        price="CHF 48.00",
        image="prints.webp|4:3",
        image_alt="Six prints of the series",
    ),
    "https://markthalle.example/print-fair": Reading(
        source="page",
        kind="event",
        title="Print fair in the market hall",
        author="Markthalle Basel",
        text="Forty presses, one smell. Lina has table 14, by the stairs.",
        starts="2026-12-12T11:00:00+01:00",
        place="Markthalle Basel",
        image="gallery-1.webp|16:9",
        image_alt="Pylons and fields under a pink sky",
    ),
    "https://git.example/linamarlow/imposition": Reading(
        source="page",
        kind="repository",
        title="linamarlow/imposition",
        author="linamarlow",
        text="Puts sixteen pages of a zine in the right order on one sheet. Free software.",
    ),
    "https://mastodon.example/@linamarlow": Reading(
        source="api",
        kind="profile",
        title=LINA,
        author="@linamarlow@mastodon.example",
        text="Illustrator. Night trains, risograph, rice-bran ink.",
        image="portrait.webp|1:1",
        image_alt="Lina at a train window, drawing",
    ),
}


def main() -> int:
    """Write every copy anew."""
    saved = SITE / "saved"
    shutil.rmtree(saved, ignore_errors=True)
    for address, reading in COPIES.items():
        known = recognise(address)
        shelf = place(saved, address).parent
        images = {item.url: image for item in reading.items if (image := _drawn(item, shelf))}
        good = worse.weigh(None, reading, _drawn(reading, shelf), images=images, today=DAY).good
        kind = f"{known.slug}.{known.kind}" if known.slug else known.kind
        keep.write(saved, address, Record(url=address, platform=kind, id=known.id or None, good=good))
    sys.stdout.write(f"{len(COPIES)} copies in {saved}\n")
    return 0


def _drawn(reading: Reading, shelf: Path) -> Image | None:
    """Return a drawing as a platform would have sent it: cropped in the middle, 960 pixels at most."""
    if not reading.image:
        return None
    name, _, shape = reading.image.partition("|")
    wide, high = map(int, shape.split(":"))
    with Pillow.open(SITE / "media" / name) as found:
        drawing = found.convert("RGB")
    factor = min(drawing.width / wide, drawing.height / high)
    width, height = round(wide * factor), round(high * factor)
    left, top = (drawing.width - width) // 2, (drawing.height - height) // 2
    cut = drawing.crop((left, top, left + width, top + height))
    cut.thumbnail((960, 960))
    target = io.BytesIO()
    cut.save(target, "PNG")
    return picture.kept(target.getvalue(), shelf, reading.image_alt)


if __name__ == "__main__":
    raise SystemExit(main())
