"""Recipes on PostgreSQL: what products are made of, and the sales that consume it."""
