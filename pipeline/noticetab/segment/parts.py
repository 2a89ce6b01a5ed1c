"""The parts of an official document (GB/T 9704-2012, 7): head, addressees, body, signature, imprint.

The lines of a document are dealt out to units: the document itself and each text that is
printed behind it as an attachment. Of each unit the head and tail are set apart; what remains
is its body, which :mod:`noticetab.segment.outline` makes a tree of.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import regex

from noticetab.patterns import pattern
from noticetab import rules
from noticetab.segment.lines import Line, Lines, is_head_chrome, unclosed
from noticetab.segment.markers import chinese_number
from noticetab.segment.strand import Strand, join


class PartRules(rules.Rules):
    """rules/parts.toml."""

    doc_types: list[str]
    type_tail: str
    doc_number: str
    addressee_start: str
    addressee_not: rules.Regex
    classification: rules.Regex
    urgency: rules.Regex
    copy_number: rules.Regex
    signer: rules.Regex
    attachment_note: rules.Regex
    attachment_page: rules.Regex
    annotation: rules.Regex
    cc: rules.Regex
    cc_more: rules.Regex
    printing: rules.Regex
    subject_words: rules.Regex
    copies_printed: rules.Regex
    org_tail: str
    proxy_seal: rules.Regex


@dataclass(frozen=True)
class PartPatterns:
    """What is composed of rules/parts.toml."""

    rules: PartRules
    title_end: regex.Pattern[str]
    doc_number: regex.Pattern[str]
    doc_number_line: regex.Pattern[str]
    addressee: regex.Pattern[str]
    org_end: regex.Pattern[str]


@rules.cached
def patterns() -> PartPatterns:
    """The compiled patterns of the parts."""
    r = rules.load("parts", PartRules)
    types = "|".join(sorted(map(regex.escape, r.doc_types), key=len, reverse=True))
    return PartPatterns(
        r,
        regex.compile(rf"(?P<type>{types})(?P<tail>{r.type_tail})?[》]?(?:的(?P<outer>通知|函|公告|通报|批复|意见))?$"),
        regex.compile(r.doc_number),
        regex.compile(rf"^[（]?\s*{r.doc_number}\s*[）]?$"),
        regex.compile(rf"^{r.addressee_start}"),
        regex.compile(rf"{r.org_tail}$"),
    )


@dataclass(slots=True)
class Unit:
    """The document itself (``number`` and ``label`` None) or a text attached to it."""

    lines: list[Line]
    main: bool = False
    label: Line | None = None
    number: int | None = None
    title: Strand | None = None
    listed: list[tuple[int | None, Strand]] = field(default_factory=list)
    signature: list[Strand] = field(default_factory=list)
    dated: Strand | None = None


@dataclass(slots=True)
class Parts:
    """What stands where in the document."""

    units: list[Unit]
    attached: bool = False
    """The file is itself an attachment (it opens with 附件)."""
    header_mark: Strand | None = None
    stacked: list[Strand] = field(default_factory=list)
    title: Strand | None = None
    doc_number: Strand | None = None
    addressees: Strand | None = None
    classification: Strand | None = None
    urgency: Strand | None = None
    copy_number: Strand | None = None
    signer: Strand | None = None
    annotation: Strand | None = None
    cc: Strand | None = None
    printed_by: Strand | None = None
    printed_on: Strand | None = None
    metadata: list[Line] = field(default_factory=list)


def is_org(norm: str) -> bool:
    """Whether a short text ends as the name of an office does."""
    if norm.endswith("）") and "（" in norm:
        norm = norm[: norm.rfind("（")].rstrip()
    return bool(patterns().org_end.search(norm))


_RULE_LINE = regex.compile(r"^[\s—_=＝*＊·.…★☆-]{3,}$")
_SENTENCE_END = regex.compile(r"[。；！？]")
DATE_LINE = regex.compile(
    r"^[（]?(?P<date>(?:(?:19|20)\s*\d\s*\d|[一二][一二三四五六七八九○O0零〇]{3})\s*年\s*"
    r"(?:\d\s*\d?|[一二三四五六七八九十]{1,3})\s*月\s*(?:\d\s*\d?|[一二三四五六七八九十]{1,3})\s*日)[）]?$"
)
_DATE_TAIL = regex.compile(r"\s{1,60}(?P<date>(?:19|20)\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)$")


def find(lines: Lines) -> Parts:
    """The parts of a document from its logical lines."""
    body = [x for x in lines.body]
    parts = Parts(units=[], metadata=list(lines.head))
    body = _imprint(parts, body)
    start = _head(parts, body)
    units = _units(parts, body[start:])
    parts.units = units
    for unit in units:
        _close(parts, unit)
    return parts


# --- head ---------------------------------------------------------------------------------


def _head(parts: Parts, body: list[Line]) -> int:
    """Reads the head of the document; the index of the first line below it."""
    p = patterns()
    i = 0
    pending: list[Line] = []
    titles: list[Strand] = []
    rule_seen = False
    if body and p.rules.attachment_page.match(body[0].compact.norm):
        parts.attached = True
        i = 1
    limit = min(len(body), 45)
    while i < limit:
        line = body[i]
        norm = line.norm.strip()
        if _RULE_LINE.match(norm):
            rule_seen = True
            i += 1
            continue
        signed = p.rules.signer.search(norm)
        if signed and not _SENTENCE_END.search(norm):
            parts.signer = line.sub(signed.start("name"), signed.end("name"))
            line = Line(line.text[: signed.start()].rstrip(), line.offsets[: len(line.text[: signed.start()].rstrip())])
            norm = line.norm.strip()
            if not norm:
                i += 1
                continue
        number = p.doc_number_line.match(norm)
        if number:
            if parts.doc_number is None:
                parts.doc_number = line.sub(number.start("agency"), number.end())
                if parts.doc_number.norm.endswith("）"):
                    parts.doc_number = parts.doc_number.sub(0, len(parts.doc_number) - 1)
                if pending and not titles:
                    parts.header_mark, pending = _mark(pending), []
            i += 1
            continue
        if is_head_chrome(line):
            parts.metadata.append(line)
            i += 1
            continue
        if (found := p.rules.classification.match(norm)) is not None:
            parts.classification = line.sub(found.start(), found.end())
            i += 1
            continue
        if p.rules.urgency.match(norm):
            parts.urgency = line.sub(0)
            i += 1
            continue
        copy = p.rules.copy_number.match(norm)
        if copy and i < 4:
            parts.copy_number = line.sub(copy.start(1), copy.end(1))
            i += 1
            continue
        if i and _same_value(norm, titles):
            i += 1
            continue
        title, used = _title_at(body, i)
        if title is not None:
            inline = _inline_number(title)
            if inline is not None:
                title, number_strand = inline
                parts.doc_number = parts.doc_number or number_strand
            titles.append(title)
            i += used
            continue
        if _is_addressees(body, i, bool(titles) or parts.doc_number is not None or i == 0):
            break
        if line.marker is not None or _SENTENCE_END.search(norm) or len(norm) > 60:
            break
        if titles and not is_org(norm):
            break
        if norm.endswith("文件") or is_org(line.compact.norm):
            pending.append(line)
            i += 1
            continue
        if titles or not (pending or i < 3):
            break
        i += 1  # a column tag or a file name above the title
    if pending and titles:
        if parts.header_mark is None and (rule_seen or any(x.compact.norm.endswith("文件") for x in pending)):
            parts.header_mark = _mark(pending)
        elif parts.header_mark is None:
            parts.stacked = [x.sub(0) for x in pending]
    elif pending and not titles and parts.header_mark is None:
        i = min(i, body.index(pending[0]))
    if titles:
        parts.title = titles[-1] if len(titles[-1].compact) >= 0.6 * len(titles[0].compact) else titles[0]
    return _addressees(parts, body, i)


def _mark(pending: Sequence[Line]) -> Strand:
    """The header mark of stacked issuers: their lines in order (a lone 文件 between two goes last)."""
    return join([x.sub(0) for x in pending], " ") if len(pending) > 1 else pending[0].sub(0)


def _same_value(norm: str, titles: Sequence[Strand]) -> bool:
    plain = "".join(norm.split())
    return any(plain == t.compact.norm for t in titles)


def _inline_number(title: Strand) -> tuple[Strand, Strand] | None:
    """A document number in brackets at the end of the title's line: the title without it, and it."""
    match = pattern(rf"\s*（\s*({patterns().rules.doc_number})\s*）\s*$").search(title.norm)
    if match is None:
        return None
    return title.sub(0, match.start()), title.sub(match.start(1), match.end(1))


