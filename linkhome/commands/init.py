"""Make a new site: ask, check the answers, write the first files. Nothing that is there is overwritten."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import click

from ..config.schema import Brand
from ..console import Console
from ..diagnostics import Exit, LinkhomeError, error
from ..project import CONFIG
from ..starter import files
from ..starter.answers import Answers, a_colour, a_name, a_tagline, a_theme, an_address, one_line, themes

NAME, TAGLINE, COLOUR = "Your Name", "What you do, in one line", "#5B3FD6"


#: The theme of a new site whose maker has no other wish.
PREFERRED = "atelier"


class Options(NamedTuple):
    """What the command line said; None where it said nothing."""

    directory: str = "."
    yes: bool = False
    name: str | None = None
    tagline: str | None = None
    colour: str | None = None
    theme: str | None = None
    url: str | None = None
    quiet: bool = False


def run(options: Options, console: Console | None = None) -> Exit:
    """Write a site that builds into the folder, and say what comes next."""
    console = console or Console(quiet=options.quiet)
    folder = Path(options.directory).resolve()
    _refuse(folder)
    answers = _ask(options, folder)
    written, left = _write(folder, answers)
    where = Path(options.directory)
    if left:
        console.talk("These were there already and stay as they are:", *(f"  {name}" for name in left))
    console.result(
        f"Made a site for {answers.name}: {', '.join(written)}.",
        f"Next: see it in your browser while you change what you like in {where / CONFIG}:",
        "",
        f"    linkhome serve {_for_a_shell(where)}".rstrip() + " --open",
        "",
        "'linkhome deploy' puts it online; what GitHub Pages and Netlify ask of you stands at the end of that file.",
    )
    return Exit.FINE


def _refuse(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise LinkhomeError(error(f"'{folder.name}' is a file", hint="name a folder for the site"), Exit.USAGE)
    if os.path.lexists(folder / CONFIG):
        hint = f"build it with 'linkhome build', or name another folder: linkhome init {folder.name or 'my'}-new"
        raise LinkhomeError(error(f"there is a site in {folder} already", hint=hint), Exit.USAGE)


def _ask(options: Options, folder: Path) -> Answers:
    def answer(question: str, given: str | None, default: str, check: Callable[[str], str], option: str) -> str:
        if given is not None:
            try:
                return check(given)
            except ValueError as wrong:
                raise LinkhomeError(error(f"{option}: {wrong}"), Exit.USAGE) from None
        if options.yes:
            return default
        return str(click.prompt(question, default=default, value_proc=_checked(check), show_default=bool(default)))

    known = themes()
    preferred = PREFERRED if PREFERRED in known else Brand().theme
    return Answers(
        name=answer("Your name, or the name of your thing", options.name, _name_of(folder), a_name, "--name"),
        tagline=answer("One line under it", options.tagline, TAGLINE, a_tagline, "--tagline"),
        colour=answer("Your colour", options.colour, COLOUR, a_colour, "--colour"),
        theme=answer(f"Theme ({', '.join(known)})", options.theme, preferred, a_theme, "--theme"),
        url=answer("Address of the site, if you have one", options.url, "", an_address, "--url"),
    )


def _write(folder: Path, answers: Answers) -> tuple[list[str], list[str]]:
    """Write every file that is not there yet; return the written and the left ones."""
    import datetime

    from ..durable import write_file
    from .schema import keep_for_editors

    written: list[str] = []
    left: list[str] = []
    made = files(answers, datetime.date.today().isoformat())
    # The configuration comes last: a folder that has one is a whole site.
    for name in sorted(made, key=lambda n: n == CONFIG):
        path = folder / name
        if os.path.lexists(path):
            left.append(name)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        write_file(path, made[name])
        written.append(name)
    keep_for_editors(folder)
    return written, left


def _checked(check: Callable[[str], str]) -> Callable[[str], str]:
    def convert(text: str) -> str:
        try:
            return check(text)
        except ValueError as wrong:
            raise click.UsageError(str(wrong)) from None

    return convert


def _name_of(folder: Path) -> str:
    words = one_line(folder.name.replace("-", " ").replace("_", " ")).split()
    return " ".join(word[:1].upper() + word[1:] for word in words)[:80] or NAME


def _for_a_shell(folder: Path) -> str:
    import shlex

    return "" if folder == Path() else shlex.quote(str(folder))
