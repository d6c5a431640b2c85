"""Offline on PostgreSQL: what was sold without network, and waits to be deducted."""
