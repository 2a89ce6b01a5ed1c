"""Head, labels and tail within a run of lines: where title, number, addressees, signature and date end."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from noticetab import rules
from noticetab.segment.lines import unclosed
from noticetab.segment.parts import is_org, patterns


class LineRules(rules.Rules):
    """rules/lines.toml."""

    short: int
    long: int
    long_alone: int
    few: int
    trust: float
    label: str
    label_not: str
    heading: str
    heading_not: str
    heading_count: str
    closing: str
    bar: str
    box: str
    behind_date: str
    no_name: str
    listed_end: str
    opening: str
    value_end: str
    bullet: str


@dataclass(frozen=True)
class RunPatterns:
    """What is composed of rules/lines.toml and rules/parts.toml."""

    rules: LineRules
    bar: regex.Pattern[str]
    label: regex.Pattern[str]
    label_not: regex.Pattern[str]
    heading: regex.Pattern[str]
    closing: regex.Pattern[str]
    box: regex.Pattern[str]
    title: regex.Pattern[str]
    further: regex.Pattern[str]
    number: regex.Pattern[str]
    attached: regex.Pattern[str]
    attached_page: regex.Pattern[str]
    signed: regex.Pattern[str]
    no_name: regex.Pattern[str]
    listed_end: regex.Pattern[str]
    value_end: regex.Pattern[str]


_DAY = (
    r"(?:(?:19|20)\d\d|[一二][一二三四五六七八九○零]{3})\s?年\s?[\d一二三四五六七八九十]{1,3}\s?月"
    r"\s?[\d一二三四五六七八九十]{1,3}\s?日"
)


@rules.cached
def run_patterns() -> RunPatterns:
    """The compiled patterns, made once."""
    r = rules.load("lines", LineRules)
    parts = patterns().rules
    types = "|".join(sorted(map(regex.escape, parts.doc_types), key=len, reverse=True))
    return RunPatterns(
        r,
        regex.compile(r.bar),
        regex.compile(r.label),
        regex.compile(r.label_not),
        regex.compile(rf"{r.heading}(?:{r.heading_count})?(?!{r.heading_not})"),
        regex.compile(r.closing),
        regex.compile(r.box),
        regex.compile(rf"(?:关于|印发|转发)[^。：；，]{{2,90}}?(?:{types})(?:{parts.type_tail})?"),
        regex.compile(rf"(?:[》〉]*的?|实施|工作|活动)(?:{types})(?:{parts.type_tail})?[》〉]*"),
        regex.compile(rf"[（]?\s*{parts.doc_number}\s*[）]?"),
        regex.compile(r"附\s?件\s?(?:[\d一二三四五六七八九十]{1,2})?\s?："),
        regex.compile(r"附\s?件(?:\s?(?:\d{1,2}(?!\d)|\d(?=(?:19|20)\d\d年)|[一二三四五六七八九十]{1,2}))?"),
        regex.compile(rf"(?P<day>{_DAY})(?={r.behind_date})"),
        regex.compile(r.no_name),
        regex.compile(r.listed_end),
        regex.compile(rf"(?:{parts.org_tail}|{r.value_end})(?={r.opening}(?![\u4e00-\u9fff]?[部馆局厅]))"),
    )


GAP = " \u3000\xa0\t|/"
"""What may stand between two paragraphs of a run."""


def head(norm: str, p: RunPatterns) -> list[int]:
    """Where title, number and addressees begin and end in a line that opens a document, else nothing."""
    title = _title(norm, p)
    if title is None:
        return []
    begin, end = title
    cuts = [end]
    at = _over(norm, end)
    if norm.startswith(norm[begin:end], at):  # the title again: the site's, then the document's
        cuts += [at, at + end - begin]
        at = _over(norm, cuts[-1])
    number = p.number.match(norm, at)
    if number is not None:
        cuts += [at, number.end()]
    else:
        cuts += [
            x for m in list(p.number.finditer(norm, 0, begin))[-1:] for x in (m.start("agency"), m.end())
        ]
    boxes = [m.start() for m in p.box.finditer(norm, 0, 600) if "。" not in norm[: m.start()]]
    cuts += _addressed(norm, max([*cuts, *boxes]), p)
    if len(cuts) + len(boxes) < 2:
        return []
    lead = norm[:begin].rstrip(GAP)
    if boxes or (lead != norm[:begin] and lead and not is_org(lead.split()[-1])):
        cuts.append(begin)
    return sorted({x for x in (*cuts, *boxes) if 0 < x < len(norm)})


def _title(norm: str, p: RunPatterns) -> tuple[int, int] | None:
    """Where the title of a document stands near the beginning of a line, with the office before it."""
    found = p.title.search(norm, 0, 500)
    if (
        found is None
        or "。" in norm[: found.start()]
        or unclosed(norm[max(0, found.start() - 60) : found.start()])
    ):
        return None
    end = found.end()
    while (further := p.further.match(norm, end)) is not None and further.end() > end:
        end = further.end()
    end += len(norm[end:]) - len(norm[end:].lstrip("》〉"))
    begin = found.start()
    while begin > 0 and norm[begin - 1] not in GAP + "：〕】号" and norm[max(0, begin - 3) : begin] != "———":
        begin -= 1
    return begin, end


def _over(norm: str, at: int) -> int:
    """The next place that is no gap."""
    while at < len(norm) and norm[at] in GAP:
        at += 1
    return at


def _addressed(norm: str, base: int, p: RunPatterns) -> list[int]:
    """Where the addressees behind title, number and bars begin, and where their colon ends."""
    colon = norm.find("：", base)
    while 0 <= colon < base + 40 and p.box.search(norm, max(base, colon - 10), colon + 1):
        colon = norm.find("：", colon + 1)
    if not base <= colon <= base + 320 or "。" in norm[base:colon]:
        return []
    begins = [base] + [m.end() for m in regex.finditer(r"[\s|/】]+", norm[base:colon], pos=0)]
    begins = [x if k == 0 else base + x for k, x in enumerate(begins)]
    for begin in begins:
        names = "".join(norm[begin:colon].split()).strip("|/")
        if len(names) > 1 and patterns().addressee.match(names) and not p.box.search(names + "："):
            if patterns().rules.addressee_not.search(names + "："):
                return []
            return [x for x in (begin, colon + 1) if x != base] if begin != base else [colon + 1]
    return []


def tail(norm: str, p: RunPatterns) -> list[int]:
    """Where the signature begins, where its date begins and ends, in a line that holds other text before it."""
    days = list(p.signed.finditer(norm, min(len(norm), 3)))
    for day in reversed(days):
        names = _signers(norm, day.start("day"), p)
        if names:
            note = regex.compile(r"\s*（[^（）]{2,20}）").match(norm, day.end("day"))
            ends = {day.end("day"), *((note.end(),) if note else ())}
            return sorted(({*names, day.start("day")} | ends) - {len(norm)})
        before = norm[: day.start("day")]
        closed = before.rstrip(GAP)
        if closed.endswith("。") and not norm[day.end("day") :].strip(GAP):
            return [day.start("day")]
        if closed != before and (
            closed.endswith("。") or p.listed_end.search(closed, max(0, len(closed) - 12))
        ):
            return sorted({day.start("day"), day.end("day")} - {len(norm)})
    return []


def _signers(norm: str, end: int, p: RunPatterns) -> list[int]:
    """Where the names that stand right before a date begin, the first name's place first."""
    low = max(0, end - 120)
    before = norm[low:end].rstrip(GAP)
    stops = [m.end() for m in p.no_name.finditer(before)]
    closings = [m.end() for m in p.closing.finditer(before)]
    start = max([0, *stops, *closings])
    pieces = [(m.start(), m.end()) for m in regex.finditer(r"[^\s|/]+", before) if m.end() > start]
    begins: list[int] = []
    for first, last in reversed(pieces):
        first = max(first, start)
        name = before[first:last]
        lead = regex.match(r"[!-~]+", name)
        own = first + (lead.end() if lead else 0)
        listed = list(p.listed_end.finditer(before, own, last))
        if listed and is_org(before[listed[-1].end() : last]) and last - listed[-1].end() >= 4:
            own = listed[-1].end()
        if last - own < 3 or not is_org(before[own:last]):
            break
        begins.append(low + own)
        if own != first or first == start != 0:
            break
    if (
        begins
        and begins[-1] == low + start
        and before[:start].endswith("：")
        and p.label.search(before, 0, start)
    ):
        begins.pop()  # the value of a label
    return _repeated(norm, begins, end)


def _repeated(norm: str, begins: list[int], end: int) -> list[int]:
    """The places of names, with those of names that follow one another without a blank: each with its place."""
    if len(begins) != 1:
        return sorted(begins)
    place = regex.match(r"[\u4e00-\u9fff]{2,6}?[省市县区]", norm[begins[0] : end])
    if place is None:
        return begins
    again = [m.start() for m in regex.finditer(place[0], norm[begins[0] : end])]
    whole = [begins[0] + a for a in again]
    return whole if all(is_org(norm[a:b]) for a, b in zip(whole, [*whole[1:], end], strict=True)) else begins
