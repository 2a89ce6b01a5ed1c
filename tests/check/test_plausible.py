"""What does not look like what its field holds is flagged, and tables that were not understood are named."""

from __future__ import annotations

import pytest

import noticetab
from noticetab.check import plausible
from noticetab.check.confidence import confidence_rules
from noticetab.normalize.persons import is_person
from noticetab.record import Contact, Evidence, Organizer, Record


@pytest.mark.parametrize(
    "name",
    [
        "王旭",
        "欧阳青",
        "上官飞燕",
        "阿依古丽·买买提",
        "才让卓玛",
        "王老师",
        "李主任",
        "饶子和",
        "Smith",
        "王 旭",
    ],
)
def test_names_of_persons(name: str) -> None:
    assert is_person(name)


@pytest.mark.parametrize(
    "name", ["征集", "报名", "咨询", "各县", "市、区", "联系人及电话", "请于6月10日前", "王", "0538"]
)
def test_what_is_no_name(name: str) -> None:
    assert not is_person(name)


def record(**rows: object) -> Record:
    return Record(text="一" * 40, **rows)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("raw", "trusted"),
    [
        ("市科技局", True),
        ("中国石油大学（北京）", True),
        ("由市科技局", False),
        ("本次活动由市科技局主办", False),
        ("市科技局；市教育局", False),
    ],
)
def test_organizations_that_read_like_sentences(raw: str, trusted: bool) -> None:
    one = Organizer(role="主办", raw=raw, name=raw, evidence=Evidence(start=0, end=3), confidence=0.98)
    whole = record(organizers=[one])
    plausible.limit(whole)
    assert (one.confidence >= confidence_rules().threshold) is trusted
    assert (one.raw, one.name) == (raw, raw), "no value changes"


@pytest.mark.parametrize(
    ("unit", "trusted"), [("市科协科普部", True), ("请各单位于6月10日前报送市科协", False)]
)
def test_offices_of_contacts(unit: str, trusted: bool) -> None:
    one = Contact(unit=unit, persons=["王旭"], evidence=Evidence(start=0, end=3), confidence=0.98)
    plausible.limit(record(contacts=[one]))
    assert (one.confidence >= confidence_rules().threshold) is trusted


NOTICE = """关于举办2024年泰安市科技活动周的通知

各有关单位：
　　定于2024年5月25日至31日举办2024年泰安市科技活动周。现将有关事项通知如下：
　　一、活动名目
{table}
　　二、工作要求
　　各单位要精心组织。

　　　　　　　　泰安市科学技术局
　　　　　　　　2024年5月6日
"""


def unread(*lines: str) -> list[str]:
    found = noticetab.extract_text(NOTICE.format(table="\n".join(lines))).findings
    return [f.code for f in found if f.rule == "check.unread.table"]


def test_a_table_without_known_columns_is_named() -> None:
    assert unread("甲项\t乙项\t丙项", "红\t橙\t黄", "绿\t青\t蓝", "紫\t黑\t白") == ["TABLE_UNREAD"]


def test_a_table_of_a_cell_a_line_that_was_not_understood_is_named() -> None:
    cells = [cell for n in range(1, 5) for cell in (str(n), f"甲{n}", f"乙{n}")]
    assert unread("序号", "甲项", "乙项", *cells) == ["TABLE_UNREAD"]


def test_a_table_that_was_read_is_not_named() -> None:
    rows = [f"{n}\t活动{n}\t5月{24 + n}日\t市科协" for n in range(1, 5)]
    assert unread("序号\t活动名称\t时间\t主办单位", *rows) == []
