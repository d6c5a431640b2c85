"""Daily reports over HTTP: as they were made, and null before."""

import jsonschema_rs

import onhand
from onhand.api.routes.routes import Special, find_routes
from tests.api.conftest import Shop
from tests.conftest import TestDatabase


def test_a_report_is_read_as_it_was_made(shop: Shop, module_database: TestDatabase) -> None:
    """S9: the report of a day is there once it was made, as it is described; nobody limited to sites sees it."""
    (route,) = [route for route in find_routes() if route.name == "get_report"]
    assert isinstance(route, Special)
    with onhand.connect_sync(module_database.engine_url) as stock:
        day = stock.reports.yesterday()
        before = shop.boss.get(f"/api/reports/{day}")
        stock.reports.make(day)
        made = stock.reports.get(day)
    after = shop.boss.get(f"/api/reports/{day}")

    assert before.body == {"day": day.isoformat(), "report": None}
    assert after.body == {"day": day.isoformat(), "report": made}
    assert (made or {})["gross"] == "0.00"
    jsonschema_rs.validate(dict(route.answer_schema), after.body)
    assert shop.boss.get("/api/reports/yesterday").code == "INVALID_TIME"
    assert shop.london_clerk.get(f"/api/reports/{day}").status == 403
