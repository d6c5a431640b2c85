"""
What is told of trust, and the verbs for it.

Made from /openapi.json by `make docs`; edit docs/generating/client.py, not this.
"""

from typing import Required, TypedDict, Unpack

from onhand.client.shapes.shared import ChangeLine, MovementLine, Posted, Posting
from onhand.client.shapes.trust import JournalHead, PostingSummary, Verification
from onhand.client.speaking import About, AsyncSpeaker, Page, Speaker


class ListPostingsTold(TypedDict, total=False):
    """What `list_postings` is told."""

    kind: str  # The kind: of an operation, of a piece.
    actor: str  # Who acted.
    document: str  # The document behind it, as type and id.
    since: int  # Only after this posting, or since this day or moment.
    until: int  # Only up to this posting, day or moment.
    newest_first: bool  # Whether the last ones come first.
    after: str  # Where the list goes on: the cursor of the page before.
    limit: int  # How many rows at most.


class GetPostingTold(TypedDict, total=False):
    """What `get_posting` is told."""

    number: Required[int]  # The number of a posting in the journal, or of a document.


class RevertTold(About, total=False):
    """What `revert` is told."""

    number: Required[int]  # The number of a posting in the journal, or of a document.
    cascade: bool  # Whether the later postings that stand in the way are undone too.
    of_kind: str  # The kind that the posting has to be of.


class ListMovementsTold(TypedDict, total=False):
    """What `list_movements` is told."""

    site: str  # The code of a site.
    sku: str  # The code of an item.
    lot: str  # The code of a lot.
    location: str  # The code of a location of the site.
    unit: str  # The code of a unit, or a unit of measure.
    number: int  # The number of a posting in the journal, or of a document.
    kind: str  # The kind: of an operation, of a piece.
    since: int  # Only after this posting, or since this day or moment.
    until: int  # Only up to this posting, day or moment.
    newest_first: bool  # Whether the last ones come first.
    after: str  # Where the list goes on: the cursor of the page before.
    limit: int  # How many rows at most.


class TrailTold(TypedDict, total=False):
    """What `trail` is told."""

    entity: str  # The kind of thing.
    id: int  # The number by which the thing is known in its org.
    site: str  # The code of a site.
    sku: str  # The code of an item.
    lot: str  # The code of a lot.
    location: str  # The code of a location of the site.
    unit: str  # The code of a unit, or a unit of measure.
    after: str  # Where the list goes on: the cursor of the page before.
    limit: int  # How many rows at most.


class TrustVerbs(Speaker):
    """The verbs."""

    def head(self) -> JournalHead:
        """
        Where the journal stands.

        GET /api/journal, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/journal", {})

    def list_postings(self, **told: Unpack[ListPostingsTold]) -> Page[PostingSummary]:
        """
        List postings without their lines: above number `since`, up to `until`, in the order of the journal.

        GET /api/postings, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/postings", told)

    def get_posting(self, **told: Unpack[GetPostingTold]) -> Posting:
        """
        Give a posting with its movements and changes; raises Refused POSTING_NOT_FOUND.

        GET /api/postings/{number}, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/postings/{number}", told)

    def revert(self, **told: Unpack[RevertTold]) -> Posted:
        """
        Undo a posting: every movement turned round, every change set back.

        With `cascade`, the later postings that stand in the way are undone before it, newest first, in the same
        posting. A reversal is an act like any other and can be undone itself.

        POST /api/postings/{number}/reversals, for admin, manager.
        """
        return self._write("POST", "/api/postings/{number}/reversals", told)

    def list_movements(self, **told: Unpack[ListMovementsTold]) -> Page[MovementLine]:
        """
        List movements with who, when and why: of one posting, or of those above `since` and up to `until`.

        GET /api/movements, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/movements", told)

    def trail(self, **told: Unpack[TrailTold]) -> Page[MovementLine | ChangeLine]:
        """
        Tell the life of an entity by kind and id, or of what stands at a place, in the order of the journal.

        To a lot, a unit and a holding belong all movements of their holdings; to a reservation and a transfer all
        movements of the postings that changed them. In each posting the changes come first.

        GET /api/trail, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/trail", told)

    def verify(self) -> Verification:
        """
        Prove the ledger from its rows: chain, balances, entities, keys, reversals.

        GET /api/verification, for admin, auditor.
        """
        return self._ask("/api/verification", {})


class AsyncTrustVerbs(AsyncSpeaker):
    """The verbs, awaited."""

    async def head(self) -> JournalHead:
        """
        Where the journal stands.

        GET /api/journal, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/journal", {})

    async def list_postings(self, **told: Unpack[ListPostingsTold]) -> Page[PostingSummary]:
        """
        List postings without their lines: above number `since`, up to `until`, in the order of the journal.

        GET /api/postings, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/postings", told)

    async def get_posting(self, **told: Unpack[GetPostingTold]) -> Posting:
        """
        Give a posting with its movements and changes; raises Refused POSTING_NOT_FOUND.

        GET /api/postings/{number}, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/postings/{number}", told)

    async def revert(self, **told: Unpack[RevertTold]) -> Posted:
        """
        Undo a posting: every movement turned round, every change set back.

        With `cascade`, the later postings that stand in the way are undone before it, newest first, in the same
        posting. A reversal is an act like any other and can be undone itself.

        POST /api/postings/{number}/reversals, for admin, manager.
        """
        return await self._write("POST", "/api/postings/{number}/reversals", told)

    async def list_movements(self, **told: Unpack[ListMovementsTold]) -> Page[MovementLine]:
        """
        List movements with who, when and why: of one posting, or of those above `since` and up to `until`.

        GET /api/movements, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/movements", told)

    async def trail(self, **told: Unpack[TrailTold]) -> Page[MovementLine | ChangeLine]:
        """
        Tell the life of an entity by kind and id, or of what stands at a place, in the order of the journal.

        To a lot, a unit and a holding belong all movements of their holdings; to a reservation and a transfer all
        movements of the postings that changed them. In each posting the changes come first.

        GET /api/trail, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/trail", told)

    async def verify(self) -> Verification:
        """
        Prove the ledger from its rows: chain, balances, entities, keys, reversals.

        GET /api/verification, for admin, auditor.
        """
        return await self._ask("/api/verification", {})
