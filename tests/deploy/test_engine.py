"""One deploy from its look to its proof: whatever fails on the way, it is told what visitors see, and that is true."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from linkhome.deploy.engine import deploy_to
from linkhome.deploy.entries import Wanted
from linkhome.deploy.journal import Journal
from linkhome.deploy.nouns import Failed, Live, Refused
from linkhome.deploy.outcome import End, Outcome
from linkhome.diagnostics import LinkhomeError
from linkhome.output import SEAL

from .desks import PAGES, Watching, desk, frozen, place, visited
from .double import Double, Place

NEWER = {**PAGES, "index.html": PAGES["index.html"].replace(b"Hello", b"Hello again")}


@pytest.fixture
def host() -> Iterator[Place]:
    """Be a host whose visitors see what is live there."""
    made = Place()
    Double.places = {"one": made}
    with visited(Shown(made)) as address:
        made.address = address
        yield made
    Double.places = {}


class Shown(dict):  # type: ignore[type-arg]
    """Be what is live at a place, whenever it is asked for."""

    def __init__(self, host: Place) -> None:
        super().__init__()
        self._host = host

    def get(self, path: str, default: object = None) -> object:
        return self._host.live.get(path, default)


@pytest.fixture
def here() -> Wanted:
    return place(Double, {"place": "one"})


def deploy(root: Path, here: Wanted, files: dict[str, bytes] | None = None, **more: object) -> Outcome:
    """Deploy as a new process would: with what is on the disk and nothing else."""
    return deploy_to(here, frozen(root, files or PAGES), desk(root, here, **more))


def states(root: Path) -> list[str]:
    return [row.state for row in Journal(root / "deployed").rows("double")]


def raising(problem: BaseException) -> Callable[[], None]:
    def fail() -> None:
        raise problem

    return fail


def sent(host: Place, files: dict[str, bytes]) -> bool:
    """Tell whether exactly this site is live, apart from what says which build it is."""
    return {path: data for path, data in host.live.items() if path != SEAL} == files


# ------------------------------------------------------------------ what goes well


def test_a_site_is_sent_seen_live_and_written_down(tmp_path: Path, host: Place, here: Wanted) -> None:
    outcome = deploy(tmp_path, here)
    assert (outcome.end, outcome.live, outcome.verified) == (End.LIVE, Live.NEW, True)
    assert outcome.url == host.address
    assert sent(host, dict(PAGES))
    assert host.asked == ["look", "upload", "activate", "tidy"]
    assert states(tmp_path) == ["begun", "live"]


def test_a_site_that_has_not_changed_is_not_sent_again(tmp_path: Path, host: Place, here: Wanted) -> None:
    deploy(tmp_path, here)
    host.asked.clear()
    outcome = deploy(tmp_path, here)
    assert (outcome.end, outcome.verified) == (End.UNCHANGED, True)
    assert host.asked == ["look"]
    assert states(tmp_path) == ["begun", "live"]


def test_only_what_changed_is_planned(tmp_path: Path, host: Place, here: Wanted) -> None:
    deploy(tmp_path, here)
    watch = Watching()
    deploy(tmp_path, here, {path: data for path, data in NEWER.items() if path != "media/empty.txt"}, watch=watch)
    (plan,) = watch.plans
    assert (plan.adds, plan.changes, plan.deletes) == ((), (SEAL, "index.html"), ("media/empty.txt",))
    assert watch.heard[-1] == (plan.size, plan.size)


def test_a_plan_sends_nothing_and_writes_nothing_down(tmp_path: Path, host: Place, here: Wanted) -> None:
    outcome = deploy(tmp_path, here, plan=True)
    assert (outcome.end, outcome.live) == (End.PLANNED, Live.OLD)
    assert len(outcome.plan.adds) == len(PAGES) + 1
    assert host.asked == ["look"]
    assert not (tmp_path / "deployed").exists()


def test_what_is_there_but_was_never_seen_is_looked_at_without_sending(
    tmp_path: Path, host: Place, here: Wanted
) -> None:
    deploy(tmp_path, here)
    os.remove(tmp_path / "deployed" / "journal.jsonl")
    host.asked.clear()
    outcome = deploy(tmp_path, here)
    assert (outcome.end, outcome.verified) == (End.UNCHANGED, True)
    assert "upload" not in host.asked
    assert states(tmp_path) == ["live"]


def test_a_place_without_an_address_is_asked_again_instead(tmp_path: Path, host: Place, here: Wanted) -> None:
    host.address = ""
    assert deploy(tmp_path, here).verified
    assert host.asked == ["look", "upload", "activate", "look", "tidy"]


def test_a_place_that_cannot_tell_what_it_holds_is_planned_by_the_journal(
    tmp_path: Path, host: Place, here: Wanted
) -> None:
    host.knows_files = False
    deploy(tmp_path, here)
    watch = Watching()
    assert deploy(tmp_path, here, dict(NEWER), watch=watch).end is End.LIVE
    assert watch.plans[0].changes == (SEAL, "index.html")
    assert deploy(tmp_path, here, dict(NEWER)).end is End.UNCHANGED
    host.release = "somebody-else"
    watch = Watching()
    deploy(tmp_path, here, dict(NEWER), watch=watch)
    assert len(watch.plans[0].adds) == len(PAGES) + 1


def test_files_of_others_stay(tmp_path: Path, host: Place, here: Wanted) -> None:
    host.live, host.foreign = {"google123.html": b"proof"}, ("google123.html",)
    assert deploy(tmp_path, here).end is End.LIVE
    assert host.live["google123.html"] == b"proof"


def test_what_a_host_keeps_for_open_pages_is_no_reason_to_send_again(tmp_path: Path, host: Place, here: Wanted) -> None:
    deploy(tmp_path, here)
    host.live["assets/old.00000000.css"] = b"p { color: red }"
    host.asked.clear()
    assert deploy(tmp_path, here).end is End.UNCHANGED
    host.release = "somebody-else"
    watch = Watching()
    deploy(tmp_path, here, watch=watch)
    assert watch.plans[0].deletes == ("assets/old.00000000.css",)


def test_what_a_host_wants_creators_to_know_is_said_the_first_time(tmp_path: Path, host: Place) -> None:
    class Strict(Double):
        about = _about(remark="no shops here")

    here = place(Strict, {"place": "one"})
    assert [one.message for one in deploy(tmp_path, here).remarks] == ["double: no shops here"]
    assert deploy(tmp_path, here, dict(NEWER)).remarks == ()


def test_a_place_that_nobody_visits_is_written_and_asked_again(tmp_path: Path, host: Place) -> None:
    class Written(Double):
        about = _about(slow=0.0)

    outcome = deploy(tmp_path, place(Written, {"place": "one"}, "https://nobody.example/"))
    assert (outcome.end, outcome.written) == (End.LIVE, True)
    assert host.asked == ["look", "upload", "activate", "look", "tidy"]


def test_a_way_back_restores_every_byte(tmp_path: Path, host: Place, here: Wanted) -> None:
    deploy(tmp_path, here)
    before = dict(host.live)
    deploy(tmp_path, here, dict(NEWER))
    assert host.live != before
    now = desk(tmp_path, here)
    row = now.journal.before("double")
    assert row
    kept = now.archive.recall(row.tree)
    assert kept
    assert deploy_to(here, kept, now, ready=True).end is End.LIVE
    assert host.live == before


# ------------------------------------------------------------------ what goes wrong


@pytest.mark.parametrize("step", ["look", "upload", "activate"])
def test_a_step_that_fails_leaves_the_old_site_and_says_so(
    tmp_path: Path, host: Place, here: Wanted, step: str
) -> None:
    deploy(tmp_path, here)
    old = dict(host.live)
    host.faults[step] = raising(Failed("the password is wrong", "give the right one"))
    outcome = deploy(tmp_path, here, dict(NEWER))
    assert (outcome.end, outcome.live) == (End.FAILED, Live.OLD)
    assert (outcome.message, outcome.hint) == ("the password is wrong", "give the right one")
    assert outcome.seen() == "visitors see the site as it was before"
    assert host.live == old
    host.faults.clear()
    assert deploy(tmp_path, here, dict(NEWER)).end is End.LIVE
    assert sent(host, dict(NEWER))


def test_a_refusal_is_told_and_nothing_is_sent(tmp_path: Path, host: Place, here: Wanted) -> None:
    host.stop = "the deploys of this site are locked"
    outcome = deploy(tmp_path, here)
    assert (outcome.end, outcome.message) == (End.REFUSED, "the deploys of this site are locked")
    assert host.asked == ["look"]
    host.stop = ""
    host.faults["upload"] = raising(Refused("too large for this host"))
    assert deploy(tmp_path, here).end is End.FAILED
    assert states(tmp_path) == ["begun", "failed"]


def test_an_answer_that_was_lost_after_the_switch_is_found_out(tmp_path: Path, host: Place, here: Wanted) -> None:
    host.after["activate"] = raising(Failed("the connection broke", live=Live.UNKNOWN))
    outcome = deploy(tmp_path, here)
    assert (outcome.end, outcome.live, outcome.verified) == (End.LIVE, Live.NEW, True)
    assert [one.message for one in outcome.remarks] == ["the new site is live, but: the connection broke"]
    assert states(tmp_path) == ["begun", "live"]


def test_a_site_that_never_shows_is_uncertain_and_settled_by_the_next_deploy(tmp_path: Path, host: Place) -> None:
    with visited({}) as elsewhere:
        here = place(_quick(), {"place": "one"}, elsewhere)
        outcome = deploy(tmp_path, here)
        assert (outcome.end, outcome.live, outcome.code) == (End.UNCERTAIN, Live.UNKNOWN, 2)
        assert outcome.message == (
            f"everything was sent, but the new site was not seen at {elsewhere}: build.json is answered with 404"
        )
        assert "linkhome status" in outcome.hint
    assert states(tmp_path) == ["begun", "uncertain"]
    host.asked.clear()
    again = deploy(tmp_path, place(_quick(), {"place": "one"}, host.address))
    assert (again.end, again.verified) == (End.UNCHANGED, True)
    assert "upload" not in host.asked
    assert states(tmp_path) == ["begun", "uncertain", "live"]


def test_a_deploy_whose_end_nobody_heard_is_not_sent_twice(tmp_path: Path, host: Place) -> None:
    """The host cannot list its files, and its last answer came too late; meanwhile it has done its work."""
    host.knows_files = False
    here = place(_quick(), {"place": "one"})
    shown, host.address = host.address, ""
    host.after["activate"] = raising(Failed("no answer in time", live=Live.UNKNOWN))
    assert deploy(tmp_path, here).end is End.UNCERTAIN
    host.after.clear()
    host.asked.clear()
    host.address = shown
    again = deploy(tmp_path, here)
    assert (again.end, again.verified) == (End.UNCHANGED, True)
    assert "upload" not in host.asked


def test_what_a_failure_says_after_the_switch_is_not_believed(tmp_path: Path, host: Place, here: Wanted) -> None:
    host.address = ""
    looks = iter([None, Failed("no connection")])

    def look() -> None:
        if problem := next(looks):
            raise problem

    host.faults["look"] = look
    outcome = deploy(tmp_path, here)
    assert (outcome.end, outcome.live) == (End.UNCERTAIN, Live.UNKNOWN)


@pytest.mark.parametrize(("step", "live"), [("look", Live.OLD), ("upload", Live.OLD), ("activate", Live.UNKNOWN)])
def test_ctrl_c_ends_it_and_says_what_is_live(tmp_path: Path, host: Place, here: Wanted, step: str, live: Live) -> None:
    host.faults[step] = raising(KeyboardInterrupt())
    outcome = deploy(tmp_path, here)
    assert (outcome.end, outcome.live, outcome.code) == (End.STOPPED, live, 130)
    assert states(tmp_path) == {"look": [], "upload": ["begun", "failed"], "activate": ["begun", "uncertain"]}[step]


@pytest.mark.parametrize("problem", [RuntimeError("x"), OSError(28, "No space left on device"), KeyError("y")])
def test_a_target_that_breaks_its_promise_is_no_traceback(
    tmp_path: Path, host: Place, here: Wanted, problem: Exception
) -> None:
    host.faults["upload"] = raising(problem)
    outcome = deploy(tmp_path, here)
    assert (outcome.end, outcome.live) == (End.FAILED, Live.OLD)
    expected = "no space left" if isinstance(problem, OSError) else type(problem).__name__
    assert expected in outcome.message


def test_a_host_that_shows_files_one_by_one_may_be_a_mixture(tmp_path: Path, host: Place) -> None:
    class Piecemeal(Double):
        about = _about(atomic=False)

    host.faults["upload"] = raising(RuntimeError())
    outcome = deploy(tmp_path, place(Piecemeal, {"place": "one"}))
    assert (outcome.end, outcome.live) == (End.UNCERTAIN, Live.UNKNOWN)
    assert outcome.seen() == "visitors may see files of the old site beside files of the new one"


def test_what_cannot_be_tidied_is_only_a_remark(tmp_path: Path, host: Place, here: Wanted) -> None:
    host.faults["tidy"] = raising(Failed("an old release cannot be removed"))
    outcome = deploy(tmp_path, here)
    assert outcome.end is End.LIVE
    assert [one.message for one in outcome.remarks] == ["an old release cannot be removed"]


def test_a_secret_in_a_message_is_blotted_out(
    tmp_path: Path, host: Place, here: Wanted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LINKHOME_DOUBLE_TOKEN", "s3cr/t-of-mine")
    host.faults["upload"] = raising(Failed("401 for s3cr/t-of-mine", "is s3cr%2Ft-of-mine right?"))
    outcome = deploy(tmp_path, here)
    assert (outcome.message, outcome.hint) == ("401 for …", "is … right?")
    assert "s3cr" not in (tmp_path / "deployed" / "journal.jsonl").read_text()


def test_a_journal_that_cannot_be_written_stops_before_anything_is_sent(
    tmp_path: Path, host: Place, here: Wanted
) -> None:
    (tmp_path / "deployed").write_text("a file in its place")
    with pytest.raises(LinkhomeError):
        deploy(tmp_path, here)
    os.remove(tmp_path / "deployed")
    now = desk(tmp_path, here)
    (tmp_path / "deployed").write_text("a file in its place")
    outcome = deploy_to(here, frozen(tmp_path), now)
    assert outcome.end is End.REFUSED
    assert "journal.jsonl" in outcome.message
    assert "upload" not in host.asked


KILLED = """
    import os, signal, sys
    from pathlib import Path
    sys.path.insert(0, {tests!r})
    from deploy.desks import desk, frozen, place
    from deploy.double import Double, Place
    from linkhome.deploy.engine import deploy_to

    root, step = Path(sys.argv[1]), sys.argv[2]
    host = Place()
    Double.places = {{"one": host}}
    die = lambda: os.kill(os.getpid(), signal.SIGKILL)
    if step == "after": host.after["activate"] = die
    else: host.faults[step] = die
    here = place(Double, {{"place": "one"}})
    deploy_to(here, frozen(root), desk(root, here))
"""


@pytest.mark.parametrize("step", ["look", "upload", "activate", "after", "tidy"])
def test_a_process_that_is_killed_leaves_what_the_next_one_goes_on_from(tmp_path: Path, host: Place, step: str) -> None:
    code = textwrap.dedent(KILLED).format(tests=str(Path(__file__).parents[1]))
    killed = subprocess.run([sys.executable, "-c", code, str(tmp_path), step], capture_output=True)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    left = {"look": [], "tidy": ["begun", "live"]}
    assert states(tmp_path) == left.get(step, ["begun"])
    here = place(Double, {"place": "one"})
    assert deploy(tmp_path, here).end is End.LIVE
    assert sent(host, dict(PAGES))


def _about(**more: object):  # type: ignore[no-untyped-def]
    import msgspec

    return msgspec.structs.replace(Double.about, **more)


def _quick() -> type[Double]:
    """Return the double as one that shows a change at once or not at all."""

    class Quick(Double):
        about = _about(slow=0.3)

    return Quick
