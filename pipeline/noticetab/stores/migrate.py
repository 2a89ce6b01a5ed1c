"""Bringing a database to the schema of this program, step by step (Alembic)."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.ddl.postgresql import PostgresqlImpl
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.schema import SetColumnComment, SetTableComment

from noticetab.stores.errors import StoreError
from noticetab.stores.model import VERSION_TABLE, metadata_for
from noticetab.stores.views import create_views, drop_views


class DuckDBImpl(PostgresqlImpl):
    """Alembic's way of speaking to DuckDB, which understands PostgreSQL's statements."""

    __dialect__ = "duckdb"


def config(connection: sa.Connection | None = None) -> Config:
    """Alembic's configuration for the migrations that the package ships."""
    made = Config()
    made.set_main_option("script_location", str(resources.files("noticetab.stores") / "migrations"))
    made.attributes["connection"] = connection
    return made


@cache
def head() -> str:
    """The version that this program works with."""
    return str(ScriptDirectory.from_config(config()).get_current_head())


def current(connection: sa.Connection) -> str | None:
    """The version of a database; None for one that has no tables of ours."""
    return context(connection).get_current_revision()


def context(connection: sa.Connection, **options: Any) -> MigrationContext:
    """Alembic's view of a database, with our name for the version table."""
    return MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE, **options})


def upgrade(connection: sa.Connection, to: str = "head") -> None:
    """Bring the database to a version (tables, then views); all of it or, within the caller's
    transaction, nothing.

    Raises :class:`StoreError` for a database that a newer program has made.
    """
    found = current(connection)
    if found == head() and to == "head":
        return
    known = {script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()}
    if found is not None and found not in known:
        raise StoreError(
            f"the database has schema version {found}, which this program does not know; update noticetab"
        )
    drop_views(connection)
    command.upgrade(config(connection), to)
    if to in ("head", head()):
        create_views(connection)
        _comment(connection)


def create(connection: sa.Connection) -> None:
    """Make the newest schema in an empty database in one go."""
    metadata_for(connection.dialect.name).create_all(connection)
    create_views(connection)
    context(connection).stamp(ScriptDirectory.from_config(config()), "head")


def _comment(connection: sa.Connection) -> None:
    """Write the meaning of every table and column, where the database keeps comments."""
    if not connection.dialect.supports_comments:
        return
    for table in metadata_for(connection.dialect.name).sorted_tables:
        connection.execute(SetTableComment(table))
        for column in table.columns:
            connection.execute(SetColumnComment(column))
