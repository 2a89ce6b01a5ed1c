"""Events: what the notice is about, with series, edition, year and period (docs/record.md, rule 5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from noticetab import rules
from noticetab.extraction.context import Context
from noticetab.normalize import places
from noticetab.patterns import pattern
from noticetab.record import Event, Notice
from noticetab.segment.foot import foot_rules
from noticetab.segment.headings import outer
from noticetab.segment.markers import chinese_number
from noticetab.segment.strand import Strand


class EventRules(rules.Rules):
    """rules/events.toml."""

    series: str
    series_stem: str
    single: str
    tail: str
    opening: str
    held: str
    nothing_held: str


@dataclass(frozen=True)
class _Patterns:
    series_name: regex.Pattern[str]
    tail: regex.Pattern[str]
    opening: regex.Pattern[str]
    mention: regex.Pattern[str]
    series_end: regex.Pattern[str]
    single_end: regex.Pattern[str]
    held: regex.Pattern[str]
    nothing_held: regex.Pattern[str]
    announced: regex.Pattern[str]


_EDITION = r"第\s?(?:\d{1,3}|[一二三四五六七八九十百]{1,5})\s?(?:届|个|期|次|季)|首届|首个"
_YEAR = r"(?:19|20)\d\d\s?年(?:度)?"


@rules.cached
def _patterns() -> _Patterns:
    r = rules.load("events", EventRules)
    series_end = rf"{r.series_stem}{r.series}"
    any_series = rf"(?<![\d每当次即近今本上下前后])[\u4e00-\u9fff”]{{2}}(?<!工作|休息|节假|交易|[一二三四五六七八九十]){r.series}"
    end = rf"(?:{series_end}|{r.single})"
    return _Patterns(
        regex.compile(rf"{series_end}(?:(?<=“[^”]*)”|(?<=\x22[^\x22]*)\x22)?"),
        regex.compile(rf"{r.tail}$"),
        regex.compile(rf"^{r.opening}"),
        regex.compile(
            rf"(?P<name>(?:(?:{_YEAR}|{_EDITION}|“[^”]{{1,12}}”)[\u4e00-\u9fffA-Za-z“”·（）、]{{0,30}}?|[\u4e00-\u9fff]{{2,9}}(?:省|市|区|县|旗|州|盟|镇|乡|街道|大学|学院)"
            rf"(?:{_YEAR}|{_EDITION})[\u4e00-\u9fff“”·（）]{{0,30}}?|(?:国家|全国)[\u4e00-\u9fff“”]{{0,10}}?){end}(?:(?<=“[^”]{{1,12}})”|(?<=\x22[^\x22]{{1,12}})\x22)?(?:(?:主题|系列|集中)?(?:宣传|教育|科普|活动)+[周月])?)(?!期间)"
        ),
        regex.compile(rf"(?:{series_end}|{any_series})[”\x22]?$"),
        regex.compile(rf"(?:{end}|{any_series})[”\x22]?(?:（[^（）]{{1,16}}）)?$"),
        regex.compile(r.held),
        regex.compile(rf"(?:{r.nothing_held})$"),
        regex.compile(
            rf"(?:(?:决定|定于|拟于|拟定于|将于|兹定于|现决定|拟|现)[^，。；]{{0,40}}?|将)(?:联合|共同|集中|组织)*{r.held}"
            rf"(?P<name>[^，。；：]{{4,50}})"
        ),
    )


def extract(context: Context, notice: Notice) -> list[Event]:
    """The events that the notice is about: those of its title, else of its own announcing sentence."""
    names = (
        list(_title_names(context))
        or list(_plan_names(context))
        or list(_embedded_names(context))
        or list(_body_names(context, notice))
        or list(_forwarded_names(context))
    )
    rows: list[Event] = []
    for strand, rule in names:
        name = strand.compact.text
        if not name or any(r.name == name for r in rows):
            continue
        rows.append(
            Event(
                name=name,
                series=series_of(name),
                edition=edition_of(name),
                year=year_of(name),
                evidence=context.evidence(strand),
                rule=rule,
                confidence=_CONFIDENCE.get(rule, 0.9),
            )
        )
    return rows


_CONFIDENCE = {"event.title": 0.97, "event.forwarded": 0.85, "event.held": 0.85}


def edition_of(text: str) -> int | None:
    """第37届, 第十个, 首届 in a text as a number; 第12次 and 30周年 are no editions."""
    match = pattern(r"第\s?(\d{1,3}|[一二三四五六七八九十百]{1,5})\s?[届个期]|(首[届个])").search(text)
    if match is None:
        return None
    return 1 if match[2] else chinese_number(match[1])


def year_of(text: str) -> int | None:
    """The first year printed in a text."""
    match = pattern(r"((?:19|20)\d\d)\s?(?:年|(?=[\u4e00-\u9fff]))").search(text)
    return int(match[1]) if match else None


def strip_identity(name: str) -> str:
    """A name without year, edition and place."""
    bare = pattern(rf"{_YEAR}|{_EDITION}|（[^）]*）|^“[^”]*”|全[省市区县州盟旗校院系乡镇]|(?<=^)暨").sub(
        "", name
    )
    for _ in range(3):
        for mention in places.find_all(bare):
            if mention.start == 0:
                bare = bare[mention.end :]
                break
        else:
            break
    bare = pattern(
        r"^[\u4e00-\u9fff]{2,12}?(?:医院|大学|学院|中学|小学|集团|公司|学会|协会|研究院|研究所)(?=\S{3})"
    ).sub("", bare)
    county = pattern(r"^[\u4e00-\u9fff]县(?=\S{3})").match(bare)
    if county and places.resolve(county.group()) is not None:
        bare = bare[county.end() :]  # 温县: too short to be found in running text
    return pattern(r"^[\u4e00-\u9fff]{1,8}(?:街道|镇|(?<![下城])乡|新区|开发区|高新区)(?=\S{3})").sub(
        "", bare
    )


def series_of(name: str) -> str | None:
    """The recurring day, week or month in an event's name, None for contests and single events."""
    name = name.translate({ord("〝"): "“", ord("〞"): "”"})
    if not _patterns().series_end.search(name):
        return None
    quoted = pattern(r"“([^“”]+)”(?:主题|系列|宣传)*(?:活动)?").fullmatch(name)
    if quoted and _patterns().series_end.search(quoted[1]):
        return quoted[1]
    bare = strip_identity(name)
    if (bare[:1], bare[-1:]) in (("“", "”"), ('"', '"')):
        bare = bare[1:-1]
    return bare.strip("“”") if bare.count("“") != bare.count("”") else bare or None


