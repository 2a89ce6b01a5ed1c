"""A Frictionless data package: the CSVs and beside them ``datapackage.json`` that says what they are."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from noticetab.aside import aside
from noticetab.tables import schema, write_csv

if TYPE_CHECKING:
    import pandas as pd

TYPES: dict[schema.Type, dict[str, Any]] = {
    "id": {"type": "string"},
    "text": {"type": "string"},
    "time": {"type": "string", "constraints": {"pattern": r"'?([01]\d|2[0-3]):[0-5]\d|24:00"}},
    "int": {"type": "integer"},
    "real": {"type": "number"},
    "bool": {"type": "boolean", "trueValues": ["true"], "falseValues": ["false"]},
    "date": {"type": "date"},
    "timestamp": {"type": "datetime"},
    "list": {"type": "array"},
    "object": {"type": "object"},
}


def write_datapackage(tables: Mapping[str, pd.DataFrame], directory: str | Path) -> list[Path]:
    """Write the CSVs and ``datapackage.json`` (Data Package v1, Tabular) into ``directory``.

    Raises OSError.
    """
    directory = Path(directory)
    written = write_csv(tables, directory)
    return [*written, describe(written, directory)]


def describe(files: list[Path], directory: str | Path) -> Path:
    """Write ``datapackage.json`` for CSVs of ours (``<table>.csv``) in ``directory``; gives its path."""
    package = {
        "name": "notices",
        "title": "Chinese official notices as tables",
        "profile": "tabular-data-package",
        "resources": [_resource(path) for path in files],
    }
    path = Path(directory) / "datapackage.json"
    with aside(path) as file:
        json.dump(package, file, ensure_ascii=False, indent=1)
        file.write("\n")
    return path


def _resource(path: Path) -> dict[str, Any]:
    spec = schema.tables()[path.stem]
    data = path.read_bytes()
    fields = [_field(column) for column in spec.flat_columns]
    own = {column.name for column in spec.flat_columns}
    keys = [
        {
            "fields": [column.name],
            "reference": {
                "resource": "" if column.ref == spec.name else column.ref,
                "fields": [schema.tables()[column.ref].key[0]],
            },
        }
        for column in spec.flat_columns
        if column.ref
    ]
    described: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    described["primaryKey"] = [name for name in spec.key if name in own]
    if keys:
        described["foreignKeys"] = keys
    return {
        "name": spec.name,
        "title": spec.zh,
        "description": spec.comment,
        "path": path.name,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "dialect": {"delimiter": ",", "lineTerminator": "\n"},
        "bytes": len(data),
        "hash": "sha256:" + hashlib.sha256(data).hexdigest(),
        "schema": described,
    }


def _field(column: schema.Column) -> dict[str, Any]:
    said = TYPES[column.type]
    constraints = dict(said.get("constraints", {}))
    # An empty text cell is an empty text where the column cannot be null, so only other types require.
    if not column.null and column.type != "text":
        constraints["required"] = True
    if column.one_of:
        constraints["enum"] = list(column.one_of)
    field = {"name": column.name, "title": column.zh, **said, "description": column.comment}
    if constraints:
        field["constraints"] = constraints
    return field