_TITLE_OPEN = regex.compile(r"关于|印发|转发|举办|召开|开展")
_NOT_TITLE = regex.compile(r"[。；！]|^附\s*件|如下|^.{0,12}：|现将")


def _title_at(body: Sequence[Line], i: int) -> tuple[Strand | None, int]:
    """The title that begins at line ``i`` (7.3.1: it may run over several lines) and its line count."""
    p = patterns()
    line = body[i]
    if line.marker is not None or line.tabular:
        return None, 0
    strands: list[Strand] = []
    for used in range(1, 5):
        if i + used > len(body):
            break
        current = body[i + used - 1]
        norm = current.compact.norm
        bare = pattern(rf"（{p.rules.doc_number}）$").sub("", norm)
        if used > 1 and (current.marker is not None or current.tabular):
            break
        if _NOT_TITLE.search(bare) and not ("《" in bare and "：" not in bare.split("《")[0] and "。" not in bare):
            break
        strands.append(current.sub(0))
        whole = "".join(s.compact.norm for s in strands)
        whole = pattern(rf"（{p.rules.doc_number}）$").sub("", whole)
        opened = _TITLE_OPEN.search(whole)
        ended = p.title_end.search(whole)
        if used == 1 and not opened and not ended:
            return None, 0
        if ended and not unclosed(whole) and len(whole) >= 6:
            if not opened and (len(whole) < 8 or not pattern(r"(?:19|20)\d\d|第.{1,6}[届个期次]|[周月日节赛]|活动|工作|培训|会议").search(whole)):
                return None, 0
            if len(whole) > 160:
                return None, 0
            return join(strands), used
        if not opened and used == 1 and not is_org(whole):
            return None, 0
        if not opened:
            return None, 0
        if len(whole) > 120:
            break
    return None, 0


