"""A line being written: its text, where it stands, and whether the width of the page broke it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import regex

_WIDE = frozenset("—‘’“”…□☑")
"""What fills a square though it stands below U+2E80."""
# What must not begin a line (GB/T 15834, 5.1): it stays on the line of the character before.
_NO_START = "，。、；：？！）》〉】〕」』〗］”’％%…—,.;:?!)]}"
_INFIX = frozenset(".,:;)]")
"""Marks after which a Latin word or number goes on without a break (classes IS and CP)."""
LATIN = 0.56
"""Ems of a Latin letter or figure in the wider fonts."""
_OPEN = "（《“‘【〔「『〈〖［(<[{"
_QUOTES = "“”‘’\"'"
_DRAWS, _STAYS = frozenset(_OPEN + _QUOTES), frozenset(_NO_START + _QUOTES)
SLACK = 0.1
"""Ems by which a line may be short of full: edges and widths are measured, not known."""
COLUMN, TAB = 1.2, 2.5
"""Ems between two pieces from which on they may be columns, and from which on they surely are."""
PADDING = 0.8
"""Ems that the cells of a grid without lines leave between their texts."""
MARKER = regex.compile(
    r"(?:[一二三四五六七八九十百]+\s*[、．]|[（(]\s*(?:[一二三四五六七八九十百]+|\d{1,3})\s*[)）]|\d{1,3}\s*[、．.](?!\d)"
    r"|第[一二三四五六七八九十百\d]+[条章节]|[①-⑳]|附\s*件|附\s*[:：]|注\s*[:：]|抄\s*[送报]\s*[:：]|主\s*题\s*词"
    r"|(?:联\s*系\s*(?:人|电\s*话|方\s*式)|电\s*子\s*邮\s*箱|邮\s*箱|地\s*址|传\s*真|时\s*间|地\s*点)\s*[:：])"
)
_STOPS, _CLOSING = frozenset("。！？；：:;!?…"), frozenset("”’）)》」』")
GLUE = frozenset("-/.@_=&%#?+~")


@dataclass(slots=True)
class Mark:
    """Characters of a line's text and where they stand."""

    start: int
    end: int
    page: int
    bbox: tuple[float, float, float, float]
    confidence: float

    def move(self, shift: int) -> None:
        """Put the mark ``shift`` characters further on."""
        self.start += shift
        self.end += shift


@dataclass(slots=True)
class Line:
    """A line being written, with what is needed to know whether the next one continues it."""

    text: str
    marks: list[Mark] = field(default_factory=list)
    page: int = 0
    x0: float = 0.0
    x1: float = 0.0
    top: float = 0.0
    bottom: float = 0.0
    em: float = 0.0
    left: float = 0.0
    right: float = 0.0
    pitch: float = 0.0
    first_x0: float = 0.0
    lines: int = 1
    columns: int = 1

    @property
    def centred(self) -> bool:
        """Whether the line stands in the middle between the edges."""
        return abs(self.x0 - self.left - (self.right - self.x1)) < 1.2 * self.em

    def without_blanks(self) -> Line:
        """The same line with its blanks taken out."""
        kept = [index for index, char in enumerate(self.text) if char != " "]
        place = {old: new for new, old in enumerate(kept)}
        marks = [
            replace(mark, start=min(inside), end=max(inside) + 1)
            for mark in self.marks
            if (inside := [place[index] for index in range(mark.start, mark.end) if index in place])
        ]
        return replace(self, text="".join(self.text[index] for index in kept), marks=marks)

    def add(self, between: str, after: Line) -> None:
        """Put ``between`` and the line ``after`` behind this one, on the same line of the page."""
        text = self.text.rstrip(" ") + between
        for mark in after.marks:
            mark.move(len(text))
        self.marks += after.marks
        self.text = text + after.text
        self.x1 = after.x1
        self.bottom = max(self.bottom, after.bottom)


def is_wide(char: str) -> bool:
    """Whether ``char`` is as wide as a Chinese character; "" is not."""
    return "\u2e80" <= char <= "\uffef" or char in _WIDE


def glue(before: str, after: str) -> str:
    """What stands between two parts of a paragraph that a line end divided: nothing or a blank."""
    if not before or not after or before[-1] == " " or after[0] == " ":
        return ""
    if is_wide(before[-1]) or is_wide(after[0]) or before[-1] in GLUE or after[0] in "-/.@_,;:)":
        return ""
    if before[-1].isdigit() and after[0].isdigit():
        return ""
    return " "


def join(one: Line, two: Line) -> Line:
    """The line ``two`` of the next line of the page put behind ``one``, which is changed and given."""
    text = one.text + glue(one.text, two.text)
    shift = len(text)
    for mark in two.marks:
        mark.start += shift
        mark.end += shift
    one.marks += two.marks
    one.text = text + two.text
    one.page, one.x0, one.x1, one.top, one.bottom = two.page, two.x0, two.x1, two.top, two.bottom
    one.em, one.left, one.right, one.pitch = two.em, two.left, two.right, two.pitch
    one.lines += 1
    one.columns = max(one.columns, two.columns)
    return one


def ends(text: str) -> bool:
    """Whether a sentence or a clause ends with ``text``."""
    last = text.rstrip()[-2:]
    return last[-1:] in _STOPS or (last[-1:] in _CLOSING and last[0] in _STOPS)


def _unit(text: str) -> float:
    """The width in ems of what cannot be broken off the beginning of ``text``.

    A Latin word or number stays whole, closing marks stay with the character before, opening
    ones with the one after, and curly quotes with both (class QU of Unicode's line breaking);
    programs keep a figure with the closing mark before it, too.
    """
    width = 0.0
    word = False
    for index, char in enumerate(text[:40]):
        latin = "!" <= char <= "~" and char not in _NO_START
        last = text[index - 1] if index else ""
        if index and not (
            char in _STAYS or last in _DRAWS or (latin and (word or (last in _STAYS and is_wide(last))))
        ):
            break
        width += 1.0 if is_wide(char) else LATIN
        word = latin or (word and char in _INFIX)
    return width


def is_full(x1: float, right: float, em: float, following: str) -> bool:
    """Whether a line that ends at ``x1`` had no room for what begins the line after it."""
    first = following[:1]
    if is_wide(first):
        if x1 + (1 + SLACK) * em > right:
            return True  # it has no room for one character; most lines end so
        if first not in _DRAWS and following[1:2] not in _STAYS:
            return False  # the first character stands alone, and there was room for it
    return x1 + (_unit(following) + SLACK) * em > right
