"""Spans: the place in the canonical text of every value of a record (docs/record.md, "On every row")."""

from noticetab.spans.fill import fill, fill_all

__all__ = ["fill", "fill_all"]
