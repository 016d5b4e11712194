from __future__ import annotations

import ipaddress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from linkhome.embeds.answer import FetchError
from linkhome.embeds.guard import check, public
from linkhome.embeds.target import Target, onward, target

four = st.integers(0, 2**32 - 1).map(ipaddress.IPv4Address)
# Most of all IPv6 addresses are of no use at all: more of what is given out, and of what is near to a border.
six = st.one_of(
    st.integers(0, 2**128 - 1),
    st.integers(0x2000 << 112, 0x3FFF << 112),
    st.builds(
        lambda top, rest: (top << 112) + rest,
        st.sampled_from((0, 0x64, 0x100, 0x2001, 0x2002, 0x3FFE, 0x3FFF, 0x5F00, 0xFC00, 0xFE80, 0xFEC0, 0xFF02)),
        st.integers(0, 2**112 - 1),
    ),
).map(ipaddress.IPv6Address)

#: What Python calls global, but is no host of the public web: why stands in guard.py.
STRICTER = [
    ipaddress.ip_network(network)
    for network in (
        *("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32", "224.0.0.0/4"),
        *("2001::/23", "2002::/16", "3ffe::/16", "3fff::/20"),
    )
]
#: What was never given out: everything beyond 2000::/3.
GIVEN_OUT = ipaddress.ip_network("2000::/3")


@given(st.one_of(four, six))
@example(ipaddress.ip_address("192.0.0.9"))
@example(ipaddress.ip_address("239.255.255.255"))
def test_public_is_what_python_calls_global_without_what_is_no_host(
    ip: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    stricter = any(ip in network for network in STRICTER if network.version == ip.version)
    beyond = ip.version == 6 and ip not in GIVEN_OUT
    if public(str(ip)):
        assert ip.is_global
        assert not (ip.is_private or ip.is_loopback or ip.is_link_local or ip.is_multicast)
        assert not (ip.is_unspecified or ip.is_reserved)
        assert not stricter
        assert not beyond
    else:
        assert not ip.is_global or stricter or beyond


@given(four)
def test_no_ipv4_address_is_public_in_the_clothes_of_ipv6(ip: ipaddress.IPv4Address) -> None:
    number = int(ip)
    mapped, compatible, translated = (0xFFFF << 32) + number, number, (0xFFFF << 48) + number
    nat64, nat64_local = (0x64FF9B << 96) + number, (0x64FF9B0001 << 80) + number
    six_to_four, teredo = (0x2002 << 112) + (number << 80), (0x20010000 << 96) + (number ^ 0xFFFFFFFF)
    for dressed in (mapped, compatible, translated, nat64, nat64_local, six_to_four, teredo):
        assert not public(str(ipaddress.IPv6Address(dressed)))


@pytest.mark.parametrize(
    "address",
    [
        "1.1.1.1",
        "8.8.8.8",
        "93.184.215.14",
        "172.15.0.1",
        "172.32.0.1",
        "100.63.0.1",
        "100.128.0.1",
        "198.17.0.1",
        "198.20.0.1",
        "168.63.129.15",
        "223.255.255.255",
        "2606:4700::1111",
        "2a00:1450:4001::8a",
        "2001:200::1",
        "2001:4860:4860::8888",
    ],
)
def test_public_addresses(address: str) -> None:
    assert public(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "rubbish",
        "1.1.1",
        "0x1.1.1.1",
        "01.1.1.1",
        "1.1.1.1 ",
        "1.1.1.1%1",
        "2606:4700::1%eth0",
        "[2606:4700::1]",
        "1.1.1.1/32",
    ],
)
def test_what_is_no_plain_address_is_not_public(address: str) -> None:
    assert not public(address)


def test_one_address_spoils_the_others() -> None:
    check("a.example", ["1.1.1.1", "2606:4700::1111"])
    with pytest.raises(FetchError) as caught:
        check("a.example", ["1.1.1.1", "10.0.0.1"])
    sentence = "a.example (10.0.0.1) is not on the public internet, and linkhome asks nothing else"
    assert (caught.value.code, caught.value.sentence) == ("refused", sentence)
    with pytest.raises(FetchError, match=r"^\[::1\] is not on"):
        check("[::1]", ["::1"])


