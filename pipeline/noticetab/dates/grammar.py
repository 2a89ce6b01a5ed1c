"""Reads one date or period that begins at a given place of a text.

An expression is a point (2023年5月20日, 5月上旬, 2023-05-20), what stands at it (weekday, hours),
perhaps a connector and the end of a range, the words that make it a limit (前, 起, 截止), and how
long it lasts (为期5天). Everything is read once, left to right, with bounded looks ahead.
"""

from __future__ import annotations

import re
from dataclasses import replace

from noticetab.dates.clock import Hours, read_hours
from noticetab.dates.model import FIRST_YEAR, LAST_YEAR, PartialDate
from noticetab.dates.numerals import number
from noticetab.dates.numerals import year as year_number
from noticetab.dates.patterns import Patterns, patterns
from noticetab.dates.point import (
    WEEKDAY_NUMBERS,
    Draft,
    Reading,
    edge,
    read_bare_day,
    read_numeric,
    read_point,
    read_wordless,
    short_range,
    signed_list,
    xun,
)
from noticetab.dates.refused import masked_end, refused_before
from noticetab.dates.words import words

_CLOSING = frozenset("，。；、,;:：.!！?？)）]］】>》〉”\"'’\n\r\t| \u3000\u00a0")
"""What may follow a day that lost its 日 (5月20，). Anything else could be a count (5月20人)."""

_LAST_DAYS = tuple((28, 29) if month == 2 else (31 - (month in (4, 6, 9, 11)),) for month in range(1, 13))


def read(text: str, pos: int, before: PartialDate | None = None) -> Reading | None:
    """The expression that begins at ``pos``, or None.

    ``before`` is the item of a list that stands directly in front (5月20日、25日): a month or year
    that is not printed is taken from it.
    """
    pieces = patterns()
    lead = None
    if not text[pos : pos + 1].isdecimal():
        if at_once := pieces.at_once.match(text, pos):
            return _read_at_once(text, pos, at_once, pieces)
        lead = pieces.until_lead.match(text, pos)
    start = lead.end() if lead else pos
    draft = _read_first(text, start, before, pieces)
    if draft is None or isinstance(draft, Reading):
        return draft
    if lead:
        draft.start, draft.bound = pos, "截止"
    _read_range(draft, pieces)
    if draft.last is None and draft.half_believed:
        return None
    if draft.last is None and draft.unsigned:
        if not _settle_unsigned(draft, pieces):
            return None
        _read_at(draft, 0, pieces)
    _read_bound(draft, pieces)
    _read_duration(draft, pieces)
    if refused_before(text, pos):
        return Reading(draft.end)
    if text[draft.end - 1] in "月份" and (end := masked_end(text, draft.end)) is not None:
        return Reading(end)
    return Reading(draft.end, draft.printed())


def _read_first(text: str, pos: int, before: PartialDate | None, pieces: Patterns) -> Draft | Reading | None:
    """The point or short range that begins the expression."""
    arabic = text[pos : pos + 1].isdecimal()
    if arabic and (numeric := pieces.numeric.match(text, pos)):
        return read_numeric(text, pos, numeric, pieces)
    if arabic and (wordless := read_wordless(text, pos, pieces)) is not None:
        return wordless
    if years := pieces.year_range.match(text, pos):
        # 2021—2035年 is the name of a plan. 2014年至2016年 is a period, but in brackets a plan, too.
        bracketed = text[pos - 1 : pos] in ("(", "（") and text[years.end() : years.end() + 1] in (")", "）")
        if bracketed or years[0].count("年") < 2:
            return Reading(years.end())
    if arabic and (months := pieces.short_range.match(text, pos)):
        return short_range(text, pos, None, months, pieces)
    draft = read_point(text, pos, pieces)
    if draft is None:
        return read_bare_day(text, pos, before, pieces)
    if isinstance(draft, Draft) and before is not None:
        _take_year(draft, before)
    return draft


def _take_year(draft: Draft, before: PartialDate) -> None:
    """An item of a list has the year of the one before it: 2023年5月20日、6月3日.

    2022年12月30日和1月5日 says no year for the second.
    """
    first = draft.first
    if first is None or first.year is not None or first.word is not None or before.year is None:
        return
    if (first.month or 0, first.day or 31) >= (before.month or 0, before.day or 0):
        draft.first = replace(first, year=before.year)
        draft.inherited["year"] = "sentence"


