"""Kinds of organizations, ids and the register."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noticetab.normalize import kinds
from noticetab.normalize.registry import org_id


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("中共天津市委宣传部", "党委"),
        ("中共天津市河西区委员会", "党委"),
        ("中共天津市委党校", "党委"),
        ("中共绵阳市委网络安全和信息化委员会办公室", "党委"),
        ("天津市科学技术局", "政府部门"),
        ("天津市教育委员会", "政府部门"),
        ("住房和城乡建设部城市建设司", "政府部门"),
        ("石家庄市裕华区公安消防大队", "政府部门"),
        ("玉溪市红塔区人民法院", "政府部门"),
        ("唐山市人民政府国有资产监督管理委员会", "政府部门"),
        ("水利部海河水利委员会", "政府部门"),
        ("天津市科学技术协会", "科协 群团"),
        ("广东省环境科学学会", "学会"),
        ("天津市青少年科技教育协会", "学会"),
        ("天津师范大学人工智能学院", "高校"),
        ("山东商业职业技术学院", "高校"),
        ("天津市民族中学", "中小学"),
        ("天津市聋人学校", "中小学"),
        ("天津市农业科学院", "科研机构"),
        ("中国科学院烟台海岸带研究所", "科研机构"),
        ("天津科学技术馆", "科普场馆"),
        ("天津自然博物馆", "科普场馆"),
        ("天津市女排精神科普基地", "科普场馆"),
        ("麒麟软件有限公司", "企业"),
        ("天津奥博文化传媒有限公司", "企业"),
        ("新天钢集团", "企业"),
        ("天津市总工会", "群团"),
        ("共青团天津市委员会", "群团"),
        ("唐山市妇女联合会", "群团"),
        ("唐山市工商业联合会", "群团"),
        ("天津市红十字会", "群团"),
        ("海河传媒中心广播新闻部", "媒体"),
        ("江苏省广播电视总台", "媒体"),
        ("舜网", "媒体"),
        ("天津市河西区融媒体中心", "媒体"),
        ("北京市西城区展览路街道办事处", "社区"),
        ("某某社区居民委员会", "社区"),
        ("天津市科技周组织委员会", "其他"),
    ],
)
def test_a_name_tells_the_kind(name: str, expected: str) -> None:
    assert kinds.kind(name) == expected.split()
    assert set(kinds.kind(name)) <= set(kinds.names())


def test_the_deciding_word_is_given() -> None:
    for kind, word in kinds.kinds_of("共青团天津师范大学委员会"):
        assert word in "共青团天津师范大学委员会" and kind in ("高校", "群团")


@given(st.text(max_size=30))
def test_every_name_has_a_kind(name: str) -> None:
    assert kinds.kind(name)


def test_an_id_does_not_depend_on_width_or_blanks() -> None:
    assert org_id("某某（天津）有限公司") == org_id("某某(天津) 有限公司") != org_id("某某（北京）有限公司")
