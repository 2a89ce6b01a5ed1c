"""What every reader gives: the canonical text, and where on the pages it stands.

The canonical text is the same for the same bytes. Paragraphs are lines ended by ``\\n``; a
table is one line a row with cells divided by ``\\t``, and its cells are given as spans too,
because text alone cannot say what a merged or many-lined cell is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple


class ReadError(Exception):
    """A file that cannot be read; the message names the file, what is wrong and what to do.

    ``kind`` is ``unreadable``, or ``timeout``, ``memory`` or ``crash`` where reading it took too much
    time or memory or ended the process that read it.
    """

    def __init__(self, message: str, *, kind: str = "unreadable") -> None:
        super().__init__(message)
        self.kind = kind


class Box(NamedTuple):
    """Characters ``start`` to ``end`` of the text stand on ``page`` (from 1) within ``bbox``.

    ``bbox`` is (x0, top, x1, bottom) in points, origin top left. ``confidence`` is the
    recognizer's for scanned text, else 1.
    """

    start: int
    end: int
    page: int
    bbox: tuple[float, float, float, float]
    confidence: float = 1.0


class Note(NamedTuple):
    """What a reader left out or did not read: ``code`` is that of the finding it becomes.

    TEXT_HIDDEN is text that no reader of the page sees, PART_UNREAD a part that was not read,
    SEVERAL_DOCUMENTS that the file holds more than the document read. ``start`` to ``end`` are
    where in the text it would stand; both 0 when it has no place there.
    """

    code: str
    chinese: str
    english: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: its span of the text (start == end when blank) and how far it reaches."""

    start: int
    end: int
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the source: ``rows`` of cells, as the source itself draws them."""

    start: int
    end: int
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(slots=True)
class Reading:
    """A file as read.

    ``joined`` says that hard line wraps are already undone (formats that know paragraphs).
    ``published_at`` and ``site_title`` come from a web page's own metadata. ``computed``
    are spans of list numbers that the program worked out (Word numbering), not typed ones.
    ``warnings`` are (code, Chinese, English, start, end) of what the reader could not be sure of in
    the text, ``notes`` tell what of the file is not in it.
    """

    text: str
    media_type: str = "text/plain"
    encoding: str | None = None
    pages: int | None = None
    joined: bool = False
    boxes: list[Box] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    computed: list[tuple[int, int]] = field(default_factory=list)
    published_at: datetime | None = None
    site_title: str | None = None
    traditional: bool = False
    warnings: list[tuple[str, str, str, int, int]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    margins: list[str] = field(default_factory=list)
    """Headers, footers and notes, which stand beside the text and not in it."""
    attached: list[str] = field(default_factory=list)
    """Names of files that are packed into this one (attachments of an OFD or PDF)."""
    path: str | None = None
    sha256: str = ""
    rest: tuple[Reading, ...] = ()
    """Further documents of the same file, in its order; each with a text of its own and no ``rest``."""
