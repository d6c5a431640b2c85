"""Lots in the ledger: lots from intake to recall, what is known and told of them, and alerts."""
