"""The foot of a document as copies have it: closing words run into the signature, dates without their signs."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import regex

from noticetab import rules
from noticetab.patterns import pattern
from noticetab.segment.lines import Line, unclosed
from noticetab.segment.parts import DATE_LINE, is_org, rebuild
from noticetab.segment.strand import Strand


class DateRules(rules.Rules):
    """Dates of a signature that are not written in full."""

    whole: rules.Regex
    partial: rules.Regex
    damaged: rules.Regex


class TypeRules(rules.Rules):
    """How a body tells the kind of its document."""

    closing: rules.Regex
    cover: rules.Regex
    issued: str
    forwards: rules.Regex
    shown: rules.Regex


class FootRules(rules.Rules):
    """rules/foot.toml."""

    closing: rules.Regex
    dates: DateRules
    types: TypeRules


def foot_rules() -> FootRules:
    """The rules of the foot."""
    return rules.load("foot", FootRules)


_DAY = r"(?:19|20)\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日"
_SIGNED = regex.compile(rf"\s*(?P<office>[\u4e00-\u9fff（）\s]{{3,60}}?)\s*(?P<date>{_DAY})?\s*$")
_DATED = regex.compile(rf"^(?P<office>[\u4e00-\u9fff（）]{{3,40}})(?P<date>{_DAY})$")
_END = 160
"""Characters at the end of a paragraph in which closing words and signature are looked for."""


def is_closing(norm: str) -> bool:
    """Whether a line has closing words and nothing else."""
    return foot_rules().closing.fullmatch(norm) is not None


def part(lines: Sequence[Line]) -> list[Line]:
    """The lines with closing words, office and date set apart where a copy ran them together."""
    kept: list[Line] = []
    for line in lines:
        kept += _parted(line)
    return kept


def _parted(line: Line) -> list[Line]:
    norm = line.norm
    if line.tabular or norm[-1] in "。：；":
        return [line]
    start = max(0, len(norm) - _END)
    closings = [
        m
        for m in foot_rules().closing.finditer(norm, start)
        if m.start() == 0 or norm[m.start() - 1] in " 。；！，"
    ]
    if closings:
        end = closings[-1].end()
        found = _SIGNED.match(norm, end)
        if found is not None and is_org("".join(found["office"].split())):
            return _cut(line, [end, *([found.start("date")] if found["date"] else [])])
    found = _DATED.match(norm)
    if found is not None and is_org(found["office"]):
        return _cut(line, [found.start("date")])
    return [line]


def _cut(line: Line, cuts: Sequence[int]) -> list[Line]:
    """A line cut before the given places."""
    bounds = [0, *cuts, len(line)]
    parts = [line.sub(bounds[k], bounds[k + 1]) for k in range(len(bounds) - 1)]
    return [rebuild(line, x) for x in parts if x]


def dated(lines: Sequence[Line], signs: Callable[[Sequence[Line], int], bool]) -> int | None:
    """The last line that has a date not written in full, below an office that ``signs``; None if there is none."""
    r = foot_rules().dates
    for i in range(len(lines) - 1, 0, -1):
        norm = lines[i].compact.norm
        if len(norm) > 14 or not signs(lines, i - 1):
            continue
        if r.whole.fullmatch(norm) or r.partial.fullmatch(norm) or r.damaged.fullmatch(norm):
            return i
    return None


def wrapped(lines: Sequence[Line], begin: int) -> int:
    """The index at which a signature begins whose first name runs over two lines.

    The line above belongs to the name at ``begin`` if the document itself prints both as one.
    """
    if not 1 <= begin < len(lines):
        return begin
    upper, lower = lines[begin - 1], lines[begin]
    if (
        upper.marker is not None
        or not 4 <= len(upper.compact) <= 30
        or pattern(r"[。；：，！]").search(upper.norm)
    ):
        return begin
    name = upper.compact.norm + lower.compact.norm
    return begin - 1 if any(name in line.compact.norm for line in lines[: begin - 1]) else begin


def date_of(line: Line) -> tuple[Strand | None, Strand | None]:
    """The date of a line where it says the day, else the damaged one."""
    whole = foot_rules().dates.whole.fullmatch(line.compact.norm) is not None
    return (line.compact, None) if whole else (None, line.compact)


def day_of(norm: str) -> tuple[int, int, int] | None:
    """Year, month and day of a date written in digits."""
    match = foot_rules().dates.whole.fullmatch(norm)
    return (int(match["y"]), int(match["m"]), int(match["d"])) if match else None


def is_listed_title(line: Line) -> bool:
    """Whether a line below a lone 附件： is the title of an attachment: short words, no sentence, no office, no date."""
    norm = line.compact.norm
    if line.marker is not None or line.tabular or not 4 <= len(norm) <= 50 or unclosed(norm):
        return False
    if pattern(r"[。；：！？]").search(norm) or DATE_LINE.match(norm):
        return False
    return not is_org(norm)


def type_of(lines: Sequence[Strand]) -> tuple[str, Strand] | None:
    """The kind of document that closing words or the words of a cover tell, with the place; None if none does."""
    r = foot_rules().types
    for line in reversed(lines):
        if match := r.closing.search(line.compact.norm):
            return match["type"], line.compact.sub(match.start(), match.end())
    for line in lines[:6]:
        norm = line.compact.norm
        if match := r.cover.search(norm):
            return r.issued, line.compact.sub(match.start(), match.end())
        if match := r.shown.search(norm):
            return match["type"], line.compact.sub(match.start(), match.end())
    return None
