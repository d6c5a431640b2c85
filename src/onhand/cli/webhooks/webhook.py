"""The verbs `webhook create`, `change`, `list`, `show`, `disable`, `resume`, `rotate`, `deliveries` and `test`."""

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from onhand.cli.exits import Exit
from onhand.cli.options import After, Limit
from onhand.cli.values import whole_number
from onhand.cli.verb import DATABASE, Answer, Desk, posted, verb
from onhand.extras import needs
from onhand.kernel.posting import Posting
from onhand.kernel.webhooks.targets import check_target, read_target

if TYPE_CHECKING:
    from rich.console import RenderableType

    from onhand.ledger.webhooks.verbs import SecretMade

Name = Annotated[str, typer.Argument(metavar="NAME", show_default=False, help="Who is told, as accounting.")]
Url = Annotated[str, typer.Argument(metavar="URL", show_default=False, help="Where to, as https://example.com/hook.")]
Number = Annotated[
    int, typer.Argument(metavar="NUMBER", parser=whole_number, show_default=False, help="The number of the webhook.")
]
Kinds = Annotated[
    list[str] | None,
    typer.Option("--kind", metavar="KIND", help="Only this operation, as sell; more than once for more."),
]
Sites = Annotated[
    list[str] | None,
    typer.Option("--site", metavar="SITE", help="Only what moved at this site; more than once for more."),
]
Skus = Annotated[
    list[str] | None, typer.Option("--sku", metavar="SKU", help="Only what moved this item; more than once for more.")
]
From = Annotated[
    int | None,
    typer.Option(
        "--from", metavar="NUMBER", parser=whole_number, help="The first posting that is told.", show_default=False
    ),
]
Overlap = Annotated[
    int,
    typer.Option(
        "--overlap",
        metavar="SECONDS",
        parser=whole_number,
        help="How long the secrets before sign too; 0 is not at all.",
    ),
]


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    webhooks = typer.Typer(help="See to the webhooks of an org.", no_args_is_help=True)
    verb(webhooks, "create", panel=None, acts=True)(create)
    verb(webhooks, "change", panel=None, acts=True)(change)
    verb(webhooks, "list", panel=None, asks=True)(listed)
    verb(webhooks, "show", panel=None, asks=True)(show)
    verb(webhooks, "disable", panel=None, acts=True)(disable)
    verb(webhooks, "resume", panel=None, acts=True)(resume)
    verb(webhooks, "rotate", panel=None, acts=True)(rotate)
    verb(webhooks, "deliveries", panel=None, asks=True)(deliveries)
    verb(webhooks, "test", panel=None, asks=True)(test)
    app.add_typer(webhooks, name="webhook", rich_help_panel=DATABASE)


async def create(
    desk: Desk, name: Name, url: Url, kind: Kinds = None, site: Sites = None, sku: Skus = None, start: From = None
) -> Answer:
    """Tell an address of each posting, in order; the secret that signs is shown once."""
    check_target(read_target(url), desk.config.webhook_local_hosts)
    async with desk.ledger() as stock:
        made = await stock.webhooks.create(
            name=name, url=url, kinds=kind or (), sites=site or (), skus=sku or (), start=start, **desk.about
        )
    return _shown_once(desk, made)


async def change(
    desk: Desk, number: Number, url: Url, kind: Kinds = None, site: Sites = None, sku: Skus = None
) -> Posting:
    """Lead a webhook elsewhere, or narrow it otherwise; what is not told is not narrowed any more."""
    check_target(read_target(url), desk.config.webhook_local_hosts)
    async with desk.ledger() as stock:
        return await stock.webhooks.change(
            webhook=number, url=url, kinds=kind or (), sites=site or (), skus=sku or (), **desk.about
        )


async def disable(desk: Desk, number: Number) -> Posting:
    """Tell a webhook nothing any more, until it is resumed."""
    async with desk.ledger() as stock:
        return await stock.webhooks.disable(webhook=number, **desk.about)


async def resume(desk: Desk, number: Number, start: From = None) -> Posting:
    """Tell a webhook again, where it stopped, or from a posting on; an active one is tried at once."""
    async with desk.ledger() as stock:
        return await stock.webhooks.resume(webhook=number, start=start, **desk.about)


async def rotate(desk: Desk, number: Number, overlap: Overlap = 86_400) -> Answer:
    """Give a webhook another secret and show it once; those before sign too until the overlap is over."""
    async with desk.ledger() as stock:
        made = await stock.webhooks.rotate(webhook=number, overlap_seconds=overlap, **desk.about)
    return _shown_once(desk, made)


async def listed(desk: Desk, after: After = None, limit: Limit = 50) -> Answer:
    """List the webhooks of the org, and how far each was told."""
    from onhand.cli.webhooks import webhook_shown

    async with desk.ledger() as stock:
        page = await stock.webhooks.list(after=after, limit=limit)
    return Answer(
        plain={"webhooks": [webhook_shown.plain(webhook) for webhook in page], "after": page.after},
        shown=lambda: webhook_shown.webhooks(page),
    )


async def show(desk: Desk, number: Number) -> Answer:
    """Show a webhook, and where it stands."""
    from onhand.cli.webhooks import webhook_shown

    async with desk.ledger() as stock:
        webhook = await stock.webhooks.get(number)
        head = await stock.head()
    return Answer(
        plain={**webhook_shown.plain(webhook), "head": head.number},
        shown=lambda: webhook_shown.webhook(webhook, head.number),
    )


async def deliveries(desk: Desk, number: Number, after: After = None, limit: Limit = 20) -> Answer:
    """List the last tries to tell a webhook of postings, the latest first."""
    from onhand.cli.webhooks import webhook_shown

    async with desk.ledger() as stock:
        page = await stock.webhooks.list_deliveries(number, after=after, limit=limit)
    return Answer(
        plain={"deliveries": [webhook_shown.plain(delivery) for delivery in page], "after": page.after},
        shown=lambda: webhook_shown.deliveries(page),
    )


async def test(desk: Desk, number: Number) -> Answer:
    """Send a webhook a message that tells of nothing, at once, and say what became of it."""
    with needs("worker"):
        from onhand.delivery.sending import Sender
        from onhand.delivery.webhook_test import try_webhook

    async with desk.ledger() as stock, Sender(desk.config.webhook_local_hosts) as sender:
        outcome = await try_webhook(stock, sender, number)
    told = "It was delivered" if outcome.is_delivered else f"Not delivered: {outcome.detail}"
    return Answer(
        plain={
            "delivered": outcome.is_delivered,
            "status": outcome.status,
            "detail": outcome.detail,
            "milliseconds": outcome.milliseconds,
        },
        shown=lambda: [f"{told} ({outcome.milliseconds} ms)."],
        exit=Exit.DONE if outcome.is_delivered else Exit.CHECK_FAILED,
    )


def _shown_once(desk: Desk, made: "SecretMade") -> Answer:
    """Answer with a secret, which is shown this once."""
    posting = made.posting
    number = posting.changes[0].entity_id
    if made.secret is None:
        return posted(desk, posting, webhook=number)
    answer = posted(desk, posting, webhook=number, secret=made.secret)

    def show_secret() -> "Iterator[RenderableType]":
        # Written as it is, since a console would break a long line.
        sys.stdout.write(f"{made.secret}\n")
        yield f"Webhook {number}. Its secret is shown this once: keep it where secrets are kept."

    return Answer(plain=answer.plain, shown=show_secret)
