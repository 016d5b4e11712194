"""A creator asks linkhome which words their provider wants, and takes a list server of their own home."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from linkhome.commands.newsletter import FOLDERS
from linkhome.newsletter import server
from linkhome.newsletter.table import PROVIDERS
from linkhome.newsletter.target import resolve

SNIPPETS = Path(__file__).parent / "snippets"


@pytest.fixture
def run(capsys, tmp_path, monkeypatch):
    from linkhome.cli import main

    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(["newsletter", *arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


# ------------------------------------------------------------------ detect


def test_a_snippet_becomes_the_key_newsletter(run):
    code, out, err = run("detect", str(SNIPPETS / "kit.html"))
    assert (code, err) == (0, "")
    assert yaml.safe_load(out)["newsletter"] == {
        "provider": "kit",
        "form": "1234567",
        "fields": ["email", "first_name"],
        "tags": ["112233"],
    }
    assert out.startswith("# Sign-ups go to Kit. Paste this into linkhome.yaml.\n")
    assert "# Kit keeps a last name or a phone only if" in out


@pytest.mark.parametrize("name", ["mailchimp", "brevo", "listmonk", "netlify", "cleverreach", "unknown", "mail"])
def test_what_is_printed_builds(run, site, name):
    _, out, _ = run("detect", str(SNIPPETS / f"{name}.html"))
    text = f"url: https://lina.example\nprofile: {{name: Lina}}\n{out}\nhome: [newsletter]\n"
    folder = site({"linkhome.yaml": text})
    built = folder.build("--json")
    assert [found["message"] for found in built.json["diagnostics"] if found["severity"] == "error"] == []
    wanted = yaml.safe_load(out)["newsletter"]
    if name not in ("netlify", "mail"):
        target, _ = resolve(wanted["provider"], {k: v for k, v in wanted.items() if k not in ("provider", "fields")})
        assert f'action="{target.action.replace("&", "&amp;")}"' in folder.read("public/index.html")


def test_a_snippet_may_be_passed_on(run, monkeypatch):
    data = (SNIPPETS / "buttondown-frame.html").read_bytes()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    code, out, _ = run("detect", "-")
    assert code == 0
    assert yaml.safe_load(out) == {"newsletter": {"provider": "buttondown", "account": "lina"}}


def test_remarks_are_told_beside_the_yaml_unless_it_shall_be_quiet(run):
    code, out, err = run("detect", str(SNIPPETS / "keila.html"))
    assert code == 0
    assert err == "Mind: the form has a captcha or a token of its page: turn that off, or it will refuse yours.\n"
    assert run("detect", "-q", str(SNIPPETS / "keila.html")) == (0, out, "")


def test_what_is_missing_is_told_and_is_a_problem(run):
    code, out, err = run("detect", str(SNIPPETS / "klaviyo-script.html"))
    assert code == 1
    assert yaml.safe_load(out)["newsletter"] == {"provider": "klaviyo", "account": "AbC123"}
    assert "# list: XyZ789" in out
    assert "error: Klaviyo needs 'list': the list's ID, under the list's settings" in err


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("hello", "there is no form in it: choose the HTML code of a form at your provider"),
        ((SNIPPETS / "tinyletter.html").read_text("utf-8"), "TinyLetter was closed on 29 February 2024"),
        ("", "there is no form in it"),
        ("\ufeff\0<form>", "there is no form in it"),
    ],
)
def test_where_nothing_is_found_nothing_is_printed(run, text, message):
    Path("form.html").write_text(text, "utf-8")
    code, out, err = run("detect", "form.html")
    assert (code, out) == (1, "")
    assert message in err
    assert "Traceback" not in err


@pytest.mark.parametrize("name", ["nothing.html", "."])
def test_a_file_that_cannot_be_read_is_told(run, name):
    code, out, err = run("detect", name)
    assert (code, out) == (2, "")
    assert "cannot be read" in err
    assert "linkhome newsletter detect -" in err


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_whatever_the_editor_wrote_is_read(run, encoding):
    text = '<form action="https://x.example/join"><input name="prénom"><input type="email" name="e"></form>'
    Path("form.html").write_bytes(text.encode(encoding))
    code, out, _ = run("detect", "form.html")
    assert code == 0
    assert yaml.safe_load(out)["newsletter"]["names"] == {"email": "e", "first_name": "prénom"}


def test_a_file_that_is_no_text_is_survived(run):
    Path("form.html").write_bytes(bytes(range(256)) * 100)
    assert run("detect", "form.html")[0] == 1


# ------------------------------------------------------------------ providers


def test_every_provider_is_listed_with_what_to_write(run):
    code, out, _ = run("providers")
    assert code == 0
    lines = {line.split()[0]: line for line in out.splitlines()[1:] if line}
    for key, provider in PROVIDERS.items():
        if not provider.closed:
            assert all(setting.name in lines[key] for setting in provider.settings)
    assert lines["mailchimp"].split()[1:6] == ["account,", "region,", "user,", "list,", "form*"]
    assert lines["ghost"].endswith("always           last name, phone")
    assert "No more: TinyLetter." in out


def test_providers_are_listed_for_programs_too(run):
    code, out, _ = run("providers", "--json")
    rows = {row["key"]: row for row in json.loads(out)["providers"]}
    assert code == 0
    assert set(rows) == {key for key, provider in PROVIDERS.items() if not provider.closed}
    assert rows["ghost"]["write"] == ["server", "list*"]
    assert rows["ghost"]["drops"] == ["last name", "phone"]


# ------------------------------------------------------------------ worker


@pytest.mark.parametrize("kind", server.KINDS)
def test_a_list_server_is_copied_whole(run, kind):
    code, out, err = run("worker", kind)
    wanted = {name: path.read_bytes() for name, path in server.files(kind).items()}
    folder = Path(FOLDERS[kind])
    assert (code, err) == (0, "")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == wanted
    assert "README.md" in wanted
    assert (
        out == f"Wrote {len(wanted)} of {len(wanted)} files to {folder}. {folder / 'README.md'} says what comes next.\n"
    )


def test_every_kind_of_server_can_be_named_and_no_other(run):
    assert set(FOLDERS) == set(server.KINDS)
    code, _, err = run("worker", "heroku")
    assert code == 2
    assert all(kind in err for kind in server.KINDS)


@pytest.fixture
def two_files(monkeypatch, tmp_path_factory) -> dict[str, Path]:
    """Return a list server of two files."""
    folder = tmp_path_factory.mktemp("server")
    made = {name: folder / name for name in ("README.md", "worker.js")}
    for path in made.values():
        path.write_text(f"this is {path.name}\n")
    monkeypatch.setattr(server, "files", lambda kind: made)
    return made


def contents(folder: str) -> dict[str, str]:
    return {path.name: path.read_text() for path in Path(folder).iterdir()}


def test_it_may_lie_in_any_folder(run, two_files):
    assert run("worker", "cloudflare", "a/b")[0] == 0
    assert contents("a/b") == {"README.md": "this is README.md\n", "worker.js": "this is worker.js\n"}


def test_copying_twice_changes_nothing(run, two_files):
    run("worker", "cloudflare")
    before = Path("worker/worker.js").stat().st_mtime_ns
    code, out, _ = run("worker", "cloudflare")
    assert (code, out) == (0, "All 2 files are in worker already.\n")
    assert Path("worker/worker.js").stat().st_mtime_ns == before


def test_only_what_is_missing_is_copied(run, two_files):
    run("worker", "cloudflare")
    os.unlink("worker/README.md")
    code, out, _ = run("worker", "cloudflare")
    assert code == 0
    assert out.startswith("Wrote 1 of 2 files to worker.")


def test_what_the_creator_changed_is_never_overwritten_by_itself(run, two_files):
    run("worker", "cloudflare")
    Path("worker/worker.js").write_text("mine")
    os.unlink("worker/README.md")
    code, out, err = run("worker", "cloudflare")
    assert (code, out) == (1, "")
    assert "these files are in worker already, and differ: worker.js" in err
    assert "--force" in err
    assert contents("worker") == {"worker.js": "mine"}  # and nothing half done beside it
    assert run("worker", "cloudflare", "--force")[0] == 0
    assert contents("worker") == {"README.md": "this is README.md\n", "worker.js": "this is worker.js\n"}


def test_a_link_to_elsewhere_is_not_written_through(run, two_files):
    Path("worker").mkdir()
    Path("elsewhere").write_text("mine")
    os.symlink("../elsewhere", "worker/worker.js")
    assert run("worker", "cloudflare")[0] == 1
    assert run("worker", "cloudflare", "--force")[0] == 0
    assert Path("elsewhere").read_text() == "mine"
    assert contents("worker")["worker.js"] == "this is worker.js\n"


def test_a_file_where_the_folder_should_be_is_told(run, two_files):
    Path("worker").write_text("x")
    code, out, err = run("worker", "cloudflare")
    assert (code, out) == (1, "")
    assert "the files cannot be written to worker" in err
    assert Path("worker").read_text() == "x"


def test_a_folder_where_a_file_should_be_is_told(run, two_files: Any):
    Path("worker/worker.js").mkdir(parents=True)
    assert run("worker", "cloudflare")[0] == 1
    code, _, err = run("worker", "cloudflare", "--force")
    assert code == 1
    assert "the files cannot be written to worker" in err


# ------------------------------------------------------------------ weight


def test_the_room_imports_nothing_of_weight():
    import subprocess

    code = (
        "import sys; import linkhome.newsletter.target; "
        "print(' '.join(sorted({name.split('.')[0] for name in sys.modules} & "
        "{'requests','urllib3','http','socket','ssl','yaml','click','rich','html','jinja2','PIL','asyncio'})))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == ""


@pytest.mark.parametrize("name", [key for key, one in PROVIDERS.items() if not one.closed])
def test_one_provider_is_shown_with_lines_that_work(run, name):
    code, out, _ = run("providers", name)
    assert code == 0
    lines = "\n".join(line for line in out.splitlines() if line.startswith(("newsletter:", " ", "#")))
    written = yaml.load(lines, yaml.BaseLoader)["newsletter"]
    settings = {key: value for key, value in written.items() if key not in ("provider", "fields")}
    assert resolve(written["provider"], settings)[1] == []
    for setting in PROVIDERS[name].settings:
        assert f"{setting.name}: {setting.what}" in out
    assert PROVIDERS[name].remark in " ".join(out.replace("\n# ", " ").split())


def test_an_unknown_provider_is_told_with_the_nearest(run):
    code, out, err = run("providers", "mailchump")
    assert (code, out) == (2, "")
    assert "did you mean 'mailchimp'?" in err
