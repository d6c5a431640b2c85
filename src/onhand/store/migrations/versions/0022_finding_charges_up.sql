-- Finding charges: a VAT report looks for the changes by which an invoice or an order began, or ceased, to be charged.

CREATE INDEX change_of_a_charged_invoice ON change (org_id, number)
    WHERE entity = 'invoice'
      AND (coalesce(before ->> 'status', 'cancelled') = 'cancelled') <> (after ->> 'status' = 'cancelled');

CREATE INDEX change_of_an_order ON change (org_id, number)
    WHERE entity = 'sales_order' AND before ->> 'status' <> after ->> 'status';

-- Days of a report are found in the journal, which is nearly in their order; this index takes next to nothing to keep.
CREATE INDEX posting_by_occurrence ON posting USING brin (org_id, occurred_at) WITH (pages_per_range = 32);
