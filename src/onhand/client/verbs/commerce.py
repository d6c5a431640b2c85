"""
What is told of commerce, and the verbs for it.

Made from /openapi.json by `make docs`; edit docs/generating/client.py, not this.
"""

from collections.abc import Mapping, Sequence
from typing import Required, TypedDict, Unpack

from onhand.client.shapes.commerce import CustomerAnswer, InvoiceAnswer, OrderAnswer
from onhand.client.shapes.shared import Line, Posted, SaleLine
from onhand.client.speaking import About, AsyncSpeaker, Moment, Page, Quantity, Speaker, Versioned, Write


class DefineCustomerTold(About, Versioned, total=False):
    """What `define_customer` is told."""

    code: Required[str]  # The code.
    name: str  # The name.
    email: str  # The address for letters.
    vat_number: str  # The VAT number.


class ListCustomersTold(TypedDict, total=False):
    """What `list_customers` is told."""

    after: str  # Where the list goes on: the cursor of the page before.
    limit: int  # How many rows at most.


class GetCustomerTold(TypedDict, total=False):
    """What `get_customer` is told."""

    customer: Required[str]  # The customer.


class IssueInvoiceTold(About, total=False):
    """What `issue_invoice` is told."""

    site: Required[str]  # The code of a site.
    lines: Required[Sequence[SaleLine]]  # The lines, all or none of which are done.
    number: str  # The number of a posting in the journal, or of a document.
    customer: str  # The customer.
    cart: int  # The number of the reservation that becomes the invoice's.
    expires_at: Moment  # When it ends: RFC 3339 with a time zone.
    prices_include_vat: bool  # Whether the prices hold the VAT.


class ListInvoicesTold(TypedDict, total=False):
    """What `list_invoices` is told."""

    status: str  # The status.
    customer: str  # The customer.
    after: str  # Where the list goes on: the cursor of the page before.
    limit: int  # How many rows at most.


class GetInvoiceTold(TypedDict, total=False):
    """What `get_invoice` is told."""

    number: Required[str]  # The number of a posting in the journal, or of a document.


class PayInvoiceTold(About, Versioned, total=False):
    """What `pay_invoice` is told."""

    invoice: Required[str]  # The number of an invoice.
    amount: Quantity  # How much, in the currency of the org.
    method: str  # How it was paid.
    reference: str  # The reference of the payment.


class RefundInvoiceTold(About, Versioned, total=False):
    """What `refund_invoice` is told."""

    invoice: Required[str]  # The number of an invoice.
    amount: Required[Quantity]  # How much, in the currency of the org.
    method: str  # How it was paid.
    reference: str  # The reference of the payment.


class DeliverInvoiceTold(About, Versioned, total=False):
    """What `deliver_invoice` is told."""

    invoice: Required[str]  # The number of an invoice.
    lines: Sequence[Line]  # The lines, all or none of which are done.
    delivery: Mapping[str, str]  # What is told of the delivery: carrier, tracking, recipient, address, note.


class CancelInvoiceTold(About, Versioned, total=False):
    """What `cancel_invoice` is told."""

    invoice: Required[str]  # The number of an invoice.


class TakeBackInvoiceTold(About, Versioned, total=False):
    """What `take_back_invoice` is told."""

    invoice: Required[str]  # The number of an invoice.
    site: Required[str]  # The code of a site.
    lines: Required[Sequence[Line]]  # The lines, all or none of which are done.


class CheckoutTold(Write, total=False):
    """What `checkout` is told."""

    sites: Required[Sequence[str]]  # Sites, by their codes.
    lines: Required[Sequence[SaleLine]]  # The lines, all or none of which are done.
    expires_at: Required[Moment]  # When it ends: RFC 3339 with a time zone.
    number: str  # The number of a posting in the journal, or of a document.
    customer: str  # The customer.
    policy: str  # How goods are split over branches: fewest_branches, in_order or one_branch.
    prices_include_vat: bool  # Whether the prices hold the VAT.


