"""CSV: one file per table, UTF-8 with a byte order mark so that Excel opens it right.

The same tables give the same bytes on every machine. Dates are ``YYYY-MM-DD``, lists and objects
JSON, unknown values empty. Excel runs a cell that begins with ``=``, ``+``, ``-`` or ``@`` (and
their full-width forms) as a formula, so such text gets a leading apostrophe, as does text that
begins with one; :func:`read_csv` takes it off again.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from noticetab.aside import aside
from noticetab.tables import schema
from noticetab.tables.frames import frames, plain_rows

if TYPE_CHECKING:
    import pandas as pd

FORMULA_MARKS = "=+-@\t\r＝＋－＠"
"""First characters that make a spreadsheet run a cell (OWASP, CSV injection)."""

_SPECIAL = re.compile(r'[",\r\n]')

TEXTS: tuple[schema.Type, ...] = ("id", "text", "time", "list", "object")


def write_csv(tables: Mapping[str, pd.DataFrame], directory: str | Path) -> list[Path]:
    """Write one ``<table>.csv`` per table into ``directory`` (made if missing); gives the paths.

    Each file is written aside and then renamed, so that a reader never sees half of one.
    Raises OSError where the directory cannot be written or the disk is full.
    """
    directory = Path(directory)
    directory.mkdir(parents=True, exist_ok=True)
    written = []
    for name, frame in tables.items():
        table = schema.tables()[name]
        types = {column.name: column.type for column in table.columns if column.name in frame}
        path = directory / f"{name}.csv"
        with aside(path, encoding="utf-8-sig") as file:
            file.write(_line(types))
            for row in plain_rows(name, frame):
                file.write(_line(cell(row[column], kind) for column, kind in types.items()))
        written.append(path)
    return written


def read_csv(directory: str | Path) -> dict[str, pd.DataFrame]:
    """The tables that :func:`write_csv` wrote, with their types; a missing file is an empty table."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for name, table in schema.tables().items():
        path = Path(directory) / f"{name}.csv"
        if not path.exists():
            continue
        columns = {column.name: column for column in table.columns}
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows[name] = [
                {name: _value(text, columns[name]) for name, text in row.items()}
                for row in csv.DictReader(file)
            ]
    return frames(rows)


def cell(value: Any, kind: schema.Type) -> str:
    """A value as it stands in a CSV file."""
    if value is None:
        return ""
    if kind in ("list", "object"):
        return guard(to_json(value))
    if kind == "bool":
        return "true" if value else "false"
    if kind == "timestamp":
        return str(value.isoformat(timespec="seconds"))
    if kind == "date":
        return str(value.isoformat())
    if kind == "real":
        return repr(float(value))
    return guard(str(value)) if kind in TEXTS else str(value)


def guard(text: str) -> str:
    """``text`` with an apostrophe before it if a spreadsheet would take it for a formula."""
    return "'" + text if text[:1] and text[0] in FORMULA_MARKS + "'" else text


def to_json(value: Any) -> str:
    """JSON of a list or object in one line, Chinese as it is."""
    return json.dumps(value, ensure_ascii=False)


def _line(cells: Iterable[str]) -> str:
    """One line by RFC 4180. (The csv module of Python 3.11 leaves a lone CR unquoted.)"""
    quoted = ['"' + text.replace('"', '""') + '"' if _SPECIAL.search(text) else text for text in cells]
    return ",".join(quoted) + "\n"


def _value(text: str, column: schema.Column) -> Any:
    kind = column.type
    if kind in TEXTS:
        text = text[1:] if text[:1] == "'" else text
    if text == "":
        return "" if kind == "text" and not column.null else None
    if kind in ("list", "object"):
        return json.loads(text)
    if kind == "bool":
        return text == "true"
    if kind == "int":
        return int(text)
    if kind == "real":
        return float(text)
    if kind == "date":
        return dt.date.fromisoformat(text)
    return dt.datetime.fromisoformat(text) if kind == "timestamp" else text
