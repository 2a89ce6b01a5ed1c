"""A contact point in the making: values are put to it as they are met (docs/record.md, rule 12)."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from noticetab.extraction.contact_values import (
    PHONE,
    groups_of,
    is_name,
    is_said,
    mails_of,
    persons_of,
)
from noticetab.patterns import pattern
from noticetab.segment.parts import is_org
from noticetab.segment.strand import Strand


@dataclass(slots=True)
class Draft:
    """A contact point in the making."""

    unit: str | None = None
    persons: list[str] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)
    fax: list[str] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    address: str | None = None
    start: int = -1
    end: int = -1
    labelled: bool = False
    shared: bool = False
    """The unit stands on a line of its own above, so that the people of the next lines are its too."""
    groups: list[tuple[str, str]] = field(default_factory=list)
    """Offices with their people where several share a label."""
    confidence: float = 0.95

    def touch(self, span: tuple[int, int]) -> None:
        """Widens the evidence by a span of canonical offsets."""
        self.start = span[0] if self.start < 0 else min(self.start, span[0])
        self.end = max(self.end, span[1])

    @property
    def real(self) -> bool:
        """Whether there is a way to reach somebody, or somebody under a label."""
        return bool(self.phones or self.emails or self.fax or (self.persons and self.labelled))


def take(draft: Draft, kind: str, value: Strand) -> None:
    """Puts the value of a label (``kind``: unit, person, phone, hotline, phone_fax, fax, email, address) to a point."""
    text = value.norm
    draft.emails += [x for x in mails_of(value) if x not in draft.emails]
    if kind == "unit":
        if value:
            draft.shared = draft.unit is None and not draft.persons
            draft.unit = value.value
    elif kind == "person":
        value = _without_numbers_in_brackets(draft, value)
        text = value.norm
        rest = value.sub(0, (m.start() if (m := PHONE.search(text)) else len(value)))
        draft.groups += groups_of(rest)
        unit, persons = persons_of(rest)
        if unit is not None:
            draft.unit = unit
        draft.persons += persons
        found = list(PHONE.finditer(text))
        for hit, following in pairwise(found):
            between = value.sub(hit.end(), following.start())  # 甲 88665417；乙 88665420
            draft.persons += [x for x in persons_of(between)[1] if is_name(x)]
        numbers_of(draft, value, "phone")
    elif kind in ("phone", "hotline", "phone_fax", "fax"):
        numbers_of(draft, value, kind)
        if kind == "phone":
            # 联系方式：张三 0535-1234567
            before = value.sub(0, (m.start() if (m := PHONE.search(text)) else 0))
            if before:
                unit, persons = persons_of(before)
                draft.persons += [p for p in persons if is_name(p)]
                draft.unit = unit or draft.unit
            if not draft.persons:
                draft.persons += bracketed(value, draft.persons)
            last = list(PHONE.finditer(text))
            behind = value.sub(last[-1].end()) if last else value.sub(0, 0)
            behind = behind.sub(len(behind.norm) - len(behind.norm.lstrip("，、 ")))
            if inside := pattern(r"（([^（）]+)）$").fullmatch(behind.norm):
                behind = behind.sub(*inside.span(1))  # 2197262（市教育局）
            if draft.unit is None and behind and is_org(behind.norm) and not is_said(behind.compact.norm):
                draft.unit = behind.value
    elif kind == "address" and value and draft.address is None:
        draft.address = value.value


def _without_numbers_in_brackets(draft: Draft, value: Strand) -> Strand:
    """唐槐（手机13900000356）、蔡小满: the number in brackets is taken, the names stay."""
    norm = value.norm
    for bracket in pattern(r"（[^（）]*）").finditer(norm):
        inside = value.sub(bracket.start() + 1, bracket.end() - 1)
        if PHONE.search(inside.norm) or mails_of(inside):
            numbers_of(draft, inside, "phone")
            norm = norm[: bracket.start()] + " " * len(bracket[0]) + norm[bracket.end() :]
    return value if norm is value.norm else Strand(norm, value.offsets)


def numbers_of(draft: Draft, value: Strand, kind: str) -> None:
    """Puts the numbers in a value to a point, as phone or fax as the words beside them say."""
    norm = value.norm
    for hit in PHONE.finditer(norm):
        number = value.sub(hit.start(), hit.end()).value.replace(" ", "")
        after = norm[hit.end() : hit.end() + 6]
        both = (
            pattern(r"\s*（(?:(?:兼|同)传真|电话[/、及和]?传真)").match(after) is not None
            or kind == "phone_fax"
        )
        before = norm[max(0, hit.start() - 5) : hit.start()]
        fax = (
            kind == "fax"
            or before.rstrip("：: ").endswith("传真")
            or pattern(r"\s*（传真").match(after) is not None
        )
        if (fax or both) and number not in draft.fax:
            draft.fax.append(number)
        if (not fax or both) and number not in draft.phones:
            draft.phones.append(number)


def bracketed(piece: Strand, known: list[str]) -> list[str]:
    """The name behind a number, in brackets: 0538-1234567（王旭）."""
    if known:
        return []
    return [
        m["w"]
        for hit in PHONE.finditer(piece.norm)
        if (m := pattern(r"\s*（(?P<w>[\u4e00-\u9fff·]{2,12})）").match(piece.norm, hit.end()))
        and is_name(m["w"])
    ]
