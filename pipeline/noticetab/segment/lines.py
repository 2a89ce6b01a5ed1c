"""Lines: the canonical text cut into logical lines, with hard wraps undone and site chrome set apart."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from noticetab.patterns import pattern
from noticetab.segment.markers import Marker, chinese_number, marker_at
from noticetab.segment.strand import Strand, fold


class Line(Strand):
    """A logical line (a paragraph, a heading, a table row) of the document.

    ``indent`` is in half-width columns, ``lead`` in characters; ``gap`` says that a blank line
    stands before it; ``index`` is its place in its unit.
    """

    __slots__ = ("_marker", "gap", "indent", "index", "lead")

    def __init__(
        self, text: str, offsets: Sequence[int], indent: int = 0, gap: bool = False, lead: int | None = None
    ) -> None:
        super().__init__(text, offsets)
        self.indent = indent
        self.lead = indent // 2 if lead is None else lead
        self.gap = gap
        self.index = -1
        self._marker: Marker | bool | None = False

    @property
    def marker(self) -> Marker | None:
        """The number that the line opens with."""
        if self._marker is False:
            self._marker = marker_at(self.norm)
        return self._marker  # type: ignore[return-value]

    @property
    def tabular(self) -> bool:
        """Whether the line is a row of cells (tabs or bars)."""
        return "\t" in self.text or self.norm.count("|") >= 2


def width(text: str) -> int:
    """Columns of a text: two for full-width characters, one for others."""
    if text.isascii():
        return len(text)
    return 2 * len(text) - sum(map(len, _NARROW.findall(text)))


_NARROW = regex.compile(r"[^\u2e80-\U0010ffff“”‘’—…·〇○]+")


# A paragraph break that a web copy turned into two or more ideographic spaces.
_FLAT = regex.compile(r"\u3000{2,}(?=\S)|(?<=[。：；])[ \xa0]{4,}(?=[一二三四五六七八九十（])")
LABEL = regex.compile(r"[\u4e00-\u9fff][\u4e00-\u9fff\s]{1,12}：")
CLOSED = frozenset("。！？；：.!?;:")


_DESTROYED = regex.compile(r"(?:[?？][ \u3000\xa0]?){3,}")
"""Blanks that a wrong encoding turned into question marks."""


def split_lines(text: str, start: int = 0) -> list[Line]:
    """The printed lines of the canonical text (blank ones left out).

    A line that holds a whole document (a copy that lost its line ends) is cut where the
    paragraphs' indents are still to be seen.
    """
    lines: list[Line] = []
    at = start
    gap = False
    folded = fold(text)
    row = False
    for raw in pattern(r"[\n\f\v\x85\u2028\u2029]").split(text):
        if "?" in raw or "？" in raw:
            raw = _DESTROYED.sub(lambda m: " " * len(m.group()), raw)
        stripped = raw.strip(" \u3000\xa0\r\ufeff?")
        if stripped[:1] == "\t" and not row and _is_indented(stripped):
            stripped = stripped.strip(" \t\u3000\xa0")
        row = "\t" in stripped
        if not stripped.strip():
            gap = True
            at += len(raw) + 1
            continue
        lead = raw.index(stripped[0])
        pieces = [(lead, lead + len(stripped))]
        if len(stripped) > 160 and "\t" not in stripped:
            pieces = _unflatten(raw, lead, lead + len(stripped))
        if len(stripped) > 40 and "一、" in stripped:
            pieces = [x for a, b in pieces for x in _run_together(raw, a, b)]
        for first, last in pieces:
            piece = raw[first:last]
            indent = width(raw[:first]) if first == lead else 4
            line = Line(piece, range(at + first, at + last), indent, gap, first if first == lead else None)
            if "?" not in piece and "？" not in piece:
                line._norm = folded[at + first - start : at + last - start]
            lines.append(line)
            gap = False
        at += len(raw) + 1
    return lines


def _is_indented(stripped: str) -> bool:
    """Whether the tabs before a line are its indent and no empty cells: prose follows, and no further tab."""
    text = stripped.lstrip(" \t\u3000\xa0")
    told = any(c in "。：；" for c in text) or len(text) > 40 or marker_at(fold(text[:12])) is not None
    return "\t" not in text and told


_INLINE = regex.compile(r"(?<=[。；：:;])(?P<n>[一二三四五六七八九十]{1,3})、(?=\S)")


def _run_together(raw: str, first: int, last: int) -> list[tuple[int, int]]:
    """A line cut before 一、 二、 … where sections were run together: they count up from one behind a stop."""
    hits = list(_INLINE.finditer(raw, first, last))
    numbers = [chinese_number(m["n"]) for m in hits]
    opening = marker_at(raw[first:last].translate(str.maketrans(":;", "：；"))[:6])
    start = 1 if opening is None or opening.family != "cn" else opening.number + 1
    if (
        not hits
        or numbers != list(range(start, start + len(hits)))
        or (
            len(hits) == 1
            and "如下" not in raw[max(first, hits[0].start() - 4) : hits[0].start()]
            and start == 1
        )
    ):
        return [(first, last)]
    bounds = [first, *(m.start() for m in hits), last]
    return [(bounds[k], bounds[k + 1]) for k in range(len(bounds) - 1)]


def _unflatten(raw: str, first: int, last: int) -> list[tuple[int, int]]:
    """Where a line that holds many paragraphs is cut: at wide blanks, but never inside a padded label."""
    pieces = []
    begin = first
    for match in _FLAT.finditer(raw, first, last):
        size = match.start() - begin
        before = raw[begin : match.start()] if size <= 4 else ""
        if size <= 4 and (
            len(before.strip()) <= 1 or (size <= 3 and "：" not in before and ":" not in before)
        ):
            continue  # 传　　真, 主　　任: the blanks pad a label
        if pattern(r"[\u4e00-\u9fff]{1,2}[：:]").match(raw, match.end(), last):
            continue
        pieces.append((begin, match.start()))
        begin = match.end()
    pieces.append((begin, last))
    return [(a, b) for a, b in pieces if raw[a:b].strip()]


_OPENING = dict(zip("（《〈“‘〔", "）》〉”’〕", strict=True))


def unclosed(norm: str) -> bool:
    """Whether a bracket, quote or title mark that is opened in the text is not closed in it."""
    stack: list[str] = []
    for char in norm:
        if char in _OPENING:
            stack.append(_OPENING[char])
        elif stack and char == stack[-1]:
            stack.pop()
    return bool(stack)
