"""Plants one fault in the text of a notice: for each kind, every place of the text that can bear it.

A kind is a function from a notice to planted texts. It looks for places by the segmented document
and the rows, not by what the checks would find, and changes as few characters as it can.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from noticetab.extraction import Context
from noticetab.extraction import extract as rows_of
from noticetab.extraction.attachments import pair
from noticetab.read import read_text
from noticetab.record import Record
from noticetab.segment import segment
from noticetab.segment.outline import Node

_CHINESE = [
    "零",
    "一",
    "二",
    "三",
    "四",
    "五",
    "六",
    "七",
    "八",
    "九",
    "十",
    "十一",
    "十二",
    "十三",
    "十四",
    "十五",
    "十六",
]


@dataclass
class Notice:
    """A notice's canonical text with what the program reads in it."""

    text: str

    @cached_property
    def read(self) -> tuple[Record, Context]:
        return rows_of(segment(read_text(self.text)))

    @property
    def record(self) -> Record:
        return self.read[0]

    @property
    def context(self) -> Context:
        return self.read[1]

    def changed(self, *changes: tuple[int, int, str]) -> str:
        """The text with spans replaced."""
        text = self.text
        for start, end, new in sorted(changes, reverse=True):
            text = text[:start] + new + text[end:]
        return text

    def lists(self) -> Iterator[list[Node]]:
        """Lists of at least three items numbered 1, 2, 3 …"""
        for _unit, node in self.context.doc.nodes():
            items = [c for c in node.children if c.marker is not None]
            counted = [c.number for c in items] == list(range(1, len(node.children) + 1))
            if len(items) >= 3 and counted and len({c.marker.family for c in items if c.marker}) == 1:
                yield items

    def body(self) -> Iterator[tuple[int, str]]:
        """The lines of the bodies of all units, with their offset; forms' and tables' left out."""
        for unit in self.context.doc.parts.units:
            for line in unit.lines:
                if line.offsets and not line.tabular:
                    start, end = line.span()
                    yield start, self.text[start:end]


def _span(node: Node) -> tuple[int, int]:
    """Where the number of an item stands."""
    assert node.line is not None and node.marker is not None
    return node.line.offsets[0], node.line.offsets[node.marker.length - 1] + 1


def _renumber(notice: Notice, node: Node, number: int) -> tuple[int, int, str] | None:
    start, end = _span(node)
    printed = notice.text[start:end]
    if (match := re.search(r"\d+", printed)) is not None:
        return start + match.start(), start + match.end(), str(number)
    match = re.search(r"[一二三四五六七八九十]+", printed)
    if match is None or number >= len(_CHINESE):
        return None
    return start + match.start(), start + match.end(), _CHINESE[number]


def wrong_weekday(notice: Notice) -> Iterator[str]:
    for start, line in notice.body():
        for match in re.finditer(r"\d日\s*[（(](?:星期|周)(?P<d>[一二三四五六日])[）)]", line):
            other = "一二三四五六日"["一二三四五六日".index(match["d"]) - 3]
            yield notice.changed((start + match.start("d"), start + match.end("d"), other))


def skipped_number(notice: Notice) -> Iterator[str]:
    for items in notice.lists():
        changes = [_renumber(notice, item, (item.number or 0) + 1) for item in items[2:]]
        if all(changes):
            yield notice.changed(*[c for c in changes if c])


def repeated_number(notice: Notice) -> Iterator[str]:
    for items in notice.lists():
        for item in items[1:-1][:3]:
            change = _renumber(notice, item, (item.number or 0) - 1)
            if change:
                yield notice.changed(change)


def lost_number(notice: Notice) -> Iterator[str]:
    for items in notice.lists():
        for item in items[1:-1][:3]:
            if item.heading is not None and item.line is not None:
                yield notice.changed((*_span(item), ""))


