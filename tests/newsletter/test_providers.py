from __future__ import annotations

import re
from typing import Any

import msgspec
import pytest
from facts_table import CLOSED, FACTS, TWO, Fact, expected

from linkhome.newsletter.countries import country_name
from linkhome.newsletter.entry import EXTRAS, Names, Provider
from linkhome.newsletter.filling import places
from linkhome.newsletter.places import is_secret
from linkhome.newsletter.table import FORMER, PROVIDERS
from linkhome.newsletter.target import Target, resolve

ROWS = [pytest.param(key, fact, id=key) for key, fact in FACTS.items()]


def target_of(key: str, given: dict[str, Any]) -> Target:
    target, problems = resolve(key, given)
    assert problems == []
    assert target is not None
    return target


def names_of(names: Names) -> dict[str, str]:
    return {name: text for name, text in msgspec.structs.asdict(names).items() if text}


def test_every_provider_of_the_program_has_a_row_in_the_facts() -> None:
    assert sorted(PROVIDERS) == sorted([*FACTS, *CLOSED])


def test_every_key_is_that_of_its_row() -> None:
    assert all(key == provider.key for key, provider in PROVIDERS.items())


@pytest.mark.parametrize(("key", "fact"), ROWS)
class TestEveryProvider:
    def test_goes_where_the_facts_say(self, key: str, fact: Fact) -> None:
        target = target_of(key, fact.given)
        assert (target.mode, target.method, target.action) == (fact.mode, fact.method, fact.action)
        assert target.link == fact.link
        assert target.native is bool(fact.action or key == "netlify")

    def test_names_every_field_as_the_facts_say(self, key: str, fact: Fact) -> None:
        assert names_of(target_of(key, fact.given).names) == fact.names

    def test_sends_the_hidden_fields_of_the_facts_and_no_others(self, key: str, fact: Fact) -> None:
        assert sorted(target_of(key, fact.given).hidden) == sorted(fact.hidden)

    def test_has_the_trap_of_the_facts(self, key: str, fact: Fact) -> None:
        target = target_of(key, fact.given)
        assert (target.honeypot, target.honeypot_kind) == (fact.honeypot, fact.trap)

    def test_confirms_and_thanks_as_the_facts_say(self, key: str, fact: Fact) -> None:
        target = target_of(key, fact.given)
        assert (target.double_opt_in, target.thanks) == (fact.doi, fact.thanks)

    def test_drops_what_it_cannot_keep(self, key: str, fact: Fact) -> None:
        target = target_of(key, fact.given)
        assert list(target.drops) == list(fact.drops)
        assert all(bool(getattr(target.names, extra)) is (extra not in fact.drops) for extra in EXTRAS)

    def test_is_asked_by_scripts_as_the_facts_say(self, key: str, fact: Fact) -> None:
        fetch = target_of(key, fact.given).fetch
        if fact.fetch is None:
            assert fetch is None
            return
        assert fetch is not None
        assert fetch.names is not None
        assert (fetch.url, fetch.encoding) == (fact.fetch.get("url", ""), fact.fetch.get("encoding", "urlencoded"))
        assert names_of(fetch.names) == fact.fetch.get("names", fact.names)
        assert sorted(fetch.hidden) == sorted(fact.fetch.get("hidden", fact.hidden))
        assert (fetch.success, fetch.token) == (fact.fetch.get("success", ""), fact.fetch.get("token", ""))
        assert fetch.accept == fact.fetch.get("accept", "application/json")

    def test_takes_tags_where_the_facts_say_so(self, key: str, fact: Fact) -> None:
        target, problems = resolve(key, {**fact.given, "tags": TWO})
        if not fact.tags:
            assert [problem.key for problem in problems] == ["tags"]
            return
        assert target is not None
        assert [pair for pair in target.hidden if pair[0] == fact.tags[0][0]] == list(fact.tags)

    def test_is_told_what_is_missing_and_where_to_find_it(self, key: str, fact: Fact) -> None:
        target, problems = resolve(key, {})
        needed = [setting for setting in PROVIDERS[key].settings if setting.optional is None]
        assert (target is None) is bool(needed)
        assert [(problem.key, problem.hint) for problem in problems] == [
            ("provider", f"write: {setting.name}: {setting.example}") for setting in needed
        ]
        for problem, setting in zip(problems, needed, strict=True):
            assert f"'{setting.name}'" in problem.message
            assert setting.what in problem.message

    def test_says_what_a_wrong_value_should_look_like(self, key: str, fact: Fact) -> None:
        for setting in PROVIDERS[key].settings:
            target, problems = resolve(key, {**fact.given, setting.name: "a b\\<CANARY>\"'" + "x" * 200})
            assert target is None
            assert [problem.key for problem in problems] == [setting.name]
            assert problems[0].hint == f"it looks like this: {setting.example}"
            assert "CANARY" not in problems[0].message

    def test_has_examples_that_it_takes_itself(self, key: str, fact: Fact) -> None:
        for setting in PROVIDERS[key].settings:
            assert re.fullmatch(setting.pattern, setting.example.strip('"'))
            assert setting.optional is None or not setting.optional or re.fullmatch(setting.pattern, setting.optional)

    def test_refuses_what_it_does_not_know(self, key: str, fact: Fact) -> None:
        target, problems = resolve(key, {**fact.given, "colour": "red"})
        assert target is None
        assert [(problem.key, problem.message) for problem in problems] == [("colour", f"'{key}' has no 'colour'")]

    def test_has_only_templates_that_its_settings_can_fill(self, key: str, fact: Fact) -> None:
        provider = PROVIDERS[key]
        fetch = provider.fetch
        addresses = [provider.action, provider.link, *([fetch.url, fetch.token] if fetch else [])]
        texts = [provider.honeypot, *(text for _, text in (*provider.hidden, *(fetch.hidden if fetch else ())))]
        derived = {"local", "domain", "others", "lists", "named_lists"}
        known = {setting.name for setting in provider.settings} | derived
        assert {name for template in (*addresses, *texts) for name in places(template)} <= known

    def test_can_be_given_other_names_and_hidden_fields(self, key: str, fact: Fact) -> None:
        given = {**fact.given, "names": {"email": "other-mail"}, "hidden": {"more": "words"}, "honeypot": "my-trap"}
        target = target_of(key, given)
        assert target.names.email == "other-mail"
        assert ("more", "words") in target.hidden
        assert (target.honeypot, target.honeypot_kind) == ("my-trap", "text")
        if target.fetch and target.fetch.encoding == "urlencoded":
            assert ("more", "words") in target.fetch.hidden


