"""A comparison on the screen: the facts, what is aligned, what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .texts import Language, texts
from .view import WIDEST

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console

    from .comparison import Comparison

BRIEF = (
    "title", "doc_number", "issuers", "event", "theme", "subtheme", "period", "days", "lead_days", "opening",
    "hosts", "activities", "focus_points", "declared", "deadlines", "quotas", "findings",
)  # fmt: skip
MOST_LINES = 4
"""Lines of a cell; the rest is counted."""


def print_comparison(comparison: Comparison, console: Console, language: Language = "zh") -> None:
    """Print the comparison. Wide ones (over eight notices) are listed notice by notice."""
    words = texts(language)
    if len(comparison.compared) > WIDEST:
        _print(console, words["section.facts"], _listed(comparison, words), words)
    else:
        _print(console, words["section.facts"], _facts(comparison, words), words)
    for name, table in (
        ("section.activities", comparison.activities_table()),
        ("section.focus", comparison.focus_table()),
    ):
        aligned = table[table["status"] != "only"].sort_values("similarity", ascending=False)
        if len(aligned) and len(comparison.groups) <= WIDEST:
            shown = aligned[["status", "similarity", *comparison.groups]].copy()
            shown["status"] = [words[f"word.{status}"] for status in shown["status"]]
            shown["similarity"] = [f"{value:.2f}" for value in shown["similarity"]]
            shown.columns = ["", words["word.similarity"], *comparison.groups]
            _print(console, words[name], shown, words)
        only = int((table["status"] == "only").sum())
        console.print(
            f"{words[name]}: {len(aligned)} {words['word.aligned_rows']}, {only} {words['word.only']}",
            highlight=False,
        )
    if len(comparison.changes):
        grouped = comparison.changes.groupby(["earlier", "later", "change"], sort=False)
        counted = grouped.size().unstack(fill_value=0).reset_index()
        counted.columns = [words.get(f"word.{name}") or words[f"column.{name}"] for name in counted.columns]
        _print(console, words["section.changes"], counted, words)


def _facts(comparison: Comparison, words: dict[str, str]) -> pd.DataFrame:
    table = comparison.facts_table()
    table = table.reindex([name for name in BRIEF if name in table.index])
    table.insert(0, "", [words[f"fact.{name}"] for name in table.index])
    return table


def _listed(comparison: Comparison, words: dict[str, str]) -> pd.DataFrame:
    names = ("notice", "title", "starts_on", "days", "activities", "focus_points")
    table = comparison.notices[list(names)].copy()
    table["starts_on"] = table["starts_on"].dt.strftime("%Y-%m-%d")
    keys = ("word.notice", "fact.title", "fact.period", "fact.days", "fact.activities", "fact.focus_points")
    table.columns = [words[key] for key in keys]
    return table


def _print(console: Console, title: str, rows: pd.DataFrame, words: dict[str, str]) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(
        title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False,
        show_lines=False,
    )  # fmt: skip
    for name in rows.columns:
        table.add_column(Text(str(name)), overflow="fold")
    for values in rows.itertuples(index=False):
        table.add_row(*(Text(_cell(value, words)) for value in values))
    console.print(table)


def _cell(value: Any, words: dict[str, str]) -> str:
    import pandas as pd

    if value is None or pd.isna(value):
        return ""
    lines = str(value).split("\n")
    if len(lines) > MOST_LINES:
        lines = [*lines[:MOST_LINES], f"{words['page.more']} {len(lines) - MOST_LINES}"]
    return "\n".join(lines)
