"""Catalog in the ledger: brands, vendors, barcodes, listings, codes, variants, and the settings of the org."""
