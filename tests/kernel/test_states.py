"""The states and the outside: their numbers and words are part of the database and of the sealed journal."""

import pytest

from onhand.kernel.states import ON_HAND, STATES, WORDS, Outside, State, end_named


def test_the_numbers_never_change() -> None:
    """A number is an index into balances and its word is hashed, so both are written down here once more."""
    assert WORDS == (
        "available",
        "reserved",
        "sold",
        "quarantine",
        "hold",
        "incoming",
        "defective",
        "sample",
        "supplier",
        "customer",
        "used",
        "made",
        "loss",
        "found",
        "elsewhere",
    )
    assert [*State, *Outside] == list(range(15))


def test_a_word_names_its_end() -> None:
    """Each word finds the end that bears it, and no other word finds one."""
    assert [end_named(word) for word in WORDS] == [*State, *Outside]
    assert isinstance(end_named("hold"), State)
    assert isinstance(end_named("loss"), Outside)
    with pytest.raises(KeyError):
        end_named("Available")


def test_what_is_on_hand() -> None:
    """L11: on hand are five of the eight states; the first eight ends are states."""
    assert [state.name.lower() for state in ON_HAND] == ["available", "reserved", "sold", "quarantine", "hold"]
    assert len(State) == STATES == 8
    assert all(end >= STATES for end in Outside)
