"""Commerce in the kernel: customers, invoices, orders, payments, and the receipts of the counter."""
