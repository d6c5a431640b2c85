"""Customers, invoices, orders, and the checkout: the first steps of an order in one call."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from onhand.api.entry.calls import Call
from onhand.api.http.problems import HttpAnswer, Problem
from onhand.api.routes.commands import shape_of
from onhand.api.routes.postings import POSTING, write_posting
from onhand.api.routes.routes import ALL, MANAGERS, TILLS, Act, Ask, Special
from onhand.api.routes.writes import is_trial, key_of, version_of
from onhand.kernel.commerce.sale_lines import SaleLine
from onhand.kernel.refusals import Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkout:
    """What a cart that is checked out tells."""

    sites: tuple[str, ...]
    lines: tuple[SaleLine, ...]
    expires_at: datetime
    number: str | None = None
    customer: str | None = None
    policy: str = "fewest_branches"
    prices_include_vat: bool = True


_checkout = shape_of(Checkout)


async def _check_out(call: Call) -> HttpAnswer:
    """Check a cart out, or compute what it would reserve."""
    dry_run = is_trial(call)
    if version_of(call) is not None:
        raise Problem("IF_MATCH_UNUSABLE")
    told: Checkout = _checkout.read(call.body, "the body")
    for site in told.sites:
        if call.sites is not None and site not in call.sites:
            raise Refused("UNKNOWN_SITE", site=site)
    about: dict[str, Any] = {name: getattr(told, name) for name in Checkout.__dataclass_fields__}
    posting = await call.stock.orders.checkout(**about, key=key_of(call), actor=call.holder.name, dry_run=dry_run)
    headers = {} if dry_run else {"Location": f"/api/postings/{posting.number}"}
    if posting.replayed:
        headers["Idempotency-Replayed"] = "true"
    document = {**write_posting(posting), "dry_run": dry_run}
    return HttpAnswer(200 if dry_run or posting.replayed else 201, msgspec.json.encode(document), headers)


ROUTES = (
    Act(path="/api/customers", operation="define_customer", roles=TILLS, whole_org=True),
    Ask(
        path="/api/customers",
        name="list_customers",
        question="catalog.list_customers",
        changes_with="journal",
        roles=ALL,
        whole_org=True,
    ),
    Ask(
        path="/api/customers/{customer}",
        name="get_customer",
        question="catalog.get_customer",
        changes_with="version",
        roles=ALL,
        whole_org=True,
    ),
    Act(path="/api/invoices", operation="issue_invoice", roles=TILLS),
    Ask(
        path="/api/invoices",
        name="list_invoices",
        question="invoices.list",
        changes_with="journal",
        roles=ALL,
        whole_org=True,
    ),
    Ask(path="/api/invoices/{number}", name="get_invoice", question="invoices.get", roles=ALL, whole_org=True),
    Act(path="/api/invoices/{invoice}/payments", name="pay_invoice", operation="pay", roles=TILLS, hidden=("order",)),
    Act(
        path="/api/invoices/{invoice}/refunds",
        name="refund_invoice",
        operation="refund",
        roles=MANAGERS,
        hidden=("order",),
    ),
    Act(path="/api/invoices/{invoice}/delivery", operation="deliver_invoice", roles=TILLS),
    Act(path="/api/invoices/{invoice}/cancellation", operation="cancel_invoice", roles=TILLS),
    Act(path="/api/invoices/{invoice}/returns", operation="take_back_invoice", roles=TILLS),
    Special(
        path="/api/checkouts",
        name="checkout",
        method="POST",
        roles=TILLS,
        handle=_check_out,
        summary="Check a cart out: validate it, reserve its goods and place the order, in one call.\n\nPayment, "
        "fulfilment and commitment follow at the order's own addresses; where the payment fails, its cancellation "
        "makes the goods available again. The same call under the same key goes on where it stopped, and the same "
        "order twice is one order; what nobody goes on with ends at its expiry. A trial computes the reservation.",
        body={**_checkout.schema, "required": ["sites", "lines", "expires_at"]},
        answer_schema=POSTING.schema,
        is_write=True,
    ),
    Act(path="/api/orders", operation="place_order", roles=TILLS),
    Ask(
        path="/api/orders",
        name="list_orders",
        question="orders.list",
        changes_with="journal",
        roles=ALL,
        whole_org=True,
    ),
    Ask(path="/api/orders/{number}", name="get_order", question="orders.get", roles=ALL, whole_org=True),
    Act(path="/api/orders/{order}/payments", name="pay_order", operation="pay", roles=TILLS, hidden=("invoice",)),
    Act(
        path="/api/orders/{order}/refunds", name="refund_order", operation="refund", roles=MANAGERS, hidden=("invoice",)
    ),
    Act(path="/api/orders/{order}/fulfilment", operation="fulfil_order", roles=TILLS),
    Act(path="/api/orders/{order}/commitment", operation="commit_order", roles=TILLS),
    Act(path="/api/orders/{order}/cancellation", operation="cancel_order", roles=TILLS),
)
