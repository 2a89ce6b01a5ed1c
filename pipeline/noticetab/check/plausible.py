"""Plausible: values that do not look like what their field holds are not trusted.

No value is changed. A row whose organization reads like a sentence, or whose person has no
surname, keeps its values and loses confidence, so that LOW_CONFIDENCE names it
(``rules/plausible.toml``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from noticetab import rules
from noticetab.normalize.persons import is_person
from noticetab.record import Record, Row
from noticetab.segment.strand import fold


class Shape(rules.Rules):
    """What a field's value never holds, or what kind of thing it is."""

    table: str
    field: str
    never: rules.Regex | None = None
    kind: Literal["person"] | None = None


class PlausibleRules(rules.Rules):
    """rules/plausible.toml."""

    trust: float
    shapes: list[Shape]


@dataclass(frozen=True)
class _Test:
    field: str
    fails: Callable[[str], bool]


@rules.cached
def _rules() -> PlausibleRules:
    return rules.load("plausible", PlausibleRules)


@rules.cached
def _tests() -> dict[str, list[_Test]]:
    """The tests of each table."""
    found: dict[str, list[_Test]] = {}
    for shape in _rules().shapes:
        if shape.kind == "person":
            test = _Test(shape.field, lambda text: not is_person(text))
        else:
            assert shape.never is not None
            never = shape.never
            test = _Test(shape.field, lambda text, never=never: never.search(text) is not None)  # type: ignore[misc]
        found.setdefault(shape.table, []).append(test)
    return found


@rules.remembered(20_000)
def _is_implausible(table: str, field: str, text: str) -> bool:
    """Whether a value fails a test of its field; offices and names come again in notice after notice."""
    folded = fold(text)
    return any(test.field == field and test.fails(folded) for test in _tests().get(table, ()))


@rules.cached
def _fields() -> dict[str, list[str]]:
    """The fields of each table that are tested."""
    return {table: list(dict.fromkeys(test.field for test in tests)) for table, tests in _tests().items()}


def limit(record: Record) -> None:
    """Trusts no row with an implausible value more than the rules say."""
    trust, fields = _rules().trust, _fields()
    for table, row in record.rows():
        for field in fields.get(table, ()):
            if row.confidence > trust and any(_is_implausible(table, field, x) for x in _texts(row, field)):
                row.confidence = trust
    for row in _scattered(record):
        row.confidence = min(row.confidence, trust)


_APART = 4
"""Lines between two lines of hosts that are not of one list."""


def _scattered(record: Record) -> Iterator[Row]:
    """Hosts of the event whose role stands in several places: some may be those of single activities."""
    places: dict[str, list[tuple[int, Row]]] = {}
    for row in record.organizers:
        if row.rule == "organizer.label" and row.role != "成员":
            line = record.text.count("\n", 0, row.evidence.start)
            places.setdefault(row.role, []).append((line, row))
    for found in places.values():
        gaps = sum(b - a > _APART for (a, _), (b, _) in pairwise(sorted(found, key=lambda x: x[0])))
        if gaps > 1:
            yield from (row for _, row in found)


def _texts(row: Row, field: str) -> Iterator[str]:
    value = getattr(row, field)
    for text in value if isinstance(value, list) else [value]:
        if text:
            yield text
