"""What a notice says, apart from where it stands and how it was typed; and how two states differ.

Facts are the flat rows without places, rules, confidence, findings, order and the page's own time
of publication: what is left is the same for every copy of a notice.
"""

from __future__ import annotations

import datetime as dt
import json
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from noticetab.tables.identity import digest
from noticetab.tables.rows import ID_COLUMNS

if TYPE_CHECKING:
    from noticetab.tables.rows import Rows

Facts = dict[str, dict[str, dict[str, Any]]]
"""Table, row id, field: value; unknown values and empty lists are left out."""

_IDS = {"notices": "notice_id"} | {k: v for k, v in ID_COLUMNS.items() if k != "findings"}
_NOT_FACTS = {
    "notice_id", "section_id", "parent_id", "activity_id", "attachment_id", "org_id", "position",
    "start", "end", "page", "x0", "top", "x1", "bottom", "rule", "confidence", "evidence",
    "labels", "inferred", "published_at",
}  # fmt: skip
_FOLD = {
    "Zs": "",
    "Zl": "",
    "Zp": "",
    "Ps": "(",
    "Pi": "(",
    "Pe": ")",
    "Pf": ")",
    "Pd": "-",
    "Cf": "",
    "Cc": "",
}


class _Folded(dict[int, str]):
    """For str.translate: what becomes of each character, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = _FOLD.get(unicodedata.category(chr(code)), chr(code))
        return self[code]


_FOLDED = _Folded()
_LABELS = ("name", "title", "heading", "text", "what", "label", "unit", "raw", "description")


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: a row ``added`` or ``removed`` (field None) or a field ``changed``."""

    table: str
    row_id: str
    row_label: str | None
    kind: Literal["added", "removed", "changed"]
    field: str | None = None
    old: Any = None
    new: Any = None


def facts(rows: Rows) -> Facts:
    """The facts of one notice's rows."""
    return {
        table: {row[key]: dict(_fields(row, key)) for row in rows[table]}
        for table, key in _IDS.items()
        if rows.get(table)
    }


def _fields(row: dict[str, Any], key: str) -> Iterator[tuple[str, Any]]:
    for name, value in row.items():
        if name != key and name not in _NOT_FACTS and value not in (None, [], {}, ""):
            yield name, value


def facts_hash(of: Facts) -> str:
    """Fingerprint of facts; copies that differ in width, brackets, dashes or blanks share it."""
    return digest(json.dumps(fold(of), ensure_ascii=False, sort_keys=True), length=32)


def fold(value: Any) -> Any:
    """``value`` with the typing of its texts evened out: width, brackets, dashes, white space."""
    if isinstance(value, dict):
        return {key: fold(item) for key, item in value.items()}
    if isinstance(value, list):
        return [fold(item) for item in value]
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    if not isinstance(value, str):
        return value
    return unicodedata.normalize("NFKC", value).translate(_FOLDED)


def holds(fuller: Facts, other: Facts) -> bool:
    """Whether ``fuller`` says everything that ``other`` says."""
    for table, rows in other.items():
        for row_id, fields in rows.items():
            known = fuller.get(table, {}).get(row_id)
            if known is None:
                return False
            if any(fold(known.get(name)) != fold(value) for name, value in fields.items()):
                return False
    return True


def difference(old: Facts, new: Facts) -> list[Change]:
    """What changed from ``old`` to ``new``: tables as in the schema, rows in their order."""
    found: list[Change] = []
    for table in _IDS:
        before, after = old.get(table, {}), new.get(table, {})
        for row_id, fields in before.items():
            if row_id not in after:
                found.append(Change(table, row_id, label(fields), "removed", old=fields))
        for row_id, fields in after.items():
            if row_id not in before:
                found.append(Change(table, row_id, label(fields), "added", new=fields))
                continue
            was = before[row_id]
            for name in [*was, *(name for name in fields if name not in was)]:
                if fold(was.get(name)) != fold(fields.get(name)):
                    one = Change(
                        table, row_id, label(fields), "changed", name, was.get(name), fields.get(name)
                    )
                    found.append(one)
    return found


def label(fields: dict[str, Any]) -> str | None:
    """What a row is called, at most 80 characters."""
    for name in _LABELS:
        if value := fields.get(name):
            return str(value)[:80]
    return None
