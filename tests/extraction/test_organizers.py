"""Organizers: who is named in which role, how they are printed and what they are called in full."""

from __future__ import annotations

import pytest

from noticetab.record import Record

from .builder import hosts, read, squeeze

REST = "二、工作要求", "各单位要精心组织，确保实效。"
TWO = [("主办", "市科技局"), ("主办", "市教育局")]


def event_hosts(*lines: str, **parts: object) -> Record:
    return read(*lines, *REST, **parts)


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(["主办单位：市科技局、市教育局"], id="label"),
        pytest.param(["主办单位:市科技局、市教育局"], id="half-width colon"),
        pytest.param(["主办单位:市科技局,市教育局"], id="half-width comma"),
        pytest.param(["主办单位：市科技局，市教育局"], id="comma"),
        pytest.param(["主办单位：市科技局；市教育局"], id="semicolon"),
        pytest.param(["主办单位：市科技局　市教育局"], id="blank"),
        pytest.param(["主 办 单 位：市科技局、市教育局"], id="padded label"),
        pytest.param(["主办：市科技局、市教育局"], id="short label"),
        pytest.param(["主办部门：市科技局、市教育局"], id="部门"),
        pytest.param(
            ["主办单位：", "市科技局", "市教育局"],
            id="one to a line",
        ),
        pytest.param(
            ["主办单位：市科技局", "　　　　　市教育局"],
            id="stacked below the first",
        ),
        pytest.param(
            ["（一）主办单位", "市科技局", "市教育局", "（二）报名方式", "自愿报名"],
            id="heading, one to a line",
        ),
        pytest.param(["主办单位：", "市科技局、市教育局"], id="next line"),
        pytest.param(["（一）主办单位", "市科技局、市教育局"], id="heading, next line"),
        pytest.param(["（一）主办单位：市科技局、市教育局"], id="heading, run in"),
        pytest.param(["1.主办单位：市科技局、市教育局"], id="numbered"),
        pytest.param(["主办单位：市科技局、市教育局。"], id="full stop"),
        pytest.param(
            ["本次活动由市科技局、市教育局主办。"],
            id="由…主办",
        ),
        pytest.param(
            ["本次活动由市科技局和市教育局联合主办。"],
            id="由…和…联合主办",
        ),
        pytest.param(
            ["本次活动由市科技局、市教育局共同举办。"],
            id="由…共同举办",
        ),
        pytest.param(
            ["本次活动由市科技局会同市教育局共同主办。"],
            id="会同",
        ),
    ],
)
def test_hosts_are_found_however_printed(lines: list[str]) -> None:
    record = event_hosts("一、组织机构", *lines)
    assert hosts(record.organizers) == TWO


@pytest.mark.parametrize(
    "preamble",
    [
        "市科技局、市教育局将于2024年5月25日至31日联合举办2024年泰安市科技活动周。现将有关事项通知如下：",
        "经研究，市科技局、市教育局决定举办2024年泰安市科技活动周。现将有关事项通知如下：",
        "市科技局、市教育局共同举办2024年泰安市科技活动周，现将有关事项通知如下：",
        "市科技局、市教育局定于5月25日至31日举办2024年泰安市科技活动周，现将有关事项通知如下：",
        "为普及科学知识，市科技局、市教育局定于5月下旬举办2024年泰安市科技活动周。现将有关事项通知如下：",
    ],
)
def test_hosts_in_the_preamble(preamble: str) -> None:
    assert hosts(event_hosts("一、活动时间", "5月25日至31日", preamble=preamble).organizers) == TWO


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("主办单位", "主办"),
        ("承办单位", "承办"),
        ("协办单位", "协办"),
        ("指导单位", "指导"),
        ("支持单位", "支持"),
        ("参与单位", "参与"),
        ("牵头单位", "牵头"),
        ("牵头部门", "牵头"),
        ("配合单位", "配合"),
        ("成员单位", "成员"),
        ("承 办 单 位", "承办"),
    ],
)
def test_the_role_is_the_label_without_its_last_word(label: str, role: str) -> None:
    record = event_hosts("一、组织机构", f"{label}：市科技局、市教育局")
    assert hosts(record.organizers) == [(role, "市科技局"), (role, "市教育局")]


