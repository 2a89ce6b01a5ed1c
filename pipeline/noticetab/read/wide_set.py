"""Characters set wide: the blanks that a grid of characters, or letters spaced out, leave in a text.

On a grid every figure has the room of a Chinese character, and what copies or measures such a page
puts a blank behind each: ``5 月2 5 日`` is 25 May and no reader takes it for the second. A number is
whole again before anybody reads it.
"""

from __future__ import annotations

import re

_SIGN = re.compile(
    r"[0-9０-９][ \u00a0\u3000][0-9０-９]|\S[ \u00a0\u3000]\S[ \u00a0\u3000]\S[ \u00a0\u3000]\S"
)
_RUN = re.compile(r"(?<![0-9０-９.])[0-9０-９](?:[ \u00a0\u3000][0-9０-９])+(?![0-9０-９])")
_BEHIND = re.compile(r"[ \u00a0\u3000]?([年月日时分])")
_FIGURES = {"年": 4, "月": 2, "日": 2, "时": 2, "分": 2}
"""How many figures the longest number before a unit of a date has (GB/T 7408: YYYY, MM, DD, hh, mm)."""
_CELL = re.compile(r"[^\t\n]+")
_FIGURE = re.compile(r"[0-9０-９]")
_TIGHT = re.compile(r"[0-9０-９](?![ \u00a0\u3000]|$)")
_BLANK = re.compile(r"(?<=[!-~０-９])[ \u00a0\u3000](?=\S)|(?<=\S)[ \u00a0\u3000](?=[!-~０-９])")
_SPACED = re.compile(r"\s*\S(?:[ \u00a0\u3000]{1,2}\S)+\s*")
_BETWEEN = re.compile(r"(?<=\S)[ \u00a0\u3000](?=[ \u00a0\u3000]?\S)")
_HAN = re.compile(r"[\u3400-\u9fff]")
FIGURES = 4
"""Figures from which on a cell that is set wide throughout is believed without a date anywhere."""
LETTERS = 8
"""Chinese characters from which on a line whose characters all stand apart is one that was spaced out."""


def wide_set(text: str) -> list[tuple[int, int]]:
    """Spans of the blanks that only the setting put between figures, or between all characters of a line."""
    if _SIGN.search(text) is None:
        return []
    found: set[tuple[int, int]] = set()
    for run in _RUN.finditer(text):
        unit = _BEHIND.match(text, run.end())
        if unit and len(run[0]) // 2 + 1 == _FIGURES[unit[1]]:
            found |= {(at, at + 1) for at in range(run.start() + 1, run.end(), 2)}
    dated = bool(found)
    for cell in _CELL.finditer(text):
        if _SIGN.search(cell[0]) is None:
            continue
        if _SPACED.fullmatch(cell[0]) and len(_HAN.findall(cell[0])) >= LETTERS:
            found |= _spans(_BETWEEN, cell)
        elif _is_wide(cell[0], dated=dated):
            found |= _spans(_BLANK, cell)
    return sorted(found)


def _spans(pattern: re.Pattern[str], cell: re.Match[str]) -> set[tuple[int, int]]:
    return {(cell.start() + blank.start(), cell.start() + blank.end()) for blank in pattern.finditer(cell[0])}


def _is_wide(cell: str, *, dated: bool) -> bool:
    """Whether every figure of a line or cell has a blank behind it, as on a grid."""
    runs = [run[0][::2] for run in _RUN.finditer(cell)]
    if not runs or _TIGHT.search(cell) or any(_counts_up(run) for run in runs):
        return False
    return dated or len(_FIGURE.findall(cell)) >= FIGURES


def _counts_up(figures: str) -> bool:
    """Whether figures are a scale to choose from (1 2 3 4 5) rather than one number."""
    values = [int(figure) for figure in figures]
    return len(values) > 2 and values == list(range(values[0], values[0] + len(values)))
