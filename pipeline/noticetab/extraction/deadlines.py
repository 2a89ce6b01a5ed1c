"""Deadlines: obligations with a date (contract, rule 10)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from noticetab import rules
from noticetab.dates import Found
from noticetab.extraction import labels
from noticetab.extraction.context import Context
from noticetab.patterns import pattern
from noticetab.record import Deadline
from noticetab.segment.outline import Node
from noticetab.segment.strand import Strand


class DeadlineRules(rules.Rules):
    """What is due."""

    verbs: list[str]
    acts: list[str]
    closing: str
    makes: str
    things: str
    limits: str
    not_due: str
    windows: str


class QuotaRules(rules.Rules):
    """How many of what."""

    who: str
    least: str
    most: str
    units: str
    not_units: str
    not_what: str


class DemandRules(rules.Rules):
    """rules/demands.toml."""

    deadlines: DeadlineRules
    quotas: QuotaRules


@dataclass(frozen=True)
class _Patterns:
    carried: regex.Pattern[str]
    verb: regex.Pattern[str]
    limit: regex.Pattern[str]
    not_due: regex.Pattern[str]
    windows: regex.Pattern[str]
    acts: regex.Pattern[str]
    made: regex.Pattern[str]
    things: regex.Pattern[str]


_NOT_NOUN = "(?![名告表道纸刊社台考销废到流通接易换付])"
"""What makes a verb of one character a part of a noun: 报道, 报名, 交流."""


@rules.cached
def _patterns() -> _Patterns:
    r = rules.load("demands", DemandRules).deadlines
    verbs = "|".join(w if len(w) > 1 else w + _NOT_NOUN for w in sorted(r.verbs, key=len, reverse=True))
    return _Patterns(
        regex.compile(rf"(?:将|把)(?P<what>[^。；]{{2,90}}?)(?P<verb>{r.closing})"),
        regex.compile(rf"(?P<verb>{verbs})(?:至|到|给|了|好)?(?P<what>[^，。；]*)"),
        regex.compile(r.limits),
        regex.compile(r.not_due),
        regex.compile(r.windows),
        regex.compile("|".join(r.acts)),
        regex.compile(rf"{r.makes}(?P<what>(?:《[^《》]*》|（[^（）]*）|[^，。；《》（）]){{1,60}})"),
        regex.compile(r.things),
    )


def extract(context: Context) -> list[Deadline]:
    """One row per demand with a date; the same demand repeated in an attachment is one row."""
    rows: list[Deadline] = []
    for unit, node in context.doc.nodes():
        attached = not unit.main and unit.title is not None
        for strand, field in _strands(node):
            for row in _in_strand(context, strand, field, node):
                if attached and any(r.due_on == row.due_on for r in rows):
                    continue
                twin = next((r for r in rows if r.due_on == row.due_on and _same(r.what, row.what)), None)
                if twin is None:
                    rows.append(row)
    return rows


def _same(a: str | None, b: str | None) -> bool:
    if not a or not b:
        return a == b
    a, b = "".join(a.split()), "".join(b.split())
    return a == b


def _strands(node: Node) -> Iterator[tuple[Strand, str]]:
    """The node's prose, with ``window`` where a heading or label makes it a window of submission."""
    window = bool(_patterns().windows.search(node.title)) or node.title in ("截止时间", "截止日期")
    for strand in node.strands():
        yield strand, "window" if window else ""


_CLAUSE_END = "。；"


