"""A site goes into a branch of a real repository, as one commit, and nobody else's files or commits are lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from linkhome.deploy import git as git_module
from linkhome.deploy import git_process
from linkhome.deploy.git_remote import parse
from linkhome.deploy.nouns import Failed, Live, Refused
from linkhome.deploy.table import load

from .git_double import GitHost, Handler, contents, git, hosting, push_by_hand, tip
from .git_site import Deploy

SITE = {"index.html": b"<p>one", "a/style.css": b"p{}", ".well-known/security.txt": b"Contact: x\n", ".nojekyll": b""}
PASSWORD = "canary-9f3c2a71be04d815"


@pytest.fixture(scope="module")
def hosts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GitHost]:
    with hosting(tmp_path_factory.mktemp("host")) as host:
        yield host


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GitHost]:
    with hosting(tmp_path_factory.mktemp("guarded"), accounts={"lina": PASSWORD}) as host:
        yield host


@pytest.fixture
def host(hosts: GitHost) -> GitHost:
    hosts.again()
    return hosts


@pytest.fixture(autouse=True)
def _nobodys_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Let the settings of whoever runs the tests be those of nobody, and do not wait long for a host that is gone."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(git_module, "_SETTLE", (0.05,))


@pytest.fixture
def repository(host: GitHost, request: pytest.FixtureRequest) -> str:
    name = f"lina/{abs(hash(request.node.nodeid))}"
    host.make(name)
    return name


@pytest.fixture
def place(host: GitHost, repository: str) -> Path:
    return host.root / f"{repository}.git"


@pytest.fixture
def deploy(host: GitHost, repository: str, tmp_path: Path) -> Callable[..., Deploy]:
    def make(site: dict[str, bytes], **more: str) -> Deploy:
        return Deploy(tmp_path, host.url(repository), site, **more)

    return make


# ------------------------------------------------------------------ what arrives


def test_the_first_deploy_makes_the_branch_with_exactly_the_site(deploy: Callable[..., Deploy], place: Path) -> None:
    first = deploy(SITE)
    assert first.look().release == ""
    assert set(first.plan.adds) == SITE.keys()
    release = first.all()
    assert tip(place) == release
    assert contents(place) == SITE
    modes = {line.split()[0] for line in git(place, "ls-tree", "-r", "gh-pages").splitlines()}
    assert modes == {"100644"}
    git(place, "fsck", "--strict")


def test_what_is_there_is_found_again_with_its_build_and_nothing_is_to_be_done(deploy: Callable[..., Deploy]) -> None:
    release = deploy(SITE).all()
    again = deploy(SITE)
    there = again.look()
    assert (there.release, there.build, there.foreign) == (release, again.site.build, ())
    assert again.plan.empty
    assert again.upload() == release
    assert again.activate() == release
    again.close()


def test_a_change_is_one_commit_upon_the_last_and_only_what_is_new_is_sent(
    deploy: Callable[..., Deploy], host: GitHost, place: Path
) -> None:
    large = os.urandom(300_000)
    first = deploy({**SITE, "film.mp4": large}).all()
    host.again()
    site = {"index.html": b"<p>two", "film.mp4": large, "moved.mp4": large}
    second = deploy(site).all()
    assert host.received < 20_000
    assert git(place, "rev-list", "gh-pages").split() == [second, first]
    assert contents(place) == site
    git(place, "fsck", "--strict")


def test_going_back_gives_the_very_bytes_of_before(deploy: Callable[..., Deploy], place: Path) -> None:
    deploy(SITE).all()
    before = git(place, "rev-parse", "gh-pages^{tree}")
    deploy({"index.html": b"<p>other"}).all()
    deploy(SITE).all()
    assert git(place, "rev-parse", "gh-pages^{tree}") == before


def test_names_and_contents_of_every_kind_arrive_as_they_are(deploy: Callable[..., Deploy], place: Path) -> None:
    site = {
        "a b.html": b"line\r\nline\n",
        "ü.html": b"composed",
        "u\u0308.html": b"taken apart",
        "a#b?c%2F.txt": b"\x00\xff\xfe",
        'it\'s "quoted" & <so>.txt': b"",
        f"{'x' * 200}.txt": b"long",
        "日本/語.txt": "日本".encode(),
        "large.bin": os.urandom(3_000_000),  # in pieces, over HTTP
    }
    deploy(site).all()
    assert contents(place) == site


def test_progress_is_told_up_to_the_end(deploy: Callable[..., Deploy]) -> None:
    one = deploy(SITE)
    one.all()
    sent = [count for count, _, _ in one.told]
    assert sent == sorted(sent)
    assert one.told[-1][:2] == (one.plan.size, one.plan.size)


def test_nothing_is_left_behind_here_or_there(deploy: Callable[..., Deploy], place: Path) -> None:
    one = deploy(SITE)
    one.all()
    assert [left.name for left in one.state.iterdir()] == ["names-sha1.json"]
    assert git(place, "for-each-ref", "--format=%(refname)").split() == ["refs/heads/gh-pages"]


def test_the_contents_are_read_once_and_their_names_remembered(deploy: Callable[..., Deploy]) -> None:
    deploy(SITE).all()
    again = deploy(SITE)
    for file in set(again.site.places.values()):
        file.unlink()
    assert again.look().files == again.target.marks(again.site)
    again.close()


def test_a_damaged_memory_of_names_is_made_anew(deploy: Callable[..., Deploy], place: Path) -> None:
    one = deploy(SITE)
    one.state.mkdir(parents=True)
    (one.state / "names-sha1.json").write_bytes(b'{"half')
    one.all()
    assert contents(place) == SITE


def test_a_file_that_was_changed_after_it_was_frozen_is_not_sent(deploy: Callable[..., Deploy], place: Path) -> None:
    one = deploy(SITE)
    one.look()
    one.site.places["index.html"].write_bytes(b"<p>other")
    with pytest.raises(Refused, match="was changed while it was being deployed"):
        one.upload()
    one.close()
    assert tip(place) == ""


# ------------------------------------------------------------------ what others put there


def test_files_of_others_stay_through_every_deploy_and_are_named(deploy: Callable[..., Deploy], place: Path) -> None:
    push_by_hand(place, {"google1234.html": b"google", "old/é.txt": b"old"})
    first = deploy(SITE)
    assert first.look().foreign == ("google1234.html", "old/é.txt")
    first.all()
    second = deploy({"index.html": b"<p>two"})
    second.all()
    assert second.there.foreign == ("google1234.html", "old/é.txt")
    assert contents(place) == {"index.html": b"<p>two", "google1234.html": b"google", "old/é.txt": b"old"}


def test_what_somebody_adds_after_a_deploy_of_ours_is_kept_as_well(deploy: Callable[..., Deploy], place: Path) -> None:
    deploy(SITE).all()
    push_by_hand(place, {"by-hand.txt": b"mine", "a/style.css": b"edited"})
    push_by_hand(place, {"README.md": b"# hi"})
    then = deploy({"index.html": b"<p>two"})
    then.look()
    assert then.there.build == ""
    assert then.there.foreign == ("README.md", "a/style.css", "by-hand.txt")
    assert set(then.plan.deletes) == {".nojekyll", ".well-known/security.txt"}
    then.all()
    kept = {"by-hand.txt": b"mine", "a/style.css": b"edited", "README.md": b"# hi"}
    assert contents(place) == {"index.html": b"<p>two", **kept}


def test_the_site_takes_the_place_of_an_older_one_and_the_history_keeps_that(
    deploy: Callable[..., Deploy], place: Path
) -> None:
    old = push_by_hand(place, {"index.html": b"an older site"})
    one = deploy(SITE)
    one.look()
    assert one.plan.changes == ("index.html",)
    one.all()
    assert contents(place) == SITE
    assert contents(place, old) == {"index.html": b"an older site"}
    assert deploy(SITE).look().foreign == ()


@pytest.mark.parametrize("theirs", ["a", "index.html/old.txt"])
def test_a_file_of_others_where_a_folder_has_to_be_is_not_removed(
    deploy: Callable[..., Deploy], place: Path, theirs: str
) -> None:
    before = push_by_hand(place, {theirs: b"x"})
    with pytest.raises(Refused, match="was not put there by linkhome"):
        deploy(SITE).all()
    assert tip(place) == before


def test_links_modules_and_programs_of_others_stay_what_they_are(deploy: Callable[..., Deploy], place: Path) -> None:
    blob = git(place, "hash-object", "-w", "--stdin", given=b"x").strip()
    strange = b"120000 blob %s\tlink\n160000 commit %s\tmodule\n100755 blob %s\trun\n100644 blob %s\tnot-utf8-\xff\n"
    tree = git(place, "mktree", given=strange % (blob.encode(), b"1" * 40, blob.encode(), blob.encode())).strip()
    git(place, "update-ref", "refs/heads/gh-pages", git(place, "commit-tree", tree, "-m", "strange").strip())
    one = deploy(SITE)
    one.look()
    assert one.there.foreign == ("link", "module", "not-utf8-\ufffd", "run")
    one.all()
    for line in git(place, "ls-tree", "-r", "-z", tree).split("\0"):
        assert line in git(place, "ls-tree", "-r", "-z", "gh-pages").split("\0")
    assert {path: data for path, data in contents(place).items() if path in SITE} == SITE
    deploy({"index.html": b"2"}).all()
    assert "not-utf8-\udcff" in contents(place)


def test_a_domain_that_nobody_told_us_of_stops_the_deploy(deploy: Callable[..., Deploy], place: Path) -> None:
    push_by_hand(place, {"CNAME": b"Lina.example\n"})
    there = deploy(SITE).look()
    assert "has the domain lina.example" in there.stop
    assert "domain: lina.example" in there.hint
    other = deploy(SITE, domain="other.example").look()
    assert "linkhome.yaml says other.example" in other.stop


@pytest.mark.parametrize("told", [{"domain": "lina.example"}, {"shown_at": "https://lina.example/"}])
def test_a_domain_that_linkhome_knows_stops_nothing(
    deploy: Callable[..., Deploy], place: Path, told: dict[str, str]
) -> None:
    push_by_hand(place, {"CNAME": b"lina.example\n"})
    assert not deploy(SITE, **told).look().stop


def test_a_domain_that_linkhome_wrote_itself_may_be_changed(deploy: Callable[..., Deploy], place: Path) -> None:
    deploy({**SITE, "CNAME": b"lina.example\n"}, domain="lina.example").all()
    deploy({**SITE, "CNAME": b"new.example\n"}, domain="new.example").all()
    assert contents(place)["CNAME"] == b"new.example\n"
    gone = deploy(SITE)
    gone.look()
    assert gone.plan.deletes == ("CNAME",)
    gone.all()
    assert contents(place) == SITE


def test_a_domain_changed_at_the_host_after_our_deploy_stops_the_next(
    deploy: Callable[..., Deploy], place: Path
) -> None:
    deploy({**SITE, "CNAME": b"lina.example\n"}, domain="lina.example").all()
    push_by_hand(place, {"CNAME": b"moved.example"})
    assert "moved.example" in deploy({**SITE, "CNAME": b"lina.example\n"}, domain="lina.example").look().stop


def test_a_branch_with_the_sources_of_the_site_is_no_place_for_it(deploy: Callable[..., Deploy], place: Path) -> None:
    push_by_hand(place, {"linkhome.yaml": b"url: https://lina.example"}, "main")
    there = deploy(SITE, branch="main").look()
    assert "what the site is made from" in there.stop
    assert "branch: gh-pages" in there.hint


def test_another_branch_is_never_touched(deploy: Callable[..., Deploy], place: Path) -> None:
    main = push_by_hand(place, {"linkhome.yaml": b"url: https://lina.example"}, "main")
    near = push_by_hand(place, {"x": b"x"}, "gh-pages-old")
    deploy(SITE).all()
    assert (tip(place, "main"), tip(place, "gh-pages-old")) == (main, near)


# ------------------------------------------------------------------ races, cuts, kills


@pytest.mark.parametrize("before", ["upload", "activate"])
def test_who_pushes_in_between_loses_nothing_and_the_next_deploy_works(
    deploy: Callable[..., Deploy], place: Path, before: str
) -> None:
    deploy(SITE).all()
    late = deploy({"index.html": b"<p>late"})
    late.look()
    if before == "activate":
        late.upload()
    theirs = push_by_hand(place, {"theirs.txt": b"theirs"})
    with pytest.raises(Failed, match="somebody else changed the branch") as failure:
        late.upload()
        late.activate()
    late.close()
    assert failure.value.live is Live.OLD
    assert tip(place) == theirs
    deploy({"index.html": b"<p>late"}).all()
    assert contents(place) == {"index.html": b"<p>late", "theirs.txt": b"theirs"}


def test_a_branch_that_was_made_in_between_is_not_replaced(deploy: Callable[..., Deploy], place: Path) -> None:
    late = deploy(SITE)
    late.look()
    theirs = push_by_hand(place, {"theirs.txt": b"theirs"})
    late.upload()
    with pytest.raises(Failed, match="somebody else"):
        late.activate()
    late.close()
    assert tip(place) == theirs


@pytest.mark.parametrize("when", ["act", "after"])
def test_wherever_the_line_breaks_the_branch_is_old_or_new_and_the_message_knows(
    deploy: Callable[..., Deploy], host: GitHost, place: Path, when: str
) -> None:
    site = {"index.html": b"0"}
    deploy(site).all()
    for number in range(30):
        old = tip(place)
        host.again()
        setattr(host, when, lambda handler, at, number=number: at == number and handler.cut())
        new = {"index.html": b"%d" % (number + 1)}
        try:
            deploy(new).all()
            site = new
        except (Refused, Failed) as problem:
            assert getattr(problem, "live", Live.OLD) is Live.OLD
            assert "127.0.0.1 broke off" in str(problem)
            assert tip(place) == old
        assert contents(place) == site
        if len(host.asked) <= number:
            break
    else:
        pytest.fail("a deploy takes more requests than it should")
    git(place, "fsck", "--strict")
    assert git(place, "for-each-ref", "--format=%(refname)").split() == ["refs/heads/gh-pages"]


def test_a_host_with_a_problem_of_its_own_leaves_the_old_site_and_says_so(
    deploy: Callable[..., Deploy], host: GitHost, place: Path
) -> None:
    host.act = lambda handler, at: "receive-pack" in handler.path and handler.refuse(503)
    with pytest.raises(Failed, match="has a problem of its own") as failure:
        deploy(SITE).all()
    assert failure.value.live is Live.OLD
    assert tip(place) == ""


def test_a_host_that_is_gone_after_the_last_push_leaves_it_unknown(
    deploy: Callable[..., Deploy], host: GitHost, place: Path
) -> None:
    one = deploy(SITE)
    one.look()
    one.upload()
    count = len(host.asked)
    host.act = lambda handler, at: handler.cut() if at > count else False
    host.after = lambda handler, at: handler.cut() if at == count + 1 else False
    with pytest.raises(Failed) as failure:
        one.activate()
    one.close()
    assert failure.value.live is Live.UNKNOWN


def test_killed_at_any_request_the_branch_is_old_or_new_and_whole(host: GitHost, place: Path, tmp_path: Path) -> None:
    command = [sys.executable, str(Path(__file__).parent / "git_killed.py"), str(tmp_path)]
    url = host.url(f"lina/{place.stem}")
    surroundings = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    subprocess.run([*command, url, "0"], check=True, env=surroundings)
    seen = {b"0"}
    for number in range(30):
        host.again()
        process = subprocess.Popen([*command, url, str(number + 1)], env=surroundings)

        def kill(_: Handler, at: int, process: subprocess.Popen[bytes] = process, number: int = number) -> None:
            if at == number:
                process.send_signal(signal.SIGKILL)

        host.act = kill
        process.wait()
        _wait_until_quiet(host)
        now = contents(place)
        assert now["same.css"] == b"a{}"
        assert now["index.html"] in (*seen, b"%d" % (number + 1))
        seen = {now["index.html"]}
        if process.returncode == 0:
            break
    else:
        pytest.fail("a deploy takes more requests than it should")
    host.again()
    subprocess.run([*command, url, "last"], check=True, env=surroundings)
    assert contents(place)["index.html"] == b"last"
    git(place, "fsck", "--strict")
    assert git(place, "for-each-ref", "--format=%(refname)").split() == ["refs/heads/gh-pages"]


def _wait_until_quiet(host: GitHost) -> None:
    """Wait for what a killed program's git may still be asking: it has a session of its own."""
    count = -1
    while count != len(host.asked):
        count = len(host.asked)
        time.sleep(0.2)


