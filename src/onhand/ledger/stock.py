"""The ledger as its users see it."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from typing import Protocol, Self, TypeVar

from onhand.faults import Fault
from onhand.kernel.command import Command
from onhand.kernel.posting import Posting
from onhand.ledger.accounts.verbs import Accounts
from onhand.ledger.asking import Asking, every
from onhand.ledger.catalog.verbs import Catalog
from onhand.ledger.commerce.counter import Counter
from onhand.ledger.commerce.orders import Orders
from onhand.ledger.commerce.verbs import Invoices
from onhand.ledger.core.answers import Page
from onhand.ledger.core.port import Reading
from onhand.ledger.core.questions import Questions
from onhand.ledger.core.verbs import Verbs
from onhand.ledger.engine.acting import Acting
from onhand.ledger.engine.batcher import Batcher
from onhand.ledger.engine.logging import OperationLog
from onhand.ledger.engine.request import Outcome
from onhand.ledger.lots.verbs import Lots
from onhand.ledger.offline.verbs import Offline
from onhand.ledger.pieces.verbs import Pieces
from onhand.ledger.planning.verbs import Planning
from onhand.ledger.promises.verbs import Reservations
from onhand.ledger.recipes.deduction_meter import DeductionMeter
from onhand.ledger.recipes.verbs import Recipes
from onhand.ledger.serials.consistency import Consistency
from onhand.ledger.serials.verbs import Serials
from onhand.ledger.trust.verbs import Archives
from onhand.ledger.webhooks.verbs import Webhooks
from onhand.ledger.worker import Worker
from onhand.ledger.worth.reports import Reports

Row = TypeVar("Row")


class Closing(Protocol):
    """What is closed with the ledger."""

    async def close(self) -> None:
        """Give everything back."""
        ...


class Stock(Verbs, Counter, Consistency, Questions):
    """
    An open ledger of one org: the verbs and questions of stock itself, and an object for each family of others.

    Each verb returns the posting that was made. A refusal raises `Refused` with code and facts, and nothing was
    changed; a breakdown raises `Fault`, which says whether to retry (with the same key, always). Codes that are not
    known are refused by questions, too, since an empty answer would mislead.
    """

    lots: Lots
    """Lots from intake to recall, what is known and told of them, and alerts."""
    pieces: Pieces
    """Named pieces, what is made and cut of them, and where they came from."""
    recipes: Recipes
    """What products are made of, and the sales that consume it."""
    offline: Offline
    """What was sold without network, and waits to be deducted."""
    orders: Orders
    """Orders of a web shop, from cart to parcel."""
    invoices: Invoices
    """Invoices: issued, paid, delivered, taken back."""
    serials: Serials
    """Single items under their serial numbers."""
    reservations: Reservations
    """Reservations, the line of those who wait, and what becomes of both."""
    catalog: Catalog
    """Sites, products, items and customers, variants, and the settings of the org."""
    accounts: Accounts
    """Users, keys and roles."""
    webhooks: Webhooks
    """Who is told of postings elsewhere."""
    planning: Planning
    """What is ordered from suppliers, and when to order more."""
    reports: Reports
    """What stock is worth, its totals, VAT, and the daily report."""
    archive: Archives
    """The old history in files that prove themselves."""
    worker: Worker
    """What workers do again and again."""

    def __init__(
        self,
        batcher: Batcher,
        reading: Reading,
        *,
        org_id: int,
        actor: str,
        closing: Sequence[Closing] = (),
        log: OperationLog | None = None,
    ) -> None:
        """Put the engine and the questions together; `bootstrap` does it."""
        acting, asking = Acting(batcher, actor=actor), Asking(reading, org_id)
        super().__init__(acting, asking)
        self._closing = closing
        self._meter = DeductionMeter(acting)
        acting.observers.append(self._meter.observe)
        if log is not None:
            acting.observers.append(log.observe)
            acting.watchers.append(log.operation)
            asking.watchers.append(log.operation)
        self.lots = Lots(acting, asking)
        self.pieces = Pieces(acting, asking)
        self.recipes = Recipes(acting, asking, self._meter)
        self.offline = Offline(acting, asking)
        self.orders = Orders(acting, asking)
        self.invoices = Invoices(acting, asking)
        self.serials = Serials(acting, asking)
        self.reservations = Reservations(acting, asking)
        self.catalog = Catalog(acting, asking)
        self.accounts = Accounts(acting, asking)
        self.webhooks = Webhooks(acting, asking)
        self.planning = Planning(acting, asking)
        self.reports = Reports(acting, asking)
        self.archive = Archives(acting, asking)
        self.worker = Worker(acting, asking, self._meter)

    @property
    def org_id(self) -> int:
        """The number of the org."""
        return self._org_id

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Let what waits be executed, then close the connections."""
        with suppress(Fault):  # a tally is not worth keeping anybody from closing
            await self._meter.tell()
        await self._acting.batcher.close()
        for closing in self._closing:
            await closing.close()

    async def post(self, command: Command, *, dry_run: bool = False) -> Posting:
        """Execute a command; raises Refused or Fault."""
        return await self._post(command, dry_run=dry_run)

    async def bulk(self, commands: Iterable[Command], *, dry_run: bool = False) -> list[Outcome]:
        """Execute many commands in order, each on its own; refusals and faults stand in the list as answers."""
        return await self._bulk(commands, dry_run=dry_run)

    async def every(
        self, question: Callable[..., Awaitable[Page[Row]]], *codes: str, **asked: object
    ) -> AsyncIterator[Row]:
        """
        Give all rows of a list, page by page, each read in a moment of its own.

        `async for lot in stock.every(stock.lots.list, status="LIVE")`: the question, and what it is asked.
        """
        async for row in every(question, *codes, **asked):
            yield row
