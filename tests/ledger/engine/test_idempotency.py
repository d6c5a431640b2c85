"""Every retry is exactly-once, for ever."""

import asyncio
import random
from collections import Counter

import pytest

from onhand import Refused
from onhand.kernel.posting import Posting
from onhand.kernel.quantity import quantity_text
from onhand.ledger.stock import Stock
from tests.conftest import TestDatabase
from tests.faults.servers import query
from tests.ledger.ledgers import available, furnish, ledger, postings, receive, sell
from tests.ledger.soundness import flaws


def told(posting: Posting) -> tuple[object, ...]:
    """All that a posting says, but whether it is the first answer."""
    names = [name for name in Posting.__dataclass_fields__ if name not in {"replayed", "fingerprint"}]
    return tuple(getattr(posting, name) for name in names)


async def test_the_same_key_gives_the_first_answer(stock: Stock, database: TestDatabase) -> None:
    """R4: the same key and content is done once, and answered with the first posting, movement by movement."""
    await furnish(stock, ("A", 10))

    first = await stock.sell(site="london", lines=[("A", 3)], key="till/1", document=("invoice", "7"), data={"n": [1]})
    again = await stock.sell(site="london", lines=[("A", 3)], key="till/1", document=("invoice", "7"), data={"n": [1]})

    assert (first.replayed, again.replayed) == (False, True)
    assert told(again) == told(first)
    assert available(database, "A") == 7


async def test_another_process_gets_the_first_answer_too(stock: Stock, database: TestDatabase) -> None:
    """R4: the key counts on whatever connection it comes again, also under another actor."""
    await furnish(stock, ("A", 10))
    first = await stock.sell(site="london", lines=[("A", 3)], key="till/1")

    async with ledger(database) as other:
        again = await other.sell(site="london", lines=[("A", 3)], key="till/1", actor="somebody else")

    assert told(again) == told(first)
    assert again.actor == "test"
    assert available(database, "A") == 7


@pytest.mark.parametrize(
    ("sku", "quantity", "about"),
    [("A", 4, {}), ("B", 3, {}), ("A", 3, {"reason": "a gift"}), ("A", 3, {"document": ("invoice", "8")})],
)
async def test_the_same_key_with_other_content_is_refused(
    stock: Stock, database: TestDatabase, sku: str, quantity: int, about: dict[str, str]
) -> None:
    """R4: a key stands for one act; with other quantities, items, reasons or documents it is refused."""
    await furnish(stock, ("A", 10), ("B", 10))
    first = await stock.sell(site="london", lines=[("A", 3)], key="till/1")
    before = postings(database)

    with pytest.raises(Refused) as refused:
        await stock.sell(site="london", lines=[(sku, quantity)], key="till/1", **about)  # type: ignore[arg-type]  # told by the table

    assert refused.value.code == "IDEMPOTENCY_KEY_REUSED"
    assert refused.value.facts == {"key": "till/1", "number": first.number}
    assert (available(database, "A"), available(database, "B"), postings(database)) == (7, 10, before)


async def test_zeros_at_the_end_of_a_quantity_are_no_other_content(stock: Stock) -> None:
    """R4: a retry that writes its quantity with more zeros asks for the same, and the answer has one spelling."""
    await furnish(stock, ("A", 10))

    first = await stock.sell(site="london", lines=[("A", "1.5")], key="till/1")
    again = await stock.sell(site="london", lines=[("A", "1.500000")], key="till/1")

    assert (again.number, again.replayed) == (first.number, True)
    assert [quantity_text(movement.quantity) for movement in again.movements] == ["1.5"]


