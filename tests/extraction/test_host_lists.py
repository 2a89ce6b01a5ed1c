"""Hosts over several lines: however the lines end and stand, each body is a row of its own."""

from __future__ import annotations

import pytest

from .builder import read

BODIES = ["天津大学", "天津师范大学", "南开大学"]


def hosts(*lines: str) -> list[tuple[str, str]]:
    record = read("一、组织机构", *lines, "二、工作要求", "各单位要精心组织，确保实效。")
    assert all(len(row.raw) == len("".join(row.raw.split())) for row in record.organizers)
    return [(row.role, row.raw) for row in record.organizers]


@pytest.mark.parametrize("sign", ["、", "；", "，", ";", ",", ""])
@pytest.mark.parametrize("pad", ["", " " * 10, "\u3000" * 5, "\t"])
@pytest.mark.parametrize("count", [2, 3])
@pytest.mark.parametrize("label", ["主办单位：", "主 办 单 位：", "主办单位\u3000\u3000"])
def test_lines_below_a_label(label: str, count: int, pad: str, sign: str) -> None:
    first, *others = BODIES[:count]
    lines = [label + first, *(pad + other for other in others)]
    lines = [line + sign for line in lines[:-1]] + lines[-1:]
    expected = [("主办", body) for body in BODIES[:count]] + [("承办", "天津市科学技术馆")]
    assert hosts(*lines, label.replace("主", "承", 1) + "天津市科学技术馆") == expected


@pytest.mark.parametrize("pad", ["", " " * 10, "\u3000" * 5])
@pytest.mark.parametrize("label", ["主办单位：", "主办单位"])
def test_a_label_alone(label: str, pad: str) -> None:
    lines = [label, *(pad + body for body in BODIES), label.replace("主", "承"), pad + "天津博物馆"]
    assert hosts(*lines) == [*(("主办", body) for body in BODIES), ("承办", "天津博物馆")]


def test_a_name_that_breaks_off_is_one() -> None:
    got = hosts("主办单位：天津市科学技术局、天津市", "教育局、天津大学")
    assert got == [("主办", "天津市科学技术局"), ("主办", "天津市教育局"), ("主办", "天津大学")]


@pytest.mark.parametrize(
    "line",
    [
        "二是做好服务保障。",
        "各区要做好服务保障。",
        "办公室设在天津市科学技术局。",
        "活动期间开放全部展厅",
        "2031年4月",
    ],
)
@pytest.mark.parametrize("sign", ["；", "，", "。", ""])
def test_what_names_no_office_is_no_host(line: str, sign: str) -> None:
    assert hosts(f"主办单位：天津大学{sign}", line) == [("主办", "天津大学")]
