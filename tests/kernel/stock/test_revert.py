"""Reverting: exact, once, and with the list of what stands in the way."""

from collections.abc import Sequence

import pytest

from onhand.kernel.book import Book
from onhand.kernel.command import Command, Line
from onhand.kernel.promises.commit_reservation import CommitReservation
from onhand.kernel.promises.release_reservation import ReleaseReservation
from onhand.kernel.promises.reserve import Reserve
from onhand.kernel.quantity import SCALE
from onhand.kernel.refusals import Refused
from onhand.kernel.states import State
from onhand.kernel.stock.adjust import Adjust
from onhand.kernel.stock.allow_negative import AllowNegative
from onhand.kernel.stock.arrive import Arrive
from onhand.kernel.stock.count import Count
from onhand.kernel.stock.define import Define, ItemLine
from onhand.kernel.stock.move import Move
from onhand.kernel.stock.receive import NEW_LOT, Receive
from onhand.kernel.stock.revert import Revert
from onhand.kernel.stock.sell import Sell
from onhand.kernel.stock.take_back import TakeBack
from onhand.kernel.stock.transfer import Transfer
from onhand.kernel.undo import UndoPlan, plan_undo
from onhand.kernel.wants import Wants
from tests.property.world import START, World, furnished, lines


def receive(key: str, units: int) -> Receive:
    """Receive some A in london."""
    return Receive(key=key, site="london", lines=lines(("A", units)))


def sell(key: str, units: int) -> Sell:
    """Sell some A in london."""
    return Sell(key=key, site="london", lines=lines(("A", units)))


def revert(number: int, *, cascade: bool = False, key: str | None = None) -> Revert:
    """Revert a posting, under a key of its own."""
    return Revert(key=key or f"revert {number} {cascade}", number=number, cascade=cascade)


def after(*commands: Command) -> World:
    """Make a world in which some commands were executed; the first is posting 2."""
    world = furnished()
    for command in commands:
        world.execute(command)
    return world


def blockers(refused: Refused) -> list[int]:
    """List the numbers of the postings that stand in the way."""
    assert refused.code == "REVERT_BLOCKED"
    told = refused.facts["blockers"]
    assert isinstance(told, list)
    return [blocker["posting"] for blocker in told]


STOCK = Receive(key="stock", site="london", lines=lines(("A", 9, "L"), ("A", 9, "M", "R-1"), ("B", 9)))
MOVED = {"lines": lines(("A", 4), ("B", 2)), "site": "london"}


@pytest.mark.parametrize(
    "command",
    [
        Receive(key="c", site="leeds", lines=(*lines(("A", 1, NEW_LOT), ("A", 1, "L")), Line("B", 1, unit="SN"))),
        Sell(key="c", site="london", lines=lines(("A", 12), ("A", 2, "M"), ("B", 9))),
        TakeBack(key="c", site="leeds", lines=(Line("A", 3, lot="L", state=State.DEFECTIVE),)),
        Reserve(key="c", site="london", lines=lines(("A", 12))),
        Transfer(key="c", site="london", target="leeds", lines=lines(("A", 12))),
        Transfer(key="c", site="london", target="leeds", lines=lines(("A", 12)), in_transit=True),
        Move(key="c", site="london", lines=lines(("A", 12)), target=State.SAMPLE, reason="tasting"),
        Adjust(key="c", site="london", lines=lines(("A", -12), ("B", 1)), reason="flood"),
        Count(key="c", site="london", lines=lines(("A", 1, "L"), ("B", 12), ("A", 9, "M", "R-1"))),
        AllowNegative(key="c", site="london", lines=lines(("A", 5), ("B", 5))),
    ],
    ids=lambda command: command.kind,
)
def test_each_act_is_undone_exactly(command: Command) -> None:
    """P7: exactly what an act moved goes back, movement by movement, found by its number; and it can be done again."""
    world = after(STOCK)
    balances = world.balances()
    floors = [holding.floor for holding in world.book.holdings.values()]
    done = world.execute(command)
    after_it = world.balances()
    world.pass_time(86_400)

    undone = world.execute(revert(3))

    assert world.balances() == balances
    assert [holding.floor for holding in world.book.holdings.values()][: len(floors)] == floors
    assert undone.reverts == (3,)
    turned = [(movement.holding_id, movement.target, movement.source, movement.quantity) for movement in done.movements]
    assert [
        (movement.holding_id, movement.source, movement.target, movement.quantity) for movement in undone.movements
    ] == turned[::-1]

    again = world.execute(revert(4))

    assert world.balances() == after_it
    assert again.reverts == (4,)