@pytest.mark.parametrize(
    "line",
    [
        "本次活动由市科技局主办，市教育局承办，市科协协办。",
        "2024年泰安市科技活动周由市科技局主办、市教育局承办、市科协协办。",
        "主办单位：市科技局　承办单位：市教育局　协办单位：市科协",
        "主办单位：市科技局；承办单位：市教育局；协办单位：市科协。",
    ],
)
def test_several_roles_in_one_line(line: str) -> None:
    record = event_hosts("一、组织机构", line)
    assert hosts(record.organizers) == [("主办", "市科技局"), ("承办", "市教育局"), ("协办", "市科协")]


@pytest.mark.parametrize(
    "printed",
    [
        "市科技局、市教育局等",
        "市科技局、市教育局等单位",
        "市科技局、市教育局等12家单位",
        "市科技局、市教育局等部门",
    ],
)
def test_et_al_is_marked_and_not_part_of_a_name(printed: str) -> None:
    rows = event_hosts("一、组织机构", f"主办单位：{printed}").organizers
    assert hosts(rows) == TWO
    assert rows[-1].et_al


def test_without_et_al_none_is_marked() -> None:
    assert not any(
        row.et_al for row in event_hosts("一、组织机构", "主办单位：市科技局、市教育局").organizers
    )


@pytest.mark.parametrize(
    "generic",
    [
        "有关部门",
        "各有关单位",
        "各县（市、区）科协",
        "各学院",
        "各成员单位",
        "市直有关部门",
        "相关企业",
        "各高等院校",
    ],
)
def test_generic_bodies_are_no_rows(generic: str) -> None:
    record = event_hosts("一、组织机构", "主办单位：市科技局", f"承办单位：市教育局、{generic}")
    assert hosts(record.organizers) == [("主办", "市科技局"), ("承办", "市教育局")]


@pytest.mark.parametrize(
    "line",
    [
        "由各单位负责组织实施。",
        "活动由我市统一组织。",
        "各主办单位要加强领导，各承办单位要落实责任。",
        "市科技局对表现突出的单位给予通报表扬。",
        "由市科技局负责解释。",
    ],
)
def test_sentences_that_name_no_host(line: str) -> None:
    record = event_hosts("一、组织机构", "主办单位：市教育局", "三、其他", line)
    assert hosts(record.organizers) == [("主办", "市教育局")]


@pytest.mark.parametrize(
    ("printed", "bodies"),
    [
        (
            "北京市科学技术委员会、中关村科技园区管理委员会，北京市教育委员会",
            ["北京市科学技术委员会、中关村科技园区管理委员会", "北京市教育委员会"],
        ),
        (
            "市科技局，泰安市归国华侨、侨眷联合会",
            ["市科技局", "泰安市归国华侨、侨眷联合会"],
        ),
        (
            "泰安市科技馆（泰安市青少年科技中心）、市教育局",
            ["泰安市科技馆（泰安市青少年科技中心）", "市教育局"],
        ),
        ("泰安云峰科技（集团）有限公司、市教育局", ["泰安云峰科技（集团）有限公司", "市教育局"]),
        ("泰安云峰（山东）科技有限公司", ["泰安云峰（山东）科技有限公司"]),
        ("《环境学》杂志社、市教育局", ["《环境学》杂志社", "市教育局"]),
    ],
)
def test_bodies_whose_names_hold_marks(printed: str, bodies: list[str]) -> None:
    record = event_hosts("一、组织机构", f"主办单位：{printed}")
    assert [squeeze(row.raw) for row in record.organizers] == bodies


FULL = {
    "市科技局": "泰安市科学技术局",
    "市科协": "泰安市科学技术协会",
    "团市委": "共青团泰安市委员会",
    "市妇联": "泰安市妇女联合会",
    "市总工会": "泰安市总工会",
    "市教育局": "泰安市教育局",
    "市委宣传部": "中共泰安市委宣传部",
    "市委政法委": "中共泰安市委政法委员会",
    "市委网信办": "中共泰安市委网络安全和信息化委员会办公室",
    "市政府": "泰安市人民政府",
    "市发改委": "泰安市发展和改革委员会",
    "市工信局": "泰安市工业和信息化局",
    "市卫健委": "泰安市卫生健康委员会",
    "市应急局": "泰安市应急管理局",
    "市市场监管局": "泰安市市场监督管理局",
    "市残联": "泰安市残疾人联合会",
    "市文联": "泰安市文学艺术界联合会",
    "岱岳区教育局": "泰安市岱岳区教育局",
    "岱岳区科协": "泰安市岱岳区科学技术协会",
    "新泰市科技局": "新泰市科学技术局",
    "宁阳县科协": "宁阳县科学技术协会",
    "东平县人民政府": "东平县人民政府",
    "共青团岱岳区委": "共青团泰安市岱岳区委员会",
    "中共岱岳区委": "中共泰安市岱岳区委员会",
    "省科技厅": "山东省科学技术厅",
    "山东省科协": "山东省科学技术协会",
    "泰安市科学技术局": "泰安市科学技术局",
    "山东农业大学": "山东农业大学",
    "山东省泰安第一中学": "山东省泰安第一中学",
    "泰山玻璃纤维有限公司": "泰山玻璃纤维有限公司",
    "泰安高新区管委会": "泰安高新区管理委员会",
}


