"""The refusals of webhooks, in order of precedence."""

from onhand.kernel.refusal_entry import Entry

ENTRIES = (
    Entry(
        "WEBHOOK_TARGET_FORBIDDEN",
        "The address of the webhook cannot be called: {detail}.",
        ("detail",),
        "A webhook leads to a public address by https, on port 443 or one from 1024 on, without user or fragment.",
    ),
    Entry("WEBHOOK_NOT_FOUND", "There is no webhook {webhook}.", ("webhook",), "The number is not one of this org."),
    Entry(
        "WEBHOOK_EXISTS",
        "There is a webhook {name} already.",
        ("name",),
        "Change that one, or take another name; names are compared letter by letter.",
    ),
)
