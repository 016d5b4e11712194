"""What a saved copy may hold: older files stay readable, values are cleaned."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from linkhome.embeds.record import DamagedError, Good, Image, Item, NewerError, Owner, Record, Size, parse, parse_item


def test_an_older_file_stays_readable():
    record = parse(b'{"good": {"title": "T", "image": {"file": "ab12-640.webp", "alt": "A window"}}}')
    assert record == Record(good=Good(title="T", image=Image(file="ab12-640.webp", alt="A window")))


def test_every_field_of_a_new_file():
    record = parse(
        b"""{"schema": 1, "url": "https://youtu.be/x", "resolved_url": "https://www.youtube.com/watch?v=x",
        "platform": "youtube.video", "id": "x", "facts": {"channel": "UCx"},
        "good": {"author_url": "https://www.youtube.com/@lina", "frame": "https://www.youtube.com/embed/x",
          "license": "CC BY 4.0", "audio": "https://lina.example/1.mp3", "price": "18 EUR", "place": "Graz",
          "starts": "2026-12-01T19:00:00+01:00", "source": "oembed", "fetched": "2026-11-20", "kind": "video",
          "url": "https://www.youtube.com/watch?v=x",
          "image": {"file": "a-640.webp", "width": 640, "height": 360, "fallback": "a-640.jpg",
                    "sizes": [{"file": "a-320.webp", "width": 320}], "placeholder": "#112233", "sha256": "ab"}},
        "owner": {"hide": true}}"""
    )
    assert record.facts == {"channel": "UCx"}
    assert record.owner == Owner(hide=True)
    assert record.good is not None
    assert record.good.image == Image(
        file="a-640.webp",
        width=640,
        height=360,
        fallback="a-640.jpg",
        sizes=[Size("a-320.webp", 320)],
        placeholder="#112233",
        sha256="ab",
    )
    assert (record.good.price, record.good.starts) == ("18 EUR", "2026-12-01T19:00:00+01:00")


def test_a_file_of_a_later_linkhome_is_not_called_damaged_only():
    with pytest.raises(NewerError, match=r"^it was written by a newer linkhome$"):
        parse(b'{"schema": 2, "good": {}}')


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b'{"good": {"image": {"sizes": 3}}}', "the value of 'good.image.sizes' is of the wrong kind"),
        (b'{"good": {"image": {"width": "640"}}}', "the value of 'good.image.width' is of the wrong kind"),
        (b'{"good": {"frame": {"kind": "youtube"}}}', "the value of 'good.frame' is of the wrong kind"),
        (b'{"facts": {"channel": 3}, "good": {}}', "the value of 'facts[...]' is of the wrong kind"),
    ],
)
def test_a_value_of_the_wrong_kind_is_named(data, why):
    with pytest.raises(DamagedError) as problem:
        parse(data)
    assert str(problem.value) == why


def test_an_entry_has_its_own_address_and_words():
    item = parse_item(msgspec.Raw(b'{"url": "https://lina.example/1", "kind": "post", "owner": {"title": "Mine"}}'))
    assert item == Item(url="https://lina.example/1", kind="post", owner=Owner(title="Mine"))


@pytest.mark.parametrize("shape", [Record, Good])
def test_the_manual_names_every_key(shape):
    text = (Path(__file__).parents[2] / "docs" / "saved-copies.md").read_text("utf-8")
    rows = text.partition(f"<!-- record: {shape.__name__} -->\n")[2].partition("\n\n")[0].splitlines()[2:]
    names = [name for row in rows for name in re.findall(r"`([a-z_]+)`", row.split("|")[1])]
    assert sorted(names) == sorted(shape.__struct_fields__)
