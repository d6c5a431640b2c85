"""Deductions through the library, on a real database: answers, keys, isolation, and what the database refuses."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest

import onhand
from onhand import Refused
from onhand.kernel.recipes.deduct import Deduct
from onhand.ledger.engine.conflicts import again
from onhand.ledger.reading_lines import SOLD, read_lines
from onhand.ledger.stock import Stock
from tests.conftest import TestDatabase
from tests.faults.servers import query
from tests.ledger.recipes.cafe import available, open_cafe


async def test_a_sale_is_deducted_and_explained(stock: Stock) -> None:
    """R1, R20: one call takes all ingredients, and the answer names holding and quantity of each."""
    await open_cafe(stock, "soho", flour=10, butter=10, box=10)

    sale = await stock.recipes.deduct(
        transaction="t-1", site="soho", items=[("CROFFLE", "Croffle", 2)], actor="ann", key="till-1/1"
    )

    assert (sale.actor, sale.kind) == ("ann", "deduct")
    assert [(line.place.site, line.place.sku, line.quantity) for line in sale.movements] == [
        ("soho", "FLOUR", 2_000_000),
        ("soho", "BUTTER", 1_000_000),
        ("soho", "BOX", 2_000_000),
    ]
    assert await available(stock, "soho") == {"FLOUR": "8", "BUTTER": "9", "BOX": "8"}
    assert (await stock.verify()).ok


async def test_all_errors_are_answered_together(stock: Stock) -> None:
    """R1, R2, R3: a refusal lists every shortage in its wording, and nothing of the sale is taken."""
    await open_cafe(stock, "soho", flour=10, butter=1, box=3)

    with pytest.raises(Refused) as caught:
        await stock.recipes.deduct(transaction="t-1", site="soho", items=[("CROFFLE", "Croffle", 4)], key="till-1/1")

    assert caught.value.facts["errors"] == [
        "Croffle - Butter: Need 2, Have 1 (Short: 1)",
        "Croffle - Box: Need 4, Have 3 (Short: 1)",
    ]
    assert await available(stock, "soho") == {"FLOUR": "10", "BUTTER": "1", "BOX": "3"}


async def test_a_key_is_for_ever(stock: Stock, database: TestDatabase) -> None:
    """R4: the same key gives the first answer, from another process and after a void too; other content is refused."""
    await open_cafe(stock, "soho", flour=10, butter=10, box=10)
    first = await stock.recipes.deduct(transaction="t-1", site="soho", items=[("CROFFLE", 1)], key="till-1/1")
    await stock.recipes.void_deduction(transaction="t-1", site="soho", reason="sent back", key="till-1/2")

    async with onhand.connect(database.engine_url, actor="other") as other:
        again = await other.recipes.deduct(transaction="t-1", site="soho", items=[("CROFFLE", 1)], key="till-1/1")
        with pytest.raises(Refused) as changed:
            await other.recipes.deduct(transaction="t-1", site="soho", items=[("CROFFLE", 2)], key="till-1/1")
        with pytest.raises(Refused) as renamed:
            await other.recipes.deduct(transaction="t-1", site="soho", items=[("CROFFLE", 1)], key="till-1/3")

    assert (again.number, again.replayed, again.hash) == (first.number, True, first.hash)
    assert changed.value.code == "IDEMPOTENCY_KEY_REUSED"
    assert renamed.value.code == "TRANSACTION_EXISTS"
    assert await available(stock, "soho") == {"FLOUR": "10", "BUTTER": "10", "BOX": "10"}


async def test_a_changed_recipe_is_seen_by_every_process(stock: Stock, database: TestDatabase) -> None:
    """R9: versions and mappings that one process changes are in force in the others with the next sale."""
    await open_cafe(stock, "soho", flour=10, butter=10, box=10)
    async with onhand.connect(database.engine_url, actor="other") as other:
        await other.recipes.deduct(transaction="t-1", site="soho", items=[("CROFFLE", 1)], key="1")
        await stock.recipes.define(product="CROFFLE", ingredients=[("Box", "3", "piece")], key="2")
        await other.recipes.deduct(transaction="t-2", site="soho", items=[("CROFFLE", 1)], key="3")
        await stock.recipes.map_ingredients(site="soho", mappings=[("Box", "piece", "FLOUR", "1/2")], key="4")
        await other.recipes.deduct(transaction="t-3", site="soho", items=[("CROFFLE", 1)], key="5")
        early = datetime(2020, 1, 1, tzinfo=UTC)
        await other.recipes.deduct(transaction="t-4", site="soho", items=[("CROFFLE", 1)], occurred_at=early, key="6")

    assert await available(stock, "soho") == {"FLOUR": "6", "BUTTER": "9", "BOX": "6"}
    assert (await stock.verify()).ok


async def test_voids_are_exact_and_once(stock: Stock) -> None:
    """R10: by line and as a whole, what was taken comes back, and no more however often it is asked for."""
    await open_cafe(stock, "soho", flour=10, butter=10, box=10)
    await stock.recipes.deduct(transaction="t-1", site="soho", items=[("CROFFLE", 1), ("CROFFLE", 2)], key="1")

    await stock.recipes.void_deduction(transaction="t-1", site="soho", lines=[2], reason="wrong", key="2")
    assert await available(stock, "soho") == {"FLOUR": "9", "BUTTER": "9.5", "BOX": "9"}
    posting = await stock.recipes.void_deduction(transaction="t-1", site="soho", reason="sent back", key="3")
    again = await stock.recipes.void_deduction(transaction="t-1", site="soho", reason="sent back", key="3")
    with pytest.raises(Refused, match="voided already"):
        await stock.recipes.void_deduction(transaction="t-1", site="soho", reason="sent back", key="4")

    assert (again.number, again.replayed, posting.reason) == (posting.number, True, "sent back")
    assert await available(stock, "soho") == {"FLOUR": "10", "BUTTER": "10", "BOX": "10"}
    assert (await stock.verify()).ok


async def test_the_database_keeps_sites_apart(stock: Stock, database: TestDatabase) -> None:
    """R6: SQL that takes from a holding of another store, or from none, is refused by the database itself."""
    await open_cafe(stock, "soho", flour=10, butter=10, box=10)
    await open_cafe(stock, "city", flour=10, butter=10, box=10)
    await stock.recipes.deduct(transaction="t-1", site="soho", items=[("CROFFLE", 1)], key="1")
    ((stranger,),) = query(
        database.admin_url,
        "SELECT min(holding.id) FROM holding JOIN site ON site.id = site_id WHERE site.code = 'city'",
    )
    insert = (
        "INSERT INTO deduction SELECT org_id, id + 1000, 1, site_id, 't-2', status, items, "
        "jsonb_build_array(jsonb_build_array(1, 'Flour', {holding}, 1)) FROM deduction"
    )

    for act in (
        insert.format(holding=stranger),
        insert.format(holding=999_999),
        "UPDATE deduction SET parts = '[]'",
        "UPDATE deduction SET site_id = site_id + 1",
        "UPDATE deduction SET transaction = 'other'",
    ):
        with psycopg.connect(database.admin_url) as connection, pytest.raises(psycopg.Error) as error:
            connection.execute(act.encode())
        assert error.value.sqlstate in {"23514", "23503", "55000"}, act


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("mapping", "org_id, id + 1000, version, site_id, ingredient, unit, item_id, 1, 1, retired"),
        ("recipe", "org_id, id + 1000, version, product_id, versions"),
        ("deduction", "org_id, id + 1000, version, site_id, transaction, status, items, parts"),
    ],
)
async def test_the_database_keeps_names_unique(stock: Stock, database: TestDatabase, table: str, columns: str) -> None:
    """R7, R4: a second mapping of an ingredient and unit, recipe of a product or transaction of a site cannot exist."""
    await open_cafe(stock, "soho", flour=10, butter=10, box=10)
    await stock.recipes.deduct(transaction="t-1", site="soho", items=[("CROFFLE", 1)], key="1")

    with pytest.raises(psycopg.errors.UniqueViolation):
        query(database.admin_url, f"INSERT INTO {table} SELECT {columns} FROM {table} LIMIT 1")


async def test_what_cannot_be_read_is_refused(stock: Stock) -> None:
    """R1, R9: items and ingredients that are not well formed are refused with what is wrong."""
    odd: list[Any] = ["CROFFLE", {"CROFFLE": 1}, [("CROFFLE",)], [{"product": "CROFFLE"}], [{"product": "C", "odd": 1}]]
    for items in odd:
        with pytest.raises(Refused) as caught:
            await stock.recipes.deduct(transaction="t", site="soho", items=items, key="k")
        assert caught.value.code == "INVALID_COMMAND"
    parts: list[Any] = ["abc", ("Flour", "1"), {"name": "Flour"}, {"name": "Flour", "amount": 1, "colour": "white"}]
    for part in parts:
        with pytest.raises(Refused) as caught:
            await stock.recipes.define(product="C", ingredients=[part], key="k")
        assert caught.value.code == "INVALID_COMMAND"


async def test_a_version_conflict_is_decided_again(stock: Stock) -> None:
    """R5: with fresh versions, after pauses that double, three times at most; then the conflict is the answer."""
    await open_cafe(stock, "soho", flour=10, butter=10, box=20)
    pauses: list[float] = []

    async def wait(seconds: float) -> None:
        pauses.append(seconds)

    rivals = [2, 9]

    async def sell_half() -> str:
        (box,) = await stock.list_holdings("soho", "BOX")
        if rivals[0]:
            rivals[0] -= 1
            await stock.sell(site="soho", lines=[("BOX", 1)], key=f"rival/{rivals}")
        line = {"sku": "BOX", "quantity": str(box.balances.available // 2), "version": box.version}
        return (await stock.sell(site="soho", lines=[line], key=f"half/{rivals[1]}")).key

    assert await again(sell_half, wait=wait) == "half/9"
    assert (pauses, (await available(stock, "soho"))["BOX"]) == ([0.02, 0.04], "9")
    rivals[:] = [4, 8]
    with pytest.raises(Refused, match="was expected of holding BOX"):
        await again(sell_half, wait=wait)
    assert (pauses[2:], (await available(stock, "soho"))["BOX"]) == ([0.02, 0.04, 0.08], "5")
    rivals[:] = [1, 7]
    assert await again(sell_half) == "half/7"

    async def unknown() -> None:
        raise Refused("UNKNOWN_SITE", site="york")

    with pytest.raises(Refused, match="no site york"):
        await again(unknown)


async def test_a_store_may_go_negative_as_a_whole(stock: Stock) -> None:
    """R11: a limit for all ingredients of a store, exact; the posting carries the alert, and other stores stay."""
    await open_cafe(stock, "soho", flour=1, butter=1, box=1)
    await open_cafe(stock, "city", flour=1, butter=1, box=1)
    await stock.recipes.allow_negative(site="soho", limit=2, key="policy")

    sale = await stock.recipes.deduct(transaction="t-1", site="soho", items=[("CROFFLE", 3)], key="1")
    for site, count, words in (("soho", 1, "Flour: Need 1, Have 0"), ("city", 2, "Flour: Need 2, Have 1")):
        with pytest.raises(Refused, match=words):
            await stock.recipes.deduct(transaction="t-2", site=site, items=[("CROFFLE", count)], key=f"{site}/2")

    alerts = [change.after["available"] for change in sale.changes if change.action == "below_zero"]
    assert alerts == [-2_000_000, -500_000, -2_000_000]
    assert await available(stock, "soho") == {"FLOUR": "-2", "BUTTER": "-0.5", "BOX": "-2"}


async def test_retries_and_repeated_transactions_hold_nobody_up(stock: Stock, database: TestDatabase) -> None:
    """R4: among many sales at once a retry is answered, a repeated transaction refused, and all others are done."""
    await open_cafe(stock, "soho", flour=100, butter=100, box=100)
    for number in range(2):
        await stock.recipes.deduct(transaction=f"t-{number}", site="soho", items=[("CROFFLE", 1)], key=f"k-{number}")

    async with onhand.connect(database.engine_url) as other:
        outcomes = await asyncio.gather(
            *(
                other.recipes.deduct(
                    transaction=f"t-{number}",
                    site="soho",
                    items=[("CROFFLE", 1)],
                    key="new" if number == 1 else f"k-{number}",
                )
                for number in range(20)
            ),
            return_exceptions=True,
        )

    refused = [outcome for outcome in outcomes if isinstance(outcome, Refused)]
    assert [refusal.code for refusal in refused] == ["TRANSACTION_EXISTS"]
    assert outcomes[1] is refused[0]
    assert isinstance(outcomes[0], onhand.Posting)
    assert outcomes[0].replayed
    assert all(isinstance(outcome, onhand.Posting) for outcome in outcomes[2:])
    assert (await available(stock, "soho"))["BOX"] == "80"
    assert (await stock.verify()).ok


async def test_a_repeated_transaction_is_refused_in_bulk_and_in_a_dry_run(stock: Stock, database: TestDatabase) -> None:
    """R4, B4: a transaction that another process deducted is refused by its name however it comes, and harms nobody."""
    await open_cafe(stock, "soho", flour=10, butter=10, box=10)
    async with onhand.connect(database.engine_url) as other:
        await other.recipes.deduct(transaction="t-0", site="soho", items=[("CROFFLE", 1)], key="k-0")
        commands = [
            Deduct(
                key=f"new-{number}", transaction=f"t-{number}", site="soho", items=read_lines(SOLD, [("CROFFLE", 1)])
            )
            for number in range(3)
        ]

        tried = await stock.bulk(commands, dry_run=True)
        done = await stock.bulk(commands)
        await stock.recipes.deduct(transaction="t-3", site="soho", items=[("CROFFLE", 1)], key="k-3")
        with pytest.raises(Refused) as ahead:
            await other.recipes.deduct(
                transaction="t-3", site="soho", items=[("CROFFLE", 1)], key="new-3", dry_run=True
            )

    for outcomes in (tried, done):
        assert [getattr(outcome, "code", "done") for outcome in outcomes] == ["TRANSACTION_EXISTS", "done", "done"]
    assert ahead.value.code == "TRANSACTION_EXISTS"
    assert (await available(stock, "soho"))["BOX"] == "6"
