"""What the build computed reaches the styles by classes, never by a style attribute."""

from __future__ import annotations

import pytest

from linkhome.theme.computed import css, settle


def test_a_class_stands_for_the_properties():
    html, rules = settle(f'<p class="a {css(k=2.31, x="84%")}"></p>')
    assert html == '<p class="a v1"></p>'
    assert rules == ".v1{--k:2.31;--x:84%}"


def test_equal_properties_share_a_class():
    html, rules = settle(f"{css(k=1)} {css(k=2)} {css(k=1)}")
    assert html == "v1 v2 v1"
    assert rules == ".v1{--k:1}.v2{--k:2}"


def test_what_is_empty_is_left_out():
    assert css(a=None, b="") == ""
    assert settle(str(css(a=None, b_c="#fff")))[1] == ".v1{--b-c:#fff}"


def test_numbers_print_the_same_everywhere():
    assert settle(str(css(k=1 / 3, z=0.0, n=-0.5)))[1] == ".v1{--k:0.3333;--z:0;--n:-0.5}"


@pytest.mark.parametrize("bad", ["a;b", "}", "url(x)", "</style>", '"', "a:b", "image-set(x)", "\x03", "x" * 300])
def test_a_value_cannot_leave_its_rule(bad):
    with pytest.raises(ValueError, match="takes a number"):
        css(k=bad)
