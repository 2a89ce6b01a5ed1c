"""A record flattened: plain rows with stable ids for every table.

An id is the notice's id, a letter for the table and a fingerprint of the row's natural key:
``n0f3c…-A91b2c7d4`` is an activity, known by its section, number and name. Ids are made of what
a row is called and not of where it stands, so that the row keeps its id in another format, on
another machine, and in a corrected version that puts a row before it; what a correction usually
changes (a date, a place, a telephone number) is no part of any key. Rows that share a key are
told apart by their order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from noticetab.record import each_value
from noticetab.tables.failure import Failure
from noticetab.tables.identity import digest, notice_id, squeeze

if TYPE_CHECKING:
    from noticetab.record import Activity, Evidence, Organizer, Record, Row, Section, Spans

Rows = dict[str, list[dict[str, Any]]]
"""Rows by table name; values are Python's own: dates, lists, dicts, None."""

LETTERS = {
    "events": "E", "themes": "T", "sections": "S", "activities": "A", "organizers": "O", "dates": "D",
    "deadlines": "L", "contacts": "C", "people": "P", "attachments": "B", "form_fields": "F", "quotas": "Q",
    "references": "R", "findings": "X",
}  # fmt: skip
"""The letter of each table in ids (B is 附件, L a deadline, X a finding)."""

ID_COLUMNS = {
    "events": "event_id", "themes": "theme_id", "sections": "section_id", "activities": "activity_id",
    "organizers": "organizer_id", "dates": "date_id", "deadlines": "deadline_id", "contacts": "contact_id",
    "people": "person_id", "attachments": "attachment_id", "form_fields": "field_id", "quotas": "quota_id",
    "references": "reference_id", "findings": "finding_id",
}  # fmt: skip

NATURAL_KEYS = {
    "events": ("name",),
    "themes": ("role", "text"),
    "sections": ("parent", "number", "heading"),
    "dates": ("role", "raw"),
    "deadlines": ("who", "what"),
    "contacts": ("unit",),
    "people": ("body", "role", "name"),
    "attachments": ("title",),
    "quotas": ("who", "what", "unit"),
    "references": ("title", "doc_number"),
}
"""What rows of a plain table are called."""

OF_ONE_NOTICE = (*ID_COLUMNS, "field_spans")
"""The tables whose rows a notice brings and takes with it."""

SAID_OF_ORGANIZATIONS = ("org_id", "raw", "name", "org_kind", "region_adcode")
"""The columns of ``organizers`` that organizations are made of."""

APART = {"evidence", "rule", "confidence", "spans", "organizers", "fields", "related"}
"""Fields of a row that are no columns of its table as they are."""

_NAMELESS = 24
"""Characters of the description that name an item without a heading."""


def flatten(record: Record, notice: str | None = None) -> Rows:
    """The rows of one record by table, every flat table present.

    ``notice`` is the id to use where a store has recognized the record as a known notice; else
    the record's own ``source.notice_id``, else :func:`~noticetab.tables.identity.notice_id`.
    """
    return _Flattening(record, notice or record.source.notice_id or notice_id(record)).rows


def source_id(path: str | None, sha256: str, part: int = 1) -> str:
    """Id of a document of a file: of the file's path as given, its bytes, and which of its documents."""
    return "s" + digest("source", path, sha256, *([part] if part > 1 else []))


def failure_row(failure: Failure) -> dict[str, Any]:
    """The row of a file that could not be read."""
    return {
        "failure_id": "f" + digest("failure", failure.path),
        "path": failure.path,
        "kind": failure.kind,
        "error": failure.error,
        "traceback": failure.traceback,
    }


def organization_id(organizer: Organizer) -> str:
    """The organization's id as given, else one made of its full name."""
    return organizer.org_id or "o" + digest("organization", squeeze(organizer.name) or organizer.name)