class PlaceOrderTold(About, total=False):
    """What `place_order` is told."""

    reservations: Required[Sequence[int]]  # The numbers of reservations.
    lines: Required[Sequence[SaleLine]]  # The lines, all or none of which are done.
    number: str  # The number of a posting in the journal, or of a document.
    customer: str  # The customer.
    prices_include_vat: bool  # Whether the prices hold the VAT.


class ListOrdersTold(TypedDict, total=False):
    """What `list_orders` is told."""

    status: str  # The status.
    after: str  # Where the list goes on: the cursor of the page before.
    limit: int  # How many rows at most.


class GetOrderTold(TypedDict, total=False):
    """What `get_order` is told."""

    number: Required[str]  # The number of a posting in the journal, or of a document.


class PayOrderTold(About, Versioned, total=False):
    """What `pay_order` is told."""

    order: Required[str]  # The number of an order.
    amount: Quantity  # How much, in the currency of the org.
    method: str  # How it was paid.
    reference: str  # The reference of the payment.


class RefundOrderTold(About, Versioned, total=False):
    """What `refund_order` is told."""

    order: Required[str]  # The number of an order.
    amount: Required[Quantity]  # How much, in the currency of the org.
    method: str  # How it was paid.
    reference: str  # The reference of the payment.


class FulfilOrderTold(About, Versioned, total=False):
    """What `fulfil_order` is told."""

    order: Required[str]  # The number of an order.


class CommitOrderTold(About, Versioned, total=False):
    """What `commit_order` is told."""

    order: Required[str]  # The number of an order.


class CancelOrderTold(About, Versioned, total=False):
    """What `cancel_order` is told."""

    order: Required[str]  # The number of an order.


