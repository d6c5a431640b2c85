"""
Hunting for refusals: commands that differ a little from one that is accepted, at a village where something was done.

Nothing is told of what is expected: whatever is refused on the way is noted, by the kind of the command.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import fields
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from onhand.kernel.command import LINES_MAX, Line
from onhand.kernel.commerce.sale_lines import SaleLine
from onhand.kernel.deciding import run
from onhand.kernel.draft import Draft
from onhand.kernel.operations import OPERATIONS
from onhand.kernel.pieces.produce_pieces import Made
from onhand.kernel.promises.line import WAITING_MAX
from onhand.kernel.promises.waiting_line import Ticket, WaitingLine
from onhand.kernel.quantity import QUANTITY_MAX, SCALE
from onhand.kernel.recipes.deducting import Sold
from onhand.kernel.recipes.define_recipe import Ingredient
from onhand.kernel.recipes.map_ingredients import MappingLine
from onhand.kernel.refusals import Refused
from onhand.kernel.serials.receive_serials import SerialLine
from onhand.kernel.states import State
from onhand.kernel.stock.define import ItemLine
from onhand.kernel.stock.product import OptionValue
from tests.kernel.village import AT_ONCE, BUN, SALE, Fields, Village, make, settle
from tests.property.world import lines

Value = Any
"""What a field holds, or something hostile in its place."""

PAST = datetime(2025, 1, 1, tzinfo=UTC)
NOWHERE, NOBODY = "nowhere", 88_888_888
TEXTS: tuple[Value, ...] = ("", NOWHERE)
NUMBERS: tuple[Value, ...] = (0, -1, NOBODY, QUANTITY_MAX, QUANTITY_MAX + 1, "1", SCALE // 2, 10 * SCALE, LINES_MAX + 1)

POOL: Mapping[str, tuple[Value, ...]] = {
    "sku": ("A", "B", "PHONE", "PIPE", "AA-BB-20260131-0001"),
    "lot": ("L-1", "L-2", "L-3", "L-4", "L-9", "LOT-20260131-777"),
    "location": ("R-1",),
    "target_location": ("R-1",),
    "unit": ("U-1", "SN-1", "SN-2", "roll-1", "ROLL-000777", "g", "kg"),
    "piece": ("roll-1", "roll-2", "roll-3", "spare-1", "long-1", "inv_x"),
    "pieces": (("roll-2",), ("roll-3",), ("spare-1", "long-1"), ("roll-1", "spare-1"), ("inv_x",), ("spare-1",)),
    "codes": (("roll-1",), ("ROLL-000777",), ("inv_x",), ("a", "a")),
    "code": ("inv_x", "roll-1"),
    "state": (State.AVAILABLE, State.HOLD, State.RESERVED),
    "target": ("london", "leeds", State.AVAILABLE, State.RESERVED),
    "site": ("leeds",),
    "status": ("LIVE", "CLOSED", "SOLD_OUT"),
    "unit_cost": (1, QUANTITY_MAX),
    "price": (QUANTITY_MAX,),
    "prices": ((), (QUANTITY_MAX,), (None,), (1, 1)),
    "version": (99, -1),
    "versions": ((99,), (1, 1), (99, 99)),
    "expires_at": (PAST,),
    "amount": ("1/0", "x", "1/3"),
    "makes": ("x",),
    "factor": ("x",),
    "waste": ("x", "200"),
    "barcode": ("own-code", "5012345678901"),
    "url": ("http://example.com", "https://127.0.0.1"),
    "name": ("hook",),
    "key_hash": ("f" * 64,),
    "document_id": ("inv_x",),
    "transaction": ("t-1", "t-sale", "t-synced"),
    "cost_mode": ("FIXED", "RANGE"),
    "metadata": ({"thc": "200"},),
    "user": ("bob",),
    "retired": (True,),
    "customer": ("C-9",),
    "product": ("BUN", "TEE", "OTHER", "PIE"),
    "ingredient": ("flour",),
    "measure": ("kg",),
    "sizes": ((SCALE // 2,), (SCALE,) * (LINES_MAX + 1), (1000 * SCALE,)),
    "lengths": ((1000 * SCALE,), (SCALE // 2,), (SCALE,) * (LINES_MAX + 1)),
    "piece_kind": ("spare",),
    "kind": ("spare", "bundle"),
    "is_product": (True,),
    "reason": (None,),
    "invoice": ("INV-2026-000001", "INV-2026-000002", "INV-2026-000003"),
    "number": ("INV-2026-000001", "ORD-2026-000001"),
    "order": ("ORD-2026-000001", "ORD-2026-000002"),
    "cascade": (True,),
    "sites": ((NOWHERE,), ("leeds",)),
    "skus": ((NOWHERE,),),
    "reservations": ((NOBODY,),),
}
"""What else a field may hold, by its name."""
PLACES: tuple[Fields, ...] = (
    {"sku": "B", "lot": "L-1"},
    {"sku": "B", "lot": "L-2"},
    {"sku": "B", "unit": "U-1"},
    {"sku": "B", "unit": "U-1", "lot": "L-1"},
    {"sku": "PHONE", "unit": "SN-1"},
    {"sku": "PHONE", "unit": "SN-2"},
    {"sku": "PIPE", "unit": "roll-1"},
    {"sku": "PIPE", "unit": "roll-1", "quantity": 10 * SCALE},
    {"sku": "PIPE", "unit": "roll-1", "quantity": 20 * SCALE},
    {"sku": "B", "lot": "L-E"},
    {"sku": "B", "lot": "L-3"},
    {"sku": "A", "location": "R-1"},
    {"sku": "B", "lot": "L-1", "unit_cost": 1},
    {"sku": "PIPE", "unit": "roll-2"},
    {"sku": "B", "quantity": 1000 * SCALE},
    {"sku": "SCREW", "quantity": SCALE},
    {"sku": "PHONE", "unit": "SN-2", "quantity": SCALE // 2},
    {"sku": "B", "lot": "L-1", "quantity": 10 * SCALE},
)
"""What a line may name together."""


def _receive(village: Village, sku: str, units: int, *rest: Any, site: str = "london", cost: int | None = None) -> None:  # noqa: ANN401 - of a line
    """Receive so many units of an item."""
    (line,) = lines((sku, units, *rest))
    village.do("receive", site=site, lines=(line._replace(unit_cost=cost),))


def _plenty(village: Village) -> None:
    """Let there be nearly as much of everything as the ledger can hold."""
    village.do("receive", site="leeds", lines=lines(("B", 1)))
    for holding in list(village.world.book.holdings.values()):
        if holding.key.unit_id is None:
            more = QUANTITY_MAX - sum(holding.balances) - 1
            line = lines((holding.place.sku, 1, holding.place.lot, holding.place.location))[0]._replace(quantity=more)
            village.do("receive", site=holding.place.site, lines=(line,))


def _riches(village: Village) -> None:
    """Let goods cost nearly as much as the ledger can hold, in both places."""
    dear = QUANTITY_MAX - SCALE
    for site in ("london", "leeds"):
        for sku in ("A", "B", "PHONE", "FLOUR", "SCREW"):
            _receive(village, sku, 1, site=site, cost=dear)
    _receive(village, "B", 1, "L-1", cost=dear)
    _receive(village, "A", 1, None, "R-1", cost=dear)
    sent = village.do("transfer", site="leeds", target="london", lines=lines(("A", 5)), in_transit=True)
    village.ids["transfer"] = sent.made("transfer")


def _hold(village: Village) -> None:
    """Let a lot be on hold of which goods are promised and sold."""
    village.ids["cart"] = village.do("reserve", site="london", lines=lines(("B", 1, "L-1"))).made("reservation")
    sale = (SALE[0]._replace(sku="B", lot="L-1"),)
    village.ids["invoice"] = village.do("invoice", site="london", lines=sale).made("invoice")
    village.do("lot_status", sku="B", lot="L-1", status="ON_HOLD", reason="r")


def _closed(village: Village) -> None:
    """Let lots be closed."""
    _receive(village, "B", 1, "L-3")
    village.do("intake", **{**AT_ONCE["intake"], "lot": "L-4"})
    taken_in = next(holding.place for holding in village.world.book.holdings.values() if holding.place.lot == "L-4")
    for sku, lot in (("B", "L-3"), (taken_in.sku, "L-4")):
        village.do("adjust", site="london", lines=lines((sku, -1, lot)), reason="r")
        village.do("lot_status", sku=sku, lot=lot, status="CLOSED", reason="r")
    village.ids["posting"] = len(village.world.journal)


def _expired(village: Village) -> None:
    """Let a lot of which something is promised expire."""
    much = lines(("B", 5, "L-E"), ("PIPE", 50, "L-E"))
    village.do("receive", site="london", lines=much, expires_on=date(2026, 2, 1))
    village.ids["cart"] = village.do("reserve", site="london", lines=lines(("B", 1, "L-E"))).made("reservation")
    village.world.pass_time(3 * 86_400)


def _crowd(village: Village) -> None:
    """Let as many wait for an item as can."""
    tickets = tuple(Ticket(number, number) for number in range(1, WAITING_MAX + 1))
    village.world.book.put(WaitingLine(id=NOBODY, site="london", sku="B", tickets=tickets))


def _behind(village: Village) -> None:
    """Let somebody wait behind somebody else."""
    waiting = village.do("reserve", site="london", lines=lines(("SCREW", 5)), hold_seconds=60)
    village.ids["waiting"] = waiting.made("reservation")


def _short(village: Village) -> None:
    """Let nothing be available any more."""
    for holding in list(village.world.book.holdings.values()):
        left = holding.balances[State.AVAILABLE]
        if left and holding.place.site == "london" and holding.key.unit_id is None and holding.place.lot != "L-2":
            line = lines((holding.place.sku, 1, holding.place.lot, holding.place.location))[0]._replace(quantity=left)
            village.do("move", site="london", lines=(line,), target=State.HOLD, reason="r")


def _queued(*parts: Ingredient, product: str = "PIE", quantity: int = SCALE) -> Callable[[Village], None]:
    """Let a sale wait whose product is made of something."""

    def scene(village: Village) -> None:
        if parts:
            village.do("define_recipe", product="PIE", ingredients=parts)
        sold = (Sold(product, quantity),)
        queued = village.do("queue_sale", site="london", transaction="t-pie", items=sold, device="till")
        village.ids["sale"] = queued.made("offline_sale")

    return scene


def _deducted(village: Village) -> None:
    """Let a sale that waits be deducted by itself."""
    village.do("deduct", site="london", transaction="t-sale", items=BUN)


def _unmapped(village: Village) -> None:
    """Let an ingredient be no item any more."""
    village.do("map_ingredients", site="london", mappings=(MappingLine("flour", "g", None),))


def _serials(village: Village) -> None:
    """Let units and pieces be kept as serials, which are one."""
    village.do("grade", sku="B", unit="U-1", condition="new")
    for code in ("roll-1", "roll-3"):
        village.do("grade", sku="PIPE", unit=code, condition="new")


def _kept(village: Village) -> None:
    """Let there be items that look like variants, and reversals of what others used."""
    village.do("define", items=(ItemLine("TEE-L"),))
    village.ids["posting"] = 3


SCENES: Mapping[str, Callable[[Village], None]] = {
    "plenty": _plenty,
    "riches": _riches,
    "hold": _hold,
    "closed": _closed,
    "expired": _expired,
    "crowd": _crowd,
    "behind": _behind,
    "short": _short,
    "no unit": _queued(Ingredient("BUN", "1", "kg", is_product=True)),
    "no recipe": _queued(Ingredient("OTHER", "1", "piece", is_product=True)),
    "unmade": _queued(product="OTHER"),
    "unknown": _queued(product="CAKE"),
    "too many": _queued(product="BUN", quantity=100_000 * SCALE),
    "much in it": _queued(*(Ingredient(f"spice {number}", "1", "g") for number in range(200))),
    "a loop": _queued(Ingredient("BUN", "1", "piece", is_product=True)),
    "deducted": _deducted,
    "unmapped": _unmapped,
    "serials": _serials,
    "kept": _kept,
}
"""What has happened in the village, by a word for it."""


def _in_parts(village: Village) -> None:
    """Let a serial be promised, another sold, and a serial and a piece be on their way."""
    village.do("grade", sku="B", unit="U-1", condition="new")
    one = lines(("B", 1, None, None, "U-1"), ("PIPE", 10, None, None, "roll-1"))
    sent = village.do("transfer", site="london", target="leeds", lines=one, in_transit=True)
    village.ids["transfer"] = sent.made("transfer")
    phone = lines(("PHONE", 1, None, None, "SN-2"))
    village.ids["cart"] = village.do("reserve", site="london", lines=phone).made("reservation")
    village.do("pay", invoice=village.number_of("phone"))


def _dear_lot(village: Village) -> None:
    """Let a lot cost so much that no hundred of it can be held."""
    village.do("lot_costs", sku="B", lot="L-1", cost_mode="FIXED", unit_cost=QUANTITY_MAX // 100, reason="r")


def _sold_lot(village: Village) -> None:
    """Let a lot have a cost mode, and be sold from."""
    village.do("lot_costs", sku="B", lot="L-1", cost_mode="FIXED", unit_cost=SCALE, reason="r")
    village.do("sell", site="london", lines=lines(("B", 1, "L-1")))


def _below_zero(village: Village) -> None:
    """Let there be less than nothing of an item."""
    village.do("allow_negative", site="london", lines=lines(("TEE-S", 5)))
    village.do("sell", site="london", lines=lines(("TEE-S", 3)))


def _waits(sku: str, lot: str | None = None) -> Callable[[Village], None]:
    """Let somebody wait for an item, which he cannot have then."""

    def scene(village: Village) -> None:
        want = lines((sku, 200, lot)) if sku == "B" else lines((sku, 1))
        waiting = village.do("reserve", site="london", lines=want, hold_seconds=60)
        village.ids["waiting"] = waiting.made("reservation")
        if lot is None:
            village.do("define_variants", product="TEE", options=(OptionValue("size", "M"),))
        elif lot == "L-1":
            village.do("lot_status", sku="B", lot=lot, status="ON_HOLD", reason="r")
        else:
            village.world.pass_time(3 * 86_400)

    return scene


def _soon_over(village: Village) -> None:
    """Let somebody wait for goods of a lot that expires meanwhile."""
    village.do("receive", site="london", lines=lines(("B", 5, "L-E")), expires_on=date(2026, 2, 1))
    _waits("B", "L-E")(village)


def _again(village: Village) -> None:
    """Let a serial be received, and that be undone."""
    received = village.do("receive_serials", site="london", serials=(SerialLine("PHONE", "SN-7"),))
    village.do("revert", number=received.number)


def _kept_spares(village: Village) -> None:
    """Let somebody keep spares."""
    village.do("reserve_pieces", pieces=("spare-1",))


_TOO_DEAR: Fields = {"cost_mode": "FIXED", "unit_cost": QUANTITY_MAX, "quantity": 2 * SCALE}

TOLD: tuple[tuple[Callable[[Village], None] | None, str, Fields], ...] = (
    (None, "adjust", {"lines": lines(("A", -1000))}),
    (None, "create_pieces", {"sku": "B", "lot": "L-2"}),
    (_expired, "create_pieces", {"lot": "L-E"}),
    (None, "define", {"items": (ItemLine("A", measure="kg"),)}),
    (None, "define_user", {"user": "bob", "retired": True}),
    (SCENES["a loop"], "define_recipe", {"ingredients": (Ingredient("PIE", "1", is_product=True),)}),
    (None, "map_ingredients", {"mappings": (MappingLine("salt", "g", None),)}),
    (None, "invoice", {"lines": (SaleLine("B", SCALE),)}),
    (None, "order", {"lines": (SaleLine("B", SCALE),)}),
    (_crowd, "reserve", {"hold_seconds": 60}),
    (_sold_lot, "lot_costs", {"cost_mode": None, "unit_cost": None}),
    (_again, "receive", {"lines": lines(("PHONE", 2, None, None, "SN-7"))}),
    (_below_zero, "allow_negative", {"lines": lines(("TEE-S", 1))}),
    (None, "arrive", {"lines": lines(("A", 0)), "close": True}),
    (_in_parts, "arrive", {"lines": lines(("PIPE", 1))}),
    (_in_parts, "arrive", {"lines": (Line("B", SCALE // 2),), "close": True, "reason": "r"}),
    (_in_parts, "commit", {"lines": (Line("PHONE", SCALE // 2),)}),
    (_in_parts, "deliver", {"invoice": "INV-2026-000002", "lines": (Line("PHONE", SCALE // 2),)}),
    (_dear_lot, "produce", {"made": (Made("B", "roll", 200 * SCALE, lot="L-1"),)}),
    (_kept_spares, "combine", {}),
    (None, "intake", _TOO_DEAR),
    (None, "intake_lots", {"intakes": {**AT_ONCE["intake"], "key": "part", **_TOO_DEAR}}),
    (None, "repair_serial", {"sku": "B", "unit": "U-1"}),
    (_waits("TEE-S"), "offer", {}),
    (_waits("B", "L-1"), "offer", {}),
    (_soon_over, "offer", {}),
)
"""What a hunter does not find who changes one field: something that has to have happened, and what is told then."""
PARTS: Mapping[str, tuple[str, str]] = {"intake_lots": ("intakes", "intake"), "lots_metadata": ("told", "lot_metadata")}
"""The operations that do many others at once, with the field and the kind of these."""


@cache
def hunted() -> Mapping[str, frozenset[str]]:
    """Give the codes that each kind was refused with, at the village as it is, after each act, and in each scene."""
    met: dict[str, set[str]] = {kind: set() for kind in OPERATIONS}
    for kind, code in _hunt(settle(), hostile=True):
        met[kind].add(code)
    for scene in SCENES.values():
        village = settle()
        scene(village)
        for kind, code in _hunt(village, hostile=False):
            met[kind].add(code)
    for happened, kind, told in TOLD:
        village = settle()
        if happened is not None:
            happened(village)
        met[kind].add(_refused(village, kind, {**village.accepted(kind), **told}))
    for word, act in (("held", {"lines": lines(("PIPE", 1))}), ("paid", {})):
        met["commit" if act else "invoice"].add(_about(settle(), word, act))
    for first in OPERATIONS:
        village = settle()
        village.do(first, **{name: value for name, value in village.accepted(first).items() if name != "key"})
        for kind in OPERATIONS:
            met[kind].update(_refused(village, kind, given) for given in _accepted(village, kind))
    return {kind: frozenset(codes - {""}) for kind, codes in met.items()}


def _about(village: Village, word: str, act: Fields) -> str:
    """Try to hand over a part of a piece, or to invoice what was sold already."""
    if act:
        return _refused(village, "commit", {"key": "k", "reservation": village.ids[word], **act})
    sold = village.world.book.entities["invoice", village.ids[word]].snapshot()["reservation_id"]
    return _refused(village, "invoice", {**village.accepted("invoice"), "cart": sold})


def _hunt(village: Village, *, hostile: bool) -> Iterator[tuple[str, str]]:
    for kind in OPERATIONS:
        for accepted in _accepted(village, kind):
            for given in [accepted, *_changed(village, kind, accepted, hostile=hostile)]:
                yield kind, _refused(village, kind, given)
            if kind in PARTS:
                field, of_kind = PARTS[kind]
                for part in _changed(village, of_kind, village.accepted(of_kind), hostile=hostile):
                    yield kind, _refused(village, kind, {**accepted, field: part})


def _accepted(village: Village, kind: str) -> Iterator[Fields]:
    """Give what the village accepts, if after all that happened there is such a thing."""
    with suppress(Refused, LookupError):
        yield village.accepted(kind)


def _refused(village: Village, kind: str, given: Fields) -> str:
    """Try a command, leave the book as it was, and give the code of its refusal; nothing where it is accepted."""
    world = village.world
    with suppress(TypeError, AttributeError, ValueError, LookupError, AssertionError):  # a field of a type that is none
        try:
            field, of_kind = PARTS.get(kind, ("", ""))
            if isinstance(given.get(field), dict):
                given = {**given, field: (make(of_kind, **given[field]),)}
            command = make(kind, **given)
            world._load(command)  # noqa: SLF001 - what executing it loads
            draft = Draft(world.book, now=world.now, today=world.now.date(), number=len(world.journal) + 1)
            run(command, draft)
        except Refused as refusal:
            return refusal.code
        draft.drop()
    return ""


def _changed(village: Village, kind: str, accepted: Fields, *, hostile: bool) -> Iterator[Fields]:
    """Change one field after the other; lines in what they name together as well."""
    for field in fields(OPERATIONS[kind]):
        told = accepted.get(field.name) or (lines(("B", 1)) if field.name == "lines" else None)
        for value in _values(village, field.name, told, hostile=hostile):
            yield {**accepted, field.name: value}
    if "lines" in {field.name for field in fields(OPERATIONS[kind])}:
        (line, *_) = accepted.get("lines") or lines(("A", 1))
        for place in PLACES:
            with suppress(ValueError):  # not every line tells all of it
                yield {**accepted, "lines": (line._replace(**place),)}


def _values(village: Village, name: str, value: Value, *, hostile: bool) -> Iterator[Value]:
    """Give what a field may hold besides what it does."""
    yield from POOL.get(name, ())
    if isinstance(value, tuple):
        if hasattr(value, "_replace"):
            for part, inner in zip(value._fields, value, strict=True):  # type: ignore[attr-defined]  # a named tuple
                for other in _values(village, part, inner, hostile=hostile):
                    yield value._replace(**{part: other})
        elif value:
            yield from ((other,) for other in _values(village, name, value[0], hostile=hostile))
            yield value * 2
    if hostile:
        yield from _hostile(village, name, value)


def _hostile(village: Village, name: str, value: Value) -> Iterator[Value]:
    match value:
        case tuple() if not hasattr(value, "_replace"):
            yield ()
            if value:
                yield from ((value[0], other) for other in _values(village, name, value[0], hostile=False))
                yield value * (LINES_MAX + 1)
        case bool():
            yield not value
        case int():
            yield from (*NUMBERS, *village.ids.values())
        case str():
            yield from TEXTS
        case None:
            yield from (*TEXTS, *NUMBERS, *village.ids.values())
        case _:
            yield from ("", 1, None)
