"""The code lists of ``rules/classes.toml``, and what a text decides by them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from noticetab import rules

Part = Literal["name", "description", "venue", "audience"]

LISTS = ("activity_types", "topics", "settings", "forms", "audience")
"""The lists, by the fields of an activity that they fill."""

ALL = "*"
"""The value of an entry that decides for the whole list."""

_REACH = 40
"""How many characters around a word an entry's conditions look at."""


class Entry(rules.Rules):
    """Words that decide for a value, and what must stand around them.

    ``before`` and ``not_before`` are searched in the text up to the word, ``after`` and
    ``not_after`` in the text behind it. An entry that is ``alone`` decides only where no other does.
    """

    value: str
    words: list[str]
    before: rules.Regex | None = None
    not_before: rules.Regex | None = None
    after: rules.Regex | None = None
    not_after: rules.Regex | None = None
    parts: list[Part] | None = None
    alone: bool = False


class CodeList(rules.Rules):
    """One list: its official title, its values in order, where its words are looked for."""

    title: str
    values: list[str]
    parts: list[Part]
    entries: list[Entry]


class ClassRules(rules.Rules):
    """rules/classes.toml."""

    activity_types: CodeList
    topics: CodeList
    settings: CodeList
    forms: CodeList
    audience: CodeList


@dataclass(frozen=True, slots=True)
class Decision:
    """A value, and the word that decided it: characters ``start`` to ``end`` of the ``part``-th text."""

    value: str
    part: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Matcher:
    """A list made ready for one part: one alternation of its words, and what each hit may decide."""

    pattern: re.Pattern[str]
    entries: Mapping[str, tuple[tuple[Entry, str], ...]]


@rules.cached
def _matchers() -> dict[tuple[str, Part], _Matcher]:
    loaded = rules.load("classes", ClassRules)
    return {
        (name, part): matcher
        for name in LISTS
        for part in get_args(Part)
        if (matcher := _matcher(name, getattr(loaded, name), part)) is not None
    }


def _matcher(name: str, code_list: CodeList, part: Part) -> _Matcher | None:
    entries: dict[str, list[Entry]] = {}
    for index, entry in enumerate(code_list.entries):
        if entry.value not in (*code_list.values, ALL):
            where = rules.where("classes", name, "entries", index)
            raise rules.RulesError(f"{where}: {entry.value!r} is not in the list {name}")
        if part in (code_list.parts if entry.parts is None else entry.parts):
            for word in entry.words:
                entries.setdefault(word, []).append(entry)
    if not entries:
        return None
    words = sorted(entries, key=len, reverse=True)
    # The longest word at a place is the hit; an entry that has a shorter one instead may decide too.
    ready = {}
    for hit in words:
        found: dict[int, tuple[Entry, str]] = {}
        for word in words:  # the longest first
            if hit.startswith(word):
                for entry in entries[word]:
                    found.setdefault(id(entry), (entry, word))
        ready[hit] = tuple(found.values())
    return _Matcher(re.compile(_alternation(words)), ready)


def _alternation(words: Sequence[str]) -> str:
    """One alternation of ``words`` in which common beginnings are written once; the longest word wins."""
    ends = "" in words
    rests: dict[str, list[str]] = {}
    for word in words:
        if word:
            rests.setdefault(word[0], []).append(word[1:])
    if not rests:
        return ""
    branches = [re.escape(first) + _alternation(tails) for first, tails in rests.items()]
    return f"(?:{'|'.join(branches)})" + ("?" if ends else "")


def values(name: str) -> tuple[str, ...]:
    """The values of a list of :data:`LISTS`, in the order of the form."""
    return _values()[name]


@rules.cached
def _values() -> dict[str, tuple[str, ...]]:
    loaded = rules.load("classes", ClassRules)
    return {name: tuple(getattr(loaded, name).values) for name in LISTS}


def decide(name: str, texts: Sequence[tuple[Part, str]]) -> list[Decision]:
    """What ``texts`` (with the part of an activity that each is) decide by the list ``name``.

    One decision for a value, by the first word that decides it; in the order of the list.
    Punctuation of ``texts`` must be folded (:func:`noticetab.segment.strand.fold`).
    """
    found: dict[str, Decision] = {}
    last: dict[str, Decision] = {}
    matchers = _matchers()
    for index, (part, text) in enumerate(texts):
        matcher = matchers.get((name, part))
        if matcher is None:
            continue
        for match in matcher.pattern.finditer(text):
            start = match.start()
            for entry, word in matcher.entries[match[0]]:
                decisions = last if entry.alone else found
                if entry.value not in decisions and _meets(entry, text, start, start + len(word)):
                    decisions[entry.value] = Decision(entry.value, index, start, start + len(word))
    found = found or last
    if ALL in found:
        whole = found[ALL]
        return [Decision(value, whole.part, whole.start, whole.end) for value in values(name)]
    return [found[value] for value in values(name) if value in found] if found else []


def _meets(entry: Entry, text: str, start: int, end: int) -> bool:
    if entry.before is not None or entry.not_before is not None:
        left = text[max(0, start - _REACH) : start]
        if entry.before is not None and not entry.before.search(left):
            return False
        if entry.not_before is not None and entry.not_before.search(left):
            return False
    if entry.after is not None or entry.not_after is not None:
        right = text[end : end + _REACH]
        if entry.after is not None and not entry.after.search(right):
            return False
        if entry.not_after is not None and entry.not_after.search(right):
            return False
    return True
