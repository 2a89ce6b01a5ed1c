"""The folder of results: a record for each file, a CSV for each table, one SQLite database."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
        (self._aside / RECORDS / name).write_text(text, encoding="utf-8", newline="\n")

    def failure(self, failure: Failure, traceback: str = "") -> Failure:
        """Add a file that failed; gives the failure with the name of the file of its traceback."""
        if traceback:
            folder = self._aside / TRACEBACKS
            folder.mkdir(exist_ok=True)
            name = f"{len(list(folder.iterdir())) + 1}-{Path(failure.path).name}.txt"
            (folder / name).write_text(traceback, encoding="utf-8", errors="backslashreplace")
            failure = replace(failure, traceback=f"{TRACEBACKS}/{name}")
        self._failures.append(failure)
        return failure

    def finish(self) -> dict[str, int]:
        """Write the tables and put everything in its place; gives the rows of each table."""
        from noticetab import tables

        frames = tables.to_tables(self._records, self._failures)
        tables.write_csv(frames, self._aside)
        _write_database(self._records, self._failures, self._aside / DATABASE)
        for folder in (RECORDS, TRACEBACKS):
            self._replace_folder(folder)
        for made in sorted(self._aside.iterdir()):
            made.replace(self.folder / made.name)
        return {name: len(frame) for name, frame in frames.items()}

    def _replace_folder(self, name: str) -> None:
        """Put a folder of results in the place of that of an earlier run."""
        made, place = self._aside / name, self.folder / name
        if place.is_dir():
            place.replace(self._aside / f".old-{name}")
            shutil.rmtree(self._aside / f".old-{name}")
        if made.is_dir():
            made.replace(place)


def _write_database(records: Iterable[Record], failures: Iterable[Failure], path: Path) -> None:
    """The same tables as an SQLite file."""
