"""
A ledger in memory: the pure kernel, one command after the other, without database, clock or network.

Everything stays loaded: entities, holdings and all postings. So a command can be decided at once, and the later
history that a reversal asks for is looked up in the list of postings.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from onhand.kernel.book import Book
from onhand.kernel.canonical import GENESIS, posting_hash
from onhand.kernel.command import Command, Line, refusals_of
from onhand.kernel.deciding import run
from onhand.kernel.draft import Draft
from onhand.kernel.holding import Holding
from onhand.kernel.operations import OPERATIONS
from onhand.kernel.posting import Posting
from onhand.kernel.quantity import SCALE
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import OF_THE_LIMITED
from onhand.kernel.states import STATES, State
from onhand.kernel.stock.define import Define, ItemLine, LocationLine, SiteLine
from onhand.kernel.wants import Wants
from onhand.kernel.within import Within

ORG_ID = 1
START = datetime(2026, 1, 31, 12, tzinfo=UTC)
ROUNDS_MAX = 1000
"""A footprint that asks for more so many times asks for ever."""


class World:
    """A book, a journal and a clock that stands still until it is told to go on."""

    def __init__(self) -> None:
        """Start with nothing known, at noon."""
        self.book = Book()
        self.journal: list[Posting] = []
        self.commands: list[Command] = []
        """The accepted commands, one for each posting."""
        self.now = START
        self._by_key: dict[str, Posting] = {}

    def pass_time(self, seconds: float) -> None:
        """Let time pass."""
        self.now += timedelta(seconds=seconds)

    def execute(self, command: Command) -> Posting:
        """Execute a command, or raise its refusal; the book is as it was then."""
        earlier = self._by_key.get(command.key)
        if earlier is not None:
            if earlier.fingerprint != command.fingerprint():
                raise Refused("IDEMPOTENCY_KEY_REUSED", key=command.key, number=earlier.number)
            return replace(earlier, replayed=True)
        self._load(command)
        draft = Draft(self.book, now=self.now, today=self.now.date(), number=len(self.journal) + 1)
        try:
            run(command, draft)
        except Refused as refused:
            check_told(command, refused)
            raise
        posting = self._posting(command, draft)
        self.journal.append(posting)
        self.commands.append(command)
        self._by_key[command.key] = posting
        self.book.postings[posting.number] = posting
        self.book.reverted.update(dict.fromkeys(posting.reverts, posting.number))
        return posting

    def refusal(self, command: Command) -> Refused:
        """Execute a command that is to be refused, and give the refusal."""
        try:
            self.execute(command)
        except Refused as refused:
            return refused
        raise AssertionError(f"{command} was accepted")

    def balance(
        self, sku: str, state: State = State.AVAILABLE, *, site: str | None = None, lot: str | None = None
    ) -> int:
        """Sum one state of an item over the holdings of a site or lot, in millionths."""
        return sum(
            holding.balances[state]
            for holding in self.holdings(sku)
            if site in {None, holding.place.site} and lot in {None, holding.place.lot}
        )

    def holdings(self, sku: str) -> Iterator[Holding]:
        """Give the holdings of an item."""
        return (holding for holding in self.book.holdings.values() if holding.place.sku == sku)

    def balances(self) -> dict[object, tuple[int, ...]]:
        """Give the balances of each holding that is not empty."""
        return {
            holding.place: tuple(holding.balances) for holding in self.book.holdings.values() if any(holding.balances)
        }

    def snapshot(self) -> object:
        """Give a deep and plain copy of all that a command may change."""
        book = self.book
        return (
            book.id_last,
            len(self.journal),
            {key: (entity, dict(entity.snapshot())) for key, entity in book.entities.items()},
            dict(book.names),
            {
                key: (
                    *(list(holding.balances), holding.floor, holding.version, holding.key, holding.place),
                    *(holding.value, holding.unit_cost),
                )
                for key, holding in book.holdings.items()
            },
            {key: holding.id for key, holding in book.keys.items()},
            {key: [holding.id for holding in holdings] for key, holdings in book.places.items()},
            {key: [holding.id for holding in holdings] for key, holdings in book.unit_places.items()},
            {key: [holding.id for holding in holdings] for key, holdings in book.lot_places.items()},
            dict(book.codes),
            dict(book.postings),
            dict(book.reverted),
        )

    def _posting(self, command: Command, draft: Draft) -> Posting:
        posting = Posting(
            number=draft.number,
            kind=command.kind,
            key=command.key,
            fingerprint=command.fingerprint(),
            actor=command.actor,
            recorded_at=self.now,
            occurred_at=command.occurred_at or self.now,
            movements=tuple(draft.movements),
            changes=tuple(draft.changes),
            reason=command.reason,
            document_type=command.document_type,
            document_id=command.document_id,
            reverts=draft.reverts,
            data=command.data,
        )
        previous = self.journal[-1].hash if self.journal else GENESIS
        return replace(posting, hash=posting_hash(previous, ORG_ID, posting))

    def _load(self, command: Command) -> None:
        """Ask for the footprint, and look up the later history that it wants, until it wants no more."""
        self.book.takers.clear()
        self.book.chains.clear()
        wants, wanted = Wants(self.now.date()), -1
        for _ in range(ROUNDS_MAX):
            try:
                more = command.footprint(self.book, wants)
            except Refused:
                return  # The decision refuses it for the same reason.
            book = self.book
            book.takers.update({taker: self._takers(*taker) for taker in wants.takers - book.takers.keys()})
            book.chains.update({chain: self._chain(*chain) for chain in wants.chains - book.chains.keys()})
            if not more or wants.count() == wanted:
                return
            wanted = wants.count()
        raise AssertionError(f"the footprint of {command} never ends")

    def _takers(self, holding_id: int, state: int, number: int) -> tuple[int, ...]:
        found = [
            posting.number
            for posting in self.journal[number:]
            if any((movement.holding_id, movement.source) == (holding_id, state) for movement in posting.movements)
        ]
        return tuple(reversed(found))

    def _chain(self, entity: str, entity_id: int, number: int) -> tuple[int, ...]:
        found = [
            posting.number
            for posting in self.journal[number:]
            if any((change.entity, change.entity_id) == (entity, entity_id) for change in posting.changes)
        ]
        return tuple(reversed(found))


def check_told(command: Command | Within, refused: Refused) -> None:
    """Note a refusal: one that the command does not tell of itself is a defect, whoever met it."""
    told = OPERATIONS[command.kind]
    if refused.code not in refusals_of(told) and not (isinstance(command, Within) and refused.code in OF_THE_LIMITED):
        raise AssertionError(f"{told.__name__} does not tell that it may refuse with {refused.code}") from refused


def furnished(*, skus: Iterable[str] = ("A", "B"), pick_policy: str | None = None) -> World:
    """Make a world with the sites london and leeds, two locations in each, and some items."""
    world = World()
    sites = ("london", "leeds")
    world.execute(
        Define(
            key="furnish",
            sites=tuple(SiteLine(site) for site in sites),
            locations=tuple(LocationLine(site, code) for site in sites for code in ("R-1", "R-2")),
            items=tuple(ItemLine(sku, pick_policy=pick_policy) for sku in skus),
        )
    )
    return world


def lines(*parts: tuple[object, ...]) -> tuple[Line, ...]:
    """Make lines from (sku, whole units, lot, location, unit, state, version), as many of these as are told."""
    return tuple(Line(str(sku), int(str(units)) * SCALE, *rest) for sku, units, *rest in parts)  # type: ignore[arg-type]  # rest is told by the caller


def zero_sums(world: World) -> dict[str, int]:
    """
    Sum the balances of each item and what it brought to the outside; each is zero, since nothing appears or vanishes.

    The outside is counted from the movements, the states from the holdings, so neither can hide a slip of the other.
    """
    sums: dict[str, int] = {}
    for holding in world.book.holdings.values():
        sums[holding.place.sku] = sums.get(holding.place.sku, 0) + sum(holding.balances)
    for posting in world.journal:
        for movement in posting.movements:
            sign = (movement.target >= STATES) - (movement.source >= STATES)
            sums[movement.place.sku] += sign * movement.quantity
    return sums
