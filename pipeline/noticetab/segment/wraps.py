"""Hard wraps: printed lines joined back to paragraphs (GB/T 9704-2012, 5.2.3 and 7.3.3)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import regex

from noticetab.patterns import pattern
from noticetab.segment.lines import CLOSED, LABEL, Line, unclosed, width
from noticetab.segment.strand import Strand, join


@dataclass(frozen=True, slots=True)
class Wrap:
    """The width of a hard-wrapped text, in columns, in characters, or both (None: not that way)."""

    columns: int | None
    chars: int | None

    def full(self, line: Line, following: Line) -> bool:
        """Whether a line is as wide as the wrap allows: the next line's first word had no room."""
        word = _FIRST_WORD.match(following.text)
        extra = word.group() if word else ""
        if self.columns is not None and _columns(line) + max(3, width(extra)) >= self.columns:
            return True
        return self.chars is not None and _chars(line) + max(1, len(extra)) >= self.chars


_FIRST_WORD = regex.compile(r"[!-~]{0,12}[\u3000-\u303f\uff00-\uffef\u2010-\u201f]{0,2}.?")


def _columns(line: Line) -> int:
    return width(line.text) + line.indent


def _chars(line: Line) -> int:
    return len(line.text) + line.lead


def wrap_width(lines: Sequence[Line]) -> Wrap | None:
    """The width at which a text was wrapped by hand, None if it was not.

    A text is hard-wrapped if its wide lines are all about equally wide (GB/T 9704-2012, 5.2.3:
    28 characters a line; converters use 72 or 80 columns) and many of them break off in the
    middle of a sentence.
    """
    plain = [line for line in lines if not line.tabular]
    if len(plain) < 6:
        return None
    found: list[int | None] = []
    for measure, slack, least, most in ((_columns, 3, 40, 120), (_chars, 1, 20, 60)):
        top = _top([measure(x) for x in plain], slack, least, most)
        if top is not None:
            full = [x for x in plain if measure(x) >= top - slack]
            open_ended = sum(1 for x in full if x.text[-1] not in CLOSED)
            if open_ended < max(3, 0.5 * len(full)):
                top = None
        found.append(top)
    return Wrap(*found) if any(found) else None


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """How a text's paragraphs open, where that tells which lines go on: with two blanks, or behind a blank line.

    ``columns`` and ``chars`` are the sizes of the widest lines that break off.
    """

    blocks: bool
    columns: int
    chars: int

    def full(self, line: Line) -> bool:
        """Whether a line is about as wide as the widest: converters count characters, columns or neither."""
        return _columns(line) >= 0.8 * self.columns or len(line.text) >= 0.85 * self.chars

    def goes_on(self, group: Sequence[Line], line: Line) -> bool:
        """Whether a line at the margin belongs to the paragraph above it."""
        last = group[-1]
        opened = self.blocks or 2 <= group[0].indent <= 8
        if line.indent or not opened or not self.full(last):
            return False
        if last.text[-1].isdigit() and line.text[0].isdigit():
            return True  # a number is broken
        if line.marker is not None:
            return False
        if last.text[-1] not in CLOSED:
            return not LABEL.match(line.norm) or unclosed(join(group[-3:]).norm[-60:])
        # Behind a full stop a name alone, as of a signature, is no sentence that goes on.
        return last.text[-1] != "：" and any(c in line.norm for c in "，。；）")


def _paragraphs(lines: Sequence[Line]) -> Paragraphs | None:
    """How the paragraphs open in a text of which lines break off, or None if nothing tells it.

    每个自然段左空二字，回行顶格 (GB/T 9704-2012, 7.3.3): a line at the margin goes on with the one that breaks
    off above it, however wide it is. Web copies without indent part paragraphs by blank lines.
    """
    margin = [
        (before, line)
        for before, line in pairwise(lines)
        if not (line.tabular or before.tabular or line.gap or line.indent)
    ]
    broken: list[Line] = []
    against = 0
    for before, line in margin:
        opens = line.marker is not None or LABEL.match(line.norm) is not None
        if opens or (before.text[-1] in CLOSED and _columns(before) < 40):
            against += 2 <= before.indent <= 8 or opens
        elif before.text[-1] not in CLOSED and 2 <= before.indent <= 8 and _columns(before) >= 32:
            broken.append(before)
    if broken and against * 2 <= len(broken):
        if len(broken) == 1 and any(_columns(x) > _columns(broken[0]) + 4 for x in lines):
            return None
        return Paragraphs(False, max(map(_columns, broken)), max(len(x.text) for x in broken))
    broken = [
        before
        for before, line in margin
        if before.text[-1] not in CLOSED
        and _columns(before) >= 40
        and line.marker is None
        and not LABEL.match(line.norm)
        and any(c in line.norm for c in "，。；、）")
    ]
    if len(broken) < 2 or 2 * len(broken) < len(margin):
        return None
    columns = max(map(_columns, broken))
    level = all(_columns(x) >= 0.8 * columns for x in broken)
    wider = any(_columns(x) > columns + 6 for x in lines if not x.tabular)
    return Paragraphs(True, columns, max(len(x.text) for x in broken)) if level and not wider else None


