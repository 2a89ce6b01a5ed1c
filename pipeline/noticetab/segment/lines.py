"""Lines: the canonical text cut into logical lines, with hard wraps undone and site chrome set apart."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import regex

from noticetab import rules
from noticetab.patterns import pattern
from noticetab.segment.markers import Marker, chinese_number, marker_at
from noticetab.segment.strand import Strand, fold, is_cjk, join


class ChromeRules(rules.Rules):
    """rules/chrome.toml."""

    head: list[rules.Regex]
    tail: list[rules.Regex]
    published: list[rules.Regex]
    published_day_first: list[rules.Regex]


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


@dataclass(slots=True)
class Lines:
    """The logical lines of a text; ``head`` and ``tail`` are site chrome around the document."""

    body: list[Line] = field(default_factory=list)
    head: list[Line] = field(default_factory=list)
    tail: list[Line] = field(default_factory=list)


def width(text: str) -> int:
    """Columns of a text: two for full-width characters, one for others."""
    if text.isascii():
        return len(text)
    return 2 * len(text) - sum(map(len, _NARROW.findall(text)))


_NARROW = regex.compile(r"[^\u2e80-\U0010ffff“”‘’—…·〇○]+")


# A paragraph break that a web copy turned into two or more ideographic spaces.
_FLAT = regex.compile(r"\u3000{2,}(?=\S)|(?<=[。：；])[ \xa0]{4,}(?=[一二三四五六七八九十（])")
_LABEL = regex.compile(r"[\u4e00-\u9fff][\u4e00-\u9fff\s]{1,12}：")
_CLOSED = frozenset("。！？；：.!?;:")


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
    for raw in pattern(r"[\n\f\v\x85\u2028\u2029]").split(text):
        if "?" in raw or "？" in raw:
            raw = _DESTROYED.sub(lambda m: " " * len(m.group()), raw)
        stripped = raw.strip(" \u3000\xa0\r\ufeff?")
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
            open_ended = sum(1 for x in full if x.text[-1] not in _CLOSED)
            if open_ended < max(3, 0.5 * len(full)):
                top = None
        found.append(top)
    return Wrap(*found) if any(found) else None


@dataclass(frozen=True, slots=True)
class Hanging:
    """Paragraphs that open with blanks and go on at the margin; ``columns`` and ``chars`` are the widest lines' sizes."""

    columns: int
    chars: int

    def full(self, line: Line) -> bool:
        """Whether a line is about as wide as the widest: converters count characters, columns or neither."""
        return _columns(line) >= 0.8 * self.columns or len(line.text) >= 0.85 * self.chars

    def goes_on(self, group: Sequence[Line], line: Line) -> bool:
        """Whether a line at the margin belongs to the paragraph above it."""
        last = group[-1]
        if line.indent or not 2 <= group[0].indent <= 8 or line.marker is not None or not self.full(last):
            return False
        if last.text[-1] not in _CLOSED:
            return not _LABEL.match(line.norm) or unclosed(join(group).norm[-60:])
        # Behind a full stop a name alone, as of a signature, is no sentence that goes on.
        return last.text[-1] != "：" and any(c in line.norm for c in "，。；")


def _hanging(lines: Sequence[Line]) -> Hanging | None:
    """Whether the text's paragraphs open with two blanks and go on at the margin.

    每个自然段左空二字，回行顶格 (GB/T 9704-2012, 7.3.3): then a line at the margin goes on with the one
    that breaks off above it, however wide it is.
    """
    broken: list[Line] = []
    against = 0
    for before, line in pairwise(lines):
        if line.tabular or before.tabular or line.gap or line.indent:
            continue
        opens = line.marker is not None or _LABEL.match(line.norm) is not None
        if opens or (before.text[-1] in _CLOSED and _columns(before) < 40):
            against += 2 <= before.indent <= 8 or opens
        elif before.text[-1] not in _CLOSED and 2 <= before.indent <= 8 and _columns(before) >= 32:
            broken.append(before)
    if not broken or against * 2 > len(broken):
        return None
    if len(broken) == 1 and any(_columns(x) > _columns(broken[0]) + 4 for x in lines):
        return None
    return Hanging(max(map(_columns, broken)), max(len(x.text) for x in broken))


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


def unwrap(lines: list[Line]) -> list[Line]:
    """Lines joined back to paragraphs where a text was wrapped by hand."""
    wrap, hanging = wrap_width(lines), _hanging(lines)
    if wrap is None and hanging is None:
        return lines
    wrap = wrap or Wrap(None, None)
    indented = sum(1 for x in lines if 2 <= x.indent <= 8) >= max(3, 0.1 * len(lines))
    numbered = [x for x in lines if x.marker is not None]
    if len(numbered) >= 4 and 2 * sum(1 for x in numbered if x.indent >= 2) < len(numbered):
        indented = False  # items open paragraphs, and these are flush left
    joined: list[Line] = []
    group: list[Line] = []
    for line in lines:
        if group and _continues(group, line, wrap, hanging, indented):
            group.append(line)
            continue
        if group:
            joined.append(_merge(group))
        group = [line]
    if group:
        joined.append(_merge(group))
    return joined


