"""Labels and their values: 时间：…, 主办单位：…, 联 系 人：…, several to a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from noticetab import rules
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
    pattern: regex.Pattern[str]
    fields: dict[str, str]
    roles: dict[str, str]


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
    words = sorted({*fields, *roles}, key=len, reverse=True)
    padded = "|".join(r"[ ]{0,6}".join(regex.escape(c) for c in word) for word in words)
    verb = "|".join(regex.escape(w) for w in sorted(roles, key=len, reverse=True) if len(w) > 2)
    return _Lexicon(
        regex.compile(
            rf"(?:(?<=^|[\s；，。、（〔】】：的]|\d[.、])(?P<label>{padded})[ ]{{0,6}}(?:（[^（）]{{1,8}}）)?[ ]{{0,6}}：)"
            rf"|(?:(?<=[\u4e00-\u9fff])(?P<late>联\s?系\s?人|联络人|联系电话|咨询电话)\s{{0,4}}：)"
            rf"|(?:(?<=^|[\s；，。（])(?:活动)?(?P<prose>{verb})(?:为|是|包括|有)(?![主承协]))"
        ),
        fields,
        roles,
    )


def pairs(strand: Strand) -> list[Pair]:
    """All labels with their values in a strand, in order; a value ends where the next label begins."""
    norm = strand.norm
    if "：" not in norm and "单位" not in norm and "部门" not in norm:
        return []
    lexicon = _lexicon()
    hits = list(lexicon.pattern.finditer(norm))
    found: list[Pair] = []
    for i, match in enumerate(hits):
        printed = match["label"] or match["late"] or match["prose"]
        word = "".join(printed.split())
        stop = hits[i + 1].start() if i + 1 < len(hits) else len(norm)
        if match["prose"]:
            # In prose the value ends with the clause.
            period = regex.search(r"[。；]", norm[match.end() : stop])
            if period:
                stop = match.end() + period.start()
        value = strand.sub(match.end(), stop)
        while value and value.norm[-1] in "，；。、 （":
            value = value.sub(0, len(value) - 1)
        if value and value.norm[-1] == "）" and value.norm.count("）") > value.norm.count("（"):
            value = value.sub(0, len(value) - 1)
        role = lexicon.roles.get(word)
        field = "organizer" if role else lexicon.fields[word]
        found.append(Pair(field, role, word, value, match.start(), stop))
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
        value = join([value, Strand("、" if value and not value.norm.endswith("、") and False else "", []), following.sub(0)])
        ended = following.norm.rstrip()
        used += 1
    return value, used
