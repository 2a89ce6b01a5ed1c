"""Notes of readers that several formats share: text that nobody sees."""

from __future__ import annotations

from collections.abc import Sequence

from noticetab.read.assembly import squeeze
from noticetab.read.reading import Note, Reading

LEAST = 2
"""Characters of unseen text from which on it is worth a word; a stray mark is not."""
QUOTED = 30
"""Characters of it that a note quotes."""


def hidden(texts: Sequence[str], start: int, end: int, page: int | None = None) -> list[Note]:
    """A note on the unseen ``texts`` that would stand at ``start`` to ``end``; none for blanks and marks.

    ``page`` is the page they are on, from 1, where the format has pages.
    """
    words = squeeze("".join(texts))
    if sum(char.isalnum() for char in words) < LEAST:
        return []
    quoted = words if len(words) <= QUOTED else f"{words[:QUOTED]}……"
    where, where_en = (f"第{page}页", f" on page {page}") if page else ("文件中", "")
    return [
        Note(
            "TEXT_HIDDEN",
            f"{where}有看不见的文字，未作为正文读取：“{quoted}”",
            f"text that nobody sees{where_en}, left out: “{quoted}”",
            start,
            end,
        )
    ]


def sideways(number: int, reading: Reading) -> Note:
    """The note on words that run sideways in a table and may be in the wrong order."""
    start = next((box.start for box in reading.boxes if box.page == number), 0)
    return Note(
        "PART_UNREAD",
        f"第{number}页表中有横转的文字，次序可能不对",
        f"words in a table on page {number} run sideways and may be out of order",
        start,
        min(start + 1, len(reading.text)),
    )