@pytest.mark.parametrize(
    "command",
    [
        lambda reservation: ReleaseReservation(key="c", reservation=reservation),
        lambda reservation: CommitReservation(key="c", reservation=reservation),
        lambda reservation: CommitReservation(key="c", reservation=reservation, lines=lines(("A", 1))),
    ],
)
def test_a_promise_is_active_again(command: object) -> None:
    """P7: undoing a release or a commit brings the reservation back as it was, and its lines with it."""
    world = after(STOCK, Reserve(key="cart", site="london", lines=lines(("A", 12), ("B", 1))))
    reservation = world.journal[-1].made("reservation")
    before, balances = world.book.reservation(reservation), world.balances()
    assert callable(command)
    world.execute(command(reservation))

    world.execute(revert(4))

    now = world.book.reservation(reservation)
    assert (now.status, now.lines, now.version) == ("active", before.lines, before.version + 2)
    assert world.balances() == balances
    world.execute(CommitReservation(key="d", reservation=reservation))


def test_a_transfer_is_on_its_way_again() -> None:
    """P7: undoing a receipt puts the goods in transit again; undoing the transfer cancels it."""
    world = after(STOCK, Transfer(key="t", site="london", target="leeds", lines=lines(("A", 12)), in_transit=True))
    transfer = world.journal[-1].made("transfer")
    world.execute(Arrive(key="a", transfer=transfer, lines=lines(("A", 10)), close=True, reason="two fell"))

    assert blockers(world.refusal(revert(3))) == [4]
    world.execute(revert(4))
    assert world.book.transfer(transfer).status == "in_transit"
    assert world.balance("A", State.INCOMING) == 12 * SCALE
    world.execute(revert(3))

    assert world.book.transfer(transfer).status == "cancelled"
    assert world.refusal(Arrive(key="b", transfer=transfer)).code == "INVALID_STATUS_TRANSITION"
    assert world.balance("A", site="london") == 18 * SCALE


def test_what_was_seen_stays_seen() -> None:
    """P14: an undone count keeps its evidence and an undone receipt its lot; nothing is deleted."""
    world = after(STOCK, Count(key="c", site="london", lines=lines(("B", 7))))
    entities = set(world.book.entities)

    changes = [change for number in (3, 2) for change in world.execute(revert(number)).changes]

    assert changes == []
    assert set(world.book.entities) == entities
    assert world.balances() == {}


def test_the_blockers_are_told_newest_first() -> None:
    """P8: a revert whose goods were used is refused, lists every later posting in the way, and changes nothing."""
    world = after(
        receive("in", 10),
        Sell(key="s1", site="london", lines=lines(("A", 4)), actor="bob", document_type="invoice", document_id="i-1"),
        Sell(key="other", site="london", lines=lines(("A", 1)), reason="gift"),
        Reserve(key="cart", site="london", lines=lines(("A", 3))),
    )
    before = world.snapshot()

    refused = world.refusal(revert(2))

    assert refused.facts == {
        "number": 2,
        "blockers": [
            {"posting": 5, "kind": "reserve", "by": "somebody", "at": "2026-01-31T12:00:00.000000+00:00"},
            {
                "posting": 4,
                "kind": "sell",
                "by": "somebody",
                "at": "2026-01-31T12:00:00.000000+00:00",
                "reason": "gift",
            },
            {
                "posting": 3,
                "kind": "sell",
                "by": "bob",
                "at": "2026-01-31T12:00:00.000000+00:00",
                "document": "i-1",
            },
        ],
    }
    assert world.snapshot() == before


