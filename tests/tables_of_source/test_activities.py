"""Tables of activities of eight kinds, right in all three formats; nothing in them signs the notice."""

from __future__ import annotations

from pathlib import Path

import pytest

import noticetab
from noticetab.record import Activity

from .activities import ACTIVITIES, HEADING, Row
from .declared import FORMATS, notice

CASES = [
    pytest.param(declaration, rows, id=f"{kind}-{number}")
    for kind, tables in ACTIVITIES.items()
    for number, (declaration, rows) in enumerate(tables, 1)
]


def as_row(activity: Activity) -> Row:
    """An activity as the declarations state it."""
    days = (activity.starts_on, activity.ends_on)
    assert all(day is None or (day.year, day.month) == (2031, 5) for day in days)
    return (
        activity.number,
        activity.name or "",
        activity.kind,
        activity.parent,
        *(day.day if day else None for day in days),
        tuple(str(x)[:5] for x in (activity.start_time, activity.end_time) if x),
        activity.venues,
        [(host.role, host.raw) for host in activity.organizers],
    )


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize(("declaration", "rows"), CASES)
def test_rows_of_a_drawn_table(declaration: str, rows: list[Row], kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"notice.{kind}"
    path.write_bytes(notice(declaration, HEADING, kind))
    record = noticetab.extract(path)
    assert [as_row(activity) for activity in record.activities] == rows
    assert {activity.section for activity in record.activities} == {"活动安排"}
    assert record.notice.issuers == ["泰安市科学技术局"]
