"""One record into a database: which notice it is, whether it says anything new, and its rows.

Works inside the caller's transaction and decides only by what that transaction sees, so doing it
again after a lost answer changes nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import sqlalchemy as sa

from noticetab.record import Record
from noticetab.stores.model import table
from noticetab.stores.prepared import Prepared
from noticetab.tables import facts, schema
from noticetab.tables.delimited import to_json
from noticetab.tables.identity import Key, conflict, id_of, numbered_id, similarity, squeeze
from noticetab.tables.rows import OF_ONE_NOTICE, SAID_OF_ORGANIZATIONS, Rows, flatten, merge_organizations

Result = Literal["new", "changed", "unchanged", "duplicates"]

ALIKE = 0.6
"""From this share of common five-character runs on, a text under the same title and signature, or
in the same file, is the same notice corrected and not another one. Two years' notices of a
recurring event, with dates, places and names changed, stay well below it."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who writes: the run, the clock's time (UTC) and what read the file."""

    run_id: str
    at: dt.datetime
    program: str
    rules_hash: str

    @property
    def columns(self) -> dict[str, Any]:
        """The columns that rows of ``sources`` and ``versions`` share."""
        return {"program": self.program, "rules_hash": self.rules_hash}


@dataclass(slots=True)
class _Known:
    """A notice as the database has it: its id and current version."""

    notice: str
    version_id: str
    version: int
    record: Record
    source: str | None
    program: str | None
    rules_hash: str | None
    valid_from: dt.datetime


@dataclass(slots=True)
class Pending:
    """Rows of a transaction that nothing asks for before its end: fewer, larger statements.

    ``touched`` are the ids of organizations of which something else is said by then.
    """

    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)

    def add(self, name: str, rows: list[dict[str, Any]]) -> None:
        """Keep rows of a table until :meth:`flush`."""
        self.rows.setdefault(name, []).extend(rows)

    def flush(self, connection: sa.Connection) -> None:
        """Insert what was kept, tables before those that refer to them; bring organizations up to date."""
        for name in schema.tables():
            _insert(connection, name, self.rows.pop(name, []))
        _renew_organizations(connection, self.touched)
        self.touched.clear()


def write_file(
    connection: sa.Connection,
    made: Iterable[Prepared],
    stamp: Stamp,
    pending: Pending,
    *,
    again: bool = False,
) -> Result:
    """Store what a file brought, document by document; gives the weightiest of the results of
    :func:`write_record`. Documents that the file held and holds no longer cease to be current.
    """
    results = [write_record(connection, part, stamp, pending, again=again) for part in made]
    files = [part.rows["sources"][0] for part in made]
    sources = table("sources")
    gone = sources.c.is_current & (sources.c.path == files[0]["path"])
    gone &= sources.c.part > max(file["part"] for file in files)
    connection.execute(sa.update(sources).where(gone).values(is_current=False))
    return min(results, key=_WEIGHTS.index)


_WEIGHTS: tuple[Result, ...] = ("new", "changed", "duplicates", "unchanged")


