"""Scores against gold: the rules of comparison, and counts worked out beforehand for many faulty records."""

import json
from pathlib import Path
from typing import Any

import pytest

from noticetab.evaluate import score, silent
from noticetab.evaluate.score import largest_matching

DATA = json.loads(Path(__file__).with_name("cases.json").read_text("utf-8"))
"""One gold notice, the record that matches it, and records with random faults, each with the counts
(right, extra, missing) that the published comparison gives for it."""


@pytest.mark.parametrize("number", range(len(DATA["cases"])))
def test_counts_of_a_faulty_record(number: int) -> None:
    case = DATA["cases"][number]
    record = {k: v for k, v in {**DATA["record"], **case["changed"]}.items() if k not in case["gone"]}
    result = score(DATA[case["gold"]], record)
    counts = {name: list(tally.counts) for name, tally in result.fields.items() if any(tally.counts)}
    assert counts == case["counts"]


def test_the_right_record_is_perfect() -> None:
    result = score(DATA["gold"], DATA["record"])
    assert result.perfect
    assert result.total.f1 == 1.0


@pytest.mark.parametrize(
    ("gold", "got", "same"),
    [
        ("云科发〔2031〕5号", "云科发[2031]5号", True),
        ("云科发〔2031〕5号", "云科发（２０３１）５ 号", True),
        ("关于科技周\n的通知", "关于科技周的通知", True),
        ("关于科技周的通知", "关于科技节的通知", False),
    ],
)
def test_width_blanks_and_brackets_do_not_count(gold: str, got: str, same: bool) -> None:
    result = score({"notice": {"title": gold}}, {"notice": {"title": got}})
    assert (result["notice.title"].f1 == 1.0) is same


def test_the_blank_between_halves_of_a_theme_counts() -> None:
    gold = {"notice": {}, "themes": [{"role": "主题", "text": "热爱科学 崇尚科学"}]}
    for text, right in (("热爱科学　崇尚科学", 1), ("热爱科学崇尚科学", 0)):
        assert score(gold, {"themes": [{"role": "主题", "text": text}]})["themes"].right == right


def test_what_gold_leaves_out_is_not_compared() -> None:
    record = {"notice": {"title": "别的"}, "quotas": [{"who": "各区", "min": 3}]}
    assert "quotas" not in score({"notice": {}}, record).fields


def test_a_row_given_twice_is_extra_once() -> None:
    gold = {"notice": {}, "references": [], "people": [{"role": "组长", "name": "钱一"}]}
    result = score(gold, {"people": [{"role": "组长", "name": "钱一"}] * 2})
    assert result["people.name"].counts == (1, 1, 0)


def test_a_document_that_is_no_notice_has_no_rows() -> None:
    gold = {"notice": {"is_notice": False}}
    result = score(gold, {"notice": {"is_notice": False}, "dates": [{"raw": "5月"}]})
    assert result["negative.rows"].extra == ["dates"]


def test_evidence_must_hold_what_was_read() -> None:
    def grounded(start: int, end: int, raw: str) -> int:
        row = {"raw": raw, "evidence": {"start": start, "end": end}}
        return score({"notice": {}}, {"text": "由市科协主办", "organizers": [row]})["evidence"].right

    assert grounded(1, 4, "市科协") == 1
    assert grounded(0, 3, "市科协") == 0
    assert grounded(3, 3, "") == 0
    assert grounded(1, 40, "市科协") == 0


def test_deadlines_are_matched_so_that_most_fit() -> None:
    """The first gold row fits both rows, the second only the first: greedy matching would lose one."""
    gold = [{"due_on": "2031-05-10", "what": "总结"}, {"due_on": "2031-05-10", "what": "报送总结"}]
    rows = [{"due_on": "2031-05-10", "what": "报送总结"}, {"due_on": "2031-05-10", "what": "总结"}]
    pairs = largest_matching(gold, rows, lambda g, r: g["what"] in r["what"])
    assert sorted(pair for pair in pairs if pair is not None) == [0, 1]


def _theme_record(confidence: float, findings: list[dict[str, Any]]) -> dict[str, Any]:
    row = {"role": "主题", "text": "乙", "confidence": confidence, "evidence": {"start": 2, "end": 5}}
    return {"text": "甲乙丙丁戊己", "themes": [row], "findings": findings}


@pytest.mark.parametrize(
    ("confidence", "findings", "expected"),
    [
        (0.9, [], (1, 1)),
        (0.4, [], (0, 1)),
        (0.9, [{"code": "X", "severity": "warning", "evidence": {"start": 4, "end": 6}}], (0, 1)),
        (0.9, [{"code": "X", "severity": "warning", "evidence": {"start": 5, "end": 6}}], (1, 1)),
    ],
)
def test_a_wrong_value_is_silent_unless_something_warns_of_it(
    confidence: float, findings: list[dict[str, Any]], expected: tuple[int, int]
) -> None:
    gold = {"notice": {}, "themes": [{"role": "主题", "text": "甲"}]}
    result = score(gold, _theme_record(confidence, findings))
    assert silent(result.total.wrong, threshold=0.5) == expected
