"""The verb `intake`."""

import typer

from onhand.cli.lots import lot_options as told
from onhand.cli.values import day_of
from onhand.cli.verb import ACTS, Desk, verb
from onhand.kernel.posting import Posting


def register(app: typer.Typer) -> None:
    """Add the verb."""
    verb(app, "intake", panel=ACTS, acts=True)(intake)


async def intake(  # noqa: PLR0913, PLR0917 - so much can be told
    desk: Desk,
    quantity: told.Quantity,
    vendor: told.Vendor,
    brand: told.Brand,
    product: told.Product,
    category: told.Category,
    site: told.Site,
    subcategory: told.Subcategory = None,
    grade: told.Grade = None,
    strain_id: told.Strain = None,
    measure: told.Measure = None,
    expires_on: told.ExpiresOn = None,
    status: told.Status = None,
    sku: told.OfItem = None,
    lot: told.OfLot = None,
    zone: told.Zone = None,
    rack: told.Rack = None,
    shelf: told.Shelf = None,
    bin: told.Bin = None,  # noqa: A002 - a bin is called bin
    unit_cost: told.UnitCost = None,
    cost_min: told.CostMin = None,
    cost_max: told.CostMax = None,
    terms: told.Terms = None,
) -> Posting:
    """Take the goods of a vendor in as a lot; what is not known of them is made known."""
    until = day_of(expires_on, "expires_on")
    ranged = cost_min is not None or cost_max is not None
    async with desk.ledger() as stock:
        return await stock.lots.take_in(
            quantity=quantity,
            vendor=vendor,
            brand=brand,
            product=product,
            category=category,
            site=site,
            subcategory=subcategory,
            grade=grade,
            strain_id=strain_id,
            measure=measure,
            expires_on=until,
            status=status,
            sku=sku,
            lot=lot,
            zone=zone,
            rack=rack,
            shelf=shelf,
            bin=bin,
            cost_mode="RANGE" if ranged else None if unit_cost is None else "FIXED",
            unit_cost=unit_cost,
            cost_min=cost_min,
            cost_max=cost_max,
            payment_terms=terms,
            **desk.about,
        )
