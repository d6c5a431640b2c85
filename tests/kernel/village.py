"""
A village: a ledger in memory with one of everything at london, and for each operation a command that is accepted there.

Tables about all operations begin here: they change one field of such a command, and see what is refused then.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, NamedTuple

from onhand.kernel.command import Command
from onhand.kernel.commerce.sale_lines import SaleLine
from onhand.kernel.lots.check_alerts import Subject
from onhand.kernel.operations import OPERATIONS
from onhand.kernel.pieces.cut_pieces import Cutting
from onhand.kernel.pieces.produce_pieces import Made
from onhand.kernel.pieces.take_over_pieces import OlderPiece
from onhand.kernel.planning.set_reorder_points import ReorderLine
from onhand.kernel.posting import Posting
from onhand.kernel.quantity import SCALE
from onhand.kernel.recipes.deducting import Sold
from onhand.kernel.recipes.define_recipe import Ingredient
from onhand.kernel.recipes.map_ingredients import MappingLine
from onhand.kernel.recipes.tally_refusals import TallyLine
from onhand.kernel.serials.receive_serials import SerialLine
from onhand.kernel.states import State
from onhand.kernel.stock.define import ItemLine, LocationLine, ProductLine, SiteLine
from onhand.kernel.stock.product import OptionValue
from tests.property.world import World, lines

Fields = dict[str, Any]
"""The fields of a command by their names; each is of a type of its own."""

ONE, TWO = lines(("A", 1)), lines(("A", 2))
SALE = (SaleLine("A", SCALE, 2 * SCALE),)
PHONE = (SaleLine("PHONE", SCALE, 300 * SCALE, unit="SN-1"),)
BUN = (Sold("BUN", SCALE),)
HASH = "0" * 64


class Village(NamedTuple):
    """The ledger, and what there is in it by a word of its own, as ("cart", 17)."""

    world: World
    ids: dict[str, int]

    def do(self, kind: str, **fields: Any) -> Posting:  # noqa: ANN401 - fields of any command
        """Do something under a key of its own."""
        return self.world.execute(make(kind, **{"key": f"village-{len(self.world.journal)}", **fields}))

    def number_of(self, word: str) -> str:
        """Give the number that people see of an invoice or an order."""
        kind = "sales_order" if word.endswith("order") else "invoice"
        return str(self.world.book.entities[kind, self.ids[word]].snapshot()["number"])

    def accepted(self, kind: str) -> Fields:
        """Give the fields of a command of a kind that is accepted."""
        return {"key": "asked", **(AT_ONCE[kind] if kind in AT_ONCE else LATER[kind](self))}


def make(kind: str, **fields: Any) -> Command:  # noqa: ANN401 - fields of any command
    """Make a command of a kind."""
    return OPERATIONS[kind](**fields)


def settle() -> Village:
    """Found the village: one of everything stands at london, and nothing at leeds."""
    village = Village(World(), {})
    _catalogue(village)
    _stock(village)
    _promises(village)
    _documents(village)
    _kitchen(village)
    _office(village)
    return village


def _catalogue(village: Village) -> None:
    village.do(
        "define",
        sites=(SiteLine("london"), SiteLine("leeds")),
        locations=(LocationLine("london", "R-1"), LocationLine("leeds", "R-1")),
        products=(ProductLine("TEE"), ProductLine("BUN"), ProductLine("OTHER")),
        items=(
            ItemLine("A", price=2 * SCALE, barcode="own-code"),
            ItemLine("B"),
            ItemLine("PHONE", price=300 * SCALE),
            ItemLine("PIPE"),
            ItemLine("SCREW"),
            ItemLine("FLOUR", measure="g"),
        ),
    )
    village.do("customer", code="C-1")
    village.do("define_variants", product="TEE", options=(OptionValue("size", "S"), OptionValue("size", "M")))
    village.do("receive", site="london", lines=lines(("TEE-M", 1)))


def _stock(village: Village) -> None:
    village.do("receive", site="london", lines=lines(("A", 100), ("B", 100), ("FLOUR", 1000)))
    village.do("receive", site="london", lines=lines(("B", 10, "L-1"), ("B", 10, "L-2")))
    village.do("recall", sku="B", lot="L-2", reason="r")
    village.do("receive", site="london", lines=lines(("A", 1, None, "R-1"), ("B", 1, None, None, "U-1")))
    village.do(
        "receive_serials", site="london", serials=(SerialLine("PHONE", "SN-1", "new"), SerialLine("PHONE", "SN-2"))
    )
    village.do(
        "produce",
        site="london",
        made=(
            Made("PIPE", "roll", 10 * SCALE, 3, codes=("roll-1", "roll-2", "roll-3")),
            Made("SCREW", "spare", 10 * SCALE, 2, length=SCALE, codes=("spare-1", "spare-2")),
            Made("SCREW", "spare", 10 * SCALE, 1, length=2 * SCALE, codes=("long-1",)),
        ),
    )
    village.do("dispatch", pieces=("roll-3",))
    village.do("receive", site="london", lines=lines(("PIPE", 50)))
    village.do("receive", site="leeds", lines=lines(("A", 5)))
    sent = village.do("transfer", site="leeds", target="london", lines=ONE, in_transit=True)
    village.ids["transfer"] = sent.made("transfer")
    village.ids["posting"] = village.do("sell", site="london", lines=ONE).number


def _promises(village: Village) -> None:
    held = village.do("reserve_pieces", pieces=("roll-2",))
    village.ids["held"] = held.made("reservation")
    soon = village.world.now + timedelta(seconds=10)
    village.ids["over"] = village.do("reserve", site="london", lines=ONE, expires_at=soon).made("reservation")
    village.ids["over_too"] = village.do("reserve", site="london", lines=ONE, expires_at=soon).made("reservation")
    village.world.pass_time(60)
    village.ids["cart"] = village.do("reserve", site="london", lines=ONE).made("reservation")
    village.ids["waiting"] = village.do(
        "reserve", site="london", lines=lines(("A", 1, None, "R-1"), ("SCREW", 5)), hold_seconds=60
    ).made("reservation")
    village.do("receive", site="london", lines=lines(("SCREW", 5)))


def _documents(village: Village) -> None:
    open_one = village.do("invoice", site="london", lines=SALE)
    village.ids["invoice"] = open_one.made("invoice")
    phone = village.do("invoice", site="london", lines=PHONE)
    village.ids["phone"] = phone.made("invoice")
    village.ids["phone_promise"] = phone.made("reservation")
    paid = village.do("invoice", site="london", lines=(SaleLine("B", 2 * SCALE, SCALE),))
    village.ids["paid"] = paid.made("invoice")
    village.do("pay", invoice=village.number_of("paid"))
    village.do("deliver", invoice=village.number_of("paid"), lines=lines(("B", 1)))
    part = village.do("invoice", site="london", lines=SALE)
    village.ids["refundable"] = part.made("invoice")
    village.do("pay", invoice=village.number_of("refundable"), amount=SCALE)
    for word in ("order", "paid_order", "packed_order"):
        cart = village.do("reserve", site="london", lines=lines(("B", 1))).made("reservation")
        sale = (SaleLine("B", SCALE, SCALE),)
        village.ids[word] = village.do("order", reservations=(cart,), lines=sale).made("sales_order")
    for word in ("paid_order", "packed_order"):
        village.do("pay", order=village.number_of(word))
    village.do("fulfil_order", order=village.number_of("packed_order"))


def _kitchen(village: Village) -> None:
    village.do("define_recipe", product="BUN", ingredients=(Ingredient("flour", "10", "g"),))
    village.do("map_ingredients", site="london", mappings=(MappingLine("flour", "g", "FLOUR"),))
    village.do("deduct", site="london", transaction="t-1", items=BUN)
    village.ids["slice"] = village.do("lend", site="london", device="till", items=BUN).made("reservation")
    for word in ("sale", "synced"):
        queued = village.do("queue_sale", site="london", transaction=f"t-{word}", items=BUN, device="till")
        village.ids[word] = queued.made("offline_sale")
    village.do("sync_sale", offline_sale=village.ids["synced"])


def _office(village: Village) -> None:
    village.ids["purchase"] = village.do("order_incoming", site="london", lines=TWO).made("purchase")
    village.do("low_stock", site="london", lines=lines(("A", 1000)))
    village.ids["site"] = village.world.book.site("london").id
    village.ids["item"] = village.world.book.item("A").id
    subject = Subject("low_stock", village.ids["site"], village.ids["item"], 0)
    village.ids["alert"] = village.do("watch", subjects=(subject,)).made("alert")
    village.do("define_user", user="ann", role="clerk", credential="c-1")
    village.ids["api_key"] = village.do("create_key", name="till", role="clerk", key_hash="f" * 64).made("api_key")
    made = village.do("create_webhook", name="hook", url="https://example.com/hook")
    village.ids["webhook"] = made.made("webhook")


_PHONE: Fields = {"sku": "PHONE", "unit": "SN-2"}
_LOT: Fields = {"sku": "B", "lot": "L-1"}
_HERE: Fields = {"site": "london", "lines": ONE}
_INTAKE: Fields = {
    "vendor": "Acme",
    "brand": "Acme",
    "product": "Pear",
    "category": "fruit",
    "quantity": SCALE,
    "site": "london",
}

AT_ONCE: Mapping[str, Fields] = {
    "adjust": {**_HERE, "reason": "r"},
    "alarm": {"rule": "inconsistency", "stands": True},
    "allow_negative": _HERE,
    "combine": {"pieces": ("spare-1", "spare-2"), "bundle_size": 5, "bundles": 3},
    "configure": {"settings": (("currency", "GBP"),)},
    "count": {"site": "london", "lines": lines(("A", 50))},
    "counter_return": _HERE,
    "counter_sale": _HERE,
    "create_key": {"name": "till", "role": "clerk", "key_hash": HASH, "sites": ("london",)},
    "create_pieces": {"site": "london", "sku": "PIPE", "piece_kind": "cut", "sizes": (SCALE,)},
    "create_webhook": {
        "name": "new",
        "url": "https://example.com/new",
        "sites": ("london",),
        "skus": ("A",),
        "kinds": ("sell",),
    },
    "customer": {"code": "C-1", "name": "Ann"},
    "cut": {"cuttings": (Cutting("roll-1", (SCALE,)),)},
    "deduct": {"site": "london", "transaction": "t-2", "items": BUN},
    "define": {
        "sites": (SiteLine("paris"),),
        "locations": (LocationLine("london", "R-9"),),
        "items": (ItemLine("NEW", product="TEE", barcode="new-code"),),
    },
    "define_recipe": {"product": "BUN", "ingredients": (Ingredient("sugar", "1", "g"),)},
    "define_user": {"user": "ann", "role": "manager", "sites": ("london",)},
    "define_variants": {"product": "TEE", "options": (OptionValue("size", "M"), OptionValue("size", "L"))},
    "dispatch": {"pieces": ("roll-1",)},
    "grade": {**_PHONE, "condition": "good"},
    "intake": _INTAKE,
    "invoice": {"site": "london", "lines": SALE, "customer": "C-1"},
    "lend": {"site": "london", "device": "till", "items": BUN},
    "lot_costs": {**_LOT, "cost_mode": "FIXED", "unit_cost": SCALE, "reason": "r"},
    "lot_metadata": {**_LOT, "metadata": {"thc": "20"}},
    "lot_status": {**_LOT, "status": "ON_HOLD", "reason": "r"},
    "low_stock": _HERE,
    "map_ingredients": {"site": "london", "mappings": (MappingLine("sugar", "g", "FLOUR"),)},
    "move": {**_HERE, "target": State.HOLD, "reason": "r"},
    "order_incoming": _HERE,
    "produce": {"site": "london", "made": (Made("PIPE", "roll", SCALE),)},
    "queue_sale": {"site": "london", "transaction": "t-3", "items": BUN, "device": "till"},
    "recall": {**_LOT, "reason": "r"},
    "receive": _HERE,
    "receive_serials": {"site": "london", "serials": (SerialLine("PHONE", "SN-9"),)},
    "release_lot": {"sku": "B", "lot": "L-2", "reason": "r"},
    "report": {"data": {"sold": "1"}, "document_id": "2026-01-30"},
    "reserve": {"site": "london", "lines": lines(("B", 1))},
    "reserve_across": {"sites": ("london", "leeds"), "lines": lines(("B", 1))},
    "reserve_pieces": {"pieces": ("roll-1",)},
    "return": _HERE,
    "return_pieces": {"pieces": ("roll-3",)},
    "sell": _HERE,
    "set_password": {"user": "ann", "credential": "c-2"},
    "set_reorder_points": {"site": "london", "points": (ReorderLine("A", SCALE, 2 * SCALE),)},
    "take_over": {"site": "london", "pieces": (OlderPiece("PIPE", "roll", SCALE, notes=("cut in two",)),)},
    "tally_refusals": {"process": "p", "counts": (TallyLine("london", "2026-01-31T12", 1),)},
    "transfer": {"site": "london", "target": "leeds", "lines": ONE},
    "void": {"site": "london", "transaction": "t-1", "reason": "r"},
}
"""For each operation that names nothing by a number, the fields of a command that the village accepts."""


def _damaged_holding(village: Village) -> Fields:
    """Let a holding say that more of it is reserved than is, as somebody's SQL might."""
    holding = next(holding for holding in village.world.holdings("A") if holding.place.location == "R-1")
    holding.balances[State.AVAILABLE] -= SCALE
    holding.balances[State.RESERVED] += SCALE
    return {"holding": holding.id, "version": holding.version, "reason": "r"}


