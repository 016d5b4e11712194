"""`linkhome deploy` and `linkhome status` as a creator runs them: what they say, and with which code they end."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from types import ModuleType, SimpleNamespace

import msgspec
import pytest
from site_folder import SiteFolder

from linkhome.commands import deploy as command
from linkhome.commands import deploy_telling as telling
from linkhome.commands import status
from linkhome.deploy import entries, table
from linkhome.deploy.nouns import Failed, Live
from linkhome.lock import alone

from .desks import visited
from .double import Double, Place
from .test_engine import Shown

SITE = """\
url: https://lina.example
profile: {name: Lina}
brand: {share: none, kit: false}
deploy:
  - {target: double, name: first, options: {place: one}}
  - {target: double, name: second, options: {place: two}}
"""


@pytest.fixture
def places(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Place]]:
    """Be two hosts on loopback, with a target of another package for them."""
    own = table.load
    monkeypatch.setattr(
        entries, "load", lambda name: table.Loaded(Double.about, Double) if name == "double" else own(name)
    )
    one, two = Place(), Place()
    Double.places = {"one": one, "two": two}
    with visited(Shown(one)) as first, visited(Shown(two)) as second:
        one.address, two.address = first, second
        yield Double.places
    Double.places = {}


@pytest.fixture
def folder(site: Callable[..., SiteFolder], places: dict[str, Place]) -> SiteFolder:
    made = site({"linkhome.yaml": SITE})
    for name, host in places.items():
        made.replace("linkhome.yaml", f"place: {name}}}", f"place: {name}}}, url: '{host.address}'")
    return made


def change(folder: SiteFolder) -> None:
    folder.replace("linkhome.yaml", "name: Lina", "name: Lina Marlow")


def test_a_site_goes_everywhere_and_then_nowhere(folder: SiteFolder, places: dict[str, Place]) -> None:
    ran = folder.run("deploy")
    assert (ran.code, ran.out.count(": live at http://127.0.0.1:")) == (0, 2)
    assert "first: 17 to add, " in ran.err
    assert places["one"].live == places["two"].live
    ran = folder.run("deploy")
    assert ran.code == 0
    assert ran.out.count("nothing has changed; the site is live at http://127.0.0.1:") == 2
    assert ran.err == ""


def test_a_plan_lists_files_and_sends_nothing(folder: SiteFolder, places: dict[str, Place]) -> None:
    ran = folder.run("deploy", "--plan", "--to", "second")
    assert ran.code == 0
    assert ran.out.startswith("second: 17 to add, ")
    assert "  + index.html\n" in ran.out
    assert places["two"].live == {}
    found = folder.run("deploy", "--plan", "--json").json
    assert [row["end"] for row in found["places"]] == ["planned", "planned"]
    assert len(found["places"][0]["adds"]) == 17


def test_one_place_that_fails_does_not_keep_the_site_from_the_other(
    folder: SiteFolder, places: dict[str, Place]
) -> None:
    def fail() -> None:
        raise Failed("the token is not valid any more", "make a new one")

    places["one"].faults["upload"] = fail
    ran = folder.run("deploy")
    assert ran.code == 1
    assert (
        "error: first: the token is not valid any more; visitors see the site as it was before\n"
        "      = make a new one\n" in ran.err
    )
    assert "This build is live at: second.\nTo try the rest again: linkhome deploy --to first\n" in ran.err
    assert "index.html" in places["two"].live


def test_an_uncertain_end_has_a_code_of_its_own(
    folder: SiteFolder, places: dict[str, Place], monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost() -> None:
        places["one"].live = {}
        raise Failed("no answer in time", live=Live.UNKNOWN)

    folder.run("deploy")
    change(folder)
    places["one"].after["activate"] = lost
    monkeypatch.setattr(Double, "about", msgspec.structs.replace(Double.about, slow=0.2))
    ran = folder.run("deploy", "--json")
    assert ran.code == 2
    assert [(row["end"], row["visitors_see"]) for row in ran.json["places"]] == [
        ("uncertain", "unknown"),
        ("live", "new"),
    ]


def test_ctrl_c_ends_all_and_names_what_was_not_begun(folder: SiteFolder, places: dict[str, Place]) -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    places["one"].faults["upload"] = stop
    ran = folder.run("deploy")
    assert ran.code == 130
    assert "first: stopped; visitors see the site as it was before" in ran.err
    assert "Not begun: second." in ran.err
    assert places["two"].asked == []


def test_many_deletes_want_a_yes(folder: SiteFolder, places: dict[str, Place], monkeypatch: pytest.MonkeyPatch) -> None:
    places["one"].live = {f"{number}.html": b"old" for number in range(300)}
    ran = folder.run("deploy", "--to", "first")
    assert ran.code == 1
    assert "300 files of 300 would be deleted there" in ran.err
    assert len(places["one"].live) == 300
    monkeypatch.setattr(telling, "sys", SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True)))
    ran = folder.run("deploy", "--to", "first", answers="n\n")
    assert (ran.code, len(places["one"].live)) == (1, 300)
    assert folder.run("deploy", "--to", "first", answers="y\n").code == 0
    places["one"].live = {f"{number}.html": b"old" for number in range(300)}
    places["one"].release = "theirs"
    assert folder.run("deploy", "--to", "first", "--yes").code == 0


def test_a_way_back_and_forth(folder: SiteFolder, places: dict[str, Place]) -> None:
    folder.run("deploy")
    old = dict(places["one"].live)
    first = json.loads(old["build.json"])["build"]
    change(folder)
    folder.run("deploy")
    new = dict(places["one"].live)
    assert folder.run("deploy", "--rollback", "--to", "first").code == 0
    assert (places["one"].live, places["two"].live) == (old, new)
    ran = folder.run("deploy", "--rollback", first[:8])
    assert (ran.code, places["two"].live) == (0, old)
    assert f"first: nothing has changed; the site is live at {places['one'].address} (build {first[:8]})." in ran.out
    ran = folder.run("deploy", "--rollback", "abcdef01")
    assert (ran.code, ran.err.count("never had the build abcdef01")) == (1, 2)
    assert folder.run("deploy").code == 0
    assert places["one"].live == new


def test_a_way_back_that_fails_at_one_place_is_tried_again_there_and_only_back(
    folder: SiteFolder, places: dict[str, Place]
) -> None:
    def fail() -> None:
        raise Failed("no")

    folder.run("deploy")
    build = json.loads(places["one"].live["build.json"])["build"][:8]
    change(folder)
    folder.run("deploy")
    places["one"].faults["upload"] = fail
    assert "To try the rest again: linkhome deploy --rollback --to first\n" in folder.run("deploy", "--rollback").err
    ran = folder.run("deploy", "--rollback", build)
    assert f"To try the rest again: linkhome deploy --rollback {build} --to first\n" in ran.err


def test_a_way_back_without_the_kept_files_says_so(folder: SiteFolder, places: dict[str, Place]) -> None:
    assert "never had an earlier build" in folder.run("deploy", "--rollback").err
    folder.run("deploy")
    change(folder)
    folder.run("deploy")
    shutil.rmtree(folder.root / ".cache")
    ran = folder.run("deploy", "--rollback", str(folder.root))
    assert (ran.code, ran.err.count("is not kept here any more")) == (1, 2)


def test_a_built_folder_can_be_sent_as_it_is(folder: SiteFolder, places: dict[str, Place]) -> None:
    folder.build("--out", "elsewhere")
    assert folder.run("deploy", "--built", "elsewhere").code == 0
    assert not (folder.root / "public").exists()
    folder.write("elsewhere/notes.txt", "mine")
    ran = folder.run("deploy", "--built", "elsewhere", "--json")
    assert (ran.code, ran.json["places"]) == (1, [])
    assert ran.json["diagnostics"][0]["message"] == "files in elsewhere/ were changed after the build"


def test_mistakes_of_the_key_deploy_are_shown_at_their_line(folder: SiteFolder) -> None:
    folder.write(
        "linkhome.yaml",
        SITE.partition("deploy:")[0]
        + "deploy:\n"
        + "  - {target: netlfy, site: x}\n"
        + "  - {target: double, name: 'Mia!', options: {place: one}}\n"
        + "  - {target: double, options: {plaec: one, budget: many}}\n"
        + "  - {target: double, options: {place: 'https://mia:hunter2@example.com/x'}}\n"
        + "  - {target: ftp}\n",
    )
    ran = folder.run("deploy")
    assert ran.code == 1
    assert "linkhome.yaml:5:14: error: there is no target 'netlfy'" in ran.err
    assert "did you mean 'netlify'?" in ran.err
    assert "'Mia!' cannot be the name of a place" in ran.err
    assert "the target 'double' has no key 'plaec'" in ran.err
    assert "'budget' does not look right for the double" in ran.err
    assert "the double needs 'place': which place" in ran.err
    assert "'place' holds a password or a token" in ran.err
    assert "plain FTP sends the password" in ran.err
    assert "hunter2" not in ran.err + ran.out


def test_a_secret_in_the_file_is_never_printed(folder: SiteFolder) -> None:
    folder.write(
        "linkhome.yaml",
        SITE + "  - target: netlify\n    site: lina\n    url: https://mia:hunter2@example.com/\n    token: hunter2\n",
    )
    ran = folder.run("deploy")
    assert (ran.code, "unknown key 'token'" in ran.err) == (1, True)
    assert "hunter2" not in ran.err + ran.out
    folder.write("linkhome.yaml", SITE + "  - {target: netlify, site: github_pat_0123456789abcdefghijkl}\n")
    ran = folder.run("deploy")
    assert "linkhome.yaml:7:23: error: 'site' holds a password or a token" in ran.err
    assert "github_pat_" not in ran.err


def test_without_a_place_it_says_what_to_write(site: Callable[..., SiteFolder]) -> None:
    folder = site({"linkhome.yaml": "profile: {name: Lina}\n"})
    ran = folder.run("deploy")
    assert ran.code == 2
    assert "linkhome.yaml does not say where the site goes" in ran.err
    assert folder.run("status").code == 2


def test_options_that_make_no_sense_are_refused(folder: SiteFolder) -> None:
    assert "no place 'frist'" in (ran := folder.run("deploy", "--to", "frist")).err
    assert (ran.code, "did you mean 'first'?" in ran.err) == (2, True)
    assert folder.run("deploy", "--to", "first", "--all").code == 2
    assert folder.run("deploy", "--rollback", "--built", "x").code == 2
    assert folder.run("deploy", "--rollback", "xyz", ".").code == 2


def test_a_mistake_in_the_site_sends_nothing(folder: SiteFolder, places: dict[str, Place]) -> None:
    folder.write("posts/one.md", "---\ndate: yesterday\n---\nx")
    ran = folder.run("deploy")
    assert (ran.code, places["one"].asked) == (1, [])
    assert "posts/one.md:2" in ran.err


def test_two_deploys_at_once_wait_for_each_other(folder: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "PATIENCE", 0.0)
    (folder.root / ".cache").mkdir()
    with alone(str(folder.root / ".cache" / command.LOCK), 0):
        ran = folder.run("deploy")
    assert (ran.code, "another deploy of this site is at work" in ran.err) == (1, True)


def test_a_secret_goes_into_the_keyring_and_into_no_output(
    folder: SiteFolder, places: dict[str, Place], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: dict[tuple[str, str], str] = {}
    keyring = ModuleType("keyring")
    keyring.get_password = lambda service, user: kept.get((service, user))  # type: ignore[attr-defined]
    keyring.set_password = lambda service, user, word: kept.update({(service, user): word})  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "keyring", keyring)
    ran = folder.run("deploy", "--token", "first", answers="s3cret-token\n")
    assert (ran.code, ran.out) == (0, "The token of first is in the keyring of this system.\n")
    assert list(kept.values()) == ["s3cret-token"]

    def fail() -> None:
        raise Failed("s3cret-token is not valid")

    places["one"].faults["look"] = fail
    ran = folder.run("deploy", "--to", "first")
    assert "first: … is not valid" in ran.err
    monkeypatch.setitem(sys.modules, "keyring", None)
    ran = folder.run("deploy", "--token", "first", answers="x\n")
    assert (ran.code, "LINKHOME_FIRST_TOKEN" in ran.err) == (2, True)


# ------------------------------------------------------------------ status


def test_status_tells_what_every_place_shows(folder: SiteFolder, places: dict[str, Place]) -> None:
    ran = folder.run("status")
    assert ran.code == 3
    assert ran.out.count("nothing was published yet at http://127.0.0.1:") == 2
    folder.run("deploy")
    ran = folder.run("status")
    assert ran.code == 0
    assert ran.out.count("shows the site that is built here (build ") == 2
    assert "(today)" in ran.out
    assert ran.out.endswith("All places show the same site.\n")


def test_status_finds_a_place_that_fell_behind(folder: SiteFolder, places: dict[str, Place]) -> None:
    folder.run("deploy")
    change(folder)
    folder.run("deploy", "--to", "first")
    ran = folder.run("status")
    assert ran.code == 1
    assert "second: shows another build than the one here" in ran.out
    told = "The places do not show the same site: second is behind first. 'linkhome deploy' brings all of them up to date.\n"
    assert ran.out.endswith(told)
    journal = folder.read("deployed/journal.jsonl").splitlines(keepends=True)
    early = [line.replace(json.loads(line)["at"][:10], "2024-01-31") for line in journal[:4]]
    folder.write("deployed/journal.jsonl", "".join([*early, *journal[4:]]))
    assert re.search(r"second is behind first by [\d,]{3,} days\. ", folder.run("status").out)
    found = folder.run("status", "--json").json
    assert (found["agree"], [row["is_built_site"] for row in found["places"]]) == (False, [True, False])


def test_status_finds_a_place_that_others_changed_or_that_is_gone(folder: SiteFolder, places: dict[str, Place]) -> None:
    folder.run("deploy")
    places["one"].live["build.json"] = b'{"generator": "linkhome", "build": "0123456789"}'
    places["two"].live = {}
    ran = folder.run("status")
    assert ran.code == 3
    assert "so somebody else changed it" in ran.out
    assert "second: build.json is answered with 404; published on " in ran.out
    assert "same site" not in ran.out, "there is nothing to compare it with"


def test_status_compares_what_answers_and_says_which_build_is_where(
    folder: SiteFolder, places: dict[str, Place]
) -> None:
    with_three = "  - {target: double, name: third, options: {place: one}, url: '" + places["one"].address + "'}\n"
    folder.write("linkhome.yaml", folder.read("linkhome.yaml") + with_three)
    folder.run("deploy")
    kept = dict(places["two"].live)
    places["two"].live = {}
    ran = folder.run("status")
    assert (ran.code, ran.out.splitlines()[-1]) == (3, "The other places show the same site.")
    places["two"].live = kept | {"build.json": b'{"generator": "linkhome", "build": "0123456789"}'}
    ran = folder.run("status")
    assert ran.code == 1
    last = ran.out.splitlines()[-1]
    assert re.search(r"same site: first and third with build \w{8}; second with build 01234567\. ", last)
    shutil.rmtree(folder.root / "public")
    assert "second: shows a site (build 01234567) at http" in folder.run("status").out


def test_status_says_which_mirror_no_page_can_name(folder: SiteFolder, places: dict[str, Place]) -> None:
    folder.replace("linkhome.yaml", f", url: '{places['two'].address}'", "")
    folder.run("deploy")
    ran = folder.run("status")
    assert ran.code == 0
    assert ran.err == (
        f"To let the pages name second as a second address, write into its entry: url: {places['two'].address}\n"
    )


def test_ages_are_told_in_days(monkeypatch: pytest.MonkeyPatch) -> None:
    from linkhome.deploy.journal import Row

    row = Row("2026-11-01T10:00:00Z", "n", "t", "live")
    monkeypatch.setattr(status.time, "time", lambda: row.time + 3 * 86_400)
    assert status._ago(row) == "on 2026-11-01 (3 days ago)"
    monkeypatch.setattr(status.time, "time", lambda: row.time - 90 * 86_400)
    assert status._ago(row) == "on 2026-11-01"
