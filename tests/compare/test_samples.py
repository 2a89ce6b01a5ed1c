"""Facts of the five samples that a reader can check by eye in corpus/notices."""

from __future__ import annotations

import pytest

from .samples import LICHENG, TANGSHAN, TIANJIN_2022, TIANJIN_2023, TIANJIN_2024


def value(comparison, fact, notice, note=None):
    rows = comparison.facts[(comparison.facts["fact"] == fact) & (comparison.facts["notice"] == notice)]
    if note:
        rows = rows[rows["note"] == note]
    return rows["value"].tolist()


def test_labels_are_region_and_year(comparison):
    assert comparison.labels == [LICHENG, TANGSHAN, TIANJIN_2022, TIANJIN_2023, TIANJIN_2024]


@pytest.mark.parametrize(
    ("notice", "days"),
    [(TIANJIN_2023, 12), (TANGSHAN, 7), (LICHENG, 8), (TIANJIN_2022, 23), (TIANJIN_2024, 11)],
)
def test_days(comparison, notice, days):
    assert comparison.notices.set_index("notice").loc[notice, "days"] == days
    assert value(comparison, "days", notice) == [str(days)]


def test_theme_of_2023_is_the_same_in_tianjin_and_jinan(comparison):
    assert (
        value(comparison, "theme", TIANJIN_2023)
        == value(comparison, "theme", LICHENG)
        == ["热爱科学 崇尚科学"]
    )
    assert value(comparison, "theme", TANGSHAN) == ["提升全民科学素质，助力科技自立自强"]


@pytest.mark.parametrize(
    ("section", "count"), [("市级重点活动", 35), ("区级示范活动", 16), ("主场活动 / 主场活动", 4)]
)
def test_tianjin_2023_has_35_16_and_4_activities(comparison, section, count):
    assert value(comparison, "activities", TIANJIN_2023, section) == [str(count)]
    counts = comparison.counts
    row = counts[
        (counts["dimension"] == "group") & (counts["value"] == section) & (counts["group"] == TIANJIN_2023)
    ]
    assert row["activities"].tolist() == [count]


def test_declared_counts_are_set_beside_those_found(comparison):
    assert value(comparison, "declared", TIANJIN_2023) == ["35 / 35", "16 / 16"]


def test_tangshan_has_three_joint_actions(comparison):
    table = comparison.activities
    joint = table[(table["notice"] == TANGSHAN) & (table["parent"] == "全市系列联合行动")]
    assert set(joint["name"]) == {"学会科普联合行动", "企业科普联合行动", "科普基地联合行动"}
    assert len(joint) == 3


@pytest.mark.parametrize("name", ["学会科普联合行动", "企业科普联合行动"])
def test_joint_actions_of_tianjin_2024_and_tangshan_are_aligned(comparison, name):
    pairs = comparison.activity_pairs
    row = pairs[
        (pairs["name_a"] == name) & (pairs["notice_a"] == TANGSHAN) & (pairs["notice_b"] == TIANJIN_2024)
    ]
    assert row["name_b"].tolist() == [name]
    assert row["status"].tolist() == ["same"]
    wide = comparison.activities_table()
    assert ((wide[TANGSHAN] == name) & (wide[TIANJIN_2024] == name)).sum() == 1


def test_scientists_spirit_is_the_same_focus_in_tianjin_and_jinan(comparison):
    wide = comparison.focus_table()
    row = wide[wide[TIANJIN_2023] == "大力弘扬科学家精神"]
    assert row["status"].tolist() == ["same"]
    assert row[LICHENG].tolist() == ["大力弘扬科学家精神"]


def test_district_main_events_stay_apart(comparison):
    # 16 districts hold an event of their own; none of them is the city's main event of 2024.
    table = comparison.activities
    districts = table[table["section"] == "区级示范活动"]
    assert (districts["status"] == "only").sum() >= 14


def test_quotas_of_tangshan(comparison):
    assert value(comparison, "quotas", TANGSHAN) == ["7–10 项", "3–5 项", "1–2 项"]


def test_deadlines_and_their_lead(comparison):
    table = comparison.deadlines.set_index("notice")
    # issued 2023-09-01, due 2023-09-26, event ended on the 23rd
    assert table.loc[TANGSHAN, "lead_days"] == 25
    assert table.loc[TANGSHAN, "before_event"] == -3


def test_science_associations_of_all_three_cities_are_counterparts(comparison):
    hosts = comparison.hosts[comparison.hosts["counterpart"] == "科学技术协会"]
    assert {
        "天津市科学技术协会", "唐山市科学技术协会", "济南市历城区科学技术协会",
    } <= set(hosts["name"])  # fmt: skip


def test_year_over_year_of_tianjin(comparison):
    changes = comparison.changes
    assert set(zip(changes["earlier"], changes["later"], strict=True)) == {
        (TIANJIN_2022, TIANJIN_2023),
        (TIANJIN_2023, TIANJIN_2024),
    }
    later = changes[changes["later"] == TIANJIN_2024]
    assert "学会科普联合行动" in set(later[later["change"] == "new"]["after"])
    assert "第八届天津市科普讲解大赛" in set(later[later["change"] == "dropped"]["before"])


def test_every_value_with_a_place_says_what_stands_there(comparison):
    texts = {one.label: one.record.text for one in comparison.compared}
    for name in ("theme", "doc_number"):
        rows = comparison.facts[(comparison.facts["fact"] == name) & comparison.facts["start"].notna()]
        assert len(rows)
        for row in rows.itertuples():
            printed = texts[row.notice][row.start : row.end]
            assert "".join(row.value.split()) in "".join(printed.split())
