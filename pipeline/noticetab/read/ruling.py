"""Tables from drawn lines: which segments meet, and which cells they leave between them.

PDF, OFD and scans all come to this: straight segments along the axes, in points, origin top
left. A lone rule (the red one below a document number) makes no table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

NEAR = 3.0
"""Points within which two lines count as one, or as meeting."""
COVER = 0.6
"""Share of a cell's side that must be drawn for the side to be there."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A drawn line along an axis: from (x0, top) to (x1, bottom), one of the extents near 0."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def across(self) -> bool:
        """Whether it lies horizontally."""
        return self.x1 - self.x0 >= self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Room:
    """A cell of a drawn table: its place in the grid, its reach, and its box."""

    row: int
    column: int
    row_span: int
    column_span: int
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Ruled:
    """A drawn table: its outline, the columns' edges and its cells in reading order."""

    x0: float
    top: float
    x1: float
    bottom: float
    columns: tuple[float, ...]
    rooms: tuple[Room, ...]
    open_top: bool = False
    open_bottom: bool = False
    """Whether its sides go on where no line is drawn across: a page's end cut a row."""


def segments_of_box(x0: float, top: float, x1: float, bottom: float, *, filled: bool) -> list[Segment]:
    """A drawn rectangle as segments: a thin one is a line, a stroked one has four sides."""
    if x1 - x0 <= NEAR or bottom - top <= NEAR:
        return [Segment(x0, top, x1, bottom)]
    if filled:
        return []
    return [
        Segment(x0, top, x1, top),
        Segment(x0, bottom, x1, bottom),
        Segment(x0, top, x0, bottom),
        Segment(x1, top, x1, bottom),
    ]


def _clusters(values: Iterable[float]) -> list[float]:
    """Values with those near each other replaced by their mean."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= NEAR:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def _components(segments: Sequence[Segment]) -> list[list[Segment]]:
    """Groups of segments that touch one another, directly or through others."""
    parent = list(range(len(segments)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    order = sorted(range(len(segments)), key=lambda index: segments[index].top)
    active: list[int] = []
    for index in order:
        one = segments[index]
        active = [other for other in active if segments[other].bottom >= one.top - NEAR]
        for other in active:
            two = segments[other]
            if one.x0 - NEAR <= two.x1 and two.x0 - NEAR <= one.x1:
                parent[root(index)] = root(other)
        active.append(index)
    groups: dict[int, list[Segment]] = {}
    for index in order:
        groups.setdefault(root(index), []).append(segments[index])
    return list(groups.values())


def tables(segments: Sequence[Segment], *, most: int = 20_000) -> list[Ruled]:
    """The tables that ``segments`` draw, top to bottom; a page of more than ``most`` has none."""
    if len(segments) < 4 or len(segments) > most:
        return []
    found = [table for group in _components(segments) if (table := _table(group))]
    return sorted(found, key=lambda table: (table.top, table.x0))


def _table(group: list[Segment]) -> Ruled | None:
    across = [one for one in group if one.across and one.x1 - one.x0 > 2 * NEAR]
    down = [one for one in group if not one.across and one.bottom - one.top > 2 * NEAR]
    if len(across) < 2 or len(down) < 1:
        return None
    ys = _clusters((one.top + one.bottom) / 2 for one in across)
    highest, lowest = sorted(one.top for one in down)[:2], sorted(one.bottom for one in down)[-2:]
    open_top = len(highest) == 2 and ys[0] - highest[1] > 2 * NEAR
    open_bottom = len(lowest) == 2 and lowest[0] - ys[-1] > 2 * NEAR
    ys = highest[1:] * open_top + ys + lowest[:1] * open_bottom
    xs = _clusters(
        [(one.x0 + one.x1) / 2 for one in down]
        + [min(one.x0 for one in across), max(one.x1 for one in across)]  # tables open at the sides
    )
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 1 or columns < 1 or rows * columns < 2 or rows * columns > 20_000:
        return None

    def drawn(lines: list[tuple[float, float]], start: float, end: float) -> bool:
        reach = start
        total = 0.0
        for low, high in sorted(lines):
            low, high = max(low, reach), min(high, end)
            if high > low:
                total += high - low
                reach = high
        return total >= COVER * (end - start)

    beside = [[(one.top, one.bottom) for one in down if abs((one.x0 + one.x1) / 2 - x) <= NEAR] for x in xs]
    above: list[list[tuple[float, float]]] = [
        [(one.x0, one.x1) for one in across if abs((one.top + one.bottom) / 2 - y) <= NEAR] for y in ys
    ]
    right = [[drawn(beside[j + 1], ys[i], ys[i + 1]) for j in range(columns)] for i in range(rows)]
    below = [[drawn(above[i + 1], xs[j], xs[j + 1]) for j in range(columns)] for i in range(rows)]
    taken = [[False] * columns for _ in range(rows)]
    rooms = []
    for i in range(rows):
        for j in range(columns):
            if taken[i][j]:
                continue
            wide = 1
            while j + wide < columns and not right[i][j + wide - 1] and not taken[i][j + wide]:
                wide += 1
            tall = 1
            while (
                i + tall < rows
                and not any(below[i + tall - 1][j : j + wide])
                and not any(taken[i + tall][j : j + wide])
            ):
                tall += 1
            for k in range(i, i + tall):
                taken[k][j : j + wide] = [True] * wide
            rooms.append(Room(i, j, tall, wide, xs[j], ys[i], xs[j + wide], ys[i + tall]))
    if len(rooms) < 2:
        return None
    return Ruled(xs[0], ys[0], xs[-1], ys[-1], tuple(xs), tuple(rooms), open_top, open_bottom)
