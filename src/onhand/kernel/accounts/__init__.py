"""Accounts in the kernel: users, keys and roles."""
