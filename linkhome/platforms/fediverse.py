"""Know the networks without an owner, whose servers anybody may run."""

from __future__ import annotations

from .entry import Frame, Platform, Rule

_PIXELFED = (
    "pixelfed.social",
    "pixelfed.de",
    "pixelfed.art",
    "pixelfed.uno",
    "pixelfed.tokyo",
    "pxlmo.com",
    "gram.social",
)
_ALONE = "?autoplay=1&peertubeLink=0&p2p=0"
_LATEST = "count=20&sort=-publishedAt"
_OWN = "limit=30&exclude_replies=true&exclude_reblogs=true"
_PEERTUBE_WALLS = "allow-same-origin allow-scripts allow-popups allow-forms"
_MASTODON_WALLS = "allow-same-origin allow-scripts allow-popups"
_PEERTUBE = ("peertube.tv", "tube.tchncs.de", "makertube.net", "framatube.org", "video.blender.org")

#: The patterns of these fit any host: they are tried, in this order, when no platform has that host.
PLATFORMS = (
    Platform(
        "peertube",
        "PeerTube",
        "",
        "F1680D",
        _PEERTUBE,
        (
            ("video", "/w/{id:18+}"),
            ("video", "/videos/{x:watch|embed}/{id:18+}"),
            ("playlist", "/w/p/{id:18+}"),
            ("channel", "/c/{name}/{x:videos|video-playlists}"),
            ("profile", "/a/{name}/{x:video-channels|videos}"),
            *(("channel", f"{host}/c/{{name}}") for host in _PEERTUBE),
            *(("profile", f"{host}/a/{{name}}") for host in _PEERTUBE),
            *(("profile", f"{host}/@{{name}}/**") for host in _PEERTUBE),
        ),
        icon="play",
        asks=(
            Rule("video", "peertube-video", "https://{host}/api/v1/videos/{id}"),
            Rule("video playlist", "oembed", "https://{host}/services/oembed?format=json&url={address}"),
        ),
        feeds=(
            Rule("channel", "peertube-list", f"https://{{host}}/api/v1/video-channels/{{name}}/videos?{_LATEST}"),
            Rule("channel", "feed", "https://{host}/feeds/videos.xml?videoChannelName={name}&sort=-publishedAt"),
            Rule("profile", "peertube-list", f"https://{{host}}/api/v1/accounts/{{name}}/videos?{_LATEST}"),
            Rule("profile", "feed", "https://{host}/feeds/videos.xml?accountName={name}&sort=-publishedAt"),
            Rule("playlist", "peertube-list", "https://{host}/api/v1/video-playlists/{id}/videos?count=20"),
            Rule("page", "feed", "https://{host}/feeds/videos.xml?sort=-publishedAt&isLocal=true"),
        ),
        frames=(
            Frame(
                "video",
                f"https://{{host}}/videos/embed/{{id}}{_ALONE}",
                sandbox=_PEERTUBE_WALLS,
                start="&start={start}s",
            ),
            Frame("playlist", f"https://{{host}}/video-playlists/embed/{{id}}{_ALONE}", sandbox=_PEERTUBE_WALLS),
        ),
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
        feeds=(Rule("profile", "feed", "https://{host}/users/{at!@}.atom"),),
        frames=(
            Frame(
                "post",
                "https://{host}/p/{at}/{id}/embed?caption=true&likes=false&layout=full",
                "",
                500,
                allow="fullscreen",
            ),
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
        asks=(
            Rule("post", "mastodon-status", "https://{host}/api/v1/statuses/{id}"),
            Rule("post", "oembed", "https://{host}/api/oembed?url={address}"),
            Rule("profile", "mastodon-lookup", "https://{host}/api/v1/accounts/lookup?acct={at}"),
        ),
        feeds=(
            Rule("profile", "mastodon-statuses", f"https://{{host}}/api/v1/accounts/{{account}}/statuses?{_OWN}"),
            Rule("profile", "mastodon-lookup", "https://{host}/api/v1/accounts/lookup?acct={at}"),
            Rule("profile", "feed", "https://{host}/@{at!@}.rss"),
        ),
        frames=(
            Frame("post", "https://{host}/@{at}/{id}/embed", "", 400, allow="fullscreen", sandbox=_MASTODON_WALLS),
        ),
    ),
)
