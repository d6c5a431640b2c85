"""A line of the format is read to the digit or reported; what it is follows from it and its neighbours."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples.loaders.online_retail import (
    COLUMNS,
    NOT_STOCK,
    Entry,
    LineClass,
    Row,
    Unreadable,
    classify,
    not_stock_kind,
    parse,
    read_entries,
)
from examples.loaders.reading import TextLine
from onhand.faults import Fault
from tests.loaders.files import HEADER, correction, numbered, read, readable, row, text


def test_every_column_is_kept_as_it_came() -> None:
    """A row has the texts of the file beside what they mean."""
    found = row('C536379,85123a,"HEART, ""WHITE""",-12,2010-12-01 08:26:00,2.555,17850.0,EIRE')

    assert found == Row(
        number=2,
        invoice="C536379",
        code="85123a",
        description='HEART, "WHITE"',
        quantity="-12",
        date="2010-12-01 08:26:00",
        price="2.555",
        customer="17850.0",
        country="EIRE",
        sku="85123A",
        units=-12,
        value=-30_660_000,
        moment=datetime(2010, 12, 1, 8, 26, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("", "1 columns"),
        ("536365,85123A", "2 columns"),
        (text() + ",more", "9 columns"),
        (text(description='"HEART'), "quote"),
        (text(description='"HEART" WHITE'), "quote"),
        (text(description="HEART\0"), "U+0000"),
        (text(description="HEART\u202eTRAEH"), "U+202E"),
        (text(description="HEART\udcff"), "UTF-8"),
        (text(country="\x1b[31m"), "U+001B"),
        (text(""), "InvoiceNo"),
        (text("   "), "InvoiceNo"),
        (text(" 536365"), "InvoiceNo"),
        (text("5" * 41), "InvoiceNo"),
        (text("536\t365"), "InvoiceNo"),
        (text(code=""), "StockCode"),
        (text(code="  "), "StockCode"),
        (text(code="8" * 41), "StockCode"),
        (text(units=""), "Quantity"),
        (text(units="six"), "Quantity"),
        (text(units="1.5"), "Quantity"),
        (text(units="+6"), "Quantity"),
        (text(units="-0"), "Quantity"),
        (text(units="1_000"), "Quantity"),
        (text(units="\u0663"), "Quantity"),
        (text(units="1e3"), "Quantity"),
        (text(units="NaN"), "Quantity"),
        (text(units="9" * 500), "Quantity"),
        (text(units=1_000_000_000), "Quantity"),
        (text(units=0), "0, which moves nothing"),
        (text(price=""), "UnitPrice"),
        (text(price="free"), "UnitPrice"),
        (text(price="1e-3"), "UnitPrice"),
        (text(price="inf"), "UnitPrice"),
        (text(price="1.2345678"), "UnitPrice"),
        (text(price="1234567890"), "UnitPrice"),
        (text(date=""), "InvoiceDate"),
        (text(date="yesterday"), "InvoiceDate"),
        (text(date="2010-02-30 08:26:00"), "InvoiceDate"),
        (text(date="2010-12-01 24:00:00"), "InvoiceDate"),
        (text(date="2010-12-01 08:26:00+01:00"), "InvoiceDate"),
        (text(date="0000-12-01 08:26:00"), "InvoiceDate"),
        (text(date="1969-12-31 23:59:59"), "InvoiceDate"),
        (text(date="2010-12-01"), "InvoiceDate"),
        (text(date="01/12/2010 08:26"), "InvoiceDate"),
    ],
)
def test_what_cannot_be_read_is_an_answer(line: str, reason: str) -> None:
    """A dirty line is reported with what is wrong with it."""
    found = parse(TextLine(7, line))

    assert isinstance(found, Unreadable)
    assert found.number == 7
    assert reason in found.reason
    assert found.reason.isprintable()


