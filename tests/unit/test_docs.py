from __future__ import annotations

import plistlib
import re
from functools import cache
from pathlib import Path
from typing import Any

import click
import msgspec
import pytest
import yaml

from linkhome.cli import main
from linkhome.commands.group import linkhome
from linkhome.config import schema
from linkhome.config.load import read_front, read_site
from linkhome.content import model
from linkhome.diagnostics import Exit
from linkhome.texts import ENGLISH
from linkhome.theme import about, locate
from linkhome.theme.recipes import Recipe, Steps
from linkhome.theme.tokens import tokens

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.glob("*.md"))
STRUCTS = {
    struct.__name__: struct
    for struct in vars(schema).values()
    if isinstance(struct, type) and issubclass(struct, schema.Keys) and struct not in (schema.Keys, schema.Scheduled)
}
NOUNS = {
    noun.__name__: noun
    for noun in vars(model).values()
    if isinstance(noun, type) and issubclass(noun, model.Noun) and noun is not model.Noun
}


@cache
def read(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


@cache
def everything() -> str:
    return "\n".join(page.read_text("utf-8") for page in PAGES)


def rows_after(mark: str) -> list[list[str]]:
    """Return the cells of the table that follows a mark such as ``<!-- keys: Profile -->``."""
    _, found, after = everything().partition(mark)
    assert found, f"the manual has no {mark}"
    rows = []
    for line in after.lstrip("\n").splitlines()[2:]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]])
    return rows


