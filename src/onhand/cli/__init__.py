"""
The command line: one file for each verb, or small family of verbs; `verbs_by_name` says which.

A verb is a module with `register(app)`; `edge` loads it. `verb` gives it the options that all share, the ledger to work
on, and prints its answer as a table or, with `--json`, as one JSON document.
"""