def _is_addressees(body: Sequence[Line], i: int, allowed: bool) -> bool:
    p = patterns()
    if not allowed:
        return False
    for used in range(1, 4):
        if i + used > len(body):
            return False
        last = body[i + used - 1]
        if last.marker is not None or last.tabular:
            return False
        norm = last.compact.norm
        first = body[i].compact.norm
        if "。" in norm and not norm.startswith("各"):
            return False
        if norm.endswith("：") and not p.rules.addressee_not.search(norm) and len(norm) >= 3:
            # Below title or number what ends with a colon is 主送机关, if it names receivers.
            return bool(p.addressee.match(first)) or bool(pattern(r"[各有全]|[局委会办厅部院校府司处科室]").search(norm)) and not pattern(r"\d").search(norm) or len(norm) <= 12
        if "：" in norm or "。" in norm:
            return bool(pattern(r"(?:各|全|有关)[^：。]{1,90}：").match(norm))
        if not pattern(r"[，、；]").search(norm):
            return False
    return False


def _addressees(parts: Parts, body: list[Line], i: int) -> int:
    """Reads 主送机关 (7.3.2) at line ``i``: it ends with a full-width colon."""
    if i >= len(body) or not _is_addressees(body, i, True):
        return i
    strands: list[Strand] = []
    for used in range(1, 4):
        line = body[i + used - 1]
        colon = _outer_colon(line.norm)
        if colon >= 0:
            strands.append(line.sub(0, colon))
            parts.addressees = join(strands)
            rest = line.sub(colon + 1)
            if rest:
                body[i + used - 1] = _rebuild(line, rest)
                return i + used - 1
            return i + used
        strands.append(line.sub(0))
    return i


def _rebuild(line: Line, rest: Strand) -> Line:
    new = Line(rest.text, rest.offsets, line.indent, line.gap)
    new.index = line.index
    return new


def _outer_colon(norm: str) -> int:
    depth = 0
    for i, char in enumerate(norm):
        if char in "（《〔“":
            depth += 1
        elif char in "）》〕”":
            depth -= 1
        elif char == "：" and depth <= 0:
            return i
    return -1


