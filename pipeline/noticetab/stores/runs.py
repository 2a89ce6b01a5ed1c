"""The record that each run leaves in the database: who ran what with which result."""

from __future__ import annotations

import datetime as dt
import os
import socket
import time
import uuid
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

import sqlalchemy as sa

from noticetab.printable import shown_path
from noticetab.stores.model import table
from noticetab.tables import Failure

Clock = Callable[[], dt.datetime]

COUNTS = ("files", "new", "changed", "unchanged", "duplicates", "failed")


def utc_now() -> dt.datetime:
    """The time as databases of ours keep it: UTC without a zone."""
    return dt.datetime.now(dt.UTC).replace(tzinfo=None)


@dataclass(slots=True)
class Summary:
    """What a run did, by files."""

    run_id: str = ""
    files: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    duplicates: int = 0
    failed: int = 0
    failures: list[Failure] = field(default_factory=list)
    exposed: int = 0
    """Earlier runs that stored more personal data than this one shows; what they stored is still there."""
    stale: int = 0
    """Unchanged files that another version of the program or the rules has read."""
    seconds: float = 0.0

    def counts(self) -> dict[str, int]:
        """The counts by name."""
        return {name: getattr(self, name) for name in COUNTS}


def program() -> str:
    """Name and version of the program, as records carry them."""
    from noticetab import __version__

    return f"noticetab {__version__}"


class RunRecord:
    """One row of ``runs``, from start to end."""

    def __init__(self, arguments: dict[str, Any], clock: Clock, rules: str, schema: str) -> None:
        self.id = "r" + uuid.uuid4().hex[:16]
        self.clock = clock
        self.rules_hash = rules
        self.program = program()
        self._begun = time.monotonic()
        self._row = {
            "run_id": self.id,
            "status": "running",
            "started_at": clock(),
            "program": self.program,
            "rules_hash": rules,
            "schema_version": schema,
            "arguments": _storable(arguments),
            "host": socket.gethostname(),
            "process": os.getpid(),
            "failures": [],
        } | dict.fromkeys(COUNTS, 0)

    @property
    def seconds(self) -> float:
        """Seconds since the run began, by a clock that does not jump."""
        return time.monotonic() - self._begun

    def begin(self, connection: sa.Connection) -> None:
        """Insert the row; runs of this machine whose process is gone become ``interrupted``."""
        runs = table("runs")
        query = sa.select(runs.c.run_id, runs.c.process).where(
            runs.c.status == "running", runs.c.host == self._row["host"]
        )
        dead = [run for run, process in connection.execute(query) if not _alive(process)]
        if dead:
            connection.execute(sa.update(runs).where(runs.c.run_id.in_(dead)).values(status="interrupted"))
        known = sa.select(runs.c.run_id).where(runs.c.run_id == self.id)
        if connection.execute(known).first() is None:
            connection.execute(sa.insert(runs), [self._row])

    def update(self, connection: sa.Connection, summary: Summary, status: str = "running") -> None:
        """Write the counts so far; with another status than ``running`` the run has ended."""
        runs = table("runs")
        values: dict[str, Any] = {**summary.counts(), "failures": [asdict(f) for f in summary.failures]}
        if status != "running":
            values |= {"status": status, "ended_at": self.clock(), "seconds": round(self.seconds, 3)}
        connection.execute(sa.update(runs).where(runs.c.run_id == self.id).values(values))


def _storable(value: Any) -> Any:
    """Arguments whose texts every database takes, whatever bytes a path has."""
    if isinstance(value, dict):
        return {key: _storable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_storable(item) for item in value]
    return shown_path(value) if isinstance(value, str) else value


def _alive(process: int) -> bool:
    if process == os.getpid():
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