def _top(sizes: list[int], slack: int, least: int, most: int) -> int | None:
    """The size that most wide lines have: many reach it within ``slack``, few exceed it."""
    sizes = sorted(sizes)
    if sizes[-1] > most * 1.5:
        return None
    best, found = 0.0, None
    for top in range(least, min(sizes[-1], most) + 1):
        over = len(sizes) - bisect_right(sizes, top)
        if over > 0.06 * len(sizes):
            continue
        near = bisect_right(sizes, top) - bisect_left(sizes, top - slack)
        exact = bisect_right(sizes, top) - bisect_left(sizes, top)
        if near >= max(4, 0.18 * len(sizes)) and near + exact > best:
            best, found = near + exact, top
    return found


def unwrap(lines: list[Line]) -> list[Line]:
    """Lines joined back to paragraphs where a text was wrapped by hand."""
    wrap, paragraphs = wrap_width(lines), _paragraphs(lines)
    if wrap is None and paragraphs is None:
        return lines
    wrap = wrap or Wrap(None, None)
    indented = sum(1 for x in lines if 2 <= x.indent <= 8) >= max(3, 0.1 * len(lines))
    numbered = [x for x in lines if x.marker is not None]
    if len(numbered) >= 4 and 2 * sum(1 for x in numbered if x.indent >= 2) < len(numbered):
        indented = False  # items open paragraphs, and these are flush left
    joined: list[Line] = []
    group: list[Line] = []
    for line in lines:
        if group and _continues(group, line, wrap, paragraphs, indented):
            group.append(line)
            continue
        if group:
            joined.append(_merge(group))
        group = [line]
    if group:
        joined.append(_merge(group))
    return joined


_DATE = regex.compile(
    r"[\d○零一二三四五六七八九]{4}\s*年\s*[\d一二三四五六七八九十]{1,2}\s*月\s*[\d一二三四五六七八九十]{1,3}\s*日\s*"
)
"""成文日期 (7.3.5) stands in a line of its own."""
_IMPRINT = regex.compile(r"印\s*发$|^抄\s*送|^主\s*题\s*词|^附\s*件")


def _continues(
    group: list[Line], line: Line, wrap: Wrap, paragraphs: Paragraphs | None, indented: bool
) -> bool:
    """Whether a printed line goes on with the paragraph of ``group``."""
    last = group[-1]
    if line.gap or line.tabular or last.tabular or _IMPRINT.search(line.norm) or _DATE.fullmatch(line.norm):
        return False
    if paragraphs is not None and paragraphs.goes_on(group, line):
        return True
    if not wrap.full(last, line):
        return False
    if indented and line.indent >= 2:
        # In an indented text the lines of a paragraph but its first are flush left.
        return len(group) > 1 and line.indent == last.indent and group[0].indent > line.indent
    if unclosed(join(group[-3:]).norm[-60:]):
        return True
    if last.norm[-1] in "。！？" and not wrap.full(line, line) and line.norm[-1] not in _ENDS:
        return False  # a last line of a paragraph ends with a stop; this is a heading
    if _HOSTS.match(group[0].norm) and _OFFICE_END.search(last.norm) and line.norm[0] not in "、，（）":
        # A list of offices that happens to fill its line ends there, unless a name goes on.
        first = pattern(r"[、，。；：]").split(line.norm, maxsplit=1)[0]
        if len(first) > 20 or not _OFFICE_END.search(first):
            return False
    if indented:
        return True
    return line.marker is None and not LABEL.match(line.norm)


_ENDS = frozenset("。！？；：…”）》.!?;:")
_HOSTS = regex.compile(r"[\u4e00-\u9fff\s]{2,8}(?:单位|部门|机构)：")
_OFFICE_END = regex.compile(
    r"(?:局|委|会|厅|部|办|院|校|大学|中心|馆|公司|集团|社|站|所|政府|台|队|学会|协会|研究院|等|单位|）)$"
)


def _merge(group: list[Line]) -> Line:
    if len(group) == 1:
        return group[0]
    parts: list[Strand] = []
    for i, line in enumerate(group):
        word = group[i - 1].text.split()[-1] if i else ""
        broken = (
            "@" in line.text.split()[0] or "@" in word or "." in word or "/" in word
        )  # an address that was cut
        if (
            i
            and not broken
            and line.text[0].isascii()
            and line.text[0].isalpha()
            and group[i - 1].text[-1].isascii()
            and group[i - 1].text[-1].isalpha()
        ):
            parts.append(Strand(" ", [group[i - 1].offsets[-1]]))
        parts.append(line)
    whole = join(parts)
    return Line(whole.text, whole.offsets, group[0].indent, group[0].gap)
