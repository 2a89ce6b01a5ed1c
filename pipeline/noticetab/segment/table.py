"""A table as all kinds of rows are read from it: columns with their kinds, rows of cells, groups of rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import regex

from noticetab.segment.columns import Column, column_of, words
from noticetab.segment.lines import Line
from noticetab.segment.strand import Strand, join


@dataclass(slots=True, eq=False)
class Table:
    """A table among the lines ``first`` to ``last`` (exclusive) of a unit.

    ``rows`` are cells by column, None where one is blank; a merged cell stands in every row that it
    covers, and ``inherited`` says in which columns of a row that is so. ``columns`` are the kinds of
    the columns, None for one of which none is known, and ``heads`` what heads them (the lowest head,
    folded and without blanks). ``groups`` is the heading that a row stands under within the table.
    """

    first: int
    last: int
    rows: list[list[Strand | None]]
    columns: list[Column | None] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    inherited: list[frozenset[int]] = field(default_factory=list)
    groups: list[Strand | None] = field(default_factory=list)
    doubted: list[Strand] = field(default_factory=list)
    """The heads of columns whose cells speak against them, or that may be of two kinds."""
    pairs: list[tuple[Strand, Strand]] = field(default_factory=list)
    """Labels and values, for a table that is nothing but these."""
    drawn: bool = False
    """Whether the source itself draws the cells; else they were guessed from the text."""

    def __post_init__(self) -> None:
        """Rows without merged cells and groups, if nothing is said of them."""
        self.inherited = self.inherited or [frozenset()] * len(self.rows)
        self.groups = self.groups or [None] * len(self.rows)

    def labelled(self, indent: int) -> list[Line]:
        """Labels and values as the lines that they would be without a table: 主办单位：市科协."""
        joined = [join([label.compact, value], "：") for label, value in self.pairs]
        return [Line(x.text, x.offsets, indent) for x in joined]

    def become_rows(self, *, activities: bool) -> bool:
        """Makes labels and values the rows of a table where they name what is held; whether they do.

        ``activities``: the section lists such things. A label that comes again opens the next row.
        """
        kinds = [column_of(label.compact.norm) for label, _ in self.pairs]
        if not activities or not any(kind is not None and kind.name == "name" for kind in kinds):
            return False
        at: dict[str, int] = {}
        self.rows, self.columns, self.heads = [], [], []
        row: list[Strand | None] = []
        for (label, value), kind in zip(self.pairs, kinds, strict=True):
            head = label.compact.norm
            if head not in at:
                at[head] = len(self.heads)
                self.heads.append(head)
                self.columns.append(kind)
            if not row or (len(row) > at[head] and row[at[head]] is not None):
                row = []
                self.rows.append(row)
            row += [None] * (len(self.heads) - len(row))
            row[at[head]] = value
        for row in self.rows:
            row += [None] * (len(self.heads) - len(row))
        self.inherited, self.groups = [frozenset()] * len(self.rows), [None] * len(self.rows)
        return True

    def index(self, *names: str) -> int | None:
        """The first column of one of these kinds, None if there is none."""
        return next((i for i, c in enumerate(self.columns) if c is not None and c.name in names), None)

    def all(self, *names: str) -> list[int]:
        """The columns of these kinds."""
        return [i for i, c in enumerate(self.columns) if c is not None and c.name in names]

    def own(self, at: int) -> list[Strand]:
        """The cells that a row prints itself; those it has from merged cells if it prints none."""
        row = self.rows[at]
        own = [cell for i, cell in enumerate(row) if cell and i not in self.inherited[at]]
        return own or [cell for cell in row if cell]

    def is_sum(self, at: int) -> bool:
        """Whether a row sums up the others (合计)."""
        cells = [c for c in self.rows[at] if c]
        return any(words().sums.match(c.compact.norm) for c in cells[:2])

    def day_above(self, at: int) -> Strand | None:
        """The day that the group of a row says: 5月26日（周日） over the rows of that day."""
        group = self.groups[at]
        return group if group is not None and words().days.match(group.compact.norm) else None

    def times(self) -> list[list[Strand]]:
        """The cells of time of each row.

        Where 日期 and 时间 are two columns, an empty date is the one above (merged cells); a row that
        holds nothing but a day, or a group of rows, says the day of the rows below it.
        """
        at = self.all("time")
        found: list[list[Strand]] = []
        above: Strand | None = None
        for number, row in enumerate(self.rows):
            cells = [row[i] if i < len(row) else None for i in at]
            only = [c for c in row if c]
            day = self.day_above(number)
            if day is not None and not any(c and _MONTH.search(c.compact.norm) for c in cells):
                cells.insert(0, day)
            elif len(only) == 1 and _DAY.match(only[0].compact.norm):
                above = only[0]  # a row that says the day of those below it
            else:
                cells, above = _under(above, cells, leading=bool(at) and at[0] == 0)
            found.append([c for c in cells if c])
        return found


def _under(
    above: Strand | None, cells: list[Strand | None], *, leading: bool
) -> tuple[list[Strand | None], Strand | None]:
    """A row's cells of time with the day above them where they have none, and the day for the rows below."""
    if len(cells) > 1:
        day = cells[0] or (above if leading or any(cells[1:]) else None)
        return [day, *cells[1:]], day
    if above is not None and cells and cells[0] and _CLOCK.match(cells[0].compact.norm):
        return [above, *cells], above
    return cells, above


_DAY = regex.compile(r"(?:\d{4}年)?\d{1,2}月\d{1,2}日(?:（[^（）]*）)?$")
_MONTH = regex.compile(r"\d月")
_CLOCK = regex.compile(r"(?:[上下]午|晚上?)?\d{1,2}(?:：\d\d|时)")


def values(cells: Sequence[Strand | None]) -> Iterator[Strand]:
    """The cells that are not blank."""
    return (cell for cell in cells if cell)
