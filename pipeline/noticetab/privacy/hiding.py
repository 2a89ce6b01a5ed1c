"""Personal data of contact points, and whatever tells itself, masked or dropped.

Masking replaces characters one by one, so that every offset into the text still holds and
``text[start:end]`` is still what a row says.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import regex

from noticetab import rules
from noticetab.privacy.levels import Contacts
from noticetab.record import Record


@dataclass(frozen=True, slots=True)
class Known:
    """Personal data of a notice: names (hidden where contact points stand) and numbers and addresses
    (hidden anywhere), each as it was printed."""

    names: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()

    def __or__(self, other: Known) -> Known:
        """What either knows."""
        return Known(self.names | other.names, self.numbers | other.numbers)


def known_of(record: Record) -> Known:
    """The personal data of a record: that of its contact points, and what tells itself in the text."""
    rows = record.contacts
    names = {name for row in rows for name in row.persons}
    numbers = {value for row in rows for value in (*row.phones, *row.fax, *row.emails)}
    found = {record.text[start:end].replace("\n", " ") for start, end in _telling(record.text)}
    return Known(_written(names), _written(numbers | found))


def _written(values: Iterable[str]) -> frozenset[str]:
    return frozenset(value for value in values if value.strip() and "*" not in value)


def apply(record: Record, contacts: Contacts, known: Known | None = None) -> Record:
    """A copy of ``record`` as ``contacts`` asks; ``known`` is what else is known of the notice.

    ``MASK`` leaves the first character of a name, an account and an e-mail address and hides four
    digits of a number (the middle ones of a mobile number, the last ones of others). ``DROP`` takes
    the rows of ``contacts`` out and hides the whole of them. In both the same characters are hidden in
    the canonical text and in every other value that repeats them: numbers, addresses and accounts
    anywhere, whether a contact point has them or not, names only where the contact points stand and
    in the path of the file, because a name alone may be somebody else's.
    """
    if contacts is Contacts.KEEP:
        return record
    whole = contacts is Contacts.DROP
    known = known_of(record) | (known or Known())
    data = record.model_dump()
    spans = [(row.evidence.start, row.evidence.end) for row in record.contacts]
    page = _Page(Hiding(known.numbers, whole), Hiding(known.numbers | known.names, whole), spans)
    if any(known.names):
        page.places |= set(spans)
    for key, value in data.items():
        if key == "contacts":
            data[key] = [] if whole else [page.near.of(row) for row in value]
        elif key == "source":
            data[key] = page.near.of(value)
        elif key == "notice":
            data[key] = page.notice(value)
        elif key != "text":
            rows = isinstance(value, list)
            data[key] = [page.row(row) for row in value] if rows else page.anywhere.of(value)
    data["text"] = page.text(record.text)
    return type(record).model_validate(data)


@dataclass(slots=True)
class _Page:
    """What is hidden anywhere and what where the contact points stand, whose evidence is at ``spans``."""

    anywhere: Hiding
    near: Hiding
    spans: list[tuple[int, int]]
    places: set[tuple[int, int]] = field(default_factory=set)
    """Spans of the text where names are hidden too."""

    def row(self, row: Any) -> Any:
        here = _span(row)
        if here is None or not _meets(here, self.spans):
            return self.anywhere.of(row)
        self.places.add(here)
        return self.near.of(row)

    def notice(self, notice: dict[str, Any]) -> dict[str, Any]:
        """The values of a notice, each of which has evidence of its own."""
        spans = {name: _place(place) for name, place in notice["evidence"].items()}
        beside = {name for name, span in spans.items() if _meets(span, self.spans)}
        self.places |= {spans[name] for name in beside}
        return {k: (self.near if k in beside else self.anywhere).of(v) for k, v in notice.items()}

    def text(self, text: str) -> str:
        """The canonical text, once all rows were gone through."""
        hidden = self.anywhere.places(text)
        for start, end in self.places:
            hidden |= {start + i for i in self.near.places(text[start:end])}
        return _starred(text, hidden)


def hide(text: str, contacts: Contacts) -> str:
    """``text``, such as the path of a file that could not be read, without what tells itself."""
    return text if contacts is Contacts.KEEP else str(Hiding((), contacts is Contacts.DROP).of(text))


def is_shown_as(text: str, shown: str) -> bool:
    """Whether ``shown`` is ``text`` with some of its characters hidden."""
    return len(text) == len(shown) and all(s in (c, "*") for c, s in zip(text, shown, strict=True))


class Hiding:
    """Hides given values, and whatever tells itself (an e-mail address, a mobile number, an account)."""

    def __init__(self, values: Iterable[str], whole: bool) -> None:
        self.whole = whole
        self.shown = {value: mask_value(value, whole) for value in values}

    def of(self, value: Any) -> Any:
        """``value`` with that hidden in every string below it; hashes and ids stay."""
        if isinstance(value, str):
            return _starred(value, self.places(value))
        if isinstance(value, list | tuple):
            return type(value)(self.of(part) for part in value)
        if isinstance(value, dict):
            return {key: part if key in _MADE else self.of(part) for key, part in value.items()}
        return value

    def places(self, text: str) -> set[int]:
        """Offsets of the characters of ``text`` to hide."""
        hidden = _hidden(text, self.shown)
        for start, end in _telling(text):
            mask = mask_value(text[start:end], self.whole)
            hidden |= {start + i for i, mark in enumerate(mask) if mark == "*"}
        return hidden


_MADE = frozenset({"sha256", "notice_id", "org_id", "rule", "rules_hash", "facts_hash"})
"""Fields that the program makes: digits in them are nobody's number."""


