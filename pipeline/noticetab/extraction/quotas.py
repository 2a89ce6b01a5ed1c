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
from noticetab.patterns import pattern
from noticetab.record import Evidence, Quota
from noticetab.segment.headings import outer
from noticetab.segment.markers import chinese_number
from noticetab.segment.strand import Strand


@dataclass(frozen=True)
class _Patterns:
    amount: regex.Pattern[str]
    bound: regex.Pattern[str]
    not_what: regex.Pattern[str]


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
    return rows + [
        row for _, node in context.doc.nodes() for t in node.grids for row in quota_table.rows(context, t)
    ]


def _sentences(strand: Strand) -> list[Strand]:
    cuts = [-1, *outer(strand.norm, "。；"), len(strand)]
    return [s for i in range(len(cuts) - 1) if (s := strand.sub(cuts[i] + 1, cuts[i + 1]))]


_BODY = (
    r"(?:单位|部门|学校|学院|院系|院（部）|系|社区|街道|乡|镇|村|县|区|市|州|省|旗|协会|学会|研究会|队伍|团队|班级|班|基地|企业|公司|科协|局|委|办|中心|站|馆|人|教师|学生|选手|支部|工会|团委|高校|院校|园|"
    r"医院|机构|机关|组织|城市|区域|窗口|家庭|师生|作者|代表队|队|工作站|参赛者|专业|年级|组|个人|联校|分会|场（所）|所|厂|矿|车间|场|校|家|处|社|户|项目|作品)(?:（[^（）]{1,12}）)?"
)
"""What the name of a class of receivers ends with."""
_ORDER = (
    r"(?:要|应|须|需|(?<![邀申提聘])请|可|限|至少|不少于|不超过|不多于|不得|不高于|不低于|最多|最少|均|统一|推荐|(?<!基层|党|团|社会|行业)组织|开展|举办|"
    r"举行|报送|选派|选送|推选|遴选|选拔|安排|确保|制作|报名(?!单位|者|人员)|上报|申报(?!单位|者|人)|建立|打造|设立|完成|提供|派(?!驻|出所|遣)|上交|确定|创作|培育|拍摄|"
    r"征集|撰写|提交|选择|集中|参加(?!单位|人员)|投稿|限报|推出|开放|各(?=[选派推报限上\d])|选树|新建|新增|创建|邀请|聘请|组建|建设|开设|张贴|悬挂|培训|评选|配备|务必|必须|高度重视|积极|认真|精心|广泛|充分|切实|主动|根据|按照|围绕|利用|依托)"
)
"""What follows the receivers in a demand on them."""
_EACH = regex.compile(
    r"(?:(?:^|[，；：、（。]|原则上|要求|请|确保|由)|(?<=[\u4e00-\u9fff])(?<![对为给向从在按至到将把])(?=每))"
    rf"(?P<who>(?:每[个所家支名位人校班](?={_ORDER})|每[个所家支名位][\u4e00-\u9fff]|每(?:人|校|班|县|区|乡|镇|村|市|单位|季度)?|各)(?:[\u4e00-\u9fff]|（[^（）]{{1,16}}）|、(?=[各每\u4e00-\u9fff])|“[^”]{{1,8}}”){{0,24}}?)"
    rf"(?=的|{_ORDER}|[于在]\d|交|参赛(?!单位|队|选手|者|人员|学校|团队|机构|院校|企业|高校)|结合|原则上|为\d|由\d|集体|负责|分别|择优|遵循|重点|每[季学月年]|\d|[一两二三四五六七八九十]{{1,3}}[项个场件篇部名人支])"
)
_ALONE = regex.compile(
    r"(?V1)"
    r"(?:^|[，；：]|其中|原则上|要求|请|由)(?P<who>(?!每|各|不|应|须|要|可|请|由|全[市县区省州]|推荐|组织|报送|选派|选送|申报|开展|举办|参加|邀请|鼓励|支持|面向|通过|依托|联合|在|对|将|与|从|以|有|拟)"
    r"(?:[\u4e00-\u9fff--每]|（[^（）]{1,16}）|、){0,24}?"
    r"(?:(?P<body>单位|部门|学校|学院|院系|高校|院校|小学|初中|高中|中学|中小学|幼儿园|社区|街道|乡镇|开发区|管理区|高新区|[市州县]区|[区州县]市|市州|县（市、区）|设区市|地级市|县级市|"
    r"协会|学会|研究会|企业|公司|科协|教育局|科技局|团委|中心|基地|支部|工会|医院|机构|机关|系统|代表队|队伍|团队|(?<=[级属直])馆|[小学中]组|[市县区州盟旗](?=各?\d))|(?P<person>个人|教师|学生|作者|选手|参赛者|会员|职工|师生|本人|科技工作者)))"
    rf"(?=(?:[\u4e00-\u9fff]{{0,6}}期间)?(?:{_ORDER}|结合|由\d|每[个家所人季学月年])|各?\d)"
)
"""A class that is named without 每 or 各 at the head of a clause: 省直单位推荐不超过2名."""
_VERB = regex.compile(
    r"^(?:要|应当?|须|需|请|可|原则上|至少|确保|组织|开展|举办|推荐|报送|选派|选送|上报|申报|推选|遴选|安排|制作|播放|设立|完成|提供|派出|派|上交|确定|创作|培育|拍摄|征集|撰写|建立|打造|提交|新建|新增|创建|选树|"
    r"结合[^，]{1,14}，|自身[^，]{0,10}，|集中|每[季月年]度?|每学[期年]|分别|自行|积极|认真|统筹|选择|参加|择优|的|并|为|由|负责|本|投稿|交|张贴|悬挂|摆放|邀请|接待|招募|发动|动员|均|报|各|指导(?=作品|项目|学生)|、|和|及|与)+"
)
_ROLE_OF_WORK = regex.compile(
    r"^(?P<work>每[个件篇部幅项][\u4e00-\u9fff]{0,8}(?:作品|项目|论文|节目|课件|视频|案例|成果|文章))"
    r"(?=$|作者|主创|主要|成员|队员|演员|参演|指导|辅导|完成|申报|参与|参赛|创作|署名|团队|人数|人员|选手|附|配|照片|图片|字|关键词)"
)
_PERSON_UNITS = ("人", "名", "位")
_COUNTED = {**dict.fromkeys(_PERSON_UNITS, "人员"), **dict.fromkeys(("支", "队"), "队伍")}
"""What a unit counts by itself."""
_DONE = regex.compile(r"^(?:去年|上年|近年来?|截至目前|目前|据统计|据悉)|(?:组织|开展|举办|参加|完成|建立)了")
"""A report of what was done demands nothing."""


