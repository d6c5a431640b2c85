"""Promises on PostgreSQL: reservations, the line of those who wait, and what becomes of both."""
