"""Headings: where one ends in its line, what it says its section is about, and the count behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import regex

from noticetab import rules
from noticetab.patterns import pattern
from noticetab.segment.markers import chinese_number
from noticetab.segment.strand import Strand


class RoleRule(rules.Rules):
    """What a heading says, by patterns."""

    name: str
    patterns: list[rules.Regex]


class HeadingRules(rules.Rules):
    """Headings without numbers, and counts."""

    plain: rules.Regex
    intro: rules.Regex
    count: rules.Regex


class SectionRules(rules.Rules):
    """rules/sections.toml."""

    roles: list[RoleRule]
    headings: HeadingRules


@rules.cached
def heading_rules() -> SectionRules:
    """What headings are (rules/sections.toml)."""
    return rules.load("sections", SectionRules)


def role_of(heading: str) -> str:
    """What a heading (folded, without number, count and blanks) says its section is: ``theme``, ``activity`` …"""
    bare = heading.rstrip("：。，；")
    known = _known_roles()
    if bare not in known:
        if len(known) > 5000:
            known.clear()
        known[bare] = next((name for name, words in _roles() if words.search(bare)), "")
    return known[bare]


@rules.cached
def _known_roles() -> dict[str, str]:
    """Headings met before: notices share most of them."""
    return {}


@rules.cached
def _roles() -> list[tuple[str, regex.Pattern[str]]]:
    """Each role with its patterns as one."""
    return [
        (r.name, regex.compile("|".join(f"(?:{p.pattern})" for p in r.patterns)))
        for r in heading_rules().roles
    ]


_OPEN, _CLOSE = "（《〈“‘〔", "）》〉”’〕"


def first_stop(norm: str, stops: str = "。！？") -> int:
    """Index of the first of ``stops`` outside brackets and quotes, or -1."""
    return next(_outer(norm, stops), -1)


def outer(norm: str, chars: str) -> list[int]:
    """Indices of ``chars`` outside brackets and quotes."""
    return list(_outer(norm, chars))


@cache
def _marks(chars: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The characters alone, and with all brackets and quotes."""
    return re.compile(f"[{chars}]"), re.compile(f"[{_OPEN}{_CLOSE}{chars}]")


def _outer(norm: str, chars: str) -> Iterator[int]:
    wanted, marks = _marks(chars)
    if wanted.search(norm) is None:
        return
    depth = 0
    for match in marks.finditer(norm):
        char = match[0]
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth = max(0, depth - 1)
        elif depth == 0:
            yield match.start()


_DATE_START = regex.compile(r"^(?:于|自|从|在)?(?:(?:19|20)\d\d年)?\d{1,2}月")
_DATE_ONLY = regex.compile(
    r"^[\d年月日号时分\s—~至到\-（）星期周一二三四五六七八九十○天上下午前后旬初底：:.、]{4,40}[。；]?$"
)
_RUN_IN = regex.compile(r"^[^：，。；]{2,30}：")
_DUTY = regex.compile(
    r"^(?:请|要|应|须|需|由|为|对|以|在|于|自|从|按照|根据|凡|如|每|各\S{0,12}(?:要|应|须|请|可|按照|根据|结合|组织))"
)


_CLAUSE = 24
"""Characters that an item which ends with ； may have and still be a heading."""


def split_heading(strand: Strand, *, whole_line_ok: bool = True) -> tuple[Strand | None, Strand | None]:
    """Heading and run-in body of an item's text behind its number.

    A heading is a phrase: it ends at the line's end, at a colon, or at a full stop with text
    behind it. An item that is one long sentence has no heading; nor has one whose first
    sentence is long, full of commas or opens with a date.
    """
    norm = strand.norm
    stop = first_stop(norm)
    colon = first_stop(norm, "：")
    if (
        colon >= 0
        and (stop < 0 or colon < stop)
        and _RUN_IN.match(norm)
        and not pattern(r"\d$").search(norm[:colon])
    ):
        head = strand.sub(0, colon)
        if (
            len(head.compact) <= 20
            and not outer(head.norm, "，；")
            and not pattern(r"(?:如下|以下|包括|为|有)$").search(head.norm)
        ):
            return head, strand.sub(colon + 1) or None
    if _DATE_ONLY.match(norm):
        return None, strand  # （一）5月25—28日: a bare value
    if stop < 0:
        semi = norm.rstrip()
        if semi.endswith("；"):
            strand = strand.sub(0, len(semi) - 1)
            norm = strand.norm
        commas = len(outer(norm, "，；"))
        if semi.endswith("；") and len(strand.compact) > _CLAUSE:
            return None, strand
        if len(strand.compact) > 60 or commas >= 3 or (commas and len(strand.compact) > 40):
            return None, strand
        if semi.endswith("：") and not outer(norm[:-1], "："):
            return strand.sub(0, len(semi) - 1), None
        return (strand, None) if whole_line_ok else (None, strand)
    head = strand.sub(0, stop)
    rest = strand.sub(stop + 1)
    commas = len(outer(head.norm, "，；"))
    size = len(head.compact)
    if not rest:
        short = size <= 20 and commas == 0 and not _DUTY.match(head.norm)
        return (head, None) if short else (None, strand)
    if _DATE_START.match(head.compact.norm) or (_DUTY.match(head.compact.norm) and size > 14):
        return None, strand
    if (commas == 0 and size <= 60) or (commas <= 2 and size <= 32):
        return head, rest
    return None, strand


def strip_count(heading: Strand) -> tuple[Strand, int | None]:
    """A heading without a count in brackets at its end, and the count."""
    match = heading_rules().headings.count.search(heading.norm)
    if match is None or match.start() == 0:
        return heading, None
    return heading.sub(0, match.start()), chinese_number(match["n"])
