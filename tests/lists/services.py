"""Be every service that can be asked for its list, as its documentation says: who may ask, how it pages, what it says.

Each has the same people (`crowd`) in its own words. A wrong token, a wrong parameter or a wrong path is answered as
the real ones do.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from typing import Any

from .offices import Clerk, Question, Reply, say

GHOST_ID, GHOST_SECRET = "6489a1b2c3d4e5f60718293a", "ab" * 32
#: Tokens by provider; each is a canary, too.
TOKENS = {
    "buttondown": "bd-canary-0123456789",
    "kit": "kit_canary0123456789abcdef",
    "mailchimp": "0123456789abcdef0123456789abcdef-us21",
    "mailerlite": "ml-canary." + "x" * 1200,
    "beehiiv": "bh-canary-0123456789",
    "brevo": "xkeysib-canary-0123456789",
    "mailjet": "canary0123456789abcd:secret0123456789abcd",
    "cleverreach": "canary-client:canary-secret-012345",
    "rapidmail": "canary-user:canary-password",
    "getresponse": "gr-canary-0123456789",
    "resend": "re_canary_0123456789",
    "emailoctopus": "eo_canary0123456789",
    "klaviyo": "pk_canary0123456789",
    "ghost": f"{GHOST_ID}:{GHOST_SECRET}",
    "listmonk": "canary-api:canary-token-0123456789",
    "keila": "kl-canary-0123456789",
    "mailman": "canary-admin:canary-pass",
    "worker": "wk-canary-0123456789",
    "netlify": "nfp_canary0123456789",
    "formspree": "fs-canary-0123456789",
}
#: What stands in linkhome.yaml for each, below ``newsletter:``.
SETTINGS = {
    "buttondown": "account: lina",
    "kit": "form: '1234567'",
    "mailchimp": "account: lina\n  region: us21\n  user: 0123456789abcdef01234567\n  list: a1b2c3d4e5\n  form: 00a1b2c3d4",
    "mailerlite": "account: '1234567'\n  form: '12345678901234567'",
    "beehiiv": "account: 11111111-2222-4333-8444-555555555555\n  backup: {publication: pub_11111111-2222-4333-8444-555555555555}",
    "brevo": "action: https://abcdef12.sibforms.com/serve/MUIFAHI\n  region: '+49'",
    "mailjet": "server: https://sign-up.example.com",
    "cleverreach": "region: eu2\n  account: '123456'\n  form: '654321'",
    "rapidmail": "action: https://t1a2b3c4d.emailsys1a.net/123/456/0a1b2c3d4e/subscribe/form.html",
    "getresponse": "list: AbCdE",
    "resend": "server: https://sign-up.example.com",
    "emailoctopus": "list: 00000000-0000-4000-8000-000000000001",
    "klaviyo": "account: AbCdEf\n  list: Y6nRLr",
    "ghost": "server: https://lina.example.com",
    "listmonk": "server: https://news.example.com\n  list: 00000000-0000-4000-8000-000000000002",
    "keila": "server: https://keila.example.com\n  form: nfrm_AbCdEfGh",
    "mailman": "address: news-join@lists.example.com\n  backup: {server: 'http://localhost:PORT', list: news.example.com}",
    "worker": "server: https://sign-up.example.com",
    "netlify": "form: newsletter\n  backup: {site: lina.netlify.app}",
    "formspree": "form: abcdwxyz",
}


def crowd(number: int) -> list[dict[str, Any]]:
    """Return invented people: every fifth has unsubscribed, every seventh has not confirmed."""
    found = []
    for n in range(number):
        state = "unsubscribed" if n % 5 == 4 else "pending" if n % 7 == 6 else "active"
        found.append(
            {
                "n": n,
                "email": f"Guest.{n}@example.org",
                "first": f"Jörg{n}",
                "last": "O'Example",
                "phone": "+49 151 555",
                "state": state,
            }
        )
    return found


class Service:
    """Hold the people of one service; ``most`` is how many a page may have, whatever was asked."""

    def __init__(self, people: list[dict[str, Any]], most: int = 0) -> None:
        self.people = people
        self.most = most

    def cut(self, question: Question, start: int, size: int, people: list[Any] | None = None) -> list[Any]:
        people = self.people if people is None else people
        return people[start : start + (min(size, self.most) if self.most else size)]


def services(people: list[dict[str, Any]]) -> dict[str, Clerk]:
    """Return a clerk for every host."""
    return {host: make(Service(people)) for host, make in HOSTS.items()}


def _basic(pair: str) -> str:
    return f"Basic {base64.b64encode(pair.encode()).decode()}"


def _guarded(provider: str, header: str, value: str, clerk: Clerk) -> Clerk:
    def answer(question: Question) -> Reply:
        if question.headers.get(header) != value:
            return say({"error": f"you said {question.headers.get(header)}"}, 401)
        return clerk(question)

    return answer


_AT = "2026-01-01T10:00:00Z"
_LEFT = "2026-03-01T10:00:00Z"


def _left(one: dict[str, Any]) -> str | None:
    return _LEFT if one["state"] == "unsubscribed" else None


def buttondown(service: Service) -> Clerk:
    def answer(question: Question) -> Reply:
        page = question.number("page", 1)
        types = {"active": "regular", "pending": "unactivated", "unsubscribed": "unsubscribed"}
        found = [
            {
                "id": f"sub_{one['n']}", "email_address": one["email"], "type": types[one["state"]], "creation_date": _AT,
                "unsubscription_date": _left(one), "tags": ["zine", "list"], "source": "embed", "ip_address": "192.0.2.7",
                "metadata": {"first-name": one["first"], "last-name": one["last"], "phone": one["phone"]},
            }
            for one in service.cut(question, (page - 1) * 100, 100)
        ]  # fmt: skip
        more = page * 100 < len(service.people)
        # Behind a proxy it takes itself for http.
        following = f"http://api.buttondown.com/v1/subscribers?ordering=creation_date&page={page + 1}" if more else None
        return say({"results": found, "next": following, "previous": None, "count": len(service.people)})

    return _guarded("buttondown", "Authorization", f"Token {TOKENS['buttondown']}", answer)


def kit(service: Service) -> Clerk:
    def answer(question: Question) -> Reply:
        states = {"active": "active", "pending": "inactive", "unsubscribed": "cancelled"}
        wanted = service.people
        if question.query.get("status", "active") != "all":
            wanted = [one for one in wanted if one["state"] == "active"]
        start, size = question.number("after"), min(question.number("per_page", 500), 1000)
        found = [
            {
                "id": one["n"] + 1, "email_address": one["email"], "first_name": one["first"], "state": states[one["state"]],
                "created_at": _AT, "fields": {"last_name": one["last"], "phone": one["phone"]}, "tags": [{"id": 1, "name": "zine"}],
            }
            for one in service.cut(question, start, size, wanted)
        ]  # fmt: skip
        end = start + len(found)
        paging = {"has_next_page": end < len(wanted), "end_cursor": str(end), "per_page": size}
        return say({"subscribers": found, "pagination": paging | {"total_count": len(wanted)}})

    return _guarded("kit", "X-Kit-Api-Key", TOKENS["kit"], answer)


def mailchimp(service: Service) -> Clerk:
    def answer(question: Question) -> Reply:
        if question.path != "/3.0/lists/a1b2c3d4e5/members":
            return say({"title": "Resource Not Found"}, 404)
        states = {"active": "subscribed", "pending": "pending", "unsubscribed": "unsubscribed"}
        found = [
            {
                "id": hashlib.md5(one["email"].lower().encode()).hexdigest(), "email_address": one["email"],
                "status": states[one["state"]], "timestamp_signup": "2026-01-01T10:00:00+00:00", "ip_signup": "192.0.2.7",
                "timestamp_opt": "2026-01-01T10:00:00+00:00", "tags": [{"id": 1, "name": "zine"}], "source": "Hosted",
                "merge_fields": {"FNAME": one["first"], "LNAME": one["last"], "PHONE": one["phone"]},
            }
            for one in service.cut(question, question.number("offset"), min(question.number("count", 10), 1000))
        ]  # fmt: skip
        return say({"members": found, "list_id": "a1b2c3d4e5", "total_items": len(service.people)})

    return _guarded("mailchimp", "Authorization", _basic(f"x:{TOKENS['mailchimp']}"), answer)


def mailerlite(service: Service) -> Clerk:
    def answer(question: Question) -> Reply:
        states = {"active": "active", "pending": "unconfirmed", "unsubscribed": "unsubscribed"}
        start, size = question.number("cursor"), min(question.number("limit", 25), 100)
        found = [
            {
                "id": str(one["n"]), "email": one["email"], "status": states[one["state"]], "source": "webform",
                "subscribed_at": "2026-01-01 10:00:00", "unsubscribed_at": (_left(one) or "")[:19].replace("T", " ") or None,
                "fields": {"name": one["first"], "last_name": one["last"], "phone": one["phone"], "city": None},
                "groups": [{"id": "1", "name": "zine"}], "optin_ip": "192.0.2.7",
            }
            for one in service.cut(question, start, size)
        ]  # fmt: skip
        end = start + len(found)
        meta = {"path": "x", "per_page": size, "next_cursor": str(end) if end < len(service.people) else None}
        return say({"data": found, "links": {}, "meta": meta})

    return _guarded("mailerlite", "Authorization", f"Bearer {TOKENS['mailerlite']}", answer)


def beehiiv(service: Service) -> Clerk:
    def answer(question: Question) -> Reply:
        if question.path != "/v2/publications/pub_11111111-2222-4333-8444-555555555555/subscriptions":
            return say({"errors": []}, 404)
        states = {"active": "active", "pending": "pending", "unsubscribed": "inactive"}
        start, size = question.number("cursor"), min(question.number("limit", 10), 100)
        found = [
            {
                "id": f"sub_{one['n']}", "email": one["email"], "status": states[one["state"]], "created": 1767261600,
                "utm_source": "insta", "tags": ["zine"], "custom_fields": [{"name": "First", "value": one["first"]}],
            }
            for one in service.cut(question, start, size)
        ]  # fmt: skip
        end = start + len(found)
        more = end < len(service.people)
        return say({"data": found, "limit": size, "has_more": more, "next_cursor": str(end) if more else None})

    return _guarded("beehiiv", "Authorization", f"Bearer {TOKENS['beehiiv']}", answer)


def brevo(service: Service) -> Clerk:
    def answer(question: Question) -> Reply:
        found = [
            {
                "id": one["n"], "email": one["email"], "emailBlacklisted": one["state"] == "unsubscribed",
                "smsBlacklisted": False, "createdAt": "2026-01-01T11:00:00.000+01:00", "listIds": [2],
                "attributes": {"VORNAME": one["first"], "NACHNAME": one["last"], "SMS": one["phone"]},
            }
            for one in service.cut(question, question.number("offset"), min(question.number("limit", 50), 1000))
        ]  # fmt: skip
        return say({"contacts": found, "count": len(service.people)})

    return _guarded("brevo", "api-key", TOKENS["brevo"], answer)


def mailjet(service: Service) -> Clerk:
    def answer(question: Question) -> Reply:
        if question.query.get("ContactsList", "1") == "":
            return say({"ErrorMessage": "Invalid filter"}, 400)
        found = [
            {
                "ID": one["n"], "Email": one["email"], "Name": f"{one['first']} {one['last']}", "CreatedAt": _AT,
                "IsOptInPending": one["state"] == "pending", "IsExcludedFromCampaigns": one["state"] == "unsubscribed",
            }
            for one in service.cut(question, question.number("Offset"), min(question.number("Limit", 10), 1000))
        ]  # fmt: skip
        return say({"Count": len(found), "Data": found, "Total": len(found)})

    return _guarded("mailjet", "Authorization", _basic(TOKENS["mailjet"]), answer)


def cleverreach(service: Service) -> Clerk:
    def answer(question: Question) -> Reply:
        if question.path == "/oauth/token.php":
            right = question.headers.get("Authorization") == _basic(TOKENS["cleverreach"])
            right &= question.method == "POST" and question.body == b"grant_type=client_credentials"
            return say({"access_token": "granted-canary-98765", "expires_in": 3600}) if right else say({}, 400)
        if question.headers.get("Authorization") != "Bearer granted-canary-98765":
            return say({"error": {}}, 401)
        if question.path == "/v3/groups.json":
            return say([{"id": "11", "name": "Zine"}, {"id": "12", "name": "Shop"}])
        group = int(question.path.split("/")[3])
        mine = [one for one in service.people if one["n"] % 2 == group - 11]
        size = min(question.number("pagesize", 50), 5000)
        found = [
            {
                "id": str(one["n"]), "email": one["email"], "registered": 1767261600, "bounced": 0, "source": "form",
                "activated": 0 if one["state"] == "pending" else 1767261600, "group_id": str(group),
                "deactivated": 1772359200 if one["state"] == "unsubscribed" else 0, "attributes": {"phone": one["phone"]},
                "global_attributes": {"firstname": one["first"], "lastname": one["last"]}, "tags": ["zine"],
            }
            for one in service.cut(question, question.number("page") * size, size, mine)
        ]  # fmt: skip
        return say(found)

    return answer


def rapidmail(service: Service) -> Clerk:
    def answer(question: Question) -> Reply:
        here = "https://apiv3.emailsys.net"
        if question.path == "/recipientlists":
            return say(
                {"_embedded": {"recipientlists": [{"id": 5, "name": "Zine"}]}, "_links": {"self": {"href": here}}}
            )
        states = {"active": "active", "new": "pending", "deleted": "unsubscribed"}
        if question.query.get("recipientlist_id") != "5":
            return say({"status": 422}, 422)
        mine = [one for one in service.people if one["state"] == states.get(question.query.get("status", "active"))]
        page = question.number("page", 1)
        found = [
            {
                "id": one["n"], "recipientlist_id": 5, "email": one["email"], "firstname": one["first"],
                "lastname": one["last"], "status": question.query["status"], "created": "2026-01-01 10:00:00",
                "mobile": one["phone"],
            }
            for one in service.cut(question, (page - 1) * 25, 25, mine)
        ]  # fmt: skip
        links: dict[str, Any] = {"self": {"href": here}}
        if page * 25 < len(mine):
            query = f"recipientlist_id=5&status={question.query['status']}&page={page + 1}"
            links["next"] = {"href": f"/recipients?{query}"}
        return say({"_embedded": {"recipients": found}, "_links": links, "total_items": len(mine), "page": page})

    return _guarded("rapidmail", "Authorization", _basic(TOKENS["rapidmail"]), answer)


def getresponse(service: Service) -> Clerk:
    def answer(question: Question) -> Reply:
        page, size = question.number("page", 1), min(question.number("perPage", 100), 1000)
        found = [
            {
                "contactId": f"c{one['n']}", "email": one["email"], "name": f"{one['first']} {one['last']}",
                "createdOn": "2026-01-01T10:00:00+0000", "origin": "www", "ipAddress": "192.0.2.7", "campaign": {"name": "zine"},
            }
            for one in service.cut(question, (page - 1) * size, size)
        ]  # fmt: skip
        pages = str(-(-len(service.people) // size))
        return say(found, TotalCount=str(len(service.people)), TotalPages=pages, CurrentPage=str(page))

    return _guarded("getresponse", "X-Auth-Token", f"api-key {TOKENS['getresponse']}", answer)


def resend(service: Service) -> Clerk:
    def answer(question: Question) -> Reply:
        start = int(question.query["after"].removeprefix("id-")) + 1 if "after" in question.query else 0
        found = [
            {
                "id": f"id-{one['n']}", "email": one["email"], "first_name": one["first"], "last_name": one["last"],
                "created_at": "2026-01-01 10:00:00.000000+00", "unsubscribed": one["state"] == "unsubscribed",
            }
            for one in service.cut(question, start, min(question.number("limit", 20), 100))
        ]  # fmt: skip
        return say({"object": "list", "data": found, "has_more": start + len(found) < len(service.people)})

    return _guarded("resend", "Authorization", f"Bearer {TOKENS['resend']}", answer)


def emailoctopus(service: Service) -> Clerk:
    def answer(question: Question) -> Reply:
        states = {"subscribed": "active", "pending": "pending", "unsubscribed": "unsubscribed"}
        mine = [one for one in service.people if one["state"] == states[question.query.get("status", "subscribed")]]
        start = question.number("starting_after")
        found = [
            {
                "id": f"c-{one['n']}", "email_address": one["email"], "status": question.query.get("status", "subscribed"),
                "fields": {"FirstName": one["first"], "LastName": one["last"], "Phone": one["phone"]}, "tags": ["zine"],
                "created_at": "2026-01-01T10:00:00+00:00", "last_updated_at": "2026-01-02T10:00:00+00:00",
            }
            for one in service.cut(question, start, min(question.number("limit", 100), 100), mine)
        ]  # fmt: skip
        end = start + len(found)
        paging = {"next": {"url": "x", "starting_after": str(end)} if end < len(mine) else None}
        return say({"data": found, "paging": paging})

    return _guarded("emailoctopus", "Authorization", f"Bearer {TOKENS['emailoctopus']}", answer)


def klaviyo(service: Service) -> Clerk:
    def answer(question: Question) -> Reply:
        if question.headers.get("revision") != "2026-04-15" or question.path != "/api/lists/Y6nRLr/profiles":
            return say({"errors": []}, 400)
        consent = {"active": "SUBSCRIBED", "pending": "NEVER_SUBSCRIBED", "unsubscribed": "UNSUBSCRIBED"}
        start = question.number("page[cursor]")
        found = [
            {
                "type": "profile", "id": f"p{one['n']}",
                "attributes": {
                    "email": one["email"], "first_name": one["first"], "last_name": one["last"],
                    "phone_number": one["phone"], "joined_group_at": _AT,
                    "subscriptions": {"email": {"marketing": {"consent": consent[one["state"]], "suppression": []}}},
                },
            }
            for one in service.cut(question, start, min(question.number("page[size]", 20), 100))
        ]  # fmt: skip
        end = start + len(found)
        query = f"page%5Bcursor%5D={end}&page%5Bsize%5D=100&additional-fields%5Bprofile%5D=subscriptions"
        more = f"https://a.klaviyo.com/api/lists/Y6nRLr/profiles?{query}" if end < len(service.people) else None
        return say({"data": found, "links": {"self": "x", "next": more, "prev": None}})

    return _guarded("klaviyo", "Authorization", f"Klaviyo-API-Key {TOKENS['klaviyo']}", answer)


def ghost(service: Service) -> Clerk:
    def answer(question: Question) -> Reply:
        kind, _, token = question.headers.get("Authorization", "").partition(" ")
        if kind != "Ghost" or not _is_signed(token):
            return say({"errors": [{"message": "Invalid token"}]}, 401)
        page = question.number("page", 1)
        found = [
            {
                "id": f"{one['n']:024x}", "uuid": "x", "email": one["email"], "name": f"{one['first']} {one['last']}",
                "note": None, "subscribed": one["state"] != "unsubscribed", "created_at": "2026-01-01T10:00:00.000Z",
                "labels": [{"id": "1", "name": "zine"}], "newsletters": [], "status": "free",
                "email_suppression": {"suppressed": False, "info": None},
            }
            for one in service.cut(question, (page - 1) * 100, min(question.number("limit", 15), 100))
        ]  # fmt: skip
        pages = -(-len(service.people) // 100)
        meta = {"page": page, "limit": 100, "pages": pages, "total": len(service.people), "prev": None}
        return say({"members": found, "meta": {"pagination": meta | {"next": page + 1 if page < pages else None}}})

    return answer


def _is_signed(token: str) -> bool:
    """Check a token as Ghost does, with code of its own: RFC 7519, HS256, the secret in hex, five minutes at most."""
    head, _, rest = token.partition(".")
    claims, _, signature = rest.partition(".")
    wanted = hmac.new(bytes.fromhex(GHOST_SECRET), f"{head}.{claims}".encode(), hashlib.sha256).digest()
    parsed = [json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))) for part in (head, claims)]
    given = base64.urlsafe_b64decode(signature + "=" * (-len(signature) % 4))
    now = time.time()
    return (
        hmac.compare_digest(given, wanted)
        and parsed[0] == {"alg": "HS256", "typ": "JWT", "kid": GHOST_ID}
        and parsed[1]["aud"] == "/admin/"
        and parsed[1]["iat"] - 5 <= now < parsed[1]["exp"] <= parsed[1]["iat"] + 300
    )


def listmonk(service: Service) -> Clerk:
    def answer(question: Question) -> Reply:
        page, size = question.number("page", 1), question.number("per_page", 20)
        states = {"active": "confirmed", "pending": "unconfirmed", "unsubscribed": "unsubscribed"}
        found = [
            {
                "id": one["n"], "uuid": f"u-{one['n']}", "email": one["email"], "name": f"{one['first']} {one['last']}",
                "attribs": {"phone": one["phone"]}, "status": "enabled", "created_at": "2026-01-01T10:00:00+00:00",
                "lists": [{"id": n, "name": name, "subscription_status": states[one["state"]]} for n, name in ((1, "zine"), (2, "shop"))],
            }
            for one in service.cut(question, (page - 1) * size, size)
        ]  # fmt: skip
        return say({"data": {"results": found, "total": len(service.people), "per_page": size, "page": page}})

    return _guarded("listmonk", "Authorization", _basic(TOKENS["listmonk"]), answer)


def keila(service: Service) -> Clerk:
    def answer(question: Question) -> Reply:
        page, size = question.number("paginate[page]"), question.number("paginate[page_size]", 50)
        states = {"active": "active", "pending": "active", "unsubscribed": "unsubscribed"}
        found = [
            {
                "id": f"c_{one['n']}", "email": one["email"], "first_name": one["first"], "last_name": one["last"],
                "external_id": None, "data": {"phone": one["phone"]}, "status": states[one["state"]],
                "inserted_at": "2026-01-01T10:00:00", "updated_at": "2026-01-01T10:00:00",
            }
            for one in service.cut(question, page * size, size)
        ]  # fmt: skip
        return say(
            {
                "data": found,
                "meta": {"page": page, "page_count": -(-len(service.people) // size), "count": len(service.people)},
            }
        )

    return _guarded("keila", "Authorization", f"Bearer {TOKENS['keila']}", answer)


def mailman(service: Service) -> Clerk:
    def answer(question: Question) -> Reply:
        if question.path != "/3.1/lists/news.example.com/roster/member":
            return say({"title": "404 Not Found"}, 404)
        page, size = question.number("page", 1), question.number("count", 50)
        found = [
            {
                "email": one["email"], "display_name": f"{one['first']} {one['last']}", "delivery_mode": "regular",
                "member_id": f"m{one['n']}", "role": "member",
            }
            for one in service.cut(question, (page - 1) * size, size)
        ]  # fmt: skip
        told = {"start": (page - 1) * size, "total_size": len(service.people), "http_etag": '"x"'}
        return say(told | ({"entries": found} if found else {}))

    return _guarded("mailman", "Authorization", _basic(TOKENS["mailman"]), answer)


def worker(service: Service) -> Clerk:
    def answer(question: Question) -> Reply:
        start, size = question.number("cursor"), question.number("limit", 500)
        found = [
            {
                "email": one["email"], "first_name": one["first"], "last_name": one["last"], "phone": one["phone"],
                "status": one["state"], "subscribed_at": _AT, "confirmed_at": _AT, "unsubscribed_at": _left(one) or "",
                "consent_version": "v1", "phone_consent_version": "", "source": "", "tags": ["zine"], "language": "en", "ip": "192.0.2.7",
            }
            for one in service.cut(question, start, size)
        ]  # fmt: skip
        end = start + len(found)
        return say({"people": found, "cursor": str(end) if end < len(service.people) else ""})

    return _guarded("worker", "Authorization", f"Bearer {TOKENS['worker']}", answer)


def netlify(service: Service) -> Clerk:
    def answer(question: Question) -> Reply:
        if question.path == "/api/v1/sites/lina.netlify.app/forms":
            return say([{"id": "f0", "name": "contact"}, {"id": "f1", "name": "newsletter"}])
        if question.path != "/api/v1/forms/f1/submissions":
            return say({"code": 404}, 404)
        page, size = question.number("page", 1), min(question.number("per_page", 100), 100)
        found = [
            {
                "id": f"s{one['n']}", "number": one["n"], "email": one["email"], "name": f"{one['first']} {one['last']}",
                "first_name": one["first"], "last_name": one["last"], "created_at": _AT, "form_name": "newsletter",
                "data": {"email": one["email"], "phone": one["phone"], "consent": "v1", "ip": "192.0.2.7"},
            }
            for one in service.cut(question, (page - 1) * size, size)
        ]  # fmt: skip
        here = f"https://api.netlify.com{question.path}?per_page=100&page="
        link = f'<{here}1>; rel="first", <{here}{page + 1}>; rel="next"' if page * size < len(service.people) else ""
        return say(found, **({"Link": link} if link else {}))

    return _guarded("netlify", "Authorization", f"Bearer {TOKENS['netlify']}", answer)


def formspree(service: Service) -> Clerk:
    def answer(question: Question) -> Reply:
        found = [
            {
                "_date": _AT,
                "email": one["email"],
                "first_name": one["first"],
                "last_name": one["last"],
                "phone": one["phone"],
                "nr": one["n"],
            }
            for one in service.cut(question, question.number("offset"), min(question.number("limit", 10), 100))
        ]
        return say({"fields": [], "submissions": found})

    return _guarded("formspree", "Authorization", f"Bearer {TOKENS['formspree']}", answer)


HOSTS = {
    "api.buttondown.com": buttondown,
    "api.kit.com": kit,
    "us21.api.mailchimp.com": mailchimp,
    "connect.mailerlite.com": mailerlite,
    "api.beehiiv.com": beehiiv,
    "api.brevo.com": brevo,
    "api.mailjet.com": mailjet,
    "rest.cleverreach.com": cleverreach,
    "apiv3.emailsys.net": rapidmail,
    "api.getresponse.com": getresponse,
    "api.resend.com": resend,
    "api.emailoctopus.com": emailoctopus,
    "a.klaviyo.com": klaviyo,
    "lina.example.com": ghost,
    "news.example.com": listmonk,
    "keila.example.com": keila,
    "localhost": mailman,
    "sign-up.example.com": worker,
    "api.netlify.com": netlify,
    "formspree.io": formspree,
}
