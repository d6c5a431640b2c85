"""What all commands share: a command that exists is well formed, and its fingerprint tells content from sender."""

import math
from datetime import UTC, date, datetime, timedelta, timezone
from types import MappingProxyType
from typing import Any

import pytest

from onhand.kernel.command import DATA_BYTES_MAX, LINES_MAX, Line, content_of
from onhand.kernel.promises.commit_reservation import CommitReservation
from onhand.kernel.promises.expire_reservation import ExpireReservation
from onhand.kernel.promises.release_reservation import ReleaseReservation
from onhand.kernel.promises.reserve import Reserve
from onhand.kernel.quantity import QUANTITY_MAX, SCALE
from onhand.kernel.refusals import Refused
from onhand.kernel.states import Outside, State
from onhand.kernel.stock.adjust import Adjust
from onhand.kernel.stock.allow_negative import AllowNegative
from onhand.kernel.stock.arrive import Arrive
from onhand.kernel.stock.count import Count
from onhand.kernel.stock.define import Define, ItemLine, LocationLine, ProductLine, SiteLine
from onhand.kernel.stock.move import Move
from onhand.kernel.stock.receive import Receive
from onhand.kernel.stock.revert import Revert
from onhand.kernel.stock.sell import Sell
from onhand.kernel.stock.take_back import TakeBack
from onhand.kernel.stock.transfer import Transfer

ONE = (Line("A", SCALE),)
PLAIN: dict[str, Any] = {"key": "k", "site": "london", "lines": ONE}


def refusal_of(kind: Any, /, **values: Any) -> Refused:  # noqa: ANN401 - hostile values are of any type
    """Make a command that is not well formed, and give the refusal."""
    with pytest.raises(Refused) as caught:
        kind(**values)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 200
    return caught.value


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("key", ["", None, 5, "k" * 201, "k\n", " k", "k" * 10_000]),
        ("actor", ["", None, 5, "a" * 101, "a\x00"]),
        ("reason", ["", 5, "r" * 1001, "\x1b[31m"]),
        ("document_type", ["", 5, "d" * 101, "d\n"]),
        ("document_id", ["", 5, "d" * 101, "d\n"]),
        ("occurred_at", ["2026-01-31", 0, datetime(2026, 1, 31), datetime(1, 1, 1, tzinfo=UTC)]),  # noqa: DTZ001 - naive on purpose
        ("site", ["", None, 5, "s" * 101]),
    ],
)
def test_the_head_of_a_command_is_checked(field: str, values: list[object]) -> None:
    """T15: key, actor, reason, document, time and site are refused by field when they are not acceptable."""
    for value in values:
        refused = refusal_of(Sell, **{**PLAIN, field: value})
        assert refused.code in {"INVALID_TEXT", "INVALID_TIME"}
        assert refused.facts["field"] == field


def test_the_limits_are_exact() -> None:
    """The longest key, reason and document pass, and a time of another zone is kept in UTC."""
    there = datetime(2026, 1, 31, 12, tzinfo=timezone(timedelta(hours=2)))

    sale = Sell(**{**PLAIN, "key": "k" * 200, "reason": "r\n" * 500, "document_id": "d" * 100, "occurred_at": there})

    assert sale.occurred_at == datetime(2026, 1, 31, 10, tzinfo=UTC)
    assert sale.occurred_at is not None
    assert sale.occurred_at.tzinfo is UTC


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (Line("A", 0), "NEGATIVE_QUANTITY"),
        (Line("A", -1), "NEGATIVE_QUANTITY"),
        (Line("A", -(10**5_000)), "NEGATIVE_QUANTITY"),
        (Line("A", QUANTITY_MAX + 1), "QUANTITY_TOO_LARGE"),
        (Line("A", 2**63), "QUANTITY_TOO_LARGE"),
        (Line("A", 10**5_000), "QUANTITY_TOO_LARGE"),
        (Line("A", quantity=True), "INVALID_QUANTITY"),
        (Line("A", 1.0), "INVALID_QUANTITY"),  # type: ignore[arg-type]  # hostile on purpose
        (Line("A", "1"), "INVALID_QUANTITY"),  # type: ignore[arg-type]  # hostile on purpose
        (Line("A", None), "INVALID_QUANTITY"),  # type: ignore[arg-type]  # hostile on purpose
        (Line("", 1), "INVALID_TEXT"),
        (Line(None, 1), "INVALID_TEXT"),  # type: ignore[arg-type]  # hostile on purpose
        (Line("A", 1, lot=""), "INVALID_TEXT"),
        (Line("A", 1, lot=5), "INVALID_TEXT"),  # type: ignore[arg-type]  # hostile on purpose
        (Line("A", 1, location=" "), "INVALID_TEXT"),
        (Line("A", 1, unit="\u202e"), "INVALID_TEXT"),
        (Line("A", 1, unit="u" * 10_000), "INVALID_TEXT"),
        (Line("A", 1, state=Outside.CUSTOMER), "INVALID_COMMAND"),  # type: ignore[arg-type]  # hostile on purpose
        (Line("A", 1, state=0), "INVALID_COMMAND"),  # type: ignore[arg-type]  # hostile on purpose
        (Line("A", 1, state="hold"), "INVALID_COMMAND"),  # type: ignore[arg-type]  # hostile on purpose
        (Line("A", 1, version=-1), "INVALID_COMMAND"),
        (Line("A", 1, version=True), "INVALID_COMMAND"),
        (Line("A", 1, version=2**63), "INVALID_COMMAND"),
        (Line("A", 1, version=[]), "INVALID_COMMAND"),  # type: ignore[arg-type]  # hostile on purpose
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_line_is_checked(line: Line, code: str) -> None:
    """T15: a line that is not well formed is refused wherever it stands, by every command that has lines."""
    for kind, more in (
        (Sell, {}),
        (Receive, {}),
        (TakeBack, {}),
        (Reserve, {}),
        (Transfer, {"target": "leeds"}),
        (Move, {"target": State.HOLD, "reason": "r"}),
    ):
        assert refusal_of(kind, **{**PLAIN, "lines": (*ONE, line), **more}).code == code
    assert refusal_of(CommitReservation, key="k", reservation=1, lines=(line,)).code == code
    if line != Line("A", 0):
        assert refusal_of(Arrive, key="k", transfer=1, lines=(line,)).code == code


