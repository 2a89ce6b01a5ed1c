"""Organizations list the forms they were printed in, and say what their ``organizers`` rows say.

So far name, kinds and place were only ever added to; what a correction took back stayed.
"""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"

INDEXES = {"ix_organizations_name": "name", "ix_organizations_region_adcode": "region_adcode"}


def upgrade() -> None:
    """Add the column and make every organization anew of the rows that name it."""
    dialect = op.get_bind().dialect.name
    kind: Any = postgresql.JSONB() if dialect == "postgresql" else sa.Text()
    empty = sa.text("'[]'")
    if dialect == "duckdb":  # it alters no table that has indexes and adds no column that has constraints
        for index in INDEXES:
            op.drop_index(index, "organizations")
        op.add_column("organizations", sa.Column("aliases", kind, server_default=empty))
        op.alter_column("organizations", "aliases", nullable=False)
    else:
        op.add_column("organizations", sa.Column("aliases", kind, server_default=empty, nullable=False))
    _fill(kind)
    if dialect == "duckdb":
        for index, column in INDEXES.items():
            op.create_index(index, "organizations", [column])


def _fill(kind: Any) -> None:
    connection = op.get_bind()
    names = ("org_id", "raw", "name", "org_kind", "region_adcode")
    organizers = sa.table("organizers", *(sa.column(name) for name in names))
    rows: dict[str, list[Any]] = {}
    for row in connection.execute(sa.select(*organizers.c).distinct()).all():
        rows.setdefault(row.org_id, []).append(row)
    organizations = sa.table(
        "organizations",
        *(sa.column(name) for name in ("org_id", "name", "region_adcode")),
        sa.column("org_kind", kind),
        sa.column("aliases", kind),
    )
    as_json = (lambda value: value) if isinstance(kind, postgresql.JSONB) else _text
    for org_id, said in rows.items():
        name = min((row.name for row in said), key=lambda name: (len(name), name))
        values = {
            "name": name,
            "org_kind": as_json(sorted({kind for row in said for kind in _list(row.org_kind)})),
            "region_adcode": min((row.region_adcode for row in said if row.region_adcode), default=None),
            "aliases": as_json(sorted({row.raw for row in said} - {name, ""})),
        }
        connection.execute(sa.update(organizations).where(organizations.c.org_id == org_id).values(values))


def _list(value: Any) -> list[str]:
    return list(json.loads(value) if isinstance(value, str) else value)


def _text(value: list[str]) -> str:
    return json.dumps(value, ensure_ascii=False)
