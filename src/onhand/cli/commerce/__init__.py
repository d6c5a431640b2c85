"""Commerce on the command line: customers, invoices, orders, payments, and the receipts of the counter."""
