"""Deadlines: obligations with a date (contract, rule 10)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from noticetab import rules
from noticetab.dates import Found
from noticetab.extraction import labels
from noticetab.extraction.context import Context
from noticetab.record import Deadline
from noticetab.segment.outline import Node, outer
from noticetab.segment.strand import Strand


class DeadlineRules(rules.Rules):
    """What is due."""

    verbs: list[str]
    acts: list[str]
    closing: str
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


@rules.cached
def _patterns() -> _Patterns:
    r = rules.load("demands", DemandRules).deadlines
    verbs = "|".join(sorted(r.verbs, key=len, reverse=True))
    return _Patterns(
        regex.compile(rf"(?:将|把)(?P<what>[^。；]{{2,90}}?)(?P<verb>{r.closing})"),
        regex.compile(rf"(?P<verb>{verbs})(?:至|到|给|了|好)?(?P<what>[^，。；]*)"),
        regex.compile(r.limits),
        regex.compile(r.not_due),
        regex.compile(r.windows),
        regex.compile("|".join(r.acts)),
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
        due = last.ends_on or last.starts_on
        if due is None or ("公示" in pair.label or "投票" in pair.label) and False:
            continue
        spent.update(f.start for f in inside)
        what = regex.sub(r"(?:截止|起止)?(?:时间|日期)$", "", pair.label).replace("截止", "") or None
        yield _row(context, strand, last, what or _topic(node), None, None, "deadline.window")
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
        elif c == "。" and depth <= 0 or c == "；" and depth <= 0:
            return i
    return len(norm)


def _due(found: Found, strand: Strand, field: str) -> str | None:
    """Why a date is a time limit: its own mark (前, 截止), the words before it, or its window."""
    norm = strand.norm
    if found.open_start:
        return "mark"
    if _patterns().limit.search(norm[max(0, found.start - 8) : found.start]):
        return "limit"
    after = norm[found.end : found.end + 5]
    if regex.match(r"\s*(?:截止|为止|止\b|止[，。；）])", after):
        return "limit"
    if regex.match(r"\s*(?:下班前|中午前|前|之前)", after):
        return "mark"
    if field == "window":
        return "window"
    return None


_WHO = regex.compile(r"(?:请|要求|望)?(?P<who>(?:请)?(?:各|每|有关|相关|参赛|参加|参会|入选|推荐|申报|承办|主办|全体|所有|凡)[^，。；：]{1,60}?)(?:请|要|应|须|需|可|将|务必|于|在|按|$)")
_TO = regex.compile(
    r"(?:报送|上报|提交|发送|发|寄送|寄|邮寄|送交|送|交|报|反馈|传真|递交|上传)(?:至|到|给|往)?(?P<to>(?:[^，。；（）]|（[^）]*）){2,48}?(?:办公室|办|局|厅|委|部|处|科|室|会|协会|学会|邮箱|信箱|平台|网站|系统|中心|秘书处|组委会|馆|院|校|学院|公司|小组|支队|站|组))(?=[，。；（）]|$|进行|汇总|审核|备案)"
)
_PLATFORM = regex.compile(r"(?:登[录陆]|通过|在|访问)(?P<to>“[^”]{2,30}(?:平台|系统|网站|网|公众号|小程序)”|[^，。；“”]{2,30}?(?:平台|系统|网站|公众号|小程序))(?:（(?P<url>[^（）]*)）)?")
_EMAIL = regex.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


def _demand(
    context: Context, strand: Strand, found: Found, before: Strand, after: Strand, lead: Strand, field: str, node: Node
) -> Deadline | None:
    p = _patterns()
    text = after.norm
    rest = regex.match(r"\s*(?:之前|以前|下班前|中午前|前|截止|为止|止)?[，,、）]?\s*", text)
    skip = rest.end() if rest else 0
    body = after.sub(skip)
    what, confidence, rule = _what(body)
    if what is None and before.norm.strip():
        # 将作品报送…，截止时间为…: the demand stands before the date.
        head = before
        if regex.search(r"截止|截至|最迟|不迟于|不晚于", head.norm) or field == "window" or regex.search(r"[（(]$|，$|务必$|须$|应$|请$", head.norm.rstrip()):
            what, confidence, rule = _what(lead)
            confidence = min(confidence, 0.85)
    if what is None:
        own = regex.search(r"(?P<w>[^，。；：、（]{2,16}?)(?:的)?(?:截止|时间|日期)*(?:为|是|：|于)?$", before.norm.strip())
        if own and regex.search(r"截止|时间|日期|报名|征集|申报|提交|投稿", before.norm[-20:]):
            what, confidence, rule = before.sub(0, 0), 0.75, "deadline.limit"
            start = before.norm.find(own["w"])
            what = before.sub(start, start + len(own["w"]))
    if what is None:
        if p.not_due.match(body.norm) or not body:
            return None
        verb = p.acts.search(body.norm) or p.acts.search(before.norm)
        if verb is None and field != "window":
            return None
        label = verb.group() if verb else _topic(node)
        return _row(context, strand, found, label, _who(lead), _channel(after), "deadline.act", 0.75)
    if regex.search(r"^(?:年|月|日)|^\s*$", what.norm):
        return None
    if regex.match(r"(?:出生|完成|创作|发表)的?(?:原创|作品)", body.norm):
        return None
    return _row(context, strand, found, what.value, _who(lead), _channel(after) or _channel(lead), rule, confidence)


def _what(body: Strand) -> tuple[Strand | None, float, str]:
    """The thing due in a clause: 将X报送, 报送X, 将X连同Y发送."""
    p = _patterns()
    norm = body.norm
    carried = p.carried.search(norm)
    verb = _first_verb(norm)
    if carried and (verb is None or carried.start() <= verb.start("verb") + 1):
        what = _trim(body.sub(carried.start("what"), carried.end("what")))
        if what:
            return what, 0.95, "deadline.carried"
    while verb is not None:
        if verb["verb"] in ("登录", "登陆", "通过") or not verb["what"].strip():
            nxt = p.verb.search(norm, verb.end("verb"))
            if nxt is None and verb["verb"] in p.acts.pattern:
                return body.sub(verb.start("verb"), verb.end("verb")), 0.85, "deadline.act"
            verb = nxt
            continue
        start, end = verb.span("what")
        text = verb["what"]
        if regex.match(r"(?:至|到|给)", text) or regex.match(r"[^，]{2,24}(?:办公室|办|局|处|科|部|邮箱|组委会|中心|秘书处)$", text) and verb["verb"] in ("报", "报送", "发送", "发至", "送交", "传真", "寄送", "交", "报至", "送至"):
            # 活动总结报市科协: the thing stands before the verb.
            earlier = norm[: verb.start("verb")]
            head = regex.search(r"(?P<w>[^，。；将把]{2,60})$", earlier)
            if head and head["w"].strip() and not regex.match(r"^(?:及时|按时|统一|书面|以)", head["w"]):
                what = _trim(body.sub(head.start("w"), head.end("w")))
                if what:
                    return what, 0.88, "deadline.before-verb"
            verb = p.verb.search(norm, verb.end("verb"))
            continue
        more = outer(norm[start:], "。；")
        limit = start + (more[0] if more else len(norm) - start)
        tail = body.sub(start, end)
        # What accompanies it (并附…, 及影像资料) belongs to the same demand.
        joined = regex.match(r"[^。；]*?(?=，(?:统一|并于|同时|由|电子版|均|纸质|发送|逾期|过期|具体)|[。；]|$)", norm[start:limit])
        if joined and joined.end() > 0:
            tail = body.sub(start, start + joined.end())
        what = _trim(tail)
        if what:
            return what, 0.93, "deadline.verb"
        verb = p.verb.search(norm, verb.end("verb"))
    if carried:
        what = _trim(body.sub(carried.start("what"), carried.end("what")))
        if what:
            return what, 0.9, "deadline.carried"
    return None, 0.0, ""


def _first_verb(norm: str) -> regex.Match[str] | None:
    p = _patterns()
    depth_free = regex.sub(r"《[^》]*》|“[^”]*”|（[^）]*）", lambda m: "　" * len(m.group()), norm)
    at = p.verb.search(depth_free)
    if at is None:
        return None
    return p.verb.search(norm, at.start())


_HEAD_TRIM = regex.compile(r"^(?:各自的?|本(?:单位|地区?|部门|校|级|地本部门)的?|有关|相关|的|了|好|一份|其)")


def _trim(what: Strand) -> Strand | None:
    while what and what.norm[-1] in "，、；。：）" and not (what.norm[-1] == "）" and "（" in what.norm):
        what = what.sub(0, len(what) - 1)
    match = _HEAD_TRIM.match(what.norm)
    if match and match.end() < len(what):
        what = what.sub(match.end())
    return what if len(what.compact) >= 2 else None


def _who(lead: Strand) -> str | None:
    match = _WHO.search(lead.norm.strip())
    if match is None:
        return None
    who = regex.sub(r"^请", "", match["who"].strip())
    return who or None


def _channel(clause: Strand) -> str | None:
    norm = clause.norm
    mail = _EMAIL.search(norm)
    if mail:
        return mail.group()
    match = _PLATFORM.search(norm)
    if match:
        url = match["url"]
        return url.strip() if url and regex.search(r"[A-Za-z]", url) else match["to"].strip("“”")
    match = _TO.search(norm)
    return clause.sub(match.start("to"), match.end("to")).value if match else None


def _topic(node: Node) -> str | None:
    return regex.sub(r"(?:的)?(?:时间|日期|方式|办法|要求|截止)+$", "", node.title) or None


def _row(
    context: Context, strand: Strand, found: Found, what: str | None, who: str | None, channel: str | None, rule: str, confidence: float = 0.9
) -> Deadline:
    due = found.due_on if hasattr(found, "due_on") and found.due_on is not None else (found.ends_on or found.starts_on)
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
