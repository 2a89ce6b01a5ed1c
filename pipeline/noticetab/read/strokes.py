"""Marks that a recognizer takes for one another, told apart by their ink and by what stands beside.

A dash, the numeral 一 and a hyphen are all one stroke; two dashes in a row look like a long one;
a middle dot and a bullet may be printed alike; the halves of a pair of brackets come out of
different pairs. What neither the ink nor the text can settle is named, not guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import regex

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ink = NDArray[np.bool_]

UNSURE = 0.8
"""Confidence of a character that may as well be another one."""
LONG = 1.3
"""Ems from which on a stroke is two dashes: one fills its square at most."""
FLAT = 1.5
"""Height to thickness below which a stroke is an even bar: the 一 of Song type ends in a triangle
and is twice as high as thick, a dash never is (the 一 of Heiti is even, too)."""
BETWEEN = 0.3
"""Ems that may be left between the strokes of two dashes."""
_BARS, _DOTS = frozenset("—一－–―-"), frozenset("·•・‧")

# GB/T 9704-2012, 7.2.5: the year of a document number stands in 〔〕.
_YEAR = regex.compile(r"(?:〔(\d{4})[\])）】]|[\[(（【](\d{4})〕)(?=\s*第?\s*\d+\s*号)")
# No number is written 一 before Arabic figures: what stands between two dates or years is a dash.
_RANGE = regex.compile(r"(?<=[\d年月日号时点分])\s*一\s*(?=\d)")
_PAIRS = {"”": "“", "’": "‘", "》": "《"}

Place = tuple[str, float, float]
"""A character with its left and right, in pixels from the line's left end."""


def settle(text: str, places: Sequence[Place], ink: Ink, em: float) -> tuple[str, list[Place], list[int]]:
    """``text`` and ``places`` with their strokes read by the ink, and which characters are unsure.

    ``places`` are the characters of ``text`` but for its blanks, ``ink`` the pixels of the line,
    ``em`` the width of a Chinese character. The unsure ones are indexes of ``places``. When the
    two do not fit together everything comes back as it is.
    """
    letters = text.replace(" ", "")
    if [place[0] for place in places] != list(letters):
        return text, list(places), []
    written: list[str] = []
    settled: list[Place] = []
    unsure: list[int] = []
    at = 0
    for char in text:
        if char == " ":
            written.append(char)
            continue
        place = places[at]
        before, after = letters[at - 1 : at], letters[at + 1 : at + 2]
        at += 1
        if char in _DOTS:
            unsure.append(len(settled))
        bar = _bar(ink, (place[1] + place[2]) / 2, em) if char in _BARS else None
        if bar is not None and char in "—一" and bar[0] > LONG and not {before, after} & _BARS:
            middle = (place[1] + place[2]) / 2
            written.append("——")
            settled += [("—", place[1], middle), ("—", middle, place[2])]
            continue
        if bar is not None and char == "一" and bar[1] < FLAT and _is_inner(before) and _is_inner(after):
            unsure.append(len(settled))
        written.append(char)
        settled.append(place)
    return "".join(written), settled, unsure


def _is_inner(char: str) -> bool:
    """Whether a dash may stand beside ``char``; beside 、 or in brackets 一 is a list number."""
    return char.isalnum() or char in {"“", "”", "‘", "’", "《", "》"}


def _bar(ink: Ink, middle: float, em: float) -> tuple[float, float] | None:
    """Length in ems, and height to thickness, of the stroke at column ``middle``; None without one.

    A second bar beside it at the same height belongs to it: two dashes need not touch.
    """
    import numpy as np

    filled: list[bool] = np.any(ink, axis=0).tolist()
    near = [
        column
        for column in range(max(0, int(middle - 0.6 * em)), min(len(filled), int(middle + 0.6 * em) + 1))
        if filled[column]
    ]
    if not near:
        return None
    start = min(near, key=lambda column: abs(column - middle))
    rows = np.flatnonzero(ink[:, start])
    top, bottom = int(rows[0]), int(rows[-1])
    thick = [bottom - top + 1]
    reach = [start, start]
    for end, step in ((0, -1), (1, 1)):
        column = kept = start
        empty = 0
        while 0 <= column + step < len(filled) and empty <= BETWEEN * em:
            column += step
            if not filled[column]:
                kept = column - step if empty == 0 else kept
                empty += 1
                continue
            rows = np.flatnonzero(ink[:, column])
            above, below = min(top, int(rows[0])), max(bottom, int(rows[-1]))
            if below - above + 1 > 0.25 * em:  # another character, and what leads to it is part of it
                column = kept if kept != start else column - step
                break
            if empty == 0 and kept == start:  # still the same bar
                top, bottom = above, below
                thick.append(int(rows[-1]) - int(rows[0]) + 1)
            empty = 0
        else:
            column = kept if empty else column
        reach[end] = column
    length = (reach[1] - reach[0] + 1) / em
    return length, (bottom - top + 1) / float(np.median(thick))


def matched(text: str) -> str:
    """``text`` with marks that can only be misread: halves of brackets, 一 between two dates."""
    text = _YEAR.sub(lambda match: f"〔{match[1] or match[2]}〕", text)
    return _RANGE.sub(lambda match: match[0].replace("一", "—"), text)


def unpaired(text: str) -> list[int]:
    """Where a quotation mark or a bracket of a title stands without its other half in its line."""
    alone: list[int] = []
    open_marks: list[int] = []
    for index, char in enumerate(text):
        if char == "\n":
            alone += open_marks
            open_marks = []
        elif char in _PAIRS.values():
            open_marks.append(index)
        elif char in _PAIRS:
            match = next((one for one in reversed(open_marks) if text[one] == _PAIRS[char]), None)
            if match is None:
                alone.append(index)
            else:
                alone += [one for one in open_marks if one > match]
                open_marks = [one for one in open_marks if one < match]
    return sorted(alone + open_marks)
