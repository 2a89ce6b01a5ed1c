"""Geometry of the calendar: every span of days has a month to go by."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noticetab.compare import compare
from noticetab.compare.plots import LEFT, RIGHT, WIDTH, _months, timeline

from .hostile import hostile


@given(first=st.integers(-1000, 1500), length=st.integers(1, 700))
def test_ticks_stand_within_the_drawing_and_in_order(first: int, length: int) -> None:
    scale = (WIDTH - LEFT - RIGHT) / length
    ticks = _months(first, first + length, scale)
    places = [tick["x"] for tick in ticks]
    assert ticks
    assert places == sorted(set(places))
    assert places[0] >= LEFT and places[-1] <= WIDTH - RIGHT + 1e-6
    origin = dt.date(2001, 1, 1)
    days = [origin + dt.timedelta(days=first + day) for day in range(length + 1)]
    assert [tick["month"] for tick in ticks] == [day.month for day in days if day.day == 1] or [days[0].month]
    assert sum(tick["room"] for tick in ticks) == pytest.approx(WIDTH - RIGHT - places[0])


def test_a_span_within_one_month_has_its_month() -> None:
    records = [hostile("甲市", "活动"), hostile("乙市", "活动")]
    for record in records:
        record.events[0].starts_on = dt.date(2023, 5, 15)
        record.deadlines = []
        record.notice.issued_on = None
    drawn = timeline(compare(records), compact=False)
    assert drawn is not None
    assert [tick["month"] for tick in drawn["months"]] == [5]
