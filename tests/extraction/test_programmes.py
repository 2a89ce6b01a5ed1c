"""Programmes printed as lines, stages with labels of their own, limits that are no period of an activity."""

from __future__ import annotations

import pytest

from noticetab.record import Record

from .builder import day, read


def told(record: Record) -> list[tuple[str | None, str, list[str]]]:
    return [
        (row.name, f"{row.starts_on:%m-%d}" if row.starts_on else "", row.venues) for row in record.activities
    ]


ROWS = [("科普讲座", "05-26", ["市科技馆"]), ("科普集市", "05-27", ["人民广场"])]


@pytest.mark.parametrize(
    "lines",
    [
        ["5月26日", "上午 科普讲座 市科技馆", "5月27日", "下午 科普集市 人民广场"],
        ["5月26日（周日）", "9:00—10:00 科普讲座 市科技馆", "5月27日", "14:30 科普集市 人民广场"],
        ["5月26日上午：科普讲座（市科技馆）", "5月27日下午：科普集市（人民广场）"],
        ["◆科普讲座　5月26日　市科技馆", "◆科普集市　5月27日　人民广场"],
        ["●科普讲座 5月26日上午 市科技馆 市科技局", "●科普集市 5月27日 人民广场 市科协"],
    ],
)
def test_each_line_of_a_programme_is_an_activity(lines: list[str]) -> None:
    assert told(read("一、活动安排", *lines, "二、工作要求", "各单位要精心组织，确保实效。")) == ROWS


def test_a_programme_above_the_signature_signs_nothing() -> None:
    record = read("一、活动日程", "5月26日", "上午 科普讲座 市科技馆", "5月27日", "上午 科普集市 人民广场")
    assert record.notice.issuers == ["泰安市科学技术局"] and told(record) == ROWS


def test_a_line_that_is_no_entry_leaves_the_section_alone() -> None:
    record = read(
        "一、活动安排", "5月26日", "上午 科普讲座 市科技馆", "请各单位组织群众参加，并做好安全工作。"
    )
    assert record.activities == []


@pytest.mark.parametrize(
    "lines",
    [
        ["1.初赛", "初赛时间：5月26日。初赛地点：市科技馆。"],
        ["1.总决赛", "总决赛时间：5月26日", "总决赛地点：市科技馆"],
        ["1.开幕式", "开幕式时间：5月26日。开幕式地点：市科技馆。"],
    ],
)
def test_a_stage_has_the_time_and_place_of_its_own_labels(lines: list[str]) -> None:
    row = read("一、赛事安排", *lines, "2.颁奖", "地点另行通知。").activities[0]
    assert (row.starts_on, row.venues, row.description) == (day("2024-05-26"), ["市科技馆"], None)


def test_the_label_of_another_stage_is_not_the_items_time() -> None:
    row = read("一、赛事安排", "1.作品征集", "决赛时间：5月26日。", "2.决赛", "在市科技馆举行。").activities[
        0
    ]
    assert row.starts_on is None


@pytest.mark.parametrize("limit", ["2024年6月底前", "6月20日前"])
def test_a_limit_in_the_heading_is_no_period(limit: str) -> None:
    row = read("一、赛事安排", f"1.市级复赛（{limit}）。各县推荐作品参加。", "2.总决赛。").activities[0]
    assert row.starts_on is None and row.ends_on is None
