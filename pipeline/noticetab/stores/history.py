"""What became of a notice: its versions and what each changed, field by field."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from noticetab.stores.errors import StoreError
from noticetab.stores.model import table
from noticetab.tables.facts import Change


@dataclass(frozen=True, slots=True)
class Version:
    """A state of a notice: when this database held it for current (UTC), from which file, and
    what it changed against the state before."""

    notice_id: str
    title: str | None
    version: int
    reason: str
    is_current: bool
    valid_from: dt.datetime
    valid_to: dt.datetime | None
    issued_on: dt.date | None
    path: str | None
    program: str | None
    changes: list[Change] = field(default_factory=list)


def history(connection: sa.Connection, notice: str) -> list[Version]:
    """The versions of a notice, the oldest first; see :meth:`noticetab.stores.store.Store.history`."""
    notice_id, title = find_notice(connection, notice)
    versions, sources, changes = table("versions"), table("sources"), table("changes")
    query = (
        sa.select(versions, sources.c.path)
        .join(sources, sources.c.source_id == versions.c.source_id, isouter=True)
        .where(versions.c.notice_id == notice_id)
        .order_by(versions.c.version)
    )
    found = []
    for row in connection.execute(query).mappings().all():  # DuckDB has one cursor a connection
        listed = (
            sa.select(changes).where(changes.c.version_id == row["version_id"]).order_by(changes.c.position)
        )
        found.append(
            Version(
                notice_id,
                title,
                row["version"],
                row["reason"],
                row["is_current"],
                row["valid_from"],
                row["valid_to"],
                row["issued_on"],
                row["path"],
                row["program"],
                [
                    Change(
                        one["table_name"],
                        one["row_id"],
                        one["row_label"],
                        one["kind"],
                        one["field"],
                        _value(one["old_value"]),
                        _value(one["new_value"]),
                    )
                    for one in connection.execute(listed).mappings().all()
                ],
            )
        )
    return found


def find_notice(connection: sa.Connection, words: str) -> tuple[str, str | None]:
    """Id and title of the notice that ``words`` mean. Raises :class:`StoreError` if none or several."""
    notices, sources = table("notices"), table("sources")
    of_file = sa.select(sources.c.notice_id).where(
        (sources.c.path == words) | sources.c.path.endswith("/" + words, autoescape=True)
    )
    ways = (
        notices.c.notice_id == words,
        notices.c.doc_number == words,
        notices.c.notice_id.in_(of_file),
        notices.c.notice_id.startswith(words, autoescape=True),
        notices.c.title.contains(words, autoescape=True),
    )
    for way in ways:
        rows = connection.execute(sa.select(notices.c.notice_id, notices.c.title).where(way).limit(10)).all()
        if len(rows) == 1:
            return rows[0].notice_id, rows[0].title
        if rows:
            several = "; ".join(f"{row.notice_id} {row.title or ''}".strip() for row in rows)
            raise StoreError(f"{words}: means several notices; give one of these ids: {several}")
    raise StoreError(f"{words}: no such notice; give an id, a document number, a file or words of the title")


def _value(text: str | None) -> Any:
    return None if text is None else json.loads(text)
