"""What browsers are told: the script in each page, what changed since, and what is wrong."""

from __future__ import annotations

import re
import threading

import pytest

from linkhome.diagnostics import Span, error, note, warning
from linkhome.preview import held
from linkhome.preview import telling as module
from linkhome.preview.stage import Shown, Stage
from linkhome.preview.telling import Telling
from linkhome.scripts import BETWEEN, Scripts, words
from linkhome.snapshot import Artifact
from linkhome.theme import locate

#: What the build puts something else in the place of, in scripts.
WORDS = tuple(words(None, None, (), ("", "")))
PAGE = "<!doctype html><html><head><title>Lina</title></head><body><div><p>{}</p></div>{}</body></html>"


class Shop:
    """A stage with pages, and what is told of it."""

    def __init__(self, **pages: str) -> None:
        self.stage = Stage()
        self.telling = Telling(self.stage, lambda span: f"editor:{span.file}:{span.line}")
        self.files: dict[str, Artifact] = {}
        self.put(**pages)

    def put(self, broken: bool = False, diagnostics: tuple = (), base: str = "/", **pages: str | bytes | None) -> None:
        """Show other texts of pages; None takes one away."""
        for name, text in pages.items():
            path = name.replace("__", "/").replace("_", ".")
            if text is None:
                del self.files[path]
            else:
                self.files[path] = Artifact.of(text.encode() if isinstance(text, str) else text)
        self.stage.show(Shown(files=dict(self.files), broken=broken, diagnostics=diagnostics, base=base))

    def serve(self, path: str = "index.html", view: str = "") -> str:
        """Serve a page; return the version that the browser then has."""
        artifact = self.files[path]
        data = self.telling.inject(path, artifact, artifact.data, view)
        return re.search(rb'data-have="([^"]*)"', data)[1].decode()

    def told(self, have: str, page: str = "index.html") -> dict:
        """Return what is told to a browser that has this version of a page."""
        return self.telling.state(self.stage.shown, [(page, have)])["changes"][page]


def test_a_page_gets_one_script_right_before_the_end_of_its_body():
    shop = Shop(index_html=PAGE.format("A", ""))
    data = shop.telling.inject("index.html", shop.files["index.html"], shop.files["index.html"].data).decode()
    have, run = shop.files["index.html"].sha256[:16], shop.stage.run
    script = (
        f'<script src="/.linkhome/client.js" data-page="index.html" data-have="{have}" data-run="{run}" defer></script>'
    )
    assert data == PAGE.format("A", script)


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("<p>no end", "<p>no endX"),
        ("<body><!-- </body> --></BODY ></html>", "<body><!-- X</body> --></BODY ></html>"),
        ("<p></BODY\n></html>", "<p>X</BODY\n></html>"),
        ("", "X"),
    ],
)
def test_pages_that_end_in_another_way_get_it_too(html, wanted):
    shop = Shop(index_html=html)
    data = shop.telling.inject("index.html", shop.files["index.html"], html.encode()).decode()
    assert re.sub(r"<script.*?</script>", "X", data) == wanted


def test_names_of_pages_cannot_leave_their_attribute():
    shop = Shop()
    page = Artifact.of(b"<body></body>")
    data = shop.telling.inject('a"><script>x', page, page.data, "dark+still").decode()
    assert data.count("<script") == 1 and 'data-page="a&quot;&gt;&lt;script&gt;x"' in data
    assert 'data-view="dark+still"' in data and 'data-have=""' in data


def test_where_the_site_begins_is_said_when_it_is_not_the_root():
    shop = Shop(index_html=PAGE.format("A", ""))
    shop.put(base="/sub/")
    assert b'data-base="/sub/"' in shop.telling.inject("index.html", shop.files["index.html"], b"<body></body>")


def test_who_has_the_page_as_it_is_is_told_so():
    shop = Shop(index_html=PAGE.format("A", ""))
    have = shop.serve()
    assert shop.told(have) == {"kind": "same", "have": have}


def test_a_change_is_told_from_the_version_that_the_browser_has():
    shop = Shop(index_html=PAGE.format("A", ""))
    first = shop.serve()
    shop.put(index_html=PAGE.format("B", ""))
    change = shop.told(first)
    second = shop.files["index.html"].sha256[:16]
    assert change == {
        "kind": "patch", "from": first, "have": second,
        "edits": ({"at": (1, 0, 0), "old": "<p>A</p>", "new": "<p>B</p>"},),
    }  # fmt: skip
    shop.put(index_html=PAGE.format("C", ""))
    assert shop.told(second)["edits"][0]["old"] == "<p>B</p>", (
        "a version that was only told counts like one that was served"
    )
    assert shop.told(first)["edits"][0]["new"] == "<p>C</p>"


def test_a_version_that_nobody_remembers_is_a_reload():
    shop = Shop(index_html=PAGE.format("A", ""))
    assert shop.told("0123456789abcdef")["kind"] == shop.told("")["kind"] == "reload"


def test_a_page_that_is_gone_is_said_to_be_gone():
    shop = Shop(index_html=PAGE.format("A", ""))
    have = shop.serve()
    shop.put(index_html=None)
    assert shop.told(have) == {"kind": "gone"} == shop.told("", "../../etc/passwd")