@pytest.mark.parametrize(("quantity", "fits"), [(-1, False), (0, True), (1, True)])
def test_nothing_may_have_come(quantity: int, fits: object) -> None:
    """L19: an arrival may say that nothing of an item came, and not less than nothing."""
    values: dict[str, Any] = {"key": "k", "transfer": 1, "lines": (Line("A", quantity),)}

    if fits:
        assert Arrive(**values).lines[0].quantity == quantity
    else:
        assert refusal_of(Arrive, **values).code == "NEGATIVE_QUANTITY"


@pytest.mark.parametrize("reason", ["", " ", "\t", " \n ", "\u3000"])
def test_a_blank_reason_is_none(reason: str) -> None:
    """T15: a reason of spaces explains nothing; one visible letter is a reason."""
    assert refusal_of(Sell, **PLAIN, reason=reason).facts["field"] == "reason"
    assert refusal_of(Sell, **PLAIN, reason=reason).code == "INVALID_TEXT"
    assert Sell(**PLAIN, reason=f"{reason}r").reason == f"{reason}r"


def test_a_command_has_one_to_ten_thousand_lines() -> None:
    """T15: no line, one line, the limit, and one more."""
    assert refusal_of(Sell, **{**PLAIN, "lines": ()}).facts["detail"] == "it has no lines"
    assert len(Sell(**{**PLAIN, "lines": ONE * LINES_MAX}).lines) == LINES_MAX
    refused = refusal_of(Sell, **{**PLAIN, "lines": ONE * (LINES_MAX + 1)})
    assert refused.facts == {"lines": 10_001, "lines_max": 10_000}


def test_the_largest_quantity_is_accepted() -> None:
    """T15: the limit itself passes; signs are for operations that have them."""
    assert Sell(**{**PLAIN, "lines": (Line("A", QUANTITY_MAX),)}).lines[0].quantity == QUANTITY_MAX
    assert Adjust(**{**PLAIN, "lines": (Line("A", -QUANTITY_MAX),), "reason": "r"}).lines[0].quantity == -QUANTITY_MAX
    assert Count(**{**PLAIN, "lines": (Line("A", 0),)}).lines[0].quantity == 0


