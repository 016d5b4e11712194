"""Rewrite one page so that nothing of it lies elsewhere: each element that leads to a file gets what it leads to."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from .single import Ways

_Attrs = list[tuple[str, str | None]]
#: The widest picture that is carried along where there are several, in pixels.
WIDEST = 1280
#: Nothing is asked for but what the visitor plays: sound and film that are too large, and players after a click.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; media-src data: https:; "
POLICY += "frame-src https:; base-uri 'none'"
#: A page that is shown lies over the front page. No theme's rules reach it: they are in layers, these are not.
STYLE = (
    ".linkhome-page{display:none;position:fixed;inset:0;z-index:2147483647;background:Canvas}"
    ".linkhome-page:target{display:block}"
    ".linkhome-page>iframe{display:block;width:100%;height:100%;border:0}"
    "html:has(.linkhome-page:target){overflow:hidden}"
)
#: Attributes that show a file, by element.
_SHOWN = {
    "img": ("src",),
    "audio": ("src",),
    "video": ("src", "poster"),
    "source": ("src",),
    "track": ("src",),
    "image": ("href", "xlink:href"),
    "input": ("src",),
}
#: What a frame begins with when a link leads to a place of the same page.
_SAME = "about:srcdoc"
_VOID = {"meta", "link", "base", "source"}


class Inliner(HTMLParser):
    """Be the one who rewrites one page. ``framed``: it is to be shown in a frame of the front page."""

    def __init__(self, site: Ways, path: str, *, framed: bool) -> None:
        super().__init__(convert_charrefs=False)
        self._site, self._path, self._framed = site, path, framed
        self._out: list[str] = []
        self._silent = self._style = False
        self._pictures = 0

    def of(self, text: str) -> str:
        """Return the page as it is in the one page."""
        self.feed(text)
        self.close()
        return "".join(self._out)

    def handle_starttag(self, tag: str, attrs: _Attrs) -> None:
        """Rewrite one element."""
        self._begin(tag, attrs, "")

    def handle_startendtag(self, tag: str, attrs: _Attrs) -> None:
        """Rewrite one element that ends at once."""
        self._begin(tag, attrs, "/")

    def handle_endtag(self, tag: str) -> None:
        """End an element, unless its beginning was left out."""
        if tag == "script":
            self._silent = False
        elif tag != "noscript" and tag not in _VOID:
            self._style = False
            self._pictures -= tag == "picture"
            if tag == "head" and not self._framed:
                self._out.append(f"<style>{STYLE}</style>")
            self._out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """Keep words; rewrite styles, forget scripts."""
        if not self._silent:
            self._out.append(self._site.css(data, self._path) if self._style else data)

    def handle_entityref(self, name: str) -> None:
        """Keep a character that is written by its name."""
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """Keep a character that is written by its number."""
        self.handle_data(f"&#{name};")

    def handle_decl(self, decl: str) -> None:
        """Keep the declaration of the document."""
        self._out.append(f"<!{decl}>")

    def _begin(self, tag: str, attrs: _Attrs, slash: str) -> None:
        if tag == "script":
            self._silent = not slash
        if tag in ("script", "noscript", "base"):  # without scripts, what stands in their place is the page
            return
        raw = self.get_starttag_text() or ""
        given = {name: value or "" for name, value in attrs}
        if tag == "meta":
            self._meta(given, raw)
        elif tag == "link":
            self._link(given)
        elif tag == "source" and self._pictures:
            return  # the picture itself is shown in the width that is carried along
        else:
            self._style = tag == "style" and not slash
            self._pictures += tag == "picture"
            changed = self._changed(tag, given)
            self._out.append(raw if changed == given else _written(tag, attrs, changed, slash))

    def _changed(self, tag: str, given: dict[str, str]) -> dict[str, str]:
        new = dict(given)
        if "style" in new:
            new["style"] = self._site.css(new["style"], self._path)
        if tag == "img":
            new["src"] = _best(new.get("src", ""), new.pop("srcset", ""))
            new.pop("sizes", None)
        for name in _SHOWN.get(tag, ()):
            if new.get(name) and not new[name].startswith("#"):
                new[name] = self._site.data(new[name], self._path)
        if tag in ("a", "area") and "href" in new:
            self._lead(new)
        if tag == "form":
            if new.get("action") or self._site.address:
                new["action"] = self._site.online(new.get("action", ""), self._path)
            self._leave(new)
        return new

    def _lead(self, new: dict[str, str]) -> None:
        """Let a link lead to the page inside of the page, to the content of a file, or to where it is online."""
        way = new["href"]
        if way.startswith("#"):
            new["href"] = _SAME + way if self._framed else way
            return
        path = self._site.file_of(way, self._path)
        if path in self._site.pages:
            fragment = urlsplit(way).fragment
            if path == self._path:
                new["href"] = (_SAME if self._framed else "") + f"#{fragment}"
                return
            # A link cannot lead into the middle of a frame.
            new["href"] = f"#{fragment}" if path == "index.html" else f"#{self._site.id_of(path)}"
            new.pop("target", None)
        elif path and self._site.carried(path) and not path.endswith((".xml", ".json")):
            new["href"] = self._site.data(way, self._path)
            new.setdefault("download", path.rpartition("/")[2])
            return
        else:
            new["href"] = self._site.online(way, self._path)
        self._leave(new)

    def _leave(self, new: dict[str, str]) -> None:
        """Let what a frame leads to take the place of the whole page, as the frame is none that visitors know of."""
        if self._framed:
            new.setdefault("target", "_top")

    def _meta(self, given: dict[str, str], raw: str) -> None:
        if given.get("http-equiv"):
            return  # the policy of the page is made for its scripts and for its host
        self._out.append(raw)
        if "charset" in given and not self._framed:
            self._out.append(f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">')

    def _link(self, given: dict[str, str]) -> None:
        kinds, way = given.get("rel", "").lower().split(), given.get("href", "")
        if "stylesheet" in kinds:
            path = self._site.file_of(way, self._path)
            media = f' media="{escape(given["media"])}"' if given.get("media") else ""
            if path:
                self._out.append(f"<style{media}>{self._site.css(self._site.text(path), path)}</style>")
        elif not self._framed and "icon" in kinds:
            self._out.append(_written("link", [], {"rel": "icon", "href": self._site.data(way, self._path)}, ""))
        elif not self._framed and {"canonical", "alternate", "me", "license"} & set(kinds):
            self._out.append(_written("link", [], {**given, "href": self._site.online(way, self._path)}, ""))


def _best(src: str, srcset: str) -> str:
    """Return the picture that is large enough for a screen and no larger."""
    widths: dict[int, str] = {}
    for one in srcset.split(","):
        way, _, width = one.strip().rpartition(" ")
        if way and width.endswith("w") and width[:-1].isdecimal():
            widths[int(width[:-1])] = way.strip()
    if not widths:
        return src
    fitting = [width for width in widths if width <= WIDEST]
    return widths[max(fitting) if fitting else min(widths)]


def _written(tag: str, attrs: Sequence[tuple[str, str | None]], given: dict[str, str], slash: str) -> str:
    """Return an element with these attributes; those that had no value get none."""
    bare = {name for name, value in attrs if value is None}
    said = "".join(f" {name}" if name in bare else f' {name}="{escape(value)}"' for name, value in given.items())
    return f"<{tag}{said}{slash}>"
