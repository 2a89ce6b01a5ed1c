"""Labels and their values: 时间：…, 主办单位：…, 联 系 人：…, several to a line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

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
    given: list[str]
    sentence: list[str]


class StageWords(rules.Rules):
    """What a label of time or place may be of: 初赛时间."""

    names: list[str]
    time: list[str]
    place: list[str]


class LabelRules(rules.Rules):
    """rules/labels.toml."""

    fields: dict[str, list[str]]
    roles: RoleWords
    stages: StageWords


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
    bare: regex.Pattern[str]
    """A role's label that no colon ends: 主办单位 alone, or blanks before its value."""
    sentence: re.Pattern[str]
    linked: re.Pattern[str]
    prose: regex.Pattern[str]


@rules.cached
def _lexicon() -> _Lexicon:
    r = rules.load("labels", LabelRules)
    fields = {word: field for field, words in r.fields.items() for word in words}
    for name in r.stages.names:
        fields |= {name + word: "stage_time" for word in r.stages.time}
        fields |= {name + word: "stage_place" for word in r.stages.place}
    roles: dict[str, str] = {}
    for word in r.roles.words:
        role = r.roles.same.get(word, word)
        for unit in r.roles.units:
            roles[word + unit] = role
        if word in r.roles.alone:
            roles[word] = role
    verbs = [word for word in sorted(roles, key=len, reverse=True) if len(word) > 2]
    verb = "|".join(map(regex.escape, verbs))
    spread = "|".join(r"[ \t]*".join(map(regex.escape, word)) for word in verbs)
    last = "|".join(dict.fromkeys(word[-2:] for word in verbs))
    return _Lexicon(
        fields,
        roles,
        max(len(w) for w in (*fields, *roles)),
        regex.compile(rf"[ \t]*(?P<label>{spread})(?:[ \t]*$|(?: {{2}}|\t)[ \t]*(?=\S))"),
        re.compile("|".join(r.roles.sentence)),
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


def names_persons(text: str) -> bool:
    """Whether a text, such as a heading, ends as the label of people to be asked does (会议联系人)."""
    plain = "".join(text.split()).rstrip("：:")
    words = (word for word, field in _lexicon().fields.items() if field == "person")
    return plain.endswith(tuple(words)) and len(plain) <= _lexicon().longest


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
    elif bare := _bare(strand):
        return [bare]
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


_SHORT = 80


def _bare(strand: Strand) -> Pair | None:
    """A role's label without a colon, if the line holds it alone or with offices behind blanks."""
    norm = strand.norm
    if len(norm) > _SHORT or (match := _lexicon().bare.match(norm)) is None:
        return None
    value = strand.sub(match.end())
    if value and not _offices(value.norm):
        return None
    label = "".join(match["label"].split())
    return Pair("organizer", _lexicon().roles[label], label, value, match.start("label"), len(norm))


def of_stage(pair: Pair, name: str) -> Pair:
    """A label of a stage as a plain one, for the item of that ``name``: 初赛时间 is the 时间 of 1. 初赛."""
    if not pair.field.startswith("stage_"):
        return pair
    words = rules.load("labels", LabelRules).stages
    stage = next((x for x in words.names if pair.label.startswith(x) and x in name), None)
    return pair if stage is None else replace(pair, field=pair.field.removeprefix("stage_"))


def leading(strand: Strand) -> list[Pair]:
    """The labels of a line that is nothing but labels and values (it opens with one), else nothing."""
    got = pairs(strand)
    if not got:
        return []
    before = strand.norm[: got[0].start].strip(" （　")
    return got if not before else []


_LISTS = "、；，"
"""What stands between the names of a list, so that a line which ends with it goes on."""
_JOINED = regex.compile(r"[，。；：]|[主承协举]办$")


def continued(lines: Sequence[Strand], at: int, pair: Pair) -> tuple[Strand, int]:
    """A pair's value with the lines that go on with it, and how many lines those are.

    A value goes on below if its label's line is empty or ends with 、. Offices also go on behind ， and ；
    and in lines of their own, if those name offices and nothing else; a name that breaks off is put
    together. The sign between two lines stays in the value, at its place.
    """
    value = pair.value
    offices = pair.field == "organizer"
    used = 0
    while at + used + 1 < len(lines):
        last, following = lines[at + used], lines[at + used + 1]
        ended = last.norm.rstrip()
        if pairs(following) or len(following.norm) > 120:
            break
        sign = ended[-1:] if value and ended[-1:] in _LISTS else ""
        goes_on = "。" not in following.norm and (sign == "、" or not value)
        listed = offices and (sign or not value or "。" not in following.norm + ended[-1:])
        if not goes_on and not (listed and _offices(following.norm)):
            break
        end = len(ended)
        if sign:
            glue = [last.sub(end - 1, end)]
        elif offices and value and not _breaks_off(value, following):
            glue = [Strand("、", [value.offsets[-1]])]
        else:
            glue = []
        rest = following.sub(0, len(following.norm.rstrip("、；，。 \t")))
        value = join([value, *glue, rest])
        used += 1
    return value, used


def _offices(norm: str) -> bool:
    """Whether a text names offices and nothing else: 甲、乙；."""
    names = [name for name in pattern(r"[、；，\s]+").split(norm.strip().rstrip("、；，。")) if name]
    return (
        bool(names)
        and all(len(name) <= 30 and is_org(name) for name in names)
        and not _JOINED.search(names[-1])
        and not _lexicon().sentence.search(norm)
    )


def _breaks_off(value: Strand, following: Strand) -> bool:
    """Whether a value ends inside a name that the next line ends: 天津市 / 教育局."""
    last = pattern(r"[、；，\s]+").split(value.norm.strip())[-1]
    first = pattern(r"[、；，\s]+").split(following.norm.strip())[0]
    return not is_org(last) and is_org(last + first)
