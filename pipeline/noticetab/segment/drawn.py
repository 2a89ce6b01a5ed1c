"""Tables that the source itself draws: its cells with their spans become a :class:`Table`.

A merged cell is filled into every place that it covers. Heads take one to three rows and stand above the
rows or, in a turned table, before them. What heads no known columns is no table of rows: it may be a form,
a frame for the layout, or a table that is not understood.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from noticetab.read.reading import Cell as SourceCell
from noticetab.read.reading import Table as Source
from noticetab.segment.agenda import agenda
from noticetab.segment.columns import Column, Verdict, holds_events, is_head, kind, named, vote, words
from noticetab.segment.lines import Line
from noticetab.segment.slot import Matrix, Slot
from noticetab.segment.strand import Strand
from noticetab.segment.table import Table

_WIDEST = 64
"""Columns of the widest table that is read; more are a picture drawn with cells."""
_HEADS = 3
"""Rows that heads take at most."""


def find(lines: Sequence[Line], sources: Sequence[Source], text: str) -> list[Table]:
    """The tables that the source draws among the lines of a unit, in order; those not understood have no columns."""
    if not sources:
        return []
    starts = [line.offsets[0] for line in lines]
    found: list[Table] = []
    for whole in sources:
        source = _without_prose(whole, text)
        first = bisect_left(starts, source.start)
        last = bisect_left(starts, source.end, first)
        if first == last:
            continue
        grid = matrix(source, text)
        before = found[-1] if found and found[-1].last == first else None
        if before is not None and _goes_on(before, grid):
            _add_rows(before, grid)
            before.last = last
            continue
        table = understood(grid)
        table.first, table.last, table.drawn = first, last, True
        found.append(table)
    return found


def _without_prose(source: Source, text: str) -> Source:
    """A table without lines of one cell behind its last row, which a reader of marks took for rows of it."""
    rows = source.rows
    end = len(rows)
    while end > 1 and len(rows[end - 1]) > 2 and _is_line(rows[end - 1], text):
        end -= 1
    if end == len(rows):
        return source
    return Source(source.start, rows[end - 1][-1].end, rows[:end])


def _is_line(row: Sequence[SourceCell], text: str) -> bool:
    """Whether a row has text in its first cell alone, which reaches over no other."""
    return row[0].column_span == 1 and not any(text[cell.start : cell.end].strip() for cell in row[1:])


def matrix(source: Source, text: str) -> Matrix:
    """The cells of a table in their places; empty for one that is too wide to be read."""
    rows: Matrix = []
    hanging: dict[int, tuple[int, Slot]] = {}
    for at, cells in enumerate(source.rows):
        row: list[Slot] = []
        own = list(reversed(cells))
        below: dict[int, tuple[int, Slot]] = {}
        while own or len(row) in hanging:
            column = len(row)
            if column in hanging:
                left, slot = hanging[column]
                width = 1
            else:
                cell = own.pop()
                width = min(cell.column_span, _WIDEST + 1)
                left = min(cell.row_span, len(source.rows) - at)
                slot = Slot(_strand(text, cell.start, cell.end), at, column, left, width)
            row += [slot] * width
            if left > 1:
                below |= {column + i: (left - 1, slot) for i in range(width)}
            if len(row) > _WIDEST:
                return []
        hanging = below
        rows.append(row)
    return _trimmed(rows)


def _strand(text: str, start: int, end: int) -> Strand | None:
    return Strand(text[start:end], range(start, end)).sub(0) or None


def _trimmed(rows: Matrix) -> Matrix:
    """Rows of one length, without columns that only merged cells cover and without blank rows and columns."""
    width = max((len(row) for row in rows), default=0)
    blank = [[Slot(None, at, i) for i in range(len(row), width)] for at, row in enumerate(rows)]
    rows = [row + rest for row, rest in zip(rows, blank, strict=True) if any(slot.text for slot in row)]
    kept = [
        i
        for i in range(width)
        if any(row[i].text for row in rows) and not (i and all(row[i] is row[i - 1] for row in rows))
    ]
    return [[row[i] for i in kept] for row in rows]


def understood(grid: Matrix) -> Table:
    """The table of a matrix; without columns if no heads are known in it."""
    while len(grid) > 2 and _spans(grid[0]):
        grid = grid[1:]  # the table's title, a line of units
    if len(grid) < 2 or not grid[0]:
        return Table(0, 0, _plain(grid))
    paired = _paired(grid)
    if paired is not None:
        filled = [
            (label.text, value.text)
            for label, value in paired
            if label.text and value.text and not is_head(value.norm)
        ]
        return Table(0, 0, _plain(grid), pairs=filled if len(filled) * 2 >= len(paired) else [])
    days = agenda(grid)
    if days is not None:
        return days
    upright, turned = _Reading(grid), _Reading(_transposed(grid))
    best = turned if turned.share > upright.share and turned.share >= 0.6 else upright
    if best.known < 2 or best.share < 0.4 or best.blank > max(1.0, 0.2 * len(best.paths)):
        return Table(0, 0, _plain(grid))
    return best.table()


def _plain(grid: Matrix) -> list[list[Strand | None]]:
    return [[slot.text for slot in row] for row in grid]


def _transposed(grid: Matrix) -> Matrix:
    turned: dict[int, Slot] = {}
    for row in grid:
        for slot in row:
            turned.setdefault(id(slot), slot.turned())
    return [[turned[id(row[i])] for row in grid] for i in range(len(grid[0]))]


def _spans(row: Sequence[Slot]) -> bool:
    """Whether one cell reaches over all columns."""
    return len(row) > 1 and all(slot is row[0] for slot in row)


def _printed(grid: Matrix, at: int) -> list[Slot]:
    """The cells with text that begin in a row, each once."""
    found: list[Slot] = []
    above = set(map(id, grid[at - 1])) if at else set()
    for slot in grid[at]:
        if slot.text and id(slot) not in above and (not found or found[-1] is not slot):
            found.append(slot)
    return found


def _paired(grid: Matrix) -> list[tuple[Slot, Slot]] | None:
    """Labels and values, if the table is nothing but these: two columns, or four with two pairs to a row.

    A single record with labels before its values; where most values are blank it is a form. None for
    another table.
    """
    pairs: list[tuple[Slot, Slot]] = []
    for at in range(len(grid)):
        slots = list(dict.fromkeys(grid[at]))
        if len(slots) % 2 or len(slots) > 4:
            return None
        pairs += [(slots[i], slots[i + 1]) for i in range(0, len(slots), 2)]
    labels = sum(is_head(label.norm) for label, _ in pairs)
    values = sum(is_head(value.norm) for _, value in pairs)
    if len(pairs) < 2 or labels < 0.6 * len(pairs) or values > 0.25 * len(pairs):
        return None
    return pairs


class _Reading:
    """A matrix read with its heads above the rows."""

    def __init__(self, grid: Matrix) -> None:
        self.grid = grid
        self.depth = _depth(grid)
        self.paths = [_path(grid, self.depth, i) for i in range(len(grid[0]))]
        self.verdicts: list[Verdict] = []
        for i, path in enumerate(self.paths):
            heads = [slot.norm for slot in path]
            cells = [x for slot in _below(grid, self.depth, i) if (x := slot.text) and slot.norm not in heads]
            self.verdicts.append(vote(heads, cells))
        headed = [v for v in self.verdicts if v.headed]
        self.known = len({(v.column.name, v.column.role) for v in headed if v.column is not None})
        self.blank = sum(not path for path in self.paths)
        self.share = len(headed) / len(self.paths)

    def table(self) -> Table:
        """The rows below the heads, with what the columns hold."""
        heads = [path[-1].norm if path else "" for path in self.paths]
        columns = [v.column for v in self.verdicts]
        table = Table(0, 0, [], self._named(columns), heads)
        for path, verdict in zip(self.paths, self.verdicts, strict=True):
            if verdict.doubted and path and path[-1].text:
                table.doubted.append(path[-1].text)
        _fill(table, self.grid, self.depth)
        return table

    def _named(self, columns: list[Column | None]) -> list[Column | None]:
        """The columns, of which one holds what is held when and where, though its head does not say so."""
        found = named(columns)
        if found is columns and holds_events(columns) and not any(c and c.name == "name" for c in columns):
            at = next((i for i, v in enumerate(self.verdicts) if v.column is None and not v.doubted), None)
            if at is not None:
                return [*columns[:at], kind("name"), *columns[at + 1 :]]
        return found


def _depth(grid: Matrix) -> int:
    """How many rows the heads take: as long as a wide head parts into others below it, or one reaches down."""
    depth = 1
    while depth < min(_HEADS, len(grid) - 1):
        above = grid[depth - 1]
        if _spans(above):
            break
        new = [i for i, slot in enumerate(grid[depth]) if slot is not above[i] and slot.text]
        parted = all(above[i].width > 1 and len(grid[depth][i].norm) <= 14 for i in new)
        blank = [i for i, slot in enumerate(grid[depth]) if slot is not above[i] and not slot.text]
        if not parted or (blank and not new) or _spans(grid[depth]):
            break
        if new and not any(slot.width > 1 for slot in above):
            break
        depth += 1
    return depth


def _below(grid: Matrix, depth: int, column: int) -> Iterator[Slot]:
    """The cells of a column below its heads that no other column shares, each once."""
    above: Slot | None = None
    for row in grid[depth:]:
        slot = row[column]
        shared = any(row[i] is slot for i in (column - 1, column + 1) if 0 <= i < len(row))
        if slot is not above and not shared:
            yield slot
        above = slot


def _path(grid: Matrix, depth: int, column: int) -> list[Slot]:
    """The heads of a column from the top down, each once."""
    return [slot for slot in dict.fromkeys(row[column] for row in grid[:depth]) if slot.text]


def _goes_on(table: Table, grid: Matrix) -> bool:
    """Whether a table right behind another one is its next part: as many columns, and no other heads."""
    if not table.columns or not grid or len(grid[0]) != len(table.columns):
        return False
    if _is_heads(table, grid[0]):
        return True
    return sum(is_head(slot.norm) for slot in grid[0]) < 2


def _is_heads(table: Table, row: Sequence[Slot]) -> bool:
    """Whether a row prints the heads again."""
    texts = [(slot.norm, head) for slot, head in zip(row, table.heads, strict=True) if slot.text]
    return len(texts) > 1 and all(norm == head for norm, head in texts)


def _add_rows(table: Table, grid: Matrix) -> None:
    """Puts the rows of the next part of a table to it; heads printed again are no row."""
    depth = _depth(grid) if sum(is_head(slot.norm) for slot in grid[0]) > 1 else 0
    _fill(table, grid, depth)


def _fill(table: Table, grid: Matrix, depth: int) -> None:
    """Puts the rows of a matrix from ``depth`` on to a table whose columns are known."""
    group = table.groups[-1] if table.groups else None
    for at in range(depth, len(grid)):
        row = grid[at]
        own = _printed(grid, at)
        if not own or _is_heads(table, row):
            continue
        if _heads_a_group(table, row, own):
            if not words().notes.match(own[0].norm):
                group = own[0].text
            continue
        cells: list[Strand | None] = [None] * len(row)
        inherited = set()
        for slot, column in _placed(table, row):
            cells[column] = slot.text
            if at > depth and any(slot is other for other in grid[at - 1]):
                inherited.add(column)
        table.rows.append(_without_heads(table, cells))
        table.inherited.append(frozenset(inherited))
        table.groups.append(group)


def _heads_a_group(table: Table, row: Sequence[Slot], own: Sequence[Slot]) -> bool:
    """Whether a row is a heading over the rows below it: one cell over all columns, or one before blanks."""
    if len(own) != 1 or len(row) < 2:
        return False
    if _spans(row):
        return True
    blank = all(not slot.text for slot in row if slot is not own[0])
    column = table.columns[row.index(own[0])]
    return (
        blank and own[0] is row[0] and len(row) > 2 and (column is None or column.name in ("serial", "time"))
    )


def _placed(table: Table, row: Sequence[Slot]) -> Iterator[tuple[Slot, int]]:
    """Each cell with the column it belongs to: of several that it covers the one whose cells look like it."""
    for slot in dict.fromkeys(row):
        if not slot.text:
            continue
        places = [i for i, other in enumerate(row) if other is slot]
        fitting = [
            i for i in places
            if (kind := table.columns[i]) is not None and kind.cells is not None and kind.cells.search(slot.norm)
        ]  # fmt: skip
        named = [i for i in places if (kind := table.columns[i]) is not None and kind.name == "name"]
        yield slot, (fitting or named or places)[0]


def _without_heads(table: Table, cells: list[Strand | None]) -> list[Strand | None]:
    """A row whose cells open with their heads, which a page printed again without a rule below them."""
    filled = [(i, cell) for i, cell in enumerate(cells) if cell]
    if len(filled) < 2 or not all(_opens_with(cell, table.heads[i]) for i, cell in filled):
        return cells
    bare = list(cells)
    for i, cell in filled:
        compact = cell.compact
        bare[i] = cell.sub(cell.offsets.index(compact.offsets[len(table.heads[i])]))
    return bare


def _opens_with(cell: Strand, head: str) -> bool:
    norm = cell.compact.norm
    return bool(head) and norm.startswith(head) and len(norm) > len(head)
