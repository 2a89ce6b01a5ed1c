"""References: documents, laws and works cited in book-title marks, with the number behind them."""

from __future__ import annotations

from itertools import pairwise

import regex

from noticetab import rules
from noticetab.extraction.context import Context
from noticetab.patterns import pattern
from noticetab.record import Reference
from noticetab.segment.parts import patterns
from noticetab.segment.strand import Strand, drop_blanks


class ReferenceRules(rules.Rules):
    """rules/references.toml."""

    between: rules.Regex


_LAW = regex.compile(r"(?:(?<![办方书语手魔算做看想说])法|法典|条例)(?:（[^）]*）)?$")
_RULE = regex.compile(r"(?:规定|办法|细则|规则|规程|标准|守则|规范|准则|章程)(?:（[^）]*）)?$")
_DOCUMENT = regex.compile(
    r"(?:通知|意见|决定|决议|方案|规划|纲要|计划|函|批复|请示|公告|通报|要点|通告|安排|报告|行动计划|指南|指引)(?:（[^）]*）)?$|^关于"
)
_FORM = regex.compile(
    r"(?:表|回执|回执单|(?:承诺|申请|申报|推荐|确认|授权|责任|协议|任务|委托|声明)书|名单|清单|模板|样表|证明|登记卡|汇总表|问卷|合同|证书)(?:（[^）]*）)?$"
)
_SHORT = regex.compile(r"简称(?:为|：)?\s*[“\"]?\s*《(?P<name>[^《》]{1,20})》")
"""（以下简称《科普法》）: a short name, not another work."""
_TO_WRITE = regex.compile(
    r"(?:填写|填报|填好|填妥|填|提交|报送|上报|报|下载|签订|签署|撰写|上传|交|寄送|送|提供|打印)(?:好|完整的?|附件\d*|纸质版?|电子版?|一份|相关|本单位|活动)*$"
)
"""What stands before the title of something that the receiver is to write."""
_WORK = regex.compile(
    r"(?:观看|收看|阅读|品读|共读|诵读|朗诵|学习|演唱|合唱|传唱|齐唱|播放|放映|展播|播出|欣赏|排演|演出|上演|表演|改编自|原著|赏析|"
    r"[影短大动]?[片影]|电影|纪录片|科教片|宣传片|动画片?|电视剧|剧目|话剧|舞台剧|歌曲|歌舞|舞蹈|小品|快板|图书|书籍|书目|读物|绘本|专著|著作|名著|小说|诗歌|散文|教材|课程|节目|栏目|一书|专题片|微视频|作品)(?:了|过|：)?$"
)
"""What tells a work with a short title from the short name of a document (《通知》)."""


def extract(context: Context) -> list[Reference]:
    """One row per cited title; a title cited again is the same row, an own form or short name is none."""
    rows: dict[str, Reference] = {}
    own = {s.compact.norm for u in context.doc.parts.units for s in [u.title] if s is not None}
    own |= {s.compact.norm for u in context.doc.parts.units for _, s in u.listed}
    strands = [
        strand
        for _unit, node in context.doc.nodes()
        for strand in ([node.line] if node.line is not None else []) + list(node.lines)
        if "《" in strand.norm
    ]
    short = {m["name"] for s in strands for m in _SHORT.finditer(s.compact.norm)}
    for strand in strands:
        norm = strand.norm
        for chain in _chains(norm, titles(norm)):
            lead = norm[: chain[0][0]].rstrip()
            if pattern(r"简称(?:为|：)?\s*[“\"]?$").search(lead) or _TO_WRITE.search(lead[-16:]):
                continue
            numbers = _numbers(strand, chain)
            for (start, end), number in zip(chain, numbers, strict=True):
                inside = strand.sub(start + 1, end)
                plain = inside.compact.norm
                if (
                    not plain
                    or (plain in own and number is None)
                    or plain in short
                    or any(plain.endswith(o[-8:]) and _FORM.search(plain) for o in own if len(o) >= 8)
                    or _FORM.search(plain)
                    or pattern(r"\s*(?:报社|杂志社|编辑部|编委会|期刊社)").match(norm, end + 1)
                ):
                    continue
                if (
                    len(plain) <= 4
                    and (not _LAW.search(plain) or len(plain) < 2)
                    and (not _WORK.search(lead[-8:]) or _DOCUMENT.search(plain) or _RULE.search(plain))
                ):
                    continue
                row = rows.get(plain)
                if row is None:
                    rows[plain] = Reference(
                        title=inside.value,
                        doc_number=number,
                        kind=_kind(plain),
                        evidence=context.evidence(strand, start, end + 1),
                        rule="reference.title-marks",
                        confidence=0.97,
                    )
                elif row.doc_number is None:
                    row.doc_number = number
    return list(rows.values())


def titles(norm: str) -> list[tuple[int, int]]:
    """Offsets of the outermost 《 and 》 of each cited title."""
    if "《" not in norm:
        return []
    found = []
    start, depth = -1, 0
    for i, char in enumerate(norm):
        if char == "《":
            if depth == 0:
                start = i
            depth += 1
        elif char == "》" and depth:
            depth -= 1
            if depth == 0:
                found.append((start, i))
    return found


def _chains(norm: str, spans: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Titles that follow each other (《…》《…》, 《…》、《…》和《…》): one word before them governs all."""
    chains: list[list[tuple[int, int]]] = []
    for before, span in pairwise([(-1, -1), *spans]):
        linked = chains and pattern(
            r"\s*(?:（(?:附件|见附件|附)\s*\d{0,2}）)?\s*(?:[、，]|和|及|与|以及|或)?\s*"
        ).fullmatch(norm, before[1] + 1, span[0])
        if linked:
            chains[-1].append(span)
        else:
            chains.append([span])
    return chains


def _numbers(strand: Strand, chain: list[tuple[int, int]]) -> list[str | None]:
    """The number behind each title; several in the bracket behind the last are those of all, in order."""
    behind = [_behind(strand, end + 1) for _, end in chain]
    if len(behind[-1]) == len(chain) > 1 and not any(behind[:-1]):
        return list(behind[-1])
    return [found[0] if len(found) == 1 else None for found in behind]


def _behind(strand: Strand, at: int) -> list[str]:
    """The document numbers in the bracket at an offset; （以下简称《通知》） before it is passed over."""
    norm = strand.norm
    named = pattern(r"\s*（[^（）]{0,6}简称[^（）]{1,30}）").match(norm, at)
    if named is not None:
        at = named.end()
    between = rules.load("references", ReferenceRules).between.match(norm, at)
    if between is not None:
        at = between.end()
    opened = pattern(r"\s*（\s*").match(norm, at, at + 6)
    if opened is None:
        return []
    compact = strand.sub(opened.end(), min(len(strand), at + 90)).compact
    found: list[str] = []
    start = 0
    while hit := patterns().doc_number.match(compact.norm, start):
        found.append(drop_blanks(compact.text[start : hit.end()]))
        if compact.norm[hit.end() : hit.end() + 1] not in ("、", "，"):
            break
        start = hit.end() + 1
    return found


def _kind(title: str) -> str:
    title = title.rstrip("〉")
    if _LAW.search(title):
        return "法律法规"
    if _DOCUMENT.search(title):
        return "公文"
    if _RULE.search(title):
        return "规章"
    return "作品"
