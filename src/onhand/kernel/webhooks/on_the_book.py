"""Webhooks on the book: found by their numbers, and what narrows them checked and wanted."""

from onhand.kernel.command import LINES_MAX
from onhand.kernel.draft import Draft
from onhand.kernel.refusals import Refused
from onhand.kernel.text import check_code
from onhand.kernel.wants import Wants
from onhand.kernel.webhooks.webhook import Webhook


def find_webhook(draft: Draft, number: int) -> Webhook:
    """Give a webhook; raises Refused where there is none of that number."""
    known = draft.book.entities.get(("webhook", number))
    if not isinstance(known, Webhook):
        raise Refused("WEBHOOK_NOT_FOUND", webhook=number)
    return known


def check_filters(kinds: tuple[str, ...], sites: tuple[str, ...], skus: tuple[str, ...]) -> None:
    """Refuse filters that are not well formed, or that name what no posting can have."""
    from onhand.kernel.operations import OPERATIONS  # noqa: PLC0415 - which is made of this module too

    for field, codes in (("kinds", kinds), ("sites", sites), ("skus", skus)):
        if len(codes) > LINES_MAX:
            raise Refused("TOO_MANY_LINES", lines=len(codes), lines_max=LINES_MAX)
        for code in codes:
            check_code(code, field)
        if len(set(codes)) < len(codes):
            raise Refused("INVALID_COMMAND", detail=f"{field} names one twice")
    for kind in kinds:
        if kind not in OPERATIONS:
            raise Refused("INVALID_COMMAND", detail=f"there is no kind of posting {ascii(kind)[:40]}")


def want_filters(wants: Wants, sites: tuple[str, ...], skus: tuple[str, ...]) -> None:
    """Want what the filters name."""
    wants.sites.update(sites)
    wants.items.update(skus)


def know_filters(draft: Draft, sites: tuple[str, ...], skus: tuple[str, ...]) -> None:
    """Refuse filters that name what is not known."""
    for site in sites:
        draft.book.site(site)
    for sku in skus:
        draft.book.item(sku)
