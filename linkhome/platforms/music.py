"""Know the platforms of music."""

from __future__ import annotations

from .entry import Platform

_SPOTIFY = "https://open.spotify.com"

PLATFORMS = (
    Platform(
        "spotify",
        "Spotify",
        "Spotify",
        "1ED760",
        ("spotify.com", "spotify.link"),
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
        ),
        localised=True,
        noise=("context", "nd", "dl_branch", "go", "pi"),
    ),
    Platform(
        "soundcloud",
        "SoundCloud",
        "SoundCloud",
        "FF5500",
        ("soundcloud.com",),
        (
            ("page", "on.soundcloud.com/{id}"),
            ("album", "/{name}/sets/{id}/**", "https://soundcloud.com/{name}/sets/{id}"),
            ("profile", "/{name}/{x:tracks|albums|sets|reposts|popular-tracks}", "https://soundcloud.com/{name}"),
            ("track", "/{name}/{id}/**"),
            ("profile", "/{name}"),
        ),
        noise=("in", "p", "c"),
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
            ("product", "{name}.bandcamp.com/merch/{id}"),
            ("feed", "{name}.bandcamp.com/feed"),
            ("profile", "{name}.bandcamp.com/**"),
            ("profile", "bandcamp.com/{name}"),
        ),
        noise=("from", "search_item_id", "search_item_type"),
    ),
    Platform(
        "applemusic",
        "Apple Music",
        "Apple",
        "FA243C",
        ("music.apple.com", "itunes.apple.com"),
        (
            ("track", "/album/*/*?i={id:digits}"),
            ("album", "/album/{id:digits}"),
            ("album", "/album/*/{id:digits}"),
            ("track", "/song/{id:digits}"),
            ("track", "/song/*/{id:digits}"),
            ("video", "/music-video/*/{id:digits}"),
            ("playlist", "/playlist/{id}"),
            ("playlist", "/playlist/*/{id}"),
            ("playlist", "/station/*/{id}"),
            ("profile", "/artist/{id:digits}"),
            ("profile", "/artist/*/{id:digits}"),
        ),
        localised=True,
        noise=("uo", "at", "ct", "app", "itsct", "itscg", "ls"),
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
    ),
    Platform(
        "lastfm",
        "Last.fm",
        "Paramount",
        "D51007",
        ("last.fm",),
        (("profile", "/user/{name}"), ("album", "/music/*/{id:any}"), ("profile", "/music/{name:any}")),
        icon="music",
        localised=True,
    ),
    Platform(
        "beatport",
        "Beatport",
        "Beatport",
        "01FF95",
        ("beatport.com",),
        (
            ("track", "/track/*/{id:digits}"),
            ("album", "/release/*/{id:digits}"),
            ("profile", "/{x:artist|label}/*/{id:digits}"),
        ),
        localised=True,
    ),
    Platform(
        "discogs",
        "Discogs",
        "Discogs",
        "333333",
        ("discogs.com",),
        (
            ("album", "/{x:release|master}/{id}"),
            ("profile", "/{x:artist|label}/{id}"),
            ("profile", "/user/{name}/**"),
            ("shop", "/seller/{name}/**"),
        ),
        localised=True,
    ),
    Platform(
        "genius",
        "Genius",
        "MediaLab",
        "FFFF64",
        ("genius.com",),
        (("profile", "/artists/{name}"), ("album", "/albums/{name}/{id}")),
    ),
)
