"""Whole numbers in every script and shape, and what only looks like one."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

import noticetab
from noticetab.numerals import signed, whole
from noticetab.segment import grid
from noticetab.segment.lines import split_lines

LOOK_ALIKES = [c for c in map(chr, range(sys.maxunicode + 1)) if c.isnumeric() and not c.isdecimal()]
"""Every character that ``isnumeric`` (so ``isdigit``) lets through and ``int`` refuses."""


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12), ("１２", 12), ("三十五", 35), ("十", 10), ("一百零二", 102), ("①", 1), ("⑳", 20),
        ("㉑", 21), ("⒈", 1), ("⑴", 1), ("㈠", 1), ("㊀", 1), ("🄀", 0), ("❶", 1), ("²", None), ("½", None),
        ("①②", None),
        ("", None), ("９" * 5000, None), ("12a", None),
    ],
)  # fmt: skip
def test_values(text: str, value: int | None) -> None:
    assert whole(text) == value


@given(st.text(st.sampled_from([*LOOK_ALIKES, "1", "٣", "十", "x", " "]), max_size=6))
def test_anything_is_a_number_or_none(text: str) -> None:
    assert whole(text) is None or whole(text) >= 0


@pytest.mark.parametrize(
    ("text", "value"), [(None, 7), ("", 7), ("3", 3), (" -3 ", -3), ("--3", 7), ("①", 7), ("²", 7), ("x", 7)]
)
def test_attributes(text: str | None, value: int) -> None:
    assert signed(text, 7) == value


HEAD = "云山市科学技术协会关于开展科普日活动的通知\n\n各县科协：\n现将有关事项通知如下。\n\n一、活动安排\n"
TAIL = "\n\n云山市科学技术协会\n2031年4月8日\n"


@pytest.mark.parametrize("serials", ["①②", "⒈⒉", "㈠㈡", "🄀🄁", "❶❷", "²³", "½¾"])
@pytest.mark.parametrize("gap", ["  ", "\t", "\n"])
def test_numerals_of_any_shape_number_the_rows_of_a_table(serials: str, gap: str) -> None:
    """Rows with such serials are read or left alone; nothing is raised."""
    rows = [
        ("序号", "活动名称", "活动地点", "责任单位"),
        (serials[0], "科普讲座", "市图书馆", "市科协"),
        (serials[1], "科普展览", "市博物馆", "市科协"),
    ]
    record = noticetab.extract_text(HEAD + "\n".join(gap.join(row) for row in rows) + TAIL)
    if serials == "①②" and gap != "\n":
        assert [activity.name for activity in record.activities] == ["科普讲座", "科普展览"]


def test_the_serial_of_a_row_is_the_whole_number() -> None:
    rows = [f"{n}  科普讲座  市图书馆  市科协" for n in range(1, 13)]
    (table,) = grid.find(split_lines("序号  活动名称  活动地点  责任单位\n" + "\n".join(rows)))
    assert [row[0].text for row in table.rows if row[0]] == [str(n) for n in range(1, 13)]


def test_every_look_alike_in_the_column_of_serials() -> None:
    for char in LOOK_ALIKES:
        text = f"{HEAD}序号  活动名称  活动地点  责任单位\n{char}  科普讲座  市图书馆  市科协{TAIL}"
        assert grid.find(split_lines(text)) is not None