def write_record(
    connection: sa.Connection, made: Prepared, stamp: Stamp, pending: Pending, *, again: bool = False
) -> Result:
    """Store what a file brought; the record's ``source`` says which file with which bytes.

    Gives ``new`` (a notice not known before), ``changed`` (a new version of a known one),
    ``duplicates`` (another file of a known notice) or ``unchanged`` (nothing that was not known).
    With ``again`` a file of known bytes is stored anew, for another program or other rules. The
    caller flushes ``pending`` before the transaction ends.
    """
    file = made.rows["sources"][0]
    source, sources = file["source_id"], table("sources")
    same = (sources.c.path == file["path"]) & (sources.c.part == file["part"])
    before = connection.execute(sa.select(sources).where(same)).mappings().all()
    if not again and any(row["source_id"] == source and row["is_current"] for row in before):
        return "unchanged"
    known = _recognize(connection, made, before)
    if known is None:
        made = made.under(_new_id(connection, made))
        _insert(connection, "notices", made.rows["notices"])
        _write_source(connection, made.rows, before, "first", stamp)
        _write_keys(connection, made)
        _write_rows(connection, made.rows, pending)
        _write_version(connection, made, 1, "first", stamp.at, stamp)
        return "new"
    made = made.under(known.notice)
    was, now = facts.facts(flatten(known.record, known.notice)), facts.facts(made.rows)
    # Bytes that are read again: the current version's own, or those of another copy.
    reread = any(row["source_id"] == source and row["is_current"] for row in before)
    if reread and source == known.source:
        verdict = _reread(known, made, was, stamp)
    else:
        verdict = _judge(connection, known, made, was, now, same_path=bool(before) and not reread)
        if reread and verdict != "completed":
            verdict = "same"  # it has been heard; only the reading of it is another
    reading = "duplicate" if verdict == "same" else verdict
    mine = next((row["reading"] for row in before if row["source_id"] == source), None)
    if mine is not None and (verdict == "same" or mine == "first"):
        reading = mine  # what these bytes brought when they were first read
    _write_source(connection, made.rows, before, reading, stamp)
    _write_keys(connection, made)
    if verdict == "same":
        if again and source == known.source:
            _refresh(connection, known, made, stamp, pending)
        return "unchanged" if before else "duplicates"
    at = max(stamp.at, known.valid_from)
    number = _last_version(connection, known.notice) + 1
    current = verdict != "superseded"
    if current:
        versions = table("versions")
        ended = {"is_current": False, "valid_to": at}
        connection.execute(
            sa.update(versions)
            .where(versions.c.version_id == known.version_id)
            .values(_named(versions, ended))
        )
        replace_rows(connection, made.rows, pending)
    _write_version(connection, made, number, verdict, at, stamp, current=current)
    version_id = f"{known.notice}-V{number}"
    _write_changes(pending, known.notice, version_id, facts.difference(was, now))
    return "changed"


def _recognize(connection: sa.Connection, made: Prepared, before: Iterable[Any]) -> _Known | None:
    """The known notice that the record is, by any of its keys or by its file."""
    stored = table("notice_keys")
    wanted = sa.select(stored).where(_any_of(made.keys))
    found = {(row["kind"], row["value"]): row["notice_id"] for row in connection.execute(wanted).mappings()}
    for key in made.keys:
        notice = found.get((key.kind, key.value))
        known = None if notice is None else _load(connection, notice)
        if known is None or conflict(known.record, made.record):
            continue
        if key.kind != "occasion" or similarity(known.record.text, made.record.text) >= ALIKE:
            return known
    for row in before:
        known = _load(connection, row["notice_id"]) if row["is_current"] else None
        if known is not None and _corrected(known.record, made.record):
            return known
    return None


def _any_of(keys: list[Key]) -> sa.ColumnElement[bool]:
    """Rows of ``notice_keys`` with one of these keys, said in a way that every database looks up by
    its primary key and does not search through the table."""
    stored = table("notice_keys")
    return sa.or_(*(sa.and_(stored.c.kind == key.kind, stored.c.value == key.value) for key in keys))


def _corrected(known: Record, record: Record) -> bool:
    """Whether a file that had one record has a corrected state of it by now, no other notice."""
    if known.source.sha256 == record.source.sha256:
        return True
    years = {r.notice.issued_on.year for r in (known, record) if r.notice.issued_on}
    if len(years) > 1 or conflict(known, record):
        return False
    return similarity(known.text, record.text) >= ALIKE


def _load(connection: sa.Connection, notice: str) -> _Known | None:
    versions = table("versions")
    query = sa.select(versions).where(versions.c.notice_id == notice, versions.c.is_current)
    row = connection.execute(query).mappings().first()
    if row is None:
        return None
    record = Record.model_validate_json(row["record"])
    return _Known(
        notice,
        row["version_id"],
        row["version"],
        record,
        row["source_id"],
        row["program"],
        row["rules_hash"],
        row["valid_from"],
    )


def _new_id(connection: sa.Connection, made: Prepared) -> str:
    """An id that no other notice has: the record's own, else one with its number, else its bytes."""
    notices = table("notices")

    def taken(candidate: str) -> bool:
        query = sa.select(notices.c.notice_id).where(notices.c.notice_id == candidate)
        return connection.execute(query).first() is not None

    if not taken(own := id_of(made.keys)):
        return own
    if not taken(numbered := numbered_id(made.record)):
        return numbered
    return "n" + str(made.rows["sources"][0]["source_id"])[1:]


