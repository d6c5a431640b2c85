"""Serials in the ledger: single items under their serial numbers, and whether they are where they should be."""
