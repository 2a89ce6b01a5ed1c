"""Activities: items, groups and points of lists; their hosts, time and place; what describes them."""

from __future__ import annotations

import pytest

from noticetab.record import Record

from .builder import activity, day, hosts, read, squeeze

NAMES = ["科技活动周启动仪式", "青少年机器人竞赛", "“科普大篷车”巡展"]
REST = "二、工作要求", "各单位要精心组织，确保实效。"


def rows(record: Record) -> list[tuple[str | None, int | None, str | None, str]]:
    return [(row.section, row.number, row.name, row.kind) for row in record.activities]


def listed(*lines: str, heading: str = "重点活动", **parts: object) -> Record:
    return read(f"一、{heading}", *lines, *REST, **parts)


@pytest.mark.parametrize("marker", ["{}.", "{}．", "{}、", "（{}）", "({})", "{}. ", "{} 、"])
def test_numbered_items_are_activities(marker: str) -> None:
    record = listed(*(marker.format(n) + name for n, name in enumerate(NAMES, 1)))
    assert rows(record) == [("重点活动", n, name, "activity") for n, name in enumerate(NAMES, 1)]


@pytest.mark.parametrize("marker", ["（{}）", "({})"])
def test_items_numbered_in_chinese(marker: str) -> None:
    record = listed(*(marker.format(n) + name for n, name in zip("一二三", NAMES, strict=True)))
    assert rows(record) == [("重点活动", n, name, "activity") for n, name in enumerate(NAMES, 1)]


@pytest.mark.parametrize("marker", ["活动{}：", "活动{}:", "活动{}　"])
def test_items_numbered_behind_a_word(marker: str) -> None:
    lines = [
        line
        for n, name in zip("一二三", NAMES, strict=True)
        for line in (marker.format(n) + name, "时间：5月25日", "牵头单位：市科协")
    ]
    record = listed(*lines)
    assert [(row.number, row.name) for row in record.activities] == list(enumerate(NAMES, 1))
    assert {row.starts_on for row in record.activities} == {day("05-25")}


@pytest.mark.parametrize(
    "heading", ["重点活动", "主要活动", "活动安排", "重点活动安排", "重点活动（3项）", "市级重点活动"]
)
def test_the_section_is_the_heading_without_its_count(heading: str) -> None:
    record = listed(*(f"{n}.{name}" for n, name in enumerate(NAMES, 1)), heading=heading)
    assert [row.section for row in record.activities] == [heading.removesuffix("（3项）")] * 3


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(
            ["（一）启动仪式。组织启动仪式，展示科技创新成果。", "（二）科普展览。组织流动科技馆巡展。"],
            id="run in",
        ),
        pytest.param(
            ["(一)启动仪式。组织启动仪式，展示科技创新成果。", "(二)科普展览。组织流动科技馆巡展。"],
            id="half-width",
        ),
        pytest.param(
            ["（一）启动仪式", "组织启动仪式，展示科技创新成果。", "（二）科普展览", "组织流动科技馆巡展。"],
            id="below",
        ),
        pytest.param(
            ["1.启动仪式：组织启动仪式，展示科技创新成果。", "2.科普展览：组织流动科技馆巡展。"], id="colon"
        ),
        pytest.param(
            ["一是启动仪式。组织启动仪式，展示科技创新成果。", "二是科普展览。组织流动科技馆巡展。"],
            id="一是",
        ),
    ],
)
def test_name_and_description(lines: list[str]) -> None:
    record = listed(*lines)
    assert [(row.number, row.name, row.description) for row in record.activities] == [
        (1, "启动仪式", "组织启动仪式，展示科技创新成果。"),
        (2, "科普展览", "组织流动科技馆巡展。"),
    ]


def test_items_run_into_one_paragraph() -> None:
    record = listed("重点组织以下活动：一是科技活动周启动仪式；二是青少年机器人竞赛；三是“科普大篷车”巡展。")
    items = [row for row in record.activities if row.number is not None]
    assert [(row.number, squeeze(row.name or row.description).rstrip("；。")) for row in items] == [
        (n, name) for n, name in enumerate(NAMES, 1)
    ]


def test_an_item_that_is_one_long_sentence_has_no_name() -> None:
    sentence = "组织科技工作者深入农村开展实用技术培训，为农民群众提供面对面的科技咨询和现场指导服务。"
    record = listed(f"1.{sentence}", "2." + sentence.replace("农村", "社区"))
    assert [(row.number, row.name) for row in record.activities] == [(1, None), (2, None)]
    assert record.activities[0].description == sentence


