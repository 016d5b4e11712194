"""What is read out of web pages. All pages here are invented."""

from __future__ import annotations

import json
from typing import Any

import pytest

from linkhome.embeds.fetch import Answer
from linkhome.embeds.reading import Reading, Unusable, read
from linkhome.platforms.asking import Ask

HERE = "https://lina.example/posts/moths"


def say(body: str, address: str = HERE, how: str = "page", url: str = "") -> Reading:
    return read(Ask(how, address), Answer(200, {}, body.encode(), url or address), address)


def refusal(body: str, address: str = HERE, how: str = "page") -> str:
    with pytest.raises(Unusable) as found:
        say(body, address, how)
    return found.value.code


def metas(**values: str) -> str:
    return "".join(f'<meta property="{name.replace("__", ":")}" content="{value}">' for name, value in values.items())


def ld(*things: Any) -> str:
    return "".join(f'<script type="application/ld+json">{json.dumps(thing)}</script>' for thing in things)


def test_the_title_comes_from_the_best_that_there_is() -> None:
    assert say("<title>Moths</title>").title == "Moths"
    assert say("<title>Moths | Lina</title>" + metas(og__title="Moths")).title == "Moths"
    assert (
        say('<title></title><meta property="og:title"><meta property="og:title" content="the title">').title
        == "the title"
    )
    assert say('<meta name="twitter:title" content="T">').title == "T"
    assert say("<title> </title>" + ld({"@type": "Article", "headline": "From JSON"})).title == "From JSON"
    assert say("<meta itemprop=name content='Micro'>").title == "Micro"
    assert say(metas(og__description="Only words here")).title == "Only words here"


def test_markup_in_texts_is_taken_out_and_entities_are_read_once() -> None:
    found = say(
        "<title>x</title>"
        + metas(og__title="Did you &lt;b&gt;miss me&lt;/b&gt;?", og__description="L&amp;#39;été &amp;amp;lt;x")
    )
    assert found.title == "Did you miss me?"
    assert found.text == "L'été &lt;x"
    assert say("<title>A <b>bold</b> title &amp; more</title>").title == "A bold title & more"
    assert say("<title>\u202eturned\u202c\u0007</title>").title == "turned"
    assert say(f"<title>{'long words ' * 100}</title>").title.endswith("…")


def test_tags_that_are_not_there_are_not_read() -> None:
    hidden = "<meta property='og:title' content='Hidden'>"
    assert say(f"<!-- {hidden} --><title>Seen</title>").title == "Seen"
    assert say(f'<script>var x = "{hidden}"</script><title>Seen</title>').title == "Seen"
    assert say(f'<div data-x="{hidden}"></div><title>Seen</title>').title == "Seen"
    assert say(f"<textarea>{hidden}</textarea><title>Seen</title>").title == "Seen"
    assert say("<title>Seen</title><svg><title>Icon</title></svg>").title == "Seen"
    assert say('<meta property="og:description" content="a -> b > c"><title>Seen</title>').text == "a -> b > c"
    assert say("<title>Seen</title><meta name='description' content='Jack's moths' />").text == "Jack"


def test_addresses_are_whole_and_clean() -> None:
    found = say("<title>x</title>" + metas(og__image="/moth one.jpg") + '<link rel="author" href="/about">')
    assert found.image == "https://lina.example/moth%20one.jpg"
    assert found.author_url == "https://lina.example/about"
    assert (
        say("<base href='https://cdn.example/'><title>x</title>" + metas(og__image="m.jpg")).image
        == "https://cdn.example/m.jpg"
    )
    for bad in (
        "undefined",
        "null",
        "javascript:alert(1)",
        "data:image/png;base64,xx",
        "https://a:b@x.example/y.png",
        "http://[",
        "/",
    ):
        assert say("<title>x</title>" + metas(og__image=bad)).image == ""
    assert (
        say("<title>x</title>" + metas(og__image="//cdn.example/m.jpg?s=e19&amp;sig=2")).image
        == "https://cdn.example/m.jpg?s=e19&sig=2"
    )


def test_a_placeholder_is_no_picture_and_the_next_one_counts() -> None:
    found = say(
        "<title>x</title>"
        + metas(og__image="https://x.example/placeholder.png")
        + metas(og__image="https://x.example/real.png")
    )
    assert found.image == "https://x.example/real.png"


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Just a moment...", "blocked"),
        ("Access Denied", "blocked"),
        ("Robot Check", "blocked"),
        ("Page not found", "error"),
        ("404 Not Found", "error"),
        ("Log in or sign up to view", "shell"),
        ("TikTok - Make Your Day", "shell"),
        ("Reddit - Dive into anything", "shell"),
        ("Bevor Sie fortfahren", "consent"),
        ("Antes de ir a YouTube", "consent"),
    ],
)
def test_titles_of_rubbish(title: str, code: str) -> None:
    assert refusal(f"<title>{title}</title>") == code


