"""The tail of a text (GB/T 9704-2012, 7.3.4-7.3.6, 7.4): attachments listed, signature, date, imprint."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Sequence

import regex

from noticetab.patterns import pattern
from noticetab.segment import foot, grid, programme
from noticetab.segment.attached import complete_title
from noticetab.segment.lines import Line
from noticetab.segment.parts import (
    DATE_LINE,
    DATE_TAIL,
    SENTENCE_END,
    Parts,
    Unit,
    is_org,
    is_value,
    number_of,
    patterns,
    rebuild,
)
from noticetab.segment.strand import Strand, join


def close(unit: Unit, drawn: Sequence[tuple[int, int]] = ()) -> None:
    """Sets the signature, its date and the list of attachments of a unit apart.

    ``drawn`` are the spans of the tables that the source draws and that are no grids of names: nothing
    in them signs.
    """
    lines = unit.lines
    end = len(lines)
    dated = next((i for i in range(len(lines) - 1, -1, -1) if _is_date_line(lines, i)), None)
    if dated is not None and (unit.main or dated >= len(lines) - 3):
        line = lines[dated]
        match = DATE_LINE.match(line.compact.norm)
        if match:
            unit.dated = line.compact.sub(match.start("date"), match.end("date"))
            first = dated
        else:
            tail = DATE_TAIL.search(line.norm)
            assert tail is not None
            unit.dated = line.sub(tail.start("date"), tail.end("date"))
            first = dated
            lines[dated] = rebuild(line, line.sub(0, tail.start()))
            first = dated + 1
        begin = first
        while (
            begin > max(0, first - _LONGEST)
            and _is_signature(lines[begin - 1])
            and not _is_section_text(lines, begin - 1)
            and not _within(lines[begin - 1], drawn)
        ):
            begin -= 1
        begin = _below_tables(lines, begin, first)
        begin = foot.wrapped(lines, begin) if begin < first else begin
        begin = _below_list(lines, begin, first)
        unit.signature = _names(lines[begin:first])
        behind = lines[first + (1 if match else 0) :]
        unit.lines = lines[:begin] + behind
        end = begin
    elif unit.main and (weak := foot.dated(lines, _signs)) is not None:
        unit.dated, unit.date_damaged = foot.date_of(lines[weak])
        begin = weak
        while begin > 0 and _signs(lines, begin - 1) and not _within(lines[begin - 1], drawn):
            begin -= 1
        unit.signature = _names(lines[begin:weak])
        unit.lines = lines[:begin] + lines[weak + 1 :]
        end = begin
    elif unit.main:
        begin = len(lines)
        while (
            begin > 0
            and _is_signature(lines[begin - 1])
            and is_org(lines[begin - 1].compact.norm)
            and not _within(lines[begin - 1], drawn)
        ):
            begin -= 1
        begin = _below_tables(lines, begin, len(lines))
        if begin < len(lines) and begin > 0:
            unit.signature = _names(lines[begin:])
            unit.lines = lines[:begin]
            end = begin
    _listed(unit, end)
    if unit.main and not unit.listed and len(unit.lines) > end:
        _listed(unit, len(unit.lines))  # listed below the signature


def _signs(lines: Sequence[Line], i: int) -> bool:
    """Whether line ``i`` is the name of an office below which a date may stand."""
    return (
        _is_signature(lines[i])
        and not _is_section_text(lines, i)
        and (is_org(lines[i].compact.norm) or any(is_org(x) for x in lines[i].norm.split()))
    )


_LONGEST = 80
"""Lines of a signature at most: bodies that issue together sign in a grid."""


def _within(line: Line, drawn: Sequence[tuple[int, int]]) -> bool:
    """Whether a line is a row of a drawn table."""
    at = bisect_right(drawn, (line.offsets[0], sys.maxsize)) - 1
    return at >= 0 and line.offsets[0] < drawn[at][1]


def _below_tables(lines: Sequence[Line], begin: int, end: int) -> int:
    """Where in lines ``begin`` to ``end`` the signature begins: below any table that a copy flattened.

    A table among them has known heads, or cells that are no names of offices (a form, a list).
    """
    if end - begin < 2 and not any(line.tabular for line in lines[begin:end]):
        return begin
    for table in grid.find(lines[: end - 1]):
        begin = max(begin, min(table.last, end - 1))
    while begin < end and any(line.tabular for line in lines[begin:end]):
        if all(_is_name(name) for name in _names(lines[begin:end])):
            break
        begin += 1
    return begin


def _below_list(lines: Sequence[Line], begin: int, end: int) -> int:
    """Where a signature begins that stands right under a list of attachments without numbers."""
    above = begin - 1
    if above < 0 or patterns().rules.attachment_note.match(lines[above].norm.strip()) is None:
        return begin
    while begin < end - 1 and foot.is_listed_title(lines[begin]) and not _is_name(lines[begin]):
        if not complete_title(lines[begin - 1].compact.norm.rstrip("；。")):
            break
        begin += 1
    return begin


def _is_name(name: Strand) -> bool:
    """Whether a cell reads as an office's name."""
    norm = name.compact.norm
    return is_org(norm) or _COMMITTEE.search(norm) is not None


