"""Run by Alembic: migrations over the connection that :mod:`noticetab.stores.migrate` hands in."""

from __future__ import annotations

from alembic import context

from noticetab.stores.model import VERSION_TABLE, metadata_for

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata_for(connection.dialect.name),
    version_table=VERSION_TABLE,
    render_as_batch=connection.dialect.name == "sqlite",
)
context.run_migrations()
