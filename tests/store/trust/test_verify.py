"""The verifier finds whatever a superuser does to the tables, and names the first posting that is wrong."""

import asyncio
import sys

import psycopg
import pytest

from onhand.kernel.canonical import canonical_json
from onhand.kernel.posting import Posting
from onhand.ledger.stock import Stock
from onhand.ledger.trust.verify import FINDINGS_MAX, Sizes, verify
from tests.conftest import TestDatabase
from tests.ledger.ledgers import reading_of
from tests.store.busy_week import read_journal

TINY = Sizes(postings=1, movements=1, ids=1)
SMALL = Sizes(postings=4, movements=5, ids=7)


def tamper(database: TestDatabase, *statements: str) -> None:
    """Do something to the tables as a superuser who has switched triggers and foreign keys off."""
    with psycopg.connect(database.admin_url) as connection:
        connection.execute("SET session_replication_role = replica")
        for statement in statements:
            assert connection.execute(statement).rowcount != 0, f"this changed nothing: {statement}"


@pytest.mark.parametrize("sizes", [Sizes(), SMALL, TINY])
async def test_an_honest_ledger_is_proved(own_week: Stock, sizes: Sizes) -> None:
    """B8, C9: every kind of act leaves a ledger that verifies, whatever the slices."""
    journal = await read_journal(own_week)
    steps: list[tuple[int, int]] = []

    verification = await verify(
        reading_of(own_week).checks, progress=lambda done, total: steps.append((done, total)), sizes=sizes
    )

    assert verification.findings == ()
    assert verification.ok
    assert (verification.postings, verification.head_number) == (len(journal), len(journal))
    assert verification.head_hash == journal[-1].hash
    assert steps == sorted(steps)
    assert steps[-1][0] == steps[-1][1]


def test_text_is_spelled_as_it_was_hashed(database_url: str) -> None:
    """B8: PostgreSQL escapes each character of Unicode as the canonical spelling does."""
    points = [point for point in range(1, sys.maxunicode + 1) if not 0xD800 <= point <= 0xDFFF]
    text = "".join(map(chr, points))

    with psycopg.connect(database_url) as connection:
        row = connection.execute("SELECT to_json(%s::text)::text", [text]).fetchone()

    assert row == (canonical_json(text),)