async def test_the_same_key_twice_in_one_batch_is_done_once(stock: Stock, database: TestDatabase) -> None:
    """R4: retries that meet their first attempt in one batch get its answer, and other content is refused there too."""
    await furnish(stock, ("A", 10))

    first, again, other = await stock.bulk(
        [sell("A", 3, key="till/1"), sell("A", 3, key="till/1"), sell("A", 4, key="till/1")]
    )

    assert isinstance(first, Posting)
    assert isinstance(again, Posting)
    assert (first.replayed, again.replayed) == (False, True)
    assert told(again) == told(first)
    assert isinstance(other, Refused)
    assert other.code == "IDEMPOTENCY_KEY_REUSED"
    assert available(database, "A") == 7


async def test_a_retry_is_answered_when_the_stock_is_gone(stock: Stock, database: TestDatabase) -> None:
    """R4: a sale that was done is answered as done, though what is left would not allow it any more."""
    await furnish(stock, ("A", 10))
    first = await stock.sell(site="london", lines=[("A", 6)], key="till/1")
    await stock.sell(site="london", lines=[("A", 4)], key="till/2")

    again = await stock.sell(site="london", lines=[("A", 6)], key="till/1")

    assert told(again) == told(first)
    assert available(database, "A") == 0


async def test_a_retry_is_answered_when_its_act_was_undone(stock: Stock) -> None:
    """R4: a sale that was done and undone is not done again by its retry."""
    await furnish(stock, ("A", 10))
    first = await stock.sell(site="london", lines=[("A", 6)], key="till/1")
    undone = await stock.revert(number=first.number, key="till/2")

    again = await stock.sell(site="london", lines=[("A", 6)], key="till/1")
    undone_again = await stock.revert(number=first.number, key="till/2")

    assert told(again) == told(first)
    assert told(undone_again) == told(undone)


async def test_the_key_of_a_refused_command_can_be_used_again(stock: Stock, database: TestDatabase) -> None:
    """R4: a refusal leaves no trace, so the same act succeeds later with its own key, even with other content."""
    await furnish(stock, ("A", 2))
    with pytest.raises(Refused, match="A"):
        await stock.sell(site="london", lines=[("A", 3)], key="till/1")
    await stock.receive(site="london", lines=[("A", 5)], key="po/2")

    sale = await stock.sell(site="london", lines=[("A", 4)], key="till/1")

    assert not sale.replayed
    assert available(database, "A") == 3


async def test_a_refused_command_succeeds_later_in_its_batch(stock: Stock, database: TestDatabase) -> None:
    """R4: within one batch too, a key that was refused is free, and once it is done the next retry is a replay."""
    await furnish(stock, ("A", 2))

    outcomes = await stock.bulk(
        [sell("A", 3, key="k"), receive("A", 5, key="po/2"), sell("A", 3, key="k"), sell("A", 3, key="k")]
    )

    assert [type(outcome) for outcome in outcomes] == [Refused, Posting, Posting, Posting]
    assert [outcome.replayed for outcome in outcomes if isinstance(outcome, Posting)] == [False, False, True]
    assert available(database, "A") == 4


async def test_many_retries_mixed_into_batches(stock: Stock, database: TestDatabase) -> None:
    """T5: however retries mix with new acts in batches, each key is one posting and each answer is the first."""
    await furnish(stock, ("A", 100_000))
    order = random.Random(5)
    fresh = [sell("A", 1 + number % 3, key=f"k-{number}") for number in range(600)]
    first: dict[str, tuple[object, ...]] = {}
    sent: Counter[str] = Counter()

    for start in range(0, 600, 120):
        new = fresh[start : start + 120]
        retried = order.sample(fresh[: start + 120], min(start + 120, 130))
        batch = order.sample([*new, *retried, *new[:10]], 130 + len(retried))
        for command, outcome in zip(batch, await stock.bulk(batch), strict=True):
            assert isinstance(outcome, Posting)
            assert outcome.replayed == (command.key in first)
            assert first.setdefault(command.key, told(outcome)) == told(outcome)
            sent[command.key] += 1

    rows = query(database.admin_url, "SELECT key, count(*) FROM posting WHERE kind = 'sell' GROUP BY key")
    assert sorted(rows) == sorted((key, 1) for key in sent)
    assert sum(sent.values()) > len(rows)
    assert flaws(database.admin_url) == []


