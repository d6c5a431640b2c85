"""Strict JSON: one reader for all that somebody else wrote."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onhand.kernel.strict_json import read_json, read_object, read_spelled_json

WRONG = [
    ('{"sku": "A", "sku": "B"}', "a member stands twice in one object"),
    ('{"data": {"a": 1, "a": 1}}', "a member stands twice in one object"),
    ('{"quantity": NaN}', "NaN is no number of JSON"),
    ('{"quantity": -Infinity}', "-Infinity is no number of JSON"),
    ('{"quantity": 1.0}', "1.0 is a float; write decimals as text"),
    ('{"quantity": 1e5}', "1e5 is a float; write decimals as text"),
    ('{"quantity": -0}', "-0 is no whole number"),
    ('{"quantity": 99999999999999999999}', "a number has more than 64 bits"),
    ('{"sku": "A"} {"sku": "B"}', "Extra data"),
    ('{"sku": "A"}x', "Extra data"),
    ('{"sku": ' + "[" * 100_000, "it is nested too deeply"),
    ("{'sku': 1}", "Expecting property name"),
    ("", "Expecting value"),
]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63) + 1, 2**63 - 1) | st.text(max_size=5),
    lambda parts: st.lists(parts, max_size=3) | st.dictionaries(st.text(max_size=3), parts, max_size=3),
    max_leaves=5,
)


@pytest.mark.parametrize(("text", "reason"), WRONG)
def test_what_is_not_strict_is_refused_with_its_reason(text: str, reason: str) -> None:
    """L6: members told twice, constants, floats, long numbers, what stands behind, and depth without an end."""
    with pytest.raises(ValueError, match=reason):
        read_json(text)


@given(value=VALUES)
@settings(max_examples=50)
def test_whatever_is_strict_is_read_as_it_was_written(value: object) -> None:
    """What has no float in it comes back, whatever blanks stand around it."""
    assert read_json(json.dumps(value)) == read_json(f" {json.dumps(value, indent=1)}\n") == value


def test_an_object_is_bounded_and_no_other_value() -> None:
    """A text of its length limit is read, one character more is not, and neither is a list."""
    text = '{"sku": "A"}'

    assert read_object(text, len(text)) == {"sku": "A"}
    with pytest.raises(ValueError, match="it is longer than 11 characters"):
        read_object(text, len(text) - 1)
    with pytest.raises(ValueError, match="it is not an object"):
        read_object("[]", 100)


def test_numbers_can_keep_their_spelling() -> None:
    """A document is kept as it was written, as strictly for all but its numbers."""
    assert read_spelled_json('{"thc": 21.50, "count": 3}', str) == {"thc": "21.50", "count": "3"}
    for text, reason in WRONG:
        if "NaN" in text or "twice" in reason or "nested" in reason:
            with pytest.raises(ValueError, match=reason):
                read_spelled_json(text, str)
