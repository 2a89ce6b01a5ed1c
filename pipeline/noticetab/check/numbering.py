"""Numbering: the items of a list are counted without gaps and repeats (GB/T 9704-2012, 7.3.3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from noticetab.check.report import Report, Span, clip
from noticetab.segment.headings import role_of, split_heading, strip_count
from noticetab.segment.lines import Line
from noticetab.segment.markers import Marker, spoken_items
from noticetab.segment.outline import Node
from noticetab.segment.parts import Unit
from noticetab.segment.strand import Strand, is_cjk

_DIGITS = "零一二三四五六七八九"


def check(report: Report) -> None:
    """Finds gaps, repeats and lost numbers among the items of each list."""
    for unit, tree in zip(report.context.doc.parts.units, report.context.doc.trees, strict=True):
        last: dict[str, int] = {}
        for node in tree.walk():
            if node.children and not _belongs_above(node):
                for items in _lists(node.children, unit):
                    _check_list(report, unit, node, items, last)
    for _unit, _node, strand in report.strands():
        _check_spoken(report, strand)


def items_of(children: Sequence[Node]) -> list[Node]:
    """The items of a list, with those that stand below a heading only because it lost its number.

    三、 [组织机构] 五、: what follows a heading without a number seems to be its own, unless its
    number goes on with the list that the heading belongs to.
    """
    items: list[Node] = []
    last: Marker | None = None
    for child in children:
        items.append(child)
        if child.marker is not None:
            last = child.marker
        elif last is not None:
            more = _continuing(last, child)
            items += more
            last = next((i.marker for i in reversed(more) if i.marker is not None), last)
    return items


def _continuing(before: Marker, heading: Node) -> list[Node]:
    own = [c for c in heading.children if c.marker is not None and c.marker.family == before.family]
    if not own or own[0].marker is None or own[0].marker.number != before.number + 2:
        return []
    return items_of(heading.children)


def _belongs_above(node: Node) -> bool:
    """Whether the items below a heading without a number are those of the list that it belongs to."""
    parent = node.parent
    if node.marker is not None or parent is None:
        return False
    first = next((c.marker for c in node.children if c.marker is not None), None)
    if first is None or first.number < 3:
        return _belongs_above(parent)  # 1 and 2 go on with no list that has begun
    at = parent.children.index(node)
    above = items_of(parent.children[: at + 1])
    return (bool(node.children) and any(node.children[-1] is x for x in above)) or _belongs_above(parent)


def _lists(children: Sequence[Node], unit: Unit) -> Iterator[list[Node]]:
    """The children dealt out to lists: of one family of numbers each, with lost headings in their place."""
    items = items_of(children)
    families = dict.fromkeys(_family(c.marker) for c in items if c.marker is not None)
    for family in families:
        group: list[Node] = []
        for item in items:
            if item.marker is None:
                before = next((i.marker for i in reversed(group) if i.marker is not None), None)
                lost = item.implied or (before is not None and bool(_continuing(before, item)))
                if lost and group:
                    group.append(item)
                continue
            if _family(item.marker) != family:
                continue
            if item.marker.number == 1 and _is_restart(group, item, unit, items):
                yield group
                group = []
            group.append(item)
        if group:
            yield group


def _family(marker: Marker) -> str:
    """What a number counts: 第一章 and 第一条 are of two lists though of one form."""
    if marker.family in ("chapter", "stage"):
        return marker.family + regex.sub(r"^第[一二三四五六七八九十百\d]+", "", marker.printed)
    return marker.family


def _is_restart(before: Sequence[Node], item: Node, unit: Unit, items: Sequence[Node]) -> bool:
    """Whether a 1 opens a new list: several items stand before it, or a line of its own heads it."""
    numbers = [i.number for i in before if i.number is not None]
    if len(numbers) >= 2 and numbers[-1] is not None and numbers[-1] > 1:
        return True
    assert item.line is not None
    above = unit.lines[item.line.index - 1] if item.line.index else None
    if not numbers or above is None or above.marker is not None or above.norm.rstrip().endswith("。"):
        return False
    at = next(i for i, x in enumerate(items) if x is item)
    following = next((x.number for x in items[at + 1 :] if x.number is not None), None)
    if following not in (None, 1, 2):
        return False  # 1, 1, 3: the second number is the slip
    last = before[-1]
    # The line below a heading is what it heads, not the head of another list.
    return last.body is not None or last.line is None or above.index > last.line.index + 1


def _check_list(
    report: Report, unit: Unit, parent: Node, items: Sequence[Node], last: dict[str, int]
) -> None:
    numbered = [i for i in items if i.marker is not None]
    if not numbered or numbered[0].marker is None:
        return
    family = _family(numbered[0].marker)
    first = numbered[0].marker.number
    # Numbers may run on from the list before (6. under （二） behind 5. under （一）).
    expected = first if first in (1, last.get(family, 0) + 1) else 1
    if len(numbered) == 1 and (first > 20 or expected != first):
        last[family] = numbered[-1].number or 0
        return
    before: Node | None = None
    lost: list[Node] = []
    slack = 0
    for item in items:
        if item.marker is None or item.line is None:
            lost.append(item)
            continue
        number = item.marker.number
        if before is not None and before.line is not None and before.number == number:
            report.add(
                "numbering.repeat",
                _head(item),
                [_head(before)],
                number=item.marker.printed,
                parent=_name(parent),
            )
            slack += 1
        else:
            expected += len(lost)
            missing = number - expected
            if missing > 0 and number - expected == slack and slack:
                missing = slack = 0  # a mistyped number, reported as the repeat that it is
            if missing > 0:
                missing -= _lost_headings(report, unit, items, before, item, lost, missing)
                if missing > 0 and not _is_printed(report, before, item, expected):
                    _gap(report, parent, before, item, expected)
            elif missing < 0 and before is not None and number < (before.number or 0):
                report.add(
                    "numbering.order",
                    _head(item),
                    [_head(before)],
                    number=item.marker.printed,
                    parent=_name(parent),
                    before=before.marker.printed if before.marker else "",
                )
            for node in lost:
                _unnumbered(report, node.line, item, before)
            expected = number + 1
        lost = []
        before = item
    for node in lost:
        _unnumbered(report, node.line, before)
    last[family] = numbered[-1].number or 0


def _gap(report: Report, parent: Node, before: Node | None, item: Node, expected: int) -> None:
    assert item.marker is not None
    missing = (
        _written(item, expected) if item.marker.number - expected == 1 else f"{_written(item, expected)}…"
    )
    if before is None:
        report.add(
            "numbering.start", _head(item), number=item.marker.printed, missing=missing, parent=_name(parent)
        )
    else:
        report.add(
            "numbering.gap",
            _head(item),
            [_head(before)],
            number=item.marker.printed,
            missing=missing,
            before=before.marker.printed if before.marker else "",
            parent=_name(parent),
        )


def _head(node: Node) -> Span:
    """Where the number and heading of an item stand."""
    assert node.line is not None
    if node.heading is not None and node.marker is not None:
        return node.line.offsets[0], node.heading.span()[1]
    return node.line.span(0, min(len(node.line), (node.marker.length if node.marker else 0) + 24))


def _name(node: Node) -> str:
    return node.title or "正文"


def _written(item: Node, number: int) -> str:
    """A number printed in the way of an item's own."""
    assert item.marker is not None
    arabic = str(number)
    if item.marker.family.startswith("ar"):
        return regex.sub(r"\d+", arabic, item.marker.printed)
    if item.marker.family == "circled":
        return chr(ord("①") + number - 1)
    tens, ones = divmod(number, 10)
    chinese = (("" if tens == 1 else _DIGITS[tens]) + "十" if tens else "") + (_DIGITS[ones] if ones else "")
    return regex.sub(r"\d+", arabic, regex.sub(r"[一二三四五六七八九十百]+", chinese, item.marker.printed))


