"""Know the large platforms of music."""

from __future__ import annotations

from .entry import Frame, Platform, Rule

_SPOTIFY = "https://open.spotify.com"
_SPOTIFY_MAY = "autoplay; clipboard-write; encrypted-media; fullscreen; picture-in-picture"
_WIDGET = "https://w.soundcloud.com/player/?url={address}&auto_play=true&show_comments=false&hide_related=true"

PLATFORMS = (
    Platform(
        "spotify",
        "Spotify",
        "Spotify",
        "1ED760",
        ("spotify.com", "spotify.link", "anchor.fm"),
        (
            *(
                (kind, path, f"{_SPOTIFY}/{word}/{{id}}")
                for kind, word in (
                    ("track", "track"),
                    ("album", "album"),
                    ("playlist", "playlist"),
                    ("podcast", "show"),
                    ("episode", "episode"),
                    ("profile", "artist"),
                )
                for path in (f"/{word}/{{id:22}}", f"/embed/{word}/{{id:22}}")
            ),
            ("profile", "/user/{name:any}", f"{_SPOTIFY}/user/{{name}}"),
            ("playlist", "/user/*/playlist/{id:22}", f"{_SPOTIFY}/playlist/{{id}}"),
            ("page", "spotify.link/{id}"),
            ("podcast", "{x:podcasters|creators}.spotify.com/pod/show/{name}/**"),
            ("feed", "anchor.fm/s/*/podcast/rss"),
            ("podcast", "anchor.fm/{name}/**"),
        ),
        localised=True,
        noise=("context", "nd", "dl_branch", "go", "pi"),
        oembed="https://open.spotify.com/oembed?url=",
        oembed_kinds="track album playlist podcast episode profile",
        frames=(
            Frame("track", f"{_SPOTIFY}/embed/{{path}}", "", 152, allow=_SPOTIFY_MAY),
            Frame("album playlist podcast episode", f"{_SPOTIFY}/embed/{{path!user/}}", "", 352, allow=_SPOTIFY_MAY),
            Frame("profile", f"{_SPOTIFY}/embed/{{path~artist/}}", "", 352, allow=_SPOTIFY_MAY),
        ),
        apart="Spotify gives no list without a key: write the address of a podcast's own feed, else `items:`.",
        links=("spotify.link/{x}",),
    ),
    Platform(
        "soundcloud",
        "SoundCloud",
        "SoundCloud",
        "FF5500",
        ("soundcloud.com",),
        (
            ("page", "on.soundcloud.com/{id}"),
            ("feed", "feeds.soundcloud.com/users/{x:any}/sounds.rss"),
            ("album", "/{name}/sets/{id}/**", "https://soundcloud.com/{name}/sets/{id}"),
            ("profile", "/{name}/{x:tracks|albums|sets|reposts|popular-tracks}", "https://soundcloud.com/{name}"),
            ("track", "/{name}/{id}/**"),
            ("profile", "/{name}"),
        ),
        noise=("in", "p", "c"),
        oembed="https://soundcloud.com/oembed?format=json&url=",
        oembed_kinds="track album",
        feeds=(
            Rule("profile", "feed", "https://feeds.soundcloud.com/users/soundcloud:users:{user}/sounds.rss"),
            Rule("profile", "page", "https://soundcloud.com/{name}"),
        ),
        frames=(
            Frame("track", f"{_WIDGET}&visual=false", "", 166, allow="autoplay; encrypted-media"),
            Frame("album", f"{_WIDGET}&visual=true", "", 400, allow="autoplay; encrypted-media"),
        ),
        links=("on.soundcloud.com/{x}",),
    ),
    Platform(
        "bandcamp",
        "Bandcamp",
        "Songtradr",
        "408294",
        ("bandcamp.com",),
        (
            ("album", "{name}.bandcamp.com/album/{id}", "https://{name}.bandcamp.com/album/{id}"),
            ("track", "{name}.bandcamp.com/track/{id}", "https://{name}.bandcamp.com/track/{id}"),
            ("album", "bandcamp.com/EmbeddedPlayer/album={x:digits}/**"),
            ("album", "bandcamp.com/EmbeddedPlayer/*/album={x:digits}/**"),
            ("product", "{name}.bandcamp.com/merch/{id}"),
            ("feed", "{name}.bandcamp.com/feed"),
            ("profile", "{name}.bandcamp.com/**"),
            ("profile", "bandcamp.com/{name}"),
        ),
        noise=("from", "search_item_id", "search_item_type"),
        feeds=(
            Rule("profile", "feed", "https://{name}.bandcamp.com/feed"),
            Rule("profile", "page", "https://{name}.bandcamp.com/music"),
        ),
        frames=(
            Frame(
                "album",
                "https://bandcamp.com/EmbeddedPlayer/album={x}/size=large/bgcol=ffffff/linkcol=333333"
                "/tracklist=false/artwork=small/transparent=true/",
                "",
                120,
            ),
            Frame("album track", "", "", 120, hosts=("bandcamp.com",)),  # the page names its number
        ),
    ),
    Platform(
        "deezer",
        "Deezer",
        "Deezer",
        "A238FF",
        ("deezer.com", "deezer.page.link"),
        (
            *(
                (kind, f"/{word}/{{id:digits}}", f"https://deezer.com/{word}/{{id}}")
                for kind, word in (
                    ("track", "track"),
                    ("album", "album"),
                    ("playlist", "playlist"),
                    ("podcast", "show"),
                    ("episode", "episode"),
                    ("profile", "artist"),
                    ("profile", "profile"),
                )
            ),
            ("page", "link.deezer.com/**"),
        ),
        localised=True,
        noise=("deferredFl", "app_id"),
        oembed="https://api.deezer.com/oembed?url=",
        feeds=(
            Rule("profile", "deezer-list", "https://api.deezer.com/artist/{path-artist/}/albums?limit=20"),
            Rule("podcast", "deezer-list", "https://api.deezer.com/podcast/{id}/episodes?limit=20"),
        ),
        frames=(
            Frame(
                "track album playlist podcast episode",
                "https://widget.deezer.com/widget/auto/{path}",
                "",
                300,
                allow="encrypted-media; clipboard-write",
            ),
        ),
        links=("link.deezer.com/**", "deezer.page.link/{x}"),
        www=True,
    ),
    Platform(
        "tidal",
        "TIDAL",
        "Block",
        "000000",
        ("tidal.com",),
        tuple(
            (kind, path, f"https://tidal.com/{word}/{{id}}")
            for kind, word in (
                ("track", "track"),
                ("album", "album"),
                ("playlist", "playlist"),
                ("video", "video"),
                ("profile", "artist"),
            )
            for path in (f"/{word}/{{id}}/**", f"/browse/{word}/{{id}}/**")
        ),
        noise=("u",),
        oembed="https://oembed.tidal.com/?url=",
        frames=(
            Frame("track", "https://embed.tidal.com/tracks/{id}", "", 120),
            Frame("album", "https://embed.tidal.com/albums/{id}", "", 360),
            Frame("playlist", "https://embed.tidal.com/playlists/{id}", "", 360),
            Frame("video", "https://embed.tidal.com/videos/{id}"),
        ),
        apart="TIDAL gives no list of an artist without a key: write the albums as `items:`.",
    ),
    Platform(
        "mixcloud",
        "Mixcloud",
        "Mixcloud",
        "5000FF",
        ("mixcloud.com",),
        (
            ("live", "/live/{name}"),
            ("playlist", "/{name}/playlists/{id}"),
            ("episode", "/{name}/{id}"),
            ("profile", "/{name}"),
        ),
        oembed="https://www.mixcloud.com/oembed/?format=json&url=",
        feeds=(Rule("profile", "mixcloud-list", "https://api.mixcloud.com/{name}/cloudcasts/?limit=20"),),
        frames=(
            Frame(
                "episode",
                "https://player-widget.mixcloud.com/widget/iframe/?hide_cover=1&feed=%2F{name}%2F{id}%2F",
                "",
                120,
            ),
        ),
        www=True,
    ),
    Platform(
        "amazonmusic",
        "Amazon Music",
        "Amazon",
        "25D1DA",
        ("music.amazon.*",),
        (
            ("track", "/tracks/{id}"),
            ("album", "/albums/{id}"),
            ("playlist", "/{x:playlists|user-playlists}/{id}"),
            ("profile", "/artists/{id}/**"),
            ("episode", "/podcasts/{id}/episodes/{id}/**"),
            ("podcast", "/podcasts/{id}/**"),
        ),
        icon="amazon",
        noise=("marketplaceId", "musicTerritory"),
        copies=False,
        apart="Amazon shows programs an empty page: write `title`, `text` and `image` yourself, or `items:`.",
    ),
    Platform(
        "audiomack",
        "Audiomack",
        "Audiomack",
        "FFA200",
        ("audiomack.com",),
        (
            ("track", "/{name}/song/{id}"),
            ("album", "/{name}/album/{id}"),
            ("playlist", "/{name}/playlist/{id}"),
            ("profile", "/{name}"),
        ),
        oembed="https://audiomack.com/oembed?url=",
        frames=(Frame("track album playlist", "", "", 252, hosts=("audiomack.com",)),),
    ),
)
