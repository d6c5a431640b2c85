"""Questions about a busy week are answered as the journal says, by a fold that the store has no part in."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, TypeVar

import pytest

from onhand.kernel.holding import Place
from onhand.kernel.refusals import Refused
from onhand.kernel.states import State
from onhand.ledger.core.answers import Balances, ChangeLine, HoldingThen, MovementLine, Page, balances_of
from onhand.ledger.stock import Stock
from tests.store.busy_week import MONDAY, fold, read_journal

Row = TypeVar("Row")


async def all_pages(ask: Callable[[str | None], Awaitable[Page[Row]]]) -> list[Row]:
    """Follow the cursors to the end."""
    rows: list[Row] = []
    after = None
    while True:
        page = await ask(after)
        rows += page.rows
        if page.after is None:
            return rows
        assert page.rows
        after = page.after


async def test_holdings_are_the_fold_of_the_movements(week: Stock) -> None:
    """L11, T2: what each holding has now is what its movements add up to, on hand included."""
    postings = await read_journal(week)

    page = await week.list_holdings(empty=True, limit=100)

    assert {holding.place: holding.balances for holding in page} == fold(postings)
    for holding in page:
        balances = holding.balances
        assert holding.on_hand == balances.available + balances.reserved + balances.sold + (
            balances.quarantine + balances.hold
        )


@pytest.mark.parametrize("limit", [1, 2, 100])
async def test_each_holding_is_listed_once_whatever_the_page(week: Stock, limit: int) -> None:
    """Pages of any size give the same holdings in the same order."""
    whole = await week.list_holdings(empty=True, limit=100)
    pages = await all_pages(lambda after: week.list_holdings(empty=True, after=after, limit=limit))

    assert tuple(pages) == whole.rows
    assert len(whole) == 7


@pytest.mark.parametrize(
    ("asked", "places"),
    [
        ({"site": "london", "sku": "tea"}, {("london", "tea", None, "T-2", None)}),
        ({"lot": "T-2"}, {("london", "tea", None, "T-2", None)}),
        ({"location": "A-1"}, {("london", "mug", "A-1", None, None)}),
        ({"site": "paris"}, {("paris", "mug"), ("paris", "tea"), ("paris", "drill", None, None, "SN-1")}),
        ({"unit": "SN-1"}, {("paris", "drill", None, None, "SN-1")}),
        ({"sku": "tea"}, {("london", "tea", None, "T-2"), ("paris", "tea")}),
        ({"sku": "mug", "unit": None, "site": "paris"}, {("paris", "mug")}),
    ],
)
async def test_filters_let_through_what_they_name(
    week: Stock, asked: dict[str, Any], places: set[tuple[str, ...]]
) -> None:
    """Each filter of holdings names its places; those without any quantity are left out."""
    found = await week.list_holdings(**asked)

    assert {holding.place for holding in found} == {Place(*place) for place in places}


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"site": "rome"}, "UNKNOWN_SITE"),
        ({"sku": "coffee"}, "UNKNOWN_ITEM"),
        ({"site": "paris", "location": "A-1"}, "UNKNOWN_LOCATION"),
        ({"sku": "mug", "lot": "T-1"}, "BATCH_NOT_FOUND"),
        ({"sku": "mug", "unit": "SN-1"}, "UNIT_NOT_FOUND"),
        ({"site": "a\x00b"}, "INVALID_TEXT"),
        ({"limit": 0}, "INVALID_COMMAND"),
        ({"limit": 101}, "INVALID_COMMAND"),
        ({"after": "movements-1-2-3"}, "INVALID_COMMAND"),
        ({"after": "holdings-1-2-99999999999999999999"}, "INVALID_COMMAND"),
        ({"after": "holdings-1-2-3; DROP"}, "INVALID_COMMAND"),
    ],
)
async def test_a_question_that_cannot_be_meant_is_refused(week: Stock, asked: dict[str, Any], code: str) -> None:
    """An unknown code, a bad limit or a bad cursor is refused, since an empty answer would mislead."""
    with pytest.raises(Refused) as refused:
        await week.list_holdings(**asked)

    assert refused.value.code == code
    assert str(refused.value)


async def test_postings_are_listed_both_ways_and_by_what_they_tell(week: Stock) -> None:
    """C9, R20: the journal is listed by kind, actor, document and number, in pages, and newest first."""
    journal = await read_journal(week)
    numbers = [posting.number for posting in journal]

    forward = await all_pages(lambda after: week.list_postings(after=after, limit=4))
    backward = await all_pages(lambda after: week.list_postings(after=after, limit=4, newest_first=True))
    by_ann = await week.list_postings(actor="ann")
    of_invoice = await week.list_postings(document=("invoice", "i-7"))
    receipts = await week.list_postings(kind="receive", since=2, until=4)

    assert [row.number for row in forward] == numbers
    assert [row.number for row in backward] == numbers[::-1]
    assert {row.key for row in by_ann} == {"pay-1", "till-1"}
    assert [row.key for row in of_invoice] == ["till-1"]
    assert [row.number for row in receipts] == [3, 4]
    sale = of_invoice.rows[0]
    undone = next(posting for posting in journal if posting.kind == "revert")
    assert (sale.reverted_by, sale.movements, sale.changes) == (undone.number, 1, 0)


async def test_a_posting_is_given_as_it_was_made(own_week: Stock) -> None:
    """C9: what the journal gives back is what the verb answered, hash included."""
    made = await own_week.sell(
        site="london", lines=[("mug", 1)], reason="a\tb", document=("x", "1"), data={"a": 1}, key="k"
    )

    read = await own_week.get_posting(made.number)

    assert read == made


async def test_movements_are_listed_with_who_when_and_why(week: Stock) -> None:
    """C9, R20: every movement is there, with its posting, by place, posting and kind, both ways."""
    journal = await read_journal(week)
    expected = [(posting.number, line) for posting in journal for line in range(1, len(posting.movements) + 1)]
    mugs = [
        (posting.number, line)
        for posting in journal
        for line, movement in enumerate(posting.movements, start=1)
        if movement.place.sku == "mug"
    ]

    forward = await all_pages(lambda after: week.list_movements(after=after, limit=3))
    of_mugs = await all_pages(lambda after: week.list_movements(sku="mug", after=after, limit=3, newest_first=True))
    of_sale = await week.list_movements(number=9, sku="mug")

    assert [(row.number, row.line) for row in forward] == expected
    assert [(row.number, row.line) for row in of_mugs] == mugs[::-1]
    (movement,) = of_sale
    assert (movement.actor, movement.document_type, movement.document_id) == ("ann", "invoice", "i-7")
    assert (movement.place, movement.quantity) == (Place("london", "mug", "A-1"), Decimal(3))
    assert movement.balances == balances_of(journal[8].movements[0].balances)
    assert [row.kind for row in await week.list_movements("london", "tea", kind="commit")] == ["commit"]


@pytest.mark.parametrize("state", [None, "available", State.RESERVED])
@pytest.mark.parametrize("limit", [1, 2, 100])
async def test_any_figure_is_explained(week: Stock, state: State | str | None, limit: int) -> None:
    """B3: the movements of an explanation add up to the figure, from zero, in any pages."""
    holdings = await week.list_holdings("london", "tea", empty=True)
    index = None if state is None else State[str(getattr(state, "name", state)).upper()]
    figure = sum(held.on_hand if index is None else held.balances[index] for held in holdings)

    total = figure
    before = None
    seen = []
    while True:
        part = await week.explain("london", "tea", state=state, before=before, limit=limit)
        assert part.total == total
        for explained in reversed(part.movements):
            assert explained.total == total
            total -= explained.change
            seen.append((explained.movement.number, explained.movement.line))
        assert part.brought_forward == total
        before = part.earlier
        if before is None:
            break

    assert total == 0
    assert seen == sorted(seen, reverse=True)
    assert len(set(seen)) == len(seen) > 0


async def test_the_past_is_the_fold_of_what_was_posted_by_then(week: Stock) -> None:
    """B3, P11: at every number of the journal, all holdings are what the postings up to it add up to."""
    journal = await read_journal(week)

    for number in range(len(journal) + 1):
        then = await week.list_holdings_at(number=number, empty=True, limit=100)
        assert {holding.place: holding.balances for holding in then.holdings} == fold(journal[:number])
    by_pages = await all_pages(lambda after: _holdings_at(week, after))

    assert {holding.place: holding.balances for holding in by_pages} == {
        place: balances for place, balances in fold(journal[:12]).items() if any(balances)
    }


async def _holdings_at(stock: Stock, after: str | None) -> Page[HoldingThen]:
    return (await stock.list_holdings_at(number=12, after=after, limit=2)).holdings


async def test_the_past_is_found_by_its_recorded_time(week: Stock) -> None:
    """P11: a time leads to the last posting recorded by then, at, before and between recorded times."""
    journal = await read_journal(week)
    batches = {posting.recorded_at: posting.number for posting in journal}

    found = {moment: (await week.list_holdings_at(recorded_at=moment)).number for moment in batches}
    before = await week.list_holdings_at(recorded_at=MONDAY)
    after = await week.list_holdings_at(recorded_at=datetime(2999, 1, 1, tzinfo=UTC))

    assert found == batches
    assert (before.number, before.holdings.rows) == (0, ())
    assert after.number == len(journal)


async def test_what_was_believed_on_friday_about_monday(week: Stock) -> None:
    """B5: both clocks at once; what was told late counts from when it was recorded, and for when it happened."""
    journal = await read_journal(week)
    late = next(posting for posting in journal if posting.key == "offline-1")
    evening = MONDAY.replace(hour=20)

    for known in range(len(journal) + 1):
        then = await week.list_holdings_at(number=known, occurred_at=evening, empty=True, limit=100)
        expected = fold(posting for posting in journal[:known] if posting.occurred_at <= evening)
        believed = {held.place: held.balances for held in then.holdings if any(held.balances)}
        assert believed == {place: balances for place, balances in expected.items() if any(balances)}
    unknowing = await week.list_holdings_at("paris", "mug", number=late.number - 1, occurred_at=evening)
    knowing = await week.list_holdings_at("paris", "mug", number=late.number, occurred_at=evening)

    assert not unknowing.holdings.rows
    assert knowing.holdings.rows[0].balances == Balances(available=Decimal(-1))


async def test_two_moments_differ_by_the_movements_between(week: Stock) -> None:
    """B3: for each holding that moved: before, after, and the movements in between, which lead there."""
    journal = await read_journal(week)

    for since, until in [(0, len(journal)), (5, 12), (9, 9), (8, 9)]:
        difference = await week.difference(since, until, limit=100)
        before, after = fold(journal[:since]), fold(journal[:until])
        touched = {movement.place for posting in journal[since:until] for movement in posting.movements}
        assert {held.place for held in difference.holdings} == touched
        for held in difference.holdings:
            assert held.before == before.get(held.place, Balances())
            assert held.after == after[held.place]
            assert held.count == len(held.movements)
            walked = held.before
            for movement in held.movements:
                walked = Balances(*(has + more for has, more in zip(walked, movement.effect, strict=True)))
            assert walked == held.after


async def test_a_difference_is_asked_by_times_and_places(week: Stock) -> None:
    """B3: moments may be times; places narrow it; later than now and backwards are refused."""
    journal = await read_journal(week)

    paris = await week.difference(journal[4].recorded_at, site="paris", sku="mug")

    assert [held.place for held in paris.holdings] == [Place("paris", "mug")]
    assert (paris.since, paris.until) == (5, len(journal))
    for since, until, code in [(len(journal) + 1, None, "POSTING_NOT_FOUND"), (5, 4, "INVALID_COMMAND")]:
        with pytest.raises(Refused) as refused:
            await week.difference(since, until)
        assert refused.value.code == code


async def test_the_trail_of_a_unit_tells_its_whole_life(week: Stock) -> None:
    """P10, P14: a unit's trail has its making and every movement and change of its holdings, in order."""
    trail = await all_pages(lambda after: week.trail(unit="SN-1", after=after, limit=2))

    told = [_told(line) for line in trail]
    assert told == [
        ("receive", "created"),
        ("receive", "opened"),
        ("receive", "supplier to available"),
        ("transfer", "opened"),
        ("transfer", "available to elsewhere"),
        ("transfer", "elsewhere to available"),
    ]