@pytest.mark.parametrize("label", ["内容", "活动内容", "主要内容"])
def test_a_labelled_description_is_verbatim(label: str) -> None:
    record = listed("1.启动仪式", "时间：5月25日", f"{label}：发布重点活动，展示成果。", "2.科普展览")
    assert [row.description for row in record.activities] == ["发布重点活动，展示成果。", None]


def test_nothing_under_an_item_gives_no_description() -> None:
    record = listed("1.启动仪式", "时间：5月25日", "2.科普展览", "地点：市科技馆")
    assert [row.description for row in record.activities] == [None, None]


LABELLED = [
    ["时间：5月25日上午9:30", "地点：泰山广场", "主办单位：市科技局", "承办单位：市科协"],
    ["时间:5月25日上午9:30", "地点:泰山广场", "主办单位:市科技局", "承办单位:市科协"],
    ["时　　间：5月25日上午9:30", "地　　点：泰山广场", "主办单位：市科技局", "承办单位：市科协"],
    ["活动时间：5月25日9:30", "活动地点：泰山广场", "主办：市科技局", "承办：市科协"],
    ["主办单位：市科技局", "承办单位：市科协", "时间：5月25日（星期六）9时30分", "地点：泰山广场"],
    ["时间：5月25日9:30", "地点：泰山广场", "主办单位：市科技局　承办单位：市科协"],
    ["时间：5月25日9:30；地点：泰山广场", "主办单位：市科技局；承办单位：市科协"],
    ["时间：2024年5月25日上午9：30", "地点：泰山广场。", "主办单位：市科技局。", "承办单位：市科协。"],
]


@pytest.mark.parametrize("lines", LABELLED)
@pytest.mark.parametrize("told", ["before", "after"])
def test_labelled_lines_of_an_item(lines: list[str], told: str) -> None:
    prose = ["发布重点活动，展示科技创新成果。"]
    item = prose + lines if told == "before" else lines + prose
    record = listed("1.启动仪式", *item, "2.科普展览", "组织流动科技馆巡展。")
    row = activity(record, "启动仪式")
    assert (row.starts_on, row.ends_on, row.start_time) == (day("05-25"), None, "09:30")
    assert row.venues == ["泰山广场"]
    assert hosts(row.organizers) == [("主办", "市科技局"), ("承办", "市科协")]
    assert row.description == prose[0]
    assert record.organizers == []


@pytest.mark.parametrize(
    ("bracket", "expected"),
    [
        ("（主办单位：市科技局、市教育局）", [("主办", "市科技局"), ("主办", "市教育局")]),
        ("（主办单位：市科技局；承办单位：市科协）", [("主办", "市科技局"), ("承办", "市科协")]),
        ("(主办单位:市科技局;承办单位:市科协)", [("主办", "市科技局"), ("承办", "市科协")]),
        (
            "（市科技局、市教育局主办，市科协承办）",
            [("主办", "市科技局"), ("主办", "市教育局"), ("承办", "市科协")],
        ),
        ("（牵头单位：市科技局）", [("牵头", "市科技局")]),
        ("（牵头单位：市科技局；配合单位：市科协）", [("牵头", "市科技局"), ("配合", "市科协")]),
    ],
)
@pytest.mark.parametrize("end", ["{}", "{}。"])
def test_a_closing_bracket_that_names_hosts(bracket: str, expected: list[tuple[str, str]], end: str) -> None:
    first = "（一）启动仪式。发布重点活动，展示科技创新成果。"
    first = first + bracket if end == "{}" else first[:-1] + bracket + "。"
    row = activity(listed(first, "（二）科普展览。组织流动科技馆巡展。"), "启动仪式")
    assert hosts(row.organizers) == expected
    assert row.description is not None
    assert "市科技局" not in row.description
    assert squeeze(row.description).startswith("发布重点活动，展示科技创新成果")


@pytest.mark.parametrize(
    ("prose", "expected"),
    [
        ("由市科技局主办，市科协承办。", [("主办", "市科技局"), ("承办", "市科协")]),
        ("该活动由市科技局、市教育局联合主办。", [("主办", "市科技局"), ("主办", "市教育局")]),
        (
            "市科技局会同市教育局在泰山广场举办启动仪式。",
            [("主办", "市科技局"), ("主办", "市教育局")],
        ),
        ("市科技局、市教育局共同举办启动仪式。", [("主办", "市科技局"), ("主办", "市教育局")]),
        ("由市科技局牵头，市教育局配合。", [("牵头", "市科技局"), ("配合", "市教育局")]),
        ("各县（市、区）组织群众参加。", []),
        ("由各有关单位分别组织实施。", []),
    ],
)
def test_hosts_in_prose(prose: str, expected: list[tuple[str, str]]) -> None:
    row = activity(listed("（一）启动仪式。" + prose, "（二）科普展览。组织流动科技馆巡展。"), "启动仪式")
    assert hosts(row.organizers) == expected


