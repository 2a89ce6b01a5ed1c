"""What each notice says, fact by fact, with the place where it says it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from noticetab.record import Activity, DateRow, Event, Evidence, Organizer, Record, Row

from .collection import Compared

FACTS = (
    "title",
    "doc_type",
    "doc_number",
    "issuers",
    "issued_on",
    "addressees",
    "region",
    "event",
    "edition",
    "theme",
    "subtheme",
    "lines",
    "period",
    "days",
    "lead_days",
    "opening",
    "other_dates",
    "hosts",
    "organizers",
    "co_organizers",
    "guides",
    "supporters",
    "other_roles",
    "host_kinds",
    "committee",
    "activities",
    "groups",
    "focus_points",
    "declared",
    "deadlines",
    "quotas",
    "contacts",
    "attachments",
    "references",
    "findings",
)
"""The facts in the order in which they are shown."""

ROLES = {
    "主办": "hosts",
    "承办": "organizers",
    "协办": "co_organizers",
    "指导": "guides",
    "支持": "supporters",
}
THEMES = {"主题": "theme", "副主题": "subtheme", "系列": "lines"}
OPENING = "opening"
UNSHOWN = frozenset({"event", "issued", "printed", "published", "deadline", "mentioned", "activity"})
"""Roles of dates that stand elsewhere (the period, the date of issue, deadlines, activities) or say
nothing of this event (a date merely mentioned)."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One value of one fact; ``number`` where it can be reckoned with, ``note`` says more.

    ``evidence`` is where the notice says it (None for a count of rows).
    """

    fact: str
    value: str
    number: float | None = None
    evidence: Evidence | None = None
    note: str | None = None


def facts(notice: Compared) -> Iterator[Fact]:
    """All facts of one notice, in the order of :data:`FACTS`."""
    record = notice.record
    found = [
        *_document(record),
        *_events(record),
        *(Fact(THEMES[row.role], row.text, evidence=row.evidence) for row in record.themes),
        *_dates(record),
        *_hosts(record),
        *_counts(record),
        *_demands(record),
    ]
    order = {name: i for i, name in enumerate(FACTS)}
    yield from sorted(found, key=lambda fact: order[fact.fact])


def days(start: dt.date | None, end: dt.date | None) -> int | None:
    """Days from ``start`` to ``end``, both counted; 1 without an end; None without a start."""
    if start is None:
        return None
    return ((end or start) - start).days + 1


def period(start: dt.date | None, end: dt.date | None) -> str:
    """A period as text: ``2023-05-20 – 05-31``."""
    if start is None:
        return f"– {end.isoformat()}" if end else ""
    if end is None or end == start:
        return start.isoformat()
    shown = end.isoformat()
    return f"{start.isoformat()} – {shown[5:] if end.year == start.year else shown}"


def main_event(record: Record) -> Event | None:
    """The event that the notice is about: the first one that says when it is, else the first."""
    return next((event for event in record.events if event.starts_on), next(iter(record.events), None))


def lead(record: Record, due: dt.date) -> int | None:
    """Days from the date of issue to ``due``; None if the notice bears no date."""
    return (due - record.notice.issued_on).days if record.notice.issued_on else None


def declared_counts(record: Record) -> Iterator[tuple[str, int, int, Evidence]]:
    """Each heading that says how many items it has: heading, declared, found, where.

    Found are the items that stand directly under it: those of a section without a parent (or, if
    all of them have one, the groups' children), or the children of a group.
    """
    for section in record.sections:
        if section.declared_count is None:
            continue
        inside = [row for row in record.activities if section.heading in (row.section, row.parent)]
        direct = [row for row in inside if row.section == section.heading and row.parent is None]
        listed = [row for row in inside if row.parent == section.heading] or direct or inside
        if len(listed) != section.declared_count and len(inside) == section.declared_count:
            listed = inside
        yield section.heading, section.declared_count, len(listed), section.evidence


def path(activity: Activity) -> str:
    """Where an activity stands: its section, and the group in it."""
    return " / ".join(filter(None, (activity.section, activity.parent))) or "—"


def _document(record: Record) -> Iterator[Fact]:
    notice = record.notice

    def at(name: str) -> Evidence | None:
        return notice.evidence.get(name)

    for name in ("title", "doc_type", "doc_number", "region"):
        value = getattr(notice, name)
        if value:
            note = notice.region_adcode if name == "region" else None
            yield Fact(name, value, evidence=at(name), note=note)
    for name in ("issuers", "addressees"):
        for value in getattr(notice, name):
            yield Fact(name, value, evidence=_within(record, at(name), value))
    if notice.issued_on:
        yield Fact("issued_on", notice.issued_on.isoformat(), evidence=at("issued_on"))


def _events(record: Record) -> Iterator[Fact]:
    for event in record.events:
        yield Fact("event", event.name, evidence=event.evidence, note=event.series)
        if event.edition is not None:
            yield Fact("edition", str(event.edition), event.edition, event.evidence)
        length = days(event.starts_on, event.ends_on)
        if length is None:
            continue
        where = _period_evidence(record, event)
        yield Fact("period", period(event.starts_on, event.ends_on), evidence=where)
        yield Fact("days", str(length), length, where)
        if event.starts_on and (ahead := lead(record, event.starts_on)) is not None:
            yield Fact("lead_days", str(ahead), ahead, record.notice.evidence.get("issued_on"))


def _period_evidence(record: Record, event: Event) -> Evidence:
    """Where the period itself is printed, else where the event is."""
    same = [row for row in record.dates if (row.starts_on, row.ends_on) == (event.starts_on, event.ends_on)]
    return same[0].evidence if same else event.evidence


def _dates(record: Record) -> Iterator[Fact]:
    rows = [row for row in record.dates if shown_date(row)]
    timed = {(row.role, row.starts_on) for row in rows if row.start_time}
    seen: set[tuple[str, str]] = set()
    for row in rows:
        if not row.start_time and not row.ends_on and (row.role, row.starts_on) in timed:
            continue  # said again elsewhere with its hour
        name = "opening" if row.role == OPENING else "other_dates"
        shown = date_text(row)
        if shown and (row.role, shown) not in seen:
            seen.add((row.role, shown))
            yield Fact(name, shown, evidence=row.evidence, note=None if name == "opening" else row.role)


def shown_date(row: DateRow) -> bool:
    """Whether a date row is one of the event's own days, told to the day or at least the month."""
    return row.role not in UNSHOWN and row.precision != "year"


def date_text(row: DateRow) -> str:
    """A date row as text, with its clock time."""
    shown = period(row.starts_on, row.ends_on)
    if shown and row.open_end and not row.ends_on:
        shown += " –"
    clock = "–".join(filter(None, (row.start_time, row.end_time)))
    return f"{shown} {clock}".strip()


def _hosts(record: Record) -> Iterator[Fact]:
    for row in record.organizers:
        if row.role == "成员":
            continue
        note = None if row.role in ROLES else row.role
        yield Fact(ROLES.get(row.role, "other_roles"), row.name, evidence=row.evidence, note=note)
    hosts = [row for row in record.organizers if row.role == "主办"]
    kinds = Counter(kind for row in hosts for kind in row.org_kind)
    for kind, count in sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0])):
        yield Fact("host_kinds", kind, count, _first(hosts, kind))
    members = [row for row in record.organizers if row.role == "成员"]
    if members:
        yield Fact("committee", str(len(members)), len(members), members[0].evidence)


