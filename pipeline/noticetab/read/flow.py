"""Lines and paragraphs: which line goes on in the next one, and what stands in columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import regex

from noticetab.read.strokes import UNSURE

if TYPE_CHECKING:
    from noticetab.read.layout import Edges, Piece, Row
    from noticetab.read.ruling import Room

_WIDE = frozenset("—‘’“”…□☑")
"""What fills a square though it stands below U+2E80."""
# What must not begin a line (GB/T 15834, 5.1): it stays on the line of the character before.
_NO_START = "，。、；：？！）》〉】〕」』〗］”’％%…—,.;:?!)]}"
_INFIX = frozenset(".,:;)]")
"""Marks after which a Latin word or number goes on without a break (classes IS and CP)."""
LATIN = 0.56
"""Ems of a Latin letter or figure in the wider fonts."""
_OPEN = "（《“‘【〔「『〈〖［(<[{"
_QUOTES = "“”‘’\"'"
_DRAWS, _STAYS = frozenset(_OPEN + _QUOTES), frozenset(_NO_START + _QUOTES)
SLACK = 0.1
"""Ems by which a line may be short of full: edges and widths are measured, not known."""
COLUMN, TAB = 1.2, 2.5
"""Ems between two pieces from which on they may be columns, and from which on they surely are."""
PADDING = 0.8
"""Ems that the cells of a grid without lines leave between their texts."""
_TITLE = regex.compile(r"关于|印发|转发|（|\(")
MARKER = regex.compile(
    r"(?:[一二三四五六七八九十百]+\s*[、．]|[（(]\s*(?:[一二三四五六七八九十百]+|\d{1,3})\s*[)）]|\d{1,3}\s*[、．.](?!\d)"
    r"|第[一二三四五六七八九十百\d]+[条章节]|[①-⑳]|附\s*件|附\s*[:：]|注\s*[:：]|抄\s*[送报]\s*[:：]|主\s*题\s*词"
    r"|(?:联\s*系\s*(?:人|电\s*话|方\s*式)|电\s*子\s*邮\s*箱|邮\s*箱|地\s*址|传\s*真|时\s*间|地\s*点)\s*[:：])"
)
_STOPS, _CLOSING = frozenset("。！？；：:;!?…"), frozenset("”’）)》」』")
_GLUE = frozenset("-/.@_=&%#?+~")


@dataclass(slots=True)
class Mark:
    """Characters of a line's text and where they stand."""

    start: int
    end: int
    page: int
    bbox: tuple[float, float, float, float]
    confidence: float

    def move(self, shift: int) -> None:
        """Put the mark ``shift`` characters further on."""
        self.start += shift
        self.end += shift


@dataclass(slots=True)
class Line:
    """A line being written, with what is needed to know whether the next one continues it."""

    text: str
    marks: list[Mark] = field(default_factory=list)
    page: int = 0
    x0: float = 0.0
    x1: float = 0.0
    top: float = 0.0
    bottom: float = 0.0
    em: float = 0.0
    left: float = 0.0
    right: float = 0.0
    pitch: float = 0.0
    first_x0: float = 0.0
    lines: int = 1
    columns: int = 1

    @property
    def centred(self) -> bool:
        """Whether the line stands in the middle between the edges."""
        return abs(self.x0 - self.left - (self.right - self.x1)) < 1.2 * self.em

    def without_blanks(self) -> Line:
        """The same line with its blanks taken out."""
        kept = [index for index, char in enumerate(self.text) if char != " "]
        place = {old: new for new, old in enumerate(kept)}
        marks = [
            replace(mark, start=min(inside), end=max(inside) + 1)
            for mark in self.marks
            if (inside := [place[index] for index in range(mark.start, mark.end) if index in place])
        ]
        return replace(self, text="".join(self.text[index] for index in kept), marks=marks)

    def add(self, between: str, after: Line) -> None:
        """Put ``between`` and the line ``after`` behind this one, on the same line of the page."""
        text = self.text.rstrip(" ") + between
        for mark in after.marks:
            mark.move(len(text))
        self.marks += after.marks
        self.text = text + after.text
        self.x1 = after.x1
        self.bottom = max(self.bottom, after.bottom)


