"""Let strangers lead linkhome home, in every way that an answer can: nobody there is ever asked.

The internet's double is not used here but for its servers: names are looked up by the real code, the answers of the
resolver are ours, and every connection that is tried is noted.
"""

from __future__ import annotations

import json
import socket
from collections import Counter
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from typing import Any

import pytest

from linkhome.embeds import saved
from linkhome.embeds.net import Net

from .meeting import enter
from .town import picture
from .world import Answer, Host, world

#: Where all hosts of this test are, as far as linkhome can tell.
PUBLIC = "93.184.215.14"
#: What names lead to that a stranger owns.
NAMES = {
    "loopback.example": ["127.0.0.1"],
    "loopback6.example": ["::1"],
    "mapped.example": ["::ffff:127.0.0.1"],
    "metadata.example": ["169.254.169.254"],
    "router.example": ["192.168.0.1"],
    "office.example": ["10.1.2.3"],
    "shared.example": ["100.64.0.1"],
    "unique.example": ["fc00::1"],
    "link-local.example": ["fe80::1"],
    "both.example": [PUBLIC, "127.0.0.1"],
}
#: A name that is public the first time and at home afterwards.
REBINDING = "rebinding.example"


def addresses(port: int) -> list[str]:
    """Return every address that must not be asked; something on loopback listens on this port."""
    hosts = ["127.0.0.1", "[::1]", "0.0.0.0", "169.254.169.254", "10.0.0.1", "192.168.1.1", "100.64.0.1", "[fc00::1]"]
    hosts += ["[fe80::1]", "[::ffff:127.0.0.1]", "0x7f000001", "2130706433", "017700000001", "127.1", "localhost."]
    hosts += ["localhost", "anything.localhost", "www.example.org@127.0.0.1", "127.0.0.1#@www.example.org", *NAMES]
    made = [f"{scheme}://{host}/x" for host in hosts for scheme in ("http", "https")]
    made += [f"http://{host}:{port}/x" for host in hosts if "#" not in host]
    made += ["file:///etc/passwd", f"gopher://127.0.0.1:{port}/x", f"ftp://127.0.0.1:{port}/x", "//127.0.0.1/x"]
    return [*made, f"//localhost:{port}/x", f"https://{REBINDING}/x", "data:text/html,<p>x", "javascript:alert(1)"]


def number(path: str) -> int:
    """Return the last number of a path: which of the addresses is meant."""
    digits = "".join(sign if sign.isdigit() else " " for sign in path.partition("&")[0]).split()
    return int(digits[-1]) % 1000


def html(head: str) -> Answer:
    page = f'<!doctype html><title>A page</title><meta property="og:title" content="A page">{head}'
    return Answer(page.encode(), "text/html; charset=utf-8")


def said(value: object) -> Answer:
    return Answer(json.dumps(value).encode())


def feed(entry: str) -> Answer:
    head = '<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Ada</title>'
    item = f"<item><title>One</title><link>https://ada.example/1</link><guid>1</guid>{entry}</item>"
    return Answer(f'<?xml version="1.0"?>{head}{item}</channel></rss>'.encode(), "application/rss+xml")


