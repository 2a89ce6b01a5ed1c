"""From pieces of text on pages to the text of a document.

Readers of paged formats give pieces (runs of characters on one line with no wide gap) and the
lines drawn on each page. Here page numbers and running heads go, pieces on one line come
together, drawn tables become tables, columns stay apart, and lines that only the width of the
page broke are joined to paragraphs again (GB/T 9704-2012: 28 characters to the line, paragraphs
begin two characters in).
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import regex

from noticetab.read.assembly import Assembly, squeeze
from noticetab.read.flow import Flow
from noticetab.read.line import Line, join
from noticetab.read.notes import hidden
from noticetab.read.pieces import Edges, Page, Piece, Row, part_of, rows_of
from noticetab.read.reading import Box, Cell, Reading, Table
from noticetab.read.ruling import Room, Ruled, tables

_PAGE_NUMBER = regex.compile(
    r"[-\s—–―－─~·•._一]*(?:第\s*)?\d{1,4}(?:\s*页)?[-\s—–―－─~·•._一]*"
    r"|第?\s*\d{1,4}\s*页?\s*[/／,，]?\s*共?\s*\d{1,4}\s*页?"
)
_TOP, _BOTTOM = 0.13, 0.86
"""Shares of the page's height above and below which page numbers and running heads stand."""
_INDENT = 10.0
"""Points by which the lines of pages that are set alike never differ, short of an indent."""
_MARGIN = 0.17
"""Share of the page's width that a left margin hardly ever takes (GB/T 9704: 28 of 210 mm)."""
_SPACED = regex.compile(r"\p{Han}(?: \p{Han}){3,}")


def compose(pages: Sequence[Page], media_type: str) -> Reading:
    """The reading of ``pages``: paragraphs joined, tables kept, furniture left out."""
    ruled = {page.number: tables(page.segments) if page.ruled is None else page.ruled for page in pages}
    rows: dict[int, list[Row]] = {}
    inside: dict[int, list[tuple[Ruled, list[Piece]]]] = {}
    for page in pages:
        free, inside[page.number] = _divide(page, ruled[page.number])
        rows[page.number] = rows_of(free, page.number)
    margins = _drop_furniture(pages, rows)

    flow = Flow()
    writer = _Writer(flow)
    edges_of = _page_edges(pages, rows)
    for page in pages:
        page_rows = rows[page.number]
        edges = edges_of[page.number]
        if not inside[page.number]:  # as on most pages
            writer.rows(sorted(page_rows, key=lambda row: row.top), edges)
            continue
        items: list[tuple[float, Row | tuple[Ruled, list[Piece]]]] = [(row.top, row) for row in page_rows]
        items += [(table.top, (table, pieces)) for table, pieces in inside[page.number]]
        run: list[Row] = []
        for _, item in sorted(items, key=lambda item: item[0]):
            if isinstance(item, Row):
                run.append(item)
            else:
                writer.rows(run, edges)
                run = []
                writer.table(page.number, *item)
        writer.rows(run, edges)
    writer.end()
    reading = writer.assembly.reading(media_type)
    reading.pages = len(pages)
    for page in pages:
        if page.hidden:
            reading.notes += hidden(page.hidden, *_first_of(reading, page.number), page.number)
    reading.margins = margins + list(dict.fromkeys("".join(page.beside) for page in pages if page.beside))
    return reading


def _first_of(reading: Reading, page: int) -> tuple[int, int]:
    """The first character of a page, else of the whole text."""
    start = next((box.start for box in reading.boxes if box.page == page), 0)
    return start, min(start + 1, len(reading.text))


