"""Personal data of contact points kept, masked or dropped.

Masking replaces characters one by one, so that every offset into the text still holds and
``text[start:end]`` is still what a row says.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import regex

    from noticetab.record import Contact, Record


class Contacts(StrEnum):
    """What outputs show of the personal data of contact points."""

    KEEP = "keep"
    MASK = "mask"
    DROP = "drop"


def apply(record: Record, contacts: Contacts) -> Record:
    """A copy of ``record`` as ``contacts`` asks.

    ``MASK`` leaves the first character of a name and of an e-mail address and hides four digits
    of a number (the middle ones of a mobile number, the last ones of others). ``DROP`` takes the
    rows of ``contacts`` out and hides the whole of them. In both the same characters are hidden in
    the canonical text and in every other row that repeats them: numbers and addresses anywhere,
    names only where the contact points stand, because a name alone may be somebody else's.
    """
    if contacts is Contacts.KEEP or not record.contacts:
        return record
    whole = contacts is Contacts.DROP
    data = record.model_dump()
    spans = [(row.evidence.start, row.evidence.end) for row in record.contacts]
    anywhere = _shown(record.contacts, whole, names=False)
    near = anywhere | _shown(record.contacts, whole, names=True)
    hidden = _hidden(record.text, anywhere)
    near_rows = [
        row for rows in data.values() if isinstance(rows, list) for row in rows if _touches(row, spans)
    ]
    for start, end in {span for row in near_rows if (span := _span(row))}:
        hidden |= {start + i for i in _hidden(record.text[start:end], near)}
    data["text"] = _starred(record.text, hidden)
    for key, rows in data.items():
        if key == "contacts":
            data[key] = [] if whole else [_replace(row, near) for row in rows]
        elif isinstance(rows, list):
            data[key] = [_replace(row, near if _touches(row, spans) else anywhere) for row in rows]
        elif key == "notice":
            data[key] = _replace(rows, anywhere)
    return type(record).model_validate(data)


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


def _shown(rows: Iterable[Contact], whole: bool, names: bool) -> dict[str, str]:
    """Each number and address (or, with ``names``, each name) of ``rows`` and how it is shown."""
    values = {
        value
        for row in rows
        for value in (row.persons if names else (*row.phones, *row.fax, *row.emails))
        if value.strip()
    }
    return {value: mask_value(value, whole) for value in values}


def _touches(row: Any, spans: list[tuple[int, int]]) -> bool:
    here = _span(row)
    return here is not None and any(here[0] < end and start < here[1] for start, end in spans)


def _span(row: Any) -> tuple[int, int] | None:
    evidence = row.get("evidence") if isinstance(row, dict) else None
    return (evidence["start"], evidence["end"]) if evidence else None


def _replace(value: Any, shown: dict[str, str]) -> Any:
    """``value`` with what ``shown`` names hidden in every string below it."""
    if isinstance(value, str):
        return _starred(value, _hidden(value, shown))
    if isinstance(value, list | tuple):
        return type(value)(_replace(part, shown) for part in value)
    if isinstance(value, dict):
        return {key: _replace(part, shown) for key, part in value.items()}
    return value


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
    import regex

    pattern = r"[^\S\n]{0,8}+".join(f"({_any_form(c)})" for c in value)
    # A number inside a longer one is another number.
    before = r"(?<!\d)" if value[0].isdigit() else ""
    after = r"(?!\d)" if value[-1].isdigit() else ""
    return regex.compile(before + pattern + after)


_DASHES = "-‐‑‒–—―−－"


def _any_form(character: str) -> str:
    import regex

    if character in _DASHES:
        return f"[{regex.escape(_DASHES)}]{{1,2}}+"
    forms = {character, unicodedata.normalize("NFKC", character)}
    if "!" <= character <= "~":
        forms.add(chr(ord(character) + 0xFEE0))
    return "[" + "".join(regex.escape(form) for form in sorted(forms) if len(form) == 1) + "]"
