"""How right the records of shaped notices are: figures over values, evidence and findings left out."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import noticetab
from noticetab.check.confidence import confidence_rules
from noticetab.evaluate import Score, score
from noticetab.evaluate.tally import Tally, silent
from shapes import SHAPES, Notice, Shape, Shaped, names, notice, seeded

LEFT_OUT = ("evidence", "findings", "negative.rows")
COLUMNS = ("shape", "keeps", "files", "F1", "P", "R", "wrong values silent", "right values flagged")


@dataclass
class Figures:
    """What was counted of one shape."""

    shape: Shape
    files: int = 0
    right: int = 0
    extra: int = 0
    missing: int = 0
    wrong: int = 0
    silent: int = 0
    placed: int = 0
    flagged: int = 0
    worst: list[tuple[float, str]] = field(default_factory=list)

    @property
    def f1(self) -> float:
        """F1 over values."""
        total = 2 * self.right + self.extra + self.missing
        return 2 * self.right / total if total else 1.0

    @property
    def precision(self) -> float:
        """The share of values given that are right."""
        return self.right / (self.right + self.extra) if self.right + self.extra else 1.0

    @property
    def recall(self) -> float:
        """The share of gold's values that were given."""
        return self.right / (self.right + self.missing) if self.right + self.missing else 1.0

    def add(self, name: str, values: Tally, threshold: float) -> None:
        """Counts one record."""
        right, extra, missing = values.counts
        self.files += 1
        self.right += right
        self.extra += extra
        self.missing += missing
        quiet, wrong = silent(values.wrong, threshold)
        unflagged, placed = silent(values.sound, threshold)
        self.silent += quiet
        self.wrong += wrong
        self.placed += placed
        self.flagged += placed - unflagged
        self.worst.append((values.f1, name))

    def cells(self) -> tuple[str, ...]:
        """The figures as a row of a table with :data:`COLUMNS`."""
        return (
            self.shape.name,
            self.shape.keeps,
            str(self.files),
            f"{self.f1:.3f}",
            f"{self.precision:.3f}",
            f"{self.recall:.3f}",
            f"{self.silent / self.wrong:.0%} of {self.wrong}" if self.wrong else "-",
            f"{self.flagged / self.placed:.0%}" if self.placed else "-",
        )

    def as_json(self) -> dict[str, Any]:
        """The figures as data."""
        return {
            "shape": self.shape.name,
            "keeps": self.shape.keeps,
            "files": self.files,
            "f1": round(self.f1, 4),
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
            "wrong": self.wrong,
            "silent_share": round(self.silent / self.wrong, 4) if self.wrong else 0.0,
            "flagged_right_share": round(self.flagged / self.placed, 4) if self.placed else 0.0,
        }


def record_of(shaped: Shaped, folder: Path) -> dict[str, Any]:
    """The record of a shaped notice, as JSON data, read from a file of its ending in ``folder``."""
    if shaped.suffix == ".txt":
        return noticetab.extract_text(shaped.text).model_dump(mode="json")
    path = folder / f"notice{shaped.suffix}"
    path.write_text(shaped.text, "utf-8")
    return noticetab.extract(path).model_dump(mode="json")


def values(result: Score) -> Tally:
    """All fields of a score that hold values."""
    total = Tally()
    for name, tally in result.fields.items():
        if name not in LEFT_OUT:
            total.add(tally)
    return total


def shaped_scores(
    shape: Shape, known: Iterable[Notice], templates: int = 1, seed: str = "corpus"
) -> Iterator[tuple[str, Shaped, Score]]:
    """Each notice in the shape, ``templates`` draws of it, with its score."""
    with tempfile.TemporaryDirectory() as folder:
        for one in known:
            for draw in range(templates):
                shaped = shape.make(one, seeded(seed, shape.name, one.name, draw))
                if shaped is not None:
                    yield one.name, shaped, score(shaped.gold, record_of(shaped, Path(folder)))


def chosen(shape: str, sample: int | None, seed: str) -> Iterator[Notice]:
    """All gold notices, or a ``sample`` of so many drawn for a shape."""
    found: tuple[str, ...] | list[str] = names()
    if sample is not None:
        found = seeded(seed, "sample", shape).sample(found, min(sample, len(found)))
    return map(notice, found)


def measure(
    shapes: Iterable[str] = (),
    sample: int | None = None,
    templates: int = 1,
    seed: str = "corpus",
) -> list[Figures]:
    """Figures of shapes (all, or those named) over all gold notices, or a seeded ``sample`` of them."""
    threshold = confidence_rules().threshold
    found = []
    for name in shapes or SHAPES:
        figures = Figures(SHAPES[name])
        for known, _, result in shaped_scores(SHAPES[name], chosen(name, sample, seed), templates, seed):
            figures.add(known, values(result), threshold)
        found.append(figures)
    return found


def as_table(found: Iterable[Figures]) -> str:
    """The figures as a table in Markdown."""
    rows = [COLUMNS, ("---",) * len(COLUMNS), *(x.cells() for x in found)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def as_json(found: Iterable[Figures]) -> str:
    """The figures as JSON."""
    return json.dumps([x.as_json() for x in found], indent=1)
