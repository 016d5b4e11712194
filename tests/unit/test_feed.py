"""Feeds of every platform and in every state: what comes out, how long it takes, and that nothing else comes out."""

import json
import time

import feeds_of_platforms as feeds
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkhome.embeds.answer import Answer
from linkhome.embeds.dates import instant, iso
from linkhome.embeds.entries import seconds
from linkhome.embeds.feed import read_feed
from linkhome.embeds.reading import Reading, Unusable
from linkhome.platforms.asking import Ask

HOME = "https://www.example.org/lina"
ALL = {name: text for name, text in vars(feeds).items() if name.isupper()}


def read(
    text: str | bytes, url: str = "https://www.example.org/feed", *, cut: bool = False, status: int = 200
) -> Reading:
    body = text.encode() if isinstance(text, str) else text
    return read_feed(Answer(status, {}, body, url, cut), Ask("feed", url), HOME)


def refused(text: str | bytes, **more: bool | int) -> str:
    with pytest.raises(Unusable) as found:
        read(text, **more)
    assert found.value.sentence
    return found.value.code


def rss(*items: str, head: str = "") -> str:
    return f'<rss version="2.0"><channel><title>T</title>{head}{"".join(items)}</channel></rss>'


def item(number: int, inside: str = "", date: str = "") -> str:
    dated = f"<pubDate>{date}</pubDate>" if date else ""
    return f"<item><title>N{number}</title><link>https://example.org/{number}</link>{dated}{inside}</item>"


# platforms


def test_youtube_channel():
    found = read(feeds.YOUTUBE, "https://www.youtube.com/feeds/videos.xml?channel_id=UCaaaaaaaaaaaaaaaaaaaaaa")
    assert (found.title, found.author, found.facts) == ("Lina prints", "Lina prints", {"channel": "UC" + "a" * 22})
    short, video = found.items
    assert (short.kind, short.aspect, short.published) == ("short", "9:16", "2026-05-03T10:00:00Z")
    assert (video.kind, video.title, video.url) == (
        "video",
        "Two colours & one drum",
        "https://www.youtube.com/watch?v=AAAAAAAAAA1",
    )
    assert video.image == "https://i2.ytimg.com/vi/AAAAAAAAAA1/hqdefault.jpg"
    assert video.text == "How a riso prints.\n\nPaper: 120 g"
    assert video.author_url == "https://www.youtube.com/channel/UCaaaaaaaaaaaaaaaaaaaaaa"


def test_mastodon_keeps_what_is_hidden_behind_its_warning():
    drawing, spider, prints = read(feeds.MASTODON, "https://social.example/@lina.rss").items
    assert (prints.kind, prints.text) == ("post", "New prints https://lina.example/x")
    assert prints.title == prints.text
    assert (prints.image, prints.image_alt) == ("https://files.social.example/1.png", "A poster in two colours")
    assert not prints.sensitive
    assert (spider.text, spider.title, spider.sensitive, spider.image) == ("spiders & webs", "spiders & webs", True, "")
    assert (drawing.text, drawing.sensitive, drawing.image) == ("Life drawing today", True, "")


def test_pixelfed():
    found = read(feeds.PIXELFED)
    (photo,) = found.items
    assert (photo.kind, photo.title, photo.author) == ("post", "Drying rack", "lina")
    assert photo.image == "https://cdn.pixelfed.social/m/1.jpg"


def test_peertube():
    (film,) = read(feeds.PEERTUBE).items
    assert (film.kind, film.title, film.text, film.duration) == ("video", "How to load paper", "A short lesson", 95)
    assert (film.image, film.audio) == ("https://tube.example/lazy-static/previews/1.jpg", "")


def test_podcast():
    found = read(feeds.PODCAST)
    assert (found.title, found.image, found.text) == (
        "Ink talk",
        "https://inktalk.example/show.jpg",
        "Two printers talk.",
    )
    paper, ink, hello = found.items
    assert (paper.kind, paper.duration, paper.published) == ("episode", 3723, "2026-05-04T06:00:00+02:00")
    assert paper.audio == "https://op3.example/e,pg=1/https://cdn.inktalk.example/3.mp3?source=feed"
    assert paper.image == "https://inktalk.example/3.jpg"
    # without a page of its own: the file; the picture is asked for by https; a type that says nothing
    assert (ink.url, ink.audio, ink.duration) == ("https://cdn.inktalk.example/2.m4a",) * 2 + (3723,)
    assert ink.image == "https://inktalk.example/2.jpg"
    assert (hello.url, hello.audio, hello.duration) == ("https://inktalk.example/", "", 3723)


