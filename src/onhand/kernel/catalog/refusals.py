"""The refusals of the shop: prices, barcodes and variants, in order of precedence."""

from onhand.kernel.refusal_entry import Entry

ENTRIES = (
    Entry(
        "RECEIPT_NOT_FOUND",
        "There is no receipt {receipt}.",
        ("receipt",),
        "Receipts are numbered without gap in the org; this number was not given yet.",
    ),
    Entry(
        "CHECK_DIGIT_WRONG",
        "The barcode {barcode} is misread or misspelt: its last digit should be {check_digit}.",
        ("barcode", "check_digit"),
        "A barcode of 8, 12, 13 or 14 digits is a GTIN, whose last digit checks the others. Scan it again. A code of "
        "your own has another length, or a letter in it.",
    ),
    Entry(
        "BARCODE_TAKEN",
        "The barcode {barcode} stands for item {sku}.",
        ("barcode", "sku"),
        "A barcode stands for one item. It can be given to another once that item is retired.",
    ),
    Entry(
        "PRICE_UNKNOWN",
        "There is no price for {skus}.",
        ("skus",),
        "Define the item's price, or tell the price with the line.",
    ),
    Entry(
        "VARIANT_HAS_STOCK",
        "Variants that would vanish still have stock: {variants}.",
        ("variants",),
        "Sell, move or write the stock off first; then the variant is retired. Nothing was changed.",
    ),
)
