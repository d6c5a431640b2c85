"""Webhooks on the command line: who is told of postings elsewhere."""
