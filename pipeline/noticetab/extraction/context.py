"""What the extractors share: the document, its year and place, its names, and how rows are made."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Any

import regex

from noticetab import dates
from noticetab.dates import Anchor, Found
from noticetab.normalize import places
from noticetab.normalize.organizations import NameContext, OrganizationNormalizer
from noticetab.normalize.places import Place
from noticetab.patterns import pattern
from noticetab.record import DateRow, Evidence, Organizer, Spans
from noticetab.segment.document import Document
from noticetab.segment.outline import Node
from noticetab.segment.strand import Strand

_DATED = re.compile("[月日旬年./起前：:点时-]")


_FORMERLY = regex.compile(r"(?<!按|按照)原(?:定|计划|拟|通知|公告|安排)[^，。；\d日]{0,8}$")
_UNCHANGED = regex.compile(r"[^。；]{0,30}?(?:不变|照常|如期)")
_MOVED_FROM = regex.compile(r"(?:由|从)[^，。；]{0,10}$")
_MOVED_TO = regex.compile(
    r"[^，。；]{0,8}?(?:调整|推迟|延迟|延期|延后|延长|顺延|改|改期|变更|提前|提早)(?:举办|举行)?(?:至|到|为|在|于)"
)


def _is_superseded(norm: str, found: Found) -> bool:
    """Whether a notice of change names a date only to replace it (原定于X…, 由X延期至Y)."""
    before, after = norm[max(0, found.start - 24) : found.start], norm[found.end : found.end + 40]
    if _UNCHANGED.match(after):
        return False
    return (_FORMERLY.search(before) or (_MOVED_FROM.search(before) and _MOVED_TO.match(after))) is not None


@dataclass(slots=True)
class Context:
    """State of one extraction.

    ``year`` is the year that dates without one inherit, ``year_source`` where it was read
    (docs/record.md: the nearest explicit year, else the event's, else the issue date's).
    """

    doc: Document
    year: int | None = None
    year_source: str = ""
    issued_on: dt.date | None = None
    region: Place | None = None
    school: str | None = None
    issuer: str | None = None
    """The only issuing body: 局法规科 is a division of it."""
    town: str | None = None
    """The street or town that issues the notice: 镇 and 街道 before a name are this one."""
    turn: tuple[dt.date, dt.date] | None = None
    """An event's period that runs over the turn of a year: months of its second part are of the next year."""
    holders: dict[int, list[Node]] = field(default_factory=dict)
    """The sections that hold activities, by the text's tree, once they were looked for."""
    _names: OrganizationNormalizer | None = None
    _found: dict[str, list[Found]] = field(default_factory=dict)
    """Dates by the very text they were found in: their offsets count in it and in no other form of it."""

    @property
    def names(self) -> OrganizationNormalizer:
        """The normalizer of organization names in the notice's own place and year."""
        if self._names is None:
            self._names = OrganizationNormalizer(
                NameContext(region=self.region, school=self.school, year=self.year)
            )
        return self._names

    @property
    def anchor(self) -> Anchor:
        """What dates without a year inherit."""
        return Anchor(year=self.year, source=self.year_source or "notice", issued_on=self.issued_on)

    def evidence(self, strand: Strand, start: int = 0, end: int | None = None) -> Evidence:
        """Where a strand, or a part of it, stands in the canonical text."""
        first, last = strand.span(start, end)
        return Evidence(start=first, end=max(last, first + 1))

    def dates(self, strand: Strand) -> list[Found]:
        """The dates and periods in a strand, with inherited years."""
        if not strand:
            return []
        found = self._found.get(strand.text)
        if found is None:
            found = dates.find(strand.text, self.anchor) if _DATED.search(strand.text) else []
            if self.turn is not None:
                found = [self._turned(f) for f in found]
            self._found[strand.text] = found
        return found

    def standing(self, strand: Strand) -> list[Found]:
        """The dates in a strand that still hold: 由原定的5月17日调整为5月23日 leaves the second."""
        return [found for found in self.dates(strand) if not _is_superseded(strand.norm, found)]

    def _turned(self, found: Found) -> Found:
        first = found.first
        if (
            self.turn is None
            or first is None
            or first.month is None
            or "year" not in found.inferred
            or self.year is None
        ):
            return found
        start, end = self.turn
        if first.month < start.month and first.month <= end.month + 2:
            return found.resolve(Anchor(year=end.year, source="event", issued_on=self.issued_on))
        return found

    def forget_dates(self) -> None:
        """Dates are found anew: the year has become known."""
        self._found.clear()
        self.holders.clear()

    def organizers(
        self,
        value: Strand,
        role: str,
        rule: str,
        *,
        previous: str | Place | None = None,
        members: bool = False,
        confidence: float = 1.0,
    ) -> list[Organizer]:
        """One row per organization named in a value (docs/record.md, rule 8)."""
        spans = self.names.split(value.text, generic=members)
        if not spans:
            return []
        resolved = self.names.resolve([self._owned(s.raw) for s in spans], previous)
        rows = []
        for span, name in zip(spans, resolved, strict=True):
            rows.append(
                Organizer(
                    role=role,
                    raw=span.raw,
                    name=name.name,
                    org_id=name.org_id,
                    org_kind=list(name.kind),
                    region_adcode=name.region_adcode,
                    et_al=span.et_al,
                    evidence=self.evidence(value, span.start, span.end),
                    rule=rule,
                    confidence=round(min(confidence, name.confidence), 3),
                )
            )
        return rows

    def place_within(self, name: Strand | None) -> Place | None:
        """The place below the issuer's own that a name begins with: 袁州区 of an activity in a city's plan."""
        if not name or self.region is None:
            return None
        place = places.prefix(name.compact.text, self.region, self.year).place
        return place if place is not None and place != self.region and self.region.holds(place) else None

    def _owned(self, raw: str) -> str:
        """A name with the town or the office before it that the notice leaves out."""
        division = pattern(r"^(?:[我本])?([局委厅])(?=[\u4e00-\u9fff]{2,12}(?:科|处|室|中心|办公室)$)").match(
            raw
        )
        if division and self.issuer and self.issuer.endswith(division[1]):
            return self.issuer + raw[division.end() :]
        for level in ("街道", "镇", "乡"):
            if (
                self.town
                and raw.startswith(level)
                and self.town.endswith(level)
                and len(raw) > len(level) + 1
            ):
                return (self.region.full_name if self.region else "") + self.town + raw[len(level) :]
        return raw

    def date_row(
        self, strand: Strand, found: Found, role: str, rule: str, confidence: float = 0.95
    ) -> DateRow:
        """A row of ``dates`` for a date found in a strand."""
        return DateRow(
            role=role,
            starts_on=found.starts_on,
            ends_on=found.ends_on,
            start_time=found.start_time,
            end_time=found.end_time,
            precision=found.precision,
            raw=found.raw,
            inferred=dict(found.inferred),
            open_end=found.open_end,
            open_start=found.open_start,
            evidence=self.evidence(strand, found.start, found.end),
            rule=rule,
            confidence=confidence if not found.malformed else 0.8,
        )