def names_in(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


# ---------------------------------------------------------------- linkhome.yaml


@pytest.mark.parametrize("name", STRUCTS)
def test_every_key_of_the_configuration_has_a_row(name: str) -> None:
    keys = {field.encode_name for field in msgspec.structs.fields(STRUCTS[name])}
    if issubclass(STRUCTS[name], schema.Block) and name != "Block":
        keys -= {"from", "until"}  # described once, for all blocks
    written = [names_in(row[0])[0] for row in rows_after(f"<!-- keys: {name} -->")]
    assert sorted(written) == sorted(keys)


@pytest.mark.parametrize("name", STRUCTS)
def test_defaults_in_the_manual_are_those_of_the_program(name: str) -> None:
    rows = {names_in(row[0])[0]: row[2] for row in rows_after(f"<!-- keys: {name} -->")}
    for field in msgspec.structs.fields(STRUCTS[name]):
        if field.encode_name in rows:
            assert (field.encode_name, rows[field.encode_name]) == (field.encode_name, default_of(field))


def default_of(field: msgspec.structs.FieldInfo) -> str:
    if field.required:
        return "required"
    if field.default_factory is not msgspec.NODEFAULT:
        value: Any = field.default_factory()
        return f"`[{', '.join(value)}]`" if isinstance(value, list) and value else "empty"
    if field.default in (None, msgspec.UNSET):
        return "none"
    return f"`{str(field.default).lower() if isinstance(field.default, bool) else field.default}`"


def test_every_block_has_a_section_and_an_example() -> None:
    sections = re.split(r"^## ", read("blocks.md"), flags=re.MULTILINE)[1:]
    named = {section.splitlines()[0]: section for section in sections}
    assert list(named) == list(schema.BLOCKS)
    for block, section in named.items():
        assert re.search(rf"```yaml\n(.*\n)*?- {block}\b", section), block


def test_bare_words_are_named() -> None:
    sentence = read("blocks.md").partition("bare word")[2].partition(".")[0]
    assert sorted(names_in(sentence)) == sorted(schema.BARE)


def test_every_interface_text_is_listed_with_its_english_words() -> None:
    rows = {names_in(row[0])[0]: row[1] for row in rows_after("<!-- texts -->")}
    assert rows == {key: f"`{text}`" for key, text in ENGLISH.items()}


# ---------------------------------------------------------------- examples

#: What some blocks show is written elsewhere in the file.
SHOWN = {
    "socials": "[https://x.example]",
    "newsletter": "{action: https://x.example}",
    "contact": "{email: a@b.example}",
}


def examples() -> list[Any]:
    found = []
    pages = [*PAGES, ROOT / "README.md"]
    for page in pages:
        text = page.read_text("utf-8")
        for match in re.finditer(r"(?:<!-- ([^\n]*) -->\n)?```yaml\n(.*?)```", text, re.DOTALL):
            line = text[: match.start()].count("\n") + 1
            found.append(pytest.param(match[1] or "", match[2], id=f"{page.name}:{line}"))
    return found


@pytest.mark.parametrize(("mark", "text"), examples())
def test_examples_are_right(mark: str, text: str) -> None:
    if mark.startswith("file: "):
        return
    config, found = read_site(as_a_site(text).encode(), "linkhome.yaml")
    assert [d.message for d in found if d.severity == "error"] == []
    assert config is not None


def as_a_site(text: str) -> str:
    """Complete a list of blocks, or a few keys, to a site."""
    if text.startswith("- "):
        indented = "".join(f"  {line}\n" if line else "\n" for line in text.splitlines())
        text = f"home:\n{indented}"
        text += "".join(f"{key}: {value}\n" for key, value in SHOWN.items() if f"\n  - {key}" in f"\n{indented}")
    return text if re.search(r"^profile:", text, re.MULTILINE) else f"profile: {{name: Lina}}\n{text}"


def test_a_front_matter_in_the_manual_is_right() -> None:
    fences = re.findall(r"```markdown\n---\n(.*?)^---", everything(), re.DOTALL | re.MULTILINE)
    assert fences
    for fence in fences:
        front, _, found = read_front(fence.encode(), "posts/x.md", 2)
        assert front is not None
        assert found == []


def test_the_recipes_for_refreshing_by_themselves_are_well_formed() -> None:
    guide = read("embeds.md")
    [workflow] = re.findall(r"<!-- file: .github/workflows/refresh.yml -->\n```yaml\n(.*?)```", guide, re.DOTALL)
    steps = yaml.safe_load(workflow)["jobs"]["refresh"]["steps"]
    assert "linkhome refresh" in [step.get("run") for step in steps]
    [agent] = re.findall(r"```xml\n(.*?)```", guide, re.DOTALL)
    assert plistlib.loads(agent.encode())["ProgramArguments"][1] == "refresh"


# ---------------------------------------------------------------- commands


def commands() -> dict[str, click.Command]:
    found: dict[str, click.Command] = {"linkhome": linkhome}
    for name, command in linkhome.commands.items():
        found[f"linkhome {name}"] = command
        if isinstance(command, click.Group):
            found |= {f"linkhome {name} {below}": one for below, one in command.commands.items()}
    return found


@pytest.mark.parametrize("name", commands())
def test_every_command_has_a_section_with_all_its_options(name: str) -> None:
    sections = re.split(r"^## ", read("commands.md"), flags=re.MULTILINE)
    section = next(s for s in sections if s.splitlines()[0] == name)
    rows = [row.split("|")[1] for row in section.splitlines() if row.startswith("| `-")]
    written = {option for row in rows for option in names_in(row)}
    options = {
        spelling
        for parameter in commands()[name].params
        if isinstance(parameter, click.Option)
        for spelling in (*parameter.opts, *parameter.secondary_opts)
    }
    if name == "linkhome":
        options |= {"--help", "-h"}
    assert written == options
    if name != "linkhome":
        assert f"\n{name}" in section.partition("```console")[2], "no example"


def test_every_exit_code_is_listed() -> None:
    table = read("commands.md").partition("## Exit codes")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (\d+) \| (\w+) \|", table, re.MULTILINE)
    assert rows == [(str(int(code)), code.name) for code in Exit]


def test_every_environment_variable_is_listed() -> None:
    used = set()
    for file in (ROOT / "linkhome").rglob("*.py"):
        used |= set(re.findall(r"environ(?:\.get\(|\[)\s*[\"'](\w+)[\"']", file.read_text("utf-8")))
        used |= set(re.findall(r"getenv\(\s*[\"'](\w+)[\"']", file.read_text("utf-8")))
    used -= {"TERM", "WT_SESSION"}  # what terminals say of themselves, not for people to set
    table = read("commands.md").partition("## Environment variables")[2]
    assert set(re.findall(r"^\| `(\w+)`", table, re.MULTILINE)) == used


# ---------------------------------------------------------------- themes


@pytest.mark.parametrize("name", NOUNS)
def test_every_field_that_a_template_sees_has_a_row(name: str) -> None:
    own = {key for key, value in vars(NOUNS[name]).items() if isinstance(value, property)}
    fields = {field.name for field in msgspec.structs.fields(NOUNS[name])} | own
    written = [field for row in rows_after(f"<!-- noun: {name} -->") for field in names_in(row[0])]
    assert sorted(written) == sorted(fields)


def test_every_block_says_what_its_template_sees() -> None:
    assert [names_in(row[0])[0] for row in rows_after("<!-- blocks -->")] == list(schema.BLOCKS)


def test_every_colour_of_the_palette_is_listed() -> None:
    written = [names_in(row[0])[0] for row in rows_after("<!-- tokens -->")]
    assert sorted(written) == sorted(f"--{name}" for name in tokens("#9A3B1F").values["light"])


def test_every_custom_property_of_the_base_theme_is_listed() -> None:
    css = (ROOT / "themes/base/static/css/tokens.css").read_text("utf-8")
    defined = set(re.findall(r"(?<![\w-])(--[a-z][\w-]*)\s*:", css))
    palette = {f"--{name}" for name in tokens("#9A3B1F").values["light"]}
    written = {name for row in rows_after("<!-- theme-tokens -->") for name in names_in(row[0])}
    assert written == defined - palette


@pytest.mark.parametrize("struct", [about.About, about.Face, about.Print, about.Option, about.Card, Recipe, Steps])
def test_every_key_of_a_themes_file_has_a_row(struct: type[schema.Keys]) -> None:
    written = [key for row in rows_after(f"<!-- keys: {struct.__name__} -->") for key in names_in(row[0])]
    assert sorted(written) == sorted(struct.__struct_encode_fields__)


def test_every_macro_in_the_manual_is_in_the_base_theme_with_these_names() -> None:
    parts = (ROOT / "themes/base/templates/parts.html").read_text("utf-8")
    macros = {
        name: re.findall(r"(\w+)(?:=[^,]*)?", rest) for name, rest in re.findall(r"macro (\w+)\((.*?)\) -%", parts)
    }
    for row in rows_after("<!-- macros -->"):
        for call in re.findall(r"`ui\.([^`]+)`", row[0]):
            name, _, rest = call.rstrip(")").partition("(")
            wanted = rest.split(", ") if rest else []
            assert macros[name][: len(wanted)] == wanted, call


def test_every_block_of_the_base_themes_templates_is_listed() -> None:
    folder = ROOT / "themes/base/templates"
    blocks = {f.name: re.findall(r"\{% block (\w+)", f.read_text("utf-8")) for f in folder.glob("*.html")}
    own = {
        name: set(found) - (set(blocks["base.html"]) if name != "base.html" else set())
        for name, found in blocks.items()
    }
    written = {names_in(row[0])[0]: set(names_in(row[1])) for row in rows_after("<!-- template-blocks -->")}
    assert written == {name: found for name, found in own.items() if found}


def test_the_small_theme_of_the_manual_is_the_one_that_is_tested() -> None:
    shown = re.findall(r"<!-- file: (\S+) -->\n```\w+\n(.*?)\n```", read("making-a-theme.md"), re.DOTALL)
    assert {name for name, _ in shown} == {
        f"paper-theme/{file.relative_to(DOCS / 'paper-theme').as_posix()}"
        for file in (DOCS / "paper-theme").rglob("*")
        if file.is_file()
    }
    for name, text in shown:
        assert (DOCS / name).read_text("utf-8").rstrip() == text


def test_the_small_theme_of_the_manual_builds_a_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locate, "_installed", lambda name, span: DOCS / "paper-theme")
    site = tmp_path / "site"
    site.mkdir()
    options = "options: {wide: true, rule: 3}"
    (site / "linkhome.yaml").write_text(f"profile: {{name: Ada}}\nbrand: {{theme: paper, {options}}}\n", "utf-8")
    assert main(["build", "-q", str(site)]) == 0
    html = (site / "public/index.html").read_text("utf-8")
    assert "--o-rule:3" in html
    assert re.search(r'<h1 class="p-name v\d+">', html)
    assert re.search(r"--k:[0-9.]+", html)


