"""The way of a notice through the house: read, segment, extract, classify, check."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from noticetab.printable import shown_path
from noticetab.read.reading import Reading
from noticetab.record import CONTRACT_VERSION, Record, Source

if TYPE_CHECKING:
    from noticetab.read.limits import Limits
    from noticetab.rules import Rulebook


def extract(
    path: str | Path, *, rules: Rulebook | str | Path | None = None, limits: Limits | None = None
) -> Record:
    """The record of a file of any supported format; of a file that holds several documents that of
    the first, with a finding SEVERAL_DOCUMENTS (see :func:`extract_all`).

    ``rules`` is a :class:`noticetab.rules.Rulebook`, or a folder that is laid over the shipped rules, for
    this call alone; ``limits`` bound what is read (size, pages, seconds).

    Raises :class:`noticetab.read.ReadError` for a file that cannot be read; its message names
    the file, what is wrong and what to do.
    """
    from noticetab.read import read

    with _rulebook(rules).in_force():
        return extract_reading(read(path, limits=limits))


def extract_all(
    path: str | Path, *, rules: Rulebook | str | Path | None = None, limits: Limits | None = None
) -> list[Record]:
    """The records of all documents that a file holds, in its order; most files hold one.

    Their ``source.part`` counts them from 1. Arguments and errors are those of :func:`extract`.
    """
    from noticetab.read import read

    with _rulebook(rules).in_force():
        return extract_readings(read(path, limits=limits))


def extract_readings(reading: Reading) -> list[Record]:
    """The records of a reading and of the ``rest`` of its file."""
    records = [extract_reading(replace(part, rest=())) for part in (reading, *reading.rest)]
    for number, record in enumerate(records, 1):
        record.source.part = number
    return records


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
    from noticetab import check, spans
    from noticetab.classify import classify
    from noticetab.extraction import extract as rows_of
    from noticetab.segment import segment
    from noticetab.tables.identity import notice_id

    document = segment(reading)
    record, context = rows_of(document)
    record.source = source_of(reading)
    sign(record)
    classify(record, context)
    spans.fill_all(record)
    check.check(record, context)
    record.source.notice_id = notice_id(record)
    if reading.boxes:
        _locate(record, context)
    return record


def source_of(reading: Reading) -> Source:
    """The row of the source of a reading; the id of its notice is still missing."""
    return Source(
        path=shown_path(Path(reading.path).name) if reading.path else None,
        sha256=reading.sha256 or hashlib.sha256(reading.text.encode("utf-8", "surrogatepass")).hexdigest(),
        media_type=reading.media_type,
        encoding=reading.encoding,
        pages=reading.pages,
        chars=len(reading.text),
    )


def sign(record: Record) -> None:
    """Write into a record what made it: the contract it keeps, the program, the rules in force."""
    from noticetab import __version__, rules

    record.contract_version = CONTRACT_VERSION
    record.program = f"noticetab {__version__}"
    record.rules_hash = rules.current().hash


def _locate(record: Record, context: object) -> None:
    from noticetab.extraction.context import Context, locate, locate_spans

    assert isinstance(context, Context)
    for _, row in record.rows():
        for evidence in row.places():
            locate(context, evidence)
        locate_spans(context, row.spans)
    for evidence in record.notice.evidence.values():
        locate(context, evidence)
    locate_spans(context, record.notice.spans)
