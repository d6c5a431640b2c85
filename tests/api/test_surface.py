"""The surface: every operation and question of the library is served, or it is said here why it is not."""

import inspect
from collections.abc import Mapping

from onhand.api.routes.routes import Act, Ask, find_routes
from onhand.kernel.operations import BY_NAME
from onhand.ledger.stock import Stock

_ROUTES = find_routes()
_FILES = "reads and writes files, which is for the command line beside them"
_WORKER = "is the worker's, who does it by itself"
_ONE_LEDGER = "belongs to the library's way of asking: pages, retries, the end of a connection"

OPERATIONS_ELSEWHERE: Mapping[str, str] = {
    "sound_alarm": _WORKER,
    "claim_reservations": _WORKER,
    "check_alerts": _WORKER,
    "make_report": _WORKER,
    "tally_refusals": _WORKER,
    "take_in_lots": "is what an import of a file makes of it; /api/bulk takes many intakes, each on its own",
    "set_lots_metadata": "is what an import of certificates makes of it; /api/bulk takes many",
    "take_over_pieces": "is what an import of another system's pieces makes of it",
    "repair_holding": "is chosen by POST /api/inconsistencies/repairs",
    "repair_serial": "is chosen by POST /api/inconsistencies/repairs",
    "set_password": "is handed in by PUT /api/users/{user}/password and PUT /api/session/password",
}
"""Operations that have no address of their own."""

QUESTIONS_ELSEWHERE: Mapping[str, str] = {
    **dict.fromkeys(("again", "close", "every", "post"), _ONE_LEDGER),
    **dict.fromkeys(("check_archive", "write_archive", "take_over", "undo_takeover"), _FILES),
    **dict.fromkeys(("check_alerts", "claim_expired", "release_claimed", "due_reservations", "make_report"), _WORKER),
    **dict.fromkeys(("follow_totals", "rebuild_totals", "refresh_pieces", "sound_alarms", "tell_refusals"), _WORKER),
    "alert_counts": "is told by /metrics",
    "available_by_sku": "is what GET /api/holdings tells, summed",
    "available_to_promise": "is one row of GET /api/promisable",
    "check": "is GET /api/inconsistencies",
    "allow_negative_at": "is POST /api/sites/{site}/negative-stock",
    "compensate": "is POST /api/sites/{site}/deductions/{transaction}/void",
    "create_cut_pieces": "is POST /api/piece-creations",
    "create_spare_pieces": "is POST /api/piece-creations",
    "cut_roll": "is POST /api/cuts for one roll",
    "execute_plan": "is POST /api/cuts with the answer of POST /api/cut-plans",
    "expire_due": "is DELETE /api/inventory/lifecycle/cleanup-expired",
    "ingredient_items": "is asked by POST /api/sites/{site}/negative-stock",
    "items_of_lots": "is asked by an import of certificates",
    "offer_waiting": "is POST /api/reservations/{reservation}/offer for each, and the worker's for all",
    "repair": "is POST /api/inconsistencies/repairs",
    "revert_combine_spares": "is POST /api/combinations/{number}/reversal",
    "revert_cut_roll": "is POST /api/cuts/{number}/reversal",
    "return_at_counter": "is POST /api/counter-returns",
    "settle_slice": "is POST /api/sites/{site}/offline-sales/synchronisation, then the release of the slice",
    "sync_pending": "is POST /api/sites/{site}/offline-sales/synchronisation",
    "versioned_metadata": "is GET /api/items/{sku}/lots/{lot}/metadata",
    "yesterday": "is asked by whoever reports",
}
"""What else the library answers that has no address of its own name."""


def test_every_operation_is_served() -> None:
    """Each operation of the kernel is behind an address, and what is excused has none."""
    served = {route.operation for route in _ROUTES if isinstance(route, Act)}

    assert BY_NAME.keys() - served == OPERATIONS_ELSEWHERE.keys()


def test_every_question_is_served() -> None:
    """Each verb and question of the library is behind an address of its name, and what is excused is not."""
    told = inspect.getmembers(Stock, lambda one: inspect.iscoroutinefunction(one) or inspect.isasyncgenfunction(one))
    questions = {route.question for route in _ROUTES if isinstance(route, Ask)}
    served = {route.name for route in _ROUTES} | questions
    for name in BY_NAME.keys() - OPERATIONS_ELSEWHERE.keys():
        served |= {name, BY_NAME[name].kind}

    assert {name for name, _ in told if name[0] != "_"} - served == QUESTIONS_ELSEWHERE.keys()


def test_the_addresses_that_excuses_name_are_there() -> None:
    """An excuse that names an address names one that is served."""
    addresses = {f"{route.method} {route.path}" for route in _ROUTES} | {"GET /metrics"}
    excuses = [*OPERATIONS_ELSEWHERE.values(), *QUESTIONS_ELSEWHERE.values()]
    words = [excuse.replace(",", "").split() for excuse in excuses]
    named = {
        f"{one[place]} {one[place + 1].partition('?')[0]}"
        for one in words
        for place in range(len(one) - 1)
        if one[place] in {"GET", "POST", "PUT", "DELETE"}
    }

    assert len(named) > 10
    assert named - addresses == set()