def test_soundcloud():
    (track,) = read(feeds.SOUNDCLOUD).items
    assert (track.kind, track.duration, track.author) == ("track", 200, "lina beats")
    assert track.audio.endswith("1-drum-one.mp3") and track.image.endswith("t3000x3000.jpg")


def test_vimeo():
    (film,) = read(feeds.VIMEO).items
    assert (film.kind, film.text, film.published) == ("video", "A walk", "2026-05-05T12:00:00-04:00")
    assert film.image == "https://i.vimeocdn.com/video/1_1280x720.jpg"


def test_substack():
    found = read(feeds.SUBSTACK)
    (letter,) = found.items
    assert found.author == ""  # nobody's mail address
    assert (letter.kind, letter.title, letter.text) == ("article", "On grey", "Why grey is a colour")
    assert letter.url == "https://paperletters.substack.com/p/on-grey?x=1"
    assert letter.image == "https://substackcdn.com/image/fetch/f_auto/1.jpeg"


def test_medium_counts_nobody():
    grain, screens = read(feeds.MEDIUM).items
    assert (grain.image, grain.text) == ("", "Halftones first.")
    assert grain.url == "https://medium.com/@lina/grain-aaaaaaaaaaaa"
    assert (screens.image, screens.text) == ("https://cdn-images-1.medium.com/max/2600/1*a.jpeg", "Fine mesh.")


def test_wordpress_shows_the_picture_and_not_the_author():
    found = read(feeds.WORDPRESS)
    (tips,) = found.items
    assert (found.title, tips.title) == ("Lina’s shop notes", "Tips & tricks – part 1")
    assert (tips.text, tips.kind) == ("Keep your drums warm. Continue reading", "article")
    assert (tips.image, tips.image_alt) == ("https://www.example.org/wp-content/drum.jpg", "A drum")


@pytest.mark.parametrize(
    ("text", "kind", "title", "image"),
    [
        (feeds.GHOST, "article", "Moving out", "https://studio.example/content/images/1.jpg"),
        (feeds.SQUARESPACE, "article", "Spring", "https://images.squarespace-cdn.example/1.jpg?format=1500w"),
        (feeds.TUMBLR, "post", "Photo", "https://64.media.tumblr.com/1/s640x960/1.jpg"),
        (feeds.FLICKR, "post", "Rollers", "https://live.staticflickr.com/1/1_b.jpg"),
        (feeds.REDDIT, "post", "First print", "https://preview.redd.it/1.jpg?width=640&s=ab"),
    ],
)
def test_others(text, kind, title, image):
    (found,) = read(text).items
    assert (found.kind, found.title, found.image) == (kind, title, image)


def test_blogger_takes_the_first_words_for_a_title():
    (post,) = read(feeds.BLOGGER).items
    assert post.title.startswith("No title here, only words") and post.title.endswith("…") and len(post.title) <= 90
    assert (post.kind, post.url) == ("article", "https://old.blogspot.com/2026/05/x.html")
    assert post.image == "https://blogger.googleusercontent.com/img/a/s640/x.jpg"


def test_github_releases():
    (release,) = read(feeds.GITHUB, "https://github.com/lina/drum/releases.atom").items
    assert (release.url, release.title) == ("https://github.com/lina/drum/releases/tag/v2.0", "v2.0")
    assert (release.text, release.image) == ("New\n\nfaster", "")  # the picture would be its author


def test_reddit_and_flickr_say_more_than_the_platform_adds():
    assert read(feeds.REDDIT).items[0].text == ""
    assert read(feeds.REDDIT).items[0].author == "/u/lina"
    assert read(feeds.FLICKR).items[0].license == "CC BY 2.0"


def test_bluesky_has_no_titles():
    (post,) = read(feeds.BLUESKY).items
    assert (post.title, post.text) == ("Fresh ink & paper second line", "Fresh ink & paper\nsecond line")
    assert (post.kind, post.published) == ("post", "2026-05-17T10:20:30Z")


