"""Files into a database: what is new is read, what is known is skipped, nothing is half written.

Files are read by several processes and written by one, in the order given, a small batch in one
transaction. After a kill, a power cut or a lost server the next run goes on where the last
committed batch ended, and the database is what an undisturbed run would have made.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import exc

from noticetab import privacy
from noticetab.batch import Options, with_rules
from noticetab.printable import shown_path
from noticetab.rules import rulebook
from noticetab.stores import engine as engines
from noticetab.stores import migrate
from noticetab.stores.errors import StoreError
from noticetab.stores.model import table
from noticetab.stores.purge import exposed
from noticetab.stores.reading import Extract, Reading, Task, file_hash, read_file
from noticetab.stores.runs import Clock, RunRecord, Summary, utc_now
from noticetab.stores.workers import Workers, refuse_import
from noticetab.stores.writer import Pending, Stamp, write_file
from noticetab.tables import Failure
from noticetab.tables.identity import digest
from noticetab.tables.rows import failure_row

BATCH_SECONDS = 2.0
"""No file waits longer than this to be written."""
HASHED_AHEAD = 200
"""Files whose hashes are looked up with one query."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a run works.

    ``jobs`` processes read (None: one a core); ``extract`` stands in for
    :func:`noticetab.extract`; ``options`` are those of a batch; ``again`` reads files anew whose
    bytes are known; ``timeout`` is the longest in seconds that one file may take (with more than
    one job); ``patience`` the seconds to wait for a database that went away; ``batch`` the
    most files of one transaction; ``tracebacks`` the folder for tracebacks; ``clock`` gives UTC.
    """

    jobs: int | None = None
    extract: Extract | None = None
    options: Options = field(default_factory=Options)
    again: bool = False
    timeout: float | None = 600
    patience: float = 300
    batch: int = 50
    tracebacks: Path | None = None
    clock: Clock = utc_now
    on_file: Callable[[str, str], None] | None = None
    """Called with path and result (new, changed, unchanged, duplicates, failed) of each file."""
    on_wait: Callable[[str], None] | None = None
    """Called with the reason when the database makes the run wait."""


def ingest(
    engine: sa.Engine, paths: Sequence[Path], settings: Settings, arguments: dict[str, Any]
) -> Summary:
    """Bring ``paths`` (files) into the database; gives what was done with them.

    ``arguments`` are kept in the run's record. Raises :class:`StoreError` when the database can
    no longer be used; what was committed until then stays and the next run goes on from there.
    """
    refuse_import()
    return _Run(engine, settings, arguments).do(paths)


class _Run:
    def __init__(self, engine: sa.Engine, settings: Settings, arguments: dict[str, Any]) -> None:
        self.engine = engine
        options = with_rules(settings.options)
        self.settings = replace(settings, options=options)
        self.contacts = options.contacts
        with rulebook(options.rules).in_force() as book:
            said = privacy.Hiding((), whole=True).of(_without_names(arguments)) if self._hides else arguments
        said = {**said, "contacts": self.contacts.value}
        self.record = RunRecord(said, settings.clock, book.hash, migrate.head())
        self.summary = Summary(run_id=self.record.id)

    def do(self, paths: Sequence[Path]) -> Summary:
        self._write(self.record.begin)
        try:
            self._all(paths)
        except BaseException as error:
            status = "failed" if isinstance(error, Exception) else "interrupted"
            with suppress(Exception):
                engines.write(self.engine, lambda c: self.record.update(c, self.summary, status), patience=1)
            raise
        if self._hides:
            self.summary.exposed = engines.read(self.engine, lambda c: exposed(c, self.contacts))
        self._write(lambda c: self.record.update(c, self.summary, "finished"))
        self.summary.seconds = self.record.seconds
        return self.summary

    @property
    def _hides(self) -> bool:
        return self.contacts is not privacy.Contacts.KEEP

    def _shown(self, text: str) -> str:
        """A path or message as this run may show it."""
        with rulebook(self.settings.options.rules).in_force():
            return privacy.hide(text, self.contacts)

    def _write(self, work: Callable[[sa.Connection], Any]) -> Any:
        return engines.write(
            self.engine, work, patience=self.settings.patience, on_wait=self.settings.on_wait
        )

    def _all(self, paths: Sequence[Path]) -> None:
        settings = self.settings
        jobs = (os.cpu_count() or 1) if settings.jobs is None else settings.jobs
        batch: list[Reading] = []
        opened = time.monotonic()
        with Workers(read_file, jobs, settings.timeout) as workers:
            for task, reading in workers.map(self._tasks(paths)):
                if isinstance(reading, str):
                    reading = Reading(task.path, failure=_loss(task.path, reading, settings.timeout))
                if not batch:
                    opened = time.monotonic()
                batch.append(reading)
                if len(batch) >= settings.batch or time.monotonic() - opened > BATCH_SECONDS:
                    self._store(batch)
                    batch = []
        self._store(batch)

    def _tasks(self, paths: Sequence[Path]) -> Iterator[Task]:
        """The files that must be read; those of known bytes are counted and left out."""
        settings = self.settings
        for first in range(0, len(paths), HASHED_AHEAD):
            chunk = [Path(os.path.abspath(path)) for path in paths[first : first + HASHED_AHEAD]]  # noqa: PTH100 (links stay links)
            hashes = {path: _hash(path) for path in chunk}
            known = {} if settings.again else self._known(hashes)
            for path, sha256 in hashes.items():
                reader = known.get((shown_path(path), sha256))
                if reader is None:
                    yield Task(path, settings.options, settings.extract)
                    continue
                mine = (self.record.program, self.record.rules_hash)
                self.summary.stale += reader != mine
                self._count(shown_path(path), "unchanged")

    def _known(self, hashes: dict[Path, str | None]) -> dict[tuple[str, str | None], tuple[str, str]]:
        """Path and hash of the files that are stored, with the versions that read them."""
        sources = table("sources")
        wanted = {shown_path(path): sha256 for path, sha256 in hashes.items()}
        # A path may be stored without the names and numbers in it: the bytes find it.
        is_meant = sources.c.path.in_(wanted) | (
            sources.c.path.contains("*", autoescape=True)
            & sources.c.sha256.in_({sha256 for sha256 in wanted.values() if sha256})
        )
        query = sa.select(sources.c.path, sources.c.sha256, sources.c.program, sources.c.rules_hash).where(
            is_meant, sources.c.is_current
        )
        return {
            (path, sha256): (program, rules)
            for stored, sha256, program, rules in self._write_or_read(lambda c: c.execute(query).all())
            for path in ([stored] if stored in wanted else wanted)
            if path == stored or (wanted[path] == sha256 and privacy.is_shown_as(path, stored))
        }

    def _write_or_read(self, work: Callable[[sa.Connection], Any]) -> Any:
        """Reading with the patience of writing: the server may be away just now."""
        begun = time.monotonic()
        while True:
            try:
                return engines.read(self.engine, work)
            except StoreError as error:
                cause = error.__cause__
                passes = isinstance(cause, exc.DBAPIError) and engines.is_transient(cause)
                if not passes or time.monotonic() - begun > self.settings.patience:
                    raise
                if self.settings.on_wait is not None:
                    self.settings.on_wait(str(error))
                time.sleep(0.5)

    def _count(self, path: str, result: str, failure: Failure | None = None) -> None:
        self.summary.files += 1
        setattr(self.summary, result, getattr(self.summary, result) + 1)
        if failure is not None:
            self.summary.failures.append(failure)
        if self.settings.on_file is not None:
            self.settings.on_file(path, result)

    def _store(self, batch: list[Reading]) -> None:
        """Write a batch in one transaction; if one of it is refused, each in its own."""
        if not batch:
            return
        try:
            results = self._commit(batch)
        except (exc.DBAPIError, ValueError, LookupError, TypeError) as error:
            if len(batch) > 1:
                for reading in batch:
                    self._store([reading])
                return
            name = shown_path(batch[0].path)
            reason = str(getattr(error, "orig", error))
            refused = Failure(name, f"{name}: the database refused a row: {reason}", "rejected")
            if batch[0].failure is not None:
                raise StoreError(refused.error) from error
            self._store([Reading(batch[0].path, failure=refused)])
            return
        for reading, (result, failure) in zip(batch, results, strict=True):
            self._count(shown_path(reading.path), result, failure)

    def _commit(self, batch: list[Reading]) -> list[tuple[str, Failure | None]]:
        failures = [self._hidden(self._with_traceback(reading)) for reading in batch]
        first: dict[int, str] = {}

        def work(connection: sa.Connection) -> list[str]:
            now = self.record.clock()
            stamp = Stamp(self.record.id, now, self.record.program, self.record.rules_hash)
            pending = Pending()
            results = []
            for i, reading in enumerate(batch):
                failure = failures[i]
                if not reading.made:
                    assert failure is not None
                    _write_failure(connection, failure, stamp)
                    results.append("failed")
                    continue
                _forget_failure(connection, self._shown(shown_path(reading.path)))
                result: str = write_file(connection, reading.made, stamp, pending, again=self.settings.again)
                # If the answer to a commit was lost, the second time finds everything known.
                results.append(first.get(i, result) if result == "unchanged" else result)
            pending.flush(connection)
            first.update({i: result for i, result in enumerate(results) if result != "unchanged"})
            counted = replace(self.summary, failures=list(self.summary.failures))
            for result, failure in zip(results, failures, strict=True):
                counted.files += 1
                setattr(counted, result, getattr(counted, result) + 1)
                if failure is not None:
                    counted.failures.append(failure)
            self.record.update(connection, counted)
            return results

        return list(zip(self._write(work), failures, strict=True))

    def _hidden(self, failure: Failure | None) -> Failure | None:
        if failure is None or not self._hides:
            return failure
        return replace(failure, path=self._shown(failure.path), error=self._shown(failure.error))

    def _with_traceback(self, reading: Reading) -> Failure | None:
        if reading.failure is None or not reading.traceback or self.settings.tracebacks is None:
            return reading.failure
        path = self.settings.tracebacks / f"{digest(reading.failure.path)}.txt"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(reading.traceback, encoding="utf-8", errors="backslashreplace")
        except OSError:
            return reading.failure  # the failure itself is worth more than its traceback
        return replace(reading.failure, traceback=shown_path(path))


def _without_names(arguments: dict[str, Any]) -> dict[str, Any]:
    """Arguments of a run with the folders and endings of files and not their names, which may be persons'."""
    named = [Path(path) for path in arguments.get("paths") or ()]
    shown = [str(path.with_name(f"*{path.suffix}") if path.is_file() else path) for path in named]
    return arguments | ({"paths": shown} if shown else {})


def _hash(path: Path) -> str | None:
    try:
        return file_hash(path)
    except OSError:
        return None  # reading it says what is wrong


def _loss(path: Path, loss: str, timeout: float | None) -> Failure:
    name = shown_path(path)
    if loss == "timeout":
        return Failure(name, f"{name}: reading took longer than {timeout:g} seconds and was ended", "timeout")
    return Failure(name, f"{name}: it ended the process that read it; the file may be damaged", "crash")


def _write_failure(connection: sa.Connection, failure: Failure, stamp: Stamp) -> None:
    failures = table("failures")
    row = failure_row(failure)
    same = failures.c.failure_id == row["failure_id"]
    before = connection.execute(sa.select(failures).where(same)).mappings().first()
    whole = row | {"run_id": stamp.run_id, "failed_at": stamp.at}
    if before is None:
        connection.execute(sa.insert(failures), [whole])
    elif any(before[name] != value for name, value in row.items()):
        connection.execute(sa.update(failures).where(same).values(whole))


def _forget_failure(connection: sa.Connection, path: str) -> None:
    failures = table("failures")
    connection.execute(sa.delete(failures).where(failures.c.path == path))
