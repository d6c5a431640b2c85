"""GTINs: the last digit of 8, 12, 13 and 14 checks the others."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onhand.kernel.catalog.gtin import check_digit_of, wanted_check_digit

VECTORS = Path(__file__).parents[4] / "shared" / "data" / "gs1-identifiers" / "vectors.jsonl"
_GTIN = re.compile(r"(?:\(01\)|\^01)([0-9]{14})(?![0-9])")


@pytest.mark.parametrize(
    "code",
    [
        "96385074",  # EAN-8
        "73513537",
        "036000291452",  # UPC-A
        "614141000036",
        "4006381333931",  # EAN-13
        "5901234123457",
        "9780201379624",  # of a book
        "10614141000415",  # GTIN-14
        "09501101530003",
        "00000000",
    ],
)
def test_known_numbers_are_good(code: str) -> None:
    """T15: numbers that GS1 gives as examples pass, and with any other last digit they are told which it should be."""
    others = [f"{code[:-1]}{digit}" for digit in range(10) if str(digit) != code[-1]]

    assert wanted_check_digit(code) is None
    assert {wanted_check_digit(other) for other in others} == {code[-1]}


_WIDE = "4006381333930".translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)})
"""Digits as they are written between Chinese characters."""


@pytest.mark.parametrize(
    "code", ["", "7", "1234567", "123456789", "12345678901", "123456789012345", "4006381333930x", "MUG-0001", _WIDE]
)
def test_what_is_no_gtin_is_not_judged(code: str) -> None:
    """C6: a code of another form, as a shop makes them itself, has no digit that checks it."""
    assert wanted_check_digit(code) is None


@given(st.sampled_from((7, 11, 12, 13)).flatmap(lambda length: st.text("0123456789", min_size=length, max_size=length)))
def test_one_wrong_digit_is_always_found(stem: str) -> None:
    """T15: whichever single digit is misread, and whatever for, the number is wrong."""
    code = stem + check_digit_of(stem)
    misread = [
        f"{code[:place]}{digit}{code[place + 1 :]}"
        for place in range(len(code))
        for digit in "0123456789"
        if digit != code[place]
    ]

    assert wanted_check_digit(code) is None
    assert all(wanted_check_digit(other) is not None for other in misread)


def test_the_vectors_of_gs1() -> None:
    """T15: of the GTINs that lie beside this checkout, good ones pass and bad ones do not."""
    if not VECTORS.exists():
        pytest.skip("the vectors of GS1 are not beside this checkout")
    judged = [json.loads(line) for line in VECTORS.read_text(encoding="utf-8").splitlines()]
    found = [(vector, _GTIN.match(vector["input"])) for vector in judged]
    good = [match[1] for vector, match in found if match and vector["ok"]]
    bad = [match[1] for vector, match in found if match and "AI (01): The numeric check" in vector.get("error", "")]

    assert good
    assert bad
    assert [code for code in good if wanted_check_digit(code) is not None] == []
    assert [code for code in bad if wanted_check_digit(code) is None] == []