def carriers(bad: list[str]) -> dict[str, tuple[Host, str, bool]]:
    """Return hosts that lead to the bad addresses, how each is pasted (with a number), and whether as a channel."""

    def link(kind: str, rel: str = "alternate") -> Host:
        return lambda path: html(f'<link rel="{rel}" type="{kind}" href="{escape(bad[number(path)])}">')

    def oembed(path: str) -> Answer:
        if not path.startswith("/oembed"):
            href = f"https://thumbnail.example/oembed?{number(path)}"
            return html(f'<link rel="alternate" type="application/json+oembed" href="{href}">')
        there = bad[number(path)]
        frame = f'<iframe src="{escape(there)}"></iframe>'
        more = {"html": frame, "author_url": there, "provider_url": there, "url": there}
        return said({"version": "1.0", "type": "rich", "title": "A", "thumbnail_url": there, **more})

    def status(path: str) -> Answer:
        there = bad[number(path)]
        media = {"type": "image", "url": there, "preview_url": there, "remote_url": there}
        here = f"https://mastodon.example/@ada/1155000000000000{number(path):03d}"
        account = {"id": "1", "acct": "ada", "username": "ada", "url": there, "display_name": "Ada", "avatar": there}
        about = {"id": here.rpartition("/")[2], "url": here, "uri": here, "visibility": "public"}
        about |= {"created_at": "2026-11-01T10:00:00Z", "sensitive": False, "spoiler_text": ""}
        card = {"url": there, "image": there, "title": "A"}
        return said(
            {**about, "content": "<p>Hello</p>", "account": account, "media_attachments": [media], "card": card}
        )

    def video(path: str) -> Answer:
        there = bad[number(path)]
        about = {"name": "A", "uuid": f"9c9de5e8-0a1e-484a-b099-{number(path):012d}", "url": there, "embedPath": there}
        return said({**about, "previewPath": there, "thumbnailPath": there, "account": {"url": there, "host": there}})

    def show(path: str) -> Answer:
        there = bad[number(path)]
        names = {"kind": "podcast", "wrapperType": "track", "collectionName": "A", "trackName": "A", "artistName": "A"}
        more = {"feedUrl": there, "artworkUrl600": there, "collectionViewUrl": there}
        return said({"resultCount": 1, "results": [{**names, **more, "collectionId": 1000000 + number(path)}]})

    def moved(path: str) -> Answer:
        return Answer(b"", "text/plain", 302, {"Location": bad[number(path)]})

    def again(path: str) -> Answer:
        return Answer(b"", "text/plain", 307, {"Location": f"https://moved.example/{number(path)}"})

    def ld(path: str) -> Answer:
        there = bad[number(path)]
        data = {"@context": "https://schema.org", "@type": "Product", "name": "A print", "image": there}
        refresh = f'<meta http-equiv="refresh" content="0;url={escape(there)}"><base href="{escape(there)}">'
        return html(f'{refresh}<script type="application/ld+json">{json.dumps(data)}</script>')

    def image(path: str) -> Answer:
        there = escape(bad[number(path)])
        return html(f'<meta property="og:image" content="{there}"><meta property="og:video" content="{there}">')

    def entries(path: str) -> Answer:
        there = escape(bad[number(path)])
        return feed(f'<media:thumbnail url="{there}"/><enclosure url="{there}" type="audio/mpeg" length="1"/>')

    tube = "https://tube.example/w/9c9de5e8-0a1e-484a-b099-{:012d}"
    return {
        "moved.example": (moved, "https://moved.example/{}", False),
        "again.example": (again, "https://again.example/{}", False),
        "feed-link.example": (link("application/rss+xml"), "https://feed-link.example/{}", True),
        "json-feed-link.example": (link("application/feed+json"), "https://json-feed-link.example/{}", True),
        "discovery.example": (link("application/json+oembed"), "https://discovery.example/{}", False),
        "image.example": (image, "https://image.example/{}", False),
        "image-link.example": (link("", "image_src"), "https://image-link.example/{}", False),
        "thumbnail.example": (oembed, "https://thumbnail.example/{}", False),
        "ld.example": (ld, "https://ld.example/{}", False),
        "entries.example": (entries, "https://entries.example/{}.xml", True),
        "mastodon.example": (status, "https://mastodon.example/@ada/1155000000000000{:03d}", False),
        "tube.example": (video, tube, False),
        "itunes.apple.com": (show, "https://podcasts.apple.com/de/podcast/a/id1000{:03d}", True),
    }


