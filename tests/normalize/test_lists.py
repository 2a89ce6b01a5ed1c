"""Splitting printed lists of organizations."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noticetab.normalize.lists import is_generic, split


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("市科协、团市委，市教育局；市妇联", "市科协|团市委|市教育局|市妇联"),
        ("市科协,团市委;市教育局 、 市妇联", "市科协|团市委|市教育局|市妇联"),
        (
            "北京市科学技术委员会、中关村科技园区管理委员会,西城区科学技术协会",
            "北京市科学技术委员会、中关村科技园区管理委员会|西城区科学技术协会",
        ),
        ("市科委、中关村管委会、市科协", "市科委、中关村管委会|市科协"),
        ("江苏省长江、淮河流域水情教育中心", "江苏省长江、淮河流域水情教育中心"),
        ("江苏省长江、淮河流域水情教育中心、省水利厅", "江苏省长江、淮河流域水情教育中心|省水利厅"),
        ("天津市地震局 天津市教育委员会", "天津市地震局|天津市教育委员会"),
        ("大连市教育局  大连市体育局\t大连市科学技术协会", "大连市教育局|大连市体育局|大连市科学技术协会"),
        ("中共北辰区委 北辰区人民政府", "中共北辰区委|北辰区人民政府"),
        ("市科技局、\n市教育局", "市科技局|市教育局"),
        ("唐山市人民政府国有\n资产监督管理委员会", "唐山市人民政府国有资产监督管理委员会"),
        ("中共唐山市委\n宣传部", "中共唐山市委宣传部"),
        ("中国 科学院", "中国科学院"),
        ("市 科 协", "市科协"),
        ("天津大学 化工学院", "天津大学化工学院"),
        ("天津市 教育委员会", "天津市教育委员会"),
        ("市科协和市教育局", "市科协|市教育局"),
        ("天津大学和南开大学", "天津大学|南开大学"),
        (
            "市教育和体育局、市工业和信息化局、市文化和旅游局",
            "市教育和体育局|市工业和信息化局|市文化和旅游局",
        ),
        ("机械与动力工程学院、海洋与渔业局", "机械与动力工程学院|海洋与渔业局"),
        ("天津市地震局天津市教育委员会", "天津市地震局|天津市教育委员会"),
        ("市科协市教育局", "市科协|市教育局"),
        ("市委市政府", "市委|市政府"),
        ("海淀区委区政府", "海淀区委|区政府"),
        ("国家税务总局天津市税务局", "国家税务总局天津市税务局"),
        ("中国人民银行天津市分行", "中国人民银行天津市分行"),
        ("东浩兰生（集团）有限公司、同方知网（北京）技术有限公司天津分公司", None),
        ("《环境学》杂志社、“甲、乙”工作室", "《环境学》杂志社|“甲、乙”工作室"),
        ("百度、腾讯公司", "百度|腾讯公司"),
        ("舜网、怀思智能机器人产业学院", "舜网|怀思智能机器人产业学院"),
        ("龙胜各族自治县科协", "龙胜各族自治县科协"),
        ("全国妇联、全国科普教育基地联盟", "全国妇联|全国科普教育基地联盟"),
        ("市科协、和市教育局、以及 和平区科协", "市科协|市教育局|和平区科协"),
        ("和平区科协、及时雨公司", "和平区科协|及时雨公司"),
        ("和县科协、会同县人民政府、与和县教育局", "和县科协|会同县人民政府|和县教育局"),
        ("共青团 天津市委 天津市科协", "共青团天津市委|天津市科协"),
        ("天津市委市政府", "天津市委|市政府"),
        ("", ""),
        ("、，", ""),
    ],
)
def test_a_list_splits_into_names(text: str, names: str | None) -> None:
    expected = text.split("、") if names is None else [name for name in names.split("|") if name]
    assert [span.raw for span in split(text)] == expected


@pytest.mark.parametrize(
    "ending",
    [
        "等",
        "等单位",
        "等有关单位",
        "等17家单位",
        "等十余家单位",
        "等多家单位",
        "等部门",
        "等相关部门",
        "等高校",
        " 等单位",
    ],
)
def test_et_al_is_taken_off(ending: str) -> None:
    first, last = split(f"市科协、市教育局{ending}")
    assert (first.raw, first.et_al) == ("市科协", False)
    assert (last.raw, last.et_al) == ("市教育局", True)


def test_a_second_name_in_brackets_is_an_alias() -> None:
    (span,) = split("天津科学技术馆（天津市青少年科技中心）")
    assert (span.raw, span.alias) == ("天津科学技术馆（天津市青少年科技中心）", "天津市青少年科技中心")
    for text in ("中国石油大学（北京）", "某某科技（天津）有限公司", "某某公司（天津）"):
        (span,) = split(text)
        assert (span.raw, span.alias) == (text, None)


def test_remarks_in_brackets_are_dropped() -> None:
    for text in ("市科协（代章）", "市科协(盖章)", "市科协（牵头）", "市科协（代章） "):
        assert [span.raw for span in split(text)] == ["市科协"]


GENERIC = [
    "县（市、区）科协", "区县科技局", "乡镇政府", "市全民科学素质工作领导小组成员单位",
    "有关部门", "各单位", "各区", "各成员单位", "我区", "我校",
    "相关部门", "各院系", "市直各部门", "各区人民政府", "各县（市、区）科协", "驻区各高校",
    "市级有关部门", "本校各学院", "成员单位", "社会各界", "区直有关单位", "各乡镇（街道）",
    "全市各中小学", "其他单位", "当地政府", "辖区各有关单位", "各有关企业", "区内各单位",
    "全市科协系统",
]  # fmt: skip


@pytest.mark.parametrize("name", GENERIC)
def test_nobody_in_particular_is_dropped_unless_asked_for(name: str) -> None:
    assert is_generic(name)
    assert [span.raw for span in split(f"市科协、{name}、市教育局")] == ["市科协", "市教育局"]
    assert [span.raw for span in split(f"市科协、{name}、市教育局", generic=True)] == [
        "市科协",
        name,
        "市教育局",
    ]


@pytest.mark.parametrize(
    "name",
    [
        "市科协",
        "中国科协",
        "全国妇联",
        "天津市各界人士联谊会",
        "社会科学院",
        "学校后勤处",
        "河西区人民政府",
        "基层治理研究中心",
        "本溪市科协",
        "全国科普日组委会",
        "相城区科协",
        "直属机关工委",
        "无锡市科协",
        "其江实验小学",
        "全民科学素质办",
        "所前镇人民政府",
    ],
)
def test_a_name_is_not_nobody(name: str) -> None:
    assert not is_generic(name)


def test_units_of_the_issuing_school_may_stand_glued() -> None:
    assert [span.raw for span in split("图书馆院团委", school="某某学院")] == ["图书馆", "院团委"]


@given(
    st.text(
        alphabet="市区县科协委局教育团大学院、，；,（）()《》 等单位17家和各有关中共天津河东区\n\t",
        max_size=40,
    )
)
def test_spans_stand_in_the_text_in_order(text: str) -> None:
    last = 0
    for span in split(text, generic=True):
        assert last <= span.start < span.end <= len(text)
        assert span.raw and span.raw == "".join(text[span.start : span.end].split())
        last = span.end


NAMES = [
    "市科协",
    "天津市教育委员会",
    "共青团天津市委员会",
    "天津科学技术馆（天津市青少年科技中心）",
    "甲乙（集团）有限公司",
    "区委宣传部",
]


@given(
    st.lists(st.sampled_from(NAMES), min_size=1, max_size=6),
    st.sampled_from(["、", "，", ",", "；", " 、", "  ", "\t"]),
)
def test_joining_and_splitting_gives_the_names_back(names: list[str], mark: str) -> None:
    assert [span.raw for span in split(mark.join(names))] == names


@pytest.mark.parametrize(
    "part", ["市科协", "（", "和", "天津市", "市 ", "天津市长江、", "等", "天津大学和", "《市科协、"]
)
def test_a_line_without_end_is_split_in_linear_time(part: str) -> None:
    text = part * (60_000 // len(part))
    assert all(span.end <= len(text) for span in split(text))
