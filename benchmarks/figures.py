"""What a part of ``proof.py`` gives: a heading, a table, facts and faults, as Markdown and JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

Value = str | int | float | None


@dataclass
class Figures:
    """The figures of one part.

    ``columns`` and ``rows`` are a table (none without columns); numbers are shown as they are, so
    round them. ``facts`` are sentences that stand below the table. ``faults`` are sentences on
    what did not hold, each with what is needed to see it again; they stand first, and a part with
    faults makes ``proof.py`` end with status 1.
    """

    heading: str
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[Value]] = ()
    facts: Sequence[str] = ()
    faults: Sequence[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Refuse rows that do not fit the columns (ValueError)."""
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"{self.heading}: {len(self.columns)} columns, but a row {row!r}")

    def lines(self) -> list[str]:
        """As Markdown, without the heading."""
        blocks = []
        if self.faults:
            blocks.append([f"* **Does not hold:** {_flat(fault)}" for fault in self.faults])
        if self.columns:
            table = [_row(self.columns), _row(["---"] * len(self.columns))]
            blocks.append(table + [_row(row) for row in self.rows])
        if self.facts:
            blocks.append([f"* {_flat(fact)}" for fact in self.facts])
        return [line for at, block in enumerate(blocks) for line in ([""] * bool(at) + block)]

    def write(self, path: Path) -> None:
        """As JSON."""
        path.write_text(json.dumps(asdict(self), ensure_ascii=False), "utf-8")

    @classmethod
    def read(cls, path: Path) -> Figures:
        """What :meth:`write` wrote."""
        return cls(**json.loads(path.read_text("utf-8")))


def _row(cells: Sequence[Value]) -> str:
    return (
        "| "
        + " | ".join("" if cell is None else _flat(str(cell)).replace("|", "\\|") for cell in cells)
        + " |"
    )


def _flat(text: str) -> str:
    """Text on one line that no mark of the file of results can hide in."""
    return " ".join(text.split()).replace("<!--", "<! --")
