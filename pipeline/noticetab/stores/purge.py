"""Taking personal data of contact points out of a database, with all that earlier runs left behind.

A run with ``--contacts drop`` hides what it stores and leaves alone what is there: files that are known
are not read again, and older versions stay as they were. A purge goes through every version, the rows
of the current ones, the changes, the paths of files, the runs and the failures.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import partial
from typing import Any

import sqlalchemy as sa

from noticetab import rules
from noticetab.privacy import Contacts, Hiding, Known, apply, known_of
from noticetab.record import Record
from noticetab.stores import engine as engines
from noticetab.stores import migrate
from noticetab.stores.model import table
from noticetab.stores.prepared import prepare
from noticetab.stores.runs import Clock, RunRecord, Summary, utc_now
from noticetab.stores.writer import Pending, replace_rows

PURGE = "purge-contacts"
"""What the arguments of a run of this kind are called by."""
LEVELS = tuple(Contacts)
"""What is shown of personal data, from the most to the least."""


@dataclass(slots=True)
class Purged:
    """What a purge changed: notices, versions of them, rows of ``changes``, paths of files."""

    notices: int = 0
    versions: int = 0
    changes: int = 0
    sources: int = 0


def exposed(connection: sa.Connection, contacts: Contacts) -> int:
    """How many runs since the last purge stored more personal data than ``contacts`` shows."""
    runs = table("runs")
    query = sa.select(runs.c.arguments, runs.c.new, runs.c.changed).order_by(runs.c.started_at, runs.c.run_id)
    count = 0
    for arguments, new, changed in connection.execute(query):
        said = arguments if isinstance(arguments, dict) else {}
        level = said.get("contacts", Contacts.KEEP)
        if LEVELS.index(Contacts(level)) >= LEVELS.index(contacts):
            count = 0 if said.get("command") == PURGE else count
        elif said.get("command") != PURGE and (new or changed):
            count += 1
    return count


def purge(
    engine: sa.Engine, contacts: Contacts = Contacts.DROP, *, clock: Clock = utc_now, patience: float = 300
) -> Purged:
    """Mask or drop the personal data of contact points in all that the database holds.

    One transaction for each notice; done twice, or again after a crash, it gives the same. Space that
    is freed is written over (SQLite, PostgreSQL). Raises :class:`StoreError` as a run does.
    """
    done = Purged()
    arguments = {"command": PURGE, "contacts": contacts.value}
    run = RunRecord(arguments, clock, rules.current().hash, migrate.head())
    engines.write(engine, run.begin, patience=patience)
    names: set[str] = set()
    notices = engines.read(engine, lambda c: c.scalars(sa.select(table("notices").c.notice_id)).all())
    for notice in sorted(notices):
        work = partial(_notice, notice=notice, contacts=contacts)
        counts, known = engines.write(engine, work, patience=patience)
        names |= known.names
        for name in Purged.__slots__:
            setattr(done, name, getattr(done, name) + getattr(counts, name))
    engines.write(engine, lambda c: _told(c, names, contacts), patience=patience)
    engines.write(engine, lambda c: run.update(c, Summary(), "finished"), patience=patience)
    _write_over(engine)
    return done


def _notice(connection: sa.Connection, notice: str, contacts: Contacts) -> tuple[Purged, Known]:
    versions, sources = table("versions"), table("sources")
    rows = connection.execute(sa.select(versions).where(versions.c.notice_id == notice)).mappings().all()
    records = {row["version_id"]: Record.model_validate_json(row["record"]) for row in rows}
    known = Known()
    for record in records.values():
        known |= known_of(record)
    done, pending = Purged(), Pending()
    for row in rows:
        made = prepare(apply(records[row["version_id"]], contacts, known), notice)
        if made.dumped == row["record"]:
            continue
        done.versions += 1
        values = {"record": made.dumped, "facts_hash": made.facts_hash}
        this = versions.c.version_id == row["version_id"]
        connection.execute(sa.update(versions).where(this).values(values))
        if row["is_current"]:
            replace_rows(connection, made.rows, pending)
    pending.flush(connection)
    hiding = Hiding(known.numbers | known.names, contacts is Contacts.DROP)
    done.changes = _changes(connection, notice, hiding, Hiding(known.numbers, hiding.whole))
    mine = sources.c.notice_id == notice
    for source, path in connection.execute(sa.select(sources.c.source_id, sources.c.path).where(mine)).all():
        if path and (shown := hiding.of(path)) != path:
            this = sources.c.source_id == source
            connection.execute(sa.update(sources).where(this).values(path=shown))
            done.sources += 1
    done.notices = int(bool(done.versions or done.changes or done.sources))
    return done, known


def _changes(connection: sa.Connection, notice: str, near: Hiding, anywhere: Hiding) -> int:
    """Hide what the changes of a notice say; without contact rows there are no changes of them."""
    changes = table("changes")
    count = 0
    query = sa.select(changes).where(changes.c.notice_id == notice)
    for row in connection.execute(query).mappings().all():
        this = changes.c.change_id == row["change_id"]
        if row["table_name"] == "contacts" and near.whole:
            connection.execute(sa.delete(changes).where(this))
            count += 1
            continue
        hiding = anywhere if row["table_name"] == "people" else near
        told = {name: row[name] for name in ("row_label", "old_value", "new_value")}
        if (shown := hiding.of(told)) != told:
            connection.execute(sa.update(changes).where(this).values(shown))
            count += 1
    return count


def _told(connection: sa.Connection, names: set[str], contacts: Contacts) -> None:
    """Hide what runs and failures say: paths as they were given, and messages."""
    for table_name, key, columns in (
        ("runs", "run_id", ("arguments", "failures")),
        ("failures", "failure_id", ("path", "error")),
    ):
        target = table(table_name)
        for row in connection.execute(sa.select(target)).mappings().all():
            told = {name: row[name] for name in columns}
            text = json.dumps(told, ensure_ascii=False)
            hiding = Hiding({name for name in names if name in text}, contacts is Contacts.DROP)
            if (shown := hiding.of(told)) != told:
                connection.execute(sa.update(target).where(target.c[key] == row[key]).values(shown))


def _write_over(engine: sa.Engine) -> None:
    """Have the database write over what was deleted, which its file holds until then."""
    statements: dict[str, tuple[str, ...]] = {
        "sqlite": ("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"),
        "postgresql": ("VACUUM FULL",),
        "duckdb": ("CHECKPOINT",),
    }
    raw: Any = engine.raw_connection()
    try:
        if engine.dialect.name == "postgresql":
            raw.driver_connection.autocommit = True
        cursor = raw.cursor()
        for statement in statements.get(engine.dialect.name, ()):
            cursor.execute(statement)
            if cursor.description:
                cursor.fetchall()
        cursor.close()
    finally:
        raw.close()
