"""What the program saw in a notice: its outline, and each row under the line it came from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from noticetab.record import Activity, Evidence, Organizer

if TYPE_CHECKING:
    from noticetab.record import Record, Row

HIDDEN = frozenset(
    {"evidence", "rule", "confidence", "organizers", "fields", "related", "labels", "message_en", "spans"}
)
"""Fields that are not a row's values, or stand under it as rows of their own."""

LONGEST = 60
"""Characters of a value that are shown."""


@dataclass(frozen=True, slots=True)
class Note:
    """A row as it is explained: its ``table``, its ``values`` in words, where it stands in the text
    (``start``, ``end``), the ``rule`` that made it, and how far it is indented under its line."""

    table: str
    values: str
    start: int
    end: int
    rule: str
    confidence: float
    depth: int = 0


def outline(record: Record) -> Iterator[str]:
    """The headings as a tree, one a line, with what belongs to each counted."""
    for section in record.sections:
        declared = f"（{section.declared_count}）" if section.declared_count is not None else ""
        own = [a for a in record.activities if a.section == section.heading]
        kinds = {kind: sum(a.kind == kind for a in own) for kind in ("group", "activity", "focus")}
        counts = ", ".join(f"{n} {kind}" for kind, n in kinds.items() if n)
        indent = "  " * (section.level - 1)
        yield f"{indent}{section.marker or '-'} {section.heading}{declared}" + (
            f"  [{counts}]" if counts else ""
        )


def notes(record: Record) -> list[Note]:
    """Every row and every field of the notice, in the order of the text."""
    found = [*_notice_notes(record), *_row_notes(record)]
    return sorted(found, key=lambda note: (note.start, note.depth))


def _notice_notes(record: Record) -> Iterator[Note]:
    for name, evidence in record.notice.evidence.items():
        value = getattr(record.notice, name, None)
        rule = record.notice.rule.get(name, "")
        yield Note(
            f"notice.{name}", _shown(value), evidence.start, evidence.end, rule, record.notice.confidence
        )


def _row_notes(record: Record) -> Iterator[Note]:
    for table, row in record.rows():
        yield _note(table, row, row.evidence, depth=0)


def _note(table: str, row: Row, evidence: Evidence, depth: int) -> Note:
    values = _values(row)
    if isinstance(row, Organizer | Activity):
        table = table.removesuffix("s") if isinstance(row, Organizer) else row.kind
    return Note(table, values, evidence.start, evidence.end, row.rule, row.confidence, depth)


def _values(row: Row) -> str:
    parts = []
    for name in type(row).model_fields:
        value = getattr(row, name)
        if name not in HIDDEN and value not in (None, [], "", {}, False):
            parts.append(f"{name}={_shown(value)}")
    return " ".join(parts)


def _shown(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "、".join(_shown(part) for part in value)
    text = " ".join(str(value).split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def lines(record: Record) -> Iterator[tuple[int, str, list[Note]]]:
    """Each line of the text that is not blank: its number from 1, itself, and the rows that begin on it."""
    waiting = iter(notes(record))
    note = next(waiting, None)
    start = 0
    for number, line in enumerate(record.text.split("\n"), 1):
        end = start + len(line) + 1
        here = []
        while note is not None and note.start < end:
            here.append(note)
            note = next(waiting, None)
        if line.strip() or here:
            yield number, line, here
        start = end


def text(record: Record) -> Iterator[str]:
    """The whole explanation as plain lines."""
    yield f"{record.source.path or 'text'}: {_kind(record)}"
    if record.sections:
        yield ""
        yield from (f"  {line}" for line in outline(record))
    yield ""
    width = len(str(record.text.count("\n") + 1))
    for number, line, here in lines(record):
        yield f"{number:>{width}} │ {line}"
        yield from _margin(here, width)


def _margin(here: Iterable[Note], width: int) -> Iterator[str]:
    for note in here:
        sure = "" if note.confidence >= 1 else f" {note.confidence:.2f}"
        yield f"{'':>{width}} │   └ {note.table}: {note.values}  [{note.rule or 'no rule'}{sure}]"


def _kind(record: Record) -> str:
    if not record.notice.is_notice:
        return "not a notice"
    return record.notice.doc_type or "notice of unknown type"