def _damaged_serial(village: Village) -> Fields:
    """Let a serial say that it is sold, as somebody's SQL might."""
    book = village.world.book
    serial = book.names["serial", book.unit(book.item("PHONE"), "SN-2").id]
    book.put(serial.next(status="sold"))
    return {**_PHONE, "reason": "r"}


LATER: Mapping[str, Callable[[Village], Fields]] = {
    "acknowledge": lambda village: {"alert": village.ids["alert"]},
    "approve_sale": lambda village: {"offline_sale": village.ids["sale"], "reason": "r"},
    "arrive": lambda village: {"transfer": village.ids["transfer"]},
    "cancel_invoice": lambda village: {"invoice": village.number_of("invoice")},
    "cancel_order": lambda village: {"order": village.number_of("order")},
    "change_webhook": lambda village: {
        "webhook": village.ids["webhook"],
        "url": "https://example.com/other",
        "sites": ("london",),
        "skus": ("A",),
        "kinds": ("sell",),
    },
    "claim": lambda village: {"worker": "w", "reservations": (village.ids["over"],)},
    "commit": lambda village: {"reservation": village.ids["cart"]},
    "commit_order": lambda village: {"order": village.number_of("packed_order")},
    "deliver": lambda village: {"invoice": village.number_of("paid")},
    "disable_webhook": lambda village: {"webhook": village.ids["webhook"]},
    "expire": lambda village: {"reservation": village.ids["over"]},
    "fulfil_order": lambda village: {"order": village.number_of("paid_order")},
    "intake_lots": lambda _: {"intakes": (make("intake", key="part", **_INTAKE),)},
    "lots_metadata": lambda _: {"told": (make("lot_metadata", key="part", **AT_ONCE["lot_metadata"]),)},
    "offer": lambda village: {"reservation": village.ids["waiting"]},
    "order": lambda village: {"reservations": (village.ids["cart"],), "lines": SALE, "customer": "C-1"},
    "pay": lambda village: {"invoice": village.number_of("invoice")},
    "receive_incoming": lambda village: {"purchase": village.ids["purchase"]},
    "refund": lambda village: {"invoice": village.number_of("refundable"), "amount": SCALE},
    "reject_sale": lambda village: {"offline_sale": village.ids["sale"], "reason": "r"},
    "release": lambda village: {"reservation": village.ids["cart"]},
    "release_pieces": lambda village: {"pieces": ("roll-2",), "reservation": village.ids["held"]},
    "repair_holding": _damaged_holding,
    "repair_serial": _damaged_serial,
    "resume_webhook": lambda village: {"webhook": village.ids["webhook"]},
    "return_invoice": lambda village: {
        "invoice": village.number_of("paid"),
        "site": "london",
        "lines": lines(("B", 1)),
    },
    "revert": lambda village: {"number": village.ids["posting"]},
    "revoke_key": lambda village: {"api_key": village.ids["api_key"]},
    "rotate_webhook": lambda village: {"webhook": village.ids["webhook"]},
    "sync_sale": lambda village: {"offline_sale": village.ids["sale"]},
    "watch": lambda village: {
        "subjects": (Subject("out_of_stock", village.ids["site"], village.ids["item"], 0),),
    },
}
"""The same for each operation that names something by its number."""
