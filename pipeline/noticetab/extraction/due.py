"""What is due, and the words of demands (docs/record.md, rule 10; rules/demands.toml)."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from noticetab import rules
from noticetab.patterns import pattern
from noticetab.segment.strand import Strand

EMAIL = regex.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


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
class DuePatterns:
    """What is composed of rules/demands.toml for deadlines."""

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
def patterns() -> DuePatterns:
    """The compiled patterns of demands."""
    r = rules.load("demands", DemandRules).deadlines
    verbs = "|".join(w if len(w) > 1 else w + _NOT_NOUN for w in sorted(r.verbs, key=len, reverse=True))
    return DuePatterns(
        regex.compile(rf"(?:将|把)(?P<what>[^。；]{{2,90}}?)(?P<verb>{r.closing})"),
        regex.compile(rf"(?P<verb>{verbs})(?:至|到|给|了|好)?(?P<what>[^，。；]*)"),
        regex.compile(r.limits),
        regex.compile(r.not_due),
        regex.compile(r.windows),
        regex.compile("|".join(r.acts)),
        regex.compile(rf"{r.makes}(?P<what>(?:《[^《》]*》|（[^（）]*）|[^，。；《》（）]){{1,60}})"),
        regex.compile(r.things),
    )


def is_receiver(text: str) -> bool:
    """Whether a clause names those who owe something rather than what is owed."""
    return not pattern(rf"(?:{patterns().things.pattern}|{_THING_END})(?:（[^）]*）)?$").search(
        text
    ) and bool(_RECEIVER.search(text))


_THING_END = r"表|单|册|书|稿|照片|视频|课件|光盘|资料|论文|摘要|全文|成果|作品|方案|报告|小结|情况"
_RECEIVER = regex.compile(
    r"^(?:请|要求|希望|望|务必|并|同时|原则上)?(?:各|每|全|有关|相关|所有|本|以上|上述|凡)|(?:单位|部门|学院|学校|科协|局|办|委|处|队伍|选手|同学|教师|人员|学员|者|会|县|区|市|街道|乡|镇|社区|支部|工会|企业|高校|院系|部|院|馆|中心)$"
)


def subject(before: Strand) -> Strand | None:
    """The thing due where it stands before the date: 推荐作品请于5月8日前…."""
    carried = pattern(r"(?:将|把)(?P<w>[^，。；：]{2,40}?)(?:于|在)$").search(before.norm.rstrip())
    if carried is not None:
        return trim(before.sub(carried.start("w"), carried.end("w")))  # 将总结材料于…前提交
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
    thing = pattern(rf"(?:{patterns().things.pattern}|{_THING_END})(?:（[^）]*）)?$").search(what.norm)
    if thing is None and (_RECEIVER.search(what.norm) or not match.groupdict().get("modal")):
        return None
    return trim(what)


def behind(strand: Strand, at: int) -> tuple[Strand | None, float, str]:
    """The thing due from what the sentence, else the one before it, says is made: 形成总结报告…."""
    p = patterns()
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
                what = trim(text.sub(start, end))
                if what is not None and not pattern(r"情况|信息").fullmatch(what.norm):
                    return what, confidence, "deadline.made-before"
    return None, 0.0, ""


_OFFICE = r"(?:办公室|办|局|厅|处|科|室|部|会|协会|学会|邮箱|信箱|组委会|中心|秘书处|党委|团委|工会|馆|院|校|学院|公司|平台|系统|网站|小组|站|委|大学|社|所|股|教务|办事处)"
_DESTINATION = regex.compile(
    rf"^(?:至|到|给|往|送|请)?(?:[^，。；（]|（[^）]*）){{0,40}}?{_OFFICE}(?:（[^）]*）)?(?:[^\u4e00-\u9fff]|邮箱|备案|汇总|存档|审核|$)"
)


def what_in(body: Strand) -> tuple[Strand | None, float, str]:
    """The thing due in a clause: 将X报送…, 报送X, X报….

    A verb whose object is an office has its thing before it (活动总结报市科协).
    """
    p = patterns()
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
        what = trim(body.sub(carried.start("what"), carried.end("what")))
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
            and not pattern(r"[^，。；]{0,12}(?:总结|小结|方案|报告|名单|作品|材料|信息|照片|视频|表)").match(
                tail
            )
        ):
            head = pattern(r"(?:^|[，；])(?P<w>[^，。；]{2,60})$").search(norm[: verb.start("verb")].rstrip())
            if head is not None:
                what = trim(_shorn(body.sub(head.start("w"), head.end("w"))))
                if (
                    what is not None
                    and not is_receiver(what.norm)
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
        end = start + (stop.end() if stop else 0)
        to = _TO_OFFICE.search(norm, start, end)
        what = trim(body.sub(start, to.start() if to else end))
        if what is not None and not EMAIL.search(what.norm):
            return what, 0.93, "deadline.verb"


_TO_OFFICE = regex.compile(rf"(?<=[^，。；]{{2}})(?:到|至)[^，。；到至]{{1,24}}?{_OFFICE}$")
"""Where the thing goes, behind it: 发送活动小结到电子信箱."""

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


def trim(what: Strand) -> Strand | None:
    """A thing due without the words and stops around it, None if nothing remains."""
    while what and what.norm[-1] in "，、；。：）" and not (what.norm[-1] == "）" and "（" in what.norm):
        what = what.sub(0, len(what) - 1)
    match = _HEAD_TRIM.match(what.norm)
    if match and match.end() < len(what):
        what = what.sub(match.end())
    return what if len(what.compact) >= 2 else None
