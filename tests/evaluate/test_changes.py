"""What changed between two versions: rows gained, lost and changed, and nothing else."""

import copy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from noticetab.evaluate import changes

RECORD: dict[str, Any] = {
    "notice": {"title": "关于甲的通知", "evidence": {"title": {"start": 0, "end": 6}}},
    "themes": [
        {"role": "主题", "text": "甲", "evidence": {"start": 1, "end": 2}, "rule": "a", "confidence": 1}
    ],
    "activities": [
        {"section": "一", "number": 1, "name": "开幕式", "organizers": [{"role": "主办", "raw": "市科协"}]},
        {"section": "一", "number": 2, "name": "讲座", "organizers": []},
    ],
}


def altered(**parts: Any) -> dict[str, Any]:
    return {"n": copy.deepcopy(RECORD) | parts}


def kinds(old: dict[str, Any], new: dict[str, Any]) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(change.table, change.kind, change.fields) for change in changes(old, new)]


def test_the_same_records_have_no_changes() -> None:
    assert kinds(altered(), altered()) == []


def test_how_a_value_was_come_by_is_no_change() -> None:
    themes = [
        {"role": "主题", "text": "甲", "evidence": {"start": 9, "end": 10}, "rule": "b", "confidence": 0.5}
    ]
    assert kinds(altered(), altered(themes=themes)) == []


def test_a_changed_field_names_itself() -> None:
    assert kinds(altered(), altered(themes=[{"role": "主题", "text": "乙"}])) == [
        ("themes", "changed", ("text",))
    ]
    assert kinds(altered(), altered(notice={"title": "关于乙的通知"})) == [("notice", "changed", ("title",))]


def test_gained_and_lost_rows() -> None:
    more = [*RECORD["activities"], {"section": "二", "number": 1, "name": "展览", "organizers": []}]
    assert kinds(altered(), altered(activities=more)) == [("activities", "gained", ())]
    assert kinds(altered(activities=more), altered()) == [("activities", "lost", ())]


def test_an_activitys_organizer_is_a_row_of_its_own() -> None:
    activities = copy.deepcopy(RECORD["activities"])
    activities[0]["organizers"] = []
    assert kinds(altered(), altered(activities=activities)) == [("organizers", "lost", ())]


def test_a_document_that_is_gone_loses_all_rows() -> None:
    found = list(changes(altered(), {}))
    assert {change.kind for change in found} == {"lost"}
    assert {change.table for change in found} == {"notice", "themes", "activities", "organizers"}


ROWS = st.lists(
    st.fixed_dictionaries(
        {"section": st.just("一"), "number": st.integers(1, 3), "name": st.sampled_from("甲乙丙")}
    ),
    max_size=6,
)


@given(ROWS, ROWS)
def test_gained_less_lost_is_the_difference_in_rows(
    old: list[dict[str, Any]], new: list[dict[str, Any]]
) -> None:
    found = [change.kind for change in changes({"n": {"activities": old}}, {"n": {"activities": new}})]
    assert found.count("gained") - found.count("lost") == len(new) - len(old)
    back = [change.kind for change in changes({"n": {"activities": new}}, {"n": {"activities": old}})]
    assert sorted(back) == sorted({"gained": "lost", "lost": "gained"}.get(kind, kind) for kind in found)
