"""What of an OFD page leaves ink: text that nobody sees is told from text that is seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from noticetab.read.characters import Character
from noticetab.read.numbering import attribute, child
from noticetab.read.pieces import Page
from noticetab.read.ruling import Segment

if TYPE_CHECKING:
    from lxml import etree

_WHITE = 250
"""Level of 255 from which on a colour is white."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn on a page: characters seen and unseen, lines, pictures, and coloured grounds."""

    characters: list[Character]
    unseen: list[Character]
    segments: list[Segment]
    pictures: list[tuple[str, Any]]
    grounds: list[tuple[float, float, float, float]]

    def seen(self, page: Page, *, is_scan: bool) -> list[Character]:
        """The characters that a reader of ``page`` sees; the others are kept in its ``hidden``.

        The text of a scan lies unseen over its picture, and is what is seen there.
        """
        shown = [one for one in self.characters if _on_page(one, page)]
        unseen = [one for one in self.characters if not _on_page(one, page)]
        for one in self.unseen:
            (shown if is_scan or _on_ground(one, self.grounds) else unseen).append(one)
        page.hidden = ["".join(one[0] for one in unseen)] if unseen else []
        return shown


def is_unseen(element: etree._Element) -> bool:
    """Whether a text object leaves no mark: neither filled nor stroked, transparent, or white."""
    if attribute(element, "Fill") in ("false", "0") and attribute(element, "Stroke") not in ("true", "1"):
        return True
    colour = child(element, "FillColor")
    return "0" in (attribute(element, "Alpha"), attribute(colour, "Alpha")) or is_white(colour)


def is_white(colour: etree._Element | None) -> bool:
    """Whether a colour in grey or RGB is white (GB/T 33190 8.3); other colours are seen."""
    if colour is None or any(isinstance(one.tag, str) for one in colour):
        return False
    parts = (attribute(colour, "Value") or "").split()
    try:
        levels = [int(one[1:], 16) if one.startswith("#") else float(one) for one in parts]
    except ValueError:
        return False
    return len(levels) in (1, 3) and min(levels) >= _WHITE


def _on_page(one: Character, page: Page) -> bool:
    x, y = (one[1] + one[3]) / 2, (one[2] + one[4]) / 2
    return -1 <= x <= page.width + 1 and -1 <= y <= page.height + 1


def _on_ground(one: Character, grounds: Sequence[tuple[float, float, float, float]]) -> bool:
    """Whether a white character stands on something coloured."""
    x, y = (one[1] + one[3]) / 2, (one[2] + one[4]) / 2
    return any(x0 <= x <= x1 and top <= y <= bottom for x0, top, x1, bottom in grounds)
