"""Metadata of lots: each limit, what labs write, and all the real certificates that there are."""

import gzip
import json
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from onhand.kernel.canonical import canonical_json
from onhand.kernel.command import LINES_MAX
from onhand.kernel.lots.certificates import Number, Numbered, acceptable, contradictions, kept, of_sample, original
from onhand.kernel.lots.lot_metadata import LotMetadata
from onhand.kernel.lots.metadata import BYTES_MAX, number_of, problems_of
from onhand.kernel.lots.set_lot_metadata import SetLotMetadata
from onhand.kernel.lots.set_lots_metadata import SetLotsMetadata
from onhand.kernel.refusals import Refused
from onhand.kernel.stock.receive import Receive
from onhand.kernel.stock.revert import Revert
from tests.property.world import furnished, lines

LABS = ["ND", "<0.1", "<100 CFU/g", "BQL *", "13.1 ppm", "-", "TNTC"]
"""What labs write where there is no number."""


@pytest.mark.parametrize(
    "metadata",
    [
        {},
        *({field: value} for field in ("thc", "cbd") for value in ("0", "0.01", "99.99", "100", "100.00", *LABS)),
        {"terpenes": []},
        {"terpenes": [{"name": "x" * 100, "percentage": "2.11"}, {"name": "linalool", "percentage": "ND"}]},
        {"harvest_code": "x"},
        {"harvest_code": "x" * 99},
        {"harvest_code": "x" * 100},
        {"notes": "x" * 999},
        {"notes": "x" * 1000},
        {"certificate_url": "https://lab.example/1"},
        {"certificate_url": "http://" + "x" * 993},
        {"custom": {"moisture": "11.2", "tags": ["a", None, True, 7], "deep": {"er": {}}}},
        {"thc": None, "notes": None},
    ],
    ids=lambda metadata: canonical_json(metadata)[:60],
)
def test_what_is_acceptable(metadata: dict[str, Any]) -> None:
    """L12: percentages from 0 to 100, what labs write instead, and texts up to their limits are taken."""
    assert problems_of(metadata) == []


@pytest.mark.parametrize(
    ("metadata", "field"),
    [
        *(({field: value}, field) for field in ("thc", "cbd") for value in ("-0.01", "100.01", "", 5, 0.5, "x" * 101)),
        ({"terpenes": "linalool"}, "terpenes"),
        ({"terpenes": [{"name": "x"}]}, "terpenes[0]"),
        ({"terpenes": [{"name": "", "percentage": "1"}]}, "terpenes[0].name"),
        ({"terpenes": [{"name": "x" * 101, "percentage": "1"}]}, "terpenes[0].name"),
        ({"terpenes": [{"name": "x", "percentage": "101"}]}, "terpenes[0].percentage"),
        ({"harvest_code": ""}, "harvest_code"),
        ({"harvest_code": "x" * 101}, "harvest_code"),
        ({"notes": "x" * 1001}, "notes"),
        ({"notes": "a\x00b"}, "notes"),
        ({"certificate_url": "ftp://lab.example"}, "certificate_url"),
        ({"certificate_url": "javascript:alert(1)"}, "certificate_url"),
        ({"certificate_url": "http://" + "x" * 994}, "certificate_url"),
        ({"custom": {"a": 0.5}}, "custom.a"),
        ({"custom": ["a"]}, "custom"),
        ({"custom": {"a": 2**63}}, "custom.a"),
        ({"custom": {"a": "\ud800"}}, "custom.a"),
        ({"thd": "1"}, "thd"),
        ({"custom": {"a": "x" * BYTES_MAX}}, "metadata"),
        ("text", "metadata"),
        (None, "metadata"),
    ],
    ids=str,
)
def test_what_is_not(metadata: object, field: str) -> None:
    """L12: what is above a limit, unknown, of another kind or too large is told with its field, and never raises."""
    assert [problem.field for problem in problems_of(metadata)] == [field]


@pytest.mark.parametrize(("value", "number"), [("0", 0), ("14.32", Decimal("14.32")), *((text, None) for text in LABS)])
def test_what_is_not_a_number_is_none(value: str, number: object) -> None:
    """L12: "ND" is not zero."""
    assert number_of(value) == number
    assert number_of({"number": value}) == number


def test_metadata_of_a_lot_is_kept_changed_and_undone() -> None:
    """L12, P8: metadata is told once, changed where it differs, and undone like everything else."""
    world = furnished()
    world.execute(Receive(key="po", site="london", lines=lines(("A", 1, "L-1"))))

    def told(key: str, **metadata: object) -> list[str]:
        posting = world.execute(SetLotMetadata(key=key, sku="A", lot="L-1", metadata=metadata))
        return [change.action for change in posting.changes]

    assert (told("1", thc="ND"), told("2", thc="ND"), told("3", thc="0")) == (["created"], [], ["told"])
    world.execute(Revert(key="u", number=5))
    (kept_one,) = [entity for entity in world.book.entities.values() if isinstance(entity, LotMetadata)]
    assert kept_one.facts == {"thc": "ND"}
    with pytest.raises(Refused, match="field thc, detail '101' is not from 0 to 100; field notes"):
        told("4", thc="101", notes="")


