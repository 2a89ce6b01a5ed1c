"""Deadlines: obligations with a date (docs/record.md, rule 10)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

import regex

from noticetab import rules
from noticetab.dates import Found
from noticetab.extraction import due, labels, parties
from noticetab.extraction.context import Context
from noticetab.patterns import pattern
from noticetab.record import Deadline
from noticetab.segment.outline import Node
from noticetab.segment.strand import Strand
from noticetab.segment.table import Table


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
        for grid in node.grids:
            rows += _in_table(context, grid)
    return [row for row in rows if not _is_named_elsewhere(row, rows)]


def _in_table(context: Context, grid: Table) -> Iterator[Deadline]:
    """What a table of tasks says under 完成时限: the task is due, its leading office owes it."""
    due_at, named = grid.index("due"), grid.index("name", "description")
    if due_at is None or named is None:
        return
    owes = grid.index("organizers", "unit")
    for row in grid.rows:
        cell, what = row[due_at], row[named]
        found = next((f for f in context.dates(cell) if f.starts_on or f.ends_on), None) if cell else None
        if cell is None or what is None or found is None:
            continue
        who = row[owes] if owes is not None else None
        yield _row(
            context, cell, found, what.compact.text, who.value if who else None, None, "deadline.table", 0.9
        )


def _is_named_elsewhere(row: Deadline, rows: list[Deadline]) -> bool:
    """Whether a row names only the act of handing in (征集时间：…) and another of that day what is handed in."""
    acts = due.patterns().objectless
    return row.what in acts and any(r.due_on == row.due_on and r.what not in acts for r in rows)


def _same(a: str | None, b: str | None) -> bool:
    if not a or not b:
        return a == b
    a, b = "".join(a.split()), "".join(b.split())
    return a == b


def _strands(node: Node) -> Iterator[tuple[Strand, str]]:
    """The node's prose, with ``window`` where a heading or label makes it a window of submission."""
    window = bool(due.patterns().windows.search(node.title)) or node.title in ("截止时间", "截止日期")
    if node.heading is not None and _due_heading().search(node.heading.norm):
        yield node.heading, ""
    for strand in node.strands():
        yield strand, "window" if window else ""


@rules.cached
def _due_heading() -> regex.Pattern[str]:
    """An item whose whole first sentence demands something, which reads as a heading."""
    return regex.compile(rf"(?:[日号月旬底时\d]|下班|放学)之?前(?:.*(?:{due.patterns().sending})|请.{{2,}})")


_CLAUSE_END = "。；"


def _in_strand(context: Context, strand: Strand, field: str, node: Node) -> Iterator[Deadline]:
    known = (f for f in context.standing(strand) if f.starts_on is not None or f.ends_on is not None)
    # A window whose end cannot be known (10月20日至10月12日) is due nobody knows when.
    found = [f for f in known if f.last is None or f.ends_on is not None]
    if not found:
        return
    norm = strand.norm
    pairs = [p for p in labels.pairs(strand) if p.field == "window" and "公示" not in p.label]
    spent: set[int] = set()
    for pair in pairs:
        inside = [f for f in found if pair.start <= f.start < pair.end]
        if not inside:
            continue
        cut = _stop(norm, inside[0].end, len(norm))  # 报名截止日期：5月15日；作品提交截止日期：6月10日
        inside = [f for f in inside if f.start < cut]
        last = inside[-1]
        if last.ends_on is None and last.starts_on is None:
            continue
        spent.update(f.start for f in inside)
        what = pattern(r"(?:截止|起止)?(?:时间|日期)$").sub("", pair.label).replace("截止", "") or None
        if what in (None, "完成", "办理") or pair.label in ("完成时限", "办理时限", "完成期限"):
            what = _topic(node)
        yield _row(context, strand, last, what, None, None, "deadline.window")
    dues = [f for f in found if f.start not in spent and _is_due(f, strand, field)]
    limits = sorted([(f.start, f.end) for f in dues] + [m.span() for m in _RECURRING.finditer(norm)])
    starts = [start for start, _ in limits]
    shared: list[tuple[Found, str]] = []
    for f in dues:
        begin = max((norm.rfind(c, 0, f.start) for c in _CLAUSE_END), default=-1) + 1
        at = bisect_left(starts, f.start)
        earlier = limits[at - 1][1] if at else 0
        if earlier > begin:
            begin = _BETWEEN.match(norm, earlier).end()  # type: ignore[union-attr]
        staged = norm.startswith("）：", f.end)  # 初赛（5月10日前）：各学校…
        end = (
            f.end + 2
            if staged
            else f.end + 1
            if _is_bracketed(norm, f) or _is_limited_bracket(norm, f)
            else f.end
        )
        at = bisect_right(starts, f.start)
        following = starts[at] if at < len(starts) else len(norm)
        stop = _stop(norm, end, following)
        if stop == following < len(norm):
            comma = norm.rfind("，", end, following)
            stop = comma if comma > 0 else following
        after = strand.sub(end, stop)
        series = _series(norm, found, f)
        whole_begin = (
            max((norm.rfind(c, max(0, f.start - 400), f.start) for c in _CLAUSE_END), default=-1) + 1
        )
        whole_begin = max(whole_begin, f.start - 400)
        before = strand.sub(begin, series[0].start if series[0].start > begin else f.start)
        if norm.startswith("）", f.end) and before.norm.endswith("（"):
            # 申请表于第二周周五（9月11日）下班之前…: the words before the bracket say the day in another way.
            said = pattern(r"(?<=于|在)[^，。；：于在]{1,12}（$|（$").search(before.norm)
            before = before.sub(0, said.start() if said else None)
        row = _demand(context, strand, f, before, after, strand.sub(whole_begin, f.start), field, node)
        if row is not None and staged and row.rule == "deadline.made-before":
            row = None  # what the stage before it made
        if row is None:
            # 各县于5月15日前、市直各单位于5月20日前将方案报…: the thing stands behind the last date.
            owing = parties.who(before, before, strand.sub(0, 0))
            if owing is not None and pattern("[、，]").match(after.norm):
                shared.append((f, owing))
            continue
        for date, owing in shared:
            yield _row(context, strand, date, row.what, owing, row.channel, "deadline.shared", 0.88)
        shared.clear()
        yield from _respectively(context, strand, series, row)


