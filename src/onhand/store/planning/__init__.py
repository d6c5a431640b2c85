"""Planning on PostgreSQL: what is ordered from suppliers, and when to order more."""
