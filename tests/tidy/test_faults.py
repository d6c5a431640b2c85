"""The catalogue of faults is complete and says the truth."""

import ast
from collections.abc import Iterator

import pytest

from onhand.faults import FAULTS
from tests.tidy.tree import PACKAGE, python_files, spot


def raised_faults(source: str) -> Iterator[tuple[int, str, object]]:
    """
    The line, code and word on retries of each fault that a module makes.

    A code that has a name in the module is resolved; one that is only passed on was looked at where it was made.
    """
    tree = ast.parse(source)
    named = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Fault":
            given = {keyword.arg: keyword.value for keyword in node.keywords}
            code, retryable = given["code"], given["retryable"]
            word = (
                code.value
                if isinstance(code, ast.Constant)
                else named.get(code.id)
                if isinstance(code, ast.Name)
                else None
            )
            if isinstance(word, str) and isinstance(retryable, ast.Constant):
                yield node.lineno, word, retryable.value


def wrong_faults(source: str) -> list[str]:
    """What does not agree with the catalogue."""
    return [
        f"line {line}: {code}, retryable={retryable}"
        for line, code, retryable in raised_faults(source)
        if code not in FAULTS or FAULTS[code].retryable != retryable
    ]


def test_each_fault_is_in_the_catalogue() -> None:
    """Each fault that the package makes stands in the catalogue, with the same word on retries."""
    findings = [
        f"{spot(path)} {wrong}"
        for path in python_files("src/onhand")
        for wrong in wrong_faults(path.read_text(encoding="utf-8"))
    ]

    assert not findings, "\n".join(findings)


def test_each_entry_is_used() -> None:
    """No entry of the catalogue stands for something that cannot happen."""
    texts = "".join(
        path.read_text(encoding="utf-8")
        for path in python_files("src/onhand")
        if path.name != "faults.py" or path.parent != PACKAGE
    )

    assert [code for code in FAULTS if f'"{code}"' not in texts] == []


@pytest.mark.parametrize(
    "bad",
    [
        'Fault(code="NOT_THERE", message="", retryable=False)',
        'Fault(code="OVERLOADED", message="", retryable=False)',
        'CODE = "NOT_THERE"\nFault(code=CODE, message="", retryable=False)',
    ],
)
def test_a_wrong_fault_is_found(bad: str) -> None:
    """The walker goes red on a code that is not there and on a wrong word about retries."""
    assert wrong_faults(bad)
