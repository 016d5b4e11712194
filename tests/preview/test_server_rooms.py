"""The server with the real rooms behind it: what pages carry, what streams say, what the studio answers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from at_the_door import House, house_at

from linkhome.preview import editors
from linkhome.preview.server import Server
from linkhome.preview.studio import Studio
from linkhome.preview.telling import Telling
from linkhome.viewing import Settings

PAGE = (
    "<!DOCTYPE html><html lang=en><head><title>T</title></head><body><main><p>{}</p><p>stays</p></main></body></html>"
)
CONFIG = "url: https://lina.example\nprofile: {name: Lina}\nhome:\n  - text: Slow trains.\n"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    root = tmp_path_factory.mktemp("site")
    (root / "linkhome.yaml").write_text(CONFIG)

    def rooms(house: House) -> Server:
        telling = Telling(house.stage, lambda span: editors.link("vscode://file/{file}:{line}", root, span))
        studio = Studio(house.project, house.stage, telling, "")
        return Server(house.listening, house.stage, telling, studio, house.project)

    with house_at(root, rooms=rooms) as opened:
        yield opened


@pytest.fixture(autouse=True)
def _site(house: House) -> None:
    house.show({"index.html": PAGE.format("Slow trains.")}, languages=("en",))


def carried(text: str) -> dict[str, str]:
    (script,) = re.findall(r"<script [^>]*></script>", text)
    return dict(re.findall(r'data-([a-z]+)="([^"]*)"', script))


def test_a_page_is_as_it_was_built_but_for_one_script(house):
    text = house.ask("/").text
    carries = carried(text)
    assert (carries["page"], carries["run"]) == ("index.html", house.stage.run)
    assert re.sub(r"<script [^>]*></script>", "", text) == PAGE.format("Slow trains.")
    assert house.ask("/.linkhome/client.js").headers["content-type"] == "text/javascript; charset=utf-8"


def test_a_stream_says_what_became_of_the_page_that_was_served(house):
    have = carried(house.ask("/").text)["have"]
    with house.stream(f"?page=index.html&have={have}") as stream:
        assert stream.event()["changes"]["index.html"] == {"kind": "same", "have": have}
        house.show({"index.html": PAGE.format("Slower trains.")})
        change = stream.event()["changes"]["index.html"]
        assert change["kind"] == "patch"
        assert "Slower trains." in json.dumps(change["edits"])
        house.show({"index.html": PAGE.format("Slower trains.")}, broken=True)
        state = stream.event()
        assert (state["broken"], state["changes"]["index.html"]) == (True, {"kind": "same", "have": change["have"]})
        house.show({})
        assert stream.event()["changes"]["index.html"]["kind"] == "gone"
    assert carried(house.ask("/").text)["have"] == ""


def test_a_page_of_ours_gives_way_to_the_real_one(house):
    carries = carried(house.ask("/new/").text)
    assert (carries["page"], carries["have"]) == ("new/index.html", "")
    with house.stream("?page=new/index.html&have=") as stream:
        assert stream.event()["changes"]["new/index.html"]["kind"] == "gone"
        house.show({"new/index.html": PAGE.format("New")})
        assert stream.event()["changes"]["new/index.html"]["kind"] == "reload"


def test_a_view_is_said_in_the_page_and_without_scripts_there_is_none(house):
    assert carried(house.ask("/.linkhome/as/dark+still/").text)["view"] == "dark+still"
    assert "<script" not in house.ask("/.linkhome/as/noscript/").text


def test_the_studio_answers_and_takes_settings(house):
    token = house.stage.token
    assert token in house.ask("/.linkhome/").text
    assert house.ask("/.linkhome/studio.js").status == 200
    state = json.loads(house.ask("/.linkhome/state?page=index.html&have=").text)
    assert state["state"]["run"] == house.stage.run
    own = {"X_Linkhome_Token": token, "Content_Type": "application/json"}
    assert house.ask("/.linkhome/settings", "POST", b'{"drafts": true}', **own).status == 200
    assert house.stage.wanted == Settings(drafts=True)
    assert house.ask("/.linkhome/settings", "POST", b"[", **own).status == 400
    found = json.loads(house.ask("/.linkhome/where?page=index.html&text=Slow%20trains.", **own).text)
    assert (found["file"], found["line"]) == ("linkhome.yaml", 4)
