"""Works out the days of an expression, from what is printed and an anchor."""

from __future__ import annotations

import calendar
import datetime as dt

from noticetab.dates.model import FIRST_YEAR, LAST_YEAR, Anchor, PartialDate, Precision, Printed
from noticetab.dates.words import words

ROLLOVER_DAYS = 200
"""The longest period that is taken to run over the turn of a year when its end is printed without
one. 12月25日至1月5日 and 11月至3月 do; 6月3日至5月27日 is a mistake, not 51 weeks."""

_SOME_LEAP_YEAR = 2000
"""Stands in for an unknown year, so that order and days can be checked all the same."""

_COARSENESS: dict[Precision, int] = {"day": 0, "xun": 1, "month": 2, "year": 3}


def weekdays(
    printed: Printed, starts_on: dt.date | None, ends_on: dt.date | None
) -> tuple[tuple[int, int, dt.date | None], ...]:
    """Each printed weekday with its day.

    （周一至周五） behind a period of more than a week says on which days of every week it is, and
    so does （周六、周日）: these are no statement about its ends.
    """
    if printed.paired_weekdays and starts_on and ends_on and (ends_on - starts_on).days >= 7:
        return ()
    return tuple((at, day, ends_on if end else starts_on) for at, day, end in printed.weekdays)


def with_year(printed: Printed, ends_on: dt.date | None) -> PartialDate | None:
    """The end of the range with the year that its start prints."""
    first, last = printed.first, printed.last
    if last is None or first is None or first.year is None or last.year is not None:
        return last
    return last.within(first.year if ends_on is None else ends_on.year, last.month)


def precision(printed: Printed) -> Precision:
    """The coarser of the two ends; an ordinal week or weekday is meant as days."""
    if printed.week is not None:
        return "day"
    ends = [end.precision for end in (printed.first, printed.last) if end is not None]
    return max(ends, key=_COARSENESS.__getitem__, default="day")


def days(
    printed: Printed, anchor: Anchor, inferred: dict[str, str], faults: list[str]
) -> tuple[dt.date | None, dt.date | None]:
    """The first and last day meant, adding to ``inferred`` and ``faults`` what was met on the way."""
    limit = printed.bound in ("前", "截止")
    first = None if printed.first is None else _complete(printed.first, anchor, inferred, limit)
    start: dt.date | None = None
    end: dt.date | None = None
    known = first is None or first.year is not None
    if printed.at_once and anchor.issued_on is not None:
        start = anchor.issued_on
        inferred["start"] = "issued_on"
    if first is not None:
        first = first if known else first.within(_SOME_LEAP_YEAR, first.month)
        if printed.week is not None:
            start = _nth_weekday(first, printed.week, printed.weekday)
        else:
            start, end = _edges(first, faults)
    if printed.last is not None:
        last = _complete_end(printed.last, first, start, anchor, inferred)
        if last.year is None:
            return start if known else None, None
        _, end = _edges(last, faults)
        if start is not None and end is not None and end < start:
            faults.append("order")
            end = None
    elif first is None or first.precision == "day" or printed.week is not None:
        end = None
    return (start, end) if known else (None, None)


def _complete(
    date: PartialDate, anchor: Anchor, inferred: dict[str, str], limit: bool = False
) -> PartialDate:
    """``date`` with its year and month, where the print or the anchor gives them."""
    year, month = date.year, date.month
    if year is None and date.word is not None:
        year, month = _by_word(date, anchor, inferred, limit)
    elif year is None and anchor.year is not None:
        year = anchor.year
        inferred["year"] = anchor.source
    if month is None and date.day is not None and date.word is None and anchor.month is not None:
        month = anchor.month
        inferred["month"] = anchor.source
    return date.within(_sane(year), month)


def _sane(year: int | None) -> int | None:
    return year if year is not None and FIRST_YEAR <= year <= LAST_YEAR else None