def test_rdf_and_its_encoding():
    (found,) = read(feeds.RDF.encode("latin-1")).items
    assert (found.title, found.author, found.published) == ("Crème", "Zoë", "2026-05-18T10:00:00+02:00")


def test_markup_inside_of_atom():
    found = read(feeds.XHTML, "https://xhtml.example/log/feed")
    (entry,) = found.items
    assert (found.title, entry.title, entry.text) == ("Ink log", "A <b> tag and text", "Salt & pepper")
    assert (entry.url, entry.image) == ("https://xhtml.example/log/one", "https://xhtml.example/log/pic.jpg")
    assert entry.image_alt == "A pic"


def test_json_feed():
    found = read(feeds.JSON_FEED)
    assert (found.title, found.author, found.url) == ("Lina notes", "Lina", "https://json.example/")
    episode, plain, words = found.items
    assert (episode.kind, episode.audio, episode.duration) == ("episode", "https://json.example/2.mp3", 61)
    assert (episode.image, episode.author) == ("https://json.example/2.jpg", "Ada")
    assert (plain.url, plain.title) == ("https://json.example/", "No address")
    assert (words.kind, words.title) == ("post", "Only words & a picture")
    assert (words.image, words.image_alt) == ("https://www.example.org/p.jpg", "P")


# order and number


def test_newest_first_only_if_all_have_dates():
    dated = [
        item(1, date="2026-01-01T00:00:00Z"),
        item(2, date="Fri, 02 Jan 2026 09:00:00 +0900"),
        item(3, date="2026-01-03"),
    ]
    assert [one.title for one in read(rss(*dated)).items] == ["N3", "N2", "N1"]
    assert [one.title for one in read(rss(*dated, item(4))).items] == ["N1", "N2", "N3", "N4"]


def test_each_once_and_at_most_fifty():
    twice = (
        item(1)
        + item(1)
        + "<item><title>Other</title><link>https://example.org/2</link><guid isPermaLink='false'>g</guid></item>" * 2
    )
    assert [one.url for one in read(rss(twice)).items] == ["https://example.org/1", "https://example.org/2"]
    assert len(read(rss(*(item(n) for n in range(58)))).items) == 50


def test_the_new_end_of_a_long_feed():
    up = [item(n, date=f"2026-01-01T{n // 60:02}:{n % 60:02}:00Z") for n in range(300)]
    assert read(rss(*up)).items[0].title == "N299"
    assert read(rss(*reversed(up))).items[0].title == "N299"


def test_entries_without_an_address_are_told_apart_by_their_ids():
    entry = "<item><title>A</title><guid isPermaLink='false'>{}</guid></item>"
    assert len(read(rss(entry.format(1), entry.format(2), entry.format(2))).items) == 2
    assert {one.url for one in read(rss(entry.format(1))).items} == {HOME}


# what is no feed


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<",
        "hello",
        "<!doctype html><title>x</title>",
        "<html><rss></html>",
        "{}",
        "[]",
        '{"version":1}',
        "<note/>",
        "\x00\xff",
    ],
)
def test_no_feed(text):
    assert refused(text) == "not-feed"


@pytest.mark.parametrize(
    "text",
    [
        "<rss></rss>", "<rss", "<rss>", rss(), rss("<item></item>", "<item><link>https://example.org/</link></item>"),
        rss("<item><title>x</title>"), '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>urn:1</id></entry></feed>',
        '{"version": "https://jsonfeed.org/version/1", "items": {}}', '{"version": "https://jsonfeed.org/version/1"}',
        rss("<item><title>x</title><link>javascript:alert(1)</link></item>"),
    ],
)  # fmt: skip
def test_empty(text):
    assert refused(text) in ("empty", "not-feed")
    if text.endswith(">") and text.startswith("<rss></"):
        assert refused(text) == "empty"


def test_gone_is_said_only_with_the_status():
    with pytest.raises(Unusable) as found:
        read("<!doctype html><title>Error 404</title>", status=404)
    assert found.value.gone
    assert read(feeds.GHOST, status=404).items  # but what is there counts


# in a bad state


def test_cut_off_feeds_end_with_their_last_whole_entry():
    text = rss(*(item(n, "<description><![CDATA[<item>]]></description>") for n in range(10)))
    found = read(text[: text.index("N9") + 2], cut=True)
    assert [one.title for one in found.items] == [f"N{n}" for n in range(9)]


