from __future__ import annotations

import contextlib
import errno
import re
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from at_the_door import House, house_at

from linkhome.diagnostics import Exit, LinkhomeError
from linkhome.preview import guard, lan, listening
from linkhome.preview.guard import Door, Moved, admit
from linkhome.preview.listening import open_door
from linkhome.preview.request import Refused, Request

#: Another address of this machine, which stands for the one in the local network.
NEAR = "127.0.0.2"
KEY = "0123456789abcdef"
DOOR = Door("127.0.0.1", 8000, "192.168.1.20", KEY)


@contextlib.contextmanager
def taken(count: int = 1) -> Iterator[int]:
    """Take so many ports in a row; give the first."""
    for _ in range(50):
        with contextlib.ExitStack() as held:
            first = held.enter_context(socket.create_server(("127.0.0.1", 0))).getsockname()[1]
            try:
                for more in range(1, count):
                    held.enter_context(socket.create_server(("127.0.0.1", first + more)))
            except (OSError, OverflowError):
                continue
            yield first
            return
    raise AssertionError("no such row of ports is free")


def free_again(port: int) -> bool:
    with socket.create_server(("127.0.0.1", port)) as again:
        return bool(again.fileno())


def test_the_port_is_open_before_anything_is_built():
    with contextlib.closing(open_door(0)) as opened:
        socket.create_connection(("127.0.0.1", opened.door.port), timeout=10).close()
        assert opened.url("/sub/") == f"http://127.0.0.1:{opened.door.port}/sub/"
        assert (opened.lan_url(), opened.door.key, opened.moved_from) == ("", "", None)
    assert free_again(opened.door.port)


def test_a_taken_port_is_followed_by_the_next_free_one():
    with taken(3) as port, contextlib.closing(open_door(port)) as opened:
        assert opened.door.port > port + 2
        assert opened.moved_from == port


def test_a_port_that_another_program_has_for_localhost_is_taken(monkeypatch):
    try:
        other = socket.create_server(("::1", 0), family=socket.AF_INET6)
    except OSError:
        pytest.skip("this machine has no IPv6")
    with other, contextlib.closing(open_door(other.getsockname()[1])) as opened:
        assert opened.moved_from == other.getsockname()[1]


def test_a_port_that_another_program_has_everywhere_is_taken():
    with socket.create_server(("", 0)) as other, contextlib.closing(open_door(other.getsockname()[1])) as opened:
        assert opened.moved_from == other.getsockname()[1]


def refusal(*arguments, **options) -> tuple[str, Exit]:
    with pytest.raises(LinkhomeError) as caught:
        open_door(*arguments, **options).close()
    (found,) = caught.value.diagnostics
    assert "\n" not in found.message + found.hint
    return f"{found.message}: {found.hint}", caught.value.code


def test_who_insists_on_a_taken_port_is_told_in_one_line():
    with taken() as port:
        assert refusal(port, strict=True) == (
            f"port {port} is taken: end the program that has it, or leave out --strict-port",
            Exit.USAGE,
        )


def test_ten_more_ports_are_tried_and_then_no_more():
    with taken(11) as port:
        said, code = refusal(port)
    assert said.startswith(f"the ports {port} to {port + 10} are taken: ")
    assert code is Exit.USAGE


def test_what_is_no_port_is_said_so():
    assert refusal(70_000)[0].startswith("70000 is no port: ")
    assert refusal(-1)[1] is Exit.USAGE


@pytest.mark.parametrize(
    ("number", "port", "said"),
    [
        (errno.EACCES, 80, "this system does not let you open port 80: take one from 1024 on"),
        (errno.ENOBUFS, 8000, "port 8000 cannot be opened: "),
        (errno.EACCES, 8000, "port 8000 is taken: "),  # so Windows calls a port that is set aside
    ],
)
def test_what_the_system_refuses_is_said_in_words(monkeypatch, number, port, said):
    def refuse(*_: object) -> None:
        raise OSError(number, "no")

    monkeypatch.setattr(listening, "_socket", refuse)
    assert refusal(port, strict=True)[0].startswith(said)


def test_without_ipv6_the_other_address_is_enough(monkeypatch):
    made = listening._socket

    def old(host: str, port: int) -> socket.socket:
        if ":" in host:
            raise OSError(errno.EAFNOSUPPORT, "no IPv6")
        return made(host, port)

    monkeypatch.setattr(listening, "_socket", old)
    with contextlib.closing(open_door(0)) as opened:
        assert [one.getsockname()[0] for one, _ in opened.sockets] == ["127.0.0.1"]


def test_who_wants_the_local_network_and_is_in_none_is_told(monkeypatch):
    monkeypatch.setattr(listening, "find_address", lambda: "")
    said, code = refusal(0, lan=True)
    assert said.startswith("this machine is in no local network: ")
    assert code is Exit.USAGE


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """Open a preview to the local network, which is this machine."""
    monkeypatch.setattr(listening, "find_address", lambda: NEAR)
    monkeypatch.setattr(guard, "is_near", lambda peer: peer.startswith("127."))
    with house_at(tmp_path, lan=True) as opened:
        opened.show({"index.html": "<body>Home</body>"}, base="/sub/")
        yield opened


def from_outside(house: House, target: str, **headers: str) -> tuple[int, dict[str, str], str]:
    with socket.create_connection((NEAR, house.port), timeout=30) as link:
        headers = {"Host": f"{NEAR}:{house.port}", "Connection": "close"} | headers
        link.sendall(house.request(target, **headers))
        head, _, body = b"".join(iter(lambda: link.recv(65_536), b"")).decode().partition("\r\n\r\n")
    first, *fields = head.split("\r\n")
    return int(first.split()[1]), dict(field.split(": ", 1) for field in fields), body


