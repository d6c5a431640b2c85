"""Worth in the ledger: what stock is worth, its totals, and the daily report."""
