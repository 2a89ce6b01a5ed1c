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
    sends: list[str]
    handing: list[str]
    means: list[str]
    nouns: dict[str, str]
    noun_ends: dict[str, str]
    copies: list[str]
    late: list[str]
    closes: list[str]
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
    headings: rules.Regex
    goes_on: rules.Regex


class OfficeRules(rules.Rules):
    """Where things are sent."""

    endings: list[str]


class ReceiverRules(rules.Rules):
    """Who owes something."""

    endings: list[str]
    opening: str


class DemandRules(rules.Rules):
    """rules/demands.toml."""

    deadlines: DeadlineRules
    offices: OfficeRules
    receivers: ReceiverRules
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
    sends: frozenset[str]
    sending: str
    """The verbs of sending as one alternation."""
    means: frozenset[str]
    objectless: frozenset[str]
    """The acts of handing in that say nothing without what is handed in: 征集, 提交, but not 报名."""
    copies: str
    """What a thing is handed in as, as one alternation."""
    late: regex.Pattern[str]
    """A clause behind a limit that says what happens to those who are late."""
    closes: regex.Pattern[str]
    """What closes on a day, right behind it."""
    handing: str
    """The acts of handing in as one alternation."""
    office: str
    """The ends of names of offices as one alternation."""
    to: regex.Pattern[str]
    """Where something is sent: 报送至市科技局, 传真或发邮件至市科技局."""
    receiver: regex.Pattern[str]
    """The end of the name of those who owe something."""
    receivers: regex.Pattern[str]
    """A clause that names those who owe something."""


@rules.cached
def patterns() -> DuePatterns:
    """The compiled patterns of demands."""
    demands = rules.load("demands", DemandRules)
    r = demands.deadlines
    verbs, sends = _verbs(r.verbs, r), _verbs(r.sends, r)
    office, tail = _either(demands.offices.endings), _either(demands.receivers.endings)
    return DuePatterns(
        regex.compile(rf"(?:将|把)(?P<what>[^。；]{{2,90}}?)(?P<verb>{r.closing})"),
        regex.compile(rf"(?P<verb>{verbs})(?:至|到|给|了|好)?(?P<what>[^，。；]*)"),
        regex.compile(r.limits),
        regex.compile(r.not_due),
        regex.compile(r.windows),
        regex.compile("|".join(r.acts)),
        regex.compile(rf"{r.makes}(?P<what>(?:《[^《》]*》|（[^（）]*）|[^，。；：《》（）]){{1,60}})"),
        regex.compile(r.things),
        frozenset(r.sends),
        sends,
        frozenset(r.means),
        frozenset(r.handing).difference(r.acts),
        _either(r.copies),
        regex.compile(rf"[，,]?(?:{_either(r.late)}).*"),
        regex.compile(rf"\s*(?:将|予以|即|正式)?(?:{_either(r.closes)})"),
        _either(r.handing),
        office,
        regex.compile(
            rf"(?:{sends})(?:(?:或者?|及|和|、)(?:以|通过|直接)?(?:{sends})){{0,3}}(?:至|到|给|往|达)?(?P<to>(?:[我本]|(?:[^，。；（）]|（[^）]*）){{2,48}}?)(?:{office}))(?=[，。；（）]|$|进行|汇总|审核|备案)"
        ),
        regex.compile(rf"(?:{tail})(?:（[^）]*）)?$"),
        regex.compile(rf"^{demands.receivers.opening}|(?:{tail})(?:（[^）]*）)?$"),
    )


def _either(words: list[str]) -> str:
    """An alternation, longer words first."""
    return "|".join(sorted(words, key=len, reverse=True))


def _verbs(words: list[str], rules: DeadlineRules) -> str:
    """An alternation of verbs, those of one character not within nouns (报名, 发展, 申报书)."""
    before, behind = rules.noun_ends, rules.nouns
    longest = sorted(words, key=len, reverse=True)
    return "|".join(
        (f"(?<![{before[w]}])" if w in before else "") + w + (f"(?![{behind[w]}])" if w in behind else "")
        for w in longest
    )


def is_receiver(text: str) -> bool:
    """Whether a clause names those who owe something rather than what is owed."""
    return not pattern(rf"(?:{patterns().things.pattern}|{_THING_END})(?:（[^）]*）)?$").search(
        text
    ) and bool(patterns().receivers.search(text))


