"""The published limits are those of the code, and are exact."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from examples.loaders.reading import LINE_BYTES_MAX
from onhand.cli.files.csv_file import CELL_LENGTH_MAX, FILE_BYTES_MAX, ROWS_MAX
from onhand.kernel.command import DATA_BYTES_MAX, LINES_MAX, Line
from onhand.kernel.pick import SHARED_MAX
from onhand.kernel.promises.reserve import Reserve
from onhand.kernel.quantity import QUANTITY_MAX, SCALE, parse_quantity
from onhand.kernel.refusals import Refused
from onhand.kernel.stock.define import Define, SiteLine
from onhand.kernel.stock.sell import Sell
from onhand.kernel.text import CODE_LENGTH_MAX, KEY_LENGTH_MAX, NOTE_LENGTH_MAX
from onhand.ledger.asking import PAGE_MAX
from onhand.ledger.engine.attempts import ATTEMPTS_MAX
from onhand.ledger.engine.batcher import BATCH_LINES_MAX, QUEUE_REQUESTS_MAX
from onhand.ledger.trust.verify import FINDINGS_MAX
from onhand.store.engine.postings import LATER_MAX

PAGE = Path(__file__).resolve().parents[2] / "docs" / "explanation" / "limits.md"
NAME_LENGTH_MAX, PRIORITY_MAX, DEPTH_MAX = 500, 1_000, 8

PUBLISHED = {
    "lines of one command": f"{LINES_MAX:,}",
    "a key": f"{KEY_LENGTH_MAX} characters",
    "a code": f"{CODE_LENGTH_MAX} characters",
    "a name": f"{NAME_LENGTH_MAX} characters",
    "a reason": f"{NOTE_LENGTH_MAX:,} characters",
    "reference data": f"{DATA_BYTES_MAX:,} bytes",
    "nesting": f"{DEPTH_MAX} levels",
    "holdings shared out": f"{SHARED_MAX:,}",
    "later postings": f"{LATER_MAX:,}",
    "priority": f"{PRIORITY_MAX:,}",
    "a quantity": f"{QUANTITY_MAX // SCALE:,} units",
    "decimals": f"{len(str(SCALE)) - 1}",
    "times and days": "the years 1970 to 9998",
    "exactness": "a microsecond",
    "rows of one page": f"{PAGE_MAX:,}",
    "findings": f"{FINDINGS_MAX}",
    "requests that wait": f"{QUEUE_REQUESTS_MAX:,}",
    "lines of one transaction of several requests": f"{BATCH_LINES_MAX:,}",
    "attempts": f"{ATTEMPTS_MAX}",
    "an imported CSV file": f"{FILE_BYTES_MAX // 1024 // 1024} MiB",
    "rows of an imported": f"{ROWS_MAX:,}",
    "a cell": f"{CELL_LENGTH_MAX:,} characters",
    "a line of a retailer's": f"{LINE_BYTES_MAX:,} bytes",
}
"""How each row of the page begins, and the figure that the code gives it."""


def published() -> list[list[str]]:
    """The rows of the page's tables: what, limit, and what lies beyond it."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    return [row for row in rows if row[0] != "what"]


def test_the_page_says_what_the_code_says() -> None:
    """Each row of the page has the figure of the code, in the same order, and none is missing."""
    rows = published()

    assert len(rows) == len(PUBLISHED)
    for (what, limit, _), (start, figure) in zip(rows, PUBLISHED.items(), strict=True):
        assert what.startswith(start)
        assert limit == figure


def _sell(**told: Any) -> object:  # noqa: ANN401 - whatever the field takes
    return Sell(**{"key": "k", "site": "s", "lines": (Line("a", 1),), **told})


def _nested(levels: int) -> dict[str, object]:
    data: dict[str, object] = {"a": 1}
    for _ in range(levels - 1):
        data = {"a": data}
    return data


@pytest.mark.parametrize(
    ("make", "limit", "code"),
    [
        (lambda n: _sell(lines=(Line("a", 1),) * n), LINES_MAX, "TOO_MANY_LINES"),
        (lambda n: Define(key="k", sites=(SiteLine("s"),) * n), LINES_MAX, "TOO_MANY_LINES"),
        (lambda n: _sell(key="k" * n), KEY_LENGTH_MAX, "INVALID_TEXT"),
        (lambda n: _sell(site="s" * n), CODE_LENGTH_MAX, "INVALID_TEXT"),
        (lambda n: _sell(actor="s" * n), CODE_LENGTH_MAX, "INVALID_TEXT"),
        (lambda n: _sell(document_id="s" * n), CODE_LENGTH_MAX, "INVALID_TEXT"),
        (lambda n: _sell(lines=(Line("a", 1, lot="s" * n),)), CODE_LENGTH_MAX, "INVALID_TEXT"),
        (lambda n: Define(key="k", sites=(SiteLine("s", "n" * n),)), NAME_LENGTH_MAX, "INVALID_TEXT"),
        (lambda n: _sell(reason="r" * n), NOTE_LENGTH_MAX, "INVALID_TEXT"),
        (lambda n: _sell(data={"a": "x" * (n - len('{"a":""}'))}), DATA_BYTES_MAX, "INVALID_TEXT"),
        (lambda n: _sell(data=_nested(n)), DEPTH_MAX, "INVALID_TEXT"),
        (lambda n: Reserve(key="k", site="s", lines=(Line("a", 1),), priority=n), PRIORITY_MAX, "INVALID_COMMAND"),
        (lambda n: _sell(lines=(Line("a", n),)), QUANTITY_MAX, "QUANTITY_TOO_LARGE"),
        (lambda n: parse_quantity(f"0.{'1' * n}"), 6, "INVALID_QUANTITY"),
        (lambda n: _sell(occurred_at=datetime(n, 12, 31, tzinfo=UTC)), 9998, "INVALID_TIME"),
    ],
)
def test_a_limit_is_exact(make: Any, limit: int, code: str) -> None:  # noqa: ANN401 - a maker of anything
    """The limit itself passes, and one more is refused with the code that the page names."""
    assert make(limit)
    assert code in {link for row in published() for link in row[2].replace("[", "]").split("]")}

    with pytest.raises(Refused) as refused:
        make(limit + 1)

    assert refused.value.code == code