def _first(rows: Sequence[Organizer], kind: str) -> Evidence | None:
    return next((row.evidence for row in rows if kind in row.org_kind), None)


def _counts(record: Record) -> Iterator[Fact]:
    for name, kind in (("activities", "activity"), ("groups", "group"), ("focus_points", "focus")):
        rows = [row for row in record.activities if row.kind == kind]
        if not rows:
            continue
        yield Fact(name, str(len(rows)), len(rows), rows[0].evidence)
        if kind == "activity":
            by_path: dict[str, list[Activity]] = {}
            for row in rows:
                by_path.setdefault(path(row), []).append(row)
            if len(by_path) > 1:
                for place, part in by_path.items():
                    yield Fact(name, str(len(part)), len(part), part[0].evidence, note=place)
    for heading, declared, found, evidence in declared_counts(record):
        yield Fact("declared", f"{declared} / {found}", declared - found, evidence, note=heading)


def _demands(record: Record) -> Iterator[Fact]:
    for due in record.deadlines:
        shown = " ".join(filter(None, (due.due_on.isoformat(), due.due_time)))
        yield Fact("deadlines", shown, lead(record, due.due_on), due.evidence, note=due.what)
    for quota in record.quotas:
        yield Fact("quotas", quota_text(quota.min, quota.max, quota.unit), quota.max, quota.evidence,
                   note=" · ".join(filter(None, (quota.who, quota.what))))  # fmt: skip
    for contact in record.contacts:
        reach = [*contact.persons, *contact.phones, *contact.emails]
        if shown := "、".join(reach):
            yield Fact("contacts", shown, evidence=contact.evidence, note=contact.unit)
    for attachment in record.attachments:
        fields = len(attachment.fields)
        yield Fact("attachments", attachment.title, fields or None, attachment.evidence)
    for reference in record.references:
        yield Fact("references", reference.title, evidence=reference.evidence, note=reference.doc_number)
    if record.findings:
        first: Row = record.findings[0]
        yield Fact("findings", str(len(record.findings)), len(record.findings), first.evidence)


def quota_text(least: int | None, most: int | None, unit: str | None) -> str:
    """A quota as text: ``7–10项``, ``≥ 3项``, ``≤ 2项``."""
    if least is not None and most is not None:
        span = str(least) if least == most else f"{least}–{most}"
    elif least is not None:
        span = f"≥ {least}"
    elif most is not None:
        span = f"≤ {most}"
    else:
        span = "—"
    return f"{span} {unit or ''}".strip()


def _within(record: Record, evidence: Evidence | None, value: str) -> Evidence | None:
    """The part of ``evidence`` that is ``value``, if it is printed there as one piece."""
    if evidence is None:
        return None
    at = record.text.find(value, evidence.start, evidence.end)
    if at < 0:
        return evidence
    return evidence.model_copy(update={"start": at, "end": at + len(value), "bbox": None})
