"""
The canonical spelling of a posting, its hash and its fingerprint: test vectors, and a second implementation.

Whoever verifies a journal without onhand can write their own from these.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from types import MappingProxyType
from typing import Any

import pytest

from onhand.kernel.canonical import (
    GENESIS,
    canonical_json,
    fingerprint_of,
    key_hash,
    microseconds,
    posting_hash,
    posting_text,
)
from onhand.kernel.command import Line
from onhand.kernel.holding import Place
from onhand.kernel.posting import Change, Movement, Posting
from onhand.kernel.promises.reserve import Reserve
from onhand.kernel.states import Outside, State
from onhand.kernel.stock.sell import Sell
from onhand.kernel.stock.site import Site

PLACE = Place("london", "85123A")
PLAIN = Posting(
    number=1,
    kind="receive",
    key="po-1",
    fingerprint=bytes(range(16)),
    actor="ann",
    recorded_at=datetime(2026, 1, 31, 12, 0, 0, 250_000, tzinfo=UTC),
    occurred_at=datetime(2026, 1, 31, 11, 59, 59, tzinfo=UTC),
    movements=(Movement(3, PLACE, Outside.SUPPLIER, State.AVAILABLE, 600_000_000, (600_000_000, 0, 0, 0, 0, 0, 0, 0)),),
)
PLAIN_TEXT = (
    '[1,1,1,"receive","po-1","000102030405060708090a0b0c0d0e0f","ann",null,null,null,'
    '1769860799000000,1769860800250000,[],null,[[3,"supplier","available",600000000]],[]]'
)
RICH = Posting(
    number=42,
    kind="revert",
    key='till-7/"000124"',
    fingerprint=bytes.fromhex("ff" * 16),
    actor="Bj\u00f8rn",
    recorded_at=datetime(1970, 1, 1, tzinfo=UTC),
    occurred_at=datetime(1970, 1, 1, 1, tzinfo=timezone(timedelta(hours=2))),
    reason='voided:\n\tback\\slash "quoted" \U0001f950',
    document_type="invoice",
    document_id="536365",
    reverts=(41, 7),
    data={"b": [1, -2, True, None], "a": {"z": "", "\u00e4": "x"}, "A": False},
    movements=(
        Movement(3, PLACE, State.AVAILABLE, Outside.ELSEWHERE, 1, (0,) * 8),
        Movement(9, PLACE, Outside.ELSEWHERE, State.INCOMING, 1, (0,) * 8, 0, 5, 7),
        Movement(9, PLACE, Outside.FOUND, State.AVAILABLE, 2, (0,) * 8, 12_500_000, 12_500_000, 6_250_000),
        Movement(9, PLACE, State.AVAILABLE, Outside.LOSS, 1, (0,) * 8, -1),
    ),
    changes=(
        Change("site", 2, "created", None, Site(id=2, code="london", name="L/D").snapshot()),
        Change("holding", 3, "policy", {"floor": 0, "id": 3}, {"id": 3, "floor": -5}),
    ),
)
RICH_TEXT = (
    '[1,7,42,"revert","till-7/\\"000124\\"","ffffffffffffffffffffffffffffffff","Bj\u00f8rn",'
    '"voided:\\n\\tback\\\\slash \\"quoted\\" \U0001f950","invoice","536365",-3600000000,0,[41,7],'
    '{"A":false,"a":{"z":"","\u00e4":"x"},"b":[1,-2,true,null]},'
    '[[3,"available","elsewhere",1],[9,"elsewhere","incoming",1],[9,"found","available",2,12500000],'
    '[9,"available","loss",1,-1]],'
    '[["site",2,"created",null,{"code":"london","id":2,"name":"L/D","retired":false,"version":1}],'
    '["holding",3,"policy",{"floor":0,"id":3},{"floor":-5,"id":3}]]]'
)
VECTORS = [
    (GENESIS, 1, PLAIN, PLAIN_TEXT, "fe41ab8b2b8672ba630a785bb299a141569cd9f25712c4cf93fc6aedad17af9d"),
    (bytes.fromhex("0b" * 32), 7, RICH, RICH_TEXT, "e4c5ccbdcf913890afb8793e413ff01713960b646422f14dd92956a385ac4550"),
]


def plainly(value: object) -> str:
    """Write JSON by hand: the second implementation, which shares nothing with the first."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            return str(int(value))
        case str():
            short = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\f": "\\f", "\b": "\\b"}
            return '"' + "".join(short.get(c, f"\\u{ord(c):04x}" if c < " " else c) for c in value) + '"'
        case Mapping():
            return "{" + ",".join(f"{plainly(name)}:{plainly(value[name])}" for name in sorted(value)) + "}"
        case list() | tuple():
            return "[" + ",".join(map(plainly, value)) + "]"
        case _:
            raise TypeError(type(value))