def _in_strand(context: Context, strand: Strand, field: str, node: Node) -> Iterator[Deadline]:
    found = [f for f in context.dates(strand) if f.starts_on is not None or f.ends_on is not None]
    if not found:
        return
    norm = strand.norm
    pairs = [p for p in labels.pairs(strand) if p.field == "window"]
    spent: set[int] = set()
    for pair in pairs:
        inside = [f for f in found if pair.start <= f.start < pair.end]
        if not inside:
            continue
        last = inside[-1]
        if last.ends_on is None and last.starts_on is None:
            continue
        spent.update(f.start for f in inside)
        what = pattern(r"(?:截止|起止)?(?:时间|日期)$").sub("", pair.label).replace("截止", "") or None
        if what in (None, "完成", "办理") or pair.label in ("完成时限", "办理时限", "完成期限"):
            what = _topic(node)
        yield _row(context, strand, last, what, None, None, "deadline.window")
    dues = [(f, due) for f in found if f.start not in spent and (due := _due(f, strand, field)) is not None]
    for i, (f, _) in enumerate(dues):
        begin = max((norm.rfind(c, 0, f.start) for c in _CLAUSE_END), default=-1) + 1
        if i and dues[i - 1][0].end > begin:
            begin = dues[i - 1][0].end
        stop = _stop(norm, f.end)
        if i + 1 < len(dues) and dues[i + 1][0].start < stop:
            comma = norm.rfind("，", f.end, dues[i + 1][0].start)
            stop = comma if comma > 0 else dues[i + 1][0].start
        after = strand.sub(f.end, stop)
        whole_begin = max((norm.rfind(c, 0, f.start) for c in _CLAUSE_END), default=-1) + 1
        before = strand.sub(begin, f.start)
        row = _demand(context, strand, f, before, after, strand.sub(whole_begin, f.start), field, node)
        if row is not None:
            yield row


def _stop(norm: str, start: int) -> int:
    depth = 0
    for i in range(start, len(norm)):
        c = norm[i]
        if c in "（《“":
            depth += 1
        elif c in "）》”":
            depth -= 1
            if depth < 0:
                return i
        elif (c == "。" and depth <= 0) or (c == "；" and depth <= 0):
            return i
    return len(norm)


def _due(found: Found, strand: Strand, field: str) -> str | None:
    """Why a date is a time limit: its own mark (前, 截止), the words before it, or its window."""
    norm = strand.norm
    if found.open_start:
        return "mark"
    if _patterns().limit.search(norm[max(0, found.start - 8) : found.start]):
        return "limit"
    if pattern(rf"{_patterns().windows.pattern}(?:为|是|：|定于|定为)?$").search(
        norm[max(0, found.start - 16) : found.start]
    ):
        return "window"
    after = norm[found.end : found.end + 5]
    if pattern(r"\s*(?:截止|为止|止\b|止[，。；）])").match(after):
        return "limit"
    if pattern(r"\s*(?:(?:下班|放学|中午|午)前|前|之前)").match(after):
        return "mark"
    if field == "window":
        return "window"
    return None


_WHO = regex.compile(
    r"(?:请|要求|望)?(?P<who>(?:请)?(?:各|每|有关|相关|参赛|参加|参会|入选|推荐|申报|承办|主办|全体|所有|凡)[^，。；：]{1,60}?)(?:请|要|应|须|需|可|将|务必|于|在|按|$)"
)
_TO = regex.compile(
    r"(?:报送|上报|提交|发送|发|寄送|寄|邮寄|送交|送|交|报|反馈|传真|递交|上传)(?:或(?:者)?(?:传真|邮寄|发送|直接))?(?:至|到|给|往)?(?P<to>(?:[^，。；（）]|（[^）]*）){2,48}?(?:办公室|办|局|厅|委|部|处|科|室|会|协会|学会|邮箱|信箱|平台|网站|系统|中心|秘书处|组委会|馆|院|校|学院|公司|小组|支队|站|组))(?=[，。；（）]|$|进行|汇总|审核|备案)"
)
_PLATFORM = regex.compile(
    r"(?:登[录陆]|通过|在|访问)(?P<to>“[^”]{2,30}(?:平台|系统|网站|网|公众号|小程序)”|[^，。；“”]{2,30}?(?:平台|系统|网站|公众号|小程序))(?:（(?P<url>[^（）]*)）)?"
)
_EMAIL = regex.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


