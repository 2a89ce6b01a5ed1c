"""The outline of a text: its headings and items as a tree, by the numbering ladder (GB/T 9704-2012, 7.3.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

import regex

from noticetab import rules
from noticetab.patterns import pattern
from noticetab.segment.lines import Line
from noticetab.segment.markers import BULLETS, FAMILIES, Marker, chinese_number
from noticetab.segment.parts import is_org
from noticetab.segment.strand import Strand
from noticetab.segment.table import Table


class RoleRule(rules.Rules):
    """What a heading says, by patterns."""

    name: str
    patterns: list[rules.Regex]


class HeadingRules(rules.Rules):
    """Headings without numbers, and counts."""

    plain: rules.Regex
    intro: rules.Regex
    count: rules.Regex


class SectionRules(rules.Rules):
    """rules/sections.toml."""

    roles: list[RoleRule]
    headings: HeadingRules


@dataclass(slots=True, eq=False)
class Node:
    """An item of the outline.

    ``heading`` is its heading without number and count, None for an item that is one long
    sentence; ``body`` what follows the heading on its line; ``lines`` the paragraphs below it
    that no child owns; ``grids`` the tables below it.
    """

    line: Line | None
    marker: Marker | None = None
    heading: Strand | None = None
    body: Strand | None = None
    declared: int | None = None
    level: int = 0
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    grids: list[Table] = field(default_factory=list)
    role: str = ""
    implied: bool = False
    """A heading that should have a number, as its siblings have, and has none."""
    stands_for: str = ""
    """The family of the number that such a heading should have."""

    @property
    def number(self) -> int | None:
        """The printed number."""
        return self.marker.number if self.marker and self.marker.family not in BULLETS else None

    @property
    def title(self) -> str:
        """The heading as a value, empty if there is none."""
        return self.heading.compact.text if self.heading else ""

    def walk(self) -> Iterator[Node]:
        """The node and all below it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()

    def strands(self) -> Iterator[Strand]:
        """The prose of the node itself: run-in body, then the paragraphs."""
        if self.body:
            yield self.body
        yield from self.lines


@rules.cached
def _rules() -> SectionRules:
    return rules.load("sections", SectionRules)


def role_of(heading: str) -> str:
    """What a heading (folded, without number, count and blanks) says its section is: ``theme``, ``activity`` …"""
    bare = heading.rstrip("：。，；")
    known = _known_roles()
    if bare not in known:
        if len(known) > 5000:
            known.clear()
        known[bare] = next((name for name, words in _roles() if words.search(bare)), "")
    return known[bare]


@rules.cached
def _known_roles() -> dict[str, str]:
    """Headings met before: notices share most of them."""
    return {}


@rules.cached
def _roles() -> list[tuple[str, regex.Pattern[str]]]:
    """Each role with its patterns as one."""
    return [(r.name, regex.compile("|".join(f"(?:{p.pattern})" for p in r.patterns))) for r in _rules().roles]


_OPEN, _CLOSE = "（《〈“‘〔", "）》〉”’〕"


def first_stop(norm: str, stops: str = "。！？") -> int:
    """Index of the first of ``stops`` outside brackets and quotes, or -1."""
    return next(_outer(norm, stops), -1)


def outer(norm: str, chars: str) -> list[int]:
    """Indices of ``chars`` outside brackets and quotes."""
    return list(_outer(norm, chars))


