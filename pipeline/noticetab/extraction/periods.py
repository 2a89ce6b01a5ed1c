"""Periods: when an event is held, from its sections of time, its own sentence, or the day it keeps."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from noticetab import frames
from noticetab.dates import Found
from noticetab.extraction import events, labels
from noticetab.extraction.context import Context
from noticetab.frames.model import Shape
from noticetab.patterns import pattern
from noticetab.record import Event
from noticetab.segment.outline import Node
from noticetab.segment.strand import Strand


def _own_period(found: Found) -> bool:
    """Whether a date can be an event's period: it has a certain start and is no deadline."""
    return (
        not found.open_start
        and not found.approximate
        and found.precision != "year"
        and (found.starts_on is not None or found.first is not None)
    )


_HELD = regex.compile(
    r"(?:定于|拟于|将于|拟定于|兹定于|于|时间为|时间是|自|从|(?:调整|推迟|延期|顺延|改期?|变更|提前)(?:至|到|为|在))[^，。；]{0,12}$"
)
_OPENING = regex.compile(r"^[^，。；]{0,30}?(?:开幕|启动仪式|报到|主场|颁奖|闭幕|截止|报名|报送|前)")


def fill(context: Context, rows: list[Event]) -> None:
    """Sets the start and end of each event, and the edition of the national event it is part of."""
    if not rows:
        return
    for row in rows:
        found = _named_period(context, row) if len(rows) > 1 else None
        found = found or _short_period(context, row)
        found = (
            found or section_period(context) or _announced_period(context, row) or _day_itself(context, row)
        )
        if found is not None and found.ends_on is None and len(rows) == 1:
            # A section may state the opening only; the sentence about the event has the whole period.
            whole = _named_period(context, row)
            if whole is not None and whole.ends_on is not None and whole.starts_on == found.starts_on:
                found = whole
        if found is not None:
            row.starts_on, row.ends_on = found.starts_on, found.ends_on
        if row.year is None:
            row.year = (row.starts_on.year if row.starts_on else None) or context.year
        if row.edition is None and row.series:
            row.edition = events.series_edition(context, row)


def _time_strands(context: Context) -> Iterator[Strand]:
    """What stands under headings or labels of time, in the order of trust."""
    for _, node in context.doc.nodes():
        alone = node.title.endswith("时间安排") and not node.children and not node.grids
        if (node.role == "time" or alone) and not _within_activity(node):
            yield from _values(node, "time")
    for _, node in context.doc.nodes():
        if node.role == "time_theme" or node.level == 0:
            for strand in node.strands():
                for pair in labels.leading(strand):
                    if pair.field == "time":
                        yield pair.value
                    break
    for _, node in context.doc.nodes():
        if node.role == "time_theme":
            yield from node.strands()
            for child in node.children:
                if child.role in ("", "time") and child.heading is None:
                    yield from child.strands()  # （一）2021年5月25—28日: a bare value


def _values(node: Node, field: str) -> Iterator[Strand]:
    for strand in node.strands():
        pairs = labels.leading(strand)
        if pairs:
            for pair in pairs:
                if pair.field == field:
                    yield pair.value
        else:
            yield strand


def _within_activity(node: Node) -> bool:
    at = node.parent
    while at is not None:
        if at.role == "activity":
            return True
        at = at.parent
    return False


def section_period(context: Context) -> Found | None:
    """The period that the notice's sections and labels of time state first."""
    for strand in _time_strands(context):
        usable = [f for f in context.standing(strand) if _own_period(f) and f.starts_on is not None]
        ranged = [f for f in usable if f.ends_on is not None]
        for found in usable:
            after = strand.norm[found.end : found.end + 30]
            if found.ends_on is None and ranged and _OPENING.match(after):
                continue
            return found
    return None


_NEAR = 400
"""Characters about a date within which its sentence is looked at: longer ones are lists, not sentences."""


