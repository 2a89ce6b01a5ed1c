"""Single characters with their places, put together to pieces of text."""

from __future__ import annotations

import re
import statistics
from itertools import pairwise

from noticetab.read.pieces import Piece
from noticetab.read.text import frequent_share, plausibility

GAP = 0.62
"""Ems between two characters from which on they are two pieces; see ``flow.COLUMN`` for columns."""

_COMMONEST = "，、。的一年科中会"
_ODD = re.compile(r"[\ue000-\uefff\x00-\x1f\ufffd-\uffff]")
_NEVER = re.compile(r"[\ue000-\uefff\x00-\x08\x0e-\x1f\ufffd-\uffff]")
"""The same without the characters that end lines and set columns."""

Character = tuple[str, float, float, float, float]
"""A character and its box: x0, top, x1, bottom."""


def gather(characters: list[Character]) -> list[Piece]:
    """Pieces from characters with their boxes, whatever order they were drawn in.

    Blanks may be among them; only one at the end of a row means something, the others show as
    gaps. A character drawn twice at one place (a poor man's bold) counts once; letters spread evenly
    over a line have no blanks between them.
    """
    rows: list[list[Character]] = []
    for one in sorted(characters, key=lambda one: (one[2] + one[4], one[1])):
        middle = (one[2] + one[4]) / 2
        for row in reversed(rows[-3:]):
            if row[0][2] < middle < row[0][4] or one[2] < (row[0][2] + row[0][4]) / 2 < one[4]:
                row.append(one)
                break
        else:
            rows.append([one])
    pieces: list[Piece] = []
    for row in rows:
        row.sort(key=lambda one: one[1])
        printed = [one for one in row if one[0] != " "]
        if printed:
            pieces += _row(printed)
            if row[-1][0] == " ":
                pieces[-1].text += " "
    return pieces


def _row(row: list[Character]) -> list[Piece]:
    """The characters of one row, left to right, as pieces."""
    kept = row[:1]
    for one in row[1:]:
        again = one[0] == kept[-1][0] and one[0].isalnum()  # —— is drawn as one stroke
        if not again or abs(one[1] - kept[-1][1]) >= 0.3 * max(one[4] - one[2], 1.0):
            kept.append(one)
    spread = _spread(kept)
    widths = [one[3] - one[1] for one in kept if is_han(one[0])]
    size = statistics.median(widths) if widths else kept[0][4] - kept[0][2]
    pieces: list[Piece] = []
    text, edges = kept[0][0], [kept[0][1]]
    begin = last = kept[0]
    for one in kept[1:]:
        em = max(one[4] - one[2], 1.0)
        gap = one[1] - last[3] - spread
        if gap > GAP * em:
            pieces.append(_piece(text, [*edges, last[3]], begin, size))
            text, edges, begin = "", [], one
        elif gap > 0.18 * em:
            between = blanks(last[0], one[0], gap, em)
            text += between
            edges += [last[3]] * len(between)
        text += one[0]
        edges.append(one[1])
        last = one
    pieces.append(_piece(text, [*edges, last[3]], begin, size))
    return pieces


def _spread(row: list[Character]) -> float:
    """The space that was put evenly between the letters of a row: the lower quartile of its gaps.

    A gap narrower than that stays none; with few letters, evenness cannot be told from columns.
    """
    gaps = sorted(max(0.0, right[1] - left[3]) for left, right in pairwise(row))
    return gaps[len(gaps) // 4] if len(gaps) >= 5 else 0.0


def _piece(text: str, edges: list[float], begin: Character, size: float) -> Piece:
    return Piece(text, edges[0], begin[2], edges[-1], begin[4], edges=edges, size=size)


def is_han(char: str) -> bool:
    """Whether ``char`` is a Chinese character of the basic blocks."""
    return "\u3400" <= char <= "\u9fff"


def blanks(before: str, after: str, gap: float, em: float) -> str:
    """The blanks that a gap stands for; between Chinese and Latin a small one is only spacing."""
    spaced = (before.isalnum() and before < "\u2e80", after.isalnum() and after < "\u2e80")
    if spaced[0] != spaced[1] and gap < 0.36 * em:
        return ""
    if gap < 0.1 * em:
        return ""
    return "  " if gap > 0.62 * em else " "


def is_sound(text: str) -> bool:
    """Whether a page's text is beyond doubt, blanks and line ends included: a quick look at most pages.

    The commonest characters alone are an eighth of a sound page and hardly any of a broken one.
    """
    if len(text) < 100 or sum(map(text.count, _COMMONEST)) <= 0.08 * len(text):
        return False
    return _NEVER.search(text) is None


def is_broken(text: str) -> bool:
    """Whether a page's text layer is not what is printed: its codes lead to other characters.

    Private-use and control characters show it, and so does text that has hardly any of the
    characters that every Chinese text has.
    """
    if len(text) >= 60 and sum(map(text.count, _COMMONEST)) > 0.08 * len(text):
        return _ODD.search(text) is not None and _share_odd(text) > 0.05
    if _share_odd(text) > 0.05:
        return True
    if len(text) >= 60:
        return plausibility(text) < 0.3 or frequent_share(text) < 0.2
    # A few words: names alone may be rare characters, but not every one of them out of use.
    return len(text) >= 16 and sum(map(is_han, text)) > 0.5 * len(text) and plausibility(text) < 0.15


def _share_odd(text: str) -> float:
    """Share of characters that no notice is printed with."""
    return len(_ODD.findall(text)) / max(1, len(text))
