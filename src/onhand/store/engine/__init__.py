"""The engine on PostgreSQL: one connection writes a batch with two round trips, from what it remembers."""
