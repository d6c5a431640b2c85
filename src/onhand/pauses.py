"""
Pauses of Python's garbage collector, made short and rare.

Sales make hardly any garbage that only the collector finds, yet it looks at everything that is there each time some
hundreds of things were made: once or twice a second it stops a busy ledger for tens of milliseconds. The programs of
onhand call this when they have started; a program that uses the library under load does well to call it, too.
"""

import gc

_MADE_BEFORE_A_LOOK = (10_000, 20, 10)


def shorten_pauses() -> None:
    """
    Let the collector leave alone what is there by now, and look less often at what comes.

    It concerns the whole process, so a library does not do it unasked. Call it once all modules are loaded.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_MADE_BEFORE_A_LOOK)
