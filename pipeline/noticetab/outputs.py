"""The folder of results: a record for each file, a CSV for each table, one SQLite database."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path, PurePath
from types import TracebackType
from typing import TYPE_CHECKING

from noticetab.batch import Options, Outcome, extract_all
from noticetab.printable import shown_path

if TYPE_CHECKING:
    import pandas as pd

    from noticetab.record import Record
    from noticetab.tables import Failure

RECORDS = "records"
TRACEBACKS = "tracebacks"
DATABASE = "notices.sqlite"


class Writer:
    """Writes one run into a folder, all of it or nothing.

    Results are collected in a hidden folder beside and moved into place by :meth:`finish`; if the
    block ends without it, whatever stood in the folder before still stands.
    """

    def __init__(self, folder: Path) -> None:
        """Write into ``folder``, which is made if it is missing. Raises OSError if it cannot be."""
        self.folder = folder
        self._records: list[Record] = []
        self._failures: list[Failure] = []

    def __enter__(self) -> Writer:
        """Make the folder and the place beside it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._aside = Path(tempfile.mkdtemp(prefix=".noticetab-", dir=self.folder))
        (self._aside / RECORDS).mkdir()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove what was not moved into place."""
        shutil.rmtree(self._aside, ignore_errors=True)

    def record(self, record: Record, name: str) -> None:
        """Add a record, to be the file ``records/NAME``."""
        self._records.append(record)
        text = record.model_dump_json(indent=1) + "\n"
        stem, number = name.removesuffix(".json"), 1
        while (self._aside / RECORDS / name).exists():  # names from which personal data was taken out
            number += 1
            name = f"{stem}-{number}.json"
        (self._aside / RECORDS / name).write_text(text, encoding="utf-8", newline="\n")

    def failure(self, failure: Failure, traceback: str = "") -> Failure:
        """Add a file that failed; gives the failure with the name of the file of its traceback."""
        if traceback:
            folder = self._aside / TRACEBACKS
            folder.mkdir(exist_ok=True)
            name = f"{len(list(folder.iterdir())) + 1}-{Path(failure.path).name.replace('*', 'x')}.txt"
            (folder / name).write_text(traceback, encoding="utf-8", errors="backslashreplace")
            failure = replace(failure, traceback=f"{TRACEBACKS}/{name}")
        self._failures.append(failure)
        return failure

    def finish(self) -> dict[str, pd.DataFrame]:
        """Write the tables and put everything in its place; gives the tables."""
        from noticetab import stores, tables

        frames = tables.to_tables(self._records, self._failures)
        tables.write_csv(frames, self._aside)
        if (self.folder / DATABASE).exists():  # one that holds the same already is kept as it is
            shutil.copy2(self.folder / DATABASE, self._aside)
        stores.write_sqlite(frames, self._aside / DATABASE)
        for folder in (RECORDS, TRACEBACKS):
            self._replace_folder(folder)
        for made in sorted(self._aside.iterdir()):
            made.replace(self.folder / made.name)
        return frames

    def _replace_folder(self, name: str) -> None:
        """Put a folder of results in the place of that of an earlier run."""
        made, place = self._aside / name, self.folder / name
        if place.is_dir():
            place.replace(self._aside / f".old-{name}")
            shutil.rmtree(self._aside / f".old-{name}")
        if made.is_dir():
            made.replace(place)


@dataclass(slots=True)
class Summary:
    """What a run did: files by result, rows by table, where things were written.

    ``files`` and ``further`` are as many as ``notices``, ``copies``, ``others`` and ``failures``.
    """

    files: int = 0
    further: int = 0
    """Documents beyond the first of a file."""
    notices: int = 0
    """Different notices."""
    copies: int = 0
    """Documents that are a notice which another file holds too; tables have its rows once."""
    others: int = 0
    """Documents that are no notice."""
    failures: list[Failure] = field(default_factory=list)
    findings: Counter[str] = field(default_factory=Counter)
    """Rows of the table of findings by severity."""
    rows: dict[str, int] = field(default_factory=dict)
    folder: Path = Path()
    kept: bool = False
    """Whether nothing could be read, so that the results of an earlier run were left as they are."""


def has_results(folder: Path) -> bool:
    """Whether a run has left its results in ``folder``."""
    return (folder / DATABASE).is_file() or (folder / RECORDS).is_dir()


def record_names(paths: Sequence[Path]) -> dict[Path, str]:
    """A file name for the record of each path: its stem, and for a second file of the same stem
    its whole name (``plan.json``, ``plan.pdf.json``); a number follows if that is taken too.

    Names that differ only in case count as the same, because on some file systems they are.
    """
    taken: set[str] = set()
    names: dict[Path, str] = {}
    for path in paths:
        shown = PurePath(shown_path(path.name))
        candidates = (shown.stem, shown.name, *(f"{shown.name}-{n}" for n in range(2, len(paths) + 2)))
        name = next(c for c in candidates if c.casefold() not in taken)
        taken.add(name.casefold())
        names[path] = f"{name}.json"
    return names


def part_name(name: str, part: int, taken: set[str]) -> str:
    """The file name for the record of a document of a file whose first document is in ``name``
    (``plan.json``): ``plan-2.json`` for the second. It is added to the names that are ``taken``."""
    if part == 1:
        return name
    stem = f"{name.removesuffix('.json')}-{part}"
    candidates = (stem if n == 0 else f"{stem}-{n}" for n in count())
    free = next(c for c in candidates if f"{c}.json".casefold() not in taken)
    taken.add(f"{free}.json".casefold())
    return f"{free}.json"


def _hidden(name: str, path: Path, record: Record) -> str:
    """The name of the file of a record, without what is hidden in the path of its source."""
    shown = PurePath(record.source.path or path).name
    hidden = {i for i, (c, h) in enumerate(zip(path.name, shown, strict=False)) if c != h}
    return "".join("x" if i in hidden else c for i, c in enumerate(name))


def run(
    paths: Sequence[Path],
    folder: Path,
    options: Options | None = None,
    jobs: int | None = None,
    on_file: Callable[[Outcome], None] | None = None,
) -> Summary:
    """Extract ``paths`` and write into ``folder``: ``records/NAME.json`` (``NAME-2.json`` and so on for
    further documents of a file), a CSV for each table and
    ``notices.sqlite``.

    Everything is written aside first and takes its place only when it is complete; tables and
    records of an earlier run in ``folder`` are replaced, unless not one file could be read.
    ``on_file`` is called after each file.
    """
    summary = Summary(folder=folder)
    names = record_names(paths)
    taken = {name.casefold() for name in names.values()}
    with Writer(folder) as writer:
        for outcome in extract_all(paths, options, jobs):
            summary.files += 1
            summary.further += len(outcome.rest)
            for record in outcome.records:
                name = part_name(names[outcome.path], record.source.part, taken)
                writer.record(record, _hidden(name, outcome.path, record))
                summary.copies += record.notice.is_notice
                summary.others += not record.notice.is_notice
            if outcome.failure is not None:
                summary.failures.append(writer.failure(outcome.failure, outcome.traceback))
            if on_file is not None:
                on_file(outcome)
        if summary.files == len(summary.failures) and has_results(folder):
            summary.kept = True
            return summary
        frames = writer.finish()
    summary.rows = {name: len(frame) for name, frame in frames.items()}
    summary.findings.update(frames["findings"]["severity"])
    summary.notices = int(frames["notices"]["is_notice"].sum())
    summary.copies -= summary.notices
    return summary
