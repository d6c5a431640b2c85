"""Promises in the ledger: reservations, the line of those who wait, and what becomes of both."""
