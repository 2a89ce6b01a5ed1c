"""Dates: every date or period that the notice states, with the role it plays there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from noticetab import frames
from noticetab.dates import Found
from noticetab.extraction.context import Context
from noticetab.extraction.references import titles
from noticetab.frames import Setting
from noticetab.record import Activity, DateRow, Deadline, Event
from noticetab.segment.outline import Node
from noticetab.segment.strand import Strand, join


def extract(
    context: Context, events: list[Event], activities: list[Activity], deadlines: list[Deadline]
) -> list[DateRow]:
    """One row per date in headings, prose and tables; dates of cited titles and of blank forms are none."""
    rows: list[DateRow] = []
    periods = {(e.starts_on, e.ends_on) for e in events if e.starts_on is not None}
    dues = {d.evidence.start for d in deadlines}
    held_on = {(a.starts_on, a.ends_on) for a in activities if a.starts_on is not None}
    blank = {id(u) for u in context.doc.parts.units if u.form}
    seen: set[tuple[int, int]] = set()
    for unit, node in context.doc.nodes():
        if id(unit) in blank:
            continue
        strands, below = _printed(context, node)
        for strand in strands:
            cited = titles(strand.norm)
            for found in context.dates(strand):
                if _says_nothing(found) or any(a < found.start < b for a, b in cited):
                    continue
                start, end = strand.span(found.start, found.end)
                if (start, end) in seen:
                    continue
                seen.add((start, end))
                role = _role(strand, found, node, periods, start in dues, held_on)
                rule = "date.past" if role == "mentioned" and _is_past(context, found) else f"date.{role}"
                row = context.date_row(strand, found, role, rule)
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


def _printed(context: Context, node: Node) -> tuple[list[Strand], dict[int, Strand]]:
    """What is printed of an item, and of each strand joined of cells (by its id) the cell with the time.

    A date in one cell and the hours in another, or some rows below, are read as one.
    """
    strands: list[Strand] = [*node.strands()]
    below: dict[int, Strand] = {}
    if node.line is not None and node.body is None:
        strands.insert(0, node.line)
    elif node.heading is not None:
        strands.insert(0, node.heading)
    for grid in node.grids:
        for cells, times in zip(grid.rows, grid.times(), strict=True):
            timed = len(times) > 1
            if timed:
                strands.append(join(times))
                if context.doc.text[times[0].span()[1] : times[-1].span()[0]].strip():
                    below[id(strands[-1])] = times[-1]
            strands += [c for c in cells if c and not (timed and any(c is t for t in times))]
    return strands, below


def _says_nothing(found: Found) -> bool:
    """A year alone (2023年是…) is no date of anything; a span of years or 全年 is."""
    bare = found.precision == "year" and found.last is None and "全" not in found.raw
    return bare or (found.starts_on is None and found.ends_on is None)


def _is_past(context: Context, found: Found) -> bool:
    """Whether a date lies before the document's own: history, a cited document; it has nothing to be."""
    last, issued = found.ends_on or found.starts_on, context.issued_on
    return last is not None and (
        last < issued if issued is not None else context.year is not None and last.year < context.year
    )


_OWN = 1.5
"""What a frame must score to say more of a day than that an activity is held on it."""


def _role(
    strand: Strand,
    found: Found,
    node: Node,
    periods: set[tuple[dt.date, dt.date | None]],
    due: bool,
    held_on: set[tuple[dt.date, dt.date | None]],
) -> str:
    """What a date means here: its own period or limit, else the frame that speaks loudest."""
    is_period = found.ends_on is not None and found.ends_on != found.starts_on
    if due or found.open_start:
        return "window" if is_period and found.starts_on is not None else "deadline"
    if (found.starts_on, found.ends_on) in periods and found.ends_on is not None:
        return "event"
    if found.precision == "year":
        return "mentioned"
    choice = frames.choose(
        "dates",
        Setting(
            strand.norm,
            found.start,
            found.end,
            "open" if found.open_end else "period" if is_period else "day",
            list(_headings(node)),
        ),
    )
    held = (found.starts_on, found.ends_on) in held_on
    if choice is not None and (not held or choice.score >= _OWN):
        return choice.gives
    if (found.starts_on, found.ends_on) in periods:
        return "event"
    return "activity" if held else "mentioned"


def _headings(node: Node) -> Iterator[str]:
    """The headings above a strand of a node, nearest first."""
    at: Node | None = node
    while at is not None:
        if at.heading is not None:
            yield at.title
        at = at.parent
