"""What made a record: program, rules, contract; which document of a file; versions that a program made.

Columns ``program_version`` and ``rules_version`` become ``program`` (with the program's name) and
``rules_hash``, as in records; what was ``rebuilt`` is ``program`` from now on.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from noticetab.stores.migrations import run_script

revision = "0004"
down_revision = "0003"

REASONS = ("first", "changed", "completed", "superseded", "program", "rebuilt")
READINGS = ("first", "duplicate", "changed", "completed", "superseded", "program", "rebuilt")


def upgrade() -> None:
    """Rename, add and allow, in the tables ``sources``, ``versions`` and ``runs``."""
    dialect = op.get_bind().dialect.name
    if dialect == "duckdb":  # it alters no table that has indexes
        op.drop_index("ix_runs_started_at", "runs")
    if dialect == "postgresql":
        _sources_and_versions()
    else:
        run_script("0004_what_made_a_record.sql")
    _rename("runs")
    if dialect == "duckdb":
        op.create_index("ix_runs_started_at", "runs", ["started_at"])


def _rename(table: str) -> None:
    op.execute(f"ALTER TABLE {table} RENAME COLUMN program_version TO program")
    op.execute(f"ALTER TABLE {table} RENAME COLUMN rules_version TO rules_hash")
    op.execute(f"UPDATE {table} SET program = 'noticetab ' || program")


def _sources_and_versions() -> None:
    for table, column, values in (("sources", "reading", READINGS), ("versions", "reason", REASONS)):
        # Checks of foreign keys that wait for the end of the transaction forbid to alter their tables.
        op.execute("SET CONSTRAINTS ALL IMMEDIATE")
        op.execute(f"ALTER TABLE {table} DROP CONSTRAINT ck_{table}_{column}")
        listed = ", ".join(f"'{value}'" for value in values)
        op.execute(f"ALTER TABLE {table} ADD CONSTRAINT ck_{table}_{column} CHECK ({column} IN ({listed}))")
        _rename(table)
        op.execute(f"UPDATE {table} SET {column} = 'program' WHERE {column} = 'rebuilt'")
    op.execute("SET CONSTRAINTS ALL IMMEDIATE")
    op.add_column("sources", sa.Column("part", sa.Integer(), server_default=sa.text("1"), nullable=False))
    op.add_column("sources", sa.Column("contract_version", sa.Integer()))
    op.execute("UPDATE sources SET contract_version = 1")
