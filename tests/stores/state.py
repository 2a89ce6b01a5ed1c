"""Everything a database says about notices, to compare two databases."""

from __future__ import annotations

import sqlalchemy as sa

from noticetab.stores.model import table
from noticetab.tables import schema

FLEETING = {"run_id", "read_at", "failed_at", "valid_from", "valid_to", "rules_hash"}
"""What differs between two runs that did the same: who and when (and by which rules, lest a test
fail because somebody edits rules meanwhile)."""


def state(engine: sa.Engine) -> dict[str, list[str]]:
    """Every row of every table but ``runs``, sorted, without :data:`FLEETING` columns."""
    found = {}
    with engine.connect() as connection:
        for name in schema.tables():
            if name == "runs":
                continue
            target = table(name)
            columns = [c for c in target.c if c.key not in FLEETING]
            found[name] = sorted(map(repr, connection.execute(sa.select(*columns)).all()))
    return found


def rows(engine: sa.Engine, name: str) -> list[dict]:
    """The rows of a table, by its name in the schema."""
    target = table(name)
    with engine.connect() as connection:
        query = sa.select(*[c.label(c.key) for c in target.c]).order_by(*target.primary_key)
        return [dict(row) for row in connection.execute(query).mappings()]


def broken_references(engine: sa.Engine) -> list[str]:
    """Rows that refer to none, counted by us and not by the database's own checks."""
    found = []
    with engine.connect() as connection:
        for spec in schema.tables().values():
            for column in spec.columns:
                if column.ref:
                    own = table(spec.name).c[column.name]
                    key = table(column.ref).c[schema.tables()[column.ref].key[0]]
                    query = sa.select(sa.func.count()).where(own.is_not(None), own.not_in(sa.select(key)))
                    if connection.scalar(query.select_from(table(spec.name))):
                        found.append(f"{spec.name}.{column.name}")
    return found