def merge_organizations(organizers: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The organizations of rows of ``organizers``: one row each, sorted by id, the same whatever
    the order of ``organizers``. Of those the columns :data:`SAID_OF_ORGANIZATIONS` are read.

    Of differing names the shortest (then first) is kept, of codes the first, of kinds all. Aliases
    are all printed forms but that name. One such as 市科协 belongs to many organizations, so an
    alias says how an organization was printed and is no key.
    """
    rows: dict[str, list[Mapping[str, Any]]] = {}
    for row in organizers:
        rows.setdefault(row["org_id"], []).append(row)
    return [_organization(key, rows[key]) for key in sorted(rows)]


def _organization(org_id: str, rows: list[Mapping[str, Any]]) -> dict[str, Any]:
    name = min((row["name"] for row in rows), key=lambda name: (len(name), name))
    return {
        "org_id": org_id,
        "name": name,
        "org_kind": sorted({kind for row in rows for kind in row["org_kind"]}),
        "region_adcode": min((row["region_adcode"] for row in rows if row["region_adcode"]), default=None),
        "aliases": sorted({row["raw"] for row in rows} - {name, ""}),
    }


class _Flattening:
    """The work of :func:`flatten`: one record, its id, and the keys given out so far."""

    def __init__(self, record: Record, notice: str) -> None:
        self.record = record
        self.notice = notice
        self.given: Counter[str] = Counter()
        self.sections: dict[str, str] = {}
        self.groups: dict[str, str] = {}
        self.rows: Rows = {
            name: [] for name in ("notices", "sources", *LETTERS, "organizations", "field_spans")
        }
        self._document()
        for section in record.sections:
            self._section(section)
        for organizer in record.organizers:
            self._organizer(organizer, None)
        for activity in record.activities:
            self._activity(activity)
        for name, key in NATURAL_KEYS.items():
            if name not in ("sections", "attachments"):
                for row in getattr(record, name):
                    self._add(name, row, [getattr(row, part) for part in key])
        self._attachments()
        for finding in record.findings:
            said = squeeze(record.text[finding.evidence.start : finding.evidence.end])
            row = self._add("findings", finding, [finding.code, said])
            row["related"] = [_span(evidence) for evidence in finding.related]
        self.rows["organizations"] = merge_organizations(self.rows["organizers"])

    def _document(self) -> None:
        notice = self.record.notice
        columns = notice.model_dump(exclude={"evidence", "spans"})
        evidence = {field: _span(where) for field, where in notice.evidence.items()}
        self.rows["notices"].append({"notice_id": self.notice, **columns, "evidence": evidence})
        self._spans("notices", self.notice, notice.spans)
        source = self.record.source
        path = None if source.path is None else PurePath(source.path).as_posix()
        columns = source.model_dump(exclude={"path", "notice_id"})
        ids = {"source_id": source_id(path, source.sha256, source.part), "notice_id": self.notice}
        made = self.record.model_dump(include={"contract_version", "program", "rules_hash"})
        self.rows["sources"].append({**ids, "path": path, **columns, **made})

    def _id(self, table: str, key: Iterable[object]) -> str:
        called = digest(table, *(squeeze(str(part)) if part is not None else None for part in key), length=10)
        self.given[table + called] += 1
        if (nth := self.given[table + called]) > 1:
            called = digest(called, nth, length=10)
        return f"{self.notice}-{LETTERS[table]}{called}"

    def _add(self, table: str, row: Row, key: Iterable[object], **columns: Any) -> dict[str, Any]:
        flat: dict[str, Any] = {
            ID_COLUMNS[table]: self._id(table, key),
            "notice_id": self.notice,
            "position": len(self.rows[table]) + 1,
            **row.model_dump(exclude=APART),
            **columns,
            **_place(row.evidence),
            "rule": row.rule,
            "confidence": row.confidence,
        }
        self.rows[table].append(flat)
        self._spans(table, flat[ID_COLUMNS[table]], row.spans)
        return flat

    def _spans(self, table: str, row_id: str, spans: Spans) -> None:
        for field, number, pieces in each_value(spans):
            for nth, piece in enumerate(pieces, 1):
                self.rows["field_spans"].append(
                    {
                        "table": table, "row_id": row_id, "field": field, "number": number, "piece": nth,
                        "notice_id": self.notice, "start": piece.start, "end": piece.end,
                        "page": piece.page, "bbox": None if piece.bbox is None else list(piece.bbox),
                    }
                )  # fmt: skip

    def _section(self, section: Section) -> None:
        key = [getattr(section, part) for part in NATURAL_KEYS["sections"]]
        parent = self.sections.get(section.parent or "")
        row = self._add("sections", section, key, parent_id=parent)
        self.sections[section.heading] = row["section_id"]

    def _activity(self, activity: Activity) -> None:
        called = activity.name or (activity.description or "")[:_NAMELESS]
        key = [activity.section, activity.number, activity.kind, called, activity.parent]
        row = self._add(
            "activities",
            activity,
            key,
            section_id=self._section_of(activity),
            parent_id=self.groups.get(activity.parent or ""),
        )
        row["labels"] = {label: _span(where) for label, where in activity.labels.items()}
        if activity.kind == "group" and activity.name:
            self.groups[activity.name] = row["activity_id"]
        for organizer in activity.organizers:
            self._organizer(organizer, row["activity_id"])

    def _section_of(self, activity: Activity) -> str | None:
        """The section of that heading nearest above the activity, else the first one."""
        found = None
        named = [r for r in self.rows["sections"] if r["heading"] == activity.section]
        for row in named:
            if found is None or row["start"] <= activity.evidence.start:
                found = row["section_id"]
        return found

    def _organizer(self, organizer: Organizer, activity_id: str | None) -> None:
        org_id = organization_id(organizer)
        key = [activity_id, organizer.role, organizer.name]
        self._add("organizers", organizer, key, org_id=org_id, activity_id=activity_id)

    def _attachments(self) -> None:
        for attachment in self.record.attachments:
            row = self._add("attachments", attachment, [attachment.title])
            for field in attachment.fields:
                place = field.evidence or attachment.evidence
                self.rows["form_fields"].append(
                    {
                        "field_id": self._id("form_fields", [row["attachment_id"], field.label]),
                        "notice_id": self.notice,
                        "attachment_id": row["attachment_id"],
                        "position": len(self.rows["form_fields"]) + 1,
                        **field.model_dump(exclude={"evidence"}),
                        **_place(place),
                        "rule": attachment.rule,
                        "confidence": attachment.confidence,
                    }
                )


def _place(evidence: Evidence) -> dict[str, Any]:
    x0, top, x1, bottom = evidence.bbox or (None, None, None, None)
    place: dict[str, Any] = {"start": evidence.start, "end": evidence.end, "page": evidence.page}
    return place | {"x0": x0, "top": top, "x1": x1, "bottom": bottom}


def _span(evidence: Evidence) -> dict[str, Any]:
    span: dict[str, Any] = {"start": evidence.start, "end": evidence.end}
    if evidence.page is not None:
        span["page"] = evidence.page
    if evidence.bbox is not None:
        span["bbox"] = list(evidence.bbox)
    return span
