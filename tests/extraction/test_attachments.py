"""Attachments listed and printed, and the cells of their blank forms."""

from __future__ import annotations

import pytest

import noticetab
from noticetab.record import Record

from .builder import read, squeeze, text

BODY = "一、工作要求", "各单位要精心组织，确保实效。"
FORM = "科技活动周活动情况统计表"
PLAN = "科技活动周重点活动安排"


def rows(record: Record) -> list[tuple[int | None, str, bool]]:
    return [(row.number, squeeze(row.title), row.embedded) for row in record.attachments]


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([f"附件：1.{FORM}", f"　　　2.{PLAN}"], id="usual"),
        pytest.param([f"附件:1.{FORM}", f"2.{PLAN}"], id="half-width"),
        pytest.param([f"附件：1. {FORM}", f"2. {PLAN}"], id="blank behind the number"),
        pytest.param([f"附件：1、{FORM}", f"2、{PLAN}"], id="1、"),
        pytest.param([f"附件：1．{FORM}", f"　　　2．{PLAN}"], id="full-width stop"),
        pytest.param(["附件：", f"1.{FORM}", f"2.{PLAN}"], id="label alone"),
        pytest.param([f"附件1：{FORM}", f"附件2：{PLAN}"], id="a label each"),
        pytest.param(
            [f"附件1.{FORM}", f"附件2.{PLAN}"],
            id="a label each, stop",
        ),
        pytest.param([f"附　件：1.{FORM}", f"　　　　2.{PLAN}"], id="padded label"),
        pytest.param([f"附：1.{FORM}", f"　　2.{PLAN}"], id="short label"),
        pytest.param([f"附件：1.《{FORM}》", f"2.《{PLAN}》"], id="book-title marks"),
        pytest.param([f"附件：1.{FORM}.doc", f"2.{PLAN}.xlsx"], id="file endings"),
        pytest.param([f"附件：1.《{FORM}》.docx（23KB）", f"2.{PLAN}.xlsx [1.2 MB]"], id="sizes of files"),
        pytest.param([f"附件：1.{FORM}.pdf 下载次数：12", f"2.{PLAN}.doc 【点击下载】"], id="buttons"),
        pytest.param(
            [f"附件：1.{FORM}；", f"2.{PLAN}。"],
            id="closing marks",
        ),
        pytest.param([f"附件：1.{FORM}　2.{PLAN}"], id="one line"),
    ],
)
def test_the_list_of_attachments(lines: list[str]) -> None:
    assert rows(read(*BODY, "", *lines)) == [(1, FORM, False), (2, PLAN, False)]


@pytest.mark.parametrize(
    "line", [f"附件：{FORM}", f"附件:{FORM}", f"附：{FORM}", f"附件：《{FORM}》", f"附件：{FORM}.docx"]
)
def test_a_single_attachment_has_no_number(line: str) -> None:
    assert rows(read(*BODY, "", line)) == [(None, FORM, False)]


def test_a_listed_title_over_two_lines_is_one() -> None:
    record = read(
        *BODY, "", "附件：1.2024年泰安市科技活动周重点活动\n　　　　　推荐汇总表", f"　　　2.{PLAN}"
    )
    assert rows(record) == [(1, "2024年泰安市科技活动周重点活动推荐汇总表", False), (2, PLAN, False)]


PRINTED = ["", "序号\t活动名称\t参加人数", "1\t\t", "2\t\t", ""]


@pytest.mark.parametrize("head", ["附件{}", "附件{}：", "附件{}:", "附 件 {}", "附件 {}"])
def test_printed_attachments_are_embedded_and_counted_once(head: str) -> None:
    after = [head.format(1), "", FORM, *PRINTED, head.format(2), "", PLAN, "", "1.启动仪式", "2.科普展览"]
    record = read(*BODY, "", f"附件：1.{FORM}", f"　　　2.{PLAN}", after=after)
    assert rows(record) == [(1, FORM, True), (2, PLAN, True)]


def test_one_printed_and_one_not() -> None:
    record = read(*BODY, "", f"附件：1.{FORM}", f"　　　2.{PLAN}", after=["附件1", "", FORM, *PRINTED])
    assert rows(record) == [(1, FORM, True), (2, PLAN, False)]


def test_a_printed_one_that_is_not_listed_is_a_row() -> None:
    assert rows(read(*BODY, after=["附件", "", FORM, *PRINTED])) == [(None, FORM, True)]


def test_a_file_that_is_itself_an_attachment_has_no_row_for_itself() -> None:
    whole = text(
        *BODY,
        above=["附件1", ""],
        title="2024年泰安市科技活动周实施方案",
        addressees=None,
        signed=None,
        issued=None,
    )
    record = noticetab.extract_text(whole)
    assert record.attachments == []
    assert record.notice.title == "2024年泰安市科技活动周实施方案"


@pytest.mark.parametrize(
    "line",
    [
        "请认真填写有关附件。",
        "有关材料可从附件下载。",
        "各单位要做好附件材料的归档。",
    ],
)
def test_the_word_alone_is_no_attachment(line: str) -> None:
    assert read("一、工作要求", line).attachments == []


def form(*lines: str, title: str = "科普作品申报表") -> Record:
    return read(*BODY, "", f"附件：{title}", after=["附件", "", title, "", *lines])


def labels(record: Record) -> list[str]:
    assert len(record.attachments) == 1
    return [field.label for field in record.attachments[0].fields]


