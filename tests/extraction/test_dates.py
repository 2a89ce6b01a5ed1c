"""Dates: every form in which offices print a day, period or clock time, and the numbers that are none."""

from __future__ import annotations

import pytest

import noticetab
from noticetab.record import DateRow, Record

from .builder import day, read, text, wrapped

REST = "二、工作要求", "各单位要精心组织，确保实效。"


def stated(*lines: str, **parts: object) -> list[DateRow]:
    """Dates of the body alone (not of the preamble, the signature)."""
    parts.setdefault("preamble", "现将有关事项通知如下：")
    record: Record = read(*lines, **parts)
    issued = record.notice.evidence.get("issued_on")
    return [row for row in record.dates if issued is None or row.evidence.start < issued.start]


@pytest.mark.parametrize(
    ("printed", "starts", "ends"),
    [
        ("5月25日", "05-25", None),
        ("2024年5月25日", "05-25", None),
        ("2024年05月25日", "05-25", None),
        ("2024 年 5 月 25 日", "05-25", None),
        ("二〇二四年五月二十五日", "05-25", None),
        ("5月25日（星期六）", "05-25", None),
        ("5月25日(周六)", "05-25", None),
        ("5月25日至31日", "05-25", "05-31"),
        ("5月25至31日", "05-25", "05-31"),
        ("5月25日到31日", "05-25", "05-31"),
        ("5月25-31日", "05-25", "05-31"),
        ("5月25—31日", "05-25", "05-31"),
        ("5月25日——31日", "05-25", "05-31"),
        ("5月25日～31日", "05-25", "05-31"),
        ("5月25日~5月31日", "05-25", "05-31"),
        ("5月27—6月3日", "05-27", "06-03"),
        ("5月27日至6月3日", "05-27", "06-03"),
        ("5月25日（周六）至31日（周五）", "05-25", "05-31"),
        ("5月25日、26日", "05-25", "05-26"),
        ("5月25、26日", "05-25", "05-26"),
        ("5月25日、26日、27日", "05-25", "05-27"),
        ("2024年12月25日至2025年1月5日", "12-25", "2025-01-05"),
        ("2024年12月25日至次年1月5日", "12-25", "2025-01-05"),
    ],
)
@pytest.mark.parametrize("sentence", ["展览时间：{}", "展览于{}在市科技馆举办。"])
def test_days_and_periods(printed: str, starts: str, ends: str | None, sentence: str) -> None:
    dates = stated("一、有关安排", sentence.format(printed), *REST)
    assert [(row.starts_on, row.ends_on, row.precision) for row in dates] == [(day(starts), day(ends), "day")]


@pytest.mark.parametrize(
    ("printed", "starts", "ends", "precision"),
    [
        ("5月上旬", "05-01", "05-10", "xun"),
        ("5月中旬", "05-11", "05-20", "xun"),
        ("5月下旬", "05-21", "05-31", "xun"),
        ("6月下旬", "06-21", "06-30", "xun"),
        ("5月中旬至6月上旬", "05-11", "06-10", "xun"),
        ("2月下旬", "02-21", "02-29", "xun"),
        ("5月", "05-01", "05-31", "month"),
        ("5月份", "05-01", "05-31", "month"),
        ("5月至6月", "05-01", "06-30", "month"),
        ("5—6月", "05-01", "06-30", "month"),
        ("2024年2月", "02-01", "02-29", "month"),
    ],
)
def test_coarser_than_a_day(printed: str, starts: str, ends: str, precision: str) -> None:
    dates = stated("一、有关安排", f"展览时间：{printed}", *REST)
    assert [(r.starts_on, r.ends_on, r.precision) for r in dates] == [(day(starts), day(ends), precision)]


@pytest.mark.parametrize(
    ("printed", "start", "end"),
    [
        ("5月25日9:30", "09:30", None),
        ("5月25日9：30", "09:30", None),
        ("5月25日上午9:30", "09:30", None),
        ("5月25日上午9时30分", "09:30", None),
        ("5月25日上午9点", "09:00", None),
        ("5月25日上午九点半", "09:30", None),
        ("5月25日下午2:30", "14:30", None),
        ("5月25日下午14:30", "14:30", None),
        ("5月25日（星期六）下午2时", "14:00", None),
        ("5月25日晚7:00", "19:00", None),
        ("5月25日9:00—11:30", "09:00", "11:30"),
        ("5月25日9:00-17:00", "09:00", "17:00"),
        ("5月25日上午9:00至下午5:00", "09:00", "17:00"),
        ("5月25日 9:00 ~ 11:30", "09:00", "11:30"),
        ("5月25日下午2:00—4:00", "14:00", "16:00"),
    ],
)
def test_clock_times(printed: str, start: str, end: str | None) -> None:
    dates = stated("一、有关安排", f"讲座时间：{printed}", *REST)
    assert [(r.starts_on, r.ends_on, r.start_time, r.end_time) for r in dates] == [
        (day("05-25"), None, start, end)
    ]


