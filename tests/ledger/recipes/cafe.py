"""A cafe that sells croffles, as the tests of recipes open it."""

from onhand.kernel.exact import decimal_text
from onhand.kernel.stock.define import ItemLine
from onhand.ledger.stock import Stock

INGREDIENTS = [("Flour", "1", "kg"), ("Butter", "0.5", "kg"), ("Box", "1", "piece")]
MAPPINGS = [("Flour", "kg", "FLOUR"), ("Butter", "kg", "BUTTER"), ("Box", "piece", "BOX")]


async def open_cafe(stock: Stock, site: str, **stocked: int | str) -> None:
    """Make a cafe with so much flour, butter and boxes; it sells CROFFLE, of all three."""
    await stock.define(
        sites=[site],
        items=[ItemLine("FLOUR", measure="kg"), ItemLine("BUTTER", measure="kg"), ItemLine("BOX")],
        key=f"{site}/define",
    )
    await stock.recipes.define(product="CROFFLE", name="Croffle", ingredients=INGREDIENTS, key=f"{site}/recipe")
    await stock.recipes.map_ingredients(site=site, mappings=MAPPINGS, key=f"{site}/map")
    if stocked:
        lines = [(sku.upper(), quantity) for sku, quantity in stocked.items()]
        await stock.receive(site=site, lines=lines, key=f"{site}/stock")


async def available(stock: Stock, site: str) -> dict[str, str]:
    """Tell what is available of each item of a site, as plain decimals, in the order of the items."""
    holdings = stock.every(stock.list_holdings, site, empty=True)
    return {holding.place.sku: decimal_text(holding.balances.available) async for holding in holdings}
