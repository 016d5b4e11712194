"""What a terminal shows: the place, the caret, and nothing that a file could smuggle in."""

from __future__ import annotations

import io
import json
import time

import pytest

from linkhome.console import Console, colourful
from linkhome.diagnostics import Diagnostic, Span, error, warning


class Stream(io.TextIOWrapper):
    """A stream that remembers, with an encoding, and a terminal if wanted."""

    def __init__(self, encoding: str = "utf-8", terminal: bool = False) -> None:
        self.kept = io.BytesIO()
        self.terminal = terminal
        super().__init__(self.kept, encoding=encoding, errors="strict", write_through=True)

    def isatty(self) -> bool:
        return self.terminal

    @property
    def text(self) -> str:
        return self.kept.getvalue().decode(self.encoding)


@pytest.fixture(autouse=True)
def _no_wishes(monkeypatch):
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")


def printed(*found: Diagnostic, encoding: str = "utf-8", terminal: bool = False, quiet: bool = False) -> str:
    stream = Stream(encoding, terminal)
    Console(err=stream, quiet=quiet).report(found)
    return stream.text


def caret(source: str, column: int, width: int = 1, encoding: str = "utf-8") -> tuple[str, str]:
    """Return the printed source line and the caret line, without their gutters."""
    found = error("x", Span("a.yaml", 1, column, width), source=source)
    lines = printed(found, encoding=encoding).splitlines()
    return lines[1][8:], lines[2][8:]


def test_a_finding_has_its_place_line_caret_and_advice():
    found = error("unknown key 'titel'", Span("linkhome.yaml", 12, 5, 5), "did you mean 'title'?", "    titel: Prints")
    assert printed(found) == (
        "linkhome.yaml:12:5: error: unknown key 'titel'\n"
        "   12 |     titel: Prints\n"
        "      |     ^^^^^\n"
        "      = did you mean 'title'?\n"
        "1 error\n"
    )


def test_a_finding_without_a_line_or_without_a_file():
    assert printed(error("is not UTF-8", Span("posts/a.md"))) == "posts/a.md: error: is not UTF-8\n1 error\n"
    assert printed(warning("no address")) == "warning: no address\n1 warning\n"


def test_an_advice_of_two_lines_is_indented():
    assert printed(error("x", hint="one\ntwo")) == "error: x\n      = one\n        two\n1 error\n"


def test_findings_are_sorted_and_counted():
    text = printed(
        warning("c", Span("b.md", 1)),
        error("b", Span("a.md", 9)),
        error("a", Span("a.md", 2)),
        error("z", Span("c.md")),
    )
    assert text == (
        "a.md:2:1: error: a\na.md:9:1: error: b\nb.md:1:1: warning: c\nc.md: error: z\n3 errors, 1 warning\n"
    )


def test_nothing_found_prints_nothing():
    assert printed() == ""


def test_quiet_still_says_what_is_wrong():
    assert printed(error("x"), quiet=True) == "error: x\n1 error\n"


def test_a_flood_is_cut_and_keeps_the_errors():
    flood = [warning("w", Span("a.md", n)) for n in range(1, 200)] + [error("the one", Span("z.md", 1))]
    lines = printed(*flood).splitlines()
    assert len(lines) == 102
    assert "z.md:1:1: error: the one" in lines
    assert lines[-2:] == ["and 100 more: 'linkhome build --json' lists them all", "1 error, 199 warnings"]


@pytest.mark.parametrize(
    ("source", "column", "width", "shown", "under"),
    [
        ("name: x", 7, 1, "name: x", "      ^"),
        ("\tkey: x", 2, 3, "    key: x", "    ^^^"),
        ("a\tkey", 3, 3, "a   key", "    ^^^"),
        ("名前: x", 5, 1, "名前: x", "      ^"),
        ("x: 名前", 4, 2, "x: 名前", "   ^^^^"),
        ("e\u0301: x", 5, 1, "e\u0301: x", "   ^"),
        ("🚂 x", 3, 1, "🚂 x", "   ^"),
        ("👩‍🎨 x", 5, 1, "👩‍🎨 x", "   ^"),
        ("👋🏽 x", 4, 1, "👋🏽 x", "   ^"),
        ("❤️ x", 4, 1, "❤️ x", "   ^"),
        ("🇨🇭 x", 4, 1, "🇨🇭 x", "   ^"),
        ("ab", 3, 1, "ab", "  ^"),
        ("ab", 99, 7, "ab", "  ^"),
        ("abc", 2, 99, "abc", " ^^"),
        ("abc\r\n", 1, 99, "abc", "^^^"),
    ],
)
def test_the_caret_stands_under_the_characters(source, column, width, shown, under):
    assert caret(source, column, width) == (shown, under)


