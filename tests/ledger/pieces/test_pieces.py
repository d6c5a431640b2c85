"""Pieces on a real PostgreSQL: the verbs, and what the database refuses when the kernel does not."""

import asyncio
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import psycopg
import pytest

from onhand import Fault, Refused
from onhand.kernel.pieces import cut_pieces as cutting_rule
from onhand.kernel.pieces.cut_pieces import Cutting, Shares
from onhand.kernel.pieces.names import piece_code
from onhand.kernel.quantity import SCALE
from onhand.ledger.pieces.verbs import made_pieces
from onhand.ledger.stock import Stock
from tests.conftest import TestDatabase
from tests.faults.servers import query, wait_for
from tests.ledger.ledgers import ledger
from tests.ledger.soundness import flaws

REMEMBERED = ("creator = creator + 1", "origin_id = NULL", "kind = 'roll'", "size = size + 1", "length = 5", "id = 1")


async def furnish(stock: Stock) -> None:
    """Make two rolls of 100 m and three lots of spares, in posting 2."""
    await stock.define(sites=["works", "shop"], items=["PIPE", "SPRINKLER"], key="furnish")
    await stock.pieces.produce(
        site="works",
        made=[
            {"sku": "PIPE", "kind": "roll", "size": 100, "pieces": 2},
            *({"sku": "SPRINKLER", "kind": "spare", "size": count, "length": "6"} for count in (7, 5, 4)),
            {"sku": "SPRINKLER", "kind": "bundle", "size": 10, "length": "6"},
        ],
        key="works",
    )


def held(database: TestDatabase) -> dict[str, tuple[str, int]]:
    """Give each piece that stands somewhere as the tables tell it: its status and size in whole units."""
    rows = query(
        database.admin_url,
        "SELECT unit.code, status, size / 1000000 FROM piece JOIN unit USING (org_id, id)"
        " WHERE status NOT IN ('used', 'undone', 'customer') ORDER BY unit.id",
    )
    return {code: (status, size) for code, status, size in rows}


async def test_a_life_of_pieces(stock: Stock, database: TestDatabase) -> None:
    """P1, P3, P5, P18: produced, cut, combined, dispatched and returned; the ledger proves itself at the end."""
    await furnish(stock)

    cut = await stock.pieces.cut_roll("ROLL-000001", ["30", "20.5"], kerf="0.005", key="cut")
    await stock.pieces.combine_spares(["SPARE-000001", "SPARE-000002"], 5, 2, key="combine")
    await stock.pieces.dispatch(["CUT-000001", "BUNDLE-000002"], key="sale", document=("dispatch", "7"))
    await stock.pieces.take_back(["CUT-000001"], key="back")

    assert [(made.code, made.kind, made.size) for made in made_pieces(cut)] == [
        ("CUT-000001", "cut", 30),
        ("CUT-000002", "cut", Decimal("20.5")),
        ("OFFCUT-000001", "offcut", Decimal("49.49")),
    ]
    assert held(database) == {
        "ROLL-000002": ("available", 100),
        "SPARE-000003": ("available", 4),
        "BUNDLE-000001": ("available", 10),
        "CUT-000001": ("available", 30),
        "CUT-000002": ("available", 20),
        "OFFCUT-000001": ("available", 49),
        "BUNDLE-000003": ("available", 5),
        "SPARE-000004": ("available", 2),
    }
    assert (await stock.verify()).ok
    assert flaws(database.admin_url) == []


async def test_the_named_reverts_answer_what_they_did(stock: Stock, database: TestDatabase) -> None:
    """P7: a cut and a combination are undone by posting number; what came back and what went is told by name."""
    await furnish(stock)
    before = held(database)
    cut = await stock.pieces.cut_roll("ROLL-000001", [30, 20], key="cut")
    combined = await stock.pieces.combine_spares(["SPARE-000001", "SPARE-000002"], 5, 2, key="combine")

    with pytest.raises(Refused, match="it is a cut, not a combine"):
        await stock.pieces.revert_combination(cut.number, key="wrong")
    uncut = await stock.pieces.revert_cut(cut.number, key="uncut")
    apart = await stock.pieces.revert_combination(combined.number, key="apart")

    assert uncut.restored == ("ROLL-000001",)
    assert sorted(uncut.removed) == ["CUT-000001", "CUT-000002", "OFFCUT-000001"]
    assert sorted(apart.restored) == ["SPARE-000001", "SPARE-000002"]
    assert sorted(apart.removed) == ["BUNDLE-000002", "BUNDLE-000003", "SPARE-000004"]
    assert held(database) == before
    assert (await stock.verify()).ok


