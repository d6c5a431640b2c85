"""Catalog on the command line: brands, vendors, barcodes, listings, codes, variants, and the settings of the org."""