@cache
def _marks(chars: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The characters alone, and with all brackets and quotes."""
    return re.compile(f"[{chars}]"), re.compile(f"[{_OPEN}{_CLOSE}{chars}]")


def _outer(norm: str, chars: str) -> Iterator[int]:
    wanted, marks = _marks(chars)
    if wanted.search(norm) is None:
        return
    depth = 0
    for match in marks.finditer(norm):
        char = match[0]
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth = max(0, depth - 1)
        elif depth == 0:
            yield match.start()


_DATE_START = regex.compile(r"^(?:于|自|从|在)?(?:(?:19|20)\d\d年)?\d{1,2}月")
_DATE_ONLY = regex.compile(
    r"^[\d年月日号时分\s—~至到\-（）星期周一二三四五六七八九十○天上下午前后旬初底：:.、]{4,40}[。；]?$"
)
_RUN_IN = regex.compile(r"^[^：，。；]{2,30}：")
_DUTY = regex.compile(
    r"^(?:请|要|应|须|需|由|为|对|以|在|于|自|从|按照|根据|凡|如|每|各\S{0,12}(?:要|应|须|请|可|按照|根据|结合|组织))"
)


def split_heading(strand: Strand, *, whole_line_ok: bool = True) -> tuple[Strand | None, Strand | None]:
    """Heading and run-in body of an item's text behind its number.

    A heading is a phrase: it ends at the line's end, at a colon, or at a full stop with text
    behind it. An item that is one long sentence has no heading; nor has one whose first
    sentence is long, full of commas or opens with a date.
    """
    norm = strand.norm
    stop = first_stop(norm)
    colon = first_stop(norm, "：")
    if (
        colon >= 0
        and (stop < 0 or colon < stop)
        and _RUN_IN.match(norm)
        and not pattern(r"\d$").search(norm[:colon])
    ):
        head = strand.sub(0, colon)
        if (
            len(head.compact) <= 20
            and not outer(head.norm, "，；")
            and not pattern(r"(?:如下|以下|包括|为|有)$").search(head.norm)
        ):
            return head, strand.sub(colon + 1) or None
    if _DATE_ONLY.match(norm):
        return None, strand  # （一）5月25—28日: a bare value
    if stop < 0:
        semi = norm.rstrip()
        if semi.endswith("；"):
            strand = strand.sub(0, len(semi) - 1)
            norm = strand.norm
        commas = len(outer(norm, "，；"))
        if len(strand.compact) > 60 or commas >= 3 or (commas and len(strand.compact) > 40):
            return None, strand
        if semi.endswith("：") and not outer(norm[:-1], "："):
            return strand.sub(0, len(semi) - 1), None
        return (strand, None) if whole_line_ok else (None, strand)
    head = strand.sub(0, stop)
    rest = strand.sub(stop + 1)
    commas = len(outer(head.norm, "，；"))
    size = len(head.compact)
    if not rest:
        short = size <= 20 and commas == 0 and not _DUTY.match(head.norm)
        return (head, None) if short else (None, strand)
    if _DATE_START.match(head.compact.norm) or (_DUTY.match(head.compact.norm) and size > 14):
        return None, strand
    if (commas == 0 and size <= 60) or (commas <= 2 and size <= 32):
        return head, rest
    return None, strand


def strip_count(heading: Strand) -> tuple[Strand, int | None]:
    """A heading without a count in brackets at its end, and the count."""
    match = _rules().headings.count.search(heading.norm)
    if match is None or match.start() == 0:
        return heading, None
    return heading.sub(0, match.start()), chinese_number(match["n"])


def build(lines: Sequence[Line], grids: Sequence[Table] = ()) -> Node:
    """The tree of a unit's body; the root holds what stands before the first heading.

    ``grids`` are the tables among the lines; their lines are no paragraphs.
    """
    root = Node(None)
    stack: list[Node] = [root]
    by_line = {grid.first: grid for grid in grids}
    numbered = [x for x in lines if x.marker is not None]
    top_numbered = any(x.marker is not None and x.marker.family in ("cn", "chapter") for x in numbered)
    bare = frozenset() if top_numbered else _bare_headings(lines, by_line)
    skip = -1
    for i, line in enumerate(lines):
        if i < skip:
            continue
        if i in by_line:
            skip = by_line[i].last
            if by_line[i].pairs and not by_line[i].become_rows(activities=stack[-1].role == "activity"):
                stack[-1].lines += by_line[i].labelled(line.indent)
            else:
                stack[-1].grids.append(by_line[i])
            continue
        marker = line.marker
        if marker is not None and not _is_item(line, marker):
            marker = None
        if marker is not None:
            _pop(stack, marker, lines, i)
            node = _node(line, marker)
        elif (heading := _unnumbered(lines, i, stack, top_numbered, bare)) is not None:
            node, depth = heading
            del stack[depth:]
        else:
            stack[-1].lines.append(line)
            continue
        node.parent = stack[-1]
        node.level = len(stack)
        stack[-1].children.append(node)
        stack.append(node)
    return root


def _node(line: Line, marker: Marker) -> Node:
    rest = line.sub(marker.length)
    heading, body = split_heading(rest)
    node = Node(line, marker, heading, body)
    if heading is not None:
        node.heading, node.declared = strip_count(heading)
        node.role = role_of(node.heading.compact.norm)
    return node


def _is_item(line: Line, marker: Marker) -> bool:
    """Whether a number that opens a line numbers an item (and is no amount or date)."""
    rest = line.norm[marker.length :]
    if not rest.strip():
        return False
    return marker.family != "ar" or not pattern(r"\d{1,2}日|[％%]").match(rest)


def _pop(stack: list[Node], marker: Marker, lines: Sequence[Line], i: int) -> None:
    """Leaves on the stack the ancestors of an item with this number."""
    families = [n.marker.family if n.marker else n.stands_for for n in stack]
    if marker.family in families:
        at = len(families) - 1 - families[::-1].index(marker.family)
        del stack[at:]
        return
    rank = FAMILIES.index(marker.family)
    while len(stack) > 1:
        top = stack[-1]
        if top.marker is None:
            return
        if FAMILIES.index(top.marker.family) < rank:
            return
        # A higher family below a lower one: nested in an inverted ladder if the lower one goes on counting.
        following = next(
            (x.marker for x in lines[i + 1 :] if x.marker and x.marker.family == top.marker.family), None
        )
        if following is not None and following.number == top.marker.number + 1 and marker.number == 1:
            return
        if marker.number == 1 and (_is_bare(top) or _holds(top.parent, top.marker.family, marker.family)):
            return  # in an inverted ladder too, a heading without text and a sibling of such hold the items
        stack.pop()


def _is_bare(node: Node) -> bool:
    """Whether an item is a heading with nothing under it yet."""
    return node.heading is not None and node.body is None and not (node.lines or node.children or node.grids)


def _holds(parent: Node | None, family: str, below: str) -> bool:
    """Whether an item of ``family`` under a node has items of the family ``below`` under itself."""
    return parent is not None and any(
        child.marker is not None
        and child.marker.family == family
        and any(x.marker is not None and x.marker.family == below for x in child.children)
        for child in parent.children
    )


_NO_HEADING = regex.compile(r"[。；！？，]|\d{5,}|^注[：]|^[（(].*[）)]$|^\S{1,10}：\S")


_CLOSING_ROLES = ("requirements", "report", "contact", "leadership")
"""What sections are about that no list of activities holds."""

_HOST_LINE = regex.compile(r"(?:主办|承办|协办|支持|指导|参与|牵头|组织|责任|联办)(?:单位|部门|机构|方)?：")
_DETAIL_LINE = regex.compile(
    r"(?:活动|举办|比赛)?(?:时间|地点|日期)：|(?:主办|承办|牵头|组织|举办|协办|责任)单位："
)


def _lost_depth(lines: Sequence[Line], i: int, stack: Sequence[Node]) -> int | None:
    """Where among the open items a heading without its number belongs, None if it is no such heading.

    If the next number of some level skips one, the heading is what stands there; else it is a
    sibling of the item above, provided that item has such lines of its own.
    """
    ahead = {}
    for other in lines[i + 1 :]:
        if other.marker is not None and other.marker.family not in ahead:
            ahead[other.marker.family] = other.marker.number
            if FAMILIES.index(other.marker.family) <= 1:
                break
    for depth in range(1, len(stack)):
        marker = stack[depth].marker
        if marker is not None and ahead.get(marker.family) == marker.number + 2:
            return depth
    top = stack[-1]
    if (
        top.marker is not None
        and top.body is None
        and any(_DETAIL_LINE.match(x.compact.norm) for x in top.lines)
    ):
        return len(stack) - 1
    return None


def _ranks_above(node: Node, rank: int) -> bool:
    return node.marker is not None and FAMILIES.index(node.marker.family) < rank


def _restarts(lines: Sequence[Line], i: int, family: str) -> bool:
    """Whether items begin anew below another unnumbered heading of the same section, as below line ``i``.

    主场活动 / 1. 2. / 分会场活动 / 1. 2.: the headings part one list into several.
    """
    rank = FAMILIES.index(family)
    for step in (1, -1):
        at = i + step
        while 0 <= at < len(lines):
            marker = lines[at].marker
            if marker is not None and FAMILIES.index(marker.family) < rank:
                break
            if (
                marker is None
                and at + 1 < len(lines)
                and (below := lines[at + 1].marker) is not None
                and (below.family, below.number) == (family, 1)
                and 2 <= len(lines[at].compact) <= 34
                and not _NO_HEADING.search(lines[at].compact.norm)
                and not lines[at].norm.rstrip().endswith("：")
            ):
                return True
            at += step
    return False


def _bare_headings(lines: Sequence[Line], grids: dict[int, Table]) -> frozenset[int]:
    """Indices of headings in a text whose sections have no numbers.

    They are short lines of one make (indent, blank line before) above longer ones, and at least
    two of them say what a section is about.
    """
    inside = {k for g in grids.values() for k in range(g.first, g.last)}
    found: dict[int, tuple[bool, bool]] = {}
    telling = []
    for i, line in enumerate(lines[:-1]):
        norm = line.compact.norm
        if (
            i in inside
            or line.tabular
            or line.marker is not None
            or not 2 <= len(norm) <= 16
            or _NO_HEADING.search(norm)
        ):
            continue
        following = lines[i + 1]
        if not (
            i + 1 in grids
            or "：" in following.norm
            or len(following.compact) > len(norm) + 4
            or following.marker is not None
            or following.indent > line.indent
        ):
            continue
        if (pattern(r"\d").search(norm) or is_org(norm)) and not role_of(norm.rstrip("：")):
            continue
        found[i] = (line.indent >= 4, line.gap)
        if role_of(norm.rstrip("：")):
            telling.append(i)
    if len(telling) < 2:
        return frozenset()
    makes = {found[i] for i in telling}
    return frozenset(i for i, make in found.items() if make in makes)


def _unnumbered(
    lines: Sequence[Line], i: int, stack: list[Node], top_numbered: bool, bare: frozenset[int]
) -> tuple[Node, int] | None:
    """A heading without a number at line ``i``: (node, depth of its parent's stack), or None."""
    line = lines[i]
    norm = line.compact.norm
    if line.tabular or not 2 <= len(norm) <= 34 or _NO_HEADING.search(norm):
        return None
    hr = _rules().headings
    if i and is_org(norm) and _HOST_LINE.match(lines[i - 1].compact.norm):
        return None  # 主办单位：甲 / 乙: another of the same role
    if hr.intro.search(norm):
        return None
    plain = norm.rstrip("：")
    following = next((x for x in lines[i + 1 : i + 2]), None)
    opens_list = (
        following is not None
        and following.marker is not None
        and following.marker.number == 1
        and not norm.endswith("：")
    )
    strand = line.compact.sub(0, len(plain))
    first = stack[1].marker if len(stack) > 1 else None
    if opens_list and first is not None and first.family == "cn" and role_of(plain) in _CLOSING_ROLES:
        # 工作要求 above （1） is a section that lost its number, not one more item of the list before it.
        node = Node(line, None, strand, implied=True, stands_for=first.family)
        node.heading, node.declared = strip_count(strand)
        node.role = role_of(node.heading.norm)
        return node, 1
    if opens_list and len(stack) > 1 and following is not None and following.marker is not None:
        rank = FAMILIES.index(following.marker.family)
        for depth in range(len(stack) - 1, 0, -1):
            other = stack[depth].marker
            if other is not None and FAMILIES.index(other.family) < rank and depth > 1:
                node = Node(line, None, strand, implied=True, stands_for=other.family)
                node.heading, node.declared = strip_count(strand)
                node.role = role_of(node.heading.norm)
                return node, depth
            if other is not None:
                break
        above = [d for d in range(1, len(stack)) if _ranks_above(stack[d], rank)]
        if above and _restarts(lines, i, following.marker.family):
            node = Node(line, None, strand)
            node.heading, node.declared = strip_count(strand)
            return node, above[-1] + 1
    if (
        following is not None
        and _DETAIL_LINE.match(following.compact.norm)
        and len(stack) > 1
        and not norm.endswith("：")
    ):
        # A heading-like line above 时间：… among numbered items has lost its number.
        lost = _lost_depth(lines, i, stack)
        if lost is not None:
            family = stack[lost].marker
            node = Node(line, None, strand, implied=True, stands_for=family.family if family else "")
            node.heading, node.declared = strip_count(strand)
            node.role = role_of(node.heading.norm)
            return node, lost
    if (hr.plain.match(norm) or i in bare) and not top_numbered:
        depth = 1
        for at in range(1, len(stack)):
            if stack[at].marker is None:
                depth = at
                break
        else:
            if len(stack) > 1 and any(n.marker is not None for n in stack[1:]):
                depth = 1
        node = Node(line, None, strand)
        node.heading, node.declared = strip_count(strand)
        node.role = role_of(node.heading.norm)
        return node, depth
    return None
