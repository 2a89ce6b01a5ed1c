"""What one notice becomes: the typed record (see docs/record.md).

Every row carries its ``evidence`` (where in the canonical text it was read), the id of the
``rule`` that made it and a ``confidence`` from 0 to 1. Dates are :class:`datetime.date`,
written as ``YYYY-MM-DD``; times are strings ``HH:MM`` because a notice may say 24:00.
Values that have an official Chinese term keep it (主办, 副主题, 通知).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Time = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$")]
"""A clock time ``HH:MM``; 24:00 is the end of the day, as notices write it."""

CONTRACT_VERSION = 2
"""Raised when a key, column, role or code goes or changes its meaning, not when one is added.

1 is the shape of records that did not carry it yet.
"""

Severity = Literal["error", "warning", "info"]
Precision = Literal["day", "xun", "month", "year"]


class Model(BaseModel):
    """Base of all parts of a record: unknown keys are an error."""

    model_config = ConfigDict(extra="forbid")


class Evidence(Model):
    """Where a row was read: characters ``start`` to ``end`` (exclusive) of the canonical text.

    ``page`` (from 1) and ``bbox`` (x0, top, x1, bottom in points, origin top left) are given
    for sources that have pages.
    """

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    page: int | None = None
    bbox: tuple[float, float, float, float] | None = None


Spans = dict[str, list[Evidence] | list[list[Evidence]]]
"""Where each field of a row was read: one piece of text or several for its value; for a list such
pieces for each of its values, in its order (none for a value that stands nowhere)."""


class Row(Model):
    """What every row has."""

    evidence: Evidence
    rule: str = ""
    confidence: float = Field(default=1.0, ge=0, le=1)
    spans: Spans = Field(default_factory=dict)

    def places(self) -> Iterator[Evidence]:
        """Every place that the row was read at, its own first."""
        yield self.evidence


class Source(Model):
    """The file read; ``part`` counts from 1 the documents of a file that holds several."""

    path: str | None = None
    part: int = Field(default=1, ge=1)
    sha256: str = ""
    media_type: str = "text/plain"
    encoding: str | None = None
    pages: int | None = None
    chars: int = 0
    notice_id: str = ""


class Notice(Model):
    """The document, in the terms of GB/T 9704-2012 section 7."""

    is_notice: bool = True
    doc_type: str | None = None
    title: str | None = None
    doc_number: str | None = None
    doc_number_agency: str | None = None
    doc_number_year: int | None = None
    doc_number_serial: int | None = None
    header_mark: str | None = None
    issuers: list[str] = Field(default_factory=list)
    addressees: list[str] = Field(default_factory=list)
    cc: list[str] = Field(default_factory=list)
    issued_on: dt.date | None = None
    published_at: dt.datetime | None = None
    printed_by: str | None = None
    printed_on: dt.date | None = None
    classification: str | None = None
    urgency: str | None = None
    signer: str | None = None
    copy_number: str | None = None
    annotation: str | None = None
    region: str | None = None
    region_adcode: str | None = None
    evidence: dict[str, Evidence] = Field(default_factory=dict)
    """Where each field was read, by field name."""
    rule: dict[str, str] = Field(default_factory=dict)
    """The rule that made each field, by field name."""
    confidence: float = Field(default=1.0, ge=0, le=1)
    spans: Spans = Field(default_factory=dict)


class Event(Row):
    """An event that the notice is about (schema.org/Event)."""

    name: str
    series: str | None = None
    edition: int | None = None
    year: int | None = None
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None


class Theme(Row):
    """A theme of the event; 系列 are its named lines of work."""

    role: Literal["主题", "副主题", "系列"]
    text: str


class Section(Row):
    """A heading of the outline; ``parent`` is the heading above it."""

    level: int
    marker: str | None = None
    number: int | None = None
    heading: str
    declared_count: int | None = None
    parent: str | None = None


class Organizer(Row):
    """An organization in a role (主办, 承办, 协办, 指导, 支持, 牵头, 参与, 成员 …)."""

    role: str
    raw: str
    name: str
    org_id: str | None = None
    org_kind: list[str] = Field(default_factory=list)
    region_adcode: str | None = None
    et_al: bool = False


class Activity(Row):
    """A numbered or headed activity, a group of them, or a point of the content outline."""

    section: str | None = None
    number: int | None = None
    name: str | None = None
    kind: Literal["activity", "group", "focus"] = "activity"
    parent: str | None = None
    description: str | None = None
    organizers: list[Organizer] = Field(default_factory=list)
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    start_time: Time | None = None
    end_time: Time | None = None
    venues: list[str] = Field(default_factory=list)
    audience: list[str] = Field(default_factory=list)
    forms: list[str] = Field(default_factory=list)
    activity_types: list[str] = Field(default_factory=list)
    topics: list[str] = Field(default_factory=list)
    settings: list[str] = Field(default_factory=list)
    labels: dict[str, Evidence] = Field(default_factory=dict)
    """The words that decided each classification, keyed ``field:value`` (``topics:食品安全``)."""

    def places(self) -> Iterator[Evidence]:
        """Its own place and those of the words that classify it."""
        yield self.evidence
        yield from self.labels.values()


class DateRow(Row):
    """A date or period stated anywhere.

    ``inferred`` names the parts that are not printed and where each was taken from, such as
    ``{"year": "title"}``; ``open_end`` marks 起 (no end) and ``open_start`` 前 or 截止.
    """

    role: str
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    start_time: Time | None = None
    end_time: Time | None = None
    precision: Precision = "day"
    raw: str
    inferred: dict[str, str] = Field(default_factory=dict)
    open_end: bool = False
    open_start: bool = False


class Deadline(Row):
    """Something due: who owes what, when, and through which channel."""

    due_on: dt.date
    due_time: Time | None = None
    who: str | None = None
    what: str | None = None
    channel: str | None = None
    raw: str


class Contact(Row):
    """A contact point as printed."""

    unit: str | None = None
    persons: list[str] = Field(default_factory=list)
    phones: list[str] = Field(default_factory=list)
    fax: list[str] = Field(default_factory=list)
    emails: list[str] = Field(default_factory=list)
    address: str | None = None


class Person(Row):
    """A person named in a role of a committee or office (``body``)."""

    role: str
    name: str
    title: str | None = None
    body: str | None = None


class FormField(Model):
    """A cell of a blank form that somebody fills in."""

    label: str
    kind: Literal["text", "choice", "number"] = "text"
    options: list[str] = Field(default_factory=list)
    unit: str | None = None
    evidence: Evidence | None = None


class Attachment(Row):
    """An attachment that is listed, printed (``embedded``), or both."""

    number: int | None = None
    title: str
    embedded: bool = False
    fields: list[FormField] = Field(default_factory=list)

    def places(self) -> Iterator[Evidence]:
        """Its own place and those of its form's cells."""
        yield self.evidence
        yield from (field.evidence for field in self.fields if field.evidence is not None)


