"""Planning in the ledger: what is ordered from suppliers, and when to order more."""