def test_expected_forms_cover_every_provider_that_works() -> None:
    found = expected()
    assert sorted(found) == sorted(key for key in PROVIDERS if key not in CLOSED)
    for key, one in found.items():
        target = target_of(key, {k: v for k, v in one.settings.items() if k not in ("provider", "fields")})
        assert (one.form is None) is (not target.native)
        if one.form:
            assert one.form.fields[target.names.email] == ("email", True)


def test_companies_have_a_country_and_the_other_way_round() -> None:
    for provider in PROVIDERS.values():
        assert bool(provider.company) == bool(provider.country)
        if provider.country:
            assert country_name(provider.country, "en") != provider.country


def test_countries_are_named_in_german_for_german_pages() -> None:
    assert country_name("DE", "de-AT") == "Deutschland"
    assert country_name("DE", "rm") == "Germany"
    assert country_name("XX", "de") == "XX"


def test_sentences_for_people_are_sentences() -> None:
    for provider in PROVIDERS.values():
        for setting in provider.settings:
            assert setting.what[0].islower() or setting.what.split()[0].isupper()
            assert not setting.what.endswith(".")
        assert not provider.remark or (provider.remark[0].isupper() and provider.remark.endswith("."))


def test_tinyletter_is_known_and_closed() -> None:
    target, problems = resolve("tinyletter", {"account": "lina"})
    assert target is None
    assert [problem.key for problem in problems] == ["provider"]
    assert "closed on 29 February 2024" in problems[0].message


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("buttonown", "did you mean 'buttondown'?"),
        ("Mail-Chimp", "did you mean 'mailchimp'?"),
        ("convertkit", "did you mean 'kit'?"),
        ("sendinblue", "did you mean 'brevo'?"),
        ("carrier pigeon", "'linkhome newsletter providers' lists them all; 'custom' takes any form"),
    ],
)
def test_unknown_providers_are_told_with_the_nearest(key: str, hint: str) -> None:
    target, problems = resolve(key, {})
    assert target is None
    assert [(problem.key, problem.hint) for problem in problems] == [("provider", hint)]


def test_former_names_lead_to_providers() -> None:
    assert set(FORMER.values()) <= set(PROVIDERS)
    assert not set(FORMER) & set(PROVIDERS)