class Quota(Row):
    """A number of activities, works, people or places demanded of somebody."""

    who: str | None = None
    what: str
    min: int | None = None
    max: int | None = None
    unit: str | None = None


class Reference(Row):
    """A document, law or work cited."""

    title: str
    doc_number: str | None = None
    kind: str | None = None


class Finding(Row):
    """Something a reader should check, with the places that disagree.

    ``message`` is Chinese, ``message_en`` English; ``related`` are the other places.
    """

    code: str
    severity: Severity
    message: str
    message_en: str = ""
    related: list[Evidence] = Field(default_factory=list)

    def places(self) -> Iterator[Evidence]:
        """Its own place and the others that disagree with it."""
        yield self.evidence
        yield from self.related


class Record(Model):
    """One notice: every key is present, a list may be empty, unknown values are null.

    ``contract_version`` (:data:`CONTRACT_VERSION`), ``program`` and ``rules_hash`` say what made it;
    a record that was put together in other ways has none of them.
    """

    contract_version: int | None = None
    program: str | None = None
    rules_hash: str | None = None
    source: Source = Source()
    text: str = ""
    notice: Notice = Notice()
    events: list[Event] = Field(default_factory=list)
    themes: list[Theme] = Field(default_factory=list)
    sections: list[Section] = Field(default_factory=list)
    organizers: list[Organizer] = Field(default_factory=list)
    activities: list[Activity] = Field(default_factory=list)
    dates: list[DateRow] = Field(default_factory=list)
    deadlines: list[Deadline] = Field(default_factory=list)
    contacts: list[Contact] = Field(default_factory=list)
    people: list[Person] = Field(default_factory=list)
    attachments: list[Attachment] = Field(default_factory=list)
    quotas: list[Quota] = Field(default_factory=list)
    references: list[Reference] = Field(default_factory=list)
    findings: list[Finding] = Field(default_factory=list)

    def rows(self) -> Iterator[tuple[str, Row]]:
        """Every row with the name of its list; an activity's organizers follow it."""
        for key in ROW_LISTS:
            for row in getattr(self, key):
                yield key, row
                if isinstance(row, Activity):
                    for organizer in row.organizers:
                        yield "organizers", organizer


def each_value(spans: Spans) -> Iterator[tuple[str, int, list[Evidence]]]:
    """Field, number of the value in it from 1 (1 where it holds a single one), and its pieces."""
    for field, found in spans.items():
        listed = [one for one in found if isinstance(one, list)]
        if not listed:
            yield field, 1, [one for one in found if isinstance(one, Evidence)]
        for number, pieces in enumerate(listed, 1):
            if pieces:
                yield field, number, pieces


ROW_LISTS = (
    "events", "themes", "sections", "organizers", "activities", "dates", "deadlines", "contacts",
    "people", "attachments", "quotas", "references", "findings",
)  # fmt: skip