@pytest.mark.parametrize(
    ("sold", "expected"),
    [((5,), []), ((6,), [3]), ((3, 3), [4]), ((5, 5), [4]), ((1, 1, 7), [5]), ((4, 4, 2), [5, 4]), ((9, 1), [4, 3])],
)
def test_no_more_is_listed_than_is_needed(sold: Sequence[int], expected: list[int]) -> None:
    """P8: of the later postings only as many stand in the way, newest first, as free what is missing."""
    world = after(receive("in", 10), *[sell(f"s{number}", units) for number, units in enumerate(sold)])
    world.execute(receive("more", 5))
    last = len(world.journal)

    if expected:
        assert blockers(world.refusal(revert(2))) == expected
        posting = world.execute(revert(2, cascade=True))
    else:
        posting = world.execute(revert(2))

    assert posting.reverts == (*expected, 2)
    kept = sum(units for number, units in enumerate(sold, start=3) if number not in expected)
    assert world.balance("A") == (5 - kept) * SCALE
    assert posting.number == last + 1


def test_the_cascade_goes_through_several_holdings() -> None:
    """P8, B6: what blocks a blocker is found too: the sale elsewhere blocks the transfer, and that the receipt."""
    world = after(
        receive("in", 10),
        Transfer(key="t", site="london", target="leeds", lines=lines(("A", 8))),
        Sell(key="s", site="leeds", lines=lines(("A", 3))),
        receive("unrelated", 1),
    )

    assert blockers(world.refusal(revert(2))) == [4, 3]
    posting = world.execute(revert(2, cascade=True))

    assert posting.reverts == (4, 3, 2)
    assert world.balances() == {world.journal[4].movements[0].place: (SCALE, 0, 0, 0, 0, 0, 0, 0)}
    for number in posting.reverts:
        assert world.refusal(revert(number, key="twice")).facts == {"number": number, "by": 6}


def test_a_promise_that_changed_blocks() -> None:
    """P8: a reservation cannot be undone after it was released or committed; those postings are listed."""
    world = after(receive("in", 10), Reserve(key="cart", site="london", lines=lines(("A", 4))))
    reservation = world.journal[-1].made("reservation")
    world.execute(CommitReservation(key="1", reservation=reservation, lines=lines(("A", 1))))
    world.execute(CommitReservation(key="2", reservation=reservation, lines=lines(("A", 1))))

    assert blockers(world.refusal(revert(3))) == [5, 4]
    assert blockers(world.refusal(revert(4))) == [5]
    world.execute(revert(3, cascade=True))

    assert world.book.reservation(reservation).status == "released"
    assert world.balance("A") == 10 * SCALE


def test_a_unit_that_changed_blocks() -> None:
    """P8: the undoing of a receipt cannot be undone while its unit was received again; that receipt is listed."""
    unit = Receive(key="1", site="london", lines=(Line("A", SCALE, unit="SN-1"),))
    world = after(unit, revert(2), Receive(key="2", site="leeds", lines=unit.lines))

    assert blockers(world.refusal(revert(3))) == [4]
    posting = world.execute(revert(3, cascade=True))

    assert posting.reverts == (4, 3)
    assert world.balance("A", site="london") == SCALE
    assert world.balance("A", site="leeds") == 0


