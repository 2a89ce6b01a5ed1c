"""Counts: what a heading or a sentence announces against what is listed (（35项）, 五项工作, 等四大系列)."""

from __future__ import annotations

import re
from collections.abc import Sequence

import regex

from noticetab import rules
from noticetab.check.numbering import items_of
from noticetab.check.report import Report, clip, finding_rules
from noticetab.check.serials import serials_of
from noticetab.segment.headings import outer
from noticetab.segment.markers import chinese_number, spoken_items
from noticetab.segment.outline import Node
from noticetab.segment.parts import Unit
from noticetab.segment.strand import Strand

_NUMBER = r"(?P<n>[二三四五六七八九十两]{1,3}|\d{1,3})"


def check(report: Report) -> None:
    """Finds counts that are not those of the list they announce."""
    for unit, node in report.nodes():
        if node.declared is not None:
            _check_heading_count(report, unit, node)
        else:
            _check_announced(report, unit, node)
    for _unit, _node, strand in report.strands():
        _check_sentence(report, strand)
        _check_labelled(report, strand)


# --- a count in brackets behind a heading ---------------------------------------------------


def _check_heading_count(report: Report, unit: Unit, node: Node) -> None:
    """（35项） against the items or rows below the heading."""
    assert node.line is not None and node.declared is not None
    found = _items_below(unit, node)
    if not found or node.declared in found:
        return
    if min(abs(node.declared - n) for n in found) > max(3, node.declared // 5):
        return  # what is counted is listed elsewhere, in an attachment
    if _explained(report, unit, node, node.declared):
        return
    heading = clip(node.line, 0, len(node.line) if node.heading is None else len(node.heading) + 12)
    report.add("counts.heading", heading, _ends(node), declared=node.declared, found=found[0])


def _items_below(unit: Unit, node: Node) -> list[int]:
    """How many things stand under a heading, in each way that they can be counted; none if nothing does."""
    counts: list[int] = []
    rows = sum(len(grid.rows) for grid in node.grids)
    serials = sum(len(serials_of(unit, g)) for g in node.grids)
    if rows:
        counts += [serials or rows, rows]
    if node.children:
        numbered = [c for c in items_of(node.children) if c.marker is not None or c.implied]
        counts.append(len(numbered))
        leaves = [n for n in node.walk() if n is not node and not n.children]
        counts.append(len(leaves))
        if rows:
            counts.append(rows + len(numbered))
        inner = sum(len(g.rows) for c in node.children for n in c.walk() for g in n.grids)
        if inner:
            counts.append(inner)
    return counts


def _ends(node: Node) -> list[tuple[int, int]]:
    """The first and last thing listed under a heading."""
    if node.children:
        lines = [c.line for c in (node.children[0], node.children[-1]) if c.line is not None]
        return [line.span(0, min(len(line), 30)) for line in lines]
    cells = [
        next((c for c in row if c), None) for grid in node.grids for row in (grid.rows[0], grid.rows[-1])
    ]
    return [c.span() for c in cells if c is not None]


def _explained(report: Report, unit: Unit, node: Node, declared: int) -> bool:
    """Whether the items miss one number, reported already, and are as many as announced with it."""
    assert node.line is not None
    last = next((c for c in reversed(items_of(node.children)) if c.marker is not None), None)
    numbers = [number for grid in node.grids for number, _ in serials_of(unit, grid)]
    final = last.number if last is not None else max(numbers, default=None)
    end = max(x.line.offsets[-1] for x in node.walk() if x.line is not None)
    end = max([end, *(cell_end for _, cell_end in _ends(node))])
    gaps = report.found("NUMBERING_GAP", "UNNUMBERED_HEADING")
    return final == declared and any(node.line.offsets[0] < f.evidence.start <= end for f in gaps)


# --- a count in words, and the items below ---------------------------------------------------


def _check_announced(report: Report, unit: Unit, node: Node) -> None:
    """五项重点工作 as a heading, or a sentence that announces the items below it."""
    items = [c for c in items_of(node.children) if c.marker is not None or c.implied]
    words = finding_rules().counts
    if len(items) < 2:
        return
    if node.heading is not None and (match := words.heading.search(node.heading.compact.norm)):
        _compare(report, unit, node, items, node.heading.compact, match)
        return
    above = node.lines[-1] if node.lines else node.body
    if above is None:
        return
    match = words.intro.search(above.compact.norm)
    if match and (
        match.group().endswith("：") or regex.match("以下|下列|如下", match.group()) or _are_stages(items)
    ):
        _compare(report, unit, node, items, above.compact, match)


def _are_stages(items: Sequence[Node]) -> bool:
    """Whether the items are 第一阶段, 第二阶段 … and so surely what 分三个阶段 counts."""
    return all(item.marker is not None and item.marker.family == "stage" for item in items)


def _compare(
    report: Report, unit: Unit, node: Node, items: Sequence[Node], strand: Strand, match: regex.Match[str]
) -> None:
    declared = chinese_number(match["n"])
    if declared is None or declared < 2 or declared == len(items):
        return
    if node.line is not None and _explained(report, unit, node, declared):
        return
    if abs(declared - len(items)) > 2:
        return  # the sentence counts something else
    report.add(
        "counts.announced",
        strand.span(match.start(), match.end()),
        _ends(node),
        declared=declared,
        found=len(items),
    )


# --- a count in a sentence that lists the things itself ---------------------------------------


@rules.cached
def _closing() -> regex.Pattern[str]:
    """等四大系列, 三个组别, 9个板块 behind a list."""
    units = "|".join(map(regex.escape, finding_rules().counts.units))
    return regex.compile(rf"(?P<etc>等)?(?:共|共计|合计|这)?(?P<count>{_NUMBER}(?P<unit>{units}))")


# A first look: a number and what begins a unit.
_COUNTED = re.compile(r"[二三四五六七八九十两\d]\s?[个大项种类方部阶板]")


def _check_sentence(report: Report, strand: Strand) -> None:
    if "一是" in strand.norm:
        _check_enumerated(report, strand.compact)
    if not ("、" in strand.norm or "”“" in strand.norm) or not _COUNTED.search(strand.norm):
        return
    compact = strand.compact
    norm = compact.norm
    for match in _closing().finditer(norm):
        declared = chinese_number(match["n"].replace("两", "二"))
        if declared is None or declared < 2:
            continue
        span = _listed_before(norm, match.start())
        if span is None:
            continue
        listed = norm[span[0] : span[1]]
        counts = _counts_of(listed)
        if not counts or declared in counts:
            continue
        found = counts[0]
        quoted = listed.count("“") == found
        if match["etc"] and not (found > declared or (quoted and match["unit"].startswith("大"))):
            continue  # 等5家 after examples
        if not quoted and (abs(found - declared) != 1 or not _is_plain(listed)):
            continue  # not certain where the list begins
        if quoted and abs(found - declared) > 2:
            continue
        report.add(
            "counts.sentence",
            compact.span(match.start("count"), match.end("count")),
            [compact.span(*span)],
            declared=declared,
            found=found,
        )


def _listed_before(norm: str, end: int) -> tuple[int, int] | None:
    """The clause that ends at ``end``: from the last mark outside quotes and brackets."""
    if end == 0 or norm[end - 1] in "，。；：！？（":
        return None
    begin = 0
    for at in outer(norm[:end], "，。；：！？"):
        begin = at + 1
    return (begin, end) if end - begin >= 5 else None


def _counts_of(listed: str) -> list[int]:
    """How many things a list names: the most likely count first, then those that 和 and 及 make possible."""
    quotes = len(regex.findall(r"“[^“”]*”", listed))
    marks = len(outer(listed, "、"))
    if quotes >= 2 and marks in (0, quotes - 1):
        return [quotes]
    if quotes >= 2:
        return [quotes, marks + 1]
    if marks == 0:
        return []
    tail = listed[outer(listed, "、")[-1] :]
    joined = len(regex.findall(r"[和及与]|以及", tail))
    if joined:
        return [marks + 2, marks + 1, *range(marks + 3, marks + 2 + joined)]
    return [marks + 1]


def _is_plain(listed: str) -> bool:
    """Whether the listed things are surely one list: short, alike in length or in their last character."""
    pieces = [p for p in regex.split(r"、|和|及", listed) if p]
    later = pieces[1:]
    if len(pieces) < 2 or finding_rules().counts.unlisted.search("、".join(later)):
        return False
    same_end = len({p[-1] for p in pieces}) == 1
    same_size = len(later) >= 2 and len({len(p) for p in later}) == 1
    return same_end or same_size or (len(pieces) >= 4 and max(len(p) for p in later) <= 8)


def _check_enumerated(report: Report, strand: Strand) -> None:
    """共三部分，一是…二是…四是: a count and the spoken enumeration behind it."""
    match = finding_rules().counts.enumerated.search(strand.norm)
    if match is None:
        return
    items = spoken_items(strand.norm[match.end() :])
    declared = chinese_number(match["n"].replace("两", "二"))
    if declared is None or not items or declared == len(items) or abs(declared - len(items)) > 2:
        return
    first, last = items[0], items[-1]
    shift = match.end()
    report.add(
        "counts.sentence",
        strand.span(match.start(), match.end()),
        [clip(strand, first[1] - 2 + shift, last[1] + 8 + shift)],
        declared=declared,
        found=len(items),
    )


# --- a count in a label before the list -------------------------------------------------------


def _check_labelled(report: Report, strand: Strand) -> None:
    """成员单位（35家）： against the names behind it."""
    match = finding_rules().counts.labelled.match(strand.norm) if "）：" in strand.norm[:24] else None
    if match is None:
        return
    rest = strand.sub(match.end()).norm.rstrip("。；")
    names = len(outer(rest, "、，；")) + 1
    declared = chinese_number(match["n"])
    if declared is None or names < 2 or declared == names or abs(declared - names) > 2 or "等" in rest[-4:]:
        return
    report.add(
        "counts.heading",
        strand.span(match.start(), match.end()),
        [strand.span(match.end())],
        declared=declared,
        found=names,
    )
