"""Health, metrics and the trail: every check is broken once, every figure counted anew."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import psycopg
import pytest

import onhand
from onhand import Refused
from onhand.kernel.recipes.deduct import Deduct
from onhand.kernel.within import Within
from onhand.ledger.reading_lines import SOLD, read_lines
from onhand.ledger.recipes.health import CONSTRAINTS, TRIGGERS, Figures, HealthStatus
from onhand.ledger.stock import Stock
from tests.conftest import TestDatabase
from tests.faults.servers import query
from tests.ledger.recipes.cafe import open_cafe

NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)


async def a_day(stock: Stock) -> None:
    """Let two cafes have a day: sales, a void in part, one as a whole, and a sale that waits."""
    for site in ("city", "soho"):
        await open_cafe(stock, site, flour=50, butter=50, box=50)
        for number in range(3):
            await stock.recipes.deduct(
                transaction=f"t-{number}", site=site, items=[("CROFFLE", 1), ("CROFFLE", 2)], key=f"{site}/{number}"
            )
    await stock.recipes.void_deduction(transaction="t-0", site="soho", lines=[1], reason="cold", key="v1")
    await stock.recipes.void_deduction(transaction="t-1", site="soho", reason="cold", key="v2")
    await stock.offline.queue(transaction="t-9", site="soho", items=[("CROFFLE", 1)], device="d", key="q1")


async def statuses(stock: Stock) -> dict[str, HealthStatus]:
    """Tell how each check stands."""
    return {check.name: check.status for check in (await stock.recipes.health()).checks}


async def test_all_is_healthy(stock: Stock) -> None:
    """R17: after a day like any other every check is healthy, and so is the whole."""
    await a_day(stock)

    health = await stock.recipes.health()

    assert health.status == HealthStatus.HEALTHY, health
    assert [check.name for check in health.checks] == [
        "schema and triggers",
        "idempotency",
        "mappings",
        "cross-store deductions",
        "compensations",
        "success rate",
        "queue age",
    ]
    assert all(check.detail for check in health.checks)


@pytest.mark.parametrize(
    ("act", "check", "finding"),
    [
        (
            "ALTER TABLE deduction DISABLE TRIGGER deduction_parts_of_its_site",
            "schema and triggers",
            "deduction_parts_of_its_site is missing",
        ),
        (
            "DROP TRIGGER offline_sale_is_never_dropped ON offline_sale",
            "schema and triggers",
            "offline_sale_is_never_dropped is missing",
        ),
        (
            "ALTER TABLE mapping DROP CONSTRAINT mapping_ingredient_unique",
            "schema and triggers",
            "mapping_ingredient_unique is missing",
        ),
        (
            "ALTER TABLE posting DROP CONSTRAINT posting_key_unique",
            "idempotency",
            "keys need not be unique: posting_key_unique is missing",
        ),
        (
            (
                "INSERT INTO movement (org_id, number, line, holding_id, quantity, source, target) "
                "SELECT org_id, number, 99, (SELECT min(holding.id) FROM holding JOIN site ON site.id = site_id "
                "WHERE site.code = 'city'), 1, 'available', 'used' FROM posting WHERE key = 'soho/2'"
            ),
            "cross-store deductions",
            "of transaction t-2 moved goods of another store",
        ),
        (
            (
                "UPDATE deduction SET status = 'voided' , items = replace(items::text, 'deducted', 'voided')::jsonb "
                "WHERE transaction = 't-2'"
            ),
            "compensations",
            "transaction t-2 has not taken what its standing lines say",
        ),
    ],
)
async def test_each_check_of_the_database_can_fail(
    stock: Stock, database: TestDatabase, act: str, check: str, finding: str
) -> None:
    """R17: with one thing broken by hand its check turns critical, tells what, and the whole is critical."""
    await a_day(stock)
    query(database.admin_url, act)

    health = await stock.recipes.health()

    (broken,) = [one for one in health.checks if one.name == check]
    assert (broken.status, health.status) == (HealthStatus.CRITICAL, HealthStatus.CRITICAL)
    assert any(finding in told for told in broken.findings), broken


async def test_a_key_used_twice_is_found(stock: Stock, database: TestDatabase) -> None:
    """R17: two postings with one key, which only a database without its constraint can hold, are found."""
    await a_day(stock)
    query(database.admin_url, "ALTER TABLE posting DROP CONSTRAINT posting_key_unique")
    query(
        database.admin_url,
        "INSERT INTO posting SELECT org_id, number + 1000, recorded_at, occurred_at, key_hash, fingerprint, kind, key, "
        "actor, hash FROM posting WHERE key = 'soho/2'",
    )

    (check,) = [one for one in (await stock.recipes.health()).checks if one.name == "idempotency"]

    assert check.status == HealthStatus.CRITICAL
    assert any("is used again" in finding for finding in check.findings)


async def test_a_missing_mapping_is_a_warning(stock: Stock) -> None:
    """R17, R8: an ingredient of a recipe in force that a site has no item for is told; a mapped substitute will do."""
    await a_day(stock)
    parts = [{"name": "Egg", "amount": 1, "substitutes": [{"name": "Soy", "amount": 1}]}]
    await stock.recipes.define(product="CAKE", ingredients=parts, key="cake")
    await stock.recipes.map_ingredients(site="city", mappings=[("Soy", "piece", "BOX")], key="soy")

    health = await stock.recipes.health()

    (check,) = [one for one in health.checks if one.name == "mappings"]
    assert (check.status, health.status) == (HealthStatus.WARNING, HealthStatus.WARNING)
    assert check.findings == ("CAKE needs Egg (piece), which is no item at soho",)
    await stock.recipes.map_ingredients(site="soho", mappings=[("Egg", "piece", "BOX")], key="egg")
    assert (await statuses(stock))["mappings"] == HealthStatus.HEALTHY


@pytest.mark.parametrize(
    ("deducted", "refused", "status"),
    [
        (0, 0, HealthStatus.HEALTHY),
        (0, 19, HealthStatus.HEALTHY),
        (95, 5, HealthStatus.HEALTHY),
        (94, 6, HealthStatus.WARNING),
        (80, 20, HealthStatus.WARNING),
        (79, 21, HealthStatus.CRITICAL),
    ],
)
def test_the_success_rate_is_judged(deducted: int, refused: int, status: HealthStatus) -> None:
    """R17: below 95 of a hundred is a warning, below 80 critical, of fewer than twenty nothing is said."""
    rate, _ = Figures(deducted=deducted, refused=refused, oldest_waiting=None).checks(NOW)

    assert rate.status == status


@pytest.mark.parametrize(
    ("minutes", "status"),
    [
        (None, HealthStatus.HEALTHY),
        (59, HealthStatus.HEALTHY),
        (60, HealthStatus.WARNING),
        (1439, HealthStatus.WARNING),
        (1440, HealthStatus.CRITICAL),
    ],
)
def test_the_age_of_the_queue_is_judged(minutes: int | None, status: HealthStatus) -> None:
    """R17: what waits for an hour is a warning, for a day critical."""
    oldest = None if minutes is None else NOW - timedelta(minutes=minutes)
    _, age = Figures(deducted=0, refused=0, oldest_waiting=oldest).checks(NOW)

    assert age.status == status


async def test_an_old_queue_and_a_bad_rate_are_seen_in_the_database(stock: Stock, database: TestDatabase) -> None:
    """R17: a sale that arrived yesterday and still waits is critical; so are more refusals than deductions."""
    await a_day(stock)
    query(database.admin_url, "UPDATE offline_sale SET arrived_at = now() - interval '25 hours'")
    for number in range(30):
        with pytest.raises(Refused):
            await stock.recipes.deduct(
                transaction=f"x-{number}", site="soho", items=[("CROFFLE", 999)], key=f"x/{number}"
            )

    found = await statuses(stock)

    assert (found["queue age"], found["success rate"]) == (HealthStatus.CRITICAL, HealthStatus.CRITICAL)


async def test_metrics_count(stock: Stock) -> None:
    """R18: deductions, voids, refusals and the queue of each site, of the last day and ever, with the latency."""
    await a_day(stock)
    for number in range(2):
        with pytest.raises(Refused):
            await stock.recipes.deduct(transaction=f"x-{number}", site="soho", items=[("TEA", 1)], key=f"x/{number}")
    with pytest.raises(Refused):
        await stock.recipes.deduct(transaction="x", site="soho", items=[("TEA", 1)], key="dry", dry_run=True)

    metrics = await stock.recipes.metrics()

    city, soho = metrics.sites
    assert (city.site, city.deducted, city.deducted_24h, city.voided, city.refused) == ("city", 3, 3, 0, 0)
    assert (soho.site, soho.deducted, soho.deducted_24h, soho.voided, soho.refused) == ("soho", 3, 3, 2, 2)
    assert (soho.refused_24h, soho.success_rate_24h, city.success_rate_24h) == (2, 0.6, 1.0)
    assert (soho.queue, city.queue, city.oldest_waiting) == ({"pending": 1}, {}, None)
    assert soho.oldest_waiting is not None
    assert metrics.latency_p50_ms is not None
    assert metrics.latency_p99_ms is not None
    assert 0 < metrics.latency_p50_ms <= metrics.latency_p99_ms
    assert 'onhand_deductions_total{site="soho"} 3' in metrics.prometheus()
    assert 'onhand_offline_sales{site="soho",status="pending"} 1' in metrics.prometheus()


async def test_deductions_are_watched_however_they_are_handed_in(stock: Stock) -> None:
    """R18: those of a bulk, as the service hands all of them in, count as those of the verb; a dry run does not."""
    await open_cafe(stock, "soho", flour=5, butter=5, box=1)
    commands = [
        Deduct(key=f"k-{number}", transaction=f"t-{number}", site="soho", items=read_lines(SOLD, [("CROFFLE", 1)]))
        for number in range(3)
    ]
    limited: Any = [Within(commands[2], ("soho",))]

    await stock.bulk(commands[:2], dry_run=True)
    before = await stock.recipes.metrics()
    await stock.bulk(commands[:2])
    await stock.bulk(limited)

    (soho,) = (await stock.recipes.metrics()).sites
    assert (before.latency_p50_ms, before.sites) == (None, ())
    assert (await stock.recipes.metrics()).latency_p50_ms is not None
    assert (soho.deducted_24h, soho.refused, soho.refused_24h) == (1, 2, 2)


async def test_refusals_are_told_to_other_processes(stock: Stock, database: TestDatabase) -> None:
    """R18: what one process saw refused is in the figures of another once it has told, and is counted once."""
    await stock.define(sites=["soho"], key="site")
    async with onhand.connect(database.engine_url) as other:
        for number in range(3):
            with pytest.raises(Refused):
                await other.recipes.deduct(
                    transaction=f"x-{number}", site="soho", items=[("TEA", 1)], key=f"x/{number}"
                )
        assert [site.refused for site in (await other.recipes.metrics()).sites] == [3]
        await other.worker.tally_refusals()
        await other.worker.tally_refusals()
        with pytest.raises(Refused):
            await other.recipes.deduct(transaction="x-4", site="soho", items=[("TEA", 1)], key="x/4")
        assert [site.refused for site in (await other.recipes.metrics()).sites] == [4]

    (soho,) = (await stock.recipes.metrics()).sites
    assert (soho.site, soho.refused, soho.refused_24h, soho.success_rate_24h) == ("soho", 4, 4, 0.0)
    assert (await stock.verify()).ok


async def test_from_the_receipt_to_each_ingredient_and_back(stock: Stock) -> None:
    """R20: a receipt leads to place, lot and posting of each ingredient, and an ingredient back to its receipts."""
    await open_cafe(stock, "soho", flour=1, butter=9, box=9)
    await stock.receive(site="soho", lines=[("FLOUR", 3, "new")], key="lot")
    await stock.recipes.deduct(transaction="t-1", site="soho", items=[("CROFFLE", "Croffle", 2)], actor="ann", key="1")
    await stock.recipes.deduct(transaction="t-2", site="soho", items=[("CROFFLE", 1)], actor="bob", key="2")
    void = await stock.recipes.void_deduction(transaction="t-1", site="soho", reason="cold", key="3")

    trail = await stock.recipes.deduction_trail("soho", "t-1")
    used = await stock.recipes.list_uses("soho", "FLOUR")

    assert (trail.status, [tuple(item) for item in trail.items]) == (
        "voided",
        [("CROFFLE", "Croffle", 2, "voided")],
    )
    assert [(part.line, part.ingredient, part.place.sku, part.quantity) for part in trail.parts] == [
        (1, "Flour", "FLOUR", Decimal(2)),
        (1, "Butter", "BUTTER", Decimal(1)),
        (1, "Box", "BOX", Decimal(2)),
    ]
    lot = trail.parts[0].place.lot
    assert lot is not None
    assert [(line.kind, line.action, line.actor, line.reason) for line in trail.postings] == [
        ("deduct", "created", "ann", None),
        ("void", "voided", "test", "cold"),
    ]
    assert [(use.transaction, use.kind, use.quantity) for use in used] == [
        ("t-1", "void", Decimal(-2)),
        ("t-2", "deduct", Decimal(1)),
        ("t-1", "deduct", Decimal(2)),
    ]
    assert used.rows[0].number == void.number
    page = await stock.recipes.list_uses("soho", "FLOUR", lot, limit=2)
    rest = await stock.recipes.list_uses("soho", "FLOUR", lot, after=page.after, limit=2)
    assert [use.transaction for use in (*page, *rest)] == ["t-1", "t-2", "t-1"]
    with pytest.raises(Refused, match="no transaction t-9 at soho"):
        await stock.recipes.deduction_trail("soho", "t-9")


def test_every_guard_stands_in_the_migrations() -> None:
    """R17: each guard that health looks for is made by a migration, so a slip in a name cannot pass for a guard."""
    folder = Path(onhand.__file__).parent / "store" / "migrations" / "versions"
    text = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*_up.sql"))
    made_by_functions = {"_is_append_only", "_follows_its_transitions"}

    for name in (*TRIGGERS, *CONSTRAINTS):
        stems = [ending for ending in made_by_functions if name.endswith(ending)]
        assert name in text or stems, name
        assert all(f"'{name.removesuffix(ending)}'" in text for ending in stems), name


def test_the_checks_are_many() -> None:
    """Control: nothing above passes since there is nothing to look for."""
    assert len(TRIGGERS) == len(set(TRIGGERS)) >= 9
    assert len(CONSTRAINTS) == len(set(CONSTRAINTS)) >= 9
    assert issubclass(psycopg.errors.UniqueViolation, psycopg.Error)