def test_all_that_is_wrong_is_told_at_once() -> None:
    target, problems = resolve("mailchimp", {"account": "a b", "tgas": ["x"], "names": {"emial": "E"}, "method": "get"})
    assert target is None
    assert [problem.key for problem in problems] == ["tgas", "method", "account", *["provider"] * 3, "names"]
    assert problems[0].hint == "did you mean 'tags'?"


def test_the_whole_address_may_be_pasted_instead_of_its_parts() -> None:
    address = "https://lina.us21.list-manage.com/subscribe/post?u=0123456789abcdef012345678&id=0a1b2c3d4e"
    target = target_of("mailchimp", {"action": address})
    assert target.action == address
    assert target.honeypot == "b_0123456789abcdef012345678_0a1b2c3d4e"


def test_an_address_of_somebody_else_is_refused() -> None:
    target, problems = resolve("formspree", {"action": "https://formspree.io.example/f/abcdwxyz"})
    assert target is None
    assert problems[0].key == "action"
    assert "'form'" in problems[0].hint


def test_numbers_may_be_written_without_quotes() -> None:
    assert target_of("kit", {"form": 1234567, "tags": [11, 12]}).hidden == (("tags[]", "11"), ("tags[]", "12"))


def test_servers_may_end_in_a_slash_or_lie_in_a_folder() -> None:
    given = {"server": "https://example.com/list/", "list": "abcdef123456"}
    assert target_of("sendy", given).action == "https://example.com/list/subscribe"


@pytest.mark.parametrize(
    "server",
    [
        "http://lists.example.com",
        "lists.example.com",
        "https://lina:word@lists.example.com",
        "https://lists.example.com/../x",
        "https://lists.example.com/?x=1",
        "https://lists.example.com#x",
        "https://lists.example.com\\@evil.example",
        "https://",
        "ftp://lists.example.com",
        "//lists.example.com",
        "javascript:alert(1)//https://lists.example.com",
        "http://localhost.evil.example",
    ],
)
def test_servers_are_roots_of_https(server: str) -> None:
    target, problems = resolve("keila", {"server": server, "form": "nfrm_1234"})
    assert target is None
    assert [problem.key for problem in problems] == ["server"]


@pytest.mark.parametrize("server", ["http://localhost:8787", "http://127.0.0.1:9000", "http://[::1]:80"])
def test_servers_on_this_computer_need_no_https(server: str) -> None:
    assert target_of("worker", {"server": server}).action == f"{server}/subscribe"


def test_several_lists_may_be_named() -> None:
    one, two = "01234567-89ab-cdef-0123-456789abcdef", "11234567-89ab-cdef-0123-456789abcdef"
    for lists in ([one, two], f"{one}, {two}"):
        target = target_of("listmonk", {"server": "https://l.example", "list": lists})
        assert target.hidden == (("l", one), ("l", two))
        assert target.fetch is not None
        assert target.fetch.hidden == (("list_uuids", f'["{one}", "{two}"]'),)
    assert target_of("loops", {"form": "a" * 20, "list": ["b" * 20, "c" * 20]}).hidden == (
        ("mailingLists", f"{'b' * 20},{'c' * 20}"),
    )
    ghost = target_of("ghost", {"server": "https://l.example", "list": "Letters, and more", "tags": ["a"]}).fetch
    assert ghost is not None
    assert dict(ghost.hidden)["newsletters"] == '[{"name": "Letters, and more"}]'
    assert dict(ghost.hidden)["labels"] == '["a"]'


def test_where_one_list_is_wanted_two_are_too_many() -> None:
    _, problems = resolve("sendy", {"server": "https://l.example", "list": ["abcdef1", "abcdef2"]})
    assert [problem.key for problem in problems] == ["list"]


def test_the_creators_hidden_fields_count_more_than_those_of_the_table() -> None:
    given = {**FACTS["brevo"].given, "hidden": {"locale": "de"}}
    assert dict(target_of("brevo", given).hidden)["locale"] == "de"


def test_a_thanks_page_of_the_creators_own_is_left_to_them() -> None:
    target = target_of("formspree", {"form": "abcdwxyz", "hidden": {"_next": "https://lina.example/merci"}})
    assert target.thanks == ""


def test_a_field_without_a_name_is_dropped_until_it_gets_one() -> None:
    given = {key: value for key, value in FACTS["cleverreach"].given.items() if key != "names"}
    assert target_of("cleverreach", given).drops == EXTRAS
    assert target_of("cleverreach", {**given, "names": {"phone": 1003}}).drops == ("first_name", "last_name")