@pytest.mark.parametrize(
    "line",
    [
        "依据《科普工作规划》（泰政发〔2021〕5号）执行。",
        "依据泰科发[2023]12号文件执行。",
        "联系电话：0538-6123456，13900000217",
        "传真：0538-2024525",
        "邮箱：kpb20240525@126.com",
        "落实《全民科学素质行动规划纲要（2021—2035年）》要求。",
        "深入实施“2211”工程。",
        "每个县（市、区）组织活动不少于5—8项。",
        "比例为3:2，评分按9.5分计算。",
        "地点：泰安市望岳东路5号202室",
        "邮编：271000",
        "每篇文章1500—2000字，照片不超过5M。",
        "网址：http://www.example.cn/2024/0525/page_1.html",
        "奖励等级为1/2/3等。",
    ],
)
def test_numbers_that_are_no_dates(line: str) -> None:
    assert stated("一、有关事项", line, *REST) == []


@pytest.mark.parametrize(
    "printed",
    ["2月30日", "13月5日", "5月32日", "2023年2月29日", "XX月XX日", "　　月　　日", "20__年__月__日"],
)
def test_no_date_is_made_of_an_impossible_one(printed: str) -> None:
    assert stated("一、有关事项", f"展览时间：{printed}", *REST) == []


@pytest.mark.parametrize(
    ("title", "issued", "line", "starts"),
    [
        ("关于举办2023年泰安市科技活动周的通知", "2023年5月6日", "展览时间：5月25日", "2023-05-25"),
        ("关于举办泰安市第三十届科技周的通知", "2023年5月6日", "展览时间：5月25日", "2023-05-25"),
        ("关于举办2024年泰安市科技活动周的通知", "2023年12月6日", "展览时间：5月25日", "2024-05-25"),
        ("关于举办2024年泰安市科技活动周的通知", "2024年5月6日", "展览时间：2023年5月25日", "2023-05-25"),
    ],
)
def test_a_year_not_printed_is_inherited(title: str, issued: str, line: str, starts: str) -> None:
    dates = stated("一、有关安排", line, *REST, title=title, issued=issued)
    assert [row.starts_on for row in dates] == [day(starts)]
    assert ("year" in dates[0].inferred) == ("年5月25日" not in line)


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("平台自5月10日起开放。", "open_end"),
        ("请于5月10日前报送活动方案。", "open_start"),
        ("报名截至5月10日。", "open_start"),
    ],
)
def test_open_periods_say_on_which_side(line: str, role: str) -> None:
    dates = stated("一、有关事项", line, *REST)
    assert len(dates) == 1
    assert getattr(dates[0], role)
    assert day("05-10") in (dates[0].starts_on, dates[0].ends_on)


@pytest.mark.parametrize(
    ("heading", "line", "role"),
    [
        ("活动时间", "2024年5月25日至31日", "event"),
        ("时间", "2024年5月25日至31日", "event"),
    ],
)
def test_the_events_own_period_has_its_role(heading: str, line: str, role: str) -> None:
    assert [row.role for row in stated(f"一、{heading}", line, *REST)] == [role]


@pytest.mark.parametrize(
    ("name", "role"),
    [("启动仪式", "opening"), ("开幕式", "opening"), ("闭幕式", "closing"), ("科普展览", "activity")],
)
def test_the_role_of_an_activitys_date(name: str, role: str) -> None:
    lines = "一、重点活动", f"1.{name}", "时间：5月25日", "2.知识竞赛", "面向全市开展。"
    assert [row.role for row in stated(*lines, *REST)] == [role]


@pytest.mark.parametrize(
    "wide",
    [
        18,
        20,
        22,
        24,
        26,
        28,
        30,
        32,
        34,
    ],
)
def test_a_date_over_a_line_break_is_one(wide: int) -> None:
    line = "经研究，面向全市群众的科学技术成果展览定于2024年5月25日至6月3日上午9:30至11:30在市科技馆举办。"
    prose = (
        "各单位要围绕群众关切，组织形式多样、内容丰富的科普活动，普及科学知识，弘扬科学精神，营造浓厚氛围。"
    )
    whole = text("一、有关安排", line, prose, *REST, preamble="现将有关事项通知如下：")
    record = noticetab.extract_text(wrapped(whole, wide))
    held = [row for row in record.dates if row.role != "issued"]
    assert (day("05-25"), day("06-03")) in [(row.starts_on, row.ends_on) for row in held]
    assert day("05-01") not in [row.starts_on for row in held]
