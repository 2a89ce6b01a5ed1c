"""Reads one date or period that begins at a given place of a text.

An expression is a point (2023年5月20日, 5月上旬, 2023-05-20), what stands at it (weekday, hours),
perhaps a connector and the end of a range, the words that make it a limit (前, 起, 截止), and how
long it lasts (为期5天). Everything is read once, left to right, with bounded looks ahead.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

import regex

from noticetab.dates.clock import Hours, read_hours
from noticetab.dates.model import FIRST_YEAR, LAST_YEAR, Bound, PartialDate, Printed, Xun
from noticetab.dates.numerals import number
from noticetab.dates.numerals import year as year_number
from noticetab.dates.patterns import WEEKDAYS, Patterns, patterns
from noticetab.dates.refused import masked_end, refused_before
from noticetab.dates.words import words

_CLOSING = frozenset("，。；、,;:：.!！?？)）]］】>》〉”\"'’\n\r\t| \u3000\u00a0")
"""What may follow a day that lost its 日 (5月20，). Anything else could be a count (5月20人)."""

_WEEKDAY_NUMBERS = {char: min(index, 6) + 1 for index, char in enumerate(WEEKDAYS)}
_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(slots=True)
class Draft:
    """An expression while it is read; ``end`` moves on."""

    text: str
    start: int
    end: int
    first: PartialDate | None = None
    last: PartialDate | None = None
    start_time: str | None = None
    end_time: str | None = None
    hours: tuple[tuple[str, str | None], ...] = ()
    bound: Bound | None = None
    approximate: bool = False
    at_once: bool = False
    weekdays: list[tuple[int, int, int]] = field(default_factory=list)
    repairs: list[str] = field(default_factory=list)
    inherited: dict[str, str] = field(default_factory=dict)
    days: int | None = None
    week: int | None = None
    weekday: int | None = None
    unsigned: bool = False
    """The first day stands without 日 (5月14至20日)."""

    def printed(self) -> Printed:
        """The finished expression."""
        edges = [date for date in (self.first, self.last) if date is not None]
        return Printed(
            self.start,
            self.end,
            self.first,
            self.last,
            self.start_time,
            self.end_time,
            self.hours,
            self.bound,
            self.approximate or any(date.edge for date in edges),
            self.at_once,
            tuple(self.weekdays),
            tuple(dict.fromkeys(self.repairs)),
            tuple(self.inherited.items()),
            self.days,
            self.week,
            self.weekday,
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """What stands at a place: an expression, or None for text that is refused up to ``end``."""

    end: int
    printed: Printed | None = None


def read(text: str, pos: int, before: PartialDate | None = None) -> Reading | None:
    """The expression that begins at ``pos``, or None.

    ``before`` is the item of a list that stands directly in front (5月20日、25日): a month or year
    that is not printed is taken from it.
    """
    pieces = patterns()
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
    if draft.unsigned and draft.last is None and not _settle_unsigned(draft, pieces):
        return None
    _read_bound(draft, pieces)
    _read_duration(draft, pieces)
    if refused_before(text, pos):
        return Reading(draft.end)
    if (end := masked_end(text, draft.end)) is not None:
        return Reading(end)
    return Reading(draft.end, draft.printed())


def _read_first(text: str, pos: int, before: PartialDate | None, pieces: Patterns) -> Draft | Reading | None:
    """The point that begins the expression, with what stands at it."""
    if numeric := pieces.numeric.match(text, pos):
        return _read_numeric(text, pos, numeric, pieces)
    if years := pieces.year_range.match(text, pos):
        # 2021—2035年 is the name of a plan. 2014年至2016年 is a period, but in brackets a plan, too.
        bracketed = text[pos - 1 : pos] in ("(", "（") and text[years.end() : years.end() + 1] in (")", "）")
        if bracketed or years[0].count("年") < 2:
            return Reading(years.end())
    if months := pieces.short_range.match(text, pos):
        return _short_range(text, pos, None, months, pieces)
    point = pieces.point.match(text, pos)
    if point is None:
        return _read_bare_day(text, pos, before, pieces)
    draft = Draft(text, pos, point.end())
    year = _year(point)
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        return Reading(point.end())
    if point["m"] is None and point["mw"] is None:
        return _read_year(draft, point, year, pieces)
    _read_month(draft, point, year)
    if draft.first is None:
        return None
    first = draft.first
    if before is not None and first.year is None and first.word is None and before.year is not None:
        # 2022年12月30日和1月5日 says no year for the second.
        later = (first.month or 0, first.day or 31) >= (before.month or 0, before.day or 0)
        if later:
            draft.first = replace(first, year=before.year)
            draft.inherited["year"] = "sentence"
    return draft


def _year(point: regex.Match[str]) -> int | None:
    printed = point["y"] or point["by"]
    return year_number(printed) if printed else None


def _read_year(
    draft: Draft, point: regex.Match[str], year: int | None, pieces: Patterns
) -> Draft | Reading | None:
    """A year, or a part of one that is no month (上半年, 年底)."""
    word = point["yw"]
    if span := point["span"] or point["aspan"]:
        low, high = words().spans[span]
        draft.first = PartialDate(year, low, word=word)
        draft.last = PartialDate(year, high, word=word)
    elif edge := point["ye"] or point["aye"]:
        draft.first = PartialDate(year, edge=_edge(edge), word=word)
    elif point["whole"] or point["awhole"]:
        draft.first = PartialDate(year, word=word)
    elif word or year is None:
        return None  # 今年 alone says nothing that could be a row
    else:
        if (end := masked_end(draft.text, draft.end, after_year=True)) is not None:
            return Reading(end)
        if months := pieces.short_range.match(draft.text, draft.end):
            return _short_range(draft.text, draft.start, year, months, pieces)
        draft.first = PartialDate(year)
    return draft


def _edge(word: str) -> Literal["初", "底"]:
    return "初" if word in words().begin else "底"


def _xun(word: str) -> tuple[Xun, Xun]:
    first, last = words().xun[word]
    return first, last


def _read_month(draft: Draft, point: regex.Match[str], year: int | None, *, joined: bool = False) -> None:
    """A month with a day or a part of it. Leaves ``first`` None if the text is none after all."""
    word = point["mw"] or point["yw"] or (point["yy"] and point["yy"] + "年")
    month = None if point["mw"] else number(point["m"])
    date = PartialDate(year, month, word=word)
    day = point["d"] or point["dd"]
    if day is not None:
        draft.first = replace(date, day=number(day))
        draft.unsigned = point["d"] is None
        return
    if point["mw"]:
        if point["e"]:
            draft.first = replace(date, edge=_edge(point["e"]))
        return
    if x := point["x"]:
        low, high = _xun(x)
        draft.first = replace(date, xun=low)
        if high != low:
            draft.last = replace(date, xun=high)
    elif point["e"]:
        draft.first = replace(date, edge=_edge(point["e"]))
    elif week := point["week"] or point["week2"]:
        draft.first, draft.week = date, number(week)
        draft.weekday = _WEEKDAY_NUMBERS[point["wd"]] if point["wd"] else None
    elif (
        year is None and not point["fen"] and not point["m"][0].isdecimal() and not (joined or _joined(draft))
    ):
        return  # 十月 alone is as often a name (十月革命) as a month
    elif month is not None and not 1 <= month <= 12 and year is None:
        return  # 13月 is a number of something
    else:
        draft.first = date


def _joined(draft: Draft) -> bool:
    """Whether a connector stands behind or before a bare Chinese month (四月至六月)."""
    after = patterns().connector.match(draft.text, draft.end)
    return after is not None and patterns().point.match(draft.text, after.end()) is not None


def _short_range(
    text: str, start: int, year: int | None, months: regex.Match[str], pieces: Patterns
) -> Draft | Reading | None:
    """5-6月, 2023年5—6月."""
    if pieces.bare_day.match(text, months.end()) and text[months.end()].isdecimal():
        return Reading(months.end())  # 5-6月20日 can be read in two ways
    draft = Draft(text, start, months.end())
    low, high = number(months["low"]), number(months["high"])
    if not (1 <= low <= 12 and 1 <= high <= 12):
        return Reading(months.end())
    draft.first, draft.last = PartialDate(year, low), PartialDate(year if high >= low else None, high)
    return draft


def _read_bare_day(text: str, pos: int, before: PartialDate | None, pieces: Patterns) -> Draft | None:
    """A day without its month: in a list, or where a range, weekday or time shows that it is one."""
    day = pieces.bare_day.match(text, pos)
    if day is None or day["du"] is None:
        return None
    value = number(day["d"])
    if before is not None and before.day is not None and value > before.day:
        draft = Draft(text, pos, day.end(), replace(before, day=value))
        draft.inherited["month"] = "sentence"
        if before.year is not None:
            draft.inherited["year"] = "sentence"
        return draft
    if not day["d"][0].isdecimal():
        return None
    connector = pieces.connector.match(text, day.end())
    other = pieces.bare_day.match(text, connector.end()) if connector else None
    if other is None or other["du"] is None:
        weekday = pieces.weekday.match(text, day.end())
        if weekday is None or weekday["open"] is None:
            return None
    return Draft(text, pos, day.end(), PartialDate(day=value))


def _read_numeric(text: str, pos: int, point: regex.Match[str], pieces: Patterns) -> Draft | Reading | None:
    """2023-05-20, 2023.5.20-5.26; a longer number with dots or slashes around it is none."""
    left = text[pos - 1 : pos]
    if left and ((left.isalnum() and left.isascii()) or left in "./-_＿"):
        return None
    kind = "2" if point["y"] is None else ""
    year, month, day = (int(point[part + kind]) for part in ("y", "m", "d"))
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return Reading(point.end())
    draft = Draft(text, pos, point.end(), PartialDate(year, month, day))
    connector = pieces.connector.match(text, draft.end)
    end = pieces.numeric_end.match(text, connector.end()) if connector and not kind else None
    if end is None:
        return draft
    sep = point["sep"]
    if end["y"] and end["sep"] == sep:
        draft.last = PartialDate(int(end["y"]), int(end["m"]), int(end["d"]))
    elif end["m2"] and end["sep2"] == sep:
        draft.last = PartialDate(year, int(end["m2"]), int(end["d2"]))
    elif end["d3"] and sep != "-" and 1 <= int(end["d3"]) <= 31:
        draft.last = PartialDate(year, month, int(end["d3"]))
        draft.inherited["month"] = "sentence"
    else:
        return draft
    draft.end = end.end()
    return draft


def _read_at_once(text: str, pos: int, found: regex.Match[str], pieces: Patterns) -> Reading | None:
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
    hours = _read_weekday(draft, last, pieces) or _read_clock(draft, pieces)
    if hours is None:
        return
    draft.repairs.extend(hours.faults)
    if not hours.sessions:
        return
    (start, _), (_, end) = hours.sessions[0], hours.sessions[-1]
    if not last or end is not None:
        draft.start_time, draft.end_time, draft.hours = start, end, hours.sessions
    else:  # one time behind a range is that of its last day
        draft.end_time, draft.hours = start, ()


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
    first = 0 if found["w2"] and not draft.weekdays else last
    draft.weekdays.append((found.start("w1"), _WEEKDAY_NUMBERS[found["w1"]], first))
    if found["w2"]:
        draft.weekdays.append((found.start("w2"), _WEEKDAY_NUMBERS[found["w2"]], 1))
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


def _read_end(draft: Draft, connector: regex.Match[str], pieces: Patterns) -> bool:
    """The point behind ``connector``; False, with nothing changed, if there is none."""
    text, first, pos = draft.text, draft.first, connector.end()
    point = pieces.point.match(text, pos)
    if point is not None:
        year = _year(point)
        other = Draft(text, pos, point.end())
        if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
            return False
        if point["m"] is None and point["mw"] is None:
            outcome = _read_year(other, point, year, pieces)
            if outcome is not other or other.last is not None:
                return False
        else:
            _read_month(other, point, year, joined=True)
            if other.unsigned:
                if not _closed(text, other.end):
                    return False
                draft.repairs.append("missing 日")
        end, last = other.end, other.last or other.first
        if last is None or other.week is not None:
            return False
        if (
            first is not None
            and last.year is None
            and first.month is None
            and not first.edge
            and first.day is None
        ):
            return False  # 2023年至5月
        if draft.unsigned:
            draft.repairs.append("missing 日")
    else:
        part = pieces.end_part.match(text, pos)
        if part is None or first is None or (first.month is None and first.day is None):
            return False
        if part["x"]:
            last = PartialDate(month=first.month, xun=_xun(part["x"])[1])
        elif part["e"]:
            last = PartialDate(month=first.month, edge=_edge(part["e"]))
        else:
            if first.day is None and not (first.xun or first.edge):
                return False
            value = number(part["d"])
            if part["du"] is None:
                if (
                    draft.unsigned
                    or value <= (first.day or 99)
                    or value > 31
                    or not _closed(text, part.end())
                ):
                    return False
                draft.repairs.append("missing 日")
            last = PartialDate(month=first.month, day=value)
        end = part.end()
        if first.month is not None:
            draft.inherited["month"] = "sentence"
        if first.word in words().months:
            last = replace(last, word=first.word)
    draft.last, draft.end, draft.unsigned = last, end, False
    _share_year(draft)
    _read_at(draft, 1, pieces)
    return True


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
        if month is not None and item["m"] and next_day == 1 and day == _LENGTHS[(month - 1) % 12]:
            follows = next_month == month % 12 + 1
        if not follows:
            break
        month, day, end = next_month, next_day, item.end()
        if item["du"]:
            settled = (end, PartialDate(month=month, day=day))
            found = pieces.weekday.match(text, end)
            if found and found["open"] and text[found.end() : found.end() + 1] in (")", "）"):
                weekdays.append((found.start("w1"), _WEEKDAY_NUMBERS[found["w1"]], 1))
                end = found.end() + 1
                settled = (end, settled[1])
    if settled is None:
        return
    draft.end, draft.last = settled
    draft.unsigned = False
    draft.weekdays = weekdays
    if month is not None:
        draft.inherited["month"] = "sentence"
    _read_at(draft, 1, pieces)


def _closed(text: str, pos: int) -> bool:
    return pos >= len(text) or text[pos] in _CLOSING


def _settle_unsigned(draft: Draft, pieces: Patterns) -> bool:
    """A day without 日 and without a range: repaired where nothing else can be meant."""
    text, first = draft.text, draft.first
    if first is None or first.day is None:
        return False
    comma = pieces.comma.match(text, draft.end)
    item = pieces.row_item.match(text, comma.end()) if comma and comma["sign"] == "、" else None
    if item is not None and item["m"] is None and item["du"]:
        draft.unsigned = False  # 5月20、25日: the sign stands behind the last day of the list
        return True
    glued = text[draft.end - 1 : draft.end].isdecimal() and _closed(text, draft.end)
    sign = text.rfind("月", draft.start, draft.end)
    if glued and 1 <= first.day <= 31 and text[sign + 1 : sign + 2].isdecimal():
        draft.repairs.append("missing 日")
        draft.unsigned = False
        return True
    draft.first = replace(first, day=None)  # 5月20人: the month alone
    draft.end = sign + 1
    draft.unsigned = False
    return True


# --- limits ---------------------------------------------------------------------------------------


def _read_bound(draft: Draft, pieces: Patterns) -> None:
    """前, 起, 以后, 截止, 前后 behind the expression."""
    tail = pieces.tail.match(draft.text, draft.end)
    if tail is None or draft.bound == "截止":
        return
    if tail["around"]:
        draft.approximate = True
    elif tail["before"]:
        draft.bound = "前"
    elif tail["after"]:
        draft.bound = "后"
    elif tail["from"]:
        if draft.last is not None:
            return
        draft.bound = "起"
    else:
        draft.bound = "截止"
    draft.end = tail.end()


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
