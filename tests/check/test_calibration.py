"""The figures of rules/confidence.toml are counted from gold, and the file that is written can be read."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

import noticetab
from noticetab.check.confidence import ConfidenceRules, own_grade
from noticetab.evaluate.calibration import earned, judged, main, measure

CORPUS = Path(__file__).parents[2] / "corpus"
NAME = "tianjin-2024-science-day"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A corpus of one notice."""
    for folder, ending in (("gold", "json"), ("notices", "txt")):
        (tmp_path / folder).mkdir()
        file = CORPUS / folder / f"{NAME}.{ending}"
        (tmp_path / folder / file.name).write_bytes(file.read_bytes())
    return tmp_path / "gold"


def change(gold: Path, key: str, value: object) -> None:
    file = gold / f"{NAME}.json"
    data = json.loads(file.read_text("utf-8"))
    data[key] = value
    file.write_text(json.dumps(data, ensure_ascii=False), "utf-8")


def test_rows_that_gold_has_are_right(corpus: Path) -> None:
    rows, right = measure([corpus])
    assert sum(rows.values()) > 20
    assert rows.keys() >= right.keys()
    assert sum(right.values()) >= 0.9 * sum(rows.values())


def test_rows_that_gold_has_not_are_wrong(corpus: Path) -> None:
    rows, right = measure([corpus])
    change(corpus, "activities", [])
    less_rows, less_right = measure([corpus])
    assert less_rows == rows
    assert sum(less_right.values()) < sum(right.values())


def test_lists_that_gold_leaves_out_are_not_judged() -> None:
    row = {
        "rule": "deadline.verb",
        "confidence": 0.9,
        "due_on": "2024-01-01",
        "evidence": {"start": 0, "end": 1},
    }
    record = {"notice": {}, "text": "x", "deadlines": [row]}
    assert list(judged({"notice": {}}, record)) == []
    assert list(judged({"notice": {}, "deadlines": []}, record)) == [(row, False)]


def test_the_file_that_is_written_is_a_rules_file(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--dry-run", str(corpus)]) == 0
    settings = ConfidenceRules.model_validate(tomllib.loads(capsys.readouterr().out))
    rows, _ = measure([corpus])
    grades = [grade for grades in settings.rules.values() for grade in grades]
    assert sum(grade.rows for grade in grades) == sum(rows.values())


@pytest.mark.parametrize(
    ("figure", "grade"), [(0.0, 0.0), (0.42, 0.4), (0.97, 0.95), (0.98, 1.0), (1.0, 1.0)]
)
def test_figures_are_counted_by_grade(figure: float, grade: float) -> None:
    assert own_grade(figure) == grade


HEAD = "document,table,row,field,rule,confidence,flagged,verdict\n"


def test_a_row_judged_on_real_notices_is_right_if_all_its_values_are(tmp_path: Path) -> None:
    table = tmp_path / "judged.csv"
    table.write_text(
        HEAD
        + "a1,events,0,name,event.title,0.9,0,right\na1,events,0,starts_on,event.title,0.9,0,wrong\n"
        + "a1,events,1,name,event.title,0.9,0,right\na2,events,0,name,event.title,0.9,1,right\n"
        + "a2,deadlines,,due_on,,,,missing\na2,notice,,title,title,1.0,0,right\n",
        encoding="utf-8",
    )
    assert earned(table) == {"event.title": (3, 2)}


def test_no_row_is_trusted_more_than_its_rule_earned(tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "corpus" / "notices" / f"{NAME}.txt").read_text("utf-8")
    (tmp_path / "confidence.toml").write_text('[real]\n"event.title" = { rows = 92, right = 42 }\n', "utf-8")
    event = noticetab.extract_text(text, rules=tmp_path).events[0]
    assert event.rule == "event.title"
    assert event.confidence == pytest.approx(0.46, abs=0.06)
    assert event.confidence < noticetab.extract_text(text).events[0].confidence
