"""What is asked for an address, how it plays, and that nothing else can come out."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from linkhome.platforms import KINDS, PLATFORMS, recognise
from linkhome.platforms.asking import Ask, apart, newest, pictures, resolve_first, single
from linkhome.platforms.filling import fill, missing, public
from linkhome.platforms.patterns import check
from linkhome.platforms.playing import player

YT = "dQw4w9WgXcQ"
SP = "4cOdK2wGLETKBW3PvgPWqT"
UC = "UCX6OQ3DkcsbYNE6H8uQQuVA"
EMBED = "https://www.youtube-nocookie.com/embed"
PLAYS = "autoplay=1&playsinline=1&rel=0"
REGISTRY = Path(__file__).resolve().parents[3] / "shared/samples/embeds/registry/providers.json"

#: address | how single asks | how newest asks | the player's address (… stands for the rest)
TABLE = f"""
https://www.youtube.com/watch?v={YT}                       | oembed | | {EMBED}/{YT}?{PLAYS}
https://www.youtube.com/shorts/{YT}                        | oembed | | {EMBED}/{YT}?…
https://www.youtube.com/playlist?list=PL0123456789         | oembed | feed | {EMBED}/videoseries?…&list=PL0123456789
https://www.youtube.com/@linamarlow                        | page | channel |
https://www.youtube.com/channel/{UC}                       | page | feed feed feed |
https://music.youtube.com/watch?v={YT}                     | oembed | | {EMBED}/{YT}?…
https://vimeo.com/76979871                                 | oembed page | | https://player.vimeo.com/video/76979871?dnt=1&autoplay=1
https://vimeo.com/76979871/0123abcdef                      | oembed page | | https://player.vimeo.com/video/76979871?h=0123abcdef&dnt=1&autoplay=1
https://vimeo.com/linamarlow                               | page | feed |
https://www.tiktok.com/@lina/video/7106594312292453675     | oembed | | https://www.tiktok.com/player/v1/7106594312292453675?…
https://www.tiktok.com/@lina                               | oembed | |
https://www.twitch.tv/linamarlow                           | page | | https://player.twitch.tv/?channel=linamarlow&…&parent=lina.example&parent=www.lina.example&parent=localhost
https://www.twitch.tv/videos/1234567890?t=1m5s             | page | | https://player.twitch.tv/?video=1234567890&autoplay=false&time=65s&parent=…
https://clips.twitch.tv/HappyTree-a                        | page | | https://clips.twitch.tv/embed?clip=HappyTree-a&…
https://www.dailymotion.com/video/x8abcde                  | oembed page | | https://geo.dailymotion.com/player.html?video=x8abcde
https://www.dailymotion.com/linamarlow                     | page | dailymotion-list |
https://peer.example/w/kkGMgK9ZtnKfYAgnEtQxbv              | peertube-video oembed page | page | https://peer.example/videos/embed/kkGMgK9ZtnKfYAgnEtQxbv?…p2p=0
https://framatube.org/c/lina                               | page | peertube-list feed |
https://www.loom.com/share/0123456789abcdef                | oembed page | | https://www.loom.com/embed/0123456789abcdef?…
https://lina.wistia.com/medias/abc123                      | oembed page | | https://fast.wistia.net/embed/iframe/abc123?…
https://streamable.com/abc123                              | oembed page | | https://streamable.com/e/abc123?autoplay=1
https://odysee.com/@lina:8/night:1                         | oembed page | | https://odysee.com/$/embed/@lina:8/night:1?…
https://odysee.com/@lina:8                                 | page | feed |
https://rumble.com/v4abcd-night.html                       | oembed page | |
https://www.ted.com/talks/lina_marlow_on_ink               | oembed page | | https://embed.ted.com/talks/lina_marlow_on_ink
https://kick.com/lina                                      | page | | https://player.kick.com/lina
https://www.bilibili.com/video/BV1xx411c7mD                | page | | https://player.bilibili.com/player.html?bvid=BV1xx411c7mD&autoplay=1
https://nebula.tv/lina                                     | page | feed |
https://www.instagram.com/p/CxAbCdEfGhI/                   | | | https://www.instagram.com/p/CxAbCdEfGhI/embed/captioned/
https://www.instagram.com/linamarlow                       | | |
https://www.facebook.com/lina/posts/pfbid02abcDEF          | | | https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Flina%2Fposts%2Fpfbid02abcDEF&…
https://www.facebook.com/share/p/abcDEF                    | | |
https://www.threads.com/@lina/post/C8abcDEfgHi             | | | https://www.threads.com/@lina/post/C8abcDEfgHi/embed
https://whatsapp.com/channel/0029VaABC                     | | |
https://x.com/lina/status/1234567890123456789              | oembed | | https://platform.twitter.com/embed/Tweet.html?id=1234567890123456789&dnt=true
https://x.com/lina                                         | | |
https://bsky.app/profile/lina.example/post/3kabcdefghi2x   | bluesky-post oembed page | | https://embed.bsky.app/embed/lina.example/app.bsky.feed.post/3kabcdefghi2x
https://bsky.app/profile/lina.example                      | page | bluesky-feed feed |
https://social.example/@lina/112233445566778899            | mastodon-status oembed page | page | https://social.example/@lina/112233445566778899/embed
https://mastodon.social/@lina                              | mastodon-lookup page | mastodon-lookup feed |
https://social.example/@lina                               | mastodon-lookup page | mastodon-lookup feed page |
https://pixelfed.social/lina                               | page | feed |
https://pix.example/p/lina/712345678901234567              | page | page | https://pix.example/p/lina/712345678901234567/embed?…
https://www.reddit.com/r/riso/comments/1abcde/x/           | oembed page | | https://embed.reddit.com/r/riso/comments/1abcde/?embed=true
https://www.reddit.com/r/riso                              | page | feed |
https://lina.tumblr.com/post/712345678901                  | page oembed | |
https://lina.tumblr.com                                    | page | feed |
https://www.pinterest.com/pin/123456789012345678/          | oembed | | https://assets.pinterest.com/ext/embed.html?id=123456789012345678
https://www.pinterest.com/lina/riso                        | oembed | feed |
https://www.linkedin.com/feed/update/urn:li:share:7123     | | | https://www.linkedin.com/embed/feed/update/urn:li:share:7123
https://t.me/linamarlow/42                                 | page | | https://t.me/linamarlow/42?embed=1&mode=tme
https://t.me/linamarlow                                    | page | telegram-list |
https://discord.gg/AbC123                                  | discord-invite page | |
https://open.spotify.com/intl-de/track/{SP}                | oembed page | | https://open.spotify.com/embed/track/{SP}
https://open.spotify.com/show/{SP}                         | oembed page | | https://open.spotify.com/embed/show/{SP}
https://soundcloud.com/lina/night-lines                    | oembed page | | https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2Flina%2Fnight-lines&…
https://soundcloud.com/lina                                | page | page |
https://lina.bandcamp.com/album/night-lines                | page | |
https://lina.bandcamp.com                                  | page | feed page |
https://bandcamp.com/EmbeddedPlayer/album=12345/size=large | page | | https://bandcamp.com/EmbeddedPlayer/album=12345/size=large/…
https://music.apple.com/us/album/night/14?i=15             | oembed page | | https://embed.music.apple.com/us/album/night/14?i=15
https://music.apple.com/ch/artist/lina/1440857781          | page | apple-albums apple-albums |
https://podcasts.apple.com/ch/podcast/slow/id1440857781    | itunes-lookup itunes-lookup oembed page | itunes-lookup itunes-lookup | https://embed.podcasts.apple.com/ch/podcast/slow/id1440857781
https://www.deezer.com/fr/album/302127                     | oembed page | | https://widget.deezer.com/widget/auto/album/302127
https://www.deezer.com/artist/27                           | page | deezer-list |
https://tidal.com/browse/album/77646168                    | oembed page | | https://embed.tidal.com/albums/77646168
https://www.mixcloud.com/lina/night-show/                  | oembed page | | https://player-widget.mixcloud.com/widget/iframe/?hide_cover=1&feed=%2Flina%2Fnight-show%2F
https://www.mixcloud.com/lina/                             | page | mixcloud-list |
https://audiomack.com/lina/song/night                      | oembed page | |
https://audioboom.com/posts/8123456-night                  | oembed page | |
https://shows.acast.com/slow-lines                         | oembed page | feed | https://embed.acast.com/slow-lines
https://www.spreaker.com/show/1234                         | oembed page | feed |
https://lina.podbean.com/                                  | oembed page | feed |
https://share.transistor.fm/s/abc123                       | page | | https://share.transistor.fm/e/abc123
https://slow-lines.simplecast.com/episodes/night           | oembed page | |
https://www.buzzsprout.com/12345                           | page | feed |
https://lina.substack.com                                  | page | feed |
https://lina.substack.com/p/paper-ink                      | page | page |
https://medium.com/@lina                                   | page | feed |
https://lina.medium.com/                                   | page | feed |
https://lina.wordpress.com/2026/11/14/night                | oembed page | page |
https://lina.wordpress.com                                 | page | feed |
https://dev.to/lina                                        | page | feed |
https://www.patreon.com/lina                               | page | |
https://ko-fi.com/lina                                     | page | | https://ko-fi.com/lina/?hidefeed=true&widget=true&embed=true
https://lina.gumroad.com/l/zine                            | oembed page | |
https://lina.myshopify.com/                                | page | feed |
https://www.etsy.com/shop/lina                             | page | feed |
https://www.amazon.de/Slow/dp/3123456789                   | | |
https://www.eventbrite.de/e/riso-123                       | page | |
https://www.bandsintown.com/a/123                          | page | |
https://www.songkick.com/artists/123-lina                  | page | |
https://lu.ma/event/evt-AbC123                             | page | | https://lu.ma/embed/event/evt-AbC123/simple
https://www.meetup.com/riso-basel/                         | page | feed |
https://calendly.com/lina/30min                            | page | | https://calendly.com/lina/30min?embed_domain=lina.example&embed_type=Inline
https://www.flickr.com/photos/lina/51234567890/            | oembed page | |
https://www.flickr.com/photos/12345678@N00/                | page | feed page |
https://giphy.com/gifs/night-train-AbC123                  | oembed page | | https://giphy.com/embed/AbC123
https://imgur.com/gallery/AbC123                           | oembed page | |
https://dribbble.com/lina                                  | page | feed |
https://www.behance.net/gallery/1234567/night              | oembed page | | https://www.behance.net/embed/project/1234567?ilo0=1
https://github.com/lina/timetable                          | github-repo page | feed feed |
https://github.com/lina                                    | page | feed |
https://codepen.io/lina/pen/abcXYZ                         | oembed page | | https://codepen.io/lina/embed/abcXYZ?default-tab=result
https://jsfiddle.net/lina/abc123/                          | page | | https://jsfiddle.net/lina/abc123/embedded/result/
https://codesandbox.io/s/night-abc                         | oembed page | | https://codesandbox.io/embed/night-abc
https://www.figma.com/design/AbCdEf123456/Zine             | oembed page | | https://embed.figma.com/design/AbCdEf123456?embed-host=linkhome
https://www.canva.com/design/DAabc/xyz/view                | oembed page | | https://www.canva.com/design/DAabc/xyz/view?embed
https://miro.com/app/board/uXjV=/                          | oembed page | | https://miro.com/app/live-embed/uXjV%3D/
https://www.slideshare.net/lina/night                      | oembed page | |
https://speakerdeck.com/lina/night                         | oembed page | |
https://lina.example/blog                                  | page | page |
https://lina.example/feed.xml                              | feed page | feed |
mailto:hello@lina.example                                  | | |
media/portfolio.pdf                                        | | |
"""
ROWS = [tuple(cell.strip() for cell in line.split("|")) for line in TABLE.strip().splitlines()]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_each_platform_is_asked_and_plays_as_the_table_says(row: tuple[str, ...]) -> None:
    address, things, lists, source = row
    assert " ".join(ask.how for ask in single(address)) == things
    assert " ".join(ask.how for ask in newest(address)) == lists
    made = player(address, host="www.lina.example")
    if "…" in source:
        assert made and re.fullmatch(".*".join(map(re.escape, source.split("…"))), made.src), made
    else:
        assert (made.src if made else "") == source


def test_the_table_holds_the_platforms_that_have_rules() -> None:
    missing = {slug for slug, one in PLATFORMS.items() if one.oembed or one.asks or one.frames}
    missing -= {recognise(row[0]).slug for row in ROWS}
    # smaller ones of the same make as others in the table
    known = (
        "calcom captivate deviantart googlecalendar googleforms githubsponsors issuu kickstarter komoot libsyn podigee"
    )
    assert sorted(missing) == sorted([*known.split(), "steam", "strava", "typeform"])


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        (f"https://m.youtube.com/watch?feature=share&v={YT}&si=x", f"https://www.youtube.com/oembed?format=json&url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3D{YT}"),
        ("https://www.tiktok.com/@lina/photo/7106594312292453675?_t=1", "https://www.tiktok.com/oembed?url=https%3A%2F%2Fwww.tiktok.com%2F%40lina%2Fvideo%2F7106594312292453675"),
        ("https://twitter.com/lina/status/12345?s=20", "https://publish.x.com/oembed?omit_script=1&dnt=true&url=https%3A%2F%2Fx.com%2Flina%2Fstatus%2F12345"),
        (f"spotify:episode:{SP}", f"https://open.spotify.com/oembed?url=https%3A%2F%2Fopen.spotify.com%2Fepisode%2F{SP}"),
        ("https://bsky.app/profile/did:plc:abc/post/3kabcdefghi2x", "https://public.api.bsky.app/xrpc/app.bsky.feed.getPostThread?uri=at%3A%2F%2Fdid:plc:abc%2Fapp.bsky.feed.post%2F3kabcdefghi2x&depth=0"),
        ("https://www.social.example/@lina/112233445566", "https://www.social.example/api/v1/statuses/112233445566"),
        ("https://lina.example/a b?x=ü#part", "https://lina.example/a%20b?x=%C3%BC"),
        ("http://www.lina.example:80/a/?utm_source=x", "http://www.lina.example/a/?utm_source=x"),
        ("https://müller.example/", "https://xn--mller-kva.example/"),
    ],
)  # fmt: skip
def test_questions_are_spelt_as_the_platform_wants_them(address: str, asked: str) -> None:
    assert single(address)[0].url == asked


def test_facts_that_are_known_save_questions() -> None:
    feeds = [f"https://www.youtube.com/feeds/videos.xml?{which}" for which in (f"channel_id={UC}", f"playlist_id=UU{UC[2:]}", f"playlist_id=UULF{UC[2:]}")]  # fmt: skip
    assert [ask.url for ask in newest("https://youtube.com/@lina", {"channel": UC})] == feeds
    assert [ask.how for ask in newest("https://youtube.com/@lina", {"channel": "x/../y?"})] == ["channel"]
    asks = newest("https://mastodon.social/@lina", {"account": "42"})
    assert [ask.how for ask in asks] == ["mastodon-statuses", "feed"]
    assert asks[0].url.startswith("https://mastodon.social/api/v1/accounts/42/statuses?")
    asks = newest("https://podcasts.apple.com/ch/podcast/slow/id1", {"feed": "https://lina.example/feed.xml"})
    assert asks[0] == Ask("feed", "https://lina.example/feed.xml")
    assert newest("https://bsky.app/profile/lina.example", {"did": "did:plc:abc"})[0].url.count("actor=did:plc:abc&")


def test_vimeo_is_told_whose_site_it_is() -> None:
    asks = single("https://vimeo.com/76979871")
    assert [ask.referer for ask in asks] == [True, False]


def test_secrets_are_not_asked() -> None:
    assert newest("https://www.patreon.com/rss/lina?auth=abc") == ()
    assert newest("https://lina.example/feed.xml?token=abc") == ()
    assert (
        newest("https://podcasts.apple.com/ch/podcast/x/id1", {"feed": "https://a.example/f?auth=1"})[0].how
        == "itunes-lookup"
    )
    assert player("https://soundcloud.com/lina/night/s-AbCdEf12345") is None


@pytest.mark.parametrize("slug", sorted(slug for slug, one in PLATFORMS.items() if one.owner == "Meta"))
def test_meta_is_never_asked_and_the_creator_is_told(slug: str) -> None:
    platform = PLATFORMS[slug]
    assert not platform.copies and platform.apart
    for row in platform.rows:
        address = "https://" + platform.hosts[0] + re.sub(r"^[^/]*|\{[^}]*\}|\*", "12345", row[1]).removeprefix("12345")
        assert (single(address), newest(address), resolve_first(address)) == ((), (), False)
        assert apart(address) == platform.apart


def test_what_is_not_possible_is_said_where_it_is_asked_for() -> None:
    assert apart("https://www.tiktok.com/@lina").startswith("TikTok gives no list")
    assert apart("https://www.tiktok.com/@lina/video/7106594312292453675") == ""
    assert "paid key" in apart("https://x.com/lina")
    assert apart("https://youtube.com/@lina") == apart("https://lina.example") == apart("") == ""
    for slug, one in PLATFORMS.items():
        assert not one.apart or (one.apart.endswith(".") and one.apart.count(". ") == 0), slug


@pytest.mark.parametrize(
    "address",
    [
        "https://vm.tiktok.com/ZMabc/",
        "https://vt.tiktok.com/ZMabc",
        "https://www.tiktok.com/t/ZMabc",
        "https://on.soundcloud.com/abc",
        "https://spotify.link/abc",
        "https://pin.it/abc",
        "https://redd.it/abc",
        "https://www.reddit.com/r/riso/s/abc",
        "https://t.co/abc",
        "https://bit.ly/abc",
        "https://flic.kr/p/abc",
        "https://wp.me/abc",
        "https://geo.music.apple.com/ch/album/1",
        "https://link.tospotify.com/abc",
    ],
)
def test_short_links_are_followed_first(address: str) -> None:
    assert resolve_first(address)


@pytest.mark.parametrize(
    "address", ["https://youtu.be/" + YT, "https://lina.example/t/x", "https://bit.ly/", "https://amzn.to/abc", "https://fb.watch/abc", "", "tel:1"]
)  # fmt: skip
def test_other_links_are_not(address: str) -> None:
    assert not resolve_first(address)


# ---------------------------------------------------------------- players


@pytest.mark.parametrize(
    ("address", "end"),
    [
        (f"https://youtu.be/{YT}?t=42", "&start=42"),
        (f"https://youtu.be/{YT}?t=1m30s", "&start=90"),
        (f"https://www.youtube.com/watch?v={YT}&start=5&end=9", "&end=9&start=5"),
        (f"https://www.youtube.com/watch?v={YT}&list=PL0123456789", "&list=PL0123456789"),
        (f"https://www.youtube.com/watch?v={YT}&list=WL", "&rel=0"),
        (f"https://www.youtube.com/watch?v={YT}&t=1x&list=a%26b=c", "&rel=0"),
        (f"https://youtu.be/{YT}#t=1h1m1s", "&start=3661"),
        ("https://vimeo.com/76979871#t=30s", "&autoplay=1#t=30s"),
        ("https://vimeo.com/76979871/0123abcdef", "?h=0123abcdef&dnt=1&autoplay=1"),
    ],
)
def test_where_a_film_begins_is_kept(address: str, end: str) -> None:
    made = player(address)
    assert made and made.src.endswith(end)


def test_the_attributes_of_frames() -> None:
    made = player(f"https://youtu.be/{YT}")
    assert made and (made.host, made.platform, made.aspect) == ("www.youtube-nocookie.com", "YouTube", "16:9")
    assert made.referrer == "strict-origin-when-cross-origin"
    short = player(f"https://youtube.com/shorts/{YT}")
    assert short and short.aspect == "9:16"
    song = player("https://music.apple.com/us/album/x/1?i=2")
    assert (
        song and (song.aspect, song.height) == ("", 175) and "allow-top-navigation-by-user-activation" in song.sandbox
    )
    track = player("https://soundcloud.com/lina/night")
    assert track and "encrypted-media" in track.allow
    twitch = player("https://twitch.tv/lina", host="lina.example")
    assert twitch and "allow-storage-access-by-user-activation" in twitch.sandbox


def test_twitch_needs_to_know_the_site() -> None:
    assert player("https://twitch.tv/lina") is None
    assert player("https://twitch.tv/lina", host="lina.example:8000") is not None


#: A frame that an answer named | what becomes of it (nothing: it is not believed)
FOUND = f"""
https://rumble.com/embed/v4abc/?pub=4                   | https://rumble.com/embed/v4abc/
https://www.youtube.com/embed/{YT}?feature=oembed       | {EMBED}/{YT}?{PLAYS}
https://w.soundcloud.com/player/?visual=true&url=https%3A%2F%2Fapi.soundcloud.com%2Ftracks%2F1 | https://w.soundcloud.com/player?visual=true&url=https://api.soundcloud.com/tracks/1
https://bandcamp.com/EmbeddedPlayer/v=2/album=77/size=large/ | https://bandcamp.com/EmbeddedPlayer/album=77/…
https://widget.spreaker.com/player?episode_id=1         | https://widget.spreaker.com/player?episode_id=1
HTTPS://Widget.Spreaker.COM/player?episode_id=1&a="><x> | https://widget.spreaker.com/player?episode_id=1&a=%22%3E%3Cx%3E
http://rumble.com/embed/v4abc/                          |
//rumble.com/embed/v4abc/                               |
https://evil.example/embed/v4abc/                       |
https://rumble.com.evil.example/embed/v4abc/            |
https://evil.example/rumble.com/embed/                  |
https://x@rumble.com/embed/v4abc/                       |
https://widget.spreaker.com@evil.example/player         |
https://evil.example\\@widget.spreaker.com/player       |
https://widget.spreaker.com:8443/player                 |
https://widget.spreaker.com/../../player                |
javascript:alert(1)//rumble.com/embed/v4abc/            |
data:text/html,<script>alert(1)</script>                |
https://127.0.0.1/embed                                 |
"""


@pytest.mark.parametrize("row", FOUND.strip().splitlines())
def test_frames_that_others_name_are_believed_only_on_known_hosts(row: str) -> None:
    found, source = (cell.strip() for cell in row.split(" | ")) if " | " in row else (row.rstrip(" |"), "")
    made = player("https://lina.example/film", found=found)
    if source.endswith("…"):
        assert made and made.src.startswith(source[:-1])
    else:
        assert (made.src if made else "") == source


def test_a_server_that_the_creator_wrote_may_name_its_own_frames_and_no_others() -> None:
    address = "https://peer.example/c/night/videos"
    assert player(address, found="https://peer.example/video-playlists/embed/x") is not None
    assert player(address, found="https://other.example/video-playlists/embed/x") is None


@pytest.mark.parametrize("host", ["peer.example", "www.peer.example", "PEER.example:443"])
def test_no_frame_is_on_the_sites_own_host(host: str) -> None:
    assert player("https://peer.example/w/kkGMgK9ZtnKfYAgnEtQxbv", host="lina.example") is not None
    assert player("https://peer.example/w/kkGMgK9ZtnKfYAgnEtQxbv", host=host) is None
    assert player("https://rumble.com/x", host="rumble.com", found="https://rumble.com/embed/v1/") is None


def test_known_hosts_are_those_that_were_agreed() -> None:
    from linkhome.platforms.playing import _hosts

    agreed = """www.youtube-nocookie.com player.vimeo.com www.tiktok.com player.twitch.tv clips.twitch.tv geo.dailymotion.com
    open.spotify.com w.soundcloud.com bandcamp.com embed.music.apple.com embed.podcasts.apple.com widget.deezer.com
    embed.tidal.com player-widget.mixcloud.com assets.pinterest.com embed.bsky.app platform.twitter.com www.instagram.com
    www.facebook.com www.threads.com embed.reddit.com www.loom.com embed.figma.com codepen.io www.linkedin.com t.me"""
    assert set(agreed.split()) <= set(_hosts())
    for host in _hosts():
        assert public(host) == host


# ---------------------------------------------------------------- the table itself

NAMES = frozenset({"at", "name", "id", "x", "phone", "host", "path", "query", "address", "canonical", "land", "site"})
FACTS = frozenset({"channel", "did", "account", "user", "feed"})
PERMISSIONS = {"autoplay", "clipboard-write", "fullscreen", "encrypted-media", "picture-in-picture", "web-share"}
MOTION = {"accelerometer", "gyroscope"}  # YouTube's own list


@pytest.mark.parametrize("slug", sorted(PLATFORMS))
def test_rules_and_frames_are_well_formed(slug: str) -> None:
    platform = PLATFORMS[slug]
    for rule in (*platform.asks, *platform.feeds):
        assert rule.address.startswith("https://") and not missing(rule.address, NAMES | FACTS)
        assert set(rule.kinds.split()) <= KINDS
    for frame in platform.frames:
        assert not frame.address or frame.address.startswith("https://")
        assert not missing(frame.address, NAMES)
        assert frame.address or frame.hosts
        assert set(frame.kinds.split()) <= KINDS
        assert {one.partition(" ")[0] for one in frame.allow.split("; ")} <= PERMISSIONS | MOTION
        assert "allow-top-navigation " not in frame.sandbox + " "
        assert bool(frame.aspect) != bool(frame.height)
        assert not (frame.start or frame.keeps) or "?" in frame.address
    assert set(platform.oembed_kinds.split()) <= KINDS
    assert platform.shells == "*" or set(platform.shells.split()) <= KINDS
    for link in platform.links:
        check(link)
    assert not platform.oembed or platform.oembed.endswith("url=")


#: Endpoints that differ from the registry's on purpose.
NOT_AS_REGISTERED: dict[str, str] = {}


def test_endpoints_are_those_of_the_official_registry() -> None:
    if not REGISTRY.is_file():
        pytest.skip("the registry is not there")
    registered: dict[str, set[str]] = {}
    for provider in json.loads(REGISTRY.read_text("utf-8")):
        for endpoint in provider["endpoints"]:
            url = endpoint["url"].replace("{format}", "json").replace("http://", "https://")
            registered.setdefault(urlsplit(url).netloc, set()).add(url.rstrip("/"))
    compared = 0
    for slug, platform in PLATFORMS.items():
        parts = urlsplit(platform.oembed)
        if parts.netloc in registered:
            ours = f"https://{parts.netloc}{parts.path}".rstrip("/")
            assert ours in registered[parts.netloc], slug
            compared += 1
    assert compared >= 35


# ---------------------------------------------------------------- any text

HOSTS = st.sampled_from(
    [host.replace("*", "com") for one in PLATFORMS.values() for host in one.hosts] + ["a.example", "www.a.example"]
)
PIECES = st.text(st.sampled_from("@ab1._-~%/?#&=:+\\{}\"'<>\x00é\u202e 2"), max_size=40)
ADDRESSES = st.one_of(
    st.text(),
    st.builds("https://{}/{}".format, HOSTS, PIECES),
    st.builds("{}:{}".format, PIECES, PIECES),
    st.builds(lambda row, piece: row[0] + piece, st.sampled_from(ROWS), PIECES),
)
PLAIN = re.compile(r"[!#$&-;=?@-Z_a-z~%]+")  # neither quotes nor spaces, <, >, \ or control characters


def assert_public(url: str, *, schemes: tuple[str, ...] = ("https",)) -> None:
    parts = urlsplit(url)
    assert parts.scheme in schemes and PLAIN.fullmatch(url), url
    assert parts.netloc == public(parts.netloc) != "", url
    assert len(url) <= 2048


@settings(deadline=None)  # the first address loads modules
@given(ADDRESSES, st.dictionaries(st.sampled_from(sorted(FACTS)), PIECES))
@example("https://localhost/@lina", {})
@example("https://10.0.0.1/@lina/123456789", {})
@example("https://[::1]/w/kkGMgK9ZtnKfYAgnEtQxbv", {})
@example("https://social.local/@lina", {})
@example("https://social.example:8443/@lina", {})
@example("https://user:pw@social.example/@lina", {})
@example("https://vimeo.com/..", {})
@example("https://mastodon.social/@..", {})
@example("https://odysee.com/@a/%2e%2e", {})
@example("https://youtube.com/@lina", {"channel": "../../x"})
@example("https://tumblr.com/@", {})
@example("\ud800", {})
@example("https://a.example/\ud800", {})
@example("https://a.example/{id}", {})
def test_only_public_web_addresses_come_out(address: str, facts: dict[str, str]) -> None:
    for ask in (*single(address, facts), *newest(address, facts)):
        assert_public(ask.url, schemes=("http", "https"))
    assert isinstance(apart(address), str) and isinstance(resolve_first(address), bool)


@settings(deadline=None)
@given(ADDRESSES, st.one_of(PIECES, HOSTS), st.one_of(st.just(""), ADDRESSES))
@example("https://peer.example/w/kkGMgK9ZtnKfYAgnEtQxbv", "peer.example", "")
def test_only_public_https_frames_come_out(address: str, host: str, found: str) -> None:
    made = player(address, host=host, found=found)
    if made:
        assert_public(made.src)
        assert made.host == urlsplit(made.src).netloc != host.lower().removeprefix("www.")


def test_hostile_addresses_take_no_time() -> None:
    start = time.perf_counter()
    for piece in ("a/", "@", "-", "%25", "?v=", "&t=1", "%2e/", "s-"):
        for host in (
            "youtube.com/@",
            "pinterest.com/",
            "a.example/",
            "x.bandcamp.com/",
            "a.example/w/",
            "soundcloud.com/",
        ):
            address = f"https://{host}" + piece * 50_000
            single(address), newest(address), player(address, found=address), resolve_first(address), apart(address)
    single("https://" + "a." * 50_000 + "com/x")
    single("https://" + "ü" * 50_000 + ".com/x")
    assert time.perf_counter() - start < 15


@pytest.mark.parametrize(
    ("template", "values", "address"),
    [
        ("https://a.example/{id}", {"id": "x y"}, "https://a.example/x%20y"),
        ("https://a.example/{id}", {"id": "a/b"}, "https://a.example/a/b"),
        ("https://a.example/{id}", {"id": "a%2Fb?&#"}, "https://a.example/a%2Fb%3F%26%23"),
        ("https://a.example/{id}", {"id": ".."}, ""),
        ("https://a.example/{id}", {"id": "a/%2E%2E/b"}, ""),
        ("https://a.example/{id}", {"id": "a//b"}, ""),
        ("https://a.example/{id}", {"id": "a%0ab"}, ""),
        ("https://a.example/{id}", {}, ""),
        ("https://{id}.a.example/", {"id": "b"}, "https://b.a.example/"),
        ("https://{id}.a.example/", {"id": "b@c"}, ""),
        ("https://{id}.a.example/", {"id": "b/c"}, ""),
        ("https://{id}.a.example/", {"id": "%2F"}, ""),
        ("https://a.example/UU{id-UC}", {"id": "UCx"}, "https://a.example/UUx"),
        ("https://a.example/UU{id-UC}", {"id": "x"}, ""),
        ("https://a.example/{id~@N}", {"id": "1%40N"}, "https://a.example/1@N"),
        ("https://a.example/{id~@N}", {"id": "1"}, ""),
        ("https://a.example/{id!@}", {"id": "a%40b"}, ""),
        ("https://a.example/{id/1}", {"id": "a/b"}, "https://a.example/b"),
        ("https://a.example/{id/1}", {"id": "a"}, ""),
        ("https://a.example/x{query}", {"query": ""}, "https://a.example/x"),
        ("https://a.example/x", {}, "https://a.example/x"),
    ],
)
def test_templates(template: str, values: dict[str, str], address: str) -> None:
    assert fill(template, values) == address


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("Lina.Example", "lina.example"),
        ("müller.example", "xn--mller-kva.example"),
        *((host, "") for host in ("", "localhost", "a", "a.local", "127.0.0.1", "0x7f.1", "1.2", "[::1]", "a.example:8", "a_b.example", "-a.example", "a..example", "a b.example", "x" * 64 + ".example", "a." * 200 + "de", "router.lan", "nas.home.arpa", "x.onion")),
    ],
)  # fmt: skip
def test_hosts_that_everybody_can_reach(host: str, name: str) -> None:
    assert public(host) == name


def test_a_larger_picture_is_asked_for_first_and_the_named_one_when_it_is_missing():
    thumbnail = "https://i.ytimg.com/vi/0123456789a/hqdefault.jpg"
    assert pictures(thumbnail) == ("https://i.ytimg.com/vi/0123456789a/maxresdefault.jpg", thumbnail)
    assert pictures("https://i.ytimg.com.example.org/vi/a/hqdefault.jpg") == (
        "https://i.ytimg.com.example.org/vi/a/hqdefault.jpg",
    )
    assert pictures("") == ("",)
