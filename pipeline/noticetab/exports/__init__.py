"""Tables in the formats that others read: Parquet, XLSX, JSON Lines, iCalendar, JSON-LD, Frictionless.

Each writer takes the tables of :func:`noticetab.to_tables` (or of a store) or records, writes
aside and renames, and gives the paths it wrote. The same input gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pandas as pd

    from noticetab.record import Record

Format = Literal["csv", "parquet", "xlsx", "jsonl", "ics", "jsonld", "datapackage"]
FORMATS: tuple[Format, ...] = ("csv", "parquet", "xlsx", "jsonl", "ics", "jsonld", "datapackage")

NAMES: dict[Format, str] = {
    "xlsx": "notices.xlsx",
    "jsonl": "notices.jsonl",
    "ics": "notices.ics",
    "jsonld": "notices.jsonld",
}
"""File names of the formats that are one file; the others are a folder of files."""


def export(
    form: Format,
    tables: Mapping[str, pd.DataFrame],
    records: Iterable[Record],
    out: str | Path,
    *,
    chinese_headers: bool = False,
) -> list[Path]:
    """Write one format to ``out``: a folder, or a file name for the formats that are one file.

    ``jsonl`` is made of ``records``, everything else of ``tables``; ``chinese_headers`` is for
    ``xlsx``. Raises OSError where it cannot be written and ValueError for an unknown format.
    """
    out = Path(out)
    if form in NAMES and (out.is_dir() or not out.suffix):
        out = out / NAMES[form]
    out.parent.mkdir(parents=True, exist_ok=True)
    if form == "csv":
        from noticetab.tables import write_csv

        return write_csv(tables, out)
    if form == "parquet":
        from noticetab.exports.parquet import write_parquet

        return write_parquet(tables, out)
    if form == "xlsx":
        from noticetab.exports.workbook import write_xlsx

        return [write_xlsx(tables, out, chinese_headers=chinese_headers)]
    if form == "jsonl":
        from noticetab.exports.lines import write_jsonl

        return [write_jsonl(records, out)]
    if form == "ics":
        from noticetab.exports.calendar import write_ics

        return [write_ics(tables, out)]
    if form == "jsonld":
        from noticetab.exports.linked import write_jsonld

        return [write_jsonld(tables, out)]
    if form == "datapackage":
        from noticetab.exports.package import write_datapackage

        return write_datapackage(tables, out)
    raise ValueError(f"{form}: give one of {', '.join(FORMATS)}")