def _told(line: MovementLine | ChangeLine) -> tuple[str, str]:
    if isinstance(line, ChangeLine):
        return line.kind, line.action
    return line.kind, f"{line.source.name.lower()} to {line.target.name.lower()}"


async def test_the_trail_of_a_place_has_every_movement_and_change(week: Stock) -> None:
    """P10, R20: a place's trail is all that its holdings have in the journal, in any pages."""
    journal = await read_journal(week)
    ids = {held.id for held in await week.list_holdings("paris", empty=True)}
    expected: list[tuple[int, type, int]] = []
    for posting in journal:
        for line, change in enumerate(posting.changes, start=1):
            if change.entity in {"holding", "evidence"} and change.entity_id in ids:
                expected.append((posting.number, ChangeLine, line))
        for line, movement in enumerate(posting.movements, start=1):
            if movement.holding_id in ids:
                expected.append((posting.number, MovementLine, line))

    trail = await all_pages(lambda after: week.trail(site="paris", after=after, limit=3))

    assert [(line.number, type(line), line.line) for line in trail] == expected


async def test_the_trail_of_a_reservation_has_the_movements_of_its_postings(week: Stock) -> None:
    """R20: from making to settlement, a reservation leads to everything that moved for it."""
    journal = await read_journal(week)
    held = next(posting for posting in journal if posting.kind == "reserve")

    trail = await week.trail("reservation", held.made("reservation"))

    assert [(line.number, type(line)) for line in trail] == [
        (number, kind)
        for number in (held.number, held.number + 1, held.number + 2)
        for kind in (ChangeLine, *[MovementLine] * len(journal[number - 1].movements))
    ]


