"""Webhooks in the kernel: who is told of postings elsewhere."""
