"""Trust on PostgreSQL: proof that everything is as it was written: verification, seals, archives."""
