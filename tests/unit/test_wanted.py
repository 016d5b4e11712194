"""Which addresses of a site deserve a copy."""

from __future__ import annotations

from linkhome.config.load import read_site
from linkhome.config.schema import Entry
from linkhome.embeds.wanted import Wanted, wanted

HEAD = "profile: {name: Ada Example}\nhome:\n"


def of(yaml: str, beside: tuple[Entry | str, ...] = ()) -> tuple[Wanted, ...]:
    config, found = read_site((HEAD + yaml).encode(), "linkhome.yaml")
    assert config, found
    return wanted(config.site, beside)


def test_embeds_and_the_newest_of_channels_in_the_order_of_the_page():
    assert of(
        "  - embed: https://vimeo.com/76979871\n"
        "  - latest: https://www.youtube.com/@ada\n    count: 5\n"
        "  - text: Hello\n"
        "  - embed: https://example.org/a-story\n"
    ) == (
        Wanted("https://vimeo.com/76979871"),
        Wanted("https://www.youtube.com/@ada", 5),
        Wanted("https://example.org/a-story"),
    )


def test_spellings_of_one_address_are_asked_for_once():
    found = of(
        "  - embed: https://youtu.be/dQw4w9WgXcQ\n  - embed: https://www.youtube.com/watch?v=dQw4w9WgXcQ&feature=share\n"
    )
    assert found == (Wanted("https://youtu.be/dQw4w9WgXcQ"),)


def test_a_channel_that_is_shown_twice_is_asked_for_the_larger_number():
    found = of(
        "  - latest: https://www.youtube.com/@ada\n    count: 2\n  - latest: https://www.youtube.com/@ada\n    count: 6\n"
        "  - embed: https://www.youtube.com/@ada\n"
    )
    assert [(one.address, one.many) for one in found] == [("https://www.youtube.com/@ada", 6)]


def test_the_creators_own_entries_take_the_place_of_the_list():
    assert of(
        "  - latest: https://www.tiktok.com/@ada\n    items:\n"
        "      - url: https://www.tiktok.com/@ada/video/1000000000000000001\n"
    ) == (Wanted("https://www.tiktok.com/@ada/video/1000000000000000001"),)


def test_links_that_show_a_picture_take_it_from_their_page_unless_there_is_one():
    found = of(
        "  - link: https://example.org/new\n    style: featured\n"
        "  - link: https://example.org/plain\n"
        "  - link: https://example.org/own\n    style: card\n    image: media/own.jpg\n"
        "  - links: More\n    items:\n      - {url: https://example.org/card, style: card}\n      - https://example.org/row\n"
        "  - link: mailto:ada@example.org\n    style: card\n"
    )
    assert [one.address for one in found] == ["https://example.org/new", "https://example.org/card"]


def test_the_entries_of_texts_come_after_the_page():
    found = of(
        "  - embed: https://vimeo.com/1000001\n", (Entry(url="https://vimeo.com/1000002"), "https://vimeo.com/1000001")
    )
    assert [one.address for one in found] == ["https://vimeo.com/1000001", "https://vimeo.com/1000002"]
