"""Other ways to reach the creator: each with its address, in the order in which they were written."""

from __future__ import annotations

import pytest
from planned import HEAD, plan

from linkhome.texts import ENGLISH

SITE = HEAD.replace("newsletter", "contact")
WAYS = {
    "email": ("hello@lina.example", "mailto:hello@lina.example", "hello@lina.example", ENGLISH["mail"]),
    "phone": ('"+41 61 555 01 23"', "tel:+41615550123", "+41 61 555 01 23", "Phone"),
    "sms": ('"+41 61 555 01 24"', "sms:+41615550124", "+41 61 555 01 24", ENGLISH["sms"]),
    "whatsapp": ('"+41 61 555 01 25"', "https://wa.me/41615550125", "+41 61 555 01 25", "WhatsApp"),
    "signal": ('"+41 61 555 01 26"', "https://signal.me/#p/+41615550126", "+41 61 555 01 26", "Signal"),
    "matrix": ('"@lina:matrix.example"', "https://matrix.to/#/@lina:matrix.example", "@lina:matrix.example", "Matrix"),
    "telegram": ("linamarlow", "https://t.me/linamarlow", "@linamarlow", "Telegram"),
}
ORDERS = [list(WAYS), list(reversed(WAYS)), ["telegram", "email", "whatsapp", "sms", "matrix", "phone", "signal"]]


def links(tmp_path, contact: str, **more: object):
    return plan(tmp_path, SITE + contact, **more).block("contact").links  # type: ignore[arg-type]


@pytest.mark.parametrize("way", WAYS)
def test_each_way_has_its_address_its_name_and_an_icon(tmp_path, way):
    written, href, title, note = WAYS[way]
    (link,) = links(tmp_path, f"contact: {{{way}: {written}}}\n")
    assert (link.href, link.title, link.note) == (href, title, note)
    assert link.icon is not None and link.down is None


@pytest.mark.parametrize("order", ORDERS, ids=["as in the manual", "backwards", "mixed"])
@pytest.mark.parametrize("flow", [False, True], ids=["on lines of their own", "in one line"])
def test_they_stand_in_the_creators_order(tmp_path, order, flow):
    parts = [f"{way}: {WAYS[way][0]}" for way in order]
    written = f"contact: {{{', '.join(parts)}}}\n" if flow else "contact:\n" + "".join(f"  {part}\n" for part in parts)
    assert [link.href for link in links(tmp_path, written)] == [WAYS[way][1] for way in order]


def test_one_number_may_serve_three_ways(tmp_path):
    made = links(tmp_path, 'contact:\n  whatsapp: true\n  phone: "+41 61 555 01 23"\n  sms: true\n')
    assert [link.href for link in made] == ["https://wa.me/41615550123", "tel:+41615550123", "sms:+41615550123"]


def test_what_is_off_is_not_there(tmp_path):
    made = links(tmp_path, 'contact: {phone: "+41 61 555 01 23", sms: false, whatsapp: false}\n')
    assert [link.href for link in made] == ["tel:+41615550123"]


def test_a_signal_name_is_told_and_leads_nowhere_and_a_shared_link_leads_there(tmp_path):
    (name,) = links(tmp_path, "contact: {signal: lina.42}\n")
    assert (name.href, name.title) == ("", "lina.42")
    (shared,) = links(tmp_path, 'contact: {signal: "https://signal.me/#eu/abc"}\n')
    assert shared.href == "https://signal.me/#eu/abc"


@pytest.mark.parametrize("address", ["lina", "@lina", "lina:matrix.example", "@lina:", "@lina matrix.example"])
def test_a_matrix_address_that_is_none_is_told_at_its_place(site, address):
    folder = site({"linkhome.yaml": f'profile: {{name: Lina}}\ncontact:\n  matrix: "{address}"\n'})
    built = folder.build()
    assert built.code == 1
    assert built.err.startswith("linkhome.yaml:3:11: error: ")
    assert "@lina:" in built.err


def test_nothing_in_an_address_leaves_it(tmp_path):
    (link,) = links(tmp_path, "contact: {telegram: 'lina/../x?y#z'}\n")
    assert link.href == "https://t.me/lina%2F..%2Fx%3Fy%23z"


@pytest.mark.parametrize("written", ["lina", '"@lina"', "https://t.me/lina", "t.me/lina"])
def test_telegram_is_known_by_name_or_link(tmp_path, written):
    (link,) = links(tmp_path, f"contact: {{telegram: {written}}}\n")
    assert (link.href, link.title) == ("https://t.me/lina", "@lina")


@pytest.mark.parametrize("platform", ["instagram", "facebook", "whatsapp"])
def test_whatsapp_is_marked_while_its_company_is_down(tmp_path, platform):
    written = 'contact: {email: hello@lina.example, whatsapp: "+41 61 555 01 23", telegram: lina}\n'
    outage = f"outages: [{{platform: {platform}, since: 2026-11-22}}]\n"
    made = links(tmp_path, written, now=1_795_400_000, outages=outage)
    assert [(link.note, link.down.text if link.down else "") for link in made] == [
        (ENGLISH["mail"], ""), ("WhatsApp", "Down right now"), ("Telegram", ""),
    ]  # fmt: skip
    assert all(link.down is None for link in links(tmp_path, written))


def test_the_post_address_keeps_its_place_and_its_lines(tmp_path):
    written = "contact:\n  phone: +41 61 555 01 23\n  address: |\n    Lina Marlow\n    Rheingasse 1\n  email: a@lina.example\n"
    phone, address, mail = links(tmp_path, written)
    assert (phone.href, mail.href) == ("tel:+41615550123", "mailto:a@lina.example")
    assert (address.href, address.style, address.note) == ("", "postal", ENGLISH["address"])
    assert address.title.split("\n") == ["Lina Marlow", "Rheingasse 1"]


def test_a_button_saves_all_of_it(site):
    folder = site(
        {
            "linkhome.yaml": "url: https://lina.example\nprofile: {name: Lina Marlow}\nbrand: {share: none}\n"
            "home: [contact]\ncontact: {email: hello@lina.example, matrix: '@lina:matrix.example'}\n"
        }
    )
    assert folder.build().code == 0
    assert 'href="contact.vcf"' in folder.read("public/index.html")
    card = folder.read("public/contact.vcf")
    assert "hello@lina.example" in card and "https://matrix.to/#/@lina:matrix.example" in card
