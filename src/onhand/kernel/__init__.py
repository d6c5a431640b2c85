"""
The pure heart of onhand: what a stock ledger means, without database, clock or network.

Imports nothing but the standard library. Every rule is a function of what was loaded.
"""
