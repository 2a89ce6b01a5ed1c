"""Contact points: whose they are, who answers, and numbers that are no contact's."""

from __future__ import annotations

import pytest

from noticetab.record import Contact

from .builder import read, squeeze


def points(*lines: str, **parts: object) -> list[Contact]:
    return read("一、工作要求", "各单位要精心组织，确保实效。", "二、联系方式", *lines, **parts).contacts


def flat(rows: list[Contact]) -> list[tuple[str, list[str], list[str]]]:
    return [(squeeze(row.unit), row.persons, [squeeze(phone) for phone in row.phones]) for row in rows]


ONE = [("市科技局", ["王旭"], ["0538-6123456"])]


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(["联系单位：市科技局", "联系人：王旭", "联系电话：0538-6123456"], id="a field a line"),
        pytest.param(["市科技局", "联系人：王旭", "联系电话：0538-6123456"], id="unit without label"),
        pytest.param(["市科技局联系人：王旭，联系电话：0538-6123456"], id="one line"),
        pytest.param(["市科技局联系人:王旭,联系电话:0538-6123456"], id="half-width"),
        pytest.param(["市科技局　联系人：王旭　电话：0538-6123456"], id="blanks"),
        pytest.param(["市科技局　王旭　0538-6123456"], id="no labels"),
        pytest.param(["市科技局：王旭，0538-6123456"], id="unit as label"),
        pytest.param(["市科技局，王旭，0538-6123456"], id="commas"),
        pytest.param(["联系人：市科技局　王旭，电话：0538-6123456"], id="unit in the person's field"),
        pytest.param(["联系人：王旭（市科技局），电话：0538-6123456"], id="unit in brackets"),
        pytest.param(
            ["联 系 单 位：市科技局", "联　系　人：王　旭", "电　　　话：0538-6123456"], id="padded"
        ),
        pytest.param(
            ["市科技局联系人及联系方式：王旭，0538-6123456"],
            id="person and phone under one label",
        ),
        pytest.param(
            ["联系单位：市科技局", "联系人：", "王旭", "电话：", "0538-6123456"],
            id="values on the next lines",
        ),
        pytest.param(["单位\t联系人\t电话", "市科技局\t王旭\t0538-6123456"], id="table"),
        pytest.param(["（一）市科技局", "联系人：王旭", "电话：0538-6123456"], id="numbered unit"),
        pytest.param(
            ["1.市科技局联系人：王旭，电话：0538-6123456。"],
            id="numbered line",
        ),
    ],
)
def test_one_contact_point(lines: list[str]) -> None:
    assert flat(points(*lines)) == ONE


@pytest.mark.parametrize(
    ("printed", "phone"),
    [
        ("0538-6123456", "0538-6123456"),
        ("0538—6123456", "0538—6123456"),
        ("（0538）6123456", "（0538）6123456"),
        ("(0538)6123456", "（0538）6123456"),
        ("6123456", "6123456"),
        ("13900000217", "13900000217"),
        ("010-83120776", "010-83120776"),
    ],
)
def test_a_phone_stays_as_printed(printed: str, phone: str) -> None:
    assert flat(points(f"市科技局联系人：王旭，电话：{printed}")) == [("市科技局", ["王旭"], [phone])]


@pytest.mark.parametrize(
    ("lines", "persons", "phones"),
    [
        (["联系人：王旭、李晓明", "电话：0538-6123456、0538-6123457"], 2, ["0538-6123456", "0538-6123457"]),
        (["联系人：王旭 李晓明", "电话：0538-6123456，6123457"], 2, ["0538-6123456", "6123457"]),
        (["联系人：王旭、李晓明；电话：0538-6123456"], 2, ["0538-6123456"]),
        (["联系人：王旭", "电话：0538-6123456　13900000217"], 1, ["0538-6123456", "13900000217"]),
        (["联系人：王　旭　李晓明", "联系电话：0538-6123456/6123457"], 2, ["0538-6123456", "6123457"]),
    ],
)
def test_several_people_and_phones_of_one_point(lines: list[str], persons: int, phones: list[str]) -> None:
    names = ["王旭", "李晓明"][:persons]
    assert flat(points("联系单位：市科技局", *lines)) == [("市科技局", names, phones)]


@pytest.mark.parametrize(
    "lines",
    [
        ["市科技局联系人：王旭，电话：0538-6123456", "市教育局联系人：李晓明，电话：0538-6123457"],
        ["市科技局　王旭　0538-6123456", "市教育局　李晓明　0538-6123457"],
        ["市科技局联系人：王旭，电话：0538-6123456；市教育局联系人：李晓明，电话：0538-6123457。"],
        ["联系人：王旭（市科技局）0538-6123456；李晓明（市教育局）0538-6123457"],
        [
            "联系单位：市科技局",
            "联系人：王旭",
            "电话：0538-6123456",
            "联系单位：市教育局",
            "联系人：李晓明",
            "电话：0538-6123457",
        ],
        [
            "（一）市科技局",
            "联系人：王旭",
            "电话：0538-6123456",
            "（二）市教育局",
            "联系人：李晓明",
            "电话：0538-6123457",
        ],
    ],
)
def test_two_points_are_two_rows(lines: list[str]) -> None:
    assert flat(points(*lines)) == [*ONE, ("市教育局", ["李晓明"], ["0538-6123457"])]


