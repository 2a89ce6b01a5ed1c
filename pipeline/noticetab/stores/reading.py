"""Reading one file for a store, in a process of its own: the record and the bytes it came from."""

from __future__ import annotations

import hashlib
import os
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from noticetab.batch import Options, extract_one, is_expected
from noticetab.record import Record
from noticetab.rules import RulesError
from noticetab.tables import Failure

Extract = Callable[[Path], Record]

TRIES = 3
"""How often a file that changes while it is read is read again."""
PAUSE = 0.2
"""Seconds between these."""


@dataclass(frozen=True, slots=True)
class Task:
    """A file to read; by ``extract``, else by :func:`noticetab.extract` with ``options``."""

    path: Path
    options: Options = field(default_factory=Options)
    extract: Extract | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file gave: a record or a failure, and the traceback if a defect was behind it."""

    path: Path
    sha256: str = ""
    record: Record | None = None
    failure: Failure | None = None
    traceback: str = ""


def file_hash(path: Path) -> str:
    """SHA-256 of a file's bytes, hexadecimal. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def shown_path(path: str | Path) -> str:
    """A path as text that every database takes; bytes that are no UTF-8 become ``\\xb9``."""
    return os.fsencode(path).decode("utf-8", "backslashreplace").replace(os.sep, "/")


def read_file(task: Task) -> Reading:
    """Read one file; what goes wrong is in the result. Raises only RulesError.

    The record is of exactly the bytes whose hash is given: a file that changes meanwhile is read
    again, and after :data:`TRIES` times is a failure of the kind ``changing``.
    """
    path = task.path
    name = shown_path(path)
    for attempt in range(TRIES):
        if attempt:
            time.sleep(PAUSE)
        try:
            before = file_hash(path)
            reading = _extract(task, before)
            if file_hash(path) == before:
                break
        except OSError as error:
            reason = error.strerror or str(error)
            return Reading(path, failure=Failure(name, f"{name}: {reason}", "unreadable"))
    else:
        said = f"{name}: the file keeps changing while it is read; try again when it is complete"
        return Reading(path, failure=Failure(name, said, "changing"))
    if reading.record is not None:
        reading.record.source.path = name
        reading.record.source.sha256 = before
        reading.record.source.chars = reading.record.source.chars or len(reading.record.text)
    return reading


def _extract(task: Task, sha256: str) -> Reading:
    if task.extract is None:
        outcome = extract_one(task.path, task.options)
        failure = outcome.failure
        if failure is not None:
            failure = Failure(shown_path(task.path), _printable(failure.error), failure.kind)
        return Reading(task.path, sha256, outcome.record, failure, outcome.traceback)
    name = shown_path(task.path)
    try:
        return Reading(task.path, sha256, task.extract(task.path))
    except RulesError:
        raise
    except Exception as error:
        failure = Failure(name, _printable(f"{name}: {type(error).__name__}: {error}"))
        return Reading(task.path, sha256, None, failure, "" if is_expected(error) else traceback.format_exc())


def _printable(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode().replace("\x00", "�")


def storable(record: Record) -> Record:
    """The record without NUL characters, which PostgreSQL cannot hold."""
    dumped = record.model_dump_json(exclude_defaults=True)
    if "\\u0000" not in dumped:
        return record
    return Record.model_validate_json(dumped.replace("\\u0000", "\\ufffd"))
