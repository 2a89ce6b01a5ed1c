"""iCalendar (RFC 5545): events, activities with dates, and deadlines with an alarm.

Notices speak of Chinese wall-clock time, so clock times carry Asia/Shanghai (UTC+8 without summer
time since 1992); a day without a clock time is an all-day entry. Entries keep their UID from run
to run, so importing a newer file brings a calendar up to date.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from noticetab.aside import aside
from noticetab.tables.frames import plain_rows

if TYPE_CHECKING:
    import pandas as pd

ZONE = "Asia/Shanghai"
ALARM_BEFORE = dt.timedelta(days=1)
"""How long before a deadline its alarm goes off."""
STAMP = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
"""DTSTAMP (when an entry was made) of notices without a date of issue: never the clock's, so that
the same tables give the same bytes."""


def write_ics(tables: Mapping[str, pd.DataFrame], path: str | Path) -> Path:
    """Write a calendar of all events, dated activities and deadlines. Raises OSError."""
    path = Path(path)
    with aside(path, encoding=None) as file:
        file.write(calendar(tables))
    return path


def calendar(tables: Mapping[str, pd.DataFrame]) -> bytes:
    """The calendar as the bytes of an .ics file."""
    from icalendar import Calendar

    found = Calendar()
    found.add("prodid", "-//noticetab//notices//ZH")
    found.add("version", "2.0")
    found.add("x-wr-calname", "通知日程")
    found.add("x-wr-timezone", ZONE)
    found.add_component(_zone())
    for entry in _entries(tables):
        found.add_component(entry)
    made: bytes = found.to_ical()
    return made


def _zone() -> Any:
    from icalendar import Timezone, TimezoneStandard

    standard = TimezoneStandard()
    standard.add("dtstart", dt.datetime(1991, 9, 15))
    standard.add("tzoffsetfrom", dt.timedelta(hours=8))
    standard.add("tzoffsetto", dt.timedelta(hours=8))
    standard.add("tzname", "CST")
    zone = Timezone()
    zone.add("tzid", ZONE)
    zone.add_component(standard)
    return zone


def _entries(tables: Mapping[str, pd.DataFrame]) -> Iterator[Any]:
    notices = {row["notice_id"]: row for row in plain_rows("notices", tables["notices"])}
    hosts: dict[str, list[str]] = {}
    for row in plain_rows("organizers", tables["organizers"]):
        if row["activity_id"]:
            hosts.setdefault(row["activity_id"], []).append(f"{row['role']}：{row['name']}")
    for row in plain_rows("events", tables["events"]):
        if row["starts_on"]:
            yield _entry(row["event_id"], row["name"], row, notices[row["notice_id"]], [], "主题活动")
    for row in plain_rows("activities", tables["activities"]):
        if row["starts_on"] and row["kind"] == "activity":
            said = [*hosts.get(row["activity_id"], []), row["description"] or ""]
            name = row["name"] or (row["description"] or "活动")[:40]
            entry = _entry(row["activity_id"], name, row, notices[row["notice_id"]], said, "活动")
            if row["venues"]:
                entry.add("location", "；".join(row["venues"]))
            yield entry
    for row in plain_rows("deadlines", tables["deadlines"]):
        yield _deadline(row, notices[row["notice_id"]])


def _entry(
    uid: str, name: str, row: dict[str, Any], notice: dict[str, Any], said: list[str], kind: str
) -> Any:
    from icalendar import Event

    entry = Event()
    entry.add("uid", f"{uid}@noticetab")
    entry.add("dtstamp", _stamp(notice))
    entry.add("summary", name)
    first, last = row["starts_on"], row["ends_on"] or row["starts_on"]
    begin, end = row.get("start_time"), row.get("end_time")
    if begin and first == last:
        start = _at(first, begin)
        entry.add("dtstart", start)
        entry.add("dtend", max(_at(last, end), start) if end else start)
    else:
        # A daily time over several days is said in words: one entry cannot hold it.
        said = [*said, f"每日{begin}" + (f"—{end}" if end else "起") if begin else ""]
        entry.add("dtstart", first)
        entry.add("dtend", max(last, first) + dt.timedelta(days=1))
        entry.add("transp", "TRANSPARENT")
    _describe(entry, notice, said, kind)
    return entry


def _deadline(row: dict[str, Any], notice: dict[str, Any]) -> Any:
    from icalendar import Alarm, Event

    entry = Event()
    entry.add("uid", f"{row['deadline_id']}@noticetab")
    entry.add("dtstamp", _stamp(notice))
    summary = "截止：" + (row["what"] or row["raw"])
    entry.add("summary", summary)
    if row["due_time"]:
        entry.add("dtstart", _at(row["due_on"], row["due_time"]))
    else:
        entry.add("dtstart", row["due_on"])
        entry.add("dtend", row["due_on"] + dt.timedelta(days=1))
        entry.add("transp", "TRANSPARENT")
    parts = [(row["who"], "责任单位"), (row["channel"], "报送渠道"), (row["raw"], "原文")]
    _describe(entry, notice, [f"{label}：{text}" for text, label in parts if text], "截止事项")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", -ALARM_BEFORE)
    entry.add_component(alarm)
    return entry


def _describe(entry: Any, notice: dict[str, Any], said: list[str], kind: str) -> None:
    source = " ".join(text for text in (notice["title"], notice["doc_number"]) if text)
    entry.add("description", "\n".join(text for text in [*said, source] if text))
    entry.add("categories", [kind])


def _stamp(notice: dict[str, Any]) -> dt.datetime:
    day = notice["issued_on"]
    return dt.datetime.combine(day, dt.time(), dt.UTC) if day else STAMP


def _at(day: dt.date, time: str) -> dt.datetime:
    """A clock time of a day in China; 24:00 is the next day's beginning."""
    from zoneinfo import ZoneInfo

    hours, minutes = map(int, time.split(":"))
    return dt.datetime.combine(day, dt.time(), ZoneInfo(ZONE)) + dt.timedelta(hours=hours, minutes=minutes)