def _demand(
    context: Context,
    strand: Strand,
    found: Found,
    before: Strand,
    after: Strand,
    lead: Strand,
    field: str,
    node: Node,
) -> Deadline | None:
    p = _patterns()
    rest = pattern(r"\s*(?:之前|以前|(?:下班|放学|中午|午)前|前|截止|为止|止)?[，,、）]?\s*").match(
        after.norm
    )
    body = after.sub(rest.end() if rest else 0)
    if p.not_due.match(body.norm) or pattern(
        r"(?:出生|完成|创作|发表|取得|毕业)的?(?:原创|作品|成果|，|。|$)"
    ).match(body.norm):
        return None
    limited = pattern(
        r"(?:^|[，；。：])(?:[^，。；：]{2,20}的)?(?P<w>[^，。；：]{2,40}?)的?(?:报送|提交|上报|征集|申报|报名|投稿|接收|填报|推荐|送交|递交|上交|寄送)?(?:的)?截止(?:时间|日期)?(?:为|是|：|到|至)?$"
    ).search(lead.norm.rstrip())
    if limited is not None:
        named = _trim(lead.sub(limited.start("w"), limited.end("w")))
        if named is not None and p.acts.fullmatch(named.norm):
            fuller, _, _ = _what(body)
            named = fuller or named
        if named is not None and not _is_receiver(named.norm):
            return _row(context, strand, found, named.value, None, _channel(after), "deadline.limit", 0.88)
    subject = _subject(before)
    what, confidence, rule = _what(body)
    if what is None and (shared := pattern(r"(?:将|把)(?P<w>[^，。；]{2,40}?)[、，]?$").match(body.norm)):
        # 5月4日前将方案、5月24日前将总结报…: the verb stands behind the last.
        what, confidence, rule = _trim(body.sub(shared.start("w"), shared.end("w"))), 0.9, "deadline.carried"
    if subject is not None and (what is None or rule != "deadline.carried"):
        what, confidence, rule = subject, 0.9, "deadline.subject"
    if what is None and field == "window" and not body:
        return _row(context, strand, found, _topic(node), None, None, "deadline.window", 0.85)
    if what is None:
        what, confidence, rule = _behind(strand, found.start, lead)
    if what is None:
        verb = p.acts.search(body.norm) or p.acts.search(before.norm)
        if verb is None and field != "window" and not p.limit.search(before.norm):
            return None
        label = verb.group() if verb else _topic(node)
        return (
            _row(context, strand, found, label, _who(lead), _channel(after), "deadline.act", 0.7)
            if label
            else None
        )
    return _row(
        context, strand, found, what.value, _who(lead), _channel(after) or _channel(lead), rule, confidence
    )


def _is_receiver(text: str) -> bool:
    """Whether a clause names those who owe something rather than what is owed."""
    return not pattern(rf"(?:{_patterns().things.pattern}|{_THING_END})(?:（[^）]*）)?$").search(
        text
    ) and bool(_RECEIVER.search(text))


_THING_END = r"表|单|册|书|稿|照片|视频|课件|光盘|资料|论文|摘要|全文|成果|作品|方案|报告|小结|情况"
_RECEIVER = regex.compile(
    r"^(?:请|要求|希望|望|务必|并|同时|原则上)?(?:各|每|全|有关|相关|所有|本|以上|上述|凡)|(?:单位|部门|学院|学校|科协|局|办|委|处|队伍|选手|同学|教师|人员|学员|者|会|县|区|市|街道|乡|镇|社区|支部|工会|企业|高校|院系|部|院|馆|中心)$"
)


def _subject(before: Strand) -> Strand | None:
    """The thing due where it stands before the date: 推荐作品请于5月8日前…."""
    carried = pattern(r"(?:将|把)(?P<w>[^，。；：]{2,40}?)(?:于|在)$").search(before.norm.rstrip())
    if carried is not None:
        return _trim(before.sub(carried.start("w"), carried.end("w")))  # 将总结材料于…前提交
    match = pattern(
        r"(?:^|[，；])(?P<w>[^，。；：]{2,40}?)(?P<modal>(?:请|应|须|需|要|务必|均|一律|统一)*)(?:于|在)?$"
    ).search(before.norm.rstrip())
    if match is None or pattern(r"(?:将|把|请|要求)").search(match["w"]):
        # 申报表由各单位汇总后，于…前报: the clause before holds the thing.
        match = pattern(
            r"(?:^|[，；])(?P<w>[^，。；：将把请]{2,40}?)由[^，。；]{2,24}(?:后)?，(?:统一|并)?于?$"
        ).search(before.norm.rstrip())
        if match is None:
            return None
    what = before.sub(match.start("w"), match.end("w"))
    thing = pattern(rf"(?:{_patterns().things.pattern}|{_THING_END})(?:（[^）]*）)?$").search(what.norm)
    if thing is None and (_RECEIVER.search(what.norm) or not match.groupdict().get("modal")):
        return None
    return _trim(what)


