"""Text and times: what is visible and bounded comes in unchanged, all else is refused."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from onhand.kernel.refusals import Refused
from onhand.kernel.text import CODE_LENGTH_MAX, NOTE_LENGTH_MAX, check_code, check_day, check_note, check_time

HOSTILE = {
    "empty": "",
    "NUL": "a\x00b",
    "line feed": "a\nb",
    "carriage return": "a\r\nX-Header: b",
    "escape": "a\x1b[31m",
    "delete": "a\x7f",
    "next line": "a\x85b",
    "lone surrogate": "a\ud800",
    "byte order mark": "\ufeffa",
    "zero width space": "a\u200bb",
    "zero width joiner": "a\u200db",
    "word joiner": "a\u2060b",
    "soft hyphen": "a\u00adb",
    "bidi override": "a\u202eb",
    "bidi isolate": "a\u2066b",
    "line separator": "a\u2028b",
    "paragraph separator": "a\u2029b",
    "private use": "a\ue000b",
    "unassigned": "a\uffffb",
    "trailing space": "a ",
    "leading space": " a",
    "trailing no-break space": "a\u00a0",
    "leading tab": "\ta",
    "only a space": " ",
    "too long": "x" * (CODE_LENGTH_MAX + 1),
    "ten thousand characters": "x" * 10_000,
}


@pytest.mark.parametrize(
    "value",
    [
        "85123A",
        "a",
        "x" * CODE_LENGTH_MAX,
        "R-1/S 2",
        "Bj\u00f8rn \u00c5ngstr\u00f6m",
        "\u5317\u4eac",
        "\U0001f950",
        "'; DROP TABLE holding; --",
        "<script>alert(1)</script>",
        "=HYPERLINK(1)",
        "../../etc/passwd",
        "{field}",
        "%s",
    ],
)
def test_visible_text_comes_in_as_it_is(value: str) -> None:
    """T15: text is never changed and never interpreted; injection is the business of who writes it out."""
    assert check_code(value, "sku") == value


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_is_no_code(value: str) -> None:
    """T15: control, invisible and unprintable characters, spaces at the ends and wrong lengths are refused."""
    with pytest.raises(Refused) as caught:
        check_code(value, "sku")

    assert caught.value.code == "INVALID_TEXT"
    assert caught.value.facts["field"] == "sku"
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 120


@pytest.mark.parametrize("value", [None, 1, True, 1.5, b"a", ["a"], {"a": 1}])
def test_what_is_no_text_is_refused(value: object) -> None:
    """T15: a code or a note of another type is refused with the name of its type."""
    for check in (check_code, check_note):
        with pytest.raises(Refused) as caught:
            check(value, "sku")

        assert caught.value.code == "INVALID_TEXT"
        assert type(value).__name__ in str(caught.value)


def test_a_kind_of_text_is_text() -> None:
    """A word of an enumeration is text, checked like any other."""

    class Sku(str):
        __slots__ = ()

    assert check_code(Sku("85123A"), "sku") == "85123A"
    with pytest.raises(Refused):
        check_code(Sku("85123A "), "sku")


def test_a_homoglyph_is_another_code() -> None:
    """T15: a Cyrillic letter that looks Latin is kept as it is, so the two codes never meet."""
    assert check_code("\u0410", "sku") != check_code("A", "sku")


@pytest.mark.parametrize(
    "value", ["two\nlines", "\ttabbed", " spaced ", "a\r\nb", "x" * NOTE_LENGTH_MAX, "caf\u00e9\n"]
)
def test_a_note_may_have_lines(value: str) -> None:
    """Free text keeps line breaks, tabs and spaces at its ends."""
    assert check_note(value, "reason") == value


@pytest.mark.parametrize("value", ["", "a\x00", "a\x1b", "\u202ea", "a\ud800", "\u2028", "x" * (NOTE_LENGTH_MAX + 1)])
def test_a_note_holds_no_invisible_character(value: str) -> None:
    """T15: free text is as strict as a code about everything but its layout."""
    with pytest.raises(Refused) as caught:
        check_note(value, "reason")

    assert caught.value.code == "INVALID_TEXT"


@pytest.mark.parametrize(
    ("value", "utc"),
    [
        (datetime(2026, 1, 31, 12, tzinfo=UTC), datetime(2026, 1, 31, 12, tzinfo=UTC)),
        (datetime(2026, 1, 31, 12, tzinfo=timezone(timedelta(hours=5))), datetime(2026, 1, 31, 7, tzinfo=UTC)),
        (datetime(1970, 1, 1, tzinfo=UTC), datetime(1970, 1, 1, tzinfo=UTC)),
        (datetime(9998, 12, 31, tzinfo=UTC), datetime(9998, 12, 31, tzinfo=UTC)),
    ],
)
def test_a_time_is_kept_in_utc(value: datetime, utc: datetime) -> None:
    """T11: an aware time of any zone is the same instant in UTC."""
    checked = check_time(value, "occurred_at")

    assert checked == utc
    assert checked.tzinfo is UTC


@pytest.mark.parametrize(
    "value",
    [
        datetime(2026, 1, 31, 12),  # noqa: DTZ001 - naive on purpose
        datetime(1969, 12, 31, tzinfo=UTC),
        datetime(9999, 1, 1, tzinfo=UTC),
        datetime.max.replace(tzinfo=timezone(timedelta(hours=-12))),
        "2026-01-31",
        "infinity",
        "now",
        0,
        None,
        date(2026, 1, 31),
    ],
    ids=str,
)
def test_what_is_no_time_is_refused(value: object) -> None:
    """T15: naive times, times out of range and everything else are refused."""
    with pytest.raises(Refused) as caught:
        check_time(value, "occurred_at")

    assert caught.value.code == "INVALID_TIME"
    assert caught.value.facts["field"] == "occurred_at"


def test_a_day_is_a_date_within_the_years() -> None:
    """T15: a day is a plain date; a time, a text or a year that no code can show is refused."""
    assert check_day(date(2026, 1, 31), "day") == date(2026, 1, 31)
    for value in (datetime(2026, 1, 31, tzinfo=UTC), "2026-01-31", None, date(1, 1, 1), date(9999, 1, 1)):
        with pytest.raises(Refused) as caught:
            check_day(value, "day")
        assert caught.value.code == "INVALID_TIME"