@pytest.mark.parametrize(
    ("line", "starts", "ends", "start", "end"),
    [
        ("时间：5月25日", "05-25", None, None, None),
        ("时间：5月25日至27日", "05-25", "05-27", None, None),
        ("时间：5月25—27日", "05-25", "05-27", None, None),
        ("时间：5月25日9:00—11:30", "05-25", None, "09:00", "11:30"),
        ("时间：5月25日上午9:00至11:30", "05-25", None, "09:00", "11:30"),
        ("时间：5月25日下午2:30", "05-25", None, "14:30", None),
        ("时间：5月25日（周六）14:00-16:00", "05-25", None, "14:00", "16:00"),
        ("时间：5月至6月", "05-01", "06-30", None, None),
        ("时间：5月下旬", "05-21", "05-31", None, None),
        ("时间：科技活动周期间", None, None, None, None),
        ("时间：待定", None, None, None, None),
    ],
)
def test_when_an_activity_is_held(
    line: str, starts: str | None, ends: str | None, start: str | None, end: str | None
) -> None:
    row = activity(listed("1.科普展览", line, "2.启动仪式"), "科普展览")
    assert (row.starts_on, row.ends_on, row.start_time, row.end_time) == (day(starts), day(ends), start, end)


@pytest.mark.parametrize(
    "prose",
    [
        "于5月25日上午9:30在泰山广场举行，发布重点活动。",
        "5月25日上午9:30在泰山广场举行启动仪式，发布重点活动。",
        "定于5月25日上午9:30在泰山广场举办。",
        "5月25日上午9:30，市科技局会同市教育局在泰山广场举办启动仪式。",
        "5月25日上午9:30在泰山广场开展集中宣传。",
    ],
)
def test_time_and_place_in_prose(prose: str) -> None:
    row = activity(listed("（一）启动仪式。" + prose, "（二）科普展览。组织巡展。"), "启动仪式")
    assert (row.starts_on, row.start_time, row.venues) == (day("05-25"), "09:30", ["泰山广场"])


@pytest.mark.parametrize(
    "prose",
    [
        "5月25日至26日，地点为泰山广场。",
        "5月25日—26日，地点：泰山广场。",
        "时间为5月25日至26日，地点在泰山广场。",
        "5月25日至26日，泰山广场。",
    ],
)
def test_time_and_place_told_in_short(prose: str) -> None:
    row = activity(listed("（一）决赛：" + prose, "（二）初赛：5月11日，各学校自行组织。"), "决赛")
    assert (row.starts_on, row.ends_on, row.venues) == (day("05-25"), day("05-26"), ["泰山广场"])


@pytest.mark.parametrize(
    ("heading", "starts", "ends"),
    [
        (
            "（一）科普展览（5月25日）",
            "05-25",
            None,
        ),
        (
            "（一）科普展览（5月25日至27日）",
            "05-25",
            "05-27",
        ),
        (
            "（一）科普展览（5月25日—27日，市科技馆）",
            "05-25",
            "05-27",
        ),
        (
            "1.科普展览（时间：5月25日—27日）",
            "05-25",
            "05-27",
        ),
    ],
)
def test_a_date_in_the_heading(heading: str, starts: str, ends: str | None) -> None:
    mark = "（二）" if heading.startswith("（") else "2."
    row = listed(heading, f"{mark}知识竞赛（6月1日）").activities[0]
    assert (row.number, row.starts_on, row.ends_on) == (1, day(starts), day(ends))
    assert "科普展览" in (row.name or row.description or "")


@pytest.mark.parametrize(
    "item",
    [
        "1.科技创新大赛，承办：市科协、市教育局",
        "1.科技创新大赛，承办单位：市科协、市教育局。",
        "1.科技创新大赛（承办：市科协、市教育局）",
        "1.科技创新大赛　承办单位：市科协、市教育局",
        "1.科技创新大赛；承办单位：市科协、市教育局",
    ],
)
def test_a_label_run_into_the_heading(item: str) -> None:
    row = activity(listed(item, "2.启动仪式，承办：市科技局"), "科技创新大赛")
    assert hosts(row.organizers) == [("承办", "市科协"), ("承办", "市教育局")]


