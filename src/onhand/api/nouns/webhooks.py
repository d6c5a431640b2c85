"""Webhooks: who is told of postings elsewhere, and how far each was told."""

from typing import Any

from onhand.api.entry.calls import Call
from onhand.api.routes.commands import wrong
from onhand.api.routes.routes import ADMINS, AUDITORS, Act, Ask, Prepared, Special
from onhand.config import Config
from onhand.delivery.sending import Sender
from onhand.delivery.webhook_test import try_webhook
from onhand.kernel.posting import Posting
from onhand.kernel.webhooks.create_webhook import credential_of
from onhand.kernel.webhooks.signing import secret_text
from onhand.kernel.webhooks.targets import check_target, read_target

_TRIAL_SECONDS = 10
_DIGITS_MAX = 18


def _checked(call: Call) -> Prepared:
    """Refuse an address that this installation does not call, before anything is decided."""
    if type(call.body) is dict and type(call.body.get("url")) is str:
        check_target(read_target(call.body["url"]), Config.from_environment().webhook_local_hosts)
    return Prepared({}, {})


async def _secret(call: Call, posting: Posting) -> dict[str, object]:
    """Show the secret that a posting made."""
    signing_key = await call.stock.webhooks.port.signing_key()
    return {"secret": secret_text(signing_key, credential_of(posting.key))}


async def _try(call: Call) -> dict[str, Any]:
    """Send a message that tells of nothing, and say what became of it."""
    told = call.in_path["webhook"]
    if not (told.isascii() and told.isdecimal() and len(told) <= _DIGITS_MAX) or call.query:
        raise wrong("the address", "needs the number of a webhook, and no query")
    local_hosts = Config.from_environment().webhook_local_hosts
    async with Sender(local_hosts, timeout_seconds=_TRIAL_SECONDS) as sender:
        outcome = await try_webhook(call.stock, sender, int(told))
    return {
        "delivered": outcome.is_delivered,
        "status": outcome.status,
        "detail": outcome.detail,
        "milliseconds": outcome.milliseconds,
    }


ROUTES = (
    Act(
        path="/api/webhooks",
        operation="create_webhook",
        roles=ADMINS,
        whole_org=True,
        prepare=_checked,
        finish=_secret,
    ),
    Ask(path="/api/webhooks", name="list_webhooks", question="webhooks.list", roles=AUDITORS, whole_org=True),
    Ask(path="/api/webhooks/{webhook}", name="get_webhook", question="webhooks.get", roles=AUDITORS, whole_org=True),
    Act(
        path="/api/webhooks/{webhook}",
        method="PUT",
        operation="change_webhook",
        roles=ADMINS,
        whole_org=True,
        prepare=_checked,
    ),
    Act(
        path="/api/webhooks/{webhook}/disablement",
        operation="disable_webhook",
        fixed={"because": "asked"},
        roles=ADMINS,
        whole_org=True,
    ),
    Act(path="/api/webhooks/{webhook}/resumption", operation="resume_webhook", roles=ADMINS, whole_org=True),
    Act(
        path="/api/webhooks/{webhook}/rotation",
        operation="rotate_webhook",
        roles=ADMINS,
        whole_org=True,
        finish=_secret,
    ),
    Ask(
        path="/api/webhooks/{webhook}/deliveries",
        name="list_deliveries",
        question="webhooks.list_deliveries",
        roles=AUDITORS,
        whole_org=True,
    ),
    Special(
        path="/api/webhooks/{webhook}/tests",
        name="test_webhook",
        method="POST",
        roles=ADMINS,
        whole_org=True,
        handle=_try,
        summary="Send a webhook a message that tells of nothing, at once.\n\nIt is signed like all others; the answer "
        "says what became of it.",
        answer_schema={
            "type": "object",
            "properties": {
                "delivered": {"type": "boolean", "description": "Whether the receiver has it."},
                "status": {"type": ["integer", "null"], "description": "What it answered over HTTP; null for nothing."},
                "detail": {"type": ["string", "null"], "description": "Why it was not delivered."},
                "milliseconds": {"type": "integer", "description": "How long it took, in milliseconds."},
            },
            "required": ["delivered", "status", "detail", "milliseconds"],
            "additionalProperties": False,
        },
    ),
)
