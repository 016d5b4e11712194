"""List the themes, show one, and copy files of a theme into the site to change them there."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from ..console import Console, plural
from ..diagnostics import Exit, LinkhomeError, Severity, error
from ..project import Project, find
from ..theme import ejecting, locate
from ..theme.about import About, Option
from ..theme.locate import Theme

#: The picture of a theme: its pages on a phone and on a wide screen, light and dark.
SHEET = "preview.webp"


def run_list(site: str | None, json: bool, console: Console | None = None) -> Exit:
    """List the themes that can be chosen; the one that the site uses has a star."""
    console = console or Console()
    used = _used(site)
    themes = locate.all_themes()
    if json:
        rows = [
            {"name": n, "title": a.title, "about": a.about, "path": str(p), "used": n == used}
            for n, (p, a) in themes.items()
        ]
        console.json({"themes": rows})
        return Exit.FINE
    width = max(map(len, themes))
    for name, (_, about) in themes.items():
        console.data(f"{'*' if name == used else ' '} {name:<{width}}  {about.about.partition('. ')[0].rstrip('.')}.\n")
    return Exit.FINE


def run_show(name: str, site: str | None, out: str | None, browse: bool, console: Console | None = None) -> Exit:
    """Say what a theme is and offers, and where its contact sheet lies; ``browse`` opens it."""
    console = console or Console()
    theme = locate.find(name, _folder(site) / "theme")
    sheet = theme.chain[0].path / SHEET
    console.data("\n".join(_described(theme)) + "\n")
    if not sheet.is_file():
        console.talk("It brings no pictures of itself.")
        return Exit.FINE
    if out:
        target = Path(out)
        target = target / f"{name}.webp" if target.is_dir() else target
        try:
            shutil.copyfile(sheet, target)
        except OSError as problem:
            raise LinkhomeError(error(f"the pictures could not be written to {target}: {problem.strerror}")) from None
        sheet = target
    console.data(f"Pictures   {sheet}\n")
    if browse:
        import webbrowser

        webbrowser.open(sheet.resolve().as_uri())
    return Exit.FINE


def run_eject(file: str | None, site: str | None, extend: bool, console: Console | None = None) -> Exit:
    """Copy one file of the site's theme into the site, or list what could be copied."""
    console = console or Console()
    project, theme = _site_theme(site)
    if file is None:
        for name in ejecting.ejectable(theme):
            console.data(f"{name.removeprefix('templates/').removeprefix('static/css/')}\n")
        return Exit.FINE
    path = (ejecting.extend if extend else ejecting.eject)(theme, file)
    console.result(f"Wrote {project.relative(path)}: the site's own version from now on.")
    if not extend:
        console.talk("After an update of linkhome, 'linkhome theme diff' tells what the theme changed meanwhile.")
    return Exit.FINE


def run_diff(file: str | None, site: str | None, mine: bool, seen: bool, console: Console | None = None) -> Exit:
    """Tell what the theme changed since files were ejected; with ``mine``, what the site changed."""
    console = console or Console()
    _, theme = _site_theme(site)
    wanted = ejecting.resolve(theme, file) if file else ""
    shown = 0
    for one in ejecting.ejected(theme):
        if wanted and one.name != wanted:
            continue
        if one.theirs is None:
            console.data(f"{one.name}: the theme '{theme.name}' has no such file any more\n")
            shown += 1
        elif lines := ejecting.differences(one, mine):
            console.data("\n".join(lines) + "\n")
            shown += 1
            if seen:
                ejecting.seen(theme, one)
    who = "You have" if mine else "The theme has"
    if not shown:
        console.result(f"{who} changed nothing.")
    elif seen:
        console.result(f"Noted: {plural(shown, 'file')} will not be shown again until the theme changes more.")
    return Exit.FINE


def _described(theme: Theme) -> list[str]:
    about: About = theme.chain[0].about
    lines = [f"{about.title or theme.name}: {about.about}", ""]
    if len(theme.chain) > 1:
        lines.append(f"Builds on  {', '.join(folder.name for folder in theme.chain[1:])}")
    families = dict.fromkeys(face.family for face in theme.faces.values())
    lines.append(f"Fonts      {', '.join(families) or 'those of the visitor’s device'}")
    for name, option in theme.options.items():
        lines.append(f"Option     {name}: {_values(option)}{'. ' + option.about if option.about else ''}")
    return lines


def _values(option: Option) -> str:
    kinds: dict[str, Any] = {
        "choice": " or ".join(option.values),
        "switch": "true or false",
        "number": f"a number from {option.least:g} to {option.most:g}",
        "colour": "a colour",
        "text": "a text",
    }
    return f"{kinds[option.type]}" + (f" (else {option.default})" if option.default else "")


def _folder(site: str | None) -> Path:
    try:
        return find(site).root
    except LinkhomeError:
        if site:
            raise
        return Path.cwd() / ".nowhere"  # themes can be looked at before there is a site


def _used(site: str | None) -> str:
    try:
        return _site_theme(site)[1].name
    except LinkhomeError:
        return ""


def _site_theme(site: str | None) -> tuple[Project, Theme]:
    from ..config.load import read_site

    project = find(site)
    config, found = read_site(project.config.read_bytes(), project.config.name)
    if config is None:
        raise LinkhomeError(tuple(one for one in found if one.severity is Severity.ERROR))
    return project, locate.find(config.site.brand.theme, project.theme, config.spans.at("brand", "theme"))
