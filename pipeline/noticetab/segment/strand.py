"""A strand: text that remembers where each of its characters stands in the canonical text.

Cleaning (joining wrapped lines, dropping blanks) makes new strands and never loses an offset,
so every value that is cut from a strand can point back to the place it was read from.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

# One character for one character, so that a match on the folded text is a match on the text.
_FOLD: dict[str, str] = {
    **dict(zip("(),:;!?", "（），：；！？", strict=True)),
    **{chr(0xFF10 + i): chr(0x30 + i) for i in range(10)},
    **{chr(0xFF21 + i): chr(0x41 + i) for i in range(26)},
    **{chr(0xFF41 + i): chr(0x61 + i) for i in range(26)},
    **dict.fromkeys("[［【﹝{", "〔"),
    **dict.fromkeys("]］】﹞}", "〕"),
    **dict.fromkeys("〈<＜", "〈"),
    **dict.fromkeys("〉>＞", "〉"),
    **dict.fromkeys("－–―‒−﹣─━﹘", "—"),
    **dict.fromkeys("～∼〜", "~"),
    **dict.fromkeys("•・‧∙●", "·"),
    **dict.fromkeys("\u3000\xa0\u2002\u2003\u2009\u202f", " "),
    "〝": "“",
    "〞": "”",
    "〟": "”",
    "＂": '"',
    "．": ".",
    "｡": "。",
    "｜": "|",
    "／": "/",
    "＠": "@",
    "﹑": "、",
    "､": "、",
    "〇": "○",
    "◯": "○",
}

_FOLDED = re.compile(f"[{re.escape(''.join(_FOLD))}]")


def _fold(match: re.Match[str]) -> str:
    return _FOLD[match[0]]


_NARROW_STOP = re.compile(
    r"(?<=[\u4e00-\u9fff)）”\"])(?<![一二三四五六七八九十])\.(?=\s*$|[\u4e00-\u9fff“\"（(]|\d{1,4}[年月])"
)
_NARROW = re.compile(r"[\u4e00-\u9fff][,:;]")


def fold(text: str) -> str:
    """Width and shape of punctuation made uniform, length kept (``(`` is ``（``, ``１`` is ``1``).

    A point behind an ideograph is a full stop where the line has narrowed its other marks too.
    """
    if "." in text and _NARROW_STOP.search(text):
        text = _LINE.sub(_widened, text)
    return _FOLDED.sub(_fold, text)


_LINE = re.compile(r"[^\n]+")


def _widened(line: re.Match[str]) -> str:
    text = line[0]
    return _NARROW_STOP.sub("。", text) if "。" not in text and _NARROW.search(text) else text


class Strand:
    """Text with the canonical offset of each character.

    ``text`` is as printed, ``norm`` the same with punctuation folded (same length), and
    ``compact`` a strand without white space.
    """

    __slots__ = ("_compact", "_dense", "_norm", "offsets", "pairs", "text")

    def __init__(self, text: str, offsets: Sequence[int]) -> None:
        self.text = text
        self.offsets = offsets
        self._norm: str | None = None
        self._compact: Strand | None = None
        self._dense = False
        self.pairs: list[Any] | None = None
        """Labels and values, once they were looked for (``extraction.labels.pairs``): several ask."""

    def __len__(self) -> int:
        return len(self.text)

    def __bool__(self) -> bool:
        return bool(self.text)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.text!r})"

    @property
    def norm(self) -> str:
        """The text with punctuation folded."""
        if self._norm is None:
            self._norm = fold(self.text)
        return self._norm

    @property
    def compact(self) -> Strand:
        """The strand without white space; itself if it has none."""
        if self._dense:
            return self
        if self._compact is None:
            text = self.text
            joined = "".join(text.split())
            if len(joined) == len(text):
                self._dense = True
                return self
            offsets = self.offsets
            self._compact = Strand(joined, [offsets[i] for i, c in enumerate(text) if not c.isspace()])
            self._compact._dense = True
            if self._norm is not None:
                self._compact._norm = "".join(self._norm.split())
        return self._compact

    def sub(self, start: int, end: int | None = None) -> Strand:
        """The part from ``start`` to ``end`` (exclusive), white space at both ends left out."""
        text = self.text
        end = len(text) if end is None else min(end, len(text))
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        part = Strand(text[start:end], self.offsets[start:end])
        if self._norm is not None:
            part._norm = self._norm[start:end]
        return part

    def span(self, start: int = 0, end: int | None = None) -> tuple[int, int]:
        """Canonical offsets (start, end exclusive) of the part; (0, 0) for an empty part."""
        end = len(self.text) if end is None else end
        if end <= start:
            at = self.offsets[start] if start < len(self.offsets) else 0
            return at, at
        return self.offsets[start], self.offsets[end - 1] + 1

    @property
    def value(self) -> str:
        """The text as a value: runs of blanks inside become one blank, ends are stripped."""
        return " ".join(self.text.split())


def join(strands: Sequence[Strand], glue: str = "") -> Strand:
    """One strand out of several; a ``glue`` character takes the offset of what precedes it."""
    text: list[str] = []
    offsets: list[int] = []
    for strand in strands:
        if not strand.text:
            continue
        if glue and text:
            text.append(glue)
            offsets.extend([offsets[-1]] * len(glue))
        text.append(strand.text)
        offsets.extend(strand.offsets)
    return Strand("".join(text), offsets)


def is_cjk(char: str) -> bool:
    """Whether a character is an ideograph."""
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf"


def drop_blanks(text: str) -> str:
    """A name or title as a value: blanks that layout put between ideographs go.

    A blank between Latin letters or digits stays (docs/record.md: text values are verbatim apart
    from white space that the layout put there).
    """
    parts = text.split()
    if len(parts) < 2:
        return "".join(parts)
    out = parts[0]
    for part in parts[1:]:
        latin = out[-1].isascii() and out[-1].isalnum() and part[0].isascii() and part[0].isalnum()
        out += (" " if latin else "") + part
    return out
