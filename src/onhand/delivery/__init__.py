"""Delivery: tells webhooks of postings, in order, each at least once, and calls nobody who must not be called."""
