-- Charges: orders keep what each VAT rate comes to, as receipts do, so that a VAT report rounds nothing again.

ALTER TABLE sales_order ADD COLUMN rates jsonb NOT NULL DEFAULT '[]';
ALTER TABLE sales_order ALTER COLUMN rates DROP DEFAULT;

-- What came back on invoices, for the VAT report of the days on which that happened.
CREATE INDEX change_of_a_return ON change (org_id, number)
    WHERE entity = 'invoice_line' AND before ->> 'returned' <> after ->> 'returned';
