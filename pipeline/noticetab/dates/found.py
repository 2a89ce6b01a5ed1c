"""What is found in a text: an expression, and the days it means under an anchor."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from noticetab.dates.model import Anchor, AnchorLike, Bound, PartialDate, Precision, Printed
from noticetab.dates.resolve import days, precision, weekdays, with_year


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


def resolve(printed: Printed, raw: str, anchor: Anchor) -> Found:
    """The expression ``printed``, which reads ``raw``, under ``anchor``."""
    inferred = dict(printed.inherited)
    faults = list(printed.repairs)
    starts_on, ends_on = days(printed, anchor, inferred, faults)
    certain = printed.first is not None and printed.first.precision == "day"  # 8月中旬，会期2天 is none
    if printed.days and certain and printed.last is None and starts_on and printed.bound in (None, "起"):
        ends_on = starts_on + dt.timedelta(days=printed.days - 1) if printed.days > 1 else None
        inferred["end"] = "duration"
    if printed.bound == "起" and printed.last is None and "end" not in inferred:
        ends_on = None  # 6月起 does not end with June
    closed = printed.last is not None or "end" in inferred
    return Found(
        start=printed.start,
        end=printed.end,
        raw=raw,
        first=printed.first,
        last=with_year(printed, ends_on),
        starts_on=starts_on,
        ends_on=ends_on,
        start_time=printed.start_time,
        end_time=printed.end_time,
        precision=precision(printed),
        open_end=(printed.bound in ("起", "后") or printed.at_once) and not closed,
        open_start=printed.bound in ("前", "截止") and not closed,
        bound=printed.bound,
        approximate=printed.approximate,
        weekdays=weekdays(printed, starts_on, ends_on),
        inferred=inferred,
        malformed="; ".join(dict.fromkeys(faults)) or None,
        days=printed.days,
        hours=printed.hours,
        printed=printed,
    )
