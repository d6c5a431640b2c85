"""The refusals of documents: customers, invoices, orders and payments, and of serials."""

from onhand.kernel.refusal_entry import Entry

ENTRIES = (
    Entry(
        "UNKNOWN_CUSTOMER",
        "There is no customer {customer}.",
        ("customer",),
        "Make the customer known first; codes are compared letter by letter, case included.",
    ),
    Entry(
        "DOCUMENT_NOT_FOUND",
        "There is no {document} {number}.",
        ("document", "number"),
        "The number is not one of this org.",
    ),
    Entry(
        "DOCUMENT_EXISTS",
        "There is an {document} {number} already.",
        ("document", "number"),
        "A number stands for one document for ever. A retry of the same act needs the same key.",
    ),
    Entry(
        "RESERVATION_OWNED",
        "Reservation {reservation} belongs to {document}, so it is not {act} by itself.",
        ("reservation", "document", "act"),
        "Pay, deliver or cancel the document; its reservation follows.",
    ),
    Entry(
        "RESERVATION_DIFFERS",
        "Reservation {reservation} holds something else than the lines: {difference}.",
        ("reservation", "difference"),
        "The lines of a document made from a reservation are those of the reservation, with prices.",
    ),
    Entry(
        "PAYMENT_TOO_LARGE",
        "{amount} is more than the {due} that is due on {document}.",
        ("document", "amount", "due"),
        "What is paid is at most what is due, and what goes back at most what was paid.",
    ),
    Entry(
        "RETURN_TOO_LARGE",
        "No more than {returnable} of {sku} can come back on invoice {invoice}.",
        ("invoice", "sku", "returnable"),
        "Only what was delivered on the invoice, and has not come back yet, can be returned on it.",
    ),
    Entry(
        "SERIAL_NOT_WHOLE",
        "The serial {unit} would be there {quantity} times.",
        ("unit", "quantity"),
        "A serial is one thing: it is there once, or not at all.",
    ),
    Entry(
        "NOTHING_TO_REPAIR",
        "There is nothing to repair on {subject}.",
        ("subject",),
        "It is in line by now; look again with a check.",
    ),
)
