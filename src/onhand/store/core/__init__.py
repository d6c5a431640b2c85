"""The core on PostgreSQL: what is where, now and at any moment, and the journal."""
