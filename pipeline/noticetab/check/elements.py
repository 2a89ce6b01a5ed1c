"""Elements: parts of GB/T 9704-2012 that a document of its kind should have and has not."""

from __future__ import annotations

from noticetab.check.report import Report, Span, finding_rules
from noticetab.segment.parts import patterns


def check(report: Report) -> None:
    """Finds a missing title, document number, addressee, signature or date.

    Only a document whose head and tail are there to be seen is judged: one that is itself an
    attachment, or a copy cut off at either end, is not.
    """
    doc, notice = report.context.doc, report.record.notice
    parts = doc.parts
    if not doc.lines.body:
        return
    _damage(report)
    if parts.attached:
        return
    first, last = doc.lines.body[0], doc.lines.body[-1]
    top = first.span(0, min(len(first), 30))
    end = last.span(max(0, len(last) - 30), len(last))
    rules = finding_rules().elements
    signed = bool(notice.issuers) and notice.issued_on is not None
    if notice.title is None and (parts.addressees is not None or parts.doc_number is not None):
        report.add("element.title", top)
    marked = parts.header_mark is not None and notice.title is not None
    if marked and notice.doc_number is None and rules.numbered.search(notice.doc_type or ""):
        report.add("element.doc-number", top)
    if not notice.addressees and rules.addressed.search(notice.doc_type or ""):
        _addressees(report, top)
    damaged = doc.main.date_damaged
    if damaged is not None and notice.issued_on is None:
        report.add("element.date-incomplete", damaged.span())
    elif notice.issued_on is None and notice.issuers and notice.title is not None and doc.main.signature:
        report.add("element.date", end)
    if not notice.issuers and notice.issued_on is not None and not signed:
        at = notice.evidence.get("issued_on")
        report.add("element.issuers", at if at is not None else end)


def _addressees(report: Report, top: Span) -> None:
    """Tells that a document of a kind that has receivers names none, or that they are in doubt."""
    doc, notice = report.context.doc, report.record.notice
    for line in doc.main.lines[:5]:
        norm = line.compact.norm
        if line.marker is not None:
            break
        named = patterns().addressee.match(norm) is not None and not patterns().rules.addressee_not.search(
            norm
        )
        if named and norm.endswith("：") and len(norm) <= 200:
            report.add("element.addressees-unsure", line.span())
            return
    if notice.doc_number is not None or (notice.title is not None and bool(doc.main.signature)):
        report.add("element.addressees", top)


def _damage(report: Report) -> None:
    """Finds a document number that is damaged, and a second document."""
    parts = report.context.doc.parts
    number = parts.number_damaged
    notice = report.record.notice
    if number is None and parts.doc_number is not None and notice.doc_number_agency is None:
        number = (
            parts.doc_number
            if notice.doc_number_year is not None and "年" not in parts.doc_number.norm
            else None
        )
    if number is not None:
        report.add("element.number-damaged", number.span())
    if parts.second is not None:
        report.add("document.several", parts.second.span())
