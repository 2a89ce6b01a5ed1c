"""Elements: parts of GB/T 9704-2012 that a document of its kind should have and has not."""

from __future__ import annotations

from noticetab.check.report import Report, finding_rules


def check(report: Report) -> None:
    """Finds a missing title, document number, addressee, signature or date.

    Only a document whose head and tail are there to be seen is judged: one that is itself an
    attachment, or a copy cut off at either end, is not.
    """
    doc, notice = report.context.doc, report.record.notice
    parts = doc.parts
    if parts.attached or not doc.lines.body:
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
    if (
        not notice.addressees
        and notice.doc_number is not None
        and rules.addressed.search(notice.doc_type or "")
    ):
        report.add("element.addressees", top)
    if notice.issued_on is None and notice.issuers and notice.title is not None and doc.main.signature:
        report.add("element.date", end)
    if not notice.issuers and notice.issued_on is not None and not signed:
        at = notice.evidence.get("issued_on")
        report.add("element.issuers", at if at is not None else end)
