"""Confidence: what it means, and how the figure of each rule is corrected by measurement.

The confidence of a row is the probability that every field of the row is right, as measured on
notices of which the right rows are known. ``rules/confidence.toml`` holds, for each rule id, how
many of its rows were compared and how many were right; it is written by
``python -m noticetab.evaluate.calibration`` and never by hand.
"""

from __future__ import annotations

from noticetab import rules
from noticetab.check.report import Report
from noticetab.record import Record, Row


class Measured(rules.Rules):
    """How a rule did: rows compared, and rows of which every field was right."""

    rows: int
    right: int


class ConfidenceRules(rules.Rules):
    """rules/confidence.toml."""

    threshold: float
    weight: float
    rules: dict[str, Measured]


@rules.cached
def confidence_rules() -> ConfidenceRules:
    """What was measured, read once."""
    return rules.load("confidence", ConfidenceRules)


def calibrated(rule: str, own: float, measured: ConfidenceRules) -> float:
    """The confidence of a row whose rule gives it ``own``.

    The rule's own figure counts as much as ``weight`` measured rows, so that a rule seen twice is
    not believed on two rows and one never measured keeps what it says of itself. A row of which
    the rule is less sure than usual stays below the others of that rule.
    """
    seen = measured.rules.get(rule)
    if seen is None:
        return own
    return round((seen.right + measured.weight * own) / (seen.rows + measured.weight), 3)


def calibrate(record: Record) -> None:
    """Sets the confidence of every row to what was measured for its rule."""
    measured = confidence_rules()
    for name, row in record.rows():
        if name != "findings":
            row.confidence = calibrated(row.rule, row.confidence, measured)


def check(report: Report) -> None:
    """Adds LOW_CONFIDENCE (info) for each row below the threshold."""
    threshold = confidence_rules().threshold
    for name, row in report.record.rows():
        if name != "findings" and row.confidence < threshold:
            _flag(report, name, row)


def _flag(report: Report, name: str, row: Row) -> None:
    report.add(
        "confidence.low",
        row.evidence,
        table=name,
        percent=f"{row.confidence:.0%}",
        confidence=1 - row.confidence,
    )
