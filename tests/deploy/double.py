"""A target that lives in memory and does what it is told: fail at a step, be slow to show, hold what others put."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

from linkhome.deploy.nouns import About, Frozen, Key, Plan, Secret, Tell, There
from linkhome.deploy.table import Around
from linkhome.token import Token

STEPS = ("look", "upload", "activate", "tidy")


class Place:
    """Be the host behind one or more targets: what is live, what waits, what was asked, and what goes wrong when."""

    def __init__(self, address: str = "") -> None:
        self.address = address
        self.live: dict[str, bytes] = {}
        self.waiting: dict[str, dict[str, bytes]] = {}
        self.release = ""
        self.foreign: tuple[str, ...] = ()
        self.stop = ""
        self.knows_files = True
        self.asked: list[str] = []
        self.faults: dict[str, Callable[[], None]] = {}
        self.after: dict[str, Callable[[], None]] = {}

    def step(self, name: str) -> None:
        """Write down that a step was asked for, and let happen what shall happen then."""
        self.asked.append(name)
        if name in self.faults:
            self.faults[name]()

    def done(self, name: str) -> None:
        """Let happen what shall happen when a step has been done, but nobody has heard of it yet."""
        if name in self.after:
            self.after[name]()


class Double:
    """Be a target over a `Place`; atomic, with marks that are SHA-1 as one host wants them."""

    about = About(
        name="double",
        title="the double",
        keys=(Key("place", "which place", "one", required=True), Key("budget", "deploys a month", "15", r"[0-9]{1,4}")),
        secrets=(Secret("token", "LINKHOME_DOUBLE_TOKEN", "the token of the double", required=False),),
        atomic=True,
        headers=("_headers",),
        slow=5.0,
    )
    places: dict[str, Place] = {}  # noqa: RUF012 (tests fill it)

    def __init__(self, given: Mapping[str, str], secrets: Mapping[str, Token], around: Around) -> None:
        self.given, self.secrets, self.around = given, secrets, around
        self.place = self.places[given["place"]]
        self.closed = False

    @property
    def address(self) -> str:
        return self.place.address

    def marks(self, frozen: Frozen) -> Mapping[str, str]:
        return {path: _sha1(frozen.places[path]) for path in frozen.files}

    def look(self) -> There:
        self.place.step("look")
        files = {path: hashlib.sha1(data).hexdigest() for path, data in self.place.live.items()}
        return There(
            release=self.place.release,
            files=files if self.place.knows_files else None,
            foreign=self.place.foreign,
            stop=self.place.stop,
        )

    def upload(self, frozen: Frozen, plan: Plan, there: There, tell: Tell) -> str:
        self.place.step("upload")
        sent = 0
        gone = set(plan.deletes)
        arrived = {path: data for path, data in self.place.live.items() if path not in gone}
        for path in (*plan.adds, *plan.changes):
            arrived[path] = frozen.read(path)
            sent += len(arrived[path])
            tell(sent, plan.size, path)
        ticket = f"release-{len(self.place.waiting) + 1}"
        self.place.waiting[ticket] = arrived
        self.place.done("upload")
        return ticket

    def activate(self, ticket: str) -> str:
        self.place.step("activate")
        self.place.live = self.place.waiting[ticket]
        self.place.release = ticket
        self.place.done("activate")
        return ticket

    def tidy(self, frozen: Frozen, plan: Plan) -> None:
        self.place.step("tidy")

    def close(self) -> None:
        self.closed = True


def _sha1(path: Path) -> str:
    return hashlib.sha1(path.read_bytes()).hexdigest()
