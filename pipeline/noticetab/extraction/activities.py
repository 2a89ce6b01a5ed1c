"""Activities: the items of lists and tables of activities and of content outlines (docs/record.md, rule 9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import regex

from noticetab.extraction import activity_table, formulas, held, holders, labels
from noticetab.extraction.context import Context
from noticetab.extraction.labels import Pair
from noticetab.normalize.places import Place
from noticetab.patterns import pattern
from noticetab.record import Activity
from noticetab.segment.headings import split_heading
from noticetab.segment.outline import Node
from noticetab.segment.parts import Unit
from noticetab.segment.strand import Strand

Kind = Literal["activity", "group", "focus"]

_DETAIL = frozenset(("time", "time_place", "place", "organizer", "audience", "content", "form"))


def extract(context: Context) -> list[Activity]:
    """Rows of all lists of activities and points of content, in the order of the text."""
    rows: list[Activity] = []
    for unit, tree in zip(context.doc.parts.units, context.doc.trees, strict=True):
        rows += _unit(context, unit, tree)
    return rows


def _unit(context: Context, unit: Unit, tree: Node) -> list[Activity]:
    rows: list[Activity] = []
    attached = unit.title.value if unit.title is not None and not unit.main else None
    for grid in tree.grids:
        rows += activity_table.rows(context, grid, attached)
    if holders.is_list(unit, tree):
        for child in tree.children:
            rows += _item(context, child, attached, "activity", None)
        return rows
    nodes = holders.sections(context, tree)
    if not nodes and not rows:
        for node in holders.own_items(tree):
            rows += _item(context, node, None, "activity", None)
    for node in nodes:
        rows += _section(context, node)
    return rows


def _section(context: Context, node: Node) -> list[Activity]:
    section = node.heading.value if node.heading is not None else None
    kind: Kind = "focus" if node.role == "focus" else "activity"
    if kind == "focus" and node.children and (holders.eventful(context, node, hosts=False) or node.grids):
        kind = "activity"
    rows: list[Activity] = []
    for grid in node.grids:
        rows += activity_table.rows(context, grid, section)
    for child in node.children:
        rows += _item(context, child, section, kind, None)
    if not node.children and not node.grids:
        for number, strand in holders.spoken_parts(node):
            rows += _spoken_item(context, strand, number, section, kind)
    if kind == "activity":
        _from_intro(context, node, rows)
    return rows


def _spoken_item(
    context: Context, strand: Strand, number: int, section: str | None, kind: Kind
) -> list[Activity]:
    while strand and strand.norm[-1] in "；，":
        strand = strand.sub(0, len(strand) - 1)
    if not strand:
        return []
    heading, body = split_heading(strand)
    row = Activity(
        section=section,
        number=number,
        name=heading.value if heading is not None else None,
        kind=kind,
        evidence=context.evidence(strand),
        rule="activity.spoken",
        confidence=0.8,
    )
    _fill(context, row, [], [body] if body is not None else [], kind, context.place_within(heading))
    return [row]


@dataclass(slots=True)
class _Parts:
    """An item taken apart: its labelled values and its prose."""

    pairs: list[tuple[Pair, Strand]] = field(default_factory=list)
    prose: list[Strand] = field(default_factory=list)


def _take_apart(node: Node) -> _Parts:
    parts = _Parts()
    strands = list(node.strands())
    at = 0
    while at < len(strands):
        strand = strands[at]
        got = [labels.of_stage(pair, node.title) for pair in labels.leading(strand)]
        used = 0
        if got and any(
            p.field in _DETAIL
            or p.field in ("person", "phone", "email", "unit", "window", "check_in", "theme", "address")
            for p in got
        ):
            for pair in got:
                value = pair.value
                if pair is got[-1] and pair.field == "organizer":
                    value, used = labels.continued(strands, at, pair)
                elif (
                    pair is got[-1]
                    and not value
                    and at + 1 < len(strands)
                    and not labels.leading(strands[at + 1])
                ):
                    value, used = strands[at + 1].sub(0), 1
                parts.pairs.append((pair, value))
        else:
            parts.prose.append(strand.sub(0))
        at += 1 + used
    # Children that are labels (1.时间：…) are lines of the item, not items of their own.
    for child in node.children:
        if _label_child(child):
            words = (
                [p for s in [child.line.sub(child.marker.length)] for p in labels.leading(s)]
                if child.line is not None and child.marker is not None
                else []
            )
            parts.pairs += [(p, p.value) for p in words]
    return parts


def _label_child(child: Node) -> bool:
    if child.line is None or child.marker is None or child.children:
        return False
    got = labels.leading(child.line.sub(child.marker.length))
    return bool(got) and got[0].field in _DETAIL | {"theme", "unit", "person", "phone", "window"}


_NAME_LABELS = frozenset(
    ("活动内容", "活动名称", "活动项目", "项目名称", "名称", "内容", "项目", "课程名称", "讲座题目", "题目")
)
"""Labels behind a number whose value is the item's name: 1、活动内容：科普集市."""


