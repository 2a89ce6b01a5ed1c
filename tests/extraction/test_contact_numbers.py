"""Numbers of every form, and whose they are."""

from __future__ import annotations

import pytest

import noticetab

HEAD = (
    "春湖市科学技术局关于举办2031年春湖市科技周的通知\n各县科技局：\n现将有关事项通知如下：\n一、联系方式\n"
)
TAIL = "\n春湖市科学技术局\n2031年4月8日\n"


def contacts(*lines: str) -> list[noticetab.record.Contact]:
    return noticetab.extract_text(HEAD + "\n".join(lines) + TAIL).contacts


@pytest.mark.parametrize(
    "number",
    [
        "+86-512-6600123",
        "0086-512-66001234",
        "0512 66001234",
        "0512-6600-1234",
        "（0512）66001234",
        "400-6600-123",
        "138-0000-1234",
        "051266001234（总机）转8012",
        "0512-66001234转8012",
    ],
)
def test_a_number_is_whole(number: str) -> None:
    (contact,) = contacts(f"联系人：李白露，电话：{number}。")
    assert contact.persons == ["李白露"]
    assert contact.phones == ["".join(number.split())]


def test_mail_in_full_width_is_written_narrow() -> None:
    (contact,) = contacts("联系人：李白露，邮箱：ｌｂｌ＠ｅｘａｍｐｌｅ．ｏｒｇ")
    assert contact.emails == ["lbl@example.org"]


def test_a_hotline_is_nobodys_own() -> None:
    rows = contacts("联系人：李白露，电话：66001234；服务热线：400-660-0123")
    assert [row.persons for row in rows if "66001234" in row.phones] == [["李白露"]]
    assert [row.persons for row in rows if "400-660-0123" in row.phones] == [[]]


def test_the_office_is_asked_and_not_its_purpose() -> None:
    (contact,) = contacts("平台咨询：市数据局 周谷雨 0512-66001234")
    assert (contact.unit, contact.persons) == ("市数据局", ["周谷雨"])


def test_offices_in_front_of_numbers_are_points() -> None:
    rows = contacts("财务科0512-66001234、人事科0512-66001235。")
    assert [(row.unit, row.phones) for row in rows] == [
        ("财务科", ["0512-66001234"]),
        ("人事科", ["0512-66001235"]),
    ]


def test_the_street_is_no_part_of_the_office() -> None:
    rows = noticetab.extract_text(
        HEAD.replace("一、联系方式\n", "")
        + "请于4月30日前将材料寄至春湖市望岳路5号2号楼301室市科技局办公室（联系人：李白露，电话：66001234）。"
        + TAIL
    ).contacts
    assert rows[0].unit == "市科技局办公室"
    assert rows[0].address == "春湖市望岳路5号2号楼301室"


def test_a_name_may_end_as_an_office() -> None:
    (contact,) = contacts("联系人：王立科，电话：66001234")
    assert (contact.unit, contact.persons) == (None, ["王立科"])


def test_people_in_a_line_above_their_numbers() -> None:
    rows = contacts(
        "市科技局科普处 李白露 周谷雨",
        "电话：0512-66001234 66001235",
        "传真：66001236",
        "市教育局基教处 王小满",
        "电话：0512-66001237",
    )
    assert [(row.unit, row.persons, row.phones) for row in rows] == [
        ("市科技局科普处", ["李白露", "周谷雨"], ["0512-66001234", "66001235"]),
        ("市教育局基教处", ["王小满"], ["0512-66001237"]),
    ]


def test_an_office_in_a_bracket_behind_its_number() -> None:
    rows = contacts("联系电话：66001234（市科技局），66001235（市教育局）。")
    assert [(row.unit, row.phones) for row in rows] == [
        ("市科技局", ["66001234"]),
        ("市教育局", ["66001235"]),
    ]


def test_a_heading_may_be_the_label_of_names() -> None:
    rows = noticetab.extract_text(
        HEAD + "（一）材料寄送市科技局。\n（二）会务联系人：李白露 周谷雨\n联系电话：66001234" + TAIL
    ).contacts
    assert [(row.persons, row.phones) for row in rows] == [(["李白露", "周谷雨"], ["66001234"])]
