"""The words of the date grammar, from ``rules/dates.toml``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from noticetab import rules
from noticetab.dates.model import Xun


class _Years(rules.Rules):
    relative: dict[str, int]
    following: list[str]


class _Months(rules.Rules):
    relative: dict[str, int]
    compounds: list[str]


class _PartsOfMonth(rules.Rules):
    xun: dict[str, list[Xun]]
    begin: list[str]
    end: list[str]
    edge_not: list[str]


class _PartsOfYear(rules.Rules):
    spans: dict[str, list[int]]
    alone: list[str]
    whole: list[str]
    edge_not_behind: list[str]
    compounds: list[str]


class _DayParts(rules.Rules):
    words: dict[str, str]
    daily: list[str]
    next_day: list[str]


class _Bounds(rules.Rules):
    before: list[str]
    before_not: list[str]
    before_lead: list[str]
    from_: list[str]
    from_not: list[str]
    after: list[str]
    after_not: list[str]
    until: list[str]
    until_lead: list[str]
    around: list[str]
    at_once: list[str]
    publication: list[str]
    publication_of: list[str]


class _Durations(rules.Rules):
    lead: list[str]
    units: dict[str, int]


class _Never(rules.Rules):
    lunar: list[str]
    before_date: list[str]
    after_year: list[str]
    counted_not: list[str]


class _Wordless(rules.Rules):
    labels: list[str]
    behind: list[str]


class DateRules(rules.Rules):
    """The shape of ``rules/dates.toml``."""

    years: _Years
    months: _Months
    parts_of_month: _PartsOfMonth
    parts_of_year: _PartsOfYear
    day_parts: _DayParts
    bounds: _Bounds
    durations: _Durations
    never: _Never
    wordless: _Wordless


@dataclass(frozen=True, slots=True)
class Words:
    """The tables that the grammar looks words up in."""

    years: dict[str, int]
    following_years: frozenset[str]
    months: dict[str, int]
    xun: dict[str, tuple[Xun, Xun]]
    spans: dict[str, tuple[int, int]]
    begin: frozenset[str]
    day_parts: dict[str, str]
    units: dict[str, int]
    after_day: frozenset[str]


def alternation(listed: Iterable[str]) -> str:
    """A pattern for any of the words, longer ones first."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(listed, key=len, reverse=True)) + ")"


@rules.cached
def date_rules() -> DateRules:
    """``rules/dates.toml`` as loaded."""
    return rules.load("dates", DateRules)


@rules.cached
def words() -> Words:
    """The tables of ``rules/dates.toml``."""
    loaded = date_rules()
    return Words(
        years=loaded.years.relative,
        following_years=frozenset(loaded.years.following),
        months=loaded.months.relative,
        xun={word: (low, high) for word, (low, high) in loaded.parts_of_month.xun.items()},
        spans={word: (low, high) for word, (low, high) in loaded.parts_of_year.spans.items()},
        begin=frozenset(loaded.parts_of_month.begin),
        day_parts=loaded.day_parts.words,
        units=loaded.durations.units,
        after_day=frozenset(loaded.never.counted_not),
    )
