"""Lots on PostgreSQL: lots from intake to recall, what is known and told of them, and alerts."""
