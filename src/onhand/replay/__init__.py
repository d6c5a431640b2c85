"""
Replay: a retailer's own file of invoices goes through the ledger, line by line accounted for.

A format is read and classified by a module of its own (`online_retail`); `plan` turns lines into commands, `run`
puts them through the ledger, `summary` shows that the classes add up to what the file holds.
"""
