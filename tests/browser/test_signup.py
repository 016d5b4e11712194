"""The sign-up's script in a real Chromium: providers that work, fail, die and come back, and nothing lost or sent twice."""

from __future__ import annotations

import gzip
import json
import subprocess
from pathlib import Path

import pytest
from conftest import NODE, serving

from linkhome.cli import main
from linkhome.content import signup
from linkhome.scripts import Scripts
from linkhome.texts import ENGLISH, TEXTS
from linkhome.theme import locate, styles

HERE = Path(__file__).parent
THEMES = sorted(locate.bundled())
WORDS = {key.removeprefix("signup_"): text for key, text in ENGLISH.items() if key.startswith("signup_")}
KEPT = WORDS["kept"] + WORDS["send_now"] + WORDS["delete"]
SENT = f"{WORDS['sent']} {WORDS['confirm']}"
ADA = {"email": "ada@lina.example", "consent": "v1"}
#: What a form of this name sends; the site is in forms.mjs and signup.mjs.
BY_SCRIPT = ["/api", {"list": "a b&c", **ADA}]
SITE = """
url: https://lina.example
language: en
profile: {{name: Lina Marlow}}
contact: {{email: hello@lina.example}}
brand: {{theme: {theme}}}
newsletter:
  {provider}
  fields: [email, first_name, phone]
  {more}
home: [newsletter]
"""
BY_FETCH = "provider: formspree\n  form: abcdwxyz\n  fallback: {provider: basin, form: 0123456789ab}"
BY_FORM = "provider: buttondown\n  account: lina\n  fallback: {provider: formspree, form: abcdwxyz}"


def written() -> str:
    """Return the script as the build writes it, but for the targets, which the tests put in."""
    theme = locate.find("base", HERE / "no-theme")
    values = {
        "WORDS": lambda: signup.words(TEXTS),
        "LOOKS": lambda: styles.scripted(theme, styles.SIGNING),
    }
    return bytes(Scripts(theme, values).file("signup.js")[1].data).decode()


@pytest.fixture(scope="module")
def told() -> dict:
    """Live through all stories in one Chromium; give what was found (see signup.mjs)."""
    script = HERE / "signup.mjs"
    ran = subprocess.run(
        [NODE, script], input=json.dumps({"script": written()}), capture_output=True, text=True, timeout=560
    )
    assert ran.returncode == 0, f"the browser could not be driven; 'scripts/prepare tools' installs it\n{ran.stderr}"
    return dict(json.loads(ran.stdout))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict:
    """Build two sites in every theme and sign up there (see signup_built.mjs)."""
    root = tmp_path_factory.mktemp("signup")
    for name, provider, more in (("scripts", BY_FETCH, "second_step: true"), ("forms", BY_FORM, "version: v7")):
        for theme in THEMES if name == "scripts" else ["base"]:
            site = root / f"{name}-{theme}"
            site.mkdir()
            site.joinpath("linkhome.yaml").write_text(SITE.format(theme=theme, provider=provider, more=more), "utf-8")
            assert main(["build", str(site), "--quiet", "--out", str(root / "public" / name / theme)]) == 0
    with serving(root / "public") as server:
        wanted = {"server": server, "themes": THEMES}
        script = HERE / "signup_built.mjs"
        ran = subprocess.run([NODE, script, json.dumps(wanted)], capture_output=True, text=True, timeout=560)
    assert ran.returncode == 0, f"the browser could not be driven; 'scripts/prepare tools' installs it\n{ran.stderr}"
    return json.loads(ran.stdout)


def faults_in(found: object) -> list[str]:
    """Return every error that a page had, and every story that broke off."""
    if isinstance(found, dict):
        own = [found["failed"]] if "failed" in found else list(found.get("errors", ()))
        return own + [one for part in found.values() for one in faults_in(part)]
    return []


def test_every_story_came_to_its_end_without_an_error_on_the_page(told):
    assert faults_in(told) == []


def test_a_sign_up_is_sent_once_and_said_so(told):
    found = told["works"]
    assert found["sending"] == [WORDS["sending"], "true"]
    assert found["sent"] == [
        ["/api", {"list": "a b&c", "email": "ada@lina.example", "first_name": "Ada", "last_name": "Král",
                  "phone": "+420 (2) 12 34/56", "consent": "v1", "phone_consent": "p1"}]
    ]  # fmt: skip
    assert (found["type"], found["accept"], found["own"]) == (
        "application/x-www-form-urlencoded", "application/json", True)  # fmt: skip
    assert found["stored"] == {}


