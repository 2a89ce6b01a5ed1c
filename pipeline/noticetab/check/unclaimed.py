"""Unclaimed: what should mean something and was taken by no row (docs/findings.md, UNCLAIMED)."""

from __future__ import annotations

from noticetab.check.ledger import entries
from noticetab.check.report import Report


def check(report: Report) -> None:
    """Adds UNCLAIMED for each entry of the ledger that no row took, a warning where it stands in a demand."""
    for entry in entries(report):
        if not entry.claimed:
            grave = entry.grave or entry.kind == "deadline"
            report.add(f"unclaimed.{entry.kind}" if not grave else "unclaimed.demand", entry.span)
