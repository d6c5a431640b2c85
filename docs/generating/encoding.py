# ruff: noqa: INP001 - docs is a folder of pages, not a package.
"""The page of the canonical encoding, with vectors that anybody can check without onhand."""

from datetime import UTC, datetime

from docs.generating.markdown import page
from onhand.kernel import canonical
from onhand.kernel.canonical import GENESIS, key_hash, posting_hash, posting_text
from onhand.kernel.command import Line
from onhand.kernel.holding import Place
from onhand.kernel.posting import Change, Movement, Posting
from onhand.kernel.states import Outside, State
from onhand.kernel.stock.sell import Sell

ORG = 7
_PLACE = Place("london", "85123A")
_SALE = Sell(key="till-7/000123", site="london", lines=(Line("85123A", 6_000_000),))
_RECEIPT = Posting(
    number=1,
    kind="receive",
    key="po-1",
    fingerprint=bytes(range(16)),
    actor="ada",
    recorded_at=datetime(2026, 1, 31, 12, 0, 0, 250_000, tzinfo=UTC),
    occurred_at=datetime(2026, 1, 31, 11, 59, 59, tzinfo=UTC),
    movements=(Movement(3, _PLACE, Outside.SUPPLIER, State.AVAILABLE, 600_000_000, (600_000_000, *(0,) * 7)),),
    changes=(Change("holding", 3, "opened", None, {"id": 3, "site_id": 1, "item_id": 2, "floor": 0}),),
)
_SOLD = Posting(
    number=2,
    kind=_SALE.kind,
    key=_SALE.key,
    fingerprint=_SALE.fingerprint(),
    actor="ada",
    recorded_at=datetime(2026, 1, 31, 12, 0, 1, tzinfo=UTC),
    occurred_at=datetime(2026, 1, 31, 12, 0, 1, tzinfo=UTC),
    movements=(
        Movement(3, _PLACE, State.AVAILABLE, Outside.CUSTOMER, 6_000_000, (594_000_000, *(0,) * 7), 15_000_000),
    ),
    reason='said "yes"',
    document_type="receipt",
    document_id="000123",
    data={"till": 7, "cashier": "Bj\u00f8rn"},
)


def vectors() -> list[tuple[bytes, str, bytes]]:
    """Give for each example the hash before it, its canonical text, and its hash."""
    first = posting_hash(GENESIS, ORG, _RECEIPT)
    return [
        (GENESIS, posting_text(ORG, _RECEIPT), first),
        (first, posting_text(ORG, _SOLD), posting_hash(first, ORG, _SOLD)),
    ]


def encoding_page() -> str:
    """Write the page of the canonical encoding."""
    _, _, told = str(canonical.__doc__).strip().partition("\n\n")
    told = told.split(" Test vectors:")[0].replace("\u2016", "followed by").rstrip() + "\n"
    parts = [f"Canonical bytes are the one spelling of a posting, and the hash chain goes over them. {told}"]
    parts.append(
        f"## Test vectors\n\nTwo postings that follow one another, in the journal of the org {ORG}. The hash is the "
        "SHA-256 of the 32 bytes before and the text in UTF-8."
    )
    for number, (before, text, digest) in enumerate(vectors(), start=1):
        parts.append(f"### Posting {number}\n\n```text\nbefore {before.hex()}\nhash   {digest.hex()}\n{text}\n```")
    content = '["sell",{"lines":[["85123A",6000000]],"site":"london"}]'
    parts.append(
        "## Fingerprints and keys\n\nThe fingerprint of a command is the BLAKE2b of 16 bytes over the canonical JSON "
        "of its kind and its content, without key and actor; what is not told is left out. A key is looked up "
        "under the BLAKE2b of 16 bytes over its UTF-8."
    )
    parts.append(f"```text\n{content}\n{_SALE.fingerprint().hex()}\n\n{_SALE.key}\n{key_hash(_SALE.key).hex()}\n```")
    return page("The canonical encoding", "src/onhand/kernel/canonical.py", *parts)
