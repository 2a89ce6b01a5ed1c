"""Names: the same activity, document or body printed in two ways (走进校园 and 走近校园)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import regex

from noticetab.check.report import Report, Span, finding_rules
from noticetab.segment.lines import Line
from noticetab.segment.strand import Strand

_QUOTED = regex.compile(r"“(?P<q>[^“”]{4,50})”|\"(?P<s>[^\"]{4,50})\"|《(?P<t>[^《》]{4,70})》")
_IGNORED = regex.compile(r"[\s，。、；：！？·—\-~～•（）“”‘’《》〈〉\"']")
_NUMERAL = frozenset("0123456789○零一二三四五六七八九十百千两首甲乙丙丁")
_NUMBER_BEHIND = regex.compile(r"^[”》\"]?\s*（[^（）]{2,16}〔\d{4}〕\s*\d+\s*号）")

_BEHIND = regex.compile(r"[\u4e00-\u9fff]{4}")

QUOTED_LEAST, TITLE_LEAST, LOST_LEAST, LONG = 6, 10, 9, 8
"""Characters that a quoted name, a cited title, and a name that lost a character must have to be compared,
and a name in which a character of the weaker contrasts is a slip."""


@dataclass(slots=True)
class Name:
    """A name without white space and punctuation, and the places where it is printed."""

    text: str
    kind: str
    places: list[Span] = field(default_factory=list)
    numbered: bool = False
    """A document number stands behind it."""
    listed: bool = False
    """It stands in the list of attachments."""


def check(report: Report) -> None:
    """Finds names that differ from another by one character where a reader sees the same name."""
    names = _collect(report)
    for one, other in _near(list(names.values())):
        _report(report, one, other)
    _check_mentions(report, [name for name in names.values() if name.kind == "quoted"])
    _check_event(report)
    _check_issuers(report)
    _check_lists(report)


def _collect(report: Report) -> dict[tuple[str, str], Name]:
    names: dict[tuple[str, str], Name] = {}
    doc = report.context.doc
    strands: list[Strand] = [x for x in (doc.parts.title,) if x is not None]
    for unit in doc.parts.units:
        strands += [x for x in unit.lines if "“" in x.norm or "《" in x.norm or '"' in x.norm]
    for strand in strands:
        for match in _QUOTED.finditer(strand.norm):
            kind = "title" if match["t"] is not None else "quoted"
            group = next(g for g in ("q", "s", "t") if match[g] is not None)
            text = match[group]
            if (
                kind == "quoted"
                and len(text) < QUOTED_LEAST
                and (behind := _BEHIND.match(strand.norm, match.end()))
            ):
                text += behind[0]  # “走进气象台”公众开放日
            _add(names, text, kind, strand.span(match.start(group), match.end(group)))
            if kind == "title" and _NUMBER_BEHIND.match(strand.norm[match.end() - 1 :]):
                names[_IGNORED.sub("", text), kind].numbered = True
    for unit in doc.parts.units:
        for _number, listed in unit.listed:
            _add(names, listed.norm, "title", listed.span())
            names[_IGNORED.sub("", listed.norm), "title"].listed = True
    return names


def _add(names: dict[tuple[str, str], Name], printed: str, kind: str, place: Span) -> None:
    text = _IGNORED.sub("", printed)
    names.setdefault((text, kind), Name(text, kind)).places.append(place)


def _near(names: Sequence[Name]) -> Iterator[tuple[Name, Name]]:
    """Pairs of names of a kind that differ in one character, or in the order of two neighbours."""
    patterns: dict[tuple[str, str, str], list[Name]] = defaultdict(list)
    shared = Counter(half for name in names for half in _halves(name))
    for name in names:
        text, least = name.text, TITLE_LEAST if name.kind == "title" else QUOTED_LEAST
        if len(text) < least or all(shared[half] == 1 for half in _halves(name)):
            continue
        for i in range(len(text)):
            patterns[name.kind, text[:i], text[i + 1 :]].append(name)
    seen: set[tuple[int, int]] = set()
    for group in patterns.values():
        for i, one in enumerate(group):
            for other in group[i + 1 :]:
                key = min(id(one), id(other)), max(id(one), id(other))
                if one is not other and key not in seen:
                    seen.add(key)
                    yield one, other
    whole = {(n.kind, n.text): n for n in names}
    letters = Counter(_letters(name) for name in names)
    sizes = {(n.kind, len(n.text)) for n in names}
    for name in names:
        if letters[_letters(name)] == 1 and (name.kind, len(name.text) - 1) not in sizes:
            continue
        for other in _lost_or_swapped(name, whole):
            key = min(id(name), id(other)), max(id(name), id(other))
            if other is not name and key not in seen:
                seen.add(key)
                yield name, other


def _halves(name: Name) -> tuple[tuple[str, int, str], tuple[str, int, str]]:
    """What two names of a kind that differ in one character share one of."""
    text, middle = name.text, len(name.text) // 2
    return (name.kind, len(text), text[:middle]), (name.kind, -len(text), text[middle:])


def _letters(name: Name) -> tuple[str, str]:
    """What two names of a kind share of which one has characters in another order."""
    return name.kind, "".join(sorted(name.text))


def _lost_or_swapped(name: Name, whole: dict[tuple[str, str], Name]) -> Iterator[Name]:
    """Names that have one character less, or two neighbouring characters the other way round."""
    text, kind = name.text, name.kind
    least, lost_least = (TITLE_LEAST, TITLE_LEAST) if kind == "title" else (QUOTED_LEAST, LOST_LEAST)
    if len(text) < least:
        return
    for i in range(len(text) - 1):
        if text[i] != text[i + 1]:
            swapped = whole.get((kind, text[:i] + text[i + 1] + text[i] + text[i + 2 :]))
            if swapped is not None:
                yield swapped
        if i and len(text) >= lost_least:
            lost = whole.get((kind, text[:i] + text[i + 1 :]))
            if lost is not None:
                yield lost


def difference(one: str, other: str) -> tuple[str, str]:
    """What two names have between their common head and tail."""
    head = 0
    while head < min(len(one), len(other)) and one[head] == other[head]:
        head += 1
    tail = 0
    while tail < min(len(one), len(other)) - head and one[-1 - tail] == other[-1 - tail]:
        tail += 1
    return one[head : len(one) - tail], other[head : len(other) - tail]


def differs_on_purpose(one: str, other: str) -> bool:
    """Whether the difference tells two things apart: numbers, letters, 小学 and 中学, 市级 and 省级."""
    a, b = difference(one, other)
    if any(c in _NUMERAL or c.isascii() for c in a + b):
        return True
    words = finding_rules().names
    groups = words.contrasts if len(one) >= LONG else [*words.contrasts, *words.short_contrasts]
    return any(a and b and a in group and b in group for group in groups)


def _report(report: Report, one: Name, other: Name) -> None:
    if (
        differs_on_purpose(one.text, other.text)
        or (one.numbered and other.numbered)
        or (one.listed and other.listed)
    ):
        return
    if len(one.places) > 1 and len(other.places) > 1:
        return  # both are established names
    text = report.record.text
    for a in one.places:
        for b in other.places:
            first, second = sorted((a, b))
            between = text[first[1] : second[0]]
            if len(between) <= 4 or (
                "。" not in between
                and "\n" not in between
                and regex.fullmatch(r"(?:[”》]?[、和及与]?[“《]?[^，。；]{0,30}){1,6}", between)
            ):
                return  # members of one list
    late, early = (one, other) if len(one.places) < len(other.places) else (other, one)
    if len(one.places) == len(other.places) and late.places[0] < early.places[0]:
        late, early = early, late
    report.add("name.quoted", late.places[0], early.places[:1])


def _check_mentions(report: Report, quoted: Sequence[Name]) -> None:
    """An activity that the prose cites in quotes with one other character: 走近长江江豚 as “走进长江江豚”."""
    listed: dict[int, dict[str, Span]] = defaultdict(dict)
    for activity in report.record.activities:
        text = _IGNORED.sub("", activity.name or "")
        if len(text) >= QUOTED_LEAST:
            listed[len(text)][text] = activity.evidence.start, activity.evidence.end
    cited = {name.text for name in quoted}
    for name in quoted:
        alike = listed.get(len(name.text))
        if alike is None or name.text in alike or len(name.places) > 1:
            continue
        half = len(name.text) // 2
        for text, there in alike.items():
            if text[:half] != name.text[:half] and text[half:] != name.text[half:]:
                continue
            near = sum(x != y for x, y in zip(text, name.text, strict=True)) == 1
            if near and text not in cited and not differs_on_purpose(text, name.text):
                report.add("name.activity", name.places[0], [there])


# --- the event's own name ---------------------------------------------------------------------


def _check_event(report: Report) -> None:
    """The event's place and edition or year, with one character of what follows changed."""
    for event in report.record.events:
        name = "".join(event.name.split())
        # What identifies the event stands before its last three to eight characters.
        size = min(8, max(3, len(name) - 7))
        head, core = name[:-size], name[-size:]
        if len(name) < 9 or not _IDENTITY.search(head):
            continue
        for line in _lines(report):
            strand: Strand = line.compact if " " in line.norm else line
            at = strand.norm.find(head)
            while at >= 0:
                tail = strand.norm[at + len(head) : at + len(name)]
                wrong = [i for i, (a, b) in enumerate(zip(tail, core, strict=False)) if a != b]
                if len(tail) == size and len(wrong) == 1 and wrong[0] and not differs_on_purpose(tail, core):
                    report.add("name.event", strand.span(at, at + len(name)), [event.evidence])
                at = strand.norm.find(head, at + 1)


