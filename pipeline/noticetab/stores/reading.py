"""Reading one file for a store, in a process of its own: the record and the bytes it came from."""

from __future__ import annotations

import hashlib
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from noticetab.batch import Options, extract_one, is_expected
from noticetab.printable import escaped, shown_path
from noticetab.read.limits import Budget, Limits
from noticetab.record import Record
from noticetab.rules import RulesError
from noticetab.stores.prepared import Prepared, prepare
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
    """What a file gave: its records or a failure, and the traceback if a defect was behind it."""

    path: Path
    made: tuple[Prepared, ...] = ()
    failure: Failure | None = None
    traceback: str = ""


def file_hash(path: Path) -> str:
    """SHA-256 of a file's bytes, hexadecimal. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_file(task: Task) -> Reading:
    """Read one file; what goes wrong is in the result. Raises only RulesError.

    The record is of exactly the bytes whose hash it has: a file that changes meanwhile is read
    again, and after :data:`TRIES` times is a failure of the kind ``changing``.
    """
    path = task.path
    name = shown_path(path)
    for attempt in range(TRIES):
        if attempt:
            time.sleep(PAUSE)
        try:
            before = file_hash(path)
            reading = _extract(task, name, before)
            if file_hash(path) == before:
                return reading
        except OSError as error:
            said = str(Budget(Path(name), Limits()).unopened(error))
            return Reading(path, failure=Failure(name, said, "unreadable"))
    said = f"{name}: the file keeps changing while it is read; try again when it is complete"
    return Reading(path, failure=Failure(name, said, "changing"))


def _extract(task: Task, name: str, sha256: str) -> Reading:
    try:
        if task.extract is not None:
            records = [task.extract(task.path)]
        else:
            outcome = extract_one(task.path, task.options)
            if outcome.record is None:
                failure = outcome.failure or Failure(name, f"{name}: no record")
                failure = Failure(name, _printable(failure.error), failure.kind)
                return Reading(task.path, failure=failure, traceback=outcome.traceback)
            records = list(outcome.records)
            name = shown_path(records[0].source.path or name)  # without what is hidden
        for record in records:
            record.source.path = name
            record.source.sha256 = sha256
            record.source.chars = record.source.chars or len(record.text)
        return Reading(task.path, tuple(map(prepare, records)))
    except RulesError:
        raise
    except Exception as error:
        failure = Failure(name, _printable(f"{name}: {type(error).__name__}: {error}"))
        return Reading(task.path, (), failure, "" if is_expected(error) else traceback.format_exc())


def _printable(text: str) -> str:
    return escaped(text).replace("\x00", "�")