_IMPRINT = regex.compile(r"印\s*发$|^抄\s*送|^主\s*题\s*词|^附\s*件")


def _continues(group: list[Line], line: Line, wrap: Wrap, hanging: Hanging | None, indented: bool) -> bool:
    """Whether a printed line goes on with the paragraph of ``group``."""
    last = group[-1]
    if line.gap or line.tabular or last.tabular or _IMPRINT.search(line.norm):
        return False
    if hanging is not None and hanging.goes_on(group, line):
        return True
    if not wrap.full(last, line):
        return False
    if indented and line.indent >= 2:
        # In an indented text the lines of a paragraph but its first are flush left.
        return len(group) > 1 and line.indent == last.indent and group[0].indent > line.indent
    if unclosed(join(group).norm[-60:]):
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
    return line.marker is None and not _LABEL.match(line.norm)


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


def is_head_chrome(line: Strand) -> bool:
    """Whether a line above the title is site furniture."""
    norm = line.norm.strip()
    if any(p.search(norm) for p in rules.load("chrome", ChromeRules).head):
        return True
    words = norm.split()
    # A menu: many short words in one line, nothing that a title or an addressee list has.
    return len(words) >= 5 and all(len(w) <= 6 for w in words) and not any(c in norm for c in "：，。、《年")


def is_tail_chrome(line: Strand) -> bool:
    """Whether a line below the signature opens site furniture."""
    return _tail().search(line.norm.strip()) is not None


@rules.cached
def _tail() -> regex.Pattern[str]:
    return regex.compile("|".join(f"(?:{p.pattern})" for p in rules.load("chrome", ChromeRules).tail))


def cut(text: str, *, joined: bool = False) -> Lines:
    """The logical lines of a canonical text, chrome apart.

    ``joined`` says that the reader has undone wraps already.
    """
    lines = split_lines(text)
    first = _head_end(lines)
    last = _tail_start(lines, first)
    body = lines[first:last]
    _bare_numbers(body)
    if not joined:
        body = unwrap(body)
        _bare_numbers(body)
    for index, line in enumerate(body):
        line.index = index
    return Lines(body, lines[:first], lines[last:])


_BARE = regex.compile(r"(?P<n>\d{1,2})\s(?=[\u4e00-\u9fff“《])(?!.*(?:\s{2}|\t|\|))")


def _bare_numbers(lines: Sequence[Line]) -> None:
    """Numbers that lost their point (1 启动仪式。…) mark items if they count up from one, line by line."""
    run: list[tuple[Line, Marker]] = []
    for line in (*lines, None):
        match = _BARE.match(line.norm) if line is not None and line.text[0].isdecimal() else None
        number = int(match["n"]) if match else 0
        if match and line is not None and number == len(run) + 1:
            run.append((line, Marker("ar", number, match["n"], match.end())))
            continue
        if line is not None and not match and (line.marker is None or line.marker.family not in ("ar", "cn")):
            continue
        if len(run) >= 2 and any(c in x.text for x, _ in run for c in "。：；"):
            for item, marker in run:
                item._marker = marker
        run = [(line, Marker("ar", 1, match["n"], match.end()))] if match and line and number == 1 else []


def _head_end(lines: Sequence[Line]) -> int:
    """The index of the first line that is no chrome: after the last chrome line near the top."""
    end = 0
    for i, line in enumerate(lines[:30]):
        if is_head_chrome(line):
            end = i + 1
        elif line.marker is not None or (len(line) > 60 and "。" in line.text) or line.norm.endswith("："):
            break
    # A title between two chrome bars belongs to the document.
    kept = [i for i in range(end) if not is_head_chrome(lines[i])]
    for i in kept:
        if any(is_cjk(c) for c in lines[i].text) and len(lines[i].text) >= 6:
            return i
    return end


def _tail_start(lines: Sequence[Line], first: int) -> int:
    """The index of the first line of the site's furniture below the document.

    A line that reads as furniture (扫码…, 技术支持：…公司) is none while the document's own
    numbering goes on below it.
    """
    begin = max(first + 1, int(len(lines) * 0.4))
    found = [i for i in range(begin, len(lines)) if is_tail_chrome(lines[i])]
    if not found:
        return len(lines)
    last: dict[str, int] = {}
    for i in range(first, len(lines)):
        marker = lines[i].marker
        if marker is None:
            continue
        if i > found[0] and (marker.number > 1 and last.get(marker.family) == marker.number - 1):
            found = [k for k in found if k > i]
            if not found:
                return len(lines)
        last[marker.family] = marker.number
    return found[0]