def _item(
    context: Context,
    node: Node,
    section: str | None,
    kind: Kind,
    parent: str | None,
    place: Place | None = None,
) -> list[Activity]:
    children = [c for c in node.children if not _label_child(c)]
    listed = [c for c in children if c.marker is not None or c.heading is not None]
    is_group = bool(listed) or bool(node.grids)
    name = node.heading
    heading_pair = None
    if name is not None and node.line is not None and node.marker is not None:
        got = labels.leading(node.line.sub(node.marker.length))
        if got and got[0].field in ("time", "time_place", "place", "organizer", "theme", "unit", "person"):
            heading_pair = got
    if heading_pair and node.heading is not None and kind == "activity" and not listed:
        return []  # a numbered label is a line of its section
    parts = _take_apart(node)
    if (
        heading_pair is None
        and name is not None
        and name.compact.norm in _NAME_LABELS
        and node.body is not None
    ):
        name, parts.prose = node.body, [p for p in parts.prose if p.text != node.body.text]
    if heading_pair is None:
        name, parts = _run_in(node, name, parts)
    row = Activity(
        section=section,
        number=node.number,
        name=name.value if name is not None else None,
        kind="group" if is_group else kind,
        parent=parent,
        evidence=context.evidence(node.line)
        if node.line is not None
        else context.evidence(name or Strand("", [])),
        rule="activity.group" if is_group else f"{kind}.item" if node.marker else f"{kind}.heading",
        confidence=0.95 if node.marker is not None else 0.8,
    )
    hosts = None
    if name is not None:
        bare, hosts = formulas.closing_bracket([name])  # 3.诵读比赛（人文学院主办）
        if hosts is not None and bare:
            row.name = bare[0].value
    place = context.place_within(name) or place
    _fill(context, row, parts.pairs, parts.prose, kind, place, hosts)
    if name is not None and row.starts_on is None and row.kind == "activity":
        dated = _DATED_NAME.search(name.norm)
        found = held.first_period(context, name.sub(*dated.span("in"))) if dated else None
        if found is not None:
            held.set_period(row, found)  # 科普展览（5月25日至27日）
    rows = [row]
    for grid in node.grids:
        rows += activity_table.rows(context, grid, section, row.name)
    for child in listed:
        rows += _item(context, child, section, kind, row.name, place)
    return rows


_DATED_NAME = regex.compile(r"（(?P<in>(?:时间：?)?\s*(?:\d{4}年)?\d{1,2}月[^（）]{1,40})）$")
_OWN = ("organizer", "time", "place", "time_place")


def _run_in(node: Node, name: Strand | None, parts: _Parts) -> tuple[Strand | None, _Parts]:
    """A heading with labels behind it in its line: 1.科技创新大赛，承办单位：市科协。"""
    whole = name
    if node.line is not None and node.marker is not None:
        line = node.line.sub(node.marker.length)
        if "。" not in line.norm.rstrip("。"):
            whole = line
    found = [p for p in labels.pairs(whole) if p.field in _OWN] if whole is not None else []
    if whole is None or not found or not 2 <= found[0].start <= 40:
        return name, parts
    lead = whole.sub(0, len(whole.norm[: found[0].start].rstrip("，；、 （")))
    if not lead or pattern(r"[，。；：]").search(lead.norm) or whole.norm[found[0].start - 1] == "（":
        return name, parts
    rest = [p for p in parts.prose if p.span()[1] <= whole.span()[0] or p.span()[0] >= whole.span()[1]]
    return lead, _Parts([(p, p.value) for p in found] + parts.pairs, rest)


