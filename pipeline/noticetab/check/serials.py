"""Serial numbers of tables (column 序号): they count the rows without gaps and repeats."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import regex

from noticetab.check.report import Report
from noticetab.segment.parts import Unit
from noticetab.segment.strand import Strand
from noticetab.segment.table import Table


def check(report: Report) -> None:
    """Finds gaps and repeats in the serial numbers of each table."""
    for unit, node in report.nodes():
        for grid in node.grids:
            _check_serials(report, serials_of(unit, grid))


def serials_of(unit: Unit, grid: Table) -> list[tuple[int, Strand]]:
    """The serial numbers of a table (column 序号), where they are printed."""
    names = [column.name if column else "" for column in grid.columns]
    if "serial" not in names:
        return []
    lines = unit.lines[grid.first : grid.last]
    if not any(line.tabular for line in lines):
        # One cell a line: a row whose number is skipped is read as part of the row before it.
        bare = [
            (int(line.compact.norm.rstrip(".、")), line) for line in lines if _BARE.match(line.compact.norm)
        ]
        numbers = [number for number, _ in bare]
        if (
            len(bare) > len(grid.rows)
            and numbers[0] == 1
            and all(0 < b - a <= 2 for a, b in pairwise(numbers))
        ):
            return [(number, line.sub(0)) for number, line in bare]
    at = names.index("serial")
    cells = [
        row[at]
        for row, down in zip(grid.rows, grid.inherited, strict=True)
        if at < len(row) and at not in down
    ]
    return [(int(m[1]), cell) for cell in cells if cell is not None and (m := _BARE.match(cell.compact.norm))]


_BARE = regex.compile(r"^(\d{1,3})[.、]?$")


def _check_serials(report: Report, serials: Sequence[tuple[int, Strand]]) -> None:
    for (a, first), (b, second) in pairwise(serials):
        if b == a:
            report.add("numbering.repeat", second.span(), [first.span()], number=str(b), parent="序号")
        elif b > a + 1:
            gap = str(a + 1) if b == a + 2 else f"{a + 1}…"
            report.add(
                "numbering.gap",
                second.span(),
                [first.span()],
                number=str(b),
                missing=gap,
                before=str(a),
                parent="序号",
            )
