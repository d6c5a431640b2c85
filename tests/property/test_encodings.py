"""Laws of spelling: quantities go round, and no two postings are spelled alike."""

from datetime import UTC, datetime
from decimal import Decimal

from hypothesis import example, given, settings
from hypothesis import strategies as st

from onhand.kernel.canonical import canonical_json, posting_text
from onhand.kernel.command import Line, check_data
from onhand.kernel.holding import Place
from onhand.kernel.posting import Change, Movement, Posting
from onhand.kernel.quantity import QUANTITY_MAX, SCALE, parse_quantity, quantity_text
from onhand.kernel.refusals import Refused
from onhand.kernel.states import Outside, State
from onhand.kernel.stock.sell import Sell

LAW = settings(max_examples=200, deadline=None)
QUANTITIES = st.integers(-QUANTITY_MAX, QUANTITY_MAX) | st.integers(-3 * SCALE, 3 * SCALE)


@LAW
@given(QUANTITIES)
@example(QUANTITY_MAX)
@example(-QUANTITY_MAX)
def test_a_quantity_goes_round(millionths: int) -> None:
    """Writing and reading again gives the same number, and its text has one spelling."""
    text = quantity_text(millionths)

    assert parse_quantity(text) == millionths
    assert parse_quantity(Decimal(text)) == millionths
    assert Decimal(text) * SCALE == millionths
    assert text == format(Decimal(text).normalize() + 0, "f")


@LAW
@given(st.integers(-9_000_000_000_000, 9_000_000_000_000))
def test_whole_units_are_plain_integers(units: int) -> None:
    """An integer means whole units, as its text does."""
    assert parse_quantity(units) == units * SCALE == parse_quantity(str(units))


@LAW
@given(
    st.text(max_size=40)
    | st.from_regex(r"[-+]?[0-9_]{0,30}\.?[0-9]{0,8}([eE][0-9]+)?")
    | st.decimals()
    | st.floats()
    | st.integers()
    | st.binary(max_size=4)
)
def test_whatever_comes_is_a_number_or_refused(value: object) -> None:
    """T15: reading never fails otherwise, and what it reads is exact."""
    try:
        answer: int | Refused = parse_quantity(value)
    except Refused as refused:
        answer = refused

    if isinstance(answer, Refused):
        assert answer.code in {"INVALID_QUANTITY", "QUANTITY_TOO_LARGE"}
        assert str(answer)
    else:
        assert isinstance(value, int | str | Decimal)
        assert Decimal(value) * SCALE == answer
        assert abs(answer) <= QUANTITY_MAX


# ---- postings

TEXTS = st.text(st.sampled_from('ab"\\,[]{}:\n1\u00e9'), max_size=4)
NUMBERS = st.integers(0, 12)
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXTS, inner, max_size=2),
    max_leaves=4,
)
ENDS = st.sampled_from([*State, *Outside])
TIMES = st.sampled_from([datetime(2026, 1, 31, hour, tzinfo=UTC) for hour in (0, 1)])
SNAPSHOTS = st.dictionaries(TEXTS, JSON, max_size=2)
POSTINGS = st.builds(
    Posting,
    number=NUMBERS,
    kind=TEXTS,
    key=TEXTS,
    fingerprint=st.binary(min_size=16, max_size=16),
    actor=TEXTS,
    recorded_at=TIMES,
    occurred_at=TIMES,
    movements=st.lists(
        st.builds(Movement, NUMBERS, st.just(Place("s", "A")), ENDS, ENDS, NUMBERS, st.just((0,) * 8)), max_size=2
    ).map(tuple),
    changes=st.lists(st.builds(Change, TEXTS, NUMBERS, TEXTS, st.none() | SNAPSHOTS, SNAPSHOTS), max_size=2).map(tuple),
    reason=st.none() | TEXTS,
    document_type=st.none() | TEXTS,
    document_id=st.none() | TEXTS,
    reverts=st.lists(NUMBERS, max_size=2).map(tuple),
    data=st.none() | SNAPSHOTS,
)


def said(value: object) -> object:
    """Turn what is sealed into nested tuples that tell 1 from True and a list from a mapping."""
    if isinstance(value, dict):
        return ("mapping", *sorted((name, said(part)) for name, part in value.items()))
    if isinstance(value, list | tuple):
        return ("list", *map(said, value))
    return (type(value).__name__, repr(value))


def facts(posting: Posting) -> object:
    """List all of a posting that is sealed: everything but places, balances, its hash and whether it is replayed."""
    names = [name for name in Posting.__slots__ if name not in {"movements", "hash", "replayed"}]
    moved = [
        (movement.holding_id, movement.source, movement.target, movement.quantity) for movement in posting.movements
    ]
    return said([*(getattr(posting, name) for name in names), moved])


@LAW
@given(st.lists(POSTINGS, min_size=2, max_size=6))
def test_no_two_postings_are_spelled_alike(postings: list[Posting]) -> None:
    """B8: two postings have the same canonical text only if they say the same, so a hash seals what was said."""
    texts = [posting_text(1, posting) for posting in postings]

    for left, left_text in zip(postings, texts, strict=True):
        for right, right_text in zip(postings, texts, strict=True):
            assert (left_text == right_text) == (facts(left) == facts(right))


@LAW
@given(POSTINGS, TEXTS, TEXTS, st.sampled_from(["kind", "key", "actor", "reason", "document_type", "document_id"]))
def test_one_field_more_or_less_is_seen(posting: Posting, before: str, after: str, field: str) -> None:
    """B8: text cannot be pushed from one field into its neighbour, and nothing is not the word for it."""
    values = {name: getattr(posting, name) for name in Posting.__slots__}
    spelled = {
        value: posting_text(1, Posting(**{**values, field: value})) for value in {before, after, "null", "None", ""}
    }

    assert len(set(spelled.values())) == len(spelled)
    assert posting_text(1, posting) != posting_text(11, posting)


@LAW
@given(JSON, JSON)
def test_canonical_json_is_one_to_one(left: object, right: object) -> None:
    """Two values are spelled alike only if they are the same, kinds included."""
    assert (canonical_json(left) == canonical_json(right)) == (said(left) == said(right))


@LAW
@given(
    st.dictionaries(st.sampled_from("abc"), JSON, max_size=3), st.dictionaries(st.sampled_from("abc"), JSON, max_size=3)
)
def test_other_data_is_another_act(left: dict[str, object], right: dict[str, object]) -> None:
    """R4: a retry under the same key with other data has another fingerprint."""
    for data in (left, right):
        try:
            check_data(data)
        except Refused:
            return
    prints = [Sell(key="k", site="s", lines=(Line("A", 1),), data=data).fingerprint() for data in (left, right)]

    assert (prints[0] == prints[1]) == (said(left) == said(right))
