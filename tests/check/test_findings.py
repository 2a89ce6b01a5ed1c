"""What every finding carries, whatever the text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import noticetab
from noticetab.check.confidence import ConfidenceRules, Grade, calibrated, confidence_rules
from noticetab.check.report import finding_rules

ROOT = Path(__file__).parents[2]
TEXTS = [p.read_text("utf-8") for p in sorted((ROOT / "corpus" / "dev" / "texts").glob("*.txt"))]


def assert_findings_are_whole(record: noticetab.Record) -> None:
    known = finding_rules().findings
    for finding in record.findings:
        assert 0 <= finding.evidence.start < finding.evidence.end <= len(record.text)
        for other in finding.related:
            assert 0 <= other.start < other.end <= len(record.text)
        assert finding.message and finding.message_en
        assert "{" not in finding.message + finding.message_en
        if finding.code != "NOT_A_NOTICE":
            assert finding.code == known[finding.rule.removeprefix("check.")].code


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=st.sampled_from(TEXTS), data=st.data())
def test_findings_of_damaged_notices_are_whole(text: str, data: st.DataObject) -> None:
    lines = text.splitlines()
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(lines) - 1))
        match data.draw(st.sampled_from(["drop", "twice", "cut", "join", "move"])):
            case "drop":
                del lines[at]
            case "twice":
                lines.insert(at, lines[at])
            case "cut":
                lines = lines[: at + 1]
            case "join":
                lines[at : at + 2] = ["".join(lines[at : at + 2])]
            case "move":
                lines.insert(data.draw(st.integers(0, len(lines) - 1)), lines.pop(at))
        lines = lines or [""]
    assume("".join(lines).strip())
    assert_findings_are_whole(noticetab.extract_text("\n".join(lines)))


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="一二三四、。（）1234.是年月日第届个附件：“”《》科普周大赛\n\t |", max_size=200))
def test_any_text_can_be_checked(text: str) -> None:
    assert_findings_are_whole(noticetab.extract_text(f"关于举办第二届科普周的通知\n各单位：\n{text}"))


def test_findings_stand_in_the_order_of_the_text() -> None:
    record = noticetab.extract(ROOT / "corpus" / "notices" / "tianjin-2023-science-week-37.txt")
    starts = [finding.evidence.start for finding in record.findings]
    assert starts == sorted(starts)


def test_a_message_names_both_places() -> None:
    record = noticetab.extract(ROOT / "corpus" / "notices" / "tianjin-2023-science-week-37.txt")
    finding = next(f for f in record.findings if f.code == "NAME_MISMATCH")
    places = [finding.evidence, *finding.related]
    printed = ["".join(record.text[p.start : p.end].split()) for p in places]
    lines = [record.text[: p.start].count("\n") + 1 for p in places]
    for message in (finding.message, finding.message_en):
        assert all(words in message for words in printed)
        assert [int(n) for n in re.findall(r"(?:第|line )(\d+)", message)] == lines


def test_every_finding_is_explained_in_the_documentation() -> None:
    text = (ROOT / "docs" / "findings.md").read_text("utf-8")
    rows = set(re.findall(r"^### `(\w+)`", text, re.MULTILINE))
    assert rows == {rule.code for rule in finding_rules().findings.values()} | {"NOT_A_NOTICE"}
    for rule in finding_rules().findings.values():
        section = text.split(f"### `{rule.code}`")[1].split("\n### ")[0]
        assert f"{rule.severity}" in section and rule.level in section


def settings_of(threshold: float = 0.7) -> ConfidenceRules:
    return ConfidenceRules(threshold=threshold, weight=8.0, ceiling=0.98, rules={})


@pytest.mark.parametrize("own", [0.0, 0.4, 0.9, 1.0])
def test_a_rule_never_measured_keeps_its_own_figure(own: float) -> None:
    assert calibrated(own, None, settings_of()) == min(own, 0.98)


@given(st.floats(0, 1), st.integers(0, 500), st.floats(0, 1))
def test_confidence_lies_between_the_rules_word_and_what_was_measured(
    own: float, rows: int, share: float
) -> None:
    right = round(rows * share)
    figure = calibrated(own, Grade(own=own, rows=rows, right=right), settings_of())
    measured = right / rows if rows else own
    low, high = sorted((own, measured))
    assert min(low, 0.98) - 0.001 <= figure <= min(high, 0.98) + 0.001


def test_a_row_below_the_threshold_is_flagged(tmp_path: Path) -> None:
    (tmp_path / "confidence.toml").write_text(
        'replace = ["*"]\nthreshold = 0.999\nweight = 8.0\nceiling = 0.98\n[rules]\n', "utf-8"
    )
    file = ROOT / "corpus" / "notices" / "tianjin-2024-science-day.txt"
    record = noticetab.extract(file, rules=tmp_path)
    low = [f for f in record.findings if f.code == "LOW_CONFIDENCE"]
    flagged = {(place.start, place.end) for f in low for place in (f.evidence, *f.related)}
    rows = {(row.evidence.start, row.evidence.end) for name, row in record.rows() if name != "findings"}
    assert flagged == rows
    assert {f.severity for f in low} == {"info"}


def test_no_row_is_trusted_more_than_the_ceiling() -> None:
    record = noticetab.extract(ROOT / "corpus" / "notices" / "tianjin-2024-science-day.txt")
    assert (
        max(row.confidence for name, row in record.rows() if name != "findings") <= confidence_rules().ceiling
    )
