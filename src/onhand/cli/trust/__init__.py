"""Trust on the command line: proof that everything is as it was written: verification, seals, archives."""