def _clean(strand: Strand) -> Strand | None:
    """What remains of a title's matter as an event name, or None if nothing of the kind does."""
    p = _patterns()
    held = False
    while True:
        norm = strand.norm
        opened = p.opening.match(norm)
        if opened and opened.end() < len(norm):
            held = held or p.held.search(opened[0]) is not None
            strand = strand.sub(opened.end())
            continue
        break
    whole = strand
    while True:
        norm = strand.norm
        if p.single_end.search(norm) and not norm.endswith("推荐"):
            break
        match = p.tail.search(norm)
        if match is None or match.start() < 3:
            break
        strand = strand.sub(0, match.start())
    norm = strand.norm
    if not p.single_end.search(norm):
        # 科技周重点活动: the name ends with its first series word.
        hit = p.series_name.search(norm)
        if hit is None:
            return _held_name(whole, strand) if held else None
        strand = strand.sub(0, hit.end())
        during = strand.norm.rfind("在")
        if during > 0 and pattern(r"在(?:19|20|全国|第)").match(strand.norm, during):
            strand = strand.sub(during + 1)  # 实验室在2022年全国科技活动周期间开放
    own = pattern(r"[我本](?:[校院市省县区局馆所会盟旗]|公司|街道|镇|乡)(?=\S{3})").match(strand.norm)
    if own:
        strand = strand.sub(own.end())  # 我校第十届读书月
    if len(strand) < 3 or pattern(r"(?:活动|会议|大会|培训|工作会)").fullmatch(strand.norm):
        return None
    return strand


_QUOTED = regex.compile(r"“[^“”]{2,24}”")


def _held_name(whole: Strand, bare: Strand) -> Strand | None:
    """The name of what is held or carried out (开展“医生进山村”活动, 举办职工运动会), whatever word it ends with.

    It is an event if it calls itself 活动 or carries a name in quotes, a year or an edition, and is none of
    the works of an office that are carried out too (检查, 整治, 调查).
    """
    ends = pattern(r"的?(?:预|补充|紧急|更正)?(?:通知|通告|公告|函|启事)?$").sub("", whole.norm)
    marked = _QUOTED.search(bare.norm) or pattern(rf"{_YEAR}|{_EDITION}").search(bare.norm)
    if not ends.endswith("活动") and not marked:
        return None
    name = bare.sub(0, len(pattern(r"(?:(?:系列|主题|宣传)?活动)?(?:的(?:实施|工作)?)?$").sub("", bare.norm)))
    during = pattern(rf"^.*期间(?:{_patterns().held.pattern})+(?=\S{{4}})").match(name.norm)
    name = name.sub(during.end()) if during else name  # 2013年元旦春节期间组织开展科技下乡
    if len(name) < 4 or _patterns().nothing_held.search(name.norm) or "，" in name.norm:
        return None
    return name


