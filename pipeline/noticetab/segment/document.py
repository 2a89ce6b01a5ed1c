"""The segmented document: lines, parts, and the outline of each unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from noticetab.read.reading import Reading
from noticetab.segment import attached, blank, chrome, foot, grid, head, outline, tail
from noticetab.segment.outline import Node
from noticetab.segment.parts import Parts, Unit
from noticetab.segment.strand import Strand


@dataclass(slots=True)
class Document:
    """A reading, segmented. ``trees`` are the outlines of ``parts.units``, in order."""

    reading: Reading
    lines: chrome.Lines
    parts: Parts
    trees: list[Node]
    _nodes: list[tuple[Unit, Node]] | None = None

    @property
    def text(self) -> str:
        """The canonical text."""
        return self.reading.text

    @property
    def main(self) -> Unit:
        """The document itself, without what is attached to it."""
        return self.parts.units[0]

    def nodes(self) -> list[tuple[Unit, Node]]:
        """All nodes of all units (roots included), in the order of the text."""
        if self._nodes is None:
            pairs = zip(self.parts.units, self.trees, strict=True)
            self._nodes = [(unit, node) for unit, tree in pairs for node in tree.walk()]
        return self._nodes


def arrange(cut: chrome.Lines, drawn: Sequence[tuple[int, int]] = ()) -> Parts:
    """The parts of a document from its logical lines; ``drawn`` are spans of tables in which nothing signs."""
    found = Parts(units=[])
    body = foot.part(tail.imprint(found, list(cut.body)))
    start = head.read(found, body)
    found.units = attached.deal(found, body[start:])
    for unit in found.units:
        tail.close(unit, drawn)
    return found


def _lists(reading: Reading) -> list[tuple[int, int]]:
    """The spans of the tables that the source draws, but for grids of the names that sign."""
    spans = []
    for table in reading.tables:
        cells = [
            Strand(reading.text[cell.start : cell.end], range(cell.start, cell.end))
            for row in table.rows
            for cell in row
            if reading.text[cell.start : cell.end].strip()
        ]
        if not tail.names_alone(cells):
            spans.append((table.start, table.end))
    return sorted(spans)


def segment(reading: Reading) -> Document:
    """Segments a reading: text to lines, lines to parts, each part's body to an outline."""
    cut = chrome.cut(reading.text, joined=reading.joined)
    found = arrange(cut, _lists(reading))
    trees = []
    for unit in found.units:
        for index, line in enumerate(unit.lines):
            line.index = index
        unit.tables = grids = grid.find(unit.lines, reading.tables, reading.text)
        filled = any(
            g.pairs or (g.columns and any(sum(c is not None for c in row) >= 3 for row in g.rows))
            for g in grids
        )
        unit.form = not filled and blank.looks_blank(unit)
        if unit.form:
            trees.append(Node(None, lines=list(unit.lines)))
        else:
            trees.append(outline.build(unit.lines, grids))
    return Document(reading, cut, found, trees)