def _is_printed(report: Report, before: Node | None, item: Node, number: int) -> bool:
    """Whether the missing number stands inside a paragraph between two items (a copy that lost line ends)."""
    assert item.line is not None
    start = before.line.offsets[0] if before is not None and before.line is not None else 0
    written = _written(item, number).strip("、.，：")
    between = report.record.text[start : item.line.offsets[0]]
    return bool(regex.search(rf"(?:^|[\s。；：，]){regex.escape(written)}\s*[、.．，）)\s]", between))


def _unnumbered(report: Report, line: Line | None, sibling: Node | None, other: Node | None = None) -> None:
    if line is None:
        return
    related = [_head(node) for node in (sibling, other) if node is not None and node.line is not None]
    words = sibling.marker.printed if sibling is not None and sibling.marker is not None else ""
    heading, _body = split_heading(line)
    at = (heading or line).span(0, min(len(heading or line), 40))
    if not any(f.evidence.start == at[0] for f in report.found("UNNUMBERED_HEADING")):
        report.add("numbering.unnumbered", at, related, sibling=words)


_LABEL = regex.compile(r"^\S{1,10}：")
_NO_HEADING = regex.compile(r"[。；！？]|\d{5,}|^注|^[（(].*[）)]$|^附|[，：]$")


def _lost_headings(
    report: Report,
    unit: Unit,
    items: Sequence[Node],
    before: Node | None,
    item: Node,
    known: Sequence[Node],
    missing: int,
) -> int:
    """Reports the items between two others that lost their numbers; how many they are."""
    below = [n for n in before.walk() if n.implied and n is not before] if before is not None else []
    if len(below) == missing:
        for node in below:
            _unnumbered(report, node.line, item, before)
        return missing
    between = _paragraphs_between(unit, before, item)
    others = [x for x in items if x.line is not None and x.marker is not None]
    found = [
        line
        for line in between
        if not any(line is k.line for k in known) and _is_headed(line, before, item, unit, others)
    ]
    if len(between) == missing == 1 and not found and before is not None and _is_item_of(before, others):
        found = between  # every item is one paragraph, and here stand two under one number
    if len(found) > missing:
        found = [line for line in found if role_of(line.compact.norm)]
    if not 1 <= len(found) <= missing:
        return 0
    for line in found:
        _unnumbered(report, line, item, before)
    return len(found)


