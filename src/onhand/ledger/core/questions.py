"""The questions that a ledger answers; every list comes in pages."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path

from onhand.kernel.command import check_number
from onhand.kernel.entities import ENTITIES
from onhand.kernel.exact import quantity_sum
from onhand.kernel.posting import Posting
from onhand.kernel.refusals import Refused
from onhand.kernel.states import WORDS, State
from onhand.kernel.text import check_time
from onhand.ledger.asking import check_codes, check_page
from onhand.ledger.core.answers import (
    Balances,
    ChangeLine,
    Difference,
    Explained,
    Explanation,
    HoldingAnswer,
    JournalHead,
    MovementLine,
    Page,
    PostingSummary,
    Then,
    Verification,
)
from onhand.ledger.core.port import Reading
from onhand.ledger.core.wanted import (
    END,
    FIRST_HOLDING,
    NUMBER_MAX,
    HoldingSpot,
    MovementsWanted,
    PlaceIds,
    PostingsWanted,
    Spot,
    TrailSpot,
    Where,
)
from onhand.ledger.namespace import Namespace, question
from onhand.ledger.trust.seal import SignedHead, read_head
from onhand.ledger.trust.verify import Progress, verify

Moment = int | datetime
"""A moment of the journal: a posting's number, or a recorded time."""