_RECURRING = regex.compile(
    r"每(?:个|逢)?(?:周|星期|月|旬|季度?|半年|年|学期|[天日](?!常))[^，。；、]{0,8}?前"
)
"""A time limit that comes again: 每周五前, 每月25日前; it bounds what is due at a date."""

_BETWEEN = regex.compile(r"(?:[之以]?前)?[，、和及与]?")
"""What parts a demand from the one before it."""

_RESPECTIVELY = regex.compile(r"分别(?:于|在)?$")


def _series(norm: str, found: list[Found], last: Found) -> list[Found]:
    """A date with those joined to it before it: 5月15日和6月10日前."""
    series = [last]
    at = bisect_left(found, last.start, key=lambda f: f.start)
    for i in range(at - 1, max(-1, at - 12), -1):
        earlier = found[i]
        if not pattern(r"\s*(?:前)?\s*[、，和及与]\s*").fullmatch(norm, earlier.end, series[0].start):
            break
        series.insert(0, earlier)
    return series


def _respectively(context: Context, strand: Strand, series: list[Found], row: Deadline) -> Iterator[Deadline]:
    """分别于5月15日和6月10日前将方案、总结报送…: a row for each date, each with its own thing."""
    if len(series) == 1 or not _RESPECTIVELY.search(strand.norm[: series[0].start]):
        yield row
        return
    things = [x for x in pattern(r"[、和及与]").split(row.what or "") if x]
    matched = len(things) == len(series)
    for at, date in enumerate(series):
        yield _row(
            context,
            strand,
            date,
            things[at] if matched else row.what,
            row.who,
            row.channel,
            "deadline.respectively",
            0.88 if matched else 0.5,
        )


def _stop(norm: str, start: int, limit: int) -> int:
    depth = 0
    for i in range(start, limit):
        c = norm[i]
        if c in "（《“":
            depth += 1
        elif c in "）》”":
            depth -= 1
            if depth < 0:
                return i
        elif (c == "。" and depth <= 0) or (c == "；" and depth <= 0):
            return i
    return max(start, limit)


def _is_due(found: Found, strand: Strand, field: str) -> bool:
    """Whether a date is a time limit: its own mark (前, 截止), the words before it, or its window."""
    norm = strand.norm
    if found.open_start:
        return True
    if due.patterns().limit.search(norm[max(0, found.start - 8) : found.start]):
        return True
    if pattern(rf"{due.patterns().windows.pattern}(?:为|是|：|定于|定为)?$").search(
        norm[max(0, found.start - 16) : found.start]
    ):
        return True
    if _is_bracketed(norm, found):
        return True
    if _is_period(found) and _stage().match(norm, found.end):
        return True
    if due.patterns().closes.match(norm, found.end) or _stated().search(
        norm[max(0, found.start - 60) : found.start]
    ):
        return True
    after = norm[found.end : found.end + 5]
    if pattern(r"\s*(?:(?:下班|放学|中午|午)之?前|前|之前)").match(after):
        return True
    if _is_period(found) and found.precision != "year" and _demanded().match(norm, found.end):
        clause = norm[max((norm.rfind(c, 0, found.start) for c in "，。；"), default=-1) + 1 : found.start]
        ahead = norm[found.end : found.end + 12]
        if _ASKED.search(clause) or _ASKED.search(ahead):
            return True
    if _is_period(found) and _opened().search(norm[max(0, found.start - 32) : found.start]):
        return True
    return field == "window"


