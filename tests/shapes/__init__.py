"""Shapes in which copies of notices arrive, as transformations of gold notices.

>>> from shapes import SHAPES, names, notice, seeded
>>> shaped = SHAPES["nothing_between"].make(notice(names()[0]), seeded("any", "key"))

A shape keeps ``all`` of a notice, or it loses ``marks`` (lines, numbers, structure that a reader can
restore), or a ``part`` of it.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Literal

from shapes import heads, lost, marks, tables
from shapes.notice import Make, Notice, Paragraph, Shaped, names, notice, printed

__all__ = ["SHAPES", "Make", "Notice", "Paragraph", "Shape", "Shaped", "names", "notice", "printed", "seeded"]


@dataclass(frozen=True)
class Shape:
    """A shape by name: how it is made, and what it keeps."""

    name: str
    make: Make
    keeps: Literal["all", "marks", "part"]


def seeded(*key: object) -> random.Random:
    """A source of chance that is the same for the same key, on every machine."""
    return random.Random("/".join(map(str, key)))


def _shapes(keeps: Literal["all", "marks", "part"], *made: Make) -> dict[str, Shape]:
    return {make.__name__: Shape(make.__name__, make, keeps) for make in made}


SHAPES: dict[str, Shape] = {
    **_shapes(
        "marks",
        lost.single_blanks, lost.nothing_between, lost.wide_blanks, lost.second_half, lost.lists_only,
        lost.separators, marks.markdown, marks.bullets, marks.numbers_lost, tables.html_table,
    ),
    **_shapes(
        "all",
        lost.clean, lost.hard_wraps, lost.double_spaced, lost.closing_without_stop, marks.full_width,
        marks.look_alikes, marks.spaced_digits, heads.index_bars, heads.kickers, heads.metadata_boxes,
        heads.source_bars, heads.stacked_heads, heads.title_again, heads.bare_addressees, heads.furniture,
        heads.signature_in_a_row, heads.spread_issuers, heads.attachment_links, heads.forwarded,
    ),
    **_shapes("part", lost.excerpt, heads.no_title),
}  # fmt: skip
