"""Lines of contact points: where one is parted into several, and which one opens a point for the next."""

from __future__ import annotations

from itertools import pairwise

from noticetab.extraction.contact_draft import Draft
from noticetab.extraction.contact_values import EMAIL, PHONE, is_name, is_unit, persons_of
from noticetab.patterns import pattern
from noticetab.segment.parts import is_org
from noticetab.segment.strand import Strand


def called(piece: Strand) -> Draft | None:
    """An office with its people in a line of their own, whose numbers the next line gives: 某某司 王旭 李晓明."""
    norm = piece.norm
    if len(norm) > 40 or pattern(r"[。，；：\d@]").search(norm) or not pattern(r"\S\s+\S").search(norm):
        return None
    unit, people = persons_of(piece)
    if unit is None or not is_org(unit) or not people or not all(map(is_name, people)):
        return None
    draft = Draft(unit=unit, persons=people, confidence=0.9)
    draft.touch(piece.span())
    return draft


def points(strand: Strand) -> list[Strand]:
    """A line cut where ； parts two contact points."""
    norm = strand.norm
    if not PHONE.search(norm):
        return [strand]
    inner = [i for i, c in enumerate(norm) if c == "；" and not _same_point(norm, i)]
    cuts = [-1, *sorted({*inner, *_between_offices(norm)}), len(norm)]
    if len(cuts) == 2:
        return [strand]
    pieces = [strand.sub(cuts[i] + 1, cuts[i + 1]) for i in range(len(cuts) - 1)]
    return [p for p in pieces if p]


def _between_offices(norm: str) -> list[int]:
    """Where 、 or ， parts numbers each of which has an office of its own.

    It stands right before its number (人事科83293313、工资科83293318) or in a bracket behind it.
    """
    found = []
    for before, after in pairwise(PHONE.finditer(norm)):
        between = norm[before.end() : after.start()]
        behind = pattern(r"（(?P<office>[^（）]+)）(?=[，、]\s*$)").match(between)
        office = behind["office"] if behind else between[1:].strip().rstrip("：")
        if (behind or between[:1] in ("、", "，")) and is_org(office) and is_unit(office):
            found.append(before.end() + (behind.end() if behind else 0))
    return found


def _same_point(norm: str, at: int) -> bool:
    """Whether what follows a ； belongs to the point before it: an address alone, or one more person without an office."""
    following = norm[at + 1 :].partition("；")[0].strip(" 。，")
    if EMAIL.fullmatch(following):
        return True
    return bool(
        norm.lstrip().startswith(("联系人", "联络人"))
        and PHONE.search(norm, 0, at)
        and pattern(r"[\u4e00-\u9fff]\s*[\u4e00-\u9fff]{1,2}[\s：，]+[\d（）—\s-]{7,}").fullmatch(following)
        and not any(is_org(x) for x in norm[:at].partition("：")[2].split())
    )
