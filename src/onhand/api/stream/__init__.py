"""Postings as they come, to whoever listens."""
