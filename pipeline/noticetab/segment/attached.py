"""The texts attached behind a document (GB/T 9704-2012, 7.3.7), each with its label and title."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from noticetab.patterns import pattern
from noticetab.segment import foot
from noticetab.segment.head.addressees import stands_at
from noticetab.segment.head.title import title_at
from noticetab.segment.lines import Line, unclosed
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
)
from noticetab.segment.strand import Strand, join


def deal(parts: Parts, lines: list[Line]) -> list[Unit]:
    """The document and the texts attached behind it."""
    p = patterns()
    units = [Unit([], main=True)]
    signed = False
    inner = _inner_title(parts.title)
    announced: set[str] = set()
    i = 0
    while i < len(lines):
        line = lines[i]
        norm = line.compact.norm
        page = p.rules.attachment_page.match(norm) if norm.startswith("附") else None
        listing = page and (_lists_attachments(lines, i) or (not signed and _signed_below(lines, i)))
        if page and i + 1 < len(lines) and not listing:
            unit = Unit([], label=line, number=number_of(page["n"]))
            i = _attachment_title(unit, lines, i + 1)
            units.append(unit)
            signed = False
            continue
        note = p.rules.attachment_note.match(norm) if norm.startswith("附") else None
        named = note and p.rules.attachment_file.search(note["rest"])  # a link, and no text below it
        if note and signed and note["rest"] and not named and _is_attachment_head(lines, i, note["rest"]):
            unit = Unit([], label=line, number=number_of(note["n"]))
            unit.title = line.sub(line.norm.index(line.norm.strip()) + _behind_colon(line))
            units.append(unit)
            signed = False
            i += 1
            continue
        if note and not signed:
            announced |= _announced(lines, i, note["rest"])
        dated = DATE_LINE.match(norm) and not is_value(lines, i)
        if dated or (norm.endswith("日") and DATE_TAIL.search(line.norm)):
            signed = signed or units[-1].main
        elif signed and any(
            _similar_title(lines, i, title)
            for title in ([inner] if inner and units[-1].main else []) + sorted(announced)
        ):
            unit = Unit([])
            i = _attachment_title(unit, lines, i)
            units.append(unit)
            continue
        elif signed and units[-1].main and (another := _another_document(lines, i)) is not None:
            if not _forwards(parts.title, units[0].lines):
                parts.second = another[0]
                break
            units.append(Unit([], title=another[0]))
            i += another[1]
            continue
        units[-1].lines.append(line)
        i += 1
    return units


def _another_document(lines: Sequence[Line], i: int) -> tuple[Strand, int] | None:
    """The title and its line count if a whole document begins at line ``i``: receivers or a number stand below it."""
    found, used = title_at(lines, i)
    if found is None:
        return None
    for k in range(i + used, min(len(lines), i + used + 3)):
        norm = lines[k].compact.norm
        if patterns().doc_number_line.match(norm) or (norm.endswith("：") and stands_at(lines, k, True)):
            return found, used
    return None


def _forwards(title: Strand | None, lines: Sequence[Line]) -> bool:
    """Whether a document sends out another one (印发, 转发): its title or its body says so."""
    r = foot.foot_rules().types
    named = title is not None and r.forwards.search(title.compact.norm) is not None
    return named or any(r.cover.search(line.compact.norm) for line in lines[:8])


def _announced(lines: Sequence[Line], i: int, rest: str) -> set[str]:
    """Titles listed from line ``i`` on, folded: a line that repeats one behind the signature opens that text."""
    found = {rest} | {
        x.compact.norm for x in lines[i + 1 : i + 12] if x.marker is not None and x.marker.family == "ar"
    }
    bare = {pattern(r"^\d{1,2}[.、]|[《》；。]|（略）$").sub("", x) for x in found}
    return {x for x in bare if len(x) >= 4}


def _lists_attachments(lines: Sequence[Line], i: int) -> bool:
    """Whether a bare 附件 line opens the list of attachments rather than an attached text."""
    label = lines[i].compact.norm
    if not label.endswith("："):
        return False
    at = i + 1
    while at < len(lines) and (marker := lines[at].marker) is not None and marker.family == "ar":
        at += 1
    # Behind the numbered titles (one may be wrapped) the document is signed and dated.
    if at == i + 1:
        return _names_files(lines, at)
    return any(DATE_LINE.match(x.compact.norm) for x in lines[at : max(i + 12, at + 4)])


def _names_files(lines: Sequence[Line], at: int) -> bool:
    """Whether the lines from ``at`` on are names of files, each a line: the attachments that a page offers."""
    ending = patterns().rules.attachment_file
    return at < len(lines) and all(ending.search(x.norm.rstrip()) for x in lines[at : at + 2])


def _signed_below(lines: Sequence[Line], i: int) -> bool:
    """Whether office and date follow a label 附件： after nothing but titles: they sign the document itself."""
    if not lines[i].compact.norm.endswith("："):
        return False
    for k in range(i + 1, min(len(lines) - 1, i + 8)):
        if is_org(lines[k].compact.norm) and DATE_LINE.match(lines[k + 1].compact.norm):
            return k > i + 1
        if lines[k].marker is not None or not foot.is_listed_title(lines[k]):
            return False
    return False


def _is_attachment_head(lines: Sequence[Line], i: int, rest: str) -> bool:
    return not SENTENCE_END.search(rest) and i + 1 < len(lines) and not pattern(r"^[1一][.、]").match(rest)


def _inner_title(title: Strand | None) -> str | None:
    if title is None:
        return None
    norm = title.compact.norm
    start, end = norm.find("《"), norm.rfind("》")
    return norm[start + 1 : end] if 0 <= start < end else None


def _similar_title(lines: Sequence[Line], i: int, inner: str) -> bool:
    text = ""
    for line in lines[i : i + 3]:
        text += line.compact.norm
        if text == inner:
            return True
    return False


def _attachment_title(unit: Unit, lines: Sequence[Line], i: int) -> int:
    """Reads the title below 附件N (7.3.7); the index of the first line behind it."""
    strands: list[Strand] = []
    for used in range(4):
        if i + used >= len(lines):
            break
        line = lines[i + used]
        norm = line.compact.norm
        if (
            line.marker is not None
            or "\t" in line.text
            or "|" in norm
            or SENTENCE_END.search(norm)
            or len(norm) > 60
        ):
            break
        if norm.endswith("：") or ("：" in norm and strands):
            break
        if pattern(r"^（.{1,8}）$").match(norm) and strands:
            strands.append(line.sub(0))
            used += 1
            unit.title = join(strands)
            return i + used
        if strands and (line.gap or complete_title(join(strands).compact.norm)):
            break
        strands.append(line.sub(0))
    if strands:
        unit.title = join(strands)
        return i + len(strands)
    return i


def _behind_colon(line: Line) -> int:
    """Where the title begins in a line 附件2：title, or 附件2.title."""
    note = patterns().rules.attachment_note.match(line.norm.strip())
    return note.end("colon") if note is not None else 0


_FORM_TITLE = regex.compile(
    r"(?:表|回执|方案|安排|名单|清单|目录|计划|书|办法|标语|口号|指南|要求|日程|须知|通知|模板|样式|提纲|函|细则|规则|材料|说明|简介|汇总|路线图|议程|一览)(?:（.{1,8}）)?$"
)


def complete_title(norm: str) -> bool:
    """Whether words end as the title of a form, list or plan does, with no bracket left open."""
    return bool(_FORM_TITLE.search(norm)) and not unclosed(norm)
