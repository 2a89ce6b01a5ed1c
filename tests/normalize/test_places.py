"""Places of GB/T 2260: what a name means in its context, and whom a body serves."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noticetab import rules
from noticetab.normalize import divisions, places
from noticetab.normalize.places import Place


def at(name: str | None) -> Place | None:
    return None if name is None else places.resolve(name)


@pytest.mark.parametrize(
    ("name", "context", "adcode"),
    [
        ("天津", None, "120000"),
        ("天津市", None, "120000"),
        ("历城区", None, "370112"),
        ("济南市历城区", None, "370112"),
        ("山东省济南市历城区", None, "370112"),
        ("河北区", "天津市", "120105"),
        ("河北区", None, "120105"),
        ("河北区", "河北省", "120105"),
        ("河北省", "天津市", "130000"),
        ("河北", "天津市", "130000"),
        ("吉林", "吉林市", "220200"),
        ("吉林", "长春市", "220000"),
        ("和平区", None, None),
        ("和平区", "天津市", "120101"),
        ("和平区", "沈阳市", "210102"),
        ("和平区", "天津市河东区", "120101"),
        ("朝阳区", "长春市", "220104"),
        ("朝阳区", "北京市", "110105"),
        ("市中区", "济南市", "370103"),
        ("鼓楼区", "南京市", "320106"),
        ("鼓楼区", "福州市", "350102"),
        ("南浔", "湖州市", "330503"),
        ("南浔", None, None),
        ("德清", "湖州市", "330521"),
        ("长兴", "湖州市", "330522"),
        ("德清县", None, "330521"),
        ("吉林", None, "220000"),
        ("吉林市", None, "220200"),
        ("吉林省吉林市", None, "220200"),
        ("延边州", None, "222400"),
        ("恩施", None, "422800"),
        ("恩施市", None, "422801"),
        ("恩施州", None, "422800"),
        ("湘西土家族苗族自治州", None, "433100"),
        ("锡林郭勒盟", None, "152500"),
        ("正蓝旗", None, "152530"),
        ("鄂温克旗", None, "150724"),
        ("大兴安岭地区", None, "232700"),
        ("神农架林区", None, "429021"),
        ("六枝特区", None, "520203"),
        ("门源县", None, "632221"),
        ("滨海新区", None, "120116"),
        ("仙桃市", None, "429004"),
        ("石河子市", None, "659001"),
        ("香港", None, "810000"),
        ("蓟县", None, "120225"),
        ("沙县", "三明市", "350405"),
        ("巴州", "巴中市", "511902"),
        ("巴州", "库尔勒市", "652800"),
        ("襄樊市", None, "420600"),
        ("铜山县", None, "320323"),
        ("铜山区", None, "320312"),
        ("长春", None, "220100"),
        ("天津科技馆", None, None),
        ("云山市", None, None),
        ("", None, None),
    ],
)
def test_a_name_means_a_place(name: str, context: str | None, adcode: str | None) -> None:
    place = places.resolve(name, at(context))
    assert (place and place.adcode) == adcode


@pytest.mark.parametrize(
    ("name", "full_name"),
    [
        ("天津市", "天津市"),
        ("历城区", "济南市历城区"),
        ("天津市河东区", "天津市河东区"),
        ("德清县", "德清县"),
        ("钟祥市", "钟祥市"),
        ("湖州市", "湖州市"),
        ("云阳县", "云阳县"),
        ("神农架林区", "神农架林区"),
        ("六枝特区", "六枝特区"),
        ("浦东新区", "上海市浦东新区"),
        ("阳泉市矿区", "阳泉市矿区"),
        ("正蓝旗", "正蓝旗"),
        ("襄樊市樊城区", "襄阳市樊城区"),
        ("凉山州", "凉山彝族自治州"),
        ("内蒙古", "内蒙古自治区"),
    ],
)
def test_the_name_in_front_of_a_places_bodies(name: str, full_name: str) -> None:
    place = places.resolve(name)
    assert place is not None and place.full_name == full_name


def test_a_year_prefers_the_names_of_its_time() -> None:
    assert (found := places.resolve("荆州市沙市区", year=2005)) and found.adcode == "421002"
    old, new = places.resolve("孝义市", year=2002), places.resolve("孝义市", year=2020)
    assert old and new and (old.adcode, new.adcode) == ("142301", "141181")
    assert old.now == new.adcode


@pytest.mark.parametrize(
    ("body", "context", "adcode"),
    [
        ("济南市历城区科学技术局", None, "370112"),
        ("水磨沟区减灾委员会办公室", None, "650105"),
        ("安徽省科学技术协会", None, "340000"),
        ("广东省环境科学学会", None, "440000"),
        ("湖南省气象学会", None, "430000"),
        ("中共济南市历城区委宣传部", None, "370112"),
        ("共青团唐山市委", None, "130200"),
        ("唐山市人民政府国有资产监督管理委员会", None, "130200"),
        ("天津市科技周活动组织委员会办公室", None, "120000"),
        ("重庆市安全生产委员会", None, "500000"),
        ("玉溪市公安局红塔分局", None, "530402"),
        ("中国人民银行绵阳市中心支行", None, "510700"),
        ("国家税务总局天津市税务局", None, "120000"),
        ("中国民主同盟天津市委员会", None, "120000"),
        ("中共天津市委党校", None, "120000"),
        ("湖州南太湖新区管理委员会", None, "330500"),
        ("天津河东区教育局", None, "120102"),
        ("哈尔滨道里区科协", None, "230102"),
        ("南京江宁区科协", None, "320115"),
        ("江苏省南京江北新区科创局", None, "320100"),
        ("南京路街道科协", None, None),
        ("天津市社会科学院", None, "120000"),
        ("天津市中小学生体育协会", None, "120000"),
        ("凉山州科技局", None, "513400"),
        ("阿拉善左旗教育局", None, "152921"),
        ("钟祥市郢中街道办事处", None, "420881"),
        ("展览路街道办事处", None, "110102"),
        ("展览路街道科学技术协会", None, "110102"),
        ("和平区教育局", None, None),
        ("和平区教育局", "天津市", "120101"),
        ("市科协", "湖州市", "330500"),
        ("市教育局", "济南市历城区", "370100"),
        ("区教育局", "济南市历城区", "370112"),
        ("县科协", "湖州市", None),
        ("团市委", "钟祥市", "420881"),
        ("市总工会", "仙桃市", "429004"),
        ("自治区科协", "呼和浩特市", "150000"),
        ("旗教育局", "正蓝旗", "152530"),
        ("盟科协", "正蓝旗", "152500"),
        ("州科协", "恩施市", "422800"),
        ("省科技厅", "德清县", "330000"),
        ("市教委", "云阳县", "500000"),
        ("教育部", "天津市", None),
        ("住房和城乡建设部办公厅", "天津市", None),
        ("中国科协", "天津市", None),
        ("中国科学院烟台海岸带研究所", None, None),
        ("天津大学", "天津市", None),
        ("共青团山东商业职业技术学院委员会", None, None),
        ("天津市第一中学", None, None),
        ("湖州师范学院", "湖州市", None),
        ("中国电信股份有限公司绵阳分公司", None, None),
        ("麒麟软件有限公司", "天津市", None),
    ],
)
def test_the_place_that_a_body_serves(body: str, context: str | None, adcode: str | None) -> None:
    place = places.of_body(body, at(context))
    assert (place and place.adcode) == adcode


def test_a_text_can_be_the_context() -> None:
    hint = "为做好西城区科普工作，现将有关事项通知如下"
    assert (found := places.of_body("新设路街道办事处", hint)) and found.adcode == "110102"
    assert (found := places.of_body("朝阳区科学技术协会", "北京市")) and found.adcode == "110105"
    # A street that many cities have is nobody's without a context.
    assert places.of_body("解放路街道办事处") is None


def test_mentions_in_running_text() -> None:
    text = (
        "京津两地在天津市和平区、河北省唐山市和西南山区开展活动，市和县（区）参加，长春、湖州师范学院协办。"
    )
    found = [(m.raw, m.place and m.place.adcode) for m in places.find_all(text)]
    assert found == [("天津市和平区", "120101"), ("河北省唐山市", "130200"), ("长春", "220100")]


def test_a_place_within_the_context_is_found_though_its_name_is_a_common_noun() -> None:
    context = places.resolve("南宁市")
    assert not places.find_all("加强新城区建设")
    assert [
        m.place.adcode for m in places.find_all("和平区与鼓楼区", places.resolve("沈阳市")) if m.place
    ] == ["210102"]
    assert context is not None


def test_every_row_of_the_list_is_whole() -> None:
    index = divisions.index()
    assert len(index.rows) > 3500
    current = {row.adcode for row in index.rows if row.until is None}
    for number, row in enumerate(index.rows):
        assert re.fullmatch(r"\d{6}", row.adcode) and row.name
        assert row.until is None or (row.since or 0) < row.until
        assert row.now is None or row.now in current
        place = index.place(number)
        assert place.full_name.endswith(row.name) and place.province
    assert len({row.adcode for row in index.rows if row.level == "province"}) == 34


def test_the_towns_are_in_counties_of_the_list() -> None:
    codes = {row.adcode for row in divisions.index().rows}
    lines = rules.path("towns.csv").read_text(encoding="utf-8").splitlines()
    rows = [line.split(",") for line in lines if not line.startswith("#")][1:]
    assert len(rows) > 2500
    assert all(code in codes and towns for code, towns in rows)


CURRENT = [row for row in divisions.index().rows if row.until is None]


@given(st.sampled_from(CURRENT))
def test_a_full_chain_always_means_its_place(row: divisions.Row) -> None:
    place = places.get(row.adcode)
    assert place is not None
    chain = "".join(dict.fromkeys(n for n in (place.province, place.city, place.county) if n))
    assert places.resolve(chain) == place
    body = places.of_body(f"{chain}科学技术协会")
    assert body == place
    assert [m.place for m in places.find_all(f"由{chain}主办")] == [place]


@given(st.text(alphabet="天津市河北区和平县省州街道镇大学、 \n甲", max_size=40))
def test_mentions_never_overlap_and_say_what_they_stand_on(text: str) -> None:
    last = 0
    for mention in places.find_all(text):
        assert last <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.raw
        last = mention.end


def test_a_city_that_is_none_is_not_the_county_of_that_short_name() -> None:
    text = "黔东南苗族侗族自治州镇远县"
    assert places.of_body("镇远市科学技术局", text) is None
    assert places.of_body("镇远县科学技术局", text) == places.resolve("镇远县")
