"""Themes of the event: 主题, 副主题, and the named lines of work (三大系列) (docs/record.md, rule 6)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import regex

from noticetab.extraction import labels
from noticetab.extraction.context import Context
from noticetab.patterns import pattern
from noticetab.record import Event, Theme
from noticetab.segment.headings import outer
from noticetab.segment.markers import chinese_number
from noticetab.segment.strand import Strand

_SENTENCES = tuple(
    regex.compile(p)
    for p in (
        r"(?P<sub>副)?主题(?:口号)?(?:为|是|确定为|定为|：|为：|是：)?\s*[“\"](?P<t>[^“”\"]+(?:“[^“”]*”[^“”]*)*)[”\"]",
        r"以\s*[“\"《](?P<t>[^”\"》]+)[”\"》]为(?P<sub>副)?(?:活动|宣传|年度)?主题",
        r"(?:围绕|突出|紧扣|紧紧围绕)[“\"](?P<t>[^”\"]+)[”\"](?:这一|的)?(?P<sub>副)?(?:活动)?主题",
        r"(?P<sub>副)?主题(?:为|是)：?\s*(?P<t>[^“”\"《》。；：]{4,40})(?=[。；]|$)",
    )
)
_SERIES = regex.compile(r"等?(?P<n>[二三四五六七八九十]|\d)大?(?:个)?系列")
_SERIES_OPEN = regex.compile(
    r"(?:开展|包括|分为|围绕|举办|推出|实施|设置|安排|组织|推进|抓好|启动|突出|聚焦|涵盖|形成|打造|有|：)(?=“)"
)
_NOT_THEME = regex.compile(r"^(?:见|详见|另行|待定|自拟|由|要|各|请|以[^“]{10,}|根据|按照|认真)")


def extract(context: Context, events: list[Event]) -> list[Theme]:
    """Theme rows: from the section or label of the theme, else from sentences about the own event."""
    rows = list(_headed(context))
    if not any(r.role == "主题" for r in rows):
        rows += _in_sentences(context, events)
    rows += _series(context)
    seen: set[tuple[str, str]] = set()
    unique = []
    for row in rows:
        key = (row.role, "".join(row.text.split()))
        if key not in seen:
            seen.add(key)
            unique.append(row)
    order = {"主题": 0, "副主题": 1, "系列": 2}
    return sorted(unique, key=lambda r: order[r.role])


def _row(context: Context, strand: Strand, role: str, rule: str, confidence: float = 0.97) -> Theme | None:
    strand = strand.sub(0)
    while strand and strand.norm[-1] in "。；，":
        strand = strand.sub(0, len(strand) - 1)
    if _wholly_quoted(strand.norm):
        strand = strand.sub(1, len(strand) - 1)
    # 科技活动周：携手创新 — the event that a theme is of, where one notice has two.
    of = pattern(r"^[\u4e00-\u9fff]{2,14}(?:周|月|日|节|大赛|竞赛|比赛|论坛|活动)：(?=\S)").match(strand.norm)
    if of:
        strand = strand.sub(of.end())
    if not strand or len(strand.compact) > 60:
        return None
    return Theme(
        role=role, text=strand.value, evidence=context.evidence(strand), rule=rule, confidence=confidence
    )


_QUOTES = {"“": "”", "《": "》", '"': '"', "「": "」", "『": "』"}


def _wholly_quoted(norm: str) -> bool:
    """Whether the mark that opens a text closes at its end: “讲好“大国工匠”故事”, but not “甲”引领“乙”."""
    opening, closing = norm[:1], _QUOTES.get(norm[:1])
    if closing is None or len(norm) < 3 or norm[-1] != closing:
        return False
    if opening == closing:
        return opening not in norm[1:-1]
    depth = 0
    for char in norm[:-1]:
        depth += (char == opening) - (char == closing)
        if depth == 0:
            return False
    return depth == 1


def _headed(context: Context) -> Iterator[Theme]:
    """Under a heading 主题 or 时间和主题, or behind a label."""
    for _, node in context.doc.nodes():
        if _in_activity(node):
            continue
        second = pattern(r"(?:活动)?[副分]主题").fullmatch(node.title) is not None
        sectional = second or node.role in ("theme", "time_theme")
        for strand in node.strands():
            whose = _WHOSE.match(strand.norm) if sectional else None
            if whose is not None:
                row = None
                if not _FOREIGN.match(whose["whose"]):
                    row = _row(context, strand.sub(whose.end()), "主题", "theme.label")
                if row is not None:
                    yield row
                continue
            pairs = [p for p in labels.leading(strand) if p.field in ("theme", "subtheme")]
            if pairs:
                for pair in pairs:
                    quoted = list(_quoted_in(context, pair.value))
                    if quoted:
                        yield from quoted
                        continue
                    row = _row(
                        context, pair.value, "副主题" if pair.field == "subtheme" else "主题", "theme.label"
                    )
                    if row is not None:
                        yield row
                continue
            if not sectional:
                continue
            got = list(_sentence_themes(context, strand, "theme.section-sentence"))
            if got:
                yield from got
            elif (
                (second or node.role == "theme")
                and not _NOT_THEME.match(strand.norm)
                and "。" not in strand.norm.strip()[:-1]
                and len(strand.compact) <= 45
            ):
                row = _row(context, strand, "副主题" if second else "主题", "theme.section-line")
                if row is not None:
                    yield row


_WHOSE = regex.compile(
    r"(?P<whose>(?!活动|宣传|大赛|竞赛|年度|会议|副|分|周)[\u4e00-\u9fff]{1,8})主题(?:口号)?："
)
"""全国主题：…, 我市主题：…: the label says whose theme it is."""
_FOREIGN = regex.compile(r"全国|国家|中国|世界|国际|全省|我?省|上级")


def _in_activity(node: object) -> bool:
    at = getattr(node, "parent", None)
    while at is not None:
        if at.role == "activity":
            return True
        at = at.parent
    return False


def _quoted_in(context: Context, strand: Strand) -> Iterator[Theme]:
    if pattern(r"主题").search(strand.norm):
        yield from _sentence_themes(context, strand, "theme.label")


def _sentence_themes(
    context: Context, strand: Strand, rule: str, confidence: float = 0.96
) -> Iterator[Theme]:
    norm = strand.norm
    taken: list[tuple[int, int]] = []
    found: list[tuple[int, Theme]] = []
    for stated in _SENTENCES:
        for match in stated.finditer(norm):
            if any(a < match.end("t") and match.start("t") < b for a, b in taken):
                continue
            before = norm[max(0, match.start() - 4) : match.start()]
            if pattern(r"(?:拟定|自拟|征集|每日)$").search(before) and "主题" in match.group()[:3]:
                continue
            taken.append(match.span("t"))
            role = "副主题" if match["sub"] or before.endswith("副") else "主题"
            row = _row(context, strand.sub(match.start("t"), match.end("t")), role, rule, confidence)
            if row is not None:
                found.append((match.start("t"), row))
    for _, row in sorted(found, key=lambda x: x[0]):
        yield row


def _in_sentences(context: Context, events: list[Event]) -> list[Theme]:
    """Sentences that state the theme of the notice's own event, nobody else's (docs/record.md, rule 5)."""
    own: list[Theme] = []
    shared: list[Theme] = []
    for _, node in context.doc.nodes():
        if node.role in ("requirements", "contact", "scope") or _in_activity(node):
            continue
        for strand in node.strands():
            norm = strand.norm
            if "主题" not in norm:
                continue
            start = 0
            for stop in [*(at + 1 for at in outer(norm, "。！？")), len(norm)]:
                sentence = strand.sub(start, stop)
                start = stop
                if "主题" not in sentence.norm:
                    continue
                verdict = _whose(sentence.norm, events)
                if verdict == "other":
                    continue
                target = own if verdict == "own" else shared
                target += _sentence_themes(
                    context, sentence, "theme.sentence", 0.93 if verdict == "own" else 0.7
                )
    return own or shared[:1]


def _whose(sentence: str, events: list[Event]) -> str:
    """Whose theme a sentence states: ``own``, ``other``, or ``shared`` (the national day itself)."""
    at = sentence.find("主题")
    before = "".join(sentence[:at].split())
    before = pattern(r"(?:以|围绕)?[“《\x22][^”》\x22]*(?:[”》\x22]为?)?$").sub("", before)
    opened = before.rfind("（")
    if opened >= 0 and "）" not in before[opened:]:
        before = before[:opened]  # a theme in brackets belongs to what stands before them
    best, where = "", -1
    for event in events:
        for key in {event.name, _without_year(event.name)}:
            hit = before.rfind(key)
            if hit >= 0 and hit + len(key) > where:
                best, where = "own", hit + len(key)
    for match in _OTHER.finditer(before):
        if match.end() > where:
            name = match.group()
            series = {e.series for e in events if e.series}
            if any(name.endswith(s) for s in series) and not pattern(r"国际|世界").search(name):
                foreign = pattern(r"全国|国家").search(name) and not any(
                    s.startswith(("全国", "国家")) for s in series
                )
                best = "other" if foreign else "shared" if pattern(r"全国|国家").search(name) else "own"
            elif (
                name.startswith(("本届", "本次", "此次"))
                or (any(e.name.endswith(name) for e in events) and len(name) >= 3)
                or pattern(r"(?:本次|本届|此次|今年)?(?:活动|大赛|竞赛|比赛)$").match(name)
            ):
                best = "own"
            else:
                best = "other"
            where = match.end()
    if best:
        return best
    return "own" if events else "shared"


_OTHER = regex.compile(
    r"(?:全国|国家|世界|国际|中国|[\u4e00-\u9fff]{2,6}[省市区县])?(?:(?:19|20)\d\d年|第[\d一二三四五六七八九十]+[届个])?(?:全国|国家|世界|国际|中国)?(?:[\u4e00-\u9fff]{2,12}(?:周|月|日)|[\u4e00-\u9fff]{0,12}(?:节(?![能水约电日假目奏气点庆])|大赛|竞赛|比赛|论坛)|本次活动|本届活动)(?![\d前起上下])"
)


def _without_year(name: str) -> str:
    return pattern(r"(?:19|20)\d\d年").sub("", name)


def _series(context: Context) -> Iterator[Theme]:
    """系列: “甲”…、“乙”…等三大系列 names one line of work each."""
    for _, node in context.doc.nodes():
        for strand in node.strands():
            norm = strand.norm
            if "系列" not in norm:
                continue
            for match in _SERIES.finditer(norm):
                start = norm.rfind("。", 0, match.start()) + 1
                opening = None
                for hit in _SERIES_OPEN.finditer(norm, start, match.start()):
                    opening = hit
                    break
                if opening is None:
                    continue
                items = _items(strand.sub(opening.end(), match.start()), chinese_number(match["n"]) or 0)
                for item in items:
                    row = _row(context, item, "系列", "theme.series", 0.95)
                    if row is not None:
                        yield row
                if items:
                    return


def _side_by_side(strand: Strand) -> list[Strand]:
    """“甲”“乙”: quoted names need no 、 between them (GB/T 15834-2011, 4.5.3.5)."""
    cuts = [0, *(m.end() for m in pattern(r"”(?=“)").finditer(strand.norm)), len(strand)]
    return [strand.sub(a, b) for a, b in pairwise(cuts)]


def _items(strand: Strand, count: int) -> list[Strand]:
    cuts = [-1, *outer(strand.norm, "、，"), len(strand)]
    listed = [strand.sub(a + 1, b) for a, b in pairwise(cuts)]
    pieces = [piece for item in listed for piece in _side_by_side(item) if piece]
    if len(pieces) < count and pieces:
        last = pieces[-1]
        joint = pattern(r"(?<=\S)[和及](?=“)").search(last.norm)
        if joint:
            pieces[-1:] = [last.sub(0, joint.start()), last.sub(joint.end())]
    if len(pieces) < 2 or not all(pattern(r"[“《]").match(p.norm) or len(p) >= 4 for p in pieces):
        return []
    return pieces