def test_a_hidden_field_of_the_creators_takes_the_name_that_the_table_had_for_another() -> None:
    target = target_of("formspree", {"form": "abcdwxyz", "hidden": {"phone": "none", "consent": "printed"}})
    assert (target.drops, target.names.consent) == (("phone",), "")
    assert target.names.first_name == "first_name"


def test_what_cannot_be_kept_cannot_be_named() -> None:
    _, problems = resolve("ghost", {"server": "https://lina.example", "names": {"phone": "phone"}})
    assert [(problem.key, problem.message) for problem in problems] == [
        ("names", "Ghost cannot keep 'phone' that comes from a form")
    ]


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ({"names": {"first_name": "email"}}, "names"),
        ({"honeypot": "email"}, "honeypot"),
        ({"hidden": {"email": "x@y.example"}}, "hidden"),
        ({"hidden": {"_gotcha": "x"}}, "hidden"),
        ({"names": ["email"]}, "names"),
        ({"hidden": {"a": {"b": "c"}}}, "hidden"),
        ({"names": {"email": "a\nb"}}, "names"),
        ({"hidden": {"a\u202e": "b"}}, "hidden"),
        ({"tags": ["a", {"b": 1}]}, "tags"),
        ({"honeypot": ["a", "b"]}, "honeypot"),
        ({"form": True}, "form"),
        ({"names": {"email": "x" * 200}}, "names"),
    ],
)
def test_what_would_spoil_the_form_is_refused(given: dict[str, object], key: str) -> None:
    target, problems = resolve("formspree", {"form": "abcdwxyz", **given})
    assert target is None
    assert [problem.key for problem in problems] == [key]


SECRETS = [
    "sk_live_" + "a1" * 12,
    "re_" + "Ab12Cd34" + "_" + "x" * 24,
    "xkeysib-" + "0a" * 32 + "-" + "Ab" * 8,
    "mlsn." + "0a" * 32,
    "0a" * 16 + "-us21",
    "0a" * 12 + ":" + "0b" * 32,
    "pk_" + "0a" * 17,
    "kit_" + "0a" * 16,
    "eo_" + "0a" * 32,
    "nfp_" + "Ab" * 18,
    "SG." + "a" * 22 + "." + "b" * 43,
    "eyJ" + "hbGciOiJIUzI1NiJ9" + "." + "eyJzdWIiOiIxIn0" + ".x",
    "Bearer " + "a1" * 10,
]


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("place", ["form", "hidden", "names", "tags", "honeypot"])
def test_secret_keys_are_refused_and_never_repeated(place: str, secret: str) -> None:
    value: object = {"hidden": {"api_key": secret}, "names": {"email": secret}, "tags": ["a", secret]}.get(
        place, secret
    )
    target, problems = resolve("formspree", {"form": "abcdwxyz", place: value})
    assert target is None
    assert [(problem.key, problem.secret) for problem in problems] == [(place, True)]
    assert problems[0].message == "this looks like a secret key; it must not stand in a file"
    assert secret not in repr(problems)


@pytest.mark.parametrize(
    "text",
    [
        "https://lists.example.com/sk_member_list/re_subscribe_newsletter",
        "Basic internationalisation, and a Token ofourappreciation",
        "task_force_of_illustrators",
        "01234567-89ab-cdef-0123-456789abcdef",
        "0123456789abcdef0123456789abcdef",
        "MUIFA" + "aB3-_" * 60,
    ],
)
def test_words_that_only_look_a_little_like_secrets_are_none(text: str) -> None:
    assert not is_secret(text)


def test_a_secret_key_in_place_of_a_provider_is_not_repeated() -> None:
    assert "xkeysib" not in repr(resolve(SECRETS[2], {}))


@pytest.mark.parametrize("fact", [fact.given for fact in FACTS.values()], ids=list(FACTS))
def test_nothing_that_must_be_pasted_looks_like_a_secret(fact: dict[str, object]) -> None:
    assert not any(is_secret(str(value)) for value in fact.values())


def test_the_table_is_data() -> None:
    assert all(isinstance(provider, Provider) for provider in PROVIDERS.values())
    again = msgspec.json.decode(msgspec.json.encode(PROVIDERS), type=dict[str, Provider])
    assert again == PROVIDERS
