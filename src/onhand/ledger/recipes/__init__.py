"""Recipes in the ledger: what products are made of, and the sales that consume it."""