def _divide(page: Page, ruled: list[Ruled]) -> tuple[list[Piece], list[tuple[Ruled, list[Piece]]]]:
    """Pieces outside all tables, and the pieces of each table."""
    if not ruled:
        return page.pieces, []
    free: list[Piece] = []
    inside: list[tuple[Ruled, list[Piece]]] = [(table, []) for table in ruled]
    for piece in page.pieces:
        x, y = (piece.x0 + piece.x1) / 2, (piece.top + piece.bottom) / 2
        for table, pieces in inside:
            if table.top <= y <= table.bottom and table.x0 <= x <= table.x1:
                pieces.append(piece)
                break
        else:
            free.append(piece)
    filled = [(table, pieces) for table, pieces in inside if pieces]
    return free, filled


def _drop_furniture(pages: Sequence[Page], rows: dict[int, list[Row]]) -> list[str]:
    """Take page numbers and running heads out of ``rows``; their texts, each once."""
    seen: Counter[tuple[str, int]] = Counter()
    marginal_rows: dict[int, list[Row]] = {}
    for page in pages:
        marginal_rows[page.number] = _marginal(page, rows[page.number])
        seen.update({_place(row) for row in marginal_rows[page.number]})
    dropped: list[str] = []
    for page in pages:
        marginal = marginal_rows[page.number]
        ends = rows[page.number][:1] + rows[page.number][-1:]
        for row in marginal:
            text = row.text.strip()
            is_number = row in ends and _PAGE_NUMBER.fullmatch(text) is not None
            place = _place(row)
            around = max(seen[place[0], place[1] + step] for step in (-1, 0, 1))
            often = (around >= 3 and around >= 0.4 * len(pages)) or around == len(pages) == 2
            if is_number or (often and not text.startswith("附件") and row in ends):
                rows[page.number].remove(row)
                if not is_number and text not in dropped:
                    dropped.append(text)
    return dropped


def _marginal(page: Page, rows: list[Row]) -> list[Row]:
    return [row for row in rows if row.bottom < _TOP * page.height or row.top > _BOTTOM * page.height]


def _place(row: Row) -> tuple[str, int]:
    return squeeze(row.text), round(row.top / 4)


def _edges(rows: Sequence[Row], width: float) -> Edges | None:
    """The left and right edge of running text, from its longest lines; None without any.

    On a page ``width`` wide that has short lines alone nothing shows where the text would end:
    its margins are then taken to be alike.
    """
    if not rows:
        return None
    spans = [(row.pieces[0].x0, row.pieces[-1].x1, row.pieces[-1].text[-1:]) for row in rows]
    widest = max(end - start for start, end, _ in spans)
    long = [span for span in spans if span[1] - span[0] >= 0.75 * widest]
    # Punctuation may hang out over the edge.
    inner = [end for _, end, last in long if last not in "，。、；：,.;:"] or [end for _, end, _ in long]
    steps = [
        below.top - above.top
        for above, below in pairwise(rows)
        if 0 < below.top - above.top < 4 * (above.bottom - above.top)
    ]
    left, right = min(start for start, _, _ in long), max(inner)
    if widest < 0.55 * width:
        left = min(start for start, _, _ in spans)
        right = max(right, width - min(left, 0.2 * width))
    elif left > _MARGIN * width and max(start for start, _, _ in spans) - left < 2:
        # Every line begins at one place, further in than margins are: paragraphs of one line
        # each, two characters in; none of them need reach the right edge.
        left -= 2 * statistics.median_high([row.bottom - row.top for row in rows])
        right = max(right, width - left)
    return Edges(left, right, statistics.median(steps) if steps else 0)