@pytest.mark.parametrize(
    "prose",
    [
        "依托科普平台开展线上展播，平台于5月10日至6月10日开放。",
        "活动平台自5月10日起开放，各单位要及时登录。",
        "请各单位于5月15日前报送活动方案。",
    ],
)
def test_dates_of_a_platform_or_a_demand_are_not_the_activitys(prose: str) -> None:
    row = activity(listed("（一）线上展播。" + prose, "（二）科普展览。组织巡展。"), "线上展播")
    assert (row.starts_on, row.ends_on) == (None, None)


def test_an_item_with_items_below_it_is_a_group() -> None:
    record = listed(
        "（一）开展主题日活动。科技活动周期间，分别开展以下活动。",
        "1.校园科普日",
        "时间：5月27日",
        "2.社区科普日",
        "（二）科普展览。组织流动科技馆巡展。",
    )
    assert [(r.number, r.name, r.kind, r.parent, r.section) for r in record.activities] == [
        (1, "开展主题日活动", "group", None, "重点活动"),
        (1, "校园科普日", "activity", "开展主题日活动", "重点活动"),
        (2, "社区科普日", "activity", "开展主题日活动", "重点活动"),
        (2, "科普展览", "activity", None, "重点活动"),
    ]
    assert activity(record, "校园科普日").starts_on == day("05-27")
    assert activity(record, "开展主题日活动").starts_on is None


def test_an_unnumbered_heading_with_items_is_a_group_without_number() -> None:
    record = listed("主场活动", "1.启动仪式", "2.科普展览", "分会场活动", "1.校园科普日", "2.社区科普日")
    groups = [(row.number, row.name) for row in record.activities if row.kind == "group"]
    assert groups == [(None, "主场活动"), (None, "分会场活动")]
    assert [(row.name, row.parent) for row in record.activities if row.kind == "activity"] == [
        ("启动仪式", "主场活动"),
        ("科普展览", "主场活动"),
        ("校园科普日", "分会场活动"),
        ("社区科普日", "分会场活动"),
    ]


@pytest.mark.parametrize("heading", ["主要内容", "活动内容", "征集内容", "培训内容", "宣传重点"])
def test_points_of_the_content_are_focus(heading: str) -> None:
    record = listed(
        "（一）弘扬科学家精神。用好教育基地，讲好科学家故事。",
        "（二）普及应急知识。提升公众避险自救能力。",
        heading=heading,
    )
    assert rows(record) == [
        (heading, 1, "弘扬科学家精神", "focus"),
        (heading, 2, "普及应急知识", "focus"),
    ]


def test_points_of_the_content_carry_no_hosts() -> None:
    record = listed(
        "（一）弘扬科学家精神。用好教育基地，讲好科学家故事。（牵头单位：市科技局）",
        "（二）普及应急知识。由市应急局牵头，提升公众避险自救能力。",
        heading="主要内容",
    )
    assert [(row.kind, row.organizers) for row in record.activities] == [("focus", []), ("focus", [])]


@pytest.mark.parametrize(
    "heading",
    ["工作要求", "有关要求", "保障措施", "参赛对象", "奖项设置", "报名方式", "联系方式", "作品要求"],
)
def test_items_of_other_sections_are_no_activities(heading: str) -> None:
    record = listed(
        "（一）加强组织领导。各单位要高度重视，周密部署。",
        "（二）注重宣传引导。充分利用各类媒体，扩大影响。",
        heading=heading,
    )
    assert record.activities == []


HEADER = ["序号", "活动名称", "时间", "地点", "主办单位"]
CELLS = [
    ["1", "启动仪式", "5月25日", "泰山广场", "市科技局"],
    ["2", "科普展览", "5月26日至28日", "市科技馆", "市科协、市教育局"],
    ["3", "院士报告会", "5月29日", "泰山学院", "市教育局"],
]
TABLES = {
    "tabs": ["\t".join(row) for row in [HEADER, *CELLS]],
    "bars": ["| " + " | ".join(row) + " |" for row in [HEADER, *CELLS]],
    "bars and a rule": [
        "| " + " | ".join(HEADER) + " |",
        "|" + "---|" * 5,
        *("| " + " | ".join(row) + " |" for row in CELLS),
    ],
    "blanks": ["  ".join(row) for row in [HEADER, *CELLS]],
    "a cell a line": [cell for row in [HEADER, *CELLS] for cell in row],
    "a cell a line, blank between": [part for row in [HEADER, *CELLS] for cell in row for part in (cell, "")],
}


