"""Lost: a text whose lines ran together, and what could not be told apart (docs/findings.md, LINES_LOST)."""

from __future__ import annotations

from noticetab.check.report import Report
from noticetab.extraction.context import Context
from noticetab.record import Record
from noticetab.segment.run_parts import run_patterns


def limit(record: Record, context: Context) -> None:
    """Trusts no row of a line that holds several paragraphs, nor of one whose bounds are in doubt.

    If most lines hold several, no row at all is trusted.
    """
    restored = context.doc.lines.restored
    spans = restored.whole + restored.weak
    if not spans:
        return
    trust = run_patterns().rules.trust
    most = 2 * sum(end - start for start, end in restored.whole) > len(record.text)
    for name, row in record.rows():
        if name != "findings" and (
            most or any(p.start < end and start < p.end for p in row.places() for start, end in spans)
        ):
            row.confidence = min(row.confidence, trust)


def check(report: Report) -> None:
    """Adds LINES_LOST: an info where lines were told apart, a warning for each line that should have been."""
    restored = report.context.doc.lines.restored
    if restored.breaks:
        first = restored.breaks[0]
        places = [(x, x + 1) for x in restored.breaks[1:]]
        report.add("lines.restored", (first, first + 1), places, count=len(restored.breaks))
    for start, end in restored.whole:
        report.add("lines.lost", (start, end))
