"""Extract: a segmented document becomes the rows of a record, one module per kind of row.

:func:`begin` reads the head and the signature, the :data:`STEPS` after it fill the lists of rows one
by one; :func:`extract` is all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from noticetab.extraction import (
    activities,
    attachments,
    contacts,
    dates,
    deadlines,
    events,
    nature,
    notice,
    organizers,
    people,
    periods,
    quotas,
    references,
    sections,
    themes,
    years,
)
from noticetab.extraction.context import Context
from noticetab.record import Finding, Record, Row
from noticetab.segment.document import Document

__all__ = ["STEPS", "Context", "Step", "begin", "extract", "resume"]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the extraction: what it does to a record, and the lists of rows it is about."""

    name: str
    run: Callable[[Context, Record], None]
    fills: tuple[str, ...]
    """The lists of the record whose rows it makes or completes."""
    needs: tuple[str, ...] = ()
    """The lists that it reads; the steps that fill them come before it."""


def _listed(name: str, rows_of: Callable[[Context], Iterable[Row]], *needs: str) -> Step:
    """The step that fills the list ``name`` from the document and its context."""

    def run(context: Context, record: Record) -> None:
        setattr(record, name, rows_of(context))

    return Step(name, run, fills=(name,), needs=needs)


def _events(context: Context, record: Record) -> None:
    record.events = events.extract(context, record.notice)
    years.by_event(context, record)
    periods.fill(context, record.events)
    years.by_period(context, record)


def _themes(context: Context, record: Record) -> None:
    record.themes = themes.extract(context, record.events)


def _organizers(context: Context, record: Record) -> None:
    record.organizers = organizers.of_event(context, record.events)


def _dates(context: Context, record: Record) -> None:
    record.dates = dates.extract(context, record.events, record.activities, record.deadlines)


STEPS = (
    Step("events", _events, fills=("events",)),
    Step("themes", _themes, fills=("themes",), needs=("events",)),
    _listed("sections", sections.extract),
    Step("organizers", _organizers, fills=("organizers",), needs=("events",)),
    # Dates of these two inherit the year and the period of the event, which the context keeps.
    _listed("activities", activities.extract, "events"),
    _listed("deadlines", deadlines.extract, "events"),
    _listed("contacts", contacts.extract),
    _listed("people", people.extract),
    _listed("attachments", attachments.extract),
    _listed("quotas", quotas.extract),
    _listed("references", references.extract),
    Step("dates", _dates, fills=("dates",), needs=("events", "activities", "deadlines")),
)
"""What follows :func:`begin`, in this order."""


def extract(document: Document) -> tuple[Record, Context]:
    """The rows of a document, and the context they were read in (for the checks).

    A text that is no official document gives a record without rows and one finding.
    """
    record, context = begin(document)
    if record.notice.is_notice:
        for step in STEPS:
            step.run(context, record)
    return record, context


def begin(document: Document) -> tuple[Record, Context]:
    """The record with the head and the signature of a document, and the context for the :data:`STEPS`.

    Of a text that is no official document it says so (``notice.is_notice`` and one finding), and no
    step is to be run.
    """
    context = Context(document)
    record = Record(text=document.text)
    verdict = nature.judge(document)
    if not verdict.is_notice:
        record.notice.is_notice = False
        record.notice.confidence = verdict.confidence
        record.notice.rule["is_notice"] = f"nature.{verdict.against.replace(' ', '-')}"
        record.findings.append(
            Finding(
                code="NOT_A_NOTICE",
                severity="warning",
                message=f"这不是公文（依据：{verdict.against}），未抽取任何行",
                message_en=f"not an official document (by: {verdict.against}); no rows were made",
                evidence=verdict.evidence,
                rule="nature",
                confidence=verdict.confidence,
            )
        )
        return record, context
    record.notice = notice.extract(context)
    record.notice.confidence = verdict.confidence
    years.by_head(context, record)
    notice.place(context, record.notice)
    return record, context


def resume(document: Document, record: Record) -> Context:
    """The context of a record on which steps were run elsewhere, for the steps that are left."""
    context = Context(document)
    if record.notice.is_notice:
        years.by_head(context, record)
        notice.place(context, record.notice)
        years.by_event(context, record)
        years.by_period(context, record)
    return context
