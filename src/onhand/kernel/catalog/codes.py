"""
Codes that the ledger gives out, from sequences: never random, without gap and without duplicate.

A number grows wider past its padding: LOT-20260131-999 is followed by LOT-20260131-1000.
"""

import re
from datetime import date

from onhand.kernel.draft import Draft
from onhand.kernel.holding import Holding
from onhand.kernel.wants import Wants

_GIVEN_LOT = re.compile(r"LOT-[0-9]{8}-[0-9]+")
_GIVEN_SKU = re.compile(r".+-.+-[0-9]{8}-[0-9]{4,}")
_GIVEN_PIECE = re.compile(r"(?:ROLL|CUT|OFFCUT|BUNDLE|SPARE)-[0-9]{6,}")
_LOT_DIGITS, _BATCH_DIGITS, _SKU_DIGITS, _PIECE_DIGITS = 3, 6, 4, 6


def want_lot_code(wants: Wants, day: date) -> None:
    """Want the sequence of a day's lots."""
    wants.codes.add(_lot_stem(day))


def next_lot_code(draft: Draft, day: date) -> str:
    """Give the next lot code of a day: LOT-YYYYMMDD-NNN."""
    return _next(draft, _lot_stem(day), _LOT_DIGITS)


def want_batch_code(wants: Wants, lot: str) -> None:
    """Want the sequence of a lot's batches."""
    wants.codes.add(_batch_stem(lot))


def next_batch_code(draft: Draft, lot: str) -> str:
    """Give the next batch code of a lot: BCH-<lot code>-NNNNNN."""
    return _next(draft, _batch_stem(lot), _BATCH_DIGITS)


def want_sku(wants: Wants, brand: str, product: str, day: date) -> None:
    """Want the sequence of a brand's and product's items of a day."""
    wants.codes.add(_sku_stem(brand, product, day))


def next_sku(draft: Draft, brand: str, product: str, day: date) -> str:
    """Give the next sku: BRANDKEY-PRODUCTKEY-YYYYMMDD-NNNN."""
    return _next(draft, _sku_stem(brand, product, day), _SKU_DIGITS)


def is_given_sku(code: str) -> bool:
    """Tell whether a sku has the form of those given out from a sequence; nobody may choose such a one."""
    return _GIVEN_SKU.fullmatch(code) is not None


def want_piece_code(wants: Wants, kind: str) -> None:
    """Want the sequence of a kind of pieces."""
    wants.codes.add(kind.upper())


def next_piece_code(draft: Draft, kind: str) -> str:
    """Give the next code of a kind of pieces: ROLL-NNNNNN."""
    return _next(draft, kind.upper(), _PIECE_DIGITS)


def is_given_piece_code(code: str) -> bool:
    """Tell whether a code has the form of those given to pieces from a sequence; nobody may choose such a one."""
    return _GIVEN_PIECE.fullmatch(code) is not None


def is_given_lot(code: str) -> bool:
    """Tell whether a lot's code has the form of those that are given out."""
    return _GIVEN_LOT.fullmatch(code) is not None


def note_batch(draft: Draft, holding: Holding, lot: str) -> None:
    """Keep as evidence which batch of a lot came into a holding, under the next batch code."""
    batch = next_batch_code(draft, lot)
    draft.note(holding, "batch", {"batch": batch, "lot": lot, "site": holding.place.site})


def _next(draft: Draft, stem: str, digits: int) -> str:
    return f"{stem}-{draft.next_of(stem):0{digits}d}"


def _lot_stem(day: date) -> str:
    return f"LOT-{day:%Y%m%d}"


def _batch_stem(lot: str) -> str:
    return f"BCH-{lot}"


def _sku_stem(brand: str, product: str, day: date) -> str:
    return f"{brand}-{product}-{day:%Y%m%d}"
