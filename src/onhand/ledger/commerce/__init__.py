"""Commerce in the ledger: customers, invoices, orders, payments, and the receipts of the counter."""
