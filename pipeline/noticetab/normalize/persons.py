"""Names of persons: a surname and one or two characters, names of minorities by sound, 王老师."""

from __future__ import annotations

import regex

from noticetab import rules
from noticetab.segment.strand import fold


class PersonRules(rules.Rules):
    """rules/persons.toml."""

    surnames: str
    compound_surnames: list[str]
    addressed: rules.Regex


@rules.cached
def _rules() -> PersonRules:
    return rules.load("persons", PersonRules)


@rules.cached
def _surnames() -> frozenset[str]:
    return frozenset("".join(_rules().surnames.split()))


@rules.cached
def _compound() -> tuple[str, ...]:
    return tuple(_rules().compound_surnames)


@rules.cached
def family() -> str:
    """A pattern of surnames, the compound ones first."""
    return rf"(?:{'|'.join(_compound())}|[{''.join(sorted(_surnames()))}])"


def is_person(name: str) -> bool:
    """Whether a text reads as a person's name: a surname and one or two characters, 阿依古丽·买买提, 王老师.

    Names of four and more characters without a compound surname are those of minorities written by
    sound (才让卓玛); nothing can be said of them but that no word of a sentence stands in them.
    """
    text = fold("".join(name.split()))
    if text.isascii():
        return regex.search(r"\d", text) is None
    if not regex.fullmatch(r"[\u3400-\u9fff·\U00020000-\U0003ffffA-Za-z]{2,16}", text):
        return False
    if _rules().addressed.search(text) or "·" in text:
        return True
    if text.startswith(_compound()):
        return 3 <= len(text) <= 4
    if len(text) < 4:
        return text[0] in _surnames()
    return len(text) <= 8 and not regex.search("[及与的在于请将各为是有]", text)
