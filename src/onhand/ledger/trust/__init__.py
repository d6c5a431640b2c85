"""Trust in the ledger: proof that everything is as it was written: verification, seals, archives."""