def test_the_focus_stays_and_the_button_waits_until_something_new_is_written(told):
    assert told["works"]["after"] == {
        "told": WORDS["confirm"], "email": "", "disabled": "true", "focus": "Sign me up", "later": "false"}  # fmt: skip


@pytest.mark.parametrize(
    "way",
    ["refused", "name", "slow", "error 500", "error 503", "error 502 that may not be read", "too many 429",
     "a page instead of an answer", "half an answer"],
)  # fmt: skip
def test_when_a_provider_is_gone_the_other_one_takes_it(told, way):
    found = told["dead"][way]
    assert found["told"] == WORDS["done"], "the second of the two sends no mail to confirm"
    assert found["sent"] == [BY_SCRIPT]
    assert found["stored"] == {}
    assert found["seconds"] >= 8 if way == "slow" else found["seconds"] < 20, "one that says nothing is waited for"


def test_what_nobody_takes_is_kept_here_and_said_so(told):
    found = told["kept"]
    assert found["told"] == KEPT
    assert found["buttons"] == [WORDS["send_now"], WORDS["delete"]]
    assert found["keys"] == ["signup /SITE/"]
    entry = found["entry"]
    assert entry["email"] == "ada@lina.example" and entry["first_name"] == "Ada"
    assert entry["consent"].startswith("v1 2026-11-22T07:30:"), "the version of the text, and when it was agreed to"
    assert found["email"] == "", "the next one at this computer does not find it in the form"


def test_what_was_kept_is_sent_when_the_page_is_opened_again_and_then_gone(told):
    found = told["kept"]
    assert found["again"] == KEPT and found["early"] == 0
    assert found["later"] == SENT
    assert found["stored"] == {}
    assert found["sent"] == [
        ["/api", {"list": "a b&c", "email": "ada@lina.example", "first_name": "Ada",
                  "consent": found["entry"]["consent"]}]
    ]  # fmt: skip
    assert found["quiet"] == ["", 1], "once is enough"


def test_the_button_for_deleting_deletes(told):
    found = told["deleted"]
    assert found["before"] == 1
    assert found["told"] == found["focus"] == WORDS["deleted"]
    assert found["stored"] == {} and found["sent"] == 0 and found["again"] == ""


def test_what_is_deleted_while_it_is_on_its_way_is_offered_to_nobody_else(told):
    found = told["deletedOnTheWay"]
    assert found["told"] == WORDS["deleted"]
    assert found["stored"] == {} and found["more"] == 0


def test_what_is_older_than_seven_days_is_erased_and_never_sent(told):
    found = told["tooOld"]
    assert (found["just in time"]["sent"], found["just in time"]["stored"]) == (1, 0)
    for name in ("too old", "too old while open", "a clock set back"):
        assert (found[name]["sent"], found[name]["stored"], found[name]["told"]) == (0, 0, ""), name


def test_it_waits_longer_and_longer_and_as_long_as_it_is_told(told):
    found = told["patience"]
    wanted = [15, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600]
    # Each is read a moment later, which on a busy machine may be some seconds.
    assert all(-10 <= one - other <= 1 for one, other in zip(found["waits"], wanted, strict=True)), found["waits"]
    assert -10 <= found["seconds"] - 7200 <= 1
    assert abs(found["date"][0] - found["date"][1]) <= 10, "Retry-After may be a date"
    assert -10 <= found["forever"] - 86400 <= 1, "nobody is waited for longer than a day"
    assert found["early"] == 0
    assert found["last"] == [SENT, {}]


def test_without_a_network_nothing_is_tried(told):
    found = told["offline"]
    assert (found["tries"], found["told"], found["sent"], found["stored"]) == (1, SENT, 1, {})


def test_what_is_wrong_is_said_at_the_field_with_its_cure(told):
    found = told["wrong"]
    assert found["empty"]["email"] == {"invalid": "true", "described": WORDS["email_missing"], "focus": True}
    assert found["empty"]["consent"] == {"invalid": "true", "described": WORDS["consent_missing"], "focus": False}
    assert found["empty"]["phone"]["invalid"] is None, "what may be left out is not wrong"
    assert found["empty"]["first"]["described"] != "" and found["empty"]["status"] == ""
    for text, (typing, sent) in found["emails"].items():
        assert typing == "false", "nobody is told off while writing"
        assert sent == {"invalid": "true", "described": WORDS["email_wrong"].format(value=text), "focus": True}
    assert found["mended"] == {"invalid": "false", "described": "", "focus": True}
    wrong = WORDS["phone_wrong"].format(value="12")
    assert found["phone"] == {"invalid": "true", "described": f"With the country|{wrong}", "focus": True}
    assert found["opened"], "a field that is folded away is shown before it gets the focus"


