"""The straight lines that the paths of a PDF page draw."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

from noticetab.read.matrices import point
from noticetab.read.ruling import Segment

Place = Callable[[float, float, float, float], tuple[float, float, float, float]]
"""From a box in the page's own coordinates to one from the top left of the page as seen."""


def is_stroked(item: Any) -> bool:
    """Whether the outline of a path is drawn."""
    from pypdfium2 import raw

    mode, stroke = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDFPath_GetDrawMode(item, ctypes.byref(mode), ctypes.byref(stroke)):
        return False
    return bool(stroke.value)


def path_lines(item: Any, matrices: tuple[Any, ...], place: Place) -> list[Segment]:
    """The straight parts along the axes of a path with many parts, as ``place`` puts them on the page."""
    from pypdfium2 import raw

    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(item, ctypes.byref(matrix))
    x, y = ctypes.c_float(), ctypes.c_float()
    found: list[Segment] = []
    start = last = (0.0, 0.0)
    for index in range(min(raw.FPDFPath_CountSegments(item), 4000)):
        part = raw.FPDFPath_GetPathSegment(item, index)
        raw.FPDFPathSegment_GetPoint(part, ctypes.byref(x), ctypes.byref(y))
        at = point(x.value, y.value, (matrix, *matrices))
        kind = raw.FPDFPathSegment_GetType(part)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = at
        elif kind == raw.FPDF_SEGMENT_LINETO:
            found += _line(last, at, place)
        last = at
        if raw.FPDFPathSegment_GetClose(part):
            found += _line(last, start, place)
    return found


def _line(one: tuple[float, float], two: tuple[float, float], place: Place) -> list[Segment]:
    box = (min(one[0], two[0]), min(one[1], two[1]), max(one[0], two[0]), max(one[1], two[1]))
    if min(box[2] - box[0], box[3] - box[1]) > 1 or max(box[2] - box[0], box[3] - box[1]) < 1:
        return []
    return [Segment(*place(*box))]
