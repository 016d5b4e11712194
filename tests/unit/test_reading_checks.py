"""The one door for answers: each check on its own, and their order. All answers here are invented."""

from __future__ import annotations

import json

import pytest

from linkhome.embeds import reading as door
from linkhome.embeds import rubbish
from linkhome.embeds.fetch import Answer
from linkhome.embeds.reading import Unusable, read
from linkhome.platforms.asking import Ask

PAGE = "https://lina.example/posts/moths"
GOOD = (
    '<!doctype html><title>Moths</title><meta property="og:title" content="Moths at night">'
    '<meta property="og:image" content="https://lina.example/moth.jpg"><meta property="og:url" content="https://lina.example/posts/moths">'
)
FILM = "https://www.youtube.com/watch?v=abcdefghijk"


def page(body: str | bytes = GOOD, status: int = 200, url: str = PAGE, **headers: str) -> Answer:
    data = body.encode() if isinstance(body, str) else body
    return Answer(status, {name.replace("_", "-"): value for name, value in headers.items()}, data, url)


def refused(answer: Answer, how: str = "page", address: str = PAGE, asked: str = "") -> Unusable:
    with pytest.raises(Unusable) as found:
        read(Ask(how, asked or (address if how == "page" else "https://api.example/x")), answer, address)
    assert found.value.sentence
    return found.value


# ------------------------------------------------------------------ 1. told to wait


@pytest.mark.parametrize(
    ("said", "seconds"), [("120", 120), ("99999999", 7 * 86_400), ("Wed, 18 Nov 2026 10:10:00 GMT", 600)]
)
@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_a_wait(status: int, said: str, seconds: float) -> None:
    problem = refused(page(status=status, retry_after=said, date="Wed, 18 Nov 2026 10:00:00 GMT"))
    assert (problem.code, problem.wait, problem.gone) == ("wait", seconds, False)


@pytest.mark.parametrize("said", ["", "-5", "soon", "0", "Wed, 99 Nov", "9" * 5000, "²"])
def test_a_retry_after_that_says_nothing_is_none(said: str) -> None:
    assert refused(page("<title>Too busy</title>", 429, retry_after=said)).wait in (0, 7 * 86_400)


def test_too_many_requests_without_a_time_is_a_wait_too() -> None:
    assert refused(page("<title>Slow down</title>", 429)).code == "wait"
    assert refused(page("{}", 429), "oembed").code == "wait"


# ------------------------------------------------------------------ 2. ended elsewhere


@pytest.mark.parametrize(
    ("final", "code"),
    [
        ("https://consent.youtube.com/ml?continue=x", "consent"),
        ("https://consent.google.de/ml", "consent"),
        ("https://lina.example/login?next=/posts/moths", "shell"),
        ("https://lina.example/accounts/login/", "shell"),
        ("https://lina.example/authwall?trk=x", "shell"),
        ("https://accounts.google.com/ServiceLogin", "shell"),
        ("https://lina.example/404", "error"),
        ("https://lina.example/", "other-thing"),
        ("https://www.lina.example", "other-thing"),
        ("https://www.hugedomains.com/domain_profile.cfm?d=lina", "error"),
        ("https://www.instagram.com/", "other-thing"),
    ],
)
def test_a_redirect_to_a_door_is_refused(final: str, code: str) -> None:
    assert refused(page(url=final)).code == code


@pytest.mark.parametrize(
    ("asked", "final"),
    [
        ("https://lina.example/index.html", "https://lina.example/"),
        ("https://lina.example/en", "https://lina.example/"),
        ("https://bit.ly/moths", "https://lina.example/"),
        ("https://lina.example/login", "https://lina.example/login"),
        ("http://lina.example/posts/moths", PAGE),
        ("https://lina.example/posts/moths/", PAGE),
    ],
)
def test_a_redirect_that_is_fine(asked: str, final: str) -> None:
    body = GOOD.replace("https://lina.example/posts/moths", final)
    assert read(Ask("page", asked), page(body, url=final), asked).title == "Moths at night"


def test_a_redirect_to_an_error_page_with_404_is_gone() -> None:
    problem = refused(page(status=404, url="https://lina.example/404"))
    assert (problem.code, problem.gone) == ("gone", True)


