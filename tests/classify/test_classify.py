"""Activities by the code lists of the statistics form: against hand labels, and case by case."""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

import noticetab
from noticetab import rules
from noticetab.classify import LISTS, decide, values
from noticetab.record import Activity, Record

ROOT = Path(__file__).parents[2]
NOTICES = [*(ROOT / "corpus" / "notices").glob("*.txt"), *(ROOT / "corpus" / "dev" / "texts").glob("*.txt")]
LABELLED = Path(__file__).with_name("labelled.csv")

LEAST = {  # list: (precision, recall) that must hold on the labelled activities
    "activity_types": (0.93, 0.90),
    "topics": (0.93, 0.88),
    "settings": (0.95, 0.90),
    "forms": (0.93, 0.90),
    "audience": (0.93, 0.85),
}


@cache
def record(document: str) -> Record:
    return noticetab.extract(next(path for path in NOTICES if path.stem == document))


def labelled() -> list[dict[str, str]]:
    lines = LABELLED.read_text("utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def activity(row: dict[str, str]) -> Activity:
    found = [
        a
        for a in record(row["document"]).activities
        if str(a.number) == row["number"] and (a.name or a.description or "").startswith(row["opening"])
    ]
    assert found, f"{row['document']} has no activity {row['number']} {row['opening']}"
    return found[0]


def tally(name: str) -> tuple[Counter[str], list[str]]:
    counts: Counter[str] = Counter()
    wrong = []
    for row in labelled():
        wanted, got = set(row[name].split(";")) - {""}, set(getattr(activity(row), name))
        counts += Counter(right=len(wanted & got), extra=len(got - wanted), missing=len(wanted - got))
        if wanted != got:
            wrong.append(f"{row['opening']}: extra {sorted(got - wanted)}, missing {sorted(wanted - got)}")
    return counts, wrong


@pytest.mark.parametrize("name", LISTS)
def test_labels_agree_with_a_reader(name: str) -> None:
    counts, wrong = tally(name)
    precision = counts["right"] / (counts["right"] + counts["extra"])
    recall = counts["right"] / (counts["right"] + counts["missing"])
    report = f"{name}: precision {precision:.3f}, recall {recall:.3f}\n" + "\n".join(wrong)
    assert (precision, recall) >= LEAST[name] and recall >= LEAST[name][1], report


def test_the_labels_are_of_enough_activities_and_of_the_lists() -> None:
    rows = labelled()
    assert len(rows) >= 100
    for row in rows:
        for name in LISTS:
            assert set(row[name].split(";")) - {""} <= set(values(name)), row


@pytest.mark.parametrize("path", NOTICES, ids=lambda p: p.stem)
def test_every_value_has_its_word_in_the_text(path: Path) -> None:
    found = noticetab.extract(path)
    known = rules.load("classes", _schema())
    for row in found.activities:
        for name in LISTS:
            words = {w for entry in getattr(known, name).entries for w in entry.words}
            for value in getattr(row, name):
                if value not in values(name):
                    assert name == "audience"  # the words of a labelled line that no list knows
                    continue
                evidence = row.labels[f"{name}:{value}"]
                assert "".join(found.text[evidence.start : evidence.end].split()) in words
        assert {key.split(":")[0] for key in row.labels} <= set(LISTS)


def _schema() -> type:
    from noticetab.classify.lists import ClassRules

    return ClassRules


def decided(name: str, text: str, part: str = "description") -> list[str]:
    return [d.value for d in decide(name, [(part, text)])]  # type: ignore[list-item]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("topics", "由天津中医药大学举办开放活动", []),
        ("topics", "介绍中医药知识", ["中医药"]),
        ("topics", "开展人体生命科学教育", []),
        ("topics", "邀请防震减灾科普示范学校代表", []),
        ("topics", "组织科研机构向社会开放", ["科技资源科普化"]),
        ("topics", "开放社区活动室", []),
        ("settings", "大力推进农村建设", []),
        ("settings", "走进农村、社区、企业，传播理念", ["进社区", "进农村", "进企业"]),
        ("settings", "开展全域科普“七进”活动", list(values("settings"))),
        ("settings", "开展安全生产“七进”活动", []),
        ("settings", "开展科普“七进”活动，进社区、进学校", ["进社区", "进学校"]),
        ("activity_types", "参观规划展览馆", []),
        ("activity_types", "在教育培训基地集合", []),
        ("forms", "登录平台在线填报", []),
        ("forms", "线上线下相结合", ["线下", "线上"]),
        ("audience", "在市青少年宫举办", []),
        ("audience", "面向青少年开展", ["青少年"]),
        ("audience", "由市妇女联合会组织", []),
        ("audience", "在劳动人民职工文化宫", []),
    ],
)
def test_words_decide_by_what_stands_around_them(name: str, text: str, expected: list[str]) -> None:
    assert decided(name, text) == expected


def test_the_lists_are_those_of_the_form() -> None:
    form = record("tianjin-2022-science-week-36").attachments[1]
    options = {field.label.strip("“”").replace("”", ""): field.options for field in form.fields}
    for name, label in (("activity_types", "活动类别"), ("topics", "主题类别"), ("settings", "七进类别")):
        assert tuple(options[label]) == values(name)
    assert tuple(options["活动形式"]) == values("forms")


def test_a_labelled_audience_stays_where_the_list_does_not_know_it() -> None:
    text = (
        "关于举办科普培训班的通知\n各区科协：\n现将有关事项通知如下：\n一、活动安排\n"
        "（一）科普辅导培训\n时间：2024年5月8日\n参加对象：各区科协秘书长\n"
        "（二）手机使用课堂\n时间：2024年5月9日\n参加对象：辖区老年人\n\n某市科学技术协会\n2024年4月1日\n"
    )
    rows = noticetab.extract_text(text).activities
    assert [row.audience for row in rows] == [["各区科协秘书长"], ["老年人"]]


def test_an_entry_for_a_value_that_is_in_no_list_is_refused(tmp_path: Path) -> None:
    (tmp_path / "classes.toml").write_text(
        '[activity_types]\n[[activity_types.entries]]\nvalue = "讲演"\nwords = ["讲演"]\n', "utf-8"
    )
    with (
        rules.Rulebook(tmp_path).in_force(),
        pytest.raises(rules.RulesError, match=r"classes\.toml:[23]: '讲演' is not in the list"),
    ):
        decide("activity_types", [("name", "讲座")])
    assert decided("activity_types", "举办讲座")
