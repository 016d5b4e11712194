"""Make a few pages anew a moment after a whole build: what is open in a browser is shown before all the rest is done.

A glance is the same story as a build, told of these pages alone: its bytes are those that the build will give for them.
Where it cannot know that, it says `Moved`, and the whole build has the first word.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .assets import Styles
from .content.addresses import root_of
from .content.arrangement import Arrangement
from .content.glance import Moved, glance, with_changes
from .content.policy import drawn, restyled
from .inputs import Inputs
from .output import Artifact
from .pipeline import Build, Order, Traces, at_work, begin, rendering_of, stop_at_errors
from .render import Rendering

__all__ = ["Glance", "Moved", "look", "restyle"]

Glance = tuple[dict[str, Artifact], Arrangement]


def look(order: Order, last: Build, known: Arrangement, pages: Iterable[str], changed: Iterable[str]) -> Glance:
    """Return the files of these pages as they are after the inputs ``changed``, and how the texts lie now.

    ``last`` is the last whole build, ``known`` how the texts lay at the last glance since.

    Raises:
        Moved: only a whole build can tell.
        LinkhomeError: with the mistakes that were met first.
    """
    with at_work(order.project) as cache:
        bench = begin(order, cache)
        arranged = with_changes(known, bench.texts, changed)
        plan = glance(
            bench.config, bench.texts, bench.media, bench.now, bench.dress.look, bench.kit, bench.outages, arranged,
            frozenset(pages),
        )  # fmt: skip
        stop_at_errors([*bench.dress.found, *plan.diagnostics])
        traces: Traces = last.traces
        hosts = traces.hosts | {host for page in plan.pages for host in page.frames}
        letters = "".join(sorted({*traces.letters, *plan.letters}))
        rendering, _ = rendering_of(bench, plan, letters, hosts)
        rendering.render(plan.pages, last.ledger.pages, bench.media.kept)
        bench.kit.make()
        named = {place: one for place, one in rendering.sheets.files.items() if not place.endswith(".css")}
        cache.save(prune=False)
        cache.close()
        return {**named, **bench.media.files, **bench.kit.files, **rendering.files}, arranged


def restyle(last: Build, files: Mapping[str, Artifact], pages: Iterable[str], inputs: Inputs) -> dict[str, Artifact]:
    """Return these pages with styles made anew, after a change of nothing but the site's own style sheets.

    Raises:
        Moved: a page does not hold the styles that it was last given.
        LinkhomeError: a style sheet has a mistake.
    """
    rendering = last.traces.rendering
    if rendering is None:
        raise Moved
    old = rendering.sheets
    new = Styles(old.theme, old.finish, old.fonts, old.media, inputs, old.cache)
    try:
        made = {page: _styled(files[page], page, rendering, new) for page in pages if page in rendering.styles}
    finally:
        old.cache.close()
    rendering.sheets = new  # the next change of a style starts from here
    return {**old.media.files, **new.files, **made}


def _styled(page: Artifact, path: str, rendering: Rendering, new: Styles) -> Artifact:
    where, _, used, _, _ = rendering.styles[path].split(" ")
    kinds = frozenset(used.split(","))
    root = root_of(path)
    styles = (rendering.sheets.of(kinds), new.of(kinds))
    was, now = (style.outside(root) if where == "outside" else style.inside(root) for style in styles)
    html = (page.data or b"").decode()
    made = restyled(html, html.replace(was, now, 1)) if was in html else ""
    if not made or drawn(styles[0].css) != drawn(styles[1].css):
        raise Moved
    return Artifact.of(made.encode())
