"""Items with bullets, or with marks that lost their digit: they are counted for the outline, and have no number."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from noticetab import rules
from noticetab.segment.lines import Line
from noticetab.segment.markers import BULLETS, Marker
from noticetab.segment.run_parts import run_patterns


@rules.cached
def _bullet() -> regex.Pattern[str]:
    return regex.compile(rf"(?P<mark>{run_patterns().rules.bullet})\s*(?=[\u4e00-\u9fff“《（\dA-Za-z])")


def count(lines: Sequence[Line]) -> None:
    """Gives a marker to lines that open with the same bullet, two at least.

    The first bullet of a text is the outer level, the next one the inner; a third one marks nothing. A
    label with its value is no item, whatever stands before it.
    """
    label = run_patterns().label
    found: dict[str, list[tuple[int, int]]] = {}
    for i, line in enumerate(lines):
        match = _bullet().match(line.norm) if line.marker is None and not line.tabular else None
        if match and not label.match(line.norm, match.end()):
            found.setdefault(match["mark"].strip(), []).append((i, match.end()))
    marks = [mark for mark, places in found.items() if len(places) > 1][: len(BULLETS)]
    opens = {i: (mark, end) for mark in marks for i, end in found[mark]}
    numbers = dict.fromkeys(marks, 0)
    for i, line in enumerate(lines if opens else ()):
        if i in opens:
            mark, end = opens[i]
            numbers[mark] += 1
            family = BULLETS[marks.index(mark)]
            line._marker = Marker(family, numbers[mark], mark, end)
            numbers |= dict.fromkeys(marks[marks.index(mark) + 1 :], 0)
        elif line.marker is not None:
            numbers = dict.fromkeys(marks, 0)
