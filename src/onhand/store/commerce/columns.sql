-- receipt_row --
-- A receipt, as it is told.
receipt.number,
site.code AS site,
receipt.status,
receipt.issued_at,
receipt.sold,
receipt.rates,
receipt.net,
receipt.vat,
receipt.gross

-- found_item_row --
-- An item, as a till shows it.
item.id,
item.sku,
item.name,
item.measure,
item.price,
item.vat_rate,
item.options
