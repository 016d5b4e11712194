"""Plan a few pages of a site that was gathered a moment ago, without looking at all of its texts again.

What comes out is what `gather` plans for these pages; how long it takes does not depend on how many others there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..config import schema
from ..config.load import Config
from ..kit.plan import Kit
from . import afterwards, articles, home, kit
from .arrangement import Arrangement
from .articles import Planned
from .gather import Plan, begin, letters_of, pictures, set_going, surround, told
from .media import Media
from .posts import Post, Texts
from .shell import Look, Surroundings


class Moved(Exception):  # noqa: N818 (a state of the site, not a mistake)
    """Say that the change is larger than a glance can see: texts came, went or moved, or the languages changed."""


def glance(
    config: Config,
    texts: Texts,
    media: Media,
    now: float,
    look: Look,
    drawing: Kit,
    outages: Sequence[schema.OutageEntry],
    known: Arrangement,
    pages: Iterable[str],
) -> Plan:
    """Plan these pages (output files; those that the site does not have are left out).

    Raises:
        Moved: the arrangement of the site's texts is not the ``known`` one any more.
    """
    all_ = begin(config, media, now, look, drawing)
    if all_.rules(known.rules.drafts) != known.rules:
        raise Moved
    all_.take(known)
    set_going(all_, outages)
    wanted = [text for path in pages if (text := known.text(path))]
    media.prepare(pictures(config.site, wanted, media))
    arounds = surround(all_, look)
    planned = list(_plan(arounds, texts, known, frozenset(pages)))
    fronts = {f"{all_.prefix(language)}index.html" for language in config.languages}
    letters = letters_of(planned, fronts, wanted)
    return Plan(planned, {}, all_.diagnostics, all_.changes_at, letters, told(all_), known)


def with_changes(known: Arrangement, texts: Texts, changed: Iterable[str]) -> Arrangement:
    """Return the arrangement with the texts read again whose files are among those that were changed.

    Raises:
        Moved: one of them came, went or moved.
        LinkhomeError: with every mistake in one of them.
    """
    folders: Mapping[str, str] = {"posts": "post", "pages": "page"}
    for name in sorted(changed):
        kind = folders.get(name.partition("/")[0])
        if kind is None:
            continue
        text = texts.again(name, kind) if name.endswith((".md", ".markdown")) else None
        known_now = known.with_text(text) if text else None
        if known_now is None:
            raise Moved
        known = known_now
    return known


def _plan(
    arounds: Mapping[str, Surroundings], texts: Texts, known: Arrangement, wanted: frozenset[str]
) -> Iterator[Planned]:
    for language, around in arounds.items():
        all_ = around.all
        front = f"{all_.prefix(language)}index.html"
        kit_page = kit.path_of(all_.prefix(language))
        if front in wanted or kit_page in wanted:
            page = home.plan(around)
            yield from [page] if front in wanted else []
            if kit_page in wanted and all_.kit and all_.previews and all_.site.brand.kit:
                card = kit.order_card(all_.kit, around.here(front), page.make()) if all_.has_card else None
                yield kit.plan(around, all_.previews, page.make(), card)
        posts: Sequence[Post] = all_.posts.get(language, ())
        for path in sorted(wanted):
            place = known.outputs.get(path)
            if place and place.language == language:
                if place.kind == "post":
                    yield articles.plan_post(around, texts, posts, place.number)
                else:
                    yield from articles.plan_pages(around, texts, [all_.pages[language][place.number]])
        for number in range(1, articles.lists_of(posts) + 1):
            if articles.posts_path(all_.prefix(language), number) in wanted:
                yield articles.plan_list(around, posts, number)
        yield from (page for page in afterwards.plan(around) if page.path in wanted)
    if "404.html" in wanted:
        yield home.plan_missing(arounds[next(iter(arounds))])
