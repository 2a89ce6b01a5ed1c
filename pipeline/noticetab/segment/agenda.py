"""Agendas: days on one side of a table, parts of the day or hours on the other, and in the cells what is held."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from noticetab.segment.columns import Column, kind, words
from noticetab.segment.slot import Matrix
from noticetab.segment.strand import Strand
from noticetab.segment.table import Table

_CLOCK = regex.compile(r"\d{1,2}：\d\d(?:\s*[—~至到-]+\s*\d{1,2}：\d\d)?")


def agenda(grid: Matrix) -> Table | None:
    """The table of what is held when, a row for each entry of a cell; None if the matrix is no agenda."""
    over = [_axis(slot.norm) for slot in grid[0][1:]]
    side = [_axis(row[0].norm) for row in grid[1:]]
    if len(over) < 2 or not words().axis.match(grid[0][0].norm) or not (all(over) and all(side)):
        return None
    if ("day" in over) == ("day" in side):
        return None
    columns: list[Column | None] = [kind("time"), kind("time"), kind("time"), kind("name")]
    table = Table(0, 0, [], columns, ["", "", "", grid[0][0].norm])
    for slot, day, part in _held(grid, across="day" in over):
        for clock, entry in _entries(slot):
            table.rows.append([day, None if clock else part, clock, entry])
            table.inherited.append(frozenset({0, 1}))
            table.groups.append(None)
    return table if table.rows else None


def _held(grid: Matrix, *, across: bool) -> Iterator[tuple[Strand, Strand | None, Strand | None]]:
    """The cells of an agenda by their days, with the day and the part of it; None for one that covers several.

    ``across``: the days stand in the first row.
    """
    seen: set[int] = set()
    lines = list(zip(*grid, strict=True)) if across else grid
    for line in lines[1:]:
        for at in range(1, len(line)):
            slot = line[at]
            if slot.text is None or id(slot) in seen:
                continue
            seen.add(id(slot))
            several = any(other is slot for other in line[at + 1 :])
            yield slot.text, line[0].text, None if several else lines[0][at].text


def _axis(norm: str) -> str:
    """``day``, ``part`` (of the day, or hours), or "" for what is neither."""
    if words().days.match(norm):
        return "day"
    return "part" if words().parts_of_day.match(norm) or _CLOCK.match(norm) else ""


def _entries(cell: Strand) -> Iterator[tuple[Strand | None, Strand]]:
    """What a cell lists: each entry behind its hours (9:00 开幕式 10:00 报告会), else the cell as one."""
    hits = list(_CLOCK.finditer(cell.norm))
    if not hits or hits[0].start():
        yield None, cell
        return
    ends = [hit.start() for hit in hits[1:]] + [len(cell)]
    for hit, end in zip(hits, ends, strict=True):
        entry = cell.sub(hit.end(), end)
        if entry:
            yield cell.sub(hit.start(), hit.end()), entry
