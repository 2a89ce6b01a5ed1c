"""What a found date says about itself: parts, sources, weekdays, and a later year."""

from __future__ import annotations

import datetime as dt
from dataclasses import FrozenInstanceError

import pytest

from noticetab.dates import Anchor, Found, PartialDate, find, parse


def one(text: str, anchor: Anchor | dt.date | int | None = None) -> Found:
    (found,) = find(text, anchor)
    return found


@pytest.mark.parametrize(
    ("date", "text"),
    [
        (PartialDate(2023, 5, 27), "2023-05-27"),
        (PartialDate(None, 5, 27), "????-05-27"),
        (PartialDate(None, None, 27), "????-??-27"),
        (PartialDate(2023, 5), "2023-05"),
        (PartialDate(2023, 5, xun="上"), "2023-05-上旬"),
        (PartialDate(None, 6, edge="底"), "????-06底"),
        (PartialDate(2023), "2023"),
    ],
)
def test_a_partial_date_shows_what_is_unknown(date: PartialDate, text: str) -> None:
    assert str(date) == text


def test_a_missing_year_stays_missing_until_it_is_known() -> None:
    found = one("5月27日至6月3日")
    assert (found.first, found.last) == (PartialDate(None, 5, 27), PartialDate(None, 6, 3))
    assert (found.starts_on, found.ends_on, found.missing) == (None, None, ("year",))

    known = found.resolve(Anchor(2023, source="title"))
    assert (known.starts_on, known.ends_on) == (dt.date(2023, 5, 27), dt.date(2023, 6, 3))
    assert known.inferred == {"year": "title"}
    assert known.missing == ()
    assert known == one("5月27日至6月3日", Anchor(2023, source="title"))

    other = known.resolve(2024)  # and again under another year
    assert other.starts_on == dt.date(2024, 5, 27)
    assert found.starts_on is None


def test_found_is_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        one("5月27日").raw = ""  # type: ignore[misc]


@pytest.mark.parametrize(
    ("text", "anchor", "inferred"),
    [
        ("2023年5月20日至2023年5月26日", 1999, {}),
        ("5月20日", 2023, {"year": "event"}),
        ("5月20日", dt.date(2023, 5, 8), {"year": "issued_on"}),
        ("5月20日", Anchor(2023, source="number"), {"year": "number"}),
        ("2023年9月17—23日", None, {"month": "sentence"}),
        ("9月17—23日", 2023, {"year": "event", "month": "sentence"}),
        ("12月25日至1月5日", 2023, {"year": "event", "end_year": "rollover"}),
        ("5月20日至2023年6月3日", 1999, {"year": "sentence"}),
        ("即日起", dt.date(2023, 5, 8), {"start": "issued_on"}),
        ("7月19日，为期5天", 2023, {"year": "event", "end": "duration"}),
        ("明年3月", Anchor(2023, issued_on=dt.date(2022, 5, 8)), {"year": "issued_on"}),
        ("20日至22日", Anchor(2023, 5, source="heading"), {"year": "heading", "month": "heading"}),
    ],
)
def test_inferred_names_every_part_that_is_not_printed(
    text: str, anchor: Anchor | dt.date | int | None, inferred: dict[str, str]
) -> None:
    assert one(text, anchor).inferred == inferred


def test_items_of_a_list_say_where_their_month_is_from() -> None:
    assert [found.inferred for found in find("2023年5月20日和28日")] == [
        {},
        {"month": "sentence", "year": "sentence"},
    ]


