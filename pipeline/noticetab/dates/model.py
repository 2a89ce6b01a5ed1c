"""What the date grammar gives: partial dates, anchors and what is printed.

An expression is read in two steps. :class:`Printed` holds what stands in the text and nothing
else; a year that is not printed stays unknown (``????-05-27``). :class:`~noticetab.dates.Found` is
the same expression under an :class:`Anchor` that says which year is meant; it can be resolved again
under another anchor without reading the text again.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
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
    (``event``, ``title`` ...), for ``Found.inferred``. ``issued_on`` is the day of the
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
