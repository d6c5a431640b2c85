"""What statements share is written once, and put where they name it."""

import pytest

from onhand.store.engine.statements import load_statements, statement_of, with_shared

SHARED = {"pair": "it.code,\nit.name", "more": "${pair it},\nit.id"}


def test_shared_columns_stand_where_they_are_named() -> None:
    """The table is the one that is named, the lines are indented as the first, and what is shared may share."""
    assert with_shared("SELECT ${pair site}\n", SHARED) == "SELECT site.code,\n       site.name\n"
    assert with_shared("SELECT ${more item}", SHARED) == "SELECT item.code,\n       item.name,\n       item.id"


def test_a_name_that_nothing_is_shared_under_is_a_defect() -> None:
    """No statement is sent with a hole in it."""
    with pytest.raises(LookupError, match="nothing is shared under the name pear"):
        statement_of(with_shared("SELECT ${pear site}", SHARED))


def test_twins_differ_in_their_direction_only() -> None:
    """A statement that is written for each direction is there twice, and nothing else of it differs."""
    statements = load_statements()

    for name in ("read_postings", "read_movement_keys", "read_movement_keys_of_holdings"):
        forth, back = statements[f"{name}_asc"], statements[f"{name}_desc"]
        assert name not in statements
        assert forth.names == back.names
        assert forth.text != back.text
        assert forth.text.replace(" ASC", " DESC") == back.text