# --- imprint ------------------------------------------------------------------------------


def _imprint(parts: Parts, body: list[Line]) -> list[Line]:
    """Takes 版记 (7.4) and 附注 (7.3.8) out of the lines."""
    p = patterns()
    kept: list[Line] = []
    for line in body:
        norm = line.norm.strip()
        if len(norm) > 200 or norm[0] not in "抄分发主共（附" and "印" not in norm[-12:]:
            kept.append(line)
            continue
        if p.rules.subject_words.match(norm) or p.rules.copies_printed.match(norm):
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


# --- units --------------------------------------------------------------------------------


def _number(text: str | None) -> int | None:
    return chinese_number(text) if text else None


def _units(parts: Parts, lines: list[Line]) -> list[Unit]:
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
        if page and i + 1 < len(lines) and not _lists_attachments(lines, i):
            unit = Unit([], label=line, number=_number(page["n"]))
            i = _attachment_title(unit, lines, i + 1)
            units.append(unit)
            signed = False
            continue
        note = p.rules.attachment_note.match(norm) if norm.startswith("附") else None
        if note and signed and note["rest"] and _is_attachment_head(lines, i, note["rest"]):
            unit = Unit([], label=line, number=_number(note["n"]))
            colon = line.norm.index("：")
            unit.title = line.sub(colon + 1)
            units.append(unit)
            signed = False
            i += 1
            continue
        if note and not signed:
            announced |= _announced(lines, i, note["rest"])
        if DATE_LINE.match(norm) or _DATE_TAIL.search(line.norm):
            signed = signed or units[-1].main
        elif signed and any(_similar_title(lines, i, title) for title in ([inner] if inner and units[-1].main else []) + sorted(announced)):
            unit = Unit([])
            i = _attachment_title(unit, lines, i)
            units.append(unit)
            continue
        units[-1].lines.append(line)
        i += 1
    return units


def _announced(lines: Sequence[Line], i: int, rest: str) -> set[str]:
    """Titles listed from line ``i`` on, folded: a line that repeats one behind the signature opens that text."""
    found = {rest} | {x.compact.norm for x in lines[i + 1 : i + 12] if x.marker is not None and x.marker.family == "ar"}
    bare = {pattern(r"^\d{1,2}[.、]|[《》；。]|（略）$").sub("", x) for x in found}
    return {x for x in bare if len(x) >= 4}


def _lists_attachments(lines: Sequence[Line], i: int) -> bool:
    """Whether a bare 附件 line opens the list of attachments rather than an attached text."""
    label = lines[i].compact.norm
    if not label.endswith("："):
        return False
    following = [x for x in lines[i + 1 : i + 12]]
    numbered = [x for x in following if x.marker is not None and x.marker.family == "ar"]
    dated = any(DATE_LINE.match(x.compact.norm) for x in following)
    return bool(numbered) and following[0].marker is not None and dated


def _is_attachment_head(lines: Sequence[Line], i: int, rest: str) -> bool:
    return not _SENTENCE_END.search(rest) and i + 1 < len(lines) and not pattern(r"^[1一][.、]").match(rest)


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
    p = patterns()
    strands: list[Strand] = []
    for used in range(4):
        if i + used >= len(lines):
            break
        line = lines[i + used]
        norm = line.compact.norm
        if line.marker is not None or "\t" in line.text or "|" in norm or _SENTENCE_END.search(norm) or len(norm) > 60:
            break
        if norm.endswith("：") or ("：" in norm and strands):
            break
        if pattern(r"^（.{1,8}）$").match(norm) and strands:
            strands.append(line.sub(0))
            used += 1
            unit.title = join(strands)
            return i + used
        if strands and (line.gap or _complete_title(join(strands).compact.norm)):
            break
        strands.append(line.sub(0))
    if strands:
        unit.title = join(strands)
        return i + len(strands)
    return i


_FORM_TITLE = regex.compile(
    r"(?:表|回执|方案|安排|名单|清单|目录|计划|书|办法|标语|口号|指南|要求|日程|须知|通知|模板|样式|提纲|函|细则|规则|材料|说明|简介|汇总|路线图|议程|一览)(?:（.{1,8}）)?$"
)


