"""Accounts in the ledger: users, keys and roles."""
