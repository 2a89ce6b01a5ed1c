"""The ledger: what a notice states that should mean something, and which row took it.

A date to come, a telephone number, an address of mail, an office where hosts are listed, a number that
somebody owes: each is an :class:`Entry`, claimed by a row or by nobody. What nobody claimed is told by
:mod:`noticetab.check.unclaimed`; the shares claimed measure, without gold, how much of a corpus is read.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from noticetab import rules
from noticetab.check.report import Report, Span
from noticetab.extraction.contact_values import EMAIL, PHONE
from noticetab.record import DateRow, Row
from noticetab.segment.markers import chinese_number
from noticetab.segment.outline import Node
from noticetab.segment.parts import Unit
from noticetab.segment.strand import Strand, fold

Kind = Literal["date", "deadline", "phone", "mail", "office", "number", "activities"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A mention that should mean something: its kind, its place, whether a row took it.

    ``grave`` marks what stands in a demand, so that losing it costs somebody a limit.
    """

    kind: Kind
    span: Span
    claimed: bool
    grave: bool = False


class DateWords(rules.Rules):
    """Words in the clause of a date."""

    demands: list[str]
    told: list[str]


class NumberWords(rules.Rules):
    """Words around a number that is nobody's to call."""

    elsewhere: list[str]


class QuotaWords(rules.Rules):
    """How a number is bounded or dealt out, and what it counts."""

    each: list[str]
    bounds: list[str]
    units: list[str]
    never: list[str]


class LedgerRules(rules.Rules):
    """rules/unclaimed.toml."""

    dates: DateWords
    numbers: NumberWords
    quotas: QuotaWords


_N = r"(?:\d{1,4}|[一二两三四五六七八九十]{1,3})"


@dataclass(frozen=True)
class _Words:
    demands: re.Pattern[str]
    told: re.Pattern[str]
    elsewhere: re.Pattern[str]
    bounded: re.Pattern[str]


@rules.cached
def _words() -> _Words:
    r = rules.load("unclaimed", LedgerRules)
    bounds, units, never = (_any(words) for words in (r.quotas.bounds, r.quotas.units, r.quotas.never))
    return _Words(
        re.compile(_any(r.dates.demands)),
        re.compile(_any(r.dates.told)),
        re.compile(_any(r.numbers.elsewhere)),
        re.compile(
            rf"(?:(?:{bounds})[^，。；\d]{{0,6}}|(?:{_any(r.quotas.each)})[^，。；\d]{{2,24}})"
            rf"(?P<n>{_N})(?:[—~至到-](?P<high>{_N}))?(?!\d)(?!\s*(?:{never}))\s*(?:{units})"
        ),
    )


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def entries(report: Report) -> list[Entry]:
    """Every mention of a notice that should mean something, in the order of the text."""
    found = [entry for part in _PARTS for entry in part(report)]
    return sorted(found, key=lambda entry: entry.span)


class _Places:
    """Where rows stand; a mention that touches one is claimed by it."""

    def __init__(self, rows: Iterable[Row]) -> None:
        spans = sorted((place.start, place.end) for row in rows for place in row.places())
        self._starts = [start for start, _ in spans]
        self._reach: list[int] = []
        for _, end in spans:
            self._reach.append(max(end, self._reach[-1] if self._reach else 0))

    def touch(self, span: Span) -> bool:
        """Whether a row stands on some character of a span."""
        at = bisect_right(self._starts, max(span[0], span[1] - 1)) - 1
        return at >= 0 and self._reach[at] > span[0]


def _bodies(report: Report) -> Iterator[tuple[Unit, Node, Strand]]:
    """What is printed in the bodies, blank forms left out: their numbers are examples."""
    return (x for x in report.strands() if not x[0].form)


def _clause(text: str, row: DateRow) -> str:
    """The printed clause around a date."""
    stops = ("。", "；", ";", "，", ",", "\n\n", "\n\u3000", "\n  ")  # a line break alone may be a wrap
    least = max(0, row.evidence.start - 60)
    first = max(least - 1, *(text.rfind(stop, least, row.evidence.start) for stop in stops))
    ends = [text.find(c, row.evidence.end, row.evidence.end + 60) for c in "。；;\n"]
    last = min((end for end in ends if end >= 0), default=row.evidence.end + 30)
    return text[first + 1 : last]