def is_wide(char: str) -> bool:
    """Whether ``char`` is as wide as a Chinese character; "" is not."""
    return "\u2e80" <= char <= "\uffef" or char in _WIDE


def glue(before: str, after: str) -> str:
    """What stands between two parts of a paragraph that a line end divided: nothing or a blank."""
    if not before or not after or before[-1] == " " or after[0] == " ":
        return ""
    if is_wide(before[-1]) or is_wide(after[0]) or before[-1] in _GLUE or after[0] in "-/.@_,;:)":
        return ""
    if before[-1].isdigit() and after[0].isdigit():
        return ""
    return " "


def join(one: Line, two: Line) -> Line:
    """The line ``two`` of the next line of the page put behind ``one``, which is changed and given."""
    text = one.text + glue(one.text, two.text)
    shift = len(text)
    for mark in two.marks:
        mark.start += shift
        mark.end += shift
    one.marks += two.marks
    one.text = text + two.text
    one.page, one.x0, one.x1, one.top, one.bottom = two.page, two.x0, two.x1, two.top, two.bottom
    one.em, one.left, one.right, one.pitch = two.em, two.left, two.right, two.pitch
    one.lines += 1
    one.columns = max(one.columns, two.columns)
    return one


def _ends(text: str) -> bool:
    """Whether a sentence or a clause ends with ``text``."""
    last = text.rstrip()[-2:]
    return last[-1:] in _STOPS or (last[-1:] in _CLOSING and last[0] in _STOPS)


def _unit(text: str) -> float:
    """The width in ems of what cannot be broken off the beginning of ``text``.

    A Latin word or number stays whole, closing marks stay with the character before, opening
    ones with the one after, and curly quotes with both (class QU of Unicode's line breaking);
    programs keep a figure with the closing mark before it, too.
    """
    width = 0.0
    word = False
    for index, char in enumerate(text[:40]):
        latin = "!" <= char <= "~" and char not in _NO_START
        last = text[index - 1] if index else ""
        if index and not (
            char in _STAYS or last in _DRAWS or (latin and (word or (last in _STAYS and is_wide(last))))
        ):
            break
        width += 1.0 if is_wide(char) else LATIN
        word = latin or (word and char in _INFIX)
    return width


def is_full(x1: float, right: float, em: float, following: str) -> bool:
    """Whether a line that ends at ``x1`` had no room for what begins the line after it."""
    first = following[:1]
    if is_wide(first):
        if x1 + (1 + SLACK) * em > right:
            return True  # it has no room for one character; most lines end so
        if first not in _DRAWS and following[1:2] not in _STAYS:
            return False  # the first character stands alone, and there was room for it
    return x1 + (_unit(following) + SLACK) * em > right


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
        from noticetab.read.columns import belongs, regroup

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
        from noticetab.read.layout import part_of

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
        if one.text[-1:] in _GLUE and "!" <= two.text[:1] <= "~" and indent < em:
            return True  # an address that was broken at one of its marks
        if not is_full(one.x1, one.right, one.em, two.text):
            return False
        if indent < 1.0 * em:
            # At the edge: the paragraph goes on, unless this is one that begins at the edge.
            return not (_ends(one.text) and MARKER.match(two.text))
        if _ends(one.text) or MARKER.match(two.text):
            return False
        # Further in: the second line of something that hangs (附件：1.… / 第二行), or of a title.
        if one.lines > 1 and abs(two.x0 - one.x0) < 0.5 * em:
            return True
        if one.first_x0 - one.left < 3.2 * em and one.left + one.right - one.x0 - one.x1 > 2 * em:
            return two.x0 > one.first_x0 + 0.5 * em
        return one.centred and two.centred and not _TITLE.match(two.text)

    def cell(self, rows: Sequence[Row], room: Room) -> Line:
        """The text of a drawn cell on one line: wraps are joined, other line ends are blanks."""
        from noticetab.read.layout import Edges

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
