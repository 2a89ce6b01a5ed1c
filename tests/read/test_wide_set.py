"""Blanks that a grid of characters puts into numbers: the number is whole again, columns stay apart."""

from __future__ import annotations

import pytest

import noticetab
from noticetab.read import read_text


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("2 0 2 4 年5 月2 5 日至5 月3 1 日。", "2024年5月25日至5月31日。"),
        ("2024 年 5 月2 5 日", "2024 年 5 月25 日"),
        ("请于4 月3 0 日1 7 :0 0 前报送", "请于4月30日17:00前报送"),
        ("电话：0 5 7 2 - 8 0 0 0 1 2 3 。", "电话：0572-8000123。"),
        ("关 于 举 办 科 技 节 活 动 的 通 知", "关于举办科技节活动的通知"),
        ("走 进 科 学  你 我 同 行", "走进科学 你我同行"),
    ],
)
def test_what_stands_wide_comes_together(printed: str, meant: str) -> None:
    assert read_text(printed).text == meant


@pytest.mark.parametrize(
    "text",
    [
        "满意度：1 2 3 4 5",
        "2024年5月25日至 31 日",
        "电话：0572 8000123  8000124",
        "第1 组 3 队",
        "1\t2\t3",
        "王 旭 李 立 夏",
    ],
)
def test_what_is_apart_stays_apart(text: str) -> None:
    assert read_text(text).text == text


def test_dates_of_a_grid_are_whole_days() -> None:
    record = noticetab.extract_text("""云山市科学技术局关于举办2031年云山市科技周的通知

各区科技局：
定于2031年科技周期间举办活动。现将有关事项通知如下：
一、活动时间
2 0 3 1 年5 月2 0 日至5 月2 6 日。
二、报送要求
请于4 月3 0 日前将总结报送市科技局。

云山市科学技术局
2031年4月8日
""")
    assert [(str(e.starts_on), str(e.ends_on)) for e in record.events] == [("2031-05-20", "2031-05-26")]
    assert [str(row.due_on) for row in record.deadlines] == ["2031-04-30"]
    for row in (*record.events, *record.deadlines):
        assert record.text[row.evidence.start : row.evidence.end]
