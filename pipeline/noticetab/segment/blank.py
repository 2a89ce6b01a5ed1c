"""Blank forms among the attached texts: they are filled in, not read as an outline."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from noticetab import rules
from noticetab.segment.parts import Unit


class FormRules(rules.Rules):
    """rules/forms.toml."""

    units: list[str]
    box: str
    yes_no: list[list[str]]
    form_title: rules.Regex
    blank_date: rules.Regex
    seal: rules.Regex
    note: rules.Regex
    list_head: rules.Regex


@dataclass(frozen=True)
class FormPatterns:
    """What is composed of rules/forms.toml."""

    rules: FormRules
    box: regex.Pattern[str]
    units: regex.Pattern[str]


@rules.cached
def patterns() -> FormPatterns:
    """The compiled patterns of forms."""
    r = rules.load("forms", FormRules)
    units = "|".join(map(regex.escape, r.units))
    return FormPatterns(r, regex.compile(r.box), regex.compile(f"(?:{units})+"))


def looks_blank(unit: Unit) -> bool:
    """Whether an attached text is a blank form: its title says so or it has option boxes, and little prose."""
    if unit.main or unit.title is None:
        return False
    if patterns().rules.form_title.search(unit.title.compact.norm) is None and not any(
        "□" in x.text for x in unit.lines
    ):
        return False
    if any(x.marker is not None and x.marker.family == "cn" for x in unit.lines) and not any(
        "□" in x.text for x in unit.lines
    ):
        return False
    prose = sum(len(x.text) for x in unit.lines if "。" in x.text)
    return prose < 0.5 * max(1, sum(len(x.text) for x in unit.lines))
