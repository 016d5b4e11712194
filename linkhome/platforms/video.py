"""Know the large platforms of film and live streams."""

from __future__ import annotations

from .entry import SANDBOX, Frame, Platform, Rule

_VIMEO = "https://vimeo.com/{id}"
_CLIP = "https://clips.twitch.tv/{id}"
_PLAYER = "https://player.vimeo.com/video"
_VIMEO_MAY = "autoplay; fullscreen; picture-in-picture; clipboard-write; encrypted-media"
_TWITCH = f"{SANDBOX} allow-storage-access-by-user-activation allow-modals"
_FIELDS = "fields=id,title,description,thumbnail_720_url,created_time,duration,url&limit=20"

PLATFORMS = (
    Platform(
        "vimeo",
        "Vimeo",
        "Bending Spoons",
        "1AB7EA",
        ("vimeo.com",),
        (
            ("video", "player.vimeo.com/video/{id:digits}?h={id:hex}", _VIMEO),
            ("video", "player.vimeo.com/video/{id:digits}", _VIMEO),
            ("video", "/{id:digits}?h={id:hex}", _VIMEO),
            ("video", "/{id:digits}", _VIMEO),
            ("video", "/{id:digits}/{id:hex}", _VIMEO),
            ("live", "/event/{id:digits}/**"),
            ("video", "/channels/*/{id:digits}", _VIMEO),
            ("video", "/groups/*/{x:video|videos}/{id:digits}", _VIMEO),
            ("video", "/{x:album|showcase}/*/video/{id:digits}", _VIMEO),
            ("video", "/ondemand/*/{id:digits}", _VIMEO),
            ("playlist", "/{x:album|showcase}/{id:digits}/**"),
            ("channel", "/{x:channels|groups|ondemand}/{name}"),
            ("profile", "/{name}"),
        ),
        oembed="https://vimeo.com/api/oembed.json?dnt=1&url=",
        oembed_kinds="video live playlist",
        feeds=(
            Rule("profile", "feed", "https://vimeo.com/{name}/videos/rss"),
            Rule("channel", "feed", "https://vimeo.com/{x}/{name}/videos/rss"),
        ),
        frames=(
            # the second part is the key of a film that is not listed
            Frame("video", f"{_PLAYER}/{{id/0}}?h={{id/1}}&dnt=1&autoplay=1", allow=_VIMEO_MAY, start="#t={start}s"),
            Frame("video", f"{_PLAYER}/{{id}}?dnt=1&autoplay=1", allow=_VIMEO_MAY, start="#t={start}s"),
            Frame("live", "https://vimeo.com/event/{id}/embed", allow=_VIMEO_MAY),
            Frame("playlist", "https://vimeo.com/showcase/{id}/embed", allow=_VIMEO_MAY),
        ),
        referer=True,
    ),
    Platform(
        "tiktok",
        "TikTok",
        "ByteDance",
        "000000",
        ("tiktok.com",),
        (
            ("short", "/@{at}/video/{id:digits}", "https://tiktok.com/@{at}/video/{id}"),
            ("post", "/@{at}/photo/{id:digits}", "https://tiktok.com/@{at}/photo/{id}"),
            ("live", "/@{at}/live"),
            ("short", "/{x:player|embed}/{x:v1|v2|v3}/{id:digits}"),
            ("short", "/t/{x}"),
            ("short", "vm.tiktok.com/{x}"),
            ("short", "vt.tiktok.com/{x}"),
            ("profile", "/@{at}", "https://tiktok.com/@{at}"),
        ),
        oembed="https://www.tiktok.com/oembed?url=",
        oembed_kinds="short profile",
        asks=(
            Rule(
                "post",
                "oembed",
                "https://www.tiktok.com/oembed?url=https%3A%2F%2Fwww.tiktok.com%2F%40{at}%2Fvideo%2F{id}",
            ),
        ),
        frames=(
            Frame(
                "short post",
                "https://www.tiktok.com/player/v1/{id}?autoplay=1&music_info=1&description=1",
                "9:16",
                allow="autoplay; encrypted-media; fullscreen",
            ),
        ),
        apart="TikTok gives no list of a profile without a token: write the videos as `items:`.",
        shells="*",
        links=("vm.tiktok.com/{x}", "vt.tiktok.com/{x}", "/t/{x}"),
        www=True,
    ),
    Platform(
        "twitch",
        "Twitch",
        "Amazon",
        "9146FF",
        ("twitch.tv",),
        (
            ("clip", "clips.twitch.tv/embed?clip={id}", _CLIP),
            ("clip", "clips.twitch.tv/{id}", _CLIP),
            ("clip", "/*/clip/{id}", _CLIP),
            ("video", "/videos/{id:digits}", "https://twitch.tv/videos/{id}"),
            ("video", "/*/{x:v|video}/{id:digits}", "https://twitch.tv/videos/{id}"),
            ("event", "/{name}/schedule"),
            ("channel", "/{name}/**"),
        ),
        noise=("tt_content", "tt_medium"),
        frames=(
            Frame("channel", "https://player.twitch.tv/?channel={name}&autoplay=false", sandbox=_TWITCH, parents=True),
            Frame(
                "video",
                "https://player.twitch.tv/?video={id}&autoplay=false",
                sandbox=_TWITCH,
                parents=True,
                start="&time={start}s",
            ),
            Frame("clip", "https://clips.twitch.tv/embed?clip={id}&autoplay=false", sandbox=_TWITCH, parents=True),
        ),
        apart="Twitch gives no list of a channel without a key: write the videos and clips as `items:`.",
        www=True,
    ),
    Platform(
        "dailymotion",
        "Dailymotion",
        "Canal+",
        "0A0A0A",
        ("dailymotion.com", "dai.ly"),
        (
            ("video", "dai.ly/{id}", "https://dailymotion.com/video/{id}"),
            ("video", "/video/{id}", "https://dailymotion.com/video/{id}"),
            ("video", "/embed/video/{id}", "https://dailymotion.com/video/{id}"),
            ("video", "geo.dailymotion.com/player.html?video={id}", "https://dailymotion.com/video/{id}"),
            ("video", "geo.dailymotion.com/player/*?video={id}", "https://dailymotion.com/video/{id}"),
            ("playlist", "/playlist/{id}/**"),
            ("channel", "/{name}"),
        ),
        oembed="https://www.dailymotion.com/services/oembed?url=",
        oembed_kinds="video playlist",
        feeds=(
            Rule("channel", "dailymotion-list", f"https://api.dailymotion.com/user/{{name}}/videos?{_FIELDS}"),
            Rule("playlist", "dailymotion-list", f"https://api.dailymotion.com/playlist/{{id}}/videos?{_FIELDS}"),
        ),
        frames=(
            Frame(
                "video",
                "https://geo.dailymotion.com/player.html?video={id}",
                allow="autoplay; fullscreen; picture-in-picture; web-share",
                start="&startTime={start}",
            ),
            Frame(
                "playlist",
                "https://geo.dailymotion.com/player.html?playlist={id}",
                allow="autoplay; fullscreen; picture-in-picture; web-share",
            ),
        ),
        www=True,
    ),
)