class Spied:
    """Hold what was tried: every connection, and how often each name was looked up."""

    def __init__(self) -> None:
        self.connected: set[str] = set()
        self.looked_up: Counter[str] = Counter()


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """Listen on loopback, as somebody's own service would."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        door.setblocking(False)
        yield door
        with pytest.raises(BlockingIOError):  # nobody ever knocked
            door.accept()


@pytest.fixture
def lead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[dict[str, Host]], Spied]]:
    """Return how to be these hosts on what looks like a public address, for a linkhome that thinks it is outside."""
    opened = []

    def start(hosts: dict[str, Host]) -> Spied:
        context = world(tmp_path, {**hosts, REBINDING: lambda path: Answer(picture(path), "image/jpeg")})
        made = context.__enter__()
        opened.append(context)
        enter(made, monkeypatch)
        monkeypatch.delenv("LINKHOME_TEST_INTERNET")
        net = Net(ca=str(tmp_path / "ca.pem"))
        monkeypatch.setattr(Net, "from_environment", classmethod(lambda *_: net))
        port = json.loads(made.file.read_text())["hosts"][REBINDING][1]
        spied = Spied()
        real = socket.socket.connect

        def look_up(name: str, wanted: int, *_: object, **__: object) -> list[tuple[Any, ...]]:
            name = name.rstrip(".")
            spied.looked_up[name] += 1
            found = NAMES.get(name, [PUBLIC] if name in made.hosts else [])
            if name == REBINDING and spied.looked_up[name] > 1:
                found = ["127.0.0.1"]
            if not found:
                raise socket.gaierror(socket.EAI_NONAME, "no such name")
            return [
                (socket.AF_INET6 if ":" in one else socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, wanted))
                for one in found
            ]

        def connect(self: socket.socket, address: Any) -> None:
            spied.connected.add(address[0])
            real(self, ("127.0.0.1", port) if address[0] == PUBLIC else address)

        monkeypatch.setattr(socket, "getaddrinfo", look_up)
        monkeypatch.setattr(socket.socket, "connect", connect)
        return spied

    yield start
    for context in opened:
        context.__exit__(None, None, None)


def shown(pasted: list[str], many: bool) -> str:
    blocks = [f"  - {'latest' if many else 'embed'}: {json.dumps(one)}\n" for one in pasted]
    return "profile: {name: Ada}\nhome:\n" + "".join(blocks)


@pytest.mark.parametrize("carrier", list(carriers([])))
def test_answers_lead_nobody_home(
    site: Callable[..., Any], lead: Callable[..., Spied], listener: socket.socket, carrier: str
) -> None:
    bad = addresses(listener.getsockname()[1])
    made = carriers(bad)
    _, pasted, many = made[carrier]
    spied = lead({name: host for name, (host, *_) in made.items()})
    folder = site({"linkhome.yaml": shown([pasted.format(at) for at in range(len(bad))], many)})
    ran = folder.run("refresh", "--json")
    assert ran.code == 0, ran
    assert spied.connected == {PUBLIC}
    asked = [row for row in ran.json["embeds"] if row["asked"]]
    assert len(asked) == len(bad), "every one of them was tried"
    kept = b"".join(data for name, data in folder.files("saved").items()) if (folder.root / "saved").exists() else b""
    assert b"passwd" not in kept
    assert b"javascript:" not in kept


@pytest.mark.parametrize("many", [False, True])
def test_what_a_creator_pastes_is_no_exception(
    site: Callable[..., Any], lead: Callable[..., Spied], listener: socket.socket, many: bool
) -> None:
    spied = lead({"www.example.org": lambda path: html("")})
    folder = site()
    codes = Counter[int]()
    for address in addresses(listener.getsockname()[1]):
        folder.write("linkhome.yaml", shown([address], many))
        ran = folder.run("refresh")
        assert ran.code in (0, 1), ran
        assert ran.code == 0 or "linkhome.yaml:" in ran.err, "it is a mistake, with its line"
        codes[ran.code] += 1
    assert spied.connected <= {PUBLIC}
    assert min(codes[0], codes[1]) > 3
    if (folder.root / "saved").exists():
        assert folder.files("saved") == {} or all(b"127." not in data for data in folder.files("saved").values())


def test_what_somebody_wrote_into_a_copy_leads_nobody_home(
    site: Callable[..., Any], lead: Callable[..., Spied], listener: socket.socket
) -> None:
    bad = [one for one in addresses(listener.getsockname()[1]) if one.startswith("http")]
    spied = lead({"www.example.org": lambda path: Answer(b"", "text/plain", 404)})
    pasted = [f"https://www.example.org/{at}" for at in range(len(bad))]
    folder = site({"linkhome.yaml": shown(pasted, True)})
    for address, there in zip(pasted, bad, strict=True):
        record = {"schema": 1, "url": there, "facts": {"feed": there, "channel": there, "account": there, "did": there}}
        folder.write(str(saved.place(Path("saved"), address)), json.dumps(record))
    assert folder.run("refresh", "--max-age", "0").code == 0
    assert spied.connected == {PUBLIC}
