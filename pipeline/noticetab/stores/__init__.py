"""Databases of notices: SQLite, PostgreSQL and DuckDB with the same tables (SQLAlchemy)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from noticetab.stores.errors import StoreError

if TYPE_CHECKING:
    import pandas as pd

    from noticetab.stores.store import Store

__all__ = ["StoreError", "open", "write_sqlite"]


def open(url: str | Path, *, create: bool = True, patience: float = 60) -> Store:
    """Open a database; see :func:`noticetab.stores.store.open_store`."""
    from noticetab.stores.store import open_store

    return open_store(url, create=create, patience=patience)


def write_sqlite(tables: Mapping[str, pd.DataFrame], path: str | Path) -> None:
    """Tables as an SQLite file of their own; see :func:`noticetab.stores.snapshot.write_sqlite`."""
    from noticetab.stores.snapshot import write_sqlite as write

    write(tables, path)
