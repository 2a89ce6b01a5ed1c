"""The register of distinct organizations: one row each, however often and however printed."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from noticetab.record import Organizer, Record

_BRACKETS = str.maketrans("〔〕【】[]", "()()()")


@lru_cache(maxsize=8192)
def org_id(name: str) -> str:
    """The stable id of an organization: a hash of its full name, whatever its width and brackets."""
    plain = "".join(unicodedata.normalize("NFKC", name).translate(_BRACKETS).split())
    return "org-" + hashlib.sha256(plain.encode()).hexdigest()[:12]


@dataclass(slots=True)
class Organization:
    """A distinct organization: its full name, the forms it was printed in, kind and place served."""

    org_id: str
    name: str
    kind: list[str]
    region_adcode: str | None
    aliases: list[str] = field(default_factory=list)


class Registry:
    """Collects organizations over records; iterating gives them in order of first appearance.

    An alias is any printed form other than the full name. A form such as 市科协 belongs to many
    organizations, so aliases say how each was printed and are no key.
    """

    def __init__(self, records: Iterable[Record] = ()) -> None:
        self._rows: dict[str, Organization] = {}
        for record in records:
            self.add_record(record)

    def add_record(self, record: Record) -> None:
        """Collect the organizers of a record and of its activities."""
        for _, row in record.rows():
            if isinstance(row, Organizer):
                self.add(row.name, row.raw, row.org_kind, row.region_adcode)

    def add(self, name: str, raw: str, kind: list[str], region_adcode: str | None) -> Organization:
        """Note one appearance of an organization and return its row."""
        key = org_id(name)
        row = self._rows.get(key)
        if row is None:
            row = self._rows[key] = Organization(key, name, list(kind), region_adcode)
        row.region_adcode = row.region_adcode or region_adcode
        row.kind += [k for k in kind if k not in row.kind]
        if raw != row.name and raw not in row.aliases:
            row.aliases.append(raw)
        return row

    def __iter__(self) -> Iterator[Organization]:
        return iter(self._rows.values())

    def __len__(self) -> int:
        return len(self._rows)
