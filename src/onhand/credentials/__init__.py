"""Accounts at the edges: API keys and passwords, which the ledger knows by their hashes only."""
