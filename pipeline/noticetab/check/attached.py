"""Attachments: what is listed is printed, under the title that the list gives (GB/T 9704-2012, 7.3.4)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import regex

from noticetab.check.report import Report
from noticetab.extraction.attachments import Pairing, pair
from noticetab.extraction.events import edition_of
from noticetab.numerals import whole
from noticetab.segment.strand import Strand

_EDITION = regex.compile(r"第\s?(?:\d{1,3}|[一二三四五六七八九十百]{1,5})\s?[届个期]")
_TAIL = regex.compile(r"（[^（）]{1,8}）$|[.．][A-Za-z]{2,5}$")
_CITED = regex.compile(
    r"附(?:件|表)\s?(?P<n>\d{1,2}|[一二三四五六七八九十]{1,2})(?=[）、，。；：》）]|[^\d.、]|$)"
)


def check(report: Report) -> None:
    """Finds attachments that are listed and not printed, cited and not listed, or titled in two ways."""
    pairings = pair(report.context)
    printed = [p for p in pairings if p.unit is not None and p.unit.lines]
    for pairing in pairings:
        if pairing.listed is None:
            continue
        if pairing.unit is None:
            if printed:
                report.add("attachment.missing", pairing.listed.span(), number=_label(pairing))
        elif pairing.unit.title is not None:
            _check_titles(report, pairing, pairing.listed, pairing.unit.title)
    _check_listing(report)
    _check_cited(report, pairings)


def _label(pairing: Pairing) -> str:
    return f"附件{pairing.number}" if pairing.number is not None else "附件"


def bare(title: Strand) -> str:
    """A title as it is compared: without blanks, quotes, title marks, file ending and bracketed tail."""
    norm = regex.sub(r"[《》〈〉“”‘’\"'·—\-，、：]", "", title.compact.norm)
    norm = regex.sub(r"^附件\s?\d{0,2}[.、：]?", "", norm)
    while (cut := _TAIL.sub("", norm)) != norm and cut:
        norm = cut
    return norm


def _check_titles(report: Report, pairing: Pairing, listed: Strand, printed: Strand) -> None:
    a, b = bare(listed), bare(printed)
    if not a or not b or a == b:
        return
    if edition_of(a) != edition_of(b) and _EDITION.sub("", a) == _EDITION.sub("", b):
        return  # the edition is what differs: EDITION_MISMATCH says so
    rule = "attachment.short-title" if a.endswith(b) or b.endswith(a) else "attachment.title"
    report.add(rule, printed.span(), [listed.span()], number=_label(pairing))


def _check_listing(report: Report) -> None:
    """Numbers of the list of attachments that are skipped or given twice."""
    for unit in report.context.doc.parts.units:
        numbered = [(n, s) for n, s in unit.listed if n is not None]
        for (a, first), (b, second) in pairwise(numbered):
            if b == a:
                report.add("numbering.repeat", second.span(), [first.span()], number=f"{b}.", parent="附件")
            elif b > a + 1:
                gap = f"{a + 1}." if b == a + 2 else f"{a + 1}.…"
                report.add(
                    "numbering.gap",
                    second.span(),
                    [first.span()],
                    number=f"{b}.",
                    missing=gap,
                    before=f"{a}.",
                    parent="附件",
                )


def _check_cited(report: Report, pairings: Sequence[Pairing]) -> None:
    """附件3 in the text of a document whose list ends at 2."""
    main = report.context.doc.main
    numbers = {n for n, _ in main.listed if n is not None} | {
        p.number for p in pairings if p.number is not None
    }
    if not main.listed or not numbers or report.found("NUMBERING_GAP"):
        return
    seen: set[int] = set()
    for unit, _node, strand in report.strands():
        if not unit.main or "附" not in strand.norm:
            continue
        compact = strand.compact
        for match in _CITED.finditer(compact.norm):
            number = whole(match["n"]) or 0
            if number > max(numbers) and number <= max(numbers) + 3 and number not in seen:
                seen.add(number)
                last = main.listed[-1][1]
                report.add(
                    "attachment.unlisted",
                    compact.span(match.start(), match.end()),
                    [last.span()],
                    number=f"附件{number}",
                )
