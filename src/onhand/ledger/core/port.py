"""What the read side needs of a store; `onhand.store.core.reading` has it for PostgreSQL."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from onhand.kernel.posting import Posting
from onhand.ledger.accounts.port import AccountsReading
from onhand.ledger.catalog.port import CatalogReading
from onhand.ledger.commerce.port import DocumentsReading
from onhand.ledger.commerce.shop_port import ShopReading
from onhand.ledger.core.answers import (
    Balances,
    ChangeLine,
    HoldingAnswer,
    HoldingDifference,
    HoldingThen,
    JournalHead,
    MovementLine,
    PostingSummary,
    ReservationAnswer,
)
from onhand.ledger.core.wanted import (
    HoldingSpot,
    MovementsWanted,
    PlaceIds,
    PostingsWanted,
    ReservationsWanted,
    Rows,
    TrailSpot,
    Where,
)
from onhand.ledger.lots.port import LotsReading
from onhand.ledger.offline.port import OfflineReading
from onhand.ledger.pieces.port import PieceReading
from onhand.ledger.planning.port import PlanningReading
from onhand.ledger.promises.port import PromisesReading
from onhand.ledger.recipes.port import RecipesReading
from onhand.ledger.serials.consistency_port import ConsistencyReading
from onhand.ledger.serials.port import LifecycleReading
from onhand.ledger.trust.archive_port import ArchiveReading
from onhand.ledger.webhooks.port import HistoryReading, WebhooksReading
from onhand.ledger.worth.port import CostsReading
from onhand.ledger.worth.totals_port import TotalsProjection


class ExplainedMovements(NamedTuple):
    """The last movements of some holdings in journal order, the total before, and whether there are earlier ones."""

    movements: tuple[MovementLine, ...]
    brought_forward: Balances
    has_earlier: bool


class Reading(Protocol):
    """
    Reads of one org; each sees one moment of the database.

    Raises `Fault` when the database breaks down or takes too long.
    """

    @property
    def checks(self) -> "Checks":
        """What a verification asks."""
        ...

    @property
    def archive(self) -> ArchiveReading:
        """What an archive is written from."""
        ...

    @property
    def pieces(self) -> PieceReading:
        """What pieces there are."""
        ...

    @property
    def documents(self) -> DocumentsReading:
        """Reads of documents and single items."""
        ...

    @property
    def accounts(self) -> AccountsReading:
        """Users and keys."""
        ...

    @property
    def consistency(self) -> ConsistencyReading:
        """What is not as it should be."""
        ...

    @property
    def lifecycle(self) -> LifecycleReading:
        """The life of single items as a whole."""
        ...

    @property
    def costs(self) -> CostsReading:
        """What stock is worth and why."""
        ...

    @property
    def promises(self) -> PromisesReading:
        """Which reservations there is something to do for."""
        ...

    @property
    def recipes(self) -> RecipesReading:
        """The figures of recipes and deductions."""
        ...

    @property
    def offline(self) -> OfflineReading:
        """The queue of offline sales."""
        ...

    @property
    def planning(self) -> PlanningReading:
        """What planning asks."""
        ...

    @property
    def totals(self) -> TotalsProjection:
        """The totals of items."""
        ...

    @property
    def catalog(self) -> CatalogReading:
        """What is known."""
        ...

    @property
    def lots(self) -> LotsReading:
        """Which lots there are."""
        ...

    @property
    def shop(self) -> ShopReading:
        """What the shop asks."""
        ...

    @property
    def webhooks(self) -> WebhooksReading:
        """Webhooks, and the leases under which they are delivered."""
        ...

    @property
    def history(self) -> HistoryReading:
        """Whole postings."""
        ...

    async def head(self) -> JournalHead:
        """Where the journal stands."""
        ...

    async def cursor_key(self) -> bytes:
        """What the cursors of the org are signed with."""
        ...

    async def find(self, where: Where) -> PlaceIds:
        """The ids that codes stand for; raises Refused where there is no such thing."""
        ...

    async def find_lot(self, lot_id: int) -> PlaceIds:
        """The holdings of a lot."""
        ...

    async def holdings(self, found: PlaceIds, after: HoldingSpot, limit: int, *, empty: bool) -> Rows[HoldingAnswer]:
        """Holdings as they are."""
        ...

    async def holdings_then(
        self,
        found: PlaceIds,
        number: int,
        occurred_at: datetime | None,
        after: HoldingSpot,
        limit: int,
        *,
        empty: bool,
    ) -> Rows[HoldingThen]:
        """Holdings as they were after a posting, as far as it had happened by a moment."""
        ...

    async def difference(
        self, found: PlaceIds, since: int, until: int, after: HoldingSpot, limit: int
    ) -> Rows[HoldingDifference]:
        """Holdings that moved between two postings."""
        ...

    async def number_at(self, recorded_at: datetime) -> int:
        """The last posting recorded by a moment; 0 before the first."""
        ...

    async def postings(self, wanted: PostingsWanted, limit: int) -> Rows[PostingSummary]:
        """Postings without their lines."""
        ...

    async def posting(self, number: int) -> Posting | None:
        """A posting with its lines."""
        ...

    async def movements(self, wanted: MovementsWanted, limit: int) -> Rows[MovementLine]:
        """Movements of any holdings."""
        ...

    async def explain(self, wanted: MovementsWanted, limit: int) -> ExplainedMovements:
        """The movements that made a balance, newest of those wanted, with the total before them."""
        ...

    async def trail(
        self, entity: str, entity_id: int | None, found: PlaceIds | None, after: TrailSpot, limit: int
    ) -> Rows[MovementLine | ChangeLine]:
        """
        The life of an entity.

        Args:
            entity: Its kind; "holding" for the holdings alone.
            entity_id: Its id; None for the holdings alone.
            found: The holdings whose movements and changes belong to it, if any.
            after: Where to go on.
            limit: At most so many lines.
        """
        ...

    async def reservations(self, wanted: ReservationsWanted, limit: int) -> Rows[ReservationAnswer]:
        """Reservations as they are."""
        ...

    async def due_reservations(self, moment: datetime, limit: int) -> tuple[int, ...]:
        """The active reservations whose time is over, the longest overdue first."""
        ...


class CheckedHead(NamedTuple):
    """The journal's row, the highest id in use, the last posting, and numbers of rows that lie outside the journal."""

    head: JournalHead
    catalog_number: int
    id_last: int
    id_max: int
    hash_last: bytes | None
    recorded_at_last: datetime | None
    outside: tuple[int, ...]


