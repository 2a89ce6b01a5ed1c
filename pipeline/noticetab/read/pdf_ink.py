"""What of a PDF's text leaves ink: invisible, white and pale text is told from what is printed."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable
from typing import Any

from noticetab.read.matrices import moved
from noticetab.read.pdf_calls import calls

_INVISIBLE = 3
"""Text rendering mode that draws nothing (ISO 32000-1, 9.3.6)."""
_WHITE, _PALE = 250, 170
"""Least of the three channels of white ink, and of the pale ink of watermarks."""
_SHEER = 128
"""Alpha of 255 below which ink is that of a watermark."""
SCAN = 0.25
"""Share of a page that its pictures cover when invisible text is what is printed in them."""
_MOST = 0.3
"""Share of a page's characters from which on pale ink is the ink it is printed with."""


class Ink:
    """The text objects of one page that are not plain ink, by address."""

    def __init__(self) -> None:
        """Start with none."""
        self.kinds: dict[int, str] = {}

    def look(self, address: int) -> None:
        """Look at one text object."""
        entries = calls()
        one, two, three, four = entries.channels
        invisible = entries.mode_of(address) == _INVISIBLE
        if not entries.fill_of(address, one, two, three, four):
            return
        red, green, blue, alpha = entries.colour
        if not invisible and alpha >= _SHEER and (red < _PALE or green < _PALE or blue < _PALE):
            return
        lowest = min(red, green, blue)
        if invisible or alpha == 0:
            self.kinds[address] = "unseen"
        elif lowest >= _WHITE:
            self.kinds[address] = "white"
        elif lowest >= _PALE or alpha < _SHEER:
            self.kinds[address] = "pale"

    def parted(self, page: Any, handle: int, text: str, scan: bool) -> tuple[set[int], str, str]:
        """Indices of the characters of ``text`` that are not printed, with the hidden and the pale ones.

        ``handle`` is the text page of ``page``; over the picture of a ``scan`` invisible text is what is
        printed, and white text on a coloured ground is seen.
        """
        kinds = {at: kind for at, kind in self.kinds.items() if kind != "unseen" or not scan}
        if any(kind != "unseen" for kind in kinds.values()):
            grounds = list(_grounds(page.raw))
            kinds = {at: kind for at, kind in kinds.items() if kind == "unseen" or not _on(at, grounds)}
        if not kinds:
            return set(), "", ""
        holder_of = calls().holder_of
        held = {
            index: kinds.get(holder_of(handle, index) or 0, "")
            for index, char in enumerate(text)
            if char > " "
        }
        pale = [index for index, kind in held.items() if kind == "pale"]
        if len(pale) > _MOST * len(held):
            pale = []
        hidden = [index for index, kind in held.items() if kind in ("unseen", "white")]
        return {*pale, *hidden}, "".join(text[at] for at in hidden), "".join(text[at] for at in pale)


def _on(address: int, grounds: Iterable[tuple[float, float, float, float]]) -> bool:
    """Whether the middle of a text object stands on one of the ``grounds``."""
    entries = calls()
    one, two, three, four = entries.four
    if not entries.bounds_of(address, one, two, three, four):
        return False
    x, y = (entries.edges[0] + entries.edges[2]) / 2, (entries.edges[1] + entries.edges[3]) / 2
    return any(x0 <= x <= x1 and y0 <= y <= y1 for x0, y0, x1, y1 in grounds)


def _grounds(page: Any) -> Iterable[tuple[float, float, float, float]]:
    """Boxes of the pictures and coloured areas of a page, in its own coordinates."""
    from pypdfium2 import raw

    entries = calls()
    one, two, three, four = entries.four

    def walk(count: int, get: Any, holder: Any, matrices: tuple[Any, ...], depth: int) -> Iterable[Any]:
        for index in range(count):
            item = get(holder, index)
            kind = raw.FPDFPageObj_GetType(item)
            if kind == raw.FPDF_PAGEOBJ_FORM and depth < 8:
                matrix = raw.FS_MATRIX()
                raw.FPDFPageObj_GetMatrix(item, ctypes.byref(matrix))
                inner = (matrix, *matrices)
                yield from walk(
                    raw.FPDFFormObj_CountObjects(item), raw.FPDFFormObj_GetObject, item, inner, depth + 1
                )
                continue
            if kind == raw.FPDF_PAGEOBJ_PATH and not _is_coloured(item):
                continue
            address = ctypes.cast(item, ctypes.c_void_p).value
            if kind != raw.FPDF_PAGEOBJ_TEXT and entries.bounds_of(address, one, two, three, four):
                left, bottom, right, top = entries.edges
                yield moved((left, bottom, right, top), matrices)

    yield from walk(raw.FPDFPage_CountObjects(page), raw.FPDFPage_GetObject, page, (), 0)


def _is_coloured(path: Any) -> bool:
    from pypdfium2 import raw

    mode, stroke = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDFPath_GetDrawMode(path, ctypes.byref(mode), ctypes.byref(stroke)) or not mode.value:
        return False
    entries = calls()
    address = ctypes.cast(path, ctypes.c_void_p).value
    if not entries.fill_of(address, *entries.channels):
        return False
    red, green, blue, alpha = entries.colour
    return bool(alpha) and min(red, green, blue) < _WHITE
