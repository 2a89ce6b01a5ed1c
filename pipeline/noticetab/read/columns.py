"""Columns without lines: the cells of a grid of signatures, whatever its columns wrapped.

A cell of two lines stands beside cells of one line that begin at its top or at its middle, so
rows cannot be told by height alone: cells are put together column by column first, then side by
side.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import regex

from noticetab.read.line import MARKER, PADDING, Line, is_full, join
from noticetab.read.pieces import Edges

_ORDINAL = regex.compile(r"[\d一二三四五六七八九十]{1,2}[.．、]?|序号")


@dataclass(slots=True)
class Cell:
    """A cell being put together, in column ``column`` from ``top`` to ``bottom``."""

    column: int
    top: float
    bottom: float
    line: Line


@dataclass(slots=True)
class Column:
    """Lines that stand above one another, and how far right they may reach."""

    x0: float
    x1: float
    lines: list[Line]
    limit: float = 0.0


def columns_of(rows: Sequence[Sequence[Line]], edges: Edges) -> list[Column] | None:
    """The columns in which ``rows`` stand; None when lines of one row fall into one column."""
    columns: list[Column] = []
    for line in sorted((line for row in rows for line in row), key=lambda line: line.x0):
        for column in columns:
            shared = min(line.x1, column.x1) - max(line.x0, column.x0)
            if shared > 0.3 * min(line.x1 - line.x0, column.x1 - column.x0):
                column.lines.append(line)
                column.x1 = max(column.x1, line.x1)
                break
        else:
            columns.append(Column(line.x0, line.x1, [line]))
    columns.sort(key=lambda column: column.x0)
    for row in rows:
        places = [next(at for at, column in enumerate(columns) if line in column.lines) for line in row]
        if len(set(places)) < len(row):
            return None
    em = max((line.em for row in rows for line in row), default=1.0)
    steps = [right.x0 - left.x0 for left, right in pairwise(columns)]
    for at, column in enumerate(columns):
        column.limit = edges.right
        if at + 1 < len(columns):
            column.limit = columns[at + 1].x0 - PADDING * em
        elif len(steps) > 1 and max(steps) - min(steps) < 2 * em:  # columns of one width
            column.limit = min(edges.right, column.x0 + steps[-1] - PADDING * em)
    return columns


def goes_on(above: Line, line: Line, column: Column) -> bool:
    """Whether ``line`` is the rest of what the column's width broke off in the line ``above``."""
    if line.top - above.bottom > 1.2 * line.em or MARKER.match(line.text):
        return False
    return is_full(column.x0 + above.x1 - above.x0, column.limit, above.em, line.text)


def belongs(rows: Sequence[Sequence[Line]], line: Line, edges: Edges) -> bool:
    """Whether a line that stands alone is part of the grid ``rows`` above it."""
    if line.top < max(one.bottom for one in rows[-1]) - 0.15 * (line.bottom - line.top):
        return True
    columns = columns_of([*rows, [line]], edges)
    if columns is None or len(columns) < 2:
        return False
    column = next(column for column in columns if line in column.lines)
    above = [one for one in column.lines if one is not line and one.bottom <= line.top + 0.5 * line.em]
    nearest = max(above, key=lambda one: one.bottom, default=None)
    if nearest is None or abs(nearest.first_x0 - line.x0) > max(
        0.5 * line.em, abs(_middle(nearest) - _middle(line))
    ):
        return False
    return goes_on(nearest, line, column)


def _middle(line: Line) -> float:
    return (line.x0 + line.x1) / 2


def regroup(rows: list[list[Line]], edges: Edges) -> list[list[Line]]:
    """The rows of a grid with its wrapped cells whole; ``rows`` as they are when they are no grid."""
    columns = columns_of(rows, edges)
    if columns is None or len(columns) < 2:
        return rows
    # A row that has a cell in every column begins anew in all of them, unless one is too short to
    # be a name of its own and no number.
    whole_rows = [
        row
        for row in rows
        if len(row) == len(columns)
        and all(len(line.text) > 2 or _ORDINAL.fullmatch(line.text) for line in row)
    ]
    first = {id(line) for row in whole_rows for line in row}
    cells: list[Cell] = []
    for at, column in enumerate(columns):
        last: Line | None = None
        for line in sorted(column.lines, key=lambda line: line.top):
            if last is not None and id(line) not in first and goes_on(last, line, column):
                cell = cells[-1]
                cell.bottom = line.bottom
                last = line
                join(cell.line, line)
                continue
            cells.append(Cell(at, line.top, line.bottom, line))
            last = _copy(line)
    cells.sort(key=lambda cell: (cell.top + cell.bottom, cell.column))
    grouped: list[list[Cell]] = []
    for cell in cells:
        if grouped and all(_beside(one, cell) for one in grouped[-1]):
            grouped[-1].append(cell)
        else:
            grouped.append([cell])
    whole = []
    for group in grouped:
        group.sort(key=lambda cell: cell.column)
        whole.append([cell.line for cell in group])
    return whole


def _copy(line: Line) -> Line:
    """The line as it stands on the page, before others are joined to it."""
    return Line(line.text, [], line.page, line.x0, line.x1, line.top, line.bottom, line.em, first_x0=line.x0)


def _beside(one: Cell, two: Cell) -> bool:
    shared = min(one.bottom, two.bottom) - max(one.top, two.top)
    return one.column != two.column and shared > 0.5 * min(one.bottom - one.top, two.bottom - two.top)