def _is_item_of(before: Node, others: Sequence[Node]) -> bool:
    """Whether each item but the one before the gap is one paragraph."""
    return len(others) >= 3 and all(not n.lines and not n.children for n in others if n is not before)


def _paragraphs_between(unit: Unit, before: Node | None, item: Node) -> list[Line]:
    """The paragraphs that stand between two items; rows of tables are none."""
    assert item.line is not None
    start = before.line.index + 1 if before is not None and before.line is not None else 0
    if before is None and item.parent is not None and item.parent.line is not None:
        start = item.parent.line.index + 1
    owned = {id(line) for node in _root(item).walk() for line in node.lines}
    return [x for x in unit.lines[start : item.line.index] if id(x) in owned and x.marker is None]


def _root(node: Node) -> Node:
    while node.parent is not None:
        node = node.parent
    return node


def _ends_with_colon(node: Node) -> bool:
    """Whether a colon stands behind an item's heading (二、活动时间：…)."""
    if node.line is None or not node.heading:
        return False
    norm = node.line.norm
    at = norm.find(node.heading.norm)
    return at >= 0 and norm[at + len(node.heading) :].lstrip().startswith("：")


def _is_headed(line: Line, before: Node | None, item: Node, unit: Unit, others: Sequence[Node]) -> bool:
    """Whether an unnumbered line has the form of its siblings' headings: alone in its line, or run-in."""
    norm = line.compact.norm
    colons = any(_ends_with_colon(n) for n in others)
    if colons:
        norm = norm.rstrip("：")
    if not norm or (not is_cjk(norm[0]) and norm[0] not in "“《") or (_LABEL.match(norm) and not colons):
        return False
    if all(n.line is None or abs(n.line.indent - line.indent) > 1 for n in others):
        return False
    heading, body = split_heading(line)
    run_in = [n for n in others if n.heading is not None and n.body is not None]
    if heading is not None and body is not None and run_in:
        # （三）注重实效。各单位… without its number: a heading and text behind it, as its siblings have.
        return len(heading) <= 2 * max(len(n.title) for n in run_in)
    assert item.line is not None
    below = unit.lines[line.index + 1] if line.index + 1 < item.line.index else None
    opens_list = below is not None and below.marker is not None and below.marker.number == 1
    if not 2 <= len(norm) <= 34 or _NO_HEADING.search(norm) or " " in line.text.strip() or below is None:
        return False
    if opens_list:
        return True
    # A heading has text above it that is not its parent's heading and that has come to its end.
    if len(run_in) == len(others) or line.index == 0:
        return False
    above = unit.lines[line.index - 1]
    if role_of(strip_count(line)[0].compact.norm):
        return above is not (before.line if before is not None else None) or (
            before is not None and before.body is not None
        )
    return above.norm.rstrip()[-1:] in "。；！）："


_SPOKEN = regex.compile(r"(?:^|(?<=[：；。，]))(?P<n>[一二三四五六七八九])是(?=[^否\s])")


def _check_spoken(report: Report, strand: Strand) -> None:
    """一是…二是…四是: a number of a spoken enumeration that is skipped or said twice."""
    norm = strand.norm
    if "二是" not in norm or spoken_items(norm):
        return
    hits = list(_SPOKEN.finditer(norm))
    numbers = [_DIGITS.index(m["n"]) for m in hits]
    if len(hits) < 3 or numbers[0] != 1 or numbers.count(1) > 1:
        return
    for (a, x), (b, y) in zip(
        zip(numbers, hits, strict=True), zip(numbers[1:], hits[1:], strict=True), strict=False
    ):
        here, there = clip(strand, y.start(), y.end() + 8), clip(strand, x.start(), x.end() + 8)
        if b == a:
            report.add("numbering.repeat", here, [there], number=f"{y['n']}是", parent="列举")
            return
        if b == a + 2 and f"{_DIGITS[a + 1]}是" not in norm:
            report.add(
                "numbering.gap",
                here,
                [there],
                number=f"{y['n']}是",
                missing=f"{_DIGITS[a + 1]}是",
                before=f"{x['n']}是",
                parent="列举",
            )
            return
