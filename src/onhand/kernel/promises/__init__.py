"""Promises in the kernel: reservations, the line of those who wait, and what becomes of both."""