async def test_the_trail_of_a_lot_follows_it_everywhere(week: Stock) -> None:
    """R20: by code or by id, a lot's trail begins with its making and ends with its last movement."""
    by_code = await week.trail(sku="tea", lot="T-1")
    made = by_code.rows[0]
    assert isinstance(made, ChangeLine)
    by_id = await week.trail("lot", made.entity_id)

    assert (made.entity, made.action) == ("lot", "created")
    assert by_id == by_code
    assert {line.kind for line in by_id} == {"receive", "reserve", "commit"}


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({}, "INVALID_COMMAND"),
        ({"entity": "lot"}, "INVALID_COMMAND"),
        ({"entity": "shelf", "id": 1}, "INVALID_COMMAND"),
        ({"entity": "lot", "id": 1, "site": "london"}, "INVALID_COMMAND"),
        ({"entity": "lot", "id": 0}, "INVALID_COMMAND"),
    ],
)
async def test_a_trail_of_nothing_is_refused(week: Stock, asked: dict[str, Any], code: str) -> None:
    """A trail is of one thing: an entity with its id, or a place."""
    with pytest.raises(Refused) as refused:
        await week.trail(**asked)

    assert refused.value.code == code


async def test_reservations_are_listed_with_what_they_wait_for(own_week: Stock) -> None:
    """C9: reservations by site, status and expiry, with their open lines; the due ones, longest overdue first."""
    soon, later = datetime(2999, 1, 1, tzinfo=UTC), datetime(2999, 1, 2, tzinfo=UTC)
    for name, expires_at in (("later", later), ("soon", soon)):
        await own_week.reserve(
            site="london", lines=[("mug", 1)], expires_at=expires_at, document=("cart", name), key=name, priority=3
        )

    active = await own_week.reservations.list("london", status="active")
    due = await own_week.reservations.list(due_before=soon)
    everything = await all_pages(lambda after: own_week.reservations.list(after=after, limit=1))
    overdue = await own_week.reservations.list_due(moment=later)

    assert [held.document_id for held in active] == ["later", "soon"]
    assert [line.place for line in active.rows[0].lines] == [Place("london", "mug", "A-1")]
    assert active.rows[0].lines[0].quantity == 1
    assert [held.document_id for held in due] == ["soon"]
    assert [held.document_id for held in everything] == ["c-1", "later", "soon"]
    assert overdue == (active.rows[1].id, active.rows[0].id)
    assert await own_week.reservations.list_due() == ()
    assert (await own_week.reservations.list("paris")).rows == ()


async def test_an_empty_ledger_answers_everything(stock: Stock) -> None:
    """Before the first posting every question has its answer."""
    assert (await stock.head()).number == 0
    assert (await stock.list_holdings()).rows == ()
    assert (await stock.list_postings()).rows == ()
    assert (await stock.list_movements()).rows == ()
    assert (await stock.list_holdings_at()).holdings.rows == ()
    assert (await stock.list_holdings_at(recorded_at=MONDAY)).number == 0
    assert (await stock.difference(0)).holdings.rows == ()
    assert (await stock.reservations.list()).rows == ()
    assert (await stock.verify()).ok
    with pytest.raises(Refused, match="posting 1"):
        await stock.get_posting(1)
