"""Quantities: one exact number in, one spelling out, and a refusal for everything else."""

from decimal import Decimal

import pytest

from onhand.kernel.quantity import QUANTITY_MAX, SCALE, parse_quantity, quantity_text, shown
from onhand.kernel.refusals import Refused


@pytest.mark.parametrize(
    ("value", "millionths"),
    [
        (0, 0),
        (5, 5_000_000),
        (-3, -3_000_000),
        (9_000_000_000_000, QUANTITY_MAX),
        ("0", 0),
        ("0.0", 0),
        ("1", 1_000_000),
        ("-1", -1_000_000),
        ("0.000001", 1),
        ("-0.000001", -1),
        ("1.5", 1_500_000),
        ("1.50", 1_500_000),
        ("12.345678", 12_345_678),
        ("9000000000000", QUANTITY_MAX),
        ("9000000000000.000000", QUANTITY_MAX),
        (Decimal("0.3"), 300_000),
        (Decimal("-2.500000"), -2_500_000),
        (Decimal("1E+3"), 1_000_000_000),
        (Decimal("1E-6"), 1),
        (Decimal(9_000_000_000_000), QUANTITY_MAX),
    ],
)
def test_a_plain_number_is_exact(value: object, millionths: int) -> None:
    """Whole numbers, plain text and decimals are read to the millionth."""
    assert parse_quantity(value) == millionths


@pytest.mark.parametrize(
    "value",
    [
        "1e999999",
        "1E3",
        "NaN",
        "nan",
        "Infinity",
        "-Infinity",
        "inf",
        float("nan"),
        float("inf"),
        float("-inf"),
        0.1 + 0.2,
        1.0,
        "0.1234567",
        "1.0000000",
        "5" * 5_000,
        "0." + "0" * 5_000,
        "\u0661",  # an Arabic-Indic digit
        "\uff15",  # a full-width digit
        "1\u0665",
        "1_000",
        "1,000",
        "1 000",
        "+5",
        "-0",
        "-0.0",
        "--1",
        "05",
        "00",
        ".5",
        "5.",
        "-",
        ".",
        "",
        " 5",
        "5 ",
        "5\n",
        "\t5",
        "5\x00",
        "0x10",
        "five",
        "\u22125",  # a minus sign that is not ASCII
        True,
        False,
        None,
        [],
        {},
        (1,),
        b"5",
        complex(1),
        Decimal("NaN"),
        Decimal("sNaN"),
        Decimal("Infinity"),
        Decimal("-Infinity"),
        Decimal("-0"),
        Decimal("0.0000001"),
        Decimal("1e999999"),
        Decimal("-1e9999999"),
        Decimal("1e-999999999999"),
        Decimal("1." + "0" * 5_000),
        "1" * 25,
    ],
    ids=lambda value: ascii(value)[:24],
)
def test_what_is_no_quantity_is_refused(value: object) -> None:
    """T15: hostile numbers are refused as INVALID_QUANTITY, cheaply, whatever their kind."""
    with pytest.raises(Refused) as caught:
        parse_quantity(value)

    assert caught.value.code == "INVALID_QUANTITY"
    assert len(str(caught.value.facts["quantity"])) <= 40
    assert str(caught.value).isascii()


@pytest.mark.parametrize(
    "value",
    [
        9_000_000_000_001,
        -9_000_000_000_001,
        2**63,
        10**400,
        10**5_000,
        -(10**5_000),
        "9000000000000.000001",
        "-9000000000000.000001",
        "9000000000001",
        "9" * 24,
        Decimal("9000000000000.000001"),
        Decimal("1E+20"),
    ],
    ids=lambda value: "huge" if isinstance(value, int) else str(value),
)
def test_a_quantity_beyond_nine_trillion_is_refused(value: object) -> None:
    """T15: past the largest quantity, to either side, the answer is QUANTITY_TOO_LARGE; the limit itself is read."""
    with pytest.raises(Refused) as caught:
        parse_quantity(value)

    assert caught.value.code == "QUANTITY_TOO_LARGE"
    assert caught.value.facts["quantity_max"] == "9000000000000"
    assert len(str(caught.value)) < 120


@pytest.mark.parametrize(
    ("millionths", "text"),
    [
        (0, "0"),
        (1, "0.000001"),
        (-1, "-0.000001"),
        (SCALE, "1"),
        (-SCALE, "-1"),
        (1_500_000, "1.5"),
        (-1_500_000, "-1.5"),
        (10 * SCALE, "10"),
        (1_000_010, "1.00001"),
        (QUANTITY_MAX, "9000000000000"),
        (-QUANTITY_MAX, "-9000000000000"),
    ],
)
def test_a_number_has_one_spelling(millionths: int, text: str) -> None:
    """A quantity is written without trailing zeros, exponent or plus sign."""
    assert quantity_text(millionths) == text


def test_a_bad_value_is_shown_short() -> None:
    """A bad value is shown in ASCII and cut; an integer that takes long to print is described."""
    assert shown("\u00e9") == "'\\xe9'"
    assert shown("x" * 100) == "'" + "x" * 39
    assert shown(2**256) == "an integer of more than 256 bits"
    assert shown(7) == "7"
