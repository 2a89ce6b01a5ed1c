"""Tables as one SQLite file with the full schema, for ``noticetab run``."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from noticetab.stores import engine as engines
from noticetab.stores import migrate
from noticetab.stores.model import table
from noticetab.tables import schema
from noticetab.tables.frames import plain_rows

if TYPE_CHECKING:
    import pandas as pd


def write_sqlite(tables: Mapping[str, pd.DataFrame], path: str | Path) -> None:
    """Write ``tables`` to a new SQLite database at ``path``: keys, checks, indexes and views.

    The same tables give the same file on one machine, and the same :func:`content` on all (the
    header of the file holds the version of the SQLite library). It is written aside and renamed;
    a file at ``path`` that holds the same already is left as it is. Raises
    :class:`~noticetab.stores.errors.StoreError` or OSError if it cannot be written.
    """
    path = Path(path)
    with tempfile.TemporaryDirectory(prefix=f".{path.name}.", dir=path.absolute().parent) as folder:
        aside = Path(folder) / path.name
        engine = engines.connect(f"sqlite:///{aside}")
        engines.write(engine, lambda connection: _fill(connection, tables))
        engine.dispose()
        if not path.exists() or content(path) != content(aside):
            aside.replace(path)


def _fill(connection: sa.Connection, tables: Mapping[str, pd.DataFrame]) -> None:
    migrate.create(connection)
    # What a database knows of a file beyond the record: it is there, and read for the first time.
    stored = {"is_current": True, "reading": "first"}
    notices: set[Any] = set()
    for name in schema.flat_tables():
        rows = plain_rows(name, tables[name]) if name in tables else []
        if name == "sources":
            for row in rows:
                again = row["notice_id"] in notices
                notices.add(row["notice_id"])
                row.update(stored | ({"reading": "duplicate"} if again else {}))
        if rows:
            connection.execute(sa.insert(table(name)), rows)


def content(path: str | Path) -> dict[str, list[Any]] | None:
    """Everything that a database file holds, to compare two; None for what is no database."""
    import sqlite3
    from contextlib import closing

    try:
        with closing(sqlite3.connect(f"file:{Path(path).absolute()}?mode=ro", uri=True)) as connection:
            listed = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
            objects = connection.execute(listed).fetchall()
            found: dict[str, list[Any]] = {"": objects}
            for kind, name, *_ in objects:
                if kind == "table":
                    rows = connection.execute(f'SELECT * FROM "{name}"').fetchall()
                    found[name] = sorted(rows, key=repr)
            return found
    except sqlite3.DatabaseError:
        return None
