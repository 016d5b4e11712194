"""List the newsletter services that can be asked for the whole list.

Facts: the services' own documentation, as noted in docs/list-backup.md. Where a service lets people choose the names of
their fields, the usual ones are tried in turn. Pages are asked oldest first wherever one can say so: who signs up
meanwhile is then at the end, and moves nobody from one page to another.
"""

from __future__ import annotations

from .source import Auth, Fields, Need, Paging, Rule, Source
from .usual import FIRST, LAST, PHONE, below, rules

_ROWS = (
    Source(
        key="buttondown",
        name="Buttondown",
        url="https://api.buttondown.com/v1/subscribers",
        auth=Auth("the API key under Settings, Programming", value="Token {}"),
        query=(("ordering", "creation_date"),),
        paging=Paging("next", next="next", total="count"),
        people="results",
        fields=Fields(
            email=("email_address", "email"),
            first_name=below("metadata", ("first-name", "first_name")),
            last_name=below("metadata", ("last-name", "last_name")),
            phone=below("metadata", ("phone",)),
            name=("metadata.name",),
            subscribed_at=("creation_date",),
            unsubscribed_at=("unsubscription_date",),
            source=("source", "utm_source"),
            tags=("tags",),
            consent_ip=("ip_address",),
        ),
        rules=rules(
            "type",
            {
                "unsubscribed": "unsubscribed removed blocked",
                "pending": "unactivated upcoming",
                "bounced": "undeliverable",
                "complained": "complained",
            },
        ),
        extra=("type", "metadata", "notes", "referrer_url", "utm_campaign", "utm_medium", "utm_source"),
        rate=500,
    ),
    Source(
        key="kit",
        name="Kit",
        url="https://api.kit.com/v4/subscribers",
        auth=Auth("the API key (V4) under Settings, Developer", name="X-Kit-Api-Key", value="{}"),
        query=(("status", "all"), ("include", "tags,attribution"), ("include_total_count", "true")),
        paging=Paging(
            "cursor",
            param="after",
            size=1000,
            size_param="per_page",
            next="pagination.end_cursor",
            more="pagination.has_next_page",
            total="pagination.total_count",
        ),
        people="subscribers",
        fields=Fields(
            email=("email_address",),
            first_name=("first_name",),
            last_name=below("fields", ("last_name", "Last name")),
            phone=below("fields", ("phone", "Phone number")),
            subscribed_at=("created_at",),
            source=("attribution.source_name", "attribution.utm_source"),
            tags=("tags",),
        ),
        rules=rules(
            "state",
            {"unsubscribed": "cancelled", "pending": "inactive", "bounced": "bounced", "complained": "complained"},
        ),
        extra=("fields", "attribution"),
        rate=110,
    ),
    Source(
        key="mailchimp",
        name="Mailchimp",
        url="https://{dc}.api.mailchimp.com/3.0/lists/{list}/members",
        auth=Auth(
            "an API key under Profile, Extras; it ends in the name of its data centre: …-us21",
            "basic",
            value="x:{}",
            pattern=r"[0-9A-Za-z]{8,64}-[a-z]{2}[0-9]{1,3}",
        ),
        needs=(Need("list", "the audience id: Audience, Settings, Audience name and defaults"),),
        query=(
            ("sort_field", "timestamp_signup"),
            ("sort_dir", "ASC"),
            ("exclude_fields", "_links,members._links,members.stats"),
        ),
        paging=Paging("offset", param="offset", size=1000, size_param="count", total="total_items"),
        people="members",
        fields=Fields(
            email=("email_address",),
            first_name=below("merge_fields", FIRST),
            last_name=below("merge_fields", LAST),
            phone=below("merge_fields", PHONE),
            name=("full_name",),
            subscribed_at=("timestamp_signup", "timestamp_opt"),
            confirmed_at=("timestamp_opt",),
            source=("source",),
            tags=("tags",),
            consent_ip=("ip_opt", "ip_signup"),
        ),
        rules=rules(
            "status",
            {"unsubscribed": "unsubscribed archived", "pending": "pending transactional", "bounced": "cleaned"},
        ),
        extra=("status", "merge_fields", "language", "last_changed", "unsubscribe_reason"),
    ),
    Source(
        key="mailerlite",
        name="MailerLite",
        url="https://connect.mailerlite.com/api/subscribers",
        auth=Auth("a token under Integrations, API"),
        paging=Paging("cursor", param="cursor", size=100, size_param="limit", next="meta.next_cursor"),
        people="data",
        fields=Fields(
            email=("email",),
            first_name=below("fields", ("name", "first_name")),
            last_name=below("fields", ("last_name",)),
            phone=below("fields", ("phone",)),
            subscribed_at=("subscribed_at", "created_at"),
            confirmed_at=("opted_in_at",),
            unsubscribed_at=("unsubscribed_at",),
            source=("source",),
            tags=("groups",),
            consent_ip=("optin_ip", "ip_address"),
        ),
        rules=rules(
            "status",
            {"unsubscribed": "unsubscribed", "pending": "unconfirmed", "bounced": "bounced", "complained": "junk"},
        ),
        extra=("fields", "status"),
        rate=110,
    ),
    Source(
        key="beehiiv",
        name="beehiiv",
        url="https://api.beehiiv.com/v2/publications/{publication}/subscriptions",
        auth=Auth("an API key under Settings, API"),
        needs=(Need("publication", "the publication id, pub_…: Settings, API", r"pub_[0-9A-Za-z-]{8,64}"),),
        query=(("expand[]", "custom_fields"), ("status", "all")),
        paging=Paging("cursor", param="cursor", size=100, size_param="limit", next="next_cursor", more="has_more"),
        people="data",
        fields=Fields(
            email=("email",),
            subscribed_at=("created",),
            source=("utm_source", "referring_site"),
            tags=("tags",),
        ),
        rules=rules(
            "status",
            {"unsubscribed": "inactive", "pending": "pending validating needs_attention", "bounced": "invalid"},
        ),
        extra=("custom_fields", "subscription_tier", "utm_campaign", "utm_medium", "referring_site", "status"),
        rate=170,
    ),
    Source(
        key="resend",
        name="Resend",
        url="https://api.resend.com/contacts",
        auth=Auth("an API key with full access; it begins with re_"),
        paging=Paging("cursor", param="after", size=100, size_param="limit", next="last.id", more="has_more"),
        people="data",
        fields=Fields(
            email=("email",), first_name=("first_name",), last_name=("last_name",), subscribed_at=("created_at",)
        ),
        rules=(Rule("unsubscribed", "true", "unsubscribed"),),
        rate=100,
    ),
    Source(
        key="emailoctopus",
        name="EmailOctopus",
        url="https://api.emailoctopus.com/lists/{list}/contacts",
        auth=Auth("an API key of the second kind, made under Integrations and API; it begins with eo_"),
        needs=(Need("list", "the list's id: it is in the address of the list's page"),),
        # Without a status only those who are subscribed are told.
        variants=tuple((("status", one),) for one in ("subscribed", "unsubscribed", "pending")),
        paging=Paging(
            "cursor", param="starting_after", size=100, size_param="limit", next="paging.next.starting_after"
        ),
        people="data",
        fields=Fields(
            email=("email_address",),
            first_name=below("fields", ("FirstName", "first_name")),
            last_name=below("fields", ("LastName", "last_name")),
            phone=below("fields", ("Phone", "phone_number")),
            subscribed_at=("created_at",),
            tags=("tags",),
        ),
        rules=rules("status", {"unsubscribed": "unsubscribed", "pending": "pending"}),
        extra=("fields", "last_updated_at"),
        rate=500,
    ),
    Source(
        key="klaviyo",
        name="Klaviyo",
        url="https://a.klaviyo.com/api/lists/{list}/profiles",
        auth=Auth("a private API key that may read lists and profiles", value="Klaviyo-API-Key {}"),
        needs=(Need("list", "the list's id: it is in the address of the list's page"),),
        headers=(("revision", "2026-04-15"),),
        query=(("additional-fields[profile]", "subscriptions"), ("sort", "joined_group_at")),
        paging=Paging("next", size=100, size_param="page[size]", next="links.next"),
        people="data",
        fields=Fields(
            email=("attributes.email",),
            first_name=("attributes.first_name",),
            last_name=("attributes.last_name",),
            phone=("attributes.phone_number",),
            subscribed_at=("attributes.joined_group_at", "attributes.created"),
            confirmed_at=("attributes.subscriptions.email.marketing.consent_timestamp",),
            unsubscribed_at=("attributes.subscriptions.email.marketing.suppression.0.timestamp",),
            source=("attributes.subscriptions.email.marketing.method",),
        ),
        status="pending",
        rules=(
            *rules(
                "attributes.subscriptions.email.marketing.suppression.0.reason",
                {
                    "complained": "spam_complaint",
                    "bounced": "hard_bounce invalid_email",
                    "unsubscribed": "unsubscribe user_suppressed",
                },
            ),
            *rules(
                "attributes.subscriptions.email.marketing.consent",
                {"unsubscribed": "unsubscribed", "active": "subscribed"},
            ),
        ),
        extra=("attributes.properties", "attributes.locale"),
        rate=600,
    ),
)

HOSTED = {source.key: source for source in _ROWS}
