"""Accounts on PostgreSQL: users, keys and roles."""
