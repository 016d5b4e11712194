"""``linkhome check`` from end to end: what it prints, with which code, and that it writes nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from site_folder import SiteFolder

Site = Callable[..., SiteFolder]
GOOD = {
    "linkhome.yaml": "profile: {name: Lina}\nurl: https://lina.example\nhome: [posts]\n",
    "posts/one.md": "---\ntitle: One\ndate: 2026-01-01\n---\nSome *text*.\n",
}


def test_the_example_site_has_nothing_that_has_to_be_repaired(example_site: Path, site: Site) -> None:
    ran = site().run("check", str(example_site), "--strict")
    assert (ran.code, ran.err) == (0, "")
    assert "nothing has to be repaired" in ran.out


def test_a_good_site_is_checked_in_memory(site: Site) -> None:
    folder = site(GOOD)
    ran = folder.run("check")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Checked the site: ") and ran.out.endswith(" files, nothing has to be repaired.\n")
    assert not (folder.root / "public").exists()


def test_an_error_gives_code_1_and_says_what_to_do(site: Site) -> None:
    folder = site(
        {**GOOD, "theme/static/id_rsa": "A=1", "theme/static/extra.css": "p{background:url(https://cdn.example/a.png)}"}
    )
    ran = folder.run("check")
    assert (ran.code, ran.out) == (1, "")
    assert "'id_rsa' would be published, and looks like a file with a key" in ran.err
    assert "cdn.example hears of every visitor" in ran.err
    assert "take it out of the folder that it comes from" in ran.err


def test_a_file_for_hosts_of_ones_own_is_held_against_what_the_pages_need(site: Site) -> None:
    player = GOOD["linkhome.yaml"].replace("[posts]", "[posts, {embed: 'https://vimeo.com/76979871'}]")
    own = "/*\n  Content-Security-Policy: default-src 'self'; style-src 'self' 'unsafe-inline'\n  X-Two\n"
    folder = site({**GOOD, "linkhome.yaml": player, "theme/static/_headers": own, "theme/static/.env": "A=1"})
    ran = folder.run("check")
    assert (ran.code, ran.out) == (1, "")
    assert "the policy in '_headers' forbids what pages need: frame-src https://player.vimeo.com" in ran.err
    assert "_headers, line 3: a line without a colon is left out" in ran.err
    assert "'_headers' sends no Access-Control-Allow-Origin, " in ran.err
    assert "theme/static/.env is not published" in ran.err


def test_addresses_that_lead_on_have_no_fault(site: Site) -> None:
    more = "redirects: {/old: /posts/one, /chat: 'https://chat.example/x', /mail: 'mailto:a@lina.example'}\n"
    ran = site({**GOOD, "linkhome.yaml": GOOD["linkhome.yaml"] + more}).run("check", "--strict")
    assert (ran.code, ran.err) == (0, "")


def test_a_warning_is_an_error_only_if_that_is_wished(site: Site) -> None:
    folder = site({**GOOD, "theme/static/list.sql": "create table"})
    assert folder.run("check").code == 0
    assert folder.run("check", "--strict").code == 1


def test_a_site_that_cannot_be_built_is_told_as_the_build_does(site: Site) -> None:
    folder = site({"linkhome.yaml": "profile: {nam: Lina}\n"})
    ran = folder.run("check")
    assert ran.code == 1
    assert "linkhome.yaml:1" in ran.err
    told = json.loads(folder.run("check", "--json").out)
    assert (told["ok"], told["build"], told["findings"]) == (False, "", [])
    assert told["diagnostics"][0]["file"] == "linkhome.yaml"


def test_wrong_places_of_the_site_are_told(site: Site) -> None:
    folder = site({"linkhome.yaml": GOOD["linkhome.yaml"] + "deploy: [{target: githup}]\n"})
    ran = folder.run("check")
    assert ran.code == 1 and "there is no target 'githup'" in ran.err


def test_json_is_one_object_with_every_finding(site: Site) -> None:
    folder = site({**GOOD, "theme/static/id_rsa": "A=1"})
    ran = folder.run("check", "--json")
    told = json.loads(ran.out)
    assert (ran.code, ran.err, told["ok"]) == (1, "", False)
    assert told["build"] and told["files"] > 3 and told["diagnostics"] == []
    assert [(one["rule"], one["severity"], bool(one["hint"])) for one in told["findings"]] == [
        ("hidden", "error", True)
    ]


def test_no_site_is_a_wrong_use(site: Site, tmp_path: Path) -> None:
    assert site().run("check", str(tmp_path / "nowhere")).code == 2


def test_quiet_says_nothing_of_a_good_site(site: Site) -> None:
    ran = site(GOOD).run("check", "-q")
    assert (ran.code, ran.out, ran.err) == (0, "", "")
