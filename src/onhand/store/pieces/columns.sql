-- piece_row --
-- A piece, as it is told.
piece.id,
unit.code,
item.sku,
piece.kind,
piece.size,
piece.length,
piece.status,
piece.creator,
piece.origin_id,
piece.version,
site.code AS site,
location.code AS location,
lot.code AS lot

-- relative_row --
-- A piece of a family, as it is told.
piece.id,
unit.code,
piece.kind,
piece.size,
piece.status,
piece.creator,
piece.origin_id
