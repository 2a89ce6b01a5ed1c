"""Counting what is right, missing and extra, and what of it nothing warns of."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

Json = dict[str, Any]

_BRACKETS = str.maketrans("〔〕【】[]", "()()()", "\u200b\u200c\ufeff")


@dataclass(slots=True)
class Tally:
    """Counts of one field: what is right, what only gold has, what only the record has."""

    right: int = 0
    missing: list[Any] = field(default_factory=list)
    extra: list[Any] = field(default_factory=list)
    wrong: list[tuple[Json, Json]] = field(default_factory=list)
    """(row, record) of what is extra, where it came from a row: see :func:`silent`."""
    sound: list[tuple[Json, Json]] = field(default_factory=list)
    """The same of what is right."""

    @property
    def precision(self) -> float:
        """The share of what the record says that is right; 1.0 if it says nothing."""
        return self.right / (self.right + len(self.extra)) if self.right or self.extra else 1.0

    @property
    def recall(self) -> float:
        """The share of what gold says that the record has; 1.0 if gold says nothing."""
        return self.right / (self.right + len(self.missing)) if self.right or self.missing else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many are right, extra and missing."""
        return self.right, len(self.extra), len(self.missing)

    def count(
        self,
        gold: Iterable[Hashable],
        got: Iterable[Hashable],
        rows: Iterable[Json] = (),
        record: Json | None = None,
    ) -> None:
        """Count two multisets of keys against each other; ``rows`` are those that ``got`` came from."""
        left = Counter(gold)
        for key, row in zip_longest(got, rows):
            here = left[key] > 0
            if here:
                left[key] -= 1
                self.right += 1
            else:
                self.extra.append(key)
            if row is not None and record is not None:
                (self.sound if here else self.wrong).append((row, record))
        self.missing += left.elements()

    def add(self, other: Tally) -> None:
        """Sum another tally into this one."""
        self.right += other.right
        self.missing += other.missing
        self.extra += other.extra
        self.wrong += other.wrong
        self.sound += other.sound


class Score:
    """A :class:`Tally` for each field, as found in one document or summed over several."""

    def __init__(self, record: Json | None = None) -> None:
        """Start with nothing counted, for ``record`` or for a sum of several."""
        self.fields: dict[str, Tally] = {}
        self._record = record or {}

    def __getitem__(self, name: str) -> Tally:
        """The tally of a field, an empty one if nothing was counted yet."""
        return self.fields.setdefault(name, Tally())

    def add(self, other: Score) -> None:
        """Sum the counts of another document into this one."""
        for name, tally in other.fields.items():
            self[name].add(tally)

    @property
    def total(self) -> Tally:
        """All fields together."""
        total = Tally()
        for tally in self.fields.values():
            total.add(tally)
        return total

    @property
    def perfect(self) -> bool:
        """Whether something was compared and nothing is missing or extra."""
        return self.total.right > 0 and self.total.counts[1:] == (0, 0)

    def sets(
        self, name: str, gold: Iterable[Hashable], got: Iterable[Hashable], rows: Iterable[Json] = ()
    ) -> None:
        """Count multisets of keys; ``rows`` are those that ``got`` came from, one by one."""
        self[name].count(gold, got, rows, self._record)

    def value(self, name: str, gold: Any, got: Any, row: Json | None = None) -> None:
        """Count single values, that of ``row``; null on both sides counts nothing."""
        gold, got = plain(gold), plain(got)
        found = () if got is None else (got,)
        self.sets(name, () if gold is None else (gold,), found, (row,) if row and found else ())


OF_THE_DOCUMENT = frozenset({"MISSING_ELEMENT", "LINES_LOST"})
"""Codes of findings that warn of no single value."""


def silent(wrong: Iterable[tuple[Json, Json]], threshold: float) -> tuple[int, int]:
    """How many wrong values nothing warns of, and how many there are.

    A value is warned of if its row's ``confidence`` is below ``threshold`` or a finding of its
    record points at a place that the row was read from. What is missing, and what is said of the
    document as a whole, points at no value.
    """
    pairs = list(wrong)
    return sum(not _is_flagged(row, record, threshold) for row, record in pairs), len(pairs)


def _is_flagged(row: Json, record: Json, threshold: float) -> bool:
    if float(row.get("confidence", 1.0)) < threshold:
        return True
    here = row.get("evidence") or {}
    for finding in rows_of(record, "findings"):
        if finding.get("code") in OF_THE_DOCUMENT:
            continue
        for place in (finding.get("evidence") or {}, *(finding.get("related") or ())):
            if (
                place
                and here
                and "start" in here
                and place["start"] < here["end"]
                and here["start"] < place["end"]
            ):
                return True
    return False


def plain(value: Any) -> str | None:
    """A value as it is compared: without white space, width and bracket shape."""
    return None if value is None else "".join(folded(value).split())


def folded(value: Any) -> str:
    """A value as text with width and bracket shape folded, white space kept."""
    return unicodedata.normalize("NFKC", str(value)).translate(_BRACKETS)


def rows_of(record: Json, key: str) -> list[Json]:
    """The rows of one list of a record, whatever else it may hold."""
    return [row for row in record.get(key) or () if isinstance(row, dict)]
