"""Files that a creator may have put there: the worker, the manifest, `.well-known/`, and what is never published."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from deploy.double import Double
from PIL import Image
from site_folder import SiteFolder

from linkhome.check import left_out, manifest, well_known, worker
from linkhome.check.site import Site
from linkhome.config.load import read_site
from linkhome.deploy.entries import Wanted
from linkhome.offline import worker as offline
from linkhome.snapshot import Artifact

from .sites import built, page, said

NOW = datetime(2026, 11, 22, tzinfo=UTC).timestamp()


def own(site: Site, folder: Path, path: str, content: str) -> Site:
    """Let a file of the site be one that its creator put there."""
    file = folder / path.replace("/", "-")
    file.write_text(content)
    site.files = {**site.files, path: Artifact.copy(file, "0" * 64, len(content))}
    return site


# -------------------------------------------------------------------- sw.js


def with_worker(on: bool = True, **more: str | bytes) -> Site:
    config, _ = read_site(f"profile: {{name: Lina}}\noffline: {str(on).lower()}\n".encode(), "linkhome.yaml")
    assert config is not None
    site = built({"index.html": page('<link rel="icon" href="icon a.svg">'), "icon a.svg": "<svg/>", **more})
    return Site(
        {**site.files, "sw.js": offline.write(site.files, config.site, ["index.html"])}, "https://lina.example/"
    )


@pytest.mark.parametrize("on", [True, False])
def test_the_worker_that_linkhome_writes_is_right(on: bool) -> None:
    assert said(worker.find(with_worker(on), on)) == []


def test_a_file_that_is_kept_and_not_there_is_an_error() -> None:
    site = with_worker()
    site.files = {path: one for path, one in site.files.items() if path != "icon a.svg"}
    assert said(worker.find(site, True)) == [
        "error: sw.js keeps 'icon%20a.svg', and that is not there: no browser takes the copy"
    ]


def test_a_copy_that_is_too_large_is_a_warning() -> None:
    site = with_worker()
    site.files = {**site.files, "icon a.svg": Artifact.keep("0" * 64, 600_000)}
    assert said(worker.find(site, True))[0].startswith("warning: sw.js fetches 600,")


@pytest.mark.parametrize("text", ["", "addEventListener('fetch', () => {})", '{"version":', '{"version": 1}'])
def test_a_worker_that_keeps_nothing_is_an_error(text: str) -> None:
    assert said(worker.find(built({"index.html": page(), "sw.js": text}), True)) == [
        "error: sw.js keeps nothing: no list of files is in it"
    ]


def test_a_site_without_a_worker_never_renews_copies() -> None:
    assert said(worker.find(built({"index.html": page()}), True))[0].startswith("error: there is no sw.js")


def test_a_worker_of_ones_own_is_noted_and_has_to_take_back_what_is_kept(tmp_path: Path) -> None:
    site = own(built({"index.html": page()}), tmp_path, "sw.js", "addEventListener('fetch', () => {})")
    assert said(worker.find(site, True))[0].startswith("note: theme/static/sw.js stands in for linkhome's")
    assert said(worker.find(site, False)) == [
        "error: 'offline: false' is set, but sw.js does not take back what browsers keep"
    ]
    own(site, tmp_path, "sw.js", "registration.unregister()")
    assert said(worker.find(site, False)) == []


def test_a_worker_that_loads_from_another_host_is_an_error(tmp_path: Path) -> None:
    site = own(built({}), tmp_path, "sw.js", "importScripts( 'https://cdn.example/sw.js' ); registration.unregister()")
    assert said(worker.find(site, False)) == [
        "error: cdn.example hears of every visitor: sw.js loads a script from there"
    ]


# ----------------------------------------------------------------- manifest

GOOD: dict[str, Any] = {
    "name": "Lina",
    "display": "minimal-ui",
    "start_url": ".",
    "scope": ".",
    "icons": [{"src": "192.png", "sizes": "192x192"}, {"src": "512.png", "sizes": "512x512"}],
}


def picture(size: int) -> bytes:
    data = io.BytesIO()
    Image.new("1", (size, size)).save(data, "PNG")
    return data.getvalue()


PICTURES = {"192.png": picture(192), "512.png": picture(512)}


def of_manifest(change: Callable[[dict[str, Any]], object], url: str = "https://lina.example/") -> list[str]:
    made = json.loads(json.dumps(GOOD))
    change(made)
    return said(manifest.find(built({**PICTURES, "a.webmanifest": json.dumps(made)}, url)))


def test_a_good_manifest_is_left_alone() -> None:
    assert of_manifest(lambda _: None) == []
    assert of_manifest(lambda made: made.update(icons=[{"src": "a.svg", "sizes": "any"}])) == []
    assert of_manifest(lambda made: made.update(start_url="/site/", scope="/site/"), "https://lina.example/site") == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"name": ""}, "warning: the manifest has no name, so browsers do not install the site"),
        (
            {"display": "browser"},
            "warning: the manifest does not ask for a window of its own, so browsers do not install the site",
        ),
        (
            {"prefer_related_applications": True},
            "warning: the manifest sends visitors to an app instead of installing the site",
        ),
        (
            {"icons": [{"src": "192.png", "sizes": "192x192"}]},
            "warning: the manifest names no icon that is large enough, so browsers do not install the site",
        ),
        (
            {"icons": [{"src": "a.svg", "sizes": "any", "purpose": "maskable"}]},
            "warning: the manifest names no icon that is large enough, so browsers do not install the site",
        ),
        (
            {"icons": [{"src": "192.png", "sizes": "512x512"}]},
            "warning: the icon '192.png' has 192 × 192 pixels, and the manifest says otherwise",
        ),
        (
            {"start_url": "https://other.example/"},
            "error: the manifest starts the site at an address that is not its own (start_url)",
        ),
        ({"scope": "https://other.example/"}, "error: the manifest calls an address its own that is not (scope)"),
        ({"scope": "/app/"}, "error: the manifest starts the site at '/', outside of its scope '/app/'"),
    ],
)
def test_what_keeps_a_site_from_being_installed_is_found(change: dict[str, Any], message: str) -> None:
    assert of_manifest(lambda made: made.update(change)) == [message]


def test_a_manifest_at_the_top_of_the_host_does_not_fit_a_site_below_it() -> None:
    assert of_manifest(lambda made: made.update(start_url="/", scope="/"), "https://lina.github.io/site/") == [
        "error: the manifest starts the site at an address that is not its own (start_url)"
    ]


@pytest.mark.parametrize("data", ["", "[]", "{", "\xff"])
def test_a_manifest_that_is_none_is_an_error(data: str) -> None:
    assert said(manifest.find(built({"a.webmanifest": data}))) == [
        "error: the manifest is not what browsers read (JSON)"
    ]


@pytest.mark.parametrize("value", [None, 7, "x", [], {}, [7]])
@pytest.mark.parametrize("key", ["icons", "start_url", "scope", "name", "display"])
def test_a_manifest_of_odd_values_breaks_nothing(key: str, value: Any) -> None:
    assert of_manifest(lambda made: made.update({key: value})) is not None


# -------------------------------------------------------------- .well-known


def of_known(tmp_path: Path, name: str, content: str, *places: Wanted) -> list[str]:
    return said(well_known.find(own(built({}), tmp_path, f".well-known/{name}", content), places, NOW))


CARD = "Contact: mailto:l@lina.example\nExpires: 2027-06-01T00:00:00Z\n"
KEY = "3bf0c63fcb93463407af97a5e5ee64fa883d107ef9e558472c4eb9aaaefa459d"
FINGER = {"subject": "acct:l@m.example", "links": [{"rel": "self", "href": "https://m.example/users/l"}]}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("security.txt", CARD),
        ("security.txt", "# signed\n" + CARD.replace("\n", "\r\n")),
        ("atproto-did", "did:web:lina.example\n"),
        ("webfinger", json.dumps(FINGER)),
        ("nostr.json", json.dumps({"names": {"_": KEY}})),
        ("matrix/server", '{"m.server": "m.example:443"}'),
        ("keybase.txt", "anything"),
    ],
)
def test_files_of_ones_own_that_are_right_are_left_alone(tmp_path: Path, name: str, content: str) -> None:
    assert of_known(tmp_path, name, content) == []


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("security.txt", CARD.replace("2027", "2025"), "error: security.txt has expired: nobody may rely on it"),
        ("security.txt", CARD.replace("2027-06", "2026-12"), "warning: security.txt expires in 10 days"),
        (
            "security.txt",
            CARD + "Expires: 2027-07-01T00:00:00Z\n",
            "error: security.txt does not say once until when it holds (Expires: 2027-06-01T00:00:00Z)",
        ),
        ("security.txt", CARD.partition("\n")[2], "error: security.txt names nobody to write to (Contact)"),
        (
            "security.txt",
            CARD.replace("mailto:", ""),
            "error: security.txt has a contact that is no address: 'l@lina.example' (https://, mailto: or tel:)",
        ),
        (
            "atproto-did",
            "lina.bsky.social",
            "error: atproto-did does not hold the lasting name of an account (did:plc:… or did:web:…)",
        ),
        ("webfinger", "<html>", "error: webfinger is not what programs read (JSON)"),
        (
            "webfinger",
            '{"links": [{"rel": "self"}]}',
            'error: webfinger does not say whose it is ("subject": "acct:…")',
        ),
        (
            "webfinger",
            '{"subject": "acct:a@b.example", "links": 7}',
            'error: webfinger does not lead to the account (a link with "rel": "self")',
        ),
        ("nostr.json", "{}", 'error: nostr.json names nobody ("names")'),
        (
            "nostr.json",
            '{"names": {"_": "npub1abc"}}',
            "error: nostr.json has a key for '_' that is none: it has 64 hex digits in small letters",
        ),
        ("matrix/client", "m.example", "error: matrix/client is not what programs read (JSON)"),
    ],
)
def test_files_that_nobody_understands_are_found(tmp_path: Path, name: str, content: str, message: str) -> None:
    assert of_known(tmp_path, name, content) == [message]


def test_a_place_that_shows_no_such_files_is_named(tmp_path: Path) -> None:
    about = msgspec.structs.replace(Double.about, hidden=False, title="A host")
    place = Wanted("host", about, Double, {}, primary=True)
    assert of_known(tmp_path, "keybase.txt", "x", place) == ["warning: A host does not show files of .well-known/"]
    assert said(well_known.find(built({}), [place], NOW)) == []


# -------------------------------------------------------- what is left out


def test_hidden_files_among_those_to_be_published_are_noted(tmp_path: Path) -> None:
    folder = SiteFolder(tmp_path)
    for name in (".htaccess", ".well-known/keybase.txt", ".secret", "a/.b/c", ".gitkeep", ".DS_Store", "a/plain"):
        folder.write(f"theme/static/{name}", "x")
    assert said(left_out.find(tmp_path / "theme")) == [
        "note: theme/static/.secret is not published: its name begins with a dot",
        "note: theme/static/a/.b is not published: its name begins with a dot",
    ]
    assert said(left_out.find(tmp_path / "none")) == []


def test_what_is_made_to_be_published_is_and_a_change_of_it_is_seen(tmp_path: Path) -> None:
    folder = SiteFolder(tmp_path)
    folder.write("linkhome.yaml", "profile: {name: Lina}\n")
    folder.write("theme/static/.secret", "x")
    folder.write("theme/static/a.txt", "a")
    assert folder.build().code == 0
    ours = folder.read("public/.htaccess")
    folder.write("theme/static/.well-known/keybase.txt", "one")
    folder.write("theme/static/.htaccess", "# mine\n")
    assert folder.build().code == 0
    assert folder.read("public/.well-known/keybase.txt") == "one"
    assert folder.read("public/.htaccess") == "# mine\n" != ours
    assert not (tmp_path / "public/.secret").exists()
    folder.write("theme/static/.well-known/keybase.txt", "two")
    (tmp_path / "theme/static/.htaccess").unlink()
    assert folder.build().code == 0
    assert (folder.read("public/.well-known/keybase.txt"), folder.read("public/.htaccess")) == ("two", ours)
