"""Requests made up from the description of the service: none breaks it, none is answered as is not described."""

import os
from collections import Counter

import pytest

from tests.api.conftest import Shop
from tests.api.generated import OPERATIONS, Operation, Told, furnish, hammer

EXAMPLES = int(os.environ.get("ONHAND_TEST_EXAMPLES", "4"))
REQUESTS = int(os.environ.get("ONHAND_SOAK_REQUESTS", "20000"))


@pytest.fixture(scope="module")
def furnished(shop: Shop) -> Shop:
    """A shop with a bit of everything."""
    furnish(shop)
    return shop


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: f"{operation.method.upper()} {operation.path}")
def test_generated_requests(furnished: Shop, operation: Operation) -> None:
    """T15: no fault, no status, no code and no answer that is not described; what is refused changes nothing."""
    hammer(furnished, operation, EXAMPLES)


@pytest.mark.soak
@pytest.mark.timeout(4 * 3600)
def test_twenty_thousand_generated_requests(furnished: Shop) -> None:
    """T15: 20,000 requests over the whole description; the server process is the same at the end, and answers."""
    statuses: Counter[int] = Counter()
    wrong: list[str] = []
    number = 0
    while statuses.total() < REQUESTS:
        number += 1
        for operation in OPERATIONS:
            told = Told()
            try:
                hammer(furnished, operation, 50, number=number, told=told)
            except (AssertionError, BaseExceptionGroup) as error:
                wrong.append(f"{operation.method.upper()} {operation.path}: {error!r:.2000}")
            statuses += told.statuses

    assert not wrong, "\n".join(wrong)
    assert furnished.running.process.poll() is None
    assert furnished.boss.get("/api/me").status == 200
    assert {status // 100 for status in statuses} <= {2, 4}
    assert statuses[201] > 100, "requests that are done are among them"
