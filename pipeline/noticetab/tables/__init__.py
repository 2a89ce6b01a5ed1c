"""Records become flat tables: rows with stable ids, DataFrames, CSV."""

from __future__ import annotations

from noticetab.tables.failure import Failure
from noticetab.tables.identity import notice_id

__all__ = ["Failure", "notice_id"]