def plain_posting(org_id: int, posting: Posting) -> list[object]:
    """List what a posting's canonical spelling says, by the docstring of the first implementation."""
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    times = [
        (time - epoch).days * 86_400_000_000 + (time - epoch).seconds * 1_000_000 + (time - epoch).microseconds
        for time in (posting.occurred_at, posting.recorded_at)
    ]
    head = [1, org_id, posting.number, posting.kind, posting.key, posting.fingerprint.hex(), posting.actor]
    return [
        *head,
        posting.reason,
        posting.document_type,
        posting.document_id,
        *times,
        posting.reverts,
        posting.data,
        [
            [
                *(line.holding_id, line.source.name.lower(), line.target.name.lower(), line.quantity),
                *([line.value] if line.value else []),
            ]
            for line in posting.movements
        ],
        [tuple(change) for change in posting.changes],
    ]


@pytest.mark.parametrize(("previous", "org_id", "posting", "text", "digest"), VECTORS, ids=["plain", "rich"])
def test_a_posting_has_one_spelling(previous: bytes, org_id: int, posting: Posting, text: str, digest: str) -> None:
    """B8: the bytes and the hash of fixed postings are these, for ever, and a second implementation agrees."""
    assert posting_text(org_id, posting) == text
    assert plainly(plain_posting(org_id, posting)) == text
    assert json.loads(text)[2] == posting.number

    sealed = posting_hash(previous, org_id, posting)

    assert sealed == hashlib.sha256(previous + text.encode("utf-8")).digest()
    assert sealed.hex() == digest


def test_the_place_and_the_balances_are_not_sealed() -> None:
    """What follows from the movements is not hashed, since folding them shows it; `replayed` is no fact at all."""
    moved = PLAIN.movements[0]._replace(place=Place("leeds", "B"), balances=(0,) * 8, value_held=5, unit_cost=7)
    other = Posting(
        number=1,
        kind="receive",
        key="po-1",
        fingerprint=bytes(range(16)),
        actor="ann",
        recorded_at=PLAIN.recorded_at,
        occurred_at=PLAIN.occurred_at.astimezone(timezone(timedelta(hours=-3))),
        movements=(moved,),
        replayed=True,
        hash=b"x",
    )

    assert posting_text(1, other) == PLAIN_TEXT


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": 1, "a": 2}, '{"a":2,"b":1}'),
        (MappingProxyType({"b": MappingProxyType({"y": 1, "x": 2})}), '{"b":{"x":2,"y":1}}'),
        ((1, [2], ()), "[1,[2],[]]"),
        (date(2026, 1, 31), '"2026-01-31"'),
        (datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC), "1000000"),
        (State.HOLD, "4"),
        ("\x1f\x7f/\u20ac", '"\\u001f\x7f/\u20ac"'),
    ],
)
def test_canonical_json(value: object, text: str) -> None:
    """Members are sorted, nothing is spaced, strings are escaped only where JSON demands it."""
    assert canonical_json(value) == text


def test_not_a_number_has_no_spelling() -> None:
    """What JSON cannot hold is not written."""
    with pytest.raises(ValueError, match="JSON"):
        canonical_json(float("nan"))


def test_microseconds_are_exact_far_away() -> None:
    """Times are counted in whole microseconds, exact where a float would round."""
    far = datetime(9998, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)

    assert microseconds(far) == 253_370_764_799_999_999
    assert microseconds(datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)) == -1


def test_fingerprints_are_written_down() -> None:
    """R4: a fingerprint is kept for ever, so those of fixed commands are these."""
    sell = Sell(key="k", site="london", lines=(Line("A", 6_000_000), Line("B", 1, "L-1")))
    reserve = Reserve(
        key="k",
        site="london",
        lines=(Line("A", 1, None, "R-1", None, None, 3),),
        expires_at=datetime(2026, 2, 1, tzinfo=UTC),
        reason="web",
    )

    assert plainly(["sell", {"site": "london", "lines": [["A", 6_000_000], ["B", 1, "L-1"]]}]) == (
        '["sell",{"lines":[["A",6000000],["B",1,"L-1"]],"site":"london"}]'
    )
    asked: list[tuple[bytes, list[Any]]] = [
        (sell.fingerprint(), ["sell", {"site": "london", "lines": [["A", 6_000_000], ["B", 1, "L-1"]]}]),
        (
            reserve.fingerprint(),
            [
                "reserve",
                {
                    "site": "london",
                    "lines": [["A", 1, None, "R-1", None, None, 3]],
                    "expires_at": 1_769_904_000_000_000,
                    "priority": 0,
                    "reason": "web",
                },
            ],
        ),
    ]
    for fingerprint, content in asked:
        assert fingerprint == hashlib.blake2b(plainly(content).encode(), digest_size=16).digest()
        assert fingerprint == fingerprint_of(content[0], content[1])
    assert sell.fingerprint().hex() == "ccb934cdb8ed6d4cdf30c67f50f28747"
    assert key_hash("till-7/000123").hex() == "df9acbe92ae97e0e8bfba4dcc06cf7a1"