def _reread(known: _Known, made: Prepared, was: facts.Facts, stamp: Stamp) -> str:
    """What the bytes of the current version say when they are read again: ``same``, or why else."""
    if facts.facts_hash(was) == made.facts_hash:
        return "same"
    mine = (stamp.program, stamp.rules_hash)
    return "rebuilt" if (known.program, known.rules_hash) == mine else "program"


def _judge(
    connection: sa.Connection,
    known: _Known,
    made: Prepared,
    was: facts.Facts,
    now: facts.Facts,
    *,
    same_path: bool,
) -> str:
    """What a record says against the current version: ``same`` or the reason of a new version."""
    if facts.facts_hash(was) == made.facts_hash:
        return "same"
    if squeeze(known.record.text) == squeeze(made.record.text):
        return "same"  # only layout differs: what it changed in the reading is no news
    if not same_path:
        versions = table("versions")
        query = sa.select(versions.c.version_id).where(
            versions.c.notice_id == known.notice, versions.c.facts_hash == made.facts_hash
        )
        if connection.execute(query).first() is not None or facts.holds(was, now):
            return "same"  # a copy of an older state, or a poorer copy
    if facts.holds(now, was):
        return "completed"
    days = (known.record.notice.issued_on, made.record.notice.issued_on)
    if days[0] and days[1] and days[1] < days[0]:
        return "superseded"
    return "changed"


def _insert(connection: sa.Connection, name: str, rows: list[dict[str, Any]]) -> None:
    if rows:
        target = table(name)
        connection.execute(sa.insert(target), [_named(target, row) for row in rows])


def _named(target: sa.Table, row: dict[str, Any]) -> dict[str, Any]:
    """A row under the keys that statements go by, unknown columns left out."""
    return {key: value for key, value in row.items() if key in target.c}


def _write_source(
    connection: sa.Connection, rows: Rows, before: Iterable[Any], reading: str, stamp: Stamp
) -> None:
    target = table("sources")
    row = rows["sources"][0]
    old = [known["source_id"] for known in before]
    if old:
        is_this = target.c.source_id == row["source_id"]
        others = target.c.source_id.in_(old) & ~is_this & target.c.is_current
        connection.execute(sa.update(target).where(others).values(is_current=False))
    more = {"is_current": True, "reading": reading, "run_id": stamp.run_id, "read_at": stamp.at}
    whole = _named(target, row | more | stamp.columns)
    if row["source_id"] in old:
        connection.execute(sa.update(target).where(target.c.source_id == row["source_id"]).values(whole))
    else:
        connection.execute(sa.insert(target), [whole])


def _write_keys(connection: sa.Connection, made: Prepared) -> None:
    target, keys = table("notice_keys"), made.keys
    query = sa.select(target.c.kind, target.c.value).where(_any_of(keys))
    known = {tuple(row) for row in connection.execute(query)}
    rows = [{"kind": k.kind, "value": k.value, "notice_id": made.notice} for k in keys]
    _insert(connection, "notice_keys", [r for r in rows if (r["kind"], r["value"]) not in known])


def _write_rows(connection: sa.Connection, rows: Rows, pending: Pending) -> None:
    _write_organizations(connection, rows["organizations"], pending)
    for name in OF_ONE_NOTICE:
        pending.add(name, rows[name])


def _write_organizations(connection: sa.Connection, rows: list[dict[str, Any]], pending: Pending) -> None:
    """Insert the organizations that are new; note the known ones of which something new is said."""
    known = _known_organizations(connection, [row["org_id"] for row in rows])
    _insert(connection, "organizations", [row for row in rows if row["org_id"] not in known])
    for row in rows:
        if row["org_id"] in known and not _says_nothing_new(row, known[row["org_id"]]):
            pending.touched.add(row["org_id"])


