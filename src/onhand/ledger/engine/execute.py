"""
One batch, one transaction.

    lock the org's journal row, load the footprint        one round trip when all names are known
    decide each command in order, in memory
    number, hash and write what was accepted, commit      one round trip

Where this process wrote the journal's last posting and its book holds all that is wanted, a batch is decided ahead,
while the one before it is being committed; the transaction that writes it then begins by making sure that the journal
is where the batch took it to be, and all is one round trip.

A retry is found by the unique index on its idempotency key: the batch is decided as if all keys were new, and when the
index says that one is taken (or another unique name that was not looked up), it is decided again with all of them
looked up. The key of what would be refused is looked up before the refusal is answered, since a retry of something
done must get the first answer, whatever has become of the stock since.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from onhand.faults import Fault
from onhand.kernel.book import Book
from onhand.kernel.canonical import posting_hash
from onhand.kernel.deciding import run
from onhand.kernel.draft import Draft
from onhand.kernel.posting import Posting
from onhand.kernel.refusals import Refused
from onhand.kernel.wants import Wants
from onhand.ledger.engine.ports import Head, KnownKey, Record, Session
from onhand.ledger.engine.request import Outcome, Request


async def execute(session: Session, requests: Sequence[Request], today: date, *, look_up: bool) -> list[Outcome]:
    """
    Execute a batch.

    Args:
        session: Runs the transaction.
        requests: Decided in this order.
        today: The day that codes given out carry.
        look_up: Whether to look up all keys and unique names first, which is always right, and slower.

    Returns:
        The outcome of each request, in order.

    Raises:
        KeyTaken: A key is taken, and was not looked up; nothing was written.
        Fault: The database broke down; whether the batch was committed may be unknown.
    """
    book = session.book
    wants, deeper = _footprint(requests, book, today, look_up=look_up)
    head = await session.begin(wants)
    if session.book is not book:  # somebody else has written, so the footprint may be another
        book = session.book
        wants, deeper = _footprint(requests, book, today, look_up=look_up)
        await session.load(wants)
    known = await session.find_keys([request.key_hash for request in requests]) if look_up else {}
    await _load_deeper(session, deeper, book, wants, look_up=look_up)
    batch = Batch(head, book, known)
    batch.decide(requests, today)
    outcomes = batch.outcomes
    if not look_up:
        unsure = [
            request.key_hash
            for request, outcome in zip(requests, outcomes, strict=True)
            if _is_unsure(request, outcome)
        ]
        known = await session.find_keys(unsure) if unsure else {}
    if known:
        await _answer_replays(session, requests, outcomes, known, Wants(today), book)
    if batch.postings:
        await session.commit(session.prepare(batch.record()))
    elif known:
        await session.confirm()
    else:
        await session.rollback()
    return outcomes


def foresee(session: Session, requests: Sequence[Request], today: date, ahead: "Batch | None" = None) -> "Batch | None":
    """
    Decide a batch ahead, on the journal as it will be if nobody else writes.

    Args:
        session: Knows the book, and the head that its last batch leads to.
        requests: Decided in this order.
        today: The day that codes given out carry.
        ahead: The batch that they are added to, if it is not a new one.

    Returns:
        The batch; None where the database has to be asked first, and then the book is as if nothing had been decided.
    """
    batch = ahead
    try:
        batch = batch or _begin_ahead(session)
        if batch is not None and _decides_ahead(session, batch, requests, today):
            return batch
    except Exception:  # noqa: BLE001, S110 - a defect of ours shows again, and is told, when the batch is executed
        pass
    if batch is not None:
        batch.drop()
    return None


def _begin_ahead(session: Session) -> "Batch | None":
    head = session.foresee()
    return None if head is None else Batch(head, session.book, {})


def _decides_ahead(session: Session, batch: "Batch", requests: Sequence[Request], today: date) -> bool:
    """Decide requests ahead; false where one needs something of the database."""
    if any(request.dry_run or request.command.alone for request in requests):
        return False
    wants, deeper = _footprint(requests, batch.book, today, look_up=False)
    if deeper or session.lacks(wants) or not batch.decide(requests, today, until_unsure=True):
        return False
    batch.prepared = session.prepare(batch.record())
    return True


def _footprint(requests: Sequence[Request], book: Book, today: date, *, look_up: bool) -> tuple[Wants, list[Request]]:
    """Collect what a batch wants, and the requests that may want more once it is loaded."""
    wants = Wants(today)
    return wants, [request for request in requests if _wants_more(request, book, wants, look_up)]


def _is_unsure(request: Request, outcome: Outcome) -> bool:
    return request.dry_run or isinstance(outcome, Refused)


async def _load_deeper(session: Session, deeper: list[Request], book: Book, wants: Wants, *, look_up: bool) -> None:
    """Ask the footprints that may want more again until nothing new is wanted; what is missing then does not exist."""
    wanted = wants.count() if deeper else 0
    while deeper:
        deeper = [request for request in deeper if _wants_more(request, book, wants, look_up)]
        if wants.count() == wanted:
            return
        wanted = wants.count()
        await session.load(wants)


def _wants_more(request: Request, book: Book, wants: Wants, look_up: bool) -> bool:  # noqa: FBT001 - of each request
    command = request.command
    try:
        if look_up or request.dry_run:
            return command.names_made(book, wants) | command.footprint(book, wants)
        return command.footprint(book, wants)
    except Refused:
        return False  # the decision will refuse it for the same reason


async def _answer_replays(
    session: Session,
    requests: Sequence[Request],
    outcomes: list[Outcome],
    known: Mapping[bytes, KnownKey],
    wants: Wants,
    book: Book,
) -> None:
    """Answer the requests whose keys are known with the postings that the keys stand for."""
    wants.postings.update(key.number for key in known.values())
    await session.load(wants)
    for position, request in enumerate(requests):
        key = known.get(request.key_hash)
        if key is not None:
            outcomes[position] = _replay(request, key.fingerprint, book.postings[key.number])


def _replay(request: Request, fingerprint: bytes, posting: Posting) -> Outcome:
    if fingerprint != request.fingerprint:
        return Refused("IDEMPOTENCY_KEY_REUSED", key=request.command.key, number=posting.number)
    return replace(posting, replayed=True)


class Batch:
    """A batch as it is decided: its postings, and what was answered to each request."""

    def __init__(self, head: Head, book: Book, known: Mapping[bytes, KnownKey]) -> None:
        """Begin at a head of the journal, on the book that belongs to it, with the keys that are known."""
        self.head = head
        self.book = book
        self.outcomes: list[Outcome] = []
        self.postings: list[Posting] = []
        self.prepared: object = None
        """The batch in the form in which it is written, if it was decided ahead."""
        self._sequences: set[str] = set()
        self._known = known
        self._number = head.number
        self._hash = head.hash
        self._by_key: dict[bytes, Posting] = {}
        self._key_hashes: list[bytes] = []
        self._drafts: list[Draft] = []

    def decide(self, requests: Sequence[Request], today: date, *, until_unsure: bool = False) -> bool:
        """
        Decide requests in order, each on the book as those before left it.

        With `until_unsure` stop at the first that is not accepted, and give false: a refusal may be a retry's, whose
        key has to be looked up.
        """
        for request in requests:
            outcome = self._decide(request, today)
            self.outcomes.append(outcome)
            if until_unsure and not isinstance(outcome, Posting):
                return False
        return True

    def drop(self) -> None:
        """Leave the book as it was before this batch."""
        for draft in reversed(self._drafts):
            draft.drop()
        self._drafts.clear()

    def record(self) -> Record:
        """Give what is to be written."""
        self._sequences |= self.book.codes_given
        self.book.codes_given.clear()
        codes = {name: last for name in self._sequences if (last := self.book.codes.get(name))}
        return Record(head=self.head, book=self.book, postings=self.postings, key_hashes=self._key_hashes, codes=codes)

    def _decide(self, request: Request, today: date) -> Outcome:
        earlier = self._by_key.get(request.key_hash)
        if earlier is not None:
            return _replay(request, earlier.fingerprint, earlier)
        if request.key_hash in self._known:
            return Refused("POSTING_NOT_FOUND", number=0)  # stands here until the replay is loaded
        draft = Draft(self.book, now=self.head.now, today=today, number=self._number + 1)
        try:
            run(request.command, draft)
        except Refused as refused:
            return refused
        except Exception as error:  # noqa: BLE001 - a defect in one rule must not fail the neighbours
            fault = Fault(code="INTERNAL", message=f"A defect of onhand: {error!r}", retryable=False)
            fault.__cause__ = error
            return fault
        posting = self._posting(request, draft)
        if request.dry_run:
            draft.drop()
            return posting
        self._drafts.append(draft)
        return self._accept(request, posting)

    def _posting(self, request: Request, draft: Draft) -> Posting:
        command = request.command
        return Posting(
            number=self._number + 1,
            kind=command.kind,
            key=command.key,
            fingerprint=request.fingerprint,
            actor=command.actor,
            recorded_at=self.head.now,
            occurred_at=command.occurred_at or self.head.now,
            movements=tuple(draft.movements),
            changes=tuple(draft.changes),
            reason=command.reason,
            document_type=command.document_type,
            document_id=command.document_id,
            reverts=draft.reverts,
            data=command.data,
        )

    def _accept(self, request: Request, posting: Posting) -> Posting:
        self._hash = posting_hash(self._hash, self.head.org_id, posting)
        object.__setattr__(posting, "hash", self._hash)  # it is sealed here, before anybody else sees it
        self._number = posting.number
        self.postings.append(posting)
        self._key_hashes.append(request.key_hash)
        self._by_key[request.key_hash] = posting
        return posting