def _split_joint(strand: Strand) -> list[Strand]:
    """Two events joined by 暨 or 和, each with its own name and edition; else the one."""
    for at in outer(strand.norm, "暨"):
        first, second = strand.sub(0, at), strand.sub(at + 1)
        if (
            pattern(_EDITION + "|" + _YEAR).search(second.norm)
            and _patterns().single_end.search(first.norm)
            and pattern(_EDITION + "|" + _YEAR).search(first.norm)
        ):
            return [first, *_split_joint(second)]
    return [strand]


def _title_names(context: Context) -> Iterator[tuple[Strand, str]]:
    title = context.doc.parts.title
    if title is None:
        return
    strand = title.compact
    norm = strand.norm
    inner = (norm.find("《"), norm.rfind("》"))
    about = norm.find("关于")
    if 0 <= inner[0] < inner[1]:
        if pattern(r"(?:转发|批转)").search(norm[: inner[0]]):
            return  # read by _forwarded_names
        strand = strand.sub(inner[0] + 1, inner[1])
        nested = strand.norm.find("关于")
        if nested >= 0:
            strand = strand.sub(nested + 2)
    elif about >= 0:
        if pattern(r"(?:转发|批转)").match(norm[about + 2 :]):
            return
        strand = strand.sub(about + 2)
    for piece in _split_joint(strand):
        cleaned = _clean(piece)
        if cleaned is not None:
            yield cleaned, "event.title"


def _plan_names(context: Context) -> Iterator[tuple[Strand, str]]:
    """The event in the title of an enclosed plan, if the notice only passes that plan on by name."""
    if context.doc.parts.title is not None and pattern(r"(?:转发|批转)").search(
        context.doc.parts.title.compact.norm
    ):
        return
    for unit in context.doc.parts.units[1:]:
        if unit.title is not None and pattern(r"(?:方案|安排|计划)$").search(unit.title.compact.norm):
            cleaned = _clean(unit.title.compact)
            if cleaned is not None:
                yield cleaned, "event.plan-title"
                return


def _embedded_names(context: Context) -> Iterator[tuple[Strand, str]]:
    """The event in the title of the document that a cover passes on, if that document stands behind it."""
    title = context.doc.parts.title
    if title is None or not foot_rules().types.forwards.search(title.compact.norm):
        return
    for unit in context.doc.parts.units[1:]:
        strand = unit.title.compact if unit.title is not None else None
        about = strand.norm.find("关于") if strand is not None else -1
        if strand is None or about < 0:
            continue
        for piece in _split_joint(strand.sub(about + 2)):
            cleaned = _clean(piece)
            if cleaned is not None:
                yield cleaned, "event.embedded-title"
        return


def _forwarded_names(context: Context) -> Iterator[tuple[Strand, str]]:
    """The event of the document that is passed on, if the notice names none of its own.

    What a cover passes on counts (docs/record.md, rule 11).
    """
    title = context.doc.parts.title
    if title is None:
        return
    match = _FORWARDED.search(title.compact.norm)
    cleaned = _clean(title.compact.sub(*match.span("matter"))) if match else None
    if cleaned is not None:
        yield cleaned, "event.forwarded"


_FORWARDED = regex.compile(r"(?:转发|批转).*关于(?P<matter>[^《》〈〉]+?)的(?:通知|函|意见|方案)")
_ANNOUNCE = regex.compile(r"(?:决定|定于|拟于|拟定于|将于|兹定于|现决定|举办|开展|举行|组织开展|召开|主办)")
_CITED = regex.compile(r"《[^《》]*(?:〈[^〈〉]*〉[^《》]*)*》(?:（[^（）]*）)?")


# 定于…举办 without another subject before it is the issuer's own, whatever the event is called.
_OWN_PLAN = regex.compile(
    r"(?:现|兹|经研究|[我本][\u4e00-\u9fff]{1,3})?(?:决定|定于|兹定于|拟于|拟定于|将于)"
)