def _read_at_once(text: str, pos: int, found: re.Match[str], pieces: Patterns) -> Reading | None:
    """即日起, 自发布之日起, and 即日起至 with an end."""
    draft = Draft(text, pos, found.end(), at_once=True, bound="起")
    connector = pieces.connector.match(text, draft.end)
    if connector is not None and _read_end(draft, connector, pieces):
        _read_bound(draft, pieces)
    elif found["now"] is not None and not found["now"].endswith("起"):
        return None  # 即日 without 起 or 至
    return Reading(draft.end, draft.printed())


# --- what stands at a point ---------------------------------------------------------------------


def _read_at(draft: Draft, last: int, pieces: Patterns) -> None:
    """Weekday, year in brackets and hours behind the point just read (``last`` is 0 or 1)."""
    text = draft.text
    if (
        draft.first is not None
        and draft.first.year is None
        and (year := pieces.bracket_year.match(text, draft.end))
    ):
        value = year_number(year["y"])
        if FIRST_YEAR <= value <= LAST_YEAR:
            draft.first = replace(draft.first, year=value)
            draft.end = year.end()
    _pass_lunar(draft, pieces)
    hours = _read_weekday(draft, last, pieces) or _read_clock(draft, pieces)
    if hours is None:
        return
    if hours.overnight and not last:
        draft.days = 2
    draft.repairs.extend(hours.faults)
    if not hours.sessions:
        return
    (start, _), (_, end) = hours.sessions[0], hours.sessions[-1]
    if not last or end is not None:
        draft.start_time, draft.end_time, draft.hours = start, end, hours.sessions
    else:  # one time behind a range is that of its last day
        draft.end_time, draft.hours = start, ()


def _pass_lunar(draft: Draft, pieces: Patterns) -> None:
    """（农历四月十八） between a day and what goes on with it is the same day once more."""
    lunar = pieces.lunar.match(draft.text, draft.end)
    if lunar is None:
        return
    following = (pieces.weekday, pieces.connector, pieces.tail)
    hours = pieces.clock_start.match(draft.text, lunar.end())
    if any(part.match(draft.text, lunar.end()) for part in following) or (
        hours is not None and read_hours(draft.text, hours.end(), pieces) is not None
    ):
        draft.end = lunar.end()


def _read_weekday(draft: Draft, last: int, pieces: Patterns) -> Hours | None:
    """（星期六）, 周六, （周六、周日）, （周六上午9:00）; the hours inside or behind it, if any."""
    text = draft.text
    found = pieces.weekday.match(text, draft.end)
    if found is None:
        return None
    end, hours = found.end(), None
    if found["open"]:
        if (clock := pieces.clock_start.match(text, end)) and not clock["open"]:
            hours = read_hours(text, clock.end(), pieces)
            end = hours.end if hours else end
        while text[end : end + 1] in (" ", "\u3000"):
            end += 1
        if text[end : end + 1] not in (")", "）", "]", "］"):
            return None
        end += 1
    draft.end = end
    # One bracket behind a range may hold the weekdays of both its ends.
    if found["w2"]:
        draft.paired_weekdays = True
        draft.weekdays = [
            (found.start("w1"), WEEKDAY_NUMBERS[found["w1"]], 0),
            (found.start("w2"), WEEKDAY_NUMBERS[found["w2"]], 1),
        ]
    else:
        draft.weekdays.append((found.start("w1"), WEEKDAY_NUMBERS[found["w1"]], last))
    return hours or _read_clock(draft, pieces)


def _read_clock(draft: Draft, pieces: Patterns) -> Hours | None:
    """Hours directly behind, after a blank or comma, or in brackets."""
    text = draft.text
    start = pieces.clock_start.match(text, draft.end)
    hours = read_hours(text, start.end(), pieces) if start else None
    if start is None or hours is None:
        return None
    end = hours.end
    if start["open"]:
        if text[end : end + 1] not in (")", "）"):
            return None
        end += 1
    elif not hours.sessions and start.end() > draft.end:
        return None  # a part of the day without a time belongs to the date only where it touches it
    draft.end = end
    return hours


# --- ranges ---------------------------------------------------------------------------------------


