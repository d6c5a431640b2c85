"""The rules of the shop: counter sales, barcodes, variants, settings."""

import pytest

from onhand.kernel.catalog.barcode import Barcode
from onhand.kernel.catalog.configure import Configure
from onhand.kernel.catalog.define_variants import VARIANTS_MAX, DefineVariants, variants_of
from onhand.kernel.command import Line
from onhand.kernel.commerce.receipt import Receipt
from onhand.kernel.commerce.sell_at_counter import SellAtCounter
from onhand.kernel.commerce.take_back_at_counter import TakeBackAtCounter
from onhand.kernel.money import CENT, PERCENT
from onhand.kernel.quantity import SCALE
from onhand.kernel.refusals import Refused
from onhand.kernel.search_words import words_of
from onhand.kernel.states import State
from onhand.kernel.stock.define import Define, ItemLine
from onhand.kernel.stock.item import Item
from onhand.kernel.stock.product import OptionValue
from onhand.kernel.stock.receive import Receive
from onhand.kernel.stock.revert import Revert
from onhand.kernel.stock.sell import Sell
from tests.property.world import World, furnished, lines

SMALL, MEDIUM, LARGE = (OptionValue("size", size) for size in ("S", "M", "L"))
RED, BLUE = OptionValue("colour", "red"), OptionValue("colour", "blue")


def priced() -> World:
    """Make a world with ten of A at 2.50 with 20 percent VAT, and five of B at 1.99 without."""
    world = furnished()
    world.execute(
        Define(
            key="prices",
            items=(ItemLine("A", "Mug", price=250 * CENT, vat_rate=20 * PERCENT), ItemLine("B", price=199 * CENT)),
        )
    )
    world.execute(Receive(key="po", site="london", lines=lines(("A", 10), ("B", 5))))
    return world


def receipts(world: World) -> list[Receipt]:
    """The receipts, in the order of their numbers."""
    found = [entity for entity in world.book.entities.values() if isinstance(entity, Receipt)]
    return sorted(found, key=lambda receipt: receipt.number)


def sale(key: str, *parts: Line, prices: tuple[int | None, ...] = ()) -> SellAtCounter:
    """The command that sells at the counter in london."""
    return SellAtCounter(key=key, site="london", lines=parts, prices=prices)


def item(world: World, sku: str) -> Item:
    """An item, retired or not."""
    found = world.book.names["item", sku]
    assert isinstance(found, Item)
    return found


