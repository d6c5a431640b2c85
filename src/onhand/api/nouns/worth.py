"""What stock is worth, totals of products and items (from the projection and live), and the reports that are kept."""

from datetime import date
from typing import Any

from onhand.api.entry.calls import Call
from onhand.api.routes.commands import Schema, shape_of
from onhand.api.routes.errands import object_schema
from onhand.api.routes.routes import ALL, Ask, Special

_day = shape_of(date)


async def _report(call: Call) -> dict[str, Any]:
    """Give the report of a day."""
    day = _day.read(call.in_path["day"], "day")
    made = await call.stock.reports.get(day)
    return {"day": day.isoformat(), "report": None if made is None else dict(made)}


def _told(kind: str, description: str) -> Schema:
    return {"type": kind, "description": description}


_DAY: Schema = {**_told("string", "The day, on the clocks of the org."), "format": "date"}
_MONEY = "in the currency of the org, a plain decimal."
_REPORT = object_schema(
    {
        "day": _DAY,
        "time_zone": _told("string", "The time zone of the org, by its name in the IANA database."),
        "currency": _told("string", "The currency of the org, by its ISO 4217 code."),
        "first_posting": _told("integer", "The number of the first posting of the day."),
        "last_posting": _told("integer", "The number of the last posting of the day; one less where there was none."),
        "postings": {
            **_told("object", "How many postings of each kind were made."),
            "additionalProperties": {"type": "integer"},
        },
        "open_reservations": _told("integer", "How many reservations were open at the end of the day."),
        "vat": {
            "type": "array",
            "description": "What was sold, by rate.",
            "items": object_schema(
                {
                    "vat_rate": _told("string", "The rate in percent, a plain decimal."),
                    "net": _told("string", f"Without VAT, {_MONEY}"),
                    "vat": _told("string", f"The VAT, {_MONEY}"),
                    "gross": _told("string", f"With VAT, {_MONEY}"),
                },
                ["vat_rate", "net", "vat", "gross"],
            ),
        },
        "gross": _told("string", f"All that was sold with VAT, {_MONEY}"),
    },
    [
        *("day", "time_zone", "currency", "first_posting", "last_posting"),
        *("postings", "open_reservations", "vat", "gross"),
    ],
)

ROUTES = (
    Ask(
        path="/api/products/totals", name="product_totals", question="reports.product_totals", roles=ALL, whole_org=True
    ),
    Ask(path="/api/items/totals", name="item_totals", question="reports.item_totals", roles=ALL, whole_org=True),
    Ask(path="/api/items/live", name="live_totals", question="reports.live_totals", changes_with="journal", roles=ALL),
    Ask(path="/api/valuation", name="valuation", question="reports.valuation", changes_with="journal", roles=ALL),
    Ask(path="/api/cost-report", name="cost_report", question="reports.costs", roles=ALL),
    Special(
        path="/api/reports/{day}",
        name="get_report",
        method="GET",
        roles=ALL,
        whole_org=True,
        handle=_report,
        summary="Give the report of a day, if it was made: its postings by kind, its VAT, and what was reserved at its "
        "end.\n\nThe worker makes the report of each day when that is over; then it stays as it is.",
        answer_schema=object_schema(
            {
                "day": _DAY,
                "report": {"anyOf": [_REPORT, {"type": "null"}], "description": "Null where it was not made yet."},
            },
            ["day", "report"],
        ),
    ),
)