def test_a_line_of_absurd_length_is_an_answer() -> None:
    """What was not kept in memory is reported too."""
    assert parse(TextLine(7, None)) == Unreadable(7, "it is longer than 1000 bytes")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (text(date="soon"), ("536365", 6, 15_300_000)),
        (text(price="soon"), ("536365", 6, 0)),
        (text(units="soon"), ("536365", 0, 0)),
        (text("\0"), (None, 6, 15_300_000)),
        ("536365,85123A", (None, 0, 0)),
    ],
)
def test_what_can_be_read_of_a_dirty_line_counts(line: str, expected: tuple[str | None, int, int]) -> None:
    """Invoice, units and value of a line that cannot be read count as far as they could be read."""
    found = parse(TextLine(7, line))

    assert isinstance(found, Unreadable)
    assert (found.invoice, found.units, found.value) == expected


@given(st.text(max_size=200))
def test_any_text_has_an_answer(line: str) -> None:
    """Whatever stands in a line, reading it ends in a row or a reason, never in an error."""
    found = parse(TextLine(2, line))

    assert isinstance(found, Unreadable) or found.units != 0


@given(st.lists(st.text(max_size=30), min_size=len(COLUMNS), max_size=len(COLUMNS)))
def test_any_columns_have_an_answer(columns: list[str]) -> None:
    """So it is for lines with the right number of columns."""
    found = parse(TextLine(2, ",".join(columns)))

    assert isinstance(found, Unreadable) or found.units != 0


@pytest.mark.parametrize(
    ("line", "is_alone", "expected"),
    [
        (text(), False, LineClass.SOLD),
        (text(), True, LineClass.SOLD),
        (text(customer=""), True, LineClass.SOLD),
        (text(price="-1.0"), False, LineClass.SOLD),
        (text("C536379", units=4), False, LineClass.SOLD),
        (text(price="0.0"), True, LineClass.SOLD),
        (text(price="0.0", customer=""), False, LineClass.SOLD),
        (text("C536379", units=-4), False, LineClass.RETURNED),
        (text("c536379", units=-4), False, LineClass.RETURNED),
        (text("C536379", units=-4, price="0.0"), False, LineClass.RETURNED),
        (text(units=-4), False, LineClass.RETURNED),
        (text(units=-4, price="0.0"), False, LineClass.WRITTEN_OFF),
        (correction("536365", "22139", -4, "damages"), True, LineClass.WRITTEN_OFF),
        (correction("536365", "22139", 4, "found"), True, LineClass.FOUND),
        (correction("536365", "22139", 4), True, LineClass.FOUND),
        (correction("536365", "22139", 4), False, LineClass.FOUND),
        (correction("536365", "22139", 4, "  "), False, LineClass.FOUND),
        (correction("536365", "22139", 4, "?"), False, LineClass.SOLD),
        (correction("536365", "POST", 1000), True, LineClass.NOT_STOCK),
        (correction("536365", "DCGS0055", -1), True, LineClass.NOT_STOCK),
        (text("A563185", "B", 1, "-11062.06", description="Adjust bad debt"), True, LineClass.NOT_STOCK),
    ],
)
def test_the_class_of_a_line(line: str, is_alone: bool, expected: LineClass) -> None:  # noqa: FBT001 - a table
    """The class follows from the direction, the price, the customer and whether the line stands alone."""
    assert classify(row(line), is_alone=is_alone) is expected


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("POST", "postage"),
        ("DOT", "postage"),
        ("C2", "carriage"),
        ("C3", "carriage"),
        ("M", "manual entry"),
        ("m", "manual entry"),
        ("D", "discount"),
        ("S", "samples"),
        ("B", "bad debt"),
        ("BANK CHARGES", "charges and commissions"),
        ("AMAZONFEE", "charges and commissions"),
        ("CRUK", "charges and commissions"),
        ("PADS", "pads to match cushions"),
        ("gift_0001_40", "vouchers"),
        ("DCGS0076", "goods of the web shop"),
        ("DCGSSGIRL", "goods of the web shop"),
        ("TEST001", "tests and adjustments"),
        ("Packaging", "other codes"),
        ("85123A", "goods"),
        ("15056bl", "goods"),
        ("22423", "goods"),
    ],
)
def test_the_kind_of_a_code(code: str, kind: str) -> None:
    """Each code that is no stock has a kind, and only such codes have one."""
    line_class = classify(row(text(code=code)), is_alone=False)

    assert not_stock_kind(code) == kind
    assert (line_class is LineClass.NOT_STOCK) == (kind != "goods")