class CommerceVerbs(Speaker):
    """The verbs."""

    def define_customer(self, **told: Unpack[DefineCustomerTold]) -> Posted:
        """
        Make a customer known, or change what is known of him; what is not told stays as it is.

        POST /api/customers, for admin, clerk, manager.
        """
        return self._write("POST", "/api/customers", told)

    def list_customers(self, **told: Unpack[ListCustomersTold]) -> Page[CustomerAnswer]:
        """
        List the customers.

        GET /api/customers, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/customers", told)

    def get_customer(self, **told: Unpack[GetCustomerTold]) -> CustomerAnswer:
        """
        Give a customer by his code; raises Refused UNKNOWN_CUSTOMER.

        GET /api/customers/{customer}, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/customers/{customer}", told)

    def issue_invoice(self, **told: Unpack[IssueInvoiceTold]) -> Posted:
        """
        Make an invoice and reserve its goods: all lines or none.

        With `cart`, the reservation of that number becomes the invoice's; the lines are then what it holds, with
        prices. Units are sold as single items. After `expires_at` the invoice may expire, as long as it is not paid.

        POST /api/invoices, for admin, clerk, manager.
        """
        return self._write("POST", "/api/invoices", told)

    def list_invoices(self, **told: Unpack[ListInvoicesTold]) -> Page[InvoiceAnswer]:
        """
        List invoices with their lines and payments.

        GET /api/invoices, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/invoices", told)

    def get_invoice(self, **told: Unpack[GetInvoiceTold]) -> InvoiceAnswer:
        """
        Give an invoice with its lines and payments; raises Refused DOCUMENT_NOT_FOUND.

        GET /api/invoices/{number}, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/invoices/{number}", told)

    def pay_invoice(self, **told: Unpack[PayInvoiceTold]) -> Posted:
        """
        Record a payment, in part or in full; exactly one of `invoice` and `order` is told.

        Without an amount, all that is due is paid.

        A part changes nothing but what is paid. In full, the goods of an invoice are sold; those of an order stay
        reserved, and do not expire any more.

        POST /api/invoices/{invoice}/payments, for admin, clerk, manager.
        """
        return self._write("POST", "/api/invoices/{invoice}/payments", told)

    def refund_invoice(self, **told: Unpack[RefundInvoiceTold]) -> Posted:
        """
        Give money back on an invoice or an order, never more than came.

        Not while it is paid and its goods wait; cancel it first.

        POST /api/invoices/{invoice}/refunds, for admin, manager.
        """
        return self._write("POST", "/api/invoices/{invoice}/refunds", told)

    def deliver_invoice(self, **told: Unpack[DeliverInvoiceTold]) -> Posted:
        """
        Hand over what is paid: all of it, or some lines.

        `delivery` tells of it: carrier, tracking, recipient, address, note.

        POST /api/invoices/{invoice}/delivery, for admin, clerk, manager.
        """
        return self._write("POST", "/api/invoices/{invoice}/delivery", told)

    def cancel_invoice(self, **told: Unpack[CancelInvoiceTold]) -> Posted:
        """
        Cancel an invoice: what it had reserved, or sold and not yet delivered, is available again.

        POST /api/invoices/{invoice}/cancellation, for admin, clerk, manager.
        """
        return self._write("POST", "/api/invoices/{invoice}/cancellation", told)

    def take_back_invoice(self, **told: Unpack[TakeBackInvoiceTold]) -> Posted:
        """
        Take back what was delivered on an invoice; each line's state is available, quarantine or defective.

        No more comes back than was delivered and has not come back before. A serial comes back by its unit.

        POST /api/invoices/{invoice}/returns, for admin, clerk, manager.
        """
        return self._write("POST", "/api/invoices/{invoice}/returns", told)

    def checkout(self, **told: Unpack[CheckoutTold]) -> Posted:
        """
        Check a cart out: validate it, reserve its goods and place the order, in one call.

        Payment, fulfilment and commitment follow at the order's own addresses; where the payment fails, its
        cancellation makes the goods available again. The same call under the same key goes on where it stopped, and the
        same order twice is one order; what nobody goes on with ends at its expiry. A trial computes the reservation.

        POST /api/checkouts, for admin, clerk, manager.
        """
        return self._write("POST", "/api/checkouts", told)

    def place_order(self, **told: Unpack[PlaceOrderTold]) -> Posted:
        """
        Place an order on reservations that are active; its lines are exactly what they hold, with prices.

        The reservations are the order's from now on. As long as it is not paid, it is cancelled when they expire.

        POST /api/orders, for admin, clerk, manager.
        """
        return self._write("POST", "/api/orders", told)

    def list_orders(self, **told: Unpack[ListOrdersTold]) -> Page[OrderAnswer]:
        """
        List orders with their lines and payments.

        GET /api/orders, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/orders", told)

    def get_order(self, **told: Unpack[GetOrderTold]) -> OrderAnswer:
        """
        Give an order with its lines and payments; raises Refused DOCUMENT_NOT_FOUND.

        GET /api/orders/{number}, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/orders/{number}", told)

    def pay_order(self, **told: Unpack[PayOrderTold]) -> Posted:
        """
        Record a payment, in part or in full; exactly one of `invoice` and `order` is told.

        Without an amount, all that is due is paid.

        A part changes nothing but what is paid. In full, the goods of an invoice are sold; those of an order stay
        reserved, and do not expire any more.

        POST /api/orders/{order}/payments, for admin, clerk, manager.
        """
        return self._write("POST", "/api/orders/{order}/payments", told)

    def refund_order(self, **told: Unpack[RefundOrderTold]) -> Posted:
        """
        Give money back on an invoice or an order, never more than came.

        Not while it is paid and its goods wait; cancel it first.

        POST /api/orders/{order}/refunds, for admin, manager.
        """
        return self._write("POST", "/api/orders/{order}/refunds", told)

    def fulfil_order(self, **told: Unpack[FulfilOrderTold]) -> Posted:
        """
        Say that the goods of a paid order are picked and packed.

        POST /api/orders/{order}/fulfilment, for admin, clerk, manager.
        """
        return self._write("POST", "/api/orders/{order}/fulfilment", told)

    def commit_order(self, **told: Unpack[CommitOrderTold]) -> Posted:
        """
        Hand the goods of a fulfilled order over: all of them, from each branch.

        POST /api/orders/{order}/commitment, for admin, clerk, manager.
        """
        return self._write("POST", "/api/orders/{order}/commitment", told)

    def cancel_order(self, **told: Unpack[CancelOrderTold]) -> Posted:
        """
        Cancel an order at any point before its goods are handed over: they are available again.

        POST /api/orders/{order}/cancellation, for admin, clerk, manager.
        """
        return self._write("POST", "/api/orders/{order}/cancellation", told)


