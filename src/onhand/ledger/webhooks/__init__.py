"""Webhooks in the ledger: who is told of postings elsewhere."""