# What is done, as SQL; the code of the first finding; and which posting it names.
HISTORY = {
    "reason changed": ("UPDATE posting SET reason = 'x' WHERE number = 9", "POSTING_CHANGED", 9),
    "reason taken": ("UPDATE posting SET reason = NULL WHERE number = 2", "POSTING_CHANGED", 2),
    "actor changed": ("UPDATE posting SET actor = 'bob' WHERE number = 9", "POSTING_CHANGED", 9),
    "kind changed": ("UPDATE posting SET kind = 'count' WHERE number = 9", "POSTING_CHANGED", 9),
    "key changed": ("UPDATE posting SET key = 'till-9' WHERE number = 9", "POSTING_CHANGED", 9),
    "key hash changed": ("UPDATE posting SET key_hash = gen_random_uuid() WHERE number = 9", "KEY_WRONG", 9),
    "fingerprint changed": (
        "UPDATE posting SET fingerprint = gen_random_uuid() WHERE number = 9",
        "POSTING_CHANGED",
        9,
    ),
    "document changed": ("UPDATE posting SET document_id = 'i-8' WHERE number = 9", "POSTING_CHANGED", 9),
    "document's kind changed": ("UPDATE posting SET document_type = 'x' WHERE number = 9", "POSTING_CHANGED", 9),
    "occurred changed": (
        "UPDATE posting SET occurred_at = occurred_at + interval '1 microsecond' WHERE number = 9",
        "POSTING_CHANGED",
        9,
    ),
    "recorded changed": (
        "UPDATE posting SET recorded_at = recorded_at - interval '1 day' WHERE number = 9",
        "POSTING_CHANGED",
        9,
    ),
    "data changed": ("UPDATE posting SET data = '{}' WHERE number = 1", "POSTING_CHANGED", 1),
    "data spelled anew": ("UPDATE posting SET data = (data::text || ' ')::json WHERE number = 1", "POSTING_CHANGED", 1),
    "hash changed": ("UPDATE posting SET hash = sha256('x') WHERE number = 9", "POSTING_CHANGED", 9),
    "posting deleted": ("DELETE FROM posting WHERE number = 9", "POSTING_MISSING", 9),
    "first posting deleted": ("DELETE FROM posting WHERE number = 1", "POSTING_MISSING", 1),
    "postings deleted": ("DELETE FROM posting WHERE number BETWEEN 5 AND 12", "POSTING_MISSING", 5),
    "posting put in": (
        """
        INSERT INTO posting
        SELECT org_id, 19, recorded_at, occurred_at, gen_random_uuid(), fingerprint, kind, key, actor, hash
          FROM posting
         WHERE number = 9
        """,
        "BEYOND_JOURNAL",
        19,
    ),
    "movement changed": ("UPDATE movement SET quantity = quantity + 1 WHERE number = 9", "POSTING_CHANGED", 9),
    "movement from elsewhere": ("UPDATE movement SET source = 'hold' WHERE number = 9", "POSTING_CHANGED", 9),
    "movement of another": ("UPDATE movement SET holding_id = 8 WHERE number = 9", "POSTING_CHANGED", 9),
    "balance changed": ("UPDATE movement SET hold = coalesce(hold, 0) + 1 WHERE number = 9", "BALANCE_WRONG", 9),
    "first balance changed": ("UPDATE movement SET hold = 1 WHERE number = 2 AND line = 1", "BALANCE_WRONG", 2),
    "line moved": ("UPDATE movement SET line = 2 WHERE number = 9", "LINES_WRONG", 9),
    "movement deleted": ("DELETE FROM movement WHERE number = 9", "POSTING_CHANGED", 9),
    "movement put in": (
        """
        INSERT INTO movement
        SELECT org_id, number, holding_id, quantity, available, reserved, sold, quarantine, hold, incoming, defective,
               sample, 2, source, target
          FROM movement
         WHERE number = 9
        """,
        "POSTING_CHANGED",
        9,
    ),
    "movement before all": ("UPDATE movement SET number = 0 WHERE number = 9", "BEYOND_JOURNAL", 0),
    "movement after all": ("UPDATE movement SET number = 99 WHERE number = 9", "POSTING_CHANGED", 9),
    "change changed": ("""UPDATE change SET after = '{"id":1}' WHERE number = 6 AND line = 1""", "POSTING_CHANGED", 6),
    "change's before": ("UPDATE change SET before = NULL WHERE number = 7 AND line = 1", "POSTING_CHANGED", 7),
    "change's action": ("UPDATE change SET action = 'x' WHERE number = 7 AND line = 1", "POSTING_CHANGED", 7),
    "change's line": ("UPDATE change SET line = 9 WHERE number = 7 AND line = 1", "LINES_WRONG", 7),
    "change deleted": ("DELETE FROM change WHERE number = 7 AND line = 1", "POSTING_CHANGED", 7),
    "change put in": (
        """
        INSERT INTO change SELECT org_id, 9, 1, entity, entity_id, action, before, after FROM change
         WHERE number = 7 AND line = 1
        """,
        "POSTING_CHANGED",
        9,
    ),
    "reversal deleted": ("DELETE FROM reversal", "POSTING_CHANGED", 13),
    "reversal changed": ("UPDATE reversal SET reverted = 8", "POSTING_CHANGED", 13),
    "reversal put in": ("INSERT INTO reversal (org_id, reverted, number) VALUES (1, 4, 9)", "POSTING_CHANGED", 9),
    "movements truncated": ("TRUNCATE movement", "POSTING_CHANGED", 2),
    "everything truncated": ("TRUNCATE posting, movement, change, reversal CASCADE", "POSTING_MISSING", 1),
}