@pytest.mark.parametrize(
    ("text", "weekdays"),
    [
        ("5月20日（星期六）", [("六", 6, "2023-05-20")]),
        ("5月20日周日", [("日", 7, "2023-05-20")]),  # wrong in print: kept for a checker
        ("5月22日(周一)至28日(周日)", [("一", 1, "2023-05-22"), ("日", 7, "2023-05-28")]),
        ("5月20日至21日（周六、周日）", [("六", 6, "2023-05-20"), ("日", 7, "2023-05-21")]),
        ("5月20日（周六）、21日（周日）", [("六", 6, "2023-05-20"), ("日", 7, "2023-05-21")]),
        ("5月20日(周六 9:00)", [("六", 6, "2023-05-20")]),
        ("5月20日、21日（周六、周日）", [("六", 6, "2023-05-20"), ("日", 7, "2023-05-21")]),
        ("5月22日至26日（周一至周五）", [("一", 1, "2023-05-22"), ("五", 5, "2023-05-26")]),
        # on these days of every week, not the weekdays of the ends
        ("5月20日至6月30日（周一至周五）", []),
        ("5月20日至6月30日周一至周五", []),
        ("5月20日（星期天）", [("天", 7, "2023-05-20")]),
    ],
)
def test_weekdays_stand_at_their_days(text: str, weekdays: list[tuple[str, int, str]]) -> None:
    found = one(text, 2023)
    assert [(text[at], number, str(day)) for at, number, day in found.weekdays] == weekdays


def test_a_weekday_without_a_year_has_no_day_to_compare() -> None:
    assert one("5月20日（星期六）").weekdays == ((8, 6, None),)


@pytest.mark.parametrize(
    ("text", "due_on", "due_time"),
    [
        ("5月10日24时前", "2023-05-10", "24:00"),
        ("6月底前", "2023-06-30", None),
        ("5月1日至5月20日17:00", "2023-05-20", "17:00"),
        ("9月中旬前", "2023-09-20", None),
        ("截止到6月20日", "2023-06-20", None),
        ("8月21日起", "None", None),  # nothing is due
        ("6月3日至5月27日", "None", None),  # the end cannot be known
        ("2023年底前", "2023-12-31", None),
    ],
)
def test_due_is_the_last_day_meant(text: str, due_on: str, due_time: str | None) -> None:
    found = one(text, 2023)
    assert (str(found.due_on), found.due_time) == (due_on, due_time)


@pytest.mark.parametrize(
    ("text", "open_start", "open_end"),
    [
        ("6月16日前", True, False),
        ("6月16日截止", True, False),
        ("8月21日起", False, True),
        ("9月1日以后", False, True),
        ("5月20日至26日", False, False),
        ("5月20日起至6月3日止", False, False),
        ("5月20日起，为期5天", False, False),
        ("即日起", False, True),
        ("即日起至6月3日", False, False),
    ],
)
def test_open_ends(text: str, open_start: bool, open_end: bool) -> None:
    found = one(text, 2023)
    assert (found.open_start, found.open_end) == (open_start, open_end)


def test_every_session_of_a_day_is_kept() -> None:
    found = one("5月18日至24日上午9:00~11:00;下午2:00~4:00", 2023)
    assert found.hours == (("09:00", "11:00"), ("14:00", "16:00"))
    assert (found.start_time, found.end_time) == ("09:00", "16:00")


def test_a_stated_length_is_kept_beside_a_printed_end() -> None:
    found = one("5月20日至24日，为期7天", 2023)  # a checker can see that it does not fit
    assert (found.days, found.ends_on) == (7, dt.date(2023, 5, 24))


def test_offsets_are_those_of_the_whole_text() -> None:
    text = "请于6月16日前报送。\n联系电话：010-63589698\n2023年5月8日"
    assert [(text[found.start : found.end], found.raw) for found in find(text)] == [
        ("6月16日前", "6月16日前"),
        ("2023年5月8日", "2023年5月8日"),
    ]


def test_parse_gives_the_same_as_find() -> None:
    assert parse("5月27—6月3日", 2023) == one("5月27—6月3日", 2023)


@pytest.mark.parametrize("year", [-5, 0, 1, 99_999])
def test_an_anchor_beyond_sense_gives_no_year(year: int) -> None:
    assert one("5月20日至6月3日", year).starts_on is None
