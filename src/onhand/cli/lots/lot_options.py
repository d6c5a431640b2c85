"""The options of verbs about lots."""

from typing import Annotated

import typer

from onhand.cli.values import whole_number

_GOODS = "What comes in"
_WHERE = "Where it goes"
_TERMS = "Costs and terms"
_WHICH = "Which lots"


Vendor = Annotated[str, typer.Option("--vendor", metavar="NAME", help="Who it is bought from.")]
Brand = Annotated[str, typer.Option("--brand", metavar="NAME", help="Under whose name it is sold.")]
Product = Annotated[str, typer.Option("--product", metavar="NAME", help="What it is.")]
Category = Annotated[str, typer.Option("--category", metavar="NAME", help="Its category.")]
Quantity = Annotated[str, typer.Argument(metavar="QUANTITY", show_default=False, help="How much: 12 or 12.5.")]
Site = Annotated[str, typer.Option("--site", metavar="SITE", help="The store, branch or warehouse.")]
Subcategory = Annotated[str | None, typer.Option("--subcategory", metavar="NAME", rich_help_panel=_GOODS)]
Grade = Annotated[str | None, typer.Option("--grade", metavar="GRADE", rich_help_panel=_GOODS)]
Strain = Annotated[int | None, typer.Option("--strain-id", metavar="ID", parser=whole_number, rich_help_panel=_GOODS)]
Measure = Annotated[
    str | None,
    typer.Option(
        "--measure", metavar="WORD", help="What a new item is counted in. Default: piece.", rich_help_panel=_GOODS
    ),
]
ExpiresOn = Annotated[
    str | None, typer.Option("--expires-on", metavar="DAY", help="The last good day.", rich_help_panel=_GOODS)
]
Status = Annotated[
    str | None,
    typer.Option("--status", metavar="STATUS", help="LIVE unless told, or AWAITING_INTAKE.", rich_help_panel=_GOODS),
]
OfItem = Annotated[
    str | None,
    typer.Option("--sku", metavar="SKU", help="Book a new product under this item.", rich_help_panel=_GOODS),
]
OfLot = Annotated[
    str | None,
    typer.Option(
        "--lot", metavar="LOT", help="A code of your own. Default: the next of the day.", rich_help_panel=_GOODS
    ),
]
Zone = Annotated[str | None, typer.Option("--zone", metavar="CODE", rich_help_panel=_WHERE)]
Rack = Annotated[str | None, typer.Option("--rack", metavar="CODE", rich_help_panel=_WHERE)]
Shelf = Annotated[str | None, typer.Option("--shelf", metavar="CODE", rich_help_panel=_WHERE)]
Bin = Annotated[str | None, typer.Option("--bin", metavar="CODE", rich_help_panel=_WHERE)]
UnitCost = Annotated[
    str | None,
    typer.Option(
        "--unit-cost", metavar="AMOUNT", help="What each costs; the cost mode is FIXED.", rich_help_panel=_TERMS
    ),
]
CostMin = Annotated[
    str | None,
    typer.Option("--cost-min", metavar="AMOUNT", help="The least; the cost mode is RANGE.", rich_help_panel=_TERMS),
]
CostMax = Annotated[str | None, typer.Option("--cost-max", metavar="AMOUNT", help="The most.", rich_help_panel=_TERMS)]
Terms = Annotated[
    str | None,
    typer.Option(
        "--terms",
        metavar="TERMS",
        help="COD, NET_7, NET_15, NET_30, CONSIGNMENT or PARTIAL.",
        rich_help_panel=_TERMS,
    ),
]

SomeStatus = Annotated[str | None, typer.Option("--status", metavar="STATUS", rich_help_panel=_WHICH)]
SomeCategory = Annotated[str | None, typer.Option("--category", metavar="NAME", rich_help_panel=_WHICH)]
SomeSubcategory = Annotated[str | None, typer.Option("--subcategory", metavar="NAME", rich_help_panel=_WHICH)]
SomeBrand = Annotated[str | None, typer.Option("--brand", metavar="NAME", rich_help_panel=_WHICH)]
SomeVendor = Annotated[str | None, typer.Option("--vendor", metavar="NAME", rich_help_panel=_WHICH)]
AtSite = Annotated[
    str | None, typer.Option("--site", metavar="SITE", help="Those that are or were there.", rich_help_panel=_WHICH)
]
Since = Annotated[
    str | None, typer.Option("--since", metavar="TIME", help="Those that came in from then on.", rich_help_panel=_WHICH)
]
Until = Annotated[
    str | None, typer.Option("--until", metavar="TIME", help="Those that came in before.", rich_help_panel=_WHICH)
]
Words = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="WORDS...",
        show_default=False,
        help="Beginnings of words of code, vendor, brand, product or category; all must occur.",
    ),
]
Order = Annotated[
    str, typer.Option("--order", metavar="ORDER", help="newest, oldest, expires_on or code.", rich_help_panel=_WHICH)
]
Sku = Annotated[str, typer.Argument(metavar="SKU", show_default=False, help="The item.")]
Lot = Annotated[str, typer.Argument(metavar="LOT", show_default=False, help="The lot.")]
SomeQuantity = Annotated[
    str | None, typer.Argument(metavar="QUANTITY", show_default=False, help="So much of it, at the site.")
]
PartSite = Annotated[str | None, typer.Option("--site", metavar="SITE", help="Where a part of it lies.")]
