"""Webhooks and their deliveries, as JSON values and as people see them."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

from rich.text import Text

from onhand.cli.tables import second, table
from onhand.kernel.entity import time_text
from onhand.ledger.core.answers import Page
from onhand.ledger.webhooks.port import DeliveryAnswer, WebhookAnswer

if TYPE_CHECKING:
    from rich.console import RenderableType

_BECAUSE = {
    "asked": "disabled",
    "gone": "disabled: its target said that it is gone",
    "failing": "disabled: it failed for too long",
}


def plain(answer: WebhookAnswer | DeliveryAnswer) -> dict[str, object]:
    """Give an answer as JSON values."""
    return {
        name: time_text(value) if isinstance(value, datetime) else list(value) if isinstance(value, tuple) else value
        for name, value in asdict(answer).items()
    }


def webhooks(page: Page[WebhookAnswer]) -> "Iterator[RenderableType]":
    """List webhooks."""
    if not page.rows:
        yield Text("There are no webhooks.")
        return
    rows = [(found.id, found.name, found.url, _status(found), f"posting {found.number}") for found in page]
    yield table(["#", "name", "leads to", "status", "told up to"], rows)
    yield from _more(page.after)


def webhook(found: WebhookAnswer, head: int) -> "Iterator[RenderableType]":
    """Show one webhook."""
    yield Text.assemble((f"Webhook {found.id}: {found.name}", "bold"))
    rows = [
        ("leads to", found.url),
        ("status", _status(found)),
        ("told up to", f"posting {found.number} of {head}"),
        *[
            (f"only {name}", ", ".join(codes))
            for name, codes in (("kinds", found.kinds), ("sites", found.sites), ("items", found.skus))
            if codes
        ],
        ("secrets", f"{found.secrets}, the older until {second(found.older_until)} UTC" if found.older_until else "1"),
    ]
    for name, value in rows:
        yield Text(f"  {name:<11} {value}")


def deliveries(page: Page[DeliveryAnswer]) -> "Iterator[RenderableType]":
    """List tries to tell a webhook of postings."""
    if not page.rows:
        yield Text("It was told nothing yet.")
        return
    rows = [
        (f"posting {tried.number}", second(tried.attempted_at), tried.status, tried.detail, f"{tried.milliseconds} ms")
        for tried in page
    ]
    yield table(["of", "tried (UTC)", "answered", "why not", "took"], rows)
    yield from _more(page.after)


def _status(found: WebhookAnswer) -> str:
    if found.because is not None:
        return _BECAUSE[found.because]
    if found.failures:
        return f"failed {found.failures} times, again at {second(found.next_attempt_at)} UTC"
    return found.status


def _more(after: str | None) -> "Iterator[RenderableType]":
    if after is not None:
        yield Text(f"There are more: --after {after}")
