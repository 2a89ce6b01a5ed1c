"""Check: where the notice contradicts itself, as findings (contract, rule 14)."""

from __future__ import annotations

from noticetab.extraction.context import Context
from noticetab.record import Record


def check(record: Record, context: Context) -> None:
    """Adds the findings to a record."""