@dataclass(slots=True)
class _Who:
    """A receiver at ``start`` to ``end`` of the sentence; ``thing`` is what was named before it."""

    start: int
    end: int
    thing: str | None = None
    alone: str | None = None


def _receivers(norm: str) -> list[_Who]:
    """The classes that a sentence names, in the order of their ends."""
    found: list[_Who] = []
    for match in _EACH.finditer(norm, overlapped=True):
        start, end = match.span("who")
        if end - start < 2 or pattern(r"每(?:[辆间桌张页行份套台块月年]|季度?|学[期年])").match(norm, start):
            continue
        if pattern(r"(?:金额|经费|费用|时间|时长|面积|规模|比例|数量|名额|总数)$").search(norm, start, end):
            continue
        who = _Who(start, _end_of_class(norm[start:end]) + start)
        clause = max(norm.rfind(c, 0, start) for c in "，；。：") + 1
        before = norm[clause:start]
        if norm[start] == "每" and len(before) >= 2 and before[-1] != "、":
            if (before.startswith("每") and len(before) <= 16) or (
                pattern(rf"[\u4e00-\u9fff]{{1,14}}{_BODY}").fullmatch(before) and not _VERB.match(before)
            ):
                who.start = clause  # 中省直单位每家
            elif pattern(r"[\u4e00-\u9fff“”]{2,14}").fullmatch(before) and not _VERB.match(before):
                who.thing = before  # 科幻画每班
        if who.end - who.start > 2 or norm[who.end - 1] not in "个所支名位":
            found.append(who)
    for match in _ALONE.finditer(norm, overlapped=True):
        start, end = match.span("who")
        if any(w.start <= start < w.end for w in found) or (
            pattern(r"各?\d").match(norm, end) and "名额" not in norm[:start]
        ):
            continue
        found.append(_Who(start, end, alone="person" if match["person"] else "body"))
    return sorted(found, key=lambda w: (w.end, -w.start))


def _end_of_class(text: str) -> int:
    """The length of the name of the class in a text in which the thing counted may follow: 每个单位展位."""
    if pattern(r"每[件篇部幅项](?=作者|指导教师|主创)").match(text):
        return 2  # 参赛作品每件作者
    work = _ROLE_OF_WORK.match(text)
    if work is not None:
        return work.end("work")
    role = pattern(
        r"(?:参赛|参加|参与|主创|团队|参演)?(?:成员|队员|演员|领队|教练|选手|学生|人数|人员)$"
    ).search(text)
    if role is not None and pattern(rf"(?:{_BODY}|活动)$").search(text[: role.start()]):
        return role.start()  # 每个课题组成员
    if pattern(rf"{_BODY}$").search(text) and not pattern(r"(?:队伍|作品|选手|项目|专家)$").search(text):
        return len(text)
    ends = [
        m.end()
        for m in pattern(
            r"(?:单位|部门|机关|学校|学院|院系|社区|街道|乡镇|协会|学会|研究会|基地|企业|公司|科协|高校|院校|工会|支部|团委|代表队|班级|年级|教师|选手|作者|职工|会员|"
            r"(?<=[\u4e00-\u9fff）])[县区市州旗乡镇村局校](?![民场长外园庭域委府办团级科直属内辖]))(?:（[^（）]{1,12}）)?"
        ).finditer(text)
        if m.end() >= 2
    ]
    return ends[-1] if ends and len(text) - ends[-1] >= 2 else len(text)


