"""Unread: what looks like a table and was read as lines, so that its rows may have gone astray."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from noticetab.check.report import Report, Span
from noticetab.segment.lines import Line

_HEAD = regex.compile(r"(?:序号|编号)$")
_SERIAL = regex.compile(r"\d{1,2}$")
_ROWS = 3
"""So many rows of cells below each other are a table; fewer may be a signature or a line of contacts."""
_LONGEST_ROW = 60
"""Lines from one serial number to the next at most, so that a long text is not gone through for each."""


def check(report: Report) -> None:
    """Adds TABLE_UNREAD for each table that no columns were found for, and for each column in doubt."""
    for unit in report.context.doc.parts.units:
        if unit.form:
            continue
        read = [False] * len(unit.lines)
        for table in unit.tables:
            read[table.first : table.last] = [True] * (table.last - table.first)
            for head in table.doubted:
                report.add("unread.column", head.span())
        for first, last in (*_rows(unit.lines), *_one_a_line(unit.lines)):
            if not any(read[first : last + 1]):
                report.add("unread.table", _span(unit.lines[first : last + 1]))


def _span(lines: Sequence[Line]) -> Span:
    return lines[0].offsets[0], lines[-1].offsets[-1] + 1


def _rows(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Runs of rows of cells that tabs or bars divide."""
    start = None
    for i in range(len(lines) + 1):
        tabular = i < len(lines) and lines[i].tabular
        if tabular and start is None:
            start = i
        elif not tabular and start is not None:
            if i - start >= _ROWS:
                yield start, i - 1
            start = None


def _one_a_line(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """序号 in a line of its own, and below it 1, 2, 3 each in one: a table of which every cell is a line."""
    for i, line in enumerate(lines):
        if not _HEAD.match(line.compact.norm):
            continue
        expected, last = 1, i
        for at in range(i + 1, len(lines)):
            if at - last > _LONGEST_ROW:
                break
            norm = lines[at].compact.norm
            if _SERIAL.match(norm) and int(norm) == expected:
                expected, last = expected + 1, at
        if expected > _ROWS:
            yield i, min(last + 8, len(lines) - 1)