def raised_heading_count(notice: Notice) -> Iterator[str]:
    for _unit, node in notice.context.doc.nodes():
        if node.declared and node.line is not None and (node.children or node.grids):
            start, end = node.line.span()
            found = list(re.finditer(r"\d+", notice.text[start:end]))
            if found and int(found[-1].group()) == node.declared:
                m = found[-1]
                yield notice.changed((start + m.start(), start + m.end(), str(node.declared + 1)))


def raised_count(notice: Notice) -> Iterator[str]:
    """三个组别, 等四大系列 behind the things themselves."""
    for start, line in notice.body():
        for match in re.finditer(
            r"(?P<list>[^，。；：]*、[^，。；：]*?)等?(?P<n>[二三四五六七])(?:个|大|类)(?=[\u4e00-\u9fff]{2})",
            line,
        ):
            listed = match["list"]
            quoted = len(re.findall("“", listed))
            things = (
                quoted
                if quoted > 1
                else listed.count("、") + 1 + len(re.findall("[和及]", listed.split("、")[-1]))
            )
            if things == _CHINESE.index(match["n"]):
                yield notice.changed((start + match.start("n"), start + match.end("n"), _CHINESE[things + 1]))


def swapped_days(notice: Notice) -> Iterator[str]:
    for start, line in notice.body():
        for m in re.finditer(r"(?P<head>\d月)(?P<a>\d{1,2})(?P<mid>日?[至—－-])(?P<b>\d{1,2})(?=日)", line):
            if int(m["a"]) < int(m["b"]):
                yield notice.changed(
                    (start + m.start("a"), start + m.end("a"), m["b"]),
                    (start + m.start("b"), start + m.end("b"), m["a"]),
                )


def lost_day_sign(notice: Notice) -> Iterator[str]:
    for start, line in notice.body():
        for m in re.finditer(r"\d月\d{1,2}(?P<d>日)(?=[至—－-]\d{1,2}月\d{1,2}日)", line):
            yield notice.changed((start + m.start("d"), start + m.end("d"), ""))


def no_such_day(notice: Notice) -> Iterator[str]:
    for start, line in notice.body():
        for m in re.finditer(r"(?<!\d)(?:[469]|11)月(?P<d>\d{1,2})(?=日(?!\s*[至—－、（(-]))", line):
            yield notice.changed((start + m.start("d"), start + m.end("d"), "31"))


def printed_too_early(notice: Notice) -> Iterator[str]:
    at, day = notice.record.notice.evidence.get("printed_on"), notice.record.notice.issued_on
    if at is None or day is None:
        return
    early = day - dt.timedelta(days=1)
    yield notice.changed((at.start, at.end, f"{early.year}年{early.month}月{early.day}日"))


def signed_too_late(notice: Notice) -> Iterator[str]:
    at, days = notice.record.notice.evidence.get("issued_on"), [d.due_on for d in notice.record.deadlines]
    printed = notice.record.notice.printed_on
    if at is None or not days or printed is not None:
        return
    late = min(days) + dt.timedelta(days=2)
    yield notice.changed((at.start, at.end, f"{late.year}年{late.month}月{late.day}日"))


def retitled_attachment(notice: Notice) -> Iterator[str]:
    for pairing in pair(notice.context):
        if pairing.listed is not None and pairing.unit is not None and pairing.unit.title is not None:
            title = pairing.unit.title
            for old, new in (
                ("统计表", "汇总表"),
                ("报名表", "登记表"),
                ("方案", "计划"),
                ("备案表", "申报表"),
                ("名单", "一览表"),
            ):
                at = title.text.rfind(old)
                if at >= 0:
                    yield notice.changed((*title.span(at, at + len(old)), new))
                    break


def removed_attachment(notice: Notice) -> Iterator[str]:
    pairings = [p for p in pair(notice.context) if p.unit is not None and p.unit.label is not None]
    if len(pairings) < 2 or len(pairings) > len(notice.context.doc.main.listed):
        return
    for i, pairing in enumerate(pairings):
        assert pairing.unit is not None and pairing.unit.label is not None
        start = pairing.unit.label.offsets[0]
        following = pairings[i + 1].unit if i + 1 < len(pairings) else None
        end = (
            following.label.offsets[0]
            if following is not None and following.label is not None
            else len(notice.text)
        )
        yield notice.changed((start, end, ""))