@pytest.mark.parametrize(
    "noise",
    [
        "",
        "\ufeff",
        "\n\n  ",
        "<br />\n<b>Warning</b>: it is late in <b>/x.php</b><br />\n",
        "<!-- hello > -->",
        "<?php ?>",
    ],
)
def test_noise_in_front(noise):
    assert read(noise + feeds.GHOST).items


def test_what_nobody_defined():
    found = read(
        rss(
            "<item><title>Fish &chips; & caf&eacute; &copy; AT&T</title><link>https://example.org/?a=1&b=2</link></item>"
        )
    )
    assert found.items[0].title == "Fish &chips; & café © AT&T"
    assert found.items[0].url == "https://example.org/?a=1&b=2"


def test_wrong_encodings():
    text = rss("<item><title>Crème brûlée – 10 €</title><link>https://example.org/1</link></item>")
    declared = "<?xml version='1.0' encoding='utf-8'?>" + text
    for data in (
        text.encode("utf-8"),
        declared.encode("cp1252"),
        declared.encode("utf-8-sig"),
        declared.encode("utf-16"),
    ):
        assert read(data).items[0].title == "Crème brûlée – 10 €"


def test_escaped_too_often():
    inside = (
        "<description>&amp;lt;p&amp;gt;Hello &amp;lt;b&amp;gt;there&amp;lt;/b&amp;gt;&amp;lt;/p&amp;gt;</description>"
    )
    assert read(rss(item(1, inside))).items[0].text == "Hello there"


# hostile


def test_markup_and_addresses_of_strangers():
    bad = (
        "<item><title>&lt;script&gt;alert(1)&lt;/script&gt;A&#8238;B &lt;img src=x onerror=alert(1)&gt;</title><link>https://example.org/1</link>"
        "<author>&lt;b onclick='x'&gt;me&lt;/b&gt;</author><description>&lt;iframe src='//evil.example'&gt;&lt;/iframe&gt;&lt;img src='data:image/png;base64,AA'&gt;"
        "&lt;img src='https://user:pass@evil.example/1.jpg'&gt;&lt;a href='javascript:x'&gt;go&lt;/a&gt;</description>"
        "<enclosure url='file:///etc/passwd' type='audio/mpeg'/><enclosure url='data:audio/mpeg,x' type='audio/mpeg'/></item>"
    )
    (found,) = read(rss(bad)).items
    assert found.title == "AB" and found.text == "go"
    assert (found.image, found.audio, found.author) == ("", "", "me")


@pytest.mark.parametrize("inside", ["&x;", "&lol9;", "%x;"])
def test_entities_are_never_resolved(inside, tmp_path):
    (tmp_path / "secret").write_text("geheim")
    laughs = '<!ENTITY lol0 "lol">' + "".join(f'<!ENTITY lol{n} "' + f"&lol{n - 1};" * 10 + '">' for n in range(1, 12))
    doctype = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "{(tmp_path / "secret").as_uri()}"><!ENTITY % x SYSTEM "x">{laughs}]>'
    found = read(doctype + rss(f"<item><title>T{inside}</title><link>https://example.org/1</link></item>"))
    assert found.items[0].title == f"T{inside}"


def _many(inside: str, times: int) -> str:
    return rss(*(item(n, f"<description><![CDATA[{inside * times}]]></description>") for n in range(60)))


