"""The ledger as its users see it."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Protocol, Self

from onhand.faults import Fault
from onhand.kernel.posting import Posting
from onhand.kernel.promises.expire_reservation import ExpireReservation
from onhand.ledger.accounts.verbs import Accounts
from onhand.ledger.asking import Asking, check_limit
from onhand.ledger.catalog.questions import CatalogQuestions
from onhand.ledger.commerce.orders import Orders
from onhand.ledger.commerce.questions import Documents
from onhand.ledger.commerce.shop import ShopQuestions, ShopVerbs
from onhand.ledger.commerce.verbs import Invoices
from onhand.ledger.core.port import Reading
from onhand.ledger.core.questions import Queries
from onhand.ledger.core.verbs import Verbs
from onhand.ledger.engine.acting import Acting
from onhand.ledger.engine.batcher import Batcher
from onhand.ledger.lots.alarms import Alarms
from onhand.ledger.lots.verbs import Lots
from onhand.ledger.offline.verbs import OfflineQueue
from onhand.ledger.pieces.verbs import PieceVerbs
from onhand.ledger.planning.verbs import Planning
from onhand.ledger.promises.verbs import Promises
from onhand.ledger.recipes.deduction_meter import Watch
from onhand.ledger.recipes.questions import RecipeQuestions
from onhand.ledger.recipes.verbs import RecipeVerbs
from onhand.ledger.serials.consistency import Consistency
from onhand.ledger.serials.questions import Lifecycle
from onhand.ledger.webhooks.verbs import Webhooks
from onhand.ledger.worth.questions import CostQuestions
from onhand.ledger.worth.reports import Reports
from onhand.ledger.worth.totals import TotalsQuestions


class Closing(Protocol):
    """What is closed with the ledger."""

    async def close(self) -> None:
        """Give everything back."""
        ...


class Stock(
    Verbs,
    Planning,
    Promises,
    Invoices,
    Orders,
    Lifecycle,
    Documents,
    Consistency,
    Alarms,
    RecipeVerbs,
    RecipeQuestions,
    OfflineQueue,
    PieceVerbs,
    Accounts,
    CostQuestions,
    Queries,
    ShopVerbs,
    Reports,
    ShopQuestions,
    TotalsQuestions,
    CatalogQuestions,
    Lots,
    Webhooks,
):
    """An open ledger of one org: a verb for each operation, and questions."""

    def __init__(
        self, batcher: Batcher, reading: Reading, *, org_id: int, actor: str, closing: Sequence[Closing] = ()
    ) -> None:
        """Put the engine and the questions together; `bootstrap` does it."""
        Acting.__init__(self, batcher, actor=actor)
        Asking.__init__(self, reading, org_id)
        self._closing = closing
        self.watch = Watch()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Let what waits be executed, then close the connections."""
        with suppress(Fault):  # a tally is not worth keeping anybody from closing
            await self.tell_refusals()
        await self._batcher.close()
        for closing in self._closing:
            await closing.close()

    async def expire_due(self, *, limit: int = 1000) -> list[Posting]:
        """
        End the promises whose time has passed, oldest first.

        Safe to run by any number of processes at once: the key is made from the reservation as it was found, so each
        is expired once. Those that a worker has claimed are left to it; `release_expired` claims them itself.
        """
        check_limit(limit)
        due = await self.reading.promises.claimable(limit)
        commands = [
            ExpireReservation(key=f"expire/{number}/{version}", actor=self._actor, reservation=number)
            for number, version in due
        ]
        outcomes = await self.bulk(commands)
        return [outcome for outcome in outcomes if isinstance(outcome, Posting) and not outcome.replayed]
