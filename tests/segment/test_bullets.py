"""Items with bullets are items of the outline, and have no number."""

from __future__ import annotations

import pytest

import noticetab

HEAD = (
    "云溪县科学技术局关于举办2031年云溪县科技活动周的通知\n各有关单位：\n"
    "定于2031年5月20日至26日举办科技活动周。\n"
)
TAIL = "二、工作要求\n各单位要精心组织。\n云溪县科学技术局\n2031年4月8日\n"
ITEMS = ("科普集市", "科学讲座", "实验室开放")


def activities(mark: str) -> list[tuple[int | None, str | None, str | None]]:
    items = "".join(f"{mark}{x}\n活动时间：5月2{i}日\n组织志愿者讲解。\n" for i, x in enumerate(ITEMS, 1))
    record = noticetab.extract_text(f"{HEAD}一、重点活动\n{items}{TAIL}")
    return [(row.number, row.name, str(row.starts_on)) for row in record.activities]


@pytest.mark.parametrize("mark", ["◆", "• ", "- ", "■", "※ ", "（）", "、"])
def test_bullets_make_items_without_a_number(mark: str) -> None:
    assert activities(mark) == [(None, name, f"2031-05-2{i}") for i, name in enumerate(ITEMS, 1)]


def test_a_single_bullet_makes_no_item() -> None:
    record = noticetab.extract_text(f"{HEAD}一、重点活动\n◆科普集市\n组织志愿者讲解。\n{TAIL}")
    assert not record.activities


def test_a_label_behind_a_bullet_is_no_item() -> None:
    text = f"{HEAD}一、重点活动\n（一）科普集市\n◆活动时间：5月21日\n◆活动地点：县人民广场\n{TAIL}"
    assert [row.name for row in noticetab.extract_text(text).activities] == ["科普集市"]


def test_tabs_before_prose_are_an_indent() -> None:
    text = (
        HEAD.replace("\n定于", "\n\t定于")
        + "\t一、重点活动\n\t（一）科普集市。\n\t5月21日在县人民广场举行。\n"
        + TAIL
    )
    assert not [x for x in noticetab.extract_text(text).findings if x.code == "TABLE_UNREAD"]
    assert [row.name for row in noticetab.extract_text(text).activities] == ["科普集市"]