_THING_END = r"表|单|册|书|稿|照片|视频|课件|光盘|资料|论文|摘要|全文|成果|作品|方案|报告|小结|情况"


def subject(before: Strand) -> Strand | None:
    """The thing due where it stands before the date: 推荐作品请于5月8日前…."""
    opening = before.norm.rfind("（")
    if opening > before.norm.rfind("）"):
        before = before.sub(opening + 1)  # 明确专人负责（名单于…前报…）
    carried = pattern(r"(?:将|把)(?P<w>[^，。；：]{2,40}?)(?:于|在)$").search(before.norm.rstrip())
    if carried is not None:
        return trim(before.sub(carried.start("w"), carried.end("w")))  # 将总结材料于…前提交
    stated = _topic().search(before.norm.rstrip())
    if stated is not None:
        return trim(before.sub(stated.start("w"), stated.end("w")))
    match = pattern(
        r"(?:^|[，；：])(?P<w>[^，。；：]{2,40}?)(?P<modal>(?:请|应|须|需|要|务必|均|一律|统一|分别)*)(?:于|在)?$"
    ).search(before.norm.rstrip())
    if match is None or pattern(r"将|把|(?<![申邀聘])请|要求").search(match["w"]):
        # 申报表由各单位汇总后，于…前报: the clause before holds the thing.
        match = pattern(
            r"(?:^|[，；])(?P<w>[^，。；：将把请]{2,40}?)由[^，。；]{2,24}(?:后)?，(?:统一|并)?于?$"
        ).search(before.norm.rstrip())
        if match is None:
            return None
    what = before.sub(match.start("w"), match.end("w"))
    thing = pattern(
        rf"(?:{patterns().things.pattern}|{_THING_END})(?:{patterns().copies})?(?:（[^）]*）)?$"
    ).search(what.norm)
    if thing is None and (patterns().receivers.search(what.norm) or not match.groupdict().get("modal")):
        return None
    return trim(what)


_MADE = "填|形成|撰写|制[定作]|编[写制]|整理|完成|做好|[将把请由于]"
"""A verb, so that what stands there is no noun by itself."""


@rules.cached
def _topic() -> regex.Pattern[str]:
    """A thing that opens the sentence, with copies or with what each owes, before 于: 申报书一式三份，于…; 征文每校报送3篇，于…."""
    p = patterns()
    return regex.compile(
        rf"(?:^|[；：])(?:(?P<w>(?:申报|(?!{p.sending}|{_MADE})[^，。；：\d]){{0,30}}?(?:{p.things.pattern}|{_THING_END}))(?:（[^（）]*）)?(?:（?(?:纸质版?|原件)?各?一式[\d一二两三四五六七八九十]+[份套册]）?)?|(?P<w>(?:申报|(?!{p.sending}|{_MADE})[^，。；：\d]){{2,16}}?)每(?:个|所|家|支)?[^，。；：]{{1,10}}?(?:{p.handing})[^，。；：]{{0,10}}?\d[^，。；：]{{0,8}})，(?:请|须|应|务必|统一|并)*(?:于|在)?$"
    )


_REACH = 400
"""Characters before a date in which what belongs to it is looked for."""


def behind(strand: Strand, at: int) -> tuple[Strand | None, float, str]:
    """The thing due from what the sentence, else the one before it, says is made: 形成总结报告…."""
    p = patterns()
    norm = strand.norm
    begin = max(norm.rfind("。", 0, at), norm.rfind("；", 0, at)) + 1
    earlier = max(norm.rfind("。", 0, max(0, begin - 1)), norm.rfind("；", 0, max(0, begin - 1))) + 1
    begin, earlier = max(begin, at - _REACH), max(earlier, at - 2 * _REACH)
    for first, confidence in ((begin, 0.85), (earlier, 0.75)):
        text = strand.sub(first, at)
        for clue, name in ((p.made, "what"), (p.things, "")):
            hits = list(clue.finditer(text.norm))
            if hits:
                hit = hits[-1]
                start, end = hit.span(name) if name else hit.span()
                what = trim(text.sub(start, end))
                if what is not None and (then := pattern(r"(?<=..)(?:之|以)?后$").search(what.norm)):
                    what = what.sub(0, then.start())  # 汇总活动情况后，于…
                if what is not None and not pattern(r"情况|信息|(?:后|并|于|再).*").fullmatch(what.norm):
                    return what, confidence, "deadline.made-before"
    return None, 0.0, ""


