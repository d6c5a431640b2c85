"""Recipes, mappings, deductions, and whether they are in order."""

from onhand.api.entry.calls import Call
from onhand.api.http.problems import HttpAnswer
from onhand.api.routes.commands import CommandShape, shape_of, wrong
from onhand.api.routes.errands import check_site, object_schema
from onhand.api.routes.fields import field_of
from onhand.api.routes.postings import POSTING
from onhand.api.routes.routes import ALL, MANAGERS, TILLS, Act, Ask, Special
from onhand.api.routes.writes import act_as
from onhand.kernel.command import Line
from onhand.kernel.stock.allow_negative import AllowNegative

_allow = CommandShape(AllowNegative, ("site",), left_out=("lines",))
_limit = shape_of(int, "AllowNegativeAt", "limit")


async def _allow_negative(call: Call) -> HttpAnswer:
    """Let everything that ingredients are at a site fall below zero, down to a limit each."""
    site = call.in_path["site"]
    check_site(call, site)
    if type(call.body) is not dict or "limit" not in call.body:
        raise wrong("the body", "needs limit, how far each may fall")
    limit = _limit.read(call.body["limit"], "limit")
    rest = {name: value for name, value in call.body.items() if name != "limit"}
    lines = tuple(Line(sku, limit) for sku in await call.stock.recipes.list_ingredient_items(site))
    return await act_as(call, _allow, rest, {"site": site}, told={"lines": lines})


ROUTES = (
    Act(path="/api/recipes/{product}", method="PUT", operation="define_recipe", roles=MANAGERS, whole_org=True),
    Act(path="/api/sites/{site}/mappings", method="PUT", operation="map_ingredients", roles=MANAGERS),
    Ask(
        path="/api/sites/{site}/mappings",
        name="list_mappings",
        question="recipes.list_mappings",
        changes_with="journal",
        roles=ALL,
    ),
    Special(
        path="/api/sites/{site}/negative-stock",
        name="allow_negative_ingredients",
        method="POST",
        roles=MANAGERS,
        handle=_allow_negative,
        summary="Let everything that ingredients are at a site fall below zero, down to a limit each; zero forbids it "
        "again.\n\nIt is set for the items that are mapped now. /api/negative-stock does it for some items.",
        body=object_schema(
            {
                "limit": {**_limit.schema, "description": field_of("AllowNegativeAt", "limit").meaning},
                **_allow.schema["properties"],
            },
            ["limit"],
        ),
        answer_schema=POSTING.schema,
        is_write=True,
    ),
    Act(path="/api/deductions", operation="deduct", roles=TILLS),
    Act(path="/api/sites/{site}/deductions/{transaction}/void", operation="void_deduction", roles=TILLS),
    Ask(
        path="/api/sites/{site}/deductions/{transaction}",
        name="deduction_trail",
        question="recipes.deduction_trail",
        changes_with="journal",
        roles=ALL,
    ),
    Ask(
        path="/api/sites/{site}/items/{sku}/uses",
        name="list_uses",
        question="recipes.list_uses",
        changes_with="journal",
        roles=ALL,
    ),
    Ask(
        path="/api/sites/{site}/variances",
        name="list_variances",
        question="recipes.list_variances",
        changes_with="journal",
        roles=ALL,
    ),
    Ask(path="/api/health", name="recipe_health", question="recipes.health", roles=ALL, whole_org=True),
    Ask(path="/api/metrics", name="recipe_metrics", question="recipes.metrics", roles=ALL, whole_org=True),
)
