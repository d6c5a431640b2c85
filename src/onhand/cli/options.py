"""The options that verbs share: one name and one meaning each."""

from typing import Annotated

import typer

from onhand.cli.values import whole_number

_WHO = "Who, when, why"
_OUTPUT = "Output"

Json = Annotated[
    bool, typer.Option("--json", help="Print one JSON document instead of tables.", rich_help_panel=_OUTPUT)
]
Org = Annotated[
    str | None, typer.Option("--org", metavar="ORG", help="The org to work in. Default: ONHAND_ORG, or main.")
]
Actor = Annotated[
    str | None,
    typer.Option(
        "--actor", metavar="NAME", help="Who acts. Default: ONHAND_ACTOR, or your login.", rich_help_panel=_WHO
    ),
]
Key = Annotated[
    str | None,
    typer.Option(
        "--key",
        metavar="KEY",
        help="Makes a retry safe: the same key never acts twice. Without it one is made up and told on stderr.",
        rich_help_panel=_WHO,
    ),
]
Reason = Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="Why.", rich_help_panel=_WHO)]
Document = Annotated[
    str | None,
    typer.Option(
        "--document", metavar="TYPE:ID", help="The document behind it, as invoice:536365.", rich_help_panel=_WHO
    ),
]
OccurredAt = Annotated[
    str | None,
    typer.Option(
        "--occurred-at",
        metavar="TIME",
        help="When it happened, if not now: 2026-01-31T09:30:00Z.",
        rich_help_panel=_WHO,
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show exactly what would happen, and write nothing.")]

Lines = Annotated[
    list[str],
    typer.Argument(
        metavar="LINES...",
        show_default=False,
        help='SKU=QUANTITY or SKU@LOT=QUANTITY, or \'{"sku": "...", "quantity": "1", "unit": "..."}\'.',
    ),
]
SomeLines = Annotated[
    list[str] | None,
    typer.Argument(metavar="LINES...", show_default=False, help="SKU=QUANTITY or SKU@LOT=QUANTITY; all if none."),
]
Site = Annotated[str, typer.Option("--site", metavar="SITE", help="The store, branch or warehouse.")]
Location = Annotated[
    str | None, typer.Option("--location", metavar="LOCATION", help="The shelf or bin, for all lines.")
]
UnitCost = Annotated[
    str | None,
    typer.Option("--unit-cost", metavar="AMOUNT", help="What one costs, for the lines that do not tell."),
]
Number = Annotated[
    int, typer.Argument(metavar="NUMBER", parser=whole_number, show_default=False, help="The posting's number.")
]

_PLACE = "Which holdings"
SomeSite = Annotated[
    str | None, typer.Option("--site", metavar="SITE", help="Only at this site.", rich_help_panel=_PLACE)
]
Sku = Annotated[str | None, typer.Argument(metavar="SKU", show_default=False, help="Only this item.")]
SomeLot = Annotated[str | None, typer.Option("--lot", metavar="LOT", help="Only this lot.", rich_help_panel=_PLACE)]
SomeLocation = Annotated[
    str | None, typer.Option("--location", metavar="LOCATION", help="Only this location.", rich_help_panel=_PLACE)
]
SomeUnit = Annotated[
    str | None, typer.Option("--unit", metavar="UNIT", help="Only this serial or piece.", rich_help_panel=_PLACE)
]
Limit = Annotated[
    int,
    typer.Option("--limit", metavar="N", parser=whole_number, help="Rows, 1 to 100.", rich_help_panel=_OUTPUT),
]
After = Annotated[
    str | None,
    typer.Option("--after", metavar="CURSOR", help="Go on after the page before.", rich_help_panel=_OUTPUT),
]

_WHICH = "Which postings"
Kind = Annotated[
    str | None,
    typer.Option("--kind", metavar="KIND", help="Only of this kind, as sell or revert.", rich_help_panel=_WHICH),
]
Since = Annotated[
    int,
    typer.Option(
        "--since", metavar="NUMBER", parser=whole_number, help="Only after this posting.", rich_help_panel=_WHICH
    ),
]
Until = Annotated[
    int | None,
    typer.Option(
        "--until", metavar="NUMBER", parser=whole_number, help="Only up to this posting.", rich_help_panel=_WHICH
    ),
]
Newest = Annotated[bool, typer.Option("--newest-first", help="The last one first.", rich_help_panel=_WHICH)]