@rules.cached
def _destination() -> regex.Pattern[str]:
    """An office at the beginning of what follows a verb: 报送市科技局."""
    return regex.compile(
        rf"^(?:至|到|给|往|达|送|请)?(?:[^，。；（]|（[^）]*）){{0,40}}?(?:{patterns().office})(?:（[^）]*）)?(?:[^\u4e00-\u9fff]|邮箱|备案|汇总|存档|审核|$)"
    )


@rules.cached
def _to_office() -> regex.Pattern[str]:
    """Where the thing goes, behind it: 发送活动小结到电子信箱."""
    return regex.compile(rf"(?<=[^，。；]{{2}})(?:到|至)[^，。；到至]{{1,24}}?(?:{patterns().office})$")


def what_in(body: Strand) -> tuple[Strand | None, float, str]:
    """The thing due in a clause: 将X报送…, 报送X, X报….

    A verb whose object is an office has its thing before it (活动总结报市科协).
    """
    p = patterns()
    norm = body.norm
    carried = p.carried.search(pattern(r"《[^》]*》|（[^）]*）").sub(lambda m: "\x00" * len(m.group()), norm))
    masked = pattern(r"《[^》]*》|“[^”]*”|（[^）]*）").sub(lambda m: "\x00" * len(m.group()), norm)
    if carried is not None:
        # 提交总结，并将电子版报…: what is handed in first is the thing due.
        earlier = p.verb.search(masked, 0, carried.start())
        if (
            "，" in norm[: carried.start()]
            and earlier is not None
            and earlier["verb"] not in p.means
            and earlier["what"].strip("\x00 ")
        ):
            carried = None
    if carried is not None and not pattern(r"[。；]").search(norm[: carried.start()]):
        what = trim(_without_way(body.sub(carried.start("what"), carried.end("what"))))
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
            verb["verb"] in p.sends
            and _destination().match(tail)
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
        if verb["verb"] in p.means or (not verb["what"].strip("\x00 ") and not pattern(r"《|“").match(tail)):
            if verb["verb"] in p.acts.pattern.split("|") and pattern(r"[，。；]|$").match(tail):
                return body.sub(verb.start("verb"), start), 0.85, "deadline.act"
            continue
        if linked is not None:
            start += linked.end()
        stop = pattern(
            r"(?:《[^》]*》|“[^”]*”|（[^）]*）|(?!，(?:\d{1,2}月|统一|并于|同时|由|电子版|均|纸质|发送|逾期|过期|具体|未|以便|报|并(?:报|发|将|按|确|加|通|做|回|寄|送|交|传|上传|反馈|邮)|经|登|加盖|其中|每|方可))[^。；])+"
        ).match(
            norm[start:],
        )
        end = start + (stop.end() if stop else 0)
        to = _to_office().search(norm, start, end)
        what = trim(body.sub(start, to.start() if to else end))
        if (
            what is not None
            and (again := p.verb.match(what.norm))
            and again["verb"] in p.sends
            and len(again["verb"]) > 1
            and again["what"]
        ):
            what = trim(what.sub(again.start("what")))  # 填写提交申报材料: the last of several verbs
        if what is not None and not EMAIL.search(what.norm):
            return what, 0.93, "deadline.verb"


def _without_way(what: Strand) -> Strand:
    """A thing without the way it is sent by behind it: 回执通过电子邮件."""
    match = pattern(r"(?<=..)(?:通过|采取|采用|以)[^，。；、（）]{2,16}$").search(what.norm)
    return what.sub(0, match.start()) if match else what


def _shorn(what: Strand) -> Strand:
    """A noun before its verb, without the words between: 以书面形式, 统一, 加盖公章后."""
    match = pattern(
        r"(?:以[^，。；]{1,12}(?:形式|方式)|通过[^，。；]{2,12}|统一|及时|一并|分别|按时|书面|加盖公章后?|盖章后?|扫描后?|并|电子版)+$"
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
