"""What of the CSS a page gets, and that making it shorter changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
import theme_model
from hypothesis import given
from hypothesis import strategies as st

from linkhome.diagnostics import LinkhomeError
from linkhome.theme import classes, locate, styles
from linkhome.theme.shorten import shorten, shorten_both
from linkhome.theme.tokens import Tokens, tokens

MODES = ("auto", "light", "dark")


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        (".a { color : red ; }\n\n.b { x: y }", ".a{color :red}.b{x:y}"),
        (".a :is(.b, .c) d { x: y }", ".a :is(.b,.c) d{x:y}"),
        ("@layer x { .a :hover { x: y } .b :focus { x: y } }", "@layer x{.a :hover{x:y}.b :focus{x:y}}"),
        (".a { &:hover { x: y } & :hover { z: 1 } > .c { q: 1 } }", ".a{&:hover{x:y}& :hover{z:1}>.c{q:1}}"),
        ("a { width: calc(100% - (2px + var(--a, 1px)) * 2) }", "a{width:calc(100% - (2px + var(--a,1px)) * 2)}"),
        ("a { --x: ; --y: { a: b } }", "a{--x:;--y:{a:b}}"),
        ('a::before { content: " ;  } /* no */ " }', 'a::before{content:" ;  } /* no */ "}'),
        ('a { background: url( "x  y.png" ) }', 'a{background:url( "x  y.png" )}'),
        ("a { background: url(data:x;y,/*z) } b { c: d }", "a{background:url(data:x;y,/*z)}b{c:d}"),
        ("@container w (min-width: 3rem) and (width < 9rem) { a { b: c } }",
         "@container w (min-width:3rem) and (width < 9rem){a{b:c}}"),
        ("/* one */ a /* two */ { margin: 1px/**/2px; } /* end */", "a{margin:1px 2px}"),
        (".a > .b ~ .c + .d { x: y ! important; z: calc(1px + 2px) }", ".a>.b~.c + .d{x:y! important;z:calc(1px + 2px)}"),
        ('a::after { content: "a > b" / ""; x: y !important }', 'a::after{content:"a > b"/"";x:y!important}'),
        ("@media (hover: hover) { a { grid-area: 1 / 2 / 3 } }", "@media (hover:hover){a{grid-area:1/2/3}}"),
    ],
)  # fmt: skip
def test_shorter_css_means_the_same(css: str, expected: str) -> None:
    assert shorten(css) == expected


PIECES = st.sampled_from(
    [
        "a { b : c ; }",
        "/* x */",
        "/*",
        "*/",
        "@layer x { y { } }",
        '"',
        "'",
        "url( a )",
        ";",
        "\n",
        "}",
        "{",
        "ä",
        "@media  all{",
        "\\",
    ]
)


@given(st.lists(PIECES, max_size=9).map("".join), st.lists(PIECES, max_size=6).map("".join))
def test_what_is_remembered_of_a_theme_changes_nothing(theme: str, own: str) -> None:
    for further in (own, f"@layer site{{{own}\n}}"):
        assert shorten_both(theme, further) == shorten(f"{theme}\n{further}")


def test_a_page_names_what_it_uses() -> None:
    page = theme_model.page(blocks=(theme_model.BLOCKS["elsewhere"], theme_model.BLOCKS["embed"]))
    assert styles.uses(page) == {"all", "@home", "icons", "focus", "links", "row", "folded", "embed"}
    assert styles.uses(theme_model.page("post")) == {"all", "@post", "prose", "tags", "focus"}


def test_a_page_gets_only_its_styles(tmp_path: Path) -> None:
    theme = locate.find("base", tmp_path / "theme")
    some = styles.stylesheet(theme, frozenset({"all", "@home", "faq"}))
    assert some.startswith("@layer reset,tokens,base,layout,blocks,page,site;")
    assert ".front" in some and "summary" in some and ".slot" not in some and "pre-wrap" not in some


def test_the_brand_and_the_creators_css_come_last(tmp_path: Path) -> None:
    (tmp_path / "theme").mkdir()
    (tmp_path / "theme" / "custom.css").write_text("h1 { color: red } /* mine */")
    theme = locate.find("base", tmp_path / "theme")
    css = styles.stylesheet(theme, frozenset({"all"}), styles.Finish(tokens(None), css=":root{--round:0}"))
    head, _, tail = css.rpartition("@layer tokens{:root{--paper:")
    assert "@layer tokens" in head
    assert tail.endswith("@layer tokens{:root{--round:0}}@layer site{h1{color:red}}")


def test_of_the_palette_only_the_colours_that_the_css_names_are_there(tmp_path: Path) -> None:
    (tmp_path / "theme").mkdir()
    (tmp_path / "theme" / "custom.css").write_text("h1 { color: var( --mine ) }")
    theme = locate.find("base", tmp_path / "theme")
    palette = {
        mode: colours | {"mine": "#123456", "unused": "#654321"} for mode, colours in tokens(None).values.items()
    }
    css = styles.stylesheet(theme, frozenset({"all"}), styles.Finish(Tokens(palette)))
    assert "--mine:#123456" in css
    assert "--unused" not in css


def test_a_forced_mode_leaves_the_other_out(tmp_path: Path) -> None:
    (tmp_path / "theme").mkdir()
    (tmp_path / "theme" / "custom.css").write_text(
        "@media (prefers-color-scheme: dark) { h1 { color: red; a { b: '}' } } } h2 { color: blue }"
    )
    theme = locate.find("base", tmp_path / "theme")
    made = {mode: styles.stylesheet(theme, frozenset({"all"}), styles.Finish(tokens(None), mode)) for mode in MODES}
    night, day = (tokens(None).values[mode]["paper"] for mode in ("dark", "light"))
    assert day in made["light"] and night not in made["light"] and "h1{color:red" not in made["light"]
    assert night in made["dark"] and day not in made["dark"] and "@media all{h1{color:red" in made["dark"]
    assert day in made["auto"] and night in made["auto"] and "@media (prefers-color-scheme:dark){h1" in made["auto"]
    assert all("h2{color:blue}" in css for css in made.values())


def test_a_style_file_that_is_missing_is_told(tmp_path: Path) -> None:
    theme = locate.find("base", tmp_path / "theme")
    broken = locate.Theme(theme.name, theme.site, theme.chain, {"stars": frozenset({"all"})})
    with pytest.raises(LinkhomeError, match=r"the theme 'base' has no file static/css/stars\.css"):
        styles.stylesheet(broken, frozenset({"all"}))


def test_every_style_file_is_wanted_and_every_wanted_one_exists(tmp_path: Path) -> None:
    theme = locate.find("base", tmp_path / "theme")
    folder = theme.chain[-1].path / "static" / "css"
    assert sorted(f"{name}.css" for name in theme.styles) == sorted(file.name for file in folder.iterdir())


def test_ratios_are_kept_in_bounds() -> None:
    assert [classes.shape(theme_model.picture(name)) for name in ("cover", "short", "podcast")] == ["1.6", "0.6", "1"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Jo", "34"), ("Lina Marlow", "17.9"), ("Maximilian Oberhuber", "17.9"), ("", "34"),
     ("Donaudampfschifffahrtsgesellschaft", ""), ("Anna-Katharina von Hohenstein", "12.2")],
)  # fmt: skip
def test_a_name_gets_the_size_that_fits(name: str, expected: str) -> None:
    assert classes.fit(name) == expected