async def test_a_revert_with_cascade_tells_the_plan_first(stock: Stock, database: TestDatabase) -> None:
    """P8: the refusal lists each later posting in order; a dry run shows the plan; the cascade is one posting."""
    await furnish(stock)
    before = held(database)
    cut = await stock.pieces.cut_roll("ROLL-000001", [30], key="1")
    again = await stock.pieces.cut_roll("CUT-000001", [10], key="2")
    sale = await stock.pieces.dispatch(["CUT-000002"], key="3")

    with pytest.raises(Refused) as refused:
        await stock.pieces.revert_cut(cut.number, key="r")
    plan = await stock.pieces.revert_cut(cut.number, cascade=True, key="r", dry_run=True)
    done = await stock.pieces.revert_cut(cut.number, cascade=True, key="r")

    blockers = refused.value.facts["blockers"]
    assert isinstance(blockers, list)
    assert [blocker["posting"] for blocker in blockers] == [sale.number, again.number]
    assert plan.posting.reverts == done.posting.reverts == (sale.number, again.number, cut.number)
    assert done.restored == ("ROLL-000001",)
    assert held(database) == before


async def test_pieces_are_kept_until_their_time_is_over(stock: Stock, database: TestDatabase) -> None:
    """P4: named pieces are reserved, in part released, and expire by the worker's call."""
    await furnish(stock)
    soon = datetime.now(UTC) + timedelta(milliseconds=300)
    pieces = ["ROLL-000001", "ROLL-000002"]

    kept = await stock.pieces.reserve(pieces, expires_at=soon, document=("job", "7"), key="keep")
    with pytest.raises(Refused) as refused:
        await stock.pieces.cut_roll("ROLL-000001", [1], key="cut")
    await stock.pieces.release(["ROLL-000001"], reservation=kept.made("reservation"), key="release")
    between = held(database)
    assert wait_for(lambda: datetime.now(UTC) > soon)
    expired = (await stock.reservations.release_expired()).released

    assert refused.value.facts == {"pieces": ["ROLL-000001"]}
    assert (between["ROLL-000001"][0], between["ROLL-000002"][0]) == ("available", "reserved")
    assert len(expired) == 1
    assert held(database)["ROLL-000002"][0] == "available"


async def test_pieces_are_created_out_of_stock(stock: Stock, database: TestDatabase) -> None:
    """P2: `create_cut_pieces` and `create_spare_pieces` remember their posting and the stock that they came from."""
    await furnish(stock)
    await stock.receive(site="works", lines=[("PIPE", 20), ("SPRINKLER", 9)], key="po")

    cuts = await stock.pieces.create_cut(site="works", sku="PIPE", lengths=[6, "4.5"], key="cuts")
    spares = await stock.pieces.create_spares(site="works", sku="SPRINKLER", piece_count=9, length="6", key="spares")

    rows = query(
        database.admin_url,
        """SELECT unit.code, piece.creator, line.quantity, source.unit_id
             FROM piece JOIN unit USING (org_id, id)
             JOIN transformation_line AS line ON line.transformation_id = piece.origin_id
             JOIN holding AS source ON source.id = line.holding_id ORDER BY unit.id""",
    )
    assert rows == [
        ("CUT-000001", cuts.number, 10_500_000, None),
        ("CUT-000002", cuts.number, 10_500_000, None),
        ("SPARE-000004", spares.number, 9 * SCALE, None),
    ]
    assert (await stock.verify()).ok


