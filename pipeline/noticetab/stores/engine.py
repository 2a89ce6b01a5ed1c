"""Connecting: URLs, settings of each database, one writer at a time, and waiting out breaks."""

from __future__ import annotations

import os
import re
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import exc

from noticetab.stores.errors import StoreError

LOCK = 0x4E54414C
"""Key of the advisory lock that writers hold in PostgreSQL during a transaction."""

TRANSIENT_STATES = ("08", "57P0", "40001", "40P01", "53300", "55P03")
"""SQLSTATE beginnings of what passes: lost connections, shutdowns, serialization, locks, too many
clients (PostgreSQL manual, appendix A)."""

_Result = TypeVar("_Result")


def connect(url: str, *, wait: float = 60) -> sa.Engine:
    """An engine for ``url``: a path ending in ``.sqlite``, ``.db`` or ``.duckdb``, ``sqlite:///…``,
    ``postgresql://…`` or ``duckdb:///…``.

    ``wait``: seconds that a statement of SQLite waits for another writer. Raises
    :class:`StoreError` for a URL or driver that is unknown.
    """
    url = full_url(url)
    try:
        parsed = sa.make_url(url)
        if parsed.drivername in ("postgresql", "postgres"):
            parsed = parsed.set(drivername="postgresql+psycopg")
        if parsed.get_backend_name() == "sqlite":
            return _sqlite(parsed, wait)
        if parsed.get_backend_name() == "postgresql":
            return sa.create_engine(
                parsed,
                pool_pre_ping=True,
                connect_args={"connect_timeout": 10, "application_name": "noticetab"},
                json_serializer=_json,
            )
        if parsed.get_backend_name() == "duckdb":
            # A pool would keep the file locked after the last connection is closed.
            return sa.create_engine(parsed, poolclass=sa.NullPool)
    except (ModuleNotFoundError, exc.NoSuchModuleError):
        kind = _kind(url)
        if kind in EXTRAS:
            name, extra = EXTRAS[kind]
            raise StoreError(f"{_hidden(url)}: {name} is not installed; install {extra}") from None
    except exc.ArgumentError:
        raise StoreError(f"{_hidden(url)}: not an address of a database; {GIVE}") from None
    raise StoreError(f"{_hidden(url)}: not a kind of database that is known here; {GIVE}")


EXTRAS = {
    "duckdb": ("the driver of DuckDB", "noticetab[export]"),
    "postgresql": ("the driver of PostgreSQL", "noticetab[postgres]"),
    "postgres": ("the driver of PostgreSQL", "noticetab[postgres]"),
}
"""Kinds of databases with what reads them and the extra that brings it."""
GIVE = "give sqlite:///…, postgresql://… or duckdb:///…"


def _kind(url: str) -> str:
    return url.partition(":")[0].partition("+")[0]


def _hidden(url: str) -> str:
    """A URL for messages, without its password, also when it is none that can be parsed."""
    return re.sub(r"(://[^/@:]*:)[^/@]*@", r"\1***@", url)


def full_url(url: str) -> str:
    """A path as a URL; a URL as it is."""
    if "://" in url:
        return url
    kind = "duckdb" if Path(url).suffix == ".duckdb" else "sqlite"
    return f"{kind}:///{url}"


def _json(value: Any) -> str:
    import json

    return json.dumps(value, ensure_ascii=False)


def _sqlite(url: sa.URL, wait: float) -> sa.Engine:
    file = url.database
    options: dict[str, Any] = {"connect_args": {"timeout": wait}}
    if file and file != ":memory:" and _only_readable(Path(file)):
        address = f"{Path(file).absolute().as_uri()}?immutable=1"
        options = {"creator": lambda: sqlite3.connect(address, uri=True, check_same_thread=False)}
    engine = sa.create_engine(url, poolclass=sa.NullPool, **options)

    @sa.event.listens_for(engine, "connect")
    def settings(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # transactions are ours, not the driver's
        cursor = connection.cursor()
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA synchronous = NORMAL")
        cursor.close()

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        writing = connection.get_execution_options().get("writing")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def _only_readable(file: Path) -> bool:
    """Whether a database lies where SQLite cannot put the files that reading in WAL mode takes."""
    if not file.exists() or all(_writable(place) for place in (file, file.absolute().parent)):
        return False
    left = file.with_name(file.name + "-wal")
    return not left.exists() or left.stat().st_size == 0


def _writable(place: Path) -> bool:
    return os.access(place, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def shown(engine: sa.Engine) -> str:
    """The URL for messages and run records, without its password."""
    return engine.url.render_as_string(hide_password=True)


def write(
    engine: sa.Engine,
    work: Callable[[sa.Connection], _Result],
    *,
    patience: float = 300,
    on_wait: Callable[[str], None] | None = None,
) -> _Result:
    """Do ``work`` in one transaction, the only writer meanwhile; all of it or nothing.

    If the database goes away or is busy the whole transaction is tried again until ``patience``
    seconds have passed without success; ``on_wait`` is told each time. So ``work`` must stand
    being done again, even after a commit whose answer was lost. Raises :class:`StoreError` for
    what waiting does not mend (disk full, no right to write) and when patience ends.
    """
    begun, pause = time.monotonic(), 0.1
    while True:
        try:
            with engine.connect().execution_options(writing=True) as connection, connection.begin():
                if connection.dialect.name == "postgresql":
                    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
                return work(connection)
        except exc.DBAPIError as error:
            said = _said(engine, error)
            if not is_transient(error):
                if is_refused(error):
                    raise StoreError(said) from error
                raise
            if time.monotonic() - begun + pause > patience:
                raise StoreError(f"{said}; gave up after {patience:.0f} seconds") from error
            if on_wait is not None:
                on_wait(said)
            time.sleep(pause)
            pause = min(pause * 2, 5)


def read(engine: sa.Engine, work: Callable[[sa.Connection], _Result]) -> _Result:
    """Do ``work`` in a transaction that only reads. Raises :class:`StoreError`."""
    try:
        with engine.connect() as connection, connection.begin():
            return work(connection)
    except exc.DBAPIError as error:
        raise StoreError(_said(engine, error)) from error


def is_transient(error: exc.DBAPIError) -> bool:
    """Whether the same transaction may succeed later."""
    state = getattr(error.orig, "sqlstate", None)
    if state is not None:
        return str(state).startswith(TRANSIENT_STATES)
    text = str(error.orig)
    if "database is locked" in text or "Could not set lock" in text:
        return True
    # psycopg gives no SQLSTATE when there is no server to give one.
    return isinstance(error, exc.OperationalError | exc.InterfaceError) and (
        error.connection_invalidated or type(error.orig).__module__.startswith("psycopg")
    )


def is_refused(error: exc.DBAPIError) -> bool:
    """Whether the database as a whole refuses (disk full, read-only), not one row of ours."""
    return isinstance(error, exc.OperationalError | exc.InternalError) or "IO Error" in str(error.orig)


def _said(engine: sa.Engine, error: exc.DBAPIError) -> str:
    reason = " ".join(str(error.orig).split())
    return f"{shown(engine)}: {reason}"
