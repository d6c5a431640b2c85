"""A module or a function that outgrows a screen or two has a second subject in it."""

import ast

from tests.tidy.tree import python_files, spot

MODULE_LINES_MAX = 600
FUNCTION_LINES_MAX = 60


def too_long(source: str) -> list[str]:
    """What is longer than the house allows, with its length in lines."""
    findings = []
    lines = len(source.splitlines())
    if lines > MODULE_LINES_MAX:
        findings.append(f"the module has {lines} lines, {MODULE_LINES_MAX} are allowed")
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        lines = (node.end_lineno or node.lineno) - node.lineno + 1
        if lines > FUNCTION_LINES_MAX:
            findings.append(f"line {node.lineno}: {node.name} has {lines} lines, {FUNCTION_LINES_MAX} are allowed")
    return findings


def test_modules_and_functions_stay_small() -> None:
    """No module has more than 600 lines and no function more than 60."""
    files = python_files("src", "tests", "bench")

    findings = [f"{spot(path)}: {finding}" for path in files for finding in too_long(path.read_text(encoding="utf-8"))]

    assert files
    assert not findings, "\n".join(findings)


def test_the_limits_are_exact() -> None:
    """Control: the limit itself passes, one line more is found, in a method and a coroutine too."""
    body = "    x = 1\n" * (FUNCTION_LINES_MAX - 1)

    assert not too_long("x = 1\n" * MODULE_LINES_MAX)
    assert len(too_long("x = 1\n" * (MODULE_LINES_MAX + 1))) == 1
    assert not too_long(f"def short():\n{body}")
    assert len(too_long(f"def long():\n{body}    x = 1\n")) == 1
    assert len(too_long(f"async def long():\n{body}    x = 1\n")) == 1
    assert len(too_long(f"class A:\n    def long(self):\n{body.replace('    x', '        x')}        x = 1\n")) == 1