@pytest.mark.parametrize(
    "lines",
    [
        ["作品名称\t\t申报单位\t", "联系人\t\t联系电话\t", "作品简介\t"],
        ["作品名称\t　\t申报单位\t　", "联 系 人\t　\t联系电话\t　", "作 品 简 介\t　"],
        ["| 作品名称 |  | 申报单位 |  |", "| 联 系 人 |  | 联系电话 |  |", "| 作品简介 |  |  |  |"],
    ],
)
def test_blank_cells_become_fields(lines: list[str]) -> None:
    assert labels(form(*lines)) == ["作品名称", "申报单位", "联系人", "联系电话", "作品简介"]


@pytest.mark.parametrize(
    ("cell", "options"),
    [
        ("□图文类　□视频类　□实物类", ["图文类", "视频类", "实物类"]),
        ("□图文类 □视频类 □实物类", ["图文类", "视频类", "实物类"]),
        ("□图文类（1500字以内） □视频类（5分钟以内）", ["图文类", "视频类"]),
        ("☐图文类 ☐视频类", ["图文类", "视频类"]),
        (
            "图文类□ 视频类□ 实物类□",
            ["图文类", "视频类", "实物类"],
        ),
    ],
)
def test_boxes_become_options(cell: str, options: list[str]) -> None:
    record = form("作品名称\t", f"作品类别\t{cell}", "申报单位\t")
    assert labels(record) == ["作品名称", "作品类别", "申报单位"]
    field = record.attachments[0].fields[1]
    assert (field.kind, field.options) == ("choice", options)


@pytest.mark.parametrize(
    ("label", "cell", "unit"),
    [
        (
            "参加人数（人）",
            "",
            "人",
        ),
        ("参加人数", "　　　人", "人"),
        (
            "发放资料（份）",
            "",
            "份",
        ),
        (
            "经费投入（万元）",
            "",
            "万元",
        ),
    ],
)
def test_a_number_has_its_unit(label: str, cell: str, unit: str) -> None:
    record = form("单位名称\t", f"{label}\t{cell}", "填表人\t")
    field = record.attachments[0].fields[1]
    assert (field.label.split("（")[0], field.kind, field.unit) == (label.split("（")[0], "number", unit)


def test_a_line_of_labels_above_a_table_is_no_field() -> None:
    record = form(
        "填报单位（盖章）：　　　　填报时间：", "活动名称\t\t主办单位\t", "参加人数\t　　人\t填表人\t"
    )
    assert labels(record) == ["活动名称", "主办单位", "参加人数", "填表人"]


def test_the_head_of_a_list_with_blank_rows_is_no_field() -> None:
    assert labels(form("姓名\t性别\t职务\t手机号码", "\t\t\t", "\t\t\t", "\t\t\t")) == []


def test_a_form_with_a_cell_a_line() -> None:
    cells = (
        "活动名称",
        "",
        "主办单位",
        "",
        "活动类别",
        "□讲座 □展览 □其他",
        "参加人数",
        "人",
        "联系人",
        "",
        "电话",
        "",
    )
    record = form(*cells)
    assert labels(record) == ["活动名称", "主办单位", "活动类别", "参加人数", "联系人", "电话"]
    fields = record.attachments[0].fields
    assert (fields[2].kind, fields[2].options) == ("choice", ["讲座", "展览", "其他"])
    assert (fields[3].kind, fields[3].unit) == ("number", "人")


def test_fields_on_ruled_lines() -> None:
    record = form("姓名：________　性别：□男 □女", "单位：________　电话：________")
    assert labels(record) == ["姓名", "性别", "单位", "电话"]
    assert record.attachments[0].fields[1].options == ["男", "女"]


def test_a_label_over_several_lines_is_one() -> None:
    record = form("活动名称\t\t主办单位\t", "活动\n简介\t")
    assert labels(record) == ["活动名称", "主办单位", "活动简介"]


def test_text_above_a_table_and_the_head_of_a_list_are_no_fields() -> None:
    record = form("填报单位（盖章）：", "序号\t活动名称\t时间\t参加人数", "1\t\t\t", "2\t\t\t")
    assert labels(record) == []


def test_a_filled_table_has_no_fields() -> None:
    record = form(
        "序号\t活动名称\t时间", "1\t启动仪式\t5月25日", "2\t科普展览\t5月26日", title="重点活动安排表"
    )
    assert labels(record) == []


NAMES = ["科普作品汇总表", "科普活动登记表", "科技活动周安排表"]


@pytest.mark.parametrize(
    ("before", "after", "titles"),
    [
        (
            ["附件：", *(f"{n}.科普材料之{n}" for n in range(1, 13))],
            [],
            [f"科普材料之{n}" for n in range(1, 13)],
        ),
        (["附件：" + NAMES[0], *NAMES[1:]], [], NAMES),
        ([], ["附件：", *(f"{name}.docx" for name in NAMES)], NAMES),
        ([], ["附件1-科普作品汇总表.xlsx", "附件2.科普活动登记表.doc"], NAMES[:2]),
    ],
)
def test_each_title_of_a_list_is_a_row(before: list[str], after: list[str], titles: list[str]) -> None:
    record = read("一、报送要求", "按附件报送。", *before, after=after)
    assert [(row.title, row.embedded) for row in record.attachments] == [(title, False) for title in titles]
    assert record.notice.issuers == ["泰安市科学技术局"]
