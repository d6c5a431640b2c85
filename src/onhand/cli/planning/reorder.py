"""The verbs of planning: `reorder`, `order-incoming`, `receive-incoming`, `purchases`."""

from typing import Annotated

import typer

from onhand.cli.options import After, Limit, Lines, Site, SomeLines, SomeSite, UnitCost
from onhand.cli.values import day_of, lines_of, whole_number
from onhand.cli.verb import ACTS, QUESTIONS, Answer, Desk, posted, verb
from onhand.extras import needs
from onhand.kernel.posting import Posting
from onhand.kernel.refusals import Refused

Supplier = Annotated[str | None, typer.Option("--supplier", metavar="NAME", help="Who brings it.")]
ExpectedOn = Annotated[str | None, typer.Option("--expected-on", metavar="DAY", help="When, as 2026-06-01.")]
Purchase = Annotated[
    int,
    typer.Argument(
        metavar="PURCHASE", parser=whole_number, show_default=False, help="The number that `order-incoming` gave."
    ),
]
Close = Annotated[bool, typer.Option("--close", help="What has not come is not expected any more.")]
All = Annotated[bool, typer.Option("--all", help="Also those that have come or were cancelled.")]
LeadDays = Annotated[
    int, typer.Option("--lead-days", metavar="N", parser=whole_number, help="Days until ordered goods come.")
]
ReviewDays = Annotated[
    int, typer.Option("--review-days", metavar="N", parser=whole_number, help="Days until you order again.")
]
Weeks = Annotated[int, typer.Option("--weeks", metavar="N", parser=whole_number, help="Weeks to look back.")]
Until = Annotated[str | None, typer.Option("--until", metavar="DAY", help="The last day to look at; yesterday.")]
Order = Annotated[bool, typer.Option("--order", help="Order what is proposed: it becomes incoming stock.")]
EveryItem = Annotated[bool, typer.Option("--every-item", help="Also items of which nothing is proposed.")]


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    verb(app, "reorder", panel=ACTS, acts=True)(reorder)
    verb(app, "order-incoming", panel=ACTS, acts=True)(order_incoming)
    verb(app, "receive-incoming", panel=ACTS, acts=True)(receive_incoming)
    verb(app, "purchases", panel=QUESTIONS, asks=True)(purchases)


async def reorder(
    desk: Desk,
    site: Site,
    lead_days: LeadDays = 14,
    review_days: ReviewDays = 7,
    weeks: Weeks = 26,
    until: Until = None,
    every_item: EveryItem = False,
    order: Order = False,
    supplier: Supplier = None,
    expected_on: ExpectedOn = None,
) -> Answer:
    """
    Propose what to order at a site, from reorder points that are set and from forecasts of demand.

    A forecast that did not beat repeating the last week says so, and the last week is used.
    """
    from onhand.cli.planning.planning_shown import proposals_plain, proposals_shown
    from onhand.planning.proposal import OrderTerms

    with needs("planning"):
        from onhand.planning.reorder import lines_to_order, propose_reorder

    terms = OrderTerms(lead_days=lead_days, review_days=review_days, weeks=weeks)
    day, expected = day_of(until, "until"), day_of(expected_on, "expected_on")
    async with desk.ledger() as stock:
        proposals = await propose_reorder(stock, site, terms, until=day)
        wanted = [proposal for proposal in proposals if proposal.quantity]
        if order:
            if not wanted:
                raise Refused("INVALID_COMMAND", detail="nothing is proposed, so nothing can be ordered")
            lines = lines_to_order(wanted)
            posting = await stock.planning.order_incoming(
                site=site, lines=lines, supplier=supplier, expected_on=expected, **desk.about
            )
            return posted(desk, posting, **proposals_plain(wanted))
    shown = proposals if every_item else wanted
    return Answer(plain=proposals_plain(shown), shown=lambda: proposals_shown(shown))


async def order_incoming(
    desk: Desk, lines: Lines, site: Site, supplier: Supplier = None, expected_on: ExpectedOn = None
) -> Posting:
    """Order goods from a supplier; they are incoming until they come."""
    parsed, expected = lines_of(lines), day_of(expected_on, "expected_on")
    async with desk.ledger() as stock:
        return await stock.planning.order_incoming(
            site=site, lines=parsed, supplier=supplier, expected_on=expected, **desk.about
        )


async def receive_incoming(
    desk: Desk, purchase: Purchase, lines: SomeLines = None, close: Close = False, unit_cost: UnitCost = None
) -> Posting:
    """Take in what was ordered: all of it, or some lines, which may tell what one costs."""
    if unit_cost is not None and not lines:
        raise Refused("INVALID_COMMAND", detail="--unit-cost is of lines, so the lines have to be told")
    parsed = lines_of(lines or [], unit_cost=unit_cost)
    async with desk.ledger() as stock:
        return await stock.planning.receive_incoming(purchase=purchase, lines=parsed, close=close, **desk.about)


async def purchases(
    desk: Desk, site: SomeSite = None, every: All = False, limit: Limit = 50, after: After = None
) -> Answer:
    """List what is expected from suppliers."""
    from onhand.cli.planning.planning_shown import purchases_plain, purchases_shown

    async with desk.ledger() as stock:
        page = await stock.planning.list_purchases(site, expected=not every, limit=limit, after=after)
    return Answer(plain=purchases_plain(page), shown=lambda: purchases_shown(page))
