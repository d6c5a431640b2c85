"""Pieces: produced, cut, combined, kept, dispatched, returned and undone, in the pure kernel."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from onhand.kernel.command import Command, Line
from onhand.kernel.pieces import cut_pieces as cutting_rule
from onhand.kernel.pieces.combine_spares import CombineSpares
from onhand.kernel.pieces.create_pieces import CreatePieces
from onhand.kernel.pieces.cut_pieces import CutPieces, Cutting
from onhand.kernel.pieces.dispatch_pieces import DispatchPieces
from onhand.kernel.pieces.names import clean_uuid, document_id, piece_code
from onhand.kernel.pieces.on_the_book import find_piece
from onhand.kernel.pieces.piece import BUNDLE, CUT, ROLL, SPARE
from onhand.kernel.pieces.produce_pieces import Made, ProducePieces
from onhand.kernel.pieces.release_pieces import ReleasePieces
from onhand.kernel.pieces.reserve_pieces import ReservePieces
from onhand.kernel.pieces.take_back_pieces import TakeBackPieces
from onhand.kernel.pieces.transformation import Transformation
from onhand.kernel.promises.commit_reservation import CommitReservation
from onhand.kernel.promises.expire_reservation import ExpireReservation
from onhand.kernel.quantity import SCALE
from onhand.kernel.refusals import Refused
from onhand.kernel.states import State
from onhand.kernel.stock.adjust import Adjust
from onhand.kernel.stock.receive import Receive
from onhand.kernel.stock.revert import Revert
from onhand.kernel.stock.take_back import TakeBack
from onhand.kernel.stock.transfer import Transfer
from onhand.kernel.undo import plan_undo
from onhand.kernel.wants import Wants
from tests.kernel.pieces.works import PIPE, combine, cut, metres, pieces, produced, standing, works
from tests.property.world import START, furnished, lines, zero_sums

ID = "0b5c3a52-8f5e-4d3a-9a55-0c2f6a1f9e11"


def test_production_makes_named_pieces() -> None:
    """P1: rolls, bundles and spares come into stock, each under a name, with their lengths and counts as quantity."""
    world = furnished()

    made = produced(
        world,
        Made("A", ROLL, metres(100), 2),
        Made("B", BUNDLE, metres(10), 3, length=metres(6)),
        Made("B", SPARE, metres(7), length=metres(6)),
    )

    assert standing(world) == {
        "ROLL-000001": ("available", 100),
        "ROLL-000002": ("available", 100),
        "BUNDLE-000001": ("available", 10),
        "BUNDLE-000002": ("available", 10),
        "BUNDLE-000003": ("available", 10),
        "SPARE-000001": ("available", 7),
    }
    assert (world.balance("A"), world.balance("B")) == (metres(200), metres(37))
    assert {piece.creator for _, piece in pieces(world)} == {made.number}


@pytest.mark.parametrize(
    ("lengths", "kerf", "waste", "keep", "shares"),
    [
        ((30, 20), 0, 0, 0, (50, 50, 0, 0)),
        ((100,), 5, 0, 0, (100, 0, 0, 0)),
        ((50, 49), 1, 0, 0, (99, 0, 0, 1)),
        ((50, 48), 1, 0, 0, (98, 0, 0, 2)),
        ((50, 48.5), 1, 0, 0, (98.5, 0, 0, 1.5)),
        ((50, 40), 1, 5, 0, (90, 2, 5, 3)),
        ((50, 45), 0, 5, 0, (95, 0, 5, 0)),
        ((50, 45), 0, 0, 6, (95, 0, 5, 0)),
        ((0.000001,), 0.000001, 0, 0, (0.000001, 99.999998, 0, 0.000001)),
    ],
)
def test_a_roll_is_shared_out_to_the_smallest_unit(
    lengths: tuple[float, ...], kerf: float, waste: float, keep: float, shares: tuple[float, ...]
) -> None:
    """P3: roll = pieces + rest + waste + kerf; what is left and no wider than a cut is sawn away with the last one."""
    world = works()

    posting = cut(world, "ROLL-000001", *lengths, kerf=kerf, waste=waste, keep=keep)

    told = world.book.get(Transformation, posting.made("transformation"))
    assert (told.made, told.rest, told.waste, told.kerf) == tuple(map(metres, shares))
    assert told.used == told.made + told.rest + told.waste + told.kerf == metres(100)
    offcuts = [piece.size for code, piece in pieces(world) if code.startswith("OFFCUT")]
    assert offcuts == ([metres(shares[1])] if shares[1] else [])
    assert world.balance("A") == metres(100) + told.made + told.rest
    assert set(zero_sums(world).values()) == {0}


def test_a_cut_that_does_not_fit_is_refused() -> None:
    """P3: lengths, waste and kerf that are more than the roll by the smallest unit are refused, and nothing is cut."""
    world = works()

    refused = world.refusal(CutPieces(key="k", cuttings=(Cutting("ROLL-000001", (metres(60), metres(40)), kerf=1),)))

    assert refused.code == "PIECE_TOO_SHORT"
    assert refused.facts == {"piece": "ROLL-000001", "length": "100", "needed": "100.000001"}


def test_many_rolls_are_cut_in_one_act() -> None:
    """P21: a plan over several rolls is one posting; each piece knows the roll that it came from."""
    world = works()
    cuttings = tuple(Cutting(f"ROLL-00000{n}", (metres(30), metres(n))) for n in (1, 2))

    posting = world.execute(CutPieces(key="plan", cuttings=cuttings))

    origins = {code: piece.origin_id for code, piece in pieces(world) if piece.creator == posting.number}
    assert len(set(origins.values())) == 2
    assert origins["CUT-000001"] == origins["CUT-000002"] == origins["OFFCUT-000001"]


def test_an_offcut_and_a_cut_can_be_cut_again() -> None:
    """P3, P10: what was cut can be cut again, through any depth."""
    world = works()

    cut(world, "ROLL-000001", 10, key="1")
    cut(world, "OFFCUT-000001", 10, key="2")
    cut(world, "CUT-000002", 4, 6, key="3")

    assert {code: place for code, place in standing(world).items() if place[0] == "available" and place[1] < 100} == {
        "CUT-000001": ("available", 10),
        "CUT-000003": ("available", 4),
        "CUT-000004": ("available", 6),
        "OFFCUT-000002": ("available", 80),
        "SPARE-000001": ("available", 7),
        "SPARE-000002": ("available", 5),
        "SPARE-000003": ("available", 4),
    }


def test_spares_are_combined_with_one_remainder() -> None:
    """P5: spares in = bundles x size + remainder, and the remainder is one piece."""
    world = works()

    combine(world, "SPARE-000001", "SPARE-000002", "SPARE-000003", size=5, bundles=3)

    after = standing(world)
    assert [code for code, place in after.items() if place == ("used", 7)] == ["SPARE-000001"]
    assert [code for code, place in after.items() if place[0] == "available" and code.startswith("BUNDLE")] == [
        "BUNDLE-000001",
        "BUNDLE-000002",
        "BUNDLE-000003",
    ]
    assert after["SPARE-000004"] == ("available", 1)
    assert world.balance("B") == metres(16)


def test_spares_that_fill_their_bundles_leave_nothing() -> None:
    """P5: without a remainder there is no piece for it."""
    world = works()

    combine(world, "SPARE-000001", "SPARE-000002", size=4, bundles=3)

    assert "SPARE-000004" not in standing(world)


def test_too_few_spares_are_refused_with_the_figures() -> None:
    """P5: the refusal tells how many pieces are needed and how many were given."""
    refused = works().refusal(CombineSpares(key="k", pieces=("SPARE-000001", "SPARE-000002"), bundle_size=5, bundles=3))

    assert (refused.code, refused.facts) == ("PIECES_TOO_FEW", {"needed": "15", "given": "12"})


def test_pieces_that_somebody_else_keeps_are_refused_by_name() -> None:
    """P4, P5: what is reserved can be used by its own work only; the refusal names each such piece."""
    world = works()
    mine = world.execute(ReservePieces(key="r1", pieces=("SPARE-000001",), document_id="job-1")).made("reservation")
    world.execute(ReservePieces(key="r2", pieces=("SPARE-000002", "SPARE-000003"), document_id="job-2"))
    spares = ("SPARE-000001", "SPARE-000002", "SPARE-000003")

    refused = world.refusal(CombineSpares(key="a", pieces=spares, bundle_size=4, bundles=4, reservation=mine))
    world.execute(CombineSpares(key="b", pieces=spares[:1], bundle_size=7, bundles=1, reservation=mine))

    assert (refused.code, refused.facts) == ("PIECES_RESERVED", {"pieces": ["SPARE-000002", "SPARE-000003"]})
    assert world.book.reservation(mine).status == "committed"
    assert standing(world)["SPARE-000001"] == ("used", 7)


def test_named_pieces_are_released() -> None:
    """P4: some pieces of a reservation are let go, then the last one, and with it the reservation ends."""
    world = works()
    number = world.execute(ReservePieces(key="r", pieces=("ROLL-000001", "ROLL-000002"))).made("reservation")

    world.execute(ReleasePieces(key="1", pieces=("ROLL-000001",), reservation=number))
    between = world.book.reservation(number)
    again = world.refusal(ReleasePieces(key="2", pieces=("ROLL-000001",), reservation=number))
    world.execute(ReleasePieces(key="3", pieces=("ROLL-000002",), reservation=number))

    assert (between.status, len(between.lines)) == ("active", 1)
    assert again.code == "PIECES_NOT_THERE"
    assert (world.book.reservation(number).status, world.book.reservation(number).lines) == ("released", ())
    assert {standing(world)[f"ROLL-00000{n}"] for n in (1, 2)} == {("available", 100)}


def test_a_reservation_of_pieces_expires() -> None:
    """P4: after its time anybody may expire it, with the operation that expires all reservations."""
    world = works()
    until = world.now + timedelta(hours=1)
    number = world.execute(ReservePieces(key="r", pieces=("ROLL-000001",), expires_at=until)).made("reservation")
    assert standing(world)["ROLL-000001"] == ("reserved", 100)

    world.pass_time(3600)
    world.execute(ExpireReservation(key="e", reservation=number))

    assert standing(world)["ROLL-000001"] == ("available", 100)


def test_dispatch_and_return() -> None:
    """P18: a roll, a cut piece and a bundle are sold and come back, each whole and to where it was."""
    world = works()
    cut(world, "ROLL-000001", 30)
    combine(world, "SPARE-000001", size=7, bundles=1)
    goods = ("ROLL-000002", "CUT-000001", "BUNDLE-000001")

    world.execute(DispatchPieces(key="d", pieces=goods, document_type="dispatch", document_id=f"dsp_{ID.upper()}"))
    sold = {standing(world)[code][0] for code in goods}
    twice = world.refusal(DispatchPieces(key="d2", pieces=("CUT-000001",)))
    world.execute(TakeBackPieces(key="r", pieces=goods[:2]))
    world.execute(TakeBackPieces(key="q", pieces=goods[2:], state=State.QUARANTINE))
    never_sold = world.refusal(TakeBackPieces(key="r2", pieces=("ROLL-000001",)))

    assert sold == {"customer"}
    assert world.journal[4].document_id == ID
    assert [refused.code for refused in (twice, never_sold)] == ["PIECES_NOT_THERE"] * 2
    assert [standing(world)[code][0] for code in goods] == ["available", "available", "quarantine"]


def test_a_kept_piece_is_dispatched_for_its_own_work() -> None:
    """P4, P18: the reservation that keeps a piece lets it be dispatched; without it that is refused."""
    world = works()
    number = world.execute(ReservePieces(key="r", pieces=("ROLL-000001",))).made("reservation")

    refused = world.refusal(DispatchPieces(key="1", pieces=("ROLL-000001",)))
    world.execute(DispatchPieces(key="2", pieces=("ROLL-000001",), reservation=number))

    assert refused.code == "PIECES_RESERVED"
    assert world.book.reservation(number).status == "committed"


def test_the_operations_of_all_goods_know_pieces() -> None:
    """P12: what sells, moves and corrects any goods moves a piece whole, and only from where it is."""
    world = works()
    roll = Line("A", metres(100), unit="ROLL-000001")

    world.execute(Transfer(key="t", site="london", target="leeds", lines=(roll,)))
    known = find_piece(world.book, "ROLL-000001")
    found_twice = world.refusal(Adjust(key="a", site="leeds", lines=(roll,), reason="found"))
    in_part = world.refusal(Adjust(key="b", site="leeds", lines=(roll._replace(quantity=-1),), reason="lost"))
    world.execute(Adjust(key="c", site="leeds", lines=(roll._replace(quantity=-metres(100)),), reason="lost"))
    never_sold = world.refusal(TakeBack(key="d", site="leeds", lines=(roll,)))
    world.execute(Adjust(key="e", site="leeds", lines=(roll,), reason="found again"))

    assert (known.piece.status, known.holding.place.site) == ("available", "leeds")
    assert (found_twice.code, in_part.code, never_sold.code) == (
        "PIECES_NOT_THERE",
        "PIECE_IS_WHOLE",
        "PIECES_NOT_THERE",
    )
    assert standing(world)["ROLL-000001"] == ("available", 100)


def test_a_reservation_of_all_goods_can_keep_a_piece() -> None:
    """P4: the commit of a reservation sells the piece; the word for it is told."""
    world = works()
    number = world.execute(ReservePieces(key="r", pieces=("ROLL-000001",))).made("reservation")

    posting = world.execute(CommitReservation(key="c", reservation=number))

    (change,) = [change for change in posting.changes if change.entity == "piece"]
    assert (change.action, change.after["status"]) == ("sold", "customer")


def test_pieces_are_created_out_of_a_stock() -> None:
    """P2: cut pieces and spares are named out of unnamed stock; each knows the posting and the stock it came from."""
    world = furnished()
    world.execute(Receive(key="po", site="london", lines=(*lines(("A", 50, "L-1")), *lines(("B", 20)))))

    cuts = world.execute(
        CreatePieces(key="c", site="london", sku="A", piece_kind=CUT, sizes=(metres(6), metres(4.5)), lot="L-1")
    )
    spares = world.execute(CreatePieces(key="s", site="london", sku="B", piece_kind=SPARE, sizes=(metres(7),)))
    short = world.refusal(CreatePieces(key="t", site="london", sku="B", piece_kind=SPARE, sizes=(metres(14),)))

    made = dict(pieces(world))
    assert [(code, piece.size, piece.creator) for code, piece in made.items()] == [
        ("CUT-000001", metres(6), cuts.number),
        ("CUT-000002", metres(4.5), cuts.number),
        ("SPARE-000001", metres(7), spares.number),
    ]
    origin = world.book.get(Transformation, made["SPARE-000001"].origin_id or 0)
    assert world.book.holdings[origin.lines[0].holding_id].place.sku == "B"
    assert find_piece(world.book, "CUT-000001").holding.place.lot == "L-1"
    assert (world.balance("A"), world.balance("B")) == (metres(50), metres(20))
    assert short.code == "INSUFFICIENT_INVENTORY"


def test_reverting_a_cut_brings_back_exactly_what_it_touched() -> None:
    """P6, P7: the roll comes back and the pieces go; who made what, and of what, stays as it was."""
    world = works()
    before, balances = standing(world), world.balances()
    remembered = {code: (piece.creator, piece.origin_id) for code, piece in pieces(world)}

    number = cut(world, "ROLL-000001", 30, 20, kerf=0.1).number
    made = {code: (piece.creator, piece.origin_id) for code, piece in pieces(world)}
    undone = world.execute(Revert(key="r", number=number, of_kind="cut"))

    assert standing(world) == before
    assert world.balances() == balances
    assert {code: (piece.creator, piece.origin_id) for code, piece in pieces(world)} == made
    assert remembered.items() <= made.items()
    assert undone.reverts == (number,)
    with pytest.raises(Refused, match="no piece CUT-000001"):
        find_piece(world.book, "CUT-000001")


def test_a_cut_that_was_undone_can_be_done_again() -> None:
    """P7: undoing the undoing brings the same pieces back under the same names; a new cut makes new ones."""
    world = works()
    number = cut(world, "ROLL-000001", 30).number
    after = standing(world)

    undone = world.execute(Revert(key="r1", number=number))
    redone = world.execute(Revert(key="r2", number=undone.number))
    again = standing(world)
    world.execute(Revert(key="r3", number=redone.number))
    cut(world, "ROLL-000001", 40, key="new")

    assert again == after
    assert {code for code in standing(world) if code.startswith("CUT")} == {"CUT-000002"}


def test_a_revert_whose_products_were_used_lists_what_stands_in_the_way() -> None:
    """P8: each later posting on what the act made is listed, newest first; the cascade undoes them all in one."""
    world = works()
    before = standing(world)
    first = cut(world, "ROLL-000001", 30, key="1").number
    second = cut(world, "CUT-000001", 10, key="2").number
    sale = world.execute(DispatchPieces(key="3", pieces=("CUT-000002",))).number
    other = world.execute(DispatchPieces(key="4", pieces=("ROLL-000002",))).number

    refused = world.refusal(Revert(key="r1", number=first))
    posting = world.execute(Revert(key="r2", number=first, cascade=True))

    assert refused.code == "REVERT_BLOCKED"
    blockers = refused.facts["blockers"]
    assert isinstance(blockers, list)
    assert [blocker["posting"] for blocker in blockers] == [sale, second]
    assert posting.reverts == (sale, second, first)
    assert other not in posting.reverts
    assert standing(world) == {**before, "ROLL-000002": ("customer", 100)}


def test_a_long_cascade_is_planned_once() -> None:
    """P8: while more has to be loaded a plan goes on where it stopped, so each later act is met once."""
    world = works()
    first = cut(world, "ROLL-000001", *[1] * 50, key="1").number
    for number in range(1, 51):
        world.execute(DispatchPieces(key=f"sale {number}", pieces=(f"CUT-{number:06d}",)))
    book, wants, found = world.book, Wants(START.date()), []

    while plan_undo(book, wants, first) is None:
        found.append(len(wants.begun[first]))
        touched = {
            (change.entity, change.entity_id): posting.number for posting in world.journal for change in posting.changes
        }
        moved = {movement.holding_id: posting.number for posting in world.journal for movement in posting.movements}
        book.chains.update({chain: (touched[chain[:2]],) for chain in wants.chains})
        book.takers.update({taker: (moved[taker[0]],) for taker in wants.takers})

    assert found == sorted(found)
    assert max(found) == 50
    assert len(found) < 3 * 50


def test_what_took_only_later_acts_back_is_in_nobodys_way() -> None:
    """P8: a reversal is judged by what it did to the piece: that it undid an older act on another one is no matter."""
    world = works()
    made = produced(world, Made(PIPE, ROLL, metres(50)), key="more").number
    sale = world.execute(DispatchPieces(key="sale", pieces=("ROLL-000001",))).number
    back = world.execute(TakeBackPieces(key="back", pieces=("ROLL-000001",))).number
    world.execute(DispatchPieces(key="both", pieces=("ROLL-000001", "ROLL-000003")))
    world.execute(Revert(key="unmake", number=made, cascade=True))

    posting = world.execute(Revert(key="unsell", number=sale, cascade=True))

    assert posting.reverts == (back, sale)
    assert standing(world)["ROLL-000001"] == ("available", 100)


def test_a_sale_is_not_undone_after_its_return() -> None:
    """P8: undoing a sale whose piece has come back and was cut would double it; both stand in the way."""
    world = works()
    sale = world.execute(DispatchPieces(key="1", pieces=("ROLL-000001",))).number
    back = world.execute(TakeBackPieces(key="2", pieces=("ROLL-000001",))).number
    used = cut(world, "ROLL-000001", 30, key="3").number

    refused = world.refusal(Revert(key="r", number=sale))

    assert refused.code == "REVERT_BLOCKED"
    blockers = refused.facts["blockers"]
    assert isinstance(blockers, list)
    assert [blocker["posting"] for blocker in blockers] == [used, back]


ON_PIECES: dict[str, Callable[[tuple[str, ...], tuple[int, ...] | None, int], Command]] = {
    "cut": lambda pieces, versions, _: CutPieces(
        key="act", cuttings=tuple(Cutting(piece, (SCALE,)) for piece in pieces), versions=versions
    ),
    "combine": lambda pieces, versions, _: CombineSpares(
        key="act", pieces=pieces, bundle_size=1, bundles=1, versions=versions
    ),
    "dispatch": lambda pieces, versions, _: DispatchPieces(key="act", pieces=pieces, versions=versions),
    "return": lambda pieces, versions, _: TakeBackPieces(key="act", pieces=pieces, versions=versions),
    "reserve": lambda pieces, versions, _: ReservePieces(key="act", pieces=pieces, versions=versions),
    "release": lambda pieces, versions, kept: ReleasePieces(
        key="act", pieces=pieces, reservation=kept, versions=versions
    ),
}


@pytest.mark.parametrize("name", ON_PIECES)
def test_an_act_on_an_old_version_is_refused_with_both(name: str) -> None:
    """P13: whatever the act, a piece that has changed since it was looked at is told with both versions."""
    world = works()
    named = ("SPARE-000001", "SPARE-000002") if name == "combine" else ("ROLL-000001", "ROLL-000002")
    world.execute(DispatchPieces(key="sale", pieces=named))
    kept = 1
    if name != "return":
        world.execute(TakeBackPieces(key="back", pieces=named))
    if name == "release":
        kept = world.execute(ReservePieces(key="kept", pieces=named)).made("reservation")
    held = {code: piece.version for code, piece in pieces(world)}
    first, second = (held[code] for code in named)

    refused = world.refusal(ON_PIECES[name](named, (first, second - 1), kept))
    done = world.execute(ON_PIECES[name](named, (first, second), kept))

    assert refused.code == "VERSION_CONFLICT"
    assert refused.facts == {"entity": f"piece {named[1]}", "expected": second - 1, "actual": second}
    assert done.number == len(world.journal)


@pytest.mark.parametrize("versions", [(), (1,), (1, 1, 1), (1, 0), (1, "1"), (1, True), "11"])
def test_versions_are_one_for_each_piece(versions: tuple[int, ...]) -> None:
    """P13: versions that are no numbers, or too few, or too many, are refused before anything is looked up."""
    for name, act in ON_PIECES.items():
        with pytest.raises(Refused) as refused:
            act(("ROLL-000001", "ROLL-000002"), versions, 1)
        assert refused.value.code == "INVALID_COMMAND", name


def test_a_command_without_versions_is_what_it_was() -> None:
    """P13, L8: the fingerprint of an older command stays, so that its retry is still known."""
    assert DispatchPieces(key="1", pieces=("A-1",)).fingerprint().hex() == "daeb72ae47ea980c2db7bd67bfe567bf"


def test_a_named_revert_undoes_nothing_else() -> None:
    """P7: a revert that is told the kind of the act refuses any other."""
    world = works()
    number = combine(world, "SPARE-000001", size=7, bundles=1).number

    refused = world.refusal(Revert(key="r", number=number, of_kind="cut"))

    assert refused.code == "NOT_REVERTIBLE"
    assert refused.facts["detail"] == "it is a combine, not a cut"


def test_a_broken_share_out_never_leaves_the_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    """P3: the kernel holds each act to the law, whatever the arithmetic before says."""
    world = works()
    monkeypatch.setattr(cutting_rule, "shares_of", lambda *_: cutting_rule.Shares(metres(30), metres(71), 0, 0))

    with pytest.raises(AssertionError, match="was used"):
        cut(world, "ROLL-000001", 30)


@pytest.mark.parametrize(
    "text",
    [
        ID,
        ID.upper(),
        ID.replace("-", ""),
        f"{{{ID}}}",
        f"urn:uuid:{ID}",
        f"inv_{ID}",
        f"dsp_{ID.upper()}",
        f"INV_{ID.replace('-', '')}",
    ],
)
def test_any_spelling_of_an_id_is_the_same_piece(text: str) -> None:
    """P15: legacy prefixes and any UUID spelling are read; the clean UUID is stored."""
    world = furnished()
    produced(world, Made("A", ROLL, metres(10), codes=(text,)))

    assert clean_uuid(text) == str(UUID(ID))
    assert document_id(f"dsp_{ID}") == ID
    assert list(standing(world)) == [ID]
    cut(world, f"inv_{ID.upper()}", 3)
    assert standing(world)[ID][0] == "used"


@pytest.mark.parametrize(
    "text", ["inv_", "inv_12", f"inv_inv_{ID}", f"{{{ID}", ID[:-1], f"{ID}0", "urn:uuid:7", f"dsp_{ID[:-1]}g", 7, None]
)
def test_what_is_no_id_is_refused(text: object) -> None:
    """P15: what was meant as an id and is none is refused, and never taken for a code."""
    with pytest.raises(Refused) as caught:
        piece_code(text)

    assert caught.value.code == "INVALID_PIECE_ID"


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (Made("A", "rod", 1), "INVALID_COMMAND"),
        (Made("A", ROLL, 0), "NEGATIVE_QUANTITY"),
        (Made("A", ROLL, 1, 0), "INVALID_COMMAND"),
        (Made("A", ROLL, 1, 10_001), "TOO_MANY_LINES"),
        (Made("A", ROLL, 1, length=1), "INVALID_COMMAND"),
        (Made("A", SPARE, SCALE + 1), "INVALID_QUANTITY"),
        (Made("A", ROLL, 1, 2, codes=("x",)), "INVALID_COMMAND"),
        (Made("A", ROLL, 1, 2, codes=("x", "x")), "INVALID_COMMAND"),
        (Made("A", ROLL, 1, codes=("ROLL-000009",)), "INVALID_TEXT"),
    ],
)
def test_a_production_that_is_not_well_formed(made: Made, code: str) -> None:
    """P1: what cannot be a piece is refused before anything is looked up."""
    with pytest.raises(Refused) as caught:
        ProducePieces(key="k", site="london", made=(made,))

    assert caught.value.code == code


def test_nobody_takes_the_codes_of_pieces() -> None:
    """P1: a unit that is received by hand cannot have the form of the codes that are given out."""
    refused = furnished().refusal(Receive(key="k", site="london", lines=(Line("A", SCALE, unit="ROLL-000001"),)))

    assert refused.code == "INVALID_TEXT"


def test_a_known_name_is_not_given_twice() -> None:
    """P1: two pieces cannot have one name, not even after the first was undone."""
    world = furnished()
    number = produced(world, Made("A", ROLL, metres(1), codes=("mine",))).number
    world.execute(Revert(key="r", number=number))

    refused = world.refusal(ProducePieces(key="k", site="london", made=(Made("A", ROLL, metres(1), codes=("mine",)),)))

    assert refused.code == "UNIT_ALREADY_EXISTS"


def test_pieces_of_two_sites_do_not_meet() -> None:
    """P5: what stands at different sites, or is of different items, goes into no act together."""
    world = works()
    world.execute(Transfer(key="t", site="london", target="leeds", lines=(Line("B", metres(5), unit="SPARE-000002"),)))

    apart = world.refusal(CombineSpares(key="a", pieces=("SPARE-000001", "SPARE-000002"), bundle_size=5, bundles=1))
    mixed = world.refusal(ReservePieces(key="b", pieces=("SPARE-000001", "ROLL-000001")))
    with pytest.raises(Refused) as twice:
        ReservePieces(key="c", pieces=("ROLL-000001", "ROLL-000001"))

    assert (apart.code, mixed.code) == ("PIECES_DIFFER", "PIECES_DIFFER")
    assert twice.value.code == "INVALID_COMMAND"