def _announced_period(context: Context, row: Event) -> Found | None:
    """定于 … 举办 in the preamble or an enclosed plan's first paragraph."""
    candidates: list[tuple[int, Found]] = []
    order = 0
    for _, node in context.doc.nodes():
        for strand in node.strands():
            order += 1
            if order > 24:
                break
            norm = strand.norm
            for found in context.standing(strand):
                if not _own_period(found) or found.starts_on is None:
                    continue
                if "".join(found.raw.split()) in row.name:
                    continue  # 2016年上半年…培训: a part of the name, no period of its own
                near, far = max(0, found.start - _NEAR), found.end + _NEAR
                sentence = max(near, norm.rfind("。", near, found.start) + 1)
                stop = norm.find("。", found.end, far)
                behind = norm[found.end : far]
                text = norm[sentence : stop if stop >= 0 else far]
                plain = "".join(text.split())
                rank = 0
                if pattern(
                    r"(?:活动|[周月日节赛会班])?(?:举办|举行|活动)?时间(?:为|是|定为|定于)：?$"
                ).search(norm[sentence : found.start]):
                    rank += 3
                elif _HELD.search(norm[sentence : found.start]):
                    rank += 2
                if row.name in plain:
                    rank += 3
                elif (
                    row.series
                    and row.series in plain
                    and not pattern(r"全国|国家|世界|全省|省级").search(plain.split(row.series)[0][-6:])
                ):
                    rank += 1
                if pattern(r"[^，。；]{0,20}(?:举办|举行|开展|召开|进行|集中开展)").match(behind):
                    rank += 1
                if pattern(r"(?:根据|按照|迎接|参加|备战)[^，。]{0,30}$").search(
                    norm[sentence : found.start]
                ):
                    rank -= 2
                if _OPENING.match(behind) and found.ends_on is None:
                    rank -= 2
                if row.name not in plain and row.name[-4:] not in plain and _is_of_a_part(strand, found):
                    rank -= 3  # the window of a call, a stage, a day of prizes
                if rank >= 3:
                    candidates.append((rank * 100 - order, found))
    return max(candidates, key=lambda c: c[0])[1] if candidates else None


_PARTS = frozenset(("window", "stage", "consultation", "award", "check_in", "final", "closing"))
"""Roles of dates that are those of a part of an event (rules/frames/dates.toml)."""


def _is_of_a_part(strand: Strand, found: Found) -> bool:
    """Whether the words around a date say that it is one of a part of the event."""
    shape: Shape = "period" if found.ends_on is not None else "day"
    choice = frames.choose("dates", frames.Setting(strand.norm, found.start, found.end, shape))
    return choice is not None and choice.gives in _PARTS


def _day_itself(context: Context, row: Event) -> Found | None:
    """今年3月23日是第52个世界气象日: when the day is that the event keeps."""
    if not row.series or not row.series.endswith("日"):
        return None
    said = pattern(rf"\s*（?[^（），。]{{0,6}}）?\s*(?:是|为)[^，。；]{{0,14}}{regex.escape(row.series)}")
    for _, node in context.doc.nodes():
        for strand in node.strands():
            for found in context.standing(strand):
                if (
                    found.starts_on is not None
                    and found.precision == "day"
                    and said.match(strand.norm, found.end)
                ):
                    return found
    return None


def _named_period(context: Context, row: Event) -> Found | None:
    """The period in a sentence of which the event is the subject."""
    for _, node in context.doc.nodes():
        for strand in node.strands():
            compact = strand.compact
            at = compact.norm.find(row.name)
            if at < 0 or (at and compact.norm[at - 1] not in "。；，"):
                continue
            stop = compact.norm.find("。", at)
            sentence = compact.sub(at, stop if stop >= 0 else len(compact))
            for found in context.standing(sentence):
                if _own_period(found) and found.starts_on is not None:
                    return found
    return None


def _short_period(context: Context, row: Event) -> Found | None:
    """科技活动周：5月20日至26日；创新大赛：… — a period behind the end of the event's name, in a section of time."""
    for _, node in context.doc.nodes():
        if (
            node.parent is not None
            and node.parent.role == "time"
            and len(node.title) >= 3
            and row.name.endswith(node.title)
        ):
            for strand in node.strands():
                for found in context.standing(strand):
                    if _own_period(found) and found.starts_on is not None:
                        return found
    for strand in _time_strands(context):
        for found in context.standing(strand):
            if not _own_period(found) or found.starts_on is None:
                continue
            before = strand.norm[: found.start].rstrip("：为于定 ")
            clause = pattern(r"[。；，]").split(before)[-1]
            if (
                len(clause) >= 3
                and row.name.endswith(clause[-3:])
                and (row.name.endswith(clause) or clause.endswith(row.name[-4:]))
            ):
                return found
    return None