def _page_edges(pages: Sequence[Page], rows: dict[int, list[Row]]) -> dict[int, Edges]:
    """The edges of each page; a page of short lines alone has those of the fullest like it.

    Left and right pages may have their margins the other way round, so pages of the same side
    are looked at first.
    """
    own = {page.number: _edges(rows[page.number], page.width) for page in pages}
    found = {}
    fullest: dict[tuple[float, int], Edges | None] = {}
    for page in pages:
        mine = own[page.number]
        kind = page.width, page.number % 2
        if kind not in fullest:
            like = [
                edges
                for other in pages
                if (edges := own[other.number])
                and abs(other.width - page.width) < 2
                and len(rows[other.number]) > 4
            ]
            among = set(like)
            same_side = [
                edges
                for other in pages
                if other.number % 2 == page.number % 2 and (edges := own[other.number]) in among
            ]
            fullest[kind] = max(same_side or like, key=lambda edges: edges.right - edges.left, default=None)
        best = fullest[kind] or mine
        if mine is None or best is None:
            found[page.number] = mine or best or Edges(0, page.width, 0)
        elif (
            mine.right - mine.left < 0.9 * (best.right - best.left)
            or len(rows[page.number]) < 5
            or (mine.left > best.left + _INDENT and mine.right < best.right + _INDENT)  # all further in
        ):
            found[page.number] = Edges(best.left, best.right, mine.pitch or best.pitch)
        else:
            found[page.number] = mine
    return found


class _Writer:
    """Writes rows and tables into an assembly, joining what belongs together."""

    def __init__(self, flow: Flow) -> None:
        self.assembly = Assembly()
        self.flow = flow
        self._open: Line | None = None
        self._table: _OpenTable | None = None

    def rows(self, rows: list[Row], edges: Edges) -> None:
        """Write the rows between two tables of a page."""
        if rows:
            self._end_table()
        for line in self.flow.lines(rows, edges):
            if self._open is None:
                self._open = line
            elif self.flow.continues(self._open, line):
                join(self._open, line)
            else:
                self._write(self._open)
                self._open = line

    def end(self) -> None:
        """Write what is still open."""
        self._end_table()
        self._end_line()

    def _end_line(self) -> None:
        if self._open is not None:
            self._write(self._open)
            self._open = None

    def _write(self, line: Line) -> None:
        line.text = line.text.rstrip(" ")
        if line.text[1:2] == " " and _SPACED.fullmatch(
            line.text
        ):  # letters spread over the line, as red heads are
            line = line.without_blanks()
        start, _ = self.assembly.line(line.text)
        self._mark(start, line)

    def _mark(self, start: int, line: Line) -> None:
        """Keep the boxes of a line that was written at ``start``."""
        self.assembly.boxes += [
            Box(start + mark.start, start + mark.end, mark.page, mark.bbox, mark.confidence)
            for mark in line.marks
            if mark.start < mark.end
        ]

    def table(self, page: int, ruled: Ruled, pieces: list[Piece]) -> None:
        """Write a drawn table; one that goes on from the page before is continued."""
        self._end_line()
        held: dict[Room, list[Piece]] = {room: [] for room in ruled.rooms}
        for piece in pieces:
            for part, room in _split(piece, ruled):
                held[room].append(part)
        rows: list[_TableRow] = []
        for index in range(1 + max(room.row for room in ruled.rooms)):
            reaching = [room for room in ruled.rooms if room.row <= index < room.row + room.row_span]
            reaching.sort(key=lambda room: room.column)
            # A cell from above reaches into this row: its place stays blank.
            rows.append(
                [
                    (room, self.flow.cell(rows_of(held[room], page), room) if room.row == index else None)
                    for room in reaching
                ]
            )
        table = self._table
        goes_on = table is not None and page == table.page + 1 and _same(table.columns, ruled.columns)
        if table is not None and goes_on and (rest := _below(table.header, rows[0], held, page)) is not None:
            # The header that is printed again has no rule under it: what is left is the first row.
            rows[0] = [
                (room, self.flow.cell(part, room) if line is not None else None)
                for (room, line), part in zip(rows[0], rest, strict=True)
            ]
        header = _texts(rows[0])
        if table is None or not goes_on:
            self._end_table()
            table = self._table = _OpenTable(self.assembly.length, header)
        elif header == table.header:
            rows = rows[1:]  # the header that is printed on every page again
        elif (table.is_open or ruled.open_top) and table.last and len(table.last) == len(rows[0]):
            for (_, above), (_, below) in zip(table.last, rows[0], strict=True):
                if above is not None and below is not None and below.text:
                    above.text += " " if above.text else ""
                    join(above, below)
            rows = rows[1:]  # the rest of the row that the page's end cut
        for place, row in enumerate(rows):
            if (place or goes_on) and _texts(row) == table.header:
                continue  # printed again by programs that meant it for the next page
            self._write_row(table)
            table.last = row
        table.page, table.columns, table.is_open = page, ruled.columns, ruled.open_bottom

    def _write_row(self, table: _OpenTable) -> None:
        """Write the row of ``table`` that was held back."""
        if table.last is None:
            return
        cells = []
        for place, (room, line) in enumerate(table.last):
            if place:
                self.assembly.add("\t")
            if line is not None:
                start, end = self.assembly.add(line.text)
                self._mark(start, line)
                cells.append(Cell(start, end, room.row_span, room.column_span))
        self.assembly.add("\n")
        table.rows.append(tuple(cells))
        table.last = None

    def _end_table(self) -> None:
        table, self._table = self._table, None
        if table is not None:
            self._write_row(table)
            self.assembly.tables.append(Table(table.start, self.assembly.length - 1, tuple(table.rows)))