def test_what_was_undone_stands_in_nobodys_way() -> None:
    """P8: a voided sale and its reversal are no blockers, and a cascade does not bring a wrong receipt back."""
    voided = after(receive("in", 10), sell("s1", 6), sell("s2", 4), revert(4))
    assert blockers(voided.refusal(revert(2))) == [3]

    wrong = after(receive("in", 10), sell("s", 2), receive("wrong", 5), revert(4))
    assert blockers(wrong.refusal(revert(2))) == [3]
    assert wrong.execute(revert(2, cascade=True)).reverts == (3, 2)
    assert wrong.balances() == {}


def test_what_was_done_again_does() -> None:
    """P8: a sale that was voided and whose voiding was undone stands in the way by its last reversal."""
    world = after(receive("in", 10), sell("s", 6), revert(3), revert(4))

    assert blockers(world.refusal(revert(2))) == [5]
    assert world.execute(revert(2, cascade=True)).reverts == (5, 2)
    assert world.balances() == {}

    thrice = after(receive("in", 10), sell("s", 6), revert(3), revert(4), revert(5), sell("t", 1))
    assert blockers(thrice.refusal(revert(2))) == [7]


def test_undoing_of_what_came_before_does() -> None:
    """P8: the reversal of an earlier receipt took its goods from what is there now, so it is listed."""
    world = after(receive("first", 5), sell("s", 5), receive("second", 10), sell("t", 4), revert(2, key="first wrong"))
    assert world.journal[-1].reverts == (2,)

    assert blockers(world.refusal(revert(4))) == [6, 5]
    world.execute(revert(4, cascade=True))

    assert world.balances() == {}


def test_where_nothing_helps_all_that_came_between_is_told() -> None:
    """P8: where undoing what is left frees nothing, even the cascade is refused, and names what came between."""
    world = after(receive("first", 5), sell("s", 5), receive("second", 10), sell("t", 6), revert(2, cascade=True))
    assert world.journal[-1].reverts == (5, 2)
    before = world.snapshot()

    for cascade in (False, True):
        assert blockers(world.refusal(revert(4, cascade=cascade))) == [6]

    assert world.snapshot() == before


def test_a_policy_blocks_while_it_is_used() -> None:
    """P8, B28: the allowance to go negative cannot be undone while stock is below zero; the sales are listed."""
    world = after(
        AllowNegative(key="1", site="london", lines=lines(("A", 5))),
        AllowNegative(key="2", site="london", lines=lines(("A", 8))),
        sell("s", 7),
    )

    assert blockers(world.refusal(revert(3))) == [4]
    assert blockers(world.refusal(revert(2))) == [4, 3]
    world.execute(revert(2, cascade=True))
    assert world.balances() == {}
    assert next(world.holdings("A")).floor == 0

    world.execute(revert(5))
    assert world.balance("A") == -7 * SCALE
    assert next(world.holdings("A")).floor == -8 * SCALE


def test_a_stricter_policy_blocks_too() -> None:
    """P8, B28: a receipt that negative stock has eaten is undone only after the policy that forbids it was."""
    world = after(
        AllowNegative(key="1", site="london", lines=lines(("A", 5))),
        sell("s", 3),
        receive("in", 3),
        AllowNegative(key="2", site="london", lines=lines(("A", 0))),
    )

    assert blockers(world.refusal(revert(4))) == [5]
    world.execute(revert(4, cascade=True))
    assert world.balance("A") == -3 * SCALE
    world.execute(revert(6))
    assert world.balance("A") == 0
    assert next(world.holdings("A")).floor == 0


def test_only_the_changes_that_matter_block() -> None:
    """P8: of the later policies only those are listed without which the holding is as the posting left it."""
    limits = [
        AllowNegative(key=f"{units}-{at}", site="london", lines=lines(("A", units)))
        for at, units in enumerate((5, 8, 5, 6))
    ]
    world = after(*limits)

    assert blockers(world.refusal(revert(2))) == [5]
    assert blockers(world.refusal(revert(3))) == [5, 4]


