"""Labels and their values: 时间：…, 主办单位：…, 联 系 人：…, several to a line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import regex

from noticetab import rules
from noticetab.patterns import pattern
from noticetab.segment.parts import is_org
from noticetab.segment.strand import Strand, join


class RoleWords(rules.Rules):
    """The words of roles."""

    words: list[str]
    units: list[str]
    alone: list[str]
    same: dict[str, str]


class LabelRules(rules.Rules):
    """rules/labels.toml."""

    fields: dict[str, list[str]]
    roles: RoleWords


@dataclass(frozen=True, slots=True)
class Pair:
    """A label and its value.

    ``field`` is the kind of value, for an organizer's label ``organizer`` with its ``role``;
    ``start`` and ``end`` bound label and value in the strand.
    """

    field: str
    role: str | None
    label: str
    value: Strand
    start: int
    end: int


@dataclass(frozen=True)
class _Lexicon:
    fields: dict[str, str]
    roles: dict[str, str]
    longest: int
    linked: re.Pattern[str]
    prose: regex.Pattern[str]


@rules.cached
def _lexicon() -> _Lexicon:
    r = rules.load("labels", LabelRules)
    fields = {word: field for field, words in r.fields.items() for word in words}
    roles: dict[str, str] = {}
    for word in r.roles.words:
        role = r.roles.same.get(word, word)
        for unit in r.roles.units:
            roles[word + unit] = role
        if word in r.roles.alone:
            roles[word] = role
    verbs = [word for word in sorted(roles, key=len, reverse=True) if len(word) > 2]
    verb = "|".join(map(regex.escape, verbs))
    last = "|".join(dict.fromkeys(word[-2:] for word in verbs))
    return _Lexicon(
        fields,
        roles,
        max(len(w) for w in (*fields, *roles)),
        re.compile(f"(?:{last})(?:为|是|包括|有)"),
        regex.compile(rf"(?<=^|[\s；，。（])(?:活动)?(?P<label>{verb})(?:为|是|包括|有)(?![主承协])"),
    )


_BOUNDS = frozenset("；，。、（〔】）：的|")
_LATE = frozenset(("联系人", "联络人", "联系电话", "咨询电话"))
"""Labels that may stand directly behind the name of an office: 市科技局联系人：."""


def _labels(norm: str) -> list[tuple[str, int, int]]:
    """(label, start, end behind the colon) of each label before a colon, in order.

    From each colon the longest known word is looked for backwards, past padding blanks and a
    short bracket (联系电话（传真）：); a bound must stand before it.
    """
    lexicon = _lexicon()
    found: list[tuple[str, int, int]] = []
    colon = norm.find("：")
    floor = 0
    while colon >= 0:
        at = colon - 1
        while at >= floor and norm[at] == " ":
            at -= 1
        candidates = [at]
        if at >= floor and norm[at] == "）":
            opening = norm.rfind("（", max(floor, at - 10), at)
            if opening > floor:
                before = opening - 1
                while before >= floor and norm[before] == " ":
                    before -= 1
                candidates.append(before)
        best: tuple[str, int] | None = None
        for last in candidates:
            word = ""
            k = last
            while k >= floor and len(word) < lexicon.longest and last - k < 40:
                char = norm[k]
                if char == " " or char == "\t":
                    if char == "\t":
                        break
                    k -= 1
                    continue
                word = char + word
                if word in lexicon.roles or word in lexicon.fields:
                    bounded = (
                        k == 0
                        or (k == floor and floor > 0)
                        or norm[k - 1] in _BOUNDS
                        or norm[k - 1].isspace()
                        or (norm[k - 1] in ".、" and k >= 2)
                    )
                    if (bounded or word in _LATE) and (best is None or len(word) > len(best[0])):
                        best = (word, k)
                k -= 1
            if best is not None:
                break
        if best is not None:
            found.append((best[0], best[1], colon + 1))
            floor = colon + 1
        colon = norm.find("：", colon + 1)
    return found


def pairs(strand: Strand) -> list[Pair]:
    """All labels with their values in a strand, in order; a value ends where the next label begins."""
    if strand.pairs is None:
        strand.pairs = _pairs(strand)
    return strand.pairs


def _pairs(strand: Strand) -> list[Pair]:
    norm = strand.norm
    hits: list[tuple[str, int, int, bool]] = []
    if "：" in norm:
        hits = [(word, start, end, False) for word, start, end in _labels(norm)]
    lexicon = _lexicon()
    if ("单位" in norm or "部门" in norm or "机构" in norm) and lexicon.linked.search(norm):
        hits += [(m["label"], m.start("label"), m.end(), True) for m in lexicon.prose.finditer(norm)]
        hits.sort(key=lambda h: h[1])
    found: list[Pair] = []
    for i, (word, start, end, is_prose) in enumerate(hits):
        stop = hits[i + 1][1] if i + 1 < len(hits) else len(norm)
        if is_prose:
            # In prose the value ends with the clause.
            period = pattern(r"[。；]").search(norm, end, stop)
            if period:
                stop = period.start()
        role = lexicon.roles.get(word)
        if role and not is_prose and "。" in norm[end:stop]:
            stop = norm.index("。", end)  # offices end with their sentence
        value = strand.sub(end, stop)
        # A description is verbatim, its stop included.
        stops = "，；、 （" if lexicon.fields.get(word) == "content" else "，；。、 （"
        while value and value.norm[-1] in stops:
            value = value.sub(0, len(value) - 1)
        if value and value.norm[-1] == "）" and value.norm.count("）") > value.norm.count("（"):
            value = value.sub(0, len(value) - 1)
        found.append(Pair("organizer" if role else lexicon.fields[word], role, word, value, start, stop))
    return found


def leading(strand: Strand) -> list[Pair]:
    """The labels of a line that is nothing but labels and values (it opens with one), else nothing."""
    got = pairs(strand)
    if not got:
        return []
    before = strand.norm[: got[0].start].strip(" （　")
    return got if not before else []


def continued(lines: Sequence[Strand], at: int, pair: Pair) -> tuple[Strand, int]:
    """A pair's value with the lines that go on with it, and how many lines those are.

    A value goes on in the next line if the label's line ends with 、 or is empty.
    """
    value = pair.value
    used = 0
    ended = lines[at].norm.rstrip()
    while at + used + 1 < len(lines) and (not value or ended.endswith("、")):
        following = lines[at + used + 1]
        if pairs(following) or "。" in following.norm or len(following.norm) > 120:
            break
        value = join([value, following.sub(0)])
        ended = following.norm.rstrip()
        used += 1
    if pair.field == "organizer" and value and used <= 1:
        # 主办单位： with one office to a line below it, or the others set below the first
        while at + used + 1 < len(lines) and _is_office_line(lines[at + used + 1]):
            if pair.value and getattr(lines[at + used + 1], "indent", 0) < 8:
                break
            value = join([value, Strand("、", [value.offsets[-1]]), lines[at + used + 1].sub(0)])
            used += 1
    return value, used


def _is_office_line(line: Strand) -> bool:
    norm = line.compact.norm
    return (
        len(norm) <= 30
        and is_org(norm)
        and not pairs(line)
        and not pattern(r"[，。；：]|[主承协举]办$").search(norm)
    )