class Questions(Namespace):
    """The read side of one org's ledger. Codes that are not known are refused, since an empty answer would mislead."""

    @question
    async def head(self) -> JournalHead:
        """Where the journal stands."""
        return await self._reading.head()

    @question
    async def list_holdings(
        self,
        site: str | None = None,
        sku: str | None = None,
        lot: str | None = None,
        location: str | None = None,
        unit: str | None = None,
        *,
        empty: bool = False,
        after: str | None = None,
        limit: int = 50,
    ) -> Page[HoldingAnswer]:
        """List holdings as they are; those without any quantity only with `empty`."""
        check_page(limit)
        where = _where(site, sku, lot, location, unit)
        cursor = await self._cursor("holdings", *where, empty)
        spot = HoldingSpot(*(cursor.read(after, int, int, int) or FIRST_HOLDING))
        rows, last = await self._reading.holdings(await self._reading.find(where), spot, limit, empty=empty)
        return Page(rows=rows, after=cursor.write(last))

    @question
    async def list_postings(
        self,
        *,
        kind: str | None = None,
        actor: str | None = None,
        document: tuple[str, str] | None = None,
        since: int = 0,
        until: int | None = None,
        newest_first: bool = False,
        after: str | None = None,
        limit: int = 50,
    ) -> Page[PostingSummary]:
        """List postings without their lines: above number `since`, up to `until`, in the order of the journal."""
        check_page(limit)
        low, high = _numbers(since, until)
        check_codes(kind=kind, actor=actor)
        document_type, document_id = document or (None, None)
        check_codes(document_type=document_type, document_id=document_id)
        wanted = PostingsWanted(low, high, kind, actor, document_type, document_id, newest_first)
        cursor = await self._cursor("postings", *wanted)
        for number in cursor.read(after, int) or ():
            wanted = wanted._replace(high=number) if newest_first else wanted._replace(low=number)
        rows, last = await self._reading.postings(wanted, limit)
        return Page(rows=rows, after=cursor.write(last))

    @question
    async def get_posting(self, number: int) -> Posting:
        """Give a posting with its movements and changes; raises Refused POSTING_NOT_FOUND."""
        check_number(number, "number")
        found = await self._reading.posting(number)
        if found is None:
            raise Refused("POSTING_NOT_FOUND", number=number)
        return found

    @question
    async def list_movements(  # noqa: PLR0913 - each narrows the list
        self,
        site: str | None = None,
        sku: str | None = None,
        lot: str | None = None,
        location: str | None = None,
        unit: str | None = None,
        *,
        number: int | None = None,
        kind: str | None = None,
        since: int = 0,
        until: int | None = None,
        newest_first: bool = False,
        after: str | None = None,
        limit: int = 50,
    ) -> Page[MovementLine]:
        """List movements with who, when and why: of one posting, or of those above `since` and up to `until`."""
        check_page(limit)
        if number is not None:
            check_number(number, "number")
            since, until = number - 1, number
        low, high = _numbers(since, until)
        check_codes(kind=kind)
        where = _where(site, sku, lot, location, unit)
        cursor = await self._cursor("movements", *where, low, high, kind, newest_first)
        begin, end = Spot(low + 1, 0), Spot(high, 0)
        go_on = cursor.read(after, int, int)
        if go_on is not None:
            begin, end = (begin, Spot(*go_on)) if newest_first else (Spot(*go_on), end)
        wanted = MovementsWanted(await self._reading.find(where), begin, end, kind, newest_first=newest_first)
        rows, last = await self._reading.movements(wanted, limit)
        return Page(rows=rows, after=cursor.write(last))

    @question
    async def explain(
        self,
        site: str,
        sku: str,
        lot: str | None = None,
        location: str | None = None,
        unit: str | None = None,
        *,
        state: State | str | None = None,
        before: str | None = None,
        limit: int = 50,
    ) -> Explanation:
        """
        Explain a figure: what is in a state at a place, or on hand there, by the movements that made it.

        The last movements come first, in the order of the journal, with what was brought forward; `before` takes the
        cursor `earlier` of an explanation and gives the movements before.
        """
        check_page(limit)
        chosen = _state(state)
        where = _where(site, sku, lot, location, unit)
        cursor = await self._cursor("explain", *where, chosen)
        wanted = MovementsWanted(
            await self._reading.find(where), high=Spot(*(cursor.read(before, int, int) or END)), state=chosen
        )
        movements, balances, has_earlier = await self._reading.explain(wanted, limit)
        total = brought_forward = _figure(balances, chosen)
        explained = []
        for movement in movements:
            change = _figure(movement.effect, chosen)
            total = quantity_sum([total, change])
            explained.append(Explained(movement=movement, change=change, total=total))
        first = (movements[0].number, movements[0].line) if has_earlier else None
        return Explanation(
            state=chosen,
            movements=tuple(explained),
            brought_forward=brought_forward,
            total=total,
            earlier=cursor.write(first),
        )

    @question
    async def list_holdings_at(  # noqa: PLR0913 - each narrows the list
        self,
        site: str | None = None,
        sku: str | None = None,
        lot: str | None = None,
        location: str | None = None,
        unit: str | None = None,
        *,
        number: int | None = None,
        recorded_at: datetime | None = None,
        occurred_at: datetime | None = None,
        empty: bool = False,
        after: str | None = None,
        limit: int = 50,
    ) -> Then:
        """
        List holdings as they were at any moment.

        Args:
            site: As in `holdings`, like the other codes.
            sku: The item.
            lot: The lot.
            location: The location.
            unit: The unit.
            number: After this posting; or
            recorded_at: as the journal was at this time; without both, as it is.
            occurred_at: Only what had happened by then: "what did we believe on Friday (`recorded_at`) about Monday
                (`occurred_at`)".
            empty: Whether holdings without any quantity are listed.
            after: The cursor of the page before; it keeps to that page's moment.
            limit: 1 to 100.
        """
        check_page(limit)
        if number is not None and recorded_at is not None:
            raise Refused("INVALID_COMMAND", detail="a moment is told by number or by recorded_at, not by both")
        happened = None if occurred_at is None else check_time(occurred_at, "occurred_at")
        told = number if recorded_at is None else check_time(recorded_at, "recorded_at")
        where = _where(site, sku, lot, location, unit)
        cursor = await self._cursor("at", *where, told, happened, empty)
        moment, *spot = cursor.read(after, int, int, int, int) or (
            await moment_number(self._reading, told),
            *FIRST_HOLDING,
        )
        found = await self._reading.find(where)
        rows, last = await self._reading.holdings_then(found, moment, happened, HoldingSpot(*spot), limit, empty=empty)
        page = Page(rows=rows, after=cursor.write(last and (moment, *last)))
        return Then(number=moment, occurred_at=happened, holdings=page)

    @question
    async def difference(
        self,
        since: Moment,
        until: Moment | None = None,
        *,
        site: str | None = None,
        sku: str | None = None,
        lot: str | None = None,
        location: str | None = None,
        unit: str | None = None,
        after: str | None = None,
        limit: int = 50,
    ) -> Difference:
        """
        List the holdings that moved after one moment and up to another, with what moved them.

        The cursor keeps to the moments of its page.
        """
        check_page(limit)
        where = _where(site, sku, lot, location, unit)
        cursor = await self._cursor("difference", *where, _told(since), _told(until))
        go_on = cursor.read(after, *(int,) * 5)
        if go_on is None:
            go_on = (
                await moment_number(self._reading, since),
                await moment_number(self._reading, until),
                *FIRST_HOLDING,
            )
        first, last, *spot = go_on
        if first > last:
            raise Refused("INVALID_COMMAND", detail="since is later than until")
        found = await self._reading.find(where)
        rows, end = await self._reading.difference(found, first, last, HoldingSpot(*spot), limit)
        page = Page(rows=rows, after=cursor.write(end and (first, last, *end)))
        return Difference(since=first, until=last, holdings=page)

    @question
    async def trail(
        self,
        entity: str | None = None,
        id: int | None = None,  # noqa: A002 - an id is called id
        *,
        site: str | None = None,
        sku: str | None = None,
        lot: str | None = None,
        location: str | None = None,
        unit: str | None = None,
        after: str | None = None,
        limit: int = 50,
    ) -> Page[MovementLine | ChangeLine]:
        """
        Tell the life of an entity by kind and id, or of what stands at a place, in the order of the journal.

        To a lot, a unit and a holding belong all movements of their holdings; to a reservation and a transfer all
        movements of the postings that changed them. In each posting the changes come first.
        """
        check_page(limit)
        where = _where(site, sku, lot, location, unit)
        if (entity is None) == (where == Where()) or (entity is None) != (id is None):
            raise Refused("INVALID_COMMAND", detail="a trail is of an entity with its id, or of a place")
        if entity is not None and entity not in {*ENTITIES, "holding"}:
            raise Refused("INVALID_COMMAND", detail=f"entity is one of {', '.join([*ENTITIES, 'holding'])}")
        if id is not None:
            check_number(id, "id")
        cursor = await self._cursor("trail", entity, id, *where)
        spot = TrailSpot(*(cursor.read(after, int, int, int) or (0, 0, 0)))
        kind, entity_id, found = await self._subject(entity, id, where)
        rows, last = await self._reading.trail(kind, entity_id, found, spot, limit)
        return Page(rows=rows, after=cursor.write(last))

    @question
    async def verify(
        self,
        *,
        against: SignedHead | Path | str | None = None,
        public_key: bytes | None = None,
        progress: Progress | None = None,
    ) -> Verification:
        """
        Prove the ledger from its rows: chain, balances, entities, keys, reversals.

        Args:
            against: A signed head, or the file that holds one: the journal must still contain it.
            public_key: Whose signature that head must bear, as 32 raw bytes; without it, the head is taken at its word.
            progress: Called now and then with how many steps are done and how many there are.
        """
        head = read_head(Path(against)) if isinstance(against, str | Path) else against
        return await verify(self._reading.checks, against=head, public_key=public_key, progress=progress)

    async def _subject(
        self,
        entity: str | None,
        entity_id: int | None,
        where: Where,
    ) -> tuple[str, int | None, PlaceIds | None]:
        """Give what a trail is of: an entity's kind and id, and the holdings that belong to it."""
        match entity:
            case None:
                found = await self._reading.find(where)
                if found.unit_id is not None:
                    return "unit", found.unit_id, found
                lots = found.lot_ids or ()
                return ("lot", lots[0], found) if len(lots) == 1 else ("holding", None, found)
            case "unit":
                return entity, entity_id, PlaceIds(unit_id=entity_id)
            case "lot" if entity_id is not None:
                return entity, entity_id, await self._reading.find_lot(entity_id)
            case _:
                return entity, entity_id, None


