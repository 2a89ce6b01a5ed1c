"""Deadlines: duties with a date, who owes what, where it goes; and dates that are no deadlines."""

from __future__ import annotations

import pytest

from noticetab.record import Deadline

from .builder import day, read, squeeze


def due(*lines: str, **parts: object) -> list[Deadline]:
    return read("一、报送要求", *lines, "二、其他", "各单位要精心组织，确保实效。", **parts).deadlines


@pytest.mark.parametrize(
    ("line", "on", "time"),
    [
        ("请各单位于5月15日前将活动方案报送市科技局。", "05-15", None),
        ("请各单位于2024年5月15日之前将活动方案报送市科技局。", "05-15", None),
        ("请各单位于5月15日以前将活动方案报送市科技局。", "05-15", None),
        ("请各单位在5月15日前，将活动方案报送市科技局。", "05-15", None),
        ("各单位活动方案请于5月15日前报送市科技局。", "05-15", None),
        ("活动方案5月15日前报市科技局。", "05-15", None),
        ("请各单位于5月15日（星期三）前将活动方案报送市科技局。", "05-15", None),
        ("请各单位于5月15日18:00前将活动方案报送市科技局。", "05-15", "18:00"),
        ("请各单位于5月15日下午5:00前将活动方案报送市科技局。", "05-15", "17:00"),
        ("请各单位于5月15日17时前将活动方案报送市科技局。", "05-15", "17:00"),
        ("请各单位于5月15日24时前将活动方案报送市科技局。", "05-15", "24:00"),
        ("请各单位于5月15日24:00前将活动方案报送市科技局。", "05-15", "24:00"),
        ("请各单位于5月15日中午12:00前将活动方案报送市科技局。", "05-15", "12:00"),
        ("请各单位于6月底前将活动方案报送市科技局。", "06-30", None),
        ("请各单位于5月底前将活动方案报送市科技局。", "05-31", None),
        ("请各单位于5月中旬前将活动方案报送市科技局。", "05-20", None),
        ("活动方案报送截止时间为5月15日。", "05-15", None),
        ("活动方案报送截止时间：2024年5月15日18:00", "05-15", "18:00"),
        ("活动方案报送截止日期：5月15日", "05-15", None),
        (
            "活动方案报送时间截至5月15日。",
            "05-15",
            None,
        ),
        (
            "活动方案报送时间：即日起至5月15日。",
            "05-15",
            None,
        ),
        (
            "活动方案报送时间为5月8日至15日。",
            "05-15",
            None,
        ),
        (
            "请各单位于5月8日至15日期间报送活动方案。",
            "05-15",
            None,
        ),
        (
            "即日起至5月15日，各单位将活动方案报送市科技局。",
            "05-15",
            None,
        ),
    ],
)
def test_when_something_is_due(line: str, on: str, time: str | None) -> None:
    rows = due(line)
    assert [(row.due_on, row.due_time) for row in rows] == [(day(on), time)]
    assert "活动方案" in (rows[0].what or "")


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("请各单位于6月10日前将活动总结报送市科技局。", "活动总结"),
        ("请各单位于6月10日前报送活动总结。", "活动总结"),
        ("请各单位于6月10日前上报活动总结。", "活动总结"),
        ("请各单位于6月10日前将活动总结（纸质版一式两份）报送市科技局。", "活动总结"),
        ("请各单位于6月10日前将活动总结及影像资料报送市科技局。", "活动总结"),
        ("请各单位于6月10日前将活动总结（附统计表）报送市科技局。", "活动总结"),
        ("活动总结于6月10日前发送至邮箱。", "活动总结"),
        ("请参会人员于6月10日前将回执传真至市科技局。", "回执"),
        ("请于6月10日前填写《活动情况统计表》（附件2）并报市科技局。", "活动情况统计表"),
        ("请各单位于6月10日前提交参赛作品。", "参赛作品"),
        ("请于6月10日前将推荐表寄送至市科技局。", "推荐表"),
        (
            "申报材料一式三份，于6月10日前报送至市科技局，电子版同时发送至takjj@126.com。",
            "申报材料",
        ),
        ("请于6月10日前将总结、图片、视频等材料报送至市科技局。", "总结"),
        ("请各单位于6月10日（周一）下班前将活动总结报市科技局，逾期不予受理。", "活动总结"),
        ("请各单位于6月10日前报送活动总结，并于每月25日前报送活动信息。", "活动总结"),
        ("6月10日前，各单位将活动总结报市科技局。", "活动总结"),
        ("活动总结征集截止到6月10日，以邮戳为准。", "活动总结"),
        (
            "活动总结提交：6月1日—10日，各单位将活动总结发送至邮箱。",
            "活动总结",
        ),
    ],
)
def test_what_is_due_is_one_row(line: str, what: str) -> None:
    rows = due(line)
    assert [row.due_on for row in rows] == [day("06-10")]
    assert what in squeeze(rows[0].what)


@pytest.mark.parametrize(
    "line",
    [
        "活动平台自5月10日起开放。",
        "5月10日起，各单位可登录平台浏览。",
        "活动平台于5月10日至6月10日开放。",
        "启动仪式于5月25日上午9:30在泰山广场举行。",
        "科技活动周于2024年5月25日至31日举行。",
        "作品须为2023年1月1日以后完成的原创作品。",
        "参赛者须在2006年9月1日前出生。",
        "各单位要提前做好准备，确保活动顺利进行。",
        "5月20日前后，各单位要集中开展宣传。",
        "请各单位及时报送活动信息。",
        "公示期为2024年5月8日至5月15日。",
        "活动结束后10个工作日内报送活动总结。",
    ],
)
def test_dates_that_are_no_deadlines(line: str) -> None:
    assert due(line) == []


