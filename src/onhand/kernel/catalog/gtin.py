"""
GTINs: the numbers under most barcodes (EAN, UPC, GTIN-14), whose last digit checks all others.

A barcode of another form is whatever its owner wants; one of 8, 12, 13 or 14 digits is a GTIN, and a slip of the hand
or a misread stroke would otherwise stand for another item, or for none. Source: GS1 General Specifications, 7.9.
"""

_LENGTHS = frozenset({8, 12, 13, 14})
_WEIGHTS = (3, 1)


def check_digit_of(digits: str) -> str:
    """Give the digit that checks those before it: they count three times and once by turns, from the right."""
    total = sum(int(digit) * _WEIGHTS[place % 2] for place, digit in enumerate(reversed(digits)))
    return str(-total % 10)


def wanted_check_digit(code: str) -> str | None:
    """Give the last digit that a GTIN should have and has not; None for a good one, and for what is none."""
    if len(code) not in _LENGTHS or not (code.isascii() and code.isdecimal()):
        return None
    wanted = check_digit_of(code[:-1])
    return None if code[-1] == wanted else wanted