@pytest.mark.parametrize(
    ("kind", "values", "code"),
    [
        (Adjust, {**PLAIN, "lines": (Line("A", 0),), "reason": "r"}, "INVALID_QUANTITY"),
        (Adjust, {**PLAIN, "lines": (Line("A", -QUANTITY_MAX - 1),), "reason": "r"}, "NEGATIVE_QUANTITY"),
        (Adjust, PLAIN, "REASON_REQUIRED"),
        (AllowNegative, {**PLAIN, "lines": (Line("A", 1, lot="L"),)}, "INVALID_COMMAND"),
        (AllowNegative, {**PLAIN, "lines": (Line("A", 1, location="R-1"),)}, "INVALID_COMMAND"),
        (AllowNegative, {**PLAIN, "lines": (Line("A", 1, unit="U"),)}, "INVALID_COMMAND"),
        (AllowNegative, {**PLAIN, "lines": (Line("A", -1),)}, "NEGATIVE_QUANTITY"),
        (Count, {**PLAIN, "lines": (Line("A", -1),)}, "NEGATIVE_QUANTITY"),
        (Count, {**PLAIN, "lines": ONE * 2}, "INVALID_COMMAND"),
        (Move, {**PLAIN, "target": State.HOLD}, "REASON_REQUIRED"),
        (Move, {**PLAIN, "target": State.RESERVED, "reason": "r"}, "INVALID_COMMAND"),
        (Move, {**PLAIN, "target": State.SOLD, "reason": "r"}, "INVALID_COMMAND"),
        (Move, {**PLAIN, "source": State.INCOMING, "target": State.AVAILABLE, "reason": "r"}, "INVALID_COMMAND"),
        (Move, {**PLAIN, "source": Outside.FOUND, "target": State.AVAILABLE, "reason": "r"}, "INVALID_COMMAND"),
        (Move, {**PLAIN, "target": State.AVAILABLE, "reason": "r"}, "SAME_PLACE"),
        (Receive, {**PLAIN, "lines": (Line("A", 1, state=State.RESERVED),)}, "INVALID_COMMAND"),
        (Receive, {**PLAIN, "lines": (Line("A", 1, state=State.SOLD),)}, "INVALID_COMMAND"),
        (Receive, {**PLAIN, "lines": (Line("A", 1, state=State.INCOMING),)}, "INVALID_COMMAND"),
        (Receive, {**PLAIN, "expires_on": "2026-01-31"}, "INVALID_TIME"),
        (Receive, {**PLAIN, "expires_on": datetime(2026, 1, 31, tzinfo=UTC)}, "INVALID_TIME"),
        (Receive, {**PLAIN, "day": date(1, 1, 1)}, "INVALID_TIME"),
        (TakeBack, {**PLAIN, "lines": (Line("A", 1, state=State.SAMPLE),)}, "INVALID_COMMAND"),
        (Reserve, {**PLAIN, "priority": -1}, "INVALID_COMMAND"),
        (Reserve, {**PLAIN, "priority": 1001}, "INVALID_COMMAND"),
        (Reserve, {**PLAIN, "priority": "high"}, "INVALID_COMMAND"),
        (Reserve, {**PLAIN, "expires_at": datetime(2026, 1, 31)}, "INVALID_TIME"),  # noqa: DTZ001 - naive on purpose
        (Transfer, {**PLAIN, "target": ""}, "INVALID_TEXT"),
        (Transfer, {**PLAIN, "target": "leeds", "target_location": ""}, "INVALID_TEXT"),
        (Define, {"key": "k", "sites": (SiteLine("london"),) * (LINES_MAX + 1)}, "TOO_MANY_LINES"),
        (Define, {"key": "k", "sites": (SiteLine(""),)}, "INVALID_TEXT"),
        (Define, {"key": "k", "sites": (SiteLine("london", "n" * 501),)}, "INVALID_TEXT"),
        (Define, {"key": "k", "sites": (SiteLine("london", version=-1),)}, "INVALID_COMMAND"),
        (Define, {"key": "k", "locations": (LocationLine("", "R"),)}, "INVALID_TEXT"),
        (Define, {"key": "k", "locations": (LocationLine("london", ""),)}, "INVALID_TEXT"),
        (Define, {"key": "k", "products": (ProductLine(""),)}, "INVALID_TEXT"),
        (Define, {"key": "k", "products": (ProductLine("P", ""),)}, "INVALID_TEXT"),
        (Define, {"key": "k", "items": (ItemLine(),)}, "INVALID_COMMAND"),
        (Define, {"key": "k", "items": (ItemLine(brand="ACME", product="PIPE"),)}, "INVALID_COMMAND"),
        (Define, {"key": "k", "items": (ItemLine("A", measure=""),)}, "INVALID_TEXT"),
        (Define, {"key": "k", "items": (ItemLine("A", pick_policy="random"),)}, "INVALID_COMMAND"),
        (Define, {"key": "k", "items": (ItemLine("A", version=-1),)}, "INVALID_COMMAND"),
        (Define, {"key": "k", "items": (ItemLine(brand="A", product="B", day="today"),)}, "INVALID_TIME"),  # type: ignore[arg-type]  # hostile on purpose
    ],
)
def test_each_operation_checks_its_own_fields(kind: type, values: dict[str, Any], code: str) -> None:
    """T15: what is not well formed for an operation is refused before anything is loaded."""
    assert refusal_of(kind, **values).code == code


