"""A sign-up is set up by somebody who makes every mistake once: what is said, and that the repair works."""

from __future__ import annotations

import re

import pytest

SITE = "url: https://lina.example\nprofile: {name: Lina Marlow}\nbrand: {share: none, kit: false}\nhome: [newsletter]\n"
UUID = "01234567-89ab-cdef-0123-456789abcdef"


@pytest.fixture
def folder(site):
    """Make a site whose sign-up is still to be written."""
    return site()


def write(folder, newsletter: str) -> None:
    folder.write("linkhome.yaml", SITE + newsletter)


def repaired(folder, old: str, new: str) -> str:
    """Correct one place, build without a word of complaint, and return the front page."""
    folder.replace("linkhome.yaml", old, new)
    built = folder.build("--strict")
    assert (built.code, built.err) == (0, "")
    return folder.read("public/index.html")


def action(page: str) -> str:
    found = re.search(r'<form[^>]* action="([^"]*)"', page)
    assert found
    return found[1]


def test_a_provider_that_is_misspelt(folder):
    write(folder, "newsletter:\n  provider: butondown\n  account: lina\n")
    built = folder.build()
    assert built.code == 1
    assert built.err.startswith(
        "linkhome.yaml:6:13: error: 'provider' cannot be 'butondown'\n"
        "    6 |   provider: butondown\n"
        "      |             ^^^^^^^^^\n"
        "      = did you mean 'buttondown'?"
    )
    page = repaired(folder, "butondown", "buttondown")
    assert action(page) == "https://buttondown.com/api/emails/embed-subscribe/lina"


def test_an_account_that_was_forgotten(folder):
    write(folder, "newsletter:\n  provider: buttondown\n")
    built = folder.build()
    assert built.code == 1
    assert built.err == (
        "linkhome.yaml:6:13: error: Buttondown needs 'account': the name of your newsletter, the last part of its address "
        "buttondown.com/NAME\n"
        "    6 |   provider: buttondown\n"
        "      |             ^^^^^^^^^^\n"
        "      = write: account: lina\n"
        "1 error\n"
    )
    assert action(repaired(folder, "buttondown\n", "buttondown\n  account: lina\n")).endswith("/lina")


def test_a_key_that_is_misspelt(folder):
    write(folder, "newsletter:\n  provider: buttondown\n  acount: lina\n")
    built = folder.build()
    assert "linkhome.yaml:7:3: error: unknown key 'acount'\n" in built.err
    assert "did you mean 'account'?" in built.err
    repaired(folder, "acount", "account")


def test_a_list_of_which_only_a_part_was_pasted(folder):
    write(folder, f"newsletter:\n  provider: emailoctopus\n  list: {UUID[:8]}\n")
    built = folder.build()
    assert "linkhome.yaml:7:9: error: 'list' does not look right for EmailOctopus: it is the list's ID" in built.err
    assert f"it looks like this: {UUID}\n" in built.err
    assert UUID in action(repaired(folder, f"list: {UUID[:8]}", f"list: {UUID}"))


def test_a_setting_of_another_provider(folder):
    write(folder, "newsletter:\n  provider: kit\n  form: 1234567\n  list: abc\n")
    built = folder.build()
    assert "linkhome.yaml:8:9: error: 'kit' has no 'list'\n" in built.err
    assert "it has: form\n" in built.err
    repaired(folder, "  list: abc\n", "")


def test_an_address_without_its_beginning(folder):
    write(folder, "newsletter:\n  provider: keila\n  server: news.lina.example\n  form: nfrm_AbCdEf12\n")
    built = folder.build()
    assert "linkhome.yaml:7:11: error: 'server' does not look right for Keila" in built.err
    page = repaired(folder, "server: news", "server: https://news")
    assert action(page) == "https://news.lina.example/forms/nfrm_AbCdEf12"


def test_a_secret_key_in_the_place_of_a_public_one(folder):
    secret = "xkeysib-0123456789abcdef0123456789abcdef"
    write(folder, f"newsletter:\n  provider: web3forms\n  key: {secret}\n")
    built = folder.build()
    assert built.code == 1
    assert "linkhome.yaml:7:8: error: this looks like a secret key; it must not stand in a file\n" in built.err
    assert "remove it, and make a new one at your provider if this file was shared" in built.err
    assert secret not in built.err + built.out
    assert f'name="access_key" value="{UUID}"' in repaired(folder, secret, UUID)


def test_a_telephone_number_for_a_provider_that_forgets_it(folder):
    write(folder, "newsletter:\n  provider: ghost\n  server: https://ghost.lina.example\n  fields: [email, phone]\n"
                  "  fallback:\n    provider: formspree\n    form: abcdwxyz\n")  # fmt: skip
    built = folder.build()
    assert built.code == 1
    assert "linkhome.yaml:8:19: error: Ghost cannot keep a telephone number\n" in built.err
    assert "take 'phone' out, or choose a provider that keeps it" in built.err
    page = repaired(folder, "[email, phone]", "[email]")
    assert action(page) == "https://formspree.io/f/abcdwxyz"


