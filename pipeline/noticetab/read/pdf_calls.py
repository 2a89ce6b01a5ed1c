"""Functions of pdfium that are called for every object and character of a page."""

from __future__ import annotations

import ctypes
from functools import cache
from typing import Any


class Calls:
    """The functions of pdfium that are called for every object and character.

    The same entry points without the conversions of the generated bindings, which cost more than
    what the functions do.
    """

    def __init__(self) -> None:
        from pypdfium2 import raw

        def entry(function: Any, *types: Any) -> Any:
            return ctypes.PYFUNCTYPE(*types)(ctypes.cast(function, ctypes.c_void_p).value or 0)

        pointer, number = ctypes.c_void_p, ctypes.c_int
        self.object_of = entry(raw.FPDFPage_GetObject, pointer, pointer, number)
        self.object_of_form = entry(raw.FPDFFormObj_GetObject, pointer, pointer, ctypes.c_ulong)
        self.type_of = entry(raw.FPDFPageObj_GetType, number, pointer)
        self.bounds_of = entry(raw.FPDFPageObj_GetBounds, number, *[pointer] * 5)
        self.text_of = entry(raw.FPDFText_GetText, number, pointer, number, number, pointer)
        self.units = (ctypes.c_ushort * 4096)()  # the text of a page; pdfium is called by one thread
        self.media_box = entry(raw.FPDFPage_GetMediaBox, number, *[pointer] * 5)
        self.edges = (ctypes.c_float * 4)()  # left, bottom, right, top
        self.four = tuple(ctypes.addressof(self.edges) + 4 * index for index in range(4))
        self.box = ctypes.create_string_buffer(ctypes.sizeof(raw.FS_RECTF))
        self.matrix_of = entry(raw.FPDFText_GetMatrix, number, pointer, number, pointer)
        self.matrix = raw.FS_MATRIX()
        self.fill_of = entry(raw.FPDFPageObj_GetFillColor, number, *[pointer] * 5)
        self.mode_of = entry(raw.FPDFTextObj_GetTextRenderMode, number, pointer)
        self.holder_of = entry(raw.FPDFText_GetTextObject, pointer, pointer, number)
        self.colour = (ctypes.c_uint * 4)()  # red, green, blue, alpha
        self.channels = tuple(ctypes.addressof(self.colour) + 4 * index for index in range(4))
        self.loose_box = entry(raw.FPDFText_GetLooseCharBox, number, pointer, number, pointer)


@cache
def calls() -> Calls:
    """The entry points, made once."""
    return Calls()
