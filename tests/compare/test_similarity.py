from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noticetab.compare.similarity import (
    SAME,
    SIMILAR,
    Similarity,
    Wording,
    background,
    core,
    similarity,
    synonyms,
)

PLACES = ("天津市", "唐山市", "济南市", "历城区")
WORDS = st.sampled_from(
    ["科普", "活动", "机器人", "大赛", "进校园", "学会", "联合行动", "第3届", "2023年", "气象"]
)
NAMES = st.lists(WORDS, min_size=1, max_size=5).map("".join)


def pairs(part):
    with (Path(__file__).parent / "pairs.csv").open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["part"] == part]


def measure(part, labels, threshold):
    """Precision and recall of "at least threshold" for pairs with one of the labels."""
    rows = pairs(part)
    scores = Similarity([Wording(row[side], places=PLACES) for row in rows for side in "ab"])
    said = [float(scores.matrix([2 * i], [2 * i + 1])[0, 0]) >= threshold for i in range(len(rows))]
    true = [row["label"] in labels for row in rows]
    hits = sum(one and two for one, two in zip(said, true, strict=True))
    return hits / sum(said), hits / sum(true)


def test_there_are_enough_pairs_of_each_kind():
    rows = pairs("chosen_on") + pairs("held_out")
    assert len(rows) >= 150
    assert {row["label"] for row in rows} == {"same", "similar", "different"}
    assert len({(row["a"], row["b"]) for row in rows}) == len(rows)


@pytest.mark.parametrize("part", ["chosen_on", "held_out"])
def test_aligned_pairs_are_right_even_where_some_are_missed(part):
    precision, recall = measure(part, ("same", "similar"), SIMILAR)
    assert precision >= 0.96
    assert recall >= 0.65


@pytest.mark.parametrize("part", ["chosen_on", "held_out"])
def test_pairs_called_same_are_mostly_same(part):
    precision, recall = measure(part, ("same",), SAME)
    assert precision >= 0.78
    assert recall >= 0.80


def test_background_holds_no_pair_of_the_test():
    common = set(background())
    akin = [row for row in pairs("held_out") if row["label"] != "different"]
    assert not [row for row in akin if row["a"] in common and row["b"] in common]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2024年天津市全国科普日主场活动", "全国科普日主场活动"),
        ("第21届天津市青少年机器人竞赛", "青少年机器人竞赛"),
        ("首届天津市科普剧大赛", "科普剧大赛"),
        ("二〇二三年度科技周", "科技周"),
        ("2023", "2023"),
        ("第37届", "第37届"),
    ],
)
def test_core_drops_year_edition_and_own_place(name, expected):
    assert core(name, ["天津市"]) == expected


def test_other_districts_are_not_dropped():
    assert similarity("和平区科技周主场活动", "西青区科技周主场活动") < SAME


@given(NAMES, NAMES)
@settings(max_examples=20, deadline=None)
def test_similarity_is_symmetric_and_between_0_and_1(one, other):
    forth, back = similarity(one, other), similarity(other, one)
    assert forth == pytest.approx(back, abs=1e-5)
    assert 0 <= forth <= 1


@given(NAMES)
@settings(max_examples=30, deadline=None)
def test_a_name_is_itself_whatever_year_and_edition(rest):
    name = f"甲馆{rest}"
    assert similarity(f"2022年{name}", f"2023年{name}") == pytest.approx(1, abs=1e-5)


@given(st.lists(NAMES, min_size=1, max_size=6), NAMES, NAMES)
@settings(max_examples=15, deadline=None)
def test_similarity_does_not_depend_on_what_else_is_compared(others, one, other):
    together = Similarity([Wording(one), Wording(other), *map(Wording, others)])
    assert float(together.matrix([0], [1])[0, 0]) == pytest.approx(similarity(one, other), abs=1e-4)


def test_descriptions_only_add():
    alone = Similarity([Wording("气象科普活动"), Wording("气象讲座")]).matrix([0], [1])[0, 0]
    text = "走进校园讲解气象观测"
    with_text = Similarity([Wording("气象科普活动", text), Wording("气象讲座", text)]).matrix([0], [1])[0, 0]
    assert with_text > alone


@given(st.text(max_size=40), st.text(max_size=40))
@settings(max_examples=30, deadline=None)
def test_any_text_can_be_compared(one, other):
    assert 0 <= similarity(one, other) <= 1


def test_synonyms_lead_to_words_that_stay():
    table = synonyms()
    assert all(table.get(word, word) == word for word in table.values())
