"""主送机关 (GB/T 9704-2012, 7.3.2): closed by a colon, or on copies by a stop or by nothing."""

from __future__ import annotations

from collections.abc import Sequence

from noticetab.patterns import pattern
from noticetab.segment.head.rules import head_patterns, head_rules
from noticetab.segment.lines import Line
from noticetab.segment.parts import Parts, is_org, patterns, rebuild
from noticetab.segment.strand import Strand, join

_LINES = 3
"""The most lines over which receivers run."""


def stands_at(body: Sequence[Line], i: int, allowed: bool) -> bool:
    """Whether the receivers begin at line ``i``; ``allowed`` says that title or number stand above, or nothing."""
    if not allowed:
        return False
    p = patterns()
    for used in range(1, min(_LINES, len(body) - i) + 1):
        last = body[i + used - 1]
        norm = last.compact.norm
        if last.marker is not None or last.tabular or head_rules().addressees.labels.match(norm):
            return False
        if "。" in norm and not norm.startswith("各"):
            return _clause_behind(norm)
        if norm.endswith("：") and not p.rules.addressee_not.search(norm) and len(norm) >= 3:
            return _names_receivers(body[i].compact.norm, norm)
        if "：" in norm or "。" in norm:
            return _clause_behind(norm)
        if not pattern(r"[，、；]").search(norm):
            return False
    return False


def _names_receivers(first: str, last: str) -> bool:
    """Below title or number what ends with a colon is 主送机关, if it names receivers."""
    return (
        bool(patterns().addressee.match(first))
        or (
            bool(pattern(r"[各有全]|[局委会办厅部院校府司处科室]").search(last))
            and not pattern(r"\d").search(last)
        )
        or len(last) <= 12
    )


def _clause_behind(norm: str) -> bool:
    """Whether a line opens with receivers and a colon, the first clause of the body behind it."""
    if pattern(r"[\u4e00-\u9fff]{0,6}(?:各|全|有关)[^：。]{1,90}：").match(norm):
        return True
    head, colon, _ = norm.partition("：")
    return bool(colon) and are_receivers(head)


def are_receivers(norm: str) -> bool:
    """Whether a text is a list of receivers and nothing else: each piece ends as offices or people are named."""
    r = head_rules().addressees
    if not 3 <= len(norm) <= 250 or r.never.search(norm) or r.labels.match(norm):
        return False
    pieces = [x for x in pattern(r"[，、；]|（[^（）]*）").split(norm) if x]
    opened = patterns().addressee.match(norm) is not None
    known = [x for x in pieces if is_org(x) or head_patterns().receiver_end.search(x)]
    return opened and len(known) >= 0.7 * len(pieces) and pieces[-1] in known


def unmarked(body: Sequence[Line], i: int) -> bool:
    """Whether line ``i``, right below title or number, names receivers though no colon closes it.

    A stop may stand in its place; the body follows in a line of its own.
    """
    if i + 1 >= len(body):
        return False
    line = body[i]
    norm = line.compact.norm.rstrip("。，；")
    if line.marker is not None or line.tabular or pattern(r"[。：]").search(norm):
        return False
    following = body[i + 1].compact.norm
    running = len(following) > 24 or "。" in following or "，" in following
    return running and body[i + 1].marker is None and are_receivers(norm)


def read(parts: Parts, body: list[Line], i: int, below: bool) -> int:
    """Reads the receivers at line ``i``; the index of the first line of the body."""
    if i >= len(body):
        return i
    if not stands_at(body, i, True):
        if below and unmarked(body, i):
            line = body[i]
            parts.addressees = line.sub(0, len(line.norm.rstrip("。，； ")))
            return i + 1
        return i
    strands: list[Strand] = []
    for used in range(1, min(_LINES, len(body) - i) + 1):
        line = body[i + used - 1]
        colon = _outer_colon(line.norm)
        if colon >= 0:
            strands.append(line.sub(0, colon))
            parts.addressees = join(strands)
            rest = line.sub(colon + 1)
            if rest:
                body[i + used - 1] = rebuild(line, rest)
                return i + used - 1
            return i + used
        strands.append(line.sub(0))
    return i


def _outer_colon(norm: str) -> int:
    depth = 0
    for i, char in enumerate(norm):
        if char in "（《〔“":
            depth += 1
        elif char in "）》〕”":
            depth -= 1
        elif char == "：" and depth <= 0:
            return i
    return -1
