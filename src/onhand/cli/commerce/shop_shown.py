"""Receipts, VAT reports and items as people read them, and as plain JSON values."""

from collections.abc import Iterator, Mapping, Sequence

from rich.console import RenderableType
from rich.text import Text

from onhand.cli.plain import Plain
from onhand.cli.tables import minute, table
from onhand.kernel.entity import time_text
from onhand.kernel.exact import decimal_text
from onhand.ledger.commerce.shop_port import (
    DocumentsTotal,
    ItemAnswer,
    RateAnswer,
    ReceiptAnswer,
    ReceiptLineAnswer,
    VatReport,
)
from onhand.ledger.core.answers import Page


def receipt_plain(receipt: ReceiptAnswer) -> Plain:
    """Give a receipt as plain JSON values."""
    return {
        "number": receipt.number,
        "site": receipt.site,
        "status": receipt.status,
        "issued_at": time_text(receipt.issued_at),
        "lines": [
            {
                "sku": line.sku,
                "name": line.name,
                "quantity": decimal_text(line.quantity),
                "measure": line.measure,
                "price": decimal_text(line.price),
                "vat_rate": decimal_text(line.vat_rate),
                **_amounts(line),
            }
            for line in receipt.sold
        ],
        "rates": [_rate(rate) for rate in receipt.rates],
        **_amounts(receipt),
    }


def receipt_shown(receipt: ReceiptAnswer, currency: str) -> Iterator[RenderableType]:
    """Show a receipt as it is printed."""
    voided = "" if receipt.status == "issued" else f", {receipt.status}"
    yield Text(
        f"Receipt {receipt.number}{voided}: {receipt.site}, {minute(receipt.issued_at)} UTC, in {currency}",
        style="bold",
    )
    rows = [
        (
            decimal_text(line.quantity),
            line.name,
            decimal_text(line.price),
            f"{decimal_text(line.vat_rate)} %",
            decimal_text(line.gross),
        )
        for line in receipt.sold
    ]
    yield table(["quantity", "what", "price", "VAT", "amount"], rows)
    yield from _rates_shown(receipt.rates)


def receipts_plain(page: Page[ReceiptAnswer]) -> Plain:
    """Give a page of receipts as plain JSON values."""
    return {"receipts": [receipt_plain(receipt) for receipt in page], "after": page.after}


def receipts_shown(page: Page[ReceiptAnswer]) -> Iterator[RenderableType]:
    """List receipts."""
    if not page.rows:
        yield Text("Nothing.")
        return
    rows = [
        (
            receipt.number,
            minute(receipt.issued_at),
            receipt.site,
            receipt.status,
            len(receipt.sold),
            decimal_text(receipt.gross),
        )
        for receipt in page
    ]
    yield table(["#", "issued (UTC)", "site", "status", "lines", "amount"], rows)
    if page.after is not None:
        yield Text(f"There are more: --after {page.after}")


def vat_plain(report: VatReport) -> Plain:
    """Give a VAT report as plain JSON values."""
    return {
        "since": report.since.isoformat(),
        "until": report.until.isoformat(),
        "time_zone": report.time_zone,
        "currency": report.currency,
        "rates": [_rate(rate) for rate in report.rates],
        "charges": [{"documents": charge.documents, **_amounts(charge)} for charge in report.charges],
        **_amounts(report),
    }


def vat_shown(report: VatReport) -> Iterator[RenderableType]:
    """Show a VAT report."""
    yield Text(f"VAT from {report.since} to {report.until} ({report.time_zone}), in {report.currency}", style="bold")
    yield from _rates_shown(report.rates)
    if len(report.charges) > 1:
        rows = [
            (charge.documents, decimal_text(charge.net), decimal_text(charge.vat), decimal_text(charge.gross))
            for charge in report.charges
        ]
        yield table(["of these", "net", "VAT", "gross"], rows)


def items_plain(items: Sequence[ItemAnswer]) -> Plain:
    """Give found items as plain JSON values."""
    return {
        "items": [
            {
                "sku": item.sku,
                "name": item.name,
                "measure": item.measure,
                "price": None if item.price is None else decimal_text(item.price),
                "vat_rate": decimal_text(item.vat_rate),
                "options": {told.option: told.value for told in item.options},
                "found_by": item.found_by,
            }
            for item in items
        ]
    }


def items_shown(items: Sequence[ItemAnswer]) -> Iterator[RenderableType]:
    """List found items."""
    if not items:
        yield Text("Nothing.")
        return
    rows = [
        (
            item.sku,
            item.name,
            ", ".join(f"{told.option} {told.value}" for told in item.options),
            "" if item.price is None else decimal_text(item.price),
            f"{decimal_text(item.vat_rate)} %",
            item.measure,
            item.found_by,
        )
        for item in items
    ]
    yield table(["sku", "name", "options", "price", "VAT", "per", "found by"], rows)


def settings_shown(settings: Mapping[str, str], meanings: Mapping[str, str]) -> Iterator[RenderableType]:
    """List the settings of an org."""
    yield table(["setting", "value", "meaning"], [(name, value, meanings[name]) for name, value in settings.items()])


def _rates_shown(rates: Sequence[RateAnswer]) -> Iterator[RenderableType]:
    rows = [
        (f"{decimal_text(rate.vat_rate)} %", decimal_text(rate.net), decimal_text(rate.vat), decimal_text(rate.gross))
        for rate in rates
    ]
    total = [sum(column) for column in zip(*(rate[1:] for rate in rates), strict=True)] if rates else [0, 0, 0]
    rows.append(("total", *(decimal_text(amount) for amount in total)))  # type: ignore[arg-type]  # three of them
    yield table(["VAT rate", "net", "VAT", "gross"], rows)


def _rate(rate: RateAnswer) -> Plain:
    return {"vat_rate": decimal_text(rate.vat_rate), **_amounts(rate)}


def _amounts(told: ReceiptLineAnswer | RateAnswer | ReceiptAnswer | VatReport | DocumentsTotal) -> Plain:
    return {"net": decimal_text(told.net), "vat": decimal_text(told.vat), "gross": decimal_text(told.gross)}
