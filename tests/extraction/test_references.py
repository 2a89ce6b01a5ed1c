"""Documents, laws and works that a notice cites."""

from __future__ import annotations

import pytest

from noticetab.record import Reference

from .builder import TITLE, read, squeeze

BODY = "一、工作要求", "各单位要精心组织，确保实效。"


def cited(sentence: str, **parts: object) -> list[tuple[str, str | None]]:
    rows: list[Reference] = read(*BODY, preamble=sentence + "现将有关事项通知如下：", **parts).references
    return [(squeeze(row.title), row.doc_number and squeeze(row.doc_number)) for row in rows]


ABOVE = "科技部关于举办2024年全国科技活动周的通知"


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        (f"根据《{ABOVE}》（国科函才〔2024〕76号）要求，", "国科函才〔2024〕76号"),
        (f"根据《{ABOVE}》(国科函才〔2024〕76号)要求,", "国科函才〔2024〕76号"),
        (f"根据《{ABOVE}》（国科函才[2024]76号）要求，", "国科函才[2024]76号"),
        (f"根据《{ABOVE}》（国科函才 〔2024〕 76 号）要求，", "国科函才〔2024〕76号"),
        (f"根据《{ABOVE}》精神，", None),
        (f"按照《{ABOVE}》要求（国科函才〔2024〕76号），", "国科函才〔2024〕76号"),
        (f"根据《{ABOVE}》的精神和部署（国科函才〔2024〕76号），", "国科函才〔2024〕76号"),
        (f"根据《{ABOVE}》（以下简称《通知》）精神，", None),
    ],
)
def test_a_cited_document_and_its_number(sentence: str, number: str | None) -> None:
    assert cited(sentence) == [(ABOVE, number)]


@pytest.mark.parametrize(
    ("sentence", "titles"),
    [
        ("为贯彻落实《中华人民共和国科学技术普及法》，", ["中华人民共和国科学技术普及法"]),
        (
            "为贯彻落实《中华人民共和国科学技术普及法》《山东省科学技术普及条例》，",
            ["中华人民共和国科学技术普及法", "山东省科学技术普及条例"],
        ),
        (
            "为贯彻落实《中华人民共和国科学技术普及法》、《山东省科学技术普及条例》，",
            ["中华人民共和国科学技术普及法", "山东省科学技术普及条例"],
        ),
        (
            "按照《全民科学素质行动规划纲要（2021—2035年）》部署，",
            ["全民科学素质行动规划纲要（2021—2035年）"],
        ),
        (
            "按照《山东省科技厅关于印发〈2024年山东省科技活动周方案〉的通知》安排，",
            ["山东省科技厅关于印发〈2024年山东省科技活动周方案〉的通知"],
        ),
    ],
)
def test_titles_of_cited_works(sentence: str, titles: list[str]) -> None:
    assert [title for title, _ in cited(sentence)] == titles


@pytest.mark.parametrize(
    ("sentence", "titles"),
    [
        pytest.param(
            "结合学习《科学家精神读本》、观看《流浪地球》，",
            ["科学家精神读本", "流浪地球"],
        ),
        pytest.param(
            "依据《中华人民共和国科学技术普及法》（以下简称《科普法》），落实《科普法》要求，",
            ["中华人民共和国科学技术普及法"],
        ),
    ],
)
def test_works_and_short_names(sentence: str, titles: list[str]) -> None:
    assert [title for title, _ in cited(sentence)] == titles


def test_a_document_cited_twice_is_one_row() -> None:
    law = "中华人民共和国科学技术普及法"
    record = read(
        "一、工作要求", f"认真学习宣传《{law}》。", preamble=f"为贯彻落实《{law}》，现将有关事项通知如下："
    )
    assert [row.title for row in record.references] == [law]


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("关于印发《2024年泰安市科技活动周实施方案》的通知", "请认真组织实施。"),
        (TITLE, "请填写《活动情况统计表》（附件1）。"),
        (TITLE, "请将《报名表》发送至邮箱。"),
    ],
)
def test_what_is_enclosed_or_to_be_filled_in_is_not_cited(title: str, line: str) -> None:
    record = read("一、工作要求", line, "", "附件：1.活动情况统计表", "　　　2.报名表", title=title)
    assert record.references == []
