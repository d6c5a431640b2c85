"""
The statements that list lots: one for each order, with and without a site, with and without words, rare or common.

Each is filled in from one text, since only a condition that stands in a statement by itself lets the planner begin
with it: an optional one, joined by OR, would be asked of every lot.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path
from string import Template

from onhand.ledger.lots.port import ORDERS, LotOrder

_FILE = Path(__file__).with_name("listing.template.sql")


_TYPES = {"id": "bigint", "item_id": "bigint", "code": "text", "expires_on": "date"}
"""The types of the columns that lists go by."""

_SITE = """AND lot.id IN (
              SELECT holding.lot_id
                FROM holding
               WHERE holding.org_id = %(org_id)s
                 AND holding.site_id = %(site_id)s::bigint
                 AND holding.lot_id IS NOT NULL
              )"""
_SOME_WORD = """SELECT lot_word.lot_id
                FROM lot_word
               WHERE lot_word.org_id = %(org_id)s
                 AND lot_word.word >= %(low)s::text
                 AND lot_word.word < %(high)s::text
                 AND (%(first_id)s::bigint IS NULL OR lot_word.lot_id >= %(first_id)s::bigint)
                 AND (%(last_id)s::bigint IS NULL OR lot_word.lot_id <= %(last_id)s::bigint)"""
"""The bounds of the list are repeated, so that an index scan of words in the order of lots begins at the page."""
_COMMON = f"""AND lot.id IN (
              {_SOME_WORD}
              )"""
_RARE = f"""AND lot.id = ANY (ARRAY(
              {_SOME_WORD}
              ))"""
"""
Few lots have the word: they are looked up by id and sorted, whatever the order.

ANY (ARRAY(...)) makes the planner run the inner statement first; with IN it may scan all lots in their order instead.
"""
_OTHER_WORDS = """AND NOT EXISTS (
              SELECT FROM unnest(%(lows)s::text[], %(highs)s::text[]) AS other (low, high)
               WHERE NOT EXISTS (
                     SELECT FROM lot_word AS another
                      WHERE another.org_id = %(org_id)s
                        AND another.lot_id = lot.id
                        AND another.word >= other.low COLLATE "C"
                        AND another.word < other.high COLLATE "C"
                     )
              )"""


WORDS: Mapping[str, tuple[str, ...]] = {"": (), "common": (_COMMON, _OTHER_WORDS), "rare": (_RARE, _OTHER_WORDS)}
"""What is asked of a lot's words: nothing, or that it has some, the first of which is common or rare."""


def statement_name(order: str, *, at_site: bool, words: str) -> str:
    """Name the statement that lists lots so; `words` is empty, common or rare."""
    return f"read_lots_{order}{'_at_site' if at_site else ''}{words and f'_with_{words}_words'}"


def lot_statements() -> Iterator[tuple[Path, str]]:
    """Give the statements that list lots."""
    text = Template(_FILE.read_text(encoding="utf-8"))
    for (word, order), at_site, (words, asked) in product(ORDERS.items(), (False, True), WORDS.items()):
        conditions = [*_after(order), *([_SITE] if at_site else []), *asked]
        params = [f"after_{name} {_TYPES[name]}" for name in after_fields(order)]
        params += ["site_id bigint"] if at_site else []
        params += ["low text, high text, lows text[], highs text[] (paired: further words)"] if asked else []
        yield (
            _FILE,
            text.safe_substitute(
                name=statement_name(word, at_site=at_site, words=words).removeprefix("read_lots_"),
                told=f"by {word}{' at a site' if at_site else ''}{f' with {words} words' if words else ''}",
                params="".join(f"{told}, " for told in params),
                conditions="\n          ".join(conditions),
                order=", ".join(f"lot.{name}{' DESC' if order.descending else ''}" for name in order.fields),
            ),
        )


def after_fields(order: LotOrder) -> tuple[str, ...]:
    """Give the fields of the spot behind which a page begins; by id alone, it goes on by the bounds of the list."""
    return () if order.fields == ("id",) else order.fields


def _after(order: LotOrder) -> Sequence[str]:
    names = after_fields(order)
    if not names:
        return []
    columns = ", ".join(f"lot.{name}" for name in names)
    spot = ", ".join(f"%(after_{name})s::{_TYPES[name]}" for name in names)
    first = names[0]
    return [
        f"AND lot.{first} IS NOT NULL",
        f"AND (%(after_{first})s::{_TYPES[first]} IS NULL OR ({columns}) > ({spot}))",
    ]
