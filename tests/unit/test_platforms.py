"""What an address alone tells: platform, kind, account, label, key."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from linkhome.platforms import KINDS, PLATFORMS, recognise
from linkhome.platforms.patterns import Address, match
from linkhome.platforms.table import ANYWHERE

YT = "dQw4w9WgXcQ"
SP = "4cOdK2wGLETKBW3PvgPWqT"

#: address | slug | kind | handle
TABLE = f"""
https://www.youtube.com/watch?v={YT}                              | youtube | video |
https://youtube.com/watch?feature=share&v={YT}&t=42               | youtube | video |
https://m.youtube.com/watch?v={YT}                                | youtube | video |
https://youtu.be/{YT}?si=abc                                      | youtube | video |
https://www.youtube-nocookie.com/embed/{YT}                       | youtube | video |
https://www.youtube.com/shorts/{YT}                               | youtube | short |
https://www.youtube.com/live/{YT}?feature=share                   | youtube | live |
https://www.youtube.com/playlist?list=PLFgquLnL59alCl_2TQvOiD5Vgm | youtube | playlist |
https://www.youtube.com/channel/UCX6OQ3DkcsbYNE6H8uQQuVA          | youtube | channel |
https://www.youtube.com/@linamarlow                               | youtube | channel | @linamarlow
https://www.youtube.com/@linamarlow/videos                        | youtube | channel | @linamarlow
https://www.youtube.com/@%E3%83%AA%E3%83%8A                       | youtube | channel | @リナ
https://www.youtube.com/c/LinaMarlow                              | youtube | channel | LinaMarlow
https://www.youtube.com/                                          | youtube | page |
https://music.youtube.com/watch?v={YT}                            | youtubemusic | track |
https://vimeo.com/76979871                                        | vimeo | video |
https://vimeo.com/76979871/0123abcdef                             | vimeo | video |
https://player.vimeo.com/video/76979871?h=0123abcdef              | vimeo | video |
https://vimeo.com/channels/staffpicks/76979871                    | vimeo | video |
https://vimeo.com/showcase/3253534/video/76979871                 | vimeo | video |
https://vimeo.com/linamarlow                                      | vimeo | profile | linamarlow
https://www.tiktok.com/@lina.marlow/video/7106594312292453675     | tiktok | short | @lina.marlow
https://www.tiktok.com/@lina.marlow/photo/7106594312292453675     | tiktok | post | @lina.marlow
https://www.tiktok.com/@lina.marlow?lang=en                       | tiktok | profile | @lina.marlow
https://vm.tiktok.com/ZMabc123/                                   | tiktok | short |
https://www.twitch.tv/linamarlow                                  | twitch | channel | linamarlow
https://www.twitch.tv/videos/1234567890                           | twitch | video |
https://clips.twitch.tv/HappyLittleTree-abc                       | twitch | clip |
https://www.twitch.tv/lina/clip/HappyLittleTree-abc               | twitch | clip |
https://www.dailymotion.com/video/x8abcde                         | dailymotion | video |
https://dai.ly/x8abcde                                            | dailymotion | video |
https://peer.example/w/kkGMgK9ZtnKfYAgnEtQxbv                     | peertube | video |
https://peer.example/videos/watch/9c9de5e8-0a1e-484a-b099-e80766180a6d | peertube | video |
https://www.loom.com/share/0123456789abcdef0123456789abcdef       | loom | video |
https://vimeo.com/event/1234567                                   | vimeo | live |
https://framatube.org/c/night_trains                              | peertube | channel | night_trains
https://framatube.org/@lina                                       | peertube | profile | lina
https://kick.com/lina                                             | kick | channel | lina
https://www.instagram.com/linamarlow                              | instagram | profile | @linamarlow
https://www.instagram.com/linamarlow/?hl=en&igsh=xyz              | instagram | profile | @linamarlow
https://www.instagram.com/p/CxAbCdEfGhI/                          | instagram | post |
https://www.instagram.com/linamarlow/reel/CxAbCdEfGhI/            | instagram | short | @linamarlow
https://www.instagram.com/explore/                                | instagram | page |
https://www.threads.net/@lina.marlow                              | threads | profile | @lina.marlow
https://www.threads.com/@lina.marlow/post/C8abcDEfgHi             | threads | post | @lina.marlow
https://www.facebook.com/linamarlow                               | facebook | profile | linamarlow
https://www.facebook.com/linamarlow/posts/pfbid02abcDEF           | facebook | post | linamarlow
https://www.facebook.com/watch/?v=10153231379946729               | facebook | video |
https://www.facebook.com/groups/risoprinters                      | facebook | community | risoprinters
https://fb.watch/abc123/                                          | facebook | video |
https://x.com/linamarlow                                          | x | profile | @linamarlow
https://twitter.com/linamarlow/status/1234567890123456789?s=20    | x | post | @linamarlow
https://x.com/i/web/status/1234567890123456789                    | x | post |
https://x.com/search?q=riso                                       | x | page |
https://bsky.app/profile/lina.bsky.social                         | bluesky | profile | @lina.bsky.social
https://bsky.app/profile/lina.bsky.social/post/3kabcdefghi2x      | bluesky | post | @lina.bsky.social
https://mastodon.social/@lina                                     | mastodon | profile | @lina@mastodon.social
https://social.example/@lina/112233445566778899                   | mastodon | post | @lina@social.example
https://social.example/@lina@other.example                        | mastodon | profile | @lina@other.example
https://social.example/users/lina/statuses/112233445566778899     | mastodon | post | @lina@social.example
https://pixelfed.social/lina                                      | pixelfed | profile | @lina@pixelfed.social
https://pix.example/p/lina/712345678901234567                     | pixelfed | post | @lina@pix.example
https://www.reddit.com/r/risograph/comments/1abcde/two_colours/   | reddit | post | r/risograph
https://old.reddit.com/r/risograph                                | reddit | community | r/risograph
https://www.reddit.com/user/lina                                  | reddit | profile | lina
https://linamarlow.tumblr.com/                                    | tumblr | profile | linamarlow
https://www.tumblr.com/linamarlow/712345678901/night              | tumblr | post | linamarlow
https://de.pinterest.com/linamarlow/                              | pinterest | profile | @linamarlow
https://www.pinterest.co.uk/pin/night-train--123456789012345678/  | pinterest | post |
https://www.linkedin.com/in/lina-marlow-1234/                     | linkedin | profile | lina-marlow-1234
https://www.linkedin.com/company/night-lines                      | linkedin | profile | night-lines
https://www.snapchat.com/add/lina                                 | snapchat | profile | @lina
https://open.spotify.com/track/{SP}?si=1                          | spotify | track |
https://open.spotify.com/intl-de/album/{SP}                       | spotify | album |
https://open.spotify.com/embed/episode/{SP}                       | spotify | episode |
https://open.spotify.com/show/{SP}                                | spotify | podcast |
spotify:artist:{SP}                                               | spotify | profile |
https://soundcloud.com/lina/night-lines                           | soundcloud | track | lina
https://soundcloud.com/lina/sets/journeys                         | soundcloud | album | lina
https://lina.bandcamp.com                                         | bandcamp | profile | lina
https://lina.bandcamp.com/album/night-lines                       | bandcamp | album | lina
https://music.apple.com/us/album/night/1440857781?i=1440857786    | applemusic | track |
https://podcasts.apple.com/ch/podcast/slow-lines/id1440857781     | applepodcasts | podcast |
https://podcasts.apple.com/ch/podcast/slow-lines/id1440857781?i=1000123456789 | applepodcasts | episode |
https://www.deezer.com/fr/album/302127                            | deezer | album |
https://tidal.com/browse/track/77646168                           | tidal | track |
https://www.mixcloud.com/lina/night-show/                         | mixcloud | episode | lina
https://feeds.soundcloud.com/users/soundcloud:users:42/sounds.rss | soundcloud | feed |
https://bandcamp.com/EmbeddedPlayer/v=2/album=1234/size=large     | bandcamp | album |
https://anchor.fm/s/1a2b3c/podcast/rss                            | spotify | feed |
https://podcasters.spotify.com/pod/show/lina                      | spotify | podcast | lina
https://www.buzzsprout.com/12345                                  | buzzsprout | podcast |
https://www.buzzsprout.com/12345/episodes/678-night               | buzzsprout | episode |
https://slowlines.libsyn.com/                                     | libsyn | podcast | slowlines
https://slow-lines.captivate.fm/episode/night                     | captivate | episode | slow-lines
https://slow-lines.podigee.io/12-night                            | podigee | episode | slow-lines
https://issuu.com/lina/docs/zine-7                                | issuu | document | lina
https://giphy.com/gifs/night-train-AbC123                         | giphy | post |
https://bsky.app/profile/did:plc:abc/post/3kabcdefghi2x           | bluesky | post | @did:plc:abc
https://www.audible.co.uk/pd/Slow-Lines/B0ABCDEFGH                | audible | book |
https://linamarlow.substack.com                                   | substack | profile | linamarlow
https://linamarlow.substack.com/p/paper-ink-patience?r=1          | substack | article | linamarlow
https://medium.com/@lina                                          | medium | profile | @lina
https://medium.com/@lina/paper-and-ink-0a1b2c3d4e5f               | medium | article | @lina
https://letterboxd.com/lina/                                      | letterboxd | profile | lina
https://www.goodreads.com/book/show/12345-slow-lines              | goodreads | book |
https://www.etsy.com/shop/linamarlow                              | etsy | shop | linamarlow
https://www.etsy.com/de/listing/123456789/riso-print              | etsy | product |
https://lina.gumroad.com/l/zine                                   | gumroad | product |
https://lina-marlow.myshopify.com/products/zine-7                 | shopify | product | lina-marlow
https://www.amazon.de/Slow-Lines/dp/3123456789/ref=sr_1_1         | amazon | product |
https://ko-fi.com/linamarlow                                      | kofi | support | linamarlow
https://www.buymeacoffee.com/lina                                 | buymeacoffee | support | lina
https://www.patreon.com/c/lina                                    | patreon | support | lina
https://paypal.me/linamarlow/5                                    | paypal | support | linamarlow
https://cash.app/$lina                                            | cashapp | support | lina
https://venmo.com/u/lina                                          | venmo | support | @lina
https://liberapay.com/lina/donate                                 | liberapay | support | lina
https://github.com/sponsors/lina                                  | githubsponsors | support | lina
https://linktr.ee/lina                                            | linktree | profile | @lina
https://github.com/lina                                           | github | profile | lina
https://github.com/lina/timetable                                 | github | repository | lina/timetable
https://github.com/lina/timetable/releases.atom                   | github | feed | lina/timetable
https://gist.github.com/lina/0a1b2c3d4e5f                         | github | code | lina
https://gitlab.com/lina/timetable                                 | gitlab | repository | lina/timetable
https://codepen.io/lina/pen/abcXYZ                                | codepen | code | lina
https://www.figma.com/design/AbCdEf123456/Zine?node-id=0-1        | figma | design |
https://www.behance.net/linamarlow                                | behance | profile | linamarlow
https://dribbble.com/shots/1234567-Night                          | dribbble | design |
https://www.flickr.com/photos/lina/51234567890/                   | flickr | post | lina
https://t.me/linamarlow                                           | telegram | channel | @linamarlow
https://t.me/linamarlow/42                                        | telegram | post | @linamarlow
https://discord.gg/AbC123                                         | discord | invite |
https://wa.me/41615550123?text=hi                                 | whatsapp | chat | +41615550123
https://whatsapp.com/channel/0029VaABC                            | whatsapp | channel |
https://signal.me/#p/+41615550123                                 | signal | chat |
https://m.me/linamarlow                                           | messenger | chat | linamarlow
https://matrix.to/#/@lina:matrix.org                              | matrix | chat | @lina:matrix.org
https://matrix.to/#/%23riso:matrix.org                            | matrix | community | #riso:matrix.org
https://calendly.com/lina/30min                                   | calendly | booking | lina
https://docs.google.com/forms/d/e/1FAIpQLSd/viewform              | googleforms | form |
https://www.google.com/maps/place/Basel                           | googlemaps | map |
https://play.google.com/store/apps/details?id=org.example.app     | googleplay | app |
https://apps.apple.com/us/app/slow-lines/id1440857781             | appstore | app |
https://www.eventbrite.co.uk/e/riso-workshop-123456               | eventbrite | event |
https://lu.ma/riso                                                | luma | event |
https://www.strava.com/athletes/12345                             | strava | profile |
mailto:hello@lina.example?subject=Hi                              | mail | mail | hello@lina.example
tel:+41%2061%20555%2001%2023                                      | phone | phone | +41 61 555 01 23
sms:+41615550123?body=Hi                                          | sms | sms | +41615550123
media/portfolio.pdf                                               | | document |
https://lina.example                                              | | page |
https://lina.example/feed.xml                                     | | feed |
https://notinstagram.com/lina                                     | | page |
https://instagram.com.evil.example/lina                           | | page |
"""

ROWS = [tuple(cell.strip() for cell in line.split("|")) for line in TABLE.strip().splitlines()]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_reads_slug_kind_and_handle(row: tuple[str, ...]) -> None:
    address, slug, kind, handle = (*row, "")[:4]
    known = recognise(address)
    assert (known.slug, known.kind, known.handle) == (slug, kind, handle)


def test_the_table_is_long_enough() -> None:
    assert len(ROWS) >= 90


@pytest.mark.parametrize(
    ("address", "label", "icon", "kind"),
    [
        ("https://www.instagram.com/linamarlow", "Instagram", "instagram", "profile"),
        ("https://codepen.io/lina", "CodePen", "code", "profile"),
        ("mailto:hello@lina.example", "hello@lina.example", "mail", "mail"),
        ("tel:+41615550123", "+41615550123", "phone", "phone"),
        ("media/portfolio.pdf", "Portfolio PDF", "pdf", "document"),
        ("media/night-lines_2026.zip", "Night lines 2026 ZIP", "archive", "archive"),
        ("media/episode%2012.mp3", "Episode 12 MP3", "music", "audio"),
        ("media/contact.vcf", "Contact VCF", "contact", "contact"),
        ("media/font.woff2", "Font WOFF2", "file", "file"),
        ("posts/night-trains/", "Night trains", "link", "page"),
        ("about.html", "About", "link", "page"),
        ("https://www.lina.example/shop?x=1", "lina.example", "globe", "page"),
        ("https://lina.example/cv.pdf", "lina.example", "pdf", "document"),
        ("geo:47.55,7.59", "47.55,7.59", "map", "map"),
        ("ftp://lina.example/x", "ftp://lina.example/x", "link", "page"),
    ],
)
def test_gives_a_label_and_an_icon(address: str, label: str, icon: str, kind: str) -> None:
    known = recognise(address)
    assert (known.label, known.icon, known.kind) == (label, icon, kind)


@pytest.mark.parametrize(
    ("address", "owner"),
    [
        ("https://instagram.com/lina", "Meta"),
        ("https://wa.me/41615550123", "Meta"),
        ("https://music.youtube.com/@lina", "Alphabet"),
        ("https://github.com/lina", "Microsoft"),
        ("https://www.audible.de/pd/X/B0ABCDEFGH", "Amazon"),
        ("https://mastodon.social/@lina", "mastodon.social"),
        ("https://lina.example", ""),
    ],
)
def test_names_who_can_switch_it_off(address: str, owner: str) -> None:
    assert recognise(address).owner == owner


WATCH = f"https://youtube.com/watch?v={YT}"


@pytest.mark.parametrize(
    ("address", "key"),
    [
        (f"https://youtu.be/{YT}?si=abc", WATCH),
        (f"http://m.youtube.com/watch?v={YT}&feature=share&list=PL0123456789", WATCH),
        (f"https://www.youtube-nocookie.com/embed/{YT}", WATCH),
        ("https://twitter.com/lina/status/12345?s=20&t=abc", "https://x.com/i/status/12345"),
        ("https://www.instagram.com/lina/p/CxAbCdEfGhI/?igsh=1", "https://instagram.com/p/CxAbCdEfGhI"),
        (f"spotify:track:{SP}", f"https://open.spotify.com/track/{SP}"),
        (f"https://open.spotify.com/intl-de/track/{SP}?nd=1", f"https://open.spotify.com/track/{SP}"),
        ("https://player.vimeo.com/video/76979871?h=0123abcdef", "https://vimeo.com/76979871/0123abcdef"),
        ("https://music.apple.com/us/album/x/12?i=34&uo=4", "https://music.apple.com/us/album/x/12?i=34"),
        ("https://WWW.Lina.Example/Shop/?b=2&utm_source=x&a=1#top", "https://lina.example/Shop?a=1&b=2"),
        ("https://lina.example:8080/", "https://lina.example:8080"),
        ("https://lina.example./?s=riso&t=1", "https://lina.example?s=riso&t=1"),
        ("https://signal.me/#p/+41615550123", "https://signal.me#p/+41615550123"),
        ("tel:+41 61 555-01-23", "tel:+41615550123"),
        (" https://lina.example\n/a\tb ", "https://lina.example/ab"),
        ("instagram.com/lina", "https://instagram.com/lina"),
    ],
)
def test_all_spellings_of_an_address_share_a_key(address: str, key: str) -> None:
    assert recognise(address).key == key


def test_the_id_of_a_hidden_video_keeps_its_hash() -> None:
    assert recognise("https://vimeo.com/76979871/0123abcdef").id == "76979871/0123abcdef"


def test_every_entry_is_well_formed() -> None:
    assert len(PLATFORMS) >= 100
    for slug, platform in PLATFORMS.items():
        assert slug == platform.slug
        assert slug.isascii() and slug.isalnum() and slug == slug.lower()
        assert len(platform.colour) == 6 and int(platform.colour, 16) >= 0
        assert platform.owner or platform in ANYWHERE or slug in ("matrix", "nostr")
        assert platform.hosts
        for host in platform.hosts:
            assert host == host.lower() and not host.startswith(("www.", "http"))
        for row in platform.rows:
            assert row[0] in KINDS, row
            host = row[1].partition("/")[0].partition("}")[2] or row[1].partition("/")[0]
            assert not host or "/" in row[1], row


def test_no_two_platforms_claim_a_host() -> None:
    claimed = [host for platform in PLATFORMS.values() for host in platform.hosts]
    assert sorted(claimed) == sorted(set(claimed))


@pytest.mark.parametrize(
    ("pattern", "address", "found"),
    [
        ("/@{at}", Address("a.example", ("@lina",), ()), {"at": "lina"}),
        ("/{at}", Address("a.example", ("Explore",), ()), None),
        ("/{id:digits}", Address("a.example", ("12x",), ()), None),
        ("/{id:digits}", Address("a.example", ("١٢",), ()), None),
        ("/{id:3}", Address("a.example", ("a-_",), ()), {"id": "a-_"}),
        ("/{x:a|b}/{id}", Address("a.example", ("b", "c"), ()), {"x": "b", "id": "c"}),
        ("/*-{id:digits}", Address("a.example", ("night-train-12",), ()), {"id": "12"}),
        ("/a/**", Address("a.example", ("a",), ()), {}),
        ("/a/**", Address("a.example", ("a", "b", "c"), ()), {}),
        ("/a", Address("a.example", ("a", "b"), ()), None),
        ("{name}.a.example/", Address("lina.a.example", (), ()), {"name": "lina"}),
        ("{name}.a.example/", Address("a.example", (), ()), None),
        ("/w?v={id}", Address("a.example", ("w",), (("t", "1"), ("v", "x"))), {"id": "x"}),
        ("/w?v={id}", Address("a.example", ("w",), (("t", "1"),)), None),
        ("/{name}/{name}", Address("a.example", ("lina", "riso"), ()), {"name": "lina/riso"}),
    ],
)
def test_patterns(pattern: str, address: Address, found: dict[str, str] | None) -> None:
    assert match(pattern, address) == found


HOSTS = st.sampled_from([host for platform in PLATFORMS.values() for host in platform.hosts] + ["a.example"])
PIECES = st.text(st.sampled_from("@ab1._-~%/?#&=:+\\{}\x00é\u202e "), max_size=40)


@given(
    st.one_of(st.text(), st.builds("https://{}/{}".format, HOSTS, PIECES), st.builds("{}:{}".format, PIECES, PIECES))
)
@example("http://[")
@example("https://[::1]:99999/@x")
@example("https://user:pw@instagram.com/lina")
@example("mailto:")
@example("tel:")
@example("https://")
@example("//")
@example("")
@example("spotify:")
@example("\ud800")
@example("https://youtube.com/@{id}/{x}")
def test_any_text_has_an_answer(address: str) -> None:
    known = recognise(address)
    assert known.kind in KINDS
    assert known.icon and known.colour.startswith("#")
    assert known.handle.isprintable() and known.label.isprintable()


@given(st.builds("https://{}/{}".format, HOSTS, PIECES))
def test_a_key_is_its_own_key(address: str) -> None:
    key = recognise(address).key
    assert recognise(key).key == key


def test_a_hostile_address_takes_no_time() -> None:
    start = time.perf_counter()
    for piece in ("a/", "@", "-", "%25", "?v=", "&v="):
        for host in ("youtube.com", "pinterest.com", "a.example", "x.bandcamp.com"):
            recognise(f"https://{host}/" + piece * 50_000)
    recognise("https://" + "a." * 50_000 + "com/x")
    assert time.perf_counter() - start < 5
