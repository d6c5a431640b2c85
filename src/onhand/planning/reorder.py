"""Proposals: what to order now, so that demand is met until the next order comes."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from math import ceil, isfinite, sqrt

import numpy as np

from onhand.kernel.catalog.settings import zone_of
from onhand.kernel.days import day_of
from onhand.kernel.exact import millionths_of, quantity_decimal
from onhand.kernel.quantity import SCALE
from onhand.ledger.planning.port import Demand, Position
from onhand.ledger.stock import Stock
from onhand.planning.backtest import NAIVE, MethodChoice, choose
from onhand.planning.forecast import Series
from onhand.planning.history import DAYS, weekly
from onhand.planning.proposal import OrderTerms, Proposal

_OFF_TO_DEVIATION = 1.25
"""The standard deviation of errors that are spread normally, in their mean absolute size."""


def propose(
    positions: Sequence[Position], demand: Sequence[Demand], until: date, terms: OrderTerms
) -> tuple[Proposal, ...]:
    """Propose orders for all items that are held at a site, from what was taken until a day; pure."""
    if not positions:
        return ()
    history = weekly(demand, until, terms.weeks, [position.sku for position in positions])
    rows = {sku: row for row, sku in enumerate(history.skus)}
    choice = choose(history.weeks, terms.horizon)
    return tuple(_proposal(position, rows[position.sku], choice, history.weeks, terms) for position in positions)


async def propose_reorder(
    stock: Stock, site: str, terms: OrderTerms | None = None, *, until: date | None = None
) -> tuple[Proposal, ...]:
    """Propose orders for a site, from what was taken there until yesterday, or another day."""
    chosen = terms or OrderTerms()
    if until is None:
        zone = zone_of((await stock.catalog.settings())["time_zone"])
        until = day_of(datetime.now(UTC), zone) - timedelta(days=1)
    demand = await stock.planning.demand(until - timedelta(days=chosen.weeks * DAYS - 1), until, site=site)
    positions = await stock.planning.positions(site)
    return await asyncio.to_thread(propose, positions, demand, until, chosen)


def lines_to_order(proposals: Sequence[Proposal]) -> list[tuple[str, int]]:
    """Give proposals as the lines that `order_incoming` takes; those of nothing are left out."""
    return [(proposal.sku, int(proposal.quantity)) for proposal in proposals if proposal.quantity]


def _proposal(position: Position, row: int, choice: MethodChoice, series: Series, terms: OrderTerms) -> Proposal:
    forecast = choice.forecast[row]
    error = float(choice.errors[row])
    known = isfinite(error)
    deviation = _OFF_TO_DEVIATION * error if known else float(series[row].std()) * sqrt(terms.horizon)
    point, target = _levels(forecast, deviation, terms)
    is_set = position.point is not None and position.target is not None
    if position.point is not None and position.target is not None:
        point, target = millionths_of(position.point), millionths_of(position.target)
    available = millionths_of(position.available)
    held = available + millionths_of(position.incoming)
    missing = max(target - held, 0) if held <= point and target > 0 else 0
    rate = float(forecast.sum()) / (terms.horizon * DAYS)
    return Proposal(
        sku=position.sku,
        available=position.available,
        incoming=position.incoming,
        point=quantity_decimal(point),
        target=quantity_decimal(target),
        is_set=is_set,
        quantity=quantity_decimal(-(-missing // SCALE) * SCALE),
        weekly=quantity_decimal(round(rate * DAYS * SCALE)),
        days_of_cover=max(available, 0) / SCALE / rate if rate > 0 else None,
        method=choice.methods[row],
        beats_naive=choice.methods[row] != NAIVE,
        error=quantity_decimal(round(error * SCALE)) if known else None,
    )


def _levels(forecast: Series, deviation: float, terms: OrderTerms) -> tuple[int, int]:
    """Give at how much to order and up to how much: demand until the goods, or the next ones, come; and safety."""
    days = np.arange(forecast.shape[0] + 1) * DAYS
    taken = np.concatenate([[0.0], np.cumsum(forecast)])
    whole = terms.lead_days + terms.review_days
    until_come = float(np.interp(terms.lead_days, days, taken))
    until_next = float(np.interp(whole, days, taken))
    safety = terms.safety * deviation
    point = until_come + safety * sqrt(terms.lead_days / whole)
    return ceil(point) * SCALE, ceil(until_next + safety) * SCALE
