"""Reads one point in time or its parts: 2023年5月20日, 5月上旬, 年底, 5—6月, 2023-05-20, 20日."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from noticetab.dates.model import FIRST_YEAR, LAST_YEAR, Bound, PartialDate, Printed, Xun
from noticetab.dates.numerals import number
from noticetab.dates.numerals import year as year_number
from noticetab.dates.patterns import WEEKDAYS, Patterns
from noticetab.dates.refused import masked_end, within_number
from noticetab.dates.words import words

WEEKDAY_NUMBERS = {char: min(index, 6) + 1 for index, char in enumerate(WEEKDAYS)}
"""一 to 日 as 1 to 7; 天 is 日."""


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
    paired_weekdays: bool = False
    repairs: list[str] = field(default_factory=list)
    inherited: dict[str, str] = field(default_factory=dict)
    days: int | None = None
    week: int | None = None
    weekday: int | None = None
    unsigned: bool = False
    """The first day stands without 日 (5月14至20日)."""
    half_believed: bool = False
    """A month in Chinese digits with nothing at it: one only in a range (四月至六月)."""

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
            self.paired_weekdays,
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


def read_point(text: str, pos: int, pieces: Patterns) -> Draft | Reading | None:
    """The point that begins at ``pos``: a draft, text that is refused, or None."""
    printed_year = pieces.year.match(text, pos)
    year, word = None, None
    end = pos
    if printed_year is not None:
        end = printed_year.end()
        word = printed_year["word"] or printed_year["short"]
        if digits := printed_year["y"] or printed_year["bracketed"]:
            year = year_number(digits)
            if not FIRST_YEAR <= year <= LAST_YEAR:
                outside = pieces.month.match(text, end)  # its month and day are refused with it
                return Reading(outside.end() if outside else end)
    month = pieces.month.match(text, end)
    if month is not None and (printed_year is not None or not month["lead"]):
        return _read_month(Draft(text, pos, month.end()), month, year, word)
    if printed_year is not None:
        if printed_year["bracketed"]:
            return None  # the brackets belong to what is around: 2023年 alone is read inside them
        return _read_year(Draft(text, pos, end), year, word, pieces)
    alone = pieces.alone.match(text, pos)
    return None if alone is None else _part_of_year(Draft(text, pos, alone.end()), alone, None, None)


def _read_year(draft: Draft, year: int | None, word: str | None, pieces: Patterns) -> Draft | Reading | None:
    """A year, or a part of one that is no month."""
    part = pieces.part_of_year.match(draft.text, draft.end)
    if part is not None and (part.lastgroup or word is None):
        draft.end = part.end()
        return _part_of_year(draft, part, year, word)
    if word is not None:
        return None  # 今年 alone says nothing that could be a row
    if (end := masked_end(draft.text, draft.end, after_year=True)) is not None:
        return Reading(end)
    if months := pieces.short_range.match(draft.text, draft.end):
        return short_range(draft.text, draft.start, year, months, pieces)
    draft.first = PartialDate(year)
    return draft


def _part_of_year(draft: Draft, part: re.Match[str], year: int | None, word: str | None) -> Draft:
    """上半年, 全年, 年底, or the whole year (年度)."""
    if part.lastgroup == "span":
        low, high = words().spans[part["span"]]
        draft.first = PartialDate(year, low, word=word)
        draft.last = PartialDate(year, high, word=word)
    elif part.lastgroup == "edge":
        draft.first = PartialDate(year, edge=edge(part["edge"]), word=word)
    else:
        draft.first = PartialDate(year, word=word)
    return draft


def edge(word: str) -> Literal["初", "底"]:
    """初 or 底, whichever of them 初, 底, 末 means."""
    return "初" if word in words().begin else "底"


def xun(word: str) -> tuple[Xun, Xun]:
    """The first and last 旬 of 上旬, 中下旬 ..."""
    first, last = words().xun[word]
    return first, last


def _read_month(draft: Draft, found: re.Match[str], year: int | None, word: str | None) -> Draft | None:
    """A month with a day or a part of it; None if the text is none after all."""
    word = found["word"] or word
    month = None if found["word"] else number(found["m"])
    if day := found["d"] or found["unsigned"]:
        draft.first = PartialDate(year, month, number(day), word=word)
        draft.unsigned = found["d"] is None
    elif found["xun"]:
        low, high = xun(found["xun"])
        draft.first = PartialDate(year, month, xun=low, word=word)
        if high != low:
            draft.last = PartialDate(year, month, xun=high, word=word)
    elif found["edge"]:
        draft.first = PartialDate(year, month, edge=edge(found["edge"]), word=word)
    elif month is None:
        return None  # 本月 alone
    elif week := found["week"]:
        draft.first, draft.week = PartialDate(year, month, word=word), number(week)
        draft.weekday = WEEKDAY_NUMBERS[found["weekday"]] if found["weekday"] else None
    elif year is None and word is None and not 1 <= month <= 12:
        return None  # 13月 is a number of something
    else:
        draft.first = PartialDate(year, month, word=word)
        # 十月 alone is as often a name (十月革命) as a month
        draft.half_believed = not (year or word or found["fen"] or found["m"][0].isdecimal())
    return draft


def short_range(
    text: str, start: int, year: int | None, months: re.Match[str], pieces: Patterns
) -> Draft | Reading:
    """5—6月, 2023年5—6月."""
    low, high = number(months["low"]), number(months["high"])
    if not (1 <= low <= 12 and 1 <= high <= 12):
        return Reading(months.end())
    day = pieces.bare_day.match(text, months.end())
    if day is not None and day["d"].isdecimal():
        return Reading(day.end())  # 5-6月20日 can be read in two ways
    draft = Draft(text, start, months.end(), PartialDate(year, low))
    draft.last = PartialDate(year if high >= low else None, high)
    return draft


def read_bare_day(text: str, pos: int, before: PartialDate | None, pieces: Patterns) -> Draft | None:
    """A day without its month: in a list, or where a range or a weekday shows that it is one."""
    day = pieces.bare_day.match(text, pos)
    if day is None:
        return None
    if day["sign"] is None:
        comma = pieces.comma.match(text, day.end())
        listed = before is not None and comma is not None and comma["sign"] == "、"
        if not listed or comma is None or not signed_list(text, comma.end(), pieces):
            return None
    value = number(day["d"])
    if before is not None and before.day is not None and value > before.day:
        draft = Draft(text, pos, day.end(), PartialDate(before.year, before.month, value, word=before.word))
        if before.month is not None:
            draft.inherited["month"] = "sentence"
        if before.year is not None:
            draft.inherited["year"] = "sentence"
        return draft
    if not day["d"][0].isdecimal() or text[max(0, pos - 5) : pos].rstrip(" \u3000\u00a0").endswith("月"):
        return None  # __月1日, 次月5日: the month is there but cannot be read
    connector = pieces.connector.match(text, day.end())
    other = pieces.bare_day.match(text, connector.end()) if connector else None
    if other is None or other["sign"] is None:
        weekday = pieces.weekday.match(text, day.end())
        if weekday is None or weekday["open"] is None:
            return None
    return Draft(text, pos, day.end(), PartialDate(day=value))


def signed_list(text: str, pos: int, pieces: Patterns) -> bool:
    """Whether the days of a list go on at ``pos`` and the last has its sign: 8、10日 of 5月6、8、10日."""
    for _ in range(31):
        item = pieces.row_item.match(text, pos)
        if item is None or item["m"] is not None:
            return False
        if item["sign"]:
            return True
        comma = pieces.comma.match(text, item.end())
        if comma is None or comma["sign"] != "、":
            return False
        pos = comma.end()
    return False


def read_wordless(text: str, pos: int, pieces: Patterns) -> Draft | None:
    """5.25—5.31, 4.30前, 04-29 18:00: a month and a day in figures alone, where something says so.

    Figures with a point are as often a length, a mark or the number of a section. They are a date behind a
    label of time, 于 or 截至, or alone on their line, if nothing but the end of a clause follows; or before
    前 and 截止; or with an hour behind them.
    """
    found = pieces.wordless.match(text, pos)
    if found is None or within_number(text, pos):
        return None
    if found["m3"] is not None:
        months, days = [int(found["m3"])], [int(found["d3"])]
    else:
        months, days = [int(found["m"])], [int(found["d"])]
        if found["m2"] is not None:
            months, days = [*months, int(found["m2"])], [*days, int(found["d2"])]
    if not all(1 <= m <= 12 for m in months) or not all(1 <= d <= 31 for d in days):
        return None
    if found["m3"] is None and not _is_day(text, pos, found.end(), len(days) == 2, pieces):
        return None
    draft = Draft(text, pos, found.end(), PartialDate(month=months[0], day=days[0]))
    if len(days) == 2:
        draft.last = PartialDate(month=months[1], day=days[1])
    return draft


_ENDS = "\n。；;，,（(）)、"


def _is_day(text: str, start: int, end: int, is_range: bool, pieces: Patterns) -> bool:
    """Whether something around figures with a point says that they are a month and a day."""
    tail = pieces.tail.match(text, end)
    if tail is not None and (tail["before"] or tail["until"]):
        return True
    cue = pieces.wordless_cue.search(text, max(0, start - 10), start)
    closed = text[end : end + 1].strip(" \u3000") == "" or text[end : end + 1] in _ENDS
    if cue is None or not closed:
        return False
    alone = cue[0].strip() == ""  # on a line of its own a range is a period, one number is anything
    return not alone or (is_range and text[end : end + 1] in ("", "\n", "。", "（", "("))


def read_numeric(text: str, pos: int, point: re.Match[str], pieces: Patterns) -> Draft | Reading | None:
    """2023-05-20, 2023.5.20-5.26; within a longer run of digits, dots or slashes it is none."""
    if within_number(text, pos):
        return None
    form = "2" if point["y"] is None else ""
    year, month, day = (int(point[part + form]) for part in ("y", "m", "d"))
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return Reading(point.end())
    draft = Draft(text, pos, point.end(), PartialDate(year, month, day))
    connector = pieces.connector.match(text, draft.end)
    end = pieces.numeric_end.match(text, connector.end()) if connector and not form else None
    if end is None:
        return draft
    sep = point["sep"]
    if end["y"] and end["sep"] == sep:
        draft.last = PartialDate(int(end["y"]), int(end["m"]), int(end["d"]))
    elif end["m2"] and end["sep2"] == sep:
        draft.last = PartialDate(None, int(end["m2"]), int(end["d2"]))
    elif end["d3"] and sep != "-" and 1 <= int(end["d3"]) <= 31:
        draft.last = PartialDate(None, month, int(end["d3"]))
        draft.inherited["month"] = "sentence"
    else:
        return draft
    draft.end = end.end()
    return draft