def test_a_page_that_is_no_utf_8_is_a_reload():
    shop = Shop(index_html=b"<html>\xff</html>")
    have = shop.serve()
    shop.put(index_html=b"<html>\xfe</html>")
    assert shop.told(have)["kind"] == "reload"


def test_a_picture_that_keeps_its_name_is_a_reload_when_it_changes():
    html = PAGE.format(
        "A", '<img src="qr.png" srcset="/kit/big.png 2x, media/x.1a2b3c4d-375.avif 1x"><a href="other.pdf">'
    )
    shop = Shop(kit__index_html=html, kit__qr_png="1", kit__big_png="1", kit__other_pdf="1")
    have = shop.serve("kit/index.html")
    assert have.startswith(shop.files["kit/index.html"].sha256[:16])
    shop.put(kit__other_pdf="2")
    assert shop.told(have, "kit/index.html")["kind"] == "same", "a file that it links to is not seen on it"
    for picture in ("kit__qr_png", "kit__big_png"):
        shop.put(**{picture: "2"})
        change = shop.told(have, "kit/index.html")
        assert change["kind"] == "reload" and change["have"] != have
        have = shop.serve("kit/index.html")
        assert shop.told(have, "kit/index.html")["kind"] == "same"


def test_only_so_many_versions_are_remembered(monkeypatch):
    monkeypatch.setattr(module, "PAGES", 3)
    shop = Shop(index_html=PAGE.format(0, ""))
    first = shop.serve()
    for number in range(1, 4):
        shop.put(index_html=PAGE.format(number, ""))
        last = shop.serve()
    shop.put(index_html=PAGE.format("now", ""))
    assert shop.told(last)["kind"] == "patch"
    assert shop.told(first)["kind"] == "reload"
    monkeypatch.setattr(module, "BYTES", 10)
    shop.put(index_html=PAGE.format("later", ""))
    assert shop.told(shop.serve())["kind"] == "same"
    shop.put(index_html=PAGE.format("latest", ""))
    assert shop.told(last)["kind"] == "reload", "nothing was kept"


def test_every_script_of_linkhome_is_known_as_ours_and_no_other_of_its_name(tmp_path):
    made = Scripts(locate.find("base", tmp_path), dict.fromkeys(WORDS, lambda: '{"a": "\\n"}'))
    for name in ("timed", "offline", "play", "signup", "timed-offline-signup-play"):
        path, artifact = made.file(BETWEEN.join(f"{one}.js" for one in name.split("-")))
        files = {path: artifact}
        assert held.proven("posts/x/index.html", "/", files, f"../../{path}") == name
        assert held.proven("404.html", "/sub/", files, f"/sub/{path}") == name
        assert held.proven("index.html", "/", {}, path) == ""
        files[path] = Artifact.of(artifact.data + b"more()")
        assert held.proven("index.html", "/", files, path) == "", "a script of the creator's own"


def test_a_script_of_the_creators_own_is_never_patched_around():
    text = '<script defer src="assets/timed.1a2b3c4d.js"></script>'
    shop = Shop(index_html=PAGE.format("A", text), assets__timed_1a2b3c4d_js="watch(document.body)")
    have = shop.serve()
    shop.put(index_html=PAGE.format("B", text))
    assert shop.told(have)["kind"] == "reload"


def test_mistakes_are_told_in_the_words_of_the_terminal_when_the_build_failed():
    found = (
        warning("no alt", Span("linkhome.yaml", 3)),
        note("fine"),
        error("there is no key 'colour'", Span("linkhome.yaml", 11, 3, 6), "did you mean 'color'?", "  colour: red"),
        error("nothing works"),
    )
    shop = Shop(index_html=PAGE.format("A", ""))
    shop.put(broken=True, diagnostics=found)
    state = shop.telling.state(shop.stage.shown, [])
    assert (state["broken"], state["number"], state["run"]) == (True, 2, shop.stage.run)
    assert [(one["severity"], one["place"], one["edit"]) for one in state["problems"]] == [
        ("error", "", ""),
        ("error", "linkhome.yaml:11:3", "editor:linkhome.yaml:11"),
    ]
    assert ["".join(text for text, _ in line) for line in state["problems"][1]["lines"]] == [
        "linkhome.yaml:11:3: error: there is no key 'colour'",
        "   11 |   colour: red",
        "      |   ^^^^^^",
        "      = did you mean 'color'?",
    ]
    shop.put(diagnostics=found[:2])
    state = shop.telling.state(shop.stage.shown, [])
    assert [(one["severity"], one["place"]) for one in state["problems"]] == [("warning", "linkhome.yaml:3:1")]


def test_many_threads_may_ask_at_once():
    shop = Shop(index_html=PAGE.format("A", ""))
    have, told, failed = shop.serve(), [], []

    def ask() -> None:
        try:
            for _ in range(50):
                told.append(shop.told(have)["kind"])
                shop.serve()
        except Exception as problem:
            failed.append(problem)

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for number in range(20):
        shop.put(index_html=PAGE.format(number, ""))
    for thread in threads:
        thread.join()
    assert failed == []
    assert len(told) == 300 and set(told) <= {"same", "patch"}
