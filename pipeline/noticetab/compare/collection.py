"""The notices of a comparison: their labels, places and the items to be aligned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import regex

from noticetab.record import Activity, Evidence, Record

By = Literal["notice", "region", "year"]
"""What one column of the comparison is."""

PREFIX = regex.compile(r"\p{Han}{2,6}?(?:省|自治区|市|自治州|地区|盟)")
SENTENCE = regex.compile(r"[。；;！!\n]")
LONGEST_NAME = 40
"""Characters shown of an item that has no heading (its first sentence)."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A notice with what a comparison calls it.

    ``label`` is unique (天津 2023); ``group`` is the column it stands in (itself, its region or
    its year); ``places`` are the names of its own place and those above, as far as it says them.
    """

    index: int
    label: str
    group: str
    record: Record
    region: str | None
    year: int | None
    series: str | None
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """An activity, a group of them or a focus point, as it is compared.

    ``name`` is its heading, or the beginning of its text if it has none (``headed`` is false).
    """

    notice: int
    row: int
    kind: str
    section: str | None
    parent: str | None
    number: int | None
    name: str
    headed: bool
    body: str
    evidence: Evidence

    @property
    def said(self) -> str:
        """What is compared as its name: the heading, else the whole first sentence."""
        return self.name if self.headed else SENTENCE.split(self.body.strip(), maxsplit=1)[0]


def collect(records: Iterable[Record], by: By = "notice") -> list[Compared]:
    """Give every record a label of its own and a column. Keeps the order given.

    Raises ValueError if ``by`` is unknown.
    """
    if by not in ("notice", "region", "year"):
        raise ValueError(f"unknown grouping {by!r}; use notice, region or year")
    found = [
        Compared(i, "", "", record, record.notice.region, year_of(record), _series(record), places(record))
        for i, record in enumerate(records)
    ]
    labels = _labels(found)
    unknown = "—"
    return [
        replace(
            one,
            label=label,
            group={
                "notice": label,
                "region": one.region or unknown,
                "year": str(one.year) if one.year else unknown,
            }[by],
        )
        for one, label in zip(found, labels, strict=True)
    ]


def year_of(record: Record) -> int | None:
    """The year that the notice is about: its event's, else that of its issue or number."""
    for event in record.events:
        if event.year:
            return event.year
        if event.starts_on:
            return event.starts_on.year
    if record.notice.issued_on:
        return record.notice.issued_on.year
    return record.notice.doc_number_year


def places(record: Record) -> tuple[str, ...]:
    """The notice's region, and the places printed before it in its title, events and issuers."""
    region = record.notice.region
    if not region:
        return ()
    found = {region: None}
    texts = [record.notice.title or "", *(event.name for event in record.events), *record.notice.issuers]
    for text in texts:
        before, met, _ = text.partition(region)
        if met:
            found |= dict.fromkeys(match.group() for match in PREFIX.finditer(before))
    # 历城区 of 济南市: both, and both together, may stand before a name.
    return tuple(found)


def items(notices: Sequence[Compared], kinds: Iterable[str]) -> list[Item]:
    """The items of ``kinds`` of all notices, in their order."""
    wanted = frozenset(kinds)
    return [
        _item(notice.index, row, activity)
        for notice in notices
        for row, activity in enumerate(notice.record.activities)
        if activity.kind in wanted and (activity.name or activity.description)
    ]


def shown_name(activity: Activity) -> str:
    """The heading of an activity, else the beginning of its text."""
    if activity.name:
        return activity.name
    first = SENTENCE.split((activity.description or "").strip(), maxsplit=1)[0]
    return first if len(first) <= LONGEST_NAME else first[: LONGEST_NAME - 1] + "…"


def _item(notice: int, row: int, activity: Activity) -> Item:
    return Item(
        notice,
        row,
        activity.kind,
        activity.section,
        activity.parent,
        activity.number,
        shown_name(activity),
        activity.name is not None,
        activity.description or "",
        activity.evidence,
    )


def _series(record: Record) -> str | None:
    return next((event.series for event in record.events if event.series), None)


def _labels(found: Sequence[Compared]) -> list[str]:
    """Region (else issuer) and year; where that is not enough series, document number, a number."""

    def region(one: Compared) -> str:
        name = one.region or (one.record.notice.issuers[0] if one.record.notice.issuers else "")
        return name.removesuffix("市") if len(name) > 2 else name

    steps = [
        [region(one), str(one.year or "")] for one in found
    ]  # a label is the parts that are known, joined by blanks
    further: tuple[Callable[[Compared], str | None], ...] = (
        lambda one: one.series,
        lambda one: one.record.notice.doc_number,
    )
    for extra in further:
        counts = Counter(" ".join(filter(None, parts)) for parts in steps)
        for one, parts in zip(found, steps, strict=True):
            label = " ".join(filter(None, parts))
            if counts[label] > 1 or not label:
                parts.append(extra(one) or "")
    seen: Counter[str] = Counter()
    labels = []
    for parts in steps:
        label = " ".join(filter(None, parts)) or "—"
        seen[label] += 1
        labels.append(label if seen[label] == 1 else f"{label} ({seen[label]})")
    return labels
