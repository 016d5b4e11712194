"""Deploy to one place: look, plan, ask, send, switch, prove, write down. Every way out says what visitors see then.

Nothing that goes wrong here is raised (`Outcome.end` tells it all), so that one place that fails never keeps the next
one from getting the site. The old site is claimed to be there only where that is certain.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence

import msgspec

from ..diagnostics import Diagnostic, LinkhomeError, note, reason_of, warning
from ..token import Token
from . import already, credentials, entries, guard, overlay
from .archive import KEPT
from .desk import Desk
from .entries import Wanted
from .journal import Row, State, as_text
from .nouns import Failed, File, Frozen, Live, Plan, Refused, Target, There
from .outcome import End, Outcome
from .proof import address_of, can_tell, prove
from .table import Around
from .verify import Seen

#: Seconds for which a place is watched after a failure that left open whether the new site is live.
AFTER_FAILURE = 30.0
_LATER = "look again in some minutes with 'linkhome status'; 'linkhome deploy' then sends only what is missing"
_AGAIN = "deploy again: what has arrived is not sent again where the host allows that"


def deploy_to(place: Wanted, frozen: Frozen, desk: Desk, *, ready: bool = False) -> Outcome:
    """Let the place serve the build. ``ready``: it is one from the archive, as this very place had it."""
    errand = _Errand(place, desk)
    try:
        return errand.run(frozen, ready)
    finally:
        errand.close()


class _Errand:
    """Be one deploy: hold how far it is, which decides what a failure means."""

    def __init__(self, place: Wanted, desk: Desk) -> None:
        self.place, self.desk = place, desk
        self.target: Target | None = None
        self.frozen: Frozen | None = None
        self.secrets: Sequence[Token] = ()
        self.remarks: list[Diagnostic] = []
        self.plan: Plan | None = None
        self.begun = self.switched = False
        self.live = Live.OLD
        self.release = ""

    def run(self, frozen: Frozen, ready: bool) -> Outcome:
        """Go as far as possible, and tell how far that was."""
        try:
            return self._run(frozen, ready)
        except Failed as problem:
            # Once it was switched, what a failure says of the old site is not to be believed any more.
            self.live = Live.UNKNOWN if self.switched else problem.live if self.begun else Live.OLD
            return self._after_failure(problem)
        except LinkhomeError as problem:  # refused: nothing was sent
            self.live = Live.UNKNOWN if self.switched else Live.OLD
            end = End.UNCERTAIN if self.switched else End.FAILED if self.begun else End.REFUSED
            return self._ended(end, problem)
        except KeyboardInterrupt:
            return self._ended(End.STOPPED, Failed("stopped", _AGAIN if self.begun else "", self.live))
        except OSError as problem:
            return self._after_failure(Failed(f"the system says: {reason_of(problem)}", _AGAIN, self.live))
        except Exception as problem:  # a target, ours or another's, that does what it promised not to do
            why = f"something unexpected happened in the target '{self.place.about.name}' ({type(problem).__name__})"
            return self._after_failure(Failed(why, _AGAIN, self.live))

    def close(self) -> None:
        """Let the target go, whatever it says to that."""
        if self.target is not None:
            with contextlib.suppress(Exception):
                self.target.close()

    def _run(self, frozen: Frozen, ready: bool) -> Outcome:
        desk, place = self.desk, self.place
        desk.watch.step(f"Looking at {place.name}")
        target = self.target = self._opened()
        if not ready:
            address = address_of(place, target)
            frozen, self.remarks[:] = overlay.lay_over(frozen, place, desk.places, address, desk.built, desk.archive)
        self.frozen = frozen
        there = target.look()
        if there.stop:
            raise Refused(there.stop, there.hint)
        self.release = there.release
        before = already.known(place, there, desk)
        plan = self.plan = guard.compare(target.marks(frozen), frozen, there, before)
        if already.is_there(place, target, frozen, there, plan, before, desk):
            return self._unchanged(target, frozen)
        if place.about.remark and (desk.journal.last(place.name) is None or not place.about.slow):
            self.remarks.append(note(f"{place.name}: {place.about.remark}"))
        desk.watch.planned(place, plan)
        if desk.plan:
            return self._outcome(End.PLANNED)
        self._ask(plan, there, before)
        self.frozen = frozen = desk.archive.take(frozen)
        self._begin()
        desk.watch.step(f"Sending to {place.name}")
        ticket = target.upload(frozen, plan, there, desk.watch.sent)
        desk.watch.step(f"Switching {place.name} over")
        self.live = Live.UNKNOWN
        self.release = target.activate(ticket)
        self.switched = True
        return self._proved(End.LIVE, target, frozen, plan)

    # ------------------------------------------------------------------ before anything is sent

    def _opened(self) -> Target:
        place, desk = self.place, self.desk
        entries.installed(place.about)
        secrets = credentials.all_of(place.name, place.about)
        self.secrets = tuple(secrets.values())
        around = Around(desk.root, desk.archive.state(place.name), place.name, place.url, desk.yes)
        return place.make(place.given, secrets, around)

    def _ask(self, plan: Plan, there: There, before: Mapping[str, File] | None) -> None:
        guard.refuse_overspending(self.place, self.desk.journal, self.desk.now())
        question = guard.doubt(plan, there, before)
        if question and not (self.desk.yes or self.desk.watch.agrees(f"{question}. Go on?")):
            some = ", ".join(plan.deletes[:3]) + (", …" if len(plan.deletes) > 3 else "")
            raise Refused(f"{question} ({some})", "if that is meant, deploy again with --yes")

    def _begin(self) -> None:
        """Write down that things are sent from now on; without that, nothing is."""
        self.desk.journal.add(self._row("begun"))
        self.begun = True
        self.live = Live.OLD if self.place.about.atomic else Live.UNKNOWN

    # ------------------------------------------------------------------ after it

    def _unchanged(self, target: Target, frozen: Frozen) -> Outcome:
        """End without sending anything; what was not seen live yet is looked at all the same."""
        last = self.desk.journal.last(self.place.name)
        known = last is not None and last.state == "live" and last.tree == frozen.tree
        self.plan = Plan()
        if self.desk.plan or known:
            self.live = Live.NEW if known else Live.UNKNOWN
            return self._outcome(End.UNCHANGED, verified=known)
        self.live = Live.UNKNOWN
        self.frozen = frozen = self.desk.archive.take(frozen)  # a way back may lead here one day
        return self._proved(End.UNCHANGED, target, frozen, self.plan)

    def _proved(self, end: End, target: Target, frozen: Frozen, plan: Plan) -> Outcome:
        seen = prove(self.place, target, frozen, self.release, self.place.about.slow, self.desk)
        if not seen.live:
            return self._ended(End.UNCERTAIN, self._unseen(target, frozen, seen))
        if seen.hidden:
            some = ", ".join(seen.hidden)
            self.remarks.append(warning(f"{address_of(self.place, target)} does not give out {some} as it was sent"))
        self.live = Live.NEW
        self._write("live")
        self._tidy(target, frozen, plan)
        return self._outcome(end, verified=True)

    def _unseen(self, target: Target, frozen: Frozen, seen: Seen) -> Failed:
        where = (self.place.about.slow and address_of(self.place, target)) or self.place.name
        other = f" (build {seen.build[:8]})" if seen.build not in ("", frozen.build) else ""
        why = f"everything was sent, but the new site was not seen at {where}: {seen.why}{other}"
        return Failed(why, _LATER, Live.UNKNOWN)

    def _tidy(self, target: Target, frozen: Frozen, plan: Plan) -> None:
        """Remove what is not needed any more. The new site is live: what fails here is a remark and no more."""
        try:
            target.tidy(frozen, plan)
        except LinkhomeError as problem:
            said = problem.diagnostics[0]
            self.remarks.append(warning(self._clean(said.message), hint=self._clean(said.hint)))
        except Exception as problem:  # as above
            self.remarks.append(warning(f"something that is not needed any more was left ({type(problem).__name__})"))
        desk = self.desk
        desk.archive.prune({tree for one in desk.places for tree in desk.journal.trees(one.name, KEPT)})

    def _after_failure(self, problem: Failed) -> Outcome:
        """End after a failure; where it left open what is live, see whether the new site is."""
        if self.live is Live.OLD:
            return self._ended(End.FAILED, problem)
        if not self.begun or self.frozen is None or self.target is None:
            return self._ended(End.UNCERTAIN, problem)
        try:
            able = can_tell(self.place, self.target, self.frozen, self.desk)
            patience = min(self.place.about.slow, AFTER_FAILURE)
            if not able or not prove(self.place, self.target, self.frozen, "", patience, self.desk).live:
                return self._ended(End.UNCERTAIN, problem)
        except KeyboardInterrupt:
            return self._ended(End.STOPPED, problem)
        except LinkhomeError:
            return self._ended(End.UNCERTAIN, problem)
        self.live = Live.NEW
        self._write("live")
        self.remarks.append(warning(f"the new site is live, but: {self._clean(problem.diagnostics[0].message)}"))
        return self._outcome(End.LIVE, verified=True)

    # ------------------------------------------------------------------ the end

    def _ended(self, end: End, problem: LinkhomeError) -> Outcome:
        said = problem.diagnostics[0]
        message, hint = self._clean(said.message), self._clean(said.hint)
        if self.begun or end is End.UNCERTAIN:
            self._write("failed" if self.live is Live.OLD else "uncertain", message)
        return msgspec.structs.replace(self._outcome(end), message=message, hint=hint)

    def _outcome(self, end: End, *, verified: bool = False) -> Outcome:
        return Outcome(
            name=self.place.name,
            target=self.place.about.name,
            end=end,
            live=self.live,
            build=self.frozen.build if self.frozen else "",
            plan=self.plan,
            verified=verified,
            atomic=self.place.about.atomic,
            written=not self.place.about.slow,
            url=self._url(),
            release=self.release,
            remarks=tuple(self.remarks),
        )

    def _write(self, state: State, why: str = "") -> None:
        """Write down how it stands. It has happened: a disk that does not take it changes nothing about that."""
        try:
            self.desk.journal.add(self._row(state, why))
        except LinkhomeError as problem:
            said = problem.diagnostics[0]
            self.remarks.append(warning(f"{said.message}; the next deploy looks again", hint=said.hint))

    def _row(self, state: State, why: str = "") -> Row:
        frozen, place = self.frozen, self.place
        return Row(
            at=as_text(self.desk.now()),
            name=place.name,
            target=place.about.name,
            state=state,
            build=frozen.build if frozen else "",
            tree=frozen.tree if frozen else "",
            release=self.release if state != "begun" else "",
            url=self._url(),
            files=len(frozen.files) if frozen else 0,
            size=self.plan.size if self.plan else 0,
            why=why,
        )

    def _url(self) -> str:
        return address_of(self.place, self.target) if self.target else self.place.url

    def _clean(self, text: str) -> str:
        return credentials.blotted(text, self.secrets)
