"""Lines and paragraphs: which line goes on in the next one, and what stands in columns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import regex

from noticetab.read.columns import belongs, regroup
from noticetab.read.line import COLUMN, GLUE, MARKER, TAB, Line, Mark, ends, is_full, join
from noticetab.read.pieces import Edges, Piece, Row, part_of
from noticetab.read.ruling import Room
from noticetab.read.strokes import UNSURE

_TITLE = regex.compile(r"关于|印发|转发|（|\(")


def _hundredths(x0: float, top: float, x1: float, bottom: float) -> tuple[float, float, float, float]:
    """A box to hundredths of a point; ``round`` would write each number out first."""
    return (
        (x0 * 100 + 0.5) // 1 / 100,
        (top * 100 + 0.5) // 1 / 100,
        (x1 * 100 + 0.5) // 1 / 100,
        (bottom * 100 + 0.5) // 1 / 100,
    )


def _overlap(line: Line, cells: Sequence[Line]) -> bool:
    """Whether a lone line reaches down beside the cells of the row after it."""
    return line.columns == 1 and line.bottom > min(cell.top for cell in cells) + 0.15 * (
        line.bottom - line.top
    )


class Flow:
    """Joins pieces to lines and lines to paragraphs."""

    def lines(self, rows: Sequence[Row], edges: Edges) -> list[Line]:
        """The rows of a page as lines; what a column wrapped goes back to its cell."""
        lines: list[Line] = []
        grid: list[list[Line]] = []
        held: list[Row] = []
        before: Row | None = None

        def close() -> None:
            if grid:
                starts = [line.x0 for row in grid for line in row if len(row) == max(map(len, grid))]
                apart = [self._close(self._cells(row, edges), starts) for row in held]
                lines.extend(self._row(one) for one in regroup(apart, edges))
                grid.clear()
                held.clear()

        for row in rows:
            if not grid and len(row.pieces) == 1:  # as nearly all are
                lines.append(self._piece(row.pieces[0], row.page, edges))
                before = row
                continue
            cells = self._close(self._cells(row, edges))
            if len(cells) > 1 and not grid and lines and before is not None and _overlap(lines[-1], cells):
                grid.append([lines.pop()])  # a cell in the middle of others that have two lines
                held.append(before)
            before = row
            if len(cells) > 1 or (grid and belongs(grid, cells[0], edges)):
                grid.append(cells)
                held.append(row)
                continue
            if grid:
                close()
            lines.append(cells[0])
        close()
        return lines

    def _cells(self, row: Row, edges: Edges) -> list[Line]:
        return [self._piece(piece, row.page, edges) for piece in row.pieces]

    def _piece(self, piece: Piece, page: int, edges: Edges) -> Line:
        whole = piece.text
        text = whole.strip(" \u3000")
        left, upper, right, lower = piece.x0, piece.top, piece.x1, piece.bottom
        bbox = _hundredths(*(piece.shown or (left, upper, right, lower)))
        trust = 1.0 if piece.confidence == 1 else round(piece.confidence, 3)
        mark = Mark(0, len(text), page, bbox, trust)
        if len(text) < len(whole) and whole[-1] in " \u3000":
            text += " "  # it counts where the line goes on
        marks = self._parts(mark, piece) if piece.unsure else [mark]
        return Line(
            text, marks, page, left, right, upper, lower, piece.size or piece.em, edges.left,
            edges.right, edges.pitch, left,
        )  # fmt: skip

    def _parts(self, mark: Mark, piece: Piece) -> list[Mark]:
        """The mark of a piece divided where single characters of it are unsure."""
        lead = len(piece.text) - len(piece.text.lstrip(" \u3000"))
        cuts = {0, mark.end, *(at - lead + step for at in piece.unsure for step in (0, 1))}
        unsure = {at - lead for at in piece.unsure}
        parts = []
        for start, end in pairwise(sorted(cut for cut in cuts if 0 <= cut <= mark.end)):
            bbox = mark.bbox
            if piece.edges is not None:
                bbox = _hundredths(*part_of(piece, piece.edges[start + lead], piece.edges[end + lead]))
            trust = min(mark.confidence, UNSURE) if start in unsure else mark.confidence
            parts.append(Mark(start, end, mark.page, bbox, trust))
        return parts

    def _close(self, cells: list[Line], starts: Sequence[float] = ()) -> list[Line]:
        """Pieces on one line with small gaps as one cell, unless a column begins at ``starts``."""
        if len(cells) == 1:
            return cells
        closed = [cells[0]]
        for cell in cells[1:]:
            last = closed[-1]
            gap = (cell.x0 - last.x1) / max(last.em, 1)
            column = gap > 0.4 and any(abs(start - cell.x0) < 0.3 * cell.em for start in starts)
            if gap >= COLUMN or column:
                closed.append(cell)
                continue
            last.add("" if gap < 0.4 else " " if gap < 0.62 else "  ", cell)
        return closed

    def _row(self, cells: list[Line]) -> Line:
        """The cells of a row as one line, divided by tabs, or by blanks where the gap is small."""
        row = cells[0]
        for cell in cells[1:]:
            wide = cell.first_x0 - row.x1 >= TAB * max(row.em, 1.0)
            row.columns += wide
            row.add("\t" if wide else "  ", cell)
        return row

    def continues(self, one: Line, two: Line) -> bool:
        """Whether the paragraph ``one`` goes on in the line ``two``."""
        if one.columns > 1 or two.columns > 1 or "\t" in one.text:
            return False
        em = max(one.em, two.em, 1.0)
        if one.em != two.em and abs(one.em - two.em) > 0.2 * em and min(len(one.text), len(two.text)) > 3:
            return False  # another size
        if one.page == two.page and two.top - one.top > 1.6 * max(one.pitch, em):
            return False  # space between
        indent = two.x0 - two.left
        if one.text[-1:] in GLUE and "!" <= two.text[:1] <= "~" and indent < em:
            return True  # an address that was broken at one of its marks
        if not is_full(one.x1, one.right, one.em, two.text):
            return False
        if indent < 1.0 * em:
            # At the edge: the paragraph goes on, unless this is one that begins at the edge.
            return not (ends(one.text) and MARKER.match(two.text))
        if ends(one.text) or MARKER.match(two.text):
            return False
        # Further in: the second line of something that hangs (附件：1.… / 第二行), or of a title.
        if one.lines > 1 and abs(two.x0 - one.x0) < 0.5 * em:
            return True
        if one.first_x0 - one.left < 3.2 * em and one.left + one.right - one.x0 - one.x1 > 2 * em:
            return two.x0 > one.first_x0 + 0.5 * em
        return one.centred and two.centred and not _TITLE.match(two.text)

    def cell(self, rows: Sequence[Row], room: Room) -> Line:
        """The text of a drawn cell on one line: wraps are joined, other line ends are blanks."""
        edges = Edges(room.x0, room.x1, 0)
        whole: Line | None = None
        for row in rows:
            cells = self._close(self._cells(row, edges))
            line = self._row(cells)
            line.text = line.text.replace("\t", " ")
            if whole is None:
                whole = line
                continue
            narrow = len(whole.text.split(" ")[-1]) <= 1 and len(line.text) == 1
            padding = whole.first_x0 - room.x0
            limit = room.x1 - (padding if padding < whole.em else 0.45 * whole.em)
            full = is_full(whole.x1, limit, whole.em, line.text)
            if not full and not narrow:
                whole.text += " "
            join(whole, line)
        if whole is None:
            return Line("")
        whole.text = whole.text.rstrip(" ")
        return whole