def test_a_thing_may_have_such_a_name_when_it_names_itself() -> None:
    track = "https://open.spotify.com/track/4uLU6hMCjMI75M1A2tKUQC"
    own = metas(og__title="404", og__image="https://i.scdn.co/image/x", og__url=track)
    assert say(own, track).title == "404"
    assert refusal(metas(og__title="404", og__image="https://i.scdn.co/image/x"), track) == "error"
    assert refusal(own.replace("404", "Spotify"), track) == "shell"


def test_the_name_of_the_platform_or_its_host_is_no_title() -> None:
    assert refusal("<title>etsy.com</title>", "https://www.etsy.com/listing/123456789/moth") == "shell"
    assert (
        refusal(metas(og__title="Mixcloud", og__site_name="Mixcloud"), "https://www.mixcloud.com/lina/moths/")
        == "shell"
    )
    assert say("<title>lina.example</title>", "https://lina.example/").title == "lina.example"


def test_an_unknown_telegram_name() -> None:
    body = metas(
        og__title="Telegram: Contact @nobodyhere", og__description="", og__image="https://telegram.org/img/t_logo.png"
    )
    assert refusal(body, "https://t.me/nobodyhere") == "shell"


def test_the_answer_is_about_what_was_asked() -> None:
    assert refusal("<title>x</title>" + metas(og__url="https://elsewhere.example/posts/moths")) == "other-thing"
    assert say(
        "<title>x</title>" + metas(og__url="https://elsewhere.example/") + f'<link rel=canonical href="{HERE}">'
    ).title
    for alias in (
        "https://www.lina.example/x",
        "https://m.lina.example/posts/moths",
        "http://lina.example/posts/moths",
    ):
        assert say("<title>x</title>" + metas(og__url=alias)).url == alias
    assert say(
        "<title>Moths</title>" + metas(og__url="https://twitter.com/lina/status/123456789"),
        "https://x.com/lina/status/123456789",
    ).title
    other = metas(og__title="x", og__url="https://www.youtube.com/watch?v=bbbbbbbbbbb")
    assert refusal(other, "https://www.youtube.com/watch?v=aaaaaaaaaaa") == "other-thing"
    assert say(
        "<title>x</title>" + metas(og__url="https://new.example/moths"),
        "https://bit.ly/m",
        url="https://new.example/moths",
    ).title


def test_a_film() -> None:
    film = {
        "@context": "https://schema.org",
        "@type": "VideoObject",
        "name": "Moths",
        "author": {"@type": "Person", "name": "Lina", "url": "/lina"},
        "uploadDate": "2026-03-04",
        "duration": "PT1H2M3S",
        "embedUrl": "https://player.example/1",
        "thumbnailUrl": ["https://lina.example/t.jpg"],
        "width": 1920,
        "height": 1080,
        "license": "https://creativecommons.org/licenses/by-sa/4.0/",
    }
    found = say("<title>x</title>" + ld(film))
    assert (found.kind, found.title, found.author, found.author_url) == (
        "video",
        "Moths",
        "Lina",
        "https://lina.example/lina",
    )
    assert (found.published, found.duration, found.frame, found.aspect) == (
        "2026-03-04",
        3723,
        "https://player.example/1",
        "16:9",
    )
    assert (found.image, found.license) == ("https://lina.example/t.jpg", "CC BY-SA 4.0")


def test_a_player_is_https_and_no_film_file() -> None:
    names = metas(
        og__title="x",
        twitter__player="http://p.example/1",
        og__video="https://p.example/2.mp4",
        og__video__url="https://p.example/3",
    )
    assert say(names).frame == "https://p.example/3"
    assert say(metas(og__title="x", og__video="https://p.example/3", og__video__type="video/mp4")).frame == ""