def test_a_provider_that_needs_a_script_gets_a_second_one_that_does_not(folder):
    write(folder, "newsletter:\n  provider: ghost\n  server: https://ghost.lina.example\n")
    built = folder.build()
    assert built.code == 0
    assert "linkhome.yaml:6:13: warning: without JavaScript there is no form, but a link" in built.err
    assert "add a 'fallback:' that takes plain forms" in built.err
    assert 'href="https://ghost.lina.example/#/portal/signup"' in folder.read("public/index.html")
    page = repaired(
        folder, "ghost.lina.example\n", "ghost.lina.example\n  fallback: {provider: buttondown, account: lina}\n"
    )
    assert action(page) == "https://buttondown.com/api/emails/embed-subscribe/lina"


def test_a_mistake_in_the_second_provider(folder):
    write(
        folder,
        "newsletter:\n  provider: buttondown\n  account: lina\n  fallback:\n    provider: formspree\n    form: f\n",
    )
    built = folder.build()
    assert "linkhome.yaml:10:11: error: 'form' does not look right for Formspree" in built.err
    repaired(folder, "form: f\n", "form: abcdwxyz\n")


def test_a_provider_that_is_no_more(folder):
    write(folder, "newsletter:\n  provider: tinyletter\n")
    built = folder.build()
    assert built.err.startswith("linkhome.yaml:6:13: error: TinyLetter was closed on 29 February 2024")
    repaired(folder, "provider: tinyletter", "provider: mail\n  address: hello@lina.example")


def test_a_block_for_which_nothing_was_set_up(folder):
    write(folder, "")
    built = folder.build()
    assert built.code == 1
    assert "linkhome.yaml:4:8: error: the block 'newsletter' has nothing to show\n" in built.err
    assert "'linkhome newsletter providers'" in built.err
    repaired(folder, "home: [newsletter]\n", "home: [newsletter]\nnewsletter: {provider: netlify}\n")


def test_the_form_of_any_other_program(folder):
    write(folder, "newsletter:\n  title: Letters\n")
    built = folder.build()
    assert "linkhome.yaml:5:1: error: your provider needs 'action'" in built.err
    page = repaired(
        folder, "  title: Letters\n", "  action: https://lists.example.com/subscribe\n  names: {email: EMAIL}\n"
    )
    assert 'name="EMAIL"' in page


def test_a_form_that_would_send_people_over_an_open_line(folder):
    write(folder, "newsletter:\n  action: http://lists.example.com/subscribe\n")
    built = folder.build()
    assert "linkhome.yaml:6:11: error: 'action' does not look right" in built.err
    repaired(folder, "http:", "https:")


def test_two_fields_of_one_name(folder):
    write(folder, "newsletter:\n  provider: buttondown\n  account: lina\n  names: {first_name: email}\n")
    built = folder.build()
    assert "linkhome.yaml:8:3: error: 'email' and 'first_name' would be sent under the same name\n" in built.err
    repaired(folder, "first_name: email", "first_name: metadata__name")


def test_a_field_that_does_not_exist(folder):
    write(folder, "newsletter:\n  provider: buttondown\n  account: lina\n  fields: [email, mobile]\n")
    built = folder.build()
    assert "linkhome.yaml:8:19: error: 'fields' cannot be 'mobile'\n" in built.err
    assert "it is one of: email, first_name, last_name, phone\n" in built.err
    assert 'type="tel"' in repaired(folder, "mobile", "phone")


def test_a_german_site_whose_provider_does_not_ask_back(folder):
    write(folder, "language: de\nnewsletter:\n  provider: formspree\n  form: abcdwxyz\n")
    built = folder.build()
    assert built.code == 0
    assert "linkhome.yaml:7:13: warning: Formspree sends no mail to confirm" in built.err
    assert folder.build("--strict").code == 1
    repaired(
        folder,
        "provider: formspree\n  form: abcdwxyz",
        "provider: cleverreach\n  region: seu2\n  account: 1\n  form: 2",
    )


def test_another_provider_changes_the_page_and_the_script_and_leaves_nothing_of_the_old_one(folder):
    write(folder, "newsletter:\n  provider: buttondown\n  account: lina\n")
    assert folder.build().code == 0
    page = repaired(folder, "provider: buttondown\n  account: lina", "provider: formspree\n  form: abcdwxyz")
    assert "connect-src 'self' https://formspree.io;" in page
    assert not any(b"buttondown" in data for data in folder.files().values())


def test_mistakes_of_the_provider_and_of_the_fallback_are_told_together(site):
    text = (
        "profile: {name: Lina}\nnewsletter:\n  provider: ghost\n  server: https://lina.example\n  fields: [email, phone]\n"
        "  fallback: {provider: formspree, form: 'no/form'}\nhome: [newsletter]\n"
    )
    built = site({"linkhome.yaml": text}).build()
    assert built.code == 1
    assert "linkhome.yaml:5:19: error: Ghost cannot keep a telephone number" in built.err
    assert "linkhome.yaml:6:" in built.err and "'form' does not look right for Formspree" in built.err
    assert built.err.endswith("2 errors, 1 warning\n")
