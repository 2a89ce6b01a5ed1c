"""Contact points in tables, of several offices, in sentences; and words that are no names and no offices."""

from __future__ import annotations

import pytest

from .builder import read, squeeze

Row = tuple[str, list[str], list[str]]


def points(*lines: str) -> list[Row]:
    rows = read("一、工作要求", "各单位要精心组织。", "二、联系方式", *lines).contacts
    return [(squeeze(row.unit), row.persons, [squeeze(x) for x in row.phones]) for row in rows]


TWO = [("市科技局", ["王旭"], ["0538-6123456"]), ("市教育局", ["李晓明"], ["0538-6123457"])]


@pytest.mark.parametrize(
    "lines",
    [
        ["序号\t单位\t联系人\t电话", "1\t市科技局\t王旭\t0538-6123456", "2\t市教育局\t李晓明\t0538-6123457"],
        [
            "单位\t联系人\t职务\t电话",
            "市科技局\t王旭\t科长\t0538-6123456",
            "市教育局\t李晓明\t副科长\t0538-6123457",
        ],
        ["姓名\t单位\t电话", "王旭\t市科技局\t0538-6123456", "李晓明\t市教育局\t0538-6123457"],
        ["单位\t联系人及电话", "市科技局\t王旭 0538-6123456", "市教育局\t李晓明 0538-6123457"],
        ["联系人：市科技局王旭，市教育局李晓明，电话：0538-6123456，0538-6123457"],
        ["联系人：王旭（市科技局），李晓明（市教育局）", "联系电话：0538-6123456，0538-6123457"],
        ["市科技局联系人：王旭　市教育局联系人：李晓明", "电话：0538-6123456　电话：0538-6123457"],
        ["联系人：市科技局　王旭（0538-6123456）、市教育局　李晓明（0538-6123457）"],
    ],
)
def test_two_offices(lines: list[str]) -> None:
    assert points(*lines) == TWO


@pytest.mark.parametrize(
    "lines",
    [
        ["市科技局", "联系人：王旭　电话：0538-6123456", "联系人：李晓明　电话：0538-6123457"],
        ["联系单位：市科技局", "联系人：王旭，电话：0538-6123456", "联系人：李晓明，电话：0538-6123457"],
        ["市科技局", "王旭：0538-6123456（报到）", "李晓明：0538-6123457（食宿）"],
    ],
)
def test_an_office_above_two_people(lines: list[str]) -> None:
    assert points(*lines) == [TWO[0], ("市科技局", *TWO[1][1:])]


@pytest.mark.parametrize(
    "lines",
    [
        ["联系人：王旭", "联系电话：0538-6123456", "联系单位：市科技局"],
        ["如有疑问，请与市科技局联系，联系人：王旭，电话：0538-6123456。"],
        ["各单位咨询请致电市科技局0538-6123456（王旭）。"],
        ["市科技局（王旭，0538-6123456）"],
        ["主办单位：市科技局（联系人：王旭，电话：0538-6123456）"],
        ["联系人：王旭  市科技局  电话：0538-6123456"],
    ],
)
def test_whose_point_it_is(lines: list[str]) -> None:
    assert points(*lines) == TWO[:1]


@pytest.mark.parametrize(
    "line",
    [
        "如有疑问，请拨打0538-6123456咨询。",
        "值班电话：0538-6123456",
        "监督电话：0538-6123456",
        "活动最终解释权归市科技局所有，咨询电话：0538-6123456。",
    ],
)
def test_words_beside_a_number_are_no_names(line: str) -> None:
    assert points(line) == [("", [], ["0538-6123456"])]


def test_hours_are_no_office() -> None:
    assert points("工作时间：周一至周五9:00-17:00", "联系电话：0538-6123456") == [("", [], ["0538-6123456"])]