class AsyncCommerceVerbs(AsyncSpeaker):
    """The verbs, awaited."""

    async def define_customer(self, **told: Unpack[DefineCustomerTold]) -> Posted:
        """
        Make a customer known, or change what is known of him; what is not told stays as it is.

        POST /api/customers, for admin, clerk, manager.
        """
        return await self._write("POST", "/api/customers", told)

    async def list_customers(self, **told: Unpack[ListCustomersTold]) -> Page[CustomerAnswer]:
        """
        List the customers.

        GET /api/customers, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/customers", told)

    async def get_customer(self, **told: Unpack[GetCustomerTold]) -> CustomerAnswer:
        """
        Give a customer by his code; raises Refused UNKNOWN_CUSTOMER.

        GET /api/customers/{customer}, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/customers/{customer}", told)

    async def issue_invoice(self, **told: Unpack[IssueInvoiceTold]) -> Posted:
        """
        Make an invoice and reserve its goods: all lines or none.

        With `cart`, the reservation of that number becomes the invoice's; the lines are then what it holds, with
        prices. Units are sold as single items. After `expires_at` the invoice may expire, as long as it is not paid.

        POST /api/invoices, for admin, clerk, manager.
        """
        return await self._write("POST", "/api/invoices", told)

    async def list_invoices(self, **told: Unpack[ListInvoicesTold]) -> Page[InvoiceAnswer]:
        """
        List invoices with their lines and payments.

        GET /api/invoices, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/invoices", told)

    async def get_invoice(self, **told: Unpack[GetInvoiceTold]) -> InvoiceAnswer:
        """
        Give an invoice with its lines and payments; raises Refused DOCUMENT_NOT_FOUND.

        GET /api/invoices/{number}, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/invoices/{number}", told)

    async def pay_invoice(self, **told: Unpack[PayInvoiceTold]) -> Posted:
        """
        Record a payment, in part or in full; exactly one of `invoice` and `order` is told.

        Without an amount, all that is due is paid.

        A part changes nothing but what is paid. In full, the goods of an invoice are sold; those of an order stay
        reserved, and do not expire any more.

        POST /api/invoices/{invoice}/payments, for admin, clerk, manager.
        """
        return await self._write("POST", "/api/invoices/{invoice}/payments", told)

    async def refund_invoice(self, **told: Unpack[RefundInvoiceTold]) -> Posted:
        """
        Give money back on an invoice or an order, never more than came.

        Not while it is paid and its goods wait; cancel it first.

        POST /api/invoices/{invoice}/refunds, for admin, manager.
        """
        return await self._write("POST", "/api/invoices/{invoice}/refunds", told)

    async def deliver_invoice(self, **told: Unpack[DeliverInvoiceTold]) -> Posted:
        """
        Hand over what is paid: all of it, or some lines.

        `delivery` tells of it: carrier, tracking, recipient, address, note.

        POST /api/invoices/{invoice}/delivery, for admin, clerk, manager.
        """
        return await self._write("POST", "/api/invoices/{invoice}/delivery", told)

    async def cancel_invoice(self, **told: Unpack[CancelInvoiceTold]) -> Posted:
        """
        Cancel an invoice: what it had reserved, or sold and not yet delivered, is available again.

        POST /api/invoices/{invoice}/cancellation, for admin, clerk, manager.
        """
        return await self._write("POST", "/api/invoices/{invoice}/cancellation", told)

    async def take_back_invoice(self, **told: Unpack[TakeBackInvoiceTold]) -> Posted:
        """
        Take back what was delivered on an invoice; each line's state is available, quarantine or defective.

        No more comes back than was delivered and has not come back before. A serial comes back by its unit.

        POST /api/invoices/{invoice}/returns, for admin, clerk, manager.
        """
        return await self._write("POST", "/api/invoices/{invoice}/returns", told)

    async def checkout(self, **told: Unpack[CheckoutTold]) -> Posted:
        """
        Check a cart out: validate it, reserve its goods and place the order, in one call.

        Payment, fulfilment and commitment follow at the order's own addresses; where the payment fails, its
        cancellation makes the goods available again. The same call under the same key goes on where it stopped, and the
        same order twice is one order; what nobody goes on with ends at its expiry. A trial computes the reservation.

        POST /api/checkouts, for admin, clerk, manager.
        """
        return await self._write("POST", "/api/checkouts", told)

    async def place_order(self, **told: Unpack[PlaceOrderTold]) -> Posted:
        """
        Place an order on reservations that are active; its lines are exactly what they hold, with prices.

        The reservations are the order's from now on. As long as it is not paid, it is cancelled when they expire.

        POST /api/orders, for admin, clerk, manager.
        """
        return await self._write("POST", "/api/orders", told)

    async def list_orders(self, **told: Unpack[ListOrdersTold]) -> Page[OrderAnswer]:
        """
        List orders with their lines and payments.

        GET /api/orders, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/orders", told)

    async def get_order(self, **told: Unpack[GetOrderTold]) -> OrderAnswer:
        """
        Give an order with its lines and payments; raises Refused DOCUMENT_NOT_FOUND.

        GET /api/orders/{number}, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/orders/{number}", told)

    async def pay_order(self, **told: Unpack[PayOrderTold]) -> Posted:
        """
        Record a payment, in part or in full; exactly one of `invoice` and `order` is told.

        Without an amount, all that is due is paid.

        A part changes nothing but what is paid. In full, the goods of an invoice are sold; those of an order stay
        reserved, and do not expire any more.

        POST /api/orders/{order}/payments, for admin, clerk, manager.
        """
        return await self._write("POST", "/api/orders/{order}/payments", told)

    async def refund_order(self, **told: Unpack[RefundOrderTold]) -> Posted:
        """
        Give money back on an invoice or an order, never more than came.

        Not while it is paid and its goods wait; cancel it first.

        POST /api/orders/{order}/refunds, for admin, manager.
        """
        return await self._write("POST", "/api/orders/{order}/refunds", told)

    async def fulfil_order(self, **told: Unpack[FulfilOrderTold]) -> Posted:
        """
        Say that the goods of a paid order are picked and packed.

        POST /api/orders/{order}/fulfilment, for admin, clerk, manager.
        """
        return await self._write("POST", "/api/orders/{order}/fulfilment", told)

    async def commit_order(self, **told: Unpack[CommitOrderTold]) -> Posted:
        """
        Hand the goods of a fulfilled order over: all of them, from each branch.

        POST /api/orders/{order}/commitment, for admin, clerk, manager.
        """
        return await self._write("POST", "/api/orders/{order}/commitment", told)

    async def cancel_order(self, **told: Unpack[CancelOrderTold]) -> Posted:
        """
        Cancel an order at any point before its goods are handed over: they are available again.

        POST /api/orders/{order}/cancellation, for admin, clerk, manager.
        """
        return await self._write("POST", "/api/orders/{order}/cancellation", told)