def _read_range(draft: Draft, pieces: Patterns) -> None:
    """The end of the range, if there is one, and what stands at both ends."""
    if not draft.unsigned:
        _read_at(draft, 0, pieces)
    if draft.last is not None or draft.week is not None:
        return
    connector = pieces.connector.match(draft.text, draft.end)
    if connector is not None and _read_end(draft, connector, pieces):
        return
    _read_row(draft, pieces)


def _read_end(draft: Draft, connector: re.Match[str], pieces: Patterns) -> bool:
    """The point behind ``connector``; False, with nothing changed, if there is none."""
    first = draft.first
    other = read_point(draft.text, connector.end(), pieces) or _numeric_point(draft, connector.end(), pieces)
    if other is None:
        return _read_end_part(draft, connector.end(), pieces)
    if isinstance(other, Reading) or other.first is None or other.week is not None:
        return False
    if other.unsigned and not _closed(draft.text, other.end) and not _month_alone(other, pieces):
        return False
    last = other.last or other.first
    if first is not None and last.year is None and first == PartialDate(first.year, word=first.word):
        return False  # 2023年至5月
    if other.unsigned or draft.unsigned:
        draft.repairs.append("missing 日")
    _set_end(draft, last, other.end, pieces)
    return True


def _numeric_point(draft: Draft, pos: int, pieces: Patterns) -> Draft | Reading | None:
    """2023-05-21 as the end of a range whose start has its hours: 2023-05-20 09:30至2023-05-21 17:00."""
    numeric = pieces.numeric.match(draft.text, pos)
    if numeric is None or draft.first is None or draft.first.year is None:
        return None
    return read_numeric(draft.text, pos, numeric, pieces)


def _read_end_part(draft: Draft, pos: int, pieces: Patterns) -> bool:
    """The end of a range that leaves its month out: 20日, 下旬, 月底."""
    text, first = draft.text, draft.first
    part = pieces.end_part.match(text, pos)
    if part is None or first is None or (first.month is None and first.day is None):
        return False
    word = first.word if first.word in words().months else None
    if part["xun"]:
        last = PartialDate(month=first.month, xun=xun(part["xun"])[1], word=word)
    elif part["edge"]:
        last = PartialDate(month=first.month, edge=edge(part["edge"]), word=word)
    elif first.day is None and not (first.xun or first.edge):
        return False  # 5月至20日
    else:
        last = PartialDate(month=first.month, day=number(part["d"]), word=word)
        if part["sign"] is None:
            later = (first.day or 99) < (last.day or 0) <= 31
            if not later or not _closed(text, part.end()):
                return False
            draft.repairs.append("missing 日")
    if first.month is not None:
        draft.inherited["month"] = "sentence"
    _set_end(draft, last, part.end(), pieces)
    return True


def _set_end(draft: Draft, last: PartialDate, end: int, pieces: Patterns) -> None:
    draft.last, draft.end, draft.unsigned = last, end, False
    _share_year(draft)
    _read_at(draft, 1, pieces)


def _share_year(draft: Draft) -> None:
    """The start takes a year printed at the end only (5月20日至2023年6月3日)."""
    first, last = draft.first, draft.last
    if first is None or last is None or first.word or first.year is not None or last.year is None:
        return
    after = (first.month or 0, first.day or 0) > (last.month or 12, last.day or 31)
    draft.first = replace(first, year=last.year - after)
    draft.inherited["year"] = "sentence"


def _read_row(draft: Draft, pieces: Patterns) -> None:
    """Consecutive days with 、 between them are a period: 5月22、23日, 5月16日、5月17日."""
    text, first = draft.text, draft.first
    if first is None or first.day is None or draft.start_time is not None:
        return
    month, day = first.month, first.day
    end, weekdays = draft.end, draft.weekdays[:]
    settled: tuple[int, PartialDate] | None = None
    printed_month = False
    for _ in range(31):
        comma = pieces.comma.match(text, end)
        if comma is None or comma["sign"] != "、":
            break
        item = pieces.row_item.match(text, comma.end())
        if item is None:
            break
        next_month = number(item["m"]) if item["m"] else month
        next_day = number(item["d"])
        follows = next_month == month and next_day == day + 1
        if month is not None and item["m"] and next_day == 1 and day in _LAST_DAYS[(month - 1) % 12]:
            follows = next_month == month % 12 + 1
        if not follows:
            break
        month, day, end = next_month, next_day, item.end()
        printed_month = printed_month or item["m"] is not None
        if item["sign"]:
            settled = (end, PartialDate(month=month, day=day))
            found = pieces.weekday.match(text, end)
            if (
                found
                and found["open"]
                and not found["w2"]
                and text[found.end() : found.end() + 1] in (")", "）")
            ):
                weekdays.append((found.start("w1"), WEEKDAY_NUMBERS[found["w1"]], 1))
                end = found.end() + 1
                settled = (end, settled[1])
    if settled is None:
        return
    draft.end, draft.last = settled
    draft.unsigned = False
    draft.weekdays = weekdays
    if month is not None and not printed_month:
        draft.inherited["month"] = "sentence"
    _read_at(draft, 1, pieces)


