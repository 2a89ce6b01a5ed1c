"""Clock times: 上午9:30, 9时30分, 9点半, 下午2:00—4:00, 9—11时, 24时."""

from __future__ import annotations

import re
from dataclasses import dataclass

from noticetab.dates.numerals import number
from noticetab.dates.patterns import Patterns
from noticetab.dates.words import words

_FRACTIONS = {"半": 30, "整": 0, "正": 0, "钟": 0, "一刻": 15, "三刻": 45, None: 0}
_MAX_SESSIONS = 4


@dataclass(frozen=True, slots=True)
class Hours:
    """Sessions of one day as (start, end) pairs of ``HH:MM``, and where the text of them ends.

    No session is a part of the day without a time (上午). ``faults`` names an end before its start.
    """

    end: int
    sessions: tuple[tuple[str, str | None], ...] = ()
    faults: tuple[str, ...] = ()
    overnight: bool = False
    """Whether the last hour is one of the next day (次日2:00)."""


def read_hours(text: str, pos: int, patterns: Patterns) -> Hours | None:
    """The hours that begin at ``pos``, or None."""
    session = _session(text, pos, patterns)
    if session is None:
        return None
    if session.sessions and session.sessions[0][1] is not None:
        for _ in range(_MAX_SESSIONS - 1):
            # Only another range is a second session: 9:00—11:00，14:00—16:00.
            gap = patterns.comma.match(text, session.end) or patterns.blanks.match(text, session.end)
            more = _session(text, gap.end(), patterns) if gap else None
            if more is None or not more.sessions or more.sessions[0][1] is None:
                break
            if session.overnight or more.overnight:
                break
            session = Hours(more.end, session.sessions + more.sessions, session.faults + more.faults)
    return session


def _session(text: str, pos: int, patterns: Patterns) -> Hours | None:
    start = patterns.clock.match(text, pos)
    if start is None:
        return None
    if start["only"] is not None:
        return Hours(start.end())
    first = _minutes(start, start["part"] or start["suffix"])
    if first is None:
        return None
    connector = patterns.connector.match(text, start.end())
    overnight = patterns.next_day.match(text, connector.end()) if connector else None
    at = overnight.end() if overnight else connector.end() if connector else 0
    end = patterns.clock.match(text, at) if connector else None
    if connector is None or end is None or end["only"] is not None:
        return None if start["h4"] else Hours(start.end(), ((_printed(first), None),))
    last = _minutes(end, end["part"] or end["suffix"] or start["part"])
    if last is None:
        return Hours(start.end(), ((_printed(first), None),))
    if last <= first and end["part"] is None and start["part"] is not None:
        last = _minutes(end, None) or 0  # 上午10:00—14:00, 晚上7:00—22:00
    if overnight is not None:
        return Hours(end.end(), ((_printed(first), _printed(last)),), overnight=True)
    if last < first:
        return Hours(end.end(), ((_printed(first), None),), ("time order",))
    return Hours(end.end(), ((_printed(first), _printed(last)),))


def _minutes(found: re.Match[str], part: str | None) -> int | None:
    """Minutes since midnight on the 24-hour clock; None if there is no such time."""
    hour_text = found["h"] or found["h2"] or found["h4"]
    minute_text = found["mi"] or found["mi2"] or found["mi3"]
    if found["h5"] is not None:  # 9.30 is a time only behind a part of the day
        if part is None:
            return None
        hour_text, minute_text = found["h5"], found["mi5"]
    hour = number(hour_text)
    minute = number(minute_text) if minute_text else _FRACTIONS[found["fraction"]]
    kind = words().day_parts.get(part or "", "none")
    if (kind in ("afternoon", "evening") and 1 <= hour < 12) or (kind == "noon" and 1 <= hour <= 2):
        hour += 12
    elif kind == "evening" and hour == 12:
        hour = 24
    elif kind == "night" and hour == 12:
        hour = 0
    if minute > 59 or hour * 60 + minute > 24 * 60:
        return None
    return hour * 60 + minute


def _printed(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
