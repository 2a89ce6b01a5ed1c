"""Putting a text together from lines and tables while keeping where each piece stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import regex

from noticetab.read.reading import Box, Cell, Reading, Table

_BLANKS = regex.compile(r"[ \t\r\n\u00a0\u3000]+")
_CHINESE = r"[\p{Han}\u3000-\u303f\uff00-\uffef\u2014\u2018\u2019\u201c\u201d\u2026□]"
_BREAK = regex.compile(rf"(?<={_CHINESE})[ \t\r\n]*[\r\n][ \t\r\n]*(?={_CHINESE})")
_SPACE = regex.compile(r"[ \t\r\n]*[\r\n][ \t\r\n]*")


@dataclass(frozen=True, slots=True)
class CellText:
    """A cell to be written: its text, its reach, and whether a merged cell above covers it."""

    text: str = ""
    row_span: int = 1
    column_span: int = 1
    covered: bool = False


def one_line(text: str) -> str:
    """The lines of a cell as one line: a blank where a line ended, none at the ends."""
    return " ".join(piece for line in text.splitlines() if (piece := line.strip(" \t\u00a0\u3000")))


def unwrap(text: str) -> str:
    """Text whose line ends mean nothing: dropped between Chinese characters, else a blank."""
    return _SPACE.sub(" ", _BREAK.sub("", text))


def squeeze(text: str) -> str:
    """Text without any white space, for comparing."""
    return _BLANKS.sub("", text)


class Assembly:
    """A text that grows line by line; tables, boxes and computed numbers keep their offsets."""

    def __init__(self) -> None:
        """Start with no text."""
        self._parts: list[str] = []
        self.length = 0
        self.tables: list[Table] = []
        self.boxes: list[Box] = []
        self.computed: list[tuple[int, int]] = []

    def add(self, text: str) -> tuple[int, int]:
        """Append ``text`` as it is; its span."""
        start = self.length
        self._parts.append(text)
        self.length += len(text)
        return start, self.length

    def line(self, text: str, *, computed: str = "") -> tuple[int, int]:
        """Append a paragraph as a line; ``computed`` is a list number to put in front of it."""
        start = self.length
        if computed:
            self.computed.append(self.add(computed))
        _, end = self.add(text + "\n")
        return start, end - 1

    def table(self, rows: Iterable[Sequence[CellText]]) -> Table | None:
        """Append a table, one line a row, cells divided by tabs; None when it has no cell."""
        first = self.length
        done: list[tuple[Cell, ...]] = []
        for row in rows:
            cells: list[Cell] = []
            for index, cell in enumerate(row):
                if index:
                    self.add("\t")
                start, end = self.add(one_line(cell.text).replace("\t", " "))
                if not cell.covered:
                    cells.append(Cell(start, end, cell.row_span, cell.column_span))
            self.add("\n")
            done.append(tuple(cells))
        if not any(done):
            return None
        table = Table(first, self.length - 1, tuple(done))
        self.tables.append(table)
        return table

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self._parts)

    def reading(self, media_type: str, *, joined: bool = True) -> Reading:
        """The reading of what was put together."""
        return Reading(
            self.text,
            media_type=media_type,
            joined=joined,
            boxes=self.boxes,
            tables=self.tables,
            computed=self.computed,
        )