@pytest.mark.parametrize("layout", TABLES)
@pytest.mark.parametrize("place", ["body", "attachment"])
def test_rows_of_an_activity_table(layout: str, place: str) -> None:
    if place == "body":
        record = listed(*TABLES[layout])
        section = "重点活动"
    else:
        section = "泰安市科技活动周重点活动安排表"
        record = read("一、工作要求", "各单位要精心组织。", after=["附件", "", section, "", *TABLES[layout]])
    got = [
        (r.section, r.number, r.name, r.starts_on, r.ends_on, r.venues, hosts(r.organizers))
        for r in record.activities
    ]
    both = [("主办", "市科协"), ("主办", "市教育局")]
    assert got == [
        (section, 1, "启动仪式", day("05-25"), None, ["泰山广场"], [("主办", "市科技局")]),
        (section, 2, "科普展览", day("05-26"), day("05-28"), ["市科技馆"], both),
        (section, 3, "院士报告会", day("05-29"), None, ["泰山学院"], [("主办", "市教育局")]),
    ]


def test_the_sum_below_a_table_is_no_activity() -> None:
    lines = ["\t".join(row) for row in [HEADER, *CELLS]]
    record = listed(*lines, "合计\t3\t\t\t")
    assert [row.name for row in record.activities] == [row[1] for row in CELLS]


def test_rows_of_a_table_with_headings_between_them() -> None:
    lines = ["\t".join(row) for row in [HEADER, ["一、市级活动"], *CELLS[:2], ["二、县级活动"], *CELLS[2:]]]
    after = ["附件", "", "泰安市科技活动周重点活动安排表", "", *lines]
    record = read("一、工作要求", "各单位要精心组织。", after=after)
    assert [row.name for row in record.activities if row.kind == "activity"] == [row[1] for row in CELLS]


@pytest.mark.parametrize(
    ("header", "row", "name"),
    [
        ("序号\t活动内容\t活动时间\t承办单位\t参加对象", "1\t启动仪式\t5月25日\t市科协\t市民", "启动仪式"),
        ("日期\t活动名称\t承办单位", "5月25日\t启动仪式\t市科协", "启动仪式"),
        ("活动项目\t时间\t地点\t承办单位", "启动仪式\t5月25日\t泰山广场\t市科协", "启动仪式"),
    ],
)
def test_columns_of_a_table_are_known_by_their_heads(header: str, row: str, name: str) -> None:
    other = row.replace("启动仪式", "科普展览").replace("25日", "26日").replace("1\t", "2\t", 1)
    first = listed(header, row, other).activities[0]
    assert (first.name, first.starts_on, hosts(first.organizers)) == (
        name,
        day("05-25"),
        [("承办", "市科协")],
    )


def test_an_empty_form_for_activities_gives_none() -> None:
    after = ["附件", "", "重点活动推荐表", "", "\t".join(HEADER), "1\t\t\t\t", "2\t\t\t\t", "3\t\t\t\t"]
    assert read("一、工作要求", "各单位要精心组织。", after=after).activities == []


@pytest.mark.parametrize(
    ("line", "forms"),
    [
        ("活动形式：线上", {"线上"}),
        ("活动形式：线下", {"线下"}),
        ("活动形式：线上线下相结合", {"线上", "线下"}),
        ("活动方式：线上+线下", {"线上", "线下"}),
    ],
)
def test_form_of_an_activity(line: str, forms: set[str]) -> None:
    row = activity(listed("1.科普展览", line, "2.启动仪式"), "科普展览")
    assert set(row.forms) == forms


@pytest.mark.parametrize(
    ("line", "venues"),
    [
        ("地点：勐库镇、沙河乡", ["勐库镇", "沙河乡"]),
        ("地点:勐库镇,沙河乡", ["勐库镇", "沙河乡"]),
        ("地点：市科技馆、人民公园", ["市科技馆", "人民公园"]),
        ("地点：图书馆一楼、二楼", ["图书馆一楼、二楼"]),
    ],
)
def test_whole_places_are_several_venues(line: str, venues: list[str]) -> None:
    assert activity(listed("1.科普展览", line, "2.启动仪式"), "科普展览").venues == venues


def test_an_item_that_ends_with_a_semicolon_and_is_a_clause_has_no_name() -> None:
    clause = "区科协邀请专家为机关干部和企业职工举办科普讲座并解答提问"
    rows = listed(f"1.{clause}；", "2.科普展览；", heading="重点活动").activities
    assert [(row.name, row.description) for row in rows] == [(None, clause), ("科普展览", None)]


def test_rounds_below_a_heading_that_names_a_contest() -> None:
    rows = read(
        "一、校内选拔赛", "1.初赛（5月20日前）", "各学院组织评审。", "2.决赛", "由组委会组织。"
    ).activities
    assert [row.number for row in rows] == [1, 2]