_IDENTITY = regex.compile(r"\d|第.{1,5}[届个]")


def _lines(report: Report) -> Iterator[Line]:
    for unit in report.context.doc.parts.units:
        yield from unit.lines


# --- the issuers above the title and in the signature -----------------------------------------


def _check_issuers(report: Report) -> None:
    """The bodies above the title are those that sign; one that differs by a character or two is the same."""
    parts, main = report.context.doc.parts, report.context.doc.main
    above = [s for s in parts.stacked if s]
    if not above or len(above) != len(main.signature):
        return
    left = _unmatched(above, main.signature)
    right = _unmatched(main.signature, above)
    if len(left) != 1 or len(right) != 1:
        return
    a, b = left[0].compact.norm, right[0].compact.norm
    changed = sum(x != y for x, y in zip(a, b, strict=False))
    if len(a) == len(b) >= 6 and changed <= 2 and not differs_on_purpose(a, b):
        report.add("name.issuer", right[0].span(), [left[0].span()])


def _unmatched(some: Iterable[Strand], others: Iterable[Strand]) -> list[Strand]:
    known = {s.compact.norm for s in others}
    return [s for s in some if s.compact.norm not in known]


# --- activities of an attached list against the body ------------------------------------------


def _check_lists(report: Report) -> None:
    """An activity of the body that an attached list names with one other character."""
    units = report.context.doc.parts.units
    if len(units) < 2:
        return
    bounds = [(u.lines[0].offsets[0], u.lines[-1].offsets[-1], i) for i, u in enumerate(units) if u.lines]
    named: dict[int, dict[str, Span]] = defaultdict(dict)
    for activity in report.record.activities:
        text = _IGNORED.sub("", activity.name or "")
        at = activity.evidence
        owner = next((i for first, last, i in bounds if first <= at.start <= last), None)
        if owner is not None and len(text) >= QUOTED_LEAST:
            named[owner].setdefault(text, (at.start, at.end))
    groups = list(named.values())
    for i, one in enumerate(groups):
        for other in groups[i + 1 :]:
            for a, here in one.items():
                for b, there in other.items():
                    near = len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) == 1
                    if near and a not in other and b not in one and not differs_on_purpose(a, b):
                        report.add("name.activity", there, [here])
