"""The head of a document (GB/T 9704-2012, 7.2 and 7.3.1-7.3.2): red head, number, title, addressees."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from noticetab.patterns import pattern
from noticetab.segment.chrome import is_head_chrome
from noticetab.segment.lines import Line, unclosed
from noticetab.segment.parts import (
    RULE_LINE,
    SENTENCE_END,
    Parts,
    is_org,
    patterns,
    rebuild,
)
from noticetab.segment.strand import Strand, join


def read(parts: Parts, body: list[Line]) -> int:
    """Reads the head of the document; the index of the first line below it."""
    p = patterns()
    _unglue(body)
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
        if RULE_LINE.match(norm):
            rule_seen = True
            i += 1
            continue
        signed = p.rules.signer.search(norm)
        if signed and not SENTENCE_END.search(norm):
            parts.signer = line.sub(signed.start("name"), signed.end("name"))
            line = Line(
                line.text[: signed.start()].rstrip(),
                line.offsets[: len(line.text[: signed.start()].rstrip())],
            )
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
            inline = _inlinenumber_of(title)
            if inline is not None:
                title, number_strand = inline
                parts.doc_number = parts.doc_number or number_strand
            again = _again(body, i + used, title)
            if not titles and again is not None:
                parts.metadata += body[
                    i + used : again
                ]  # a page's own head between its title and the document's
                i = again
                continue
            titles.append(title)
            i += used
            continue
        if _is_addressees(body, i, bool(titles) or parts.doc_number is not None or i == 0):
            break
        if line.marker is not None or SENTENCE_END.search(norm) or len(norm) > 60:
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


_GLUED = regex.compile(
    r"^(?P<title>(?:[^，。：；]{0,30}关于)[^。：；]{4,80}?的(?:通知|函|公告|通告))(?=[^，。：；的]{1,60}[^：。]{0,60}：)"
)


def _unglue(body: list[Line]) -> None:
    """Cuts a first line that lost its line end between title and addressees."""
    for i, line in enumerate(body[:6]):
        match = _GLUED.match(line.norm)
        if match and len(line.text) > match.end() + 3 and "《" not in match["title"]:
            body[i : i + 1] = [rebuild(line, line.sub(0, match.end())), rebuild(line, line.sub(match.end()))]
            return


def _again(body: Sequence[Line], i: int, title: Strand) -> int | None:
    """The index of a repetition of the title within the next lines, None if there is none."""
    plain = title.compact.norm
    for k in range(i + 1, min(len(body), i + 9)):
        if body[k].compact.norm == plain:
            return k
        if body[k].marker is not None or "。" in body[k].norm:
            return None
    return None


def _mark(pending: Sequence[Line]) -> Strand:
    """The header mark of stacked issuers: their lines in order (a lone 文件 between two goes last)."""
    return join([x.sub(0) for x in pending], " ") if len(pending) > 1 else pending[0].sub(0)


def _same_value(norm: str, titles: Sequence[Strand]) -> bool:
    plain = "".join(norm.split())
    return any(plain == t.compact.norm for t in titles)


def _inlinenumber_of(title: Strand) -> tuple[Strand, Strand] | None:
    """A document number in brackets at the end of the title's line: the title without it, and it."""
    match = pattern(rf"\s*（\s*({patterns().rules.doc_number})\s*）\s*$").search(title.norm)
    if match is None:
        return None
    return title.sub(0, match.start()), title.sub(match.start(1), match.end(1))


_TITLE_OPEN = regex.compile(r"关于|印发|转发|举办|召开|开展")
_NOT_TITLE = regex.compile(r"[。；！]|^附\s*件|如下|^.{0,12}：|现将")


def _goes_on(body: Sequence[Line], i: int) -> bool:
    """Whether a title without 关于 has its kind in the next line: 某县2022年科技下乡活动 / 实施方案."""
    if i + 1 >= len(body) or body[i + 1].gap or body[i + 1].marker is not None:
        return False
    first, second = body[i].compact.norm, body[i + 1].compact.norm
    return (
        len(first) <= 34
        and pattern(r"(?:19|20)\d\d年|第.{1,6}[届个期次]").search(first) is not None
        and pattern(r"(?:系列)?(?:活动)?(?:实施|工作|总体|具体)?(?:方案|计划|安排|办法|细则)").fullmatch(
            second
        )
        is not None
    )


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
        if _NOT_TITLE.search(bare) and not (
            "《" in bare and "：" not in bare.split("《")[0] and "。" not in bare
        ):
            break
        strands.append(current.sub(0))
        whole = "".join(s.compact.norm for s in strands)
        whole = pattern(rf"（{p.rules.doc_number}）$").sub("", whole)
        opened = _TITLE_OPEN.search(whole)
        ended = p.title_end.search(whole)
        if used == 1 and not opened and not ended:
            if _goes_on(body, i):
                continue
            return None, 0
        if ended and not unclosed(whole) and len(whole) >= 6:
            if not opened and (
                len(whole) < 8
                or not pattern(r"(?:19|20)\d\d|第.{1,6}[届个期次]|[周月日节赛]|活动|工作|培训|会议").search(
                    whole
                )
            ):
                return None, 0
            if len(whole) > 160:
                return None, 0
            return join(strands), used
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
            return (
                bool(p.addressee.match(first))
                or (
                    bool(pattern(r"[各有全]|[局委会办厅部院校府司处科室]").search(norm))
                    and not pattern(r"\d").search(norm)
                )
                or len(norm) <= 12
            )
        if "：" in norm or "。" in norm:
            return bool(pattern(r"[\u4e00-\u9fff]{0,6}(?:各|全|有关)[^：。]{1,90}：").match(norm))
        if not pattern(r"[，、；]").search(norm):
            return False
    return False


def _addressees(parts: Parts, body: list[Line], i: int) -> int:
    """Reads 主送机关 (7.3.2) at line ``i``: it ends with a full-width colon."""
    if i >= len(body) or not _is_addressees(body, i, True):
        return i
    strands: list[Strand] = []
    for used in range(1, min(3, len(body) - i) + 1):
        line = body[i + used - 1]
        colon = _outer_colon(line.norm)
        if colon >= 0:
            strands.append(line.sub(0, colon))
            parts.addressees = join(strands)
            rest = line.sub(colon + 1)
            if rest:
                body[i + used - 1] = rebuild(line, rest)
                return i + used - 1
            return i + used
        strands.append(line.sub(0))
    return i


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