def _by_word(
    date: PartialDate, anchor: Anchor, inferred: dict[str, str], limit: bool = False
) -> tuple[int | None, int | None]:
    """Year and month of a date with a word in the place of a number (明年, 本月, 23年).

    次年 and 当年 refer to a year somewhere above, which is not guessed; of a ``limit`` (次年1月10日前) it is
    that of the document, which is the only one that somebody could still keep.
    """
    word, issued = date.word or "", anchor.issued_on
    base, source = (anchor.year, anchor.source) if issued is None else (issued.year, "issued_on")
    if word in words().months:
        if issued is None:
            return None, None
        later = issued.month - 1 + words().months[word]
        inferred["year"] = inferred["month"] = "issued_on"
        return issued.year + later // 12, later % 12 + 1
    if base is None:
        return None, date.month
    if word in words().following_years and not limit:
        return None, date.month
    inferred["year"] = source
    if word in words().years:
        return base + words().years[word], date.month
    short = int(word[:2])  # the year nearest to the base that ends in these two digits
    return base + (short - base + 50) % 100 - 50, date.month


def _complete_end(
    last: PartialDate,
    first: PartialDate | None,
    start: dt.date | None,
    anchor: Anchor,
    inferred: dict[str, str],
) -> PartialDate:
    """The end of a range with the year of its start, or the next one (12月25日至1月5日)."""
    if last.year is not None:
        return last
    if last.word is not None:
        if first is not None and first.year is not None and last.word in words().following_years:
            inferred["end_year"] = "sentence"
            return last.within(_sane(first.year + words().years[last.word]), last.month)
        year, month = _by_word(last, anchor, {})
        if year is not None:
            inferred["end_year"] = "issued_on" if anchor.issued_on else anchor.source
        return last.within(_sane(year), month)
    if first is None:  # 即日起至: the first such day from the day of the document on
        year = anchor.year if start is None else start.year
        if year is not None:
            inferred["year"] = anchor.source if start is None else "issued_on"
    else:
        year = first.year
    month = last.month
    if month is None and last.day is not None:
        month = first.month if first is not None else anchor.month
    year = _sane(year)
    last = last.within(year, month)
    if start is None or year is None:
        return last
    end = _edges(last, [])[1]
    if end is not None and end >= start:
        return last
    next_year = last.within(year + 1, month)  # 29 February may be in it only
    later = _edges(next_year, [])[1]
    if later is not None and (later - start).days <= ROLLOVER_DAYS:
        inferred["end_year"] = "rollover"
        return next_year
    return last


def _edges(date: PartialDate, faults: list[str]) -> tuple[dt.date | None, dt.date | None]:
    """First and last day of ``date``; None with a fault where the calendar has no such day."""
    year, month = date.year, date.month
    if year is None or (month is None and date.day is not None):
        return None, None
    if month is None:
        first_month = 12 if date.edge == "底" else 1
        last_month = 1 if date.edge == "初" else 12
        return dt.date(year, first_month, 1), dt.date(year, last_month, 31)
    if not 1 <= month <= 12:
        faults.append("no such month")
        return None, None
    if date.day is not None:
        try:
            day = dt.date(year, month, date.day)
        except ValueError:
            faults.append("no such day")
            return None, None
        return day, day
    length = calendar.monthrange(year, month)[1]
    part = date.xun or {"初": "上", "底": "下", None: None}[date.edge]
    low, high = {"上": (1, 10), "中": (11, 20), "下": (21, length), None: (1, length)}[part]
    return dt.date(year, month, low), dt.date(year, month, high)


def _nth_weekday(date: PartialDate, nth: int, weekday: int | None) -> dt.date | None:
    """The ``nth`` ``weekday`` of the month. An ordinal week has no certain days, so it is None."""
    if date.year is None or date.month is None or weekday is None or not 1 <= date.month <= 12:
        return None
    first, length = calendar.monthrange(date.year, date.month)
    day = 1 + (weekday - 1 - first) % 7 + 7 * (nth - 1)
    return dt.date(date.year, date.month, day) if day <= length else None
