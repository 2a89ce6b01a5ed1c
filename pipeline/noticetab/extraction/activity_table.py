"""Activities that stand in a table: one row each, its columns by their heads (docs/record.md, rule 9)."""

from __future__ import annotations

import datetime as dt

from noticetab.extraction import held
from noticetab.extraction.context import Context
from noticetab.patterns import pattern
from noticetab.record import Activity
from noticetab.segment.columns import holds_events
from noticetab.segment.headings import strip_count
from noticetab.segment.markers import marker_at
from noticetab.segment.strand import Strand, join
from noticetab.segment.table import Table


def rows(context: Context, table: Table, section: str | None, parent: str | None = None) -> list[Activity]:
    """One activity per row of an activity table, and a group per heading within it."""
    names = table.all("name")
    if not names or (table.index("quota") is not None and not holds_events(table.columns)):
        return []
    main = names[0] if len(names) == 1 else _main_name(table, names)
    times = table.times()
    made: list[Activity] = []
    last: Activity | None = None
    group: Strand | None = None
    over = parent
    for at, cells in enumerate(table.rows):
        cell = cells[main]
        if cell is None or table.is_sum(at):
            continue
        if table.groups[at] is not group:
            group, over = table.groups[at], parent
            if group is not None and table.day_above(at) is None:
                made.append(_group(context, group, section, parent))
                over = made[-1].name
        row = _row(context, table, at, main, section)
        row.parent = over
        _set_period(context, row, times[at])
        if last is not None and _is_same(table, at, main):
            _add(last, row)  # one more session of the activity above, whose cells reach down
            continue
        made.append(row)
        last = row
    return made


def _group(context: Context, heading: Strand, section: str | None, parent: str | None) -> Activity:
    marker = marker_at(heading.norm)
    name, _ = strip_count(heading.sub(marker.length) if marker is not None else heading)
    return Activity(
        section=section,
        number=marker.number if marker is not None else None,
        name=name.value.rstrip("：:"),
        kind="group",
        parent=parent,
        evidence=context.evidence(heading),
        rule="activity.table-group",
        confidence=0.85,
    )


def _row(context: Context, table: Table, at: int, main: int, section: str | None) -> Activity:
    cells = table.rows[at]
    cell = cells[main]
    assert cell is not None
    row = Activity(
        section=section,
        number=_serial(table, at),
        name="".join(cell.value.split(" ")) if _wrapped(cell) else cell.value,
        kind="activity",
        evidence=context.evidence(join(table.own(at))),
        rule="activity.table",
        confidence=0.93,
    )
    description: list[Strand] = []
    for column, value in zip(table.columns, cells, strict=False):
        if column is None or value is None:
            continue
        if column.name == "organizers" or (column.name == "unit" and column.role):
            row.organizers += context.organizers(
                value,
                column.role or "主办",
                "organizer.table",
                previous=row.organizers[-1].name if row.organizers else context.place_within(cell),
            )
        elif column.name == "place":
            row.venues += held.venues(value)
        elif column.name == "audience":
            row.audience.append(value.value)
        elif column.name == "description" or (column.name == "name" and value is not cell):
            description.append(value)
    if description:
        row.description = "\n".join(d.value for d in description)
    return row


def _set_period(context: Context, row: Activity, times: list[Strand]) -> None:
    found = held.first_period(context, join(times)) if times else None
    if found is not None:
        held.set_period(row, found)


def _is_same(table: Table, at: int, main: int) -> bool:
    """Whether name and number of a row are those of the row above, whose cells reach down to it."""
    down = table.inherited[at]
    serial = table.index("serial")
    return main in down and (serial is None or serial in down or table.rows[at][serial] is None)


_UNSURE = 0.6
"""The confidence of an activity whose sessions stand apart: its period is the first one's."""


def _add(row: Activity, session: Activity) -> None:
    """Puts one more session to an activity: its places and hosts, and its day if that follows."""
    row.venues += [venue for venue in session.venues if venue not in row.venues]
    known = {(host.role, host.name) for host in row.organizers}
    row.organizers += [host for host in session.organizers if (host.role, host.name) not in known]
    row.evidence.end = max(row.evidence.end, session.evidence.end)
    mine, other = row.ends_on or row.starts_on, session.starts_on
    if other is None or (row.starts_on, row.ends_on) == (other, session.ends_on):
        return
    if mine is not None and other - mine == dt.timedelta(days=1):
        row.ends_on = session.ends_on or other
        row.end_time = session.end_time
    else:
        row.confidence = min(row.confidence, _UNSURE)


def _wrapped(cell: Strand) -> bool:
    """Whether a cell was joined of several lines: its offsets jump."""
    offsets = cell.offsets
    return any(offsets[i + 1] - offsets[i] > 1 for i in range(len(offsets) - 1))


def _main_name(table: Table, names: list[int]) -> int:
    """Of several columns that may hold the name, the one with the shorter cells."""

    def size(i: int) -> float:
        cells = [r[i] for r in table.rows if i < len(r) and r[i]]
        return sum(len(c) for c in cells if c) / max(1, len(cells))

    return min(names, key=size)


def _serial(table: Table, at: int) -> int | None:
    column = table.index("serial")
    value = table.rows[at][column] if column is not None else None
    if value is None:
        return None
    digits = pattern(r"\d{1,4}").match(value.compact.norm)
    return int(digits.group()) if digits else None
