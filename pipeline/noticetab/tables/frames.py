"""Many records as DataFrames, one per table, with proper types."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from noticetab.tables import schema
from noticetab.tables.failure import Failure
from noticetab.tables.identity import conflict, notice_id, numbered_id
from noticetab.tables.rows import Rows, failure_row, flatten, merge_organizations

if TYPE_CHECKING:
    import pandas as pd

    from noticetab.record import Record

DTYPES: dict[schema.Type, str] = {
    "id": "str",
    "text": "str",
    "time": "str",
    "int": "Int64",
    "real": "Float64",
    "bool": "boolean",
    "date": "datetime64[s]",
    "timestamp": "datetime64[s]",
    "list": "object",
    "object": "object",
}
"""The dtype of each type. Dates are ``datetime64[s]`` at midnight (pandas has no date of its own;
with seconds for a unit no year of any notice is out of range). Integers are nullable."""


def to_tables(records: Iterable[Record], failures: Iterable[Failure] = ()) -> dict[str, pd.DataFrame]:
    """The tables of some records and of the files that failed: name to DataFrame.

    Every table of the schema is there, if empty, with its columns and types (:data:`DTYPES`);
    lists and objects are Python lists and dicts. The same notice read from several files is one
    row of ``notices`` with several ``sources``: its rows are those of the record that holds most
    of them, the first of equals.
    """
    return frames(collect(records, failures))


def collect(records: Iterable[Record], failures: Iterable[Failure] = ()) -> Rows:
    """The rows of :func:`to_tables` before they become DataFrames."""
    found: Rows = {name: [] for name in schema.flat_tables()}
    chosen: dict[str, tuple[Record, Rows]] = {}
    sources: dict[str, dict[str, Any]] = {}
    for record in records:
        own = record.source.notice_id or notice_id(record)
        if own in chosen and conflict(chosen[own][0], record):
            own = numbered_id(record)
        rows = flatten(record, own)
        sources |= {row["source_id"]: row for row in rows["sources"]}
        if own not in chosen or _size(rows) > _size(chosen[own][1]):
            chosen[own] = (record, rows)
    for _, rows in chosen.values():
        for name, part in rows.items():
            if name != "sources":
                found[name].extend(part)
    found["sources"] = list(sources.values())
    found["organizations"] = merge_organizations(found["organizers"])
    found["failures"] = [failure_row(failure) for failure in failures]
    return found


def _size(rows: Rows) -> int:
    known = sum(value not in (None, [], {}) for value in rows["notices"][0].values())
    return known + sum(len(part) for name, part in rows.items() if name not in ("findings", "field_spans"))


def frames(rows: Mapping[str, list[dict[str, Any]]], *, store: bool = False) -> dict[str, pd.DataFrame]:
    """Rows as DataFrames; with ``store`` the tables and columns of a store too."""
    found = schema.tables() if store else schema.flat_tables()
    return {name: _frame(table, rows.get(name, []), store) for name, table in found.items()}


def _frame(table: schema.Table, rows: list[dict[str, Any]], store: bool) -> pd.DataFrame:
    import pandas as pd

    dtypes: Any = DTYPES  # pandas-stubs accept literal names only
    series = {}
    for column in table.columns if store else table.flat_columns:
        values = pd.Series([row.get(column.name) for row in rows], dtype="object")
        series[column.name] = values.astype(dtypes[column.type])
    return pd.DataFrame(series)


def plain_rows(name: str, frame: pd.DataFrame) -> list[dict[str, Any]]:
    """A table's rows as Python's own values again: dates, datetimes, ints, None for unknown.

    ``name`` is the table's; columns that the schema does not know are left out.
    """
    import pandas as pd

    table = schema.tables()[name]
    columns = {}
    for column in table.columns:
        if column.name not in frame:
            continue
        values = frame[column.name].astype("object")
        if column.type in ("list", "object"):
            columns[column.name] = list(values)
            continue
        known = [None if pd.isna(value) else value for value in values]
        if column.type == "date":
            known = [None if value is None else pd.Timestamp(value).date() for value in known]
        elif column.type == "timestamp":
            known = [None if value is None else pd.Timestamp(value).to_pydatetime() for value in known]
        columns[column.name] = known
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
