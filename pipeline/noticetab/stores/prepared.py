"""A record made ready to be stored, by the process that read it, so that the one that writes need not."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from noticetab.record import Record
from noticetab.tables import facts
from noticetab.tables.identity import Key, id_of, notice_keys
from noticetab.tables.rows import Rows, flatten


@dataclass(frozen=True)
class Prepared:
    """The rows of a record under the id ``notice``, what it is recognized by, and its JSON.

    ``facts_hash`` is that of its facts (:func:`noticetab.tables.facts.facts_hash`), ``dumped``
    what ``versions.record`` keeps: the record without its defaults.
    """

    notice: str
    rows: Rows
    keys: list[Key]
    facts_hash: str
    dumped: str

    @cached_property
    def record(self) -> Record:
        """The record itself."""
        return Record.model_validate_json(self.dumped)

    def under(self, notice: str) -> Prepared:
        """The same under the id of a known notice."""
        return self if notice == self.notice else prepare(self.record, notice)


def prepare(record: Record, notice: str | None = None) -> Prepared:
    """Make a record ready under the id ``notice``, else under its own.

    NUL characters, which PostgreSQL cannot hold, become U+FFFD.
    """
    dumped = record.model_dump_json(exclude_defaults=True)
    if "\\u0000" in dumped:
        record = Record.model_validate_json(dumped.replace("\\u0000", "\\ufffd"))
    keys = notice_keys(record)
    own = notice or id_of(keys)
    record = record.model_copy(update={"source": record.source.model_copy(update={"notice_id": own})})
    rows = flatten(record, own)
    dumped = record.model_dump_json(exclude_defaults=True)
    return Prepared(own, rows, keys, facts.facts_hash(facts.facts(rows)), dumped)