def _body_names(context: Context, notice: Notice) -> Iterator[tuple[Strand, str]]:
    """The event that the notice's own sentence announces: 决定举办 X, X 定于…举行."""
    p = _patterns()
    best: tuple[float, Strand] | None = None
    own = {x for x in (notice.region, context.region.full_name if context.region else None) if x}
    seen = 0
    for _, node in context.doc.nodes():
        for strand in node.strands():
            seen += 1
            if seen > 14:
                break
            compact = strand.compact
            norm = _CITED.sub(lambda m: "　" * len(m.group()), compact.norm)
            for match in p.mention.finditer(norm, overlapped=False):
                start = match.start("name")
                sentence = norm.rfind("。", 0, start) + 1
                before, after = norm[sentence:start], norm[match.end() : match.end() + 14]
                clause = before[max(before.rfind("，"), before.rfind("；")) + 1 :]
                score = 0.0
                if pattern(_ANNOUNCE.pattern + r"[^，。；]{0,24}$").search(clause):
                    score += 3
                if pattern(r"(?:活动)?(?:定于|将于|拟于|于|从\d|自\d|时间为)").match(after):
                    score += 2
                name = match["name"]
                if any(x in name or x.rstrip("省市区县") in name for x in own):
                    score += 2
                elif not own and pattern(r"(?:决定|定于)[^，。；]{0,24}$").search(clause):
                    score += 1  # a national body's own event
                elif pattern(r"国家|全国|世界|国际|联合国").search(name) and not _OWN_PLAN.match(clause):
                    score -= 0.5 if pattern(r"我[校院市县区省司]|学校|全[校市区县]").search(clause) else 2
                if pattern(r"(?:为|是|迎接|参加|要求|精神|已|去年)[^，]{0,6}$").search(clause):
                    score -= 2
                if pattern(r"[一二三四五六七八九十]是[^。；]*$").search(before) or node.role == "activity":
                    score -= 2  # an item of the event
                score -= 0.05 * seen
                if score > 1.5 and (best is None or score > best[0]):
                    best = (score, _bare_name(compact.sub(_placed(norm, start, sentence), match.end("name"))))
    if best is not None:
        yield best[1], "event.announced"
        return
    yield from _announced_names(context)


_FIRST_STRANDS = 14
"""Paragraphs among which a notice says what it announces."""


def _announced_names(context: Context) -> Iterator[tuple[Strand, str]]:
    """What the issuer has decided to hold, whatever it is called: 决定于5月20日召开…会议, 现决定开展“…”系列活动."""
    strands = (strand for _, node in context.doc.nodes() for strand in node.strands())
    for strand, _ in zip(strands, range(_FIRST_STRANDS), strict=False):
        compact = strand.compact
        for match in _patterns().announced.finditer(compact.norm):
            name = compact.sub(*match.span("name"))
            cut = name.norm.find("活动") + 2  # 系列活动，现将… and what else follows
            name = name.sub(0, cut) if cut >= 6 else name
            cleaned = _clean(name) or _held_name(name, _without_tail(name))
            if cleaned is not None:
                yield cleaned, "event.held"
                return


def _without_tail(strand: Strand) -> Strand:
    match = _patterns().tail.search(strand.norm)
    return strand.sub(0, match.start()) if match and match.start() >= 3 else strand


def _placed(norm: str, start: int, sentence: int) -> int:
    """Where a mention begins if the place before its year or edition is taken whole: 巴音郭楞蒙古自治州第50个…"""
    mark = pattern(rf"{_YEAR}|{_EDITION}").search(norm, start)
    if mark is None:
        return start
    at = mark.start()
    for place in reversed(places.find_all(norm[sentence:at])):
        if sentence + place.end == at:
            at = sentence + place.start
    return at if at < mark.start() else start


_LED = regex.compile(
    r"^.*(?:开展|举办|举行|召开|组织|参加|迎接|做好|办好|在|于|对|为|把|将|我[省市区县校])(?=\S{4})"
)


def _bare_name(strand: Strand) -> Strand:
    """A mention without the verbs that a greedy place name took in before the year or edition."""
    mark = pattern(rf"{_YEAR}|{_EDITION}").search(strand.norm)
    led = _LED.match(strand.norm[: mark.start() + 4] if mark else "")
    return strand.sub(led.end()) if led and mark and led.end() <= mark.start() else strand


_PAST = regex.compile(r"(?:去年|上年|上一年|上届|往届|往年|历年|历届|以往|自)[^，。；]*$")


def series_edition(context: Context, row: Event) -> int | None:
    """The edition of the national event that this one is part of, where the notice states it."""
    core = pattern(r"^(?:全国|国家)|(?:宣传|活动)*[周月日季]$").sub("", row.series or "")
    if len(core) < 2:
        return None
    stated = pattern(
        rf"(?:第\s?(?P<n>\d{{1,3}}|[一二三四五六七八九十百]{{1,5}})\s?|首)[届个](?:(?:全国|国家)“?{regex.escape(core)}(?:宣传|活动)*[周月日季]"
        rf"|“?{regex.escape(row.series or core)})"
    )
    for _, node in context.doc.nodes():
        for strand in node.strands():
            norm = strand.compact.norm
            match = stated.search(norm)
            if match and not _PAST.search(norm, max(0, match.start() - 8), match.start()):
                return chinese_number(match["n"]) if match["n"] else 1
    return None