class ChainFault(NamedTuple):
    """What is wrong with a posting of the chain."""

    number: int
    is_missing: bool
    is_changed: bool
    is_early: bool
    is_miscounted: bool


class Keys(NamedTuple):
    """The idempotency keys of consecutive postings, and what they are looked up by, 16 bytes each."""

    keys: tuple[str, ...]
    key_hashes: bytes


class Step(NamedTuple):
    """A place in the order of the movements holding by holding."""

    holding_id: int
    number: int
    line: int


class BalanceFault(NamedTuple):
    """A movement whose balances do not follow from those before."""

    number: int
    line: int
    holding_id: int


class EntityFault(NamedTuple):
    """An entity that is wrong, and the posting where it shows, if there is one."""

    number: int | None
    entity: str
    entity_id: int


class HoldingFault(NamedTuple):
    """What is wrong with a holding, and the last posting that touched it."""

    number: int | None
    id: int
    is_elsewhere: bool
    is_unbalanced: bool
    is_miscounted: bool


class OutsideEdit(NamedTuple):
    """A row that somebody changed without onhand."""

    edited_at: datetime
    edited_by: str
    table: str
    operation: str
    id: str | None
    number: int | None


class Checks(Protocol):
    """
    What a verification asks of a store: each answer lists what is wrong in a slice, the first first.

    Slices are of posting numbers (first to last), of ids, or of movements holding by holding; no read is long.
    """

    async def head(self) -> CheckedHead | None:
        """The journal's row, and what lies outside of it."""
        ...

    async def contains(self, number: int, sealed: bytes) -> bool:
        """Whether the journal has a posting with that number and that hash."""
        ...

    async def chain(self, first: int, last: int, limit: int) -> Sequence[ChainFault]:
        """Postings that are missing, changed, too early or miscounted."""
        ...

    async def keys(self, first: int, last: int) -> Keys:
        """The idempotency keys of a slice."""
        ...

    async def catalog_number(self, first: int, last: int) -> int:
        """The last posting of a slice that changed the catalogue; 0 where none did."""
        ...

    async def elsewhere(self, first: int, last: int, limit: int) -> Sequence[EntityFault]:
        """Postings in which goods of an item vanish or appear between holdings."""
        ...

    async def reversals(self, first: int, last: int, limit: int) -> Sequence[int]:
        """Postings that do not undo exactly what they say."""
        ...

    async def changes(self, first: int, last: int, limit: int) -> Sequence[EntityFault]:
        """Changes that do not begin where the one before ended."""
        ...

    async def missing_rows(self, first: int, last: int, limit: int) -> Sequence[EntityFault]:
        """Entities that postings made and no table has."""
        ...

    async def step(self, start: Step, size: int) -> Step | None:
        """Where a slice of movements ends; None where fewer follow."""
        ...

    async def balances(self, start: Step, end: Step, limit: int) -> Sequence[BalanceFault]:
        """Movements whose balances do not follow from those before."""
        ...

    async def entities(self, first: int, last: int, limit: int) -> Sequence[EntityFault]:
        """Entities that are not as their last change left them."""
        ...

    async def holdings(self, first: int, last: int, limit: int) -> Sequence[HoldingFault]:
        """Holdings that are not as their last movement and change left them."""
        ...

    async def stray_rows(self, id_last: int, limit: int) -> Sequence[EntityFault]:
        """Rows whose ids the journal has not given out."""
        ...

    async def outside_edits(self, limit: int) -> Sequence[OutsideEdit]:
        """What was done to the tables without onhand."""
        ...
