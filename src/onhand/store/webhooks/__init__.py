"""Webhooks on PostgreSQL: who is told of postings elsewhere."""
