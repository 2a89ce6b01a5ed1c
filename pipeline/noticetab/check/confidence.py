"""Confidence: what it means, and how what a rule says of itself is corrected by measurement.

The confidence of a row is the probability that no field of the row is wrong. It is measured twice.
On notices of which the right rows are known a rule's own grades are told apart (an organization
whose place is printed 1.0, one whose place could not be told 0.4). But those are the notices the
rules were written with, so no row is trusted more than its rule earned on real notices that nobody
had tuned on, judged value by value (``corpus/real_judged.csv``). ``rules/confidence.toml`` holds
both counts; it is written by ``python -m noticetab.evaluate.calibration`` and never by hand.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from noticetab import rules
from noticetab.check.report import Report
from noticetab.read.reading import Box
from noticetab.record import Record, Row


class Grade(rules.Rules):
    """How the rows did that a rule gave the figure ``own``: how many were compared, and were right."""

    own: float
    rows: int
    right: int


class Earned(rules.Rules):
    """How the rows of a rule did on real notices: how many were judged, and had nothing wrong."""

    rows: int
    right: int


class ConfidenceRules(rules.Rules):
    """rules/confidence.toml."""

    threshold: float
    weight: float
    ceiling: float
    rules: dict[str, list[Grade]]
    real: dict[str, Earned] = {}


@rules.cached
def _earned() -> tuple[dict[str, float], float]:
    """What each rule earned on real notices, and what all rules together did, for one never judged there."""
    settings = confidence_rules()
    rows = sum(earned.rows for earned in settings.real.values())
    share = sum(earned.right for earned in settings.real.values()) / rows if rows else 1.0
    weight = settings.weight
    return {
        rule: (earned.right + weight * share) / (earned.rows + weight)
        for rule, earned in settings.real.items()
    }, share


@rules.cached
def confidence_rules() -> ConfidenceRules:
    """What was measured, read once."""
    return rules.load("confidence", ConfidenceRules)


@rules.cached
def _grades() -> dict[tuple[str, float], Grade]:
    return {(rule, grade.own): grade for rule, grades in confidence_rules().rules.items() for grade in grades}


def own_grade(confidence: float) -> float:
    """The grade under which a rule's own figure is counted: the figure to the nearest twentieth."""
    return round(round(confidence * 20) / 20, 2)


def calibrated(own: float, grade: Grade | None, settings: ConfidenceRules) -> float:
    """The confidence of a row to which its rule gives ``own``.

    The rule's own figure counts as much as ``weight`` measured rows: a grade seen twice is not
    believed on two rows, and one never measured, or of a rule that is new since the measurement,
    keeps what the rule says of itself. The measured notices are those that the rules were tested
    with, so no figure is above ``ceiling``, the share that was right in notices never seen before.
    """
    if grade is None:
        return min(own, settings.ceiling)
    figure = (grade.right + settings.weight * own) / (grade.rows + settings.weight)
    return min(round(figure, 3), settings.ceiling)


def calibrate(record: Record) -> None:
    """Sets the confidence of every row to what was measured for its rule and grade."""
    settings, grades = confidence_rules(), _grades()
    earned, share = _earned()
    known: dict[tuple[str, float], float] = {}
    for name, row in record.rows():
        if name == "findings":
            continue
        key = row.rule, row.confidence
        if key not in known:
            grade = grades.get((row.rule, own_grade(row.confidence)))
            figure = calibrated(row.confidence, grade, settings)
            known[key] = min(figure, round(earned.get(row.rule, share), 3))
        row.confidence = known[key]


def limit(record: Record, boxes: Sequence[Box]) -> None:
    """Trusts no row of a scan more than the least of the lines that it was read on."""
    weak = [box for box in boxes if box.confidence < 1]
    if not weak:
        return
    ends = [box.end for box in weak]
    for name, row in record.rows():
        if name == "findings":
            continue
        for place in row.places():
            at = bisect_right(ends, place.start)
            while at < len(weak) and weak[at].start < place.end:
                row.confidence = min(row.confidence, weak[at].confidence)
                at += 1


def check(report: Report) -> None:
    """Adds LOW_CONFIDENCE (info) for rows below the threshold, one for rows of the same printed words."""
    threshold = confidence_rules().threshold
    low: dict[tuple[str, str], list[Row]] = {}
    for name, row in report.record.rows():
        if name != "findings" and row.confidence < threshold:
            low.setdefault((name, report.quote(row.evidence)), []).append(row)
    for (name, _), rows in low.items():
        least = min(row.confidence for row in rows)
        places = [row.evidence for row in rows]
        report.add(
            "confidence.low", places[0], places[1:], table=name, percent=f"{least:.0%}", confidence=1 - least
        )