STATE = {
    "available changed": ("UPDATE holding SET available = available + 1 WHERE id = 8", "ROW_WRONG"),
    "floor changed": ("UPDATE holding SET floor = floor - 1 WHERE floor < 0", "ROW_WRONG"),
    "version changed": ("UPDATE holding SET version = version + 1 WHERE id = 8", "ROW_WRONG"),
    "place changed": ("UPDATE holding SET lot_id = NULL WHERE id = 8", "ROW_WRONG"),
    "holding deleted": ("DELETE FROM holding WHERE id = 8", "ROW_MISSING"),
    "holding put in": (
        "INSERT INTO holding (org_id, id, version, site_id, item_id) SELECT 1, id_last + 1, 0, 1, 5 FROM journal",
        "ROW_STRAY",
    ),
    "site changed": ("UPDATE site SET name = 'x' WHERE id = 1", "ROW_WRONG"),
    "site deleted": ("DELETE FROM site WHERE id = 1", "ROW_MISSING"),
    "site put in": (
        "INSERT INTO site SELECT org_id, id_last + 1, 1, 'rome', 'rome', false FROM journal",
        "ROW_STRAY",
    ),
    "location changed": ("UPDATE location SET code = 'B-1'", "ROW_WRONG"),
    "item changed": ("UPDATE item SET measure = 'metre' WHERE sku = 'tea'", "ROW_WRONG"),
    "lot changed": ("UPDATE lot SET expires_on = '2030-01-01' WHERE code = 'T-1'", "ROW_WRONG"),
    "lot's time changed": (
        "UPDATE lot SET received_at = received_at + interval '1 microsecond' WHERE code = 'T-1'",
        "ROW_WRONG",
    ),
    "unit changed": ("UPDATE unit SET retired = true", "ROW_WRONG"),
    "reservation changed": ("UPDATE reservation SET status = 'active'", "ROW_WRONG"),
    "reservation's time changed": ("UPDATE reservation SET expires_at = now()", "ROW_WRONG"),
    "reservation deleted": ("DELETE FROM reservation", "ROW_MISSING"),
    "reserved line changed": ("UPDATE reservation_line SET quantity = 1", "ROW_WRONG"),
    "transfer changed": ("UPDATE transfer SET status = 'received'", "ROW_WRONG"),
    "transfer line deleted": ("DELETE FROM transfer_line", "ROW_WRONG"),
    "journal's hash changed": ("UPDATE journal SET hash = sha256('x')", "JOURNAL_WRONG"),
    "journal's clock changed": ("UPDATE journal SET recorded_at = now() + interval '1 day'", "JOURNAL_WRONG"),
    "journal put forward": ("UPDATE journal SET number = number + 1", "POSTING_MISSING"),
    "journal put back": ("UPDATE journal SET number = number - 1", "BEYOND_JOURNAL"),
    "catalogue's number changed": ("UPDATE journal SET catalog_number = 0", "CATALOG_NUMBER_WRONG"),
    "ids put forward": ("UPDATE journal SET id_last = 1000000000000000", "IDS_WRONG"),
    "ids put back": ("UPDATE journal SET id_last = 5", "ROW_STRAY"),
}


@pytest.mark.parametrize("name", HISTORY)
async def test_whatever_is_done_to_history_is_found(own_week: Stock, week_database: TestDatabase, name: str) -> None:
    """T6, B8: a changed, deleted, added or truncated row of history is found, and the first wrong posting named."""
    statement, code, number = HISTORY[name]
    tamper(week_database, statement)

    verification = await verify(reading_of(own_week).checks, sizes=SMALL)

    assert not verification.ok
    assert verification.first is not None
    assert verification.first.number == number
    assert code in {finding.code for finding in verification.findings if finding.number == number}


@pytest.mark.parametrize("name", STATE)
async def test_whatever_is_done_to_the_present_is_found(
    own_week: Stock, week_database: TestDatabase, name: str
) -> None:
    """L11, T6: a row of the present that is not what history says is found."""
    statement, code = STATE[name]
    tamper(week_database, statement)

    verification = await verify(reading_of(own_week).checks, sizes=SMALL)

    assert code in {finding.code for finding in verification.findings}


async def test_swapped_postings_are_found(own_week: Stock, week_database: TestDatabase) -> None:
    """T6: two postings that changed places, lines and all, are found from the first of them on."""
    tables = ("posting", "movement", "change")
    swap = [
        f"UPDATE {table} SET number = CASE number WHEN 4 THEN 1009 ELSE 1004 END WHERE number IN (4, 9)"
        for table in tables
    ]
    back = [f"UPDATE {table} SET number = number - 1000 WHERE number > 1000" for table in tables]
    tamper(week_database, *swap, *back)

    verification = await own_week.verify()

    assert verification.first is not None
    assert (verification.first.code, verification.first.number) == ("POSTING_CHANGED", 4)