def _in_sentence(sentence: Strand) -> list[Quota]:
    p = _patterns()
    norm = sentence.norm
    if not pattern(r"[每各]|至少|不少于|不超过|不多于|最多|限报").search(norm) or not p.amount.search(norm):
        return []
    if _DONE.search(norm):
        return []
    rows: list[Quota] = []
    unnamed: list[Quota] = []
    for row, joins in _rows(sentence, _receivers(norm), _leading_who(norm)):
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


def _rows(sentence: Strand, receivers: list[_Who], lead: _Who | None) -> Iterator[tuple[Quota, bool]]:
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
        if who is None or pattern(r"每(?:天|日|周|月|年|季度?|学期|学年|次|场|届|批|轮|期)").search(
            norm, who.start, who.end
        ):
            continue  # how often, not of whom
        begin = max(who.end, last if last > clause or last > who.end else 0)
        joined = (
            counted is not None
            and last > who.end
            and pattern(
                r"[\u4e00-\u9fff（）]{0,12}(?:、|和|及|与|以及)[\u4e00-\u9fff]{0,10}|，(?!其中)[\u4e00-\u9fff]{2,8}"
            ).fullmatch(norm, last, match.start())
            is not None
        )
        joined = joined and (counted == (False, False) or norm[last : match.start()].find("，") < 0)
        plain = match["b"] is not None or match["end"] in ("以上", "以内", "以下")
        if joined and counted is not None and not (least or most or plain):
            least, most = counted
        elif not (least or most or plain or _bare_demand(norm, who, clause, match)):
            continue
        row = _row(sentence, who, match, bound, (least, most), max(begin, clause))
        if row is None:
            continue
        if not row.what:
            row.what = who.thing or ""
        yield row, match.start() - last < 10
        last = match.end()
        counted = (least, most)
        above = row


def _counts_itself(norm: str, who: _Who, match: regex.Match[str], above: Quota | None) -> bool:
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
        and not pattern(rf"(?:{_BODY}|集体)$").search(above.what)
        and not pattern(r"先进|优秀|示范|特色|重点|文明").match(norm, who.start)
    ):
        return False  # 案例不超过3个，街道不超过2个
    units = _PERSON_UNITS if who.alone == "person" else ("个", "家", "所", "支", "户", "处", "组")
    return match["unit"] in units


def _leading_who(norm: str) -> _Who | None:
    """A sentence that opens with its receivers and states their number in a later clause."""
    match = pattern(
        rf"(?:请|要求|原则上)?(?P<who>(?:[^，。；要应须请]|（[^（）]*）){{2,60}}?{_BODY})(?=要|应|须|需|请|可|结合|原则上|至少)"
    ).match(norm)
    if (
        match is None
        or not pattern(r"每|各|有关|直属|全体|所有").search(match["who"])
        or pattern(r"推荐|报送|选送|申报|上报|选派|遴选").search(match["who"])
    ):
        return None
    start, end = match.span("who")
    if pattern(r"每[件篇部幅]").match(norm, start):
        return None
    return _Who(start, end)


def _bare_demand(norm: str, who: _Who, clause: int, match: regex.Match[str]) -> bool:
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
    who: _Who,
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
    if _ROLE_OF_WORK.match(name.norm) and match["unit"] not in _PERSON_UNITS:
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
            r"参加|参与|参会|参赛(?=$|活动)|报名|进行|进入|到场|为宜|组成|构成|注册|担任|前往|出席|作为|用于|(?<=.)[在于]|(?<=.)以上"
        ).split(text)[0]
        if text and not pattern(r"(?:[以至到和及与]|并|左右)").match(text):
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
        pattern(r"(?:数量|总数|人数|由)+$")
        .sub("", _VERB.sub("", head))
        .removeprefix("其中")
        .strip("，、的：")
    )
    if pattern(r"(?:参赛|报名|参加|参与|参会|推荐|报|申报)").fullmatch(text):
        text = ""
    return text or _COUNTED.get(match["unit"], "")
