# ruff: noqa: INP001 - docs is a folder of pages, not a package.
"""The page of the service: limits, problems of its own, and which role may use which address."""

from dataclasses import fields

from docs.generating.markdown import code, page, table
from onhand.api.http.limits import FIXED, MEANINGS, PREFIX, Limits
from onhand.api.http.problems import EDGE
from onhand.api.routes.routes import Route, find_routes
from onhand.kernel.accounts.roles import ROLES


def service_page() -> str:
    """Write the page of the service."""
    intro = (
        "`onhand serve` answers at `/api`; `/docs` and `/openapi.json` of a running service describe each address with "
        "its fields, units and codes. Here stand its limits, the problems that only the service has, and who may do "
        "what. Refusals of the ledger have their statuses in [refusals](refusals.md)."
    )
    defaults = {field.name: field.default for field in fields(Limits)}
    limits = [
        (code(name), meaning.what, defaults[name], code(PREFIX + name.upper()), code(meaning.code or "-"))
        for name, meaning in MEANINGS.items()
    ]
    fixed = [
        (code(name), meaning.what, number, "-", code(meaning.code or "-")) for name, (number, meaning) in FIXED.items()
    ]
    problems = [(code(name), edge.status, edge.title, edge.explanation) for name, edge in EDGE.items()]
    rights = [_right(route) for route in sorted(find_routes(), key=lambda route: (route.path, route.method))]
    return page(
        "The service",
        "src/onhand/api",
        intro,
        "## Limits\n\nAt a limit all is well; what goes beyond is refused with the code, and not done. `/api/limits` "
        "tells what a service is set to.",
        table(["limit", "what it bounds", "unless set", "variable", "code"], [*limits, *fixed]),
        "## Problems\n\nAs problem details, with `code`, `title`, `detail`, `facts` and `request_id`. 503 and 429 come "
        "with Retry-After: send the same request again with the same key.",
        table(["code", "status", "what it is", "what to do"], problems),
        "## Rights\n\nWhat is not listed is not allowed. Where a key that is limited to sites may use an address, it "
        "sees and touches these sites alone, and everything else is answered as if it were not there.",
        table(["address", *ROLES, "limited to sites"], rights),
    )


def _right(route: Route) -> tuple[object, ...]:
    marks = ["yes" if role in route.roles else "" for role in ROLES]
    return (code(f"{route.method} {route.path}"), *marks, "no" if route.whole_org else "yes")