def test_consent_is_asked_for_each_channel(told):
    found = told["wrong"]
    assert found["box"] == {"invalid": "true", "described": WORDS["phone_consent_missing"], "focus": True}
    assert found["consent"] == {"invalid": "true", "described": WORDS["consent_missing"], "focus": True}
    assert found["forgotten"] == {"invalid": "false", "described": "", "focus": False}
    assert found["sent"] == 0
    assert found["done"] == [WORDS["confirm"], [["/api", {"list": "a b&c", "first_name": "Ada", **ADA}]]]


def test_good_addresses_and_numbers_pass(told):
    assert [said for _, said in told["good"]["emails"]] == [""] * 12
    refused = [text for text, said in told["good"]["phones"] if said]
    assert refused == ["110", "+49 30 12345678901234567", "call me", "0800 FLOWERS"]


def test_a_slip_is_pointed_out_and_never_refused(told):
    found = told["slips"]
    for text, hint in found["hints"].items():
        name, host = text.split("@")
        meant = {"gm": "gmail.com", "gn": "gmail.com", "ho": "hotmail.com", "ou": "outlook.com", "ya": "yahoo.com",
                 "ic": "icloud.com", "t-": "t-online.de"}.get(host[:2])  # fmt: skip
        right = host == "gmail.com" or meant is None
        assert hint == ("" if right else WORDS["email_typo"].format(value=f"{name}@{meant}")), text
    assert (found["invalid"], found["alert"]) == ("false", "alert")
    assert found["next"] == WORDS["email_typo"].format(value="Ada@gmail.com"), "it is the next thing for the keyboard"
    assert found["taken"] == ["Ada@gmail.com", "form1-email", ""]
    assert found["sent"] == [["/api", {"list": "a b&c", "email": "ada@gmial.com", "consent": "v1"}]]
    assert found["still"] == WORDS["email_typo"].format(value="ada@gmail.com")


@pytest.mark.parametrize("way", ["double click", "enter twice", "and again when it is done", "by force"])
def test_however_often_it_is_pressed_there_is_one_entry(told, way):
    found = told["twice"][way]
    assert (found["sent"], found["told"], found["wrong"]) == (1, WORDS["confirm"], 0)


def test_a_double_click_sends_a_plain_form_once(told):
    assert told["twice"]["where a form is all there is"]["sent"] == 1


def test_without_a_script_the_form_arrives_with_everything(told):
    found = told["withoutScript"]
    fields = [["embed", "1"], ["email", "ada@lina.example"], ["first_name", "Ada"], ["last_name", "Král"],
              ["phone", "+44 20 7946 0018"], ["consent", "v1"], ["phone_consent", "p1"], ["website", ""]]  # fmt: skip
    assert found["sent"] == [["POST", "/form", "application/x-www-form-urlencoded", fields]]
    assert found["mail"].startswith("mailto:lina@lina.example") and found["seen"] and found["title"] == "provider"


def test_a_provider_that_forbids_scripts_gets_the_form_itself(told):
    fields = [["email", "ada@lina.example"], ["first_name", "Ada"], ["phone", ""], ["consent", "v1"], ["website", ""]]
    found = told["formOnly"]["there"]
    post = ["POST", "/form", "application/x-www-form-urlencoded", [["embed", "1"], *fields]]
    assert (found["away"], found["sent"], found["other"]) == (True, [post], 0)
    assert set(found["looks"]) <= {"/", "/favicon.ico"}, "it is asked whether it is there, and nothing else"
    assert told["formOnly"]["asked with get"]["sent"] == [["GET", "/form", "", [["next", "a b"], *fields]]]


@pytest.mark.parametrize("way", ["there, but shy", "there, but it leads elsewhere"])
def test_a_host_that_hides_is_not_taken_for_a_dead_one(told, way):
    found = told["formOnly"][way]
    assert (found["away"], found["sent"], found["other"]) == (True, 1, 0)


def test_where_such_a_provider_is_gone_the_other_one_takes_it(told):
    found = told["formOnly"]["gone"]
    assert found["sent"] == [["/api", {"list": "a b&c", "first_name": "Ada", **ADA}]]
    assert (found["away"], found["told"], found["stored"]) == (False, WORDS["confirm"], {})
    found = told["formOnly"]["slow"]
    assert (found["away"], found["told"]) == (False, WORDS["confirm"]) and found["seconds"] >= 8
    found = told["formOnly"]["gone, and the other is a form as well"]
    fields = [["u", "1"], ["action", "x"], ["EMAIL", "ada@lina.example"], ["submit", "Ada"], ["ok", "v1"], ["b_1", ""]]
    assert found["sent"] == [["POST", "/form", "application/x-www-form-urlencoded", fields]]


