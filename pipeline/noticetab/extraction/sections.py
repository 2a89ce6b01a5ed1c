"""Sections: the headings of the outline (docs/record.md, `sections`)."""

from __future__ import annotations

from noticetab.extraction import holders
from noticetab.extraction.context import Context
from noticetab.record import Section
from noticetab.segment.outline import Node
from noticetab.segment.parts import Unit


def extract(context: Context) -> list[Section]:
    """One row per heading; an attached list's items and its title are none."""
    rows: list[Section] = []
    plain: dict[int, int] = {}
    for unit, node in context.doc.nodes():
        if node.heading is not None and node.marker is None and not node.implied:
            plain[id(unit)] = plain.get(id(unit), 0) + 1
    lists = {
        id(unit)
        for unit, tree in zip(context.doc.parts.units, context.doc.trees, strict=True)
        if holders.is_list(unit, tree) or _slogans(unit)
    }
    for unit, node in context.doc.nodes():
        if node.heading is None or node.line is None or id(unit) in lists:
            continue
        if node.marker is None and not node.implied and plain[id(unit)] < 2:
            continue  # a lone label such as 联系方式： in a cover letter is no outline
        parent = node.parent
        while parent is not None and parent.heading is None:
            parent = parent.parent
        if node.level == 1 and node.marker is not None and _flat_list(node):
            continue
        rule = _rule(node)
        rows.append(
            Section(
                level=node.level,
                marker=node.marker.printed if node.marker else None,
                number=node.number,
                heading=node.heading.value,
                declared_count=node.declared,
                parent=parent.heading.value if parent is not None and parent.heading is not None else None,
                evidence=context.evidence(node.line),
                rule=rule,
                confidence=_CONFIDENCE[rule],
            )
        )
    return rows


_CONFIDENCE = {"section.numbered": 0.98, "section.unnumbered": 0.85, "section.sentence": 0.6}

_SHORT = 10
"""Characters of a heading that is none only if its siblings say so very clearly."""


def _rule(node: Node) -> str:
    """How sure it is that an item's first words head it.

    In a list of sentences (1.来稿须注明姓名。2.…) the first stop ends no heading: where some items of a list
    have none, or a clause goes on behind a comma, a long one that nothing stands below is doubted.
    """
    if node.marker is None:
        return "section.unnumbered"
    heading = node.heading.compact.norm if node.heading is not None else ""
    siblings = node.parent.children if node.parent is not None else []
    listed = [x for x in siblings if x.marker is not None and x.marker.family == node.marker.family]
    mixed = any(x.heading is None for x in listed)
    bare = not node.children and not node.grids
    if bare and len(heading) > _SHORT and (mixed or "，" in heading) and node.marker.family != "cn":
        return "section.sentence"
    return "section.numbered"


def _slogans(unit: Unit) -> bool:
    """Whether an attached text is a list of slogans: numbered lines that head nothing."""
    title = unit.title.compact.norm if unit.title is not None and not unit.main else ""
    return title.endswith(("标语", "口号"))


def _flat_list(node: Node) -> bool:
    """Whether a top-level item belongs to a bare list of items, as an attached list of activities is."""
    parent = node.parent
    if parent is None or node.marker is None or node.marker.family in ("cn", "chapter", "part", "article"):
        return False
    siblings = parent.children
    return all(
        not c.children
        and not c.grids
        and c.role not in ("theme", "time", "contact", "requirements", "report")
        and not c.lines
        for c in siblings
    )