def _is_bracketed(norm: str, found: Found) -> bool:
    """Whether a date says in brackets when a limit before it is: 第12周周五前（5月17日）, 结束后一周内（5月3日前）."""
    lead = norm[max(0, found.start - 2) : found.start]
    return lead in ("前（", "内（") and norm.startswith("）", found.end)


def _is_limited_bracket(norm: str, found: Found) -> bool:
    """Whether a date in brackets is the limit that the words before them say in another way: 四月初一（5月8日）前."""
    return found.open_start and norm.startswith("）", found.end) and norm[: found.start].endswith("（")


def _is_period(found: Found) -> bool:
    return found.ends_on is not None and found.starts_on != found.ends_on


@rules.cached
def _stage() -> regex.Pattern[str]:
    """What a period is for, behind it: 5月16日至6月10日为作品提交阶段."""
    return regex.compile(
        rf"\s*(?:为|是)(?P<w>[^，。；]{{0,16}}?)(?P<act>{due.patterns().handing})(?:阶段|环节|时间|期间|期)"
    )


@rules.cached
def _opened() -> regex.Pattern[str]:
    """A stage of handing in before its period: 作品提交：6月1日—10日, 初赛报名（…）."""
    return regex.compile(
        rf"(?:^|[，。；：])(?P<w>[^，。；：（）]{{0,20}}?)(?P<act>{due.patterns().handing})(?:阶段)?[：（]$"
    )


@rules.cached
def _demanded() -> regex.Pattern[str]:
    """A demand behind a period, within which it is to be met: 5月8日至15日期间报送方案."""
    return regex.compile(
        rf"\s*(?:期间|之间|内)?[，,]?[^，。；]{{0,30}}?(?:{due.patterns().handing})(?!的|情况|阶段)"
    )


_ASKED = regex.compile(r"请|须|务必|应当?(?=于|在|$)|各[\u4e00-\u9fff（）]{1,12}?(?:于|在|将|$)")


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
    p = due.patterns()
    rest = pattern(r"\s*）?\s*(?:之前|以前|(?:下班|放学|中午|午)之?前|前|截止|为止|止)?[，,、）]?\s*").match(
        after.norm
    )
    body = after.sub(rest.end() if rest else 0)
    if _demanded().match(after.norm) and (during := pattern(r"(?:期间|之间|内)[，,]?").match(body.norm)):
        body = body.sub(during.end())
    if pattern(r"\s*(?:之前|以前|前)?仍?(?:未|没有|不)").match(after.norm):
        return None  # 5月15日前未提交的，视为放弃
    if (late := p.late.search(body.norm)) is not None:
        body = body.sub(0, late.start())
    if p.not_due.match(body.norm) or pattern(
        r"(?:出生|创作|发表|取得|毕业)的?(?:原创|作品|成果|，|。|$)|完成(?:的|，|。|$|原创)"
    ).match(body.norm):
        return None
    stage = _stage().match(after.norm) if _is_period(found) else None
    opened = _opened().search(lead.norm) if _is_period(found) else None
    if opened is not None and not body:
        of = _of(lead, opened)
        return _row(context, strand, found, of.value, None, None, "deadline.window", 0.88)
    if stage is not None:
        of = _of(after, stage)
        return _row(context, strand, found, of.value, None, None, "deadline.window", 0.88)
    if _ANNOUNCED.search(before.norm) and not pattern(r"(?:各|每|请)").search(before.norm):
        return None
    opening = "".join(pattern(r"^截止[到至于]?").findall(found.raw))
    limited = pattern(
        rf"(?:^|[，；。：])(?:[^，。；：]{{2,20}}的)?(?P<w>[^，。；：]{{2,40}}?)的?(?P<act>{p.handing})?(?:的)?截止(?:时间|日期)?{_MOVED}(?:为|是|：|到|至)?$"
    ).search(lead.norm.rstrip() + opening)
    if limited is not None:
        named = due.trim(_of(lead, limited))
        way = pattern(r"(?:网上|在线|线上|网络|系统|平台)[^，。；：]*$").search(named.norm) if named else None
        if way and way.start() and named and due.is_receiver(named.norm[: way.start()]):
            # 申报单位网上填报截止时间: who, and what they do
            end = limited.end("act") if limited["act"] else limited.end("w")
            act = lead.sub(limited.start("w") + way.start(), end)
            owing = named.sub(0, way.start()).value
            return _row(context, strand, found, act.value, owing, None, "deadline.limit", 0.85)
        if limited["act"] in ("报名", "投稿") and named is not None and not p.things.search(named.norm):
            named = lead.sub(*limited.span("act"))  # 大赛报名截止时间
        if named is not None and p.acts.fullmatch(named.norm):
            fuller, _, _ = due.what_in(body)
            named = fuller or named
        if named is not None and not due.is_receiver(named.norm):
            return _row(
                context, strand, found, named.value, None, parties.channel(after), "deadline.limit", 0.88
            )
    stated = _stated().search(lead.norm.rstrip())
    if stated is not None and (named := due.trim(_of(lead, stated))) is not None:
        return _row(
            context, strand, found, named.value, None, parties.channel(after), "deadline.window", 0.88
        )
    subject = due.subject(before)
    what, confidence, rule = due.what_in(body)
    if what is None and (shared := pattern(r"(?:将|把)(?P<w>[^，。；]{2,40}?)[、，]?$").match(body.norm)):
        # 5月4日前将方案、5月24日前将总结报…: the verb stands behind the last.
        what, confidence, rule = (
            due.trim(body.sub(shared.start("w"), shared.end("w"))),
            0.9,
            "deadline.carried",
        )
    if what is not None and _COUNTED.fullmatch(what.norm):
        # 5月15日前报送一篇、6月10日前报送两篇信息: the noun stands behind the last.
        counted = pattern(
            r"[一两二三四五六七八九十\d]+[篇份件条个项幅部张组](?P<w>[^，。；、]{2,20})"
        ).search(strand.norm, found.end)
        what = due.trim(strand.sub(*counted.span("w"))) if counted else None
    if subject is not None and (what is None or rule != "deadline.carried"):
        what, confidence, rule = subject, 0.9, "deadline.subject"
    if what is None and field == "window" and not body:
        return _row(context, strand, found, _topic(node), None, None, "deadline.window", 0.85)
    if what is None:
        what, confidence, rule = due.behind(strand, found.start)
    if what is None:
        verb = p.acts.search(body.norm) or p.acts.search(before.norm)
        opened = p.windows.search(before.norm)
        if verb is None and opened is None and field != "window" and not p.limit.search(before.norm):
            return None
        label = verb.group() if verb else _without_time(opened[0]) if opened else _topic(node)
        return (
            _row(
                context,
                strand,
                found,
                label,
                parties.who(before, lead, body),
                parties.channel(after),
                "deadline.act",
                0.7,
            )
            if label
            else None
        )
    return _row(
        context,
        strand,
        found,
        what.value,
        parties.who(before, lead, body),
        _channel(after, before, rule),
        rule,
        confidence,
    )