def _dates(report: Report) -> Iterator[Entry]:
    """Days to come that mean nothing yet, and limits that no demand took."""
    record, words = report.record, _words()
    issued = record.notice.issued_on
    dues = _Places(record.deadlines)
    due_on = {row.due_on for row in record.deadlines}
    for row in record.dates:
        last = row.ends_on or row.starts_on
        if last is None or row.precision == "year" or row.role == "issued" or row.starts_on == issued:
            continue
        span = (row.evidence.start, row.evidence.end)
        clause = _clause(record.text, row)
        if words.told.search(clause):
            continue
        if row.role in ("deadline", "window"):
            claimed = dues.touch(span) or last in due_on
            yield Entry("deadline", span, claimed, grave=True)
        elif last >= issued if issued is not None else last.year == report.context.year:
            yield Entry("date", span, row.role != "mentioned", words.demands.search(clause) is not None)


_DAMAGED = re.compile(
    r"(?<![\d月/.-])(?P<day>\d{2,4})[日号]\s*(?:[上下中]午)?\s*(?:\d{1,2}[:：]\d{2})?\s*(?:之?前|截止|止)"
)
"""A limit that lost its 月: 67日前, 67日中午12:00前."""


def _damaged(report: Report) -> Iterator[Entry]:
    """Limits on a day that no month has: what is due is not known, and nobody took it."""
    for _, _, strand in _bodies(report):
        for match in _DAMAGED.finditer(strand.norm):
            if int(match["day"]) > 31:
                yield Entry("deadline", strand.span(*match.span()), False, grave=True)


def _digits(text: str) -> str:
    return "".join(char for char in fold(text) if char.isdecimal())


def _numbers(report: Report) -> Iterator[Entry]:
    """Telephone numbers and addresses of mail of the bodies."""
    record, words = report.record, _words()
    phones = {_digits(x) for c in record.contacts for x in (*c.phones, *c.fax)}
    known = " ".join([*(d.channel or "" for d in record.deadlines)])
    mails = {x.casefold() for c in record.contacts for x in c.emails}
    for _, _, strand in _bodies(report):
        norm = strand.norm
        for match in PHONE.finditer(norm):
            near = norm[max(0, match.start() - 24) : match.start()] + norm[match.end() : match.end() + 6]
            if words.elsewhere.search(near):
                continue
            digits = _digits(match[0])
            claimed = any(digits in phone or phone in digits for phone in phones) or digits in _digits(known)
            yield Entry("phone", strand.span(*match.span()), claimed)
        for match in EMAIL.finditer(norm):
            claimed = match[0].casefold() in mails or match[0] in known
            yield Entry("mail", strand.span(*match.span()), claimed)


_SURE = 0.9
"""What the normalizer must give a name for it to be an office and no part of a sentence."""


def _offices(report: Report) -> Iterator[Entry]:
    """Offices in the sections that list hosts."""
    record, names = report.record, report.context.names
    rows: list[Row] = [*record.organizers, *(o for a in record.activities for o in a.organizers)]
    taken = _Places([*rows, *record.people, *record.contacts])
    for _, node, strand in _bodies(report):
        if node.role != "organizers" or strand is node.line or "。" in strand.norm:
            continue
        found = names.split(strand.text, generic=False)
        for name, full in zip(found, names.resolve([name.raw for name in found]), strict=True):
            if full.kind and full.confidence >= _SURE:
                span = strand.span(name.start, name.end)
                yield Entry("office", span, taken.touch(span))


def _quotas(report: Report) -> Iterator[Entry]:
    """Numbers that somebody owes at least or at most."""
    taken = report.record.quotas
    for _, _, strand in _bodies(report):
        for match in _words().bounded.finditer(strand.norm):
            span, number = strand.span(*match.span()), chinese_number(match["n"])
            # 不少于3项、不超过8项 is one row, read at the first number.
            claimed = any(
                number in (row.min, row.max) and abs(row.evidence.start - span[0]) <= _SENTENCE
                for row in taken
            )
            yield Entry("number", span, claimed)


_SENTENCE = 80
"""Characters within which two numbers are of one demand."""


def _sections(report: Report) -> Iterator[Entry]:
    """Sections that by their heading list activities: none read from one is a loss."""
    rows = _Places(report.record.activities)
    for unit, node in report.nodes():
        if unit.form or node.role != "activity" or node.heading is None or not (node.lines or node.children):
            continue
        start, end = node.heading.span()
        last = max(strand.span()[1] for below in node.walk() for strand in _all(below))
        yield Entry("activities", (start, end), rows.touch((start, last)))


def _all(node: Node) -> Iterator[Strand]:
    """Everything printed of an item."""
    if node.line is not None:
        yield node.line
    yield from node.strands()
    for grid in node.grids:
        for row in grid.rows:
            yield from (cell for cell in row if cell)


_PARTS: tuple[Callable[[Report], Iterator[Entry]], ...] = (
    _dates,
    _damaged,
    _numbers,
    _offices,
    _quotas,
    _sections,
)
