"""The outline: which lines are headings, their numbers and counts, and who stands under whom."""

from __future__ import annotations

import pytest

import noticetab
from noticetab.record import Record

from .builder import read, text, wrapped

REST = "二、工作要求", "各单位要及时总结。"


def outline(record: Record) -> list[tuple[str | None, int | None, str]]:
    return [(row.marker, row.number, row.heading) for row in record.sections]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(
            ["一、活动时间", "5月25日至31日", "二、工作要求", "各单位要精心组织。"],
            [("一、", 1, "活动时间"), ("二、", 2, "工作要求")],
            id="headings alone",
        ),
        pytest.param(
            ["一、活动时间：5月25日至31日", "二、活动主题:热爱科学"],
            [("一、", 1, "活动时间"), ("二、", 2, "活动主题")],
            id="values run in",
        ),
        pytest.param(
            ["1.活动时间", "5月25日至31日", "2.工作要求", "各单位要精心组织。"],
            [("1.", 1, "活动时间"), ("2.", 2, "工作要求")],
            id="first level 1.",
        ),
        pytest.param(
            ["1、活动时间", "5月25日至31日", "2、工作要求", "各单位要精心组织。"],
            [("1、", 1, "活动时间"), ("2、", 2, "工作要求")],
            id="first level 1、",
        ),
        pytest.param(
            ["十、活动时间", "5月25日至31日", "十一、工作要求", "各单位要精心组织。"],
            [("十、", 10, "活动时间"), ("十一、", 11, "工作要求")],
            id="numbers over ten",
        ),
    ],
)
def test_headings_lose_number_and_value(lines: list[str], expected: list[tuple[str, int, str]]) -> None:
    assert outline(read(*lines)) == expected


@pytest.mark.parametrize("marks", ["（一）|（二）", "(一)|(二)"])
def test_headings_run_into_their_text(marks: str) -> None:
    one, two = marks.split("|")
    record = read(
        "一、工作要求",
        f"{one}加强组织领导。各单位要高度重视，周密部署。",
        f"{two}注重宣传引导。充分利用各类媒体，扩大影响。",
    )
    under = [(row.number, row.heading, row.level, row.parent) for row in record.sections[1:]]
    assert under == [(1, "加强组织领导", 2, "工作要求"), (2, "注重宣传引导", 2, "工作要求")]


@pytest.mark.parametrize(
    "heading",
    ["重点活动（3项）", "重点活动（共3项）", "重点活动(3项)", "重点活动（三项）", "重点活动（ 3 项 ）"],
)
def test_a_declared_count_is_no_part_of_the_heading(heading: str) -> None:
    items = [f"{n}.{name}" for n, name in enumerate(("启动仪式", "科普展览", "知识竞赛"), 1)]
    record = read("一、活动时间", "5月25日至31日", f"二、{heading}", *items)
    row = record.sections[1]
    assert (row.heading, row.declared_count, row.number) == ("重点活动", 3, 2)
    assert {activity.section for activity in record.activities} == {"重点活动"}


@pytest.mark.parametrize("bracket", ["（试行）", "（线上）", "（市级）"])
def test_a_bracket_that_counts_nothing_declares_no_count(bracket: str) -> None:
    record = read(f"一、活动安排{bracket}", "各单位要精心组织。")
    assert [row.declared_count for row in record.sections] == [None]


@pytest.mark.parametrize(
    "line",
    [
        "3.5万人次参加了去年的活动，各单位要认真总结。",
        "2024年5月25日，全市同步启动。",
        "12月底前，各单位要完成总结工作。",
        "一切从实际出发，注重实效。",
        "“一、二、三”号展厅全天开放。",
        "（附件1）请按时填写。",
        "（此页无正文）",
    ],
)
def test_lines_that_begin_like_a_number_are_no_headings(line: str) -> None:
    record = read(
        "一、工作要求", "各单位要精心组织。", line, "二、联系方式", "联系人：王旭，电话：0538-6123456"
    )
    assert [row.heading for row in record.sections] == ["工作要求", "联系方式"]


@pytest.mark.parametrize("head", ["附件", "附件1", "附件1："])
def test_the_title_of_an_attachment_is_no_section(head: str) -> None:
    after = [head, "", "泰安市科技活动周重点活动安排", "", "1.启动仪式", "2.科普展览"]
    record = read("一、工作要求", "各单位要精心组织。", after=after)
    assert "泰安市科技活动周重点活动安排" not in [row.heading for row in record.sections]
    assert {row.section for row in record.activities} == {"泰安市科技活动周重点活动安排"}


def test_a_heading_over_two_lines_is_one() -> None:
    heading = "广泛开展面向青少年和农村群众的科学普及活动，大力提升公民科学素质"
    whole = text(
        "一、" + heading, "各单位要精心组织，周密部署，确保活动取得实效，切实提升群众的获得感。", *REST
    )
    record = noticetab.extract_text(wrapped(whole))
    assert [row.heading for row in record.sections] == [heading, "工作要求"]


def test_a_section_that_lost_its_number_ends_the_list_before_it() -> None:
    record = read(
        "一、主要活动",
        "1.启动仪式",
        "2.科普展览",
        "工作要求",
        "（1）加强领导。",
        "（2）注重宣传。",
        preamble=None,
    )
    assert [row.heading for row in record.sections if row.level == 1] == ["主要活动", "工作要求"]
    assert [row.name for row in record.activities] == ["启动仪式", "科普展览"]


def test_a_point_is_a_full_stop_where_a_copy_narrowed_the_marks() -> None:
    record = read(
        "一,主要活动",
        "1.启动仪式.5月25日上午9:30在泰山广场举行,由市科技局主办.",
        "2.科普展览.组织巡展,面向全市.",
    )
    assert [row.name for row in record.activities] == ["启动仪式", "科普展览"]
    assert record.activities[0].venues == ["泰山广场"]


def test_articles_stand_below_chapters_and_are_no_headings() -> None:
    rules = [
        "泰安市科普基地管理办法",
        "第一章 总则",
        "第一条 为规范管理，制定本办法。",
        "第二条 本办法适用于全市。",
    ]
    rules += ["第二章 申报", "第三条 申报条件。", "第三章 附则", "第四条 本办法自发布之日起施行。"]
    title = "关于印发《泰安市科普基地管理办法》的通知"
    record = read("现将《泰安市科普基地管理办法》印发给你们，请遵照执行。", title=title, after=rules)
    assert [(row.level, row.heading) for row in record.sections] == [(1, "总则"), (1, "申报"), (1, "附则")]


@pytest.mark.parametrize("mark", ["、", "（ ）", ". "])
def test_a_heading_whose_number_lost_its_digit(mark: str) -> None:
    lost = f"{mark}奖项设置"
    record = read("一、参赛对象", "在校学生。", lost, "设一等奖1名。", "三、报名方式", "5月6日前报名。")
    assert "奖项设置" in [row.heading for row in record.sections]
    assert [f.code for f in record.findings if f.code.startswith(("UNNUMBERED", "NUMBERING"))] == [
        "UNNUMBERED_HEADING"
    ]
