"""Catalog in the kernel: brands, vendors, barcodes, listings, codes, variants, and the settings of the org."""
