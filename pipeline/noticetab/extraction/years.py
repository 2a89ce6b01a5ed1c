"""The year that dates without one inherit (docs/record.md, rule 7): set in the context, step by step."""

from __future__ import annotations

import datetime as dt

from noticetab import dates as grammar
from noticetab.extraction import events, periods
from noticetab.extraction.context import Context
from noticetab.extraction.references import titles
from noticetab.record import Record


def by_head(context: Context, record: Record) -> None:
    """The year that dates inherit, as far as the head and the signature tell it."""
    issued = record.notice.issued_on
    context.issued_on = issued
    title_year = events.year_of(record.notice.title) if record.notice.title else None
    if title_year is not None:
        context.year, context.year_source = title_year, "title"
    elif issued is not None:
        context.year, context.year_source = issued.year, "issued_on"
    elif record.notice.doc_number_year is not None:
        context.year, context.year_source = record.notice.doc_number_year, "doc_number"
    else:
        context.year, context.year_source = _printed_year(context), "text"


def _printed_year(context: Context) -> int | None:
    """The year of the first full date in the body, outside cited titles."""
    for _unit, node in context.doc.nodes():
        for strand in node.strands():
            cited = titles(strand.norm)
            for found in grammar.find(strand.text):
                if (
                    found.first is not None
                    and found.first.year
                    and not any(a < found.start < b for a, b in cited)
                ):
                    return found.first.year
    return None


def by_period(context: Context, record: Record) -> None:
    """The event's printed period says which year its dates are of, before and after a turn of the year."""
    own = next((e for e in record.events if e.starts_on is not None), None) or periods.section_period(context)
    if own is None or own.starts_on is None:
        return
    changed = False
    if context.year != own.starts_on.year:
        context.year, context.year_source, changed = own.starts_on.year, "event", True
    if own.ends_on is not None and own.ends_on.year > own.starts_on.year:
        context.turn, changed = (own.starts_on, own.ends_on), True
    if changed:
        context.forget_dates()


def by_event(context: Context, record: Record) -> None:
    """The event's own year counts before the issue date's (docs/record.md, rule 7)."""
    named = next((e.year for e in record.events if e.year is not None), None)
    if named is not None and named != context.year:
        context.year, context.year_source = named, "event"
        context.forget_dates()
    elif (
        named is None
        and record.notice.issued_on is not None
        and record.notice.issued_on >= dt.date(record.notice.issued_on.year, 11, 1)
    ):
        # A notice of November or December may announce next year's event: the first full date says.
        printed = _printed_year(context)
        if printed is not None and printed != context.year:
            context.year, context.year_source = printed, "text"
            context.forget_dates()