@pytest.mark.parametrize("printed", FULL)
def test_names_in_full(printed: str) -> None:
    record = event_hosts("一、组织机构", f"主办单位：{printed}")
    assert [(row.raw, row.name) for row in record.organizers] == [(printed, FULL[printed])]


@pytest.mark.parametrize(
    ("place", "printed", "name"),
    [
        ("天津市河东区", "区教育局", "天津市河东区教育局"),
        ("天津市河东区", "区委宣传部", "中共天津市河东区委宣传部"),
        ("天津市河东区", "中共河东区委", "中共天津市河东区委员会"),
        ("天津市河东区", "团区委", "共青团天津市河东区委员会"),
        ("天津市河北区", "区科协", "天津市河北区科学技术协会"),
        ("天津市", "河北区科协", "天津市河北区科学技术协会"),
        ("天津市", "市科技局", "天津市科学技术局"),
        ("天津市", "蓟州区人民政府", "天津市蓟州区人民政府"),
        ("德清县", "县科技局", "德清县科学技术局"),
        ("德清县", "团县委", "共青团德清县委员会"),
        ("新泰市", "市教育局", "新泰市教育局"),
        ("山东省", "省科协", "山东省科学技术协会"),
        ("山东省", "泰安市科技局", "泰安市科学技术局"),
        ("山东省", "团省委", "共青团山东省委员会"),
    ],
)
def test_the_place_above_is_put_in_front(place: str, printed: str, name: str) -> None:
    record = event_hosts(
        "一、组织机构",
        f"主办单位：{printed}",
        title=f"关于举办2024年{place}科技活动周的通知",
        addressees="各有关单位：",
        preamble="现将有关事项通知如下：",
        signed=f"{place}人民政府办公室",
    )
    assert [row.name for row in record.organizers] == [name]


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("市科技局、教育局", ["泰安市科学技术局", "泰安市教育局"]),
        (
            "山东农业大学农学院、植物保护学院",
            ["山东农业大学农学院", "山东农业大学植物保护学院"],
        ),
        (
            "泰山学院物理与电子工程学院、化学化工学院",
            ["泰山学院物理与电子工程学院", "泰山学院化学化工学院"],
        ),
    ],
)
def test_a_head_elided_in_a_list_is_restored(printed: str, names: list[str]) -> None:
    record = event_hosts("一、组织机构", f"主办单位：{printed}")
    assert [row.name for row in record.organizers] == names


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("校团委", "共青团泰山学院委员会"),
        ("教务处", "泰山学院教务处"),
        ("机电工程学院", "泰山学院机电工程学院"),
        ("校图书馆", "泰山学院图书馆"),
    ],
)
def test_a_schools_own_units_carry_its_name(printed: str, name: str) -> None:
    record = event_hosts(
        "一、组织机构",
        f"承办单位：{printed}",
        title="关于举办泰山学院第八届校园科技文化节的通知",
        addressees="各学院，各部门：",
        preamble="现将有关事项通知如下：",
        signed="泰山学院",
    )
    assert [row.name for row in record.organizers] == [name]


def test_an_alias_in_brackets_is_no_part_of_the_full_name() -> None:
    record = event_hosts("一、组织机构", "主办单位：天津科学技术馆（天津市青少年科技中心）")
    assert [row.name for row in record.organizers] == ["天津科学技术馆"]


def test_the_same_body_has_one_id() -> None:
    record = event_hosts(
        "一、组织机构", "主办单位：市科协", "承办单位：泰安市科学技术协会", "协办单位：岱岳区科协"
    )
    ids = [row.org_id for row in record.organizers]
    assert ids[0] is not None and ids[0] == ids[1] != ids[2]
