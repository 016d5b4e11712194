"""Deploy to a branch as the engine does, step by step, so that a test can stand between two steps."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

from linkhome.deploy.codeberg import Codeberg
from linkhome.deploy.git import Branch
from linkhome.deploy.github import GitHub
from linkhome.deploy.nouns import File, Frozen, Plan, There
from linkhome.deploy.table import Around
from linkhome.token import Token

CLASSES: dict[str, Callable[..., Branch]] = {"github": GitHub, "codeberg": Codeberg}


def frozen(place: Path, files: Mapping[str, bytes], build: str = "") -> Frozen:
    """Freeze a site: its contents lie in a folder by their hashes."""
    named: dict[str, File] = {}
    places: dict[str, Path] = {}
    (place / "objects").mkdir(parents=True, exist_ok=True)
    for path, data in files.items():
        sha256 = hashlib.sha256(data).hexdigest()
        places[path] = place / "objects" / sha256
        places[path].write_bytes(data)
        named[path] = File(sha256, len(data))
    tree = hashlib.sha256(repr(sorted(files.items())).encode()).hexdigest()[:32]
    return Frozen(build or tree, tree, named, places)


def plan_of(marks: Mapping[str, str], there: There, site: Frozen) -> Plan:
    assert there.files is not None
    adds = tuple(sorted(marks.keys() - there.files.keys()))
    changes = tuple(sorted(path for path in marks.keys() & there.files.keys() if marks[path] != there.files[path]))
    deletes = tuple(sorted(there.files.keys() - marks.keys() - set(there.foreign)))
    return Plan(adds, changes, deletes, sum(site.files[path].size for path in (*adds, *changes)))


class Deploy:
    """Be one deploy; `all` goes through to its end."""

    def __init__(
        self,
        root: Path,
        url: str,
        site: Mapping[str, bytes],
        *,
        kind: str = "github",
        token: str = "",
        shown_at: str = "",
        **given: str,
    ) -> None:
        self.site = frozen(root, site)
        secrets = {"token": Token(token)} if token else {}
        self.state = root / ".cache" / "deploy" / "state" / kind
        around = Around(root, self.state, kind, shown_at)
        self.target = CLASSES[kind]({"repository": url, **given}, secrets, around)
        self.there = There()
        self.plan = Plan()
        self.ticket = ""
        self.told: list[tuple[int, int, str]] = []

    def look(self) -> There:
        self.there = self.target.look()
        self.plan = plan_of(self.target.marks(self.site), self.there, self.site)
        return self.there

    def upload(self) -> str:
        self.ticket = self.target.upload(self.site, self.plan, self.there, lambda *what: self.told.append(what))
        return self.ticket

    def activate(self) -> str:
        return self.target.activate(self.ticket)

    def tidy(self) -> None:
        self.target.tidy(self.site, self.plan)

    def close(self) -> None:
        self.target.close()

    def all(self) -> str:
        try:
            self.look()
            assert not self.there.stop, self.there.stop
            self.upload()
            release = self.activate()
            self.tidy()
            return release
        finally:
            self.close()
