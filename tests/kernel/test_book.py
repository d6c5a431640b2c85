"""The book and the draft: what is drafted, guarded, dropped, and told as changed."""

import pytest

from onhand.kernel.book import Book
from onhand.kernel.command import Command
from onhand.kernel.deciding import run
from onhand.kernel.draft import Draft
from onhand.kernel.holding import Holding, HoldingKey, Place
from onhand.kernel.operations import OPERATIONS
from onhand.kernel.quantity import QUANTITY_MAX
from onhand.kernel.refusals import Refused
from onhand.kernel.states import Outside, State
from onhand.kernel.stock.site import Site
from onhand.kernel.wants import Wants
from tests.property.world import START


def draft_on(*balances: int, floor: int = 0) -> tuple[Draft, Holding]:
    """Make a draft on a book with one holding."""
    book = Book(1)
    holding = Holding(
        id=1,
        key=HoldingKey(1, 2),
        place=Place("london", "A"),
        balances=[*balances, *[0] * (8 - len(balances))],
        floor=floor,
        version=4,
    )
    book.put_holding(holding)
    return Draft(book, now=START, today=START.date(), number=1), holding


@pytest.mark.parametrize(
    ("source", "target", "quantity", "code"),
    [
        (State.AVAILABLE, Outside.CUSTOMER, 8, "INSUFFICIENT_INVENTORY"),
        (State.RESERVED, State.AVAILABLE, 4, "INSUFFICIENT_INVENTORY"),
        (Outside.FOUND, State.HOLD, QUANTITY_MAX - 7, "QUANTITY_TOO_LARGE"),
    ],
)
def test_the_last_guard_of_every_balance(source: State, target: State, quantity: int, code: str) -> None:
    """L11: a draft refuses what a rule has overlooked, and the balances are untouched; one less passes."""
    draft, holding = draft_on(5, 3, floor=-2)

    with pytest.raises(Refused) as caught:
        draft.move(holding, source, target, quantity)

    assert caught.value.code == code
    assert (holding.balances, holding.version, draft.movements) == ([5, 3, 0, 0, 0, 0, 0, 0], 4, [])
    draft.move(holding, source, target, quantity - 1)
    assert (holding.version, draft.version_before(holding)) == (5, 4)
    draft.drop()
    assert (holding.balances, holding.version) == ([5, 3, 0, 0, 0, 0, 0, 0], 4)


def test_a_state_does_not_overflow_into_the_negative_of_another() -> None:
    """T15: with available far below zero another state could grow past a bigint; the state itself is bounded too."""
    draft, holding = draft_on(0, QUANTITY_MAX, floor=-QUANTITY_MAX)

    with pytest.raises(Refused) as caught:
        draft.move(holding, State.AVAILABLE, State.RESERVED, 1)

    assert caught.value.code == "QUANTITY_TOO_LARGE"
    assert holding.balances[:2] == [0, QUANTITY_MAX]


def test_a_breakdown_drops_the_draft_too() -> None:
    """T14: whatever ends a decision, also a defect, leaves the book as it was."""

    class Broken(Command):
        kind = "broken"

        def footprint(self, book: Book, wants: Wants) -> bool:
            del book, wants
            return False

        def decide(self, draft: Draft) -> None:
            draft.move(draft.book.holdings[1], State.AVAILABLE, State.HOLD, 1)
            draft.set_floor(draft.book.holdings[1], -5)
            draft.make(Site(id=draft.next_id(), code="s", name="s"))
            raise RuntimeError("a defect")

    draft, holding = draft_on(5)

    with pytest.raises(RuntimeError):
        run(Broken(key="k"), draft)

    assert (holding.balances[:5], holding.floor, holding.version) == ([5, 0, 0, 0, 0], 0, 4)
    assert (draft.book.entities, draft.book.names, draft.book.id_last) == ({}, {}, 1)


KINDS = """
acknowledge
adjust
alarm
allow_negative
approve_sale
arrive
cancel_invoice
cancel_order
change_webhook
claim
combine
commit
commit_order
configure
count
counter_return
counter_sale
create_key
create_pieces
create_webhook
customer
cut
deduct
define
define_recipe
define_user
define_variants
deliver
disable_webhook
dispatch
expire
fulfil_order
grade
intake
intake_lots
invoice
lend
lot_costs
lot_metadata
lot_status
lots_metadata
low_stock
map_ingredients
move
offer
order
order_incoming
pay
produce
queue_sale
recall
receive
receive_incoming
receive_serials
refund
reject_sale
release
release_lot
release_pieces
repair_holding
repair_serial
report
reserve
reserve_across
reserve_pieces
resume_webhook
return
return_invoice
return_pieces
revert
revoke_key
rotate_webhook
sell
set_password
set_reorder_points
sync_sale
take_over
tally_refusals
transfer
void
watch
"""
"""The words of all operations."""


def test_the_operations_are_found_by_their_files() -> None:
    """Every rule is registered under the word that stands in its postings."""
    assert sorted(OPERATIONS) == sorted(KINDS.split())
    assert {kind for kind, command in OPERATIONS.items() if command.alone} == {
        "lot_costs",
        "repair_serial",
        "repair_holding",
        "revert",
    }
    assert all(command.kind == kind for kind, command in OPERATIONS.items())


def test_holdings_stand_in_the_order_of_their_ids() -> None:
    """Whatever was loaded first, the holdings of a place, a lot and a unit are told in the order of their ids."""
    book = Book(9)
    for holding_id in (5, 3, 9, 4):
        for lot_id, unit_id in ((7, None), (7, 8)):
            key = HoldingKey(1, 2, holding_id, lot_id, unit_id)
            place = Place("london", "A", f"R-{holding_id}")
            book.put_holding(Holding(id=holding_id + (unit_id or 0), key=key, place=place))

    listed = [book.places[1, 2], book.unit_places[8], book.lot_places[7]]

    assert [[holding.id for holding in holdings] for holdings in listed] == [
        [3, 4, 5, 9],
        [11, 12, 13, 17],
        [3, 4, 5, 9, 11, 12, 13, 17],
    ]
