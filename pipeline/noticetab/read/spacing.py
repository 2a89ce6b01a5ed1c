"""Blanks of a recognized line: recognizers drop them, the ink of the line still shows them.

A theme in two halves (走进科技 你我同行), names one after another and two telephone numbers are
told apart by nothing but a blank.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

HAN, DIGIT, OTHER = 0.2, 0.2, 0.5
"""Ems beyond the usual gap from which on there is a blank: between Chinese characters, between
digits (a blank is a quarter to a half em wide), and between other characters."""
USUAL = 0.1
"""Ems without ink between two Chinese characters."""
TWO = 0.6
"""Ems beyond the usual gap that are more than one blank."""


def is_full(char: str) -> bool:
    """Whether ``char`` fills its square: a Chinese character or a box to tick."""
    return "\u3400" <= char <= "\u9fff" or char in "□☑■"


def respaced(
    text: str, places: Sequence[tuple[str, float, float]], ink: NDArray[np.bool_], em: float
) -> tuple[str, list[float] | None]:
    """``text`` with the blanks that the ink shows, and the left edges of its characters.

    ``places`` are the characters with their left and right as the recognizer guesses them,
    ``ink`` says for each column of the line whether there is ink, both in pixels from the line's
    left end; ``em`` is the width of a Chinese character. The last edge is the right end. When
    ``places`` are not those of ``text`` the text comes back as it is, without edges.
    """
    letters = [char for char in text if char != " "]
    known = [place for place in places if place[0] != " "]
    if len(letters) != len(known) or any(len(place[0]) != 1 for place in known) or not letters:
        return text, None
    centres = [(left + right) / 2 for _, left, right in known]
    gaps = [end - start for start, end in (_gap(ink, one, two) for one, two in pairwise(centres))]
    usual = [
        gap for gap, (one, two) in zip(gaps, pairwise(letters), strict=True) if is_full(one) and is_full(two)
    ]
    usual.sort()  # in a line of names most gaps may be blanks: the narrow ones are the usual ones
    base = usual[len(usual) * 3 // 10] if len(usual) >= 4 else USUAL * em
    written = letters[0]
    edges = [known[0][1]]
    at = 1
    for index, char in enumerate(letters[1:]):
        printed = 0
        while at < len(text) and text[at] == " ":
            printed += 1
            at += 1
        at += 1
        extra = (gaps[index] - base) / em
        if is_full(letters[index]) != is_full(char) and (letters[index] + char).isalnum() and extra < OTHER:
            printed = 0  # between Chinese and Latin there is always a little room
        blanks = max(printed, _blanks(letters[index], char, extra))
        written += " " * blanks + char
        edges += [known[index][2]] * blanks + [known[index + 1][1]]
    edges.append(known[-1][2])
    for index in range(1, len(edges)):  # guesses may cross
        edges[index] = max(edges[index], edges[index - 1])
    return written, edges


def _blanks(before: str, after: str, extra: float) -> int:
    if is_full(before) and is_full(after):
        least = HAN
    elif before.isdigit() and after.isdigit():
        least = DIGIT
    elif before.isalnum() and after.isalnum():
        least = OTHER
    else:
        return 0  # marks have room of their own
    return 0 if extra < least else 2 if extra > TWO else 1


def parted(
    places: Sequence[tuple[str, float, float]], ink: NDArray[np.bool_], em: float, least: float
) -> list[tuple[int, int, int]]:
    """Where recognizers take neighbouring columns for one line: gaps of ``least`` ems and more.

    Each as the index of the character before it and the columns without ink, the first and the one
    behind the last. Marks have room of their own and show no gap.
    """
    found = []
    for index, (one, two) in enumerate(pairwise(places)):
        if one[0].isalnum() and two[0].isalnum():
            start, end = _gap(ink, (one[1] + one[2]) / 2, (two[1] + two[2]) / 2)
            if end - start >= (least + USUAL) * em:
                found.append((index, start, end))
    return found


def _gap(ink: NDArray[np.bool_], start: float, end: float) -> tuple[int, int]:
    """The longest run of columns without ink between two characters' middles."""
    first = max(0, int(start))
    best = (first, first)
    run = 0
    for at, column in enumerate(ink[first : max(0, int(end))], start=first):
        run = 0 if column else run + 1
        if run > best[1] - best[0]:
            best = (at + 1 - run, at + 1)
    return best