async def test_a_dry_run_writes_nothing(stock: Stock, database: TestDatabase) -> None:
    """B4: a dry run leaves every table as it was, and its key free."""
    await furnish(stock, ("A", 10))
    before = everything(database)

    await stock.sell(site="london", lines=[("A", 3)], key="till/1", dry_run=True)
    await stock.receive(site="london", lines=[("A", 3, "new")], key="till/2", dry_run=True)
    await stock.reserve(site="london", lines=[("A", 3)], key="till/3", dry_run=True)
    await stock.define(items=["B"], key="till/4", dry_run=True)
    with pytest.raises(Refused):
        await stock.sell(site="london", lines=[("A", 11)], key="till/5", dry_run=True)

    assert everything(database) == before
    sale = await stock.sell(site="london", lines=[("A", 3)], key="till/1")
    assert not sale.replayed
    assert everything(database) != before


async def test_a_dry_run_shows_what_the_act_then_does(stock: Stock) -> None:
    """B4: movements, balances, changes and codes given out are those of the act; only time and seal differ."""
    await furnish(stock, ("A", 10))
    acts: list[tuple[str, dict[str, object]]] = [
        ("sell", {"site": "london", "lines": [("A", 3)]}),
        ("receive", {"site": "london", "lines": [("A", 3, "new"), ("A", 2, "new")]}),
        ("reserve", {"site": "london", "lines": [("A", 4)]}),
        ("define", {"sites": ["leeds"]}),
        ("transfer", {"site": "london", "target": "leeds", "lines": [("A", 2)], "in_transit": True}),
        ("revert", {"number": 3}),
    ]

    for name, arguments in acts:
        shown: Posting = await getattr(stock, name)(**arguments, key=f"act {name}", dry_run=True)
        done: Posting = await getattr(stock, name)(**arguments, key=f"act {name}")

        assert (shown.number, shown.movements, shown.reverts) == (done.number, done.movements, done.reverts)
        assert timeless(shown) == timeless(done)
        assert not done.replayed


async def test_dry_runs_in_a_batch_see_what_came_before_and_leave_nothing(stock: Stock, database: TestDatabase) -> None:
    """B4: a dry run between other callers' acts is decided after those before it, and those after it do not see it."""
    await furnish(stock, ("A", 10))

    first, shown, second = await asyncio.gather(
        stock.sell(site="london", lines=[("A", 4)], key="1"),
        stock.sell(site="london", lines=[("A", 6)], key="2", dry_run=True),
        stock.sell(site="london", lines=[("A", 6)], key="3"),
    )

    assert first.recorded_at == second.recorded_at
    assert (shown.number, shown.movements) == (second.number, second.movements)
    assert available(database, "A") == 0


async def test_a_dry_run_of_something_done_gives_the_first_answer(stock: Stock, database: TestDatabase) -> None:
    """B4, R4: a dry run with a key that is taken shows what really happened under it."""
    await furnish(stock, ("A", 10))
    first = await stock.sell(site="london", lines=[("A", 3)], key="till/1")

    shown = await stock.sell(site="london", lines=[("A", 3)], key="till/1", dry_run=True)

    assert told(shown) == told(first)
    assert shown.replayed
    assert available(database, "A") == 7


def timeless(posting: Posting) -> list[tuple[object, ...]]:
    """The changes of a posting without the moment at which a lot came in."""
    untimed = {"received_at": None, "status_since": None}
    return [
        (change.entity, change.entity_id, change.action, change.before, {**change.after, **untimed})
        for change in posting.changes
    ]


def everything(database: TestDatabase) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, and every number that was given out."""
    tables = query(database.admin_url, "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
    rows = {name: sorted(map(repr, query(database.admin_url, f"SELECT * FROM {name}"))) for (name,) in tables}
    return {name: [(row,) for row in found] for name, found in rows.items()}