# ------------------------------------------------------------------ 3. challenges


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (200, {"cf-mitigated": "challenge"}),
        (403, {"cf-mitigated": "challenge"}),
        (403, {"x-datadome": "protected"}),
        (202, {"x-amzn-waf-action": "challenge"}),
    ],
)
def test_headers_of_a_challenge(status: int, headers: dict[str, str]) -> None:
    assert refused(Answer(status, headers, GOOD.encode(), PAGE)).code == "blocked"


def test_guards_also_sign_good_answers() -> None:
    for headers in ({"x-datadome": "protected"}, {"server": "cloudflare"}, {"cf-ray": "x"}):
        assert read(Ask("page", PAGE), Answer(200, headers, GOOD.encode(), PAGE), PAGE).title


def test_an_error_of_cloudflare_is_a_block() -> None:
    assert refused(page("<title>Sorry</title>", 503, server="cloudflare")).code == "blocked"
    assert refused(page("<title>Sorry</title>", 503, server="nginx")).code == "error"


@pytest.mark.parametrize(
    "body",
    [
        "<title>shop.example</title><p>Please enable JS and disable any ad blocker</p>",
        "<title>x</title><script>window._cf_chl_opt={}</script>",
        "<body><h1>whoa there, pardner!</h1>",
        '<title>Shop</title><div id="px-captcha"></div>',
        '<a href="/dogsofamazon">dogs</a>',
    ],
)
def test_bodies_of_a_challenge(body: str) -> None:
    assert refused(page(body)).code == "blocked"


def test_a_page_about_challenges_is_none() -> None:
    assert read(Ask("page", PAGE), page(GOOD + "<p>captcha-delivery.com explained"), PAGE).title


# ------------------------------------------------------------------ 4. empty


@pytest.mark.parametrize("body", [b"", b" ", b"\r\n\r\n", b"{", b"\0\0\0"])
@pytest.mark.parametrize("how", ["page", "oembed", "feed", "channel"])
def test_an_empty_body(how: str, body: bytes) -> None:
    assert refused(page(body), how).code == "empty"
    problem = refused(page(body, 404), how)
    assert (problem.code, problem.gone) == ("gone", True)


# ------------------------------------------------------------------ what the status means in the end


@pytest.mark.parametrize("status", [404, 410])
@pytest.mark.parametrize("how", ["page", "oembed", "feed"])
def test_404_with_rubbish_is_gone(how: str, status: int) -> None:
    for body in ("<title>Oh no</title>", "Not Found", '{"message": "no"}'):
        problem = refused(page(body, status), how)
        assert (problem.code, problem.gone) == ("gone", True)


def test_404_with_a_challenge_says_nothing_of_the_thing() -> None:
    problem = refused(page("<title>Just a moment...</title>", 404))
    assert (problem.code, problem.gone) == ("blocked", False)


def test_404_of_a_youtube_feed_says_nothing_of_the_channel() -> None:
    body = "<!DOCTYPE html><title>Error 404 (Not Found)!!1</title>"
    address = "https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv"
    problem = refused(page(body, 404, "https://www.youtube.com/feeds/videos.xml"), "feed", address)
    assert (problem.code, problem.gone) == ("error", False)


def test_403_with_a_good_card_is_good() -> None:
    for status in (403, 451, 500, 999):
        assert read(Ask("page", PAGE), page(status=status), PAGE).title == "Moths at night"
    assert read(Ask("page", PAGE), page(GOOD.replace("<title>Moths", "<title>Unsupported browser"), 403), PAGE).image


def test_404_with_a_good_card_must_name_its_address() -> None:
    assert read(Ask("page", PAGE), page(status=404), PAGE).title == "Moths at night"
    problem = refused(page(GOOD.replace("/posts/moths", "/"), 404))
    assert (problem.code, problem.gone) == ("gone", True)


@pytest.mark.parametrize(
    ("status", "code"),
    [(400, "error"), (401, "blocked"), (403, "blocked"), (999, "blocked"), (500, "error"), (502, "error")],
)
def test_error_pages_without_a_card(status: int, code: str) -> None:
    assert refused(page("<title>Etwas ging schief</title>", status)).code == code


@pytest.mark.parametrize(
    ("status", "body", "code", "gone"),
    [
        (401, "Unauthorized", "private", False),
        (403, "Forbidden", "private", False),
        (400, "Bad Request", "gone", True),
        (404, "Not Found", "gone", True),
        (500, "{}", "error", False),
    ],
)
def test_what_youtube_means(status: int, body: str, code: str, gone: bool) -> None:
    problem = refused(page(body, status, content_type="application/json"), "oembed", FILM)
    assert (problem.code, problem.gone) == (code, gone)
    if status == 401:
        assert problem.sentence == "the video is there, but may not be embedded"


