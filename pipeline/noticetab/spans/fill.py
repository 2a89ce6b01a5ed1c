"""Which value of a row stands where: the fields of each kind of row, and what each is located by.

Verbatim values are looked for as they are printed; what is computed points at the words it was taken
from (a full name at the printed one, a day at the printed date) or has no span.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import Any

from noticetab.record import (
    ROW_LISTS,
    Activity,
    Attachment,
    Event,
    Evidence,
    Notice,
    Quota,
    Record,
    Row,
    Section,
    Spans,
)
from noticetab.spans.folded import Span
from noticetab.spans.locate import Locator

VERBATIM: dict[str, tuple[str, ...]] = {
    "Event": ("name",),
    "Theme": ("text",),
    "Section": ("heading",),
    "Organizer": ("raw",),
    "Activity": ("name",),
    "DateRow": ("raw",),
    "Deadline": ("raw", "who", "what", "channel"),
    "Contact": ("unit", "persons", "phones", "fax", "emails", "address"),
    "Person": ("name", "title", "body"),
    "Attachment": ("title",),
    "Quota": ("who", "what"),
    "Reference": ("title", "doc_number"),
}
"""Fields that hold what is printed, by the model of the row; they stand in its evidence or near it."""

TAKEN_FROM: dict[str, dict[str, str]] = {
    "Organizer": {"name": "raw"},
    "DateRow": dict.fromkeys(("starts_on", "ends_on", "start_time", "end_time"), "raw"),
    "Deadline": dict.fromkeys(("due_on", "due_time"), "raw"),
    "Section": {"number": "marker"},
}
"""Computed fields, and the field whose words each was taken from."""

ROLES = ("Theme", "Organizer", "Person")
"""Kinds of rows whose role is a label or a verb printed beside them."""
_ROLE_WITHIN = 400
"""Characters before a row in which the label of its role is looked for."""

NOTICE_VERBATIM = (
    "title", "doc_number", "doc_number_agency", "header_mark", "issuers", "addressees", "cc", "printed_by",
    "classification", "urgency", "signer", "copy_number", "annotation", "doc_type",
)  # fmt: skip
NOTICE_TAKEN = ("issued_on", "printed_on", "published_at", "region", "region_adcode")
"""Fields of the notice whose span is their evidence: the printed date, the words that name the place."""
LABELLED = ("audience", "forms", "activity_types", "topics", "settings")
"""Classifications of an activity: the words that decided each stand in its ``labels``."""

_MARKER = 12
"""Characters before a heading in which its number is looked for."""
_LONG = 12000
"""Characters after an item in which its description is looked for."""


def fill_all(record: Record) -> None:
    """Give the notice and every row of a record their spans."""
    fill(record, ("notice", *ROW_LISTS))


def fill(record: Record, lists: Iterable[str]) -> None:
    """Give the rows of the named lists (``notice``: the document's fields) their spans.

    What a list refers to (the headings of ``sections``, the days of ``dates``) is taken as it stands.
    """
    work = _Filling(record)
    for name in lists:
        if name == "notice":
            record.notice.spans = work.notice(record.notice)
        elif name != "findings":
            for row in getattr(record, name):
                row.spans = work.row(row)
                for organizer in row.organizers if isinstance(row, Activity) else ():
                    organizer.spans = work.row(organizer)


class _Filling:
    """One record, its text folded, and where its headings, items and days stand."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.locator = Locator(record.text)
        self.headings: dict[str, list[tuple[int, Span]]] = {}
        named: list[tuple[Row, str]] = [(row, row.heading) for row in record.sections]
        for row, name in (*named, *((a, a.name) for a in record.activities if a.name)):
            if found := self.locator.within(name, *self._places(row.evidence)):
                self.headings.setdefault(name, []).append((row.evidence.start, found[0]))
        for listed in self.headings.values():
            listed.sort()
        self.starts = sorted({row.evidence.start for row in record.activities})
        self.periods: dict[Any, list[Evidence]] = {}
        for day in sorted(record.dates, key=lambda row: row.evidence.start):
            self.periods.setdefault((day.starts_on, day.ends_on), []).append(day.evidence)

    def _places(self, evidence: Evidence) -> Span:
        return self.locator.folded.places(evidence.start, evidence.end)

    # --- the document ---------------------------------------------------------------------------

    def notice(self, notice: Notice) -> Spans:
        """The spans of the fields of the document."""
        spans: Spans = {}
        whole = Evidence(start=0, end=len(self.record.text))
        for name in NOTICE_VERBATIM:
            evidence = notice.evidence.get(name) or notice.evidence.get("title")
            self._verbatim(spans, name, getattr(notice, name), self._places(evidence or whole))
        for name in ("doc_number_year", "doc_number_serial"):
            value, where = getattr(notice, name), notice.evidence.get("doc_number")
            if value is not None and where is not None:
                found = self.locator.number(value, *self._places(where), last=name.endswith("serial"))
                self._put(spans, name, found)
        for name in NOTICE_TAKEN:
            where = notice.evidence.get(name)
            if getattr(notice, name) is not None and where is not None:
                spans[name] = [Evidence(start=where.start, end=where.end)]
        return spans

    # --- rows -----------------------------------------------------------------------------------

    def row(self, row: Row) -> Spans:
        """The spans of the fields of a row."""
        spans: Spans = {}
        kind = type(row).__name__
        here = self._places(row.evidence)
        for name in VERBATIM.get(kind, ()):
            self._verbatim(spans, name, getattr(row, name), here)
        if kind in ROLES:
            self._role(spans, getattr(row, "role", ""), here)
        match row:
            case Event():
                self._event(spans, row, here)
            case Section():
                self._section(spans, row, here)
            case Activity():
                self._activity(spans, row, here)
            case Attachment():
                self._number(spans, "number", row.number, (here[0] - _MARKER, here[1]))
            case Quota():
                self._quota(spans, row, here)
        for name, source in TAKEN_FROM.get(kind, {}).items():
            if source in spans and getattr(row, name) not in (None, []):
                _copy(spans, source, name)
        return spans

    def _event(self, spans: Spans, row: Event, here: Span) -> None:
        self._verbatim(spans, "series", row.series, self._span_of(spans, "name") or here)
        if row.series and "series" not in spans and "name" in spans:
            _copy(spans, "name", "series")
        for name in ("edition", "year"):
            named = self._span_of(spans, "name")
            value = getattr(row, name)
            for where in (named, here):
                if where and name not in spans:
                    self._number(spans, name, value, where)
        self._days(spans, row, row.evidence)

    def _section(self, spans: Spans, row: Section, here: Span) -> None:
        heading = self._span_of(spans, "heading") or here
        if row.marker:
            self._put(spans, "marker", self.locator.within(row.marker, max(0, here[0] - _MARKER), heading[1]))
        if row.declared_count is not None:
            line = self.locator.line(*here)
            self._number(spans, "declared_count", row.declared_count, (heading[1], line[1]))
        self._heading(spans, "parent", row.parent, row.evidence)

    def _activity(self, spans: Spans, row: Activity, here: Span) -> None:
        start = row.evidence.start
        named = self._span_of(spans, "name")
        if row.number is not None:
            before = named[0] if named else here[0] + _MARKER
            found = self.locator.number(row.number, here[0] - _MARKER, before, last=named is not None)
            self._put(spans, "number", found)
        self._heading(spans, "section", row.section, row.evidence)
        self._heading(spans, "parent", row.parent, row.evidence)
        following = self.starts[bisect_right(self.starts, start) :][:1]
        after = self.locator.folded.places(start, following[0] if following else len(self.record.text))[1]
        own = (here[0], max(here[1], after))
        if row.description:
            first = named[1] if named else here[0]
            for low, high in ((first, own[1]), own, (here[0], min(self.locator.end, here[0] + _LONG))):
                if found := self.locator.within(row.description, low, high):
                    break
            self._put(spans, "description", found or self.locator.about(row.description, *here))
        self._verbatim(spans, "venues", row.venues, own)
        self._days(spans, row, row.evidence)
        for name in LABELLED:
            labels = [row.labels.get(f"{name}:{value}") for value in getattr(row, name)]
            if any(labels):
                spans[name] = [[Evidence(start=x.start, end=x.end)] if x else [] for x in labels]

    def _quota(self, spans: Spans, row: Quota, here: Span) -> None:
        self._number(spans, "min", row.min, here)
        self._number(spans, "max", row.max, here, last=True)
        numbers = [where for name in ("max", "min") if (where := self._span_of(spans, name))]
        if row.unit:
            low = max((where[1] for where in numbers), default=here[0])
            found = self.locator.within(row.unit, low, here[1] + _MARKER)
            self._put(spans, "unit", found or self.locator.about(row.unit, *here))

    # --- kinds of values ------------------------------------------------------------------------

    def _verbatim(self, spans: Spans, name: str, value: str | Sequence[str] | None, here: Span) -> None:
        if not value:
            return
        if isinstance(value, str):
            self._put(spans, name, self._one(value, here))
            return
        found, low = [], here[0]
        for one in value:
            pieces = self.locator.within(one, low, here[1]) or self._one(one, here)
            if pieces and here[0] <= pieces[0][0] and pieces[-1][1] <= here[1]:
                low = pieces[-1][1]
            found.append(self.locator.evidence(pieces))
        if any(found):
            spans[name] = found

    def _one(self, value: str, here: Span) -> list[Span]:
        """A value in the places of its row, else in one run near them, else in pieces from there on."""
        return (
            self.locator.within(value, *here)
            or self.locator.about(value, *here)
            or self.locator.within(value, here[0], min(self.locator.end, here[0] + _LONG))
        )

    def _role(self, spans: Spans, role: str, here: Span) -> None:
        line = self.locator.line(*here)
        found = (
            self.locator.before(role, here[0], here[0] - line[0])
            or self.locator.within(role, here[1], line[1])
            or self.locator.before(role, here[0], _ROLE_WITHIN)
        )
        self._put(spans, "role", found)

    def _number(self, spans: Spans, name: str, value: int | None, where: Span, *, last: bool = False) -> None:
        if value is not None:
            self._put(spans, name, self.locator.number(value, *where, last=last))

    def _heading(self, spans: Spans, name: str, value: str | None, at: Evidence) -> None:
        """The nearest heading of that wording above a row, else the words as near as can be."""
        if not value:
            return
        listed = self.headings.get(value, [])
        index = bisect_left(listed, (at.start,))
        found = [listed[index - 1][1]] if index else self.locator.about(value, *self._places(at))
        self._put(spans, name, found)

    def _days(self, spans: Spans, row: Event | Activity, at: Evidence) -> None:
        """The printed date of a period, the one nearest to where its row was read."""
        if row.starts_on is None and row.ends_on is None:
            return
        listed = self.periods.get((row.starts_on, row.ends_on), [])
        if not listed:
            return
        index = bisect_left([x.start for x in listed], at.start)
        near = min(
            listed[max(0, index - 1) : index + 1], key=lambda x: (x.start < at.start, abs(x.start - at.start))
        )
        for name in ("starts_on", "ends_on"):
            if getattr(row, name) is not None:
                spans[name] = [Evidence(start=near.start, end=near.end)]

    def _span_of(self, spans: Spans, name: str) -> Span | None:
        """The places of the first and last piece of a field that has been located."""
        pieces = [one for one in spans.get(name, []) if isinstance(one, Evidence)]
        if not pieces:
            return None
        return self.locator.folded.places(pieces[0].start, pieces[-1].end)

    def _put(self, spans: Spans, name: str, found: list[Span]) -> None:
        if found:
            spans[name] = self.locator.evidence(found)


def _copy(spans: Spans, source: str, name: str) -> None:
    """One field points at the words of another."""
    copied: Any = list(spans[source])
    spans[name] = copied