# ---------------------------------------------------------------- the rest


def test_messages_in_the_manual_are_those_of_the_program() -> None:
    sources = "".join(file.read_text("utf-8") for file in sorted((ROOT / "linkhome").rglob("*.py")))
    sources = re.sub(r"\{[^{}\n]*\}", "…", sources.replace("{CONFIG}", "linkhome.yaml"))
    rows = re.findall(r"^\| `(.+?)` \| .*\|$", read("troubleshooting.md"), re.MULTILINE)
    assert len(rows) > 30
    for message in rows:
        assert message in sources


def test_the_page_of_platforms_is_what_the_program_knows() -> None:
    script: dict[str, Any] = {"__name__": "platforms", "__file__": str(DOCS / "platforms.py")}
    exec(compile((DOCS / "platforms.py").read_text("utf-8"), "platforms.py", "exec"), script)
    assert script["page"]() == read("platforms.md"), "run: python docs/platforms.py"


def test_every_dependency_has_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8").partition("\ndependencies = [")[2].partition("\n]")[0]
    packages = re.findall(r'^  "([\w-]+)', text, re.MULTILINE)
    table = read("development.md").partition("## Dependencies")[2].partition("\n## ")[0]
    assert sorted(re.findall(r"^\| `([\w-]+)` \|", table, re.MULTILINE)) == sorted(packages)


def anchors(text: str) -> set[str]:
    headings = re.findall(r"^#{1,6} (.+)$", re.sub(r"```.*?```", "", text, flags=re.DOTALL), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", [*PAGES, ROOT / "README.md"], ids=lambda page: page.name)
def test_links_between_the_pages_of_the_manual_lead_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text("utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, fragment = target.partition("#")
        file = page.parent / name if name else page
        assert file.exists(), target
        if fragment:
            assert fragment in anchors(file.read_text("utf-8")), target
