"""One grammar: what is read alone is found in running text, at the right place, and nothing else is."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from noticetab.dates import Anchor, Found, find, parse

DAYS = st.dates(dt.date(1950, 1, 1), dt.date(2099, 6, 30))
DASHES = st.sampled_from(["-", "－", "—", "——", "–", "~", "～", "至", "到", " — ", " 至 "])

_DIGITS = "〇一二三四五六七八九"
ZEROS = st.sampled_from("〇○零OＯ0")


def chinese(number: int) -> str:
    """1 to 99 in Chinese: 二十三, 十, 八."""
    tens, ones = divmod(number, 10)
    text = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
    return text + (_DIGITS[ones] if ones else "")


def full_width(text: str) -> str:
    return text.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})


@st.composite
def spelled_day(draw: st.DrawFn) -> tuple[str, dt.date, bool]:
    """A spelling, its day, and whether the year is printed."""
    day = draw(DAYS)
    year, month, date = str(day.year), str(day.month), str(day.day)
    match draw(st.integers(0, 7)):
        case 0:
            return f"{year}年{month}月{date}日", day, True
        case 1:
            return f"{month}月{date}日", day, False
        case 2:
            digits = "".join(_DIGITS[int(digit)] for digit in year).replace("〇", draw(ZEROS))
            return f"{digits}年{chinese(day.month)}月{chinese(day.day)}日", day, True
        case 3:
            return full_width(f"{year}年{month}月{date}日"), day, True
        case 4:
            return day.isoformat(), day, True
        case 5:
            sep = draw(st.sampled_from("./"))
            return f"{year}{sep}{month}{sep}{date}", day, True
        case 6:
            return f"{year} 年 {month} 月 {date} 日", day, True
        case _:
            return f"{month}月{date}号", day, False


@st.composite
def spelled_range(draw: st.DrawFn) -> tuple[str, dt.date, dt.date, bool]:
    """A range of 2 to 150 days, its ends, and whether the year of the start is printed."""
    start = draw(DAYS)
    end = start + dt.timedelta(days=draw(st.integers(1, 150)))
    printed = draw(st.booleans())
    text = f"{start.year}年" * printed + f"{start.month}月{start.day}日" + draw(DASHES)
    if (start.year, start.month) == (end.year, end.month) and draw(st.booleans()):
        return text + f"{end.day}日", start, end, printed
    if draw(st.booleans()):
        text += f"{end.year}年"
        printed = True
    return text + f"{end.month}月{end.day}日", start, end, printed


WEEKDAYS = st.sampled_from(["", "（星期{}）", "(周{})", "周{}"])
TIMES = st.sampled_from(
    [
        ("", None, None),
        ("9:30", "09:30", None),
        ("上午9：30", "09:30", None),
        ("下午2点半", "14:30", None),
        ("14时30分", "14:30", None),
        ("9:00-17:00", "09:00", "17:00"),
        ("下午2:00—4:00", "14:00", "16:00"),
        ("晚7时至9时", "19:00", "21:00"),
        ("24时", "24:00", None),
    ]
)
BOUNDS = st.sampled_from([("", None), ("前", "前"), ("之前", "前"), ("起", "起"), ("截止", "截止")])


@given(spelled_day(), WEEKDAYS, TIMES, BOUNDS)
def test_a_day_in_any_spelling_is_read(
    spelling: tuple[str, dt.date, bool],
    weekday: str,
    time: tuple[str, str | None, str | None],
    bound: tuple[str, str | None],
) -> None:
    text, day, printed = spelling
    phrase = text + weekday.format("一二三四五六日"[day.weekday()])
    if phrase[-1].isdecimal() and time[0]:
        phrase += " "
    phrase += time[0] + bound[0]
    found = parse(phrase, day.year)
    assert found is not None
    assert (found.starts_on, found.ends_on) == (day, None)
    assert (found.start_time, found.end_time, found.bound) == (time[1], time[2], bound[1])
    assert all(at.isoweekday() == number for _, number, at in found.weekdays if at)
    assert len(found.weekdays) == bool(weekday)
    assert ("year" in found.inferred) is not printed
    assert found.malformed is None
    without = parse(phrase)
    assert without is not None
    assert without.starts_on == (day if printed else None)


@given(spelled_range())
def test_a_range_in_any_spelling_is_read(spelling: tuple[str, dt.date, dt.date, bool]) -> None:
    phrase, start, end, _ = spelling
    found = parse(phrase, start.year)
    assert found is not None
    assert (found.raw, found.starts_on, found.ends_on) == (phrase, start, end)
    assert found.malformed is None


FILLERS = st.sampled_from(
    [
        "，由市科学技术协会主办。\n",
        "在市民广场举行，联系电话：010-63589698。",
        "（国科函才〔2023〕65号）要求",
        "开展“5·12”防灾减灾宣传，每场15—30分钟；",
        "第37届科技周共安排3-5项活动。\n\n　　",
        "贯彻《规划纲要（2021—2035年）》精神，定于",
        "，请各单位于",
        "\t",
        "。1.",
    ]
)


@given(
    st.lists(st.tuples(FILLERS, st.one_of(spelled_day(), spelled_range())), min_size=1, max_size=6),
    FILLERS,
    st.none() | st.integers(1990, 2050),
)
def test_find_in_running_text_gives_what_parse_reads_alone(
    pieces: list[tuple[str, tuple[str, ...]]], tail: str, year: int | None
) -> None:
    anchor = Anchor(year)
    text, expected = "", []
    for filler, (phrase, *_) in pieces:
        alone = parse(phrase, anchor)
        assert alone is not None
        text += filler
        expected.append(_moved(alone, len(text)))
        text += phrase
    text += tail
    assert find(text, anchor) == expected


def _moved(found: Found, by: int) -> Found:
    return replace(
        found,
        start=found.start + by,
        end=found.end + by,
        weekdays=tuple((at + by, number, day) for at, number, day in found.weekdays),
    )


ALPHABET = [
    *"012359年月日号时点:：-—～至到、和，。（）()周六一二三十〇○零底初前起止天今第份",
    *"\n\t　x_半./元廿两５TA人在",
    *(
        "12",
        "20",
        "31",
        "2023",
        "2024",
        "——",
        "星期",
        "上旬",
        "中旬",
        "之日起",
        "即日起",
        "截至",
        "上午",
        "下午",
    ),
    *(
        "晚",
        "为期",
        "明年",
        "本月",
        "次年",
        "每年",
        "农历",
        "上半年",
        "年底",
        "前后",
        "以后",
        "9:00",
        "17:30",
    ),
    *("5月20日", "2023年", "二〇二三年", "五月"),
]
SHUFFLED = st.lists(st.sampled_from(ALPHABET), max_size=16).map("".join)
ANCHORS = st.sampled_from(
    [
        None,
        2023,
        99_999,
        dt.date(2023, 5, 8),
        Anchor(2024, 3, "title", dt.date(2099, 12, 31)),
        Anchor(month=2),
    ]
)


@settings(max_examples=400)
@given(st.one_of(SHUFFLED, st.text(max_size=60)), ANCHORS)
def test_any_text_is_read_without_error_and_in_order(
    text: str, anchor: Anchor | dt.date | int | None
) -> None:
    end = 0
    for found in find(text, anchor):
        assert text[found.start : found.end] == found.raw
        assert end <= found.start < found.end
        end = found.end
        assert found.raw == found.raw.strip()
        if found.starts_on and found.ends_on:
            assert found.starts_on <= found.ends_on
        assert all(text[at] in "一二三四五六日天" for at, _, _ in found.weekdays)
        assert found.resolve(anchor) == found
        assert isinstance(str(found.first) + str(found.last) + str(found.due_on), str)
        if "sentence" not in found.inferred.values():  # nothing is taken from an item before it
            alone = parse(found.raw, anchor)
            assert alone is not None
            assert _moved(alone, found.start) == found


@given(SHUFFLED)
def test_resolving_later_is_the_same_as_knowing_at_once(text: str) -> None:
    assert [found.resolve(2024) for found in find(text)] == find(text, 2024)
