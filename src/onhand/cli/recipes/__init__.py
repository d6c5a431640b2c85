"""Recipes on the command line: what products are made of, and the sales that consume it."""
