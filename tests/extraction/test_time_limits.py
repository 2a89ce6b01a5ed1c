"""Time limits in the many ways offices set them: by class of receiver, by stage, in brackets, by windows."""

from __future__ import annotations

import pytest

from noticetab.record import Deadline

from .builder import day, read, squeeze


def due(line: str) -> list[Deadline]:
    return read("一、报送要求", line, "二、其他", "各单位要精心组织，确保实效。").deadlines


@pytest.mark.parametrize(
    ("line", "rows"),
    [
        (
            "各县（市、区）于5月15日前、市直各单位于5月20日前将活动方案报市科技局。",
            [("05-15", "活动方案", "各县（市、区）"), ("05-20", "活动方案", "市直各单位")],
        ),
        (
            "请各参赛队于5月20日前提交初赛作品，入围复赛的队伍于6月20日前提交复赛作品。",
            [("05-20", "初赛作品", "各参赛队"), ("06-20", "复赛作品", "入围复赛的队伍")],
        ),
        (
            "报名截止日期：2024年5月15日；作品提交截止日期：2024年6月10日。",
            [("05-15", "报名", ""), ("06-10", "作品", "")],
        ),
        (
            "5月8日-5月15日为报名阶段，5月16日至6月10日为作品提交阶段。",
            [("05-15", "报名", ""), ("06-10", "作品", "")],
        ),
        (
            "网上申报截止到5月15日24时，纸质材料报送截止到5月20日17时。",
            [("05-15", "网上申报", ""), ("05-20", "纸质材料", "")],
        ),
        ("申报单位网上填报截止时间为5月15日17:00。", [("05-15", "网上填报", "申报单位")]),
        ("作品提交（5月16日—6月10日）。参赛者上传作品。", [("06-10", "作品", "")]),
        ("请各校于第12周周五前（5月17日）将报名表交至团委办公室。", [("05-17", "报名表", "")]),
        (
            "活动方案、活动总结分别于5月15日、6月10日前报市科技局。",
            [("05-15", "活动方案", ""), ("06-10", "活动总结", "")],
        ),
        ("各单位于每月25日前报送活动信息，6月10日前报送活动总结。", [("06-10", "活动总结", "各单位")]),
        (
            "请各单位于5月15日前将参会回执通过电子邮件发送至takjj@126.com。",
            [("05-15", "参会回执", "各单位")],
        ),
        (
            "各学院于5月15日前将推荐作品及汇总表（加盖公章）交至科技处302室。",
            [("05-15", "推荐作品及汇总表（加盖公章）", "各学院")],
        ),
        ("征文每校报送3篇，于5月15日前交市科协办公室。", [("05-15", "征文", "")]),
        ("请有意参加的单位于5月15日前与市科技局联系报名。", [("05-15", "报名", "有意参加的单位")]),
        ("5月15日前，请各镇（街道）报送活动方案。", [("05-15", "活动方案", "各镇（街道）")]),
    ],
)
def test_when_what_and_whose(line: str, rows: list[tuple[str, str, str]]) -> None:
    got = [(row.due_on, squeeze(row.what), squeeze(row.who)) for row in due(line)]
    wanted = [(day(on), what, who) for on, what, who in rows]
    assert [(on, what) for on, what, _ in got] == [(on, what) for on, what, _ in wanted]
    assert all(who in ("", named) for (_, _, named), (_, _, who) in zip(got, wanted, strict=True))


@pytest.mark.parametrize(
    "line",
    [
        "获奖名单将于6月30日前公布。",
        "评审专家组将于6月15日前完成评审工作。",
        "5月15日17:30前未提交材料的，视为放弃申报资格。",
        "公示时间：5月21日—5月25日。",
        "市级评审（6月1日—6月10日）。",
    ],
)
def test_what_asks_nobody_for_anything(line: str) -> None:
    assert due(line) == []


def test_a_window_that_names_only_the_act_is_no_second_row() -> None:
    lines = ["即日起至2024年6月10日。", "二、报送要求", "推荐单位应于2024年6月10日24:00前上传作品。"]
    rows = read("一、征集时间", *lines).deadlines
    assert [(row.due_on, row.what) for row in rows] == [(day("06-10"), "作品")]
