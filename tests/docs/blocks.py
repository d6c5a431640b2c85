"""
The fenced blocks of a page, and whether what one printed is what the page shows.

    ```sh             a shell script; ```sh fails=1 says with which code it ends
    ```python         a script of its own
    ```text           directly after one of these: what it printed
    ```console        not run: for a terminal of the reader's own
    ```sql, ```toml   not run by a reader of the page either

In an expected output, `...` stands for whatever varies: within a line for a part of it, alone on a line for any number
of lines. Spaces count as one, and neither empty lines nor the frames of tables count, since they follow the content.
"""

import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

RUNNABLE = frozenset({"sh", "python"})
SHOWN = frozenset({"text", "console", "sql", "toml"})

_FENCE = re.compile(r"^```(?P<language>\w+)?(?: fails=(?P<code>\d+))?$")
_FRAME = re.compile(r"[\u2500-\u257f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A block; `line` is that of its opening fence, `end` that of its closing one."""

    line: int
    end: int
    language: str
    code: str
    exit_code: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A block to run, and what it should print; None where the page does not say."""

    block: Block
    output: str | None


def blocks_of(text: str) -> list[Block]:
    """
    List the fenced blocks of a page in order.

    Raises:
        ValueError: A fence that is not closed, or says something unknown.
    """
    blocks: list[Block] = []
    opened: tuple[int, str, int] | None = None
    code: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if opened is not None and line == "```":
            start, language, exit_code = opened
            blocks.append(
                Block(line=start, end=number, language=language, code="\n".join(code) + "\n", exit_code=exit_code)
            )
            opened, code = None, []
        elif opened is not None:
            code.append(line)
        elif line.startswith("```"):
            opened = number, *_info(line, number)
    if opened is not None:
        raise ValueError(f"line {opened[0]}: the block is not closed")
    return blocks


def _info(line: str, number: int) -> tuple[str, int]:
    fence = _FENCE.match(line)
    language = None if fence is None else fence["language"]
    if fence is None or language not in RUNNABLE | SHOWN or (fence["code"] and language != "sh"):
        raise ValueError(f"line {number}: {line} is no block that pages have")
    return str(language), int(fence["code"] or 0)


def steps_of(text: str) -> list[Step]:
    """List the blocks to run; a `text` block belongs to the one right before it, with at most a blank line between."""
    blocks = blocks_of(text)
    lines = text.splitlines()
    outputs = {
        first.line: second.code
        for first, second in pairwise(blocks)
        if second.language == "text" and not any(line.strip() for line in lines[first.end : second.line - 1])
    }
    return [Step(block=block, output=outputs.get(block.line)) for block in blocks if block.language in RUNNABLE]


def matches(expected: str, printed: str) -> bool:
    """Tell whether an output is the expected one."""
    pattern = "".join(
        r"(?:.*\n)*?" if line == "..." else ".*?".join(map(re.escape, line.split("..."))) + r"\n"
        for line in _lines(expected)
    )
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in _lines(printed))) is not None


def _lines(text: str) -> list[str]:
    lines = [" ".join(_FRAME.sub(" ", line).split()) for line in text.splitlines()]
    return [line for line in lines if line]


def pages(root: Path) -> list[Path]:
    """List every page whose blocks are run and whose links are followed."""
    return [*sorted(root.glob("*.md")), *sorted((root / "docs").rglob("*.md"))]
