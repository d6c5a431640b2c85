"""Who comes in: keys, passwords, sessions, and how fast."""