def test_what_x_and_vimeo_mean() -> None:
    assert refused(page("Forbidden", 403), "oembed", "https://x.com/lina/status/123456789").code == "private"
    assert refused(page("[]", 403), "oembed", "https://vimeo.com/76979871").code == "private"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        ({"code": 2, "message": "x"}, "error"),
        ({"code": 999, "is_transient": True}, "error"),
        ({"code": 4}, "wait"),
        ({"code": 613, "is_transient": True}, "wait"),
        ({"code": 24}, "private"),
        ({"code": 100, "error_subcode": 33}, "private"),
        ({"code": 10, "error_subcode": 2207046}, "private"),
        ({"code": 190}, "error"),
        ({"code": 200}, "private"),
        ({"code": 368}, "blocked"),
        ({"code": 400}, "private"),
    ],
)
@pytest.mark.parametrize("status", [400, 404])
def test_errors_of_meta_never_mean_gone(error: dict[str, object], code: str, status: int) -> None:
    body = json.dumps({"error": {"type": "OAuthException", "fbtrace_id": "x", **error}})
    problem = refused(page(body, status), "oembed", "https://www.instagram.com/p/Abcdefghijk/")
    assert problem.code == code or (status == 404 and code == "error")
    assert not problem.gone or code == "error"


@pytest.mark.parametrize(
    "body",
    [
        {"error": "no"},
        {"error": {"message": "no"}},
        {"errors": [{"code": 1}]},
        {"success": False},
        {"response": {"error": {"code": 404}}},
    ],
)
def test_the_platform_says_that_it_failed(body: object) -> None:
    assert refused(page(json.dumps(body)), "oembed").code == "error"


# ------------------------------------------------------------------ the door


def test_the_order_of_checks() -> None:
    """Waiting goes before all else, then the redirect, then the headers, then the body."""
    everything = {"retry-after": "60", "cf-mitigated": "challenge"}
    assert refused(Answer(429, everything, b"", "https://consent.google.de/")).code == "wait"
    assert refused(Answer(200, everything, b"", "https://consent.google.de/")).code == "consent"
    assert refused(Answer(200, everything, b"", PAGE)).code == "blocked"
    assert refused(Answer(200, {}, b"", PAGE)).code == "empty"


def test_a_reader_that_trips_is_an_answer_that_nobody_understands(monkeypatch: pytest.MonkeyPatch) -> None:
    def trip(*_: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr(door, "_reader", lambda _: trip)
    assert refused(page()).code == "error"


def test_an_unknown_question_is_refused() -> None:
    assert refused(page(), "telepathy").code == "error"


@pytest.mark.parametrize("how", ["bluesky-post", "mastodon-status", "github-repo"])
def test_the_adapters_are_behind_the_same_door(how: str) -> None:
    problem = refused(page("<title>404</title>", 404), how)
    assert (problem.code, problem.gone) == ("gone", True)


# ------------------------------------------------------------------ the tables


def test_titles_are_written_as_they_are_compared() -> None:
    from linkhome.embeds import signatures

    for titles in signatures.TITLES.values():
        for title in titles:
            assert title == " ".join(title.lower().split()), title
            assert rubbish.bad_title(f"  {title.upper()}\n") or title.upper().lower() != title


@pytest.mark.parametrize(
    "address",
    [
        "https://abs.twimg.com/rweb/ssr/default/v2/og/image.png",
        "https://soundcloud.com/images/fb_placeholder.png",
        "https://static-cdn.jtvnw.net/ttv-static-metadata/twitch_logo3.jpg",
        "https://www.redditstatic.com/icon.png",
        "https://s.ytimg.com/yts/img/x.png",
        "https://static.cdninstagram.com/rsrc.php/x.png",
        "https://cdn.example/1x1.png",
        "https://cdn.example/blank.gif",
    ],
)
def test_placeholders(address: str) -> None:
    assert rubbish.bad_picture(address)


@pytest.mark.parametrize(
    "address",
    ["https://i.ytimg.com/vi/x/hqdefault.jpg", "https://cdn.example/11x11.png", "https://pbs.twimg.com/media/x.jpg"],
)
def test_pictures_that_are_none(address: str) -> None:
    assert not rubbish.bad_picture(address)
