"""
A till in Python: it sells without network, and its sales reach the ledger when there is one.

Each sale is on the disk before the customer has it. What was lent to the till, its slice, is counted there too, so that
sales within it can never oversell, whatever other tills do meanwhile.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from onhand.client.outbox import Outbox, OutboxMessage
from onhand.kernel.quantity import SCALE, parse_quantity, quantity_text
from onhand.kernel.refusals import Refused
from onhand.kernel.text import check_code

if TYPE_CHECKING:
    import sqlite3

SALE, RETURN = "queue_sale", "settle_slice"


class Till:
    """Sells for one site out of one outbox."""

    def __init__(self, outbox: Outbox, site: str) -> None:
        self.outbox = outbox
        self.site = check_code(site, "site")

    def take_slice(self, number: int, products: Mapping[str, int], *, expires_at: datetime | None = None) -> None:
        """Note what `lend` has set aside for this till: the number of the slice, and so many of which products."""
        rows = [
            (number, product, count * SCALE, None if expires_at is None else expires_at.astimezone(UTC).isoformat())
            for product, count in products.items()
        ]
        with self.outbox.writing() as connection:
            connection.executemany(
                "INSERT OR IGNORE INTO slice (number, product, lent, expires_at) VALUES (?, ?, ?, ?)", rows
            )

    def left(self, number: int) -> Mapping[str, str]:
        """Tell how much of a slice may still be sold, as plain decimals by product."""
        with self.outbox.writing() as connection:
            rows = connection.execute("SELECT product, lent - sold FROM slice WHERE number = ?", (number,)).fetchall()
        return {product: quantity_text(left) for product, left in rows}

    def sell(
        self,
        transaction: str,
        items: Sequence[tuple[str, int | str]],
        *,
        slice: int | None = None,  # noqa: A002 - what a till was lent is called its slice
        sold_at: datetime | None = None,
    ) -> OutboxMessage:
        """
        Sell: the sale waits in the outbox when this returns.

        Raises:
            Refused: INSUFFICIENT_INGREDIENTS where the slice has not so much left, or is over; nothing was sold then.
            Fault: The outbox cannot keep it; nothing was sold.
        """
        moment = sold_at or datetime.now(UTC)
        check_code(transaction, "transaction")
        quantities = [(check_code(product, "product"), parse_quantity(quantity)) for product, quantity in items]
        content = {
            "transaction": transaction,
            "site": self.site,
            "items": [[product, quantity_text(quantity)] for product, quantity in quantities],
            "device": self.outbox.device,
            "slice": slice,
            "sold_at": moment.astimezone(UTC).isoformat(),
        }
        with self.outbox.writing() as connection:
            if slice is not None:
                _use(connection, self.site, slice, quantities, moment)
            message = self.outbox.insert(connection, SALE, content)
        self.outbox.wake()
        return message

    def give_back(self, number: int) -> OutboxMessage:
        """Give back what is left of a slice, after all sales that were made of it; no more is sold of it here."""
        with self.outbox.writing() as connection:
            connection.execute("UPDATE slice SET lent = sold WHERE number = ?", (number,))
            message = self.outbox.insert(connection, RETURN, {"site": self.site, "slice": number})
        self.outbox.wake()
        return message


def _use(
    connection: "sqlite3.Connection", site: str, number: int, quantities: Sequence[tuple[str, int]], moment: datetime
) -> None:
    """Count a sale against the slice, or refuse it with every product of which there is not enough left."""
    rows = connection.execute(
        "SELECT product, lent - sold, expires_at FROM slice WHERE number = ?", (number,)
    ).fetchall()
    left = {product: rest for product, rest, ends in rows if ends is None or datetime.fromisoformat(ends) > moment}
    needed: dict[str, int] = {}
    for product, quantity in quantities:
        needed[product] = needed.get(product, 0) + quantity
    shortages = [
        {
            "product": product,
            "site": site,
            "requested": quantity_text(quantity),
            "available": quantity_text(left.get(product, 0)),
            "short": quantity_text(quantity - left.get(product, 0)),
        }
        for product, quantity in needed.items()
        if quantity > left.get(product, 0)
    ]
    if shortages:
        errors = [
            f"{told['product']} - slice {number}: "
            f"Need {told['requested']}, Have {told['available']} (Short: {told['short']})"
            for told in shortages
        ]
        raise Refused("INSUFFICIENT_INGREDIENTS", errors=errors, shortages=shortages)
    connection.executemany(
        "UPDATE slice SET sold = sold + ? WHERE number = ? AND product = ?",
        [(quantity, number, product) for product, quantity in needed.items()],
    )
