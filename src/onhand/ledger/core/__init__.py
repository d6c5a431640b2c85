"""The core of the ledger: its verbs, its questions with their answers, and what they ask of a store."""