_COMMITTEE = regex.compile(r"[省市区县州]委$")


def names_alone(cells: Sequence[Strand]) -> bool:
    """Whether cells are those of a signature: offices, and the date below them."""
    return all(_is_name(cell) or DATE_LINE.match(cell.compact.norm) for cell in cells)


def _is_date_line(lines: Sequence[Line], i: int) -> bool:
    line = lines[i]
    if len(line.compact) > 80:
        return False
    if DATE_LINE.match(line.compact.norm):
        return not is_value(lines, i)
    tail = DATE_TAIL.search(line.norm)
    return (
        bool(tail) and is_org(line.sub(0, tail.start()).compact.norm) and "：" not in line.norm
        if tail
        else False
    )


def _is_signature(line: Line) -> bool:
    norm = line.norm.strip()
    compact = line.compact.norm
    if len(compact) > 120 or line.marker is not None or pattern(r"[。；：，！@《]|\d{5,}").search(norm):
        return False
    if foot.is_closing(compact) or programme.is_entry(line):
        return False
    if compact.startswith("附") and pattern(r"附\s*[件表：]").match(compact):
        return False
    pieces = [x for x in pattern(r"\s{2,}|\t").split(norm) if x]
    return all(len(x) <= 40 for x in pieces) and any("\u4e00" <= c <= "\u9fff" for c in compact)


_DATED = regex.compile(r"\d\s*[年月日时]")


def _is_section_text(lines: Sequence[Line], i: int) -> bool:
    """Whether a line is all that a heading above it has for text (七、活动主题 / 热爱科学 崇尚科学), or states a date."""
    norm = lines[i].norm
    if _DATED.search(norm):
        return True
    if i == 0 or any(is_org(x) for x in norm.split()):
        return False
    above = lines[i - 1]
    return above.marker is not None and len(above.compact) <= 16 and not SENTENCE_END.search(above.norm)


def _names(lines: Sequence[Line]) -> list[Strand]:
    """发文机关署名 (7.3.5): the names of a signature, several to a line or a grid, wrapped cells joined."""
    p = patterns()
    names: list[Strand] = []
    open_pieces: list[int] = []
    for line in lines:
        runs = pattern(r"[^\s](?:[^\t ]|[ ](?=[^\t ]))*").finditer(line.norm)
        pieces = [x for m in runs for x in _single_blank(line, m.start(), m.end())]
        waiting, open_pieces = open_pieces, []
        for strand in pieces:
            strand = _unseal(strand, p.rules.proxy_seal)
            if waiting and (is_org(strand.compact.norm)):
                at = waiting.pop(0)
                names[at] = join([names[at], strand])
                continue
            names.append(strand)
            if not _is_name(strand):
                open_pieces.append(len(names) - 1)
    return names


def _single_blank(line: Strand, start: int, end: int) -> list[Strand]:
    """Names parted by one blank or 、: cut where each piece is a whole name by itself, else one padded name."""
    part = line.sub(start, end)
    for piece in (r"\S+", r"[^、]+"):
        pieces = list(pattern(piece).finditer(part.norm))
        if len(pieces) > 1 and all(len(m.group()) >= 3 and is_org(m.group()) for m in pieces):
            return [part.sub(m.start(), m.end()) for m in pieces]
    return [part]


def _unseal(strand: Strand, seal: regex.Pattern[str]) -> Strand:
    match = seal.search(strand.norm)
    return strand.sub(0, match.start()) if match else strand


def _listed(unit: Unit, end: int) -> None:
    """附件说明 (7.3.4): the attachments that are listed under 附件：."""
    p = patterns()
    lines = unit.lines
    for i in range(min(end, len(lines)) - 1, -1, -1):
        norm = lines[i].norm
        if not norm.lstrip().startswith("附"):
            continue
        match = p.rules.attachment_note.match(norm.strip())
        if match is None:
            continue
        stop = i + 1
        first = lines[i].sub(norm.index(norm.strip()) + match.end("colon"))
        entries: list[Strand] = [first] if first else []
        while stop < min(end, len(lines)) and (
            _is_listed(lines[stop], bool(entries)) or _is_next(lines[stop], entries)
        ):
            entries.append(lines[stop].sub(0))
            stop += 1
        unit.listed = _entries(entries, number_of(match["n"])) + unit.listed
        del lines[i:stop]
        end = i
        if not match["n"]:
            break


