"""What ``rules/organizations.toml`` says: abbreviations of bodies and how names are built."""

from __future__ import annotations

from collections.abc import Container
from typing import NamedTuple

import regex

from noticetab import rules


class _Party(rules.Rules):
    short: dict[str, str]
    plain: list[str]
    alone: list[str]


class _Bodies(rules.Rules):
    short: dict[str, str]
    plain: list[str]


class _Government(_Bodies):
    short_place: list[str]


class Inside(rules.Rules):
    """A name whose place stands inside: ``name`` holds {place}, {short} or {level}."""

    short: list[str]
    name: str
    confidence: float = 0.9
    since: int | None = None
    until: int | None = None


class _School(rules.Rules):
    ends: list[str]
    unsure_ends: list[str]
    never: list[str]
    elided: list[str]
    own: list[str]
    units: list[str]
    short: dict[str, str]


class _Uncertain(rules.Rules):
    pattern: rules.Regex
    words: list[str]


class _Joint(rules.Rules):
    name: str
    printed: list[str]
    since: int | None = None


class _Lists(rules.Rules):
    heads: list[str]
    et_al: rules.Regex
    generic: list[str]
    remarks: list[str]
    short_for: list[str]
    not_levels: list[str]


class _OrganizationRules(rules.Rules):
    party: _Party
    government: _Government
    masses: _Bodies
    coordination: _Bodies
    inside: list[Inside]
    beginnings: dict[str, str]
    endings: dict[str, str]
    national: dict[str, str]
    school: _School
    uncertain: _Uncertain
    joint: list[_Joint]
    lists: _Lists


class Body(NamedTuple):
    """A body's name without its place, in full.

    ``known`` if the rules list it as one that exists everywhere, ``department`` if it is at least
    some authority's department.
    """

    name: str
    confidence: float
    known: bool
    department: bool = True


