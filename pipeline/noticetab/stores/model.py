"""The tables of ``schema.toml`` as SQLAlchemy tables, the same for SQLite, PostgreSQL and DuckDB.

Lists and objects are JSONB in PostgreSQL and JSON text elsewhere. Foreign keys are checked when a
transaction ends, so that rows may be replaced in any order. DuckDB has none: it cannot delete a
row and write it again in one transaction while another table refers to it.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeDecorator

from noticetab.tables import schema

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
VERSION_TABLE = "schema_version"


class Json(TypeDecorator[Any]):
    """A list or object: JSONB where there is one, else JSON text with Chinese as it is."""

    impl = sa.Text
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> Any:
        """JSONB in PostgreSQL, text elsewhere."""
        wanted: Any = postgresql.JSONB() if dialect.name == "postgresql" else sa.Text()
        return dialect.type_descriptor(wanted)

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> Any:
        """To the database."""
        if value is None or dialect.name == "postgresql":
            return value
        return json.dumps(value, ensure_ascii=False)

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> Any:  # noqa: ARG002
        """From the database."""
        return json.loads(value) if isinstance(value, str) else value


TYPES: dict[schema.Type, Any] = {
    "id": sa.Text(),
    "text": sa.Text(),
    "time": sa.Text(),
    "int": sa.Integer(),
    "real": sa.Float(53),
    "bool": sa.Boolean(create_constraint=False),
    "date": sa.Date(),
    "timestamp": sa.DateTime(),
    "list": Json(),
    "object": Json(),
}


@cache
def metadata(foreign_keys: bool = True) -> sa.MetaData:
    """Every table with its keys, checks, indexes and comments; for DuckDB without foreign keys."""
    made = sa.MetaData(naming_convention=NAMING)
    for spec in schema.tables().values():
        columns = [_column(spec, column, foreign_keys) for column in spec.columns]
        constraints: list[Any] = [check for column in spec.columns for check in _checks(column)]
        constraints += [sa.UniqueConstraint(*_sql(spec, names)) for names in spec.unique]
        constraints += [sa.Index(None, *_sql(spec, names)) for names in spec.index]
        sa.Table(spec.sql, made, *columns, *constraints, comment=spec.comment, info={"name": spec.name})
    return made


def metadata_for(dialect: str) -> sa.MetaData:
    """The metadata that a dialect (``sqlite``, ``postgresql``, ``duckdb``) gets."""
    return metadata(dialect != "duckdb")


def table(name: str) -> sa.Table:
    """The SQL table of a table by its name in the schema; columns are keyed by their schema names."""
    return metadata().tables[schema.tables()[name].sql]


def _column(spec: schema.Table, column: schema.Column, foreign_keys: bool) -> sa.Column[Any]:
    keys: list[Any] = []
    if column.ref and foreign_keys:
        other = schema.tables()[column.ref]
        target = f"{other.sql}.{other.column(other.key[0]).sql}"
        keys.append(sa.ForeignKey(target, deferrable=True, initially="DEFERRED"))
    return sa.Column(
        column.sql,
        TYPES[column.type],
        *keys,
        key=column.name,
        primary_key=column.name in spec.key,
        nullable=column.null,
        server_default=None if column.default is None else sa.text(column.default),
        comment=column.comment,
    )


def _checks(column: schema.Column) -> list[sa.CheckConstraint]:
    found = []
    if column.check:
        found.append(sa.CheckConstraint(column.check, name=column.sql))
    if column.one_of:
        values = ", ".join(f"'{value}'" for value in column.one_of)
        found.append(sa.CheckConstraint(f"{column.sql} IN ({values})", name=column.sql))
    if column.type == "time":
        shape = f"length({column.sql}) = 5 AND substr({column.sql}, 3, 1) = ':'"
        found.append(sa.CheckConstraint(shape, name=column.sql))
    return found


def _sql(spec: schema.Table, names: tuple[str, ...]) -> list[str]:
    return [spec.column(name).name for name in names]
