"""Read the key ``deploy``: which places there are, what each was told, and whether its target understands that.

The targets themselves say which keys they take (`nouns.About`), so a target of another package is checked like ours.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Mapping, Sequence

from msgspec import Struct

from ..config.load import Config
from ..config.schema import Deploy
from ..diagnostics import Diagnostic, Exit, LinkhomeError, did_you_mean, error
from ..newsletter.places import holds_key
from .nouns import About
from .table import Make, load

#: What to write when nothing is there yet.
EXAMPLE = "write where it goes: deploy: [{target: github, repository: git@github.com:you/you.github.io.git}]"
#: Targets after which nobody finds the site at its address yet.
_ELSEWHERE = ("folder", "github-actions", "netlify-build")
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f]")


class Wanted(Struct, frozen=True):
    """Hold one place, checked: its name, its target, and what the target is told. The first one is the primary.

    ``url`` is where visitors see it by its entry; ``home`` is the address of the site if this is the primary.
    """

    name: str
    about: About
    make: Make
    given: Mapping[str, str]
    url: str = ""
    home: str = ""
    primary: bool = False

    @property
    def budget(self) -> int:
        """Return how many deploys a month are allowed; 0 for any number."""
        written = self.given.get("budget", "")
        return int(written) if written.isdecimal() else self.about.budget


def read(config: Config) -> tuple[Wanted, ...]:
    """Return every place of the site, in the order of the file.

    Raises:
        LinkhomeError: with every mistake at once, or there is no key ``deploy``.
    """
    if not config.site.deploy:
        raise LinkhomeError(error("linkhome.yaml does not say where the site goes", hint=EXAMPLE), Exit.USAGE)
    found: list[Diagnostic] = []
    made: list[Wanted] = []
    for number, entry in enumerate(config.site.deploy):
        try:
            loaded = load(entry.target)
        except LinkhomeError as problem:
            said = problem.diagnostics[0]
            found.append(config.spans.error(said.message, "deploy", number, "target", hint=said.hint))
            continue
        name = entry.name or _numbered(entry.target, [one.name for one in made])
        found += _wrong_name(name, number, config, [one.name for one in made])
        found += _wrong_keys(entry, loaded.about, number, config)
        home = config.site.url or "" if number == 0 and entry.target not in _ELSEWHERE else ""
        made.append(Wanted(name, loaded.about, loaded.make, entry.given(), entry.url or "", home, number == 0))
    if found:
        raise LinkhomeError(found)
    return tuple(made)


def chosen(all_: Sequence[Wanted], names: Sequence[str]) -> tuple[Wanted, ...]:
    """Return the places with these names (all, without any), in the order of the file.

    Raises:
        LinkhomeError: there is no such place.
    """
    known = [one.name for one in all_]
    for name in names:
        if name not in known:
            hint = did_you_mean(name, known, f"it has: {', '.join(known)}")
            raise LinkhomeError(error(f"the site has no place '{name}' under 'deploy'", hint=hint), Exit.USAGE)
    return tuple(one for one in all_ if not names or one.name in names)


def installed(about: About) -> None:
    """See that the library of a target is there.

    Raises:
        LinkhomeError: it is not; the message names the command that installs it.
    """
    if about.module and importlib.util.find_spec(about.module) is None:
        hint = f"pip install 'linkhome[{about.extra}]'"
        raise LinkhomeError(error(f"{about.title} needs the package '{about.module}'", hint=hint))


def _numbered(target: str, taken: Sequence[str]) -> str:
    number, name = 1, target
    while name in taken:
        number += 1
        name = f"{target}-{number}"
    return name


def _wrong_name(name: str, number: int, config: Config, taken: Sequence[str]) -> list[Diagnostic]:
    if not _NAME.fullmatch(name):
        hint = "use small letters, digits and hyphens: second-host"
        return [config.spans.error(f"'{name}' cannot be the name of a place", "deploy", number, "name", hint=hint)]
    if name in taken:
        hint = "each place has a name of its own"
        return [config.spans.error(f"there are two places with the name '{name}'", "deploy", number, "name", hint=hint)]
    return []


def _wrong_keys(entry: Deploy, about: About, number: int, config: Config) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    known = {key.name: key for key in about.keys}
    given = entry.given()
    for name, value in given.items():
        # Never repeat such a value: what is printed is kept in the logs of servers.
        if holds_key(value):
            found.append(_secret(name, about, number, config))
        elif name not in known:
            hint = did_you_mean(name, known, f"it takes: {', '.join(known)}" if known else "")
            message = f"the target '{about.name}' has no key '{name}'"
            found.append(config.spans.error(message, "deploy", number, *_way(entry, name), hint=hint))
        elif not _fits(value, known[name].pattern):
            message = f"'{name}' does not look right for {about.title}: it is {known[name].what}"
            hint = f"it looks like this: {known[name].example}"
            found.append(config.spans.error(message, "deploy", number, *_way(entry, name), hint=hint))
    for key in about.keys:
        if key.required and key.name not in given:
            hint = f"write: {key.name}: {key.example}"
            message = f"{about.title} needs '{key.name}': {key.what}"
            found.append(config.spans.error(message, "deploy", number, "target", hint=hint))
    return found


def _secret(name: str, about: About, number: int, config: Config) -> Diagnostic:
    variables = [secret.variable for secret in about.secrets]
    hint = "take it out, and make a new one: this one may have been read by others"
    hint += f"; then set {' and '.join(variables)} in the environment" if variables else ""
    span = config.spans.key("deploy", number, name)
    return error(f"'{name}' holds a password or a token, which must not stand in a file", span, hint)


def _fits(value: str, pattern: str) -> bool:
    return re.fullmatch(pattern, value) is not None if pattern else bool(value) and not _UNSEEN.search(value)


def _way(entry: Deploy, name: str) -> tuple[str, ...]:
    return ("options", name) if name in entry.options else (name,)
