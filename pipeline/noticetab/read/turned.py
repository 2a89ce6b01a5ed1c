"""Text that runs sideways on a page: the page is turned until it is upright, and its places turned back."""

from __future__ import annotations

from collections.abc import Sequence

from noticetab.read.characters import Character, gather
from noticetab.read.pieces import Page
from noticetab.read.reading import Box
from noticetab.read.ruling import Segment

LEAST = 12
"""Characters that run sideways from which on they are text of their own."""
SHARE = 0.3
"""Share of a page with a drawn table that they must be; fewer are words set sideways in its cells."""
_APART = 1_000_000
"""What is added to a page's number while its sideways part is put in order."""

Rectangle = tuple[float, float, float, float]


def turn(box: Rectangle, angle: int, width: float, height: float) -> Rectangle:
    """A box from the top left of a page ``width`` by ``height``, after turning it clockwise by ``angle``."""
    x0, top, x1, bottom = box
    if angle == 90:
        return height - bottom, x0, height - top, x1
    if angle == 180:
        return width - x1, height - bottom, width - x0, height - top
    if angle == 270:
        return top, width - x1, bottom, width - x0
    return box


def turned_page(
    number: int,
    width: float,
    height: float,
    angle: int,
    characters: Sequence[Character],
    lines: Sequence[Segment],
) -> Page:
    """The text of a page that runs counter-clockwise by ``angle``, as an upright page of its own."""
    size = (height, width) if angle in (90, 270) else (width, height)
    placed = [(one[0], *turn((one[1], one[2], one[3], one[4]), angle, width, height)) for one in characters]
    drawn = [Segment(*turn((one.x0, one.top, one.x1, one.bottom), angle, width, height)) for one in lines]
    return Page(number + _APART * angle, *size, gather(placed), drawn)


def back(boxes: Sequence[Box], sizes: dict[int, tuple[float, float]]) -> list[Box]:
    """Boxes with those of turned pages where they stand on the page; ``sizes`` are the pages' own."""
    placed = []
    for box in boxes:
        angle, number = divmod(box.page, _APART)
        if angle:
            width, height = sizes[number]
            around = (height, width) if angle in (90, 270) else (width, height)
            box = box._replace(page=number, bbox=turn(box.bbox, (360 - angle) % 360, *around))
        placed.append(box)
    return placed
