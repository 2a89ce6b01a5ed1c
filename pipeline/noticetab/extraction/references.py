"""References: documents, laws and works cited in book-title marks, with the number behind them."""

from __future__ import annotations

import regex

from noticetab.extraction.context import Context
from noticetab.patterns import pattern
from noticetab.record import Reference
from noticetab.segment.parts import patterns
from noticetab.segment.strand import Strand, drop_blanks

_LAW = regex.compile(r"(?:法|条例)(?:（[^）]*）)?$")
_RULE = regex.compile(r"(?:规定|办法|细则|规则|规程|标准|守则)(?:（[^）]*）)?$")
_DOCUMENT = regex.compile(
    r"(?:通知|意见|决定|方案|规划|纲要|计划|函|批复|公告|通报|要点|通告|安排|报告|行动计划)(?:（[^）]*）)?$|^关于"
)
_FORM = regex.compile(r"(?:表|回执|承诺书|申请书|名单|清单|模板|样表|证明|登记卡|汇总表)(?:（[^）]*）)?$")


def extract(context: Context) -> list[Reference]:
    """One row per cited title; a title cited again is the same row, an own form or short name is none."""
    rows: dict[str, Reference] = {}
    own = {s.compact.norm for u in context.doc.parts.units for s in [u.title] if s is not None}
    own |= {s.compact.norm for u in context.doc.parts.units for _, s in u.listed}
    for _unit, node in context.doc.nodes():
        strands = [node.line] if node.line is not None else []
        strands += node.lines
        for strand in strands:
            norm = strand.norm
            if "《" not in norm:
                continue
            for start, end in titles(norm):
                inside = strand.sub(start + 1, end)
                title = inside.value
                plain = inside.compact.norm
                if (
                    not plain
                    or plain in own
                    or any(plain.endswith(o[-8:]) and _FORM.search(plain) for o in own if len(o) >= 8)
                ):
                    continue
                if _FORM.search(plain) or (
                    len(plain) <= 4 and plain not in ("宪法",) and not _LAW.search(plain)
                ):
                    continue
                number = _number(strand, end + 1)
                row = rows.get(plain)
                if row is None:
                    rows[plain] = Reference(
                        title=title,
                        doc_number=number,
                        kind=_kind(plain),
                        evidence=context.evidence(strand, start, end + 1),
                        rule="reference.title-marks",
                        confidence=0.97,
                    )
                elif row.doc_number is None:
                    row.doc_number = number
    return list(rows.values())


def titles(norm: str) -> list[tuple[int, int]]:
    """Offsets of the outermost 《 and 》 of each cited title."""
    if "《" not in norm:
        return []
    found = []
    start, depth = -1, 0
    for i, char in enumerate(norm):
        if char == "《":
            if depth == 0:
                start = i
            depth += 1
        elif char == "》" and depth:
            depth -= 1
            if depth == 0:
                found.append((start, i))
    return found


def _number(strand: Strand, at: int) -> str | None:
    match = pattern(r"\s*（\s*").match(strand.norm[at : at + 6])
    if match is None:
        return None
    compact = strand.sub(at + match.end(), min(len(strand), at + 60)).compact
    hit = patterns().doc_number.match(compact.norm)
    return drop_blanks(compact.text[: hit.end()]) if hit else None


def _kind(title: str) -> str:
    if _LAW.search(title):
        return "法律法规"
    if _DOCUMENT.search(title):
        return "公文"
    if _RULE.search(title):
        return "规章"
    return "作品"
