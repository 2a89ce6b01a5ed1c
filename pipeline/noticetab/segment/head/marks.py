"""The red head (GB/T 9704-2012, 7.2): rule, signer, classification, urgency, copy number, header mark."""

from __future__ import annotations

from collections.abc import Sequence

from noticetab.segment.head.scan import Scan
from noticetab.segment.lines import Line
from noticetab.segment.parts import RULE_LINE, SENTENCE_END, is_org, patterns, rebuild
from noticetab.segment.strand import Strand, join


def rule_line(scan: Scan, i: int) -> int:
    """A line of dashes: the rule below the red head."""
    if not RULE_LINE.match(scan.norm(i)):
        return 0
    scan.ruled = True
    return 1


def signer(scan: Scan, i: int) -> int:
    """签发人 (7.2.6), which may stand behind the document number: the line is cut before it."""
    norm = scan.body[i].norm
    found = patterns().rules.signer.search(norm)
    if found is None or SENTENCE_END.search(norm):
        return 0
    line = scan.body[i]
    scan.parts.signer = line.sub(found.start("name"), found.end("name"))
    rest = line.sub(0, found.start())
    if not rest:
        return 1
    scan.body[i] = rebuild(line, rest)
    return 0


def classified(scan: Scan, i: int) -> int:
    """密级 (7.2.2), 紧急程度 (7.2.3) and 份号 (7.2.1), each in a line of its own."""
    r, line, norm = patterns().rules, scan.body[i], scan.norm(i)
    if found := r.classification.match(norm):
        lead = len(line.norm) - len(line.norm.lstrip())
        scan.parts.classification = line.sub(lead + found.start(), lead + found.end())
    elif r.urgency.match(norm):
        scan.parts.urgency = line.sub(0)
    elif i < 4 and (found := r.copy_number.match(norm)):
        scan.parts.copy_number = line.sub(found.start(1), found.end(1))
    else:
        return 0
    return 1


def office(scan: Scan, i: int) -> int:
    """An office alone above the title: of the red head (with 文件 or a rule below it), or an issuer stacked."""
    line = scan.body[i]
    norm = line.norm.strip()
    if line.marker is not None or SENTENCE_END.search(norm) or len(norm) > 60:
        return 0
    if not (norm.endswith("文件") or (is_org(line.compact.norm) and len(line.compact) > 2)):
        return 0
    scan.pending.append(line)
    return 1


def settle(scan: Scan, i: int) -> int:
    """What the offices above the title are; the index of the first line below the head.

    Offices without any title below them are none of the head: they are given back.
    """
    parts, pending = scan.parts, scan.pending
    if not pending or parts.header_mark is not None:
        return i
    if scan.titles:
        if scan.ruled or any(x.compact.norm.endswith("文件") for x in pending):
            parts.header_mark = mark(pending)
        else:
            parts.stacked = [x.sub(0) for x in pending]
        return i
    return min(i, scan.body.index(pending[0]))


def mark(pending: Sequence[Line]) -> Strand:
    """The header mark of stacked issuers: their lines in order (a lone 文件 between two goes last)."""
    return join([x.sub(0) for x in pending], " ") if len(pending) > 1 else pending[0].sub(0)