def _is_next(line: Line, entries: Sequence[Strand]) -> bool:
    """Whether a line without a number is one more title of a list: the one above is complete, or names a file."""
    if not entries or pattern(r"（?\d").match(entries[-1].norm):
        return False
    above, ending = entries[-1].compact.norm, patterns().rules.attachment_file
    if ending.search(line.norm.rstrip()):
        return ending.search(above) is not None and len(line.compact) < 90
    return complete_title(above) and foot.is_listed_title(line)


def _is_listed(line: Line, any_before: bool) -> bool:
    norm = line.compact.norm
    if not any_before and foot.is_listed_title(line):
        return True
    if line.marker is not None and line.marker.family in ("ar", "ar_half", "ar_paren"):
        return len(norm) < 90 and (not norm.endswith("。") or not pattern(r"[，；：。]").search(norm[:-1]))
    return (
        any_before
        and line.indent >= 6
        and not line.gap
        and len(norm) < 60
        and not is_org(norm)
        and not DATE_LINE.match(norm)
    )


def _entries(entries: Sequence[Strand], number: int | None) -> list[tuple[int | None, Strand]]:
    found: list[tuple[int | None, Strand]] = []
    for entry in entries:
        rest = entry
        while rest:
            match = pattern(r"（?(?P<n>\d{1,2})\s*[.、，)）]\s*(?=\D|20\d\d)").match(rest.norm)
            if match:
                after = pattern(r"(?<=[\s》。；])(?=\d{1,2}\s*[.、]\s*(?:\D|20\d\d)|（\d{1,2}）)").search(
                    rest.norm[match.end() :]
                )
                stop = match.end() + after.start() if after else len(rest)
                found.append((int(match["n"]), rest.sub(match.end(), stop)))
                rest = rest.sub(stop)
            elif found and found[-1][0] is not None and entry is not entries[0]:
                found[-1] = (found[-1][0], join([found[-1][1], rest]))
                break
            else:
                found.append((number, rest))
                break
    return [(n, s) for n, s in found if s]


def imprint(parts: Parts, body: list[Line]) -> list[Line]:
    """Takes 版记 (7.4) and 附注 (7.3.8) out of the lines."""
    p = patterns()
    kept: list[Line] = []
    lines = [part for whole in body for part in _annotated_date(whole)]
    for line in lines:
        norm = line.norm.strip()
        if (
            parts.printed_on is None
            and (stamp := _STAMP.fullmatch(norm))
            and kept
            and is_org(kept[-1].norm.strip())
        ):
            parts.printed_by = kept.pop().sub(0)  # 印发机关 and 印发日期 (7.4.3) in two lines
            start = line.norm.index(norm)
            parts.printed_on = line.sub(start + stamp.start("on"), start + stamp.end("on"))
            continue
        if len(norm) > 200 or (norm[0] not in "抄分发主共（附" and "印" not in norm[-12:]):
            kept.append(line)
            continue
        found = p.rules.subject_words.match(norm)
        if found:
            parts.subject = line.sub(line.norm.index(norm) + found.end())
            continue
        if p.rules.copies_printed.match(norm):
            continue
        found = p.rules.cc.match(norm)
        if found:
            parts.cc = line.sub(found.start("rest"))
            continue
        if p.rules.cc_more.match(norm):
            continue
        found = p.rules.printing.match(norm)
        if found:
            parts.printed_by = line.sub(found.start("by"), found.end("by"))
            parts.printed_on = line.sub(found.start("on"), found.end("on"))
            continue
        found = p.rules.annotation.match(norm)
        if found:
            parts.annotation = line.sub(found.start("text"), found.end("text"))
            if "联系人" in norm or "电话" in norm:
                kept.append(line)
            continue
        kept.append(line)
    return kept


_STAMP = regex.compile(r"(?P<on>\d{4}年\d{1,2}月\d{1,2}日)\s*印\s*发")


def _annotated_date(line: Line) -> list[Line]:
    """A signature's line cut before an annotation behind its date: 2022年5月6日（此件公开发布）."""
    cut = pattern(r"日\s*(?=（[^（）]*(?:此件|公开)[^（）]*）$)").search(line.norm.rstrip())
    if cut is None or len(line.compact) > 120:
        return [line]
    return [rebuild(line, line.sub(0, cut.end())), rebuild(line, line.sub(cut.end()))]
