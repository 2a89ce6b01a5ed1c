"""Check: where the notice contradicts itself, as findings (docs/record.md, rule 14; docs/findings.md).

One module per kind of fault. Each has a function ``check(report)`` that looks at the segmented
document and the rows and adds findings to the report; the wording of every finding is data
(``rules/findings.toml``).
"""

from __future__ import annotations

from noticetab.check import (
    attached,
    chronology,
    confidence,
    counts,
    doubts,
    editions,
    elements,
    lost,
    names,
    numbering,
    plausible,
    serials,
    unclaimed,
    unread,
)
from noticetab.check.report import Report
from noticetab.extraction.context import Context
from noticetab.record import Record

_CHECKS = (
    numbering.check,
    serials.check,
    counts.check,
    editions.check,
    chronology.check,
    attached.check,
    names.check,
    elements.check,
)
"""The order counts: a later check does not report again what an earlier one has explained."""


def check(record: Record, context: Context) -> None:
    """Calibrates the confidence of the rows and adds the findings, in the order of the text.

    A record of a text that is no official document has one finding that says so, and those of what
    the reader could not be sure of, which may be the reason.
    """
    confidence.calibrate(record)
    plausible.limit(record)
    confidence.limit(record, context.doc.reading.boxes)
    lost.limit(record, context)
    report = Report(record, context)
    doubts.check(report)
    lost.check(report)
    if record.notice.is_notice:
        for part in _CHECKS:
            part(report)
        unread.check(report)
        unclaimed.check(report)
        confidence.check(report)
    record.findings += sorted(report.findings, key=lambda finding: finding.evidence.start)