def test_the_local_network_gets_nothing_without_the_key(house):
    for target in (
        "/",
        "/sub/",
        "/sub/?key=",
        "/sub/?key=wrong",
        "/.linkhome/",
        "/.linkhome/events",
        "/.linkhome/client.js",
    ):
        status, headers, body = from_outside(house, target)
        assert status == 403
        assert "Set-Cookie" not in headers
        assert "Home" not in body
    assert from_outside(house, "/sub/", Cookie=f"linkhome-{house.port}=wrong")[0] == 403


def test_the_key_in_the_address_becomes_a_cookie_that_no_script_sees(house):
    address = house.listening.lan_url("/sub/")
    assert address.startswith(f"http://{NEAR}:{house.port}/sub/?key=")
    target = address.partition(str(house.port))[2]
    status, headers, _ = from_outside(house, f"{target}&a=1")
    assert (status, headers["Location"]) == (302, "/sub/?a=1")
    cookie, *rules = headers["Set-Cookie"].split("; ")
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(rules)
    assert from_outside(house, "/sub/", Cookie=f"other=1; {cookie}")[0] == 200
    assert from_outside(house, "/sub/", Cookie=cookie.replace(str(house.port), "1"))[0] == 403


def test_the_local_network_must_name_the_address_it_asks(house):
    key = house.listening.door.key
    for host in ("127.0.0.1", "localhost", "evil.example"):
        assert from_outside(house, f"/sub/?key={key}", Host=f"{host}:{house.port}")[0] == 403
    assert house.ask("/sub/", Host=f"{NEAR}:{house.port}").status == 403


def test_this_machine_needs_no_key(house):
    assert "Home" in house.ask("/sub/").text


def asked(path: str = "/", **headers: str) -> Request:
    fields = {"host": "192.168.1.20:8000"} | {name.replace("_", "-"): value for name, value in headers.items()}
    path, _, query = path.partition("?")
    return Request("GET", path, query, fields)


@pytest.mark.parametrize(
    "peer", ["8.8.8.8", "100.64.0.1", "127.0.0.1", "0.0.0.0", "fe80::1", "::ffff:10.0.0.1", "", "no"]
)
def test_who_is_no_neighbour_gets_nothing_with_the_key_either(peer):
    with pytest.raises(Refused) as refused:
        admit(asked(f"/?key={KEY}"), DOOR, peer, outside=True)
    assert refused.value.status == 403


def test_a_neighbour_with_the_key_is_let_in():
    moved = admit(asked(f"/a%20b/?x=%C3%A4&key={KEY}"), DOOR, "192.168.1.7", outside=True)
    assert isinstance(moved, Moved)
    assert moved.to == "/a%20b/?x=%C3%A4"
    assert admit(asked(cookie=f"linkhome-8000={KEY}"), DOOR, "10.1.2.3", outside=True) is None


def test_an_empty_key_opens_nothing():
    with pytest.raises(Refused):
        admit(
            asked("/?key=", cookie="linkhome-8000="),
            Door("127.0.0.1", 8000, "192.168.1.20", ""),
            "10.1.2.3",
            outside=True,
        )


def test_port_80_need_not_be_named():
    assert admit(asked(host="localhost"), Door("127.0.0.1", 80), "127.0.0.1", outside=False) is None


@pytest.mark.parametrize(
    ("towards", "interfaces", "found"),
    [
        (["192.168.1.20"], [("lo", "127.0.0.1"), ("wlan0", "192.168.1.20")], "192.168.1.20"),
        (["10.8.0.2", "192.168.1.20"], [("tun0", "10.8.0.2"), ("wlan0", "192.168.1.20")], "192.168.1.20"),
        (["172.17.0.1"], [("docker0", "172.17.0.1"), ("eth0", "10.0.0.7")], "10.0.0.7"),
        (["203.0.114.5"], [("eth0", "203.0.114.5")], ""),
        (["127.0.0.1"], [("lo", "127.0.0.1")], ""),
        (["100.64.3.4"], [("tailscale0", "100.64.3.4")], ""),
        ([], [("eth0", "169.254.7.7"), ("wlan0", "192.168.1.20")], "192.168.1.20"),
        (["169.254.7.7"], [], "169.254.7.7"),
        ([], [], ""),
    ],
)
def test_the_address_that_a_telephone_can_reach_is_chosen(towards, interfaces, found):
    assert lan.choose(towards, interfaces) == found


def test_this_machine_is_asked_without_a_word_to_anybody():
    found = lan.find_address()
    assert found == "" or lan.is_near(found)


@pytest.mark.parametrize("colour", [False, True])
def test_a_telephone_reads_the_code_in_the_terminal(colour):
    zxingcpp = pytest.importorskip("zxingcpp")
    from PIL import Image

    text = f"http://192.168.1.20:8000/sub/?key={KEY}"
    lines = re.sub("\x1b\\[[0-9;]*m", "", lan.qr(text, colour)).splitlines()
    assert len({len(line) for line in lines}) == 1
    inked = {" ": (0, 0), "▀": (1, 0), "▄": (0, 1), "█": (1, 1)}
    ink, paper = (0, 255) if colour else (255, 0)
    rows = [[ink if inked[c][half] else paper for c in line] for line in lines for half in (0, 1)]
    image = Image.new("L", (len(rows[0]), len(rows)))
    image.putdata([value for row in rows for value in row])
    big = image.resize((image.width * 8, image.height * 8), Image.Resampling.NEAREST)
    assert [found.text for found in zxingcpp.read_barcodes(big)] == [text]
