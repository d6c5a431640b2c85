"""The surface: every operation and question of the library is served, or it is said here why it is not."""

import inspect
from collections.abc import Mapping
from types import CodeType

from onhand.api.routes.routes import Act, Ask, find_routes
from onhand.kernel.operations import BY_NAME
from onhand.ledger.surface import Method, methods

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

ELSEWHERE: Mapping[str, str] = {
    **dict.fromkeys(("close", "every", "post"), _ONE_LEDGER),
    **dict.fromkeys(("archive.verify", "archive.write", "pieces.take_over", "pieces.undo_takeover"), _FILES),
    **dict.fromkeys(
        ("lots.check_alerts", "reservations.list_due", "reports.make", "worker.claim_reservations"), _WORKER
    ),
    **dict.fromkeys(("worker.follow_totals", "worker.rebuild_totals", "worker.refresh_pieces"), _WORKER),
    **dict.fromkeys(("worker.sound_alarms", "worker.tally_refusals"), _WORKER),
    "accounts.set_password": "is PUT /api/users/{user}/password, which hashes it first",
    "lots.count_alerts": "is told by /metrics",
    "lots.get_metadata": "is GET /api/items/{sku}/lots/{lot}/metadata",
    "lots.items_of": "is asked by an import of certificates",
    "invoices.repair": "is POST /api/inventory/lifecycle/invoice/{id}/fix-inconsistencies",
    "offline.sync": "is POST /api/sites/{site}/offline-sales/synchronisation",
    "orders.checkout": "is POST /api/checkouts",
    "pieces.plan_cuts": "is POST /api/cut-plans",
    "planning.available_to_promise": "is one row of GET /api/promisable",
    "recipes.available": "is what GET /api/holdings tells, summed",
    "recipes.list_ingredient_items": "is asked by POST /api/sites/{site}/negative-stock",
    "reports.get": "is GET /api/reports/{day}",
    "reports.yesterday": "is asked by whoever reports",
    "reservations.release_expired": "is DELETE /api/inventory/lifecycle/cleanup-expired",
}
"""What else the library does or answers that no route names."""


def operation_of(method: Method) -> str | None:
    """Give the operation that a verb hands in, by the one command that its code makes; None where it makes none."""
    classes = {kind.__name__: operation for operation, kind in BY_NAME.items()}
    made = [classes[name] for name in names_in(inspect.unwrap(method).__code__) if name in classes]
    return made[0] if len(made) == 1 else None


def names_in(code: CodeType) -> list[str]:
    """Give the names that code uses, with those of the comprehensions within it."""
    within = [name for one in code.co_consts if isinstance(one, CodeType) for name in names_in(one)]
    return [*code.co_names, *within]


def test_every_operation_is_served() -> None:
    """Each operation of the kernel is behind an address, and what is excused has none."""
    served = {route.operation for route in _ROUTES if isinstance(route, Act)}

    assert BY_NAME.keys() - served == OPERATIONS_ELSEWHERE.keys()


def test_every_verb_and_question_is_served() -> None:
    """Each question of the library, and the operation of each verb, is behind an address; what is excused is not."""
    operations = BY_NAME.keys() - OPERATIONS_ELSEWHERE.keys()
    names = {route.question for route in _ROUTES if isinstance(route, Ask)} | {route.name for route in _ROUTES}
    served = {name for name, method in methods().items() if name in names or operation_of(method) in operations}

    assert methods().keys() - served == ELSEWHERE.keys()


def test_the_addresses_that_excuses_name_are_there() -> None:
    """An excuse that names an address names one that is served."""
    addresses = {f"{route.method} {route.path}" for route in _ROUTES} | {"GET /metrics"}
    excuses = [*OPERATIONS_ELSEWHERE.values(), *ELSEWHERE.values()]
    words = [excuse.replace(",", "").split() for excuse in excuses]
    named = {
        f"{one[place]} {one[place + 1].partition('?')[0]}"
        for one in words
        for place in range(len(one) - 1)
        if one[place] in {"GET", "POST", "PUT", "DELETE"}
    }

    assert len(named) > 10
    assert named - addresses == set()
