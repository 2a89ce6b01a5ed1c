"""Records become flat tables: rows with stable ids, DataFrames, CSV."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from noticetab.tables.failure import Failure
from noticetab.tables.identity import notice_id

if TYPE_CHECKING:
    import pandas as pd

    from noticetab.record import Record

__all__ = ["Failure", "notice_id", "read_csv", "to_tables", "write_csv"]


def to_tables(records: Iterable[Record], failures: Iterable[Failure] = ()) -> dict[str, pd.DataFrame]:
    """The tables of some records; see :func:`noticetab.tables.frames.to_tables`."""
    from noticetab.tables import frames

    return frames.to_tables(records, failures)


def write_csv(tables: Mapping[str, pd.DataFrame], directory: str | Path) -> list[Path]:
    """One CSV per table; see :func:`noticetab.tables.delimited.write_csv`."""
    from noticetab.tables import delimited

    return delimited.write_csv(tables, directory)


def read_csv(directory: str | Path) -> dict[str, pd.DataFrame]:
    """The tables of a directory of CSVs; see :func:`noticetab.tables.delimited.read_csv`."""
    from noticetab.tables import delimited

    return delimited.read_csv(directory)
