"""Which sections hold lists of activities or points of content (docs/record.md, rule 9)."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from noticetab.extraction import formulas, held, labels
from noticetab.extraction.context import Context
from noticetab.patterns import pattern
from noticetab.segment.columns import holds_events
from noticetab.segment.markers import chinese_number, spoken_items
from noticetab.segment.outline import Node
from noticetab.segment.parts import Unit
from noticetab.segment.strand import Strand
from noticetab.segment.table import Table

_LEAF_ROLES = (
    "requirements",
    "report",
    "contact",
    "scope",
    "purpose",
    "theme",
    "time",
    "place",
    "organizers",
    "leadership",
)


def items(context: Context) -> frozenset[int]:
    """The ids of all nodes that are items of such lists, or below one: what they state is theirs alone."""
    found: list[Node] = []
    for unit, tree in zip(context.doc.parts.units, context.doc.trees, strict=True):
        if is_list(unit, tree):
            found += tree.children
            continue
        nodes = sections(context, tree)
        found += [child for node in nodes for child in node.children]
        if not nodes:
            found += own_items(tree)
    return frozenset(id(node) for item in found for node in item.walk())


def own_items(tree: Node) -> list[Node]:
    """The items of a text that is nothing but a list: its parts have times, places or hosts of their own."""
    own = [n for n in tree.children if detailed(n) and n.role not in _LEAF_ROLES]
    return own if len(own) >= 2 else []


def is_list(unit: Unit, tree: Node) -> bool:
    """Whether an attached text is a bare list or table of activities (its title is their section)."""
    if unit.main or unit.title is None:
        return False
    title = unit.title.compact.norm
    if tree.grids and not tree.children:
        return True
    if not tree.children or not pattern(r"活动|安排|项目|日程|赛程|一览|清单|行动|计划|课程").search(title):
        return False
    if pattern(r"方案|办法|细则|要求|标语|口号|须知|规则|通知").search(title):
        return False
    families = {c.marker.family for c in tree.children if c.marker is not None}
    return "cn" not in families and all(
        c.role not in ("theme", "time", "contact", "purpose") for c in tree.children
    )


def eventful(context: Context, node: Node, *, hosts: bool = True) -> bool:
    """Whether a section without a telling heading lists what is held.

    It does if most of its items have a time, place or, with ``hosts``, hosts of their own.
    """
    items = node.children
    if len(items) < 2:
        return False
    count = 0
    for item in items:
        prose = next(iter(item.strands()), None)
        if detailed(item):
            count += 1
        elif prose is not None:
            count += held.prose_period(context, prose) is not None or (
                hosts and (bool(formulas.prose(prose)) or formulas.closing_bracket([prose])[1] is not None)
            )
    return count * 2 >= len(items)


def sections(context: Context, tree: Node) -> list[Node]:
    """The sections of a text that hold lists of activities or points of content."""
    found = context.holders.get(id(tree))
    if found is None:
        found = context.holders[id(tree)] = list(_holders(context, tree))
    return found


def _holders(context: Context, node: Node) -> Iterator[Node]:
    for child in node.children:
        if (child.role in ("activity", "focus") and (child.children or child.grids or _spoken(child))) or any(
            _tells_what_is_held(grid) for grid in child.grids
        ):
            yield child
        elif child.role in ("activity",) and child.level == 1 and detailed(child) and not child.children:
            continue
        elif child.role not in ("requirements", "report", "contact", "scope", "purpose"):
            nested = list(_holders(context, child))
            if not nested and child.role == "" and eventful(context, child):
                yield child
            yield from nested


def _tells_what_is_held(grid: Table) -> bool:
    """Whether a table has names and two of time, place and hosts: whatever the heading above it says."""
    return grid.index("name") is not None and holds_events(grid.columns)


def _spoken(node: Node) -> bool:
    return bool(spoken_parts(node))


_SPOKEN_LINE = regex.compile(r"^(?P<n>[一二三四五六七八九十])是")


def spoken_parts(node: Node) -> list[tuple[int, Strand]]:
    """Items of 一是…二是…, within one paragraph or one to a paragraph."""
    strands = list(node.strands())
    led = [
        (chinese_number(m["n"]) or 0, s.sub(m.end()))
        for s in strands
        if (m := _SPOKEN_LINE.match(s.compact.norm)) and (m := _SPOKEN_LINE.match(s.norm.lstrip()))
    ]
    if len(led) >= 2 and [n for n, _ in led] == list(range(1, len(led) + 1)):
        return led
    return [(n, s.sub(a, b)) for s in strands for n, a, b in spoken_items(s.norm)]


def detailed(node: Node) -> bool:
    """Whether a node has lines of its own time, place or hosts, as an activity has."""
    return any(
        labels.of_stage(p, node.title).field in ("time", "time_place", "place", "organizer")
        for s in node.strands()
        for p in labels.leading(s)
    )
