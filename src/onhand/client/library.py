"""The transport of an outbox where the ledger is at hand as a library."""

from datetime import datetime
from typing import TYPE_CHECKING

from onhand.client.outbox import OutboxMessage, Transport
from onhand.client.till import RETURN, SALE
from onhand.faults import Fault

if TYPE_CHECKING:
    from onhand.ledger.offline.verbs import Offline


def transport_of(offline: "Offline") -> Transport:
    """Send a till's messages by the verbs of `stock.offline`, each under its own key."""

    async def send(message: OutboxMessage) -> object:
        told = dict(message.content)
        if message.operation == SALE:
            return await offline.queue(
                transaction=told["transaction"],
                site=told["site"],
                items=[tuple(item) for item in told["items"]],
                device=told["device"],
                sequence=message.sequence,
                slice=told["slice"],
                occurred_at=datetime.fromisoformat(told["sold_at"]),
                key=message.key,
            )
        if message.operation == RETURN:
            return await offline.settle_loan(site=told["site"], slice=told["slice"], key=message.key)
        raise Fault(code="OUTBOX_UNUSABLE", message=f"Nobody knows {message.operation}.", retryable=False)

    return send
