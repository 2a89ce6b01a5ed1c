"""XLSX: one sheet per table, ready to be read and filtered, and never run.

Text is written as text whatever it begins with, so a cell that looks like a formula is none.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import unicodedata
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from noticetab.aside import aside
from noticetab.tables import schema
from noticetab.tables.delimited import to_json
from noticetab.tables.frames import plain_rows

if TYPE_CHECKING:
    import pandas as pd
    from openpyxl.workbook import Workbook

MAX_CHARS = 32_767
"""What a cell holds at most (Excel specifications and limits)."""
MAX_ROWS = 1_048_576
"""What a sheet holds at most, the header included."""
WIDTHS = (6, 60)
"""Narrowest and widest column, in digits."""
SAMPLED = 200
"""Rows that are looked at to find a column's width."""

_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that XML 1.0 cannot hold (section 2.2)."""
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""Text that a spreadsheet would read as an escape (ECMA-376, ST_Xstring)."""
_EPOCH = dt.datetime(1980, 1, 1)


class TooManyRowsError(OSError):
    """More rows than a sheet holds."""


def write_xlsx(
    tables: Mapping[str, pd.DataFrame], path: str | Path, *, chinese_headers: bool = False
) -> Path:
    """Write a workbook with a sheet for each table: header frozen, filters on, dates as dates.

    ``chinese_headers`` names sheets and columns in Chinese. Text longer than a cell holds is cut
    with … at its end. The same tables give the same bytes. Raises :class:`TooManyRowsError` for a table
    with more rows than a sheet holds, OSError where it cannot be written.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for name, frame in tables.items():
        if len(frame) >= MAX_ROWS:
            raise TooManyRowsError(
                f"{path}: {name} has {len(frame)} rows, a sheet holds {MAX_ROWS - 1}; export csv"
            )
        _sheet(book, name, frame, chinese_headers)
    book.properties.creator = "noticetab"
    book.properties.created = book.properties.modified = _EPOCH
    path = Path(path)
    with aside(path, encoding=None) as file:
        file.write(_bytes(book))
    return path


def _bytes(book: Workbook) -> bytes:
    """The workbook with all its times set to one, so that it does not change from run to run."""
    raw, even = io.BytesIO(), io.BytesIO()
    book.save(raw)
    stamp = _EPOCH.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(raw) as found, zipfile.ZipFile(even, "w", zipfile.ZIP_DEFLATED) as made:
        for name in found.namelist():
            data = found.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, data)
            made.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return even.getvalue()


def _sheet(book: Workbook, name: str, frame: pd.DataFrame, chinese: bool) -> None:
    from openpyxl.cell import Cell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    spec = schema.tables()[name]
    columns = [column for column in spec.columns if column.name in frame]
    sheet = book.create_sheet(spec.zh if chinese else name)
    headers = [column.zh if chinese else column.name for column in columns]
    widths = [_width(header) for header in headers]
    for i, header in enumerate(headers, 1):
        cell = sheet.cell(1, i, header)
        cell.font = Font(bold=True)
    formats = {"date": "yyyy-mm-dd", "timestamp": "yyyy-mm-dd hh:mm:ss"}
    top = Alignment(vertical="top", wrap_text=True)
    for r, row in enumerate(plain_rows(name, frame), 2):
        for i, column in enumerate(columns, 1):
            value = _value(row[column.name])
            if value is None:
                continue
            cell = sheet.cell(r, i)
            assert isinstance(cell, Cell)
            if isinstance(value, str):
                cell.value = value
                cell.data_type = "s"  # also where openpyxl would make a formula of it
                cell.quotePrefix = value[:1] in "=+-@"
                if len(value) > WIDTHS[1]:
                    cell.alignment = top
            else:
                cell.value = value
                if column.type in formats:
                    cell.number_format = formats[column.type]
            if r <= SAMPLED:
                widths[i - 1] = max(widths[i - 1], _width(value))
    for i, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(i)].width = min(max(width + 2, WIDTHS[0]), WIDTHS[1])
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{max(len(frame) + 1, 1)}"


def _value(value: Any) -> Any:
    if isinstance(value, list | dict):
        texts = isinstance(value, list) and all(isinstance(item, str) for item in value)
        value = "；".join(value) if texts else to_json(value)
    if not isinstance(value, str):
        return value
    text = _ESCAPED.sub("_x005F_", _ILLEGAL.sub("\ufffd", value)).replace("\r", "_x000D_")
    return (text if len(text) <= MAX_CHARS else text[: MAX_CHARS - 1] + "…") or None


def _width(value: Any) -> int:
    """How wide a value stands, Chinese characters counting two."""
    if isinstance(value, dt.datetime):
        return 19
    if isinstance(value, dt.date):
        return 10
    text = str(value)[: WIDTHS[1]]
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