@pytest.mark.parametrize("value", [0, -1, 2**63, True, 1.0, "1", None, []])
def test_numbers_that_name_something_are_checked(value: Any) -> None:  # noqa: ANN401 - hostile values are of any type
    """T15: ids of reservations, transfers and postings are whole numbers from one that fit a bigint."""
    for kind, field in (
        (ReleaseReservation, "reservation"),
        (ExpireReservation, "reservation"),
        (CommitReservation, "reservation"),
        (Arrive, "transfer"),
    ):
        refused = refusal_of(kind, key="k", **{field: value})
        assert refused.facts == {"detail": f"{field} is not a whole number from 1"}
    assert refusal_of(Revert, key="k", number=value).code == "INVALID_COMMAND"
    assert Revert(key="k", number=2**63 - 1).number == 2**63 - 1


@pytest.mark.parametrize(
    "data",
    [
        {"a": 1.5},
        {"a": math.nan},
        {"a": b"x"},
        {"a": {1, 2}},
        {"a": datetime(2026, 1, 31, tzinfo=UTC)},
        {"a": 2**63},
        {"a": "\x00"},
        {"a\n": 1},
        {"": 1},
        {1: 1},
        {"a": [[[[[[[[[1]]]]]]]]]},
        {"a": "x" * DATA_BYTES_MAX},
        {"a": ["\u20ac" * 1000] * 6},
        [1],
        "text",
        7,
    ],
    ids=lambda value: ascii(value)[:24],
)
def test_data_holds_plain_json_only(data: Any) -> None:  # noqa: ANN401 - hostile values are of any type
    """T15: floats, other types, hidden characters, deep nesting and more than 16 KiB are refused."""
    refused = refusal_of(Sell, **PLAIN, data=data)

    assert refused.code == "INVALID_TEXT"
    assert refused.facts["field"] == "data"


def test_data_is_kept_as_it_came() -> None:
    """Every kind of JSON value passes, up to the limits of depth and size."""
    data = MappingProxyType(
        {"a": [None, True, -(2**63) + 1, "", "two\nlines", {"b": ()}], "deep": [[[[[[[1]]]]]]], "\u00e4": "\U0001f950"}
    )
    largest = {"a": "x" * (DATA_BYTES_MAX - len('{"a":""}'))}

    assert Sell(**PLAIN, data=data).data is data
    assert Sell(**PLAIN, data=largest).data is largest


def test_who_sends_it_does_not_make_it_another_act() -> None:
    """R4: key and actor are no part of the fingerprint; everything that is asked for is."""
    sale = Sell(**PLAIN)
    others = [
        Sell(**{**PLAIN, "site": "leeds"}),
        Sell(**{**PLAIN, "lines": (Line("A", SCALE + 1),)}),
        Sell(**{**PLAIN, "lines": (Line("A", SCALE, lot="L"),)}),
        Sell(**{**PLAIN, "lines": (Line("A", SCALE, location="L"),)}),
        Sell(**{**PLAIN, "lines": (Line("A", SCALE, unit="L"),)}),
        Sell(**{**PLAIN, "lines": (Line("A", SCALE, version=0),)}),
        Sell(**{**PLAIN, "lines": ONE * 2}),
        Sell(**PLAIN, reason="r"),
        Sell(**PLAIN, document_type="r"),
        Sell(**PLAIN, document_id="r"),
        Sell(**PLAIN, data={}),
        Sell(**PLAIN, data={"a": 1}),
        Sell(**PLAIN, occurred_at=datetime(2026, 1, 31, tzinfo=UTC)),
        Reserve(**PLAIN),
        TakeBack(**PLAIN),
        TakeBack(**{**PLAIN, "lines": (Line("A", SCALE, state=State.DEFECTIVE),)}),
    ]

    assert sale.fingerprint() == Sell(**{**PLAIN, "key": "other"}, actor="bob").fingerprint()
    assert len({command.fingerprint() for command in (sale, *others)}) == len(others) + 1


def test_what_is_not_told_is_left_out() -> None:
    """R4: a field that is None has no part in the content, so a field added later leaves old fingerprints alone."""
    assert content_of(Sell(**PLAIN)) == {"site": "london", "lines": [("A", SCALE)]}
    assert content_of(CommitReservation(key="k", reservation=3)) == {"reservation": 3, "lines": []}
    assert content_of(Sell(**{**PLAIN, "lines": (Line("A", 1, None, "R-1"),)}))["lines"] == [("A", 1, None, "R-1")]
