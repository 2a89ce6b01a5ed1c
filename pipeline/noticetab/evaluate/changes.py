"""What changed between the records of two versions of the program: rows gained, lost, changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from noticetab.evaluate.tally import Json

UNCOMPARED = frozenset({"evidence", "confidence", "rule", "related", "labels", "spans"})
"""How a value was come by: a rule that is renamed, or one that points more exactly, changes no row."""

KEYS: dict[str, tuple[str, ...]] = {
    "events": ("name",),
    "themes": ("role",),
    "sections": ("level", "heading"),
    "organizers": ("activity", "role", "raw"),
    "activities": ("section", "number", "name"),
    "dates": ("raw",),
    "deadlines": ("due_on", "what"),
    "contacts": ("persons", "phones"),
    "people": ("body", "role", "name"),
    "attachments": ("title",),
    "quotas": ("who", "what"),
    "references": ("title",),
    "findings": ("code",),
}
"""By what two rows of a table are the same row, though something else of them changed."""


@dataclass(frozen=True, slots=True)
class Change:
    """A row that one version has and the other has not, or that differs in ``fields``.

    ``document`` and ``table`` say where, ``old`` and ``new`` are the rows (None where there is none).
    """

    document: str
    table: str
    kind: Literal["gained", "lost", "changed"]
    old: Json | None
    new: Json | None
    fields: tuple[str, ...] = ()


def changes(old: Mapping[str, Json], new: Mapping[str, Json]) -> Iterator[Change]:
    """Compare two sets of records (as JSON data, by name); in the order of ``new``, then what is gone."""
    for name in [*new, *(name for name in old if name not in new)]:
        before, after = _tables(old.get(name, {})), _tables(new.get(name, {}))
        for table in [*after, *(table for table in before if table not in after)]:
            for one, other in _pairs(table, before.get(table, []), after.get(table, [])):
                if one is None:
                    yield Change(name, table, "gained", None, other)
                elif other is None:
                    yield Change(name, table, "lost", one, None)
                else:
                    differing = (key for key in {**one, **other} if one.get(key) != other.get(key))
                    yield Change(name, table, "changed", one, other, tuple(differing))


def _tables(record: Json) -> dict[str, list[Json]]:
    """The compared values of each table; activities' organizers are rows of ``organizers``."""
    tables: dict[str, list[Json]] = {}
    if isinstance(record.get("notice"), dict):
        tables["notice"] = [_compared(record["notice"])]
    for key in KEYS:
        rows = [row for row in record.get(key) or () if isinstance(row, dict)]
        if key == "activities":
            for row in rows:
                owner = row.get("name") or row.get("description") or ""
                hosts = [{"activity": owner, **host} for host in row.get("organizers") or ()]
                tables.setdefault("organizers", []).extend(map(_compared, hosts))
            rows = [{k: v for k, v in row.items() if k != "organizers"} for row in rows]
        tables.setdefault(key, []).extend(map(_compared, rows))
    return tables


def _compared(row: Json) -> Json:
    return {key: value for key, value in row.items() if key not in UNCOMPARED}


def _pairs(table: str, old: list[Json], new: list[Json]) -> Iterator[tuple[Json | None, Json | None]]:
    """The rows that differ: pairs of the same row, else a row with None."""
    old, new, _ = _matched(old, new, _everything)
    if table == "notice":
        old, new, same = _matched(old, new, lambda _row: "notice")
    else:
        old, new, same = _matched(old, new, lambda row: _everything({k: row.get(k) for k in KEYS[table]}))
    yield from same
    yield from ((None, row) for row in new)
    yield from ((row, None) for row in old)


def _everything(row: Any) -> Hashable:
    return json.dumps(row, ensure_ascii=False, sort_keys=True, default=str)


def _matched(
    old: list[Json], new: list[Json], key: Callable[[Json], Hashable]
) -> tuple[list[Json], list[Json], list[tuple[Json, Json]]]:
    """What is left of both sides, and the pairs of equal ``key``."""
    waiting: dict[Hashable, list[Json]] = {}
    for row in old:
        waiting.setdefault(key(row), []).append(row)
    pairs: list[tuple[Json, Json]] = []
    fresh: list[Json] = []
    for row in new:
        if same := waiting.get(key(row)):
            pairs.append((same.pop(0), row))
        else:
            fresh.append(row)
    return [row for rows in waiting.values() for row in rows], fresh, pairs