def test_movements_of_one_act_are_undone_last_first() -> None:
    """P7: what an act put and then took from one holding is undone in the other order, so nothing is short between."""
    world = after(Adjust(key="1", site="london", lines=lines(("A", 5), ("A", -3)), reason="recount"))

    world.execute(revert(2))

    assert world.balances() == {}


def test_the_catalogue_is_not_undone() -> None:
    """A definition is refused by its number; an act without content can be undone."""
    world = after(Define(key="more", items=(ItemLine("C"),)), Define(key="empty"))

    assert world.refusal(revert(2)).facts["number"] == 2
    assert world.refusal(revert(2, cascade=True)).code == "NOT_REVERTIBLE"
    assert world.execute(revert(3)).movements == ()
    assert world.refusal(revert(3, cascade=True)).facts == {"number": 3, "by": 4}


def test_a_retry_of_a_revert_is_answered() -> None:
    """R10, T7: the same revert under its key is answered from the journal, under another key refused."""
    world = after(receive("in", 1))
    first = world.execute(revert(2, key="undo"))

    assert world.execute(revert(2, key="undo")).replayed
    assert world.refusal(revert(2, key="undo 2")).facts == {"number": 2, "by": first.number}


def test_the_plan_asks_for_what_it_needs() -> None:
    """P8: the plan wants postings, holdings and later history step by step, and is there when all of it is."""
    world = after(
        receive("in", 10),
        Reserve(key="cart", site="london", lines=lines(("A", 4))),
        AllowNegative(key="p", site="london", lines=lines(("A", 1))),
        AllowNegative(key="q", site="london", lines=lines(("A", 2))),
        sell("s", 1),
        revert(6, key="voided"),
        revert(7, key="not voided"),
    )
    number, known = 2, world.book
    holding = next(world.holdings("A"))
    book, rounds, plan = Book(), 0, None
    while plan is None:
        wants = Wants(START.date())
        plan = plan_undo(book, wants, number)
        rounds += 1
        assert rounds < 20
        fresh = next(iter(sorted(wants.postings - book.postings.keys())), None)
        if fresh is not None:
            book.postings[fresh] = known.postings[fresh]
            book.reverted.update({key: value for key, value in known.reverted.items() if key == fresh})
            continue
        book.holdings.update({key: known.holdings[key] for key in wants.holdings})
        wanted = [("reservation", each) for kind, each in wants.entities if kind == "reservation"] + [
            ("transfer", each) for kind, each in wants.entities if kind == "transfer"
        ]
        for key in wanted:
            book.entities[key] = known.entities[key]
        for taker in wants.takers - book.takers.keys():
            book.takers[taker] = (8, 6, 3)
            break
        else:
            book.chains.update(dict.fromkeys(wants.chains, ()))

    assert plan == UndoPlan((8, 3, 2))
    assert holding.id in book.holdings
    assert rounds > 5


def test_without_the_later_history_nothing_is_undone() -> None:
    """A book that lacks what the plan needs refuses; it never undoes on half of the truth."""
    world = after(receive("in", 10), sell("s", 1))
    world.book.takers.clear()
    world.book.chains.clear()
    del world.book.postings[3]

    class Blind(World):
        def _load(self, command: Command) -> None:
            del command

    world.__class__ = Blind

    refused = world.refusal(revert(2))
    assert (refused.code, refused.facts["blockers"]) == ("REVERT_BLOCKED", [])


def test_the_one_thing_that_a_posting_made() -> None:
    """A posting gives the id of the one entity of a kind that it made, and says when there is none or more."""
    world = after(STOCK, Reserve(key="cart", site="london", lines=lines(("A", 1))))
    posting = world.journal[-1]

    assert posting.made("reservation") in {
        entity_id for kind, entity_id in world.book.entities if kind == "reservation"
    }
    with pytest.raises(LookupError, match="posting 3 made 0 of the kind transfer"):
        posting.made("transfer")
    with pytest.raises(LookupError, match="posting 2 made 2 of the kind lot"):
        world.journal[1].made("lot")
