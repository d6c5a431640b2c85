"""Offline in the ledger: what was sold without network, and waits to be deducted."""
