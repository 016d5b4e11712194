"""Know the networks without an owner, whose servers anybody may run."""

from __future__ import annotations

from .entry import Platform

_PIXELFED = (
    "pixelfed.social",
    "pixelfed.de",
    "pixelfed.art",
    "pixelfed.uno",
    "pixelfed.tokyo",
    "pxlmo.com",
    "gram.social",
)

#: The patterns of these fit any host: they are tried, in this order, when no platform has that host.
PLATFORMS = (
    Platform(
        "peertube",
        "PeerTube",
        "",
        "F1680D",
        ("peertube.tv", "tube.tchncs.de", "makertube.net", "framatube.org", "video.blender.org"),
        (
            ("video", "/w/{id:18+}"),
            ("video", "/videos/{x:watch|embed}/{id:18+}"),
            ("playlist", "/w/p/{id:18+}"),
            ("channel", "/c/{name}/{x:videos|video-playlists}"),
            ("channel", "/a/{name}/{x:video-channels|videos}"),
        ),
        icon="play",
    ),
    Platform(
        "pixelfed",
        "Pixelfed",
        "",
        "6366F1",
        _PIXELFED,
        (
            ("post", "/p/{at}/{id:10digits}"),
            ("feed", "/users/{at}.atom"),
            *(("profile", f"{host}/@{{at}}", f"https://{host}/{{at}}") for host in _PIXELFED),
            *(("profile", f"{host}/{{at}}") for host in _PIXELFED),
        ),
    ),
    Platform(
        "mastodon",
        "Mastodon",
        "",
        "6364FF",
        (
            "mastodon.social",
            "mastodon.online",
            "mastodon.art",
            "mas.to",
            "mstdn.social",
            "fosstodon.org",
            "hachyderm.io",
        ),
        (
            ("post", "/@{at}/{id:6digits}"),
            ("post", "/@{at}/statuses/{id:26}"),
            ("post", "/users/{at}/statuses/{id:6digits}", "https://{host}/@{at}/{id}"),
            ("post", "/notice/{id:18}"),
            ("feed", "/@{at}.rss"),
            ("profile", "/@{at}"),
            ("profile", "/users/{at}", "https://{host}/@{at}"),
        ),
    ),
)