def test_a_long_line_is_cut_around_the_caret():
    shown, under = caret("x" * 500 + "BAD" + "y" * 500, 501, 3)
    assert shown == "…" + "x" * 30 + "BAD" + "y" * 57 + "…"
    assert under == " " * 31 + "^^^"


def test_the_beginning_and_the_end_of_a_long_line_are_not_cut():
    assert caret("BAD" + "y" * 500, 1, 3)[0].startswith("BADyyy")
    shown, under = caret("x" * 500 + "BAD", 501, 3)
    assert (shown, under) == ("…" + "x" * 30 + "BAD", " " * 31 + "^^^")


def test_a_long_line_of_wide_characters_fits_as_well():
    shown, under = caret("線" * 300, 150, 1)
    assert len(shown) == 47
    assert under == " " * 31 + "^^"


def test_control_characters_are_shown_and_not_sent():
    found = error("bad \x1b[2J value\nsecond", Span("a\x1b]0;x\x07.yaml", 1, 9, 1), "use \x9b31m", "a: \x1b[31m\u202eb")
    assert printed(found) == (
        "a\\x1b]0;x\\x07.yaml:1:9: error: bad \\x1b[2J value second\n"
        "    1 | a: \\x1b[31m\\u202eb\n"
        "      |            ^^^^^^\n"
        "      = use \\x9b31m\n"
        "1 error\n"
    )


def test_a_terminal_that_knows_only_ascii_gets_ascii():
    assert caret("ü: 名x", 5, 1, encoding="ascii") == ("\\xfc: \\u540dx", "            ^")
    assert caret("x" * 200, 100, 1, encoding="ascii")[0].startswith("...xxx")


def test_text_of_an_unreadable_file_name_is_printable():
    assert printed(error("x", Span("caf\udce9.jpg"))) == "caf\\udce9.jpg: error: x\n1 error\n"


def test_colour_only_on_a_terminal():
    found = error("x", Span("a.yaml", 1, 1, 1), "h", "abc")
    assert "\x1b" not in printed(found)
    assert printed(found, terminal=True) == (
        "\x1b[1ma.yaml:1:1: \x1b[0m\x1b[1;31merror:\x1b[0m x\n"
        "\x1b[34m    1 | \x1b[0mabc\n"
        "\x1b[34m      | \x1b[0m\x1b[1;31m^\x1b[0m\n"
        "\x1b[34m      = \x1b[0m\x1b[36mh\x1b[0m\n"
        "1 error\n"
    )


@pytest.mark.parametrize(
    ("wishes", "terminal", "expected"),
    [
        ({}, True, True),
        ({}, False, False),
        ({"NO_COLOR": "1"}, True, False),
        ({"NO_COLOR": ""}, True, True),
        ({"FORCE_COLOR": "1"}, False, True),
        ({"FORCE_COLOR": "0"}, False, False),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False),
        ({"TERM": "dumb"}, True, False),
    ],
)
def test_wishes_about_colour(monkeypatch, wishes, terminal, expected):
    for name, value in wishes.items():
        monkeypatch.setenv(name, value)
    assert colourful(Stream(terminal=terminal)) is expected


def test_results_and_talk_go_apart_and_quiet_drops_both():
    out, err = Stream(), Stream()
    for quiet in (False, True):
        console = Console(out, err, quiet=quiet)
        console.result("built")
        console.talk("by the way")
        console.complain("broken")
    assert (out.text, err.text) == ("built\n", "by the way\nbroken\nbroken\n")


def test_json_is_ascii_and_not_silenced():
    out = Stream("ascii")
    Console(out, quiet=True).json({"name": "Zoë 🚂"})
    assert json.loads(out.text) == {"name": "Zoë 🚂"}


def test_long_work_shows_one_line_and_takes_it_away():
    err = Stream(terminal=True)
    with Console(err=err).working("Building", after=0.01):
        time.sleep(0.1)
    assert err.text == "\r\x1b[KBuilding, 0 s\r\x1b[K"


@pytest.mark.parametrize(("terminal", "quiet", "after"), [(False, False, 0.01), (True, True, 0.01), (True, False, 60)])
def test_short_work_and_other_streams_are_left_in_peace(terminal, quiet, after):
    err = Stream(terminal=terminal)
    with Console(err=err, quiet=quiet).working("Building", after):
        time.sleep(0.05)
    assert "Building" not in err.text