_TableRow = list[tuple[Room, Line | None]]


@dataclass(slots=True)
class _OpenTable:
    """A table being written; its last row is held back, the next page may have the rest of it."""

    start: int
    header: list[str]
    rows: list[tuple[Cell, ...]] = field(default_factory=list)
    last: _TableRow | None = None
    page: int = 0
    columns: tuple[float, ...] = ()
    is_open: bool = False


def _texts(row: _TableRow) -> list[str]:
    return [squeeze(line.text) for _, line in row if line is not None]


def _below(
    header: list[str], row: _TableRow, held: dict[Room, list[Piece]], page: int
) -> list[list[Row]] | None:
    """What stands in the cells of ``row`` below the words of ``header``; None unless all cells begin so."""
    if len(header) != sum(line is not None for _, line in row) or not any(header):
        return None
    words = iter(header)
    left: list[list[Row]] = []
    for room, line in row:
        lines = rows_of(held[room], page) if line is not None else []
        wanted, read = (next(words) if line is not None else ""), ""
        while lines and len(read) < len(wanted):
            read += squeeze(lines.pop(0).text)
        if read != wanted:
            return None
        left.append(lines)
    return left if any(left) else None


def _same(one: tuple[float, ...], two: tuple[float, ...]) -> bool:
    """Whether two tables have the same columns."""
    return len(one) == len(two) and all(abs(left - right) <= 4 for left, right in zip(one, two, strict=True))


def _split(piece: Piece, ruled: Ruled) -> list[tuple[Piece, Room]]:
    """A piece as parts by the cells it stands in; only pieces with known edges are cut."""
    y = (piece.top + piece.bottom) / 2
    level = [room for room in ruled.rooms if room.top <= y <= room.bottom]
    if not level:
        return []

    def at(x: float) -> Room:
        return min(level, key=lambda room: max(room.x0 - x, x - room.x1, 0))

    if piece.edges is None:
        return [(piece, at((piece.x0 + piece.x1) / 2))]
    parts: list[tuple[Piece, Room]] = []
    begin = 0
    rooms = [at((left + right) / 2) for left, right in zip(piece.edges, piece.edges[1:], strict=False)]
    for index in range(1, len(rooms) + 1):
        if index == len(rooms) or rooms[index] is not rooms[begin]:
            text = piece.text[begin:index]
            if text.strip():
                part = Piece(
                    text, piece.edges[begin], piece.top, piece.edges[index], piece.bottom, piece.confidence,
                    piece.edges[begin : index + 1], piece.size,
                    None if piece.shown is None else part_of(piece, piece.edges[begin], piece.edges[index]),
                    tuple(place - begin for place in piece.unsure if begin <= place < index),
                )  # fmt: skip
                parts.append((part, rooms[begin]))
            begin = index
    return parts
