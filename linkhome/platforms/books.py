"""Know where books and films are read, seen and listed."""

from __future__ import annotations

from .entry import Platform, Rule

PLATFORMS = (
    Platform(
        "goodreads",
        "Goodreads",
        "Amazon",
        "1E1914",
        ("goodreads.com",),
        (
            ("book", "/book/show/{id}"),
            ("profile", "/author/show/{id}"),
            ("profile", "/user/show/{id}"),
            ("profile", "/{name}"),
        ),
    ),
    Platform(
        "storygraph",
        "The StoryGraph",
        "The StoryGraph",
        "14919B",
        ("thestorygraph.com",),
        (("book", "/books/{id}"), ("profile", "/profile/{name}")),
        icon="book",
    ),
    Platform(
        "bookshop",
        "Bookshop.org",
        "Bookshop.org",
        "4A2C82",
        ("bookshop.org",),
        (("book", "/p/books/**"), ("book", "/a/*/{id}"), ("shop", "/shop/{name}"), ("playlist", "/lists/{id}")),
        icon="book",
    ),
    Platform(
        "wattpad",
        "Wattpad",
        "Naver",
        "FF500A",
        ("wattpad.com",),
        (("profile", "/user/{name}"), ("book", "/story/{id}")),
    ),
    Platform(
        "ao3",
        "Archive of Our Own",
        "Organization for Transformative Works",
        "990000",
        ("archiveofourown.org", "ao3.org"),
        (("book", "/works/{id:digits}/**"), ("profile", "/users/{name}/**")),
    ),
    Platform(
        "letterboxd",
        "Letterboxd",
        "Tiny",
        "202830",
        ("letterboxd.com", "boxd.it"),
        (
            ("article", "/{name}/film/{id}/**"),
            ("playlist", "/{name}/list/{id}/**"),
            ("page", "/film/{id}"),
            ("page", "boxd.it/{id}"),
            ("feed", "/{name}/rss"),
            ("profile", "/{name}"),
        ),
        feeds=(Rule("profile", "feed", "https://letterboxd.com/{name}/rss/"),),
        links=("boxd.it/{x}",),
    ),
    Platform("trakt", "Trakt", "Trakt", "9F42C6", ("trakt.tv",), (("profile", "/users/{name}/**"),)),
    Platform(
        "imdb",
        "IMDb",
        "Amazon",
        "F5C518",
        ("imdb.com",),
        (("profile", "/name/{id}/**"), ("page", "/title/{id}/**")),
        localised=True,
    ),
    Platform("orcid", "ORCID", "ORCID", "A6CE39", ("orcid.org",), (("profile", "/{id:19}"),)),
)
