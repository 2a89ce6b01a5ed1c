"""Quotas: numbers of activities, works, people or places demanded of somebody (docs/record.md, rule 13)."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from noticetab import rules
from noticetab.extraction.context import Context
from noticetab.extraction.due import DemandRules
from noticetab.patterns import pattern
from noticetab.record import Evidence, Quota
from noticetab.segment.markers import chinese_number
from noticetab.segment.outline import outer
from noticetab.segment.strand import Strand


@dataclass(frozen=True)
class _Patterns:
    amount: regex.Pattern[str]
    bound: regex.Pattern[str]
    not_what: regex.Pattern[str]


_N = r"(?:\d{1,4}|[一二两三四五六七八九十百]{1,4})"


@rules.cached
def _patterns() -> _Patterns:
    q = rules.load("demands", DemandRules).quotas
    return _Patterns(
        regex.compile(
            rf"(?P<a>{_N})(?:\s*[—~至-]+\s*(?P<b>{_N}))?\s*(?P<unit>{q.units})(?!{q.not_units}|以内的|委员|别|性|代|体|贯|案|志|选)(?P<end>以上|以内|以下|左右)?"
        ),
        regex.compile(
            rf"(?:(?P<least>{q.least})|(?P<most>{q.most}))(?P<between>[^\d，。；一二三四五六七八九十]{{0,16}})$"
        ),
        regex.compile(q.not_what),
    )


def extract(context: Context) -> list[Quota]:
    """One row per number demanded of a class of receivers."""
    rows: list[Quota] = []
    for unit, node in context.doc.nodes():
        if (
            unit.title is not None
            and not unit.main
            and not node.children
            and node.level == 0
            and not any("。" in x.text for x in node.lines)
        ):
            continue
        for strand in node.strands():
            for sentence in _sentences(strand):
                rows += _in_sentence(sentence)
    return rows


def _sentences(strand: Strand) -> list[Strand]:
    cuts = [-1, *outer(strand.norm, "。；"), len(strand)]
    return [s for i in range(len(cuts) - 1) if (s := strand.sub(cuts[i] + 1, cuts[i + 1]))]


_RECEIVER_END = (
    r"(?:单位|部门|学校|学院|院系|院（部）|系|社区|街道|乡|镇|村|县|区|市|州|省|旗|协会|学会|研究会|队伍|团队|班级|班|基地|企业|公司|科协|局|委|办|中心|站|馆|人|教师|学生|选手|支部|工会|团委|高校|院校|园|"
    r"医院|机构|组织|城市|窗口|家庭|师生|作者|代表队|队|工作站|参赛者|专业|年级|组|个人|联校|分会|场（所）|所|厂|矿|车间|场|校|家|处|社|户|项目|作品)(?:（[^（）]{1,12}）)?"
)
_WHO = regex.compile(
    r"(?:^|[，；：、（。]|原则上|要求|请)(?P<who>(?:每[个所家支名位][\u4e00-\u9fff]|每(?:人|校|班|县|区|乡|镇|村|市|单位|季度)?|各)(?:[\u4e00-\u9fff]|（[^（）]{1,16}）|、(?=[各每\u4e00-\u9fff])|“[^”]{1,8}”){0,24}?)"
    r"(?=要|应|须|需|请|可|限|至少|不少于|不超过|不得|最多|最少|推荐|组织|开展|举办|报送|选派|选送|推选|遴选|安排|确保|制作|参赛|报名|上报|申报|建立|打造|设立|完成|提供|派出|派|上交|确定|创作|培育|拍摄|征集|撰写|结合|原则上|提交|选择|集中|参加|投稿|交|限报|为\d|由\d|集体|开放|推出|负责|分别|择优|遵循|重点|\d)"
)
_VERB = regex.compile(
    r"^(?:要|应当?|须|需|请|可|原则上|至少|确保|组织|开展|举办|推荐|报送|选派|选送|上报|申报|推选|遴选|安排|制作|播放|设立|完成|提供|派出|派|上交|确定|创作|培育|拍摄|征集|撰写|建立|打造|提交|"
    r"结合[^，]{1,14}，|自身[^，]{0,10}，|集中|每[季月年]度?|分别|自行|积极|认真|统筹|选择|参加|择优|的|并|为|由|负责|本|投稿|交)+"
)


def _in_sentence(sentence: Strand) -> list[Quota]:
    p = _patterns()
    norm = sentence.norm
    if not pattern(r"[每各]|至少|不少于|不超过|限报").search(norm) or not p.amount.search(norm):
        return []
    receivers = [
        (m.start("who"), m.end("who"))
        for m in _WHO.finditer(norm, overlapped=True)
        if m.end("who") - m.start("who") >= 2
    ]
    lead = _leading_who(norm)
    rows: list[Quota] = []
    last = 0
    for match in p.amount.finditer(norm):
        clause = max(norm.rfind(c, 0, match.start()) for c in "，。；") + 1
        bound = p.bound.search(norm[clause : match.start()])
        least = bool(bound and bound["least"])
        most = bool(bound and bound["most"])
        plain = match["b"] is not None or match["end"] in ("以上", "以内", "以下")
        if not (least or most or plain or _bare_demand(norm[clause : match.start()])):
            continue
        near = [r for r in receivers if r[1] <= match.start()]
        who_span = near[-1] if near else lead
        if lead is not None and (not near or near[-1][0] < lead[1]) and lead[1] <= match.start():
            who_span = lead
        if who_span is None:
            continue
        who = sentence.sub(*who_span)
        if pattern(r"每(?:天|日|周|月|年|季度?|学期|学年|次|场|届)").match(who.norm):
            continue  # how often, not of whom
        row = _row(sentence, who, who_span, match, bound, clause, rows[-1].what if rows else None)
        if row is None:
            continue
        if (
            rows
            and rows[-1].who == row.who
            and rows[-1].unit == row.unit
            and rows[-1].max is None
            and row.min is None
            and match.start() - last < 10
        ):
            rows[-1].max = row.max
        else:
            rows.append(row)
        last = match.end()
    return rows


def _leading_who(norm: str) -> tuple[int, int] | None:
    """A sentence that opens with its receivers and states their number in a later clause."""
    match = pattern(
        rf"(?:请|要求)?(?P<who>(?:[^，。；要应须请]|（[^（）]*）){{2,60}}?{_RECEIVER_END})(?=要|应|须|需|请|可|结合|原则上|至少)"
    ).match(norm)
    if match is None or not pattern(r"每|各|有关|直属|全体|所有").search(match["who"]):
        return None
    return match.span("who")


def _bare_demand(before: str) -> bool:
    return bool(
        pattern(
            r"(?:推荐|报送|选派|选送|推选|遴选|上交|限报|上报|申报|选拔|派出|派)(?:作品|学员|人员|活动|项目|候选人|选手|代表|参赛|优秀|队员)?$"
        ).search(before)
    )


def _row(
    sentence: Strand,
    who: Strand,
    span: tuple[int, int],
    match: regex.Match[str],
    bound: regex.Match[str] | None,
    clause: int,
    before: str | None,
) -> Quota | None:
    a = chinese_number(match["a"].replace("两", "二"))
    b = chinese_number(match["b"].replace("两", "二")) if match["b"] else None
    if a is None:
        return None
    low: int | None = a
    high: int | None = b
    if b is None:
        if (bound and bound["most"]) or match["end"] in ("以内", "以下"):
            low, high = None, a
        elif not bound and match["end"] != "以上":
            low, high = a, a
    what = _what(sentence.norm, span, match, bound, clause) or before or _object(sentence.norm[: span[0]])
    if what is None or _patterns().not_what.search(what):
        return None
    end = sentence.span(match.start(), match.end())[1]
    return Quota(
        who=who.value,
        what=what,
        min=low,
        max=high,
        unit=match["unit"],
        evidence=Evidence(start=who.span()[0], end=end),
        rule="quota.bounds",
        confidence=0.85,
    )


def _object(before: str) -> str | None:
    """What the clause before asks for: 征集原创荐书短文，每人限报1篇."""
    match = pattern(
        r"(?:征集|开展|举办|组织|推荐|报送|提交|申报|制作|选送)(?:[^，。；]*的)?(?:原创|优秀)?(?P<w>[^，。；的]{2,14})，$"
    ).search(before)
    return match["w"] if match else None


def _what(
    norm: str, span: tuple[int, int], match: regex.Match[str], bound: regex.Match[str] | None, clause: int
) -> str | None:
    """The thing counted: what follows number and unit, else what stands between receiver and number."""
    after = pattern(r"[\u4e00-\u9fffA-Za-z“”（）·]{1,24}").match(norm[match.end() :])
    if after:
        text = pattern(r"^(?:有\S{0,4}的|以上的?|的|左右)").sub("", after.group())
        text = pattern(r"参加|参与|参会|报名|进行|到场|为宜").split(text)[0]
        if text and not pattern(r"(?:以|至|到)").match(text):
            return text
    begin = span[1] if span[1] > clause else clause
    stop = clause + bound.start() if bound else match.start()
    head = norm[begin:stop] + (bound["between"] if bound else "")
    text = _VERB.sub(
        "", pattern(r"(?:原则上|应|须|需|要|可|不得|分别|共|总数|数量|人数|一般|，)+$").sub("", head.strip())
    )
    text = pattern(r"^(?:的)|(?:数量|总数|人数|均|各)+$").sub("", text).strip("，、的：")
    return text or ("人员" if match["unit"] in ("人", "名", "位") else None)
