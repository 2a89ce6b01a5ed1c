"""rules/head.toml, and what is composed of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import regex

from noticetab import rules

Value = Literal["date", "number", "count", "organization", "title", "button", "text", "name"]
"""The kinds of values of a label."""
Given = Literal["", "doc_number", "issuers", "issued_on", "published_at", "title"]
"""The fields that a label may give."""


class LabelRules(rules.Rules):
    """Labels of the same kind of value."""

    words: list[str]
    value: Value
    gives: Given = ""
    weak: bool = False


class ValueRules(rules.Rules):
    """Values that give nothing."""

    no_office: rules.Regex


class FurnitureRules(rules.Rules):
    """Buttons and lines of a site."""

    buttons: list[str]
    patterns: list[rules.Regex]
    kicker: rules.Regex
    summary: rules.Regex


class NumberRules(rules.Rules):
    """Forms of document numbers beside that of GB/T 9704-2012."""

    year_first: rules.Regex
    serial_alone: rules.Regex
    damaged: rules.Regex
    angled: rules.Regex
    unreadable: rules.Regex


class TitleRules(rules.Rules):
    """How titles are worded."""

    opens: rules.Regex
    never: rules.Regex
    bare: list[str]
    short: rules.Regex
    subject: rules.Regex
    dated: rules.Regex
    rest: rules.Regex


class AddresseeRules(rules.Rules):
    """How receivers are named."""

    receiver_end: str
    never: rules.Regex
    labels: rules.Regex


class HeadRules(rules.Rules):
    """rules/head.toml."""

    labels: list[LabelRules]
    values: ValueRules
    furniture: FurnitureRules
    number: NumberRules
    title: TitleRules
    addressees: AddresseeRules


def head_rules() -> HeadRules:
    """The rules of the head."""
    return rules.load("head", HeadRules)


@dataclass(frozen=True)
class HeadPatterns:
    """What is composed of rules/head.toml."""

    labels: dict[str, LabelRules]
    """Label, blanks left out, to its rules."""
    label: regex.Pattern[str]
    """A label with its mark (``：``, ``|``, ``〕``), or with none at the end of a line."""
    buttons: frozenset[str]
    furniture: regex.Pattern[str]
    receiver_end: regex.Pattern[str]


@rules.cached
def head_patterns() -> HeadPatterns:
    """The compiled patterns of the head."""
    r = head_rules()
    labels: dict[str, LabelRules] = {}
    for kind in r.labels:
        for word in kind.words:
            labels.setdefault(word, kind)
    words = "|".join(r"\s{0,6}".join(map(regex.escape, w)) for w in sorted(labels, key=len, reverse=True))
    return HeadPatterns(
        labels,
        regex.compile(
            rf"(?<![\u4e00-\u9fffA-Za-z])(?:次|人)?(?P<open>〔)?\s*(?P<label>{words})\s*(?P<mark>〕\s*：?|：|\t|\||$)"
        ),
        frozenset(r.furniture.buttons),
        regex.compile("|".join(f"(?:{p.pattern})" for p in r.furniture.patterns)),
        regex.compile(rf"{r.addressees.receiver_end}$"),
    )
