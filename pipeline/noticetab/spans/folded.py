"""A text as it is searched for values: no white space, no markup, one form of each mark."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left

Span = tuple[int, int]
"""Characters of a text, end exclusive."""

_SHAPES = {
    **dict.fromkeys("([{（［｛〔【〖﹝〈<＜《«", "("),
    **dict.fromkeys(")]}）］｝〕】〗﹞〉>＞》»", ")"),
    **dict.fromkeys("-－–―‒−﹣─━﹘—‐‑﹣", "-"),
    **dict.fromkeys("~～∼〜˜", "~"),
    **dict.fromkeys("•・‧∙●·", "·"),
    **dict.fromkeys("“”„‟〝〞〟＂\"‘’'＇", '"'),
    **dict.fromkeys(".．。｡", "."),
    **dict.fromkeys(",，﹐", ","),
    **dict.fromkeys("、﹑､", "、"),
    **dict.fromkeys("〇○◯", "○"),
    **dict.fromkeys("*_`", ""),
}
"""Shapes that one mark is printed in, and marks of markup, which are no text."""


class _Forms(dict[int, str]):
    """For str.translate: what stands for each character, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        form = _SHAPES.get(char)
        if form is None:
            form = "" if char.isspace() or unicodedata.category(char) in ("Cf", "Cc") else char
            wide = unicodedata.normalize("NFKC", form) if form else ""
            if len(wide) == 1:
                form = _SHAPES.get(wide, wide)
        self[code] = form
        return form


_FORMS = _Forms()


def folded(text: str) -> str:
    """``text`` without white space and markup, one shape for each mark; each character gives one or none.

    >>> folded("（2023） 年 **主题**")
    '(2023)年主题'
    """
    return text.translate(_FORMS)


class Folded:
    """A canonical text, folded once: values are found in it, and what is found has canonical offsets.

    Positions in the folded text are called places; ``places`` turns offsets into them.
    """

    __slots__ = ("_breaks", "_full", "at", "text")

    def __init__(self, text: str) -> None:
        self._full = text
        self.at = [i for i, char in enumerate(text) if _FORMS[ord(char)]]
        """The canonical offset of each place."""
        self.text = folded(text)
        self._breaks: list[int] | None = None

    @property
    def breaks(self) -> list[int]:
        """The places at which a line or a cell begins, and the end."""
        if self._breaks is None:
            starts = [0] + [i + 1 for i, char in enumerate(self._full) if char in "\n\t"]
            self._breaks = sorted({bisect_left(self.at, i) for i in starts} | {len(self.at)})
        return self._breaks

    def places(self, start: int, end: int) -> Span:
        """The places of the characters from ``start`` to ``end`` (exclusive)."""
        return bisect_left(self.at, start), bisect_left(self.at, end)

    def offsets(self, places: Span) -> Span:
        """The canonical characters of some places; blanks about them are left out."""
        return self.at[places[0]], self.at[places[1] - 1] + 1

    def find(self, value: str, low: int, high: int) -> Span | None:
        """The first places between ``low`` and ``high`` that hold a folded value; a number within a
        longer number is another number."""
        at = self.text.find(value, low, high)
        while at >= 0:
            if self._whole(value, at):
                return at, at + len(value)
            at = self.text.find(value, at + 1, high)
        return None

    def rfind(self, value: str, low: int, high: int) -> Span | None:
        """The last places between ``low`` and ``high`` that hold a folded value, as :meth:`find`."""
        at = self.text.rfind(value, low, high)
        while at >= 0:
            if self._whole(value, at):
                return at, at + len(value)
            at = self.text.rfind(value, low, at + len(value) - 1)
        return None

    def _whole(self, value: str, at: int) -> bool:
        end = at + len(value)
        if value[0].isdigit() and at and self.text[at - 1].isdigit() and self.at[at] == self.at[at - 1] + 1:
            return False
        return not (
            value[-1].isdigit()
            and end < len(self.text)
            and self.text[end].isdigit()
            and self.at[end] == self.at[end - 1] + 1
        )

    def broken(self, value: str, low: int, high: int) -> list[Span] | None:
        """The places of a value that is printed in pieces: lines of other matter stand between them.

        It begins at the first place from ``low`` on that holds its first characters; every piece ends
        where a line, a cell or a sentence ends, or where the text goes on otherwise. None if some
        part of it does not follow.
        """
        begin = min(_SURE, len(value))
        at = self.text.find(value[:begin], low, high)
        for _ in range(_TRIES):
            if at < 0:
                return None
            found = self._follow(value, at, low, high)
            if found is not None:
                return found
            at = self.text.find(value[:begin], at + 1, high)
        return None

    def _follow(self, value: str, at: int, low: int, high: int) -> list[Span] | None:
        """The pieces of a value whose first stands at a place."""
        pieces: list[Span] = []
        done = 0
        while True:
            same = self._same(value, done, at, high)
            if done + same == len(value):
                return [*pieces, (at, at + same)]
            if len(pieces) >= _PIECES:
                return None
            for cut in self._cuts(at, same):
                wanted = value[done + cut : done + cut + _SURE]
                onward = self.text.find(wanted, at + cut + 1, min(high, at + cut + _GAP))
                if onward < 0 and len(wanted) == _SURE:  # the parts of an item put into another order
                    onward = self.text.find(wanted, low, at)
                if onward >= 0:
                    break
            else:
                return None
            if cut:
                pieces.append((at, at + cut))
            done += cut
            at = onward

    def _same(self, value: str, done: int, at: int, high: int) -> int:
        """How many characters of a value, from ``done`` on, the text has from a place on."""
        size = min(len(value) - done, high - at)
        if value[done : done + size] == self.text[at : at + size]:
            return size
        low = 0
        while low + 1 < size:  # halving: slices compare faster than characters
            half = (low + size) // 2
            if value[done + low : done + half] == self.text[at + low : at + half]:
                low = half
            else:
                size = half
        return low if value[done + low : done + low + 1] != self.text[at + low : at + low + 1] else low + 1

    def _cuts(self, at: int, same: int) -> list[int]:
        """How much of a run that agrees belongs to a piece: up to the last break in it, else all of it."""
        breaks = self.breaks
        before = breaks[max(0, bisect_left(breaks, at + same + 1) - 1)]
        cut = before - at
        return [cut, same] if 0 < cut < same else [same]


_SURE = 6
"""Characters that have to agree where a piece begins (fewer if the value ends before)."""
_GAP = 1500
"""Characters that may stand between two pieces."""
_PIECES = 60
_TRIES = 4
"""Places at which a value in pieces is tried to begin."""
