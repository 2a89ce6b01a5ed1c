"""Tables that a copy flattened to text: cells divided by tabs or bars, one cell a line, or by blanks."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from noticetab.patterns import pattern
from noticetab.read.reading import Table as Source
from noticetab.segment import drawn
from noticetab.segment.columns import Column, column_of, kinds, named
from noticetab.segment.lines import Line
from noticetab.segment.markers import Marker, chinese_number
from noticetab.segment.strand import Strand, join
from noticetab.segment.table import Table


def find(lines: Sequence[Line], sources: Sequence[Source] = (), text: str = "") -> list[Table]:
    """The tables among the lines of a unit, in order.

    ``sources`` are those that the source itself draws on the canonical ``text``; where it draws none, and
    where its cells are not understood, tables are guessed from the lines.
    """
    read = [table for table in drawn.find(lines, sources, text) if table.columns or table.pairs]
    tables: list[Table] = []
    start = 0
    for table in (*read, None):
        tables += _guessed(lines[start : table.first if table else None], start)
        if table is not None:
            tables.append(table)
            start = table.last
    return tables


def _guessed(lines: Sequence[Line], shift: int) -> list[Table]:
    """The tables with a header of known columns among lines, of which ``shift`` others stand before."""
    found: list[Table] = []
    i = 0
    while i < len(lines):
        table = _separated(lines, i) or _vertical(lines, i) or _blank_separated(lines, i) or _spaced(lines, i)
        if table is None:
            i += 1
            continue
        i = table.last
        table.first, table.last = table.first + shift, table.last + shift
        found.append(table)
    return found


def cells_of(line: Strand) -> list[Strand]:
    """The cells of a row of tabs or bars; outer bars bound the row."""
    norm = line.norm
    if "|" in norm and norm.count("|") >= norm.count("\t"):
        text = norm.strip()
        lead = norm.index(text[0]) if text else 0
        start = lead + 1 if text.startswith("|") else 0
        stop = (
            lead + len(text) - 1
            if text.endswith("|") and len(text) > 1 and text.startswith("|")
            else len(norm)
        )
        marks = [i for i in range(start, stop) if norm[i] == "|"]
    else:
        start, stop = 0, len(norm)
        marks = [i for i, c in enumerate(norm) if c == "\t"]
    bounds = [start - 1, *marks, stop]
    return [line.sub(bounds[k] + 1, bounds[k + 1]) for k in range(len(bounds) - 1)]


def _header(cells: Sequence[Strand]) -> list[Column | None] | None:
    columns = [column_of(c.compact.norm) for c in cells]
    known = sum(c is not None for c in columns)
    if known < 2 or known < 0.6 * len(cells):
        return None
    columns = named(columns)
    return columns if any(c and c.name == "name" for c in columns) else None


def _separated(lines: Sequence[Line], i: int) -> Table | None:
    """Rows of cells divided by tabs or bars, below a header row."""
    if not lines[i].tabular:
        return None
    columns = _header(cells_of(lines[i]))
    if columns is None:
        return None
    rows: list[list[Strand | None]] = []
    at = i + 1
    short = 0  # so many cells of the last row are there yet
    while at < len(lines):
        line = lines[at]
        if not line.tabular:
            # A heading may stand between the rows; a wrapped cell goes on in the next line; a paragraph ends the table.
            if line.marker is not None and len(line.text) < 30 and _is_serial_row(columns, lines, at + 1):
                at += 1
                continue
            if (
                rows
                and at + 1 < len(lines)
                and lines[at + 1].tabular
                and line.marker is None
                and len(line.text) < 40
                and not line.norm.endswith("。")
            ):
                last = next((k for k in range(len(rows[-1]) - 1, -1, -1) if rows[-1][k]), None)
                if last is not None:
                    rows[-1][last] = join([rows[-1][last] or line, line])
                at += 1
                continue
            break
        if pattern(r"[|\s:—-]+").fullmatch(line.norm):
            at += 1
            continue
        cells: list[Strand | None] = [c or None for c in cells_of(line)]
        if rows and short and len(cells) < len(columns) and short + len(cells) - 1 <= len(columns):
            _go_on(rows[-1], short, cells)
            short = short + len(cells) - 1 if short + len(cells) - 1 < len(columns) else 0
            at += 1
            continue
        short = len(cells) if len(cells) < len(columns) and len(cells) > 1 else 0
        cells += [None] * (len(columns) - len(cells))
        rows.append(cells[: len(columns)])
        at += 1
    return Table(i, at, rows, columns, [c.compact.norm for c in cells_of(lines[i])]) if rows else None


def _go_on(row: list[Strand | None], there: int, cells: Sequence[Strand | None]) -> None:
    """A row whose line broke inside a cell: what follows ends that cell, and the others come behind it."""
    last = row[there - 1]
    row[there - 1] = join([x for x in (last, cells[0]) if x]) or None
    for k, cell in enumerate(cells[1:], there):
        row[k] = cell


def _is_serial_row(columns: Sequence[Column | None], lines: Sequence[Line], i: int) -> bool:
    """Whether line ``i`` is a row that opens with a serial number."""
    if i >= len(lines) or not lines[i].tabular or columns[0] is None or columns[0].name != "serial":
        return False
    return chinese_number(cells_of(lines[i])[0].compact.norm.rstrip("、.")) is not None


def _spaced(lines: Sequence[Line], i: int) -> Table | None:
    """Cells that a copy left with one blank between: 序号 赛段 时间 地点, rows of as many and numbered from one."""
    if not lines[i].norm.startswith("序"):
        return None
    heads = _words(lines[i])
    columns = _header(heads)
    if columns is None or len(heads) < 3 or columns[0] is None or columns[0].name != "serial":
        return None
    rows: list[list[Strand | None]] = []
    for line in lines[i + 1 :]:
        cells = _words(line)
        if len(cells) != len(heads) or cells[0].norm != str(len(rows) + 1):
            break
        rows.append([*cells])
    return Table(i, i + 1 + len(rows), rows, columns, [h.norm for h in heads]) if len(rows) >= 2 else None


def _words(line: Strand) -> list[Strand]:
    return [line.sub(m.start(), m.end()) for m in pattern(r"\S+").finditer(line.norm)]


_MOST_COLUMNS = 24
"""More heads one below the other are no header: no sheet of paper holds so many columns."""


def _vertical(lines: Sequence[Line], i: int) -> Table | None:
    """One cell a line: header cells one below the other, then rows that open with their serial number."""
    columns: list[Column | None] = []
    at = i
    while at < len(lines) and len(lines[at].compact) <= 10 and not lines[at].tabular:
        column = column_of(lines[at].compact.norm)
        if column is None:
            break
        columns.append(column)
        at += 1
        if len(columns) > _MOST_COLUMNS:
            return None
    if len(columns) < 3:
        return None
    columns = named(columns)
    if not any(c and c.name == "name" for c in columns):
        return None
    heads = [x.compact.norm for x in lines[i:at]]
    serial = columns[0] is not None and columns[0].name == "serial"
    if not serial:
        return _vertical_plain(lines, i, at, columns)
    rows: list[list[Strand | None]] = []
    if at == len(lines) or not _is_serial(lines[at], 1):
        return None
    section = next((lines[k].marker for k in range(i - 1, -1, -1) if lines[k].marker is not None), None)
    expected = 1
    while at < len(lines):
        if not _is_serial(lines[at], expected):
            break
        stop = at + 1
        while (
            stop < len(lines)
            and not _is_serial(lines[stop], expected + 1)
            and not _ends_table(lines[stop])
            and not _follows(lines[stop].marker, section)
        ):
            stop += 1
        cells = lines[at + 1 : stop]
        skipped = next((k for k, x in enumerate(cells, at + 1) if _is_serial(x, expected + 2)), None)
        if skipped is not None and len(cells) > 1.5 * len(columns):
            stop, expected = skipped, expected + 1  # a number of the list is left out
        rows.append([lines[at].sub(0), *_deal(lines[at + 1 : stop], columns[1:])])
        expected += 1
        at = stop
    return Table(i, at, rows, columns, heads) if rows else None


def _vertical_plain(lines: Sequence[Line], i: int, at: int, columns: list[Column | None]) -> Table | None:
    """One cell a line without serial numbers: rows of as many lines as there are columns."""
    size = len(columns)
    heads = [x.compact.norm for x in lines[i:at]]
    rows: list[list[Strand | None]] = []
    while at + size <= len(lines):
        block = lines[at : at + size]
        if any(
            (x.marker is not None and x.marker.family in ("cn", "cn_paren")) or len(x.text) > 60
            for x in block
        ):
            break
        fits = [
            c.cells is None or bool(c.cells.search(x.compact.norm))
            for c, x in zip(columns, block, strict=True)
            if c
        ]
        if not all(fits):
            break
        rows.append([x.sub(0) for x in block])
        at += size
    return Table(i, at, rows, columns, heads) if len(rows) >= 2 else None


def _is_serial(line: Line, expected: int) -> bool:
    norm = line.compact.norm.rstrip("、.．")
    return chinese_number(norm) == expected if len(norm) <= 3 else False


def _follows(marker: Marker | None, section: Marker | None) -> bool:
    """Whether a number goes on counting the sections, of which the table stands in one."""
    return (
        marker is not None
        and section is not None
        and (marker.family, marker.number) == (section.family, section.number + 1)
    )


def _ends_table(line: Line) -> bool:
    marker = line.marker
    if marker is not None and marker.family in ("cn", "cn_paren"):
        return True
    norm = line.compact.norm
    return len(norm) > 60 or norm.endswith("。") or norm.startswith(("附件", "联系人", "注："))


def _deal(lines: Sequence[Line], columns: Sequence[Column | None]) -> list[Strand | None]:
    """Deals the cell lines of one row to its columns: wrapped cells are joined, empty ones left out.

    Each line goes to the column whose kind of content it has (a time, a place, an office); what
    goes to no later column belongs to the cell before it.
    """
    size = len(columns)
    if len(lines) == size and all(_fits(c, x) for c, x in zip(columns, lines, strict=True)):
        return [x.sub(0) for x in lines]
    # Best assignment of lines to columns in order, by dynamic programming over (line, column).
    worst = float("-inf")
    n = len(lines)
    score = [[worst] * (size + 1) for _ in range(n + 1)]
    back: list[list[tuple[int, int] | None]] = [[None] * (size + 1) for _ in range(n + 1)]
    score[0] = [0.0 - 0.6 * k for k in range(size + 1)]
    spaced = sum(x.gap for x in lines) * 2 > n  # blank lines stand between the cells of this copy
    for i in range(1, n + 1):
        for k in range(1, size + 1):
            own = _weight(columns[k - 1], lines[i - 1])
            best, source = worst, None
            for earlier in range(k):
                value = score[i - 1][earlier] + own - 0.6 * (k - 1 - earlier)
                if earlier == 0 and i > 1:
                    continue
                if value > best:
                    best, source = value, (i - 1, earlier)
            if i > 1:
                value = (
                    score[i - 1][k] + own + _continuing(columns[k - 1], lines[i - 2], lines[i - 1], spaced)
                )
                if value > best:
                    best, source = value, (i - 1, k)
            score[i][k], back[i][k] = best, source
    k = max(range(1, size + 1), key=lambda c: score[n][c] - 0.6 * (size - c)) if n else 0
    parts: list[list[Line]] = [[] for _ in range(size)]
    i = n
    while i > 0 and k > 0:
        parts[k - 1].append(lines[i - 1])
        step = back[i][k]
        if step is None:
            break
        i, k = step
    return [join([x.sub(0) for x in reversed(p)]) if p else None for p in parts]


def _fits(column: Column | None, line: Strand) -> bool:
    return column is None or column.cells is None or bool(column.cells.search(line.compact.norm))


def _weight(column: Column | None, line: Strand) -> float:
    if column is None or column.cells is None:
        timed = any(
            c.name == "time" and c.cells is not None and c.cells.search(line.compact.norm) for c in kinds()
        )
        return -0.8 if timed else 0.5
    return 1.0 if column.cells.search(line.compact.norm) else -1.5


_NAME_START = regex.compile(
    r"(?:中共|共青团|[省市区县州旗校])(?=[\u4e00-\u9fff]{2})|[\u4e00-\u9fff]{2,6}[省市区县州旗](?=[\u4e00-\u9fff]{2})"
)
"""What begins the name of another body: 县科协, 吴兴区教育局."""


def _continuing(column: Column | None, before: Line, line: Line, spaced: bool) -> float:
    """What speaks for ``line`` going on with the cell that ends as ``before`` does."""
    norm = before.norm.rstrip()
    if norm.endswith(("、", "，", "”", "（", "—", "与", "和", "及")) or not line.norm[:1].strip():
        return 0.3
    if spaced and not line.gap:
        return 0.3
    if column is not None and column.name == "organizers" and _NAME_START.match(line.compact.norm):
        return -1.8
    return -1.2


_BLANKS = regex.compile(r"[ \u3000]+")


def _blank_separated(lines: Sequence[Line], i: int) -> Table | None:
    """Rows whose cells are divided by blanks, below a header of the same kind."""
    norm = lines[i].norm
    if len(norm) > 80 or len(heads := pattern(r"\S+").findall(norm)) < 3:
        return None
    columns = [column_of(head) for head in heads]
    if sum(c is not None for c in columns) < max(3, len(columns) - 1):
        return None
    columns = named(columns)
    if not any(c and c.name == "name" for c in columns):
        return None
    rows: list[list[Strand | None]] = []
    at = i + 1
    serial = columns[0] is not None and columns[0].name == "serial"
    while at < len(lines):
        line = lines[at]
        pieces = [line.sub(m.start(), m.end()) for m in pattern(r"\S+").finditer(line.norm)]
        if serial and (not pieces or chinese_number(pieces[0].norm.rstrip("、.")) != len(rows) + 1):
            break
        if not serial and (len(pieces) < 2 or line.norm.endswith("。") or len(pieces) > len(columns) + 3):
            break
        number = pieces[0]
        if serial:
            pieces = pieces[1:]
        targets = columns[1:] if serial else columns
        as_lines = [Line(p.text, p.offsets) for p in pieces]
        row = _deal(as_lines, targets)
        rows.append([number, *row] if serial else row)
        at += 1
    return Table(i, at, rows, columns, heads) if len(rows) >= 2 else None
