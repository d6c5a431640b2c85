"""The ledger without `await`, by the name that its stub types; what makes it is `Synchronous`."""

from onhand.ledger.stock import Stock
from onhand.ledger.sync import Synchronous

SyncStock = Synchronous[Stock]
"""The same verbs and questions, family by family; each returns when it is done."""
