"""Writes a comparison as an XLSX workbook, one sheet per table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from noticetab.aside import aside

from .collection import Compared
from .comparison import Comparison, wide_rows
from .plots import text_width
from .texts import Language, texts
from .view import WIDEST

if TYPE_CHECKING:
    import pandas as pd

SHEETS = (
    ("facts", "section.facts"),
    ("activities", "section.activities"),
    ("focus", "section.focus"),
    ("changes", "section.changes"),
    ("counts", "section.shape"),
    ("organizations", "section.organizations"),
    ("timeline", "section.timeline"),
    ("deadlines", "section.deadlines"),
    ("findings", "section.findings"),
    ("sources", "section.sources"),
)
OFFSETS = ("before_start", "before_end", "after_start", "after_end", "headed")
MOST_ROWS = 1_048_575
LONGEST_CELL = 32_767
FIXED = frozenset(
    {"same", "similar", "only", "kept", "renamed", "new", "dropped", "error", "warning", "info"}
    | {"activity", "group", "focus", "event", "opening", "date", "deadline", "issued"}
)
"""Values of ours that are written in the language of the workbook."""


def workbook(comparison: Comparison, path: str | Path, language: Language = "zh") -> Path:
    """Write the comparison to ``path`` (.xlsx) and give its path.

    Dates are dates, numbers numbers; text is always text, so that nothing in a notice can become
    a formula. Headers are frozen and can be filtered. The file appears whole or not at all.
    Raises ValueError for an unknown language or more rows than a sheet holds, OSError if the
    file cannot be written.
    """
    from openpyxl import Workbook

    words = texts(language)
    book = Workbook()
    book.remove(book.active)
    tables = _tables(comparison)
    for name, key in SHEETS:
        table = tables[name]
        if len(table) or name in ("facts", "sources"):
            _fill(book.create_sheet(words[key][:31]), table, words)
    target = Path(path)
    with aside(target, encoding=None) as file:
        book.save(file)
    return target


def _tables(comparison: Comparison) -> dict[str, pd.DataFrame]:
    facts = comparison.facts_table()
    facts = facts.reset_index() if len(comparison.compared) <= WIDEST else facts.T.reset_index(names="notice")
    quotes = {one.label: one for one in comparison.compared}
    return {
        "facts": facts,
        "activities": _aligned(comparison, comparison.activities),
        "focus": _aligned(comparison, comparison.focus_points),
        "changes": comparison.changes.drop(columns=list(OFFSETS)),
        "counts": comparison.counts,
        "organizations": comparison.organizations,
        "timeline": _quoted(comparison.timeline.drop(columns="group"), quotes),
        "deadlines": _quoted(comparison.deadlines, quotes),
        "findings": _quoted(comparison.findings, quotes),
        "sources": comparison.notices,
    }


def _aligned(comparison: Comparison, table: pd.DataFrame) -> pd.DataFrame:
    """Aligned rows side by side; one line an item where there are too many columns to be read."""
    if len(comparison.groups) <= WIDEST:
        return wide_rows(table, comparison.groups)
    names = ["row", "status", "similarity", "words", "notice", "kind", "section", "parent", "name", "hosts"]
    return table[names]


def _quoted(table: pd.DataFrame, notices: dict[str, Compared]) -> pd.DataFrame:
    """The table with the words of the notice in place of their offsets."""
    import pandas as pd

    def words(row: Any) -> str:
        if pd.isna(row.start) or pd.isna(row.end):
            return ""
        return notices[row.notice].record.text[int(row.start) : int(row.end)]

    evidence = [words(row) for row in table.itertuples()]
    return table.drop(columns=["start", "end", "page"]).assign(evidence=evidence)


def _fill(sheet: Any, table: pd.DataFrame, words: dict[str, str]) -> None:
    import pandas as pd
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    if len(table) > MOST_ROWS:
        raise ValueError(f"{sheet.title}: {len(table)} rows are more than a sheet holds ({MOST_ROWS})")
    heads = [_head(str(name), words) for name in table.columns]
    sheet.append(heads)
    wrap = Alignment(wrap_text=True, vertical="top")
    for row, values in enumerate(table.itertuples(index=False), 2):
        for column, value in enumerate(values, 1):
            if pd.isna(value) or value == "":
                continue
            cell = sheet.cell(row, column)
            _put(cell, value, words)
            cell.alignment = wrap
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.data_type = "s"
    for column, head in enumerate(heads, 1):
        cells = [str(value) for value in table.iloc[:200, column - 1]]
        lines = [line for text in [head, *cells] for line in text.split("\n")]
        wide = max((text_width(line, 2) for line in lines), default=8)
        sheet.column_dimensions[get_column_letter(column)].width = min(46, max(8, wide + 2))
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions


def _put(cell: Any, value: Any, words: dict[str, str]) -> None:
    import datetime as dt

    import pandas as pd
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if isinstance(value, pd.Timestamp):
        cell.value = value.date()
        cell.number_format = "yyyy-mm-dd"
    elif isinstance(value, bool | dt.date):
        cell.value = value
    elif hasattr(value, "item") or isinstance(value, int | float):
        cell.value = value.item() if hasattr(value, "item") else value
    else:
        text = str(value)
        for block in ("word", "fact", "dimension"):
            if f"{block}.{text}" in words and (block != "word" or text in FIXED):
                text = words[f"{block}.{text}"]
                break
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)[:LONGEST_CELL]
        cell.data_type = "s"  # "=1+1" stays what the notice says


def _head(name: str, words: dict[str, str]) -> str:
    return words.get(f"column.{name}") or words.get(f"fact.{name}", name)
