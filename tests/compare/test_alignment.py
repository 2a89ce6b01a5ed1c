from __future__ import annotations

import datetime as dt
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from noticetab.compare import compare
from noticetab.compare.alignment import assign
from noticetab.compare.similarity import SIMILAR
from noticetab.compare.wording import mark
from noticetab.record import Activity, Event, Evidence, Notice, Record, Source

HERE = Evidence(start=0, end=1)


def notice(region, year, names, series="全国科普日", kind="activity", **more):
    return Record(
        source=Source(notice_id=f"{region}{year}"),
        text="文" * 10,
        notice=Notice(title=f"{region}{year}", region=region, **more),
        events=[
            Event(
                name=f"{year}年{region}{series}", series=series, year=year, evidence=HERE,
                starts_on=dt.date(year, 9, 15), ends_on=dt.date(year, 9, 21),
            )
        ],
        activities=[Activity(name=name, kind=kind, evidence=HERE) for name in names],
    )  # fmt: skip


def rows(comparison):
    table = comparison.activities
    return {frozenset(zip(part["notice"], part["name"], strict=True)) for _, part in table.groupby("row")}


@given(arrays.arrays(np.float64, st.tuples(st.integers(1, 4), st.integers(1, 4)), elements=st.floats(0, 1)))
@settings(max_examples=60, deadline=None)
def test_no_other_assignment_is_better(matrix):
    counted = np.where(matrix >= SIMILAR, matrix, 0)
    if counted.shape[0] > counted.shape[1]:
        counted = counted.T
    best = max(
        sum(counted[i, j] for i, j in enumerate(order))
        for order in permutations(range(counted.shape[1]), counted.shape[0])
    )
    found = assign(matrix)
    assert sum(matrix[i, j] for i, j in found) == pytest.approx(best)
    assert len({i for i, _ in found}) == len({j for _, j in found}) == len(found)
    assert all(matrix[i, j] >= SIMILAR for i, j in found)


def test_an_item_is_aligned_once_only():
    one = notice("甲市", 2023, ["气象科普进校园"])
    other = notice("乙市", 2023, ["气象科普进校园", "气象科普进校园活动"])
    assert len(compare([one, other]).activity_pairs) == 1


def test_three_notices_share_a_row_and_order_does_not_matter():
    notices = [
        notice("甲市", 2023, ["学会科普联合行动", "机器人大赛"]),
        notice("乙市", 2023, ["企业科普联合行动", "学会科普联合行动"]),
        notice("丙市", 2023, ["学会科普联合行动"]),
    ]
    expected = frozenset((label, "学会科普联合行动") for label in ("甲市 2023", "乙市 2023", "丙市 2023"))
    for order in permutations(notices):
        assert expected in rows(compare(order))


def test_a_chain_of_likeness_is_no_likeness():
    # each is like the next, the first nothing like the last: they are not one row
    chain = ["气象科普讲座", "气象地震科普讲座", "地震应急科普演练", "应急消防演练"]
    comparison = compare([notice(f"{c}市", 2023, [name]) for c, name in zip("甲乙丙丁", chain, strict=True)])
    assert not any(len(row) == 4 for row in rows(comparison))


def test_year_over_year():
    before = notice("甲市", 2022, ["2022年科普讲解大赛", "老年人手机培训", "森林防火巡展", "气象科普进校园"])
    after = notice("甲市", 2023, ["2023年科普讲解大赛", "银龄手机培训班", "气象科普开放周", "院士报告会"])
    changes = compare([after, before]).changes  # in whatever order they are given
    changes = changes.astype(object).where(changes.notna(), None)
    found = {(row.change, row.before, row.after) for row in changes.itertuples()}
    assert ("kept", "2022年科普讲解大赛", "2023年科普讲解大赛") in found
    assert ("renamed", "老年人手机培训", "银龄手机培训班") in found
    assert ("similar", "气象科普进校园", "气象科普开放周") in found or (
        "renamed", "气象科普进校园", "气象科普开放周") in found  # fmt: skip
    names = {change: {b or a for c, b, a in found if c == change} for change in ("new", "dropped")}
    assert names == {"new": {"院士报告会"}, "dropped": {"森林防火巡展"}}


def test_a_call_without_activities_says_nothing_of_new_ones():
    assert compare([notice("甲市", 2022, []), notice("甲市", 2023, ["科普讲解大赛"])]).changes.empty


def test_the_same_series_is_followed_before_another():
    notices = [
        notice("甲市", 2021, ["科普讲解大赛"], series="科技周"),
        notice("甲市", 2022, ["科普讲解大赛"], series="全国科普日"),
        notice("甲市", 2023, ["科普讲解大赛"], series="科技周"),
    ]
    changes = compare(notices).changes
    assert ("甲市 2021", "甲市 2023") in set(zip(changes["earlier"], changes["later"], strict=True)) or (
        "甲 2021", "甲 2023") in set(zip(changes["earlier"], changes["later"], strict=True))  # fmt: skip


def test_grouping_gathers_columns_not_alignment():
    notices = [
        notice("甲市", 2022, ["科普讲解大赛"]),
        notice("甲市", 2023, ["科普讲解大赛"]),
        notice("乙市", 2023, ["科普讲解大赛"]),
    ]
    by_region = compare(notices, by="region")
    assert by_region.groups == ["甲市", "乙市"]
    assert by_region.activities_table()["甲市"].tolist() == ["科普讲解大赛\n科普讲解大赛"]
    assert compare(notices, by="year").groups == ["2022", "2023"]


def test_labels_are_unique():
    notices = [notice("甲市", 2023, ["讲座"], doc_number=number) for number in ("1号", "2号", "2号")]
    assert len(set(compare(notices).labels)) == 3


def test_too_few_or_unknown():
    with pytest.raises(ValueError, match="at least two"):
        compare([notice("甲市", 2023, [])])
    with pytest.raises(ValueError, match="grouping"):
        compare([notice("甲市", 2023, []), notice("乙市", 2023, [])], by="month")


def test_what_is_no_notice_is_left_out():
    news = notice("丙市", 2023, [])
    news.notice.is_notice = False
    assert len(compare([notice("甲市", 2023, []), news, notice("乙市", 2023, [])]).labels) == 2


def test_notices_without_anything_can_be_compared():
    empty = [Record(text="", source=Source(notice_id=str(i))) for i in range(3)]
    comparison = compare(empty)
    assert len(set(comparison.labels)) == 3
    assert all(table is not None for table in comparison.tables().values())


@given(
    st.lists(st.text(st.sampled_from("科普活动大力弘扬精神 ，。abc1"), max_size=16), min_size=1, max_size=4)
)
@settings(max_examples=60, deadline=None)
def test_marked_pieces_are_the_text(texts):
    for text, pieces in zip(texts, mark(texts), strict=True):
        assert "".join(piece for piece, _ in pieces) == text


def test_differences_of_wording_are_marked():
    one, other = mark(["突出宣传贯彻党的二十大精神", "深入学习宣传贯彻党的二十大精神"])
    assert [piece for piece, changed in one if changed] == ["突出"]
    assert "".join(piece for piece, changed in other if changed) == "深入学习"
    assert not any(changed for _, changed in mark(["相同的话", "相同的话"])[0])


def test_years_editions_and_own_places_are_not_marked():
    one, other = mark(["第8届甲市讲解大赛", "第9届乙市讲解大赛"], [["甲市"], ["乙市"]])
    assert not any(changed for _, changed in [*one, *other])
