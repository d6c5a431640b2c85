"""Pieces: produced, cut, combined, kept, dispatched and returned, with their families; and plans of cuts."""

from dataclasses import dataclass
from typing import Any

from onhand.api.entry.calls import Call
from onhand.api.routes.commands import Schema, shape_of, wrong
from onhand.api.routes.errands import check_site, object_schema
from onhand.api.routes.fields import field_of
from onhand.api.routes.routes import ALL, AUDITORS, MANAGERS, TILLS, Act, Ask, Special
from onhand.cutting.plans import CutPlan
from onhand.kernel.pieces.cut_pieces import Cutting
from onhand.kernel.quantity import quantity_text

_SECONDS_MAX = 5
"""So long a plan is looked for at most, within the time that a question has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedLength:
    """A length, and how many of it are wanted."""

    length: int
    count: int


_wanted = shape_of(tuple[WantedLength, ...], "CutPlan", "demand")
_quantity = shape_of(int, "Cutting", "kerf")
_cutting = shape_of(Cutting)
_REQUIRED = ("site", "sku", "demand")


async def _plan(call: Call) -> dict[str, Any]:
    """Plan what to cut from what."""
    body, known = call.body, {*_REQUIRED, "kerf", "keep", "seconds"}
    if type(body) is not dict or not {*_REQUIRED} <= body.keys() <= known:
        raise wrong("the body", "has site, sku and demand, and beside them only kerf, keep and seconds")
    site, sku = (shape_of(str).read(body[name], name) for name in ("site", "sku"))
    demand = _wanted.read(body["demand"], "demand")
    kerf, keep = (_quantity.read(body.get(name, 0), name) for name in ("kerf", "keep"))
    seconds = body.get("seconds", 2)
    if type(seconds) is not int or not 1 <= seconds <= _SECONDS_MAX:
        raise wrong("seconds", f"is a whole number from 1 to {_SECONDS_MAX}")
    if keep < 0:
        raise wrong("keep", "is a length from 0 on")
    check_site(call, site)
    async with call.turns.of(call.ledger.org_id):
        plan = await call.stock.pieces.plan_cuts(
            site=site,
            sku=sku,
            demand=[(quantity_text(one.length), one.count) for one in demand],
            kerf=quantity_text(kerf),
            seconds=seconds,
        )
    return _told(plan, keep)


def _told(plan: CutPlan, keep: int) -> dict[str, Any]:
    """Tell a plan, with the cuts as the route that cuts takes them."""
    return {
        "cuttings": [_cutting.write(cutting) for cutting in plan.cuttings(keep=keep)],
        "opened": quantity_text(sum(cut.size for cut in plan.cuts)),
        **{name: quantity_text(share) for name, share in plan.totals._asdict().items()},
        "cost": quantity_text(plan.cost),
        "bound": quantity_text(plan.bound),
        "is_optimal": plan.is_optimal,
        "missing": [{"length": quantity_text(length), "count": count} for length, count in plan.missing.items()],
    }


def _length(description: str) -> Schema:
    return {**_quantity.schema, "description": description}


_PLAN_BODY = object_schema(
    {
        "site": {"type": "string", "description": field_of("", "site").meaning},
        "sku": {"type": "string", "description": field_of("", "sku").meaning},
        "demand": {
            **_wanted.schema,
            "minItems": 1,
            "description": "The wanted lengths, and how many of each.",
        },
        "kerf": _length(field_of("", "kerf").meaning),
        "keep": _length(field_of("", "keep").meaning),
        "seconds": {
            "type": "integer",
            "minimum": 1,
            "maximum": _SECONDS_MAX,
            "default": 2,
            "description": "How long to look for a better plan, in seconds.",
        },
    },
    [*_REQUIRED],
)
_PLAN_ANSWER = object_schema(
    {
        "cuttings": {
            "type": "array",
            "items": _cutting.schema,
            "description": "The cuts, as POST /api/cuts takes them: all in one act.",
        },
        "opened": _length("The length of all pieces that are cut."),
        "made": _length("The length of what is wanted and comes of it."),
        "rest": _length("The length of what is left, as offcuts."),
        "waste": _length("The length of what is thrown away."),
        "kerf": _length("The length that the cuts themselves take."),
        "cost": _length("The length that is opened, where an offcut counts half."),
        "bound": _length("No plan costs less than this."),
        "is_optimal": {"type": "boolean", "description": "Whether it is proved that no plan is better."},
        "missing": {**_wanted.schema, "description": "The lengths that there is not enough for, and how many of each."},
    },
    ["cuttings", "opened", "made", "rest", "waste", "kerf", "cost", "bound", "is_optimal", "missing"],
)

ROUTES = (
    Act(path="/api/productions", operation="produce_pieces", roles=TILLS),
    Act(path="/api/cuts", operation="cut_pieces", roles=TILLS),
    Act(path="/api/combinations", operation="combine_spares", roles=TILLS),
    Act(path="/api/piece-creations", operation="create_pieces", roles=TILLS),
    Act(path="/api/piece-reservations", operation="reserve_pieces", roles=TILLS),
    Act(path="/api/piece-reservations/{reservation}/release", operation="release_pieces", roles=TILLS),
    Act(path="/api/dispatches", operation="dispatch_pieces", roles=TILLS),
    Act(path="/api/piece-returns", operation="take_back_pieces", roles=TILLS),
    Act(
        path="/api/cuts/{number}/reversal",
        name="revert_cut",
        operation="revert",
        fixed={"of_kind": "cut"},
        roles=MANAGERS,
    ),
    Act(
        path="/api/combinations/{number}/reversal",
        name="revert_combination",
        operation="revert",
        fixed={"of_kind": "combine"},
        roles=MANAGERS,
    ),
    Ask(path="/api/pieces", name="list_pieces", question="pieces.list", changes_with="journal", roles=ALL),
    Ask(
        path="/api/pieces/offcut", name="find_offcut", question="pieces.find_offcut", changes_with="journal", roles=ALL
    ),
    Ask(path="/api/pieces/{code}", name="get_piece", question="pieces.get", roles=ALL, whole_org=True),
    Ask(
        path="/api/pieces/{code}/family",
        name="piece_family",
        question="pieces.family",
        changes_with="journal",
        roles=ALL,
        whole_org=True,
    ),
    Ask(
        path="/api/pieces/{code}/trail",
        name="piece_trail",
        question="pieces.trail",
        changes_with="journal",
        roles=ALL,
        whole_org=True,
    ),
    Ask(path="/api/piece-verification", name="verify_pieces", question="pieces.verify", roles=AUDITORS, whole_org=True),
    Special(
        path="/api/cut-plans",
        name="plan_cuts",
        method="POST",
        roles=TILLS,
        handle=_plan,
        summary="Plan what to cut from the rolls and offcuts of a site, with the least material opened.\n\nAn offcut "
        "counts half, so it comes first. Nothing is written: /api/cuts carries the plan out in one act.",
        body=_PLAN_BODY,
        answer_schema=_PLAN_ANSWER,
    ),
)
