"""A database of notices: opening it, feeding it, asking it."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy import exc

from noticetab.record import Record
from noticetab.stores import engine as engines
from noticetab.stores import migrate
from noticetab.stores.errors import StoreError
from noticetab.stores.history import Version, history
from noticetab.stores.ingest import Settings, ingest
from noticetab.stores.model import table
from noticetab.stores.runs import Summary
from noticetab.stores.watch import watch
from noticetab.tables import schema

if TYPE_CHECKING:
    import pandas as pd


class Store:
    """An open database with the newest schema; close it, or use it in a ``with`` block."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine

    def __enter__(self) -> Store:
        """The store itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    def __str__(self) -> str:
        """The URL without its password."""
        return engines.shown(self.engine)

    def ingest(
        self,
        paths: Iterable[str | Path],
        settings: Settings | None = None,
        arguments: dict[str, Any] | None = None,
    ) -> Summary:
        """Bring files, folders and patterns into the database; see :mod:`noticetab.stores.ingest`.

        Raises :class:`StoreError` when the database can no longer be used.
        """
        from noticetab.batch import find

        named = [str(path) for path in paths]
        return ingest(self.engine, find(named), self._with_folder(settings), arguments or {"paths": named})

    def watch(
        self,
        folders: Iterable[str | Path],
        settings: Settings | None = None,
        *,
        interval: float = 2.0,
        stop: threading.Event | None = None,
        arguments: dict[str, Any] | None = None,
    ) -> Iterator[Summary]:
        """Keep bringing in what arrives in ``folders``; gives the summary of each run that had work.

        Looks every ``interval`` seconds; a file is taken once it has not changed between two
        looks. Ends when ``stop`` is set.
        """
        named = [str(folder) for folder in folders]
        settings = self._with_folder(settings)
        arguments = arguments or {"watch": named}
        return watch(self.engine, named, settings, arguments, interval=interval, stop=stop)

    def _with_folder(self, settings: Settings | None) -> Settings:
        from dataclasses import replace

        settings = settings or Settings()
        if settings.tracebacks is not None:
            return settings
        file = self.engine.url.database
        local = self.engine.dialect.name in ("sqlite", "duckdb") and file and file != ":memory:"
        state = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
        folder = Path(f"{file}-tracebacks") if local else state / "noticetab" / "tracebacks"
        return replace(settings, tracebacks=folder.absolute())

    def history(self, notice: str) -> list[Version]:
        """The versions of a notice, the oldest first, with what each changed.

        ``notice`` is its id or the beginning of it, its document number, the path of one of its
        files, or words of its title. Raises :class:`StoreError` if none or several fit.
        """
        return engines.read(self.engine, lambda connection: history(connection, notice))

    def tables(self) -> dict[str, pd.DataFrame]:
        """The flat tables as DataFrames, as :func:`noticetab.to_tables` gives them."""
        from noticetab.tables.frames import frames

        return frames(engines.read(self.engine, _all_rows))

    def records(self) -> Iterator[Record]:
        """The current version of every notice, by id."""
        versions = table("versions")
        query = sa.select(versions.c.record).where(versions.c.is_current).order_by(versions.c.notice_id)
        with self.engine.connect() as connection:
            for text in connection.execution_options(yield_per=100).scalars(query):
                yield Record.model_validate_json(text)

    def schema_version(self) -> str | None:
        """The version of the database's schema."""
        return engines.read(self.engine, migrate.current)


def open_store(url: str | Path, *, create: bool = True, patience: float = 60) -> Store:
    """Open a database, bringing its schema up to date; a missing one is made if ``create``.

    ``url`` is a path (``notices.sqlite``, ``notices.duckdb``), ``sqlite:///…``, ``postgresql://…``
    or ``duckdb:///…``. ``patience``: seconds to wait for a database that is busy or away. Raises
    :class:`StoreError` that says what is wrong and what to do.
    """
    address = engines.full_url(str(url))
    engine = engines.connect(address, wait=patience)
    file = engine.url.database if engine.dialect.name in ("sqlite", "duckdb") else None
    if file and file != ":memory:" and not Path(file).exists():
        if not create:
            raise StoreError(f"{file}: no such database; feed it first with noticetab ingest")
        if not Path(file).absolute().parent.is_dir():
            raise StoreError(
                f"{file}: the folder {Path(file).absolute().parent} does not exist; make it first"
            )
    try:
        _prepare(engine, create, patience)
    except exc.DatabaseError as error:
        engine.dispose()
        raise StoreError(f"{engines.shown(engine)}: {error.orig}; is it a database of noticetab?") from error
    return Store(engine)


def _prepare(engine: sa.Engine, create: bool, patience: float) -> None:
    try:
        if engines.read(engine, migrate.current) == migrate.head():
            return
    except StoreError as error:
        if not isinstance(error.__cause__, exc.DBAPIError) or not engines.is_transient(error.__cause__):
            raise

    def bring(connection: sa.Connection) -> None:
        found = migrate.current(connection)
        if found is None:
            taken = set(sa.inspect(connection).get_table_names()) & {t.sql for t in schema.tables().values()}
            if taken:
                raise StoreError(
                    f"{engines.shown(engine)}: has tables of these names already: {sorted(taken)}"
                )
            if not create:
                raise StoreError(f"{engines.shown(engine)}: holds no notices; feed it with noticetab ingest")
            migrate.create(connection)
        else:
            migrate.upgrade(connection)

    if engine.dialect.name == "sqlite" and engine.url.database not in (None, ":memory:"):
        _use_wal(engine)
    engines.write(engine, bring, patience=patience)


def _use_wal(engine: sa.Engine) -> None:
    """Let others read while a run writes; a file system that cannot goes without."""
    with engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        connection.rollback()
        raw.execute("PRAGMA journal_mode = WAL")


def _all_rows(connection: sa.Connection) -> dict[str, list[dict[str, Any]]]:
    rows = {}
    for name, spec in schema.flat_tables().items():
        target = table(name)
        order = [target.c.notice_id, target.c.position] if "position" in target.c else []
        columns = [target.c[column.name].label(column.name) for column in spec.flat_columns]
        query = sa.select(*columns).order_by(*order, *[target.c[key] for key in spec.key])
        rows[name] = [dict(row) for row in connection.execute(query).mappings()]
    return rows
