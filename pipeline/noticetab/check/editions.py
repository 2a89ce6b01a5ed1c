"""Editions: the event's own edition is the same wherever it is printed (第37届, 第二十届)."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from noticetab.check.report import Report, finding_rules
from noticetab.extraction.events import edition_of, strip_identity
from noticetab.normalize import places
from noticetab.record import Event
from noticetab.segment.markers import chinese_number
from noticetab.segment.strand import Strand

_EDITION = r"第\s?(?P<n>\d{1,3}|[一二三四五六七八九十百]{1,5})\s?[届个]"
_STATED = regex.compile(_EDITION)


def check(report: Report) -> None:
    """Finds another edition printed for the notice's own event, or for an activity in its own text."""
    if not any(mark in report.record.text for mark in ("届", "个")):
        return
    for event in report.record.events:
        if event.edition is not None:
            _check_event(report, event)
    _check_activities(report)


def _core(event: Event) -> str:
    """The event's name without place, year and edition: what the edition counts."""
    behind = _STATED.split(event.name, maxsplit=1)[-1]
    core = strip_identity(behind or event.name).strip("“”")
    return regex.sub(r"^(?:全国|国家)", "", core)


def _check_event(report: Report, event: Event) -> None:
    core = _core(event)
    if len(core) < 3:
        return
    cores = [core, *_short_names(report, core)]
    own_place = _place(event.name)
    stated = _STATED.search(event.name)
    own_head = "".join(event.name[: stated.start()].split()) if stated else ""
    named = "|".join(map(regex.escape, cores))
    pattern = regex.compile(rf"{_EDITION}(?P<between>(?:全国|国家)?[\u4e00-\u9fff]{{0,6}}?)[“]?(?:{named})")
    words = finding_rules().editions
    national = edition_of(event.name) is None
    seen: set[int] = set()
    for strand in _printed(report):
        compact = strand.compact
        norm = compact.norm
        if not any(name in norm for name in cores):
            continue
        for match in pattern.finditer(norm):
            number = chinese_number(match["n"])
            if number is None or number == event.edition:
                continue
            start = match.start()
            before, after = norm[max(0, start - 16) : start], norm[match.end() : match.end() + 12]
            if _is_others(before, match["between"], own_head, own_place, national):
                continue
            sentence = before[max(before.rfind(c) for c in "。；") + 1 :]
            if words.past_before.search(sentence) or words.past_after.match(after):
                continue
            at = compact.span(start, match.end())
            if at[0] in seen:
                continue
            seen.add(at[0])
            report.add("edition.event", at, [_stated(report, event, core)], edition=event.edition)


def _short_names(report: Report, core: str) -> set[str]:
    """What the notice says that it calls the event for short: （以下简称“推普周”）."""
    named = regex.compile(
        rf"{regex.escape(core)}[^（。；]{{0,6}}（(?:以下)?简称：?“?(?P<short>[\u4e00-\u9fff]{{2,12}})”?）"
    )
    return {
        m["short"]
        for strand in report.strands()
        if "简称" in strand[-1].norm
        for m in named.finditer(strand[-1].compact.norm)
    }


_LEVEL = regex.compile(r"(?:[我本全该]|(?P<named>[\u4e00-\u9fff]))?(?P<level>[省市区县旗州镇乡校院])$")


def _is_others(before: str, between: str, own_head: str, own_place: str | None, national: bool) -> bool:
    """Whether the words before and behind an edition say that it is another owner's (全国, another place).

    ``own_head`` stands before the edition in the event's own name. ``national`` says that the event
    has its edition from the national event that it is part of.
    """
    words = finding_rules().editions
    place = _place_at_end(before) or _place(between)
    if words.other_owner.search(before[-4:]) or words.other_owner.search(between):
        return not national
    if national:
        return place is not None
    if own_head and before.endswith(own_head):
        return False
    if place is not None:
        return own_place is not None and place != own_place
    level = _LEVEL.search(before)
    if level is not None and not between:
        # 邻江市第九届: who can tell that 邻江市 is no place; 我市第九届 and 市第九届 are the own one.
        return level["named"] is not None or bool(own_head and not own_head.endswith(level["level"]))
    return bool(between)


def _stated(report: Report, event: Event, core: str) -> tuple[int, int]:
    """Where the event's edition is printed: in its name, else in the text that states it."""
    if edition_of(event.name) is not None:
        return event.evidence.start, event.evidence.end
    for strand in _printed(report):
        for match in _STATED.finditer(strand.compact.norm):
            if (
                chinese_number(match["n"]) == event.edition
                and core in strand.compact.norm[match.end() : match.end() + 20]
            ):
                return strand.compact.span(
                    match.start(), min(len(strand.compact), match.end() + len(core) + 3)
                )
    return event.evidence.start, event.evidence.end


def _printed(report: Report) -> Iterator[Strand]:
    """Bodies, and the titles of attached texts."""
    for unit in report.context.doc.parts.units[1:]:
        if unit.title is not None:
            yield unit.title
    for unit in report.context.doc.parts.units:
        for _number, listed in unit.listed:
            yield listed
    for _unit, _node, strand in report.strands():
        yield strand


def _place(text: str) -> str | None:
    mentions = places.find_all(text)
    return text[mentions[0].start : mentions[0].end] if mentions else None


def _place_at_end(text: str) -> str | None:
    """The place that stands directly before an edition (天津市第36届)."""
    for mention in places.find_all(text):
        if mention.end == len(text):
            return text[mention.start : mention.end]
    return None


def _check_activities(report: Report) -> None:
    """第九届…大赛 as the name of an activity and 第八届…大赛 in its own description."""
    for activity in report.record.activities:
        name = "".join((activity.name or "").split())
        number = edition_of(name) if name else None
        if number is None or not activity.description:
            continue
        parts = _STATED.split(name, maxsplit=1)
        rest = parts[-1]
        if len(rest) < 4:
            continue
        here = activity.evidence
        text = report.record.text[here.start : here.start + len(name) + len(activity.description) + 400]
        stop = next(
            (a.evidence.start for a in report.record.activities if a.evidence.start > here.start), None
        )
        text = text[: None if stop is None else stop - here.start]
        for match in regex.finditer(rf"{_EDITION}{regex.escape(rest)}", text):
            past = finding_rules().editions.past_before.search(
                text[max(0, match.start() - 16) : match.start()]
            )
            if chinese_number(match["n"]) != number and not past:
                at = here.start + match.start(), here.start + match.end()
                report.add("edition.activity", at, [here], edition=number)
                break
