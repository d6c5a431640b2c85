"""What `onhand demo` plays: a story on a ledger of its own."""
