"""The cells of a table that the source draws, as a matrix of the places that they cover."""

from __future__ import annotations

from dataclasses import dataclass

from noticetab.segment.strand import Strand


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """A cell of the source: its text (None if blank), where it begins and how far it reaches."""

    text: Strand | None
    row: int
    column: int
    height: int = 1
    width: int = 1

    @property
    def norm(self) -> str:
        """The text folded and without blanks."""
        return self.text.compact.norm if self.text else ""

    def turned(self) -> Slot:
        """The same cell in a table whose rows and columns are exchanged."""
        return Slot(self.text, self.column, self.row, self.width, self.height)


Matrix = list[list[Slot]]
"""Rows of cells; a merged cell stands in every place that it covers."""
