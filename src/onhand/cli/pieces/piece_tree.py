"""The family tree of a piece, drawn for a terminal and as SVG."""

from collections.abc import Iterator
from html import escape

from rich.console import RenderableType
from rich.text import Text
from rich.tree import Tree

from onhand.kernel.exact import decimal_text
from onhand.ledger.pieces.port import Family, Relative

_SHOWN_MAX = 500
_COLUMN, _ROW, _BOX_WIDTH, _BOX_HEIGHT, _MARGIN = 230, 34, 200, 26, 10
_COLOURS = {
    "available": "#dcefdc",
    "reserved": "#fdf0c8",
    "used": "#e4e4e4",
    "undone": "#ffffff",
    "customer": "#d8e6f7",
}


def tree_of(family: Family) -> Iterator[RenderableType]:
    """Draw what a piece was made from as a list of generations, and what was made from it as a tree."""
    if family.ancestors:
        yield Text("Made from, the nearest first:", style="bold")
        for one in family.ancestors[:_SHOWN_MAX]:
            yield Text(f"  {_told(family.members[one])}")
    left = [_SHOWN_MAX]
    root = Tree(Text(_told(family.members[family.id]), style="bold"))
    _grow(family, family.id, root, left, {family.id})
    yield root
    if not left[0]:
        yield Text(f"... of {len(family.descendants)} in all; --json or --svg gives them all.")


def _grow(family: Family, start: int, root: Tree, left: list[int], seen: set[int]) -> None:
    """Hang the children on; one that came of several pieces hangs on the first that is drawn."""
    waiting = [(start, root)]
    while waiting and left[0]:
        one, branch = waiting.pop()
        for child in family.children.get(one, ()):
            if child in seen or not left[0]:
                continue
            seen.add(child)
            left[0] -= 1
            waiting.append((child, branch.add(Text(_told(family.members[child])))))


def _told(one: Relative) -> str:
    return f"{one.code}  {one.kind} of {decimal_text(one.size)}, {one.status} (posting {one.creator})"


def drawing(family: Family) -> str:
    """Draw a family from left to right: a column for each generation, a line for each piece of which one was made."""
    depths = _depths(family)
    rows: dict[int, int] = {}
    order = sorted(family.members, key=lambda one: (depths[one], one))
    taken: dict[int, int] = {}
    for one in order:
        column = depths[one]
        rows[one] = taken.get(column, 0)
        taken[column] = rows[one] + 1
    width = (max(taken) + 1) * _COLUMN + 2 * _MARGIN
    height = max(taken.values()) * _ROW + 2 * _MARGIN
    size = f'width="{width}" height="{height}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="11">',
        f"<title>Family of {escape(family.members[family.id].code)}</title>",
    ]
    parts += [
        _line(depths[parent], rows[parent], depths[one], rows[one])
        for one in order
        for parent in family.members[one].parents
        if parent in rows
    ]
    parts += [_box(family.members[one], depths[one], rows[one], is_start=one == family.id) for one in order]
    return "\n".join([*parts, "</svg>", ""])


def _depths(family: Family) -> dict[int, int]:
    """Count for each piece the longest way from a piece that was made of none; parents are always older."""
    depths: dict[int, int] = {}
    for one in sorted(family.members):
        depths[one] = 1 + max(
            (depths[parent] for parent in family.members[one].parents if parent in depths), default=-1
        )
    return depths


def _line(from_column: int, from_row: int, to_column: int, to_row: int) -> str:
    x1, y1 = _MARGIN + from_column * _COLUMN + _BOX_WIDTH, _MARGIN + from_row * _ROW + _BOX_HEIGHT // 2
    x2, y2 = _MARGIN + to_column * _COLUMN, _MARGIN + to_row * _ROW + _BOX_HEIGHT // 2
    middle = (x1 + x2) // 2
    return f'<path d="M{x1} {y1} C{middle} {y1} {middle} {y2} {x2} {y2}" fill="none" stroke="#999999"/>'


def _box(one: Relative, column: int, row: int, *, is_start: bool) -> str:
    x, y = _MARGIN + column * _COLUMN, _MARGIN + row * _ROW
    colour = _COLOURS.get(one.status, "#f3e0e0")
    stroke = 'stroke="#000000" stroke-width="2"' if is_start else 'stroke="#999999"'
    text = escape(f"{one.code}: {decimal_text(one.size)}, {one.status}")
    return (
        f'<g><rect x="{x}" y="{y}" width="{_BOX_WIDTH}" height="{_BOX_HEIGHT}" rx="4" fill="{colour}" {stroke}/>'
        f'<text x="{x + 6}" y="{y + 17}">{text}</text></g>'
    )
