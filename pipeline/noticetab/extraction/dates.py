"""Dates: every date or period that the notice states, with the role it plays there."""

from __future__ import annotations

import datetime as dt

import regex

from noticetab.dates import Found
from noticetab.extraction.context import Context
from noticetab.extraction.references import titles
from noticetab.patterns import pattern
from noticetab.record import Activity, DateRow, Deadline, Event
from noticetab.segment.outline import Node
from noticetab.segment.strand import Strand, join

_ROLES = (
    ("opening", regex.compile(r"开幕|启动仪式|启动会|启动活动|首发仪式")),
    ("closing", regex.compile(r"闭幕|结束仪式")),
    ("award", regex.compile(r"颁奖|表彰")),
    ("final", regex.compile(r"决赛")),
    ("check_in", regex.compile(r"报到")),
    ("main_venue", regex.compile(r"主场|主会场|集中宣传|现场活动")),
    ("platform_open", regex.compile(r"平台|系统|网站|开通|发布")),
)


def extract(
    context: Context, events: list[Event], activities: list[Activity], deadlines: list[Deadline]
) -> list[DateRow]:
    """One row per date in headings, prose and tables; dates of cited titles and of blank forms are none."""
    rows: list[DateRow] = []
    periods = {(e.starts_on, e.ends_on) for e in events if e.starts_on is not None}
    dues = {d.evidence.start for d in deadlines}
    held = [(a.evidence, a) for a in activities if a.starts_on is not None]
    blank = {id(u) for u in context.doc.parts.units if u.form}
    seen: set[tuple[int, int]] = set()
    for unit, node in context.doc.nodes():
        if id(unit) in blank:
            continue
        strands: list[Strand] = [*node.strands()]
        below: dict[int, Strand] = {}
        if node.line is not None and node.body is None:
            strands.insert(0, node.line)
        for grid in node.grids:
            for cells, times in zip(grid.rows, grid.times(), strict=True):
                timed = len(times) > 1
                if timed:
                    strands.append(join(times))
                    between = context.doc.text[times[0].span()[1] : times[-1].span()[0]]
                    if between.strip():
                        below[id(strands[-1])] = times[-1]
                strands += [c for c in cells if c and not (timed and any(c is t for t in times))]
        for strand in strands:
            cited = titles(strand.norm)
            for found in context.dates(strand):
                # A year alone (2023年是…) is no date of anything; a span of years or 全年 is.
                bare = found.precision == "year" and found.last is None and "全" not in found.raw
                unknown = found.starts_on is None and found.ends_on is None
                if bare or unknown or any(a < found.start < b for a, b in cited):
                    continue
                start, end = strand.span(found.start, found.end)
                if (start, end) in seen:
                    continue
                seen.add((start, end))
                role = _role(strand, found, node, periods, start in dues)
                if role == "mentioned" and any(
                    a.starts_on == found.starts_on and a.ends_on == found.ends_on for _, a in held
                ):
                    role = "activity"
                row = context.date_row(strand, found, role, f"date.{role}")
                if (cell := below.get(id(strand))) is not None:
                    # The date is printed in another cell or some rows above: what is printed here is the time.
                    row.raw, row.evidence = cell.value, context.evidence(cell)
                    row.inferred = {**row.inferred, "month": "table", "day": "table"}
                rows.append(row)
    dated = context.doc.main.dated
    if dated is not None:
        rows += [
            context.date_row(dated, f, "issued", "date.issued")
            for f in context.dates(dated)[:1]
            if f.starts_on is not None
        ]
    return rows


def _role(
    strand: Strand, found: Found, node: Node, periods: set[tuple[dt.date, dt.date | None]], due: bool
) -> str:
    if due or found.open_start:
        return "deadline"
    norm = strand.norm
    after = norm[found.end : found.end + 40]
    clause = pattern(r"[。；]").split(after)[0]
    before = pattern(r"[。；，]").split(norm[max(0, found.start - 24) : found.start])[-1]
    if found.open_end and pattern(r"平台|系统|网站|网").search(clause):
        return "platform_open"
    if (found.starts_on, found.ends_on) in periods and found.ends_on is not None:
        return "event"
    near = before + pattern(r"，").split(clause)[0]
    for role, words in _ROLES[:-1]:
        if words.search(near) or (node.heading is not None and words.search(node.title)):
            return role
    if (found.starts_on, found.ends_on) in periods:
        return "event"
    return "mentioned"
