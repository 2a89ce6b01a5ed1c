"""Doubts of the reader: destroyed and garbled characters, weakly recognized lines, pages without text."""

from __future__ import annotations

from noticetab.check.report import Report


def check(report: Report) -> None:
    """Adds a LOW_CONFIDENCE (warning) for each place that the reader could not be sure of."""
    for _, chinese, english, start, end in report.context.doc.reading.warnings:
        # A whole page that could not be read has no place in the text.
        rule = "reading.doubt" if end else "reading.page"
        report.add(rule, (start, end), doubt=chinese, doubt_en=english)