# ---------------------------------------------------------------- targets


@pytest.mark.parametrize(
    ("url", "taken"),
    [
        ("http://a.example", Target("http", "a.example", 80, "/")),
        ("HTTPS://A.Example:443/x?y#z", Target("https", "a.example", 443, "/x?y")),
        ("https://a.example:80/", Target("https", "a.example", 80, "/")),
        (" http://a.example/ ", Target("http", "a.example", 80, "/")),
        ("http://a.example./", Target("http", "a.example", 80, "/")),
        ("http://a.example?x=1", Target("http", "a.example", 80, "/?x=1")),
        ("http://a.example:/", Target("http", "a.example", 80, "/")),
        ("http://a_b.a-b.example/", Target("http", "a_b.a-b.example", 80, "/")),
        ("http://1.1.1.1/", Target("http", "1.1.1.1", 80, "/", "1.1.1.1")),
        ("http://[2606:4700:0:0::1]/", Target("http", "[2606:4700::1]", 80, "/", "2606:4700::1")),
        ("https://bücher.example/ä", Target("https", "xn--bcher-kva.example", 443, "/%C3%A4")),
        ("https://straße.example/", Target("https", "xn--strae-oqa.example", 443, "/")),
        ("https://例え.テスト/", Target("https", "xn--r8jz45g.xn--zckzah", 443, "/")),
        ("https://ａ．example/", Target("https", "a.example", 443, "/")),
        ('https://a.example/%zz%41"<>\\^`{|}', Target("https", "a.example", 443, "/%zz%41%22%3C%3E%5C%5E%60%7B%7C%7D")),
        ("https://a.example/a/../b", Target("https", "a.example", 443, "/a/../b")),
        ("https://a.example/@user/1", Target("https", "a.example", 443, "/@user/1")),
    ],
)
def test_addresses_are_taken_apart_once(url: str, taken: Target) -> None:
    assert target(url) == taken
    assert target(taken.url) == taken


def test_an_address_is_put_together_as_it_was_asked() -> None:
    assert target("https://a.example:80/x?y").url == "https://a.example:80/x?y"
    assert target("http://[2606:4700::1]:443").netloc == "[2606:4700::1]:443"
    assert target("https://A.example:443").url == "https://a.example/"


@given(st.text(max_size=40))
def test_whatever_is_written_is_taken_or_refused(text: str) -> None:
    for url in (text, f"http://{text}", f"https://a.example{text}", f"https://a.example/{text}"):
        try:
            taken = target(url)
        except FetchError as problem:
            assert problem.code == "refused"
            assert problem.sentence.isprintable()
        else:
            assert taken.url.isascii()
            assert taken.url.isprintable()
            assert " " not in taken.url
            assert target(taken.url) == taken


@given(st.text(st.characters(max_codepoint=255), max_size=40))
def test_whatever_a_header_says_leads_on_or_is_refused(location: str) -> None:
    here = target("https://a.example/b/c?d")
    try:
        there = onward(here, location)
    except FetchError as problem:
        assert problem.code == "refused"
    else:
        assert there.scheme == "https"
        assert target(there.url) == there


@pytest.mark.parametrize(
    ("here", "location", "there"),
    [
        ("http://a.example/b/c", "https://d.example/", "https://d.example/"),
        ("http://a.example/b/c", "http://d.example/", "http://d.example/"),
        ("https://a.example/b/c", "http://d.example:80/x", "https://d.example/x"),
        ("https://a.example/b/c", "../x", "https://a.example/x"),
        ("https://a.example/b/c?d", "?e", "https://a.example/b/c?e"),
        ("http://a.example/", "//d.example/x", "http://d.example/x"),
        ("http://a.example/", "\\\\d.example/x", "http://a.example/%5C%5Cd.example/x"),
    ],
)
def test_where_a_redirect_leads(here: str, location: str, there: str) -> None:
    assert onward(target(here), location).url == there
