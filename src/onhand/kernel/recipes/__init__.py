"""Recipes in the kernel: what products are made of, and the sales that consume it."""