@given(st.text(min_size=1, max_size=20))
def test_the_table_of_codes_and_the_rule_agree(code: str) -> None:
    """A code is in the table exactly if it does not begin with a digit."""
    found = parse(TextLine(2, text(code=code)))

    if isinstance(found, Row):
        is_not_stock = classify(found, is_alone=False) is LineClass.NOT_STOCK
        assert is_not_stock == (not_stock_kind(found.code) in {kind for _, kind in NOT_STOCK})


def test_codes_that_differ_by_case_are_one_item() -> None:
    """85123A and 85123a are the same goods, and the code as it came is kept."""
    upper, lower, padded = readable([text(code="85123A"), text(code="85123a"), text(code=" 85123a ")])

    assert {upper.row.sku, lower.row.sku, padded.row.sku} == {"85123A"}
    assert [upper.row.code, lower.row.code, padded.row.code] == ["85123A", "85123a", " 85123a "]


def test_aloneness_is_told_by_the_neighbours() -> None:
    """A free line without a customer was found where it stands alone, and sold with others where it does not."""
    entries = readable(
        [
            correction("1", "22139", 5, "found"),
            correction("2", "22139", 5, "RETROSPOT TEA SET"),
            text("2", "22140"),
            correction("2", "22139", 5, "RETROSPOT TEA SET"),
            correction("3", "22139", 5, "amazon"),
        ]
    )

    found, sold = LineClass.FOUND, LineClass.SOLD
    assert [entry.line_class for entry in entries] == [found, sold, sold, sold, found]


def test_places_count_over_the_whole_file() -> None:
    """An invoice that is interrupted goes on counting where it was."""
    entries = readable([text("1"), text("1"), text("2"), text("1"), text("2")])

    assert [(entry.row.invoice, entry.ordinal) for entry in entries] == [
        ("1", 1),
        ("1", 2),
        ("2", 1),
        ("1", 3),
        ("2", 2),
    ]


def test_a_line_that_cannot_be_read_keeps_its_place() -> None:
    """The other lines of its invoice have the same places before and after it is mended."""
    broken = read([text("1"), text("1", units="x"), "garbage", text("1"), text("2", date="x"), text("2")])
    mended = readable([text("1"), text("1"), text("1"), text("1"), text("2"), text("2")])

    places = {entry.row.number: entry.ordinal for entry in mended}
    assert [(entry.row.number, entry.ordinal) for entry in broken if isinstance(entry, Entry)] == [
        (number, places[number]) for number in (2, 5, 7)
    ]


@pytest.mark.parametrize(
    "header",
    [None, "", "InvoiceNo", HEADER.replace("InvoiceNo", "Invoice"), HEADER + ",more", HEADER.lower(), 'a,"b', "PK\x03"],
)
def test_another_header_is_a_fault(header: str | None) -> None:
    """A file of another format is told before anything is read of it."""
    lines = [] if header is None else [TextLine(1, header), *numbered([text()])[1:]]

    with pytest.raises(Fault) as caught:
        list(read_entries(lines))

    assert caught.value.code == "FILE_UNREADABLE"


def test_a_quoted_header_passes() -> None:
    """A header may be quoted as any line."""
    header = ",".join(f'"{name}"' for name in COLUMNS)

    assert len(list(read_entries([TextLine(1, header), TextLine(2, text())]))) == 1


def test_a_file_without_lines_has_none() -> None:
    """A header alone is a file of no lines."""
    assert read([]) == []