def locate_spans(context: Context, spans: Spans) -> None:
    """Adds page and box to the pieces of a row's values; a piece on two pages becomes two pieces."""
    for name, found in spans.items():
        parts = [_by_page(context, x) for x in found if isinstance(x, Evidence)]
        listed = [[p for piece in x for p in _by_page(context, piece)] for x in found if isinstance(x, list)]
        spans[name] = listed or [p for part in parts for p in part]


def _by_page(context: Context, piece: Evidence) -> list[Evidence]:
    boxes = context.doc.reading.boxes
    at = max(0, bisect_left(boxes, piece.start, key=lambda b: b.end))
    parts, start, page = [], piece.start, None
    while at < len(boxes) and boxes[at].start < piece.end:
        box = boxes[at]
        if page is not None and box.page != page and start < box.start:
            parts.append(Evidence(start=start, end=box.start))
            start = box.start
        page = box.page if box.end > piece.start else page
        at += 1
    parts.append(Evidence(start=start, end=piece.end))
    for part in parts:
        locate(context, part)
    return parts


def locate(context: Context, evidence: Evidence) -> None:
    """Adds page and box to evidence, for sources that have pages."""
    boxes = context.doc.reading.boxes
    at = max(0, bisect_left(boxes, evidence.start, key=lambda b: b.end))
    hit: Any = None
    x0 = top = x1 = bottom = 0.0
    while at < len(boxes) and boxes[at].start < evidence.end:
        box = boxes[at]
        if box.end > evidence.start:
            if hit is None:
                hit, (x0, top, x1, bottom) = box, box.bbox
            elif box.page == hit.page:
                x0, top = min(x0, box.bbox[0]), min(top, box.bbox[1])
                x1, bottom = max(x1, box.bbox[2]), max(bottom, box.bbox[3])
        at += 1
    if hit is not None:
        evidence.page, evidence.bbox = hit.page, (x0, top, x1, bottom)
