"""The tables as data: names, types, keys, checks and bilingual meanings (``schema.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal, get_args

Type = Literal["id", "text", "int", "real", "bool", "date", "time", "timestamp", "list", "object"]
"""What a column holds. ``time`` is ``HH:MM`` text, since a notice may say 24:00; ``timestamp``
has no zone; ``list`` and ``object`` are JSON in CSV and SQL."""

TABLE_KEYS = {"zh", "en", "sql", "store", "rows", "key", "unique", "index", "columns"}
COLUMN_KEYS = {"type", "zh", "en", "note", "sql", "null", "default", "store", "ref", "one_of", "check"}


class SchemaError(Exception):
    """``schema.toml`` says something that cannot be; the message names table and column."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column; see the head of ``schema.toml`` for the meaning of each attribute."""

    name: str
    type: Type
    zh: str
    en: str
    note: str = ""
    sql: str = ""
    null: bool = True
    default: str | None = None
    store: bool = False
    ref: str | None = None
    one_of: tuple[str, ...] = ()
    check: str | None = None

    @property
    def comment(self) -> str:
        """The meaning in English and Chinese, as it stands in a database."""
        return f"{self.en}。{self.note or self.zh}"


@dataclass(frozen=True, slots=True)
class Table:
    """A table; see the head of ``schema.toml`` for the meaning of each attribute."""

    name: str
    zh: str
    en: str
    sql: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    unique: tuple[tuple[str, ...], ...] = ()
    index: tuple[tuple[str, ...], ...] = ()
    store: bool = False
    rows: bool = False

    @property
    def comment(self) -> str:
        """The meaning in English and Chinese, as it stands in a database."""
        return f"{self.en}。{self.zh}"

    @property
    def flat_columns(self) -> tuple[Column, ...]:
        """The columns that DataFrames and files have."""
        return tuple(c for c in self.columns if not c.store)

    def column(self, name: str) -> Column:
        """The column of that name; KeyError if there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name}.{name}")


@cache
def tables() -> dict[str, Table]:
    """Every table by name, in an order in which a table follows those it refers to.

    Raises :class:`SchemaError` where ``schema.toml`` has an unknown key, type or reference.
    """
    text = resources.files("noticetab.tables").joinpath("schema.toml").read_text("utf-8")
    return parse(tomllib.loads(text))


def flat_tables() -> dict[str, Table]:
    """The tables that one batch of records gives: all but those of a store."""
    return {name: table for name, table in tables().items() if not table.store}


def parse(data: dict[str, Any]) -> dict[str, Table]:
    """Tables from the data of ``schema.toml``; raises :class:`SchemaError`."""
    row_columns = data.pop("rows")["columns"]
    found = {name: _table(name, spec, row_columns) for name, spec in data.items()}
    for table in found.values():
        _check(table, found)
    return {table.name: table for table in _in_order(found)}


def _table(name: str, spec: dict[str, Any], row_columns: dict[str, Any]) -> Table:
    if unknown := set(spec) - TABLE_KEYS:
        raise SchemaError(f"table {name}: unknown keys {sorted(unknown)}")
    columns = spec["columns"] | (row_columns if spec.get("rows") else {})
    return Table(
        name=name,
        zh=spec["zh"],
        en=spec["en"],
        sql=spec.get("sql", name),
        columns=tuple(_column(name, column, said) for column, said in columns.items()),
        key=tuple(spec["key"]),
        unique=tuple(tuple(names) for names in spec.get("unique", ())),
        index=tuple(tuple(names) for names in spec.get("index", ())),
        store=spec.get("store", False),
        rows=spec.get("rows", False),
    )


def _column(table: str, name: str, spec: dict[str, Any]) -> Column:
    if unknown := set(spec) - COLUMN_KEYS:
        raise SchemaError(f"column {table}.{name}: unknown keys {sorted(unknown)}")
    if spec["type"] not in get_args(Type):
        raise SchemaError(f"column {table}.{name}: unknown type {spec['type']}")
    one_of = tuple(spec.get("one_of", ()))
    return Column(name=name, **(spec | {"sql": spec.get("sql", name), "one_of": one_of}))


def _check(table: Table, found: dict[str, Table]) -> None:
    names = {column.name for column in table.columns}
    for group in (table.key, *table.unique, *table.index):
        if missing := set(group) - names:
            raise SchemaError(f"table {table.name}: no column {sorted(missing)}")
    for column in table.columns:
        if column.ref and column.ref not in found:
            raise SchemaError(f"column {table.name}.{column.name}: no table {column.ref}")
    headers = [column.zh for column in table.columns]
    if len(set(headers)) < len(headers):
        raise SchemaError(f"table {table.name}: two columns with the same Chinese header")


def _in_order(found: dict[str, Table]) -> Iterator[Table]:
    """Tables after the tables that they refer to, else in the order of the file."""
    left, done = dict(found), set[str]()
    while left:
        for name, table in left.items():
            if {c.ref for c in table.columns if c.ref} - {name} <= done:
                break
        else:
            raise SchemaError(f"tables refer to one another in a circle: {sorted(left)}")
        done.add(name)
        yield left.pop(name)
