"""Open a site for a command that does not build it: read its file, and keep other commands away meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from .config.load import Config, read_site
from .diagnostics import Diagnostic, LinkhomeError, error, reason_of
from .lock import Taken, alone
from .project import CONFIG, Project, find


def opened(site: str | None) -> tuple[Project, Config, list[Diagnostic]]:
    """Return a site, what its file says, and the warnings about it.

    Raises:
        LinkhomeError: with every mistake of ``linkhome.yaml``, or there is none.
    """
    project = find(site)
    try:
        data = project.config.read_bytes()
    except OSError as problem:
        raise LinkhomeError(error(f"{CONFIG} cannot be read: {problem.strerror}")) from None
    config, found = read_site(data, CONFIG)
    if config is None:
        raise LinkhomeError(found)
    return project, config, found


@contextmanager
def held(project: Project, lock: str, patience: float, busy: Diagnostic) -> Iterator[None]:
    """Hold a lock of the site while others wait ``patience`` seconds for it and then say that it is ``busy``.

    Raises:
        LinkhomeError: somebody else holds it, or nothing may be written here.
    """
    with ExitStack() as kept:
        try:
            project.cache.mkdir(exist_ok=True)
            kept.enter_context(alone(str(project.cache / lock), patience))
        except Taken:
            raise LinkhomeError(busy) from None
        except OSError as problem:
            reason = reason_of(problem)
            hint = "allow writing in the site's folder"
            raise LinkhomeError(error(f"nothing can be written to .cache/: {reason}", hint=hint)) from None
        yield
