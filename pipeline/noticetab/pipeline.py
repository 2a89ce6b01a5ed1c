"""The way of a notice through the house: read, segment, extract, classify, check."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from noticetab.read.reading import Reading
from noticetab.record import Record, Source

if TYPE_CHECKING:
    from noticetab.read.limits import Limits
    from noticetab.rules import Rulebook


def extract(
    path: str | Path, *, rules: Rulebook | str | Path | None = None, limits: Limits | None = None
) -> Record:
    """The record of a file of any supported format.

    ``rules`` is a :class:`noticetab.rules.Rulebook`, or a folder that is laid over the shipped rules, for
    this call alone; ``limits`` bound what is read (size, pages, seconds).

    Raises :class:`noticetab.read.ReadError` for a file that cannot be read; its message names
    the file, what is wrong and what to do.
    """
    from noticetab.read import read

    file = Path(path)
    with _rulebook(rules).in_force():
        record = extract_reading(read(file, limits=limits))
    record.source.path = file.name
    return record


def extract_text(text: str, *, rules: Rulebook | str | Path | None = None) -> Record:
    """The record of a text that is already in memory; ``rules`` as for :func:`extract`."""
    from noticetab.read import read_text

    with _rulebook(rules).in_force():
        return extract_reading(read_text(text))


def _rulebook(rules: Rulebook | str | Path | None) -> Rulebook:
    from noticetab.rules import rulebook

    return rulebook(rules)


def extract_reading(reading: Reading) -> Record:
    """The record of a reading: segment, extract, classify, check, and the source's own row."""
    from noticetab import check
    from noticetab.classify import classify
    from noticetab.extraction import extract as rows_of
    from noticetab.segment import segment
    from noticetab.tables.identity import notice_id

    document = segment(reading)
    record, context = rows_of(document)
    record.source = source_of(reading)
    classify(record, context)
    check.check(record, context)
    record.source.notice_id = notice_id(record)
    if reading.boxes:
        _locate(record, context)
    return record


def source_of(reading: Reading) -> Source:
    """The row of the source of a reading; the id of its notice is still missing."""
    return Source(
        path=Path(reading.path).name if reading.path else None,
        sha256=reading.sha256 or hashlib.sha256(reading.text.encode("utf-8", "surrogatepass")).hexdigest(),
        media_type=reading.media_type,
        encoding=reading.encoding,
        pages=reading.pages,
        chars=len(reading.text),
    )


def _locate(record: Record, context: object) -> None:
    from noticetab.extraction.context import Context, locate

    assert isinstance(context, Context)
    for _, row in record.rows():
        for evidence in row.places():
            locate(context, evidence)
    for evidence in record.notice.evidence.values():
        locate(context, evidence)
