"""Chronology: weekdays against the calendar, dates that cannot be, and dates in an impossible order."""

from __future__ import annotations

import datetime as dt

import regex

from noticetab.check.report import Report
from noticetab.dates import Found
from noticetab.extraction.references import titles
from noticetab.record import Event
from noticetab.segment.strand import Strand

_WEEKDAYS = "一二三四五六日"
_CERTAIN = frozenset({"title", "event", "issued_on", "doc_number"})
"""Where the year of a date without one may come from for the calendar to be asked."""


def check(report: Report) -> None:
    """Finds wrong weekdays, malformed dates, and dates whose order contradicts the paper."""
    seen: set[tuple[int, int]] = set()
    for _unit, _node, strand in report.strands():
        norm = strand.norm
        if not ("月" in norm or "日" in norm or "周" in norm or ":" in norm or "：" in norm):
            continue
        found_here = report.context.dates(strand)
        if not found_here:
            continue
        cited = titles(norm) if "《" in norm else []
        for found in found_here:
            span = strand.span(found.start, found.end)
            if span in seen or any(a < found.start < b for a, b in cited):
                continue
            seen.add(span)
            if found.weekdays:
                _check_weekdays(report, strand, found)
            if found.malformed:
                _check_form(report, strand, found)
    _check_issue(report)
    _check_deadlines(report)
    for event in report.record.events:
        _check_openings(report, event)


def _check_weekdays(report: Report, strand: Strand, found: Found) -> None:
    source = found.inferred.get("year")
    if source is not None and source not in _CERTAIN and not (source == "text" and _one_year_printed(report)):
        return
    for _at, printed, day in found.weekdays:
        if day is None or day.isoweekday() == printed:
            continue
        if source is not None and _fits_another_year(report, day, printed):
            continue  # the year was inferred, and the next one is as likely
        report.add(
            "date.weekday",
            strand.span(found.start, found.end),
            day=f"{day.year}年{day.month}月{day.day}日",
            day_en=day.isoformat(),
            right=f"星期{_WEEKDAYS[day.isoweekday() - 1]}",
            right_en=day.strftime("%A"),
            printed=f"星期{_WEEKDAYS[printed - 1]}",
        )


def _fits_another_year(report: Report, day: dt.date, printed: int) -> bool:
    """Whether the weekday is that of the year before or after, and the paper is as near to that one."""
    issued = report.record.notice.issued_on
    for year in (day.year - 1, day.year + 1):
        try:
            other = day.replace(year=year)
        except ValueError:
            continue
        if other.isoweekday() == printed and issued is not None and abs((other - issued).days) <= 150:
            return True
    return False


def _one_year_printed(report: Report) -> bool:
    """Whether all dates that print their year print the same one, that of the paper."""
    years = {
        date.starts_on.year for date in report.record.dates if date.starts_on and "year" not in date.inferred
    }
    return years == {report.context.year}


_FAULTS = {
    "missing 日": "date.missing-day-sign",
    "no such day": "date.no-such-day",
    "no such month": "date.no-such-month",
}


def _check_form(report: Report, strand: Strand, found: Found) -> None:
    span = strand.span(found.start, found.end)
    for fault in (found.malformed or "").split("; "):
        if fault in _FAULTS:
            report.add(_FAULTS[fault], span)
        elif fault == "order":
            report.add("date.period-order", span)
        elif fault == "time order":
            report.add("date.time-order", span)


def _check_issue(report: Report) -> None:
    """印发日期 before 成文日期."""
    notice = report.record.notice
    if notice.issued_on is None or notice.printed_on is None or notice.printed_on >= notice.issued_on:
        return
    at, signed = notice.evidence.get("printed_on"), notice.evidence.get("issued_on")
    if at is not None and signed is not None:
        report.add("date.printed-before-issue", at, [signed])


def _check_deadlines(report: Report) -> None:
    """Something due before the day of the document."""
    notice = report.record.notice
    issued, signed = notice.issued_on, notice.evidence.get("issued_on")
    if issued is None or signed is None:
        return
    for deadline in report.record.deadlines:
        late = (issued - deadline.due_on).days
        printed_year = bool(regex.search(r"(?:19|20)\d\d\s*年", deadline.raw))
        # Without a printed year a day long past is next year's, not a contradiction.
        if 0 < late <= (365 if printed_year else 60):
            report.add("date.due-before-issue", deadline.evidence, [signed], due=deadline.due_on.isoformat())


_OPENING = regex.compile(r"启动仪式|开幕式|启动式|主场启动")


def _check_openings(report: Report, event: Event) -> None:
    """An opening on a day outside the event's own period."""
    if event.starts_on is None or event.ends_on is None or len(report.record.events) > 1:
        return
    for activity in report.record.activities:
        day = activity.starts_on
        if day is None or not activity.name or not _OPENING.search(activity.name):
            continue
        outside = not event.starts_on <= day <= event.ends_on
        if outside and abs((day - event.starts_on).days) <= 60:
            period = f"{event.starts_on.isoformat()}—{event.ends_on.isoformat()}"
            report.add(
                "date.opening-outside",
                activity.evidence,
                [event.evidence],
                day=day.isoformat(),
                period=period,
            )