def _behind(strand: Strand, at: int, lead: Strand) -> tuple[Strand | None, float, str]:
    """The thing due from what the sentence, else the one before it, says is made: 形成总结报告…."""
    p = _patterns()
    norm = strand.norm
    begin = max(norm.rfind("。", 0, at), norm.rfind("；", 0, at)) + 1
    earlier = max(norm.rfind("。", 0, max(0, begin - 1)), norm.rfind("；", 0, max(0, begin - 1))) + 1
    for first, confidence in ((begin, 0.85), (earlier, 0.75)):
        text = strand.sub(first, at)
        for clue, name in ((p.made, "what"), (p.things, "")):
            hits = list(clue.finditer(text.norm))
            if hits:
                hit = hits[-1]
                start, end = hit.span(name) if name else hit.span()
                what = _trim(text.sub(start, end))
                if what is not None and not pattern(r"情况|信息").fullmatch(what.norm):
                    return what, confidence, "deadline.made-before"
    return None, 0.0, ""


_OFFICE = r"(?:办公室|办|局|厅|处|科|室|部|会|协会|学会|邮箱|信箱|组委会|中心|秘书处|党委|团委|工会|馆|院|校|学院|公司|平台|系统|网站|小组|站|委|大学|社|所|教务|办事处)"
_DESTINATION = regex.compile(
    rf"^(?:至|到|给|往|送|请)?(?:[^，。；（]|（[^）]*）){{0,40}}?{_OFFICE}(?:（[^）]*）)?(?:[^\u4e00-\u9fff]|邮箱|备案|汇总|存档|审核|$)"
)


def _what(body: Strand) -> tuple[Strand | None, float, str]:
    """The thing due in a clause: 将X报送…, 报送X, X报….

    A verb whose object is an office has its thing before it (活动总结报市科协).
    """
    p = _patterns()
    norm = body.norm
    carried = p.carried.search(norm)
    masked = pattern(r"《[^》]*》|“[^”]*”|（[^）]*）").sub(lambda m: "\x00" * len(m.group()), norm)
    if carried is not None:
        # 提交总结，并将电子版报…: what is handed in first is the thing due.
        earlier = p.verb.search(masked, 0, carried.start())
        if (
            "，" in norm[: carried.start()]
            and earlier is not None
            and earlier["verb"] not in _MEANS
            and earlier["what"].strip("\x00 ")
        ):
            carried = None
    if carried is not None and not pattern(r"[。；]").search(norm[: carried.start()]):
        what = _trim(body.sub(carried.start("what"), carried.end("what")))
        if what is not None:
            return what, 0.95, "deadline.carried"
    at = 0
    while True:
        verb = p.verb.search(masked, at)
        if verb is None:
            return None, 0.0, ""
        at = verb.end("verb")
        start = verb.end("verb")
        linked = pattern(r"(?:至|到|给|了|好|往)").match(masked[start:])
        to_office = linked is not None and linked.group() in ("至", "到", "给", "往")
        tail = norm[start:]
        if to_office or (
            verb["verb"] in _SENDS
            and _DESTINATION.match(tail)
            and not pattern(r"[^，。；]{0,12}(?:总结|方案|报告|名单|作品|材料|信息|表)").match(tail)
        ):
            head = pattern(r"(?:^|[，；])(?P<w>[^，。；]{2,60})$").search(norm[: verb.start("verb")].rstrip())
            if head is not None:
                what = _trim(_shorn(body.sub(head.start("w"), head.end("w"))))
                if (
                    what is not None
                    and not _is_receiver(what.norm)
                    and not pattern(r"^(?:以|通过|用|按|经)").match(what.norm)
                ):
                    return what, 0.88, "deadline.before-verb"
            continue
        if verb["verb"] in _MEANS or (not verb["what"].strip("\x00 ") and not pattern(r"《|“").match(tail)):
            if verb["verb"] in p.acts.pattern.split("|") and pattern(r"[，。；]|$").match(tail):
                return body.sub(verb.start("verb"), start), 0.85, "deadline.act"
            continue
        if linked is not None:
            start += linked.end()
        stop = pattern(
            r"(?:《[^》]*》|“[^”]*”|（[^）]*）|(?!，(?:统一|并于|同时|由|电子版|均|纸质|发送|逾期|过期|具体|未|以便|报|并(?:报|发|将|按|确|加|通|做)|经|登|加盖|其中|每|方可))[^。；])+"
        ).match(
            norm[start:],
        )
        what = _trim(body.sub(start, start + (stop.end() if stop else 0)))
        if what is not None and not _EMAIL.search(what.norm):
            return what, 0.93, "deadline.verb"


