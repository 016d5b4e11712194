"""White space of templates: dropped where it is never seen, kept where it is text."""

from __future__ import annotations

import pytest
from jinja2 import DictLoader, Environment

from linkhome.theme.compact import Compact


def rendered(source: str, **context: object) -> str:
    environment = Environment(
        loader=DictLoader({"t": source}), autoescape=True, trim_blocks=True, lstrip_blocks=True, extensions=[Compact]
    )
    return environment.get_template("t").render(context)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("  <ul>\n    <li>One</li>\n    <li>Two</li>\n  </ul>\n", "<ul><li>One</li><li>Two</li></ul>"),
        ("<p>\n  Words   here\n  and there\n</p>", "<p>Words here\nand there</p>"),
        ("<p><b>One</b> <i>two</i>\n<a>three</a></p>", "<p><b>One</b> <i>two</i>\n<a>three</a></p>"),
        ("<p>Hello {{ name }} and\n  {{ name }}</p>", "<p>Hello Jo and\nJo</p>"),
        ("<ul>\n  {% for n in [1, 2] %}\n  <li>{{ n }}</li>\n  {% endfor %}\n</ul>", "<ul><li>1</li><li>2</li></ul>"),
        ("<pre>\n  a\n    b\n</pre>  <p>x</p>", "<pre>\n  a\n    b\n</pre><p>x</p>"),
        ("<textarea>  {{ name }}  </textarea>", "<textarea>  Jo  </textarea>"),
        ("<script>if (a  <  b) { }\n</script>\n<p>x</p>", "<script>if (a  <  b) { }\n</script><p>x</p>"),
        ('<img   alt="two  spaces"\n  src="a"  >', '<img alt="two  spaces" src="a">'),
        ('<p\n  class="a{% if name %}  b{% endif %}"  >x</p>', '<p class="a  b">x</p>'),
        ("<p>a < b  and c</p>", "<p>a < b and c</p>"),
        ("<!--  kept  as it is  -->\n<p>x</p>", "<!--  kept  as it is  --><p>x</p>"),
    ],
)
def test_only_needless_space_goes(source: str, expected: str) -> None:
    assert rendered(source, name="Jo") == expected


def test_data_is_never_touched() -> None:
    assert rendered("<p>  {{ text }}  </p>", text="a   b\n\n  c") == "<p>a   b\n\n  c</p>"


def test_lines_keep_their_numbers() -> None:
    with pytest.raises(ZeroDivisionError) as caught:
        rendered("<p>\n\n  one\n\n</p>\n<p>{{ 1 // 0 }}</p>")
    frames = []
    traceback = caught.tb
    while traceback:
        frames.append((traceback.tb_frame.f_code.co_filename, traceback.tb_lineno))
        traceback = traceback.tb_next
    assert ("<template>", 6) in frames