def test_a_form_is_never_sent_behind_the_visitors_back(told):
    found = told["formOnly"]["all gone"]
    assert (found["away"], found["told"], found["stored"], found["silent"]) == (False, KEPT, [1], 0)
    [(method, path, _, fields)] = found["sent"]
    assert (method, path) == ("POST", "/form") and ["email", "ada@lina.example"] in fields
    assert found["after"] == [{}, ""], "once it is handed over it is gone from here"


def test_what_cannot_be_seen_from_here_can_still_be_sent_by_hand_and_is_not_thrown_away(told):
    found = told["formOnly"]["hidden by a blocker"]
    assert (found["told"], found["sent"], found["left"]) == (KEPT, 1, 1)


def test_an_answer_that_nobody_may_read_is_never_said_to_be_done(told):
    found = told["unreadable"]
    assert (found["told"], found["stored"]) == (KEPT, 1)
    assert found["forms"] == 1, "sent by hand it goes as a form, whose answer the visitor sees"


DONE = {
    "ok": "confirm",
    "ok, and own word on the mail": "done",
    "nothing more than a status": "confirm",
    "status=success": "confirm",
    "success=true": "confirm",
    "listmonk, a mail follows": "confirm",
    "listmonk, no mail follows": "done",
}
REFUSED = {
    "success: false": "You are too fast",
    "422 with a list of errors": "should be an email",
    "422 of the own worker": "This is no address.",
    "403 with words that are tags": "<img src=x onerror=\"document.title='evil'\"><b>no</b>",
    "status=quarantined": "",
    "path that is not there": "",
    "400 with nothing": "",
    "404": "",
    "words that are no words": "",
    "null": "",
}


def test_all_answers_are_looked_at(told):
    assert set(told["sayings"]) == DONE.keys() | REFUSED.keys()


@pytest.mark.parametrize("case", DONE)
def test_a_good_answer_is_read(told, case):
    found = told["sayings"][case]
    assert (found["told"], found["email"], found["asked"], found["stored"]) == (WORDS[DONE[case]], "", [1, 0], 0)


@pytest.mark.parametrize("case", REFUSED)
def test_a_no_is_passed_on_as_text_and_nothing_is_kept(told, case):
    found, why = told["sayings"][case], REFUSED[case]
    assert found["told"] == (WORDS["refused"].format(why=why) if why else WORDS["failed"])
    assert (found["tags"], found["title"]) == (0, "Lina"), "what a server says is never more than text"
    assert (found["asked"], found["stored"]) == ([1, 0], 0)
    assert (found["disabled"], found["email"]) == ("false", "ada@lina.example"), "what was written can be mended"


def test_json_is_written_as_the_provider_wants_it(told):
    sent = {"emailType": "subscribe", "newsletters": [{"name": "Weekly"}], "yes": True, "labels": ["a"],
            "word": "trueish", "email": "ada@lina.example", "name": "[1]"}  # fmt: skip
    found = told["json"]
    assert found["with a token"]["sent"] == [["application/json", {**sent, "integrityToken": "to-ken"}]]
    assert found["without"]["sent"] == [["application/json", sent]], "older servers have no token to give"
    assert {one["told"] for one in found.values()} == {WORDS["confirm"]}


@pytest.mark.parametrize("way", ["blocked", "full", "missing"])
def test_a_browser_that_keeps_nothing_says_so_and_leaves_the_mail(told, way):
    found = told["storage"][way]
    assert (found["told"], found["email"], found["disabled"]) == (WORDS["unkept"], "ada@lina.example", "false")
    assert found["mail"]


def test_what_somebody_else_wrote_into_the_storage_is_erased(told):
    others = {name: found for name, found in told["storage"].items() if name not in ("blocked", "full", "missing")}
    assert len(others) == 7
    assert {(found["stored"], found["told"]) for found in others.values()} == {(0, "")}


def test_two_forms_on_a_page_do_not_get_into_each_others_way(told):
    found = told["together"]
    assert (found["focus"], found["wrong"], found["ids"]) == ("form2-email", ["form2", "form2"], 0)
    assert found["kept"] == ["", KEPT]


def test_an_address_is_kept_once_and_sent_once_by_several_windows(told):
    found = told["together"]
    assert found["both"] == ["one@lina.example", "two@lina.example"] and found["once"] == 2
    assert found["sent"] == ["one@lina.example", "two@lina.example"]
    assert found["stale"] == [0, 0, 0], "no window offers what is gone"


