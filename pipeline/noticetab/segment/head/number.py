"""The document number (GB/T 9704-2012, 7.2.5) in all its forms: whole, year first, damaged."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from noticetab import rules
from noticetab.segment.head.marks import mark
from noticetab.segment.head.rules import head_rules
from noticetab.segment.head.scan import Scan
from noticetab.segment.parts import patterns
from noticetab.segment.strand import Strand


@dataclass(frozen=True)
class _Forms:
    standard: regex.Pattern[str]
    line: regex.Pattern[str]
    later: regex.Pattern[str]


@rules.cached
def _forms() -> _Forms:
    """The forms of a number: anywhere, alone in a line, and those read only where a number must stand."""
    r = head_rules().number
    whole = "|".join((patterns().rules.doc_number, r.angled.pattern, r.year_first.pattern, r.damaged.pattern))
    rest = f"{whole}|{r.serial_alone.pattern}"
    return _Forms(
        regex.compile(f"{patterns().rules.doc_number}|{r.angled.pattern}"),
        regex.compile(rf"^(?:(?P<number>{rest})|[（〔]\s*(?P<number>{rest})\s*[）〕])$"),
        regex.compile(rf"(?P<number>{whole})"),
    )


def fields_of(text: str) -> tuple[str | None, int | None, int | None]:
    """代字, year and serial of a printed number, None for what it does not say."""
    match = _forms().line.match(text)
    if match is None:
        return None, None, None
    found = match.groupdict()
    year, serial = found.get("year"), found.get("serial")
    return found.get("agency"), int(year) if year else None, int(serial) if serial else None


def find(strand: Strand, start: int = 0) -> Strand | None:
    """The number that a value begins with, None if it begins with none."""
    match = _forms().later.match(strand.norm, start)
    return strand.sub(match.start("number"), match.end("number")) if match else None


def doc_number(scan: Scan, i: int) -> int:
    """A number alone in its line, above or below the title; the first that is printed counts."""
    line = scan.body[i]
    norm = line.norm
    lead = len(norm) - len(norm.lstrip())
    match = _forms().line.match(norm.strip())
    if match is None:
        if head_rules().number.unreadable.match(line.compact.norm):
            scan.parts.number_damaged = scan.parts.number_damaged or line.sub(0)
            scan.below = True
            return 1
        return 0
    if scan.parts.doc_number is None:
        scan.parts.doc_number = line.sub(lead + match.start("number"), lead + match.end("number"))
        if scan.pending and not scan.titles:
            scan.parts.header_mark, scan.pending = mark(scan.pending), []
    scan.below = True
    return 1


def split(strand: Strand) -> tuple[Strand, Strand] | None:
    """A number in brackets, or behind a blank, at the end of a title's line: the title without it, and it."""
    number = patterns().rules.doc_number
    match = regex.search(rf"\s*（\s*(?P<number>{number})\s*）\s*$|\s+(?P<number>{number})\s*$", strand.norm)
    if match is None:
        return None
    return strand.sub(0, match.start()), strand.sub(match.start("number"), match.end("number"))