_NO_BODY = 0.6
"""The confidence of a name that does not end as an organization's does (`OrgName.confidence`)."""


def _fill(
    context: Context,
    row: Activity,
    pairs: Sequence[tuple[Pair, Strand]],
    prose: list[Strand],
    kind: Kind,
    place: Place | None,
    bracket: Strand | None = None,
) -> None:
    """Organizers, dates, venues and description of an item."""
    previous: str | Place | None = place
    for pair, value in pairs:
        if pair.field == "organizer" and pair.role is not None and kind != "focus":
            made = context.organizers(value, pair.role, "organizer.label", previous=previous)
            if pair.label == pair.role == "负责":
                made = [m for m in made if m.confidence > _NO_BODY]  # 负责：王老师 is a person
            row.organizers += made
            previous = made[-1].name if made else previous
        elif pair.field == "time":
            found = held.first_period(context, value)
            if found is not None and row.starts_on is None:
                held.set_period(row, found)
        elif pair.field == "time_place":
            found = held.first_period(context, value)
            if found is not None and row.starts_on is None:
                held.set_period(row, found)
                row.venues += held.venues(held.behind_date(value, found))
        elif pair.field == "place":
            row.venues += held.venues(value)
        elif pair.field == "audience" and value:
            row.audience.append(value.value)
        elif (pair.field == "form" and value) or (pair.field == "content" and value):
            prose.append(value)
    prose, hosts = (prose, bracket) if bracket is not None else formulas.closing_bracket(prose)
    if hosts and kind != "focus":
        inside = labels.pairs(hosts)
        roles = [
            (p.role, p.value) for p in inside if p.field == "organizer" and p.role
        ] or formulas.bracketed(hosts)
        for role, who in roles:
            made = context.organizers(who, role or "", "organizer.bracket", previous=previous)
            row.organizers += made
            previous = made[-1].name if made else previous
    if prose:
        row.description = "\n".join(p.value for p in prose) or None
    if kind == "focus" or row.kind == "focus":
        return
    if not prose:
        return
    if not row.organizers:
        for strand in prose:
            stated = [
                (p.role, p.value)
                for p in labels.pairs(strand)
                if p.field == "organizer" and p.role and p.value
            ]
            got = stated or formulas.prose(strand)
            for role, who in got:
                row.organizers += context.organizers(
                    who, role, "organizer.prose", previous=previous, confidence=0.9
                )
            if not got and strand is prose[0]:
                for role, who in formulas.subject(strand, ()):
                    row.organizers += context.organizers(who, role, "organizer.subject", confidence=0.85)
    if row.starts_on is None and row.kind != "group":
        found = held.prose_period(context, prose[0])
        if found is not None:
            held.set_period(row, found)
    if not row.venues and row.kind != "group":
        row.venues = held.prose_venues(context, prose[0])


_NAMED = regex.compile(r"^[^，。；]{0,50}?(?:举办|举行|召开|开展|进行)(?P<name>[^，。；]{2,40})")


def _from_intro(context: Context, node: Node, rows: list[Activity]) -> None:
    """Dates and venues that a section's opening sentence gives to items by name: 5月18日至21日在 S7 馆举办主场活动."""
    for strand in node.strands():
        for found in context.standing(strand):
            if found.starts_on is None or found.open_start:
                continue
            rest = strand.norm[found.end :]
            match = _NAMED.match(rest)
            if match is None:
                continue
            name = "".join(match["name"].split())
            row = next(
                (r for r in rows if r.name and r.starts_on is None and "".join(r.name.split()) == name), None
            )
            if row is None:
                continue
            held.set_period(row, found)
            at = pattern(r"^\s*在(?P<v>[^，。；]{2,40}?)(?:举办|举行|召开|开展|进行)").match(rest)
            if at and not row.venues:
                row.venues = held.venues(strand.sub(found.end + at.start("v"), found.end + at.end("v")))