@pytest.mark.parametrize("label", ["传真", "传　　真", "传 真"])
@pytest.mark.parametrize("mail", ["邮箱", "电子邮箱", "电子邮件", "E-mail", "邮　　箱"])
def test_fax_mail_and_address(label: str, mail: str) -> None:
    rows = points(
        "联系单位：市科技局",
        "联系人：王旭",
        "电话：0538-6123456",
        f"{label}：0538-6123450",
        f"{mail}：takjj@126.com",
        "地址：泰安市望岳东路5号",
    )
    assert flat(rows) == ONE
    assert (rows[0].fax, rows[0].emails, rows[0].address) == (
        ["0538-6123450"],
        ["takjj@126.com"],
        "泰安市望岳东路5号",
    )


@pytest.mark.parametrize("label", ["电话（传真）", "电话/传真", "电话（兼传真）", "电话(传真)"])
def test_a_phone_that_is_a_fax_too(label: str) -> None:
    row = points("联系单位：市科技局", "联系人：王旭", f"{label}：0538-6123456")[0]
    assert (row.phones, row.fax) == (["0538-6123456"], ["0538-6123456"])


@pytest.mark.parametrize(
    "line",
    [
        "请各单位于6月10日前将活动开展情况报市科技局，联系人：王旭，电话：0538-6123456。",
        "请各单位于6月10日前将活动总结报送市科技局（联系人：王旭，电话：0538-6123456）。",
        "活动总结请于6月10日前报市科技局。联系人：王旭，联系电话：0538-6123456。",
    ],
)
def test_a_contact_behind_a_demand_is_of_the_office_it_goes_to(line: str) -> None:
    assert flat(read("一、工作要求", line, "各单位要精心组织。").contacts) == ONE


def test_a_contact_in_brackets_behind_our_office() -> None:
    rows = read("一、工作要求", "请于6月10日前函复我局（联系人：王旭，电话：0538-6123456）。").contacts
    assert [(row.persons, row.phones) for row in rows] == [(["王旭"], ["0538-6123456"])]
    assert rows[0].unit in (None, "我局", "泰安市科学技术局")


def test_a_point_without_unit_is_the_office_of_the_nearest_demand() -> None:
    record = read(
        "一、报送要求",
        "请各单位于5月15日前将活动方案报送市教育局办公室。",
        "联系人：王旭，电话：0538-6123456",
    )
    assert flat(record.contacts) == [("市教育局办公室", ["王旭"], ["0538-6123456"])]


def test_contacts_in_brackets_after_the_signature() -> None:
    record = read(
        "一、工作要求",
        "各单位要精心组织。",
        after=["（联系单位：市科技局；联系人：王旭；电话：0538-6123456）"],
    )
    assert flat(record.contacts) == ONE


def test_the_same_person_in_cover_and_plan_is_two_rows() -> None:
    line = "联系单位：市科技局　联系人：王旭　电话：0538-6123456"
    after = ["附件", "", "2024年泰安市科技活动周实施方案", "", "一、联系方式", line]
    assert flat(read("一、工作要求", "各单位要精心组织。", line, after=after).contacts) == ONE * 2


@pytest.mark.parametrize(
    "line",
    [
        "住宿宾馆：泰山宾馆，电话：0538-6234567",
        "咨询地点：市科技馆一楼大厅",
        "泰山宾馆（泰安市红门路26号，电话：0538-8224678）",
        "报到地点：泰山宾馆，总台电话：0538-8224678。",
        "请各单位确定一名联系人，并填写联系电话。",
        "火警电话119，急救电话120。",
    ],
)
def test_numbers_that_are_no_contacts(line: str) -> None:
    record = read("一、有关事项", line, "二、工作要求", "各单位要精心组织。")
    assert record.contacts == []


@pytest.mark.parametrize(
    "foot",
    [
        ["网站地图 | 关于我们 | 联系我们", "主办：泰安市人民政府办公室 技术支持电话：0538-6991234"],
        ["版权所有：泰安市科学技术局 联系电话：0538-6991234 鲁ICP备05012345号"],
    ],
)
def test_the_sites_own_numbers_are_no_contacts(foot: list[str]) -> None:
    assert flat(points("联系单位：市科技局", "联系人：王旭", "联系电话：0538-6123456", after=foot)) == ONE


def test_cells_of_a_blank_form_are_no_contacts() -> None:
    after = ["附件", "", "参赛作品报名表", "", "单位名称\t\t联系人\t", "联系电话\t\t电子邮箱\t"]
    assert read("一、工作要求", "各单位要精心组织。", after=after).contacts == []