async def test_nobody_rewrites_who_made_a_piece(stock: Stock, database: TestDatabase) -> None:
    """P2, P6: the database refuses to change creator, origin, kind or size, to the engine, the owner and superuser."""
    await furnish(stock)
    await stock.pieces.cut_roll("ROLL-000001", [30], key="cut")

    for url in (database.engine_url, database.owner_url, database.admin_url):
        with psycopg.connect(url) as connection:
            for setting in REMEMBERED:
                connection.execute("SELECT set_config('onhand.org_id', '1', true)")
                with pytest.raises(psycopg.errors.ObjectNotInPrerequisiteState, match="never changes"):
                    connection.execute(f"UPDATE piece SET {setting} WHERE kind = 'cut'".encode())
                connection.rollback()


async def test_nobody_rewrites_what_was_made_of_what(stock: Stock, database: TestDatabase) -> None:
    """P6, P9, P14: no piece is deleted, and no cut or combination is changed or deleted, not by the superuser."""
    await furnish(stock)
    await stock.pieces.cut_roll("ROLL-000001", [30], key="cut")

    with psycopg.connect(database.admin_url) as connection:
        for statement in (
            "DELETE FROM piece",
            "UPDATE transformation SET waste = 1, rest = rest - 1",
            "DELETE FROM transformation",
            "UPDATE transformation_line SET quantity = 1",
            "DELETE FROM transformation_line",
        ):
            with pytest.raises(psycopg.errors.ObjectNotInPrerequisiteState):
                connection.execute(statement.encode())
            connection.rollback()


@pytest.mark.parametrize(
    ("shares", "constraint", "code"),
    [
        (Shares(30 * SCALE, 71 * SCALE, 0, 0), "transformation_conserves", "DATABASE_REFUSED"),
        (Shares(30 * SCALE, 69 * SCALE, 0, 0), "transformation_conserves", "DATABASE_REFUSED"),
        (Shares(40 * SCALE, 60 * SCALE, 0, 0), "transformation_is_its_movements", "COMMIT_UNCERTAIN"),
        (Shares(30 * SCALE, 71 * SCALE, -SCALE, 0), "transformation_nothing_below_zero", "DATABASE_REFUSED"),
    ],
)
async def test_the_database_holds_the_law_without_the_kernel(
    stock: Stock, database: TestDatabase, monkeypatch: pytest.MonkeyPatch, shares: Shares, constraint: str, code: str
) -> None:
    """
    P3, B7: with the kernel's check taken out, the database refuses a cut that does not add up, by name.

    What is checked at the end of the transaction answers the COMMIT, and is told as every error that does.
    """
    await furnish(stock)
    before = held(database)
    monkeypatch.setattr(cutting_rule, "check_shares", lambda *_: None)
    monkeypatch.setattr(cutting_rule, "shares_of", lambda *_: shares)

    with pytest.raises(Fault) as fault:
        await stock.pieces.cut_roll("ROLL-000001", [30], key="cut")

    assert fault.value.code == code
    assert constraint in str(fault.value.facts) + fault.value.message
    assert held(database) == before


async def test_the_database_keeps_a_piece_whole(stock: Stock, database: TestDatabase) -> None:
    """P12: written by hand, a piece that is not whole, or not where it says, is refused when it is to be kept."""
    await furnish(stock)
    refused = []

    for statement in (
        "UPDATE holding SET available = available - 1 WHERE unit_id IS NOT NULL",
        "UPDATE holding SET available = 0, reserved = available WHERE unit_id IS NOT NULL",
        "UPDATE piece SET status = 'reserved'",
        "UPDATE piece SET status = 'customer'",
    ):
        with psycopg.connect(database.admin_url) as connection:
            connection.execute(statement.encode())
            with pytest.raises(psycopg.errors.CheckViolation) as error:
                connection.commit()
        refused.append(error.value.diag.constraint_name)

    assert refused == ["piece_is_whole"] * 4


async def test_of_two_who_cut_a_roll_one_wins(stock: Stock, database: TestDatabase) -> None:
    """P3: two connections cut one roll at the same moment; one is done, the other is told that it is used."""
    await furnish(stock)

    async with ledger(database) as other:
        answers = await asyncio.gather(
            stock.pieces.cut_roll("ROLL-000001", [30], key="mine"),
            other.pieces.cut_roll("ROLL-000001", [40], key="theirs"),
            return_exceptions=True,
        )

    refused = [answer for answer in answers if isinstance(answer, Refused)]
    assert len(refused) == 1
    assert refused[0].code == "PIECES_NOT_THERE"
    assert refused[0].facts == {"pieces": [{"piece": "ROLL-000001", "status": "used"}]}
    assert flaws(database.admin_url) == []


