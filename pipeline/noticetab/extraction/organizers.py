"""Organizations of the event as a whole, in roles: labelled lines, headings, prose (docs/record.md, rule 8)."""

from __future__ import annotations

from collections.abc import Iterator

from noticetab import rules
from noticetab.extraction import formulas, holders, labels
from noticetab.extraction.context import Context
from noticetab.extraction.labels import LabelRules
from noticetab.normalize import places
from noticetab.patterns import pattern
from noticetab.record import Event, Organizer
from noticetab.segment.outline import Node
from noticetab.segment.strand import Strand
from noticetab.segment.table import Table


@rules.cached
def _role_headings() -> dict[str, str]:
    r = rules.load("labels", LabelRules).roles
    named = {w + u: r.same.get(w, w) for w in r.words for u in r.units}
    return named | {w: r.same.get(w, w) for w in r.alone}


def heading_role(heading: str) -> str | None:
    """The role that a heading such as 主办单位 or 活动主办单位 gives to the names below it."""
    roles = _role_headings()
    if heading == "组织机构":  # how the event is organized: the lines below name the roles
        return None
    return roles.get(heading) or roles.get(pattern(r"^(?:活动|大赛|竞赛|本次活动)").sub("", heading))


def of_event(context: Context, events: list[Event]) -> list[Organizer]:
    """The organizations of the event as a whole, and the members of its committee."""
    rows: list[Organizer] = []
    previous: str | None = None
    items = holders.items(context)
    nodes = [
        n
        for unit, n in context.doc.nodes()
        if not unit.form and id(n) not in items and not _activity_bound(n)
    ]
    nodes = [n for n in nodes if n.role not in ("activity", "focus") or not holders.spoken_parts(n)]
    for node in nodes:
        heading = heading_role(node.title)
        strands = list(node.strands())
        at = 0
        while at < len(strands):
            strand = strands[at]
            pairs = [p for p in labels.pairs(strand) if p.field == "organizer"]
            used = 0
            if pairs:
                for pair in pairs:
                    value, extra = pair.value, 0
                    if pair is pairs[-1]:
                        value, extra = labels.continued(strands, at, pair)
                    used = max(used, extra)
                    made = context.organizers(
                        value,
                        pair.role or "",
                        "organizer.label",
                        previous=previous,
                        members=pair.role == "成员",
                    )
                    rows += made
                    previous = made[-1].name if made else previous
            elif heading and formulas.all_orgs(
                strand.sub(0, len(strand.norm.rstrip("。；")))
                if strand.norm.rstrip()[-1:] in "。；"
                else strand
            ):
                value = strand.sub(0, len(strand.norm.rstrip("。； ")))
                rows += context.organizers(
                    value, heading, "organizer.heading", previous=previous, members=heading == "成员"
                )
            at += 1 + used
        for table in node.grids:
            rows += _in_table(context, table)
    about = [x for e in events for x in (e.name, e.series or "") if x]
    about += [pattern(r"(?:19|20)\d\d年").sub("", a) for a in list(about)]
    # The body may leave out the place that the title puts before the event's name.
    about += [bare for a in list(about) if len(bare := a[places.prefix(a).end :]) >= _OWN_NAME]
    for node in nodes:
        if node.role in ("requirements", "contact", "report", "scope", "focus") or _below(
            node, ("requirements", "focus", "scope")
        ):
            continue
        for strand in node.strands():
            norm = "".join(strand.norm.split())
            if not any(w in norm for w in ("办", "开展", "举行", "召开", "支持")):
                continue
            whole = "".join(strand.norm.split()) + (
                node.heading.compact.norm if node.heading is not None else ""
            )
            for sentence in _sentences(strand):
                mentions = (
                    not about
                    or any(a in whole for a in about)
                    or node.role in ("organizers", "leadership", "time_theme")
                )
                got = formulas.prose(sentence) if mentions else []
                stated = {role for role, _ in got}
                got += [(role, who) for role, who in formulas.subject(sentence, about) if role not in stated]
                for role, who in got:
                    if role in ("组织", "牵头") and not mentions:
                        continue
                    rows += context.organizers(who, role, "organizer.prose", confidence=0.9)
    return _unique(rows)


def _in_table(context: Context, table: Table) -> Iterator[Organizer]:
    """The hosts that a table names below their roles, and nothing else (主办单位 | 承办单位)."""
    columns = [column for column in table.columns if column is not None and column.name != "serial"]
    if len(columns) < 2 or any(column.name != "organizers" for column in columns):
        return
    for at, cells in enumerate(table.rows):
        for number, (column, cell) in enumerate(zip(table.columns, cells, strict=True)):
            if column is not None and column.role and cell and number not in table.inherited[at]:
                yield from context.organizers(cell, column.role, "organizer.table")


_OWN_NAME = 4
"""Characters that an event's name needs to be told from others once its place is left out."""


def _sentences(strand: Strand) -> Iterator[Strand]:
    start = 0
    for match in pattern(r"[。！？]").finditer(strand.norm):
        piece = strand.sub(start, match.end())
        if piece:
            yield piece
        start = match.end()
    if start < len(strand):
        yield strand.sub(start)


def _unique(rows: list[Organizer]) -> list[Organizer]:
    seen: set[tuple[str, str]] = set()
    kept = []
    for row in rows:
        key = (row.role, row.name)
        if key not in seen:
            seen.add(key)
            kept.append(row)
    return kept


def _activity_bound(node: Node) -> bool:
    """Whether a node is an item of a list of activities, so that its hosts are that item's."""
    at: Node | None = node
    while at is not None:
        if at.parent is not None and at.parent.role in ("activity", "focus"):
            return True
        at = at.parent
    return node.role == "activity" and bool(
        node.parent is not None and node.children == [] and labels_of(node)
    )


def labels_of(node: Node) -> bool:
    """Whether a node has lines of labels."""
    return any(labels.leading(s) for s in node.strands())


def _below(node: Node, roles: tuple[str, ...]) -> bool:
    at = node.parent
    while at is not None:
        if at.role in roles:
            return True
        at = at.parent
    return False