async def test_a_journal_cut_short_is_found(own_week: Stock, week_database: TestDatabase) -> None:
    """T6: with its end cut off and its row set right, the journal contradicts the holdings."""
    cut = [f"DELETE FROM {table} WHERE number > 12" for table in ("posting", "movement", "change", "reversal")]
    fix = (
        "UPDATE journal SET number = 12, hash = posting.hash, recorded_at = posting.recorded_at "
        "FROM posting WHERE posting.number = 12"
    )
    tamper(week_database, *cut, fix)

    verification = await own_week.verify()

    assert {finding.code for finding in verification.findings} >= {"ROW_WRONG"}
    assert verification.head_number == 12


async def test_a_posting_rewritten_with_its_hash_is_found_by_the_next(
    own_week: Stock, week_database: TestDatabase
) -> None:
    """T6: whoever can compute the hash of one posting still breaks the chain behind it."""
    tamper(
        week_database,
        "UPDATE posting SET hash = sha256('x') WHERE number = 18",
        "UPDATE journal SET hash = sha256('x')",
    )

    verification = await own_week.verify()

    assert [(finding.code, finding.number) for finding in verification.findings] == [("POSTING_CHANGED", 18)]


async def test_edits_outside_of_onhand_are_told(own_week: Stock, week_database: TestDatabase) -> None:
    """B8: what somebody with SQL did under the eyes of the triggers is told, even when it was undone."""
    with psycopg.connect(week_database.admin_url) as connection:
        connection.execute("UPDATE holding SET sample = sample + 1 WHERE id = 8")
        connection.execute("UPDATE holding SET sample = sample - 1 WHERE id = 8")

    verification = await own_week.verify()

    assert [(finding.code, finding.entity) for finding in verification.findings] == [("OUTSIDE_EDIT", "holding 8")] * 2


async def test_goods_that_vanish_between_holdings_are_found(own_week: Stock, week_database: TestDatabase) -> None:
    """T6: what leaves through elsewhere must arrive; told beside the broken seal."""
    tamper(week_database, "UPDATE movement SET target = 'loss' WHERE number = 18 AND line = 1")

    verification = await own_week.verify()

    codes = {finding.code for finding in verification.findings if finding.number == 18}
    assert codes == {"NOT_CONSERVED", "POSTING_CHANGED"}


async def test_a_reversal_that_turns_other_goods_round_is_found(own_week: Stock, week_database: TestDatabase) -> None:
    """T6: a reversal holds exactly the movements of what it undid, turned round."""
    tamper(week_database, "UPDATE movement SET quantity = quantity - 1 WHERE number = 13")

    verification = await own_week.verify()

    assert "REVERSAL_WRONG" in {finding.code for finding in verification.findings if finding.number == 13}


async def test_of_very_many_findings_the_first_are_told(stock: Stock, database: TestDatabase) -> None:
    """T6: a ledger that is wrong all over gives a bounded answer, which begins at the beginning."""
    await stock.define(sites=["london"], items=["tea"], key="define")
    for number in range(FINDINGS_MAX + 20):
        await stock.receive(site="london", lines=[("tea", 1)], key=f"po-{number}")
    tamper(database, "UPDATE posting SET hash = sha256('x')", "UPDATE movement SET hold = 7")

    verification = await verify(reading_of(stock).checks, sizes=SMALL)

    assert len(verification.findings) == FINDINGS_MAX
    assert verification.first is not None
    assert verification.first.number == 1


async def test_verifying_beside_writers_finds_nothing(own_week: Stock) -> None:
    """B8: what is posted while the verifier works does not look wrong to it."""
    journal = await read_journal(own_week)
    numbers = iter(range(100_000))

    def post_meanwhile(_done: int, _total: int) -> None:
        number = next(numbers)
        posts.append(
            asyncio.ensure_future(own_week.sell(site="london", lines=[("tea", "0.1")], key=f"meanwhile-{number}"))
        )

    posts: list[asyncio.Future[Posting]] = []
    verification = await verify(reading_of(own_week).checks, progress=post_meanwhile, sizes=SMALL)
    made = await asyncio.gather(*posts)

    assert verification.ok, verification.findings
    assert verification.postings == len(journal)
    assert isinstance(made[-1], Posting)
    assert made[-1].number > len(journal)
    assert (await own_week.verify()).ok