def _known_organizations(connection: sa.Connection, ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    target = table("organizations")
    query = sa.select(target).where(target.c.org_id.in_(ids))
    return {row["org_id"]: dict(row) for row in connection.execute(query).mappings()}


def _says_nothing_new(row: dict[str, Any], known: dict[str, Any]) -> bool:
    """Whether merging the rows behind ``row`` with those behind ``known`` surely gives ``known``."""
    code, known_code = row["region_adcode"], known["region_adcode"]
    return (
        row["name"] == known["name"]
        and set(row["org_kind"]) <= set(known["org_kind"])
        and set(row["aliases"]) <= set(known["aliases"])
        and (code is None or (known_code is not None and known_code <= code))
    )


def _renew_organizations(connection: sa.Connection, ids: set[str]) -> None:
    """Make organizations anew of the rows of ``organizers``; drop those that have none left.

    So they depend on the notices that are there and on nothing that was there before.
    """
    if not ids:
        return
    target, organizers = table("organizations"), table("organizers")
    said = sa.select(*(organizers.c[name] for name in SAID_OF_ORGANIZATIONS)).distinct()
    rows = connection.execute(said.where(organizers.c.org_id.in_(sorted(ids)))).mappings().all()
    known = _known_organizations(connection, sorted(ids))
    found = set()
    for row in merge_organizations(dict(row) for row in rows):
        key = row["org_id"]
        found.add(key)
        if changed := {name: value for name, value in row.items() if value != known[key][name]}:
            connection.execute(sa.update(target).where(target.c.org_id == key).values(changed))
    if gone := sorted(ids - found):
        connection.execute(sa.delete(target).where(target.c.org_id.in_(gone)))


def replace_rows(connection: sa.Connection, rows: Rows, pending: Pending) -> None:
    """Put the rows of a new state in the place of the old ones; note the organizations of which
    something is no longer said."""
    pending.flush(connection)
    notice = rows["notices"][0]
    notices, organizers = table("notices"), table("organizers")
    mine = organizers.c.notice_id == notice["notice_id"]
    said = sa.select(*(organizers.c[name] for name in SAID_OF_ORGANIZATIONS)).where(mine)
    before = _said(connection.execute(said).mappings().all())
    for name in reversed(schema.flat_tables()):
        if name in OF_ONE_NOTICE:
            target = table(name)
            connection.execute(sa.delete(target).where(target.c.notice_id == notice["notice_id"]))
    connection.execute(
        sa.update(notices).where(notices.c.notice_id == notice["notice_id"]).values(_named(notices, notice))
    )
    _write_rows(connection, rows, pending)
    pending.touched |= {org_id for org_id, *_ in before - _said(rows["organizers"])}


def _said(organizers: Iterable[Mapping[Any, Any]]) -> set[tuple[Any, ...]]:
    """What rows of ``organizers`` say of organizations, each once."""
    return {
        tuple(tuple(value) if isinstance(value, list) else value for value in said)
        for said in ([row[name] for name in SAID_OF_ORGANIZATIONS] for row in organizers)
    }


def _refresh(
    connection: sa.Connection, known: _Known, made: Prepared, stamp: Stamp, pending: Pending
) -> None:
    """The same facts read again: places, rules and findings may have moved."""
    replace_rows(connection, made.rows, pending)
    versions = table("versions")
    values = _named(versions, {"record": made.dumped, **stamp.columns})
    connection.execute(sa.update(versions).where(versions.c.version_id == known.version_id).values(values))


def _last_version(connection: sa.Connection, notice: str) -> int:
    versions = table("versions")
    return (
        connection.scalar(sa.select(sa.func.max(versions.c.version)).where(versions.c.notice_id == notice))
        or 0
    )


def _write_version(
    connection: sa.Connection,
    made: Prepared,
    number: int,
    reason: str,
    at: dt.datetime,
    stamp: Stamp,
    *,
    current: bool = True,
) -> None:
    row = {
        "version_id": f"{made.notice}-V{number}",
        "notice_id": made.notice,
        "version": number,
        "is_current": current,
        "reason": reason,
        "valid_from": at,
        "valid_to": None if current else at,
        "issued_on": made.rows["notices"][0]["issued_on"],
        "facts_hash": made.facts_hash,
        "source_id": made.rows["sources"][0]["source_id"],
        **stamp.columns,
        "record": made.dumped,
    }
    _insert(connection, "versions", [row])


def _write_changes(pending: Pending, notice: str, version_id: str, changes: list[facts.Change]) -> None:
    rows = [
        {
            "change_id": f"{version_id}-{number}",
            "version_id": version_id,
            "notice_id": notice,
            "position": number,
            "table_name": change.table,
            "row_id": change.row_id,
            "row_label": change.row_label,
            "field": change.field,
            "kind": change.kind,
            "old_value": _shown(change.old),
            "new_value": _shown(change.new),
        }
        for number, change in enumerate(changes, 1)
    ]
    pending.add("changes", rows)


def _shown(value: Any) -> str | None:
    if value is None:
        return None
    return to_json(_plain(value))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value.isoformat() if isinstance(value, dt.date) else value
