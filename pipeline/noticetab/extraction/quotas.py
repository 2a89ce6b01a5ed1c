"""Quotas: numbers of activities, works, people or places demanded of somebody (docs/record.md, rule 13)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from noticetab import rules
from noticetab.extraction import quota_table
from noticetab.extraction.context import Context
from noticetab.extraction.due import DemandRules
from noticetab.extraction.quota_receivers import BODY, ROLE_OF_WORK, VERB, Who, leading, receivers
from noticetab.patterns import pattern
from noticetab.record import Evidence, Quota
from noticetab.segment.headings import outer
from noticetab.segment.markers import chinese_number
from noticetab.segment.outline import Node
from noticetab.segment.strand import Strand


@dataclass(frozen=True)
class _Patterns:
    amount: regex.Pattern[str]
    bound: regex.Pattern[str]
    not_what: regex.Pattern[str]
    headings: regex.Pattern[str]
    goes_on: regex.Pattern[str]


_N = r"(?:\d{1,4}|[一二两三四五六七八九十百]{1,4})"
_NO_UNIT = (
    r"(?!人[选员士才口民工物]|名[单额称词师录列]|个[别性体人]|部[门分委级署]|家[庭长校乡园]|位[于置]|台[账风阶]|"
    r"组[织长委成别合]|类[别似型]|场[所地馆景面]|期[间限末刊]|条[例款]|节[日能假气约点]|支[持部撑付出]|件数|"
    r"处[理级长室置分罚]|所[有在属需长]|批[准复评示]|本[市县区级次地科校省年届人月]|课[题程时堂外件]|次[日月年性])"
)
"""Characters that begin a word here and are no unit: 个人, 名单, 部门; 2名选手 has its unit."""


@rules.cached
def _patterns() -> _Patterns:
    q = rules.load("demands", DemandRules).quotas
    return _Patterns(
        regex.compile(
            rf"(?P<a>{_N})(?:\s*[—~至到-]+\s*(?P<b>{_N}))?\s*{_NO_UNIT}(?P<unit>{q.units}(?:（{q.units}）|/{q.units})?)"
            rf"(?!(?<=个){q.not_units}|以内的|[代贯案])(?:（含）)?(?P<end>以上|以内|以下|左右)?(?:（含[^（）]{{0,6}}）)?"
        ),
        regex.compile(
            rf"(?:(?P<least>{q.least})|(?P<most>{q.most}))(?P<between>[^\d，。；一二三四五六七八九十]{{0,16}})$"
        ),
        regex.compile(q.not_what),
        q.headings,
        q.goes_on,
    )


def extract(context: Context) -> list[Quota]:
    """One row per number demanded of a class of receivers."""
    rows: list[Quota] = []
    patterns = _patterns()
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
            counted = any(patterns.headings.search(title) for title in _titles(node))
            for sentence in _sentences(strand):
                rows += _in_sentence(sentence, counted=counted)
    return rows + [
        row for _, node in context.doc.nodes() for t in node.grids for row in quota_table.rows(context, t)
    ]


def _titles(node: Node) -> Iterator[str]:
    """The headings over an item, its own first."""
    at: Node | None = node
    while at is not None:
        yield at.title
        at = at.parent


def _sentences(strand: Strand) -> list[Strand]:
    norm, goes_on = strand.norm, _patterns().goes_on
    cuts = [at for at in outer(norm, "。；") if norm[at] == "。" or not goes_on.match(norm, at + 1)]
    cuts = [-1, *cuts, len(strand)]
    return [s for i in range(len(cuts) - 1) if (s := strand.sub(cuts[i] + 1, cuts[i + 1]))]


_PERSON_UNITS = ("人", "名", "位")
_COUNTED = {**dict.fromkeys(_PERSON_UNITS, "人员"), **dict.fromkeys(("支", "队"), "队伍")}
"""What a unit counts by itself."""
_DONE = regex.compile(r"^(?:去年|上年|近年来?|截至目前|目前|据统计|据悉)|(?:组织|开展|举办|参加|完成|建立)了")
"""A report of what was done demands nothing."""


def _in_sentence(sentence: Strand, *, counted: bool) -> list[Quota]:
    """The rows of a sentence; ``counted``: its section is about numbers (名额分配)."""
    p = _patterns()
    norm = sentence.norm
    if (
        not counted and not pattern(r"[每各]|至少|不少于|不超过|不多于|最多|限报").search(norm)
    ) or not p.amount.search(norm):
        return []
    if _DONE.search(norm):
        return []
    rows: list[Quota] = []
    unnamed: list[Quota] = []
    for row, joins in _rows(sentence, receivers(norm), leading(norm), numbered=counted):
        if not row.what and rows and rows[-1].unit == row.unit:
            row.what = rows[-1].what
        if not row.what and not rows:
            row.what = _object(norm[: norm.find(row.who or "")]) or ""
        if row.what:
            for waiting in unnamed:
                waiting.what = row.what if waiting.unit == row.unit else ""
            unnamed.clear()
        else:
            unnamed.append(row)
        last = rows[-1] if rows else None
        if (
            joins
            and last is not None
            and (last.who, last.unit, last.max) == (row.who, row.unit, None)
            and row.min is None
        ):
            last.max = row.max
        else:
            rows.append(row)
    return [row for row in rows if row.what and not p.not_what.search(row.what)]


_NEAREST = 64
"""Receivers before a number that may be its own."""


def _rows(
    sentence: Strand, receivers: list[Who], lead: Who | None, *, numbered: bool
) -> Iterator[tuple[Quota, bool]]:
    """A row for each number demanded (what is "" if it is not named), and whether it stands close to the one before."""
    norm = sentence.norm
    p = _patterns()
    ends = [w.end for w in receivers]
    last = 0
    counted: tuple[bool, bool] | None = None
    above: Quota | None = None
    for match in p.amount.finditer(norm):
        clause = 0
        for stop in "，。；":
            clause = max(clause, norm.rfind(stop, clause, match.start()) + 1)
        if pattern(
            r"的(?:，|$|单位|学校|学院|地区|企业|个人|集体|组织|[县市区]|视为|可|规模|标准|比例|要求)"
        ).match(norm, match.end()):
            continue  # 报送10篇以上的，…: a condition
        if "分别" in norm[clause : match.start()] or pattern(r"每[天日周月]").search(
            norm, clause, match.start()
        ):
            continue  # 分别不超过8项和3项 deals numbers out; 每月报送1次 is a rhythm
        if match["end"] == "左右":
            continue  # no bound, and no number to be held to
        bound = p.bound.search(norm[clause : match.start()])
        least = bool(bound and bound["least"])
        most = bool(bound and bound["most"])
        before = bisect_right(ends, match.start())
        near = receivers[max(0, before - _NEAREST) : before]
        who = near[-1] if near else lead
        if lead is not None and (not near or near[-1].start < lead.end) and lead.end <= match.start():
            who = lead
        if who is not None and who.alone and _counts_itself(norm, who, match, above):
            rest = [w for w in near if w.end <= clause and w is not who]
            who = rest[-1] if rest else None
        if who is not None and pattern(r"鼓励|提倡|倡导|支持|欢迎").search(
            norm, max(0, who.start - 2), who.start + 2
        ):
            continue  # nothing is demanded
        if who is None or pattern(r"每(?:天|日|周|月|年(?!级)|季度?|学期|学年|次|场|届|批|轮|期)").search(
            norm, who.start, who.end
        ):
            continue  # how often, not of whom
        begin = max(who.end, last if last > clause or last > who.end else 0)
        joined = (
            counted is not None
            and last > who.end
            and pattern(
                r"[\u4e00-\u9fff（）]{0,12}(?:、|和|及|与|以及|或者?)[\u4e00-\u9fff]{0,10}|，(?!其中)[\u4e00-\u9fff]{2,8}"
            ).fullmatch(norm, last, match.start())
            is not None
        )
        alike = above is not None and above.unit == match["unit"] and match["unit"] not in _PERSON_UNITS
        joined = joined and (
            counted == (False, False) or alike or norm[last : match.start()].find("，") < 0
        )  # 限报教师组方案2份，学生组作品4份
        plain = match["b"] is not None or match["end"] in ("以上", "以内", "以下")
        again = last <= who.start and pattern(r"各?").fullmatch(norm, who.end, match.start()) is not None
        if (joined or again) and counted is not None and not (least or most or plain):
            least, most = counted  # 书画作品每人限交6幅；摄影作品每人10张
        elif not (least or most or plain or (again and numbered) or _bare_demand(norm, who, clause, match)):
            continue
        elif match["unit"] == "份" and not (least or most):
            continue  # copies
        row = _row(sentence, who, match, bound, (least, most), max(begin, clause))
        if row is None:
            continue
        if not row.what:
            row.what = who.thing or ""
        yield row, match.start() - last < 10
        last = match.end()
        counted = (least, most)
        above = row


def _counts_itself(norm: str, who: Who, match: regex.Match[str], above: Quota | None) -> bool:
    """Whether the class is what is counted (指导教师不超过2人, 示范社区不少于2个) and not who is asked."""
    if not pattern(
        r"(?:原则上|数量|总数|应|须|需|可|要|不|至少|最多|最少|少于|超过|多于|得|高于|低于|限|控制在)*"
    ).fullmatch(norm, who.end, match.start()):
        return False
    if pattern(r"[\u4e00-\u9fff]").match(norm, match.end()):
        return False
    if (
        who.alone == "body"
        and above is not None
        and above.unit == match["unit"]
        and not pattern(rf"(?:{BODY}|集体)$").search(above.what)
        and not pattern(r"先进|优秀|示范|特色|重点|文明").match(norm, who.start)
    ):
        return False  # 案例不超过3个，街道不超过2个
    units = _PERSON_UNITS if who.alone == "person" else ("个", "家", "所", "支", "户", "处", "组")
    return match["unit"] in units


def _bare_demand(norm: str, who: Who, clause: int, match: regex.Match[str]) -> bool:
    """A number without a bound that is demanded as it stands: 推荐选手2名, 由3名队员组成, 推荐名额：每校2名."""
    before = norm[clause : match.start()]
    if pattern(r"(?:报送|上报)$").search(before) and match["unit"] in ("次", "期"):
        return False
    if pattern(
        r"(?:推荐|报送|选派|选送|推选|遴选|上交|限报|上报|申报|选拔|派出|派)(?:[\u4e00-\u9fff]{0,14})$"
    ).search(before) and not pattern(r"第[一二三四五六七八九十\d]*$").search(before):
        return True
    if before.endswith("由") and pattern(r"[^，。；]{0,30}(?:组成|构成)").match(norm, match.end()):
        return True
    if not pattern(r"各?").fullmatch(norm, who.end, match.start()):
        return bool(
            pattern(r"(?:参加|参会|参训|与会)(?:人员|对象)：|规模：|名额[^：，。]{0,4}：").search(
                norm, 0, who.start
            )
        ) and bool(pattern(r"[\u4e00-\u9fff]{1,10}").fullmatch(norm, who.end, match.start()))
    return bool(
        pattern(r"名额|推荐|选派|选送|报名|报送|申报|规模：|(?:人员|对象)：").search(norm, 0, who.start)
    )


def _row(
    sentence: Strand,
    who: Who,
    match: regex.Match[str],
    bound: regex.Match[str] | None,
    kind: tuple[bool, bool],
    begin: int,
) -> Quota | None:
    """The row of one number; None where it is a format of the work asked for (照片3—5张) or no number."""
    a = chinese_number(match["a"].replace("两", "二"))
    b = chinese_number(match["b"].replace("两", "二")) if match["b"] else None
    if a is None:
        return None
    least, most = kind
    low: int | None = a
    high: int | None = b
    if b is None:
        if most or match["end"] in ("以内", "以下"):
            low, high = None, a
        elif not least and match["end"] != "以上":
            low, high = a, a
    name = sentence.sub(who.start, who.end)
    if ROLE_OF_WORK.match(name.norm) and match["unit"] not in _PERSON_UNITS:
        return None
    stop = match.start()
    if bound is not None:
        stop -= len(bound.group())
    between = bound["between"] if bound else ""
    end = sentence.span(match.start(), match.end())[1]
    return Quota(
        who=name.value,
        what=_what(sentence.norm, max(0, begin), stop, between, match),
        min=low,
        max=high,
        unit=match["unit"],
        evidence=Evidence(start=name.span()[0], end=end),
        rule="quota.bounds",
        confidence=0.85,
    )


def _object(before: str) -> str | None:
    """What the clause before asks for: 征集原创荐书短文，每人限报1篇."""
    match = pattern(
        r"(?:征集|开展|举办|组织|推荐|报送|提交|申报|制作|选送)(?:[^，。；]*的)?(?:原创|优秀)?(?P<w>[^，。；的]{2,14})，$"
    ).search(before)
    if match is None:
        match = pattern(
            r"(?:^|[，。])(?P<w>[\u4e00-\u9fff]{2,10}?)(?:征集|报送|推荐|申报|上报)?(?:数量|名额)(?:要求|限制)?："
        ).search(before)
    return match["w"] if match else None


def _what(norm: str, begin: int, stop: int, between: str, match: regex.Match[str]) -> str:
    """The thing counted: what follows number and unit, else what stands between receiver and number; else ""."""
    after = pattern(r"[\u4e00-\u9fffA-Za-z“”·]{1,24}").match(norm, match.end())
    if after:
        text = pattern(r"^(?:有\S{0,4}的|以上的?|的|左右|为|是)").sub("", after.group())
        if pattern(r"\d").match(norm, after.end()):
            text = pattern(r"(?:[和及与]|以及)[^和及与]*$").sub("", text)  # 2名学生和1名教师
        text = pattern(rf"(?:[和及与]|以及){_N}{_NO_UNIT}[个名项场件篇部支幅人].*$").sub("", text)
        text = pattern(
            r"参加(?!人员)|参与|参会(?!人员|代表)|参赛(?=$|活动)|报名|进行|进入|到场|为宜|组成|构成|注册|担任|前往|出席|作为|用于|(?<=.)[在于]|(?<=.)以上"
        ).split(text)[0]
        if text and not pattern(
            r"(?:[以至到和及与或]|并|左右|[^，]{2,16}(?:推荐|报送|选派|选送|推选|遴选))"
        ).match(text):
            return text
    head = norm[begin:stop] + between if stop >= begin else between
    head = head.split("，")[-1] if begin == 0 else head
    if pattern(r"\d").search(head):
        head = head.split("、")[-1]  # 领队1名、队员不超过8名
    head = pattern(r"(?:原则上|应|须|需|要|可|不得|分别|共|总数|数量|一般|各|均|至少|为|是|，)+$").sub(
        "", head.strip()
    )
    if head.endswith("人数") and pattern(r"参[加与赛会]|报名|到场").search(head):
        return "人员"
    text = (
        pattern(r"(?:数量|总数|人数|由)+$").sub("", VERB.sub("", head)).removeprefix("其中").strip("，、的：")
    )
    if pattern(r"(?:参赛|报名|参加|参与|参会|推荐|报|申报)").fullmatch(text):
        text = ""
    return text or _COUNTED.get(match["unit"], "")
