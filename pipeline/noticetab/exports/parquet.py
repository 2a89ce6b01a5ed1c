"""Parquet: one file per table with Arrow types: dates are date32, lists of texts are lists."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from noticetab.aside import aside
from noticetab.tables import schema
from noticetab.tables.delimited import to_json
from noticetab.tables.frames import plain_rows

if TYPE_CHECKING:
    import pandas as pd


def write_parquet(tables: Mapping[str, pd.DataFrame], directory: str | Path) -> list[Path]:
    """Write ``<table>.parquet`` for each table into ``directory``; gives the paths.

    The meaning of each column in English and Chinese stands in its field's metadata (``en``,
    ``zh``). Objects, and lists of objects, are JSON text. Raises OSError.
    """
    import pyarrow as pa
    from pyarrow import parquet

    directory = Path(directory)
    directory.mkdir(parents=True, exist_ok=True)
    written = []
    for name, frame in tables.items():
        spec = schema.tables()[name]
        columns = [column for column in spec.columns if column.name in frame]
        fields = [_field(name, column, pa) for column in columns]
        meta = {"en": spec.en, "zh": spec.zh}
        rows = [
            {column.name: _value(name, column, row[column.name]) for column in columns}
            for row in plain_rows(name, frame)
        ]
        path = directory / f"{name}.parquet"
        with aside(path, encoding=None) as file:
            parquet.write_table(pa.Table.from_pylist(rows, schema=pa.schema(fields, metadata=meta)), file)
        written.append(path)
    return written


def _is_text_list(table: str, column: schema.Column) -> bool:
    return column.type == "list" and (table, column.name) != ("findings", "related")


def _field(table: str, column: schema.Column, pa: Any) -> Any:
    kinds = {
        "int": pa.int64(),
        "real": pa.float64(),
        "bool": pa.bool_(),
        "date": pa.date32(),
        "timestamp": pa.timestamp("ms"),
    }
    kind = pa.list_(pa.string()) if _is_text_list(table, column) else kinds.get(column.type, pa.string())
    meta = {"en": column.en, "zh": column.note or column.zh}
    return pa.field(column.name, kind, nullable=column.null, metadata=meta)


def _value(table: str, column: schema.Column, value: Any) -> Any:
    if column.type == "object" or (column.type == "list" and not _is_text_list(table, column)):
        return to_json(value)
    return value
