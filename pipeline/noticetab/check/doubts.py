"""What the reader says of its file: doubtful characters and lines, parts left out or not read."""

from __future__ import annotations

from noticetab.check.report import Report

_NOTED = {
    "TEXT_HIDDEN": "reading.hidden",
    "PART_UNREAD": "reading.part",
    "SEVERAL_DOCUMENTS": "reading.several",
}


def check(report: Report) -> None:
    """Adds a finding for each note of the reader, SEVERAL_DOCUMENTS where the file holds more than this
    one, and LOW_CONFIDENCE for each place it was not sure of."""
    for note in report.context.doc.reading.notes:
        report.add(_NOTED[note.code], (note.start, note.end), note=note.chinese, note_en=note.english)
    for _, chinese, english, start, end in report.context.doc.reading.warnings:
        # A whole page that could not be read has no place in the text.
        rule = "reading.doubt" if end else "reading.page"
        report.add(rule, (start, end), doubt=chinese, doubt_en=english)
    if rest := report.context.doc.reading.rest:
        report.add("reading.rest", (0, 1), count=len(rest) + 1)
