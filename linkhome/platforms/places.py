"""Know the platforms of maps, journeys and files."""

from __future__ import annotations

from .entry import Frame, Platform

PLATFORMS = (
    Platform(
        "googledrive",
        "Google Drive",
        "Alphabet",
        "4285F4",
        ("drive.google.com", "docs.google.com"),
        (
            ("document", "/{x:document|spreadsheets|presentation}/d/{id}/**"),
            ("file", "/file/d/{id}/**"),
            ("archive", "/drive/folders/{id}"),
        ),
        noise=("usp",),
    ),
    Platform(
        "googlemaps",
        "Google Maps",
        "Alphabet",
        "4285F4",
        ("maps.google.com", "google.com/maps", "maps.app.goo.gl", "goo.gl/maps"),
        (("map", "/maps/**"), ("map", "maps.app.goo.gl/**"), ("map", "maps.google.com/**")),
        noise=("entry", "g_ep"),
    ),
    Platform(
        "applemaps", "Apple Maps", "Apple", "34C759", ("maps.apple.com", "maps.apple"), (("map", "/**"),), icon="map"
    ),
    Platform(
        "openstreetmap",
        "OpenStreetMap",
        "OpenStreetMap Foundation",
        "7EBC6F",
        ("openstreetmap.org", "osm.org"),
        (("profile", "/user/{name:any}"), ("map", "/**")),
    ),
    Platform(
        "tripadvisor",
        "Tripadvisor",
        "Tripadvisor",
        "34E0A1",
        ("tripadvisor.*",),
        (("profile", "/Profile/{name}"),),
    ),
    Platform(
        "strava",
        "Strava",
        "Strava",
        "FC4C02",
        ("strava.com", "strava.app.link"),
        (
            ("post", "/activities/{id:digits}/**"),
            ("community", "/clubs/{id}/**"),
            ("map", "/routes/{id}"),
            ("profile", "/{x:athletes|pros}/{id}/**"),
        ),
        frames=(Frame("post", "https://strava-embeds.com/activity/{id}", "", 550),),
        www=True,
    ),
    Platform(
        "komoot",
        "Komoot",
        "Bending Spoons",
        "6AA127",
        ("komoot.com", "komoot.de"),
        (("map", "/tour/{id}/**"), ("playlist", "/collection/{id}/**"), ("profile", "/user/{id}/**")),
        localised=True,
        frames=(Frame("map", "https://www.komoot.com/tour/{id}/embed", "", 440),),
        www=True,
    ),
)