def other_edition(notice: Notice) -> Iterator[str]:
    for event in notice.record.events:
        stated = re.search(r"第(\d+|[一二三四五六七八九十]+)届", event.name)
        if stated is None:
            continue
        number = (
            int(stated[1])
            if stated[1].isdigit()
            else _CHINESE.index(stated[1])
            if stated[1] in _CHINESE
            else 0
        )
        if number < 2:
            continue
        other = str(number - 1) if stated[1].isdigit() else _CHINESE[number - 1]
        name = re.escape(event.name)
        for start, line in notice.body():
            for m in re.finditer(name, line):
                at = start + m.start() + stated.start(1)
                yield notice.changed((at, at + len(stated[1]), other))


def misprinted_name(notice: Notice) -> Iterator[str]:
    """A quoted name that stands twice, with another character in the middle of one."""
    places: dict[str, list[int]] = {}
    for start, line in notice.body():
        for m in re.finditer(r"“([^“”]{6,30})”", line):
            places.setdefault(m[1], []).append(start + m.start(1))
    for name, starts in places.items():
        middle = len(name) // 2
        if len(starts) >= 2 and "\u4e00" <= name[middle] <= "\u9fff":
            yield notice.changed(
                (starts[-1] + middle, starts[-1] + middle + 1, "近" if name[middle] != "近" else "进")
            )


def skipped_serial(notice: Notice) -> Iterator[str]:
    """序号 of a table that skips a number."""
    for _unit, node in notice.context.doc.nodes():
        for grid in node.grids:
            names = [c.name if c else "" for c in grid.columns]
            if "serial" not in names or len(grid.rows) < 3:
                continue
            cells = [row[names.index("serial")] for row in grid.rows]
            if all(c is not None and c.text.isdigit() for c in cells):
                yield notice.changed(*[(*c.span(), str(int(c.text) + 1)) for c in cells[2:] if c is not None])


def cited_beyond_list(notice: Notice) -> Iterator[str]:
    """（附件2） in the text cited as one more than the list has."""
    numbers = [n for n, _ in notice.context.doc.main.listed if n is not None]
    if not numbers:
        return
    for start, line in notice.body():
        for m in re.finditer(r"附件(?P<n>\d)(?=[）、)])", line):
            if int(m["n"]) == max(numbers):
                yield notice.changed((start + m.start("n"), start + m.end("n"), str(max(numbers) + 1)))


Kind = Callable[[Notice], Iterator[str]]

KINDS: dict[str, tuple[Kind, str]] = {
    "wrong weekday": (wrong_weekday, "WEEKDAY_MISMATCH"),
    "skipped number": (skipped_number, "NUMBERING_GAP"),
    "repeated number": (repeated_number, "NUMBERING_REPEAT"),
    "lost heading number": (lost_number, "UNNUMBERED_HEADING"),
    "raised count of a heading": (raised_heading_count, "COUNT_MISMATCH"),
    "raised count in a sentence": (raised_count, "COUNT_MISMATCH"),
    "swapped days": (swapped_days, "DATE_ORDER"),
    "lost 日": (lost_day_sign, "MALFORMED_DATE"),
    "no such day": (no_such_day, "MALFORMED_DATE"),
    "printed before signed": (printed_too_early, "DATE_ORDER"),
    "signed after it is due": (signed_too_late, "DATE_ORDER"),
    "retitled attachment": (retitled_attachment, "ATTACHMENT_TITLE_MISMATCH"),
    "removed attachment": (removed_attachment, "ATTACHMENT_MISSING"),
    "another edition": (other_edition, "EDITION_MISMATCH"),
    "misprinted name": (misprinted_name, "NAME_MISMATCH"),
    "skipped serial number": (skipped_serial, "NUMBERING_GAP"),
    "attachment cited beyond the list": (cited_beyond_list, "ATTACHMENT_MISSING"),
}
"""Each kind of fault with the code of the finding that is due."""
