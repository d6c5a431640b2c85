"""A trial: one message that tells of nothing, sent at once."""

from uuid import uuid4

from onhand.delivery.messages import trial_message
from onhand.delivery.sending import Sender, SendOutcome
from onhand.kernel.refusals import Refused
from onhand.ledger.stock import Stock


async def try_webhook(stock: Stock, sender: Sender, webhook: int) -> SendOutcome:
    """
    Send a webhook a test message, signed like all others.

    Raises:
        Refused: WEBHOOK_NOT_FOUND.
    """
    found = await stock.webhooks.get(webhook)
    signing = await stock.webhooks.port.signing(webhook)
    if signing is None:
        raise Refused("WEBHOOK_NOT_FOUND", webhook=webhook)
    message = trial_message(stock.org_id, webhook, found.name, uuid4().hex)
    headers = message.headers(await stock.webhooks.port.signing_key(), signing.credentials)
    return await sender.send(signing.url, headers, message.body)