def test_many_lots_are_told_at_once_or_none() -> None:
    """L12, B24: the metadata of many lots is one act: one that is refused leaves nothing behind."""
    world = furnished()
    world.execute(Receive(key="po", site="london", lines=(*lines(("A", 1, "L-1")), *lines(("A", 1, "L-2")))))

    def telling(*lots: str) -> tuple[SetLotMetadata, ...]:
        return tuple(SetLotMetadata(key=lot, sku="A", lot=lot, metadata={"thc": "ND"}) for lot in lots)

    with pytest.raises(Refused, match="L-9"):
        world.execute(SetLotsMetadata(key="1", told=telling("L-1", "L-9")))
    assert not [entity for entity in world.book.entities.values() if isinstance(entity, LotMetadata)]
    posting = world.execute(SetLotsMetadata(key="2", told=telling("L-1", "L-2")))
    assert [change.action for change in posting.changes] == ["created", "created"]


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ((), "INVALID_COMMAND"),
        (("L-1",), "INVALID_COMMAND"),
        ((SetLotMetadata(key="k", sku="A", lot="L", metadata={}),) * (LINES_MAX + 1), "TOO_MANY_LINES"),
    ],
    ids=["nothing", "no metadata", "too many"],
)
def test_many_lots_that_cannot_be_told(told: Any, code: str) -> None:  # noqa: ANN401 - also what is none
    """L12: nothing, what is no metadata, and more than a command may hold are refused; the most it may hold is not."""
    with pytest.raises(Refused) as refused:
        SetLotsMetadata(key="k", told=told)

    assert refused.value.code == code
    if code == "TOO_MANY_LINES":
        assert len(SetLotsMetadata(key="k", told=told[:-1]).told) == LINES_MAX


def test_certificates_of_one_sample_are_kept_together() -> None:
    """L12: the last certificate counts, those before that differ are kept, repetitions are not."""
    first, last = {"sample_id": "S", "thc": "1"}, {"sample_id": "S", "thc": "2"}

    alone, _ = of_sample([last])
    repeated, _ = of_sample([last, last])
    differing, _ = of_sample([first, last])

    assert alone == repeated == {"certificate": last}
    assert differing == {"certificate": last, "custom": {"certificates_before": [first]}}


@pytest.mark.parametrize("value", ["9" * 13, "1e5", "1,5", None, 5, {"number": "x"}, {"number": 5}])
def test_what_is_no_number_is_none(value: object) -> None:
    """L12: whatever is not spelled as a plain decimal of bounded length is no number."""
    assert number_of(value) is None


# ---- real certificates


@pytest.fixture(scope="module")
def certificates(shared: Path) -> list[Numbered]:
    """All certificates, each number in its own spelling."""
    with gzip.open(shared / "data" / "ma-lab-results" / "lab_results.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [
            Numbered(line, json.loads(text, parse_int=Number, parse_float=Number))
            for line, text in enumerate(lines, start=1)
        ]


def test_every_real_certificate_becomes_metadata(certificates: list[Numbered]) -> None:
    """L12: all certificates map to acceptable metadata; what cannot be a percentage is told; no field is lost."""
    problems: Counter[str] = Counter()
    for numbered in certificates:
        metadata, told = acceptable(numbered.certificate)
        problems.update(problem.field for problem in told)
        assert problems_of(metadata) == []
        through = json.loads(canonical_json(metadata))
        back = original(through["certificate"])
        assert back == numbered.certificate
        assert spelled(back) == spelled(numbered.certificate)

    assert len(certificates) == 6693
    assert problems == {"cbd": 5, "thc": 1}


def test_what_is_no_number_stays_what_it_is(certificates: list[Numbered]) -> None:
    """L12: each text in the place of a value comes through as that text, and no text becomes a number or zero."""
    texts: Counter[str] = Counter()
    for numbered in certificates:
        results = numbered.certificate["results"]
        for result, kept_result in zip(results, kept(numbered.certificate)["results"], strict=True):
            value = result.get("value")
            if isinstance(value, Number):
                assert kept_result["value"] == {"number": str(value)}
                assert number_of(kept_result["value"]) is not None or "e" in value
            elif isinstance(value, str):
                texts[value] += 1
                assert kept_result["value"] == value
                assert not isinstance(kept_result["value"], dict)

    assert texts["ND"] > 0
    assert any(text.startswith("<") for text in texts)


def test_contradictions_between_repeated_samples_are_told(certificates: list[Numbered]) -> None:
    """L12: of samples that repeat, each field that differs is told with lines and values; what agrees is not."""
    found = contradictions(certificates)

    times = Counter(str(part.certificate["sample_id"]) for part in certificates)
    repeated = {sample for sample, count in times.items() if count > 1}
    assert repeated
    assert found
    assert {contradiction.sample for contradiction in found} <= repeated
    by_line = {numbered.line: numbered.certificate for numbered in certificates}
    for contradiction in found:
        assert len(set(map(repr, contradiction.values))) > 1
        if not contradiction.field.startswith("results."):
            told = tuple(by_line[line].get(contradiction.field) for line in contradiction.lines)
            assert told == contradiction.values
    assert contradictions([certificates[0], certificates[0]._replace(line=2)]) == []


def spelled(value: object) -> str:
    """Write a certificate down with the kind of each part."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{name}:{spelled(part)}" for name, part in sorted(value.items())) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(spelled, value)) + "]"
    return f"{type(value).__name__}({value})"
