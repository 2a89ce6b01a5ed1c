"""Classify: fills the coded fields of each activity, with the words that decided."""

from __future__ import annotations

from noticetab.classify.lists import LISTS, Decision, Part, decide
from noticetab.extraction.context import Context
from noticetab.record import Activity, Evidence, Record
from noticetab.segment.strand import Strand, fold


def classify(record: Record, context: Context) -> None:
    """Decides the code lists for each activity of a record (groups and focus points too).

    Values are decided by name, description and venues, and for ``audience`` by the labelled line as
    well, whose own words stay only if they decide nothing. ``labels`` says where the deciding word
    stands in the canonical text.
    """
    rows = sorted(record.activities, key=lambda row: row.evidence.start)
    for row, after in zip(rows, [*(r.evidence.start for r in rows[1:]), len(context.doc.text)], strict=False):
        _classify(row, context.doc.text, max(row.evidence.end, after))


def _classify(row: Activity, text: str, end: int) -> None:
    parts = _parts(row)
    if not parts:
        return
    folded = [(part, fold(value)) for part, value in parts]
    places: dict[int, _Place] = {}
    for name in LISTS:
        decisions = decide(name, folded)
        kept = [] if name != "audience" else _undecided(row.audience, decisions, parts)
        for decision in decisions:
            if decision.part not in places:
                places[decision.part] = _Place(text, parts[decision.part][1], row.evidence.start, end)
            evidence = places[decision.part].evidence(decision)
            if evidence is not None:
                row.labels[f"{name}:{decision.value}"] = evidence
                kept.append(decision.value)
        setattr(row, name, kept)


def _parts(row: Activity) -> list[tuple[Part, str]]:
    """The texts that may decide, each with what it is."""
    parts: list[tuple[Part, str]] = []
    if row.name:
        parts.append(("name", row.name))
    if row.description:
        parts += [("description", line) for line in row.description.split("\n")]
    parts += [("venue", venue) for venue in row.venues]
    parts += [("audience", words) for words in row.audience]
    return parts


def _undecided(labelled: list[str], decisions: list[Decision], parts: list[tuple[Part, str]]) -> list[str]:
    """What a labelled line names and the list does not know."""
    decided = {parts[d.part][1] for d in decisions}
    return [words for words in labelled if words not in decided]


class _Place:
    """Where one of an activity's values stands in the canonical text."""

    def __init__(self, text: str, value: str, start: int, end: int) -> None:
        at = text.find(value, start, end)
        self._offsets: list[int] | range | None = None
        if at >= 0:
            self._offsets = range(at, at + len(value))
            return
        # White space of the layout stands in the text and not in the value, or one blank for many.
        region = Strand(text[start:end], range(start, end)).compact
        compact = "".join(value.split())
        at = region.text.find(compact)
        if at >= 0:
            offsets = iter(region.offsets[at : at + len(compact)])
            last = start
            self._offsets = [last := (last if char.isspace() else next(offsets)) for char in value]

    def evidence(self, decision: Decision) -> Evidence | None:
        """The place of the deciding word, None if the value is not found as it was read."""
        if self._offsets is None:
            return None
        return Evidence(start=self._offsets[decision.start], end=self._offsets[decision.end - 1] + 1)