def test_a_counter_sale_takes_at_once_and_gives_a_receipt() -> None:
    """C6: lines, VAT, totals and a number; the goods are with the customer."""
    world = priced()

    world.execute(sale("till-1", *lines(("A", 3), ("B", 1))))

    (receipt,) = receipts(world)
    assert world.balance("A") == 7 * SCALE
    assert (receipt.number, receipt.status) == (1, "issued")
    assert [(line.name, line.quantity, line.price, line.gross) for line in receipt.sold] == [
        ("Mug", 3 * SCALE, 250 * CENT, 750 * CENT),
        ("B", SCALE, 199 * CENT, 199 * CENT),
    ]
    assert [tuple(amount // CENT for amount in rate[1:]) for rate in receipt.rates] == [(199, 0, 199), (625, 125, 750)]
    assert (receipt.net, receipt.vat, receipt.gross) == (824 * CENT, 125 * CENT, 949 * CENT)


def test_a_line_may_have_a_price_of_its_own() -> None:
    """C6: a price that is told with a line counts instead of the item's."""
    world = priced()

    world.execute(sale("till-1", *lines(("A", 1), ("A", 1)), prices=(200 * CENT, None)))

    assert [line.gross // CENT for line in receipts(world)[0].sold] == [200, 250]


def test_a_counter_sale_never_oversells_and_leaves_no_gap() -> None:
    """C6: what is not there is refused, and a refused sale gives no number away."""
    world = priced()
    world.execute(sale("1", *lines(("A", 10))))
    with pytest.raises(Refused, match="A at london: need 1, have 0"):
        world.execute(sale("2", *lines(("B", 1), ("A", 1))))
    world.execute(Define(key="x", items=(ItemLine("C"),)))
    world.execute(Receive(key="y", site="london", lines=lines(("C", 1))))
    with pytest.raises(Refused, match="There is no price for C"):
        world.execute(sale("3", *lines(("C", 1))))
    world.execute(sale("4", *lines(("B", 1))))

    assert [receipt.number for receipt in receipts(world)] == [1, 2]
    assert world.balance("B") == 4 * SCALE


def test_a_voided_receipt_keeps_its_number() -> None:
    """C6: undoing a counter sale brings the goods back and voids the receipt; its number is not given again."""
    world = priced()
    posting = world.execute(sale("1", *lines(("A", 3))))

    world.execute(Revert(key="void", number=posting.number))
    world.execute(sale("2", *lines(("A", 1))))

    assert [(receipt.number, receipt.status) for receipt in receipts(world)] == [(1, "voided"), (2, "issued")]
    assert world.balance("A") == 9 * SCALE


def test_a_counter_return_gives_back_what_was_paid() -> None:
    """C17, C14: one mug is fine and one is broken; the receipt is below zero, and all of it undoes the sale's."""
    world = priced()
    world.execute(sale("1", *lines(("A", 2), ("A", 1)), prices=(None, 199 * CENT)))
    told = (Line("A", 2 * SCALE), Line("A", SCALE, state=State.DEFECTIVE))

    posting = world.execute(TakeBackAtCounter(key="2", site="london", lines=told, prices=(None, 199 * CENT)))

    sold, back = receipts(world)
    assert (back.number, back.status) == (2, "issued")
    assert [line.quantity for line in back.sold] == [-2 * SCALE, -SCALE]
    assert (back.net, back.vat, back.gross) == (-sold.net, -sold.vat, -sold.gross)
    assert (world.balance("A"), world.balance("A", State.DEFECTIVE)) == (9 * SCALE, SCALE)
    world.execute(Revert(key="3", number=posting.number))
    assert [receipt.status for receipt in receipts(world)] == ["issued", "voided"]


def test_what_is_returned_for_nothing_known_is_refused() -> None:
    """C17: without a price nobody knows what to give back, and goods come back to one of three states."""
    world = priced()
    world.execute(Define(key="x", items=(ItemLine("C"),)))

    for sku, code in (("C", "PRICE_UNKNOWN"), ("X", "UNKNOWN_ITEM")):
        assert world.refusal(TakeBackAtCounter(key="r", site="london", lines=lines((sku, 1)))).code == code
    for odd in ({"prices": (1, 2)}, {"lines": (Line("A", SCALE, state=State.HOLD),)}, {"lines": ()}):
        with pytest.raises(Refused):
            TakeBackAtCounter(**{"key": "r", "site": "london", "lines": lines(("A", 1)), **odd})  # type: ignore[arg-type]  # by case
    assert receipts(world) == []


@pytest.mark.parametrize("prices", [(CENT,), (-1, None), (True, None), ("2", None)])
def test_odd_prices_are_refused(prices: tuple[int | None, ...]) -> None:
    """Each line has one price or none, and a price is from zero on."""
    with pytest.raises(Refused) as caught:
        sale("1", *lines(("A", 1), ("B", 1)), prices=prices)

    assert caught.value.code == "INVALID_COMMAND"


def test_a_barcode_stands_for_one_item() -> None:
    """C6: an item may have several barcodes; one of them goes to another item only when the first is retired."""
    world = furnished()
    world.execute(Define(key="1", items=(ItemLine("A", barcode="111"), ItemLine("A", barcode="222"))))
    with pytest.raises(Refused, match="The barcode 111 stands for item A"):
        world.execute(Define(key="2", items=(ItemLine("B", barcode="111"),)))
    world.execute(DefineVariants(key="3", product="T", options=(SMALL,)))
    world.execute(Define(key="4", items=(ItemLine("T-S", barcode="333"),)))
    world.execute(DefineVariants(key="5", product="T", options=(MEDIUM,)))

    world.execute(Define(key="6", items=(ItemLine("B", barcode="333"),)))

    stands_for = {code: world.book.names["barcode", code] for code in ("111", "222", "333")}
    assert {code: getattr(barcode, "item_id", None) for code, barcode in stands_for.items()} == {
        "111": item(world, "A").id,
        "222": item(world, "A").id,
        "333": item(world, "B").id,
    }


def test_a_misread_barcode_is_not_defined() -> None:
    """T15: a GTIN with a wrong check digit is refused with the right one; one that is known already stays."""
    world = furnished()
    world.book.put(Barcode(id=9_000, code="4006381333932", item_id=item(world, "A").id))
    refused = []
    for number, code in enumerate(("4006381333930", "96385075", "036000291453", "10614141000416")):
        with pytest.raises(Refused) as caught:
            world.execute(Define(key=f"{number}", items=(ItemLine("A", barcode=code),)))
        refused.append((caught.value.code, caught.value.facts["check_digit"]))

    again = world.execute(Define(key="known", items=(ItemLine("A", barcode="4006381333932"),)))

    assert refused == [("CHECK_DIGIT_WRONG", digit) for digit in ("1", "4", "2", "5")]
    assert again.changes == ()


def test_variants_are_every_combination() -> None:
    """C12: size times colour; each variant is an item of the product with its values."""
    world = World()

    world.execute(
        DefineVariants(key="1", product="T", name="Shirt", options=(SMALL, MEDIUM, RED, BLUE), price=9 * SCALE)
    )

    skus = ["T-S-red", "T-S-blue", "T-M-red", "T-M-blue"]
    assert [item(world, sku).name for sku in skus] == ["Shirt S red", "Shirt S blue", "Shirt M red", "Shirt M blue"]
    assert item(world, "T-M-red").options == (MEDIUM, RED)
    assert {item(world, sku).price for sku in skus} == {9 * SCALE}
    assert {item(world, sku).product_id for sku in skus} == {world.book.names["product", "T"].id}


def test_variants_are_kept_added_and_retired() -> None:
    """C12: when options change, those that stay keep id and stock, new ones come, those without stock are retired."""
    world = furnished()
    world.execute(DefineVariants(key="1", product="T", options=(SMALL, MEDIUM)))
    world.execute(Receive(key="2", site="london", lines=lines(("T-M", 5))))
    kept = item(world, "T-M")

    world.execute(DefineVariants(key="3", product="T", options=(MEDIUM, LARGE)))

    assert item(world, "T-M") == kept
    assert item(world, "T-S").retired
    assert not item(world, "T-L").retired
    with pytest.raises(Refused, match="There is no item T-S"):
        world.execute(Sell(key="4", site="london", lines=lines(("T-S", 1))))
    world.execute(Sell(key="5", site="london", lines=lines(("T-M", 5))))
    world.execute(DefineVariants(key="6", product="T", options=(SMALL, LARGE)))
    assert (item(world, "T-S").retired, item(world, "T-M").retired) == (False, True)


@pytest.mark.parametrize("state", [State.AVAILABLE, State.QUARANTINE, State.DEFECTIVE, State.SAMPLE])
def test_a_variant_with_stock_does_not_vanish(state: State) -> None:
    """C12: whatever is left in any state at any site stops the change, and nothing of it happens."""
    world = furnished()
    world.execute(DefineVariants(key="1", product="T", options=(SMALL, MEDIUM)))
    world.execute(Receive(key="2", site="leeds", lines=lines(("T-S", 2, None, "R-1", None, state))))
    journal = len(world.journal)

    with pytest.raises(Refused) as caught:
        world.execute(DefineVariants(key="3", product="T", options=(MEDIUM, LARGE)))

    assert caught.value.facts == {"variants": [{"sku": "T-S", "site": "leeds", "left": "2"}]}
    assert len(world.journal) == journal
    assert ("item", "T-L") not in world.book.names
    assert not item(world, "T-S").retired


def test_the_same_options_change_nothing() -> None:
    """C12: generating again what is there is an act without changes."""
    world = World()
    world.execute(DefineVariants(key="1", product="T", options=(SMALL, RED)))

    assert world.execute(DefineVariants(key="2", product="T", options=(SMALL, RED))).changes == ()


@pytest.mark.parametrize(
    ("options", "detail"),
    [
        ((SMALL, SMALL), "a value of an option stands twice"),
        (tuple(OptionValue("size", str(size)) for size in range(VARIANTS_MAX + 1)), "1001 variants are more than 1000"),
        ((OptionValue("a", "1-2"), OptionValue("a", "1"), OptionValue("b", "3"), OptionValue("b", "2-3")), "same sku"),
    ],
)
def test_options_that_cannot_be_generated_are_refused(options: tuple[OptionValue, ...], detail: str) -> None:
    """C12: each combination has a sku of its own, and there are not too many."""
    with pytest.raises(Refused, match=detail):
        DefineVariants(key="1", product="T", options=options)


def test_an_item_that_is_no_variant_is_not_taken_over() -> None:
    """C12: a sku that is somebody else's is refused."""
    world = furnished(skus=("T-S",))

    with pytest.raises(Refused, match="item T-S is there already"):
        world.execute(DefineVariants(key="1", product="T", options=(SMALL,)))


def test_a_product_without_options_has_no_variants() -> None:
    """C12: taking the last option away retires them all."""
    world = World()
    world.execute(DefineVariants(key="1", product="T", options=(SMALL,)))

    world.execute(DefineVariants(key="2", product="T", options=()))

    assert variants_of("T", ()) == {}
    assert item(world, "T-S").retired


def test_settings_are_chosen_from_those_there_are() -> None:
    """S9: an org chooses its time zone; a zone or a setting that there is not is refused."""
    world = World()
    world.execute(Configure(key="1", settings=(("time_zone", "Europe/London"), ("currency", "GBP"))))

    assert world.execute(Configure(key="2", settings=(("currency", "GBP"),))).changes == ()
    for wrong in (("time_zone", "Mars/Base"), ("time_zone", "../etc/passwd"), ("currency", "gbp"), ("size", "1")):
        with pytest.raises(Refused) as caught:
            Configure(key="3", settings=(wrong,))
        assert caught.value.code == "INVALID_COMMAND"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("WHITE HANGING HEART T-LIGHT HOLDER", ("hanging", "heart", "holder", "light", "t", "white")),
        ("Caf\u00e9 cr\u00e8me, 250g", ("250g", "cafe", "creme")),
        ("STRASSE stra\u00dfe", ("strasse",)),
        ("...", ()),
    ],
)
def test_words_are_compared_without_case_accents_and_punctuation(name: str, words: tuple[str, ...]) -> None:
    """C6: what people type finds what was written otherwise."""
    assert words_of(name) == words