class PrivacyRules(rules.Rules):
    """The schema of ``rules/privacy.toml``."""

    anywhere: list[rules.Regex]
    accounts: list[rules.Regex]


def _telling(text: str) -> list[tuple[int, int]]:
    """Spans of ``text`` that are personal data by their look, also where a line ends within."""
    r = rules.load("privacy", PrivacyRules)
    folded = "".join(map(_half_width, text))
    found = [match.span() for pattern in r.anywhere for match in pattern.finditer(folded)]
    found += [match.span("account") for pattern in r.accounts for match in pattern.finditer(folded)]
    # The same without line breaks (and the indent behind them), which a narrow page puts into a number.
    kept = [i for line in _LINE.finditer(folded) for i in range(*line.span("text"))]
    if len(kept) < len(folded):
        joined = "".join(folded[i] for i in kept)
        for pattern in r.anywhere:
            for match in pattern.finditer(joined):
                start, end = kept[match.start()], kept[match.end() - 1] + 1
                if end - start > len(match.group()) and not any(a < end and start < b for a, b in found):
                    found.append((start, end))
    return found


_LINE = re.compile(r"[^\S\n]*(?P<text>[^\n]*)")


def _half_width(character: str) -> str:
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 else character


def mask_value(value: str, whole: bool = False) -> str:
    """One name, number or address as it is shown when masked (``whole``: nothing of it is left)."""
    visible = [i for i, c in enumerate(value) if not c.isspace()]
    keep = set() if whole else _kept(value, visible)
    return _starred(value, set(visible) - keep)


def _kept(value: str, visible: list[int]) -> set[int]:
    if "@" in value:
        return {visible[0], *range(value.index("@"), len(value))}
    digits = [i for i in visible if value[i].isdigit()]
    if len(digits) >= 5:
        mobile = len(digits) == 11 and unicodedata.normalize("NFKC", value[digits[0]]) == "1"
        gone = set(digits[3:7] if mobile else digits[-4:])
        return set(visible) - gone
    return set(visible[:1])


def _meets(here: tuple[int, int] | None, spans: list[tuple[int, int]]) -> bool:
    return here is not None and any(here[0] < end and start < here[1] for start, end in spans)


def _span(row: Any) -> tuple[int, int] | None:
    evidence = row.get("evidence") if isinstance(row, dict) else None
    return _place(evidence) if evidence else None


def _place(evidence: dict[str, Any]) -> tuple[int, int]:
    return evidence["start"], evidence["end"]


def _starred(text: str, hidden: set[int]) -> str:
    return "".join("*" if i in hidden else c for i, c in enumerate(text)) if hidden else text


def _hidden(text: str, shown: dict[str, str]) -> set[int]:
    """Offsets of the characters of ``text`` to hide; blanks inside a value and width do not count."""
    hidden: set[int] = set()
    for value, mask in shown.items():
        marks = [(c, m) for c, m in zip(value, mask, strict=True) if not c.isspace()]
        for match in _pattern("".join(c for c, _ in marks)).finditer(text):
            for group, (_, mark) in enumerate(marks, 1):
                if mark == "*":
                    hidden.update(range(*match.span(group)))
    return hidden


@cache
def _pattern(value: str) -> regex.Pattern[str]:
    """``value`` with a group for each character, in any width, blanks between them allowed."""
    # A narrow page breaks a number over a line.
    pattern = r"\s{0,8}+".join(f"({_any_form(c)})" for c in value)
    # A number inside a longer one is another number.
    before = r"(?<!\d)" if value[0].isdigit() else ""
    after = r"(?!\d)" if value[-1].isdigit() else ""
    return regex.compile(before + pattern + after)


_DASHES = "-‐‑‒–—―−－"


def _any_form(character: str) -> str:
    if character in _DASHES:
        return f"[{regex.escape(_DASHES)}]{{1,2}}+"
    forms = {character, unicodedata.normalize("NFKC", character)}
    if "!" <= character <= "~":
        forms.add(chr(ord(character) + 0xFEE0))
    return "[" + "".join(regex.escape(form) for form in sorted(forms) if len(form) == 1) + "]"