def test_a_host_that_never_answers_is_given_up_on(
    deploy: Callable[..., Deploy], host: GitHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(git_process, "QUESTION", 3.0)
    host.act = lambda handler, at: bool(time.sleep(6)) or handler.cut()
    with pytest.raises(Refused, match="did not answer in time"):
        deploy(SITE).look()


def test_a_host_that_takes_branches_only_gets_all_in_one_step(deploy: Callable[..., Deploy], place: Path) -> None:
    git(place, "config", "receive.hideRefs", "refs/linkhome")
    deploy(SITE).all()
    deploy({"index.html": b"2"}).all()
    assert contents(place) == {"index.html": b"2"}


def test_a_host_that_cannot_send_names_alone_is_asked_for_everything(
    deploy: Callable[..., Deploy], place: Path
) -> None:
    git(place, "config", "uploadpack.allowFilter", "false")
    push_by_hand(place, {"CNAME": b"lina.example", "theirs.txt": b"theirs"})
    deploy(SITE, domain="lina.example").all()
    assert contents(place) == {**SITE, "CNAME": b"lina.example", "theirs.txt": b"theirs"}


def test_a_repository_with_the_newer_kind_of_names_works_as_well(
    host: GitHost, deploy: Callable[..., Deploy], tmp_path: Path
) -> None:
    place = host.make("lina/newer", "--object-format=sha256")
    push_by_hand(place, {"theirs.txt": b"theirs"})
    Deploy(tmp_path, host.url("lina/newer"), SITE).all()
    again = Deploy(tmp_path, host.url("lina/newer"), SITE)
    again.look()
    again.close()
    assert again.plan.empty
    assert contents(place) == {**SITE, "theirs.txt": b"theirs"}


# ------------------------------------------------------------------ who may


def test_a_token_opens_the_host_and_is_seen_nowhere(guarded: GitHost, tmp_path: Path) -> None:
    place = guarded.make("lina/with-token")
    guarded.again()
    seen: list[bytes] = []

    def listen(_: Handler, __: int) -> None:
        for process in Path("/proc").glob("[0-9]*"):
            try:
                seen.append((process / "cmdline").read_bytes())
            except OSError:
                continue

    guarded.act = listen
    keeper = tmp_path / "kept"
    settings = tmp_path / "settings"
    settings.write_text(f"[credential]\n\thelper = store --file {keeper}\n")
    os.environ["GIT_CONFIG_GLOBAL"] = str(settings)
    try:
        one = Deploy(tmp_path, guarded.url("lina/with-token"), SITE, token=PASSWORD)
        one.look()
        for file in one.state.rglob("*"):
            assert file.is_dir() or PASSWORD.encode() not in file.read_bytes()
        one.all()
    finally:
        del os.environ["GIT_CONFIG_GLOBAL"]
    assert contents(place) == SITE
    assert seen
    assert not [line for line in seen if PASSWORD.encode() in line]
    assert not keeper.exists()  # no other helper has heard of it


def test_without_a_token_the_creators_own_helper_is_asked(
    guarded: GitHost, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = guarded.make("lina/with-helper")
    guarded.again()
    (tmp_path / "passwords").write_text(f"http://lina:{PASSWORD}@127.0.0.1%3a{guarded.port}\n")
    (tmp_path / "settings").write_text(f"[credential]\n\thelper = store --file {tmp_path / 'passwords'}\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "settings"))
    Deploy(tmp_path, guarded.url("lina/with-helper"), SITE).all()
    assert contents(place) == SITE


@pytest.mark.parametrize("token", ["", "wrong-canary-1234"])
def test_without_the_right_password_nobody_is_asked_and_the_hint_helps(
    guarded: GitHost, tmp_path: Path, token: str
) -> None:
    guarded.make("lina/closed")
    guarded.again()
    with pytest.raises(Refused) as refusal:
        Deploy(tmp_path, guarded.url("lina/closed"), SITE, token=token).look()
    told = refusal.value.diagnostics[0]
    assert "does not accept the name and password" in told.message
    assert "git ls-remote" in told.hint
    assert "LINKHOME_GITHUB_TOKEN" in told.hint
    assert "canary" not in told.message + told.hint


def test_a_token_that_ends_on_the_way_leaves_the_old_site(
    guarded: GitHost, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = guarded.make("lina/ends")
    guarded.again()
    one = Deploy(tmp_path, guarded.url("lina/ends"), SITE, token=PASSWORD)
    one.look()
    one.upload()
    monkeypatch.setitem(guarded.accounts, "lina", "another")
    with pytest.raises(Failed, match="does not accept") as failure:
        one.activate()
    one.close()
    assert failure.value.live is not Live.NEW
    assert tip(place) == ""


def test_nobody_may_write_to_a_repository_that_is_only_shown(deploy: Callable[..., Deploy], host: GitHost) -> None:
    host.act = lambda handler, at: "receive-pack" in handler.path and handler.refuse(403)
    with pytest.raises(Failed, match="does not let you write") as failure:
        deploy(SITE).all()
    assert failure.value.live is Live.OLD


def test_a_repository_that_is_not_there_is_said_to_be(host: GitHost, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no such repository"):
        Deploy(tmp_path, host.url("lina/nothing"), SITE).look()


def test_the_hosts_own_rules_are_told_in_its_own_words(deploy: Callable[..., Deploy], place: Path) -> None:
    hook = place / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'error: GH001: Large files detected.' >&2\nexit 1\n")
    hook.chmod(0o755)
    with pytest.raises(
        Failed, match=r"does not take a file of this size \(127.0.0.1 says: GH001: Large files"
    ) as failure:
        deploy(SITE).all()
    assert failure.value.live is Live.OLD
    assert tip(place) == ""


def test_a_host_that_cannot_be_reached_or_found_is_said_to_be(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="cannot be reached"):
        Deploy(tmp_path, "http://127.0.0.1:9/lina/site.git", SITE).look()


def test_where_git_is_missing_it_is_said_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Refused, match="git is not installed"):
        Deploy(tmp_path, "http://127.0.0.1:9/lina/site.git", SITE).look()


# ------------------------------------------------------------------ hostile or strange surroundings


def test_hooks_signatures_and_filters_of_the_creator_do_nothing(
    deploy: Callable[..., Deploy], place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    for name in ("pre-push", "reference-transaction", "post-index-change", "pre-commit", "post-commit"):
        (hooks / name).write_text(f"#!/bin/sh\ntouch {tmp_path}/ran-{name}\nexit 1\n")
        (hooks / name).chmod(0o755)
    (tmp_path / "attributes").write_text("* text=auto eol=crlf\n* filter=x\n")
    (tmp_path / "settings").write_text(
        f"""[core]
    hooksPath = {hooks}
    autocrlf = true
    attributesFile = {tmp_path}/attributes
    fsmonitor = touch {tmp_path}/ran-fsmonitor
[commit]
    gpgSign = true
[push]
    gpgSign = if-asked
    followTags = true
    pushOption = x
[gpg]
    program = {tmp_path}/none
[filter "x"]
    clean = touch {tmp_path}/ran-filter
    required = true
[user]
    name = Lina Private
    email = private@lina.example
"""
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "settings"))
    deploy({"a.txt": b"one\ntwo\r\n"}).all()
    assert contents(place) == {"a.txt": b"one\ntwo\r\n"}
    assert not list(tmp_path.glob("ran-*"))
    assert "Private" not in git(place, "log", "--format=fuller", "gh-pages")


def test_settings_that_lead_the_address_to_a_program_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "settings").write_text(f'[url "ext::touch {tmp_path}/ran "]\n\tinsteadOf = https://github.com/\n')
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "settings"))
    with pytest.raises(Refused, match="somewhere else than a host"):
        Deploy(tmp_path, "https://github.com/lina/site.git", SITE).look()
    assert not (tmp_path / "ran").exists()


def test_the_creators_own_checkout_is_not_touched_even_inside_one_of_its_hooks(
    deploy: Callable[..., Deploy], place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    git(own, "init", "--quiet")
    (own / "half.txt").write_text("half done")
    git(own, "add", "half.txt")
    before = {file.name: file.read_bytes() for file in (own / ".git").rglob("*") if file.is_file()}
    monkeypatch.chdir(own)
    monkeypatch.setenv("GIT_DIR", str(own / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(own / ".git" / "index"))
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(own / ".git" / "objects"))
    deploy(SITE).all()
    assert contents(place) == SITE
    assert {file.name: file.read_bytes() for file in (own / ".git").rglob("*") if file.is_file()} == before


# ------------------------------------------------------------------ addresses


@pytest.mark.parametrize(
    ("target", "repository", "more", "address"),
    [
        ("github", "git@github.com:lina/lina.github.io.git", {}, "https://lina.github.io/"),
        ("github", "https://github.com/Lina/Lina.github.io", {}, "https://lina.github.io/"),
        ("github", "ssh://git@github.com/lina/Site.git", {}, "https://lina.github.io/Site/"),
        ("github", "ssh://git@github.com:22/lina/Site.git/", {}, "https://lina.github.io/Site/"),
        ("github", "git@github.com:lina/site.git", {"domain": "lina.example"}, "https://lina.example/"),
        ("github", "https://git.example/lina/site.git", {}, ""),
        ("github", "work-alias:lina/site.git", {}, ""),
        ("codeberg", "git@codeberg.org:lina/pages.git", {}, "https://lina.codeberg.page/"),
        ("codeberg", "https://codeberg.org/lina/site.git", {}, "https://lina.codeberg.page/site/"),
        ("codeberg", "https://codeberg.org/lina.m/site.git", {}, "https://pages.codeberg.org/lina.m/site/"),
    ],
)
def test_the_page_is_where_the_host_shows_such_a_repository(
    target: str, repository: str, more: dict[str, str], address: str, tmp_path: Path
) -> None:
    assert Deploy(tmp_path, repository, {}, kind=target, **more).target.address == address


@pytest.mark.parametrize(
    "address",
    [
        "ext::sh -c touch% x",
        "--upload-pack=touch x",
        "-oProxyCommand=touch x",
        "ssh://-oProxyCommand=touch/x",
        "git@-oProxyCommand=x:lina/site.git",
        "/srv/git/site.git",
        "./site.git",
        "file:///srv/git/site.git",
        "C:\\sites\\site.git",
        "c:/sites/site.git",
        "git://github.com/lina/site.git",
        "http://github.com/lina/site.git",
        "http://127.0.0.1.lina.example/lina/site.git",
        "https://github.com/../x.git",
        "https://github.com/lina/..",
        "https://github.com/lina/site.git\n--x",
        "https://github.com/lina/a b",
        "origin",
        "",
    ],
)
def test_an_address_that_could_do_more_than_hold_a_site_is_refused(address: str) -> None:
    with pytest.raises(Refused):
        parse(address, "github.com")


@pytest.mark.parametrize("inside", ["lina:canary-secret", "canary-secret", "", "x-access-token:canary-secret"])
def test_a_token_in_the_address_is_refused_and_not_repeated(inside: str) -> None:
    with pytest.raises(Refused) as refusal:
        parse(f"https://{inside}@github.com/lina/site.git", "github.com")
    assert "canary" not in refusal.value.diagnostics[0].message + refusal.value.diagnostics[0].hint


def test_a_short_name_is_completed_in_the_hint() -> None:
    with pytest.raises(Refused) as refusal:
        parse("lina/lina.github.io", "github.com")
    assert "git@github.com:lina/lina.github.io.git" in refusal.value.diagnostics[0].hint


@pytest.mark.parametrize("name", ["github", "codeberg"])
def test_the_keys_say_what_they_look_like(name: str) -> None:
    import re

    about = load(name).about
    patterns = {key.name: key.pattern for key in about.keys}
    for good in ("gh-pages", "pages", "docs/site", "v1.2"):
        assert re.fullmatch(patterns["branch"], good)
    for bad in ("-x", "a..b", "a/", "/a", "a.lock", "a b", "a//b", "a/.b", "refs:x", "a~1", ""):
        assert not re.fullmatch(patterns["branch"], bad)
    for good in ("lina.example", "www.lina.example", "xn--mller-kva.example"):
        assert re.fullmatch(patterns["domain"], good)
    for bad in (
        "lina",
        "https://lina.example",
        "lina.example/",
        "-a.example",
        "müller.example",
        "a_b.example",
        "1.2.3.4",
    ):
        assert not re.fullmatch(patterns["domain"], bad)
