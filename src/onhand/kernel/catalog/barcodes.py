"""Barcodes: which item a code that is scanned stands for."""

from onhand.kernel.book import Book
from onhand.kernel.catalog.barcode import Barcode
from onhand.kernel.catalog.gtin import wanted_check_digit
from onhand.kernel.draft import Draft
from onhand.kernel.refusals import Refused
from onhand.kernel.stock.item import Item
from onhand.kernel.wants import Wants


def want_barcode(wants: Wants, book: Book, code: str) -> None:
    """Want a barcode, and once it is loaded the item that it stands for."""
    wants.names.add(("barcode", code))
    known = book.names.get(("barcode", code))
    if isinstance(known, Barcode):
        wants.entities.add(("item", known.item_id))


def check_gtin(code: str) -> None:
    """Refuse a number that has the length of a GTIN and the wrong check digit."""
    wanted = wanted_check_digit(code)
    if wanted is not None:
        raise Refused("CHECK_DIGIT_WRONG", barcode=code, check_digit=wanted)


def define_barcode(draft: Draft, item: Item, code: str) -> None:
    """
    Let a barcode stand for an item.

    Raises:
        Refused: BARCODE_TAKEN where it stands for another one that is not retired; CHECK_DIGIT_WRONG for a GTIN that
            is none and was not known before.
    """
    known = draft.book.names.get(("barcode", code))
    if not isinstance(known, Barcode):
        check_gtin(code)
        draft.make(Barcode(id=draft.next_id(), code=code, item_id=item.id))
    elif known.item_id != item.id:
        other = draft.book.get(Item, known.item_id)
        if not other.retired:
            raise Refused("BARCODE_TAKEN", barcode=code, sku=other.sku)
        draft.change(known, known.next(item_id=item.id))
