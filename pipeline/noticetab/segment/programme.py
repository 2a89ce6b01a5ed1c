"""Programmes printed as lines: 5月21日 / 上午 科普讲座 市科技馆, or ◆科普讲座 5月21日 市科技馆, made tables of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from noticetab import rules
from noticetab.segment.columns import Column, kind, words
from noticetab.segment.strand import Strand
from noticetab.segment.table import Table

_CLOCK = r"\d{1,2}(?:：\d\d|时(?:\d{1,2}分?|半)?|点(?:\d{1,2}分?|半)?)"
_RANGE = rf"{_CLOCK}(?:\s?[—~至到-]{{1,2}}\s?{_CLOCK})?"
_LEAST = 2
"""Entries of a programme at least."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """What one line says: cells of time, the name of what is held, and the cells behind it."""

    times: list[Strand]
    name: Strand
    rest: list[Strand]


@rules.cached
def _time() -> regex.Pattern[str]:
    """A cell that is a time and nothing else: 5月21日上午, 9：00—10：00."""
    day, part = (x.pattern.removeprefix("^").removesuffix("$") for x in (words().days, words().parts_of_day))
    part = part.removesuffix(r"(?:（?\d{1,2}：\d\d.*)?")
    span = r"(?:\d{4}年)?\d{1,2}月\d{1,2}日?[—~至到-]{1,2}(?:\d{1,2}月)?\d{1,2}日"
    return regex.compile(rf"(?:{span}|(?:{day})?)(?:{part})?(?:{_RANGE})?")


def of_lines(lines: Sequence[Strand]) -> Table | None:
    """The table of a section whose lines are days and what is held on them; None if they are anything else."""
    day: Strand | None = None
    rows: list[tuple[Strand | None, _Entry]] = []
    for line in lines:
        if words().days.match(line.compact.norm):
            day = line
        elif (entry := _timed(line)) is not None:
            rows.append((day, entry))
        else:
            return None
    return _table(rows) if len(rows) >= _LEAST else None


def of_bullets(lines: Sequence[Strand]) -> Table | None:
    """The same for items whose cells blanks part, the name first; None if one has no cell of time."""
    entries = [_named(line) for line in lines]
    rows = [(None, entry) for entry in entries if entry is not None]
    return _table(rows) if len(rows) == len(entries) >= _LEAST else None


def is_entry(line: Strand) -> bool:
    """Whether a line says what is held at a time that opens it: 上午 科普讲座 市科技馆."""
    return _timed(line) is not None


def _cells(line: Strand) -> list[Strand]:
    return [line.sub(m.start(), m.end()) for m in regex.finditer(r"\S+", line.norm)]


def _timed(line: Strand) -> _Entry | None:
    """上午 科普讲座 市科技馆, 9：00—9：30：开幕式（县会展中心）."""
    head = _time().match(line.norm)
    if head is None or not head.group():
        return None
    rest = line.norm[head.end() :]
    gap = regex.match(r"\s*[：，]\s*|\s+", rest)
    if gap is None:
        return None
    times = [line.sub(0, head.end())]
    cells = _cells(line.sub(head.end() + gap.end()))
    while cells and _is_time(cells[0]):
        times.append(cells.pop(0))
    if not cells or regex.search(r"[。；：]", "".join(c.norm for c in cells).rstrip("。；")):
        return None
    return _Entry(times, *_with_bracket(cells))


def _with_bracket(cells: list[Strand]) -> tuple[Strand, list[Strand]]:
    """The name and the cells behind it; a place in the bracket that closes a name is such a cell."""
    name, rest = cells[0], cells[1:]
    while name and name.norm[-1] in "。；，":
        name = name.sub(0, len(name) - 1)
    found = regex.search(r"（(?P<in>[^（）]{2,30})）$", name.norm)
    if not rest and found is not None and found.start() >= 2 and _is_place(name.sub(*found.span("in"))):
        return name.sub(0, found.start()), [name.sub(*found.span("in"))]
    return name, rest


def _named(line: Strand) -> _Entry | None:
    """科普讲座 5月21日 市科技馆 市科技局."""
    cells = _cells(line)
    at = next((i for i, cell in enumerate(cells) if _is_time(cell)), 0)
    if not at:
        return None
    end = at
    while end < len(cells) and _is_time(cells[end]):
        end += 1
    start = line.norm.index(cells[0].norm)
    name = line.sub(start, line.norm.index(cells[at].norm, start))
    if regex.search(r"[。；：，]", name.norm):
        return None
    return _Entry(cells[at:end], name, cells[end:])


def _is_time(cell: Strand) -> bool:
    return bool(cell.norm) and _time().fullmatch(cell.norm) is not None


def _is_place(cell: Strand) -> bool:
    return words().places.search(cell.compact.norm) is not None


def _table(rows: Sequence[tuple[Strand | None, _Entry]]) -> Table:
    """Columns day, times, name, place; a cell that is no place stands in none."""
    most = max(len(entry.times) for _, entry in rows)
    columns: list[Column | None] = [kind("time"), *[kind("time")] * most, kind("name"), kind("place")]
    cells = [list(_row(day, entry, most)) for day, entry in rows]
    table = Table(0, 0, cells, columns, [""] * len(columns))
    table.inherited = [frozenset({0}) if day is not None else frozenset[int]() for day, _ in rows]
    return table


def _row(day: Strand | None, entry: _Entry, most: int) -> Iterator[Strand | None]:
    yield day
    yield from entry.times
    yield from [None] * (most - len(entry.times))
    yield entry.name
    yield next((cell for cell in entry.rest[:1] if _is_place(cell)), None)