def _complete_title(norm: str) -> bool:
    return bool(_FORM_TITLE.search(norm)) and not unclosed(norm)


# --- tail of a unit -----------------------------------------------------------------------


def _close(parts: Parts, unit: Unit) -> None:
    """Sets the signature, its date and the list of attachments of a unit apart."""
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
            tail = _DATE_TAIL.search(line.norm)
            assert tail is not None
            unit.dated = line.sub(tail.start("date"), tail.end("date"))
            first = dated
            lines[dated] = _rebuild(line, line.sub(0, tail.start()))
            first = dated + 1
        begin = first
        while begin > 0 and _is_signature(lines[begin - 1]):
            begin -= 1
        unit.signature = _names(lines[begin:first])
        behind = [x for x in lines[first + (1 if match else 0) :]]
        unit.lines = lines[:begin] + behind
        end = begin
    elif unit.main:
        begin = len(lines)
        while begin > 0 and _is_signature(lines[begin - 1]) and is_org(lines[begin - 1].compact.norm):
            begin -= 1
        if begin < len(lines) and begin > 0:
            unit.signature = _names(lines[begin:])
            unit.lines = lines[:begin]
            end = begin
    _listed(unit, end)


def _is_date_line(lines: Sequence[Line], i: int) -> bool:
    line = lines[i]
    if len(line.text) > 80:
        return False
    if DATE_LINE.match(line.compact.norm):
        return True
    tail = _DATE_TAIL.search(line.norm)
    return bool(tail) and is_org(line.sub(0, tail.start()).compact.norm) and "：" not in line.norm if tail else False


_LABELLED = regex.compile(r"^[\u4e00-\u9fff\s]{1,10}：")


def _is_signature(line: Line) -> bool:
    norm = line.norm.strip()
    compact = line.compact.norm
    if len(compact) > 120 or line.marker is not None or pattern(r"[。；：，！@《]|\d{5,}").search(norm):
        return False
    if compact.startswith("附") and pattern(r"附\s*[件表：]").match(compact):
        return False
    pieces = [x for x in pattern(r"\s{2,}|\t").split(norm) if x]
    return all(len(x) <= 40 for x in pieces) and any("\u4e00" <= c <= "\u9fff" for c in compact)


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
            if not is_org(strand.compact.norm) and not pattern(r"[省市区县州]委$").search(strand.compact.norm):
                open_pieces.append(len(names) - 1)
    return names


def _single_blank(line: Strand, start: int, end: int) -> list[Strand]:
    """Names parted by one blank: cut where each piece is a whole name by itself, else one padded name."""
    part = line.sub(start, end)
    pieces = list(pattern(r"\S+").finditer(part.norm))
    if len(pieces) > 1 and all(is_org(m.group()) and len(m.group()) >= 4 for m in pieces):
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
        first = lines[i].sub(norm.index("：") + 1)
        entries: list[Strand] = [first] if first else []
        while stop < min(end, len(lines)) and _is_listed(lines[stop], bool(entries)):
            entries.append(lines[stop].sub(0))
            stop += 1
        unit.listed = _entries(entries, _number(match["n"])) + unit.listed
        del lines[i:stop]
        end = i
        if not match["n"]:
            break


def _is_listed(line: Line, any_before: bool) -> bool:
    norm = line.compact.norm
    if line.marker is not None and line.marker.family in ("ar", "ar_half", "ar_paren"):
        return len(norm) < 90 and not norm.endswith("。")
    return any_before and line.indent >= 6 and not line.gap and len(norm) < 60 and not is_org(norm) and not DATE_LINE.match(norm)


def _entries(entries: Sequence[Strand], number: int | None) -> list[tuple[int | None, Strand]]:
    found: list[tuple[int | None, Strand]] = []
    for entry in entries:
        rest = entry
        while rest:
            match = pattern(r"（?(?P<n>\d{1,2})\s*[.、，)）]\s*(?=\D|20\d\d)").match(rest.norm)
            if match:
                after = pattern(r"(?<=[\s》。；])(?=\d{1,2}\s*[.、]\s*(?:\D|20\d\d)|（\d{1,2}）)").search(rest.norm[match.end() :])
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
