"""Catalog on PostgreSQL: brands, vendors, barcodes, listings, codes, variants, and the settings of the org."""
