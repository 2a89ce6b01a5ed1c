"""Numbering: the items of a list are counted without gaps and repeats (GB/T 9704-2012, 7.3.3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from noticetab.check.report import Report
from noticetab.segment.lines import Line
from noticetab.segment.markers import spoken_items
from noticetab.segment.outline import Node, split_heading
from noticetab.segment.parts import Unit
from noticetab.segment.strand import Strand, is_cjk

_DIGITS = "零一二三四五六七八九"


def check(report: Report) -> None:
    """Finds gaps, repeats and lost numbers among the items of each list."""
    for unit, tree in zip(report.context.doc.parts.units, report.context.doc.trees, strict=True):
        last: dict[str, int] = {}
        for node in tree.walk():
            if node.children:
                for items in _lists(node.children):
                    _check_list(report, unit, node, items, last)
            for grid in node.grids:
                _check_serials(report, grid_serials(grid.rows, [c.name if c else "" for c in grid.columns]))
    for _unit, _node, strand in report.strands():
        _check_spoken(report, strand)


def _lists(children: Sequence[Node]) -> Iterator[list[Node]]:
    """The children dealt out to lists: of one family of numbers each, with lost headings in their place."""
    families = dict.fromkeys(c.marker.family for c in children if c.marker is not None)
    for family in families:
        items: list[Node] = []
        for child in children:
            if child.marker is None:
                if child.implied and items:
                    items.append(child)
                continue
            if child.marker.family != family:
                continue
            if child.marker.number == 1 and _is_restart(items, children, child):
                yield items
                items = []
            items.append(child)
        if items:
            yield items


def _is_restart(items: Sequence[Node], children: Sequence[Node], child: Node) -> bool:
    """Whether a 1 opens a new list: one of at least two items stands before it."""
    numbers = [i.number for i in items if i.number is not None]
    return len(numbers) >= 2 and numbers[-1] > 1


def _check_list(
    report: Report, unit: Unit, parent: Node, items: Sequence[Node], last: dict[str, int]
) -> None:
    numbered = [i for i in items if i.marker is not None]
    if not numbered or numbered[0].marker is None:
        return
    family = numbered[0].marker.family
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
                missing -= _lost_headings(report, unit, parent, before, item, lost, missing)
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
                _unnumbered(report, node.line, item)
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


def _head(node: Node) -> tuple[int, int]:
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
    """Whether the missing number stands inside a paragraph between the two items (a copy that lost line ends)."""
    assert item.line is not None
    start = before.line.offsets[0] if before is not None and before.line is not None else 0
    written = _written(item, number).strip("、.，：")
    between = report.record.text[start : item.line.offsets[0]]
    return bool(regex.search(rf"(?:^|[\s。；：，]){regex.escape(written)}\s*[、.．，）)\s]", between))


def _unnumbered(report: Report, line: Line | None, sibling: Node | None) -> None:
    if line is None:
        return
    related = [_head(sibling)] if sibling is not None else []
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
    parent: Node,
    before: Node | None,
    item: Node,
    known: Sequence[Node],
    missing: int,
) -> int:
    """Reports the headings between two items that lost their numbers; how many they are."""
    found = [
        line
        for line in _lines_between(unit, before, item)
        if not any(line is k.line for k in known) and _like(line, before or item, item)
    ]
    if not 1 <= len(found) <= missing:
        return 0
    for line in found:
        _unnumbered(report, line, item)
    return len(found)


def _lines_between(unit: Unit, before: Node | None, item: Node) -> list[Line]:
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


def _like(line: Line, before: Node, item: Node) -> bool:
    """Whether an unnumbered line has the form of the two items' headings: alone in its line, or run-in."""
    norm = line.compact.norm
    if not norm or (not is_cjk(norm[0]) and norm[0] not in "“《") or _LABEL.match(norm):
        return False
    run_in = [n.body is not None for n in (before, item)]
    heading, body = split_heading(line)
    if all(run_in):
        # （三）注重实效。各单位… without its number: heading and text as its siblings have.
        sizes = [len(n.title) for n in (before, item) if n.heading is not None]
        return heading is not None and body is not None and bool(sizes) and len(heading) <= 2 * max(sizes)
    if any(run_in):
        return False
    return 2 <= len(norm) <= 34 and not _NO_HEADING.search(norm)


def grid_serials(rows: Sequence[Sequence[Strand | None]], columns: Sequence[str]) -> list[tuple[int, Strand]]:
    """The serial numbers of a table's rows (column 序号), where they are printed."""
    if "serial" not in columns:
        return []
    at = columns.index("serial")
    cells = [row[at] for row in rows if at < len(row)]
    return [
        (int(m[1]), c)
        for c in cells
        if c is not None and (m := regex.match(r"^(\d{1,3})[.、]?$", c.compact.norm))
    ]


def _check_serials(report: Report, serials: Sequence[tuple[int, Strand]]) -> None:
    for (a, first), (b, second) in zip(serials, serials[1:], strict=False):
        if b == a:
            report.add("numbering.repeat", second.span(), [first.span()], number=str(b), parent="序号")
        elif b > a + 1:
            gap = str(a + 1) if b == a + 2 else f"{a + 1}…"
            report.add(
                "numbering.gap",
                second.span(),
                [first.span()],
                number=str(b),
                missing=gap,
                before=str(a),
                parent="序号",
            )


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
        here, there = strand.span(y.start(), y.end() + 8), strand.span(x.start(), x.end() + 8)
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
