"""What a column of a table holds: its heads and its cells vote together (rules/columns.toml)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from noticetab import rules
from noticetab.patterns import pattern
from noticetab.segment.strand import Strand


class Column(rules.Rules):
    """A kind of column: the words that head it, and what its cells look like.

    ``heads`` name the kind fully, ``like`` by their ending; ``cells`` is what a cell of it looks like,
    ``never`` are formats that none has. A ``telling`` kind is known by its cells alone, which then all
    have its ``format`` (its name, if it gives none).
    """

    name: str
    role: str | None = None
    heads: rules.Regex
    like: rules.Regex | None = None
    cells: rules.Regex | None = None
    never: list[str] = []
    telling: bool = False
    format: str | None = None
    may_name: bool = False
    """Whether it holds the names where no other column does."""


class TableWords(rules.Rules):
    """Rows and axes of tables."""

    sums: rules.Regex
    notes: rules.Regex
    days: rules.Regex
    parts_of_day: rules.Regex
    axis: rules.Regex
    counted: rules.Regex
    amount: rules.Regex
    places: rules.Regex


class ColumnRules(rules.Rules):
    """rules/columns.toml."""

    formats: dict[str, rules.Regex]
    words: TableWords
    columns: list[Column]


def words() -> TableWords:
    """The words of rows and axes."""
    return rules.load("columns", ColumnRules).words


@rules.cached
def kinds() -> list[Column]:
    """All kinds of columns; of equals the first wins."""
    return rules.load("columns", ColumnRules).columns


@rules.cached
def _any_head() -> regex.Pattern[str]:
    """The heads of all columns as one."""
    return regex.compile("|".join(f"(?:{column.heads.pattern})" for column in kinds()))


def column_of(text: str) -> Column | None:
    """The kind of column that a header cell (folded, without blanks) names fully."""
    if _any_head().match(text) is None:
        return None
    return next((column for column in kinds() if column.heads.match(text)), None)


def kind(name: str) -> Column:
    """The first kind of column of a name."""
    return next(column for column in kinds() if column.name == name)


def named(columns: list[Column | None]) -> list[Column | None]:
    """Columns of which one holds the names: where none is headed so, the contents do (主要内容)."""
    if any(c and c.name == "name" for c in columns):
        return columns
    name = kind("name")
    for i, column in enumerate(columns):
        if column is not None and column.may_name:
            return [*columns[:i], name, *columns[i + 1 :]]
    # 序号 | 开放实验室 | 时间 | 地点: what the numbers count stands behind them.
    if len(columns) > 3 and columns[0] is not None and columns[0].name == "serial" and columns[1] is None:
        return [columns[0], name, *columns[2:]]
    return columns


def holds_events(columns: Sequence[Column | None]) -> bool:
    """Whether a table says of things when, where and by whom they are held: two of these three."""
    held = {column.name for column in columns if column is not None}
    return len(held & {"time", "place", "organizers"}) >= 2


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a column was found to hold: None if nothing is known of it.

    ``headed`` says that its heads name the kind, ``doubted`` that heads and cells speak against each
    other, or for two kinds alike: then the kind is None.
    """

    column: Column | None
    headed: bool = False
    doubted: bool = False


_FULL, _LIKE, _ABOVE = 2.0, 1.2, 0.6
"""What a head speaks for a kind: named fully, by its ending, and by a head above the lowest (a factor)."""
_AGREE, _PARTLY, _RARELY, _AGAINST = 1.0, 0.3, -0.4, -1.3
"""What cells speak for or against a kind: nearly all look like it, most, some, hardly any."""
_ENOUGH, _MARGIN = 0.9, 0.25
"""The least votes that make a kind, and by how much it must lead another."""


def vote(path: Sequence[str], cells: Sequence[Strand]) -> Verdict:
    """What a column holds by its heads, from the top down, and its cells (those that are not blank)."""
    texts = ["".join(cell.norm.split()) for cell in cells]
    formats = _formats(texts)
    tally: dict[str, tuple[float, float, Column]] = {}
    for column in kinds():
        head = _head(column, path)
        if head == 0.0 and not (column.telling and len(texts) > 1):
            continue
        votes = head + _cells(column, texts, formats, alone=head == 0.0)
        if column.name not in tally or votes > tally[column.name][0]:
            tally[column.name] = votes, head, column
    ranked = sorted(tally.values(), key=lambda x: -x[0])
    if not ranked:
        return Verdict(None)
    votes, head, column = ranked[0]
    headed = any(h > 0 for _, h, _ in ranked)
    if votes < _ENOUGH:
        return Verdict(None, headed, doubted=headed and bool(texts))
    if len(ranked) > 1 and votes - ranked[1][0] < _MARGIN and head < _FULL:
        return Verdict(None, headed, doubted=True)
    return Verdict(column, head > 0)


def is_head(text: str) -> bool:
    """Whether a text (folded, without blanks) names a kind of column, fully or by its ending."""
    return bool(text) and len(text) <= 16 and any(_named(column, text) for column in kinds())


def _head(column: Column, path: Sequence[str]) -> float:
    """What the heads speak for a kind; the lowest speaks most."""
    best = 0.0
    for depth, text in enumerate(reversed(path)):
        best = max(best, _named(column, text) * (1.0 if depth == 0 else _ABOVE))
    if len(path) > 1:
        best = max(best, 0.95 * _named(column, "".join(path)))
    return best


def _named(column: Column, text: str) -> float:
    bare = pattern(r"（[^（）]*）$").sub("", text)
    if column.heads.match(text) or column.heads.match(bare):
        return _FULL
    if column.like is not None and (column.like.search(text) or column.like.search(bare)):
        return _LIKE
    return 0.0


def _formats(texts: Sequence[str]) -> dict[str, float]:
    """The share of cells that have each format."""
    if not texts:
        return {}
    known = rules.load("columns", ColumnRules).formats
    return {name: sum(p.match(x) is not None for x in texts) / len(texts) for name, p in known.items()}


def _cells(column: Column, texts: Sequence[str], formats: dict[str, float], *, alone: bool) -> float:
    """What the cells speak for a kind; ``alone``: its heads say nothing of it."""
    if not texts:
        return 0.0
    if alone:
        return _AGREE if formats[column.format or column.name] > 0.9 else 0.0
    if max((formats[name] for name in column.never), default=0.0) > 0.6:
        return _AGAINST
    if column.cells is None:
        return 0.0
    share = sum(column.cells.search(x) is not None for x in texts) / len(texts)
    if share >= 0.8:
        return _AGREE
    if share >= 0.5:
        return _PARTLY
    return _RARELY if share >= 0.2 or len(texts) == 1 else _AGAINST