_SENDS = frozenset(
    (
        "报",
        "报送",
        "发送",
        "发至",
        "送交",
        "送达",
        "传真",
        "寄送",
        "邮寄",
        "交",
        "报至",
        "送至",
        "上报",
        "提交",
        "反馈",
        "递交",
        "寄至",
        "发到",
        "寄到",
    )
)
_MEANS = frozenset(
    (
        "登录",
        "登陆",
        "通过",
        "下载",
        "打印",
        "汇总",
        "统计",
        "做好",
        "确定",
        "组织",
        "开展",
        "通知",
        "告知",
        "安装",
        "印发",
    )
)


def _shorn(what: Strand) -> Strand:
    """A noun before its verb, without the words between: 以书面形式, 统一, 加盖公章后."""
    match = pattern(
        r"(?:以[^，。；]{1,12}(?:形式|方式)|统一|及时|一并|分别|按时|书面|加盖公章后?|盖章后?|扫描后?|并|电子版)+$"
    ).search(what.norm)
    what = what.sub(0, match.start()) if match and match.start() >= 2 else what
    lead = pattern(r"(?:请|要求)?(?:将|把)").match(what.norm)
    return what.sub(lead.end()) if lead else what


_HEAD_TRIM = regex.compile(r"^(?:各自的?|本(?:单位|地区?|部门|校|级|地本部门)的?|有关|相关|的|了|好|一份|其)")


def _trim(what: Strand) -> Strand | None:
    while what and what.norm[-1] in "，、；。：）" and not (what.norm[-1] == "）" and "（" in what.norm):
        what = what.sub(0, len(what) - 1)
    match = _HEAD_TRIM.match(what.norm)
    if match and match.end() < len(what):
        what = what.sub(match.end())
    return what if len(what.compact) >= 2 else None


_RECEIVER_TAIL = regex.compile(
    r"(?:单位|部门|学院|学校|科协|局|办|委|处|队伍|选手|同学|教师|人员|学员|作者|者|会|县|区|市|州|旗|省|街道|乡|镇|村|社区|支部|工会|企业|高校|院校|院系|部|院|馆|中心|基地|站|所|地|班级|队|家庭|师生|场馆|机构|公司|人)(?:（[^）]*）)?$"
)


def _who(lead: Strand) -> str | None:
    match = _WHO.search(lead.norm.strip())
    if match is None:
        return None
    who = pattern(r"^请").sub("", match["who"].strip())
    return who if _RECEIVER_TAIL.search(who) else None


def _channel(clause: Strand) -> str | None:
    norm = clause.norm
    mail = _EMAIL.search(norm)
    if mail:
        return mail.group()
    match = _PLATFORM.search(norm)
    if match:
        url = match["url"]
        return url.strip() if url and pattern(r"[A-Za-z]").search(url) else match["to"].strip("“”")
    match = _TO.search(norm)
    return clause.sub(match.start("to"), match.end("to")).value if match else None


def _topic(node: Node) -> str | None:
    return pattern(r"(?:的)?(?:时间|日期|方式|办法|要求|截止)+$").sub("", node.title) or None


def _row(
    context: Context,
    strand: Strand,
    found: Found,
    what: str | None,
    who: str | None,
    channel: str | None,
    rule: str,
    confidence: float = 0.9,
) -> Deadline:
    due = (
        found.due_on
        if hasattr(found, "due_on") and found.due_on is not None
        else (found.ends_on or found.starts_on)
    )
    assert due is not None
    time = found.end_time or found.start_time
    return Deadline(
        due_on=due,
        due_time=time,
        who=who,
        what=what,
        channel=channel,
        raw=found.raw,
        evidence=context.evidence(strand, found.start, found.end),
        rule=rule,
        confidence=confidence,
    )
