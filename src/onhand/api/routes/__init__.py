"""Routes as data, and the way from a request through the ledger to an answer."""