def _closed(text: str, pos: int) -> bool:
    """Whether nothing that could be counted follows."""
    if pos >= len(text) or text[pos] in words().after_day:
        return True
    return text[pos] in _CLOSING and not (text[pos] in ":：." and text[pos + 1 : pos + 2].isdecimal())


def _settle_unsigned(draft: Draft, pieces: Patterns) -> bool:
    """A day without 日 and without a range: repaired where nothing else can be meant.

    False if the text is too damaged to be read at all (6 月 5 5 日).
    """
    text, first = draft.text, draft.first
    if first is None or first.day is None:
        return False
    comma = pieces.comma.match(text, draft.end)
    if comma and comma["sign"] == "、" and signed_list(text, comma.end(), pieces):
        draft.unsigned = False  # 5月20、25日: the sign stands behind the last day of the list
        return True
    sign = text.rfind("月", draft.start, draft.end)
    glued = not text[sign + 1 : sign + 2].isspace() and _closed(text, draft.end)
    if glued and 1 <= first.day <= 31:
        draft.repairs.append("missing 日")
        draft.unsigned = False
        return True
    return _month_alone(draft, pieces)


def _month_alone(draft: Draft, pieces: Patterns) -> bool:
    """Takes the number behind a month for a count (5月20人) or a time (5月9:00), if it can be one."""
    text, first = draft.text, draft.first
    more = pieces.connector.match(text, draft.end) or pieces.blanks.match(text, draft.end)
    if first is None or (more is not None and text[more.end() : more.end() + 1].isdecimal()):
        return False
    named = (
        first.year is not None or first.word is not None or text[draft.start : draft.start + 1].isdecimal()
    )
    if not named or first.month is None or not 1 <= first.month <= 12:
        return False  # as the month would not be believed alone
    draft.first = replace(first, day=None)
    draft.end = text.rfind("月", draft.start, draft.end) + 1
    draft.unsigned = False
    return True


# --- limits ---------------------------------------------------------------------------------------


def _read_bound(draft: Draft, pieces: Patterns) -> None:
    """前, 起, 以后, 截止, 前后 behind the expression."""
    tail = pieces.tail.match(draft.text, draft.end)
    if tail is None:
        _read_bound_behind_bracket(draft, pieces)
        return
    if tail["around"]:
        draft.approximate = True
    elif tail["before"]:
        draft.bound = draft.bound or "前"  # 截止到6月20日前
    elif tail["from"] or tail["after"]:
        if draft.bound or (tail["from"] and draft.last is not None):
            return
        draft.bound = "起" if tail["from"] else "后"
    else:
        draft.bound = "截止"
    draft.end = tail.end()


def _read_bound_behind_bracket(draft: Draft, pieces: Patterns) -> None:
    """四月初一（5月8日）前: the limit is said of the bracket; the words of the date end inside it."""
    text = draft.text
    if text[draft.start - 1 : draft.start] not in ("(", "（") or text[draft.end : draft.end + 1] not in (
        ")",
        "）",
    ):
        return
    tail = pieces.tail.match(text, draft.end + 1)
    if tail is not None and (tail["before"] or tail["until"]):
        draft.bound = draft.bound or "前"


def _read_duration(draft: Draft, pieces: Patterns) -> None:
    """为期N天 behind the expression."""
    found = pieces.duration.match(draft.text, draft.end)
    if found is None or draft.bound in ("前", "后", "截止"):
        return
    bracket = found["open"] in ("(", "（")
    if bracket != (found["close"] is not None):
        return
    draft.days = number(found["n"]) * words().units[found["unit"]]
    draft.end = found.end()
