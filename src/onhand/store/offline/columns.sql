-- offline_sale_row --
-- A sale of the queue, as it is told.
offline_sale.id,
offline_sale.version,
site.code AS site,
offline_sale.transaction,
offline_sale.status,
offline_sale.reason,
offline_sale.device,
offline_sale.sequence,
offline_sale.sold_at,
offline_sale.arrived_at,
offline_sale.items,
offline_sale.slice,
offline_sale.errors,
offline_sale.decided_by,
offline_sale.decision
