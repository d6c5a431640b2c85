"""Commands are imperative, one in each file, and the file, the class and the operation have one name."""

import ast
from collections.abc import Mapping
from pathlib import Path

import pytest

from onhand.kernel.operations import BY_NAME, OPERATIONS, name_of
from tests.tidy.tree import PACKAGE

KERNEL = PACKAGE / "kernel"
VERBS = """
acknowledge adjust allow approve arrive cancel change check claim combine commit configure count create cut
deduct define deliver disable dispatch expire fulfil grade issue lend make map move offer order pay place
produce queue recall receive refund reject release repair reserve resume revert revoke rotate sell set sound
sync take tally transfer void
"""
"""With what an operation may begin. A noun is no verb because a line was added here: say it to somebody first."""


def commands_in(folder: Path) -> Mapping[Path, list[str]]:
    """The command classes of each file that has one."""
    found = {
        path: [
            node.name
            for node in ast.parse(path.read_text()).body
            if isinstance(node, ast.ClassDef)
            and any(isinstance(base, ast.Name) and base.id == "Command" for base in node.bases)
        ]
        for path in sorted(folder.rglob("*.py"))
    }
    return {path: names for path, names in found.items() if names}


def faults_of(found: Mapping[Path, list[str]]) -> list[str]:
    """Each file with several commands or another name than its command, and each command that is no imperative."""
    several = [f"{path.name} holds {' and '.join(names)}" for path, names in found.items() if len(names) > 1]
    named = [(path, name, name_of(type(name, (), {}))) for path, names in found.items() for name in names]
    astray = [f"{name} is not in {words}.py but in {path.name}" for path, name, words in named if path.stem != words]
    nouns = [
        f"{name} does not begin with a verb" for _, name, words in named if words.split("_")[0] not in VERBS.split()
    ]
    return [*several, *astray, *nouns]


def test_each_command_is_imperative_and_alone_in_its_file() -> None:
    """One file holds one operation, under the operation's name, which tells what to do."""
    found = commands_in(KERNEL)

    assert sum(map(len, found.values())) == len(OPERATIONS)
    assert not faults_of(found)


def test_no_operation_has_the_name_of_another() -> None:
    """The name of an operation tells which one is meant."""
    assert len(BY_NAME) == len(OPERATIONS)
    assert BY_NAME["recall_lot"] is OPERATIONS["recall"]


@pytest.mark.parametrize(
    ("file", "names", "told"),
    [
        ("sell.py", ["Sell", "Refund"], "sell.py holds Sell and Refund"),
        ("shop.py", ["Sell"], "Sell is not in sell.py but in shop.py"),
        ("counter_sale.py", ["CounterSale"], "CounterSale does not begin with a verb"),
    ],
)
def test_a_command_astray_is_found(file: str, names: list[str], told: str) -> None:
    """Control: two commands in a file, another name, and a noun are told of."""
    assert told in faults_of({Path(file): names})
