"""Commerce on PostgreSQL: customers, invoices, orders, payments, and the receipts of the counter."""