async def moment_number(reading: Reading, moment: Moment | None) -> int:
    """Give the number of the last posting at a moment; None is now."""
    if isinstance(moment, datetime):
        return await reading.number_at(check_time(moment, "moment"))
    head = await reading.head()
    if moment is None:
        return head.number
    check_number(moment, "number", least=0)
    if moment > head.number:
        raise Refused("POSTING_NOT_FOUND", number=moment)
    return moment


def _where(
    site: str | None,
    sku: str | None = None,
    lot: str | None = None,
    location: str | None = None,
    unit: str | None = None,
) -> Where:
    check_codes(site=site, sku=sku, lot=lot, location=location, unit=unit)
    return Where(site, sku, location, lot, unit)


def _numbers(since: int, until: int | None) -> tuple[int, int]:
    """Give the numbers between which postings are asked for, both exclusive."""
    check_number(since, "since", least=0)
    if until is None:
        return min(since, NUMBER_MAX - 1), NUMBER_MAX
    check_number(until, "until", least=0)
    return min(since, NUMBER_MAX - 1), min(until, NUMBER_MAX - 1) + 1


def _told(moment: Moment | None) -> Moment | None:
    return check_time(moment, "moment") if isinstance(moment, datetime) else moment


def _state(state: State | str | None) -> State | None:
    if state is None or isinstance(state, State):
        return state
    words = WORDS[: len(State)]
    if state not in words:
        raise Refused("INVALID_COMMAND", detail=f"state is one of {', '.join(words)}")
    return State(words.index(state))


def _figure(balances: Balances, state: State | None) -> Decimal:
    return balances.on_hand if state is None else balances[state]