def test_an_article_in_a_graph() -> None:
    graph = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": "Lina's moths", "url": "https://lina.example/"},
            {"@type": "Organization", "name": "Moths Ltd"},
            {
                "@type": ["BlogPosting"],
                "headline": "Another",
                "url": "https://lina.example/posts/other",
                "datePublished": "2020-01-01",
            },
            {
                "@type": ["BlogPosting"],
                "headline": "Moths",
                "mainEntityOfPage": {"@id": HERE},
                "datePublished": "2026-05-06T07:08:09+02:00",
                "author": [{"name": "Lina Moth"}],
            },
        ],
    }
    found = say("<title>x</title>" + ld(graph))
    assert (found.kind, found.title, found.author, found.published) == (
        "article",
        "Moths",
        "Lina Moth",
        "2026-05-06T07:08:09+02:00",
    )


def test_a_product() -> None:
    offers = [
        {"@type": "Offer", "price": "18.00", "priceCurrency": "eur"},
        {"@type": "Offer", "price": 24, "priceCurrency": "EUR"},
    ]
    found = say(
        "<title>x</title>" + ld({"@type": "Product", "name": "Moth print", "brand": {"name": "Lina"}, "offers": offers})
    )
    assert (found.kind, found.price, found.author) == ("product", "18.00–24 EUR", "Lina")
    range_ = {"@type": "AggregateOffer", "lowPrice": "1,200.00", "highPrice": "1,500.00", "priceCurrency": "USD"}
    assert (
        say("<title>x</title>" + ld({"@type": "Product", "name": "p", "offers": range_})).price
        == "1,200.00–1,500.00 USD"
    )
    assert say("<title>x</title>" + ld({"@type": "Product", "name": "p", "offers": {"price": 0}})).price == ""
    shop = metas(og__title="p", og__type="product", product__price__amount="52.00", product__price__currency="CAD")
    assert say(shop).price == "52.00 CAD"
    assert say(metas(og__title="p", og__type="article", product__price__amount="52.00")).price == ""


def test_an_event() -> None:
    address = {"@type": "PostalAddress", "addressLocality": "Leipzig", "addressCountry": {"name": "Germany"}}
    event = {
        "@type": "MusicEvent",
        "name": "Moths live",
        "startDate": "2026-12-01T20:00:00+0100",
        "location": {"@type": "Place", "name": "Hall 5", "address": address},
    }
    found = say("<title>x</title>" + ld(event))
    assert (found.kind, found.starts, found.place) == ("event", "2026-12-01T20:00:00+01:00", "Hall 5, Leipzig, Germany")
    online = {**event, "location": {"@type": "VirtualLocation", "url": "https://x.example"}}
    assert say("<title>x</title>" + ld(online)).place == "online"
    assert say("<title>x</title>" + ld({**event, "location": "The old mill"})).place == "The old mill"
    assert say("<title>x</title>" + ld({**event, "url": "https://lina.example/concerts/9"})).starts == ""


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("PodcastEpisode", "episode"),
        ("MusicRecording", "track"),
        ("MusicAlbum", "album"),
        ("Recipe", "article"),
        ("ImageObject", "picture"),
        ("ProfilePage", "profile"),
        ("SoftwareSourceCode", "repository"),
        ("https://schema.org/Book", "book"),
        ("schema:DanceEvent", "event"),
        ("DiscussionForumPosting", "post"),
        ("WebSite", ""),
        ("BreadcrumbList", ""),
    ],
)
def test_kinds_of_things(kind: str, expected: str) -> None:
    assert say("<title>x</title>" + ld({"@type": kind, "name": "y"})).kind == expected


def test_an_episode_has_its_sound() -> None:
    episode = {
        "@type": "PodcastEpisode",
        "name": "One",
        "associatedMedia": {"@type": "MediaObject", "contentUrl": "https://cdn.example/1.mp3"},
    }
    assert say("<title>x</title>" + ld(episode)).audio == "https://cdn.example/1.mp3"
    snippet = metas(og__title="One", og__audio="https://p.scdn.co/mp3-preview/x.mp3")
    assert say(snippet, "https://open.spotify.com/episode/4uLU6hMCjMI75M1A2tKUQC").audio == ""


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("PT3M38S", 218),
        ("PT00H03M38S", 218),
        ("P00H03M46S", 226),
        ("P2M37S", 157),
        ("35:28", 2128),
        ("7140", 7140),
        ("P1DT1H", 90000),
        ("soon", 0),
        ("-5", 0),
    ],
)
def test_durations(written: str, seconds: float) -> None:
    assert say(metas(og__title="x", og__video__duration=written)).duration == seconds


