"""Labels with values: the boxes of portals (索引号, 发文字号 …) and the bars of pages (来源, 发布时间 …)."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from noticetab.patterns import pattern
from noticetab.segment.head import number
from noticetab.segment.head.rules import LabelRules, head_patterns, head_rules
from noticetab.segment.head.scan import Scan
from noticetab.segment.head.title import title_at
from noticetab.segment.markers import BULLETS
from noticetab.segment.parts import is_org
from noticetab.segment.strand import Strand

DATE = regex.compile(
    r"(?:\d{4}\s*[\-—/.年]\s*\d{1,2}\s*[\-—/.月]\s*\d{1,2}\s*日?|\d{1,2}[.\-—/]\d{1,2}[.\-—/]\d{4})"
    r"(?:\s*[T\s]?\s*\d{1,2}[：时]\d{2}(?:[：分]\d{2}秒?)?)?"
)
"""A date as sites print it, year or day first, with or without the hour."""
_NUMBERED = regex.compile(r"[〔（]?\s*\d[\d,.]*\s*[次人]?|[次人]")
_LONGEST = 120
"""Characters of the longest bar without labels."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A label and its value, which may be empty."""

    label: LabelRules
    value: Strand


def pairs(line: Strand) -> list[Pair]:
    """The labels and values of a line, if it opens with a label; none if it does not.

    A value ends at the next label; marks around it do not belong to it.
    """
    known = head_patterns()
    norm = line.norm
    hits = list(known.label.finditer(norm))
    if not hits or pattern(r"[\s|〔·]*").fullmatch(norm[: hits[0].start()]) is None:
        return []
    found = []
    for k, hit in enumerate(hits):
        end = hits[k + 1].start() if k + 1 < len(hits) else len(norm)
        label = known.labels["".join(hit["label"].split())]
        found.append(Pair(label, _trimmed(line, hit.end(), end)))
    return found


def _trimmed(line: Strand, start: int, end: int) -> Strand:
    norm = line.norm
    while start < end and norm[start] in " \t|：":
        start += 1
    while end > start and norm[end - 1] in " \t|，；":
        end -= 1
    if end > start and norm[end - 1] == "〔":
        end -= 1
    return line.sub(start, end)


def fits(pair: Pair) -> bool:
    """Whether a value is of its label's kind; an empty one is, but for words that notices use themselves."""
    norm = pair.value.norm
    if not norm:
        return not pair.label.weak
    match pair.label.value:
        case "date":
            found = DATE.match(norm)
            return found is not None and (_is_idle(norm[found.end() :]) or not pair.label.weak)
        case "count":
            return _NUMBERED.match(norm) is not None
        case "button":
            return len(norm) <= 80 and "。" not in norm
        case "number":
            return number.find(pair.value) is not None or len(norm) <= 30
        case "organization":
            return len(norm) <= 80 and "。" not in norm
        case "name":
            return len(norm) <= 30 and "。" not in norm
        case _:
            return len(norm) <= 160 and "。" not in norm


def labelled(scan: Scan, i: int) -> int:
    """A line of labels with values, or a label whose value stands in the line below."""
    line = scan.body[i]
    if line.marker is not None and line.marker.family not in BULLETS:
        return 0
    found = pairs(line)
    fitting = [p for p in found if fits(p) or (not p.value and i + 1 < len(scan.body))]
    if not found or found[0] not in fitting or 2 * len(fitting) < len(found) + 1:
        return 0
    last = found[-1]
    used = 1
    if not last.value and len(found) == 1:
        value = _value_below(scan, i, last.label)
        if value is not None:
            found[-1] = Pair(last.label, value)
            used = 2
        elif last.label.weak and not line.norm.rstrip().endswith("："):
            return 0
    for pair in found:
        if fits(pair):
            _give(scan, pair)
    scan.parts.metadata.extend(scan.body[i : i + used])
    return used


def _value_below(scan: Scan, i: int, label: LabelRules) -> Strand | None:
    """The value of a label that stands alone, from the line below; None if that line is something else."""
    if i + 1 >= len(scan.body):
        return None
    below = scan.body[i + 1]
    norm = below.norm.strip()
    if below.marker is not None or pairs(below) or len(norm) > 60 or norm.endswith("文件"):
        return None
    value = below.sub(0)
    match label.value:
        case "date":
            return value if DATE.fullmatch(norm) else None
        case "number":
            found = number.find(value)
            return found if found is not None and len(found) >= len(value) - 2 else None
        case "count":
            return value if _NUMBERED.fullmatch(norm) else None
        case "organization":
            return value if is_org(below.compact.norm) else None
        case "title" | "button":
            return None
        case _:
            code = pattern(r"[A-Za-z0-9/_.—\s-]{4,60}").fullmatch(norm) is not None  # an index number
            plain = code or (not pattern(r"[：。；，]").search(norm) and len(norm) <= 24)
            return value if plain and not title_at(scan.body, i + 1)[0] else None


def _give(scan: Scan, pair: Pair) -> None:
    """Keeps what a label gives, the first of each field."""
    field = pair.label.gives
    value = pair.value
    if not field or not value:
        return
    if field == "doc_number":
        found = number.find(value)
        if found is None:
            return
        value = found
    elif pair.label.value == "date":
        found_date = DATE.match(value.norm)
        if found_date is None:
            return
        value = value.sub(0, found_date.end())
    elif field == "issuers":
        norm = value.compact.norm
        if not is_org(norm) or head_rules().values.no_office.search(norm):
            return
    scan.parts.given.setdefault(field, value)


def bare_date(scan: Scan, i: int) -> int:
    """A date by the title, with a source and buttons or alone: when the page was put up, as sites write it."""
    line = scan.body[i]
    norm = line.norm
    match = DATE.search(norm) if len(norm) <= _LONGEST and line.marker is None else None
    if match is None or i + 1 >= len(scan.body) or pattern(r"[。；，《]").search(norm):
        return 0
    behind = line.sub(match.end())
    following = pairs(behind)
    if not _is_bar(match, norm, behind, following) or title_at(scan.body, i)[0] is not None:
        return 0
    numbered = number.find(behind) if behind else None
    if numbered is not None and len(numbered) == len(behind):
        scan.parts.doc_number = scan.parts.doc_number or numbered
    scan.parts.given.setdefault("published_bare", line.sub(match.start(), match.end()))
    for pair in following:
        if fits(pair):
            _give(scan, pair)
    scan.parts.metadata.append(line)
    return 1


def _is_bar(match: regex.Match[str], norm: str, behind: Strand, following: list[Pair]) -> bool:
    """Whether a date with what stands before and behind it is a page's bar and no sentence."""
    clocked = "：" in match.group()
    before = norm[: match.start()].strip()
    if before and not clocked and not (following and len(before) <= 16 and " " not in before):
        return False
    return clocked or bool(following) or len(behind) <= 40 or _is_idle(behind.norm)


def _is_idle(text: str) -> bool:
    """Whether a text has nothing but marks and buttons."""
    buttons = head_patterns().buttons
    return all(w in buttons for w in pattern(r"[^\s〔〕（）|/，：]+").findall(text))
