"""Quotas that stand in a table: a row for each number that a class or a body is to give (docs/record.md, rule 13)."""

from __future__ import annotations

from collections.abc import Iterator

from noticetab.extraction.context import Context
from noticetab.record import Quota
from noticetab.segment.columns import holds_events, words
from noticetab.segment.markers import chinese_number
from noticetab.segment.strand import Strand
from noticetab.segment.table import Table


def rows(context: Context, table: Table) -> Iterator[Quota]:
    """The numbers of a table of quotas (单位 | 名额); nothing where no column says whose they are."""
    whose = _whose(table)
    if whose is None or holds_events(table.columns):
        return
    for at, cells in enumerate(table.rows):
        who = cells[whose]
        if who is None or table.is_sum(at):
            continue
        for column in table.all("quota"):
            cell = cells[column]
            if cell is None or column in table.inherited[at]:
                continue  # one number for several together is none for each
            made = _quota(context, who, cell, table.heads[column])
            if made is not None:
                yield made


def _whose(table: Table) -> int | None:
    """The column of those who give: offices, else the first one whose head says nothing known."""
    known = table.index("unit", "organizers")
    if known is not None or table.index("quota") is None:
        return known
    unknown = [i for i, column in enumerate(table.columns) if column is None and table.heads[i]]
    return unknown[0] if unknown and unknown[0] <= 1 else None


def _quota(context: Context, who: Strand, cell: Strand, head: str) -> Quota | None:
    """The row of one cell; None where it is no number."""
    number = words().amount.match(cell.compact.norm)
    counted = words().counted.match(head)
    if number is None or counted is None:
        return None
    low, high = (chinese_number(number[x].replace("两", "二")) if number[x] else None for x in ("a", "b"))
    if low is None:
        return None
    least: int | None
    most: int | None
    if number["most"] or number["end"] in ("以内", "以下"):
        least, most = None, low
    elif number["least"] or number["end"] == "以上":
        least, most = low, high
    else:
        least, most = low, low if high is None else high
    return Quota(
        who=who.value,
        what=counted["what"] or head.split("（")[0],
        min=least,
        max=most,
        unit=number["unit"] or number["ua"] or counted["unit"],
        evidence=context.evidence(cell),
        rule="quota.table",
        confidence=0.9,
    )
