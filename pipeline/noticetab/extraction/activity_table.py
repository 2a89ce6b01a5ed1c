"""Activities that stand in a table: one row each, its columns by their heads (docs/record.md, rule 9)."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from noticetab.extraction import held
from noticetab.extraction.context import Context
from noticetab.numerals import whole
from noticetab.patterns import pattern
from noticetab.record import Activity
from noticetab.segment.grid import Grid
from noticetab.segment.strand import Strand, join


def rows(context: Context, grid: Grid, section: str | None, parent: str | None = None) -> list[Activity]:
    """One activity per row of an activity table."""
    names = [i for i, c in enumerate(grid.columns) if c is not None and c.name == "name"]
    if not names:
        return []
    made: list[Activity] = []
    main = names[0] if len(names) == 1 else _main_name(grid, names)
    for cells, times in zip(grid.rows, grid.times(), strict=True):
        cell = cells[main]
        present = [c for c in cells if c]
        if not present or cell is None or any(_SUM.match(c.compact.norm) for c in present[:2]):
            continue
        whole = join(present)
        row = Activity(
            section=section,
            number=_serial(grid, cells),
            name="".join(cell.value.split(" ")) if _wrapped(cell) else cell.value,
            kind="activity",
            parent=parent,
            evidence=context.evidence(whole),
            rule="activity.table",
            confidence=0.93,
        )
        description: list[Strand] = []
        for column, value in zip(grid.columns, cells, strict=False):
            if column is None or value is None or column.name in ("serial",):
                continue
            if column.name == "organizers":
                row.organizers += context.organizers(
                    value,
                    column.role or "主办",
                    "organizer.table",
                    previous=row.organizers[-1].name if row.organizers else context.place_within(cell),
                )
            elif column.name == "place":
                row.venues += held.venues(value)
            elif column.name == "audience":
                row.audience.append(value.value)
            elif column.name == "description" or (column.name == "name" and value is not cell):
                description.append(value)
        found = held.first_period(context, join(times)) if times else None
        if found is not None:
            held.set_period(row, found)
        if description:
            row.description = "\n".join(d.value for d in description)
        made.append(row)
    return made


_SUM = regex.compile(r"(?:合|总|小|共)计$")


def _wrapped(cell: Strand) -> bool:
    """Whether a cell was joined of several lines: its offsets jump."""
    offsets = cell.offsets
    return any(offsets[i + 1] - offsets[i] > 1 for i in range(len(offsets) - 1))


def _main_name(grid: Grid, names: list[int]) -> int:
    """Of several columns that may hold the name, the one with the shorter cells."""

    def size(i: int) -> float:
        cells = [r[i] for r in grid.rows if i < len(r) and r[i]]
        return sum(len(c) for c in cells if c) / max(1, len(cells))

    return min(names, key=size)


def _serial(grid: Grid, cells: Sequence[Strand | None]) -> int | None:
    for column, value in zip(grid.columns, cells, strict=False):
        if column is not None and column.name == "serial" and value is not None:
            printed = value.compact.norm
            digits = pattern(r"\d+").match(printed)
            return whole(digits.group() if digits else printed)
    return None
