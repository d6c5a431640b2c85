"""The worker: what has to be done now and then, by any number of processes, each piece of it once."""
