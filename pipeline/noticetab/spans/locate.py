"""Locating a value: in what its row was read from, then nearby, then anywhere in the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from noticetab.numerals import whole
from noticetab.record import Evidence
from noticetab.spans.folded import Folded, Span, folded

_NEAR = (600, 4000)
"""Characters before and after a row that are searched first, then next; then comes the whole text."""
_DIGITS = re.compile(r"[0-9]+|[零○一二两三四五六七八九十百]+|[①-⓿㈠-㊰⒈-⒛❶-➓]")
"""Numbers in figures, in characters, and those that are one sign with their circle, bracket or stop."""


class Locator:
    """Finds values in one text. All places are those of the folded text (:class:`Folded`)."""

    def __init__(self, text: str) -> None:
        self.folded = Folded(text)
        self._anywhere: dict[str, list[int]] = {}

    @cached_property
    def end(self) -> int:
        """The place behind the text."""
        return len(self.folded.at)

    def within(self, value: str, low: int, high: int) -> list[Span]:
        """The pieces of a value between two places; none if it does not stand there."""
        wanted = folded(value)
        if not wanted or low >= high:
            return []
        found = self.folded.find(wanted, low, high)
        if found is not None:
            return [found]
        return self.folded.broken(wanted, low, high) or []

    def about(self, value: str, low: int, high: int) -> list[Span]:
        """The pieces of a value in one run, as near as can be to the places ``low`` to ``high``."""
        wanted = folded(value)
        if not wanted:
            return []
        line = self.line(low, high)
        found = self.folded.find(wanted, low, high) or self.folded.find(wanted, *line)
        for width in _NEAR:
            if found is None:
                found = self._nearest(wanted, low, high, max(0, low - width), min(self.end, high + width))
        if found is None:
            found = self._farther(wanted, low)
        return [] if found is None else [found]

    def line(self, low: int, high: int) -> Span:
        """The places of the lines and cells that some places stand on."""
        breaks = self.folded.breaks
        first = max(0, bisect_right(breaks, low) - 1)
        return breaks[first], breaks[min(len(breaks) - 1, bisect_right(breaks, max(low, high - 1)))]

    def before(self, value: str, place: int, width: int) -> list[Span]:
        """The last run of a value in the ``width`` places before a place, or on its own line."""
        wanted = folded(value)
        if not wanted:
            return []
        found = self.folded.rfind(wanted, max(0, place - width), place)
        return [] if found is None else [found]

    def number(self, value: int, low: int, high: int, *, last: bool = False) -> list[Span]:
        """The first printed number (or the ``last``) of that value between two places."""
        hits = [
            match.span()
            for match in _DIGITS.finditer(self.folded.text, max(0, low), max(0, high))
            if whole(match[0]) == value
        ]
        return [hits[-1 if last else 0]] if hits else []

    def evidence(self, spans: list[Span]) -> list[Evidence]:
        """Places as canonical pieces."""
        pieces = (self.folded.offsets(span) for span in spans)
        return [Evidence.model_construct(start=start, end=end, page=None, bbox=None) for start, end in pieces]

    def _nearest(self, wanted: str, low: int, high: int, first: int, last: int) -> Span | None:
        before = self.folded.rfind(wanted, first, low)
        after = self.folded.find(wanted, high, last)
        if before is None or after is None:
            return before or after
        return before if low - before[1] <= after[0] - high else after

    def _farther(self, wanted: str, low: int) -> Span | None:
        """The nearest run in the whole text: each value is looked for there once."""
        known = self._anywhere.get(wanted)
        if known is None:
            known, at = [], 0
            while (found := self.folded.find(wanted, at, self.end)) is not None:
                known.append(found[0])
                at = found[1]
            self._anywhere[wanted] = known
        if not known:
            return None
        index = bisect_right(known, low)
        at = min(known[max(0, index - 1) : index + 1], key=lambda place: abs(place - low))
        return at, at + len(wanted)
