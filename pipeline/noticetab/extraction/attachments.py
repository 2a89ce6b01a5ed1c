"""Attachments: those listed under 附件： and those printed, each once (docs/record.md, rule 11)."""

from __future__ import annotations

from dataclasses import dataclass

from noticetab.extraction import forms
from noticetab.extraction.context import Context
from noticetab.patterns import pattern
from noticetab.record import Attachment
from noticetab.segment.parts import Unit, patterns
from noticetab.segment.strand import Strand


@dataclass(slots=True)
class Pairing:
    """A listed attachment with the text printed for it; either may be missing."""

    number: int | None
    listed: Strand | None
    unit: Unit | None

    @property
    def strand(self) -> Strand | None:
        """The title as listed, else as printed."""
        if self.listed is not None:
            return self.listed
        return clean_title(self.unit.title) if self.unit is not None and self.unit.title is not None else None


def clean_title(strand: Strand) -> Strand:
    """A listed title without file ending, what sites print behind it, closing mark and 《》 around the whole."""
    furniture = patterns().rules.attachment_furniture.search(strand.norm)
    if furniture:
        strand = strand.sub(0, furniture.start())
    match = patterns().rules.attachment_file.search(strand.norm)
    if match:
        strand = strand.sub(0, match.start())
    while strand and strand.norm[-1] in "；。，":
        strand = strand.sub(0, len(strand) - 1)
    norm = strand.norm
    if norm.startswith("《") and norm.endswith("》") and norm.find("》") == len(norm) - 1:
        strand = strand.sub(1, len(strand) - 1)
    return strand


def _is_none(title: str, known: list[Pairing]) -> bool:
    """Whether a listed title names no attachment: nothing, 略, or one that is listed already."""
    if not title or pattern(r"（?(?:略|另发|见附件|此略)）?").fullmatch(title):
        return True
    return any(x.listed is not None and x.listed.compact.norm == title for x in known)


def pair(context: Context) -> list[Pairing]:
    """Listed and printed attachments brought together, by number, else by title."""
    units = context.doc.parts.units
    pairings: list[Pairing] = []
    taken: set[int] = set()
    for owner in units:
        for number, raw in owner.listed:
            listed = clean_title(raw)
            title = listed.compact.norm
            if _is_none(title, pairings):
                continue
            chosen = None
            for i, unit in enumerate(units):
                if i == 0 or i in taken or unit is owner:
                    continue
                same_number = number is not None and unit.number == number
                same_title = unit.title is not None and unit.title.compact.norm == title
                alone = number is None and unit.number is None and (unit.label is not None or same_title)
                single = (
                    len(owner.listed) == 1
                    and unit.number in (None, 1)
                    and unit.label is not None
                    and number in (None, 1)
                )
                if same_title or same_number or alone or single:
                    chosen = i
                    break
            if chosen is not None:
                taken.add(chosen)
            pairings.append(Pairing(number, listed, units[chosen] if chosen is not None else None))
    for i, unit in enumerate(units):
        if i and i not in taken and unit.title is not None:
            pairings.append(Pairing(unit.number, None, unit))
    return pairings


def extract(context: Context) -> list[Attachment]:
    """One row per attachment, with the fields of its blank form."""
    rows = []
    for pairing in pair(context):
        strand = pairing.strand
        if strand is None:
            continue
        unit = pairing.unit
        rows.append(
            Attachment(
                number=pairing.number,
                title=strand.value,
                embedded=unit is not None,
                fields=forms.fields(context, unit) if unit is not None and unit.form else [],
                evidence=context.evidence(strand),
                rule="attachment.listed" if pairing.listed is not None else "attachment.printed",
                confidence=0.97,
            )
        )
    return rows
