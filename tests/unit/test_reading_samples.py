"""Read every captured answer, good and rubbish, and compare with what a person sees in it.

The captured answers are not part of the project; where the folder is not there, these tests are skipped. Feeds and the
answers of programming interfaces have their own table beside this one.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from test_reading_feeds_samples import FEED_FILES

from linkhome.embeds.fetch import Answer
from linkhome.embeds.reading import Reading, Unusable, read
from linkhome.platforms.asking import Ask

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples" / "embeds"
pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the captured answers are not here")

#: Files that are no answers.
NO_ANSWERS = {"SOURCES.txt", "registry/AUDIT.md", "registry/providers.json"}

#: (file, how it was asked, the address that was wanted, what is refused or what is read).
#: Fields: a plain value is compared; ``image`` and ``frame`` by host (and a beginning of the path); ``text`` by its
#: beginning; ``asks`` by how and host.
Row = tuple[str, str, str, Any]


def no(code: str, gone: bool = False) -> tuple[str, bool]:
    return code, gone


SC = "https://soundcloud.com/"
ROWS: list[Row] = [
    # ---- video
    (
        "youtube/oembed-video-2021.json",
        "oembed",
        "https://youtu.be/eiHXASgRTcA",
        {
            "title": "Noisy kittens waiting for dinner!",
            "author": "smshdchrb",
            "author_url": "https://www.youtube.com/user/smshdchrb",
            "image": "i.ytimg.com/vi/eiHXASgRTcA/",
            "frame": "www.youtube.com/embed/eiHXASgRTcA",
            "kind": "video",
            "aspect": "4:3",
            "text": "",
            "published": "",
        },
    ),
    (
        "youtube/oembed-playlist-2021.json",
        "oembed",
        "https://www.youtube.com/playlist?list=PL4qTakKkQATKOyZPJG_cAMnRtF7fAIdST",
        {
            "title": "De espaldas al patriarcado",
            "author": "Scadrei5",
            "author_url": "https://www.youtube.com/user/Scadrei5",
            "image": "i.ytimg.com/vi/CdbnVwot6lc/",
            "kind": "playlist",
        },
    ),
    (
        "youtube/playlist-onebox.html",
        "page",
        "https://www.youtube.com/playlist?list=PL5308B2E5749D1696",
        {
            "title": "The web is what you make of it",
            "text": "More and more, the web is simply just part of your life",
            "image": "i.ytimg.com/vi/3lp3RpC-60U/",
            "kind": "playlist",
            "sensitive": True,  # og:restrictions:age says 18+
            "asks": (),
        },
    ),
    (
        "youtube/video-comments-only-2026.html",
        "page",
        "https://www.youtube.com/watch?v=arj7oStGLkU",
        {
            "title": "Inside the Mind of a Master Procrastinator | Tim Urban | TED",
            "author": "TED",
            "author_url": "http://www.youtube.com/@TED",
            "image": "i.ytimg.com/vi/arj7oStGLkU/maxresdefault.jpg",
            "published": "2016-04-06T09:59:35-07:00",
            "kind": "video",
        },
    ),
    (
        "vimeo/oembed-2021.json",
        "oembed",
        "https://vimeo.com/235352744",
        {
            "title": "Vimeo Live is here",
            "author": "Vimeo",
            "author_url": "https://vimeo.com/vimeomarketing",
            "text": "Professional live streaming is here.\n\nLearn more at vimeo.com/live",
            "published": "2017-09-25T10:36:56Z",
            "duration": 75,
            "image": "i.vimeocdn.com/video/657162424_640.jpg",
            "frame": "player.vimeo.com/video/235352744",
            "aspect": "16:9",
        },
    ),
    (
        "vimeo/watch-2025.html",
        "page",
        "https://vimeo.com/311983548",
        {
            "title": "Vimeo Best of the Year 2018: Winners",
            "author": "Vimeo Curation",
            "author_url": "https://vimeo.com/vimeocuration",
            "text": "The results are in!",
            "published": "2019-01-17T21:34:21Z",
            "duration": 44,
            "image": "i.vimeocdn.com/video/752943117-",
            "frame": "player.vimeo.com/video/311983548",
            "aspect": "16:9",
            "asks": ("oembed vimeo.com",),
        },
    ),
    ("vimeo/watch-404-2024.html", "page", "https://vimeo.com/235352744", no("gone", True)),
    (
        "tiktok/oembed-video-ruby.json",
        "oembed",
        "https://www.tiktok.com/@shmemmmy/video/7005293332821822726",
        {
            "title": "POV u work at a big company #techtok #softwareengineer #job #professional #workfromhome #softwaredeveloper",
            "author": "Emily",
            "author_url": "https://www.tiktok.com/@shmemmmy",
            "image": "p16-sign-va.tiktokcdn.com/",
            "kind": "short",
            "aspect": "9:16",
            "frame": "",
        },
    ),
    ("tiktok/video-2024.html", "page", "https://www.tiktok.com/@a3noticias/video/6806030056956251397", no("shell")),
    (
        "tiktok/video-2025.html",
        "page",
        "https://www.tiktok.com/@illojuan/video/7571863205253778710",
        {"title": "IlloJuan on TikTok", "text": "La nueva locurilla de fin de año", "image": "", "kind": "short"},
    ),
    ("twitch/channel-2021.html", "page", "https://www.twitch.tv/twit", no("shell")),
    ("twitch/clip-2023.html", "page", "https://clips.twitch.tv/BlowupTuesday", no("shell")),
    (
        "dailymotion/oembed-2024.json",
        "oembed",
        "https://www.dailymotion.com/video/xy0wd",
        {
            "title": "Chats paresseux",
            "author": "jeanbamin",
            "image": "s2.dmcdn.net/v/63aD1au2tjDf9rTG/x240",
            "frame": "geo.dailymotion.com/player.html",
            "aspect": "4:3",
        },
    ),
    (
        "ted/oembed-2024.json",
        "oembed",
        "https://www.ted.com/talks/george_monbiot_for_more_wonder_rewild_the_world",
        {
            "title": "George Monbiot: For more wonder, rewild the world",
            "author": "George Monbiot",
            "text": "Wolves were once native to the US' Yellowstone National Park -- until",
            "image": "pi.tedcdn.com/r/",
            "url": "https://www.ted.com/talks/george_monbiot_for_more_wonder_rewild_the_world",
            "aspect": "16:9",
        },
    ),
    (
        "pleroma/video-og.html",
        "page",
        "https://example.com/pageurl",
        {
            "title": "Title",
            "text": "Desc",
            "image": "example.com/imageurl",
            "frame": "example.com/embedurl",
            "url": "https://example.com/pageurl",
        },
    ),
    (
        "giphy/gif-2023.html",
        "page",
        "https://giphy.com/gifs/the-office-no-steve-carell-12XMGIWtrHBl5e",
        {
            "title": "The Office No GIF - Find & Share on GIPHY",
            "image": "media1.giphy.com/media/",
            "author": "",
            "url": "https://giphy.com/gifs/the-office-no-steve-carell-12XMGIWtrHBl5e",
            "frame": "giphy.com/embed/12XMGIWtrHBl5e/",
            "asks": ("oembed giphy.com",),
        },
    ),
    (
        "imgur/page-onebox.html",
        "page",
        "https://imgur.com/gallery/Sdc0Klc",
        {
            "title": "Did you miss me?",
            "image": "i.imgur.com/j1CNCZY.gif",
            "author": "",
            "published": "2019-02-11",
            "url": "https://imgur.com/gallery/Sdc0Klc",
            "asks": ("oembed api.imgur.com",),
        },
    ),
    # ---- posts
    (
        "twitter/oembed-ruby.json",
        "oembed",
        "https://twitter.com/RailsGirlsSoC/status/702136612822634496",
        {
            "author": "Rails Girls Summer of Code",
            "author_url": "https://twitter.com/RailsGirlsSoC",
            "text": "Our 2016 fundraising campaign is now open!! Let’s make another amazing summer happen!✨💜💪💚✨👉 https://t.co/R8Jg36xaQx",
            "published": "2016-02-23",
            "url": "https://twitter.com/RailsGirlsSoC/status/702136612822634496",
            "kind": "post",
            "image": "",
            "frame": "",
        },
    ),
    (
        "twitter/post-bot-variant-og-2025.html",
        "page",
        "https://x.com/realDonaldTrump/status/1222907250383245320",
        {
            "title": "Donald J. Trump (@realDonaldTrump) on X",
            "author": "Donald J. Trump",
            "text": "“Schiff blasted for not focusing on California homeless.” @foxandfriends",
            "image": "pbs.twimg.com/profile_images/874276197357596672/kUuht00m_200x200.jpg",
            "kind": "post",
        },
    ),
    (
        "twitter/post-image-bot-variant-og-2025.html",
        "page",
        "https://x.com/UaSmart/status/934106870834454529",
        {
            "title": "SmartUA (@UaSmart) on X",
            "author": "SmartUA",
            "text": "Y terminamos el dia con Cultura de empresa con @patoroco",
            "image": "pbs.twimg.com/media/DPadOKpXcAIL-NW.jpg",
        },
    ),
    (
        "twitter/post-video-bot-variant-og-2025.html",
        "page",
        "https://twitter.com/verge/status/957383241714970624",
        {
            "title": "The Verge (@verge) on X",
            "author": "The Verge",
            "text": "Is it bad to blow into game cartridges?",
            "image": "pbs.twimg.com/media/DRg1OMRVwAEuwTK.jpg",
        },
    ),
    ("twitter/status-no-js-2024.html", "page", "https://twitter.com/pepephone/status/436461658601713664", no("shell")),
    (
        "twitter/t.co-meta-refresh-2021.html",
        "page",
        "https://t.co/4DK3Jc2BTt",
        {"title": "", "url": "https://buff.ly/2uSOHDs", "asks": ("page buff.ly",)},
    ),
    (
        "bluesky/post-2026.html",
        "page",
        "https://bsky.app/profile/stephenking.bsky.social/post/3mddvy5bv6k27",
        {
            "title": "Stephen King (@stephenking.bsky.social)",
            "author": "Stephen King",
            "author_url": "https://bsky.app/profile/stephenking.bsky.social",
            "text": "The rightwing response to the murder of Alex Pretti is predictable",
            "published": "2026-01-26T18:50:48Z",
            "image": "cdn.bsky.app/img/avatar/plain/",
            "kind": "post",
            "asks": ("oembed embed.bsky.app",),
        },
    ),
    (
        "threads/post-head-2023.html",
        "page",
        "https://www.threads.com/t/CuWRRrQuql9",
        {
            "title": "Joy Qiu (@joyqiuu) on Threads",
            "author": "Joy Qiu",
            "text": "5.8K likes, 449 replies. A long, long, LONG day and 10M users later… P92 server signing off for the night 🫡",
            "image": "scontent.cdninstagram.com/v/",
        },
    ),
    (
        "instagram/oembed-2020.json",
        "oembed",
        "https://www.instagram.com/p/B9bOM-6Ax_d/",
        {
            "author": "ruby_eloquent",
            "image": "scontent.cdninstagram.com/v/",
            "text": "",  # "A post shared by" is none
            "kind": "post",
        },
    ),
    (
        "instagram/oembed-extractor.json",
        "oembed",
        "https://www.instagram.com/p/ic7kRDqOlt/",
        {"author": "diegoquinteiro", "image": ""},
    ),
    ("instagram/oembed-tokenless-2026-shape.json", "oembed", "https://www.instagram.com/p/Abcdefghijk/", no("empty")),
    (
        "instagram/post-onebox.html",  # an oEmbed answer, whatever its name says
        "oembed",
        "https://www.instagram.com/p/CARbvuYDm3Q/",
        {"author": "natgeo", "image": "scontent.cdninstagram.com/v/", "text": ""},
    ),
    (
        "instagram/profile.html",
        "page",
        "https://www.instagram.com/pluto__travel/",
        {
            "title": "Pluto (@pluto__travel) • Instagram photos and videos",
            "text": "2,362 Followers, 136 Following, 224 Posts",
            "image": "scontent-mad2-1.cdninstagram.com/v/",
            "kind": "profile",
        },
    ),
    (
        "instagram/reel.html",
        "page",
        "https://www.instagram.com/reel/CN2VQ1yI_MA/",
        {
            "title": "Jaime Lorente on Instagram",
            "text": "152K likes, 784 comments - jaimelorentelo on April 19, 2021",
            "image": "scontent-mad1-1.cdninstagram.com/v/",
            "url": "https://www.instagram.com/reel/CN2VQ1yI_MA/",
        },
    ),
    (
        "facebook/oembed-extractor.json",
        "oembed",
        "https://www.facebook.com/facebook/videos/10153231379946729/",
        {
            "title": "How to Share With Just Friends",
            "author": "Facebook",
            "text": "How to share with just friends.",
            "published": "2014-12-05",
            "image": "",
        },
    ),
    (
        "reddit/oembed-2021.json",
        "oembed",
        "https://www.reddit.com/r/investing/comments/7pfpeq/buffett_on_cyrptocurrencies_i_can_say_almost_with/",
        {
            "title": "Buffett on cyrptocurrencies: 'I can say almost with certainty that they will come to a bad ending'",
            "author": "dennisrieves",
            "image": "",
        },
    ),
    (
        "reddit/oembed-2024.json",
        "oembed",
        "https://www.reddit.com/r/investing/comments/7pfpeq/buffett_on_cyrptocurrencies_i_can_say_almost_with/",
        {
            "title": "Buffett on cyrptocurrencies: 'I can say almost with certainty that they will come to a bad ending'",
            "author": "dennisrieves",
            "frame": "",
        },
    ),
    (
        "reddit/image-onebox.html",
        "page",
        "https://www.reddit.com/r/colors/comments/b4d5xm/literally_nothing_black_edition/",
        {
            "title": "r/colors - Literally nothing black edition",
            "text": "4 votes and 1 comment so far on Reddit",
            "image": "preview.redd.it/vsg59iw0srn21.jpg?auto=webp&s=e19452b85c0aa8e3563cb1006a36eb914abfdec7",
        },
    ),
    (
        "pinterest/oembed-pin-2024.json",
        "oembed",
        "https://www.pinterest.com/pin/106890191127977979/",
        {
            "title": "Pourparler",
            "author": "Leslie Carruthers",
            "image": "i.pinimg.com/236x/",
            "frame": "assets.pinterest.com/ext/embed.html",
        },
    ),
    ("pinterest/pin-2024.html", "page", "https://www.pinterest.com/pin/106890191127977979/", no("empty")),
    (
        "tumblr/post-2024.html",
        "page",
        "https://he-who-photographs-rather-ok.tumblr.com/post/165326273724",
        {
            "title": "He-who-photographs-rather-OK",
            "text": "Usually minimal editing. Also effort",
            "published": "2017-09-14T10:20:35Z",
            "image": "64.media.tumblr.com/0a0fac1ef8faa0c466d9224567af06aa/",
            "kind": "post",
            "asks": ("oembed www.tumblr.com", "feed he-who-photographs-rather-ok.tumblr.com"),
        },
    ),
    (
        "telegram/post-full-image.html",
        "page",
        "https://t.me/chollometro/28542",
        {
            "title": "Chollometro",
            "text": "CHOLLO COMPARTIDO❗️🔥#Amazon",
            "image": "cdn4.cdn-telegram.org/file/",
            "kind": "post",
        },
    ),
    (
        "telegram/post-no-iframe.html",
        "page",
        "https://t.me/DiaboxApp",
        {"title": "DiaBox", "text": "DiaBox App Official Channel", "image": "cdn5.cdn-telegram.org/file/"},
    ),
    (
        "linkedin/pulse-2019.html",
        "page",
        "https://www.linkedin.com/pulse/how-can-ai-change-financial-services-consolidation-finai-ramya-joseph",
        {
            "title": "How Can AI Change Financial Services? Consolidation of the #FinAI tweetstorm",
            "text": "We had a tweetstorm today on #FinAI",
            "published": "2016-05-26",
            "image": "media.licdn.com/mpr/",
            "kind": "article",
        },
    ),
    # ---- music and podcasts
    (
        "spotify/oembed-show-2024-11.json",
        "oembed",
        "https://open.spotify.com/show/0gWT8X6lgGuJkpcx0XJ3yr",
        {
            "title": "the memory palace",
            "author": "",
            "image": "i.scdn.co/image/ab67656300005f1f735fed67686bd4c85d3a7b55",
            "frame": "open.spotify.com/embed/show/0gWT8X6lgGuJkpcx0XJ3yr",
            "kind": "podcast",
        },
    ),
    (
        "spotify/oembed-track-2024-11.json",
        "oembed",
        "https://open.spotify.com/track/7y8NWS6gR3Wz4C7W8Bh0WL?si=aa84a1d637ac4b3d",
        {
            "title": "Don't Bring Me Down",
            "image": "",
            "frame": "open.spotify.com/embed/track/7y8NWS6gR3Wz4C7W8Bh0WL",
            "kind": "track",
        },
    ),
    (
        "spotify/artist-2024.html",
        "page",
        "https://open.spotify.com/artist/1gR0gsQYfi6joyO1dlp76N",
        {
            "title": "Justice",
            "text": "Artist · 2M monthly listeners.",
            "image": "i.scdn.co/image/ab6761610000e5eb7c8d2eb76dc05630521eefa4",
            "asks": ("oembed open.spotify.com",),
        },
    ),
    (
        "soundcloud/oembed-user-2021.json",
        "oembed",
        SC + "ididthat-1/lowe-ct-cape-times-world-cup",
        {
            "title": "LOWE CT Cape Times - World Cup by IDIDTHAT.co",
            "author": "IDIDTHAT.co",
            "author_url": SC + "ididthat-1",
            "image": "",  # fb_placeholder.png
            "frame": "w.soundcloud.com/player/",
            "aspect": "",
        },
    ),
    (
        "soundcloud/track-2024.html",
        "page",
        SC + "zedsdead/zeds-dead-twin-shadow-lost-you-feat-dangelo-lacy",
        {
            "title": "Zeds Dead feat. Twin Shadow & D'Angelo Lacy - Lost You",
            "author": "Zeds Dead",
            "author_url": SC + "zedsdead",
            "text": "MUSIC VIDEO : https://www.youtube.com/watch?v=VJm7IPrBmLY",
            "image": "i1.sndcdn.com/artworks-fdcKTkNSeA5J-0-t500x500.jpg",
            "frame": "w.soundcloud.com/player/",
            "duration": 218,
            "kind": "track",
            "asks": ("oembed soundcloud.com",),
        },
    ),
    (
        "bandcamp/track-2024.html",
        "page",
        "https://jeanjean.bandcamp.com/track/coquin-l-l-phant",
        {
            "title": "Coquin L'éléphant, by Jean Jean",
            "author": "Jean Jean",
            "text": "from the album Symmetry",
            "published": "2013-09-14T00:00:00Z",
            "duration": 226,
            "image": "f4.bcbits.com/img/a3289609405_5.jpg",
            "frame": "bandcamp.com/EmbeddedPlayer/v=2/track=2592086951/",
            "kind": "track",
            "price": "",
        },
    ),
    (
        "apple/music-album-2023.html",
        "page",
        "https://music.apple.com/us/album/%E3%82%AA%E3%83%B3%E3%83%A9%E3%82%A4%E3%83%B3%E9%A3%B2%E3%81%BF%E4%BC%9A-single/1654452985",
        {
            "title": "Online Nomikai - Single by Online",
            "text": "Album · 2022 · 1 Song",
            "published": "2022-12-05",
            "image": "is1-ssl.mzstatic.com/image/thumb/Music122/",
            "image_alt": "Online Nomikai - Single by Online",
            "kind": "album",
            "audio": "",
            "price": "",
            "asks": ("oembed music.apple.com",),
        },
    ),
    (
        "apple/podcast-2023.html",
        "page",
        "https://podcasts.apple.com/es/podcast/la-mol%C3%A9cula-que-falta/id1181714154?i=1000623871376",
        {
            "title": "mixx.io: La molécula que falta en Apple Podcasts",
            "author": "Álex Barredo",
            "text": "Programa mixx.io, ep. La molécula que falta - 8 ago 2023",
            "published": "",  # "8 ago 2023" is no date that programs can read
            "duration": 878,
            "image": "is1-ssl.mzstatic.com/image/thumb/Podcasts113/",
            "kind": "episode",
        },
    ),
    (
        "acast/episode-2022.html",
        "page",
        "https://play.acast.com/s/saywhytodrugs/caffeine",
        {
            "title": "Caffeine",
            "text": "Episode 11 is a return to the usual format.",
            "image": "assets.pippa.io/shows/",
            "frame": "embed.acast.com/saywhytodrugs/caffeine",
            "kind": "episode",
            "audio": "https://sphinx.acast.com/saywhytodrugs/caffeiner/media.mp3",
            "asks": ("oembed oembed.acast.com",),
        },
    ),
    (
        "tidal/track-2023.html",
        "page",
        "https://tidal.com/browse/track/240175608",
        {
            "title": "ROSALÍA - DESPECHÁ",
            "author": "ROSALÍA",
            "text": "Listen to DESPECHÁ on TIDAL",
            "published": "2022-07-28T00:00:00Z",
            "duration": 157,
            "image": "resources.tidal.com/images/",
            "asks": ("oembed oembed.tidal.com",),
        },
    ),
    # ---- writing, shops, events
    (
        "medium/post-2021.html",
        "page",
        "https://medium.com/webpack/webpack-3-official-release-15fd2dd8f07b",
        {
            "title": "🍾🚀 webpack 3: Official Release!! 🚀🍾",
            "author": "Sean T. Larkin",
            "author_url": "https://medium.com/@TheLarkInn",
            "text": "Now with Scope Hoisting, “magic comments”, and more!",
            "published": "2017-06-21T16:57:08Z",
            "image": "miro.medium.com/max/1200/",
            "kind": "article",
        },
    ),
    (
        "wordpress/oembed-self-hosted-csstricks-2021.json",
        "oembed",
        "https://css-tricks.com/css-scrollbar-with-progress-meter/",
        {
            "title": "CSS Scrollbar With Progress Meter | CSS-Tricks",
            "author": "Chris Coyier",
            "text": "Scrollbars are natural progress meters.",
            "image": "css-tricks.com/wp-content/uploads/2020/04/scrollbar-progress.png",
            "frame": "css-tricks.com/css-scrollbar-with-progress-meter/embed/",
            "aspect": "",
        },
    ),
    (
        "wordpress/oembed-wordpress.tv-2024.json",
        "oembed",
        "https://wordpress.tv/2013/09/06/dave-ross-optimize-image-files-like-a-pro/",
        {"title": "Dave Ross: Optimize Image Files Like a Pro", "author": "WordPress.tv", "image": ""},
    ),
    (
        "etsy/listing-onebox.html",
        "page",
        "https://www.etsy.com/in-en/listing/87673424/personalized-word-pillow-case-letter",
        {
            "title": "Personalized Word Pillow Case | Letter, Symbol, Text Cushion Cover | 18x18 inch / 45x45 cm Decorative Pillow | Modern Home Decor",
            "author": "RocailStudio",
            "text": "15% off when you buy 2 items",
            "image": "i.etsystatic.com/6088772/r/il/",
            "price": "52.00 CAD",
            "kind": "product",
            "asks": ("feed www.etsy.com",),
        },
    ),
    ("etsy/datadome-challenge-2023.html", "page", "https://www.etsy.com/listing/87673424/", no("blocked")),
    ("amazon/error-page-200.html", "page", "https://www.amazon.com/dp/B000000000", no("blocked")),
    ("amazon/product-2024.html", "page", "https://www.amazon.com/dp/B0CJ4C4S57", no("empty")),
    (
        "amazon/og-onebox.html",
        "page",
        "https://www.amazon.com/Christine-Rebecca-Hall/dp/B01MFXN4Y2",
        {
            "title": "Watch Christine online - Amazon Video",
            "text": "CHRISTINE is the story of an aspiring newswoman",
            "image": "images-na.ssl-images-amazon.com/images/I/51nOF2iBa6L._SX940_.jpg",
            "duration": 7140,
        },
    ),
    (
        "songkick/artist-2015.html",
        "page",
        "https://www.songkick.com/artists/236156-elysian-fields",
        {
            "title": "Elysian Fields",
            "text": "Buy tickets for an upcoming Elysian Fields concert near you.",
            "image": "images.sk-static.com/images/media/img/col4/20100330-103600-169450.jpg",
            "kind": "profile",
            "starts": "",  # its concerts are other things
        },
    ),
    (
        "kickstarter/project-403-cloudflare-2024.html",
        "page",
        "https://www.kickstarter.com/projects/1452363698/good-seed-craft-veggie-burgers",
        no("blocked"),
    ),
    (
        "googleplay/app-onebox.html",
        "page",
        "https://play.google.com/store/apps/details?id=org.example.app",
        no("empty"),
    ),
    # ---- pictures, code, documents
    (
        "flickr/oembed-photo-2020.json",
        "oembed",
        "https://www.flickr.com/photos/bees/2362225867/",
        {
            "title": "Bacon Lollys",
            "author": "bees",  # without the marks that turn the direction of writing
            "author_url": "https://www.flickr.com/photos/bees/",
            "license": "All Rights Reserved",
            "image": "live.staticflickr.com/3040/2362225867_4a87ab8baf_b.jpg",
            "url": "https://www.flickr.com/photos/bees/2362225867/",
            "aspect": "4:3",
        },
    ),
    (
        "flickr/oembed-photostream-2024.json",
        "oembed",
        "https://www.flickr.com/photos/desescribir/sets/72157650686499888",
        {
            "title": "Günther Förg. Verfolgen Malerei / Fundación Luís Seoane",
            "author": "desescribir",
            "license": "CC BY-NC-ND 2.0",
            "image": "live.staticflickr.com/8572/16055522574_ce77fde14e_b.jpg",
            "frame": "",
        },
    ),
    (
        "dribbble/profile-2026.html",
        "page",
        "https://dribbble.com/phenomenonstudio",
        {
            "title": "Phenomenon Studio",
            "image": "cdn.dribbble.com/userupload/46565275/file/still-46fddf0e50a743eead493131aded5d1d.png",
            "image_alt": 'Dribbble shot titled "Brand Identity Design For Creative Agency– Northbound" by Phenomenon Labs',
            "kind": "profile",
        },
    ),
    (
        "github/blob-2021.html",
        "page",
        "https://github.com/oscarotero/Embed/blob/master/composer.json",
        {
            "title": "oscarotero/Embed",
            "text": "Get info from any web service or page.",
            "image": "avatars.githubusercontent.com/u/377873?s=400&v=4",
            "asks": (),
        },
    ),
    (
        "slideshare/oembed-2020.json",
        "oembed",
        "https://www.slideshare.net/gabriele.lana/the-magic-of-elixir",
        {
            "title": "The Magic Of Elixir",
            "author": "Gabriele Lana",
            "image": "cdn.slidesharecdn.com/ss_thumbnails/",
            "frame": "www.slideshare.net/slideshow/embed_code/key/avVsGA62TMDu6n",
        },
    ),
    # ---- consent
    ("consent/consent.google.es-200.html", "page", "https://www.google.es/maps/place/Tordoia", no("consent")),
    (
        "consent/consent.youtube.com-404.html",
        "channel",
        "https://www.youtube.com/channel/UCuZeHD5SGecQomz2pVDHGzg",
        no("consent"),
    ),
    # ---- encodings
    (
        "charset/euc-jp.html",
        "page",
        "https://www.rakuten.co.jp/",
        {
            "title": "【楽天市場】Shopping is Entertainment! ： インターネット最大級の通信販売、通販オンラインショッピングコミュニティ",
            "image": "r.r10s.jp/com/inc/home/20080930/spt/common/img/20180702_ogp.png",
        },
    ),
    ("charset/iso-8859-1.html", "page", "https://example.com/frederic", {"title": "Frédéric"}),
    ("charset/latin1-posing-as-utf8.http", "page", "https://example.com/tofu", {"title": "Tofu á l'orange"}),
    ("charset/sjis-with-wrong-http-charset.http", "page", "https://example.com/sjis", {"title": "SJISのページ"}),
    ("charset/utf8-meta-after-1024.html", "page", "https://example.com/frederic", {"title": "Frédéric"}),
    # ---- odd oEmbed
    (
        "oembed-odd/drupal-photo-no-dimensions.json",
        "oembed",
        "https://www.flickr.com/photos/amazeelabs/26497866357",
        {"title": "Druplicon FTW!", "image": "", "aspect": ""},
    ),
    *(
        (f"oembed-odd/summaly-{name}.json", "oembed", "https://example.com/thing", no("empty"))
        for name in (
            "oembed-child-iframe",
            "oembed-double-iframes",
            "oembed-no-version",
            "oembed-too-powerful",
            "percentage-width",
        )
    ),
    ("oembed-odd/unfurl-oembed-error.json", "oembed", "https://example.com/thing", no("error")),
    ("oembed-odd/unfurl-oembed.xml", "oembed", "https://www.youtube.com/watch?v=mvSItvjFE1c", no("not-json")),
    ("oembed-odd/unfurl-oembed-cdata.xml", "oembed", SC + "the-bugle", no("not-json")),
    (
        "oembed-odd/unfurl-oembed-broken.html",
        "page",
        "https://example.com/thing",
        {"title": "", "asks": ("oembed example.com",)},
    ),
    (
        "oembed-odd/unfurl-oembed-http.html",
        "page",
        "https://example.com/thing",
        {"title": "", "asks": ("oembed localhost",)},
    ),
    # ---- weird
    (
        "weird/oembed-200-as-html-deviantart.json",
        "oembed",
        "https://www.deviantart.com/pachunka/art/Cope-145564099",
        {
            "title": "Cope",
            "author": "pachunka",
            "published": "2009-12-02T23:59:51-08:00",
            "image": "images-wixmp-ed30a86b8c4ca887773594c2.wixmp.com/f/2b5a457d-dde7-459a-badf-774e8e506025/d2enxz7-431ca9c3",
            "aspect": "2:3",
            "sensitive": False,
        },
    ),
    (
        "weird/oembed-200-html-instead-of-json-ustream.html",
        "oembed",
        "http://www.ustream.tv/channel/red-shoes-billiards-60803-camera-1",
        {
            "title": "Red Shoes Billiards 1pkt,banks camera 1",
            "author": "redsh0es",
            "image": "ustvstaticcdn2-a.akamaihd.net/i/channel/picture/",
            "frame": "",  # http only
        },
    ),
    (
        "weird/oembed-404-json-spreaker.json",
        "oembed",
        "https://www.spreaker.com/user/angelclark/angel-clark-ice-cream-tocos",
        no("gone", True),
    ),
    (
        "weird/oembed-404-plain-text-42-bytes.txt",
        "oembed",
        "https://animoto.com/play/GjsJ1gu0WDRfr4pGw12xZQ",
        no("gone", True),
    ),
    ("weird/oembed-501.txt", "oembed", "https://www.flickr.com/photos/bees/2362225867/501", no("error")),
    (
        "weird/oembed-discovery-bitchute.html",
        "page",
        "https://www.bitchute.com/video/8hXWnkvA8Ao/",
        {
            "title": "2023 Praemium Imperiale White House Program",
            "text": "First Lady Jill Biden hosts an event",
            "image": "static-3.bitchute.com/live/cover_images/",
            "duration": 2128,
            "kind": "video",
            "asks": ("oembed www.bitchute.com",),
        },
    ),
    ("weird/jsonld-null.html", "page", "https://example.com/", {"title": "Some Name Goes Here"}),
    (
        "weird/linkpreview-generic-invalid-meta-syntax.html",
        "page",
        "https://example.com/",
        {"title": "INVALID PAGE2", "text": "Jack"},
    ),
    ("weird/linkpreview-jsonld-invalid.html", "page", "https://example.com/", no("empty")),
    (
        "weird/linkpreview-opengraph-nocontent-duplicate.html",
        "page",
        "https://example.com/",
        {"title": "the title", "text": "لورم ایپزوم"},
    ),
    (
        "weird/opengraph-duplicates.html",
        "page",
        "https://www.example.com/",
        {
            "title": "meta.property=og:title",
            "text": "meta.property=og:description",
            "author": "meta.author:1",
            "image": "www.example.com/meta/property=og:image",
        },
    ),
]


@pytest.mark.parametrize(("file", "how", "address", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_sample(file: str, how: str, address: str, expected: Any) -> None:
    answer, asked = _answer(file, how, address)
    if isinstance(expected, tuple):
        with pytest.raises(Unusable) as refused:
            read(Ask(how, asked), answer, address)
        assert (refused.value.code, refused.value.gone) == expected
        assert refused.value.sentence
        return
    reading = read(Ask(how, asked), answer, address)
    assert reading.source == how
    for name, value in expected.items():
        _compare(reading, name, value)


def test_every_sample_has_a_row() -> None:
    files = {
        str(path.relative_to(SAMPLES)).replace("\\", "/")
        for path in SAMPLES.rglob("*")
        if path.is_file() and not path.name.endswith(".meta.json")
    }
    assert files == NO_ANSWERS | {row[0] for row in ROWS} | FEED_FILES
    assert len({row[0] for row in ROWS}) == len(ROWS)


def _answer(file: str, how: str, address: str) -> tuple[Answer, str]:
    """Return the captured answer, and the address that the question went to."""
    path = SAMPLES / file
    body, status, headers = path.read_bytes(), 200, {}
    if path.suffix == ".http":
        head, _, body = body.replace(b"\r\n", b"\n").partition(b"\n\n")
        lines = head.decode().split("\n")
        status = int(lines[0].split()[1])
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
    beside = path.with_name(path.name + ".meta.json")
    asked = final = address if how == "page" else f"https://api.example.com/{how}"
    if beside.exists():
        found = json.loads(beside.read_text(encoding="utf-8"))
        status = found["status"]
        headers = {name: values[-1] for name, values in found["headers"].items()}
        final = found.get("request_uri") or headers.pop("content-location", final)
        asked = final if how == "oembed" else address
    return Answer(status, headers, body, final), asked


def _compare(reading: Reading, name: str, value: Any) -> None:
    found = getattr(reading, name)
    if name == "asks":
        assert tuple(f"{ask.how} {urlsplit(ask.url).hostname}" for ask in found) == value
    elif name in ("image", "frame") and value:
        assert found.partition("://")[2].startswith(value), found
        assert name == "image" or found.startswith("https://")
    elif name == "text" and value:
        assert found.startswith(value), found
    else:
        assert found == value