class Vocabulary:
    """The rules of organizations as dictionaries and compiled alternations."""

    def __init__(self) -> None:
        data = rules.load("organizations", _OrganizationRules)
        self.data = data
        groups: tuple[_Bodies, ...] = (data.government, data.masses, data.coordination)
        self.short: dict[str, str] = {}
        self.known: set[str] = set()
        for group in groups:
            self.short |= group.short
            self.known.update(group.plain, group.short, group.short.values())
        self.party_short = data.party.short
        self.party_known = frozenset((*data.party.plain, *data.party.short, *data.party.short.values()))
        self.party_alone = frozenset(data.party.alone)
        self.uncertain = frozenset(data.uncertain.words)
        self.inside = {short: rule for rule in data.inside for short in rule.short}
        self.joint = {printed: rule.name for rule in data.joint for printed in (rule.name, *rule.printed)}
        self.not_levels = tuple(data.lists.not_levels)
        self.heads = tuple(data.lists.heads)
        self.unit_ends = tuple(data.school.ends)
        self.unsure_unit_ends = tuple(data.school.unsure_ends)
        self.no_units = tuple(data.school.never)
        self.elided_units = tuple(data.school.elided)
        # 街道办 is no ending in 街道办事处.
        self._ending = _alternation(
            data.endings, r"(?:{})(?=$|办公室|秘书处|(?!事处)\w{{1,6}}(?:处|室|科|部|组|中心|馆|站|协会)$)"
        )
        departments = (short for short in self.short if len(short) > 2 and short[-1] in "局厅委")
        self._owned = frozenset((*data.masses.short, *departments))
        generic = "|".join(f"(?:{pattern})" for pattern in data.lists.generic)
        self.generic = rules.compile_pattern(generic, "rules/organizations.toml: lists.generic")
        self.own_school = _alternation(data.school.own, "(?:{})")
        self._longest = max(map(len, (*self.short, *data.beginnings, *data.national)))

    def _start(self, text: str, words: Container[str]) -> str:
        """The longest of ``words`` that ``text`` begins with, or "" (faster than an alternation to build)."""
        lengths = range(min(self._longest, len(text)), 1, -1)
        return next((text[:length] for length in lengths if text[:length] in words), "")

    def body(self, text: str) -> Body:
        """The full name of a body given without its place (科协, 科协青少部, 某某领导小组办公室)."""
        if text in self.uncertain:
            return Body(text, 0.5, True)
        if full := self.short.get(text):
            return Body(full, 1.0, True)
        if text in self.known:
            return Body(text, 1.0, True)
        if self.data.uncertain.pattern.match(text):
            return Body(text, 0.5, True)
        if text.startswith("行署") and len(text) > 2:
            office = self.body(text.removeprefix("行署"))
            return office._replace(name="行政公署" + office.name)
        if (start := self._start(text, self.short)) and self._is_part(text[len(start) :]):
            return Body(self.short[start] + self.endings(text[len(start) :]), 0.9, True)
        full = self.endings(text)
        # A long abbreviation in 委 is a commission (城市管理委); a short one could be anything.
        if full.endswith("委") and not full.endswith("工委") and len(full) > 4:
            return Body(full + "员会", 0.6, False, True)
        department = full.endswith(("局", "厅"))
        unsure = full.endswith(("委", "办", "联", "协")) or (department and len(full) < 4)
        return Body(full, 0.5 if unsure else 1.0, False, department)

    def _is_part(self, rest: str) -> bool:
        """Whether ``rest`` can be a part of the body before it (科协 + 青少部), not a longer word."""
        return len(rest) > 1 and not rest.startswith(("员会", "附")) and rest.endswith(self.heads)

    def party(self, department: str) -> Body:
        """The signed name of a department of a Party committee."""
        full = self.party_short.get(department) or self.endings(department)
        known = department in self.party_known
        return Body(full, 1.0 if known else 0.5 if full.endswith(("委", "办")) else 0.8, known)

    def endings(self, text: str) -> str:
        """A name with 组委会, 管委会 and the like written out where they end a part of it."""
        return self._ending.sub(lambda match: self.data.endings[match[0]], text)

    def printed(self, text: str) -> str:
        """A name that stays as printed but for abbreviations at its end: 南太湖新区科技局, 某某企业科协."""
        full = self.endings(text)
        lengths = range(min(self._longest, len(full) - 2), 1, -1)
        short = next((full[-length:] for length in lengths if full[-length:] in self._owned), "")
        return full.removesuffix(short) + self.short[short] if short else full

    def beginning(self, text: str) -> tuple[str, str]:
        """The written-out beginning of a name (人行 as 中国人民银行) and the rest, or ("", text)."""
        start = self._start(text, self.data.beginnings)
        return (self.data.beginnings[start], text[len(start) :]) if start else ("", text)

    def national(self, text: str) -> str | None:
        """A national body's name in full, or None if it does not begin with an abbreviated one."""
        start = self._start(text, self.data.national)
        rest = text[len(start) :]
        return self.data.national[start] + rest if start and (not rest or self._is_part(rest)) else None

    def place_inside(self, body: str, year: int | None) -> Inside | None:
        """The pattern of a name whose place stands inside, if the year has it."""
        rule = self.inside.get(body)
        if rule is None or (year is not None and not (rule.since or 0) <= year <= (rule.until or 9999)):
            return None
        return rule

    def has_head(self, text: str) -> bool:
        """Whether a text ends as a name of an organization does."""
        return text.endswith(self.heads)


def _alternation(words: dict[str, str] | list[str], frame: str) -> regex.Pattern[str]:
    joined = "|".join(regex.escape(word) for word in sorted(words, key=len, reverse=True))
    return rules.compile_pattern(frame.format(joined), "rules/organizations.toml")


@rules.cached
def vocabulary() -> Vocabulary:
    """The vocabulary in force, built once."""
    return Vocabulary()
