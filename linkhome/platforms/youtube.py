"""Know YouTube, its films and its music."""

from __future__ import annotations

from .entry import Frame, Platform, Rule

_WATCH = "https://youtube.com/watch?v={id}"
_OEMBED = "https://www.youtube.com/oembed?format=json&url="
_NOCOOKIE = "https://www.youtube-nocookie.com/embed"
_PLAYS = "?autoplay=1&playsinline=1&rel=0"
_YOUTUBE = (
    "accelerometer; autoplay; clipboard-write; encrypted-media; gyroscope; picture-in-picture; web-share; fullscreen"
)
_FEED = "https://www.youtube.com/feeds/videos.xml"
#: The feeds of a channel: all films, all by another way, long films only. Each fails at times, for days.
_NEWEST = (
    *(
        Rule("channel profile", "feed", f"{_FEED}?{which}")
        for known in ("channel", "id")
        for which in (
            f"channel_id={{{known}}}",
            f"playlist_id=UU{{{known}-UC}}",
            f"playlist_id=UULF{{{known}-UC}}",
        )
    ),
    Rule("playlist", "feed", f"{_FEED}?playlist_id={{id}}"),
    Rule("channel profile", "channel", "https://www.youtube.com/@{at}"),
    Rule("channel", "channel", "https://www.youtube.com/c/{path-c/}"),
    Rule("channel", "channel", "https://www.youtube.com/user/{path-user/}"),
)

PLATFORMS = (
    Platform(
        "youtube",
        "YouTube",
        "Alphabet",
        "FF0000",
        ("youtube.com", "youtu.be", "youtube-nocookie.com"),
        (
            ("short", "/shorts/{id:11}", "https://youtube.com/shorts/{id}"),
            ("video", "/watch?v={id:11}", _WATCH),
            ("video", "youtu.be/{id:11}", _WATCH),
            ("live", "/live/{id:11}", _WATCH),
            ("video", "/v/{id:11}", _WATCH),
            ("playlist", "/embed/videoseries?list={id:10+}", "https://youtube.com/playlist?list={id}"),
            ("video", "/embed/{id:11}", _WATCH),
            ("playlist", "/playlist?list={id:10+}", "https://youtube.com/playlist?list={id}"),
            ("channel", "/channel/{id:24}/**", "https://youtube.com/channel/{id}"),
            ("post", "/post/{id:10+}"),
            ("post", "/@{at}/post/{id:10+}", "https://youtube.com/post/{id}"),
            ("channel", "/@{at}/**", "https://youtube.com/@{at}"),
            ("channel", "/c/{name}/**", "https://youtube.com/c/{name}"),
            ("channel", "/user/{name}/**", "https://youtube.com/user/{name}"),
        ),
        noise=("feature", "pp", "ab_channel"),
        oembed="https://www.youtube.com/oembed?format=json&url=",
        oembed_kinds="video short live playlist",
        feeds=_NEWEST,
        frames=(
            Frame(
                "video live",
                f"{_NOCOOKIE}/{{id}}{_PLAYS}",
                allow=_YOUTUBE,
                start="&start={start}",
                keeps=("end", "list"),
            ),
            Frame("short", f"{_NOCOOKIE}/{{id}}{_PLAYS}", "9:16", allow=_YOUTUBE),
            Frame("playlist", f"{_NOCOOKIE}/videoseries{_PLAYS}&list={{id}}", allow=_YOUTUBE),
        ),
        shells="video short live playlist",
        www=True,
    ),
    Platform(
        "youtubemusic",
        "YouTube Music",
        "Alphabet",
        "FF0000",
        ("music.youtube.com",),
        (
            ("track", "/watch?v={id:11}"),
            ("playlist", "/playlist?list={id:10+}"),
            ("profile", "/channel/{id:24}"),
            ("profile", "/@{at}"),
            ("album", "/browse/{id}"),
        ),
        noise=("feature", "list"),
        asks=(
            Rule("track", "oembed", f"{_OEMBED}https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3D{{id}}"),
            Rule("playlist", "oembed", f"{_OEMBED}https%3A%2F%2Fwww.youtube.com%2Fplaylist%3Flist%3D{{id}}"),
        ),
        feeds=_NEWEST,
        frames=(
            Frame("track", f"{_NOCOOKIE}/{{id}}{_PLAYS}", allow=_YOUTUBE, start="&start={start}"),
            Frame("playlist", f"{_NOCOOKIE}/videoseries{_PLAYS}&list={{id}}", allow=_YOUTUBE),
        ),
        shells="*",
    ),
)
