"""People named in a role of a committee."""

from __future__ import annotations

import pytest

from noticetab.record import Record

from .builder import read

HEAD = "一、组织领导", "成立2024年泰安市科技活动周组织委员会，组成人员如下："


def people(*lines: str, **parts: object) -> list[tuple[str, str, str]]:
    record: Record = read(*HEAD, *lines, "二、工作要求", "各单位要精心组织，确保实效。", **parts)
    return [(row.role, row.name, "".join((row.title or "").split())) for row in record.people]


ALL = [
    ("主任", "王旭", "副市长"),
    ("副主任", "李晓明", "市政府副秘书长"),
    ("副主任", "赵一", "市科技局局长"),
    ("委员", "欧阳青", "市科协副主席"),
]


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(
            [
                "主任：王旭　副市长",
                "副主任：李晓明　市政府副秘书长",
                "赵一　市科技局局长",
                "委员：欧阳青　市科协副主席",
            ],
            id="role and first person on a line",
        ),
        pytest.param(
            [
                "主　任：王　旭　　副市长",
                "副主任：李晓明　　市政府副秘书长",
                "　　　　赵　一　　市科技局局长",
                "委　员：欧阳青　　市科协副主席",
            ],
            id="padded",
        ),
        pytest.param(
            [
                "主任:王旭 副市长",
                "副主任:李晓明 市政府副秘书长",
                "赵一 市科技局局长",
                "委员:欧阳青 市科协副主席",
            ],
            id="half-width",
        ),
        pytest.param(
            [
                "主任：",
                "王旭　副市长",
                "副主任：",
                "李晓明　市政府副秘书长",
                "赵一　市科技局局长",
                "委员：",
                "欧阳青　市科协副主席",
            ],
            id="role on its own line",
        ),
        pytest.param(
            [
                "主任：王旭（副市长）",
                "副主任：李晓明（市政府副秘书长）、赵一（市科技局局长）",
                "委员：欧阳青（市科协副主席）",
            ],
            id="posts in brackets",
        ),
        pytest.param(
            [
                "主　任\t王　旭\t副市长",
                "副主任\t李晓明\t市政府副秘书长",
                "\t赵　一\t市科技局局长",
                "委　员\t欧阳青\t市科协副主席",
            ],
            id="table",
        ),
    ],
)
def test_a_committee(lines: list[str]) -> None:
    assert people(*lines) == ALL


@pytest.mark.parametrize(
    "role", ["组长", "副组长", "成员", "总指挥", "顾问", "主任委员", "秘书长", "办公室主任", "名誉主任"]
)
def test_roles(role: str) -> None:
    assert people(f"{role}：王旭　市科技局局长") == [(role, "王旭", "市科技局局长")]


@pytest.mark.parametrize("role", ["组 长", "组　长", "成　　员"])
def test_a_padded_role_loses_its_blanks(role: str) -> None:
    assert people(f"{role}：王旭　市科技局局长") == [("".join(role.split()), "王旭", "市科技局局长")]


@pytest.mark.parametrize(
    "title", ["市科技局党组书记、局长", "市委宣传部副部长、一级调研员", "市科协主席（正处级）"]
)
def test_a_title_of_several_posts_is_one(title: str) -> None:
    assert people(f"主任：王旭　{title}", "副主任：李晓明　市政府副秘书长") == [
        ("主任", "王旭", title),
        ("副主任", "李晓明", "市政府副秘书长"),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(
            ["组长：王旭", "副组长：李晓明、赵一", "成员：欧阳青、孙浩然"],
        ),
        ["组　长：王　旭", "副组长：李晓明　赵　一", "成　员：欧阳青　孙浩然"],
        pytest.param(
            ["组 长:王 旭", "副组长:李晓明、赵 一", "成 员:欧阳青、孙浩然"],
        ),
    ],
)
def test_names_without_posts(lines: list[str]) -> None:
    roles = ["组长", "副组长", "副组长", "成员", "成员"]
    names = ["王旭", "李晓明", "赵一", "欧阳青", "孙浩然"]
    assert people(*lines) == [(role, name, "") for role, name in zip(roles, names, strict=True)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("领导小组由王旭同志任组长，李晓明同志任副组长。", [("组长", "王旭"), ("副组长", "李晓明")]),
        ("领导小组办公室设在市科技局，李晓明同志兼任办公室主任。", [("办公室主任", "李晓明")]),
    ],
)
def test_people_in_prose(line: str, expected: list[tuple[str, str]]) -> None:
    assert [(role, name) for role, name, _ in people(line)] == expected


def test_a_role_without_colon() -> None:
    lines = ["主　任　王　旭　副市长", "副主任　李晓明　市科技局局长"]
    assert people(*lines) == [("主任", "王旭", "副市长"), ("副主任", "李晓明", "市科技局局长")]


def test_a_committee_in_an_attachment() -> None:
    after = [
        "附件",
        "",
        "2024年泰安市科技活动周组织委员会名单",
        "",
        "主　任：王　旭　副市长",
        "委　员：赵　一　市科技局局长",
    ]
    record = read("一、工作要求", "各单位要精心组织。", after=after)
    assert [(row.role, row.name) for row in record.people] == [("主任", "王旭"), ("委员", "赵一")]


@pytest.mark.parametrize(
    "lines",
    [
        ["组长：市政府分管副市长", "成员：市直有关部门主要负责人"],
        ["成员：各县（市、区）科技局局长"],
        ["主任由市科技局主要负责同志担任。"],
        ["领导小组办公室设在市科技局，负责日常工作。"],
        ["成员单位：市科技局、市教育局、市科协"],
    ],
)
def test_posts_and_bodies_are_no_people(lines: list[str]) -> None:
    assert people(*lines) == []


@pytest.mark.parametrize(
    "line",
    [
        "联系人：王旭，电话：0538-6123456",
        "邀请著名科学家与青少年面对面交流。",
        "弘扬钱学森、袁隆平等老一辈科学家精神。",
    ],
)
def test_contacts_and_names_in_prose_are_no_people(line: str) -> None:
    assert read("一、有关事项", line, "二、工作要求", "各单位要精心组织。").people == []
