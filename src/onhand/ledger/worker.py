"""What workers do for a ledger, again and again; any number of processes may do so at once."""

from onhand.ledger.asking import Asking
from onhand.ledger.engine.acting import Acting
from onhand.ledger.lots.alarms import Alarms
from onhand.ledger.namespace import question, verb
from onhand.ledger.promises.claims import Claims
from onhand.ledger.recipes.deduction_meter import DeductionMeter
from onhand.ledger.webhooks.port import HistoryReading
from onhand.ledger.worth.totals_port import Followed

_SLICE = 10_000
"""So many postings are read in one transaction."""


class Worker(Claims, Alarms):
    """Ends what has expired, sounds alarms, and keeps what is read off the journal up with it."""

    _name = "worker"

    def __init__(self, acting: Acting, asking: Asking, meter: DeductionMeter) -> None:
        super().__init__(acting, asking)
        self._meter = meter

    @property
    def history(self) -> HistoryReading:
        """The journal as whoever follows it reads it."""
        return self._reading.history

    @verb
    async def tally_refusals(self) -> None:
        """Tell the ledger how many deductions this process saw refused since; `recipes.health` counts them."""
        await self._meter.tell()

    @question
    async def follow_totals(self) -> Followed:
        """Read the totals on to where the journal ends now."""
        while True:
            followed = await self._reading.totals.follow(_SLICE)
            if followed.number >= followed.head:
                return followed

    @question
    async def rebuild_totals(self) -> Followed:
        """Make the totals anew from the whole journal; until that is done, the old ones are answered."""
        return await self._reading.totals.rebuild()

    @question
    async def refresh_pieces(self) -> int:
        """Bring the table `piece_current` up to date, for people with a SQL client."""
        return await self._reading.pieces.refresh()
