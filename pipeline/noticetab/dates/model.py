"""What the date grammar gives: partial dates, anchors and the expressions found.

An expression is read in two steps. :class:`Printed` holds what stands in the text and nothing
else; a year that is not printed stays unknown (``????-05-27``). :class:`Found` is the same
expression under an :class:`Anchor` that says which year is meant; it can be resolved again
under another anchor without reading the text again.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

Precision = Literal["day", "xun", "month", "year"]
Xun = Literal["上", "中", "下"]
Bound = Literal["起", "后", "前", "截止"]

FIRST_YEAR, LAST_YEAR = 1949, 2100
"""Years outside of these are not read: a number there is none of a notice's dates."""


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date with whatever parts are printed; ``None`` is a part that is not.

    ``xun`` is 上, 中 or 下 (days 1 to 10, 11 to 20, 21 to the end). ``edge`` is 初 or 底, the
    unnamed days at the beginning or end of the month or year. ``word`` is a printed word in the
    place of a number: 明年 and 23年 for the year, 本月 for the month.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    xun: Xun | None = None
    edge: Literal["初", "底"] | None = None
    word: str | None = None

    def __str__(self) -> str:
        """As ``????-05-27``, ``2023-05``, ``2023-05-上旬``, ``????-06底``, ``2023``."""
        text = "????" if self.year is None else f"{self.year:04d}"
        if self.month is not None:
            text += f"-{self.month:02d}"
        elif self.day is not None:
            text += "-??"
        if self.day is not None:
            text += f"-{self.day:02d}"
        if self.xun:
            text += f"-{self.xun}旬"
        return text + (self.edge or "")

    def within(self, year: int | None, month: int | None) -> PartialDate:
        """The same part of another year and month."""
        if year == self.year and month == self.month:
            return self
        return PartialDate(year, month, self.day, self.xun, self.edge, self.word)

    @property
    def precision(self) -> Precision:
        """The finest part that is known; 6月底 is a part of a month, 年底 a part of a year."""
        if self.day is not None:
            return "day"
        if self.xun:
            return "xun"
        if self.month is not None or (self.word is not None and self.word.endswith("月")):
            return "xun" if self.edge else "month"
        return "month" if self.edge else "year"


@dataclass(frozen=True, slots=True)
class Anchor:
    """What the text around a date says about parts that are not printed.

    ``year`` and ``month`` fill what is missing and ``source`` names where they come from
    (``event``, ``title`` ...), for :attr:`Found.inferred`. ``issued_on`` is the day of the
    document; it alone gives 即日起, 明年 and 本月 a meaning.
    """

    year: int | None = None
    month: int | None = None
    source: str = "event"
    issued_on: dt.date | None = None

    @classmethod
    def of(cls, value: AnchorLike) -> Anchor:
        """From None, a year, or a date (the day of the document, source ``issued_on``)."""
        if value is None:
            return _NOWHERE
        if isinstance(value, Anchor):
            return value
        if isinstance(value, dt.date):
            day = value.date() if isinstance(value, dt.datetime) else value
            return cls(day.year, source="issued_on", issued_on=day)
        return cls(value)


AnchorLike = Anchor | dt.date | int | None
_NOWHERE = Anchor()


@dataclass(frozen=True, slots=True)
class Printed:
    """An expression as it stands in the text, read without any knowledge of what is around it.

    Offsets are into the text searched. ``hours`` are pairs of start and end time, one for each
    session of a day; ``weekdays`` are (offset, 1 Monday to 7 Sunday, 0 for first and 1 for last),
    ``paired_weekdays`` that they stand in one bracket, （周六、周日）.
    ``at_once`` marks 即日起, ``repairs`` the defects of print that were read over, ``days`` what
    为期N天 says. ``week`` is N and ``weekday`` X of 第N周 or 第N个星期X.
    """

    start: int
    end: int
    first: PartialDate | None
    last: PartialDate | None = None
    start_time: str | None = None
    end_time: str | None = None
    hours: tuple[tuple[str, str | None], ...] = ()
    bound: Bound | None = None
    approximate: bool = False
    at_once: bool = False
    weekdays: tuple[tuple[int, int, int], ...] = ()
    paired_weekdays: bool = False
    repairs: tuple[str, ...] = ()
    inherited: tuple[tuple[str, str], ...] = ()
    days: int | None = None
    week: int | None = None
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A date or period, and what it means under an anchor.

    ``text[start:end] == raw``. ``first`` and ``last`` are what is printed (``last`` is None for a
    single date); a month that the end takes from the start is filled in, a year from the anchor
    is not. ``starts_on`` and ``ends_on`` are the days meant, None when they cannot be known; a
    single day has no ``ends_on``, a 旬, month or year has its first and last day.

    Times are ``HH:MM`` (24:00 is the end of the day). For a single day they are its hours, for a
    period the time of the first and of the last day, or the daily hours; ``hours`` lists every
    session of a day (上午9:00—11:00，下午2:00—4:00).

    ``bound`` is the word that makes it a limit: 起 and 后 (``open_end``), 前 and 截止
    (``open_start``); the limit of 前 is :attr:`due_on`. ``approximate`` is 前后, 左右, 初, 底.
    ``weekdays`` are (offset, printed weekday 1 to 7, the day it stands at or None).
    ``inferred`` names each part that is not printed and where it is from: ``{"year": "event"}``
    from the anchor, ``{"month": "sentence"}`` from the other end of the range or the list,
    ``{"end_year": "rollover"}`` over the turn of the year, ``{"end": "duration"}`` from 为期N天.

    ``malformed`` says what is wrong in the print (several joined by ``; ``): ``missing 日`` (read
    as if it were there), ``order`` (the end is before the start: ``ends_on`` is None), ``no such
    day``, ``no such month`` and ``time order`` (the value concerned is None).
    """

    start: int
    end: int
    raw: str
    first: PartialDate | None
    last: PartialDate | None
    starts_on: dt.date | None
    ends_on: dt.date | None
    start_time: str | None
    end_time: str | None
    precision: Precision
    open_end: bool
    open_start: bool
    bound: Bound | None
    approximate: bool
    weekdays: tuple[tuple[int, int, dt.date | None], ...]
    inferred: dict[str, str]
    malformed: str | None
    days: int | None
    hours: tuple[tuple[str, str | None], ...] = ()
    printed: Printed = field(repr=False, compare=False, default=Printed(0, 0, None))

    def resolve(self, anchor: AnchorLike) -> Found:
        """The same expression under another anchor (the year became known later)."""
        from noticetab.dates.resolve import resolve

        return resolve(self.printed, self.raw, Anchor.of(anchor))

    @property
    def missing(self) -> tuple[str, ...]:
        """The parts that no anchor has given yet: of ``year``, ``month``, ``issued_on``."""
        printed, parts = self.printed, []
        if self.starts_on is None and self.malformed is None:
            if printed.at_once:
                parts.append("issued_on")
            elif printed.first and printed.first.month is None and printed.first.day is not None:
                parts.append("month")
        end = printed.first or printed.last
        known = self.starts_on or self.ends_on or "year" in self.inferred
        if end is not None and end.year is None and not known:
            parts.append("year")
        return tuple(parts)

    @property
    def due_on(self) -> dt.date | None:
        """The last day meant, which is when something within it is due (6月底前: 30 June).

        None if the end is open or cannot be known.
        """
        if self.open_end:
            return None
        return self.ends_on if self.last is not None else self.ends_on or self.starts_on

    @property
    def due_time(self) -> str | None:
        """The last time meant, if one is printed (5月10日24时前: 24:00)."""
        return self.end_time or self.start_time