@pytest.mark.parametrize(
    "line",
    [
        "请各单位于5月15日前将活动方案、6月10日前将活动总结报送市科技局。",
        "请各单位于5月15日前报送活动方案，6月10日前报送活动总结。",
        "请各单位将活动方案于5月15日前、活动总结于6月10日前报送市科技局。",
        "活动方案（5月15日前）和活动总结（6月10日前）报送市科技局。",
        "请各单位分别于5月15日和6月10日前将活动方案、活动总结报送市科技局。",
    ],
)
def test_two_demands_are_two_rows(line: str) -> None:
    got = [(row.due_on, squeeze(row.what)) for row in due(line)]
    assert len(got) == 2
    for (on, what), (wanted, word) in zip(got, [("05-15", "活动方案"), ("06-10", "活动总结")], strict=True):
        assert on == day(wanted)
        assert word in what
        assert not what.startswith("、")


@pytest.mark.parametrize(
    ("line", "channel"),
    [
        ("请于5月15日前将活动方案发送至邮箱takjj@126.com。", "takjj@126.com"),
        ("请于5月15日前将活动方案电子版发至takjj@126.com。", "takjj@126.com"),
        ("请于5月15日前将活动方案电子版发送至指定邮箱（takjj@126.com）。", "takjj@126.com"),
        (
            "请于5月15日前登录www.takp.example.cn提交活动方案。",
            "www.takp.example.cn",
        ),
    ],
)
def test_the_channel_of_a_demand(line: str, channel: str) -> None:
    rows = due(line)
    assert [row.due_on for row in rows] == [day("05-15")]
    assert channel in squeeze(rows[0].channel)


@pytest.mark.parametrize(
    "line",
    [
        "请于5月15日前函复我局。",
        "请于5月15日前将意见反馈我局。",
        "请于5月15日前书面回复市科技局。",
        "请于5月15日前完成报名。",
        "请于5月15日前在平台上完成填报。",
        "参赛者须于5月15日前登录平台注册报名。",
    ],
)
def test_duties_other_than_sending(line: str) -> None:
    assert [row.due_on for row in due(line)] == [day("05-15")]


@pytest.mark.parametrize(
    "line",
    [
        "各单位于5月15日前将活动方案、每周五前将活动进展、6月10日前将活动总结报市科技局。",
        "各单位于5月15日前将活动方案，每周五前将活动进展，6月10日前将活动总结报市科技局。",
    ],
)
def test_a_recurring_demand_between_two_dated_ones(line: str) -> None:
    dated = [(row.due_on, squeeze(row.what)) for row in due(line)]
    assert dated == [(day("05-15"), "活动方案"), (day("06-10"), "活动总结")]


@pytest.mark.parametrize(
    "line",
    [
        "请于5月15日前将活动方案传真或发邮件至市科技局。",
        "请于5月15日前将活动方案报送至市科技局。",
        "请于5月15日前将活动方案邮寄或送至市科技局。",
    ],
)
def test_the_office_it_goes_to(line: str) -> None:
    assert [squeeze(row.channel) for row in due(line)] == ["市科技局"]


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("请各县（市、区）科技局于5月15日前将活动方案报送市科技局。", "各县（市、区）科技局"),
        ("各县(市、区)科技局要于5月15日前将活动方案报送市科技局。", "各县（市、区）科技局"),
        ("各参赛学校须于5月15日前将活动方案报送市科技局。", "各参赛学校"),
        ("请于5月15日前将活动方案报送市科技局。", ""),
    ],
)
def test_who_owes_it(line: str, who: str) -> None:
    assert [squeeze(row.who) for row in due(line)] == [who]


def test_the_same_demand_in_an_attachment_is_one_row() -> None:
    form = [
        "附件",
        "",
        "科技活动周活动方案表",
        "",
        "单位名称\t\t联系电话\t",
        "注：请于5月15日前将活动方案报送市科技局。",
    ]
    rows = due("请各单位于5月15日前将活动方案报送市科技局。", after=form)
    assert [row.due_on for row in rows] == [day("05-15")]


@pytest.mark.parametrize(
    "lines",
    [
        ["（一）方案报送。请各单位于5月15日前将活动方案报送市科技局。"],
        ["1.请各单位于5月15日前将活动方案报送市科技局。"],
        ["1、方案报送：5月15日前将活动方案报送市科技局。"],
        ["报送时间：5月15日前", "报送材料：活动方案"],
    ],
)
def test_where_a_demand_stands(lines: list[str]) -> None:
    assert [row.due_on for row in due(*lines)] == [day("05-15")]


def test_a_demand_with_a_year_of_its_own() -> None:
    assert [row.due_on for row in due("请各单位于2025年1月10日前将全年活动总结报送市科技局。")] == [
        day("2025-01-10")
    ]


def test_what_is_in_a_bracket_is_due_alone() -> None:
    (row,) = due("各单位要明确专人负责（名单于5月15日前报市科技局）。")
    assert row.what == "名单"


def test_where_a_thing_goes_is_an_office_alone() -> None:
    (row,) = due("各单位5月15日前报总结至市科技局农社科，逾期视为弃权。")
    assert (row.what, row.channel) == ("总结", "市科技局农社科")
