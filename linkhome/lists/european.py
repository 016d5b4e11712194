"""List the newsletter services at home in Europe that can be asked for the whole list; see `hosted`."""

from __future__ import annotations

from .source import Auth, Fields, Need, Paging, Parents, Rule, Source
from .usual import FIRST, LAST, PHONE, below, rules

_ROWS = (
    Source(
        key="brevo",
        name="Brevo",
        url="https://api.brevo.com/v3/contacts",
        auth=Auth("an API key under SMTP & API; it begins with xkeysib-", name="api-key", value="{}"),
        query=(("sort", "asc"),),
        paging=Paging("offset", param="offset", size=1000, size_param="limit", total="count"),
        people="contacts",
        fields=Fields(
            email=("email",),
            first_name=below("attributes", FIRST),
            last_name=below("attributes", LAST),
            phone=below("attributes", PHONE),
            subscribed_at=("createdAt",),
        ),
        rules=(Rule("emailBlacklisted", "true", "unsubscribed"),),
        extra=("attributes", "listIds", "smsBlacklisted", "modifiedAt"),
        rate=500,
    ),
    Source(
        key="mailjet",
        name="Mailjet",
        url="https://api.mailjet.com/v3/REST/contact",
        auth=Auth(
            "API key and secret key of Account settings, REST API, with a colon between them",
            "basic",
            value="{}",
            pattern=r"[0-9A-Za-z]{16,64}:[0-9A-Za-z]{16,64}",
        ),
        needs=(Need("list", "the number of a contact list, if it is to be this one only", r"[0-9]{1,18}", True),),
        query=(("Sort", "ID ASC"), ("ContactsList", "{list}")),
        paging=Paging("offset", param="Offset", size=1000, size_param="Limit"),
        people="Data",
        fields=Fields(email=("Email",), id=("ID",), name=("Name",), subscribed_at=("CreatedAt",)),
        rules=(
            Rule("IsExcludedFromCampaigns", "true", "unsubscribed"),
            Rule("IsOptInPending", "true", "pending"),
        ),
    ),
    Source(
        key="cleverreach",
        name="CleverReach",
        url="https://rest.cleverreach.com/v3/groups.json/{parent}/receivers",
        auth=Auth(
            "client ID and client secret of an OAuth app (My account, Extras, REST API), with a colon between them",
            "oauth",
            value="{}",
            pattern=r"[!-9;-~]{4,200}:[!-~]{4,200}",
            url="https://rest.cleverreach.com/oauth/token.php",
        ),
        needs=(Need("list", "the number of a list, if it is to be this one only", r"[0-9]{1,12}", True),),
        parents=Parents("https://rest.cleverreach.com/v3/groups.json", "", "id", unless="list"),
        query=(("type", "all"), ("detail", "2")),
        paging=Paging("page", param="page", size=1000, size_param="pagesize", start=0),
        fields=Fields(
            email=("email",),
            first_name=(
                *below("global_attributes", ("firstname", "vorname")),
                *below("attributes", ("firstname", "vorname")),
            ),
            last_name=(
                *below("global_attributes", ("lastname", "name", "nachname")),
                *below("attributes", ("lastname", "name", "nachname")),
            ),
            phone=(
                *below("global_attributes", ("phone", "mobile", "telefon")),
                *below("attributes", ("phone", "mobile", "telefon")),
            ),
            subscribed_at=("registered",),
            confirmed_at=("activated",),
            unsubscribed_at=("deactivated",),
            source=("source",),
            tags=("tags",),
        ),
        status="pending",
        rules=(
            Rule("bounced", "true", "bounced"),
            Rule("deactivated", "true", "unsubscribed"),
            Rule("activated", "true", "active"),
        ),
        extra=("group_id", "groups_id", "attributes", "global_attributes"),
    ),
    Source(
        key="rapidmail",
        name="rapidmail",
        url="https://apiv3.emailsys.net/recipients",
        auth=Auth(
            "name and password of an API user (Settings, API), with a colon between them",
            "basic",
            value="{}",
            pattern=r"[!-9;-~]{2,200}:[!-~]{2,200}",
        ),
        needs=(Need("list", "the number of a recipient list, if it is to be this one only", r"[0-9]{1,12}", True),),
        parents=Parents("https://apiv3.emailsys.net/recipientlists", "_embedded.recipientlists", "id", unless="list"),
        query=(("recipientlist_id", "{parent}"),),
        variants=tuple((("status", one),) for one in ("active", "new", "bounced", "abused", "deleted")),
        paging=Paging("next", next="_links.next.href", total="total_items"),
        people="_embedded.recipients",
        fields=Fields(
            email=("email",),
            first_name=("firstname",),
            last_name=("lastname",),
            phone=("mobile", "phone"),
            subscribed_at=("created", "created_at"),
            confirmed_at=("activated", "activated_at"),
            unsubscribed_at=("deleted", "deleted_at"),
            source=("created_via",),
            consent_ip=("activated_ip", "created_ip"),
        ),
        rules=rules(
            "status", {"unsubscribed": "deleted", "pending": "new", "bounced": "bounced", "complained": "abused"}
        ),
        extra=("recipientlist_id", "foreign_id", "status"),
    ),
    Source(
        key="getresponse",
        name="GetResponse",
        url="https://api.getresponse.com/v3/contacts",
        auth=Auth("an API key under Tools, Integrations and API", name="X-Auth-Token", value="api-key {}"),
        query=(("sort[createdOn]", "asc"),),
        paging=Paging(
            "page", param="page", size=1000, size_param="perPage", total="header:TotalCount", pages="header:TotalPages"
        ),
        fields=Fields(
            email=("email",),
            id=("contactId",),
            name=("name",),
            subscribed_at=("createdOn",),
            source=("origin",),
            tags=("campaign.name",),
            consent_ip=("ipAddress",),
        ),
        extra=("campaign", "note"),
        rate=400,
    ),
)

EUROPEAN = {source.key: source for source in _ROWS}
