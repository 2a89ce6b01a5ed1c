"""The outline of a text: its headings and items as a tree, by the numbering ladder (GB/T 9704-2012, 7.3.3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import regex

from noticetab.patterns import pattern
from noticetab.segment import programme
from noticetab.segment.headings import first_stop, heading_rules, role_of, split_heading, strip_count
from noticetab.segment.lines import Line
from noticetab.segment.markers import BULLETS, FAMILIES, Marker
from noticetab.segment.parts import host_lists, is_org
from noticetab.segment.strand import Strand
from noticetab.segment.table import Table


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


def build(lines: Sequence[Line], grids: Sequence[Table] = ()) -> Node:
    """The tree of a unit's body; the root holds what stands before the first heading.

    ``grids`` are the tables among the lines; their lines are no paragraphs.
    """
    root = Node(None)
    stack: list[Node] = [root]
    by_line = {grid.first: grid for grid in grids}
    numbered = [x for x in lines if x.marker is not None]
    top_numbered = any(
        x.marker is not None and x.marker.family in ("cn", "chapter", "article") for x in numbered
    )
    bare = frozenset() if top_numbered else _bare_headings(lines, by_line)
    hosts = host_lists(lines)
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
        elif i not in hosts and (heading := _unnumbered(lines, i, stack, top_numbered, bare)) is not None:
            node, depth = heading
            del stack[depth:]
        else:
            stack[-1].lines.append(line)
            continue
        node.parent = stack[-1]
        node.level = len(stack)
        stack[-1].children.append(node)
        stack.append(node)
    for node in root.walk():
        _programme(node)
    return root


def _programme(node: Node) -> None:
    """Makes a table of what a section of activities prints as such lines."""
    if node.role != "activity" or node.grids or node.body is not None:
        return
    table: Table | None = None
    if node.children:
        bulleted = all(
            child.line is not None
            and child.marker is not None
            and child.marker.family in BULLETS
            and not (child.lines or child.children)
            for child in node.children
        )
        if bulleted:
            items = [(c.line, c.marker) for c in node.children]
            table = programme.of_bullets([line.sub(mark.length) for line, mark in items if line and mark])
        if table is not None:
            node.children.clear()
    elif node.lines:
        table = programme.of_lines(node.lines)
        if table is not None:
            node.lines.clear()
    if table is not None:
        node.grids.append(table)


def _node(line: Line, marker: Marker) -> Node:
    rest = line.sub(marker.length)
    heading, body = split_heading(rest)
    if marker.family == "article" and heading is not None and first_stop(rest.norm) >= 0:
        heading, body = None, rest  # an article is a sentence; only words without a stop head one
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


_NO_DIGIT = regex.compile(r"\s*(?:[、.．]|（\s*）)\s*(?=[\u4e00-\u9fff“《])")
"""The mark of a number whose digit a copy lost: 、奖项设置."""


def _without_digit(lines: Sequence[Line], i: int, stack: Sequence[Node]) -> tuple[Node, int] | None:
    """A heading whose number lost its digit, where the next number of that level skips one."""
    line = lines[i]
    match = _NO_DIGIT.match(line.norm)
    if match is None or line.tabular:
        return None
    ahead = next((x.marker for x in lines[i + 1 :] if x.marker is not None), None)
    heading, body = split_heading(line.sub(match.end()))
    depth = _lost_depth(lines, i, stack)
    family = stack[depth].marker if depth is not None else None
    if depth is None and len(stack) == 1 and ahead is not None and ahead.number == 2:
        depth, family = 1, ahead  # the first of all
    if heading is None or depth is None or family is None:
        return None
    node = Node(line, None, heading, body, implied=True, stands_for=family.family)
    node.heading, node.declared = strip_count(heading)
    node.role = role_of(node.heading.compact.norm)
    return node, depth


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
    if (lost_number := _without_digit(lines, i, stack)) is not None:
        return lost_number
    norm = line.compact.norm
    if line.tabular or not 2 <= len(norm) <= 34 or _NO_HEADING.search(norm):
        return None
    hr = heading_rules().headings
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
