"""Quotas: numbers of activities, works, people or places demanded of somebody (contract, rule 13)."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from noticetab import rules
from noticetab.extraction.context import Context
from noticetab.extraction.deadlines import DemandRules
from noticetab.record import Quota
from noticetab.segment.markers import chinese_number
from noticetab.segment.outline import outer
from noticetab.segment.strand import Strand


@dataclass(frozen=True)
class _Patterns:
    amount: regex.Pattern[str]
    who: regex.Pattern[str]
    not_what: regex.Pattern[str]


_N = r"(?:\d{1,4}|[一二两三四五六七八九十百]{1,4})"


@rules.cached
def _patterns() -> _Patterns:
    q = rules.load("demands", DemandRules).quotas
    bound = rf"(?P<least>{q.least})|(?P<most>{q.most})"
    return _Patterns(
        regex.compile(
            rf"(?:{bound})?(?P<between>[\u4e00-\u9fff“”（）、A-Za-z]{{0,14}}?)(?P<a>{_N})(?:\s*[—~至-]+\s*(?P<b>{_N}))?\s*(?P<unit>{q.units})(?!{q.not_units}|度|以内的|委员|别|性|代|体|贯|作\b)"
            rf"(?P<end>以上|以内|以下|左右)?"
        ),
        regex.compile(rf"(?:^|[，。；：、（]|要求|请|原则上)(?P<who>{q.who})(?=要|应|须|需|请|可|限|至少|不|最多|推荐|组织|开展|举办|报送|选派|选送|推选|遴选|安排|确保|制作|参赛|报名|上报|申报|建立|打造|设立|完成|提供|派|上交|确定|创作|培育|拍摄|征集|撰写|每|结合|原则上|提交|选择)"),
        regex.compile(q.not_what),
    )


def extract(context: Context) -> list[Quota]:
    """One row per number demanded of a class of receivers."""
    rows: list[Quota] = []
    for unit, node in context.doc.nodes():
        if unit.title is not None and not unit.main and not node.children and node.level == 0 and not any("。" in x.text for x in node.lines):
            continue
        for strand in node.strands():
            for sentence in _sentences(strand):
                rows += _in_sentence(context, sentence)
    return rows


def _sentences(strand: Strand) -> list[Strand]:
    cuts = [-1, *outer(strand.norm, "。；"), len(strand)]
    return [s for i in range(len(cuts) - 1) if (s := strand.sub(cuts[i] + 1, cuts[i + 1]))]


_VERB = regex.compile(
    r"^(?:要|应|须|需|请|可|原则上|至少|不少于|不得|确保|组织|开展|举办|推荐|报送|报名|选派|选送|上报|申报|推选|遴选|安排|制作|播放|设立|完成|提供|派出|派|上交|确定|创作|培育|拍摄|征集|撰写|建立|打造|提交|结合\S{1,14}?，|自身\S{0,10}?，|集中|重点|每\S{0,4}?|参赛|分别|自行|积极|认真|统筹|选择|参加)+"
)


def _in_sentence(context: Context, sentence: Strand) -> list[Quota]:
    p = _patterns()
    norm = sentence.norm
    if not regex.search(r"[每各]|^市|^区|^县|^省", norm) or not regex.search(r"\d|[一二两三四五六七八九十]", norm):
        return []
    rows: list[Quota] = []
    who: Strand | None = None
    for begin, end in _clauses(norm):
        clause = sentence.sub(begin, end)
        text = clause.norm
        named = _who_at(clause) or (_leading_who(sentence) if begin == 0 else None)
        if named is not None:
            who = named
        if who is None:
            continue
        for match in p.amount.finditer(text):
            least, most, b = match["least"], match["most"], match["b"]
            if not (least or most or b or match["end"] in ("以上", "以内", "以下") or _bare_demand(text, match)):
                continue
            row = _row(context, sentence, clause, who, match)
            if row is not None:
                if rows and rows[-1].who == row.who and rows[-1].what == row.what and rows[-1].max is None and row.min is None:
                    rows[-1].max = row.max
                else:
                    rows.append(row)
    return rows


def _bare_demand(text: str, match: regex.Match[str]) -> bool:
    before = text[: match.start("a")]
    return bool(regex.search(r"(?:推荐|报送|选派|选送|推选|遴选|上交|限报|确定|上报|申报|推荐报送)(?:作品|学员|人员|活动|项目|候选人|选手|代表)?$", before))


def _clauses(norm: str) -> list[tuple[int, int]]:
    cuts = [-1, *outer(norm, "，"), len(norm)]
    return [(cuts[i] + 1, cuts[i + 1]) for i in range(len(cuts) - 1)]


def _who_at(clause: Strand) -> Strand | None:
    match = _patterns().who.search(clause.norm)
    if match is None or len(match["who"]) < 2:
        return None
    return _receiver(clause.sub(match.start("who"), match.end("who")))


_RECEIVER_END = r"(?:单位|部门|学校|学院|院系|社区|街道|乡|镇|村|县|区|市|州|省|协会|学会|研究会|队伍|团队|班级|班|基地|企业|公司|科协|局|委|办|中心|站|馆|人|教师|学生|选手|支部|工会|团委|高校|院校|园|医院|机构|组织|城市|窗口|家庭|师生|作者|代表队|工作站|参赛者|专业|年级|小组|个人)"


def _receiver(who: Strand) -> Strand | None:
    """The class of receivers as far as its last noun: 各市 of 各市选派学员."""
    norm = who.norm
    hits = list(regex.finditer(rf"{_RECEIVER_END}(?:（[^）]*）)?", norm))
    if not hits:
        return who if norm.startswith("每") and len(norm) <= 8 else None
    return who.sub(0, hits[-1].end())


def _leading_who(sentence: Strand) -> Strand | None:
    """A sentence that opens with its receivers and states their number in a later clause."""
    match = regex.match(rf"(?P<who>(?:每|各|市|区|县|省|有关)[^，。]{{1,50}}?{_RECEIVER_END}(?:（[^）]*）)?)(?=要|应|须|需|请|结合|可|至少|，)", sentence.norm)
    return sentence.sub(match.start("who"), match.end("who")) if match else None


def _row(context: Context, sentence: Strand, clause: Strand, who: Strand, match: regex.Match[str]) -> Quota | None:
    a, b = chinese_number(match["a"].replace("两", "二")), chinese_number(match["b"].replace("两", "二")) if match["b"] else None
    if a is None:
        return None
    low: int | None
    high: int | None
    if b is not None:
        low, high = a, b
    elif match["most"] or match["end"] in ("以内", "以下"):
        low, high = None, a
    elif match["least"] or match["end"] == "以上":
        low, high = a, None
    else:
        low, high = a, a
    what = _what(clause, who, match)
    if what is None or _patterns().not_what.search(what):
        return None
    start, end = who.span()[0], clause.span(match.start(), match.end())[1]
    from noticetab.record import Evidence

    return Quota(
        who=who.value,
        what=what,
        min=low,
        max=high,
        unit=match["unit"],
        evidence=Evidence(start=min(start, end - 1), end=end),
        rule="quota.bounds",
        confidence=0.85,
    )


def _what(clause: Strand, who: Strand, match: regex.Match[str]) -> str | None:
    norm = clause.norm
    after = regex.match(r"[\u4e00-\u9fff“”（）·A-Za-z]{1,24}", norm[match.end() :])
    if after:
        what = regex.match(r".{1,20}?(?=参加|参与|参会|的$|，|。|以上|左右|$)", after.group())
        text = (what.group() if what else after.group()).strip()
        text = regex.sub(r"^(?:有\S{0,4}的|以上的?|的)", "", text)
        if text and not regex.match(r"(?:以|至|到|左右|次$)", text):
            return text
    head = norm[: match.start("a")]
    if match["least"] or match["most"]:
        head = norm[: match.start("least") if match["least"] else match.start("most")] + (match["between"] or "")
    who_at = head.find(who.norm)
    if who_at >= 0:
        head = head[who_at + len(who.norm) :]
    head = regex.sub(r"(?:原则上|应|须|需|要|可|不得|分别|共|总数|数量|人数|，)+$", "", head.strip())
    stripped = _VERB.sub("", head)
    text = regex.sub(r"(?:原则上|应|须|需|要|数量|总数|人数)+$", "", stripped).strip("，、的")
    return text or None