def test_sites_in_folders_of_one_host_do_not_send_each_others_entries(told):
    assert (told["neighbours"]["told"], told["neighbours"]["sent"]) == ("", 0)


def test_a_page_that_comes_back_can_be_used_again(told):
    found = told["back"]
    assert found["before"] == [WORDS["sending"], "true"]
    assert found["after"] == ["", "false", "ada@lina.example", 2]


@pytest.mark.parametrize("trap", ["text", "checkbox"])
def test_a_robot_believes_that_it_is_done(told, trap):
    found = told["robots"]
    assert (found[trap]["told"], found[trap]["sent"], found[trap]["looks"]) == (WORDS["done"], 0, 0)
    assert found[trap]["stored"] == {}
    assert found[f"{trap}, left alone"] == {"told": WORDS["confirm"], "sent": 1}


def test_the_keyboard_is_enough(told):
    found = told["keyboard"]
    assert found["way"] == ["form1-email", "form1-email", "More", "INPUT", "INPUT", "Sign me up"]
    assert (found["wrong"], found["told"]) == (WORDS["email_missing"], WORDS["confirm"])
    assert found["sent"] == [BY_SCRIPT]


def test_what_is_said_can_be_read_by_everybody(told):
    found = told["looks"]
    assert found["axe"] == found["moving"] == found["small"] == found["wide"] == []
    assert found["marked"] == [2, 2, 2, 2], "a field that is wrong has a border of its own"


def test_a_built_site_signs_up(built):
    found = built["works"]
    [(host, path, fields)] = found["forms"]
    assert (host, path) == ("formspree.io", "/f/abcdwxyz")
    assert fields.keys() == {"email", "first_name", "phone", "consent", "phone_consent"}
    assert found["told"] == WORDS["done"] and found["url"].endswith("/scripts/base/"), "nobody has left the page"


@pytest.mark.parametrize(
    "way", ["connectionrefused", "namenotresolved", "timedout", "internetdisconnected", "connectionreset"]
)
def test_a_built_site_turns_to_the_other_provider(built, way):
    for found in (built["dead"][way], built["broken"]):
        assert [host for host, *_ in found["forms"]] == ["formspree.io", "usebasin.com"]
        assert (found["told"], found["stored"]) == (WORDS["done"], 0)


def test_a_built_site_keeps_what_nobody_takes_and_sends_it_later(built):
    found = built["both"]
    assert found["kept"] == {"told": KEPT, "stored": 1}
    assert (found["later"], found["stored"]) == (f"{WORDS['sent']} {WORDS['done']}", 0)
    assert [host for host, *_ in found["forms"]] == ["formspree.io", "usebasin.com"] * 2


def test_a_form_of_a_built_site_is_the_same_with_and_without_a_script(built):
    without, natively = built["without"], built["natively"]
    [(host, path, fields)] = without["forms"]
    assert (host, path) == ("buttondown.com", "/api/emails/embed-subscribe/lina")
    assert fields["email"] == "ada@lina.example" and fields["metadata__consent"] == "v7"
    assert natively["forms"] == without["forms"]
    assert {method for method, *_ in natively["looks"]} == {"HEAD"} and without["looks"] == []
    assert without["mail"].startswith("mailto:hello@lina.example")
    assert [host for host, *_ in built["otherwise"]["forms"]] == ["formspree.io"]


def test_the_policy_of_a_built_site_allows_its_providers_and_nobody_else_is_asked(built):
    stories = [built[name] for name in ("works", "broken", "both", "without", "natively", "otherwise")]
    for found in (*stories, *built["dead"].values()):
        assert found["violations"] == found["strangers"] == found["errors"] == []


@pytest.mark.parametrize("theme", THEMES)
def test_in_every_theme_what_is_said_can_be_read(built, theme):
    found = built["themes"][theme]
    assert found["axe"] == found["moving"] == found["small"] == found["wide"] == found["errors"] == []
    lines = dict(found["lines"])
    assert lines["light, kept"] == lines["dark, kept"] == KEPT
    assert lines["light, sent"] == f"{WORDS['sent']} {WORDS['done']}"


def test_the_script_is_small_and_writes_no_markup():
    theme = locate.find("base", HERE / "no-theme")
    text = Scripts(theme, {"LOOKS": lambda: styles.scripted(theme, styles.SIGNING)}).file("signup.js")[1].data
    assert len(gzip.compress(bytes(text), 9)) < 4_300
    assert not any(word in bytes(text) for word in (b"innerHTML", b"outerHTML", b"insertAdjacentHTML", b"eval("))
