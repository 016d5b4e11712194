"""Files come, go and are given other names, by editors, by git and by hand; the preview follows, and builds once for each."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from previewed import BLUE, GREEN, RED, Preview, picture, post, rests
from site_folder import SiteFolder

GIT = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}


def test_a_new_text_is_there_at_once(preview, tab):
    tab.go(preview.url("posts/"))
    with preview.builds(1):
        preview.site.write("posts/ljubljana.md", post("Ljubljana", "A dragon on the bridge."))
        tab.shows("Ljubljana")
    assert tab.go(preview.url("posts/ljubljana/")) == 200


def test_a_text_gets_another_name_and_its_old_one_again(preview, tab):
    posts = preview.site.root / "posts"
    tab.go(preview.url("posts/"))
    with preview.builds(1):
        (posts / "graz.md").rename(posts / "villach.md")
        tab.until("document.querySelector('a[href*=\"villach/\"]') && !document.querySelector('a[href*=\"graz/\"]')")
    assert (preview.ask("/posts/graz/").status, preview.ask("/posts/villach/").status) == (404, 200)
    with preview.builds(1):
        (posts / "villach.md").rename(posts / "graz.md")
        tab.until("document.querySelector('a[href*=\"graz/\"]') && !document.querySelector('a[href*=\"villach/\"]')")
    assert (preview.ask("/posts/graz/").status, preview.ask("/posts/villach/").status) == (200, 404)


def test_the_page_that_is_open_vanishes_and_comes_back(preview, tab):
    tab.go(preview.url("posts/ghost/"))
    with preview.builds(1):
        (preview.site.root / "posts/ghost.md").unlink()
        tab.shows("404")
    assert len(tab.told().errors) == 1, "the browser says itself that the page is not there"
    assert preview.ask("/posts/ghost/").status == 404
    with preview.builds(1):
        preview.site.write("posts/ghost.md", post("Ghost", "Now you see it again."))
        tab.shows("Now you see it again.")


def test_a_picture_is_lost_and_found(preview, tab):
    picture = preview.site.root / "media/lost.png"
    tab.go(preview.url("posts/lost/"))
    with preview.builds(1):
        picture.rename(picture.with_name("hidden.png"))
        tab.overlay("there is no file 'media/lost.png'")
    tab.drawn("main img", BLUE)
    with preview.builds(1):
        picture.with_name("hidden.png").rename(picture)
        tab.no_overlay()


def test_a_folder_of_pictures_is_added_before_a_text_wants_it(preview, tab):
    tab.go(preview.url("posts/"))
    with preview.builds(0):
        preview.site.write("media/summer/lake.png", picture(GREEN))
    with preview.builds(1):
        preview.site.write("posts/lake.md", post("The lake", "![A lake](media/summer/lake.png)"))
        tab.shows("The lake")
    tab.go(preview.url("posts/lake/"))
    tab.drawn(".prose img", GREEN)
    with preview.builds(1):
        preview.site.write("media/summer/lake.png", picture(RED))
        tab.drawn(".prose img", RED)


def test_a_folder_of_texts_is_moved_in_edited_and_moved_out(preview, tab):
    site, outside = preview.site, preview.site.root.parent / "drafts"
    outside.mkdir()
    (outside / "vienna.md").write_text(post("Vienna", "A wheel that turns slowly."))
    (outside / "linz.md").write_text(post("Linz", "Steel and a river."))
    tab.go(preview.url("posts/"))
    with preview.builds(1):
        outside.rename(site.root / "posts/austria")
        tab.shows("Vienna")
    assert "Linz" in tab.text
    with preview.builds(1):
        site.replace("posts/austria/linz.md", "title: Linz", "title: Linz on the Danube")
        tab.shows("Linz on the Danube")
    with preview.builds(1):
        (site.root / "posts/austria").rename(site.root / "posts/on-the-danube")
        tab.until("fetch(location).then((page) => page.text()).then((page) => page.includes('Linz on the Danube'))")
    with preview.builds(1):
        site.replace("posts/on-the-danube/linz.md", "title: Linz on the Danube", "title: Linz again")
        tab.shows("Linz again")
    with preview.builds(1):
        (site.root / "posts/on-the-danube").rename(outside)
        tab.shows_no("Linz again")


def test_a_folder_is_deleted_with_all_that_is_in_it(preview, tab):
    with preview.builds(1), preview.asleep():
        for name in ("one", "two", "three"):
            preview.site.write(f"posts/notes/{name}.md", post(f"Note {name}", "Short."))
    tab.go(preview.url("posts/"))
    assert "Note three" in tab.text
    before = len(preview.rebuilt)
    shutil.rmtree(preview.site.root / "posts/notes")
    tab.shows_no("Note")
    preview.wait(lambda: len(preview.rebuilt) > before, "a build")
    preview.calm()
    assert len(preview.rebuilt) - before <= 2


def in_place(file: Path, data: bytes) -> None:
    file.write_bytes(data)


def in_two_pieces(file: Path, data: bytes) -> None:
    with open(file, "wb") as writing:
        writing.write(data[: len(data) // 2])
        writing.flush()
        writing.write(data[len(data) // 2 :])


def by_renaming(file: Path, data: bytes) -> None:
    new = file.with_name(f".{file.name}.tmp-4711")
    new.write_bytes(data)
    os.replace(new, file)


def with_a_shadow_file(file: Path, data: bytes) -> None:
    """Save as those do that write beside the file under a name that nobody can know."""
    new = file.with_name("sedK3vTq1")
    new.write_bytes(data)
    os.replace(new, file)


def as_vim_does(file: Path, data: bytes) -> None:
    swap, probe, backup = file.with_name(f".{file.name}.swp"), file.with_name("4913"), file.with_name(f"{file.name}~")
    swap.write_bytes(b"b0VIM")
    probe.touch()
    probe.unlink()
    file.rename(backup)
    with open(file, "wb") as writing:
        writing.write(data)
        os.fsync(writing.fileno())
    backup.unlink()
    swap.unlink()


def as_emacs_does(file: Path, data: bytes) -> None:
    lock, kept, backup = (
        file.with_name(f".#{file.name}"),
        file.with_name(f"#{file.name}#"),
        file.with_name(f"{file.name}~"),
    )
    lock.symlink_to("lina@laptop.4711:1700000000")
    kept.write_bytes(data)
    file.rename(backup)
    file.write_bytes(data)
    kept.unlink()
    lock.unlink()


def as_gedit_does(file: Path, data: bytes) -> None:
    new = file.with_name(".goutputstream-K3VTQ1")
    new.write_bytes(data)
    shutil.copy2(file, file.with_name(f"{file.name}~"))
    os.replace(new, file)


def as_jetbrains_does(file: Path, data: bytes) -> None:
    new, old = file.with_name(f"{file.name}___jb_tmp___"), file.with_name(f"{file.name}___jb_old___")
    new.write_bytes(data)
    file.rename(old)
    new.rename(file)
    old.unlink()


def with_a_backup_of_a_new_name(file: Path, data: bytes) -> None:
    backup = file.with_name(f"{file.name}0HlVyu.bck")
    shutil.copy2(file, backup)
    file.write_bytes(data)
    backup.unlink()


def as_a_mac_does(file: Path, data: bytes) -> None:
    aside = file.with_name(f"{file.name}.sb-8f2c1a7d-K3vTq1")
    aside.write_bytes(file.read_bytes())
    new = file.with_name(f".{file.name}.new")
    new.write_bytes(data)
    os.replace(new, file)
    aside.unlink()


def with_the_old_one_removed_first(file: Path, data: bytes) -> None:
    file.unlink()
    file.write_bytes(data)


SAVES = (
    in_place, in_two_pieces, by_renaming, with_a_shadow_file, as_vim_does, as_emacs_does, as_gedit_does, as_jetbrains_does,
    with_a_backup_of_a_new_name, as_a_mac_does, with_the_old_one_removed_first,
)  # fmt: skip


#: Seconds in which an editor is done; what takes longer on a busy machine may well be seen half done.
SWIFT = 0.04


def one_build(
    preview: Preview, save: Callable[[Path, bytes], None], path: Path, data: bytes, seen: Callable[[], object]
) -> list[str]:
    """See that a save leads to one build, and return its line; a save that was drawn out is made once more."""
    before = path.read_bytes()
    for left in reversed(range(5)):
        took = 0.0
        try:
            with preview.builds(1) as lines:
                begun = time.monotonic()
                save(path, data)
                took = time.monotonic() - begun
                seen()
            assert re.search(r": \d+ pages?, ", lines[0]), "it was seen half done"
        except AssertionError:
            if took < SWIFT or not left:
                raise
            preview.calm()
            path.write_bytes(before)
            preview.calm()
        else:
            break
    return lines


@pytest.mark.parametrize("save", SAVES, ids=[save.__name__ for save in SAVES])
@pytest.mark.parametrize(
    ("file", "page", "title"),
    [("posts/zagreb.md", "posts/zagreb/", "Zagreb"), ("linkhome.yaml", "", "New riso prints")],
)
def test_however_an_editor_saves_it_is_one_build(preview, tab, save, file, page, title):
    path, words = preview.site.root / file, f"{title}, saved {save.__name__.replace('_', ' ')}"
    good = path.read_bytes()
    tab.go(preview.url(page))
    bad = good.replace(f"title: {title}".encode(), f'title: "{words}"'.encode())
    lines = one_build(preview, save, path, bad, lambda: tab.shows(words))
    assert re.fullmatch(rf"\S+ {re.escape(file)}: \d+ pages?, .*", lines[0])
    one_build(preview, save, path, good, lambda: tab.shows_no(words))


def test_a_save_that_takes_its_time_ends_with_the_right_page_and_no_mistake_is_left(preview, tab):
    tab.go(preview.url("posts/basel/"))
    with open(preview.site.root / "posts/basel.md", "wb") as writing:
        for piece in post("Basel", "Written letter by letter.").encode().splitlines(keepends=True):
            writing.write(piece)
            writing.flush()
            tab.evaluate("new Promise((done) => setTimeout(done, 20))")
    tab.shows("Written letter by letter.")
    tab.no_overlay()
    preview.calm()
    assert not preview.state()["broken"]


def test_what_editors_and_systems_leave_lying_about_builds_nothing(preview):
    root = preview.site.root
    with preview.builds(0):
        for name in (
            "4913", ".zagreb.md.swp", "zagreb.md~", "#zagreb.md#", "zagreb.md.tmp", "zagreb.md___jb_tmp___", "Thumbs.db", ".DS_Store",
            ".goutputstream-AB12CD", "zagreb.md.bck", "notes.txt",
        ):  # fmt: skip
            (root / "posts" / name).write_bytes(b"not for the site")
            (root / "media" / name).write_bytes(b"not for the site")
        (root / "public").mkdir()
        (root / "public/index.html").write_text("an old site")
        (root / "node_modules/left").mkdir(parents=True)
        (root / "node_modules/left/index.js").write_text("1")
    with preview.builds(1) as lines:
        preview.site.write("posts/graz.md", post("Graz", "After all the litter."))
    assert "posts/graz.md" in lines[0]
    for folder in ("public", "node_modules"):
        shutil.rmtree(root / folder)


def test_the_configuration_is_deleted_and_restored(preview, tab):
    config = preview.site.root / "linkhome.yaml"
    text = config.read_bytes()
    tab.go(preview.url())
    before = tab.text
    with preview.builds(1) as lines:
        config.unlink()
        tab.overlay("linkhome.yaml")
    assert "the page stays as it was" in lines[0]
    assert tab.text == before
    with preview.builds(1):
        config.write_bytes(text)
        tab.no_overlay()
    assert tab.text == before


def test_the_theme_folder_is_moved_away_and_back(preview, tab):
    theme = preview.site.root / "theme"
    tab.go(preview.url("imprint/"))
    tab.shows("Printed on paper.")
    with preview.builds(1):
        theme.rename(theme.with_name("theme-of-last-year"))
        tab.shows_no("Printed on paper.")
    with preview.builds(1):
        theme.with_name("theme-of-last-year").rename(theme)
        tab.shows("Printed on paper.")
    with preview.builds(1):
        preview.site.replace("theme/templates/page.html", "on paper", "on thick paper")
        tab.shows("Printed on thick paper.")


def test_a_full_disk_stops_nothing(preview, tab):
    tab.go(preview.url("posts/print/"))
    preview.fill_disk()
    try:
        with preview.builds(1):
            preview.site.replace("posts/print.md", "Six colours.", "Seven colours.")
            tab.shows("Seven colours.")
        with preview.builds(1):
            preview.site.write("media/print.png", picture(GREEN, 1600, 1000))
            tab.drawn("main img", GREEN)
        with preview.builds(1):
            preview.site.replace("posts/print.md", "title:", "titel:")
            tab.overlay("unknown key 'titel'")
    finally:
        preview.free_disk()
    with preview.builds(1):
        preview.site.replace("posts/print.md", "titel:", "title:")
        tab.no_overlay()
    with preview.builds(1):
        preview.site.replace("posts/print.md", "Seven colours.", "Eight colours.")
        tab.shows("Eight colours.")
    assert not [line for line in preview.complaints if "Traceback" in line or "stumbled" in line]


SMALL: dict[str, str | bytes] = {
    "linkhome.yaml": "url: https://lina.example\nprofile: {name: Lina Marlow}\nbrand: {fonts: system}\nhome: [posts]\n",
}


@pytest.fixture(scope="module")
def linked(serve, tmp_path_factory):
    """Preview a site of links: its folder is one, and so are its pictures and its texts."""
    home = tmp_path_factory.mktemp("linked")
    site = SiteFolder(home / "my-site")
    (home / "disk/sites/lina").mkdir(parents=True)
    site.root.symlink_to("disk/sites/lina")
    for path, content in {
        **SMALL,
        "originals/a.png": picture(BLUE),
        "texts/one.md": post("One", "![A](media/a.png)"),
    }.items():
        site.write(path, content)
    (site.root / "media").symlink_to("originals")
    (site.root / "posts").symlink_to(site.root / "texts")
    return serve(site).ready()


def test_pictures_and_texts_behind_links_are_followed(linked, tab):
    tab.go(linked.url("posts/one/"))
    with linked.builds(1):
        linked.site.write("originals/a.png", picture(RED))
        tab.drawn(".prose img", RED)
    with linked.builds(1):
        linked.site.replace("texts/one.md", "title: One", "title: The first")
        tab.shows("The first")
    with linked.builds(1):
        linked.site.write("texts/two.md", post("The second", "Behind a link."))
        tab.shows("The second")


def test_a_link_that_leads_elsewhere_is_followed_there(linked, tab):
    root = linked.site.root
    tab.go(linked.url("posts/one/"))

    def lead_to(folder: str) -> None:
        (root / "media.new").symlink_to(folder)
        os.replace(root / "media.new", root / "media")

    with linked.builds(0):
        linked.site.write("others/a.png", picture(GREEN))
    with linked.builds(1):
        lead_to("others")
        tab.drawn(".prose img", GREEN)
    with linked.builds(0):
        linked.site.write("originals/a.png", picture((90, 90, 90)))
    with linked.builds(1):
        linked.site.write("others/a.png", picture(RED))
        tab.drawn(".prose img", RED)
    with linked.builds(1):
        lead_to("originals")
        tab.drawn(".prose img", (90, 90, 90))


@pytest.fixture(scope="module")
def in_git(start):
    """Preview a repository with two branches that differ in hundreds of files."""
    texts = {f"posts/n{number:03}.md": post(f"Number {number}", "As it was.") for number in range(200)}
    return start({**SMALL, **texts, ".gitignore": ".cache/\n"})


def git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=Lina", "-c", "user.email=lina@lina.example", "-c", "gc.auto=0")
    subprocess.run(
        ["git", *who, *arguments], cwd=folder, env=os.environ | GIT, check=True, capture_output=True, timeout=60
    )


def test_another_branch_with_hundreds_of_files_is_one_build(in_git, tab, equals_built):
    root = in_git.site.root
    with in_git.builds(0):
        git(root, "init", "-b", "main")
        git(root, "add", ".")
        git(root, "commit", "-m", "As it was")
    with in_git.asleep():
        git(root, "checkout", "-b", "redone")
        for number in range(150):
            in_git.site.replace(f"posts/n{number:03}.md", "As it was.", "Redone.")
        for number in range(150, 200):
            git_moved = root / f"posts/n{number:03}.md"
            git_moved.rename(root / f"posts/moved-{number:03}.md")
        in_git.site.write("theme/custom.css", "main { --branch: redone }")
        git(root, "add", "-A")
        git(root, "commit", "-m", "Redone")
        git(root, "checkout", "main")
    tab.go(in_git.url("posts/n007/"))
    in_git.calm()
    with in_git.builds(1):
        git(root, "checkout", "redone")
        tab.shows("Redone.")
        tab.styled("main", "--branch", "redone")
    equals_built(in_git)
    with in_git.builds(1):
        git(root, "checkout", "main")
        tab.shows("As it was.")
        tab.styled("main", "--branch", "")
    equals_built(in_git)


def test_what_is_saved_during_a_build_is_not_lost(in_git, tab, equals_built):
    tab.go(in_git.url("posts/n007/"))
    own = '{% extends "theme:post.html" %}{% block title %}<h1>{{ page.title }}, take NUMBER</h1>{% endblock %}'
    for number in range(8):
        in_git.site.write("theme/templates/post.html", own.replace("NUMBER", str(number)))  # renders every post
        time.sleep(number * 0.02)
        in_git.site.write("posts/n007.md", post("Number 7", f"Saved meanwhile, {number}."))
        tab.shows(f"Saved meanwhile, {number}.")
        tab.shows(f"Number 7, take {number}")
    in_git.calm()
    equals_built(in_git)
    (in_git.site.root / "theme/templates/post.html").unlink()
    in_git.site.write("posts/n007.md", post("Number 7", "As it was."))
    tab.shows("As it was.")
    in_git.calm()


def test_a_change_that_is_taken_back_during_the_build_is_gone(in_git, tab, equals_built):
    tab.go(in_git.url("posts/n009/"))
    for number in range(8):
        in_git.site.write("posts/n009.md", post("Number 9", f"Only a try, {number}."))
        tab.shows(f"Only a try, {number}.")
        in_git.site.write("posts/n009.md", post("Number 9", "As it was."))
    tab.shows("As it was.")
    in_git.calm()
    equals_built(in_git)


def test_two_idle_seconds_after_all_this_build_nothing(preview, linked, in_git, equals_built):
    equals_built(preview)
    rests(preview, linked, in_git)