async def test_of_two_who_revert_a_cut_one_wins(stock: Stock, database: TestDatabase) -> None:
    """P7: a cut is undone once; the second is told by which posting."""
    await furnish(stock)
    cut = await stock.pieces.cut_roll("ROLL-000001", [30], key="cut")

    async with ledger(database) as other:
        answers = await asyncio.gather(
            stock.pieces.revert_cut(cut.number, key="mine"),
            other.pieces.revert_cut(cut.number, key="theirs"),
            return_exceptions=True,
        )

    refused = [answer for answer in answers if isinstance(answer, Refused)]
    assert [answer.code for answer in refused] == ["ALREADY_REVERTED"]
    assert refused[0].facts == {"number": cut.number, "by": cut.number + 1}
    assert held(database)["ROLL-000001"] == ("available", 100)


async def test_an_old_version_is_refused_with_both(stock: Stock) -> None:
    """P13: an act that was decided on an old version of a piece's holding is refused with both versions."""
    await furnish(stock)
    (holding,) = (await stock.list_holdings(unit="ROLL-000001")).rows
    await stock.pieces.dispatch(["ROLL-000001"], key="sale")
    await stock.pieces.take_back(["ROLL-000001"], key="back")

    line = {"sku": "PIPE", "quantity": 100, "unit": "ROLL-000001", "version": holding.version}
    with pytest.raises(Refused) as refused:
        await stock.sell(site="works", lines=[line], key="late")

    assert refused.value.code == "VERSION_CONFLICT"
    assert (refused.value.facts["expected"], refused.value.facts["actual"]) == (1, 3)


async def test_every_act_on_pieces_takes_versions(stock: Stock) -> None:
    """P13: each verb hands the versions on, and is refused with both where a piece has changed since."""
    await furnish(stock)
    old = (await stock.pieces.get("ROLL-000001")).version
    kept = (await stock.pieces.reserve(["ROLL-000001"], versions=[old], key="keep")).made("reservation")
    spares = ["SPARE-000001", "SPARE-000002"]

    acts = [
        stock.pieces.cut_roll("ROLL-000001", [30], version=old, key="1"),
        stock.pieces.cut([Cutting("ROLL-000001", (SCALE,))], versions=[old], key="2"),
        stock.pieces.combine_spares(spares, 5, 1, versions=[1, 9], key="3"),
        stock.pieces.reserve(["ROLL-000001"], versions=[old], key="4"),
        stock.pieces.release(["ROLL-000001"], reservation=kept, versions=[old], key="5"),
        stock.pieces.dispatch(["ROLL-000001"], reservation=kept, versions=[old], key="6"),
        stock.pieces.take_back(["ROLL-000001"], versions=[old], key="7"),
    ]
    answers = await asyncio.gather(*acts, return_exceptions=True)

    told = [(answer.code, answer.facts["actual"]) for answer in answers if isinstance(answer, Refused)]
    assert told == [("VERSION_CONFLICT", old + 1)] * 2 + [("VERSION_CONFLICT", 1)] + [("VERSION_CONFLICT", old + 1)] * 4


async def test_ids_of_older_installations_name_pieces(stock: Stock, database: TestDatabase) -> None:
    """P15: a piece is stored under its clean UUID and found by any spelling of it."""
    told = "inv_0B5C3A528F5E4D3A9A550C2F6A1F9E11"
    await stock.define(sites=["works"], items=["PIPE"], key="furnish")
    await stock.pieces.produce(
        site="works", made=[{"sku": "PIPE", "kind": "roll", "size": 100, "codes": [told]}], key="works"
    )

    await stock.pieces.dispatch([told.lower()], document=("dispatch", f"dsp_{told[4:]}"), key="sale")

    clean = "0b5c3a52-8f5e-4d3a-9a55-0c2f6a1f9e11"
    assert piece_code(told) == clean
    assert query(database.admin_url, "SELECT code FROM unit") == [(clean,)]
    assert query(database.admin_url, "SELECT document_id FROM posting WHERE number = 3") == [(clean,)]