def _channel(after: Strand, before: Strand, rule: str) -> str | None:
    """Where a thing goes: said behind its date, else before it, back to the limit of another demand.

    What is made and not sent (5月20日前完成布展) goes nowhere.
    """
    return parties.channel(after) or (parties.channel(before) if rule != "deadline.verb" else None)


def _of(clause: Strand, match: regex.Match[str]) -> Strand:
    """What a window is for: the thing (``w``), with the act where that only says in what way (网上申报)."""
    start, end = match.span("w")
    if match["act"] and pattern(r"(?:网上|网络|在线|线上|现场|集中|统一|正式|注册|补)*").fullmatch(
        match["w"]
    ):
        end = match.end("act")
    return clause.sub(start, end)


_COUNTED = regex.compile(r"[一两二三四五六七八九十\d]+[篇份件条个项幅部张组]")
"""A number with its measure and no noun."""

_ANNOUNCED = regex.compile(r"(?:将|拟|计划|预计)(?:于|在)?$")
"""A future of the issuer's own: 获奖名单将于6月30日前公布 asks nobody for anything."""

_MOVED = r"(?:相应|统一)?(?:顺延|延长|延期|推迟|调整|提前|改)?"
"""A time limit that a notice of change moves."""


@rules.cached
def _stated() -> regex.Pattern[str]:
    """活动方案报送时间为…: the thing, what is done with it, and its time."""
    return regex.compile(
        rf"(?:^|[，；。：])(?P<w>[^，。；：]{{2,40}}?)的?(?P<act>{due.patterns().handing})(?:起止)?(?:时间|日期|期限){_MOVED}(?:为|是|：|到|至|自|从)*$"
    )


def _topic(node: Node) -> str | None:
    return _without_time(node.title) or None


def _without_time(label: str) -> str:
    """What a label of time is about: 报名 of 报名起止时间."""
    return pattern(r"(?:的)?(?:起止|时间|日期|方式|办法|要求|截止|期限|期间|阶段)+$").sub("", label)


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
    day = (
        found.due_on
        if hasattr(found, "due_on") and found.due_on is not None
        else (found.ends_on or found.starts_on)
    )
    assert day is not None
    time = found.end_time or found.start_time
    return Deadline(
        due_on=day,
        due_time=time,
        who=who,
        what=what,
        channel=channel,
        raw=found.raw,
        evidence=context.evidence(strand, found.start, found.end),
        rule=rule,
        confidence=confidence,
    )