def test_authors() -> None:
    assert say(metas(og__title="x", author="Lina")).author == "Lina"
    assert say(metas(og__title="x", og__site_name="Shop", author="Shop")).author == ""
    assert say(metas(og__title="x", author="lina@example.org")).author == ""
    both = say(metas(og__title="x", article__author="https://lina.example/about"))
    assert (both.author, both.author_url) == ("", "https://lina.example/about")
    assert say(metas(og__title="Lina Moth (@lina@social.example)")).author == "Lina Moth"
    micro = '<title>x</title><span itemprop="author" itemscope><link itemprop="url" href="/lina"><link itemprop="name" content="Lina"></span><meta itemprop="name" content="No">'
    assert (say(micro).author, say(micro).author_url) == ("Lina", "https://lina.example/lina")


def test_what_is_for_adults() -> None:
    assert say("<title>x</title><meta name=rating content=RTA-5042-1996-1400-1577-RTA>").sensitive
    assert say("<title>x</title>" + metas(og__restrictions__age="18+")).sensitive
    assert not say("<title>x</title><meta name=rating content=general>").sensitive


def test_a_page_leads_to_its_answer_and_its_feeds() -> None:
    body = """<title>x</title>
      <link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed">
      <link rel="alternate" type="application/atom+xml" href="/atom.xml"><link rel="alternate" type="text/xml+oembed" href="/o.xml">
      <link rel="alternate" type="text/json+oembed; charset=utf-8" href="/o?format=json"><link rel="alternate" type="application/feed+json" href="feed.json">
      <link rel="stylesheet" type="application/rss+xml" href="/no">"""
    assert [(ask.how, ask.url) for ask in say(body).asks] == [
        ("oembed", "https://lina.example/o?format=json"),
        ("feed", "https://lina.example/atom.xml"),
        ("feed", "https://lina.example/posts/feed.json"),
        ("feed", "https://lina.example/comments/feed"),
    ]


def test_a_page_that_only_leads_on() -> None:
    moved = say(
        '<head><noscript><META http-equiv="refresh" content="0;URL=https://moths.example/1"></noscript><title>https://moths.example/1</title></head>'
    )
    assert (moved.title, moved.url, [ask.how for ask in moved.asks]) == ("", "https://moths.example/1", ["page"])
    assert say('<meta http-equiv=refresh content="600"><title>Clock</title>').title == "Clock"
    assert say('<meta http-equiv=refresh content="0;url=/x">' + metas(og__title="Whole")).title == "Whole"
    assert refusal('<title>Hm</title><meta http-equiv=refresh content="0;url=/login">') == "shell"
    only = say('<link rel=alternate type="application/json+oembed" href="/o.json">')
    assert (only.title, [ask.how for ask in only.asks]) == ("", ["oembed"])


@pytest.mark.parametrize(
    "body",
    [
        '<?xml version="1.0"?><rss version="2.0"><channel/></rss>',
        "<feed xmlns='http://www.w3.org/2005/Atom'></feed>",
        '{"version": "https://jsonfeed.org/version/1.1"}',
    ],
)
def test_a_feed_that_was_taken_for_a_page(body: str) -> None:
    assert [(ask.how, ask.url) for ask in say(body).asks] == [("feed", HERE)]


@pytest.mark.parametrize("body", ["plain words", '{"a": 1}', "%PDF-1.7", "\x89PNG"])
def test_what_is_no_page(body: str) -> None:
    assert refusal(body) == "error"


def test_a_page_that_says_nothing() -> None:
    assert refusal("<html><body><p>Hello</p></body></html>") == "empty"
    assert refusal("<title></title>" + ld({"type": "WebSite", "name": "no type"}, None, [], "x", 1)) == "empty"


CHANNEL = "https://www.youtube.com/@lina"
UC = "UCabcdefghijklmnopqrstuv"


def test_the_id_of_a_channel() -> None:
    for place in (
        f'<script>var x = {{"metadata":{{"externalId":"{UC}"}}}}</script>',
        f'<link rel="canonical" href="https://www.youtube.com/channel/{UC}">',
        f'<link rel="alternate" type="application/rss+xml" href="https://www.youtube.com/feeds/videos.xml?channel_id={UC}">',
    ):
        found = say(metas(og__title="Lina's moths") + place, CHANNEL, "channel")
        assert (found.facts, found.title, found.asks) == ({"channel": UC}, "Lina's moths", ())
    assert say(f'<title>YouTube</title>"externalId":"{UC}"', CHANNEL, "channel").facts == {"channel": UC}


def test_a_channel_page_that_is_none() -> None:
    assert refusal(metas(og__title="Lina's moths"), CHANNEL, "channel") == "other-thing"
    assert refusal("<title>Bevor Sie zu YouTube weitergehen</title>", CHANNEL, "channel") == "consent"
