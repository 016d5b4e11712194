"""The workflow for GitHub is judged as it lies in the checkout."""

from __future__ import annotations

from pathlib import Path

import pytest

from linkhome.check import workflow
from linkhome.check.site import Site
from linkhome.deploy.actions import ABOUT, FILE, Actions
from linkhome.deploy.entries import Wanted
from linkhome.deploy.netlify_toml import ABOUT as NETLIFY
from linkhome.deploy.netlify_toml import NetlifyBuild
from linkhome.deploy.table import Around

from .sites import built, page, said

HASHED = "linkhome==1.0 \\\n    --hash=sha256:8bb5376d2006950386f8c6427613334a2acadc5f559cb80e638d00b4df957e37\n"
PLACE = Wanted("github-actions", ABOUT, Actions, {}, primary=True)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "requirements.txt").write_text(HASHED)
    return tmp_path


def found(root: Path, site: Site | None = None) -> list[str]:
    return said(workflow.find(site or built({"index.html": page()}), root, root / ".cache", [PLACE]))


def write(root: Path, **given: str) -> Path:
    Actions(given, {}, Around(root, root / ".cache")).activate("")
    return root / FILE


def test_a_workflow_as_it_was_written_is_left_alone(checkout: Path) -> None:
    write(checkout)
    assert found(checkout) == []


def test_a_workflow_that_is_missing_is_an_error(checkout: Path) -> None:
    assert found(checkout) == [f"error: there is no {FILE}, so GitHub builds nothing"]


def test_a_site_in_no_repository_is_an_error(tmp_path: Path) -> None:
    assert found(tmp_path)[0].startswith("error: the site's folder is no git repository")


def test_requirements_that_are_missing_are_an_error(checkout: Path) -> None:
    write(checkout)
    (checkout / "requirements.txt").unlink()
    assert found(checkout) == ["error: requirements.txt beside linkhome.yaml is missing"]


def test_a_workflow_for_other_settings_is_a_warning(checkout: Path) -> None:
    write(checkout, cron="1 1 * * *")
    assert found(checkout) == [f"warning: {FILE} was written for other settings, or by another linkhome"]


def test_a_changed_workflow_is_judged_by_what_it_has_to_do(checkout: Path) -> None:
    file = write(checkout)
    file.write_text(file.read_text().replace("cancel-in-progress: false", "cancel-in-progress: true"))
    hidden = built({"index.html": page(), ".well-known/security.txt": "Contact: mailto:l@lina.example\n"})
    assert found(checkout, hidden) == []
    file.write_text(file.read_text().replace("include-hidden-files: true", "retention-days: 1"))
    assert found(checkout) == []
    assert found(checkout, hidden) == [
        f"error: {FILE} leaves out .well-known/ and other files whose names begin with a dot"
    ]
    file.write_text(file.read_text().replace("--into", "--onto"))
    assert found(checkout) == [f"note: {FILE} publishes the site as it is built, not as this place is to serve it"]
    file.write_text("jobs: {}\n")
    assert found(checkout) == [f"error: {FILE} does not run 'linkhome build'"]


def test_the_file_for_netlify_is_looked_at_as_well(checkout: Path) -> None:
    place = Wanted("netlify-build", NETLIFY, NetlifyBuild, {}, primary=True)

    def told() -> list[str]:
        return said(workflow.find(built({"index.html": page()}), checkout, checkout / ".cache", [place]))

    assert told() == ["error: there is no netlify.toml, so Netlify builds nothing"]
    NetlifyBuild({}, {}, Around(checkout, checkout / ".cache", "netlify-build")).activate("")
    assert told() == []
    file = checkout / "netlify.toml"
    file.write_text(file.read_text().replace("linkhome build", "make"))
    assert told() == ["error: netlify.toml does not run 'linkhome build'"]


def test_other_targets_need_no_workflow(tmp_path: Path) -> None:
    assert said(workflow.find(built({}), tmp_path, tmp_path / ".cache", [])) == []
