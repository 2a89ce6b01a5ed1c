"""Pieces of text on pages, as readers of paged formats give them, and the rows they stand in."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from noticetab.read.ruling import Ruled, Segment


@dataclass(slots=True)
class Piece:
    """Text within one box on a page, in points from the top left.

    ``edges`` are the left edges of its characters and the right edge of the last, ``size`` the
    width of a Chinese character in it, where the reader knows them.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    confidence: float = 1.0
    edges: list[float] | None = None
    size: float = 0.0
    shown: tuple[float, float, float, float] | None = None
    """Where it stands on the page as scanned, when the page was turned to be read."""
    unsure: tuple[int, ...] = ()
    """Characters of ``text`` that may as well be others, as far as the picture shows."""

    @property
    def em(self) -> float:
        """The width of a Chinese character: as measured, else judged by the width of the text."""
        if self.size:
            return self.size
        units = sum(1.0 if char > "\u2e7f" or char in "—…“”‘’" else 0.5 for char in self.text)
        height = self.bottom - self.top
        return min(height * 1.3, (self.x1 - self.x0) / units) if units >= 2 else height


@dataclass(slots=True)
class Page:
    """One page: its size in points, its pieces and its drawn lines."""

    number: int
    width: float
    height: float
    pieces: list[Piece] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    """What is printed over the text and no part of it (watermarks)."""
    ruled: list[Ruled] | None = None
    """The tables that the lines draw, where the reader has found them already."""
    hidden: list[str] = field(default_factory=list)
    """Text on the page that nobody sees, and that is in no piece."""


class Row:
    """Pieces that stand on one line, left to right, from ``top`` to ``bottom``."""

    __slots__ = ("bottom", "page", "pieces", "top")

    def __init__(self, page: int, first: Piece) -> None:
        """A row that begins with one piece."""
        self.page = page
        self.pieces = [first]
        self.top = first.top
        self.bottom = first.bottom

    def add(self, piece: Piece) -> None:
        """Put a piece behind the others."""
        self.pieces.append(piece)
        self.top = min(self.top, piece.top)
        self.bottom = max(self.bottom, piece.bottom)

    @property
    def text(self) -> str:
        """Its text, pieces divided by blanks."""
        return " ".join(piece.text for piece in self.pieces)


def rows_of(pieces: Sequence[Piece], page: int) -> list[Row]:
    """Pieces grouped to rows, top to bottom: those that share most of their height stand together."""
    rows: list[Row] = []
    lowest = -math.inf
    for piece in sorted(pieces, key=lambda piece: (piece.top + piece.bottom, piece.x0)):
        top, bottom = piece.top, piece.bottom
        height = bottom - top
        if top >= lowest and height >= 0:  # below all others, as the lines of running text are
            rows.append(Row(page, piece))
            lowest = bottom
            continue
        room = 0.4 * height  # recognized boxes reach a little into each other
        for row in rows[:-5:-1]:
            last = row.pieces[0]
            if top >= last.bottom >= last.top and height >= 0:
                continue  # below it
            shared = min(bottom, last.bottom) - max(top, last.top)
            if shared > 0.65 * min(height, last.bottom - last.top) and all(
                piece.x0 >= one.x1 - room or piece.x1 <= one.x0 + room for one in row.pieces
            ):
                row.add(piece)
                break
        else:
            rows.append(Row(page, piece))
            lowest = max(lowest, top, bottom)
    for row in rows:
        if len(row.pieces) > 1:
            row.pieces.sort(key=lambda piece: piece.x0)
    return rows


@dataclass(frozen=True, slots=True)
class Edges:
    """Where the lines of a page begin and end, and how far apart they are."""

    left: float
    right: float
    pitch: float


def part_of(piece: Piece, x0: float, x1: float) -> tuple[float, float, float, float]:
    """Where a part of a piece stands on the page as scanned; the turn is small."""
    shown = piece.shown or (piece.x0, piece.top, piece.x1, piece.bottom)
    return shown[0] + x0 - piece.x0, shown[1], shown[2] + x1 - piece.x1, shown[3]