_OPEN = "<item><title>x</title><link>https://example.org/1</link>"
HOSTILE = {
    "20000 entries": rss(*(item(n) for n in range(26_000))),
    "nested elements": rss(_OPEN + "<a>" * 200_000 + "</a>" * 200_000 + "</item>"),
    "nested markup in a text": rss(item(1, "<description>" + "<div>" * 200_000 + "</description>")),
    "nested markup in quotes": rss(item(1, "<description><![CDATA[" + "<div>" * 200_000 + "]]></description>")),
    "nested markup, escaped": rss(item(1, "<description>" + "&lt;div&gt;" * 150_000 + "</description>")),
    "nested in every entry": _many("<div>", 6_000),
    "pictures without an end": _many("<img ", 6_000),
    "comments without an end": _many("<!--", 6_000),
    "quotes without an end": _many("<a b='", 3_000),
    "many elements": rss(*(item(n, "<category>x</category>" * 380) for n in range(60))),
    "deep elements": rss(*(item(n, "<a>" * 390 + "</a>" * 390) for n in range(60))),
    "wrong ends": rss(*(item(n, "<q:a>" * 390 + "</q:b>" * 390) for n in range(60))),
    "entries without an end": rss("<item>" * 300_000),
    "quoted texts": rss(_OPEN + "<![CDATA[]]>" * 150_000 + "</item>"),
    "titles": rss("<item>" + "<title><![CDATA[]]>" * 90_000 + "</title></item>"),
    "lone signs": rss(_OPEN + "< " * 900_000 + "></item>"),
    "media titles": rss(_OPEN + "<description>x</description>" + "<media:title><![CDATA[" * 90_000 + "</item>"),
    "a long attribute": rss(_OPEN + '<enclosure url="' + "a" * 1_900_000 + '"/></item>'),
    "name spaces": "<rss " + " ".join(f'xmlns:a{n}="u{n}"' for n in range(80_000)) + ">" + item(1) + "</rss>",
    "a long head": rss(item(1), head="<category>x</category>" * 80_000),
    "references": rss(item(1, "<description>" + "&nbsp;&" * 250_000 + "</description>")),
    "instructions": "<?a b?>" * 280_000 + rss(),
    "document types": "<!DOCTYPE " * 190_000,
    "comments": "<!-- x -->" * 190_000,
    "deep JSON": '{"version":"https://jsonfeed.org/version/1","items":' + "[" * 900_000,
    "long JSON": json.dumps({"version": "https://jsonfeed.org/version/1", "items": [{"id": str(n), "url": f"https://example.org/{n}", "title": "x", "content_html": "<img " * 60} for n in range(4_000)]}),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_feeds_cost_little(name):
    begun = time.process_time()
    try:
        found = read(HOSTILE[name][:2_000_000], cut=True)
    except Unusable:
        found = None
    assert time.process_time() - begun < 1.5
    assert found is None or len(found.items) <= 50


@settings(max_examples=120, deadline=None)
@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"<rss>", b"<feed>", b'{"version":"https://jsonfeed.org/version/1","items":[']),
)
def test_bytes_give_a_reading_or_a_refusal(data, head):
    try:
        read(head + data)
    except Unusable as problem:
        assert problem.code in ("not-feed", "empty")


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(ALL)), st.data())
def test_damaged_feeds_give_a_reading_or_a_refusal(name, data):
    body = bytearray(ALL[name].encode())
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(body) - 1))
        end = at + data.draw(st.sampled_from([0, 1, 1, 3, 200]))
        body[at:end] = data.draw(
            st.sampled_from(
                [b"", b"<", b">", b"&", b"]]>", b"<![CDATA[", b"\0", b"\xff", b'"', b"</item>", b"<entry>", b"&#xD800;"]
            )
        )
    try:
        found = read(bytes(body))
    except Unusable as problem:
        assert problem.code in ("not-feed", "empty")
    else:
        for one in found.items:
            assert one.url.startswith(("http://", "https://")) and (one.title or one.text)
            assert not one.image or one.image.startswith("https://")
            assert not one.published or instant(one.published)


# dates and durations


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-05-01T10:00:00.123+02:00", "2026-05-01T10:00:00+02:00"), ("2026-05-01", "2026-05-01"), ("2026/5/1 7:00:00", ""),
        ("2026/5/1 07:00:00", "2026-05-01T07:00:00Z"), ("Fri, 01 May 2026 10:00:00 GMT", "2026-05-01T10:00:00Z"), ("1 May 2026 10:00 EST", "2026-05-01T10:00:00-05:00"),
        (1_777_630_000, "2026-05-01T10:06:40Z"), (True, ""), (None, ""), ("0001-01-01T00:00:00Z", ""), ("yesterday", ""), ("9" * 60, ""), (float("nan"), ""), (1e300, ""),
    ],
)  # fmt: skip
def test_dates(text, expected):
    assert iso(text) == expected


@given(st.text(max_size=70))
def test_any_text_as_a_date(text):
    assert iso(text) == "" or instant(iso(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1:02:03", 3723),
        ("62:03", 3723),
        ("3723", 3723),
        ("3723.9", 3723),
        ("", 0),
        ("1:2:3:4", 0),
        ("-5", 0),
        ("x", 0),
        ("999999", 0),
        ("٣", 0),
    ],
)
def test_durations(text, expected):
    assert seconds(text) == expected
