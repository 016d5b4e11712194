"""Know where records and songs are listed."""

from __future__ import annotations

from .entry import Platform

PLATFORMS = (
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
