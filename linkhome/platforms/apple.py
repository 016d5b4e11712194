"""Know Apple's music and podcasts."""

from __future__ import annotations

from .entry import SANDBOX, Frame, Platform, Rule

_APPLE = "https://embed.music.apple.com"
_EMBED = "https://embed.podcasts.apple.com"
_ALBUMS = "https://itunes.apple.com/lookup?id={id}&entity=album&limit=20&sort=recent"
_LOOKUP = "https://itunes.apple.com/lookup"
_SHOW = (
    Rule("podcast", "itunes-lookup", f"{_LOOKUP}?id={{id}}&entity=podcast&country={{land}}"),
    Rule("podcast", "itunes-lookup", f"{_LOOKUP}?id={{id}}&entity=podcast"),
)
APPLE_ALLOW = "autoplay *; encrypted-media *; fullscreen *; clipboard-write"
APPLE_SANDBOX = f"{SANDBOX} allow-storage-access-by-user-activation allow-top-navigation-by-user-activation"

PLATFORMS = (
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
        oembed="https://music.apple.com/api/oembed?url=",
        feeds=(
            Rule("profile", "apple-albums", f"{_ALBUMS}&country={{land}}"),
            Rule("profile", "apple-albums", _ALBUMS),
        ),
        frames=(
            Frame("track", f"{_APPLE}/{{path}}{{query}}", "", 175, APPLE_ALLOW, APPLE_SANDBOX),
            Frame("album playlist", f"{_APPLE}/{{path}}{{query}}", "", 450, APPLE_ALLOW, APPLE_SANDBOX),
            Frame("video", f"{_APPLE}/{{path}}{{query}}", "16:9", 0, APPLE_ALLOW, APPLE_SANDBOX),
        ),
    ),
    Platform(
        "applepodcasts",
        "Apple Podcasts",
        "Apple",
        "9933CC",
        ("podcasts.apple.com",),
        (
            ("episode", "/podcast/*/id{id:digits}?i={id:digits}"),
            ("episode", "/podcast/id{id:digits}?i={id:digits}"),
            ("podcast", "/podcast/*/id{id:digits}"),
            ("podcast", "/podcast/id{id:digits}"),
        ),
        localised=True,
        noise=("uo", "at", "ct", "itsct", "itscg", "ls"),
        oembed="https://podcasts.apple.com/api/oembed?url=",
        asks=_SHOW,
        feeds=_SHOW,
        frames=(
            Frame("episode", f"{_EMBED}/{{path}}{{query}}", "", 175, APPLE_ALLOW, APPLE_SANDBOX),
            Frame("podcast", f"{_EMBED}/{{path}}{{query}}", "", 450, APPLE_ALLOW, APPLE_SANDBOX),
        ),
    ),
)
